"""What is worked out from the facts and carried over to later states of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Self, TypeVar

from desktop.model.records import Fact, FactId, Record

if TYPE_CHECKING:
    from desktop.model.dossier import Dossier, Ref

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
MOST_OWN: Final = 500
"""So many entries a state has of its own before they are taken up with all that is shared."""


class Carried(Generic[K, V]):
    """Values by key that later states share, but for the few that a change has touched since.

    To copy thousands of entries at every edit would take longer than the edit. What is put under a
    key that no change has touched is so for all who share it.
    """

    __slots__ = ("_own", "_shared")

    def __init__(self, shared: dict[K, V], own: dict[K, V | None] | None = None) -> None:
        self._shared: Final = shared
        self._own: Final[dict[K, V | None]] = {} if own is None else own

    def get(self, key: K) -> V | None:
        """The value under a key; None where none is known, or no more."""
        own = self._own
        return own[key] if key in own else self._shared.get(key)

    def put(self, key: K, value: V) -> V:
        """Keep a value under a key, and return it."""
        if key in self._own:
            self._own[key] = value
        else:
            self._shared[key] = value
        return value

    def each(self, keys: Iterable[K]) -> list[V | None]:
        """The values under many keys, in their order."""
        own, shared = self._own, self._shared.get
        return [own[key] if key in own else shared(key) for key in keys]

    def without(self, keys: Iterable[K]) -> Carried[K, V]:
        """The same for a later state, in which nothing is known yet under these keys."""
        own = {**self._own, **dict.fromkeys(keys)}
        if len(own) <= MOST_OWN:
            return Carried(self._shared, own)
        shared = {key: value for key, value in self._shared.items() if key not in own}
        shared.update((key, value) for key, value in own.items() if value is not None)
        return Carried(shared)


class FactIndex(Generic[K]):
    """The ids of the facts that say something, by what they say, in the order of the file.

    Each kind of index names in ``keys`` under what a fact is found. Of a later state it looks only
    at the facts whose keys a change can have altered, which are those of ``touched``; a change to
    one of the kinds in ``rests_on`` can have altered all.
    """

    rests_on: ClassVar[tuple[type[Record], ...]] = ()

    def __init__(self, dossier: Dossier, found: Carried[K, tuple[str, ...]]) -> None:
        self._dossier: Final = dossier
        self._found: Final = found

    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[K]:
        """What a fact is found under, each once."""
        raise NotImplementedError

    @classmethod
    def touched(cls, dossier: Dossier, ref: Ref) -> Iterable[str]:
        """The facts whose keys a change at this address can alter, before or after it."""
        return (ref.id,) if ref.kind is Fact else ()

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        found: dict[K, list[str]] = {}
        for fact in dossier.facts.values():
            for key in cls.keys(dossier, fact):
                found.setdefault(key, []).append(fact.id)
        return cls(dossier, Carried({key: tuple(ids) for key, ids in found.items()}))

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        if any(ref.kind in self.rests_on for ref in changed):
            return self.of(dossier)
        keeps_places = dossier.has_the_ids_of(self._dossier, Fact)
        gone: dict[K, set[str]] = {}
        come: dict[K, set[str]] = {}
        states = (self._dossier, dossier)
        for fact_id in {each for ref in changed for of in states for each in self.touched(of, ref)}:
            before, now = (self._keys_in(each, fact_id) for each in states)
            if before != now or not keeps_places:
                for keys, moved in ((before, gone), (now, come)):
                    for key in keys:
                        moved.setdefault(key, set()).add(fact_id)
        if not gone and not come:
            return type(self)(dossier, self._found)
        ids = {
            key: {*self[key]} - gone.get(key, set()) | come.get(key, set())
            for key in gone.keys() | come.keys()
        }
        found = self._found.without(ids)
        places = _places(dossier, ids.values())
        for key, members in ids.items():
            found.put(key, tuple(sorted(members, key=places.__getitem__)))
        return type(self)(dossier, found)

    def __getitem__(self, key: K) -> tuple[str, ...]:
        return self._found.get(key) or ()

    def facts(self, key: K) -> tuple[Fact, ...]:
        """The facts under a key."""
        facts = self._dossier.facts
        return tuple(facts[FactId(each)] for each in self[key])

    def _keys_in(self, dossier: Dossier, fact_id: str) -> tuple[K, ...]:
        fact = dossier.facts.get(FactId(fact_id))
        return tuple(self.keys(dossier, fact)) if fact is not None else ()


def _places(dossier: Dossier, groups: Iterable[set[str]]) -> dict[str, int]:
    """Where facts stand in the file; not looked for where no group has more than one."""
    groups = list(groups)
    wanted = frozenset[str]().union(*groups)
    if all(len(ids) < 2 for ids in groups):
        return dict.fromkeys(wanted, 0)
    return {fact_id: place for place, fact_id in enumerate(dossier.facts) if fact_id in wanted}
