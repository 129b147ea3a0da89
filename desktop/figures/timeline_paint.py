"""How a timeline is painted: guides and marks where the plan has them, heads and dates around."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop.figures.date_marks import (
    DOT_PX,
    Placed,
    paint_mark,
    paint_pennant,
    paint_ring,
)
from desktop.figures.figure import draw_hairline
from desktop.figures.time_axis import Axis, SayDay, SayTick, round_days, ticks
from desktop.figures.timeline_lanes import PILL_PX, Lane, pill_width
from desktop.figures.timeline_plan import Named, Plan, Standing
from desktop.services.theme import SMALL_PX, Theme

REACH_PX: Final = 16.0
"""How far the ring, halo or flag of a mark may reach beyond it."""

_CLIP_PX: Final = 200.0
_PALE: Final = 0.35
_EVERY_PX: Final = 1024.0


def paint_guides(
    painter: QPainter, plan: Plan, seen: QRectF, as_of: int | None, theme: Theme
) -> None:
    """Paint what lies under the marks in ``seen`` of a plan: round days, as-of, hairlines."""
    colours = theme.colours
    axis = seen_axis(plan, seen)
    for day in round_days(axis, to_days=True)[1]:
        _upright(painter, axis.x_of(day.toordinal()), seen, colours.hairline)
    if as_of is not None:
        _upright(painter, plan.axis.x_of(as_of + 1), seen, colours.control)
    for band in plan.bands[1:]:
        # In the middle of its row of pixels, so that every picture rounds it to the same.
        y = band.top_px + 0.5
        if seen.top() <= y < seen.bottom():
            left, right = QPointF(seen.left(), y), QPointF(seen.right(), y)
            draw_hairline(painter, left, right, colours.hairline)


def seen_axis(plan: Plan, seen: QRectF) -> Axis:
    """The stretch of the plan's line of time that lies in ``seen``."""
    first = plan.axis.first + seen.left() / plan.px_per_day
    last = plan.axis.first + seen.right() / plan.px_per_day
    return Axis(first, last, seen.left(), seen.right())


def paint_lane(
    painter: QPainter, plan: Plan, lane: int, seen: QRectF, chosen: str, theme: Theme
) -> None:
    """Paint the marks and labels of a lane that reach into ``seen`` of its plan."""
    for named in plan.labels(lane, seen.left(), seen.right(), chosen):
        if named.label.area.left() <= seen.right() and named.label.area.right() >= seen.left():
            _paint_label(painter, named, named.label.fact_id == chosen, theme)
    here = plan.lanes[lane].place_of(chosen)
    for standing in plan.standing(lane, seen.left() - REACH_PX, seen.right() + REACH_PX):
        is_chosen = here is not None and here in standing.spot.members
        _paint_standing(painter, plan, standing, seen, theme, chosen=is_chosen)


def paint_heads(painter: QPainter, rect: QRectF, plan: Plan, theme: Theme) -> None:
    """Paint the name of each lane, and how many facts it holds, at the height of its marks."""
    colours = theme.colours
    count = QFontMetricsF(Theme.font("caption_strong"))
    for lane, band in zip(plan.lanes, plan.bands, strict=True):
        top = rect.top() + band.top_px
        if band.top_px:
            start, end = QPointF(rect.left(), top + 0.5), QPointF(rect.right(), top + 0.5)
            draw_hairline(painter, start, end, colours.hairline)
        number = f"{len(lane.events):,}"
        number_px = count.horizontalAdvance(number)
        area = QRectF(rect.left(), top, rect.width() - SMALL_PX * 2, band.height_px)
        painter.setFont(Theme.font("caption_strong"))
        painter.setPen(colours.muted)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, right, number)
        painter.setPen(colours.ink)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        name = area.adjusted(0, 2, -number_px - SMALL_PX, -2)
        painter.drawText(name, int(left | Qt.TextFlag.TextWordWrap), lane.title)


def paint_dates(
    painter: QPainter,
    row: QRectF,
    plan: Plan,
    seen: QRectF,
    as_of: int | None,
    says: tuple[str, SayTick, SayDay],
    theme: Theme,
) -> None:
    """Paint round days, and the words for as-of first, under the stretch ``seen`` of a plan."""
    as_of_words, say, say_day = says
    colours = theme.colours
    metrics = QFontMetricsF(Theme.font("caption"))
    painter.save()
    painter.translate(row.topLeft())
    own = QRectF(0, 0, row.width(), row.height())
    draw_hairline(painter, own.topLeft(), own.topRight(), colours.control)
    painter.setFont(Theme.font("caption"))
    painter.setPen(colours.muted)
    taken = QRectF()
    x = None if as_of is None else plan.axis.x_of(as_of + 1) - seen.left()
    if x is not None and 0 <= x <= own.width():
        length = metrics.horizontalAdvance(as_of_words)
        left = min(max(x - length / 2, 0.0), own.width() - length)
        taken = QRectF(left, 0, length, own.height())
        draw_hairline(painter, QPointF(x, 0), QPointF(x, 6), colours.control)
        painter.drawText(taken, Qt.AlignmentFlag.AlignCenter, as_of_words)
    stretch = seen_axis(plan, seen)
    axis = stretch._replace(left_px=0.0, right_px=own.width())
    for tick in ticks(axis, own, taken, metrics, say, say_day):
        painter.drawText(tick.area, Qt.AlignmentFlag.AlignCenter, tick.words)
    painter.restore()


