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
_DAY_LABEL_PX: Final = 60.0
_TEN_DAYS: Final = 8
"""The shortest of the stretches that begin on the 1st, the 11th and the 21st."""
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
    """The first day of a year or month on the axis, or any; no ``words`` where others stand."""

    x_px: float
    words: str
    area: QRectF


SayTick = Callable[[int, int | None], str]
"""Words for a year, or for a month of it."""
SayDay = Callable[[date], str]
"""Words for a day."""


def round_days(axis: Axis, *, to_days: bool = False) -> tuple[str, list[date]]:
    """The first days of round years, months or ``to_days`` of days, as close as words allow.

    They come with what they begin: "year", "month" or "day". Days are each day or the 1st, 11th
    and 21st.
    """
    px_per_day = (axis.right_px - axis.left_px) / (axis.last - axis.first)
    first_day, last_day = max(int(axis.first), 1), min(int(axis.last), date.max.toordinal())
    if to_days and px_per_day >= _DAY_LABEL_PX:
        return "day", [date.fromordinal(day) for day in range(first_day, last_day + 1)]
    start, end = date.fromordinal(first_day), date.fromordinal(last_day)
    if to_days and px_per_day * _TEN_DAYS >= _DAY_LABEL_PX:
        firsts = _first_days(start, end, 1)
        return "day", [first.replace(day=day) for first in firsts for day in (1, 11, 21)]
    fitting = (
        step
        for step in _TICK_MONTHS
        if px_per_day * _DAYS_PER_MONTH * step >= (_MONTH_LABEL_PX if step < 12 else _YEAR_LABEL_PX)
    )
    step = next(fitting, _TICK_MONTHS[-1])
    return "month" if step < 12 else "year", _first_days(start, end, step)


def _first_days(start: date, end: date, step: int) -> list[date]:
    """The first day of every ``step``-th month, up to that of ``end``."""
    begin = (start.year * 12 + start.month - 1) // step * step
    months = range(max(begin, 12), end.year * 12 + end.month, step)
    return [date(number // 12, number % 12 + 1, 1) for number in months]


def ticks(
    axis: Axis,
    row: QRectF,
    taken: QRectF,
    metrics: QFontMetricsF,
    say: SayTick,
    say_day: SayDay | None = None,
) -> tuple[Tick, ...]:
    """Round years or months, as close as their words allow; those at a ``taken`` area are mute.

    With ``say_day`` a line of few days has round days too.
    """
    unit, days = round_days(axis, to_days=say_day is not None)
    found = []
    for day in days:
        x_px = axis.x_of(day.toordinal())
        if not axis.left_px <= x_px <= axis.right_px:
            continue
        if unit == "day" and say_day is not None:
            words = say_day(day)
        else:
            words = say(day.year, day.month if unit == "month" else None)
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
