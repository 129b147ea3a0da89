"""Two facts that may be one event told twice, and what becomes of them.

Counted twice, one pledge makes a total that nobody gave; so it is asked, never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import Any, Final

import msgspec

from desktop.model.carried import FactIndex
from desktop.model.changes import Batch, Change, DeleteRecord, SetFields
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Citation, Fact, FactId, Record, Says
from desktop.model.references import naming, renamed

YEARS_APART: Final = 2
"""Two facts further apart than this are not asked about."""
ONE_EVENT: Final = "one-event"
TWO_EVENTS: Final = "two-events"
"""The codes of the steps that an answer makes."""
_DAYS_APART: Final = YEARS_APART * 365 + 1
_Sum = tuple[Decimal, Decimal, str, str | None, str | None]
_READ_ANEW: Final = ("cumulative", "level")


def likely_same(dossier: Dossier, fact: Fact) -> list[Fact]:
    """The facts with this one's amount, unit, stage and place that may be the same event.

    Within two years, where both dates are known. Left out are those whose relation the file tells
    already, two parts of one total, and two readings of one level.
    """
    return [other for _, other in likely_pairs(dossier, [fact.id])]


def likely_pairs(dossier: Dossier, fact_ids: Iterable[str]) -> list[tuple[Fact, Fact]]:
    """Each of these facts with each that may be the same event; a pair stands once.

    Only the facts of the same amount are looked at.
    """
    alike = dossier.derived(_Alike)
    found: dict[frozenset[str], tuple[Fact, Fact]] = {}
    for fact_id in fact_ids:
        fact = dossier.facts.get(FactId(fact_id))
        for other in alike.like(fact) if fact is not None else ():
            if fact is not None and other.id != fact.id and _may_be_one(dossier, fact, other):
                found.setdefault(frozenset((fact.id, other.id)), (fact, other))
    return list(found.values())


class _Alike(FactIndex[_Sum]):
    """The facts by amount, unit, stage and place; without those that have none, and tables."""

    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[_Sum]:
        value = fact.value
        if value is None or fact.points:
            return ()
        return ((value.low, value.high, value.unit, fact.stage, fact.place),)

    def like(self, fact: Fact) -> Iterable[Fact]:
        return (other for key in self.keys(self._dossier, fact) for other in self.facts(key))


def _may_be_one(dossier: Dossier, fact: Fact, other: Fact) -> bool:
    return (
        _is_near(fact.when, other.when)
        and not _is_read_anew(dossier, fact, other)
        and other.id not in _told_apart(dossier, fact)
    )


def as_one(dossier: Dossier, kept: Fact, other: Fact) -> Batch:
    """The edit that makes two facts one: ``kept``, with the other's citations.

    Where the other differs in date, scope or exactness of its value, its citations say so. All
    that named the other names ``kept`` from then on, once; so no total changes.
    """
    ref = Ref(Fact, other.id)
    moved = tuple(_saying(kept, other, citation) for citation in other.citations)
    new = tuple(each for each in moved if each not in kept.citations)
    changes: list[Change] = [SetFields(Ref(Fact, kept.id), {"citations": kept.citations + new})]
    for namer in dict.fromkeys(namer for namer, _ in naming(dossier, ref)):
        record = dossier.find(namer)
        if record is not None and namer != Ref(Fact, kept.id):
            changes.append(SetFields(namer, _naming_instead(record, ref, kept.id)))
    return Batch((*changes, DeleteRecord(ref)), ONE_EVENT)


def as_two(dossier: Dossier, one: Fact, other: Fact) -> Batch | None:
    """The edit that counts both where a total has only one as a part; None where none has.

    The total no longer adds up then, which is so: whoever gave it did not count the other.
    """
    changes = tuple(
        SetFields(Ref(Fact, total.id), {"parts": (*total.parts, FactId(missing.id))})
        for counted, missing in ((one, other), (other, one))
        for total in dossier.naming(counted.id)
        if counted.id in total.parts and missing.id not in total.parts and total.id != missing.id
    )
    return Batch(changes, TWO_EVENTS) if changes else None


def _told_apart(dossier: Dossier, fact: Fact) -> frozenset[str]:
    """The facts of which the file says how they stand to this one."""
    namers = dossier.naming(fact.id)
    beside = (total.parts for total in namers if fact.id in total.parts)
    own = (fact.parts, fact.supersedes, fact.contradicted_by, fact.delivers)
    return frozenset(chain(*own, (each.id for each in namers), *beside))


def _is_near(one: EdtfDate | None, other: EdtfDate | None) -> bool:
    """Whether two dates may be within two years; what is not known is not far."""
    if one is None or other is None:
        return True
    gaps = ((one.first, other.last), (other.first, one.last))
    return all(first is None or last is None or first - last <= _DAYS_APART for first, last in gaps)


def _is_read_anew(dossier: Dossier, fact: Fact, other: Fact) -> bool:
    """Whether both are readings of a level at different times, which may well be equal."""
    if fact.measure is None or fact.measure != other.measure or fact.when == other.when:
        return False
    measure = dossier.measures.get(fact.measure)
    return measure is not None and measure.kind in _READ_ANEW


def _saying(kept: Fact, other: Fact, citation: Citation) -> Citation:
    """A citation of the other fact as one of ``kept``, saying where it differs."""
    own = citation.says or Says()
    differs: dict[str, Any] = {}
    if other.value != kept.value:
        differs["value"] = other.value
    if other.when is not None and not _allows(kept.when, other.when):
        differs["when"] = other.when
    if other.scope is not None and other.scope != kept.scope:
        differs["scope"] = other.scope
    said = {name: getattr(own, name) for name in own.__struct_fields__}
    values = {**differs, **{name: value for name, value in said.items() if value is not None}}
    # What it said against the other fact may be just what ``kept`` states.
    values = {name: value for name, value in values.items() if value != getattr(kept, name)}
    return msgspec.structs.replace(citation, says=Says(**values) if values else None)


def _allows(one: EdtfDate | None, other: EdtfDate) -> bool:
    """Whether one of two dates is only less precise than the other."""
    if one is None:
        return False
    a, b = (one.first, one.last), (other.first, other.last)
    if None in (*a, *b):
        return a == b
    return _within(a, b) or _within(b, a)


def _within(inner: tuple[Any, Any], outer: tuple[Any, Any]) -> bool:
    return bool(outer[0] <= inner[0] and inner[1] <= outer[1])


def _naming_instead(record: Record, ref: Ref, new_id: str) -> dict[str, Any]:
    """The fields of a record that name ``ref``, naming another in its place, and that once."""
    after = renamed(record, ref, new_id)
    changed: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(after, name)
        if value is getattr(record, name):
            continue
        is_ids = isinstance(value, tuple) and all(isinstance(each, str) for each in value)
        changed[name] = tuple(dict.fromkeys(value)) if is_ids else value
    return changed
