"""What somebody may have meant who wrote a date as people do, to be proposed and never taken."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_RELATIVE: Final = ("today", "yesterday", "tomorrow", "day", "week", "month", "year")
_DAY, _WORD, _YEAR = r"(\d{1,2})(?:st|nd|rd|th)?", r"([a-z]+)\.?", r"(\d{4})"
_SPACE, _POINT = r"[ -]", r"[-/. ]"

_day_month_year = re.compile(rf"{_DAY}{_SPACE}(?:of )?{_WORD}{_SPACE}{_YEAR}").fullmatch
_month_day_year = re.compile(rf"{_WORD}{_SPACE}{_DAY}{_SPACE}{_YEAR}").fullmatch
_word_year = re.compile(rf"{_WORD}{_SPACE}{_YEAR}").fullmatch
_year_first = re.compile(rf"{_YEAR}{_POINT}(\d{{1,2}})(?:{_POINT}(\d{{1,2}}))?").fullmatch
_in_one = re.compile(r"(\d{4})(\d\d)(\d\d)").fullmatch
_year_last = re.compile(rf"(\d{{1,2}}){_POINT}(\d{{1,2}}){_POINT}{_YEAR}").fullmatch
_month_year = re.compile(rf"(?:tháng )?(\d{{1,2}}){_POINT}{_YEAR}").fullmatch
_span = re.compile(rf"{_YEAR} ?(?:-|–|—|to|until) ?{_YEAR}").fullmatch
_fiscal = re.compile(r"fy ?(?:20)?(\d{2})").fullmatch
_time = re.compile(r"\dT\d|\d \d?\d:\d\d").search


def meant_dates(text: str) -> tuple[str, ...]:
    """The EDTF texts that this may stand for, at most two; they need not be in the calendar."""
    words = " ".join(text.lower().replace(",", " ").split())
    if found := _day_month_year(words):
        return _of_words(found[3], found[2], found[1])
    if found := _month_day_year(words):
        return _of_words(found[3], found[1], found[2])
    if found := _fiscal(words):
        return (f"FY20{found[1]}",)
    if found := _word_year(words):
        season = _SEASONS.get(found[1])
        return (f"{found[2]}-{season}",) if season else _of_words(found[2], found[1], None)
    if found := _year_first(words) or _in_one(words):
        return (_edtf(*found.groups()),)
    if found := _year_last(words):
        # Where days go first it is one day, where months do, another.
        both = {(found[1], found[2]): None, (found[2], found[1]): None}
        return tuple(_edtf(found[3], m, d) for d, m in both if int(m) <= len(_MONTHS))
    if found := _month_year(words):
        return (_edtf(found[2], found[1], None),)
    found = _span(words)
    return (f"{found[1]}/{found[2]}",) if found else ()


def has_time(text: str) -> bool:
    """Whether it gives a time of day."""
    return _time(text) is not None


def lacks_year(text: str) -> bool:
    """Whether it speaks of a day or a time, and of no year."""
    words = re.findall(r"[a-z]+", text.lower())
    has_day = any(_month_of(each) or each in (*_DAYS, *_RELATIVE) for each in words)
    numbers = re.findall(r"\d+", text)
    return (has_day or len(numbers) == 2) and all(len(each) < 3 for each in numbers)


def _of_words(year: str, month: str, day: str | None) -> tuple[str, ...]:
    number = _month_of(month)
    return (_edtf(year, str(number), day),) if number else ()


def _month_of(word: str) -> int:
    """1 to 12 by an English name or its beginning; 0 for another word."""
    begun = (n for n, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word))
    return next(begun, 0)


def _edtf(year: str, month: str, day: str | None) -> str:
    return "-".join([year, *(each.zfill(2) for each in (month, day) if each is not None)])
