"""Edits: each turns a dossier into a new one, or is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Protocol

import msgspec

from desktop.model.checks import KEEPS_RECORD, findings, suggested
from desktop.model.dossier import Dossier, Ref, whole_id
from desktop.model.problems import Problem
from desktop.model.records import SECTION_OF, SECTIONS, Fact, Measure, Record, Unit


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
        return _obeying_rules(dossier, dossier.with_record(changed), changed)


class AddRecord(msgspec.Struct, frozen=True):
    """Put a new record after the others of its kind."""

    record: Record
    label: ClassVar[str] = "add-record"

    def applied_to(self, dossier: Dossier) -> Dossier:
        ref = Ref(type(self.record), self.record.id)
        if dossier.find(ref) is not None or ref in dossier.left_out:
            raise ChangeRefused(Problem("id-taken", "error", params={"id": ref.id}))
        return _obeying_rules(dossier, dossier.with_record(self.record), self.record)


class DeleteRecord(msgspec.Struct, frozen=True):
    """Take a record away; refused while another names it."""

    ref: Ref
    label: ClassVar[str] = "delete-record"

    def applied_to(self, dossier: Dossier) -> Dossier:
        _existing(dossier, self.ref)
        after = dossier.without(self.ref)
        for record in _all_records(after):
            for problem in findings(after, record):
                if _misses(problem, self.ref):
                    raise ChangeRefused(_still_named(self.ref, problem))
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
    record = dossier.all_of(ref.kind).get(ref.id)
    if record is None:
        raise ChangeRefused(Problem("no-such-record", "error", params={"id": ref.id}))
    return record


def _all_records(dossier: Dossier) -> Iterator[Record]:
    yield dossier.about
    for kind in SECTIONS.values():
        yield from dossier.all_of(kind).values()


def _misses(problem: Problem, ref: Ref) -> bool:
    """Whether a problem is that this record, or a row of it, is not there."""
    if problem.code == "unknown-unit":
        return ref.kind is Unit and problem.params["unit"] == ref.id
    if problem.code == "unknown-binding":
        section = SECTION_OF[Fact]
    elif problem.code == "unknown-id":
        section = problem.params["section"]
    else:
        return False
    return section == SECTION_OF[ref.kind] and whole_id(problem.params["id"]) == ref.id


def _still_named(ref: Ref, problem: Problem) -> Problem:
    by = ".".join(part for part in (problem.kind, problem.id) if part)
    params = {"id": ref.id, "by": by}
    return Problem("still-named", "error", SECTION_OF[ref.kind], ref.id, (), params)


def _obeying_rules(before: Dossier, after: Dossier, changed: Record) -> Dossier:
    """The dossier after an edit; refused if the edit has brought an error that was not there."""
    for record in (changed, *_resting_on(after, changed)):
        known = _errors(before, before.find(Ref(type(record), record.id)))
        for sort, problem in _errors(after, record).items():
            if sort not in known:
                raise ChangeRefused(*suggested(after, [problem]))
    return after


def _resting_on(dossier: Dossier, record: Record) -> Iterator[Record]:
    """The records whose rules look into this one."""
    if isinstance(record, Fact):
        yield from dossier.naming(record.id)
    if isinstance(record, Measure):
        yield from (fact for fact in dossier.facts.values() if fact.measure == record.id)


def _errors(dossier: Dossier, record: Record | None) -> dict[tuple[object, ...], Problem]:
    """The errors for which a record would be left out, by what makes two of them the same."""
    found = findings(dossier, record) if record else []
    return {
        (problem.code, problem.field[:1], *problem.params.items()): problem
        for problem in found
        if problem.severity == "error" and problem.code not in KEEPS_RECORD
    }
