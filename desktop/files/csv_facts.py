"""Facts out of the rows of a table, and back into one; what each row would do is told first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, NamedTuple

import msgspec

from desktop.files.fields import to_record_or_faults
from desktop.model.changes import EditRecords
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import (
    SECTION_OF,
    Area,
    Citation,
    Fact,
    FactId,
    Measure,
    Place,
    Record,
    Source,
    SourceId,
    id_from,
)
from desktop.model.states import states_of
from desktop.model.values import LocalText

Field = Literal[
    "",
    "id",
    "statement",
    "statement.vi",
    "kind",
    "value",
    "unit",
    "when",
    "area",
    "place",
    "measure",
    "stage",
    "scope",
    "note",
    "source",
    "quote",
    "locator",
    "credibility",
]
"""What a column holds; empty for one that is left out."""
FIELDS: Final[tuple[Field, ...]] = Field.__args__[1:]  # type: ignore[attr-defined]
_HEADINGS: Final[dict[str, Field]] = {
    "fact": "statement",
    "what": "statement",
    "text": "statement",
    "description": "statement",
    "statement vi": "statement.vi",
    "vietnamese": "statement.vi",
    "amount": "value",
    "number": "value",
    "quantity": "value",
    "units": "unit",
    "date": "when",
    "year": "when",
    "period": "when",
    "location": "place",
    "where": "place",
    "topic": "area",
    "cooperation area": "area",
    "status": "stage",
    "quotation": "quote",
    "page": "locator",
    "table": "locator",
    "grade": "credibility",
    "publisher": "source",
    "notes": "note",
    "key": "id",
    "type": "kind",
}
_CODES: Final = ("kind", "stage", "credibility")
_NAMED: Final[dict[str, type[Record]]] = {"area": Area, "place": Place, "measure": Measure}
_CITED: Final = ("source", "quote", "locator", "credibility")
_NOT_JUDGED: Final = "6"
"""The grade of a claim that a table does not judge: its truth cannot be judged."""
_ID_WORDS: Final = 7

_HEAD: Final = (
    "id",
    "statement",
    "statement vi",
    "kind",
    "value",
    "when",
    "area",
    "place",
    "measure",
    "stage",
    "scope",
    "note",
    "sources",
    "state",
)

Outcome = Literal["added", "changed", "unchanged", "refused"]


class Planned(NamedTuple):
    """What one row would do; ``number`` is its line in the table, from 1 for the first."""

    number: int
    outcome: Outcome
    fact_id: str
    fields: tuple[str, ...] = ()
    problem: Problem | None = None


class Plan(NamedTuple):
    """What a table would do to the facts, row by row, and the one edit that does it."""

    rows: tuple[Planned, ...]
    edit: EditRecords


def guess(heading: str) -> Field:
    """The field that a column's heading speaks of; empty where it says nothing known."""
    words = " ".join(_folded(heading).replace("_", " ").replace("(", " ").replace(")", " ").split())
    for field in FIELDS:
        if words in (field, field.replace(".", " ")):
            return field
    return _HEADINGS.get(words, "")


def guess_all(headings: Sequence[str]) -> list[Field]:
    """The fields of all columns; of two that would be the same, the first has it."""
    found: list[Field] = []
    for heading in headings:
        field = guess(heading)
        found.append("" if field in found else field)
    return found


def plan(
    dossier: Dossier, rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[Field]
) -> Plan:
    """What these rows, each with its number, would do; ``columns`` say what each cell holds.

    A row with the id of a fact, or with its statement and date, changes that fact: where a cell is
    empty the fact stays as it is. Rows of one id are one fact with several citations.
    """
    return _Planning(dossier, columns).plan(rows)


