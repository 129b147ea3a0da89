"""One pledge reported twice is asked about, and answered either way without a number lost."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.checks import check
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import AreaId, Fact, FactId, Says, Slide
from desktop.model.same_event import as_one, as_two, likely_pairs, likely_same
from desktop.model.states import adds_up, states_of, sum_of_parts
from desktop.model.values import LocalText, Quantity
from tests.model.samples import area, cite, dossier_of, fact, measure

FIRST = fact("first", "300 million usd", when="2019", stage="pledged")
VOV = fact("vov-pledge", "130 million usd", when="2025-05-08", stage="pledged")
ASP = fact("asp-pledge", "about 0.13 billion usd", when="2025-11", stage="pledged", sources=("ap",))
TOTAL = fact(
    "total", "430 million usd", when="2025-05-08", parts=(FactId("first"), FactId("vov-pledge"))
)
CASE = dossier_of(FIRST, VOV, ASP, TOTAL)


def ids(facts: list[Fact]) -> list[str]:
    return [each.id for each in facts]


def test_the_same_sum_twice_within_two_years_is_asked_about_from_either_side() -> None:
    assert ids(likely_same(CASE, ASP)) == ["vov-pledge"]
    assert ids(likely_same(CASE, VOV)) == ["asp-pledge"]


def test_asked_about_both_the_pair_stands_once() -> None:
    pairs = likely_pairs(CASE, ["vov-pledge", "asp-pledge", "nowhere"])

    assert [{one.id, other.id} for one, other in pairs] == [{"vov-pledge", "asp-pledge"}]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", Quantity.parse("131 million usd")),
        ("value", Quantity.parse("130 million sets")),
        ("stage", "committed"),
        ("place", "bien-hoa"),
        ("when", EdtfDate.parse("2027-06")),
        ("value", None),
    ],
)
def test_another_amount_unit_stage_place_or_time_is_another_event(
    field: str, value: object
) -> None:
    other = msgspec.structs.replace(ASP, **{field: value})

    assert likely_same(dossier_of(VOV, other), other) == []


def test_an_undated_report_of_the_same_sum_is_asked_about() -> None:
    undated = msgspec.structs.replace(ASP, when=None)

    assert ids(likely_same(dossier_of(VOV, undated), undated)) == ["vov-pledge"]


@pytest.mark.parametrize("relation", ["parts", "supersedes", "contradicted_by", "delivers"])
def test_what_the_file_relates_already_is_not_asked_about(relation: str) -> None:
    related = msgspec.structs.replace(ASP, **{relation: (FactId("vov-pledge"),)})
    dossier = dossier_of(VOV, related)

    assert likely_same(dossier, related) == []
    assert likely_same(dossier, VOV) == []


def test_a_level_read_twice_is_two_readings_but_two_counts_may_be_one_event() -> None:
    level = measure("missing", "sets", kind="level")
    calls = measure("handovers", "sets", kind="count")
    for known, asked in ((level, []), (calls, ["a"])):
        one = fact("a", "2 sets", when="2024", measure=known.id)
        other = fact("b", "2 sets", when="2025", measure=known.id)
        assert ids(likely_same(dossier_of(known, one, other), other)) == asked


def test_as_one_event_it_is_one_fact_with_one_more_citation_and_the_total_stands() -> None:
    after = as_one(CASE, VOV, ASP).applied_to(CASE)

    kept = after.fact("vov-pledge")
    assert "asp-pledge" not in after.facts
    assert [each.source for each in kept.citations] == ["vov", "ap"]
    assert kept.citations[1].says == Says(value=ASP.value, when=EdtfDate.parse("2025-11"))
    assert sum_of_parts(after, after.fact("total")) == sum_of_parts(CASE, TOTAL)
    assert after.fact("total") == TOTAL
    assert "sources-differ" in states_of(after, kept)


def test_the_other_way_round_the_total_counts_the_one_that_stays() -> None:
    after = as_one(CASE, ASP, VOV).applied_to(CASE)

    assert after.fact("total").parts == ("first", "asp-pledge")
    assert adds_up(after, after.fact("total"))


def test_all_that_named_the_other_names_the_one_that_stays_and_that_once() -> None:
    slide = Slide(
        id="money",
        title=LocalText("A further {asp-pledge} was pledged"),
        layout="chart",
        facts=(FactId("asp-pledge"), FactId("vov-pledge")),
    )
    dossier = dossier_of(
        FIRST, VOV, ASP, TOTAL, slide, area(lead="asp-pledge"), key_facts=(FactId("asp-pledge"),)
    )

    after = as_one(dossier, VOV, ASP).applied_to(dossier)

    assert after.about.key_facts == ("vov-pledge",)
    assert after.areas[AreaId("dioxin")].lead == "vov-pledge"
    found = after.find(Ref(Slide, "money"))
    assert isinstance(found, Slide)
    assert found.facts == ("vov-pledge",)
    assert str(found.title) == "A further {vov-pledge} was pledged"
    assert not [each for each in check(after) if each.severity == "error"]


def test_a_date_that_is_only_less_precise_is_no_difference() -> None:
    month = msgspec.structs.replace(ASP, value=VOV.value, when=EdtfDate.parse("2025-05"))
    dossier = dossier_of(VOV, month)

    kept = as_one(dossier, VOV, month).applied_to(dossier).fact("vov-pledge")

    assert kept.citations[1].says is None
    assert "sources-differ" not in states_of(dossier, kept)


def test_the_same_words_of_the_same_source_are_cited_once() -> None:
    again = fact("again", "130 million usd", when="2025-05-08", stage="pledged")
    dossier = dossier_of(VOV, again)

    kept = as_one(dossier, VOV, again).applied_to(dossier).fact("vov-pledge")

    assert kept.citations == (cite(),)


def test_what_a_source_said_against_the_other_fact_may_be_what_the_kept_one_states() -> None:
    says = Says(when=EdtfDate.parse("2025-05-08"), stage="committed")
    report = msgspec.structs.replace(ASP, value=VOV.value, citations=(cite("ap", says=says),))
    dossier = dossier_of(VOV, report)

    kept = as_one(dossier, VOV, report).applied_to(dossier).fact("vov-pledge")

    assert kept.citations[1].says == Says(stage="committed")


def test_as_two_events_the_total_no_longer_adds_up_and_it_shows() -> None:
    change = as_two(CASE, VOV, ASP)
    assert change is not None

    after = change.applied_to(CASE)

    assert after.fact("total").parts == ("first", "vov-pledge", "asp-pledge")
    assert "does-not-add-up" in states_of(after, after.fact("total"))
    assert after.facts.keys() == CASE.facts.keys()
    assert likely_same(after, after.fact("asp-pledge")) == []  # the file tells it now


def test_two_events_without_a_total_change_nothing() -> None:
    assert as_two(dossier_of(VOV, ASP), VOV, ASP) is None


def sums(dossier: Dossier) -> dict[str, object]:
    return {each.id: sum_of_parts(dossier, each) for each in dossier.facts.values() if each.parts}


@given(
    parts=st.sets(st.sampled_from(["first", "vov-pledge"]), min_size=1),
    kept_first=st.booleans(),
    amount=st.sampled_from(["130 million usd", "about 130 million usd", "0.13 billion usd"]),
)
def test_made_one_no_total_that_counted_one_of_them_changes(
    parts: set[str], kept_first: bool, amount: str
) -> None:
    told = msgspec.structs.replace(ASP, value=Quantity.parse(amount))
    same = msgspec.structs.replace(VOV, value=Quantity.parse(amount))
    total = msgspec.structs.replace(TOTAL, parts=tuple(map(FactId, sorted(parts))))
    dossier = dossier_of(FIRST, same, told, total)
    kept, other = (same, told) if kept_first else (told, same)

    after = as_one(dossier, kept, other).applied_to(dossier)

    assert sums(after) == sums(dossier)
    assert not [each for each in check(after) if each.code == "unknown-id"]
