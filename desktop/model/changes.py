"""Edits: each turns a dossier into a new one, or is refused."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

import msgspec

from desktop.model.checks import KEEPS_RECORD, check, check_record
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import SECTION_OF, Record


class ChangeRefused(Exception):
    """A change that breaks a rule; the dossier it was meant for stays as it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.path}: {problem.code}")
        self.problem = problem


class Change(Protocol):
    """One edit; ``label`` is the code of its name in the undo menu."""

    @property
    def label(self) -> str: ...

    def applied_to(self, dossier: Dossier) -> Dossier:
        """The dossier after the edit; ChangeRefused if it would break a rule."""
        ...


class SetField(msgspec.Struct, frozen=True):
    """Replace one field of one record by a value of the field's type."""

    ref: Ref
    field: str
    value: Any
    label: ClassVar[str] = "set-field"

    def applied_to(self, dossier: Dossier) -> Dossier:
        record = _existing(dossier, self.ref)
        changed = msgspec.structs.replace(record, **{self.field: self.value})
        return _obeying_rules(dossier.with_record(changed), changed)


class AddRecord(msgspec.Struct, frozen=True):
    """Put a new record after the others of its kind."""

    record: Record
    label: ClassVar[str] = "add-record"

    def applied_to(self, dossier: Dossier) -> Dossier:
        ref = Ref(type(self.record), self.record.id)
        if dossier.find(ref) is not None or ref in dossier.left_out:
            raise ChangeRefused(Problem("id-taken", "error", params={"id": ref.id}))
        return _obeying_rules(dossier.with_record(self.record), self.record)


class DeleteRecord(msgspec.Struct, frozen=True):
    """Take a record away; refused while another names it."""

    ref: Ref
    label: ClassVar[str] = "delete-record"

    def applied_to(self, dossier: Dossier) -> Dossier:
        _existing(dossier, self.ref)
        after = dossier.without(self.ref)
        section = SECTION_OF[self.ref.kind]
        for problem in check(after):
            names = problem.params.get("id"), problem.params.get("section")
            if problem.code == "unknown-id" and names == (self.ref.id, section):
                params = {"id": self.ref.id, "by": f"{problem.kind}.{problem.id}"}
                raise ChangeRefused(
                    Problem("still-named", "error", section, self.ref.id, (), params)
                )
        return after


class Batch(msgspec.Struct, frozen=True):
    """Several edits as one step; if one is refused, none is made."""

    changes: tuple[Change, ...]
    label: str

    def applied_to(self, dossier: Dossier) -> Dossier:
        for change in self.changes:
            dossier = change.applied_to(dossier)
        return dossier


def _existing(dossier: Dossier, ref: Ref) -> Record:
    record = dossier.find(ref)
    if record is None:
        raise ChangeRefused(Problem("no-such-record", "error", params={"id": ref.id}))
    return record


def _obeying_rules(dossier: Dossier, record: Record) -> Dossier:
    for problem in check_record(dossier, record):
        if problem.severity == "error" and problem.code not in KEEPS_RECORD:
            raise ChangeRefused(problem)
    return dossier
