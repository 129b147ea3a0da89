"""The shipped facts say what their sources say, no more, and trip nobody who briefs from them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized

import pytest

from desktop.files.facts_file import FactsFile
from desktop.model.records import SECTIONS, AudienceId, MeasureId
from desktop.model.sentences import Binding, bare_numbers, parse_sentence
from desktop.model.states import is_after_as_of, is_shown, states_of, sum_of_parts
from desktop.services.language import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.model.dossier import Dossier
    from desktop.model.records import Citation, Fact
    from desktop.model.values import LocalText

ROOT: Final = Path(__file__).parents[1]
SHIPPED: Final = ROOT / "data" / "facts.yaml"
ARTICLES: Final = ("asp-2025-12", "vov-2025-05-08")
MOST_WORDS: Final = 25
HANOI: Final = ("hanoi", "hanoi-vi")
GROUPS: Final = (
    "War legacy",
    "Framework",
    "Practical cooperation",
    "Maritime and capability",
    "Proposed only",
    "Context",
)
UNDATED: Final = "an encyclopaedia page that changes and shows no date; nothing is known to write"
NO_DATE: Final = "a page that shows no date; nothing is known to write"
WARNINGS: Final = {
    ("no-publication-date", "amti-barque-canada"): NO_DATE,
    ("no-publication-date", "amti-east-reef"): NO_DATE,
    ("no-publication-date", "amti-possession"): NO_DATE,
    ("no-publication-date", "harvard-rajawali"): NO_DATE,
    ("no-publication-date", "natural-earth-dashes"): NO_DATE,
    ("no-publication-date", "thesis-paracels"): NO_DATE,
    ("no-publication-date", "up-imlos-2016"): NO_DATE,
    ("no-publication-date", "usaid-da-nang"): NO_DATE,
    ("no-publication-date", "usaid-da-nang-early"): NO_DATE,
    ("no-publication-date", "wikipedia-amboyna-cay"): UNDATED,
    ("no-publication-date", "wikipedia-clashes-1979-1991"): UNDATED,
    ("no-publication-date", "wikipedia-johnson-older"): UNDATED,
    ("no-publication-date", "wikipedia-johnson-reef"): UNDATED,
    ("no-publication-date", "wikipedia-nine-dash-line"): UNDATED,
    ("no-publication-date", "wikipedia-paracels"): UNDATED,
    ("no-publication-date", "wikipedia-paracels-1974"): UNDATED,
    ("no-publication-date", "wikipedia-prince-consort"): UNDATED,
    ("no-publication-date", "wikipedia-rig-981"): UNDATED,
    ("no-publication-date", "wikipedia-war-1979"): UNDATED,
}
"""Every warning the file may give, with the reason why it stays."""


@pytest.fixture(scope="module")
def file() -> FactsFile:
    return FactsFile.open(SHIPPED)


@pytest.fixture(scope="module")
def dossier(file: FactsFile) -> Dossier:
    return file.reading.dossier


def own_words(fact: Fact) -> str:
    """All that we, not a source, say within a fact."""
    texts = [fact.statement, fact.scope, fact.note]
    if fact.reading is not None:
        texts += [fact.reading.say, fact.reading.why]
    for citation in fact.citations:
        if citation.says is not None:
            texts += [citation.says.statement, citation.says.scope]
    return "\n".join(in_english(text) for text in texts)


def in_english(text: LocalText | None) -> str:
    return "" if text is None else text.in_language("en")[0]


def sentences(dossier: Dossier) -> Iterator[tuple[str, LocalText]]:
    """The sentences into which numbers are bound: the bottom line and each area's summary."""
    assert dossier.about.bottom_line is not None
    yield "bottom line", dossier.about.bottom_line
    for area in dossier.areas.values():
        assert area.summary is not None, area.id
        yield area.id, area.summary


def bound(text: LocalText) -> set[str]:
    parts = [part for words in text.by_language.values() for part in parse_sentence(words)]
    return {part.fact_id for part in parts if isinstance(part, Binding)}


def citation_of(fact: Fact, source_id: str) -> Citation:
    (found,) = [citation for citation in fact.citations if citation.source == source_id]
    return found


def says_when(fact: Fact, source_id: str) -> str:
    says = citation_of(fact, source_id).says
    assert says is not None
    assert says.when is not None
    return says.when.text


def value_of(dossier: Dossier, fact_id: str) -> str:
    value = dossier.fact(fact_id).value
    assert value is not None, fact_id
    return value.text


def when_of(dossier: Dossier, fact_id: str) -> str:
    when = dossier.fact(fact_id).when
    assert when is not None, fact_id
    return when.text


# The file as a whole


def test_it_opens_without_an_error_and_with_no_warning_but_those_we_can_explain(
    file: FactsFile,
) -> None:
    found = file.reading.problems

    assert [problem for problem in found if problem.severity == "error"] == []
    assert {(problem.code, problem.id) for problem in found} == set(WARNINGS)
    assert file.reading.dossier.left_out == frozenset()


def test_reading_it_changes_no_byte_and_reading_it_again_says_the_same(file: FactsFile) -> None:
    again = FactsFile.open(SHIPPED)

    assert again.data == file.data == SHIPPED.read_bytes()
    assert again.reading.dossier == file.reading.dossier
    assert str(file.reading.text) == file.data.decode()