def to_rows(dossier: Dossier, fact_ids: Iterable[str]) -> list[list[str]]:
    """Facts as rows under their headings; read back by ``plan`` they change nothing."""
    rows = [[*_HEAD]]
    for fact_id in fact_ids:
        fact = dossier.facts[FactId(fact_id)]
        statement, scope, note = (_words(each) for each in (fact.statement, fact.scope, fact.note))
        named = ((Area, fact.area), (Place, fact.place), (Measure, fact.measure))
        rows.append(
            [
                fact.id,
                statement.get("en", ""),
                statement.get("vi", ""),
                fact.kind,
                fact.value.text if fact.value else "",
                fact.when.text if fact.when else "",
                *(_name(dossier, kind, record_id) for kind, record_id in named),
                fact.stage or "",
                scope.get("en", ""),
                note.get("en", ""),
                "; ".join(dict.fromkeys(citation.source for citation in fact.citations)),
                "; ".join(states_of(dossier, fact)),
            ]
        )
    return rows


def _words(text: LocalText | None) -> dict[str, str]:
    return text.by_language if text is not None else {}


def _name(dossier: Dossier, kind: type[Record], record_id: str | None) -> str:
    """What a record is called, or its id where others are called the same."""
    record = dossier.find(Ref(kind, record_id)) if record_id else None
    if record is None:
        return record_id or ""
    name = str(getattr(record, "name"))  # noqa: B009
    found = _names_of(dossier.all_of(kind).values()).get(_folded(name))
    return name if found == record_id else record.id


