"""What two people made of one file, brought together by record and field.

Where only one of them changed a field, that change stands. Lists are compared item by item, so two
who each add a citation both keep it. What both changed is a conflict, and is settled by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from desktop.model.changes import (
    AddRecord,
    Batch,
    Change,
    ChangeRefused,
    DeleteRecord,
    RenameRecord,
    SetFields,
)
from desktop.model.differences import in_order, renames
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import Record
from desktop.model.values import LocalText

LABEL = "merge"
"""The code of the step in which our changes come onto the other's file."""


class Conflict(NamedTuple):
    """What both changed, each in another way; ``field`` None: the record as a whole.

    None on one side: deleted there, or not readable there.
    """

    ref: Ref
    field: str | None
    base: Any
    ours: Any
    theirs: Any


class Merged(NamedTuple):
    """``changes`` bring our edits onto their file; the conflicts are left out of them."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]

    def applied_to(self, theirs: Dossier) -> Dossier:
        """Their dossier with our changes."""
        return Batch(self.changes, LABEL).applied_to(theirs)


def merge(base: Dossier, ours: Dossier, theirs: Dossier) -> Merged:
    """Find what brings our edits of ``base`` onto ``theirs``."""
    for rename in _renames(base, theirs):
        base, ours = _where_possible(rename, base), _where_possible(rename, ours)
    changes: list[Change] = []
    for rename in _renames(base, ours):
        if theirs.find(rename.ref) is not None and theirs.find(rename.about) is None:
            changes.append(rename)
            base, theirs = rename.applied_to(base), rename.applied_to(theirs)
    found = _Merging(base, ours, theirs)
    possible = found.possible()
    return Merged((*changes, *possible), tuple(found.conflicts))


class _Merging:
    def __init__(self, base: Dossier, ours: Dossier, theirs: Dossier) -> None:
        self._base = base
        self._ours = ours
        self._theirs = theirs
        self.conflicts: list[Conflict] = []

    def possible(self) -> list[Change]:
        """Our changes in an order in which their file takes them; the others become conflicts."""
        dossier = self._theirs
        made: list[Change] = []
        wanted = list(self._wanted())
        while wanted:
            left = []
            for change in wanted:
                try:
                    dossier = change.applied_to(dossier)
                except ChangeRefused:
                    left.append(change)
                else:
                    made.append(change)
            # One may wait for another, as a fact for the source that it cites.
            if len(left) == len(wanted):
                self._give_up(left)
                break
            wanted = left
        return made

    def _wanted(self) -> Iterator[Change]:
        mine = diff(self._base, self._ours)
        for ref in in_order(self._ours, mine.added):
            yield from self._added(ref)
        for ref in in_order(self._ours, mine.changed):
            yield from self._changed(ref, mine.changed[ref])
        for ref in in_order(self._base, mine.removed):
            yield from self._removed(ref)

    def _added(self, ref: Ref) -> Iterator[Change]:
        record, other = _of(self._ours, ref), self._theirs.find(ref)
        if other is None and ref not in self._theirs.left_out:
            yield AddRecord(record)
        elif other != record:
            self._both(ref)

    def _changed(self, ref: Ref, fields: frozenset[str]) -> Iterator[Change]:
        other = self._theirs.find(ref)
        if other is None:
            self._both(ref)
            return
        base, record = _of(self._base, ref), _of(self._ours, ref)
        values: dict[str, Any] = {}
        for name in record.__struct_fields__:
            if name not in fields:
                continue
            was, mine, other_s = (getattr(each, name) for each in (base, record, other))
            try:
                value = _settled(was, mine, other_s)
            except _BothChanged:
                self.conflicts.append(Conflict(ref, name, was, mine, other_s))
                continue
            if value != other_s:
                values[name] = value
        if values:
            yield SetFields(ref, values)

    def _removed(self, ref: Ref) -> Iterator[Change]:
        other = self._theirs.find(ref)
        if other is not None and other != self._base.find(ref):
            self._both(ref)
        elif other is not None:
            yield DeleteRecord(ref)

    def _both(self, ref: Ref) -> None:
        sides = (dossier.find(ref) for dossier in (self._base, self._ours, self._theirs))
        self.conflicts.append(Conflict(ref, None, *sides))

    def _give_up(self, changes: list[Change]) -> None:
        """Their file takes none of these, as a deletion of what they name by now."""
        for change in changes:
            ref = change.about
            assert ref is not None
            base, record, other = (
                dossier.find(ref) for dossier in (self._base, self._ours, self._theirs)
            )
            if not isinstance(change, SetFields):
                self.conflicts.append(Conflict(ref, None, base, record, other))
                continue
            for name, value in change.values.items():
                sides = getattr(base, name), value, getattr(other, name)
                self.conflicts.append(Conflict(ref, name, *sides))


class _BothChanged(Exception):
    pass


def _settled(base: Any, ours: Any, theirs: Any) -> Any:
    """What stands in the end; _BothChanged where that is not for us to say."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    sides = (base, ours, theirs)
    if all(isinstance(each, tuple) and not hasattr(each, "_fields") for each in sides):
        return _settled_list(base, ours, theirs)
    if all(isinstance(each, Mapping) for each in sides):
        return _settled_mapping(base, ours, theirs)
    if all(isinstance(each, LocalText) for each in sides):
        return LocalText(**_settled_mapping(*(each.by_language for each in sides)))
    raise _BothChanged


def _settled_list(
    base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]
) -> tuple[Any, ...]:
    if min(len(ours), len(theirs)) < len(base):
        raise _BothChanged
    pairs = zip(base, ours[: len(base)], theirs[: len(base)], strict=True)
    items = [_settled(*each) for each in pairs]
    for item in (*theirs[len(base) :], *ours[len(base) :]):
        if item not in items:
            items.append(item)
    return type(theirs)(items)


def _settled_mapping(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    keys = dict.fromkeys([*theirs, *ours])
    settled = {key: _settled(base.get(key), ours.get(key), theirs.get(key)) for key in keys}
    return {key: value for key, value in settled.items() if value is not None}


def _renames(before: Dossier, after: Dossier) -> list[RenameRecord]:
    return [RenameRecord(ref, new_id) for ref, new_id in renames(before, after)]


def _where_possible(rename: RenameRecord, dossier: Dossier) -> Dossier:
    try:
        return rename.applied_to(dossier)
    except ChangeRefused:
        return dossier


def _of(dossier: Dossier, ref: Ref) -> Record:
    record = dossier.find(ref)
    assert record is not None
    return record
