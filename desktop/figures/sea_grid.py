"""What makes a map a chart: the graticule with its degrees and minutes, scale bar and north."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QTransform

from desktop.figures.sea_labels import Style, paint_label, size_of, stamp_label
from desktop.model import geo
from desktop.model.map_window import MapWindow, Size
from desktop.services import colours as all_colours
from desktop.services.colours import Colours
from desktop.services.language import NARROW_NBSP

_STEPS_MIN: Final = (600, 300, 120, 60, 30, 20, 10, 5, 2, 1, 0.5)
_APART_PX: Final = 150.0
_EDGE_STYLE: Final = Style("source", "muted")
_BAR_STYLE: Final = Style("source")
_OVER_EDGE_PX: Final = 1.5
DEGREES_PX: Final = 20.0
"""How far the degrees reach in from the lower and the left edge."""
_BAR_PX: Final = 170.0
_BAR_HIGH_PX: Final = 4.0
SCALE_BAR_PX: Final = (_BAR_PX + 30.0, 28.0)
"""The most that the scale bar takes up with its words and the arrow to the north."""
_NORTH_PX: Final = 24.0


class Line(NamedTuple):
    """One line of the graticule, where it lies in metres and what it is called."""

    at_m: float
    words: str


class Graticule(NamedTuple):
    """The meridians and parallels of a view, the first westmost and southmost."""

    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]


def graticule(window: MapWindow, size: Size) -> Graticule:
    """Lines at round degrees and minutes, closer together as the map comes closer."""
    bounds = window.bounds(size)
    west, south = geo.to_lon_lat(bounds.west_m, bounds.south_m)
    east, north = geo.to_lon_lat(bounds.east_m, bounds.north_m)
    px_per_min = size.width_px / max((east - west) * 60, 1e-9)
    step = next((s for s in reversed(_STEPS_MIN) if s * px_per_min >= _APART_PX), _STEPS_MIN[0])
    return Graticule(
        tuple(_meridian(lon) for lon in _round_steps(west, east, step)),
        tuple(_parallel(lat) for lat in _round_steps(south, north, step)),
    )


@lru_cache(maxsize=2048)
def _meridian(lon: float) -> Line:
    return Line(float(geo.to_mercator(lon, 0.0)[0]), _degrees(lon, "E", "W"))


@lru_cache(maxsize=2048)
def _parallel(lat: float) -> Line:
    return Line(float(geo.to_mercator(0.0, lat)[1]), _degrees(lat, "N", "S"))


def paint_graticule(painter: QPainter, window: MapWindow, size: Size, colours: Colours) -> None:
    """Draw the lines, one pixel thick and each on its own pixels."""
    lines = graticule(window, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    dots = painter.deviceTransform().m11()
    thick = max(round(dots), 1)
    # Filled areas take Qt a hundredth of the time of lines.
    for line in lines.meridians:
        x, _ = window.to_px(line.at_m, 0, size)
        left = round(x * dots - thick / 2) / dots
        painter.fillRect(QRectF(left, 0, thick / dots, size.height_px), colours.grid)
    for line in lines.parallels:
        _, y = window.to_px(0, line.at_m, size)
        top = round(y * dots - thick / 2) / dots
        painter.fillRect(QRectF(0, top, size.width_px, thick / dots), colours.grid)
    painter.restore()


def paint_degrees(
    painter: QPainter,
    window: MapWindow,
    size: Size,
    colours: Colours,
    ratio: float | None = None,
    *,
    clear: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Write the degrees along the lower and the left edge, where their lines meet it.

    At the left they keep ``clear`` of what lies over the map above and below, in pixels.
    With a ``ratio``, from pictures made once for screens of that ratio.
    """
    lines = graticule(window, size)
    painter.save()
    count_in_dots(painter, ratio)
    for line in lines.meridians:
        x, _ = window.to_px(line.at_m, 0, size)
        wide, high = size_of(line.words, _EDGE_STYLE)
        if 40 < x < size.width_px - wide / 2:
            at = QPointF(x - wide / 2, size.height_px - high)
            draw_words(painter, line.words, _EDGE_STYLE, at, colours, ratio)
    for line in lines.parallels:
        _, y = window.to_px(0, line.at_m, size)
        wide, high = size_of(line.words, _EDGE_STYLE)
        if clear[0] + wide / 2 < y < size.height_px - max(clear[1] + wide / 2, 40):
            at = QPointF(-_OVER_EDGE_PX, y - wide / 2)
            draw_words(painter, line.words, _EDGE_STYLE, at, colours, ratio, upward=True)
    painter.restore()


class ScaleBar(NamedTuple):
    """A length in round nautical miles: in pixels at the middle of the view, and in words."""

    length_px: float
    words: str


