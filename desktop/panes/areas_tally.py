"""How many facts each area shows an audience, and on how many of them sources differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, Source
from desktop.model.states import is_shown, states_of


class Tally(NamedTuple):
    """The facts of an area that an audience is shown; of them, those on which sources differ."""

    shown: int
    differing: int


Counted = tuple[str, str | None]


class Tallies:
    """The tallies of a dossier's areas, each counted when it is first asked for."""

    def __init__(self, dossier: Dossier, known: Mapping[Counted, Tally]) -> None:
        self._dossier: Final = dossier
        self._known: Final = dict(known)

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, {})

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        """The same for a later dossier: only areas of facts that changed are counted again."""
        touched: set[str | None] = set()
        for ref in changed:
            for each in (self._dossier, dossier):
                touched.update(fact.area for fact in _concerned(each, ref))
            if ref.kind not in (Fact, Source):
                return self.of(dossier)
        kept = {key: tally for key, tally in self._known.items() if key[0] not in touched}
        return type(self)(dossier, kept)

    def tally(self, area_id: str, audience: str | None) -> Tally:
        found = self._known.get((area_id, audience))
        if found is None:
            dossier = self._dossier
            facts = dossier.facts_in(area_id)
            shown = [fact for fact in facts if is_shown(dossier, fact, audience)]
            differing = sum("sources-differ" in states_of(dossier, fact) for fact in shown)
            found = self._known[area_id, audience] = Tally(len(shown), differing)
        return found


def _concerned(dossier: Dossier, ref: Ref) -> tuple[Fact, ...]:
    if ref.kind is Source:
        return dossier.citing(ref.id)
    found = dossier.find(ref)
    return (found,) if isinstance(found, Fact) else ()
