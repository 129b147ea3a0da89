"""What a section of the War-legacy pane is made of, and which of it the file holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from desktop.model.dossier import Dossier
from desktop.model.records import Fact, MeasureId
from desktop.model.states import is_shown
from desktop.panes.fact_words import find_fact
from desktop.services.language import Locale

Look = Literal["chart", "half", "ledger", "figures", "list", "timeline"]
"""How a part is told: as a chart, as one of two charts side by side, as a ledger, as plain figures,
as a list, or as a list under a line of time."""


class Part(NamedTuple):
    """The readings of some measures, or some facts one by one, under one title."""

    look: Look
    title: str
    measures: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


class Section(NamedTuple):
    """One topic, and the area it leads on to; ``is_lead`` if the summary of that opens it."""

    id: str
    title: str
    area: str
    parts: tuple[Part, ...]
    is_lead: bool = False


def shown_by(speak: Locale, part: Part) -> list[Fact]:
    """What the audience is shown of a part: readings newest first, named facts as they are named.

    Superseded readings are left out. A line of time tells its facts in the order of their dates.
    """
    dossier = speak.dossier
    readings = [fact for measure_id in part.measures for fact in dossier.facts_of(measure_id)]
    standing = [fact for fact in readings if not dossier.is_superseded(fact.id)]
    named = (find_fact(dossier, fact_id) for fact_id in part.facts)
    found = [
        *sorted(_shown(speak, standing), key=newest, reverse=True),
        *_shown(speak, [fact for fact in named if fact is not None]),
    ]
    return sorted(found, key=_earliest) if part.look == "timeline" else found


def latest_of(speak: Locale, measure_id: str) -> Fact | None:
    """The newest reading of a measure that no better-founded fact contradicts."""
    readings = shown_by(speak, Part("list", "", (measure_id,)))
    return next((fact for fact in readings if not fact.contradicted_by), next(iter(readings), None))


def missing(dossier: Dossier, section: Section) -> tuple[list[str], list[str]]:
    """The measures and the facts that a section wants and the file does not hold."""
    wanted = (measure_id for part in section.parts for measure_id in part.measures)
    named = (fact_id for part in section.parts for fact_id in part.facts)
    return (
        [measure_id for measure_id in wanted if MeasureId(measure_id) not in dossier.measures],
        [fact_id for fact_id in named if find_fact(dossier, fact_id) is None],
    )


def newest(fact: Fact) -> tuple[int, int]:
    """Sorts by the day up to which a fact holds: a running total is as new as its end.

    What began nobody knows when, and what is undated, comes before all.
    """
    if fact.when is None or fact.when.first is None:
        return 0, 0
    return fact.when.last or fact.when.first, fact.when.first


def _earliest(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)


def _shown(speak: Locale, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if is_shown(speak.dossier, fact, speak.audience)]
