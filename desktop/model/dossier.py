"""The whole facts file as one immutable snapshot, and the difference between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import compress
from operator import is_not
from types import MappingProxyType
from typing import NamedTuple, Protocol, Self, TypeVar, cast

import msgspec

from desktop.model.carried import FactIndex
from desktop.model.records import (
    SECTIONS,
    About,
    AnyRecord,
    Area,
    AreaId,
    Audience,
    AudienceId,
    Briefing,
    BriefingId,
    Fact,
    FactId,
    Measure,
    MeasureId,
    Overlay,
    OverlayId,
    Place,
    PlaceId,
    Point,
    Points,
    Record,
    Slide,
    SlideId,
    Source,
    SourceId,
    Unit,
    UnitId,
)


class Ref(NamedTuple):
    """A record's address: ids are unique within their kind only."""

    kind: type[Record]
    id: str


Patch = Mapping[Ref, Record | None]
"""Records to put in place of those with the same address; None takes one away."""


class Derived(Protocol):
    """Something worked out from a dossier that can follow it through a change."""

    @classmethod
    def of(cls, dossier: Dossier) -> Self: ...

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self: ...


AnyDerived = TypeVar("AnyDerived", bound=Derived)


class Dossier:
    """One state of the facts; what is edited is a new Dossier that shares all that stayed.

    Records stand in the order of the file. ``left_out`` are those that could not be read: what
    refers to one of them shows a gap. Looking up an id that is not there raises KeyError.
    """

    def __init__(
        self,
        about: About,
        records: Iterable[Record] = (),
        left_out: frozenset[Ref] = frozenset(),
    ) -> None:
        sections: dict[type[Record], dict[str, Record]] = {kind: {} for kind in SECTIONS.values()}
        for record in records:
            sections[type(record)][record.id] = record
        self._fill(about, sections, dict.fromkeys(sections, object()), left_out)

    def _fill(
        self,
        about: About,
        sections: dict[type[Record], dict[str, Record]],
        orders: dict[type[Record], object],
        left_out: frozenset[Ref],
    ) -> None:
        self.about = about
        self.left_out = left_out
        self._sections = sections
        self._orders = orders
        self._rows: dict[str, dict[str, Fact]] = {}
        self._readings: dict[str, tuple[Fact, ...]] = {}
        self._derived: dict[type[Derived], Derived] = {}
        self._followed: dict[type[Derived], tuple[Derived, frozenset[Ref]]] = {}

    def all_of(self, kind: type[AnyRecord]) -> Mapping[str, AnyRecord]:
        """The records of one kind by id, in the order of the file."""
        if cast(object, kind) is About:
            return cast(Mapping[str, AnyRecord], {self.about.id: self.about})
        return cast(Mapping[str, AnyRecord], MappingProxyType(self._sections[kind]))

    @property
    def audiences(self) -> Mapping[AudienceId, Audience]:
        return cast(Mapping[AudienceId, Audience], self.all_of(Audience))

    @property
    def units(self) -> Mapping[UnitId, Unit]:
        return cast(Mapping[UnitId, Unit], self.all_of(Unit))

    @property
    def sources(self) -> Mapping[SourceId, Source]:
        return cast(Mapping[SourceId, Source], self.all_of(Source))

    @property
    def areas(self) -> Mapping[AreaId, Area]:
        return cast(Mapping[AreaId, Area], self.all_of(Area))

    @property
    def places(self) -> Mapping[PlaceId, Place]:
        return cast(Mapping[PlaceId, Place], self.all_of(Place))

    @property
    def measures(self) -> Mapping[MeasureId, Measure]:
        return cast(Mapping[MeasureId, Measure], self.all_of(Measure))

    @property
    def facts(self) -> Mapping[FactId, Fact]:
        return cast(Mapping[FactId, Fact], self.all_of(Fact))

    @property
    def overlays(self) -> Mapping[OverlayId, Overlay]:
        return cast(Mapping[OverlayId, Overlay], self.all_of(Overlay))

    @property
    def slides(self) -> Mapping[SlideId, Slide]:
        return cast(Mapping[SlideId, Slide], self.all_of(Slide))

    @property
    def briefings(self) -> Mapping[BriefingId, Briefing]:
        return cast(Mapping[BriefingId, Briefing], self.all_of(Briefing))

    def find(self, ref: Ref) -> Record | None:
        """The record at an address, also a single row of a table, or None."""
        if ref.kind is About:
            return self.about if ref.id == self.about.id else None
        record = self._sections[ref.kind].get(ref.id)
        if record is None and ref.kind is Fact and "/" in ref.id:
            return self._rows_of(whole_id(ref.id)).get(ref.id)
        return record

    def fact(self, fact_id: str) -> Fact:
        """A fact, or one row of a fact's table as a fact of its own (``fmf-by-year/FY2017``)."""
        found = self.find(Ref(Fact, fact_id))
        if found is None:
            raise KeyError(fact_id)
        return cast(Fact, found)

    def _rows_of(self, fact_id: str) -> dict[str, Fact]:
        found = self._rows.get(fact_id)
        if found is None:
            fact = self.facts.get(FactId(fact_id))
            rows = (self._as_fact(fact, point) for point in fact.points) if fact else ()
            found = self._rows[fact_id] = {row.id: row for row in rows}
        return found

    def _as_fact(self, fact: Fact, point: Point) -> Fact:
        measure = self.measures.get(fact.measure) if fact.measure else None
        value = point.value.in_unit(measure.unit) if point.value and measure else None
        return msgspec.structs.replace(
            fact,
            id=_row_id(fact, point),
            value=value,
            when=point.period,
            note=point.note or fact.note,
            points=Points(),
        )

    def facts_of(self, measure_id: str) -> tuple[Fact, ...]:
        """All readings of a measure, earliest first; the rows of a table are readings too."""
        found = self._readings.get(measure_id)
        if found is None:
            wholes = self.derived(_OfMeasure).facts(measure_id)
            rows = (self._rows_of(each.id).values() if each.points else (each,) for each in wholes)
            readings = sorted((row for found in rows for row in found), key=_when)
            found = self._readings[measure_id] = tuple(readings)
        return found

    def facts_in(self, area_id: str) -> tuple[Fact, ...]:
        """The facts of an area in the order of the file."""
        return self.derived(_InArea).facts(area_id)

    def naming(self, fact_id: str) -> tuple[Fact, ...]:
        """The facts that name this one: as a part, as superseded, as contradicting or delivered."""
        return self.derived(_Naming).facts(fact_id)

    def is_superseded(self, fact_id: str) -> bool:
        """Whether another fact supersedes this one, or the table that this row stands in."""
        by = self.derived(_Superseding)
        return bool(by[fact_id] or by[whole_id(fact_id)])

    def citing(self, source_id: str) -> tuple[Fact, ...]:
        """The facts that cite a source, in the order of the file."""
        return self.derived(_Citing).facts(source_id)

    def has_the_ids_of(self, other: Dossier, kind: type[Record]) -> bool:
        """Whether it is known that both hold the same ids of a kind, in the same order."""
        return self._orders[kind] is other._orders[kind]

    def with_record(self, record: Record) -> Dossier:
        """A dossier with this record in place of the one with its id, or after all others."""
        return self.patched({Ref(type(record), record.id): record})

    def without(self, ref: Ref) -> Dossier:
        """A dossier without this record; KeyError if it is not there, or is the header."""
        if ref.id not in self._sections.get(ref.kind, ()):
            raise KeyError(ref.id)
        return self.patched({ref: None})

    def patched(
        self, patch: Patch, order: Mapping[type[Record], tuple[str, ...]] | None = None
    ) -> Dossier:
        """A dossier with some records put in or taken away; ``order`` arranges a kind's ids."""
        about = self.about
        sections, orders = dict(self._sections), dict(self._orders)
        for ref, record in patch.items():
            if ref.kind is About:
                about = cast(About, record)
                continue
            section = sections[ref.kind]
            if section is self._sections[ref.kind]:
                section = sections[ref.kind] = dict(section)
            if record is None or ref.id not in section:
                orders[ref.kind] = object()
            if record is None:
                section.pop(ref.id, None)
            else:
                section[ref.id] = record
        is_reordered = False
        for kind, ids in (order or {}).items():
            sections[kind] = {each: sections[kind][each] for each in ids}
            orders[kind] = object()
            is_reordered |= not _same_order(self._sections[kind], sections[kind])
        after = Dossier.__new__(Dossier)
        after._fill(about, sections, orders, self.left_out.difference(patch))
        if not is_reordered:
            after._follow(self, frozenset(patch))
        return after

    def _follow(self, before: Dossier, changed: frozenset[Ref]) -> None:
        # What nobody asked of a dossier (a step within a batch) goes on with all changes since.
        self._followed = {
            **{kind: (each, since | changed) for kind, (each, since) in before._followed.items()},
            **{kind: (each, changed) for kind, each in before._derived.items()},
        }

    def derived(self, kind: type[AnyDerived]) -> AnyDerived:
        """What ``kind`` works out from this dossier, kept, and carried over from the one before."""
        found = self._derived.get(kind)
        if found is None:
            earlier, changed = self._followed.pop(kind, (None, frozenset()))
            found = kind.of(self) if earlier is None else earlier.after(self, changed)
            self._derived[kind] = found
        return cast(AnyDerived, found)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dossier):
            return NotImplemented
        return (
            self.about == other.about
            and self.left_out == other.left_out
            and all(self._holds_the_same(other, kind) for kind in self._sections)
        )

    def _holds_the_same(self, other: Dossier, kind: type[Record]) -> bool:
        mine, theirs = self._sections[kind], other._sections[kind]
        if mine is theirs:
            return True
        if not self.has_the_ids_of(other, kind) and list(mine) != list(theirs):
            return False
        return all(mine[each] == theirs[each] for each in _other_records(theirs, mine, True))

    __hash__ = object.__hash__


