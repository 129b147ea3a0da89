"""A date as a mark on a line of time: a dot for a day, a bar for what is known less precisely.

An open end is pointed, a doubtful date dashed; a flag stands where sources differ. Lengths are
device-independent pixels.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.figures.time_axis import Axis
from desktop.model.dates import EdtfDate
from desktop.services.colours import Colours

DOT_PX: Final = 11.0
BAR_PX: Final = 8.0
LEAST_BAR_PX: Final = 5.0
OPEN_PX: Final = 72.0
"""As much is drawn of what has no known beginning; an open end runs on to the end of time."""
RING_PX: Final = 4.5
"""How far the ring of the chosen mark reaches around it."""

_HALO_PX: Final = 2.0
_POINT_PX: Final = 6.0
_PENNANT_PX: Final = 6.0


class Event(NamedTuple):
    """A dated fact as a line of time needs it: ``label`` stands at it, or else its ``title``."""

    fact_id: str
    title: str
    when: EdtfDate
    differs: bool = False
    label: str = ""


class Placed(NamedTuple):
    """An event with its true extent on the axis; ``area`` is what is drawn of it.

    An open end runs on to the end of the axis, and so does one that lies beyond it. An open
    beginning is only hinted at: what was done by some day did not last all the time before it.
    """

    event: Event
    area: QRectF
    opens_left: bool
    opens_right: bool

    @property
    def is_point(self) -> bool:
        return self.event.when.kind == "day"


def place(event: Event, axis: Axis) -> Placed:
    """Where an event lies on the axis, around the height 0."""
    when = event.when
    opens_left = when.first is None
    opens_right = when.last is None or when.last >= axis.last
    if when.kind == "day" and when.first is not None:
        middle = axis.x_of(when.first + 0.5)
        area = QRectF(middle - DOT_PX / 2, -DOT_PX / 2, DOT_PX, DOT_PX)
        return Placed(event, area, False, False)
    right = axis.right_px if opens_right or when.last is None else axis.x_of(when.last + 1)
    hinted = max(axis.left_px, right - OPEN_PX)
    left = hinted if when.first is None else axis.x_of(when.first)
    lacking = max(LEAST_BAR_PX - (right - left), 0.0)
    left, right = left - lacking / 2, right + lacking / 2
    area = QRectF(left, -BAR_PX / 2, right - left, BAR_PX)
    return Placed(event, area, opens_left, opens_right)


def is_doubtful(when: EdtfDate) -> bool:
    """Whether the day or span is itself uncertain: about, perhaps, or one day in a range."""
    ends = (when, when.start, when.end)
    doubted = any(each.approximate or each.uncertain for each in ends if each)
    return doubted or when.kind in ("one-of", "unspecified")


def paint_mark(
    painter: QPainter, placed: Placed, colours: Colours, *, chosen: bool = False
) -> None:
    """Paint a mark on its halo of ground, or in its ring; pen and brush are left as they are."""
    colour = colours.differ if placed.event.differs and not _is_long(placed) else colours.link
    if chosen:
        paint_ring(painter, placed.area, colour, colours)
    else:
        around = placed.area.adjusted(-_HALO_PX, -_HALO_PX, _HALO_PX, _HALO_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ground)
        painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)
    if placed.event.differs and placed.is_point:
        _paint_flag(painter, placed.area, colour)
        return
    _brush(painter, colour, colours.ground, doubtful=is_doubtful(placed.event.when))
    painter.drawPath(_shape(placed))
    if placed.event.differs:
        _paint_flag_on_bar(painter, placed, colours)


def paint_ring(painter: QPainter, area: QRectF, colour: QColor, colours: Colours) -> None:
    """Paint the ring of the chosen mark, under it."""
    around = area.adjusted(-RING_PX, -RING_PX, RING_PX, RING_PX)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colours.chosen)
    painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)


def paint_pennant(painter: QPainter, place: QPointF, colour: QColor) -> None:
    """Paint a small flag without its pole, its upper left corner at ``place``."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    tip = place + QPointF(_PENNANT_PX, _PENNANT_PX / 2)
    painter.drawPolygon(QPolygonF([place, tip, place + QPointF(0, _PENNANT_PX)]))


def _shape(placed: Placed) -> QPainterPath:
    """A dot; or a bar, pointed where it runs on."""
    path = QPainterPath()
    area = placed.area
    if placed.is_point:
        path.addEllipse(area)
        return path
    if not (placed.opens_left or placed.opens_right):
        path.addRoundedRect(area, 2, 2)
        return path
    point_px = min(_POINT_PX, area.width() / 2)
    left = area.left() + (point_px if placed.opens_left else 0)
    right = area.right() - (point_px if placed.opens_right else 0)
    outline = [QPointF(left, area.top()), QPointF(right, area.top())]
    if placed.opens_right:
        outline.append(QPointF(area.right(), area.center().y()))
    outline += [QPointF(right, area.bottom()), QPointF(left, area.bottom())]
    if placed.opens_left:
        outline.append(QPointF(area.left(), area.center().y()))
    path.addPolygon(QPolygonF(outline))
    path.closeSubpath()
    return path


def _brush(painter: QPainter, colour: QColor, ground: QColor, *, doubtful: bool) -> None:
    if not doubtful:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        return
    pen = QPen(colour, 1.5)
    pen.setDashPattern([2, 1.5])
    painter.setPen(pen)
    painter.setBrush(ground)


def _paint_flag(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """In place of a dot: the pole stands on the day."""
    x, top, bottom = area.center().x(), area.top() - 1, area.bottom() + 1
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(QRectF(x - 1, top, 2, bottom - top))
    paint_pennant(painter, QPointF(x, top), colour)


def _paint_flag_on_bar(painter: QPainter, placed: Placed, colours: Colours) -> None:
    """Where a long bar begins, so that its length does not shout; beside a short one."""
    area = placed.area
    if not _is_long(placed):
        paint_pennant(painter, area.topRight(), colours.differ)
        return
    x = area.left() + _PENNANT_PX * 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    painter.drawRect(QRectF(x - 2, area.top() - 2, _PENNANT_PX + 4, area.height() + 4))
    painter.setBrush(colours.differ)
    painter.drawRect(QRectF(x - 1, area.top() - 3, 2, area.height() + 5))
    paint_pennant(painter, QPointF(x, area.top() - 3), colours.differ)


def _is_long(placed: Placed) -> bool:
    return not placed.is_point and placed.area.width() >= 6 * _PENNANT_PX
