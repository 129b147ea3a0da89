"""Contours of depth, each labelled along its run with its depth in metres."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QTransform,
)

from desktop.figures.sea_labels import Style, font_of
from desktop.files.basemap import Shapes
from desktop.model.map_window import MapWindow, Size
from desktop.services.colours import Colours
from desktop.services.language import NARROW_NBSP

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STYLE: Final = Style("source", "sea")
_LINE_ALPHA: Final = 0.34
_WORDS_ALPHA: Final = 0.8
_APART_DETAILS: Final = 800.0
_LEAST_DETAILS: Final = 220.0
_REACH_DETAILS: Final = 14.0
_STRAIGHT: Final = 0.95
_CLEAR_PX: Final = (170.0, 20.0)
_HALO_PX: Final = 3.0


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
    depths = [depth_m for depth_m, shapes in contours.items() for _ in shapes.starts]
    return tuple(
        ContourLabel(f"{depths[number]}{NARROW_NBSP}m", *place)
        for number, line in _long_lines(joined(contours.values()), _LEAST_DETAILS * detail_m)
        for place in _places_on(line.astype(float), detail_m)
    )


def joined(several: Iterable[Shapes]) -> Shapes:
    """All shapes as one lot, in their order."""
    lots = [each for each in several if len(each.starts)]
    if not lots:
        return Shapes(np.empty((0, 2), np.int32), np.empty(0, np.int64))
    firsts = np.cumsum([0, *(len(each.points) for each in lots[:-1])])
    starts = [each.starts + first for each, first in zip(lots, firsts, strict=True)]
    return Shapes(np.concatenate([each.points for each in lots]), np.concatenate(starts))


def _long_lines(shapes: Shapes, least_m: float) -> Iterable[tuple[int, NDArray[Any]]]:
    """The lines at least so long, by number; most are short, and are told apart all at once."""
    if len(shapes.starts) == 0:
        return
    steps = np.hypot(*np.diff(shapes.points, axis=0, append=shapes.points[-1:]).T)
    steps[shapes.starts[1:] - 1] = 0.0
    lengths = np.add.reduceat(steps, shapes.starts)
    ends = np.append(shapes.starts[1:], len(shapes.points))
    for number in np.flatnonzero(lengths >= least_m):
        yield int(number), shapes.points[shapes.starts[number] : ends[number]]


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
    pause: Callable[[], None],
) -> None:
    """Draw the lines; ``strength`` from 0 to 1 is that of the shades of depth."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(to_px, combine=True)
    pen = QPen(_faint(colours.sea_ink, _LINE_ALPHA * strength), line_m)
    for path in paths:
        painter.strokePath(path, pen)
        pause()
    painter.restore()


def paint_contour_labels(
    painter: QPainter,
    labels: Sequence[ContourLabel],
    window: MapWindow,
    size: Size,
    colours: Colours,
    strength: float,
    named: Sequence[tuple[float, float]],
    pause: Callable[[], None],
) -> None:
    """Write the depths along their contours, but not where a name is likely to stand."""
    taken = [window.to_px(*point, size) for point in named]
    halo = _faint(colours.depths[2], 0.7 * strength)
    ink = _faint(colours.sea_ink, _WORDS_ALPHA * strength)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for label in labels:
        x, y = window.to_px(label.east_m, label.north_m, size)
        if not (0 < x < size.width_px and 0 < y < size.height_px) or _is_near(x, y, taken):
            continue
        painter.save()
        painter.translate(x, y)
        painter.rotate(-label.slant_deg)
        around, glyphs = _outlines(label.text)
        painter.fillPath(around, halo)
        painter.fillPath(glyphs, ink)
        painter.restore()
        taken.append((x, y))
        pause()
    painter.restore()


@lru_cache(maxsize=64)
def _outlines(text: str) -> tuple[QPainterPath, QPainterPath]:
    """The halo of a depth and its figures, about the middle: drawn aslant as paths, not as text."""
    font = font_of(_STYLE)
    metrics = QFontMetricsF(font)
    glyphs = QPainterPath()
    base = QPointF(-metrics.horizontalAdvance(text) / 2, metrics.capHeight() / 2)
    glyphs.addText(base, font, text)
    around = QPainterPathStroker(QPen(QColor(), _HALO_PX)).createStroke(glyphs)
    around.addPath(glyphs)
    around.setFillRule(Qt.FillRule.WindingFill)
    return around, glyphs


def _is_near(x: float, y: float, taken: Sequence[tuple[float, float]]) -> bool:
    wide, high = _CLEAR_PX
    return any(abs(x - other_x) < wide and abs(y - other_y) < high for other_x, other_y in taken)


def _faint(colour: QColor, alpha: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(alpha)
    return faint