def scale_bar(window: MapWindow) -> ScaleBar:
    """The longest round distance that fits, at the latitude of the middle of the view."""
    _, lat = geo.to_lon_lat(window.x_m, window.y_m)
    true_m = window.metres_per_px / float(geo.scale_at(lat))
    most_nm = _BAR_PX * true_m / geo.METRES_PER_NM
    power = 10.0 ** math.floor(math.log10(most_nm))
    nm = next(each * power for each in (5, 2, 1) if each * power <= most_nm)
    km = nm * geo.METRES_PER_NM / 1000
    at = f"{abs(lat):.0f}°{NARROW_NBSP}{'N' if lat >= 0 else 'S'}"
    words = f"{nm:g} nm · {_rounded(km)} km · {at}"
    return ScaleBar(nm * geo.METRES_PER_NM / true_m, words)


def paint_scale_bar(
    painter: QPainter,
    window: MapWindow,
    corner: QPointF,
    colours: Colours,
    ratio: float | None = None,
) -> None:
    """Draw the bar and a small arrow to the north, its lower right end at ``corner``."""
    bar = scale_bar(window)
    right, base = corner.x() - 22, corner.y()
    left = right - bar.length_px
    half = bar.length_px / 2
    painter.fillRect(QRectF(left - 1, base - _BAR_HIGH_PX - 1, bar.length_px + 2, 6), colours.page)
    painter.fillRect(QRectF(left, base - _BAR_HIGH_PX, half, _BAR_HIGH_PX), colours.ink)
    painter.fillRect(QRectF(left + half, base - _BAR_HIGH_PX, half, _BAR_HIGH_PX), colours.control)
    wide, high = size_of(bar.words, _BAR_STYLE)
    at = QPointF(right - wide + 2, base - _BAR_HIGH_PX - high)
    foot = QPointF(corner.x() - 7, base)
    painter.save()
    count_in_dots(painter, ratio)
    draw_words(painter, bar.words, _BAR_STYLE, at, colours, ratio)
    if ratio is None:
        _paint_north(painter, foot, colours)
    else:
        arrow = _north_picture(colours is all_colours.dark(), ratio)
        left, top = (foot - QPointF(_NORTH_PX / 2, _NORTH_PX)).toTuple()
        painter.drawPixmap(round(left * ratio), round(top * ratio), arrow)
    painter.restore()


def _paint_north(painter: QPainter, foot: QPointF, colours: Colours) -> None:
    arrow = QPolygonF([foot + QPointF(x, y) for x, y in ((0, -22), (6, 0), (0, -5), (-6, 0))])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.page, 1))
    painter.setBrush(colours.ink)
    painter.drawPolygon(arrow)
    painter.restore()


def count_in_dots(painter: QPainter, ratio: float | None) -> None:
    """On a screen of this ratio draw dot on dot from now on: between dots all would be smeared."""
    if ratio is not None:
        origin = painter.deviceTransform().map(QPointF(0, 0))
        painter.scale(1 / ratio, 1 / ratio)
        painter.translate(round(origin.x()) - origin.x(), round(origin.y()) - origin.y())


def draw_words(
    painter: QPainter,
    words: str,
    style: Style,
    at: QPointF,
    colours: Colours,
    ratio: float | None,
    *,
    upward: bool = False,
) -> None:
    """Write words with their top left corner ``at``; ``upward`` they are read from the right."""
    if ratio is not None:
        picture = _picture_of(words, style, colours is all_colours.dark(), ratio, upward)
        painter.drawPixmap(round(at.x() * ratio), round(at.y() * ratio), picture)
        return
    painter.save()
    painter.translate(at)
    if upward:
        painter.translate(0, size_of(words, style)[0])
        painter.rotate(-90)
    paint_label(painter, words, style, QPointF(0, 0), colours)
    painter.restore()


@lru_cache(maxsize=4)
def _north_picture(is_dark: bool, ratio: float) -> QPixmap:
    colours = all_colours.dark() if is_dark else all_colours.light()
    pixmap = QPixmap(math.ceil(_NORTH_PX * ratio), math.ceil(_NORTH_PX * ratio))
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.scale(ratio, ratio)
    _paint_north(painter, QPointF(_NORTH_PX / 2, _NORTH_PX), colours)
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def _picture_of(words: str, style: Style, is_dark: bool, ratio: float, upward: bool) -> QPixmap:
    colours = all_colours.dark() if is_dark else all_colours.light()
    wide, high = size_of(words, style)
    pixmap = QPixmap(math.ceil(wide * ratio), math.ceil(high * ratio))
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.scale(ratio, ratio)
    stamp_label(painter, words, style, colours, ratio)
    painter.end()
    return pixmap.transformed(QTransform().rotate(-90)) if upward else pixmap


def _round_steps(least: float, most: float, step_min: float) -> Iterator[float]:
    first, last = math.ceil(least * 60 / step_min), math.floor(most * 60 / step_min)
    for number in range(first, last + 1):
        yield number * step_min / 60


def _degrees(value: float, positive: str, negative: str) -> str:
    side = positive if value >= 0 else negative
    tenths = round(abs(value) * 600)
    whole, rest = divmod(tenths, 600)
    minutes = f"{rest // 10:02}" if rest % 10 == 0 else f"{rest / 10:04.1f}"
    return f"{whole}°{minutes}′{NARROW_NBSP}{side}"


def _rounded(km: float) -> str:
    return f"{km:.3g}"
