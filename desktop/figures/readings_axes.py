"""The axes of a chart of readings: how far time and amounts reach, and what is written at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

from desktop.figures.chart_frame import Content, unit_of
from desktop.figures.drawing import Hairline, Item, Words, metrics_of, size_of
from desktop.figures.readings_layout import Ground, Named
from desktop.figures.time_axis import Axis, ticks
from desktop.figures.value_axis import value_axis
from desktop.model.dates import EdtfDate
from desktop.model.series import Otherwise, UnitError, in_unit
from desktop.model.values import Quantity, ScaledUnit
from desktop.services.language import Locale

LOW_PX: Final = 180.0
"""A plot lower than this has no grid: its labels say the values."""
TICK_ROW_PX: Final = 28.0
SIDE_PX: Final = 10.0

_ABOVE_PX: Final = 34.0
_BELOW_PX: Final = 9.0
_GRID_PX: Final = 44.0
_LEAST_SPAN_DAYS: Final = 365


def ground_of(
    size: QSizeF, right_px: float, named: Sequence[Named], content: Content, speak: Locale
) -> Ground:
    """What these lines are drawn on, from the left edge to ``right_px``."""
    unit = unit_of(content)
    most = max(_amounts(named, unit), default=0.0)
    base_px = size.height() - TICK_ROW_PX
    values = value_axis(most, base_px, min(_ABOVE_PX, size.height() / 3))
    left_px, has_grid = SIDE_PX, size.height() >= LOW_PX
    if has_grid:
        metrics = metrics_of("caption")
        numbers = [speak.number(tick) for tick in values.ticks(_GRID_PX)]
        left_px += max(metrics.horizontalAdvance(number) for number in numbers)
    return Ground(time_of(named, content, left_px, right_px), values, unit, speak, has_grid)


def _amounts(named: Sequence[Named], unit: ScaledUnit) -> Iterator[float]:
    """The highest amount of each line, and those that sources say otherwise."""
    for each in named:
        yield each.reach.most
        for other in _others(each):
            if other.value is not None:
                yield _amount(other.value, unit)


def _others(named: Named) -> Iterator[Otherwise]:
    return (other for others in named.others.values() for other in others)


def time_of(named: Sequence[Named], content: Content, left_px: float, right_px: float) -> Axis:
    """From the first day that is known to the last, or to the chart's own if lines run up to it."""
    whens = [other.when for each in named for other in _others(each) if other.when]
    known = [day for when in whens for day in (when.first, when.last) if day is not None]
    known += [day for each in named for day in each.reach.days or ()]
    opens = [each.reach.opens for each in named] + [when.first is None for when in whens]
    ends = [each.reach.ends_open for each in named] + [when.last is None for when in whens]
    runs_on = any(each.line.stage and each.line.measure.kind == "cumulative" for each in named)
    if runs_on or any(ends) or not known:
        known.append(content.as_of.last or max(known, default=_LEAST_SPAN_DAYS + 1))
    last = max(known) + 1
    first = min(*known, last - _LEAST_SPAN_DAYS)
    right_px = max(right_px, left_px + 4 * SIDE_PX)
    before_px = 4 * SIDE_PX if any(opens) else 1.5 * SIDE_PX
    after_px = 0.0 if runs_on else SIDE_PX
    day_px = (right_px - left_px - before_px - after_px) / (last - first)
    return Axis(first - before_px / day_px, last + after_px / day_px, left_px, right_px)


def grid_of(ground: Ground) -> Iterator[Item]:
    """Round amounts on level hairlines, if there is a grid; and the line of zero."""
    axis, values = ground.axis, ground.values
    for amount in values.ticks(_GRID_PX) if ground.has_grid else ():
        y = values.y_of(float(amount))
        number = ground.speak.number(amount)
        room = size_of(number, "caption")
        yield Hairline(QPointF(axis.left_px, y), QPointF(axis.right_px, y))
        corner = QPointF(axis.left_px - SIDE_PX / 2 - room.width(), y - room.height() / 2)
        yield Words(QRectF(corner, room), number, "muted", align=Qt.AlignmentFlag.AlignRight)


def time_line(axis: Axis, base_px: float, width_px: float, speak: Locale) -> Iterator[Item]:
    """The line of time with its years or months below."""

    def say(year: int, month: int | None) -> str:
        if month is None:
            return str(year)
        return speak.date(EdtfDate.parse(f"{year:04}-{month:02}"), short=True)

    yield Hairline(QPointF(axis.left_px, base_px), QPointF(axis.right_px, base_px), "control")
    row = QRectF(0, base_px + _BELOW_PX, width_px, TICK_ROW_PX - _BELOW_PX)
    for tick in ticks(axis, row, QRectF(), metrics_of("caption"), say):
        start = QPointF(tick.x_px, base_px)
        yield Hairline(start, start + QPointF(0, 4), "control")
        if tick.words:
            room = size_of(tick.words, "caption")
            corner = QPointF(tick.x_px - room.width() / 2, row.top())
            yield Words(QRectF(corner, room), tick.words, "muted")


def _amount(value: Quantity, unit: ScaledUnit) -> float:
    """The upper end of a value in a unit; zero where it cannot be told in it."""
    try:
        told = in_unit(value, unit)
    except UnitError:
        return 0.0
    return float(told.amount if told.to is None else told.to)
