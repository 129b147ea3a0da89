"""How many dated facts there are to filter by, counted again only where something changed."""

from __future__ import annotations

from collections import Counter
from typing import Final, Self

from desktop.model.dated import Dated
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import About, Unit
from desktop.model.shown import touched_areas
from desktop.model.states import States, touched
from desktop.panes.facts_table import Facet


class _ByArea:
    """The dated facts of each area by facet, for each audience."""

    def __init__(
        self, dossier: Dossier, known: dict[tuple[str, str | None], Counter[Facet]]
    ) -> None:
        self._dossier: Final = dossier
        self._known: Final = known

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, {})

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        if any(ref.kind in (About, Unit) for ref in changed):
            return self.of(dossier)
        gone = touched_areas(self._dossier, dossier, changed, touched)
        kept = {key: found for key, found in self._known.items() if key[0] not in gone}
        return type(self)(dossier, kept)

    def in_area(self, area_id: str, audience: str | None) -> Counter[Facet]:
        found = self._known.get((area_id, audience))
        if found is None:
            facts = self._dossier.derived(Dated).in_area(area_id, audience)
            of_each = self._dossier.derived(States).each(fact.id for fact in facts)
            # Many facts are in the very same states.
            found = Counter()
            for states, number in Counter(of_each).items():
                found.update(dict.fromkeys(states, number))
            found["all"] = len(facts)
            self._known[area_id, audience] = found
        return found


class DatedCounts:
    """Counts the dated facts that an audience is shown, by state and area."""

    def __init__(self) -> None:
        self._areas: dict[str, Counter[Facet]] = {}

    def read(self, dossier: Dossier, audience: str | None) -> None:
        """Count those of this dossier."""
        counts = dossier.derived(_ByArea)
        areas = dossier.derived(Dated).areas()
        self._areas = {area_id: counts.in_area(area_id, audience) for area_id in areas}

    def count(self, facet: Facet = "all", area: str | None = None) -> int:
        """How many facts there are under a facet, in an area or in all."""
        if area is None:
            return sum(each[facet] for each in self._areas.values())
        return self._areas[area][facet] if area in self._areas else 0
