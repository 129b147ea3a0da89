"""Dates as precise as their source: EDTF (ISO 8601-2:2019) and U.S. fiscal years.

Read are level 0 and 1 without times of day, years 0001 to 9999, and the one range of level 2 that
news needs: ``[2023..2024]``, one unknown day within it. Method: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, Literal, Self

from desktop.model.problems import Malformed
from desktop.model.values import Written

DateKind = Literal[
    "day", "month", "season", "year", "unspecified", "fiscal-year", "interval", "one-of"
]

_SIMPLE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%])?").fullmatch
_UNSPECIFIED = re.compile(
    r"([0-9]{3}X|[0-9]{2}XX)([?~%])?|([0-9]{4})-XX(?:-XX)?([?~%])?|([0-9]{4})-([0-9]{2})-XX([?~%])?"
).fullmatch
_FISCAL = re.compile(r"FY([0-9]{4})").fullmatch
_ONE_OF = re.compile(r"\[([^\[\]./]+)\.\.([^\[\]./]+)\]").fullmatch
_DURATION = re.compile(
    r"P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
).fullmatch
_SEASON_MONTHS: Final = {21: 3, 22: 6, 23: 9, 24: 12}


class EdtfDate(Written):
    """A date, no more precise than it is known.

    ``first`` and ``last`` are the earliest and the latest day it allows, as proleptic Gregorian
    ordinals, or None where an end is open or unknown. ``start`` and ``end`` are the parts of an
    interval or of a one-of range; an open end is None there too. Seasons are those of the northern
    hemisphere by whole months, winter beginning in December of its year.
    """

    __slots__ = ("approximate", "end", "first", "kind", "last", "start", "uncertain")

    def __init__(
        self,
        text: str,
        kind: DateKind,
        first: int | None,
        last: int | None,
        *,
        mark: str | None = None,
        parts: tuple[EdtfDate | None, EdtfDate | None] = (None, None),
    ) -> None:
        super().__init__(text)
        self.kind: Final = kind
        self.first: Final = first
        self.last: Final = last
        self.uncertain: Final = mark in ("?", "%")
        self.approximate: Final = mark in ("~", "%")
        self.start: Final = parts[0]
        self.end: Final = parts[1]

    @classmethod
    @lru_cache(maxsize=8192)
    def parse(cls, text: str) -> Self:
        """Read a date; Malformed says what is accepted."""
        if "/" in text:
            return cls._interval(text)
        one_of = _ONE_OF(text)
        if one_of:
            start, end = cls._single(one_of[1], text), cls._single(one_of[2], text)
            _check_order(text, start, end)
            return cls(text, "one-of", start.first, end.last, parts=(start, end))
        return cls._single(text, text)

    @classmethod
    def of_day(cls, day: date) -> Self:
        return cls(day.isoformat(), "day", day.toordinal(), day.toordinal())

    @classmethod
    def _interval(cls, text: str) -> Self:
        left, _, right = text.partition("/")
        if left in ("", "..") and right in ("", ".."):
            raise Malformed("not-a-date", text=text)
        start = None if left in ("", "..") else cls._single(left, text)
        end = None if right in ("", "..") else cls._single(right, text)
        if start and end:
            _check_order(text, start, end)
        return cls(
            text,
            "interval",
            start.first if start else None,
            end.last if end else None,
            parts=(start, end),
        )

    @classmethod
    def _single(cls, text: str, whole: str) -> Self:
        found = _SIMPLE(text)
        if found:
            return cls._calendar(text, whole, *found.groups())
        fiscal = _FISCAL(text)
        if fiscal and int(fiscal[1]) > 1:
            year = int(fiscal[1])
            return cls(text, "fiscal-year", _ordinal(year - 1, 10, 1), _ordinal(year, 9, 30))
        loose = _UNSPECIFIED(text)
        if loose:
            return cls._loose(text, whole, loose)
        raise cls._refusal(whole)

    @classmethod
    def _refusal(cls, text: str) -> Malformed:
        """Why this is no date, with what is lacking or may have been meant."""
        # Its expressions take a while to compile, and hardly any start meets such a text.
        from desktop.model.meant_dates import has_time, lacks_year, meant_dates

        if has_time(text):
            return Malformed("time-of-day", text=text)
        if lacks_year(text):
            return Malformed("no-year", text=text)
        meant = {}
        for name, proposed in zip(("write", "other"), meant_dates(text), strict=False):
            try:
                meant[name] = cls.parse(proposed).text
            except Malformed as malformed:
                return Malformed(malformed.code, **{**malformed.params, "text": text})
        return Malformed("not-a-date", text=text, **meant)

    @classmethod
    def _calendar(
        cls,
        text: str,
        whole: str,
        year: str,
        month: str | None,
        day: str | None,
        mark: str | None,
    ) -> Self:
        y, m, d = int(year), int(month or 0), int(day or 0)
        if y == 0:
            raise Malformed("no-such-date", text=whole)
        if month is None:
            return cls(text, "year", _ordinal(y, 1, 1), _ordinal(y, 12, 31), mark=mark)
        if m in _SEASON_MONTHS and day is None:
            first_month = _SEASON_MONTHS[m]
            last_year = y + 1 if m == 24 else y
            last_month = (first_month + 1) % 12 + 1
            if last_year > 9999:
                raise Malformed("no-such-date", text=whole)
            last = _ordinal(last_year, last_month, _days_in(last_year, last_month))
            return cls(text, "season", _ordinal(y, first_month, 1), last, mark=mark)
        if not 1 <= m <= 12:
            raise Malformed("no-such-date", text=whole, months="12")
        length = _days_in(y, m)
        if day is None:
            return cls(text, "month", _ordinal(y, m, 1), _ordinal(y, m, length), mark=mark)
        if not 1 <= d <= length:
            raise Malformed("no-such-date", text=whole, days=str(length))
        return cls(text, "day", _ordinal(y, m, d), _ordinal(y, m, d), mark=mark)

    @classmethod
    def _loose(cls, text: str, whole: str, found: re.Match[str]) -> Self:
        decade, decade_mark, year, year_mark, month_year, month, month_mark = found.groups()
        mark = decade_mark or year_mark or month_mark
        if month_year:
            inner = cls._calendar(text, whole, month_year, month, None, None)
            if inner.kind != "month":
                raise Malformed("no-such-date", text=whole)
            return cls(text, "unspecified", inner.first, inner.last, mark=mark)
        low = int((decade or year).replace("X", "0"))
        high = int((decade or year).replace("X", "9"))
        if high == 0:
            raise Malformed("no-such-date", text=whole)
        first, last = _ordinal(max(low, 1), 1, 1), _ordinal(high, 12, 31)
        return cls(text, "unspecified", first, last, mark=mark)

    @property
    def first_day(self) -> date | None:
        return None if self.first is None else date.fromordinal(self.first)

    @property
    def last_day(self) -> date | None:
        return None if self.last is None else date.fromordinal(self.last)

    @property
    def sort_key(self) -> tuple[int, int]:
        """Earliest day first; an open beginning comes before all, an open end after its equals."""
        return self.first or 0, self.last or date.max.toordinal()


class Duration(Written):
    """An ISO 8601 duration in whole years, months, weeks and days, such as ``P12M``."""

    __slots__ = ("days", "months")

    def __init__(self, text: str, months: int, days: int) -> None:
        super().__init__(text)
        self.months: Final = months
        self.days: Final = days

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _DURATION(text)
        if found is None:
            raise Malformed("not-a-duration", text=text)
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        return cls(text, 12 * years + months, 7 * weeks + days)

    def before(self, day: date) -> date:
        """The day this long before ``day``; a day that its month lacks becomes its last."""
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        if year < 1:
            return date.min
        clamped = date(year, month + 1, min(day.day, _days_in(year, month + 1)))
        return date.fromordinal(max(clamped.toordinal() - self.days, 1))


def _days_in(year: int, month: int) -> int:
    # The standard library's calendar would load all that it knows of locales at every start.
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def _check_order(text: str, start: EdtfDate, end: EdtfDate) -> None:
    if start.first is not None and end.last is not None and end.last < start.first:
        raise Malformed("dates-reversed", text=text)
