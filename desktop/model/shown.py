"""The facts of an area that stand outside the Facts pane, found once and kept across changes."""

from __future__ import annotations

from typing import Final, NamedTuple, Self

from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, Source
from desktop.model.states import States, is_after_as_of


class AreaFacts(NamedTuple):
    """What an area shows an audience, in the order of the file; on some of it sources differ."""

    facts: tuple[Fact, ...]
    differing: int


class Shown:
    """What each area of a dossier shows each audience, worked out when it is first asked for."""

    def __init__(
        self,
        dossier: Dossier,
        areas: dict[tuple[str, str | None], AreaFacts],
        late: dict[str, bool],
    ) -> None:
        self._dossier: Final = dossier
        self._areas: Final = areas
        self._late: Final = late

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, {}, {})

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        """The same for a later dossier: only areas of facts that a change touched are gone over."""
        if any(ref.kind not in (Fact, Source) for ref in changed):
            return self.of(dossier)
        touched = [
            fact
            for ref in changed
            for each in (self._dossier, dossier)
            for fact in _concerned(each, ref)
        ]
        areas = {fact.area for fact in touched}
        kept = {key: found for key, found in self._areas.items() if key[0] not in areas}
        late = dict(self._late)
        for fact in touched:
            late.pop(fact.id, None)
        return type(self)(dossier, kept, late)

    def in_area(self, area_id: str, audience: str | None) -> AreaFacts:
        found = self._areas.get((area_id, audience))
        if found is None:
            states = self._dossier.derived(States)
            facts = tuple(
                fact
                for fact in self._dossier.facts_in(area_id)
                if audience not in fact.withhold_from and not self._is_late(fact)
            )
            differing = [fact for fact in facts if "sources-differ" in states[fact.id]]
            found = self._areas[area_id, audience] = AreaFacts(facts, len(differing))
        return found

    def _is_late(self, fact: Fact) -> bool:
        found = self._late.get(fact.id)
        if found is None:
            found = self._late[fact.id] = is_after_as_of(self._dossier, fact)
        return found


def _concerned(dossier: Dossier, ref: Ref) -> tuple[Fact, ...]:
    if ref.kind is Source:
        return dossier.citing(ref.id)
    found = dossier.find(ref)
    return (found,) if isinstance(found, Fact) else ()
