"""Edits: each turns a dossier into a new one, or is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Protocol

import msgspec

from desktop.model.checks import KEEPS_RECORD, findings, suggested
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import SECTION_OF, About, Fact, Measure, Record, Unit, id_from, is_id
from desktop.model.references import all_records, naming, renamed


class ChangeRefused(Exception):
    """A change that breaks a rule; the dossier it was meant for stays as it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.path}: {problem.code}")
        self.problem = problem


class Change(Protocol):
    """One edit; ``label`` is the code of its name in the undo menu, ``about`` the record edited."""

    @property
    def label(self) -> str: ...

    @property
    def about(self) -> Ref | None: ...

    def applied_to(self, dossier: Dossier) -> Dossier:
        """The dossier after the edit; ChangeRefused if it would break a rule."""
        ...


class SetFields(msgspec.Struct, frozen=True):
    """Replace fields of one record at once, where one alone would break a rule."""

    ref: Ref
    values: Mapping[str, Any]
    label: ClassVar[str] = "set-field"

    @property
    def about(self) -> Ref:
        return self.ref

    def applied_to(self, dossier: Dossier) -> Dossier:
        record = _existing(dossier, self.ref)
        for name, value in self.values.items():
            if value is None and name in _required(self.ref.kind):
                raise ChangeRefused(_missing(self.ref, name))
        changed = msgspec.structs.replace(record, **self.values)
        return _obeying_rules(dossier, dossier.with_record(changed), changed)


class SetField(msgspec.Struct, frozen=True):
    """Replace one field of one record by a value of the field's type."""

    ref: Ref
    field: str
    value: Any
    label: ClassVar[str] = "set-field"

    @property
    def about(self) -> Ref:
        return self.ref

    @property
    def values(self) -> Mapping[str, Any]:
        return {self.field: self.value}

    def applied_to(self, dossier: Dossier) -> Dossier:
        return SetFields(self.ref, self.values).applied_to(dossier)


class AddRecord(msgspec.Struct, frozen=True):
    """Put a new record after the others of its kind."""

    record: Record
    label: ClassVar[str] = "add-record"

    @property
    def about(self) -> Ref:
        return Ref(type(self.record), self.record.id)

    def applied_to(self, dossier: Dossier) -> Dossier:
        _free(dossier, self.about)
        return _obeying_rules(dossier, dossier.with_record(self.record), self.record)


class DeleteRecord(msgspec.Struct, frozen=True):
    """Take a record away; refused while another names it."""

    ref: Ref
    label: ClassVar[str] = "delete-record"

    @property
    def about(self) -> Ref:
        return self.ref

    def applied_to(self, dossier: Dossier) -> Dossier:
        _existing(dossier, self.ref)
        for namer, _path in naming(dossier, self.ref):
            raise ChangeRefused(_still_named(self.ref, namer))
        return dossier.without(self.ref)


class RenameRecord(msgspec.Struct, frozen=True):
    """Give a record another id, in its place and wherever it is named."""

    ref: Ref
    new_id: str
    label: ClassVar[str] = "rename-record"

    @property
    def about(self) -> Ref:
        return Ref(self.ref.kind, self.new_id)

    def applied_to(self, dossier: Dossier) -> Dossier:
        record = _existing(dossier, self.ref)
        if self.new_id == self.ref.id:
            return dossier
        _free(dossier, self.about)
        patch: dict[Ref, Record | None] = {
            Ref(type(each), each.id): after
            for each in all_records(dossier)
            if (after := renamed(each, self.ref, self.new_id)) is not each
        }
        moved = msgspec.structs.replace(patch.pop(self.ref, None) or record, id=self.new_id)
        ids = tuple(dossier.all_of(self.ref.kind))
        order = tuple(self.new_id if each == self.ref.id else each for each in ids)
        patch |= {self.ref: None, self.about: moved}
        return dossier.patched(patch, {self.ref.kind: order})


