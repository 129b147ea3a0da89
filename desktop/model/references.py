"""Which records name which, worked out from the declared types of their fields.

A reference is an id in a field that is declared to hold one, the unit of a value, or a
``{fact-id}`` in one of our own sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import UnionType
from typing import Any, Final, get_args, get_origin

import msgspec

from desktop.model.dossier import Dossier, Ref, whole_id
from desktop.model.problems import FieldPath
from desktop.model.records import (
    SECTIONS,
    About,
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
    Record,
    Slide,
    SlideId,
    Source,
    SourceId,
    Unit,
    UnitId,
)
from desktop.model.sentences import with_bindings
from desktop.model.values import LocalText, Quantity, ScaledUnit

KIND_OF_ID: Final[dict[object, type[Record]]] = {
    AudienceId: Audience,
    UnitId: Unit,
    SourceId: Source,
    AreaId: Area,
    PlaceId: Place,
    MeasureId: Measure,
    FactId: Fact,
    OverlayId: Overlay,
    SlideId: Slide,
    BriefingId: Briefing,
}
"""The kind of record that an id of each type names."""
SENTENCES: Final[dict[type[msgspec.Struct], tuple[str, ...]]] = {
    About: ("bottom_line",),
    Area: ("summary",),
    Slide: ("title", "notes"),
}
"""The fields that are sentences of our own, with numbers bound into them."""

Visit = Callable[[Ref, FieldPath], str]
"""Is shown a reference and where it stands, and returns the id to stand there."""


def references(record: Record) -> Iterator[tuple[FieldPath, Ref]]:
    """The references of a record, each with the keys and indexes that lead to it."""
    found: list[tuple[FieldPath, Ref]] = []

    def note(ref: Ref, path: FieldPath) -> str:
        found.append((path, ref))
        return ref.id

    _visited(record, note)
    yield from found


def naming(dossier: Dossier, ref: Ref) -> list[tuple[Ref, FieldPath]]:
    """Every place where another record names this one, or a row of it, in the order of the file."""
    return [
        (Ref(type(record), record.id), path)
        for record in all_records(dossier)
        for path, named in references(record)
        if Ref(named.kind, whole_id(named.id)) == ref and Ref(type(record), record.id) != ref
    ]


def renamed(record: Record, ref: Ref, new_id: str) -> Record:
    """The record with another id wherever it names ``ref``; the same object if it does not."""

    def rename(named: Ref, path: FieldPath) -> str:
        if named.kind is not ref.kind or whole_id(named.id) != ref.id:
            return named.id
        return new_id + named.id[len(ref.id) :]

    return _visited(record, rename)


def all_records(dossier: Dossier) -> Iterator[Record]:
    """Every record in the order of the file, the header first."""
    yield dossier.about
    for kind in SECTIONS.values():
        yield from dossier.all_of(kind).values()


def _visited(record: Record, visit: Visit) -> Record:
    changed: dict[str, Any] = {}
    for name, declared in _referring_fields(type(record)):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        after = _walked(declared, value, (name,), visit)
        if after is not value:
            changed[name] = after
    return msgspec.structs.replace(record, **changed) if changed else record


@cache
def _referring_fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    sentences = SENTENCES.get(kind, ())
    return tuple(
        (field.name, _SENTENCE if field.name in sentences else field.type)
        for field in msgspec.structs.fields(kind)
        if field.name in sentences or _may_refer(field.type)
    )


_SENTENCE: Final = object()


def _may_refer(declared: Any) -> bool:
    if declared in KIND_OF_ID or declared in (Quantity, ScaledUnit):
        return True
    if isinstance(declared, type) and issubclass(declared, msgspec.Struct):
        return bool(_referring_fields(declared))
    return any(_may_refer(part) for part in get_args(declared) if part is not Ellipsis)


def _walked(declared: Any, value: Any, path: FieldPath, visit: Visit) -> Any:
    """The value with every reference in it as ``visit`` wants it; the same object if all stay."""
    if declared is _SENTENCE:
        return _sentence(value, path, visit)
    if isinstance(declared, UnionType) or str(get_origin(declared)) == "typing.Union":
        declared = next(part for part in get_args(declared) if part is not type(None))
    if value is None:
        return None
    if declared in KIND_OF_ID:
        after = visit(Ref(KIND_OF_ID[declared], value), path)
        return value if after == value else after
    if declared in (Quantity, ScaledUnit):
        return _in_unit(value, visit(Ref(Unit, value.unit), path))
    if get_origin(declared) is tuple:
        item = get_args(declared)[0]
        items = tuple(_walked(item, each, (*path, n), visit) for n, each in enumerate(value))
        return value if all(map(_same, items, value)) else items
    if get_origin(declared) is dict:
        key = get_args(declared)[0]
        pairs = {_walked(key, each, (*path, each), visit): words for each, words in value.items()}
        return value if list(pairs) == list(value) else pairs
    return _struct(value, path, visit)


def _struct(value: msgspec.Struct, path: FieldPath, visit: Visit) -> msgspec.Struct:
    changed = {}
    for name, declared in _referring_fields(type(value)):
        before = getattr(value, name)
        after = _walked(declared, before, (*path, name), visit)
        if after is not before:
            changed[name] = after
    return msgspec.structs.replace(value, **changed) if changed else value


def _sentence(text: LocalText, path: FieldPath, visit: Visit) -> LocalText:
    by_language = text.by_language
    after = {
        language: with_bindings(words, lambda fact_id: visit(Ref(Fact, fact_id), path))
        for language, words in by_language.items()
    }
    return text if after == by_language else LocalText(**after)


def _in_unit(value: Quantity | ScaledUnit, unit: str) -> Quantity | ScaledUnit:
    if unit == value.unit:
        return value
    if isinstance(value, ScaledUnit):
        return ScaledUnit(unit, value.scale)
    return Quantity(value.amount, unit, value.scale, value.qualifier, value.to)


def _same(one: object, other: object) -> bool:
    return one is other
