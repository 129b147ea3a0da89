"""In which order the facts of an area stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, get_args

from desktop.model.dossier import Dossier
from desktop.model.records import Area, Fact, Stage
from desktop.model.shown import Shown
from desktop.model.states import is_shown
from desktop.panes.fact_words import find_fact
from desktop.services.language import stage_words, tr

_STAGES: Final = (*get_args(Stage), None)


class Order(NamedTuple):
    """The facts of a list, and the headings of sections by the fact with which each begins.

    ``of`` and ``shown`` are what it was made of: area and lead, and the facts of the area.
    """

    of: tuple[str, str]
    shown: tuple[Fact, ...]
    ids: tuple[str, ...]
    headings: Mapping[str, str]


NO_ORDER: Final = Order(("", ""), (), (), {})


def arranged(
    dossier: Dossier, area: Area, audience: str | None, before: Order | None = None
) -> Order:
    """The lead, then commitments by their stage, then what is dated, newest first, then the rest.

    Only facts that this audience is shown. Stages of money stand under headings of their own. The
    order ``before`` is taken over where nothing that it goes by has changed.
    """
    shown = dossier.derived(Shown).in_area(area.id, audience).facts
    lead = find_fact(dossier, area.lead) if area.lead else None
    ids = [lead.id] if lead and is_shown(dossier, lead, audience) else []
    of = (area.id, "".join(ids))
    if before is not None and of == before.of and _stand_alike(before.shown, shown):
        return before._replace(shown=shown)
    newest = sorted((fact for fact in shown if fact.id not in ids), key=_newest, reverse=True)
    commitments = [fact for fact in newest if fact.kind == "commitment"]
    others = [fact for fact in newest if fact.kind != "commitment"]
    sections = [(_stage_heading(stage), _of_stage(commitments, stage)) for stage in _STAGES]
    dated = [fact for fact in others if fact.when is not None]
    sections.append((tr("Events and findings") if commitments else "", dated))
    sections.append((tr("Undated"), [fact for fact in others if fact.when is None]))
    headings = {facts[0].id: heading for heading, facts in sections if facts and heading}
    ids += [fact.id for _heading, facts in sections for fact in facts]
    return Order(of, shown, tuple(ids), headings)


def _stand_alike(before: Sequence[Fact], now: Sequence[Fact]) -> bool:
    """Whether these facts are arranged as those before them were."""
    if len(before) != len(now):
        return False
    moved = ((old, new) for old, new in zip(before, now, strict=True) if old is not new)
    return all(
        (old.id, old.kind, old.stage, old.when) == (new.id, new.kind, new.stage, new.when)
        for old, new in moved
    )


def _of_stage(commitments: Sequence[Fact], stage: Stage | None) -> list[Fact]:
    return [fact for fact in commitments if fact.stage == stage]


def _stage_heading(stage: Stage | None) -> str:
    return tr("Money {stage}").format(stage=stage_words(stage)) if stage else tr("Commitments")


def _newest(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)