class Batch(msgspec.Struct, frozen=True):
    """Several edits as one step; if one is refused, none is made."""

    changes: tuple[Change, ...]
    label: str

    @property
    def about(self) -> Ref | None:
        """The record edited, if all edits are of one."""
        refs = {change.about for change in self.changes}
        return refs.pop() if len(refs) == 1 else None

    def applied_to(self, dossier: Dossier) -> Dossier:
        for change in self.changes:
            dossier = change.applied_to(dossier)
        return dossier


class EditRecords(msgspec.Struct, frozen=True):
    """Add records and set fields of many at once, each rule looked at when all is in place.

    ``values`` are the fields to set by record. Refused as a whole; ``allowed`` says which part of
    it would not be.
    """

    values: Mapping[Ref, Mapping[str, Any]]
    added: tuple[Record, ...] = ()
    label: str = "edit-records"

    @property
    def about(self) -> Ref | None:
        refs = {*self.values, *(Ref(type(each), each.id) for each in self.added)}
        return refs.pop() if len(refs) == 1 else None

    def applied_to(self, dossier: Dossier) -> Dossier:
        after, refused = self._tried(dossier)
        for problem in refused.values():
            raise ChangeRefused(problem)
        return after

    def allowed(self, dossier: Dossier) -> tuple[EditRecords, dict[Ref, Problem]]:
        """The part of this edit that breaks no rule, and why each other record is left as it is."""
        part, told = self, dict[Ref, Problem]()
        while True:
            _, refused = part._tried(dossier)
            if not refused:
                return part, told
            told |= refused
            part = msgspec.structs.replace(
                part,
                values={ref: each for ref, each in part.values.items() if ref not in refused},
                added=tuple(each for each in part.added if Ref(type(each), each.id) not in refused),
            )

    def _tried(self, dossier: Dossier) -> tuple[Dossier, dict[Ref, Problem]]:
        """The dossier after all of it, and what refuses each record."""
        patch: dict[Ref, Record | None] = {}
        refused: dict[Ref, Problem] = {}
        for record in self.added:
            ref = Ref(type(record), record.id)
            try:
                _free(dossier, ref)
                if ref in patch:
                    raise ChangeRefused(Problem("id-taken", "error", params={"id": ref.id}))
                patch[ref] = record
            except ChangeRefused as refusal:
                refused[ref] = refusal.problem
        for ref, values in self.values.items():
            try:
                patch[ref] = msgspec.structs.replace(_existing(dossier, ref), **values)
            except ChangeRefused as refusal:
                refused[ref] = refusal.problem
        after = dossier.patched(patch)
        for ref, edited in patch.items():
            try:
                if edited is not None:
                    _obeying_rules(dossier, after, edited)
            except ChangeRefused as refusal:
                refused[ref] = refusal.problem
        return after, refused


def _existing(dossier: Dossier, ref: Ref) -> Record:
    record = dossier.all_of(ref.kind).get(ref.id)
    if record is None:
        raise ChangeRefused(Problem("no-such-record", "error", params={"id": ref.id}))
    return record


def _free(dossier: Dossier, ref: Ref) -> None:
    """Refuse an id that is taken, also by a record that could not be read, or that is none."""
    if ref.kind is About or dossier.find(ref) is not None or ref in dossier.left_out:
        raise ChangeRefused(Problem("id-taken", "error", params={"id": ref.id}))
    # Behind a number, a unit that begins with a digit could not be told from it.
    is_number_like = ref.kind is Unit and ref.id[:1].isdigit()
    if not is_id(ref.id) or is_number_like:
        made = id_from(ref.id)
        params = {"text": ref.id, "write": f"unit-{made}" if is_number_like else made}
        raise ChangeRefused(Problem("not-an-id", "error", params=params))


@cache
def _required(kind: type[Record]) -> frozenset[str]:
    """The fields that a record of a kind cannot do without."""
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.required)


def _missing(ref: Ref, field: str) -> Problem:
    params = {"field": field}
    return Problem("missing-field", "error", SECTION_OF[ref.kind], ref.id, (field,), params)


def _still_named(ref: Ref, namer: Ref) -> Problem:
    is_header = namer.kind is About
    by = SECTION_OF[About] if is_header else f"{SECTION_OF[namer.kind]}.{namer.id}"
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