def _upright(painter: QPainter, x: float, seen: QRectF, colour: QColor) -> None:
    if seen.left() - 1 <= x <= seen.right() + 1:
        draw_hairline(painter, QPointF(x, seen.top()), QPointF(x, seen.bottom()), colour)


def _paint_label(painter: QPainter, named: Named, chosen: bool, theme: Theme) -> None:
    label, colours = named.label, theme.colours
    top = QPointF(label.leader_px, label.area.bottom() - 1)
    colour = colours.control if chosen else colours.hairline
    draw_hairline(painter, top, QPointF(label.leader_px, named.foot_px), colour)
    painter.setFont(Theme.font("caption_strong" if chosen else "caption"))
    painter.setPen(colours.ink if chosen else colours.muted)
    painter.drawText(label.area, Qt.AlignmentFlag.AlignCenter, label.words)


def _paint_standing(
    painter: QPainter, plan: Plan, standing: Standing, seen: QRectF, theme: Theme, *, chosen: bool
) -> None:
    lane: Lane = plan.lanes[standing.lane]
    members = standing.spot.members
    area = QRectF(standing.area)
    # Qt paints nothing as wide as a day of years can be.
    area.setLeft(max(area.left(), seen.left() - _CLIP_PX))
    area.setRight(min(area.right(), seen.right() + _CLIP_PX))
    crowd = _Crowd(len(members), lane.differs_in(members))
    if crowd.number > 1 and area.height() == PILL_PX:
        _paint_pill(painter, area, crowd, theme, chosen=chosen)
    elif crowd.number > 1:
        _paint_crowd(painter, area, standing, crowd, theme, chosen=chosen)
    else:
        event = lane.events[members[0]]
        opens_right = event.when.last is None or event.when.last >= plan.axis.last
        placed = Placed(event, area, event.when.first is None, opens_right)
        paint_mark(painter, placed, theme.colours, chosen=chosen)


class _Crowd(NamedTuple):
    """What a mark of several facts shows of them."""

    number: int
    differs: bool


def _paint_pill(
    painter: QPainter, area: QRectF, crowd: _Crowd, theme: Theme, *, chosen: bool
) -> None:
    """Several facts too dense to part, as their number."""
    colours = theme.colours
    if chosen:
        paint_ring(painter, area, colours.link, colours)
    around = area.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(colours.link, 1.5))
    painter.setBrush(colours.chosen)
    painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)
    painter.setFont(Theme.font("caption_strong"))
    painter.setPen(colours.link)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(crowd.number))
    if crowd.differs:
        paint_pennant(painter, area.topRight() + QPointF(-7, -3), colours.differ)


def _paint_crowd(
    painter: QPainter,
    area: QRectF,
    standing: Standing,
    crowd: _Crowd,
    theme: Theme,
    *,
    chosen: bool,
) -> None:
    """Several bars that overlap, as one pale one with their number at its middle."""
    if chosen:
        paint_ring(painter, area, theme.colours.link, theme.colours)
    pale = QColor(theme.colours.link)
    pale.setAlphaF(_PALE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colours.ground)
    painter.drawRoundedRect(area.adjusted(-1, 0, 1, 0), 2, 2)
    painter.setBrush(pale)
    painter.drawRoundedRect(area, 2, 2)
    width = pill_width(crowd.number)
    for middle in pill_middles(standing):
        if area.left() - width <= middle <= area.right() + width:
            pill = QRectF(0, 0, width, DOT_PX + 3)
            pill.moveCenter(QPointF(middle, area.center().y()))
            _paint_pill(painter, pill, crowd, theme, chosen=False)


def pill_middles(standing: Standing) -> list[float]:
    """Where the number of overlapping bars is written: at their middle, or again and again."""
    area = standing.area
    if area.width() <= 2 * _EVERY_PX:
        return [area.center().x()]
    count = int(area.width() // _EVERY_PX)
    return [area.left() + (place + 0.5) * area.width() / count for place in range(count)]
