"""Dates are read as precise as they are known, and nothing else is taken for a date."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.model.dates import Duration, EdtfDate
from desktop.model.problems import Malformed

MARKS = st.sampled_from(["", "?", "~", "%"])
YEARS = st.integers(1, 9998).map(lambda year: f"{year:04}")
MONTHS = st.tuples(YEARS, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}")
SEASONS = st.tuples(YEARS, st.integers(21, 24)).map(lambda pair: f"{pair[0]}-{pair[1]}")
DAYS = st.dates().map(date.isoformat)
UNSPECIFIED = st.one_of(
    st.from_regex(r"[0-9]{3}X|[0-9]{2}XX", fullmatch=True),
    YEARS.flatmap(lambda year: st.sampled_from([f"{year}-XX", f"{year}-XX-XX"])),
    MONTHS.map(lambda month: f"{month}-XX"),
)
FISCAL = st.integers(2, 9999).map(lambda year: f"FY{year:04}")
CALENDAR = st.one_of(YEARS, MONTHS, SEASONS, DAYS, UNSPECIFIED)
SINGLE = st.one_of(st.tuples(CALENDAR, MARKS).map("".join), FISCAL)


def in_order(ends: tuple[str, str]) -> list[str]:
    return sorted(ends, key=lambda text: EdtfDate.parse(text).sort_key)


CLOSED = st.tuples(SINGLE, SINGLE).map(in_order)
OPEN = st.sampled_from(["", ".."])
DATES = st.one_of(
    SINGLE,
    CLOSED.map("/".join),
    st.tuples(SINGLE, OPEN).map("/".join),
    st.tuples(OPEN, SINGLE).map("/".join),
    CLOSED.map(lambda ends: f"[{ends[0]}..{ends[1]}]"),
)


@given(DATES)
def test_a_date_is_written_back_as_it_was_read_and_runs_forward(text: str) -> None:
    when = EdtfDate.parse(text)

    assert str(when) == text
    assert when == EdtfDate.parse(text)
    assert when.first is not None or when.last is not None
    if when.first is not None and when.last is not None:
        assert when.first <= when.last
    if when.kind in ("interval", "one-of"):
        assert when.first == (when.start.first if when.start else None)
        assert when.last == (when.end.last if when.end else None)
    else:
        assert (when.start, when.end) == (None, None)


@given(st.text() | st.text("0123456789-/.X~?%[]FYPT:", max_size=24))
@example("9999-24")
@example("0000-XX")
@example("FY0001")
@example("[2023..2024]/2025")
@example("2025-02-30/..")
@example("٢٠٢٥")
@example("2025\n")
def test_any_text_is_a_date_as_it_stands_or_malformed(text: str) -> None:
    with suppress(Malformed):
        assert EdtfDate.parse(text).text == text


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2025-05-08", "day", "2025-05-08", "2025-05-08"),
        ("2025-05", "month", "2025-05-01", "2025-05-31"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2025", "year", "2025-01-01", "2025-12-31"),
        ("2023-21", "season", "2023-03-01", "2023-05-31"),
        ("2023-22", "season", "2023-06-01", "2023-08-31"),
        ("2023-23", "season", "2023-09-01", "2023-11-30"),
        ("2023-24", "season", "2023-12-01", "2024-02-29"),
        ("2017/2023", "interval", "2017-01-01", "2023-12-31"),
        ("2023-09-19/2025-05-08", "interval", "2023-09-19", "2025-05-08"),
        ("2025/2025-03", "interval", "2025-01-01", "2025-03-31"),
        ("2013~/2014~", "interval", "2013-01-01", "2014-12-31"),
        ("2025-05?", "month", "2025-05-01", "2025-05-31"),
        ("[2023..2024]", "one-of", "2023-01-01", "2024-12-31"),
        ("[2024-03..2024-05-08]", "one-of", "2024-03-01", "2024-05-08"),
        ("FY2017", "fiscal-year", "2016-10-01", "2017-09-30"),
        ("FY2012/FY2017", "interval", "2011-10-01", "2017-09-30"),
        ("201X", "unspecified", "2010-01-01", "2019-12-31"),
        ("20XX", "unspecified", "2000-01-01", "2099-12-31"),
        ("2004-XX", "unspecified", "2004-01-01", "2004-12-31"),
        ("2004-XX-XX~", "unspecified", "2004-01-01", "2004-12-31"),
        ("2004-02-XX", "unspecified", "2004-02-01", "2004-02-29"),
        ("0001", "year", "0001-01-01", "0001-12-31"),
        ("9999", "year", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_allows_no_day_more_than_its_source(
    text: str, kind: str, first: str, last: str
) -> None:
    when = EdtfDate.parse(text)

    assert when.kind == kind
    assert (when.first_day, when.last_day) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-08/..", "2024-08-01", None),
        ("2024-08/", "2024-08-01", None),
        ("../2024-09", None, "2024-09-30"),
        ("/2024-09", None, "2024-09-30"),
    ],
)
def test_an_open_end_stays_open(text: str, first: str | None, last: str | None) -> None:
    when = EdtfDate.parse(text)

    assert when.first_day == (date.fromisoformat(first) if first else None)
    assert when.last_day == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2025-05", False, False),
        ("2025-05?", True, False),
        ("2025-05~", False, True),
        ("2025-05-08%", True, True),
        ("201X~", False, True),
        ("2023-24?", True, False),
    ],
)
def test_what_is_uncertain_or_approximate_says_so(
    text: str, uncertain: bool, approximate: bool
) -> None:
    when = EdtfDate.parse(text)

    assert (when.uncertain, when.approximate) == (uncertain, approximate)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8 Mai 2025", "not-a-date"),
        ("May 2025", "not-a-date"),
        ("08/05/2025", "not-a-date"),
        ("2025-5-8", "not-a-date"),
        ("20250508", "not-a-date"),
        ("25", "not-a-date"),
        ("FY17", "not-a-date"),
        ("FY2017?", "not-a-date"),
        ("-0044", "not-a-date"),
        ("2025-05-08/2025-05-09/2025-05-10", "not-a-date"),
        ("[2023, 2024]", "not-a-date"),
        ("[..2024]", "not-a-date"),
        ("/", "not-a-date"),
        ("../..", "not-a-date"),
        ("", "not-a-date"),
        ("2025-05-08T12:30", "time-of-day"),
        ("2025-02-29", "no-such-date"),
        ("2025-04-31", "no-such-date"),
        ("2025-13", "no-such-date"),
        ("2025-00", "no-such-date"),
        ("2025-05-00", "no-such-date"),
        ("2025-21-05", "no-such-date"),
        ("2025-21-XX", "no-such-date"),
        ("0000", "no-such-date"),
        ("0000-05-XX", "no-such-date"),
        ("2025-02-30/2026", "no-such-date"),
        ("2024/2023", "dates-reversed"),
        ("[2025-05..2025-04]", "dates-reversed"),
        ("FY2018/FY2017", "dates-reversed"),
    ],
)
def test_what_is_no_date_says_which_rule_it_breaks(text: str, code: str) -> None:
    with pytest.raises(Malformed) as refused:
        EdtfDate.parse(text)

    assert refused.value.code == code
    assert refused.value.params["text"] == text


def test_readings_stand_earliest_first_whatever_their_precision() -> None:
    shuffled = ["2025-05-08", "2024-08/..", "2025", "../2024-09", "2024-08", "FY2025", "2025-05"]

    ordered = sorted(map(EdtfDate.parse, shuffled), key=lambda when: when.sort_key)

    assert [when.text for when in ordered] == [
        "../2024-09",
        "2024-08",
        "2024-08/..",
        "FY2025",
        "2025",
        "2025-05",
        "2025-05-08",
    ]


@given(st.dates())
def test_a_day_of_the_calendar_is_the_date_of_that_text(day: date) -> None:
    assert EdtfDate.of_day(day) == EdtfDate.parse(day.isoformat())
    assert EdtfDate.of_day(day).first_day == day


DURATIONS = st.from_regex(
    r"P(?=[0-9])([1-9]Y)?([0-9]{1,2}M)?([0-9]W)?([0-9]{1,3}D)?", fullmatch=True
)


@given(DURATIONS, st.dates())
def test_a_duration_leads_back_in_time(text: str, day: date) -> None:
    duration = Duration.parse(text)

    earlier = duration.before(day)

    assert duration.text == text
    assert earlier <= day
    longest = timedelta(days=31 * duration.months + duration.days)
    assert earlier == date.min or day - earlier <= longest


@given(st.text() | st.text("PYMWDT0123456789.", max_size=12))
def test_any_text_is_a_duration_as_it_stands_or_malformed(text: str) -> None:
    with suppress(Malformed):
        assert Duration.parse(text).text == text


@pytest.mark.parametrize("text", ["", "P", "12M", "P12", "PT12H", "P1.5Y", "p12m", "P-1M", "P1D1Y"])
def test_what_is_no_duration_says_so(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        Duration.parse(text)

    assert refused.value.code == "not-a-duration"


@pytest.mark.parametrize(
    ("text", "day", "earlier"),
    [
        ("P12M", "2025-12-12", "2024-12-12"),
        ("P1Y", "2024-02-29", "2023-02-28"),
        ("P1M", "2025-03-31", "2025-02-28"),
        ("P2W", "2025-01-05", "2024-12-22"),
        ("P1M10D", "2025-03-31", "2025-02-18"),
        ("P0D", "2025-12-12", "2025-12-12"),
        ("P999Y", "0500-01-01", "0001-01-01"),
        ("P99999D", "0001-06-01", "0001-01-01"),
    ],
)
def test_a_day_that_a_month_lacks_becomes_its_last(text: str, day: str, earlier: str) -> None:
    assert Duration.parse(text).before(date.fromisoformat(day)) == date.fromisoformat(earlier)