def test_it_is_plain_text_that_git_and_every_editor_agree_on(file: FactsFile) -> None:
    text = file.data.decode()

    assert "\r" not in text
    assert "\t" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_editors_find_the_schema_of_the_format(file: FactsFile) -> None:
    first, _, _ = file.data.decode().partition("\n")
    before, _, schema = first.partition("$schema=")

    assert before == "# yaml-language-server: "
    assert (SHIPPED.parent / schema).resolve() == ROOT / "resources" / "facts.schema.json"
    assert (ROOT / "resources" / "facts.schema.json").is_file()


def test_vietnamese_is_composed_so_that_searching_and_comparing_find_it(
    file: FactsFile, dossier: Dossier
) -> None:
    assert is_normalized("NFC", file.data.decode())

    names = [dossier.about.title, *(area.name for area in dossier.areas.values())]
    names += [words for unit in dossier.units.values() for words in (unit.one, unit.many) if words]
    assert [name for name in names if not name.vi] == []
    assert dossier.areas["dioxin"].name.vi == "Khắc phục hậu quả dioxin"
    assert dossier.places["bien-hoa-airbase"].name.vi == "Sân bay Biên Hòa"


def test_ids_are_kebab_case_and_sections_stand_in_their_order(file: FactsFile) -> None:
    dossier = file.reading.dossier
    ids = [record_id for kind in SECTIONS.values() for record_id in dossier.all_of(kind)]
    headings = re.findall(r"^([a-z]+):", file.data.decode(), re.MULTILINE)

    assert [each for each in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)] == []
    order = ["charthouse", "about", *SECTIONS]
    assert headings == [name for name in order if name in headings]


def test_facts_stand_by_area_and_areas_by_group_as_the_pane_lists_them(dossier: Dossier) -> None:
    groups = [in_english(area.group) for area in dossier.areas.values()]
    areas = [fact.area for fact in dossier.facts.values()]

    assert tuple(dict.fromkeys(groups)) == GROUPS
    assert groups == sorted(groups, key=GROUPS.index)
    assert list(dict.fromkeys(areas)) == list(dossier.areas)
    assert areas == sorted(areas, key=list(dossier.areas).index)


def test_both_articles_lead_the_sources_and_the_others_are_easy_to_look_up(
    dossier: Dossier,
) -> None:
    first, second, *others = dossier.sources

    assert (first, second) == ARTICLES
    assert others == sorted(others)


# Numbers and their sources


def test_every_number_and_every_other_fact_leads_to_a_source(dossier: Dossier) -> None:
    assert [fact.id for fact in dossier.facts.values() if not fact.citations] == []
    numbers = [fact for fact in dossier.facts.values() if fact.kind == "number"]
    assert [fact.id for fact in numbers if fact.value is None and not fact.points] == []


def test_every_source_has_an_address_an_origin_and_a_grade_and_is_cited(dossier: Dossier) -> None:
    on_the_map = (*dossier.places.values(), *dossier.overlays.values())
    cited = {citation.source for each in on_the_map for citation in each.citations}
    for source in dossier.sources.values():
        assert source.url, source.id
        assert re.match(r"https?://[^/\s]+/\S+$", source.url), source.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source.origin), source.id
        assert source.reliability in "ABCDEF", source.id
        assert source.accessed is not None, source.id
        assert source.accessed.kind == "day", source.id
        assert dossier.citing(source.id) or source.id in cited, f"{source.id} is cited nowhere"


def test_copies_of_one_agency_count_as_one_origin(dossier: Dossier) -> None:
    of_the_agency = {s.id for s in dossier.sources.values() if s.origin == "vna"}

    assert {"vna-13th-dpd", "vnanet-13th-dpd", "vns-dpd-2023", "vns-hegseth"} <= of_the_agency


def test_quotations_are_short_and_never_shown_twice_on_a_fact(dossier: Dossier) -> None:
    for fact in dossier.facts.values():
        quotes = [citation.quote for citation in fact.citations if citation.quote is not None]
        for quote in quotes:
            assert len(quote.split()) <= MOST_WORDS, quote
            assert quote == " ".join(quote.split()), quote
        assert len(set(quotes)) == len(quotes), fact.id


def test_what_is_not_quoted_says_where_it_stands_and_is_no_more_than_a_reading_or_its_detail(
    dossier: Dossier,
) -> None:
    details = {
        "bien-hoa-soil-awaiting-treatment",
        "bien-hoa-soil-stored",
    }
    for fact in dossier.facts.values():
        for citation in fact.citations:
            assert citation.quote or citation.locator, fact.id
    bare = {f.id for f in dossier.facts.values() if not any(c.quote for c in f.citations)}
    assert details < bare
    assert {fact_id for fact_id in bare if dossier.facts[fact_id].measure is None} == details
    assert not bare & {*dossier.about.key_facts, *(area.lead for area in dossier.areas.values())}


