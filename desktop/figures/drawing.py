"""What a chart is drawn with: few shapes, in the colours of the theme by name.

A chart lays itself out as a list of these and is painted from it alone, so what a test reads is
what is seen. Painted with QPainter and not with pyqtgraph, which bench/charts.py draws beside it:
never shown, its plots come out without axes or at a wrong size; its exporters lose vectors and line
widths, its labels cover one another; decimated at its best, a hundred thousand points take it
twenty times as long, and it brings three times the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.figures.figure import Mark, draw_hairline
from desktop.services.language import NBSP
from desktop.services.theme import TextRole, Theme

Tone = Literal[
    "ink",
    "muted",
    "hairline",
    "control",
    "link",
    "differ",
    "stale",
    "page",
    "on_marking",
    "money_promised",
    "money_obligated",
    "money_moved",
    "category_1",
    "category_2",
    "category_3",
    "category_4",
    "category_5",
]
Look = Literal["solid", "outline", "dashed", "pale"]

FLAG_PX: Final = 13.0
"""Width of a flag before words of the desk's captions, with the room behind it."""

_OUTLINE_PX: Final = 2.5
_DASHED_PX: Final = 1.5
_PALE: Final = 0.28
_ARROW_PX: Final = 4.0
_IN_A_DATE: Final = re.compile(
    r" (?=(?:19|20)\d\d\b)|(?<=\d) (?=[A-Z][a-z]+ (?:19|20)\d\d\b)|(?<=\btháng) (?=\d)"
)


class Line(NamedTuple):
    """A line through points."""

    points: tuple[QPointF, ...]
    tone: Tone
    width_px: float = 2.5
    dashed: bool = False


class Hairline(NamedTuple):
    """A level or upright line, one pixel thick and sharp on every device."""

    start: QPointF
    end: QPointF
    tone: Tone = "hairline"


class Shape(NamedTuple):
    """A rectangle with corners of ``radius_px``; a dot where that is half of its sides."""

    area: QRectF
    tone: Tone
    look: Look = "solid"
    radius_px: float = 0.0


class Arrow(NamedTuple):
    """From where a figure stands to where it is open."""

    start: QPointF
    tip: QPointF
    tone: Tone


class Columns(NamedTuple):
    """One upright stroke a pixel wide for each pixel, where points are denser than pixels.

    Each rectangle runs from the highest to the lowest point of its pixel, counted from ``at``.
    """

    areas: tuple[QRectF, ...]
    tone: Tone
    at: QPointF = QPointF(0, 0)


class Words(NamedTuple):
    """Text within ``area``, which is as large as it needs; with a flag before it where asked.

    Before words that are stale it is a clock.
    """

    area: QRectF
    text: str
    tone: Tone = "ink"
    role: TextRole = "caption"
    flag: bool = False
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


Item = Line | Hairline | Shape | Arrow | Columns | Words


class Drawing(NamedTuple):
    """All that is to be painted, from the ground up, and what of it can be pointed at."""

    items: tuple[Item, ...] = ()
    marks: tuple[Mark, ...] = ()

    def moved(self, right_px: float, down_px: float) -> Drawing:
        """The same drawing elsewhere."""
        items = tuple(_moved(item, right_px, down_px) for item in self.items)
        marks = (mark._replace(area=mark.area.translated(right_px, down_px)) for mark in self.marks)
        return Drawing(items, tuple(marks))

    def __or__(self, other: Drawing) -> Drawing:
        return Drawing(self.items + other.items, self.marks + other.marks)


@cache
def metrics_of(role: TextRole) -> QFontMetricsF:
    """The measures of a role's font, kept: every frame asks for them by the hundred."""
    return QFontMetricsF(Theme.font(role))


def broken(text: str, role: TextRole, width_px: float) -> str:
    """Text with line breaks, so that no line is wider than ``width_px`` if its words allow.

    Broken here and never again: another device would break elsewhere.
    """
    metrics = metrics_of(role)
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and metrics.horizontalAdvance(longer) > width_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def wrapped(text: str, role: TextRole, width_px: float) -> str:
    """Lines as ``broken`` makes them, but never within a date."""
    lines = broken(_IN_A_DATE.sub(NBSP, text), role, width_px)
    if len(lines) != len(text):
        return lines
    return "".join(old if new == NBSP else new for old, new in zip(text, lines, strict=True))


def size_of(text: str, role: TextRole, *, flag: bool = False) -> QSizeF:
    """The room that words take, lines being broken already."""
    metrics = metrics_of(role)
    lines = text.split("\n")
    width_px = max(metrics.horizontalAdvance(line) for line in lines)
    return QSizeF(width_px + 1 + (flag_px(role) if flag else 0), metrics.lineSpacing() * len(lines))


def flag_px(role: TextRole) -> float:
    """Width of a flag before words of a role, with the room behind it: it grows with slides."""
    return FLAG_PX * _flag_scale(role)


