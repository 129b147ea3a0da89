"""What differs from the saved state, record by record, and the edit that takes it back."""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

import msgspec

from desktop.model.changes import AddRecord, Change, DeleteRecord, RenameRecord, SetFields
from desktop.model.differences import in_order, renames
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import Record


class Unsaved(NamedTuple):
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


def unsaved(saved: Dossier, now: Dossier) -> list[Unsaved]:
    """The records that are not as they were saved, in the order of the file, those gone last."""
    changes = diff(saved, now)
    moved = renames(saved, now) if changes.added and changes.removed else ()
    old = {Ref(ref.kind, new_id): ref for ref, new_id in moved}
    found: list[Unsaved] = []
    for ref in in_order(now, changes.added | changes.changed.keys()):
        if ref in old:
            found.append(Unsaved("renamed", ref, old[ref]))
        elif ref in changes.added:
            found.append(Unsaved("added", ref, None))
        else:
            names = changes.changed[ref]
            fields = tuple(each for each in ref.kind.__struct_fields__ if each in names)
            found.append(Unsaved("changed", ref, ref, fields))
    gone = in_order(saved, changes.removed.difference(old.values()))
    return [*found, *(Unsaved("removed", ref, ref) for ref in gone)]


def take_back(saved: Dossier, difference: Unsaved, field: str | None = None) -> Change:
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
