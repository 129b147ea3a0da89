"""What to know of a briefing before it is given, slide by slide; it warns and never blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from desktop.figures.slide_figure import SlideFigure
from desktop.figures.slide_frame import Fault
from desktop.model.dossier import Dossier
from desktop.model.records import Briefing, Fact, Slide
from desktop.model.sentences import bare_numbers
from desktop.model.slides import audience_of, backups_of, facts_on, facts_spoken, slides_of
from desktop.model.states import State, states_of

FindingCode = Fault | State | Literal["not-marked", "bare-number", "no-seconds", "missing-slide"]

_TOLD: Final[tuple[State, ...]] = (
    "superseded",
    "sources-differ",
    "does-not-add-up",
    "unsourced",
    "stale",
    "one-source",
)


class Finding(NamedTuple):
    """One thing to look at: on which slide, of which fact, and the words that it is about."""

    code: FindingCode
    slide_id: str = ""
    fact_id: str = ""
    text: str = ""


class Preflight:
    """Looks a briefing over again and again; only slides that say something else are laid out."""

    def __init__(self) -> None:
        self._figure = SlideFigure()
        self._known: dict[tuple[str, str], tuple[object, tuple[Fault, ...]]] = {}

    def findings(self, dossier: Dossier, briefing: Briefing) -> list[Finding]:
        """All findings of a briefing in the order of its slides, backups last."""
        found: list[Finding] = []
        if not dossier.about.marking:
            found.append(Finding("not-marked"))
        found += [
            Finding("missing-slide", slide_id)
            for slide_id in (*briefing.slides, *briefing.backup)
            if slide_id not in dossier.slides
        ]
        running = slides_of(dossier, briefing)
        for slide in (*running, *backups_of(dossier, briefing)):
            found += [Finding(code, slide.id) for code in self._faults(dossier, briefing, slide)]
            found += _of_words(slide)
            found += _of_facts(dossier, briefing, slide)
            if slide.seconds is None and slide in running:
                found.append(Finding("no-seconds", slide.id))
        return found

    def _faults(self, dossier: Dossier, briefing: Briefing, slide: Slide) -> tuple[Fault, ...]:
        self._figure.show_slide(slide.id, briefing.id)
        content = self._figure.content(dossier)
        known = self._known.get((briefing.id, slide.id))
        if known is None or known[0] != content:
            known = (content, self._figure.faults(dossier))
            self._known[briefing.id, slide.id] = known
        return known[1]


def _of_words(slide: Slide) -> Iterator[Finding]:
    """Numbers that were typed into title or notes, which no fact backs."""
    numbers: dict[str, None] = {}
    for words in (slide.title, slide.notes):
        for text in words.by_language.values() if words else ():
            numbers |= dict.fromkeys(bare_numbers(text))
    yield from (Finding("bare-number", slide.id, text=number) for number in numbers)


def _of_facts(dossier: Dossier, briefing: Briefing, slide: Slide) -> Iterator[Finding]:
    audience = audience_of(dossier, briefing)
    facts: dict[str, Fact] = {
        fact.id: fact
        for each in (facts_on, facts_spoken)
        for fact in each(dossier, slide, audience)
    }
    for fact in facts.values():
        states = states_of(dossier, fact)
        told = next((state for state in _TOLD if state in states), None)
        if told is not None:
            yield Finding(told, slide.id, fact.id)
