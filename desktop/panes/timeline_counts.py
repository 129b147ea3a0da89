"""How many dated facts there are to filter by, counted again only where something changed."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from desktop.model.dated import Dated
from desktop.model.dossier import Dossier
from desktop.model.records import Fact
from desktop.model.states import State, States
from desktop.panes.facts_table import Facet


class _Counted(NamedTuple):
    facts: tuple[Fact, ...]
    ids: tuple[str, ...]
    states: list[tuple[State, ...]]
    counts: Counter[Facet]


class DatedCounts:
    """Counts the dated facts that an audience is shown, by state and area."""

    def __init__(self) -> None:
        self._areas: dict[str, _Counted] = {}

    def read(self, dossier: Dossier, audience: str | None) -> None:
        """Count those of this dossier."""
        dated, states = dossier.derived(Dated), dossier.derived(States)
        found = {}
        for area_id in dated.areas():
            facts = dated.in_area(area_id, audience)
            known = self._areas.get(area_id)
            is_known = known is not None and known.facts is facts
            ids = known.ids if known and is_known else tuple(fact.id for fact in facts)
            of_area = states.each(ids)
            if known is None or not is_known or known.states != of_area:
                counts: Counter[Facet] = Counter(state for each in of_area for state in each)
                counts["all"] = len(facts)
                known = _Counted(facts, ids, of_area, counts)
            found[area_id] = known
        self._areas = found

    def count(self, facet: Facet = "all", area: str | None = None) -> int:
        """How many facts there are under a facet, in an area or in all."""
        if area is None:
            return sum(each.counts[facet] for each in self._areas.values())
        return self._areas[area].counts[facet] if area in self._areas else 0