@cache
def _flag_scale(role: TextRole) -> float:
    if not role.startswith("slide_"):
        return 1.0
    return metrics_of(role).height() / metrics_of("caption").height()


def paint_drawing(painter: QPainter, items: Iterable[Item], theme: Theme) -> None:
    """Paint every item; brush, pen and font are left as they come to be."""
    for item in items:
        colour = colour_of(item.tone, theme)
        match item:
            case Line():
                _paint_line(painter, item, colour)
            case Hairline():
                draw_hairline(painter, item.start, item.end, colour)
            case Shape():
                _paint_shape(painter, item, colour)
            case Arrow():
                _paint_arrow(painter, item, colour)
            case Columns():
                _paint_columns(painter, item, colour)
            case Words():
                _paint_words(painter, item, colour)


def colour_of(tone: Tone, theme: Theme) -> QColor:
    """The colour that a tone has in this theme."""
    if tone.startswith("category_"):
        return theme.colours.categories[int(tone[-1]) - 1]
    colour: QColor = getattr(theme.colours, tone)
    return colour


def _paint_line(painter: QPainter, line: Line, colour: QColor) -> None:
    pen = QPen(colour, line.width_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.dashed:
        pen.setDashPattern([3.5, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(line.points)


def _paint_shape(painter: QPainter, shape: Shape, colour: QColor) -> None:
    area, radius = shape.area, shape.radius_px
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    if shape.look in ("solid", "pale"):
        fill = QColor(colour)
        fill.setAlphaF(_PALE if shape.look == "pale" else 1.0)
        painter.setBrush(fill)
    else:
        dashed = shape.look == "dashed"
        pen = QPen(colour, _DASHED_PX if dashed else _OUTLINE_PX)
        if dashed:
            pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        inset = pen.widthF() / 2
        area = area.adjusted(inset, inset, -inset, -inset)
        radius = max(radius - inset, 0.0)
    if radius:
        painter.drawRoundedRect(area, radius, radius)
    else:
        painter.drawRect(area)


def _paint_columns(painter: QPainter, columns: Columns, colour: QColor) -> None:
    smooth = QPainter.RenderHint.Antialiasing
    was_smooth = bool(painter.renderHints() & smooth)
    # Strokes that lie on whole pixels gain nothing by it, and take three times as long.
    painter.setRenderHint(smooth, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.translate(columns.at)
    painter.drawRects(columns.areas)
    painter.translate(-columns.at)
    painter.setRenderHint(smooth, was_smooth)


def _paint_arrow(painter: QPainter, arrow: Arrow, colour: QColor) -> None:
    along = QLineF(arrow.tip, arrow.start).unitVector()
    back = QPointF(along.dx(), along.dy()) * _ARROW_PX
    aside = QPointF(-back.y(), back.x())
    pen = QPen(colour, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(arrow.start, arrow.tip)
    painter.drawPolyline([arrow.tip + back + aside, arrow.tip, arrow.tip + back - aside])


def _paint_words(painter: QPainter, words: Words, colour: QColor) -> None:
    font = Theme.font(words.role)
    area = QRectF(words.area)
    if words.flag:
        high, scale = metrics_of(words.role).height(), _flag_scale(words.role)
        top = QPointF(area.left() + 1.5 * scale, area.top() + high * 0.22)
        paint = _paint_clock if words.tone == "stale" else _paint_flag
        paint(painter, top, colour, scale)
        area.setLeft(area.left() + flag_px(words.role))
    painter.setFont(font)
    painter.setPen(colour)
    flags = words.align | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip
    painter.drawText(area, int(flags), words.text)


def _paint_flag(painter: QPainter, top: QPointF, colour: QColor, scale: float) -> None:
    """A pole with a pennant, as high as a capital letter."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(QRectF(top.x() - 0.75 * scale, top.y(), 1.5 * scale, 10 * scale))
    cloth = ((0, 0), (8, 0), (6, 2.75), (8, 5.5), (0, 5.5))
    painter.drawPolygon(QPolygonF([top + QPointF(x, y) * scale for x, y in cloth]))


def _paint_clock(painter: QPainter, top: QPointF, colour: QColor, scale: float) -> None:
    """A round face with two hands, as high as a capital letter."""
    pen = QPen(colour, 1.5 * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = top + QPointF(3.6, 5.0) * scale
    painter.drawEllipse(middle, 4.3 * scale, 4.3 * scale)
    hands = ((0, -2.6), (0, 0), (1.9, 1.1))
    painter.drawPolyline([middle + QPointF(x, y) * scale for x, y in hands])


def _moved(item: Item, right_px: float, down_px: float) -> Item:
    by = QPointF(right_px, down_px)
    match item:
        case Line():
            return item._replace(points=tuple(point + by for point in item.points))
        case Hairline():
            return item._replace(start=item.start + by, end=item.end + by)
        case Arrow():
            return item._replace(start=item.start + by, tip=item.tip + by)
        case Columns():
            return item._replace(at=item.at + by)
        case Shape() | Words():
            return item._replace(area=item.area.translated(by))