def test_the_figure_stands_in_its_field_and_never_in_our_prose_alone(dossier: Dossier) -> None:
    ships = re.compile(
        r"\b(?:CSB 802[012]|Binh Minh 02|Viking 2|Haiyang (?:Dizhi 8|Shiyou 981)"
        r"|Xiang Yang Hong 10)\b"
    )
    for fact in dossier.facts.values():
        typed = bare_numbers(ships.sub("", own_words(fact)))
        assert not typed, f"{fact.id}: {typed}"


def test_statements_are_sentences_in_our_own_words_and_spelling(dossier: Dossier) -> None:
    american = re.compile(
        r"\b(?:(?<!Secretary of )[Dd]efense(?! Department)|programs?|centers?|\w+[alrn]iz\w+)\b"
    )
    for fact in dossier.facts.values():
        statement = in_english(fact.statement)
        assert re.fullmatch(r"[A-Z].*[^.]\.", statement), fact.id
        assert len(statement) <= 115, f"{fact.id}: too long for a row"
        assert not american.search(own_words(fact)), fact.id
        for citation in fact.citations:
            assert statement.rstrip(".").lower() not in (citation.quote or "").lower(), fact.id
    for where, text in sentences(dossier):
        assert not american.search(in_english(text)), where


def test_the_sea_is_named_by_its_place_so_each_audience_meets_its_own_name(
    dossier: Dossier,
) -> None:
    sea = dossier.places["south-china-sea"]
    names = {audience: Locale(dossier, audience).name(sea) for audience in dossier.audiences}

    assert names == {
        "washington": "South China Sea",
        "hanoi": "East Sea",
        "hanoi-vi": "Biển Đông",
    }
    for fact in dossier.facts.values():
        assert not re.search(r"(?:South China|East|West Philippine) Sea", own_words(fact)), fact.id
    for where, text in sentences(dossier):
        assert not re.search(r"(?:South China|East) Sea", in_english(text)), where


def test_a_place_is_no_more_exact_on_the_map_than_it_is_known(dossier: Dossier) -> None:
    for place in dossier.places.values():
        if place.lat is not None:
            assert place.precision_km is not None, place.id
            assert place.note is not None, place.id


def test_money_that_was_promised_is_never_read_as_money_that_moved(dossier: Dossier) -> None:
    for fact in dossier.facts.values():
        if fact.stage is not None and fact.kind == "commitment":
            assert fact.stage in ("pledged", "committed"), fact.id
    moved = {fact.id for fact in dossier.facts.values() if fact.stage == "contributed"}
    assert moved == {
        "bien-hoa-contribution-2020",
        "bien-hoa-contribution-2023",
        "bien-hoa-contribution-2023-03",
    }
    assert moved == {fact.id for fact in dossier.facts_of("bien-hoa-contribution")}


def test_only_commitments_are_delivered_on_and_not_before_they_were_made(dossier: Dossier) -> None:
    delivering = [(fact, each) for fact in dossier.facts.values() for each in fact.delivers]

    assert len(delivering) >= 6
    for fact, each in delivering:
        promised = dossier.fact(each)
        assert promised.kind == "commitment", each
        assert fact.kind == "event" or fact.stage == "contributed", fact.id
        assert fact.when is not None
        assert promised.when is not None
        assert (promised.when.first or 0) <= (fact.when.first or 0), fact.id


def test_what_was_contributed_stands_against_the_promise_it_was_counted_out_of(
    dossier: Dossier,
) -> None:
    contributed = dossier.fact("bien-hoa-contribution-2023")
    assert contributed.delivers == ("bien-hoa-commitment-2019",)
    promised = dossier.fact("bien-hoa-commitment-2019").value
    assert promised is not None
    assert promised.text in contributed.citations[0].quote.replace("USD", "usd")


# Areas and the words above them


def test_every_area_leads_with_a_fact_of_its_own_that_every_audience_sees(
    dossier: Dossier,
) -> None:
    for area in dossier.areas.values():
        assert area.lead is not None, area.id
        lead = dossier.facts[area.lead]
        assert lead.area == area.id
        assert area.review_after is not None, area.id
        for audience in dossier.audiences:
            assert is_shown(dossier, lead, audience), f"{area.id} for {audience}"


def test_summaries_are_two_sentences_without_a_number_that_nothing_backs(
    dossier: Dossier,
) -> None:
    abbreviations = re.compile(r"\b(?:U\.S\.|D\.C\.)")
    for where, text in sentences(dossier):
        for words in text.by_language.values():
            assert bare_numbers(words) == (), where
            plain = abbreviations.sub("US", words)
            assert len(re.findall(r"\.(?= |$)", plain)) == 2, where
            assert plain.endswith("."), where


@pytest.mark.parametrize("audience", ["washington", *HANOI])
def test_bound_numbers_are_said_to_each_audience(dossier: Dossier, audience: str) -> None:
    speak, english = (Locale(dossier, AudienceId(each)) for each in (audience, "washington"))
    spoken = 0
    for where, text in sentences(dossier):
        for words in speak.sentence(text):
            if words.fact_id is None:
                continue
            fact = dossier.fact(words.fact_id)
            assert is_shown(dossier, fact, audience), f"{where} binds {fact.id}"
            assert fact.value is not None, f"{where} binds {fact.id}"
            said_by = english if speak.fell_back(text) else speak
            assert words.text.replace("\u00a0", " ") == said_by.quantity(fact.value)
            spoken += 1
    assert spoken >= 20