class ChangeSet(msgspec.Struct, frozen=True):
    """What differs between two dossiers: addresses, and for changed records the fields.

    ``reordered`` are the kinds whose records stand in another order among themselves.
    """

    added: frozenset[Ref] = frozenset()
    removed: frozenset[Ref] = frozenset()
    changed: Mapping[Ref, frozenset[str]] = {}
    reordered: frozenset[type[Record]] = frozenset()

    @property
    def refs(self) -> frozenset[Ref]:
        return self.added | self.removed | self.changed.keys()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(ref.id for ref in self.refs)

    @property
    def kinds(self) -> frozenset[type[Record]]:
        return self.reordered.union(ref.kind for ref in self.refs)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.reordered)


def diff(before: Dossier, after: Dossier) -> ChangeSet:
    """Compare two snapshots; sections and records that they share cost nothing."""
    added: set[Ref] = set()
    removed: set[Ref] = set()
    changed: dict[Ref, frozenset[str]] = {}
    reordered: set[type[Record]] = set()
    kinds: tuple[type[Record], ...] = (About, *SECTIONS.values())
    for kind in kinds:
        if kind is not About and before._sections[kind] is after._sections[kind]:
            continue
        old, new = before.all_of(kind), after.all_of(kind)
        is_alike = kind is About or before.has_the_ids_of(after, kind) or list(old) == list(new)
        for record_id in _other_records(old, new, is_alike):
            earlier, record = old.get(record_id), new[record_id]
            if earlier is None:
                added.add(Ref(kind, record_id))
            elif earlier != record:
                changed[Ref(kind, record_id)] = _differing_fields(earlier, record)
        if not is_alike:
            removed.update(Ref(kind, record_id) for record_id in old if record_id not in new)
            if not _same_order(old, new):
                reordered.add(kind)
    return ChangeSet(frozenset(added), frozenset(removed), changed, frozenset(reordered))


