"""Nothing that was gathered is lost: each finding, clause, series and difference has its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from desktop.files.facts_file import FactsFile
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref
from desktop.model.records import SECTIONS, Fact, MeasureId
from desktop.model.series import series_of
from desktop.model.states import is_shown, states_of
from desktop.model.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.model.dossier import Dossier
    from desktop.model.values import LocalText

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "tests" / "data"


def table(name: str) -> dict[str, Any]:
    return yaml.load((FOLDER / name).read_text("utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]


ARTICLES: Final[dict[str, list[dict[str, str]]]] = table("articles.yaml")
"""The clauses of each article, by its source."""
FINDINGS: Final[dict[str, list[str]]] = table("findings.yaml")
SERIES: Final = table("series.yaml")
DISAGREEMENTS: Final = table("disagreements.yaml")
OUTCOMES: Final[dict[str, list[dict[str, Any]]]] = {
    **DISAGREEMENTS["gathered"],
    **DISAGREEMENTS["besides"],
}
LEFT_OUT: Final = (ROOT / "data" / "LEFT_OUT.md").read_text("utf-8")
RELEASED: Final = (FOLDER / "released_ids.txt").read_text("utf-8").split()


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return FactsFile.open(ROOT / "data" / "facts.yaml").reading.dossier


def in_english(text: LocalText | None) -> str:
    return "" if text is None else text.in_language("en")[0]


def left_out() -> dict[str, str]:
    """The findings that are in the file nowhere, each with the reason."""
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \| (.+) \|$", LEFT_OUT, re.MULTILINE)
    return {finding: why for finding, _what, why in rows}


# Findings


def test_every_finding_is_in_the_file_or_left_out_with_a_reason() -> None:
    clauses = [clause["finding"] for article in ARTICLES.values() for clause in article]
    places = [clauses, list(FINDINGS), list(left_out())]
    everything = [finding for place in places for finding in place]

    assert [len(place) for place in places] == [94, 247, 2]
    assert len(set(everything)) == len(everything) == 343
    for finding, why in left_out().items():
        assert re.match(r"(?:Weak carrier|Superseded|No figure and no event): \S", why), finding


@pytest.mark.parametrize("finding", FINDINGS)
def test_what_carries_a_finding_is_in_the_file(dossier: Dossier, finding: str) -> None:
    carriers = FINDINGS[finding]

    assert carriers
    assert [each for each in carriers if each not in {*dossier.facts, *dossier.places}] == []
    for fact_id in carriers:
        if fact_id in dossier.facts:
            assert dossier.fact(fact_id).citations, fact_id


# The two articles


@pytest.mark.parametrize("source", ARTICLES)
def test_each_clause_of_an_article_is_quoted_by_the_fact_that_carries_it(
    dossier: Dossier, source: str
) -> None:
    for clause in ARTICLES[source]:
        fact = dossier.facts[clause["fact"]]
        quoted = [c.quote for c in fact.citations if c.source == source]

        assert clause["clause"] in quoted, clause["finding"]
        assert len(clause["clause"].split()) <= 25


@pytest.mark.parametrize("source", ARTICLES)
def test_nothing_is_cited_from_an_article_but_what_the_table_tells(
    dossier: Dossier, source: str
) -> None:
    told = {clause["fact"] for clause in ARTICLES[source]}

    assert {fact.id for fact in dossier.citing(source)} == told


# Series


def of_bare(dossier: Dossier, measure: str, value: str) -> str:
    unit = dossier.measures[MeasureId(measure)].unit
    return Quantity.parse_bare(value).in_unit(unit).text


def is_said(dossier: Dossier, fact: Fact, when: EdtfDate) -> bool:
    """Whether the fact, or one of its sources, places it in this period."""
    dates = [fact.when]
    for citation in fact.citations:
        dates += [dossier.sources[citation.source].published]
        dates += [citation.says.when] if citation.says else []
    found = [date for date in dates if date is not None and date.last is not None]
    return any((when.first or 0) <= (date.last or 0) <= (when.last or 0) for date in found)


@pytest.mark.parametrize("measure", SERIES["readings"])
def test_each_reading_that_was_gathered_is_a_fact_of_its_measure_with_value_and_date(
    dossier: Dossier, measure: str
) -> None:
    gathered = SERIES["readings"][measure]
    for reading in gathered:
        fact, when = dossier.fact(reading["fact"]), EdtfDate.parse(reading["when"])

        assert fact.measure == measure, fact.id
        if reading["value"] == "not stated":
            assert fact.value is None, fact.id
        else:
            assert fact.value is not None, fact.id
            assert fact.value.text == of_bare(dossier, measure, reading["value"]), fact.id
        assert is_said(dossier, fact, when), f"{fact.id} in {when}"
    assert {reading["fact"] for reading in gathered} == {
        fact.id for fact in dossier.facts_of(measure)
    }


def test_all_series_that_were_gathered_are_there() -> None:
    measures = [each for series in SERIES["series"].values() for each in series["measures"]]

    assert len(SERIES["series"]) == 32
    assert len(set(measures)) == len(measures)
    assert set(measures) <= set(SERIES["readings"])


@pytest.mark.parametrize("name", SERIES["series"])
def test_a_series_has_its_readings_its_gaps_and_whose_they_are(dossier: Dossier, name: str) -> None:
    series = SERIES["series"][name]
    readings = [fact for measure in series["measures"] for fact in dossier.facts_of(measure)]
    gaps = [fact for fact in readings if fact.value is None]
    agreeing = [next(c for c in fact.citations if c.says is None) for fact in readings]

    assert len(readings) == int(series["readings"])
    assert len(gaps) == int(series["gaps"])
    assert sorted({dossier.sources[c.source].origin for c in agreeing}) == series["by"]
    for gap in gaps:
        assert gap.note is not None, f"{gap.id} does not say that nothing is stated"


def test_what_was_requested_never_shares_a_line_with_what_was_given(dossier: Dossier) -> None:
    for measure in dossier.measures.values():
        stages = {fact.stage for fact in dossier.facts_of(measure.id)}
        assert len(stages) == 1 or "requested" not in stages, measure.id
        if measure.id.endswith("-requested"):
            assert (measure.stage, stages) == ("requested", {"requested"})


def test_a_dash_in_a_table_is_a_gap_and_never_zero(dossier: Dossier) -> None:
    first = dossier.fact("fmf-by-year/FY2008")

    assert first.value is None
    assert "prints a dash" in in_english(first.note)
    zeros = [f.id for f in dossier.facts.values() if f.value and f.value.low == 0]
    assert zeros == ["arms-orders-2023"], "a zero that was counted"


def test_a_part_is_never_on_a_line_with_the_total_that_holds_it(dossier: Dossier) -> None:
    totals = [fact for fact in dossier.facts.values() if fact.parts]
    lines = series_of(dossier, dossier.measures, None)

    assert len(totals) >= 4
    for total in totals:
        for line in lines:
            on_it = {fact.id for fact in line.readings}
            if total.id in on_it and line.measure.kind != "cumulative":
                assert not on_it & set(total.parts), f"{total.id} on {line.measure.id}"


# Differences between sources


def outcomes(kind: str) -> Iterator[tuple[str, Any]]:
    for name, found in OUTCOMES.items():
        yield from ((name, outcome) for outcome in found if kind in outcome)


def test_each_disagreement_that_was_gathered_has_an_outcome() -> None:
    assert len(DISAGREEMENTS["gathered"]) == 35
    assert all(OUTCOMES.values())


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_disagreement_comes_out_as_it_was_settled(dossier: Dossier, name: str) -> None:
    for outcome in OUTCOMES[name]:
        kind = next(iter(outcome))
        if kind == "read":
            fact = dossier.facts[outcome["read"]]
            assert states_of(dossier, fact)[0] == "sources-differ"
            assert fact.reading is not None
            assert fact.reading.why is not None
        elif kind == "open":
            fact = dossier.facts[outcome["open"]]
            assert states_of(dossier, fact)[0] == "sources-differ"
            assert fact.reading is None
            assert fact.note is not None, "what stays open is told"
        elif kind == "superseded":
            first, by = (dossier.facts[outcome[key]] for key in ("superseded", "by"))
            assert states_of(dossier, first)[0] == "superseded"
            assert first.id in by.supersedes
        elif kind == "scope":
            facts = [dossier.facts[each] for each in outcome["scope"]]
            assert len({(in_english(fact.scope), fact.measure) for fact in facts}) == len(facts)
            assert len({in_english(fact.scope) for fact in facts}) == len(facts)
            assert_alone(dossier, facts)
        elif kind == "apart":
            facts = [dossier.facts[each] for each in outcome["apart"]]
            assert len({fact.measure for fact in facts} - {None}) + sum(
                fact.measure is None for fact in facts
            ) == len(facts)
            assert_alone(dossier, facts)
        else:
            assert outcome["says"] in in_english(dossier.facts[outcome["note"]].note)


def assert_alone(dossier: Dossier, facts: list[Fact]) -> None:
    """None of the facts is a part of another, and no total is made of two of them."""
    ids = {fact.id for fact in facts}
    for fact in dossier.facts.values():
        assert len(ids & set(fact.parts)) <= 1, fact.id
    for fact in facts:
        assert not ids & {*fact.parts, *fact.supersedes, *fact.delivers}, fact.id


def test_no_source_differs_without_standing_in_the_table(dossier: Dossier) -> None:
    told = {outcome[kind] for kind in ("read", "open") for _, outcome in outcomes(kind)}
    differing = {f.id for f in dossier.facts.values() if "sources-differ" in states_of(dossier, f)}
    replaced = {f.id for f in dossier.facts.values() if "superseded" in states_of(dossier, f)}

    assert differing == told
    assert replaced == {outcome["superseded"] for _, outcome in outcomes("superseded")}


# What was graded, and what people were called


def test_a_copy_is_never_said_to_be_confirmed(dossier: Dossier) -> None:
    for fact in dossier.facts.values():
        for citation in fact.citations:
            if dossier.sources[citation.source].reliability in "CDEF":
                assert citation.credibility > 1, f"{fact.id}: {citation.source}"


def test_people_have_the_title_of_the_day(dossier: Dossier) -> None:
    of_war = EdtfDate.parse("2025-11")
    for fact in dossier.facts.values():
        words = in_english(fact.statement)
        if "Secretary of" in words:
            assert fact.when is not None
            since = (fact.when.first or 0) >= (of_war.first or 0)
            assert ("Secretary of War" in words) == since, fact.id
    chairs = in_english(dossier.facts["dialogue-13-chairs"].statement)  # type: ignore[index]
    assert "Acting Assistant Secretary John Noh" in chairs


# What is promised and what is done


def test_what_came_later_names_the_promise_it_keeps(dossier: Dossier) -> None:
    kept = {fact.id: set(fact.delivers) for fact in dossier.facts.values() if fact.delivers}

    for promise, deliveries in {
        "cutters-transferred": {"cutter-csb-8020", "cutter-csb-8021", "cutter-csb-8022"},
        "patrol-boats-funded": {"patrol-boats-2017", "patrol-boats-2018", "patrol-boats-2019"},
        "t6c-ordered": {"t6c-delivered-2024"},
        "coast-guard-centre-promised-2018": {"coast-guard-centre-2021"},
        "peacekeeping-packages-2015": {"peacekeeping-building-2017"},
        "delegation-exchanges-agreed": {"hegseth-visit-2025"},
        "bien-hoa-commitment-2019": {"bien-hoa-contribution-2023"},
    }.items():
        assert {each for each, promises in kept.items() if promise in promises} == deliveries


def test_what_is_only_proposed_says_so(dossier: Dossier) -> None:
    proposed = [a.id for a in dossier.areas.values() if in_english(a.group) == "Proposed only"]
    facts = [fact for area in proposed for fact in dossier.facts_in(area)]

    assert proposed == ["intelligence-technology"]
    for fact in facts:
        assert fact.kind in ("judgement", "official"), fact.id
        assert re.search("no evidence|No agreement", in_english(fact.note)), fact.id


# The map


def test_a_fact_with_a_place_near_vietnam_shows_on_the_map(dossier: Dossier) -> None:
    """Only places far away, and seas and countries, which are no points, have no position."""
    used = {fact.place for fact in dossier.facts.values() if fact.place}
    nowhere = {place for place in used if dossier.places[place].lat is None}

    assert nowhere == {
        "bethesda",
        "guam",
        "honolulu",
        "pentagon",
        "seattle",
        "south-china-sea",
        "south-sudan",
        "washington",
    }


# Ids


def test_what_has_an_id_keeps_it_for_good(dossier: Dossier) -> None:
    assert len(set(RELEASED)) == len(RELEASED) > 700
    assert sorted(RELEASED) == RELEASED
    gone = [
        each
        for each in RELEASED
        if Ref(SECTIONS[each.partition("/")[0]], each.partition("/")[2]) not in known(dossier)
    ]
    assert gone == [], "an id that people refer to was taken away or changed"


def known(dossier: Dossier) -> set[Ref]:
    return {Ref(kind, each) for kind in SECTIONS.values() for each in dossier.all_of(kind)}


def test_the_weakest_facts_are_kept_from_hanoi(dossier: Dossier) -> None:
    for fact in dossier.facts.values():
        unreliable = all(dossier.sources[c.source].reliability in "DEF" for c in fact.citations)
        if unreliable:
            assert not is_shown(dossier, fact, "hanoi"), fact.id
            assert not is_shown(dossier, fact, "hanoi-vi"), fact.id


def test_the_readme_counts_the_facts_as_they_are(dossier: Dossier) -> None:
    for name in ("README.md", "CHANGELOG.md"):
        words = " ".join((ROOT / name).read_text("utf-8").split())
        told = re.search(r"some (\d+) facts from some (\d+) documents", words)
        assert told is not None, name
        assert abs(int(told[1]) - len(dossier.facts)) <= 10, name
        assert abs(int(told[2]) - len(dossier.sources)) <= 10, name