def test_a_summary_binds_no_fact_of_another_area(dossier: Dossier) -> None:
    elsewhere = [
        (area.id, fact_id)
        for area in dossier.areas.values()
        if area.summary is not None
        for fact_id in bound(area.summary)
        if dossier.fact(fact_id).area != area.id
    ]
    assert elsewhere == []


def test_the_overview_opens_with_five_figures_for_every_audience(dossier: Dossier) -> None:
    assert len(dossier.about.key_facts) == 5
    for fact_id in dossier.about.key_facts:
        fact = dossier.facts[fact_id]
        assert fact.value is not None
        for audience in dossier.audiences:
            assert is_shown(dossier, fact, audience), f"{fact_id} for {audience}"


# The case the program was made for: 430, never 560


def test_bien_hoa_totals_430_of_which_130_are_a_part(dossier: Dossier) -> None:
    total = dossier.facts["bien-hoa-commitment-2025"]

    assert value_of(dossier, total.id) == "430 million usd"
    assert set(total.parts) == {"bien-hoa-commitment-2019", "bien-hoa-addition-2025"}
    assert {value_of(dossier, part) for part in total.parts} == {
        "300 million usd",
        "130 million usd",
    }
    bounds = sum_of_parts(dossier, total)
    assert bounds is not None
    assert bounds[0] <= Decimal(430_000_000) <= bounds[1]
    assert "does-not-add-up" not in states_of(dossier, total)


def test_the_addition_is_never_plotted_beside_the_total_that_holds_it(dossier: Dossier) -> None:
    readings = [value_of(dossier, fact.id) for fact in dossier.facts_of("bien-hoa-commitment")]

    assert readings == ["183 million usd", "300 million usd", "430 million usd"]
    assert dossier.facts["bien-hoa-addition-2025"].measure is None


def test_sources_differ_on_when_the_130_million_were_promised_and_we_settle_it(
    dossier: Dossier,
) -> None:
    fact = dossier.facts["bien-hoa-addition-2025"]

    assert value_of(dossier, fact.id) == "130 million usd"
    assert states_of(dossier, fact)[0] == "sources-differ"
    assert when_of(dossier, fact.id) == "2025-01-17"
    assert citation_of(fact, "nhandan-2025-01-17").says is None
    assert says_when(fact, "vov-2025-05-08") == "2025-05-08"
    assert says_when(fact, "asp-2025-12") == "2025-11"
    assert says_when(fact, "nyt-hegseth") == "2025-11"
    assert fact.reading is not None
    assert "17 January 2025" in in_english(fact.reading.say)
    assert "cannot be excluded" in in_english(fact.reading.why)


def test_nothing_in_the_file_says_560(file: FactsFile, dossier: Dossier) -> None:
    for fact in dossier.facts.values():
        bounds = sum_of_parts(dossier, fact) if fact.parts else None
        if fact.value is not None:
            assert fact.value.low != 560_000_000, fact.id
        if bounds is not None:
            assert not bounds[0] <= 560_000_000 <= bounds[1], fact.id
        for part in fact.parts:
            holders = [other for other in dossier.naming(part) if part in other.parts]
            assert len(holders) == 1, f"{part} is counted in more than one total"
    assert not re.search(r"(?<!\d)560(?!\d)|[Ff]ive hundred and sixty", file.data.decode())


def test_the_130_million_that_congress_appropriated_are_another_sum(dossier: Dossier) -> None:
    other = dossier.facts["agent-orange-appropriations-2015"]

    assert value_of(dossier, other.id) == "more than 130 million usd"
    assert other.stage == "appropriated"
    assert other.measure == "agent-orange-appropriations"
    assert other.id not in {fact.id for fact in dossier.facts_of("bien-hoa-commitment")}
    assert dossier.naming(other.id) == ()


# Remains of the missing


def test_eight_sets_carry_both_readings_of_their_period_and_stay_open(dossier: Dossier) -> None:
    fact = dossier.facts["remains-reported-2025"]
    previous = dossier.facts["defence-policy-dialogue-2023"]

    assert value_of(dossier, fact.id) == "8 sets"
    assert fact.when is not None
    assert fact.when.start is not None
    assert fact.when.start.approximate, "VOV gives no day on which its past year begins"
    assert "during the past year" in (citation_of(fact, "vov-2025-05-08").quote or "")
    assert says_when(fact, "vietnamnet-13th-dpd") == "2023-09-19/2025-05-08"
    assert when_of(dossier, previous.id) == "2023-09-19"
    assert states_of(dossier, fact)[0] == "sources-differ"
    assert fact.reading is None


def test_nobody_says_that_the_eight_came_from_the_four_excavations(dossier: Dossier) -> None:
    remains = dossier.facts["remains-reported-2025"]
    missions = dossier.facts["excavations-reported-2025"]
    digging = re.compile(r"excavat|mission|dig\b|recovered from|\bfour\b")
    carried = re.compile(r"\bsets?\b|remains|caskets?|repatriat|\beight\b|\bboxes\b")

    assert value_of(dossier, missions.id) == "4 missions"
    assert dossier.naming(remains.id) == dossier.naming(missions.id) == ()
    for fact in dossier.facts.values():
        words = own_words(fact).lower()
        assert not (digging.search(words) and carried.search(words)), fact.id
    both = [where for where, text in sentences(dossier) if {remains.id, missions.id} & bound(text)]
    assert both == ["us-missing"]
    summary = in_english(dossier.areas["us-missing"].summary)
    assert "none links the one to the other" in summary
    assert not re.search(r"\bfrom\b|thanks to|as a result|led to|yield", summary)


