"""Measuring on the map: two places and the shortest way between them, or all within a distance."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.figures.sea_scene import SeaScene
from desktop.figures.sea_sheet import Sheet
from desktop.model import geo
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import Colours
from desktop.services.language import tr
from desktop.services.position_words import between_words

_END_PX: Final = 4.0


class Spot(NamedTuple):
    """A point that is measured from or to, by the name of what lies there; degrees."""

    name: str
    lon: float
    lat: float


class Measured(NamedTuple):
    """What is drawn of a measurement: its line in metres of the projection, and its ends.

    ``words`` says its result, naming what was measured between.
    """

    line: tuple[tuple[float, float], ...] = ()
    ends: tuple[tuple[float, float], ...] = ()
    words: str = ""

    def bounds(self) -> Bounds | None:
        """The rectangle that holds its line; None where there is none."""
        return Bounds.of(self.line) if self.line else None


def way(spots: tuple[Spot, ...]) -> Measured:
    """The shortest line between two spots, or the one there is so far."""
    ends = tuple(geo.to_mercator(spot.lon, spot.lat) for spot in spots)
    if len(spots) < 2:
        return Measured(ends=ends, words=spots[0].name if spots else "")
    one, other = spots
    line = geo.geodesic_line(one.lon, one.lat, other.lon, other.lat)
    return Measured(_metres(line), ends, between_words(one, other))


def ring(about: Spot, radius_nm: float) -> Measured:
    """All that lies one distance from a spot: a distance, never a zone."""
    line = geo.ring(about.lon, about.lat, radius_nm * geo.METRES_PER_NM)
    words = tr("{nm} nm about {name}: a distance, not a zone").format(
        nm=f"{radius_nm:g}", name=about.name
    )
    return Measured(_metres(line), (geo.to_mercator(about.lon, about.lat),), words)


class MeasuredScene:
    """A scene of the map with a measurement drawn over it in every frame."""

    def __init__(self, scene: SeaScene, measured: Measured, colours: Colours) -> None:
        self.limits: Final[Bounds] = scene.limits
        self.ground: Final[Hashable] = scene.ground
        self.marks: Final[Hashable] = scene.marks
        self._scene = scene
        self._measured = measured
        self._colours = colours

    def paint_ground(
        self, painter: QPainter, window: MapWindow, size: Size, pause: Callable[[], None]
    ) -> None:
        self._scene.paint_ground(painter, window, size, pause)

    def lay_out(self, metres_per_px: float, ratio: float) -> Sheet:
        return self._scene.lay_out(metres_per_px, ratio)

    def paint_over(self, painter: QPainter, window: MapWindow, size: Size) -> None:
        self._scene.paint_over(painter, window, size)
        paint_measured(painter, self._measured, window, size, self._colours)


def paint_measured(
    painter: QPainter, measured: Measured, window: MapWindow, size: Size, colours: Colours
) -> None:
    """Draw a measurement as a thin dashed line with a dot at its ends."""
    line = QPolygonF([QPointF(*window.to_px(x, y, size)) for x, y in measured.line])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(colours.page, 4), QPen(colours.link, 1.8, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawPolyline(line)
    painter.setPen(QPen(colours.page, 1.5))
    painter.setBrush(colours.link)
    for x, y in measured.ends:
        painter.drawEllipse(QPointF(*window.to_px(x, y, size)), _END_PX, _END_PX)
    painter.restore()


def _metres(line: geo.Points) -> tuple[tuple[float, float], ...]:
    east_m, north_m = geo.to_mercator(line[:, 0], line[:, 1])
    return tuple((x, y) for x, y in np.stack([east_m, north_m], axis=1).tolist())
