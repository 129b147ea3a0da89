"""The facts of an area that stand outside the Facts pane, found once and kept across changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, Self

from desktop.model.carried import FactIndex, K
from desktop.model.dossier import Dossier, Ref, whole_id
from desktop.model.records import About, Area, Fact, FactId, Source
from desktop.model.states import States, is_after_as_of

NO_AREA: Final = ""
"""Stands for the facts without an area, and for those whose area could not be read."""


class AreaFacts(NamedTuple):
    """What an area shows an audience, in the order of the file; on some of it sources differ."""

    facts: tuple[Fact, ...]
    differing: int


class InTime(FactIndex[K]):
    """An index of facts that did not come after the day the file speaks of.

    Whether they did rests on that day and on when their sources were published.
    """

    rests_on = (About,)

    @classmethod
    def touched(cls, dossier: Dossier, ref: Ref) -> Iterable[str]:
        if ref.kind is Source:
            return [fact.id for fact in dossier.citing(ref.id)]
        return super().touched(dossier, ref)


class _InArea(InTime[str]):
    """By their area, or NO_AREA."""

    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        return () if is_after_as_of(dossier, fact) else (area_of(dossier, fact),)

    @classmethod
    def touched(cls, dossier: Dossier, ref: Ref) -> Iterable[str]:
        if ref.kind is Area:
            return [fact.id for fact in dossier.facts_in(ref.id)]
        return super().touched(dossier, ref)


class _Differing(_InArea):
    """Those of them on which sources differ."""

    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        differs = "sources-differ" in dossier.derived(States)[fact.id]
        return super().keys(dossier, fact) if differs else ()


class Shown:
    """What each area of a dossier shows each audience, worked out when it is first asked for.

    The same object comes back until a change touches one of its facts.
    """

    def __init__(self, dossier: Dossier, areas: dict[tuple[str, str | None], AreaFacts]) -> None:
        self._dossier: Final = dossier
        self._areas: Final = areas

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, {})

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        """The same for a later dossier: only areas of facts that a change touched are gone over."""
        if any(ref.kind is About for ref in changed):
            return self.of(dossier)
        gone = touched_areas(self._dossier, dossier, changed, _InArea.touched)
        kept = {key: found for key, found in self._areas.items() if key[0] not in gone}
        return type(self)(dossier, kept)

    def in_area(self, area_id: str, audience: str | None) -> AreaFacts:
        """What an area shows an audience, or what stands under NO_AREA."""
        found = self._areas.get((area_id, audience))
        if found is None:
            facts, differing = (
                [
                    fact
                    for fact in self._dossier.derived(index).facts(area_id)
                    if audience not in fact.withhold_from
                ]
                for index in (_InArea, _Differing)
            )
            found = self._areas[area_id, audience] = AreaFacts(tuple(facts), len(differing))
        return found


def area_of(dossier: Dossier, fact: Fact) -> str:
    """The area in which a fact stands, or NO_AREA."""
    return fact.area if fact.area is not None and fact.area in dossier.areas else NO_AREA


def touched_areas(
    before: Dossier,
    after: Dossier,
    changed: Iterable[Ref],
    touched: Callable[[Dossier, Ref], Iterable[str]],
) -> set[str]:
    """The areas in which the facts stand, or stood, that a change has ``touched``."""
    return {
        area_of(each, fact)
        for each in (before, after)
        for ref in changed
        for fact_id in touched(each, ref)
        if (fact := each.facts.get(FactId(whole_id(fact_id)))) is not None
    }
