"""A date written as people do is refused with what it may have meant, or with what it lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dates import EdtfDate
from desktop.model.problems import Malformed


def refusal(text: str) -> Malformed:
    with pytest.raises(Malformed) as refused:
        EdtfDate.parse(text)
    return refused.value


@pytest.mark.parametrize(
    "text",
    ["May 8", "8 May", "May", "mid-May", "5/8", "8-5", "8th of Sept.", "last week", "Monday"],
)
def test_what_names_no_year_is_told_so(text: str) -> None:
    assert refusal(text).code == "no-year"
    assert refusal(text).params == {"text": text}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("8 May 2025", "2025-05-08"),
        ("8th of May 2025", "2025-05-08"),
        ("May 8, 2025", "2025-05-08"),
        ("Sept. 2025", "2025-09"),
        ("2025-5-8", "2025-05-08"),
        ("2025/05/08", "2025-05-08"),
        ("20250508", "2025-05-08"),
        ("30/4/2025", "2025-04-30"),
        ("5.5.2025", "2025-05-05"),
        ("05/2025", "2025-05"),
        ("tháng 5/2025", "2025-05"),
        ("spring 2025", "2025-21"),
        ("2019-2023", "2019/2023"),
        ("2019 to 2023", "2019/2023"),
        ("FY17", "FY2017"),
        ("FY 2017", "FY2017"),
    ],
)
def test_what_can_mean_one_date_only_is_proposed(text: str, meant: str) -> None:
    assert refusal(text).code == "not-a-date"
    assert refusal(text).params == {"text": text, "write": meant}


@pytest.mark.parametrize("text", ["8/5/2025", "08.05.2025", "8-5-2025"])
def test_where_the_day_may_be_the_month_both_are_proposed(text: str) -> None:
    proposed = {"write": "2025-05-08", "other": "2025-08-05"}
    assert refusal(text).params == {"text": text, **proposed}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("30 February 2025", {"days": "28"}),
        ("2024-02-30", {"days": "29"}),
        ("31/4/2025", {"days": "30"}),
        ("2025-13-01", {"months": "12"}),
        ("2025-0-1", {"months": "12"}),
    ],
)
def test_what_is_not_in_the_calendar_says_where_that_ends(text: str, limit: dict[str, str]) -> None:
    assert refusal(text).code == "no-such-date"
    assert refusal(text).params == {"text": text, **limit}


@pytest.mark.parametrize("text", ["2025-05-08 10:00", "2025-05-08T10", "8 May 2025 9:30"])
def test_a_time_of_day_is_told_before_all_else(text: str) -> None:
    assert refusal(text).code == "time-of-day"


@pytest.mark.parametrize("text", ["8 Mai 2025", "early 2025", "soon", "", "32/13/2025", "2025-"])
def test_what_nobody_can_tell_is_only_refused(text: str) -> None:
    assert refusal(text).code == "not-a-date"
    assert refusal(text).params == {"text": text}


@given(st.text("0123456789-/. ,?TXFYmaytháng8th", max_size=24))
def test_whatever_is_proposed_would_be_read(text: str) -> None:
    params: dict[str, str] = {}
    try:
        EdtfDate.parse(text)
    except Malformed as malformed:
        params = {**malformed.params}

    proposed = [params[name] for name in ("write", "other") if name in params]
    assert [EdtfDate.parse(each).text for each in proposed] == proposed
