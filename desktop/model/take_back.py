"""What differs from the saved state, record by record, and the edit that takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple

import msgspec

from desktop.model.changes import AddRecord, Change, DeleteRecord, RenameRecord, SetFields
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import SECTIONS, About, Record


class Difference(NamedTuple):
    """One record that is not as it was saved.

    ``ref`` is its address now, or as saved if it is gone; ``saved`` its address as saved, another
    one if it has a new id, None if it is new. ``fields`` are those that changed.
    """

    kind: Literal["added", "removed", "changed", "renamed"]
    ref: Ref
    saved: Ref | None
    fields: tuple[str, ...] = ()


class PutBack(msgspec.Struct, frozen=True):
    """Put a record that was taken away where it stood; ``before`` are the ids that led up to it."""

    record: Record
    before: tuple[str, ...]
    label: ClassVar[str] = "take-back"

    @property
    def about(self) -> Ref:
        return Ref(type(self.record), self.record.id)

    def applied_to(self, dossier: Dossier) -> Dossier:
        kind = type(self.record)
        ids = list(dossier.all_of(kind))
        after = AddRecord(self.record).applied_to(dossier)
        elder = next((each for each in reversed(self.before) if each in ids), None)
        ids.insert(ids.index(elder) + 1 if elder is not None else 0, self.record.id)
        return after.patched({}, {kind: tuple(ids)})


def differences(saved: Dossier, now: Dossier) -> list[Difference]:
    """The records that are not as they were saved, in the order of the file, those gone last."""
    changes = diff(saved, now)
    renames = dict(_renames(saved, now, changes.removed, changes.added))
    old_ids = {new: old for old, new in renames.items()}
    found: list[Difference] = []
    kinds: tuple[type[Record], ...] = (About, *SECTIONS.values())
    for kind in kinds:
        touched = {ref for ref in changes.refs if ref.kind is kind}
        for record_id in now.all_of(kind) if touched else ():
            ref = Ref(kind, record_id)
            if ref in old_ids:
                found.append(Difference("renamed", ref, old_ids[ref]))
            elif ref in changes.added:
                found.append(Difference("added", ref, None))
            elif ref in changes.changed:
                names = changes.changed[ref]
                fields = tuple(each for each in kind.__struct_fields__ if each in names)
                found.append(Difference("changed", ref, ref, fields))
        for record_id in saved.all_of(kind) if touched else ():
            ref = Ref(kind, record_id)
            if ref in changes.removed and ref not in renames:
                found.append(Difference("removed", ref, ref))
    return found


def take_back(saved: Dossier, difference: Difference, field: str | None = None) -> Change:
    """The edit that makes a record as it was saved, or one ``field`` of it."""
    kind, ref, was, fields = difference
    if was is None:
        return DeleteRecord(ref)
    if kind == "renamed":
        return RenameRecord(ref, was.id)
    record = saved.find(was)
    if record is None:
        raise KeyError(was.id)
    if kind == "removed":
        ids = list(saved.all_of(ref.kind))
        return PutBack(record, tuple(ids[: ids.index(ref.id)]))
    names = fields if field is None else (field,)
    return SetFields(ref, {name: getattr(record, name) for name in names})


def _renames(
    saved: Dossier, now: Dossier, removed: frozenset[Ref], added: frozenset[Ref]
) -> Iterator[tuple[Ref, Ref]]:
    """The records that stand under another id and are otherwise as they were."""
    free = sorted(added, key=lambda ref: ref.id)
    for old in sorted(removed, key=lambda ref: ref.id):
        record = saved.find(old)
        for new in free:
            if record is None or new.kind is not old.kind:
                continue
            if msgspec.structs.replace(record, id=new.id) == now.find(new):
                free.remove(new)
                yield old, new
                break