# War legacy: readings of measures


def test_a_running_total_never_falls_from_one_reading_to_the_next(dossier: Dossier) -> None:
    running = [each for each in dossier.measures.values() if each.kind == "cumulative"]

    assert len(running) >= 12
    for measure in running:
        readings = dossier.facts_of(measure.id)
        amounts = [fact.value.low for fact in readings if fact.value]
        assert len(amounts) == len(readings) >= 1, measure.id
        assert amounts == sorted(amounts), measure.id


def test_no_two_measures_have_one_name(dossier: Dossier) -> None:
    names = [in_english(measure.name) for measure in dossier.measures.values()]
    assert len(set(names)) == len(names)


def test_stages_of_the_money_for_bien_hoa_never_share_a_measure(dossier: Dossier) -> None:
    stages = {
        "bien-hoa-commitment": "committed",
        "bien-hoa-defence-commitment": "committed",
        "bien-hoa-contribution": "contributed",
        "bien-hoa-cost-estimate": None,
        "bien-hoa-contracts": None,
        "agent-orange-appropriations": "appropriated",
    }
    for measure, stage in stages.items():
        assert dossier.measures[MeasureId(measure)].stage == stage
        assert {fact.stage for fact in dossier.facts_of(measure)} == {stage}, measure
    reported = {fact.stage for fact in dossier.facts_in("dioxin") if fact.stage}
    assert reported == {"committed", "contributed"}, "no other stage was found reported"


def test_the_defence_part_is_made_of_its_own_parts_and_never_of_the_total(
    dossier: Dossier,
) -> None:
    part = dossier.facts["bien-hoa-defence-commitment-2024"]

    assert set(part.parts) == {
        "bien-hoa-defence-commitment-earlier",
        "bien-hoa-defence-addition-2024",
    }
    assert "does-not-add-up" not in states_of(dossier, part)
    assert not set(part.parts) & set(dossier.facts["bien-hoa-commitment-2025"].parts)
    assert dossier.naming(part.id) == ()


def test_excavated_soil_is_never_said_to_be_treated(dossier: Dossier) -> None:
    measure = dossier.measures[MeasureId("bien-hoa-soil-excavated")]
    allowed = re.compile(
        r"[Ee]xcavated is not treated|how much of it was treated is not stated"
        r"|no treated volume for Bien Hoa was found"
    )

    assert "excavated is not treated" in in_english(measure.name)
    for fact in dossier.facts_of(measure.id):
        words = own_words(fact)
        assert "Excavated is not treated" in in_english(fact.note), fact.id
        assert not re.search(r"\btreated|clean(?:ed|sed)", allowed.sub("", words)), fact.id
    treated = [m.id for m in dossier.measures.values() if "treated at" in in_english(m.name)]
    assert treated == ["da-nang-treated"], "no treated volume for Bien Hoa was found"


def test_two_sums_of_390_million_are_an_estimate_and_an_appropriation(dossier: Dossier) -> None:
    estimate = dossier.facts["bien-hoa-cost-estimate-2018"]
    appropriation = dossier.facts["agent-orange-appropriations-2021"]

    assert estimate.value is not None
    assert appropriation.value is not None
    assert estimate.value.low == appropriation.value.low == 390_000_000
    assert (estimate.stage, appropriation.stage) == (None, "appropriated")
    assert "appropriations" in in_english(estimate.note)
    assert "cost estimate" in in_english(appropriation.note)


def test_the_launch_of_the_work_at_bien_hoa_is_not_its_start_on_the_ground(
    dossier: Dossier,
) -> None:
    start = dossier.facts["bien-hoa-start-2019"]

    assert when_of(dossier, start.id) == "2019-12-05"
    assert says_when(start, "usaid-2023-03-07") == "2019-04"
    assert start.reading is not None


def test_what_da_nang_cost_is_read_from_the_later_figures_and_what_it_contained_stays_open(
    dossier: Dossier,
) -> None:
    cost = dossier.facts["da-nang-cost-2018"]
    contained = dossier.facts["da-nang-contained-2018"]

    assert dossier.facts["da-nang-cost-2016"].contradicted_by == (cost.id,)
    assert cost.contradicted_by == ("da-nang-cost-2021",)
    assert cost.reading is not None
    says = citation_of(contained, "crs-r44268-2021-03").says
    assert says is not None
    assert says.value is not None
    assert (value_of(dossier, contained.id), says.value.text) == ("50000 m3", "60000 m3")


def test_money_for_ordnance_over_years_is_told_by_its_window(dossier: Dossier) -> None:
    for fact in dossier.facts_of("ordnance-funding"):
        assert fact.when is not None
        assert fact.when.kind == "interval", fact.id
    table = dossier.facts["ordnance-funding-by-year"]
    assert {citation.source for citation in table.citations} == {"state-2018-ordnance"}
    assert [point.period.kind for point in table.points] == ["fiscal-year"] * 3
    assert all(point.note for point in table.points), "the year of each column is inferred"


