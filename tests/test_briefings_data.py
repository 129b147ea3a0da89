"""The shipped briefings: slides a briefer can stand by, each number with the fact it comes from."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSizeF

from desktop.figures.sea_marks import SEA_LAYERS, Asked, SeaLayer, read_content
from desktop.figures.slide_figure import SlideFigure
from desktop.files.facts_file import FactsFile
from desktop.model.dossier import Ref
from desktop.model.records import AudienceId, Briefing, BriefingId, Fact, Layout, SlideId
from desktop.model.sentences import Binding, bare_numbers, parse_sentence
from desktop.model.states import is_shown, says_otherwise, states_of
from desktop.services.language import Locale

if TYPE_CHECKING:
    from desktop.model.dossier import Dossier
    from desktop.model.records import Citation, Slide
    from desktop.model.values import LocalText
    from desktop.services.theme import Theme

SHIPPED: Final = Path(__file__).parents[1] / "data" / "facts.yaml"
HANOI: Final = ("hanoi", "hanoi-vi")
MINUTES: Final = {"washington-desk": 15, "war-legacy": 10, "sea": 10}
LONGEST_TITLE: Final = 115
"""Letters that two lines of a title hold, as the room sees them."""
WORDS_A_MINUTE: Final = 150
"""What a calm speaker says at most; notes longer than their seconds would have to be rushed."""
COUNTED_IN_WORDS: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?) "
    r"(?:sets|missions|ships|boats|cutters|calls|visits|files|persons|features|fields|incidents)\b",
    re.IGNORECASE,
)
SEAS: Final = re.compile(r"(?:South China|East Vietnam|East|West Philippine) Sea")
LEGACIES_OF_THE_DEAD: Final = frozenset({"sets", "graves", "soldiers"})


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return FactsFile.open(SHIPPED).reading.dossier


def is_weak(dossier: Dossier, citation: Citation) -> bool:
    """Whether a source is not usually reliable, or its claim doubtful or worse.

    A recommendation has the digit 6, as its truth cannot be judged; that does not make it weak.
    """
    return dossier.sources[citation.source].reliability in "DEF" or citation.credibility in (4, 5)


def rests_on_weak_sources(dossier: Dossier, fact: Fact) -> bool:
    """Whether no better source says the same."""
    same = [citation for citation in fact.citations if not says_otherwise(fact, citation)]
    return all(is_weak(dossier, citation) for citation in same)


def shows(dossier: Dossier) -> list[tuple[Briefing, Slide]]:
    """Each slide with each briefing in which it can be shown, backups too."""
    return [
        (briefing, dossier.slides[slide_id])
        for briefing in dossier.briefings.values()
        for slide_id in (*briefing.slides, *briefing.backup)
    ]


def bound(text: LocalText | None) -> set[str]:
    if text is None:
        return set()
    parts = [part for words in text.by_language.values() for part in parse_sentence(words)]
    return {part.fact_id for part in parts if isinstance(part, Binding)}


def named(slide: Slide) -> set[str]:
    """Facts that a slide names: its own, and those whose numbers its title or notes bind."""
    return {*slide.facts, *bound(slide.title), *bound(slide.notes)}


def drawn(dossier: Dossier, slide: Slide) -> set[str]:
    """Facts that reach the screen, readings of its measures included."""
    readings = {fact.id for each in slide.measures for fact in dossier.facts_of(each)}
    return {*slide.facts, *bound(slide.title), *readings}


def fact_of(dossier: Dossier, fact_id: str) -> Fact:
    found = dossier.find(Ref(Fact, fact_id))
    assert isinstance(found, Fact), fact_id
    return found


def spoken(dossier: Dossier, text: LocalText | None, audience: AudienceId | None) -> str:
    """The words that an audience hears, bound numbers said."""
    return "".join(words.text for words in Locale(dossier, audience).sentence(text))


# What a briefing is made of


def test_three_briefings_last_as_long_as_they_say(dossier: Dossier) -> None:
    lasts = {
        briefing.id: sum(dossier.slides[each].seconds or 0 for each in briefing.slides) / 60
        for briefing in dossier.briefings.values()
    }

    assert lasts == MINUTES
    assert {b.id: b.audience for b in dossier.briefings.values()} == {
        "washington-desk": "washington",
        "war-legacy": "hanoi",
        "sea": "washington",
    }


def test_every_slide_is_in_a_briefing_and_every_layout_of_the_format_is_used(
    dossier: Dossier,
) -> None:
    used = {slide.id for _, slide in shows(dossier)}
    running = {each for briefing in dossier.briefings.values() for each in briefing.slides}

    assert used == set(dossier.slides)
    assert {slide.layout for slide in dossier.slides.values()} == set(get_args(Layout))
    for slide_id in running:
        assert dossier.slides[slide_id].seconds, slide_id
    for briefing in dossier.briefings.values():
        assert not set(briefing.slides) & set(briefing.backup), briefing.id
        assert dossier.slides[briefing.slides[-1]].layout == "sources", briefing.id


@pytest.mark.parametrize(
    ("question", "slide_id"),
    [
        ("carriers", "ask-carriers"),
        ("F-16", "ask-f16"),
        ("cutters", "ask-cutters"),
        ("two dialogues with one number", "ask-two-dialogues"),
        ("what “past year” means", "ask-past-year"),
    ],
)
def test_the_likely_questions_have_a_backup(dossier: Dossier, question: str, slide_id: str) -> None:
    backup = dossier.briefings[BriefingId("washington-desk")].backup

    assert slide_id in backup, question
    assert dossier.slides[SlideId(slide_id)].notes is not None


def test_a_slide_is_one_message_with_at_most_three_figures_or_one_chart(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        most = {"figure": 3, "figure-and-chart": 1, "two-sources": 1, "chart": 1}.get(slide.layout)
        assert most is None or len(slide.facts) <= most, slide.id
        assert slide.layout in ("chart", "figure-and-chart") or not slide.measures, slide.id
        assert len(slide.measures) <= 2, slide.id


def test_maps_ask_for_layers_that_there_are(dossier: Dossier) -> None:
    maps = [slide for slide in dossier.slides.values() if slide.map is not None]

    assert len(maps) >= 3
    for slide in maps:
        assert slide.layout == "map", slide.id
        assert slide.map is not None
        assert set(slide.map.layers) <= set(SEA_LAYERS), slide.id


def test_a_claim_line_is_shown_only_where_somebody_asks(dossier: Dossier) -> None:
    running = {each for briefing in dossier.briefings.values() for each in briefing.slides}
    with_claims = {
        slide.id
        for slide in dossier.slides.values()
        if slide.map is not None and "claims" in slide.map.layers
    }

    assert with_claims == {"ask-nine-dash-line"}
    assert not with_claims & running


# Numbers and their facts


def test_every_fact_and_measure_of_a_slide_exists(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        for fact_id in named(slide):
            assert fact_of(dossier, fact_id).citations, f"{slide.id}: {fact_id}"
        for measure_id in slide.measures:
            assert dossier.facts_of(measure_id), f"{slide.id}: {measure_id}"


def test_no_number_in_a_title_or_in_notes_is_without_a_fact(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        for text in (slide.title, slide.notes):
            for words in text.by_language.values() if text else ():
                assert bare_numbers(words) == (), slide.id
                assert COUNTED_IN_WORDS.search(words) is None, slide.id
        for fact_id in bound(slide.title) | bound(slide.notes):
            assert fact_of(dossier, fact_id).value is not None, f"{slide.id}: {fact_id}"


def test_each_briefings_audience_is_shown_every_fact_that_a_slide_names(dossier: Dossier) -> None:
    for briefing, slide in shows(dossier):
        for fact_id in named(slide):
            fact = fact_of(dossier, fact_id)
            assert is_shown(dossier, fact, briefing.audience), f"{slide.id}: {fact_id}"
        assert "[" not in spoken(dossier, slide.title, briefing.audience), slide.id


def test_what_is_withheld_from_hanoi_is_on_no_slide_given_there(dossier: Dossier) -> None:
    withheld = {fact.id for fact in dossier.facts.values() if set(fact.withhold_from) & {*HANOI}}

    assert "electronic-warfare-systems" in withheld
    for briefing, slide in shows(dossier):
        if briefing.audience in HANOI:
            assert not named(slide) & withheld, slide.id


def test_what_rests_on_weak_sources_alone_is_on_no_slide_and_withheld_from_hanoi(
    dossier: Dossier,
) -> None:
    weak = {fact.id for fact in dossier.facts.values() if rests_on_weak_sources(dossier, fact)}

    assert {"electronic-warfare-systems", "f16-deal-reported"} <= weak
    for fact_id in weak:
        assert set(dossier.facts[fact_id].withhold_from) >= {*HANOI}, fact_id  # type: ignore[index]
    for slide in dossier.slides.values():
        assert not (drawn(dossier, slide) | bound(slide.notes)) & weak, slide.id


def test_no_map_of_a_slide_shows_what_rests_on_weak_sources_alone(dossier: Dossier) -> None:
    for briefing, slide in shows(dossier):
        if slide.map is None:
            continue
        layers: list[SeaLayer] = [layer for layer in SEA_LAYERS if layer in slide.map.layers]
        asked = Asked(frozenset(layers), slide.map.to.last_day if slide.map.to else None)
        marks = read_content(Locale(dossier, briefing.audience), asked).marks
        assert marks, slide.id
        for fact_id in (each for mark in marks for each in mark.facts):
            assert not rests_on_weak_sources(dossier, dossier.fact(fact_id)), fact_id


def test_superseded_figures_are_not_put_forward(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        for fact_id in named(slide):
            states = states_of(dossier, fact_of(dossier, fact_id))
            assert "superseded" not in states, f"{slide.id}: {fact_id}"


def test_a_slide_of_two_sources_shows_a_fact_on_which_they_differ(dossier: Dossier) -> None:
    slides = [slide for slide in dossier.slides.values() if slide.layout == "two-sources"]

    assert len(slides) >= 3
    for slide in slides:
        (fact_id,) = slide.facts
        assert "sources-differ" in states_of(dossier, dossier.facts[fact_id]), slide.id


# Shown and spoken


@pytest.mark.parametrize("shape", [(1920, 1080), (1440, 1080)])
def test_each_slide_fits_the_screen_in_vietnamese_too(
    dossier: Dossier, theme: Theme, shape: tuple[int, int]
) -> None:
    spoken_to = {
        Ref(Briefing, each.id): replace(each, audience=AudienceId("hanoi-vi"))
        for each in dossier.briefings.values()
    }
    told = dossier.patched(spoken_to)

    for briefing, slide in shows(told):
        faults = SlideFigure(slide.id, briefing.id).faults(told, QSizeF(*shape))
        assert faults == (), f"{slide.id} of {briefing.id}"


# Manners


def test_the_dead_and_the_missing_never_stand_beside_dollars(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        shown = [fact_of(dossier, each) for each in drawn(dossier, slide)]
        units = {fact.value.unit for fact in shown if fact.value}
        of_the_missing = {fact.area for fact in shown} & {"us-missing", "vietnamese-missing"}
        if "usd" in units:
            assert not units & LEGACIES_OF_THE_DEAD, slide.id
            assert not of_the_missing, slide.id


def test_no_slide_joins_the_remains_with_the_excavations(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        both = {"remains-reported-2025", "excavations-reported-2025"} & named(slide)
        assert len(both) < 2, slide.id


def test_titles_say_a_message_that_two_lines_hold(dossier: Dossier) -> None:
    for briefing, slide in shows(dossier):
        title = spoken(dossier, slide.title, briefing.audience)
        assert len(title) <= LONGEST_TITLE, f"{slide.id}: {title}"
        assert title[0].isupper() or title[0].isdigit() or title[0] == "“", slide.id
        assert not title.endswith("."), slide.id
        if slide.layout not in ("section", "sources"):
            assert len(title.split()) >= 7, f"{slide.id}: a heading, not a message"


def test_notes_can_be_spoken_within_their_seconds(dossier: Dossier) -> None:
    for briefing, slide in shows(dossier):
        assert slide.notes is not None, slide.id
        words = spoken(dossier, slide.notes, briefing.audience).split()
        assert words[-1].endswith((".", "?")), slide.id
        if slide.seconds is not None:
            assert len(words) / WORDS_A_MINUTE * 60 <= slide.seconds * 1.1, slide.id


def test_the_sea_is_left_to_its_place_to_name(dossier: Dossier) -> None:
    for slide in dossier.slides.values():
        for text in (slide.title, slide.notes):
            for language, words in text.by_language.items() if text else ():
                assert language == "vi" or not SEAS.search(words), slide.id


def test_titles_are_told_in_both_languages_with_the_same_numbers(dossier: Dossier) -> None:
    records = (*dossier.slides.values(), *dossier.briefings.values())
    for title in (record.title for record in records):
        assert title.en, title
        assert title.vi, title
        english, vietnamese = (
            Counter(part for part in parse_sentence(words) if isinstance(part, Binding))
            for words in (title.en, title.vi)
        )
        assert english == vietnamese, title.en
