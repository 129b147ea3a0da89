"""What differs between two states of the facts, as people would tell it: codes with parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, NamedTuple

import msgspec

from desktop.model.dossier import ChangeSet, Dossier, Ref, diff
from desktop.model.records import SECTIONS, About, Fact, Record, Unit
from desktop.model.states import State, States, touched

Sort = Literal["added", "changed", "renamed", "withdrawn", "moved", "sources-differ", "stale"]
_TOLD: Final[tuple[Literal["sources-differ", "stale"], ...]] = ("sources-differ", "stale")


class Difference(NamedTuple):
    """One difference; a change is told by ``field`` with the values before and after.

    ``ref`` is the later address where there is one; of a renamed record ``before`` is the earlier
    id. The sorts sources-differ and stale are states that a fact has come to.
    """

    sort: Sort
    ref: Ref
    field: str = ""
    before: Any = None
    after: Any = None


def differences(before: Dossier, after: Dossier) -> tuple[Difference, ...]:
    """All that differs, sort by sort, each in the order of the file."""
    return tuple(_differences(before, after))


def renames(before: Dossier, after: Dossier) -> Iterator[tuple[Ref, str]]:
    """The records that stand under another id and are otherwise as they were, with that id."""
    changes = diff(before, after)
    new = [(ref, _of(after, ref)) for ref in in_order(after, changes.added)]
    for ref in in_order(before, changes.removed):
        record = _of(before, ref)
        for place, (other, candidate) in enumerate(new):
            if other.kind is ref.kind and msgspec.structs.replace(candidate, id=ref.id) == record:
                del new[place]
                yield ref, other.id
                break


def in_order(dossier: Dossier, refs: Iterable[Ref]) -> Iterator[Ref]:
    """Addresses in the order of the file; those that it does not hold are left out."""
    wanted: dict[type[Record], set[str]] = {}
    for ref in refs:
        wanted.setdefault(ref.kind, set()).add(ref.id)
    kinds: tuple[type[Record], ...] = (About, *SECTIONS.values())
    for kind in kinds:
        ids = wanted.get(kind)
        if ids:
            yield from (Ref(kind, each) for each in dossier.all_of(kind) if each in ids)


def _differences(before: Dossier, after: Dossier) -> Iterator[Difference]:
    changes = diff(before, after)
    moved = dict(renames(before, after))
    renamed_to = {Ref(ref.kind, new): ref for ref, new in moved.items()}
    for ref in in_order(after, changes.added - renamed_to.keys()):
        yield Difference("added", ref, after=after.find(ref))
    for ref in in_order(after, changes.changed):
        earlier, later = _of(before, ref), _of(after, ref)
        for name in later.__struct_fields__:
            if name in changes.changed[ref]:
                yield Difference("changed", ref, name, getattr(earlier, name), getattr(later, name))
    for ref in in_order(after, renamed_to):
        yield Difference("renamed", ref, "id", renamed_to[ref].id, ref.id)
    for ref in in_order(before, changes.removed - moved.keys()):
        yield Difference("withdrawn", ref, before=before.find(ref))
    for kind in SECTIONS.values():
        if kind in changes.reordered:
            yield Difference("moved", Ref(kind, ""))
    yield from _new_states(before, after, changes)


def _new_states(before: Dossier, after: Dossier, changes: ChangeSet) -> Iterator[Difference]:
    """The facts that have come to differ between sources, or to be stale; new ones not."""
    earlier, later = before.derived(States), after.derived(States)
    came: dict[State, list[Ref]] = {sort: [] for sort in _TOLD}
    for ref in in_order(after, _may_have_turned(before, after, changes) - changes.added):
        new = set(later[ref.id]).difference(earlier[ref.id])
        for sort in _TOLD:
            if sort in new:
                came[sort].append(ref)
    for sort in _TOLD:
        yield from (Difference(sort, ref) for ref in came[sort])


def _may_have_turned(before: Dossier, after: Dossier, changes: ChangeSet) -> frozenset[Ref]:
    """The facts whose states a change can have altered."""
    if {About, Unit} & changes.kinds:
        return frozenset(Ref(Fact, fact_id) for fact_id in after.facts)
    ids = {each for ref in changes.refs for side in (before, after) for each in touched(side, ref)}
    return frozenset(Ref(Fact, each) for each in ids if "/" not in each)


def _of(dossier: Dossier, ref: Ref) -> Record:
    record = dossier.find(ref)
    assert record is not None
    return record