class _Planning:
    def __init__(self, dossier: Dossier, columns: Sequence[Field]) -> None:
        self._dossier = dossier
        self._columns = columns
        self._planned: dict[str, Fact] = {}
        self._names = {
            field: _names_of(dossier.all_of(kind).values()) for field, kind in _NAMED.items()
        }
        self._sources = _source_names(dossier)
        self._known = {
            (str(fact.statement), fact.when): fact.id
            for fact in dossier.facts.values()
            if fact.statement is not None
        }

    def plan(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Plan:
        told: dict[int, Planned] = {}
        for number, cells in rows:
            given: dict[Field, str] = {
                field: cell.strip()
                for field, cell in zip(self._columns, cells, strict=False)
                if field and cell.strip()
            }
            if given:
                told[number] = self._row(number, given)
        edit = self._edit()
        allowed, refused = edit.allowed(self._dossier)
        for number, row in told.items():
            problem = refused.get(Ref(Fact, row.fact_id))
            if problem is not None and row.outcome in ("added", "changed"):
                told[number] = row._replace(outcome="refused", problem=problem)
        return Plan(tuple(told.values()), allowed)

    def _edit(self) -> EditRecords:
        facts = self._dossier.facts
        added, values = [], {}
        for fact in self._planned.values():
            old = facts.get(FactId(fact.id))
            if old is None:
                added.append(fact)
            elif changed := _changed(old, fact):
                values[Ref(Fact, fact.id)] = {name: getattr(fact, name) for name in changed}
        return EditRecords(values, tuple(added), "import")

    def _row(self, number: int, given: dict[Field, str]) -> Planned:
        raw, cited = self._raw(given)
        fact_id = given.get("id") or self._id_of(raw)
        old = self._planned.get(fact_id) or self._dossier.facts.get(FactId(fact_id))
        if Ref(Fact, fact_id) in self._dossier.left_out:
            return _refused(number, fact_id, "id-taken", {"id": fact_id})
        if old is None:
            raw = {"kind": "number" if "value" in raw else "event", **raw}
        new, faults = to_record_or_faults(
            Fact, fact_id, {"kind": "event", **raw, **({"citations": [cited]} if cited else {})}
        )
        for fault in faults:
            return _refused(number, fact_id, fault.code, fault.params, fault.field)
        assert new is not None
        merged = new if old is None else _onto(old, new, {*raw, *(("citations",) if cited else ())})
        fields = () if old is None else _changed(old, merged)
        self._planned[fact_id] = merged
        outcome: Outcome = "added" if old is None else "changed" if fields else "unchanged"
        return Planned(number, outcome, fact_id, fields)

    def _raw(self, given: dict[Field, str]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The cells of a row as the file would have them, and those of its citation."""
        raw: dict[str, Any] = {}
        for field, cell in given.items():
            if field in ("statement", "statement.vi"):
                language = "vi" if field == "statement.vi" else "en"
                raw.setdefault("statement", {})[language] = cell
            elif field in _NAMED:
                raw[field] = self._names[field].get(_folded(cell), cell)
            elif field == "value":
                unit = given.get("unit", "")
                raw["value"] = cell if not unit or cell.endswith(unit) else f"{cell} {unit}"
            elif field not in ("id", "unit", *_CITED):
                raw[field] = cell.lower() if field in _CODES else cell
        cited: dict[str, Any] = {field: given[field] for field in _CITED if field in given}
        if "source" in cited:
            cited["source"] = self._sources.get(_folded(cited["source"]), cited["source"])
            cited.setdefault("credibility", _NOT_JUDGED)
        return raw, cited if "source" in cited else {}

    def _id_of(self, raw: dict[str, Any]) -> str:
        """The id of the fact that says this already, or a free one."""
        words = raw.get("statement", {})
        said = words.get("en") or words.get("vi") or ""
        found, _ = to_record_or_faults(Fact, "x", {"kind": "event", **raw})
        when = found.when if found is not None else None
        known = self._known.get((said, when))
        if known is not None:
            return known
        wanted = id_from(" ".join(said.split()[:_ID_WORDS])) or "fact"
        free, number = wanted, 2
        taken = self._dossier.facts
        while free in taken or free in self._planned or Ref(Fact, free) in self._dossier.left_out:
            free, number = f"{wanted}-{number}", number + 1
        self._known[said, when] = free
        return free


def _onto(old: Fact, new: Fact, fields: set[str]) -> Fact:
    """A fact with what a row says of it; what the row leaves empty stays."""
    values: dict[str, Any] = {name: getattr(new, name) for name in fields}
    for name, value in values.items():
        said = getattr(old, name)
        if isinstance(value, LocalText) and isinstance(said, LocalText):
            values[name] = LocalText(**{**said.by_language, **value.by_language})
    if "citations" in values:
        values["citations"] = _cited(old.citations, new.citations[0])
    return msgspec.structs.replace(old, **values)


def _cited(old: tuple[Citation, ...], new: Citation) -> tuple[Citation, ...]:
    """The citations with one more, or with what it says of a source that is cited already."""
    for place, citation in enumerate(old):
        same = (citation.quote, citation.locator) == (new.quote, new.locator)
        is_bare = new.quote is None and new.locator is None
        if citation.source == new.source and (same or is_bare):
            graded = new.credibility if str(new.credibility) != _NOT_JUDGED else None
            kept = msgspec.structs.replace(citation, credibility=graded or citation.credibility)
            return (*old[:place], kept, *old[place + 1 :])
    return (*old, new)


def _changed(old: Fact, new: Fact) -> tuple[str, ...]:
    names = old.__struct_fields__
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _refused(
    number: int, fact_id: str, code: str, params: dict[str, str], field: Any = ()
) -> Planned:
    problem = Problem(code, "error", SECTION_OF[Fact], fact_id, field, params)
    return Planned(number, "refused", fact_id, (), problem)


def _names_of(records: Iterable[Record]) -> dict[str, str]:
    """The ids of records by all that they are called."""
    found: dict[str, str] = {}
    for record in records:
        name: LocalText = getattr(record, "name")  # noqa: B009
        for words in name.by_language.values():
            found.setdefault(_folded(words), record.id)
        found[_folded(record.id)] = record.id
    return found


def _source_names(dossier: Dossier) -> dict[str, str]:
    """The ids of sources by id, address and title."""
    found: dict[str, str] = {}
    for source in dossier.all_of(Source).values():
        for words in (source.title, source.url, source.id):
            if words:
                found[_folded(words)] = SourceId(source.id)
    return found


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