# War legacy: the missing


MISSING: Final = (
    "us-missing-identified",
    "us-missing-unaccounted",
    "remains-handed-over",
    "repatriation-ceremonies",
    "joint-field-activities",
)


def test_identified_unaccounted_sets_ceremonies_and_activities_are_five_measures(
    dossier: Dossier,
) -> None:
    measures = [dossier.measures[MeasureId(measure)] for measure in MISSING]
    readings = [dossier.facts_of(measure.id) for measure in measures]

    assert [(measure.unit.text, measure.kind) for measure in measures] == [
        ("persons", "cumulative"),
        ("persons", "level"),
        ("sets", "cumulative"),
        ("sets", "count"),
        ("activities", "count"),
    ]
    ids = [fact.id for facts in readings for fact in facts]
    assert len(set(ids)) == len(ids) == 44
    for fact in dossier.facts.values():
        assert not set(fact.parts) & set(ids), f"{fact.id} adds up counts of the missing"
        assert fact.id not in ids or not fact.parts


def test_what_was_identified_and_who_is_still_missing_is_never_summed(dossier: Dossier) -> None:
    identified = dossier.facts["us-missing-identified-2025-07"].value
    unaccounted = dossier.facts["us-missing-unaccounted-2025"].value
    assert identified is not None
    assert unaccounted is not None

    values = {fact.value.low for fact in dossier.facts.values() if fact.value}
    assert identified.low + unaccounted.low not in values


def test_the_ledger_of_ceremonies_has_gaps_says_so_and_has_no_total(dossier: Dossier) -> None:
    ceremonies = dossier.facts_of("repatriation-ceremonies")
    ordinals = [re.search(r"the (\d+)(?:st|nd|rd|th)", in_english(f.statement)) for f in ceremonies]
    numbers = [int(found[1]) for found in ordinals if found]

    assert len(ceremonies) == 15
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 13
    assert not {145, 150, 152, 155, 157, 159, 160, 163, 168} & set(numbers)
    for fact in ceremonies:
        assert fact.kind == "event", fact.id
        assert "has gaps" in in_english(fact.note), fact.id
    sets = [fact.value.low for fact in ceremonies if fact.value]
    shown = [f.value.low for f in ceremonies if f.value and is_shown(dossier, f, None)]
    totals = {f.value.low for f in dossier.facts.values() if f.value and f.value.unit == "sets"}
    assert not {sum(sets), sum(shown)} & totals
    for words in (own_words(fact) for fact in dossier.facts_in("us-missing")):
        assert not re.search(r"altogether|in total|\bsum of\b", words)


def test_what_a_report_of_a_ceremony_does_not_state_is_left_out_and_never_zero(
    dossier: Dossier,
) -> None:
    ceremonies = dossier.facts_of("repatriation-ceremonies")

    assert [fact.id for fact in ceremonies if fact.value is None] == ["repatriation-162"]
    assert "not stated" in in_english(dossier.facts["repatriation-162"].note)
    nowhere = [fact for fact in ceremonies if fact.place is None]
    assert [fact.id for fact in nowhere] == [
        "repatriation-143",
        "repatriation-154",
        "repatriation-156",
    ]
    for fact in nowhere:
        assert "place is not stated" in in_english(fact.note), fact.id
    assert all(fact.value.low > 0 for fact in ceremonies if fact.value)


def test_where_counts_of_the_missing_differ_the_exact_one_is_read(dossier: Dossier) -> None:
    identified = dossier.facts["us-missing-identified-2025-07"]
    handed_over = dossier.facts["remains-handed-over-2025"]
    ceremony = dossier.facts["repatriation-158"]

    for fact, source, otherwise in (
        (identified, "qdnd-170", "nearly 750 persons"),
        (handed_over, "vietnamnet-2020", "1000 sets"),
    ):
        says = citation_of(fact, source).says
        assert says is not None
        assert says.value is not None
        assert says.value.text == otherwise
    says = citation_of(ceremony, "hanoitimes-2022-06-30").says
    assert says is not None
    assert "156th" in in_english(says.statement)
    assert "158th" in in_english(ceremony.statement)
    for fact in (identified, handed_over, ceremony):
        assert states_of(dossier, fact)[0] == "sources-differ"
        assert fact.reading is not None


def test_no_dollars_stand_among_the_missing_of_either_side(dossier: Dossier) -> None:
    for area in ("us-missing", "vietnamese-missing"):
        for fact in dossier.facts_in(area):
            assert fact.stage is None, fact.id
            assert fact.value is None or fact.value.unit != "usd", fact.id
            assert "$" not in own_words(fact), fact.id


# The five hard questions


def test_is_the_130_million_new(dossier: Dossier) -> None:
    fact = dossier.facts["bien-hoa-addition-2025"]

    assert "restatement" in in_english(fact.reading and fact.reading.say)
    assert fact.when is not None
    said = [c.says.when.first for c in fact.citations if c.says and c.says.when]
    assert all((fact.when.first or 0) < (first or 0) for first in said)


