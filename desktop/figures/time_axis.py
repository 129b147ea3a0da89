"""A line of time: where a day lies on it, and which years or months are written below it.

Time runs evenly from left to right; a day is as wide as any other. All lengths are
device-independent pixels, all days proleptic Gregorian ordinals.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

_TICK_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
_MONTH_LABEL_PX: Final = 84.0
_YEAR_LABEL_PX: Final = 56.0
_LABEL_GAP_PX: Final = 12.0
_DAYS_PER_MONTH: Final = 30.436875


class Axis(NamedTuple):
    """Days ``first`` to ``last`` laid out evenly from ``left_px`` to ``right_px``."""

    first: float
    last: float
    left_px: float
    right_px: float

    def x_of(self, day: float) -> float:
        """Where a day begins, in pixels."""
        share = (day - self.first) / (self.last - self.first)
        return self.left_px + share * (self.right_px - self.left_px)


class Tick(NamedTuple):
    """The first day of a year or month on the axis; ``words`` are empty where others stand."""

    x_px: float
    words: str
    area: QRectF


SayTick = Callable[[int, int | None], str]
"""Words for a year, or for a month of it."""


def ticks(
    axis: Axis, row: QRectF, taken: QRectF, metrics: QFontMetricsF, say: SayTick
) -> tuple[Tick, ...]:
    """Round years or months, as close as their words allow; those at a ``taken`` area are mute."""
    per_month = (axis.right_px - axis.left_px) / (axis.last - axis.first) * _DAYS_PER_MONTH
    fitting = (
        step
        for step in _TICK_MONTHS
        if per_month * step >= (_MONTH_LABEL_PX if step < 12 else _YEAR_LABEL_PX)
    )
    step = next(fitting, _TICK_MONTHS[-1])
    first_day, last_day = max(int(axis.first), 1), min(int(axis.last), date.max.toordinal())
    start, end = date.fromordinal(first_day), date.fromordinal(last_day)
    months = range(
        -(-(start.year * 12 + start.month - 1) // step) * step,
        end.year * 12 + end.month,
        step,
    )
    found = []
    for number in months:
        year, month = divmod(number, 12)
        if year < 1 or year > date.max.year:
            continue
        x_px = axis.x_of(date(year, month + 1, 1).toordinal())
        if not axis.left_px <= x_px <= axis.right_px:
            continue
        words = say(year, month + 1 if step < 12 else None)
        length = metrics.horizontalAdvance(words)
        area = QRectF(x_px - length / 2, row.top(), length, row.height())
        hidden = area.left() < 0 or area.right() > row.width()
        beside = area.left() < taken.right() + _LABEL_GAP_PX
        if hidden or (
            not taken.isNull() and beside and taken.left() < area.right() + _LABEL_GAP_PX
        ):
            words = ""
        found.append(Tick(x_px, words, area))
    return tuple(found)
