"""Contours of depth, each labelled along its run with its depth in metres."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from desktop.figures.sea_labels import Style, font_of
from desktop.model.map_window import MapWindow, Size
from desktop.services.colours import Colours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop.files.basemap import Shapes

_STYLE: Final = Style("source", "sea")
_LINE_ALPHA: Final = 0.34
_WORDS_ALPHA: Final = 0.8
_APART_DETAILS: Final = 800.0
_LEAST_DETAILS: Final = 220.0
_REACH_DETAILS: Final = 14.0
_STRAIGHT: Final = 0.95
_CLEAR_PX: Final = (170.0, 20.0)


class ContourLabel(NamedTuple):
    """Where a contour carries its depth: in metres, and how steeply it runs there (degrees)."""

    text: str
    east_m: float
    north_m: float
    slant_deg: float


def labels_along(contours: Mapping[int, Shapes], detail_m: float) -> tuple[ContourLabel, ...]:
    """Places for labels on the straight runs of contours, far enough from one another.

    ``detail_m`` is about what a pixel spans where these contours are drawn.
    """
    return tuple(
        ContourLabel(str(depth_m), *place)
        for depth_m, shapes in contours.items()
        for line in _long_lines(shapes, _LEAST_DETAILS * detail_m)
        for place in _places_on(line.astype(float), detail_m)
    )


def _long_lines(shapes: Shapes, least_m: float) -> Iterable[NDArray[Any]]:
    """The lines at least so long; most are short, and are told apart all at once."""
    if len(shapes.starts) == 0:
        return
    steps = np.hypot(*np.diff(shapes.points, axis=0, append=shapes.points[-1:]).T)
    steps[shapes.starts[1:] - 1] = 0.0
    lengths = np.add.reduceat(steps, shapes.starts)
    ends = np.append(shapes.starts[1:], len(shapes.points))
    for number in np.flatnonzero(lengths >= least_m):
        yield shapes.points[shapes.starts[number] : ends[number]]


def _places_on(line: NDArray[Any], detail_m: float) -> Iterable[tuple[float, float, float]]:
    steps = np.hypot(*np.diff(line, axis=0).T)
    run = np.concatenate(([0.0], np.cumsum(steps)))
    count = max(round(run[-1] / (_APART_DETAILS * detail_m)), 1)
    reach = _REACH_DETAILS * detail_m
    for number in range(count):
        at = (number + 0.5) * run[-1] / count
        west, middle, east = (_point_at(line, run, at + off) for off in (-reach, 0.0, reach))
        across, up = east[0] - west[0], east[1] - west[1]
        if math.hypot(across, up) > _STRAIGHT * 2 * reach:
            slant = math.degrees(math.atan2(up, across))
            yield (*middle, slant - 180 * round(slant / 180))


def _point_at(line: NDArray[Any], run: NDArray[Any], at: float) -> tuple[float, float]:
    return float(np.interp(at, run, line[:, 0])), float(np.interp(at, run, line[:, 1]))


def paint_contours(
    painter: QPainter,
    paths: Iterable[QPainterPath],
    to_px: QTransform,
    line_m: float,
    colours: Colours,
    strength: float,
) -> None:
    """Draw the lines; ``strength`` from 0 to 1 is that of the shades of depth."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(to_px, combine=True)
    pen = QPen(_faint(colours.sea_ink, _LINE_ALPHA * strength), line_m)
    for path in paths:
        painter.strokePath(path, pen)
    painter.restore()


def paint_contour_labels(
    painter: QPainter,
    labels: Sequence[ContourLabel],
    window: MapWindow,
    size: Size,
    colours: Colours,
    strength: float,
    named: Sequence[tuple[float, float]],
) -> None:
    """Write the depths along their contours, but not where a name is likely to stand."""
    taken = [window.to_px(*point, size) for point in named]
    font = font_of(_STYLE)
    metrics = QFontMetricsF(font)
    halo = QPen(_faint(colours.depths[2], 0.7 * strength), 3)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(_faint(colours.sea_ink, _WORDS_ALPHA * strength))
    for label in labels:
        x, y = window.to_px(label.east_m, label.north_m, size)
        if not (0 < x < size.width_px and 0 < y < size.height_px) or _is_near(x, y, taken):
            continue
        painter.save()
        painter.translate(x, y)
        painter.rotate(-label.slant_deg)
        base = QPointF(-metrics.horizontalAdvance(label.text) / 2, metrics.capHeight() / 2)
        outline = QPainterPath()
        outline.addText(base, font, label.text)
        painter.strokePath(outline, halo)
        painter.drawText(base, label.text)
        painter.restore()
        taken.append((x, y))
    painter.restore()


def _is_near(x: float, y: float, taken: Sequence[tuple[float, float]]) -> bool:
    wide, high = _CLEAR_PX
    return any(abs(x - other_x) < wide and abs(y - other_y) < high for other_x, other_y in taken)


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
