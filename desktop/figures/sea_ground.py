"""The ground of the sea map: depths, graticule, land and coast, and the lines that lie on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from desktop.figures.sea_contours import paint_contour_labels, paint_contours
from desktop.figures.sea_depth import DepthShade
from desktop.figures.sea_grid import paint_graticule
from desktop.figures.sea_home import tint
from desktop.figures.sea_marks import SeaLine
from desktop.figures.sea_tiles import SeaTiles, TilePaths
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import Colours

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_LINE_PX: Final = 1.0
_SWIFT_DOTS: Final = 0.99
_CLAIM_PX: Final = 2.4
_OVERLAY_PX: Final = 1.6
_AREA_ALPHA: Final = 0.10
_FINEST_SCALE: Final = 2.0
_PROBES: Final = 16
"""Into how many parts a stretch of sea is cut to look for land in it."""


def go_on() -> None:
    """Pause for nobody: who paints here has nobody to give way to."""


class Flat(NamedTuple):
    """What lies on the ground; depths on contours are written clear of the points ``named``."""

    lines: tuple[SeaLine, ...]
    named: tuple[tuple[float, float], ...]
    with_depth: bool


class SeaGround:
    """A basemap made ready to be painted; what it makes of it is kept for the next picture.

    A basemap that only brings more detail to the same depths takes their picture from ``before``.

    ``paint`` may be called from any thread.
    """

    def __init__(self, basemap: Basemap, before: SeaGround | None = None) -> None:
        self._basemap = basemap
        self._tiles = SeaTiles(basemap)
        self._limits = Bounds(*(float(each) for each in basemap.levels[0].grid.bounds))
        self._tints: dict[int, tuple[QBrush, Bounds]] = {}
        same = before is not None and before._basemap.depths is basemap.depths
        self._shades: dict[int, DepthShade] = before._shades if before and same else {}

    @property
    def limits(self) -> Bounds:
        return self._limits

    def is_water(self, bounds: Bounds) -> bool:
        """Whether a part of the map, in metres, is sea but for islets, by the coarsest coast."""
        coarsest_m = self._basemap.levels[0].detail_m
        lands = [tile.land for tile in self._tiles.in_view(bounds, coarsest_m)]
        points = [
            QPointF(
                bounds.west_m + bounds.width_m * across / _PROBES,
                bounds.south_m + bounds.height_m * up / 2,
            )
            for across in range(_PROBES + 1)
            for up in range(3)
        ]
        return not any(land.contains(point) for land in lands for point in points)

    def paint(
        self,
        painter: QPainter,
        window: MapWindow,
        size: Size,
        colours: Colours,
        flat: Flat,
        pause: Callable[[], None] = go_on,
    ) -> None:
        """Fill a picture of this size with the map of this window; the units are pixels.

        ``pause`` is called between steps of about a millisecond.
        """
        painter.save()
        painter.fillRect(QRectF(0, 0, *size), colours.sea)
        # A picture of twice the dots shows finer detail; paper, of which each dot is tiny, no more.
        dots = min(max(painter.deviceTransform().m11(), 1.0), _FINEST_SCALE)
        bounds = window.bounds(size)
        tiles = []
        for tile in self._tiles.in_view(bounds, window.metres_per_px / dots):
            tiles.append(tile)
            pause()
        to_px, line_m = _to_px(window, size), _line_px(painter) * window.metres_per_px
        if flat.with_depth:
            self._paint_depth(painter, tiles, window, size, colours, flat.named, pause)
        paint_graticule(painter, window, size, colours)
        self._paint_land(painter, tiles, to_px, line_m, bounds, colours, pause)
        for line in flat.lines:
            _paint_line(painter, line, to_px, colours)
            pause()
        painter.restore()

    def _shade(self, colours: Colours) -> DepthShade:
        shade = self._shades.get(id(colours))
        if shade is None:
            shade = self._shades[id(colours)] = DepthShade(self._basemap.depths, colours)
        return shade

    def _tint(self, colours: Colours) -> tuple[QBrush, Bounds]:
        found = self._tints.get(id(colours))
        if found is None:
            found = self._tints[id(colours)] = tint(colours)
        return found

    def _paint_depth(
        self,
        painter: QPainter,
        tiles: Sequence[TilePaths],
        window: MapWindow,
        size: Size,
        colours: Colours,
        named: Sequence[tuple[float, float]],
        pause: Callable[[], None],
    ) -> None:
        shade = self._shade(colours)
        strength = shade.strength(window.metres_per_px)
        if strength <= 0.0:
            return
        shade.paint(painter, window, size, pause)
        line_m = _line_px(painter) * window.metres_per_px
        lines = [tile.contours for tile in tiles]
        paint_contours(painter, lines, _to_px(window, size), line_m, colours, strength, pause)
        labels = [label for tile in tiles for label in tile.labels]
        paint_contour_labels(painter, labels, window, size, colours, strength, named, pause)

    def _paint_land(
        self,
        painter: QPainter,
        tiles: Sequence[TilePaths],
        to_px: QTransform,
        line_m: float,
        bounds: Bounds,
        colours: Colours,
        pause: Callable[[], None],
    ) -> None:
        painter.save()
        painter.setTransform(to_px, combine=True)
        # Smoothed edges of neighbouring tiles would show as a seam; the coast line hides the steps.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for tile in tiles:
            painter.fillPath(tile.land, colours.land)
            pause()
        self._tint_home(painter, tiles, bounds, colours, pause)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.coast, line_m)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        for tile in tiles:
            painter.strokePath(tile.coast, pen)
            pause()
        painter.restore()

    def _tint_home(
        self,
        painter: QPainter,
        tiles: Sequence[TilePaths],
        bounds: Bounds,
        colours: Colours,
        pause: Callable[[], None],
    ) -> None:
        """Tint the land of the home country; not in SVG, which Qt writes without such brushes."""
        brush, home = self._tint(colours)
        if not home.meets(bounds) or painter.paintEngine().type() == QPaintEngine.Type.SVG:
            return
        painter.save()
        painter.setClipRect(
            QRectF(home.west_m, home.south_m, home.width_m, home.height_m),
            Qt.ClipOperation.IntersectClip,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in tiles:
            if home.meets(tile.bounds):
                painter.fillPath(tile.land, brush)
                pause()
        painter.restore()


def _line_px(painter: QPainter) -> float:
    """How wide coast and contours are drawn: in a picture a dot, which Qt draws far faster."""
    is_picture = painter.paintEngine().type() == QPaintEngine.Type.Raster
    return _SWIFT_DOTS / painter.deviceTransform().m11() if is_picture else _LINE_PX


def _to_px(window: MapWindow, size: Size) -> QTransform:
    """From metres to the pixels of a picture."""
    scale = 1 / window.metres_per_px
    left, top = window.to_px(0.0, 0.0, size)
    return QTransform(scale, 0.0, 0.0, -scale, left, top)


def _paint_line(painter: QPainter, line: SeaLine, to_px: QTransform, colours: Colours) -> None:
    points = QPolygonF([to_px.map(QPointF(x, y)) for x, y in line.points])
    is_claim = line.layer == "claims"
    colour = colours.differ if is_claim else colours.link
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if line.closed:
        path = QPainterPath()
        path.addPolygon(points)
        path.closeSubpath()
        fill = QColor(colour)
        fill.setAlphaF(_AREA_ALPHA if line.is_filled else 0.0)
        if line.is_filled:
            painter.fillPath(path, fill)
    halo = QColor(colours.page)
    halo.setAlphaF(0.55)
    wide = _CLAIM_PX if is_claim else _OVERLAY_PX
    for pen in (QPen(halo, wide + 2), QPen(colour, wide)):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not is_claim:
            pen.setDashPattern([6 / pen.widthF(), 4 / pen.widthF()])
        painter.setPen(pen)
        painter.drawPolyline(points)
