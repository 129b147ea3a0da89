"""In which order the facts of an area stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, get_args

from desktop.model.dossier import Dossier
from desktop.model.records import Area, Fact, Stage
from desktop.model.shown import Shown
from desktop.model.states import is_shown
from desktop.panes.fact_words import find_fact
from desktop.services.language import stage_words, tr

_STAGES: Final = (*get_args(Stage), None)


class Entry(NamedTuple):
    """One fact of the list, with the heading of the section that begins with it, or none."""

    fact_id: str
    heading: str = ""


def arranged(dossier: Dossier, area: Area, audience: str | None) -> list[Entry]:
    """The lead, then commitments by their stage, then what is dated, newest first, then the rest.

    Only facts that this audience is shown. Stages of money stand under headings of their own.
    """
    shown = dossier.derived(Shown).in_area(area.id, audience).facts
    lead = find_fact(dossier, area.lead) if area.lead else None
    entries = [Entry(lead.id)] if lead and is_shown(dossier, lead, audience) else []
    listed = {entry.fact_id for entry in entries}
    newest = sorted((fact for fact in shown if fact.id not in listed), key=_newest, reverse=True)
    commitments = [fact for fact in newest if fact.kind == "commitment"]
    for stage in _STAGES:
        words = tr("Money {stage}").format(stage=stage_words(stage)) if stage else ""
        of_stage = [fact for fact in commitments if fact.stage == stage]
        entries += _section(words or tr("Commitments"), of_stage)
    others = [fact for fact in newest if fact.kind != "commitment"]
    heading = tr("Events and findings") if commitments else ""
    entries += _section(heading, [fact for fact in others if fact.when is not None])
    entries += _section(tr("Undated"), [fact for fact in others if fact.when is None])
    return entries


def _section(heading: str, facts: Sequence[Fact]) -> list[Entry]:
    return [Entry(fact.id, "" if place else heading) for place, fact in enumerate(facts)]


def _newest(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)
