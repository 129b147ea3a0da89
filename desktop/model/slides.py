"""What a slide stands on: the facts that a briefing's audience is shown on it, and where it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from typing import Final, NamedTuple

import msgspec

from desktop.model.changes import AddRecord, Batch, SetField
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Malformed
from desktop.model.records import AudienceId, Briefing, Fact, FactId, Slide, SlideId
from desktop.model.sentences import Binding, parse_sentence
from desktop.model.states import is_shown
from desktop.model.values import LocalText

_LINES: Final = 6
"""How many dated facts a slide has room for under its line of time."""
_MOST_ID: Final = 50


class Seat(NamedTuple):
    """Where a slide stands in its briefing: ``number`` counts from 1, backups on after the rest."""

    number: int
    total: int
    is_backup: bool


def slides_of(dossier: Dossier, briefing: Briefing) -> list[Slide]:
    """The slides of a briefing that the file has, in their order, without the backups."""
    return _known(dossier, briefing.slides)


def backups_of(dossier: Dossier, briefing: Briefing) -> list[Slide]:
    """The slides that are reached by number only."""
    return _known(dossier, briefing.backup)


def seat_of(dossier: Dossier, briefing: Briefing, slide_id: str) -> Seat | None:
    """Where a slide stands, or None for one that is not in the briefing."""
    running = [slide.id for slide in slides_of(dossier, briefing)]
    backups = [slide.id for slide in backups_of(dossier, briefing)]
    if slide_id in running:
        return Seat(running.index(slide_id) + 1, len(running), False)
    if slide_id in backups:
        return Seat(len(running) + backups.index(slide_id) + 1, len(running), True)
    return None


def audience_of(dossier: Dossier, briefing: Briefing | None) -> AudienceId | None:
    """Whom a briefing is for: its own audience, or the one the file names."""
    own = briefing.audience if briefing else None
    return own or dossier.about.audience


def bound_ids(words: LocalText | None) -> tuple[str, ...]:
    """Ids of the facts whose numbers stand in a sentence, in either language, each once."""
    found: dict[str, None] = {}
    for text in (words.en, words.vi) if words else ():
        try:
            parts = parse_sentence(text or "")
        except Malformed:
            continue
        found |= {part.fact_id: None for part in parts if isinstance(part, Binding)}
    return tuple(found)


def named_facts(dossier: Dossier, slide: Slide, audience: str | None) -> list[Fact]:
    """The facts that a slide names itself and this audience is shown, in their order."""
    return _shown(dossier, slide.facts, audience)


def facts_on(dossier: Dossier, slide: Slide, audience: str | None) -> list[Fact]:
    """Every fact whose words or number stand on a slide: in its title, named, or as a reading.

    What is withheld from the audience, lies after as-of or was superseded in its series is left
    out, as it is from the drawing.
    """
    ids = [*bound_ids(slide.title), *slide.facts]
    for measure_id in slide.measures:
        readings = dossier.facts_of(measure_id)
        ids += [fact.id for fact in readings if not dossier.is_superseded(fact.id)]
    return _shown(dossier, ids, audience)


def facts_spoken(dossier: Dossier, slide: Slide, audience: str | None) -> list[Fact]:
    """The facts whose numbers stand in the notes, which the audience does not see."""
    return _shown(dossier, bound_ids(slide.notes), audience)


def latest_facts(dossier: Dossier, dated: Iterable[Fact]) -> tuple[FactId, ...]:
    """The latest of some dated facts, oldest first, as many as a slide has room for.

    Rows of a table are passed over: a slide names facts.
    """
    own = [fact for fact in dated if fact.id in dossier.facts and fact.when is not None]
    own.sort(key=lambda fact: (fact.when.first if fact.when else None) or 0)
    return tuple(FactId(fact.id) for fact in own[-_LINES:])


def with_free_id(dossier: Dossier, slide: Slide) -> Slide:
    """A slide by the id it proposes, or the next one that no slide of the file has."""
    proposed = slide.id[:_MOST_ID].strip("-")
    numbered = (SlideId(f"{proposed}-{number}") for number in count(2))
    ids = chain([SlideId(proposed)], numbered)
    free = next(each for each in ids if each not in dossier.slides)
    return msgspec.structs.replace(slide, id=free)


def slide_added(briefing: Briefing, slide: Slide, behind: str) -> Batch:
    """Put a new slide into a briefing, behind another or else at the end, as one step."""
    slides = list(briefing.slides)
    place = slides.index(SlideId(behind)) + 1 if behind in slides else len(slides)
    slides.insert(place, SlideId(slide.id))
    order = SetField(Ref(Briefing, briefing.id), "slides", tuple(slides))
    return Batch((AddRecord(slide), order), "add-slide")


def _known(dossier: Dossier, ids: Iterable[SlideId]) -> list[Slide]:
    return [dossier.slides[each] for each in ids if each in dossier.slides]


def _shown(dossier: Dossier, ids: Iterable[str], audience: str | None) -> list[Fact]:
    found = (dossier.find(Ref(Fact, fact_id)) for fact_id in dict.fromkeys(ids))
    return [fact for fact in found if isinstance(fact, Fact) and is_shown(dossier, fact, audience)]


def said_by(dossier: Dossier, briefing: Briefing) -> dict[str, str]:
    """What each fact of a briefing says, by id, to be compared when it is given again."""
    audience = audience_of(dossier, briefing)
    slides = (*slides_of(dossier, briefing), *backups_of(dossier, briefing))
    facts = {fact.id: fact for slide in slides for fact in facts_on(dossier, slide, audience)}
    return {fact_id: _said(fact) for fact_id, fact in facts.items()}


def _said(fact: Fact) -> str:
    parts = (fact.value, fact.when, fact.stage, fact.statement, fact.reading and fact.reading.say)
    return "; ".join(str(part) for part in parts if part)
