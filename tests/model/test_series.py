"""Readings become lines and columns without a number added, lost or shown to the wrong people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dates import EdtfDate
from desktop.model.records import AudienceId, FactId, Says
from desktop.model.series import (
    UnitError,
    in_unit,
    new_parts,
    said_otherwise,
    series_of,
    sources_differ,
    to_columns,
)
from desktop.model.values import LocalText, Quantity, ScaledUnit
from tests.figures.money import COMMITMENT, HANOI, WASHINGTON, money, reading
from tests.model import samples

MILLION = ScaledUnit.parse("million usd")


def seconds(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def test_columns_hold_amounts_and_days_oldest_first() -> None:
    facts = [
        reading("later", "fmf", "2 billion usd", "2025-01-17"),
        reading("earlier", "fmf", "183 million usd", "2018-05-11"),
    ]

    columns = to_columns(facts, MILLION)

    assert columns.when.tolist() == [seconds(date(2018, 5, 11)), seconds(date(2025, 1, 17))]
    assert columns.amount.tolist() == columns.amount_to.tolist() == [183, 2000]
    assert columns.span.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("when", "first", "days"),
    [
        ("2020-11", date(2020, 11, 1), 30),
        ("2024", date(2024, 1, 1), 366),
        ("[2023..2024]", date(2023, 1, 1), 731),
        ("FY2017", date(2016, 10, 1), 365),
        ("2017/2023", date(2017, 1, 1), 2556),
    ],
)
def test_a_date_less_precise_than_a_day_spans_all_it_may_be(
    when: str, first: date, days: int
) -> None:
    columns = to_columns([reading("one", "fmf", "1 usd", when)], ScaledUnit.parse("usd"))

    assert columns.when.tolist() == [seconds(first)]
    assert columns.span.tolist() == [days * 86_400]


def test_an_open_end_is_infinite_and_an_open_beginning_runs_backwards() -> None:
    facts = [
        reading("since", "fmf", "1 million usd", "2024-08/.."),
        reading("until", "fmf", "2 million usd", "../2024-09-30"),
        reading("undated", "fmf", "3 million usd", None),
    ]

    columns = to_columns(facts, MILLION)

    assert columns.amount.tolist() == [2, 1, 3]
    assert columns.when[:2].tolist() == [seconds(date(2024, 10, 1)), seconds(date(2024, 8, 1))]
    assert columns.span[:2].tolist() == [-np.inf, np.inf]
    assert np.isnan(columns.when[2])
    assert np.isnan(columns.span[2])


def test_what_is_not_reported_is_a_gap_and_a_range_keeps_both_ends() -> None:
    facts = [
        reading("range", "fmf", "60 to 70 million usd", "2022"),
        reading("gap", "fmf", None, "2023"),
    ]

    columns = to_columns(facts, MILLION)

    assert (columns.amount[0], columns.amount_to[0]) == (60, 70)
    assert np.isnan(columns.amount[1])
    assert np.isnan(columns.amount_to[1])


def test_no_readings_make_empty_columns() -> None:
    assert all(column.shape == (0,) for column in to_columns([], MILLION))


def test_another_unit_is_refused_not_converted() -> None:
    with pytest.raises(UnitError) as refused:
        to_columns([reading("sets", "fmf", "8 sets", "2025")], MILLION)

    assert (refused.value.unit, refused.value.wanted) == ("sets", "million usd")


scales = st.sampled_from(["", "thousand ", "million ", "billion "])
amounts = st.decimals(0, 10**6, places=3).map(lambda amount: f"{amount.normalize():f}")


@given(amount=amounts, scale=scales, wanted=scales)
def test_another_scale_says_the_same_amount(amount: str, scale: str, wanted: str) -> None:
    value = Quantity.parse(f"about {amount} {scale}usd")

    told = in_unit(value, ScaledUnit.parse(f"{wanted}usd"))

    assert (told.low, told.high, told.qualifier) == (value.low, value.high, "about")
    assert told.scale == wanted.strip()


@given(
    st.lists(
        st.dates(date(1974, 1, 1), date(2025, 12, 12)).flatmap(
            lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day}/.."])
        ),
        max_size=30,
    )
)
def test_columns_are_as_long_as_the_facts_and_in_time(whens: list[str]) -> None:
    facts = [
        reading(f"fact-{number}", "fmf", f"{number} million usd", when)
        for number, when in enumerate(whens)
    ]

    columns = to_columns(facts, MILLION)

    assert all(column.shape == (len(whens),) for column in columns)
    assert sorted(columns.amount.tolist()) == list(range(len(whens)))
    assert (np.diff(columns.when) >= 0).all()


def test_readings_of_another_scope_or_stage_are_another_line() -> None:
    dossier = money(
        reading("defence", COMMITMENT, "65 million usd", "2024", scope=LocalText("Pentagon")),
        reading("asked", COMMITMENT, "500 million usd", "2025", stage="requested"),
    )

    lines = series_of(dossier, [COMMITMENT], WASHINGTON)

    said = {(line.stage, str(line.scope or "")): len(line.readings) for line in lines}
    assert said == {("committed", ""): 3, ("committed", "Pentagon"): 1, ("requested", ""): 1}


def test_what_is_withheld_superseded_or_after_as_of_is_in_no_line() -> None:
    dossier = money(
        samples.source("later", published="2026-02-01"),
        reading("secret", COMMITMENT, "1 million usd", "2021", withhold_from=(HANOI,)),
        reading("tomorrow", COMMITMENT, "2 million usd", "2026-01-05"),
        reading("unpublished", COMMITMENT, "3 million usd", "2021", sources=("later",)),
        reading("first", COMMITMENT, "420 million usd", "2021"),
        reading("revised", COMMITMENT, "342 million usd", "2021", supersedes=(FactId("first"),)),
    )

    (hanoi,) = series_of(dossier, [COMMITMENT], HANOI)
    (washington,) = series_of(dossier, [COMMITMENT], WASHINGTON)

    base = {"committed-183", "committed-300", "committed-430", "revised"}
    assert {fact.id for fact in hanoi.readings} == base
    assert {fact.id for fact in washington.readings} == base | {"secret"}


def test_a_part_stands_beside_its_total_only_among_running_totals() -> None:
    parts = (FactId("one"), FactId("two"))
    facts = (
        reading("one", "fmf", "10 million usd", "2016"),
        reading("two", "fmf", "20 million usd", "2017"),
        reading("both", "fmf", "30 million usd", "2016/2017", parts=parts),
    )
    by_period = samples.dossier_of(samples.measure(), *facts)
    running = samples.dossier_of(samples.measure(kind="cumulative"), *facts)

    (totals,) = series_of(by_period, ["fmf"], None)
    (everything,) = series_of(running, ["fmf"], None)

    assert [fact.id for fact in totals.readings] == ["both"]
    assert {fact.id for fact in everything.readings} == {"one", "two", "both"}


def test_rows_of_a_table_are_readings_and_a_row_without_value_stays() -> None:
    dossier = samples.dossier_of(
        samples.measure(), samples.table("by-year", {"FY2016": "9.7", "FY2017": None})
    )

    (line,) = series_of(dossier, ["fmf"], None)

    assert [(fact.id, fact.value and fact.value.text) for fact in line.readings] == [
        ("by-year/FY2016", "9.7 million usd"),
        ("by-year/FY2017", None),
    ]


def test_a_measure_nobody_reports_keeps_its_line_and_an_unknown_one_has_none() -> None:
    disbursed = samples.measure("disbursed", kind="cumulative", stage="disbursed")
    dossier = money(disbursed)

    lines = series_of(dossier, ["disbursed", "no-such-measure"], WASHINGTON)

    assert [(line.measure.id, line.readings) for line in lines] == [("disbursed", ())]


def test_a_total_differs_where_sources_date_what_is_new_in_it_otherwise() -> None:
    dossier = money()
    total = dossier.fact("committed-430")

    (other,) = said_otherwise(dossier, total, WASHINGTON)

    assert sources_differ(dossier, total, WASHINGTON)
    assert not sources_differ(dossier, dossier.fact("committed-300"), WASHINGTON)
    assert [part.id for part in new_parts(dossier, total, WASHINGTON)] == ["addition"]
    assert (other.fact_id, other.when, other.value) == ("addition", EdtfDate.parse("2025-11"), None)


def test_what_is_withheld_of_a_total_does_not_show_through_it() -> None:
    dossier = money()
    addition = dossier.fact("addition")
    hidden = samples.fact(
        "addition", "130 million usd", citations=addition.citations, withhold_from=(HANOI,)
    )
    dossier = dossier.with_record(hidden)

    assert not sources_differ(dossier, dossier.fact("committed-430"), HANOI)
    assert said_otherwise(dossier, dossier.fact("committed-430"), HANOI) == []


def test_sources_that_say_the_same_otherwise_are_one_other_reading() -> None:
    says = Says(value=Quantity.parse("450 million usd"))
    same = Says(when=EdtfDate.parse("2025-01-17"), value=Quantity.parse("430 million usd"))
    fact = reading(
        "total",
        COMMITMENT,
        "430 million usd",
        "2025-01-17",
        citations=(
            samples.cite("vov", says=says),
            samples.cite("ap", says=says),
            samples.cite("vov", says=same),
        ),
    )
    dossier = money(fact)

    (other,) = said_otherwise(dossier, fact, AudienceId("washington"))

    assert other.value == Quantity.parse("450 million usd")
    assert [citation.source for citation in other.citations] == ["vov", "ap"]