def _other_records(
    old: Mapping[str, Record], new: Mapping[str, Record], is_alike: bool
) -> list[str]:
    """The ids under which ``new`` does not hold the very record that ``old`` holds.

    ``is_alike`` says that the same ids stand in the same order: nearly always, and quickly seen.
    """
    if is_alike:
        return list(compress(new, map(is_not, old.values(), new.values())))
    return [record_id for record_id, record in new.items() if old.get(record_id) is not record]


def _same_order(old: Mapping[str, Record], new: Mapping[str, Record]) -> bool:
    return [each for each in old if each in new] == [each for each in new if each in old]


def _differing_fields(before: Record, after: Record) -> frozenset[str]:
    names = before.__struct_fields__
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


def _when(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)


class _InArea(FactIndex[str]):
    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        return () if fact.area is None else (fact.area,)


class _OfMeasure(FactIndex[str]):
    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        return () if fact.measure is None else (fact.measure,)


class _Citing(FactIndex[str]):
    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        return dict.fromkeys(citation.source for citation in fact.citations)


class _Superseding(FactIndex[str]):
    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        return dict.fromkeys(fact.supersedes)


class _Naming(FactIndex[str]):
    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[str]:
        return dict.fromkeys(whole_id(each) for each in named_by(fact))


def named_by(fact: Fact) -> tuple[FactId, ...]:
    """The facts and rows that a fact names, in the order of its fields."""
    return (*fact.parts, *fact.supersedes, *fact.contradicted_by, *fact.delivers)


def whole_id(fact_id: str) -> str:
    """The id of the fact at an address, or of the table whose row it is."""
    return fact_id.partition("/")[0]


def row_ids(fact: Fact) -> list[str]:
    """The addresses of the rows of a fact's table."""
    return [_row_id(fact, point) for point in fact.points]


def _row_id(fact: Fact, point: Point) -> str:
    return f"{fact.id}/{point.period.text}"