def test_how_much_was_spent_is_what_was_contributed_by_july_2023(dossier: Dossier) -> None:
    last = dossier.facts_of("bien-hoa-contribution")[-1]

    assert (last.id, when_of(dossier, last.id)) == ("bien-hoa-contribution-2023", "2023-07-27")
    assert value_of(dossier, last.id) == "218.255 million usd"
    assert "No reading after July 2023" in in_english(last.note)
    assert "no later figure was found" in in_english(dossier.areas["dioxin"].summary)


def test_how_many_are_still_missing_has_an_answer_for_either_side(dossier: Dossier) -> None:
    americans = dossier.facts_of("us-missing-unaccounted")[-1]
    shown = [f for f in dossier.facts_of("vietnamese-missing") if is_shown(dossier, f, None)]

    assert value_of(dossier, americans.id) == "1157 persons"
    assert when_of(dossier, americans.id) == "2025-07"
    assert [value_of(dossier, fact.id) for fact in shown] == [
        "about 200000 soldiers",
        "180000 soldiers",
    ]
    assert all("estimate" in in_english(fact.note) for fact in shown)


def test_what_happened_in_the_aid_freeze_is_told_by_dated_events(dossier: Dossier) -> None:
    halt, warning, cancelled, restored = (
        dossier.facts[fact_id]
        for fact_id in (
            "bien-hoa-halt-2025",
            "bien-hoa-warning-2025",
            "bien-hoa-contracts-cancelled-2025",
            "bien-hoa-contracts-restored-2025",
        )
    )

    events = [halt, warning, cancelled, restored]
    assert [fact.kind for fact in events] == ["event"] * 4
    assert [when_of(dossier, fact.id) for fact in events] == [
        "2025-01/2025-03",
        "2025-02-14",
        "2025-02-26",
        "2025-03-05~",
    ]
    assert restored.when is not None
    assert restored.when.approximate, "the report says a week later, and gives no day"
    assert "resumed is not stated" in in_english(restored.note)


# Port visits


def test_first_visit_in_two_years_does_not_stand_beside_the_call_at_cam_ranh(
    dossier: Dossier,
) -> None:
    claim = dossier.facts["first-visit-in-two-years"]
    call = dossier.facts["cam-ranh-call-2024-07"]

    assert claim.contradicted_by == (call.id,)
    assert states_of(dossier, claim)[0] == "sources-differ"
    assert when_of(dossier, call.id) == "2024-07-08/2024-07-12"
    assert call.place == "cam-ranh"
    assert claim.when is not None
    assert call.when is not None
    assert claim.when.first is not None
    assert call.when.last is not None
    assert 0 < claim.when.first - call.when.last < 2 * 365
    assert claim.reading is not None
    assert "Da Nang" in in_english(claim.reading.say)


def test_the_words_above_the_port_visits_claim_a_first_for_da_nang_only(dossier: Dossier) -> None:
    summary = in_english(dossier.areas["port-visits"].summary)

    assert "first at Da Nang since June 2023" in summary
    assert "not the first in Vietnam" in summary
    calls = [f for f in dossier.facts_in("port-visits") if f.kind == "event" and f.when]
    at_da_nang = [f for f in calls if f.place == "da-nang"]
    newest, before, *_ = sorted(at_da_nang, key=lambda f: f.when.sort_key, reverse=True)
    assert (newest.id, before.id) == ("da-nang-call-2025-12", "da-nang-call-2023-06")


# After the day the file speaks of


def test_what_is_after_as_of_is_shown_to_nobody_outside_the_facts_pane(dossier: Dossier) -> None:
    after = {fact.id for fact in dossier.facts.values() if is_after_as_of(dossier, fact)}

    assert after == {
        "china-imports-2025",
        "joint-activity-161",
        "political-dialogue-14",
        "repatriation-171",
        "tariff-applied-2025-08",
        "unidentified-graves-2026",
        "tariff-global-2026",
        "us-exports-2025",
        "us-funding-lapse-2025",
        "us-surplus-2025-us",
        "us-surplus-2025-vietnam",
        "vietnamese-missing-2026",
    }
    for fact_id in after:
        for audience in dossier.audiences:
            assert not is_shown(dossier, dossier.facts[fact_id], audience)
        assert fact_id not in dossier.about.key_facts
        assert dossier.naming(fact_id) == (), "no shown fact may lean on it"
    for where, text in sentences(dossier):
        assert not bound(text) & after, where
    assert not re.search(r"14th|December 18|18 December|2026", repr(list(sentences(dossier))))


# What is easily taken for something else


def test_two_dialogues_with_the_number_13_are_two_facts_that_name_their_series(
    dossier: Dossier,
) -> None:
    defence = dossier.facts["defence-policy-dialogue-13"]
    political = dossier.facts["political-dialogue-13"]

    assert (when_of(dossier, defence.id), when_of(dossier, political.id)) == (
        "2025-05-08",
        "2024-08-26",
    )
    assert "13th Defence Policy Dialogue" in in_english(defence.statement)
    assert "13th Political, Security and Defence Dialogue" in in_english(political.statement)
    assert "13th Political, Security and Defence Dialogue" in in_english(defence.note)
    assert "13th Defence Policy Dialogue" in in_english(political.note)
    assert not {c.source for c in defence.citations} & {c.source for c in political.citations}


