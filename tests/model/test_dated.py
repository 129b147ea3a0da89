"""The dated facts of areas are found once, and a day knows what befell it and when it returns."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dated import Dated, OnDay, on_day
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import (
    About,
    Area,
    AreaId,
    AudienceId,
    Fact,
    Measure,
    MeasureId,
    Point,
    Points,
    Record,
    UnitId,
)
from desktop.model.shown import NO_AREA
from desktop.model.values import LocalText, Quantity, ScaledUnit

ABOUT = About(id="about", title=LocalText(en="A title"), as_of=EdtfDate.parse("2025-12-12"))


def fact(fact_id: str, when: str | None, *, area: str | None = "visits", **fields: object) -> Fact:
    return msgspec.structs.replace(
        Fact(
            id=fact_id,
            kind="event",
            area=AreaId(area) if area else None,
            when=EdtfDate.parse(when) if when else None,
        ),
        **fields,
    )


def dossier(*facts: Record) -> Dossier:
    name = LocalText(en="A name")
    return Dossier(ABOUT, [Area(id="visits", name=name, group=name), *facts])


def ids(facts: tuple[Fact, ...]) -> list[str]:
    return [each.id for each in facts]


def dated(of: Dossier, area: str = "visits", audience: str | None = None) -> list[str]:
    return ids(of.derived(Dated).in_area(area, audience))


def asked(when: str, *facts: Fact) -> OnDay:
    return on_day(facts, EdtfDate.parse(when))


def test_only_dated_facts_that_are_shown_are_found() -> None:
    found = dossier(
        fact("dated", "2025-05"),
        fact("undated", None),
        fact("to-come", "2025-12-13"),
        fact("withheld", "2024", withhold_from=(AudienceId("hanoi"),)),
    )

    assert dated(found) == ["dated", "withheld"]
    assert dated(found, audience="hanoi") == ["dated"]


def test_facts_of_no_area_are_found_as_such() -> None:
    found = dossier(fact("astray", "2025", area=None), fact("lost", "2024", area="gone"))

    assert dated(found, NO_AREA) == ["astray", "lost"]
    assert dated(found) == []


def test_a_table_gives_way_to_its_dated_rows_without_gaps() -> None:
    points = Points(
        Point(period=EdtfDate.parse(period), value=value)
        for period, value in (
            ("FY2008", Quantity.parse("3 usd")),
            ("FY2009", None),
            ("FY2027", Quantity.parse("4 usd")),
        )
    )
    measure = Measure(
        id="aid",
        name=LocalText(en="Aid"),
        unit=ScaledUnit("million", UnitId("usd")),
        kind="per-period",
    )

    found = dossier(measure, fact("aid-by-year", None, measure=MeasureId("aid"), points=points))

    assert dated(found) == ["aid-by-year/FY2008"]


def test_what_a_change_left_alone_is_the_same_object_after_it() -> None:
    before = dossier(fact("one", "2025"), fact("far", "2024", area=None))
    visits, astray = (before.derived(Dated).in_area(each, None) for each in ("visits", NO_AREA))

    after = before.with_record(fact("far", "2023", area=None))

    assert after.derived(Dated).in_area("visits", None) is visits
    assert after.derived(Dated).in_area(NO_AREA, None) is not astray
    assert after.derived(Dated).in_area(NO_AREA, None)[0].when == EdtfDate.parse("2023")


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["2024", "2025-06", "2026", None])), max_size=8
    )
)
def test_after_any_changes_the_same_is_found_as_afresh(steps: list[tuple[int, str | None]]) -> None:
    places = ("port", "base", None)
    found = dossier(
        *(fact(f"fact-{each}", "2025", place=places[each % 3]) for each in range(4)),
        fact("astray", "2024", area=None, place="port"),
    )
    for number, when in steps:
        found.derived(Dated).places(None)
        ref = Ref(Fact, f"fact-{number}")
        gone = when is None and found.find(ref) is not None
        found = found.without(ref) if gone else found.with_record(fact(ref.id, when, place="base"))

    afresh = dossier(*found.facts.values())

    assert dated(found) == dated(afresh)
    assert found.derived(Dated).places(None) == afresh.derived(Dated).places(None)
    assert sum(found.derived(Dated).places(None).values()) <= len(found.derived(Dated).all(None))


def test_a_day_has_what_was_on_it_what_reaches_beyond_and_what_it_recalls() -> None:
    found = asked(
        "2025-05-08",
        fact("on-it", "2025-05-08"),
        fact("in-the-month", "2025-05"),
        fact("in-the-year", "2025"),
        fact("going-on", "2024-08/.."),
        fact("the-day-before", "2025-05-07"),
        fact("years-ago", "2013-05-08"),
        fact("began-then", "2019-05-08/2019-06"),
        fact("about-then", "2018-05-08~"),
        fact("another-may", "2018-05"),
    )

    assert ids(found.within) == ["on-it"]
    assert ids(found.around) == ["in-the-month", "in-the-year", "going-on"]
    assert ids(found.years_apart) == ["years-ago", "began-then"]


@pytest.mark.parametrize(
    ("when", "within", "around"),
    [
        ("2025-05", ["day", "month"], ["span", "year"]),
        ("2025", ["day", "month", "year"], ["span"]),
        ("2024/2025", ["day", "month", "span", "year"], []),
        ("2020", [], []),
    ],
)
def test_a_month_or_a_year_has_what_lies_in_it(
    when: str, within: list[str], around: list[str]
) -> None:
    found = asked(
        when,
        fact("day", "2025-05-08"),
        fact("month", "2025-05"),
        fact("year", "2025"),
        fact("span", "2024-11/2025-06"),
    )

    assert sorted(ids(found.within)) == within
    assert ids(found.around) == around
    assert found.years_apart == ()


days = st.dates(date(1950, 1, 1), date(2030, 1, 1))
whens = st.one_of(
    days.map(str),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
    days.map(lambda day: f"{day}/.."),
    days.map(lambda day: f"../{day:%Y-%m}"),
    days.map(lambda day: f"{day}/{day + timedelta(90)}"),
    days.map(lambda day: f"[{day.year}..{day.year + 2}]"),
)


@given(st.lists(whens, max_size=20), whens)
def test_no_fact_stands_twice_and_all_that_overlap_are_there(
    all_whens: list[str], when: str
) -> None:
    facts = [fact(f"fact-{number}", each) for number, each in enumerate(all_whens)]

    found = asked(when, *facts)

    told = [*found.within, *found.around, *found.years_apart]
    assert len(told) == len({each.id for each in told})
    first, last = EdtfDate.parse(when).first or 0, EdtfDate.parse(when).last or 10**7
    overlapping = {
        each.id
        for each in facts
        if each.when and (each.when.first or 0) <= last and first <= (each.when.last or 10**7)
    }
    assert {each.id for each in (*found.within, *found.around)} == overlapping
    for each in found.within:
        assert each.when
        assert (each.when.first or 0) >= first
        assert (each.when.last or 10**7) <= last