def test_the_stock_of_russian_arms_and_their_imports_never_share_a_line(dossier: Dossier) -> None:
    stock = dossier.facts["soviet-russian-equipment"]
    imports = dossier.facts["russian-import-share-2017-2021"]

    assert value_of(dossier, stock.id) == "more than 80 percent"
    assert value_of(dossier, imports.id) == "56 percent"
    assert stock.measure != imports.measure
    assert stock.scope != imports.scope
    assert None not in (stock.measure, imports.measure, stock.scope, imports.scope)
    assert {
        citation.says.value.text
        for citation in stock.citations
        if citation.says is not None and citation.says.value is not None
    } == {"about 80 percent", "about 60 to 70 percent"}
    for fact in dossier.facts.values():
        if fact.measure in (stock.measure, imports.measure):
            words = in_english(fact.statement).lower()
            assert ("import" in words) == (fact.measure == imports.measure), fact.id


def test_each_cutter_is_dated_singly_and_the_third_after_the_years_the_commentary_gives(
    dossier: Dossier,
) -> None:
    cutters = ("cutter-csb-8020", "cutter-csb-8021", "cutter-csb-8022")
    total = dossier.facts["cutters-transferred"]

    assert {cutter: when_of(dossier, cutter) for cutter in cutters} == {
        "cutter-csb-8020": "2017-05-25",
        "cutter-csb-8021": "2020-08-14",
        "cutter-csb-8022": "2025-06",
    }
    assert value_of(dossier, total.id) == "3 cutters"
    assert set(total.parts) == set(cutters)
    assert all(total.id in dossier.facts[cutter].delivers for cutter in cutters)
    assert says_when(total, "asp-2025-12") == "2017/2023"
    assert states_of(dossier, total)[0] == "sources-differ"
    assert total.reading is not None


def test_six_metal_shark_boats_are_one_batch_of_the_24_that_were_funded(dossier: Dossier) -> None:
    funded = dossier.facts["patrol-boats-funded"]
    says = citation_of(funded, "asp-2025-12").says

    assert value_of(dossier, funded.id) == "24 boats"
    assert says is not None
    assert says.value is not None
    assert says.value.text == "6 boats"
    assert states_of(dossier, funded)[0] == "sources-differ"
    assert funded.reading is not None
    delivered = dossier.facts["patrol-boats-delivered-2018"]
    assert value_of(dossier, delivered.id) == "12 boats"
    assert {value_of(dossier, part) for part in delivered.parts} == {"6 boats"}
    assert "does-not-add-up" not in states_of(dossier, delivered)


def test_totals_of_assistance_each_keep_their_years_and_scope_and_are_never_added(
    dossier: Dossier,
) -> None:
    totals = dossier.facts_of("security-assistance")

    assert {fact.value.text for fact in totals if fact.value} == {
        "40.1 million usd",
        "about 104 million usd",
        "more than 150 million usd",
        "more than 55 million usd",
        "more than 450 million usd",
    }
    assert len({in_english(fact.scope) for fact in totals}) == len(totals)
    assert len({when_of(dossier, fact.id) for fact in totals}) == len(totals)
    for fact in totals:
        assert fact.parts == ()
        assert not any(fact.id in other.parts for other in dossier.facts.values())


def test_a_third_is_said_of_shipping_and_a_smaller_share_of_trade(dossier: Dossier) -> None:
    shipping = dossier.facts["sea-shipping-share"]
    trade = dossier.facts["sea-trade-share-2016"]
    says = citation_of(shipping, "asp-2025-12").says

    assert (value_of(dossier, shipping.id), value_of(dossier, trade.id)) == (
        "about 33 percent",
        "21 percent",
    )
    assert shipping.scope != trade.scope
    assert says is not None
    assert in_english(says.scope) == "World trade"


def test_whoever_is_answered_is_told_why_and_on_which_day(dossier: Dossier) -> None:
    differing = [f for f in dossier.facts.values() if "sources-differ" in states_of(dossier, f)]

    for fact in differing:
        if fact.reading is not None:
            assert fact.reading.why is not None, fact.id
            assert fact.reading.date == dossier.about.as_of, fact.id


# What is not for everyone


def test_what_rests_on_leaked_papers_is_kept_from_hanoi_and_carries_no_key_figure(
    dossier: Dossier,
) -> None:
    leaked = {f.id for f in dossier.facts.values() if re.search(r"\bleak|\bhacked", own_words(f))}
    withheld = {fact.id for fact in dossier.facts.values() if fact.withhold_from}

    assert leaked == {"electronic-warfare-systems", "bien-hoa-warning-2025"} <= withheld
    for fact_id in withheld:
        fact = dossier.facts[fact_id]
        assert set(fact.withhold_from) == set(HANOI)
        assert [a for a in dossier.audiences if is_shown(dossier, fact, a)] == ["washington"]
        assert fact_id not in dossier.about.key_facts
        assert dossier.naming(fact_id) == ()
        for where, text in sentences(dossier):
            assert fact_id not in bound(text), where
