"""Plain data to records by the declared type of each field, and all that is wrong with it.

A record is first converted as a whole, which is fast and stops at the first fault. Only where that
fails is it walked field by field, to name every fault.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, TypeAlias

import msgspec
from msgspec import inspect

from desktop.model.checks import nearest
from desktop.model.dates import Duration, EdtfDate
from desktop.model.problems import FieldPath, Malformed
from desktop.model.records import AnyRecord, Point, Points, id_from, is_id
from desktop.model.values import LANGUAGES, LocalText, Quantity, ScaledUnit

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.files.loader import Raw

NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
ROW_KEYS: Final = ("value", "note")

_is_number = re.compile(NUMBER).fullmatch


class Fault(NamedTuple):
    """One thing wrong within a record, as its Problem will tell it."""

    code: str
    field: FieldPath
    params: dict[str, str]


Faults: TypeAlias = "list[Fault]"


def to_record(kind: type[AnyRecord], record_id: str, raw: dict[str, Raw]) -> AnyRecord:
    """Convert a record; msgspec.ValidationError tells only its first fault."""
    if "id" in raw:
        raise msgspec.ValidationError("a record's id is its key")
    return msgspec.convert({**raw, "id": record_id}, kind, strict=False, dec_hook=decoded)


def to_record_or_faults(
    kind: type[AnyRecord], record_id: str, raw: Raw
) -> tuple[AnyRecord | None, Faults]:
    """Convert a record field by field and name every fault.

    A field left empty counts as left out. Of a record with faults, what is sound is converted, or
    nothing where a field that it has to have is not sound.
    """
    faults = _faults_of_id(record_id)
    clean = _walk(shape_of(kind), {} if raw is None else raw, (), faults)
    faulty = {fault.field[0] for fault in faults if fault.field}
    given = clean if isinstance(clean, dict) else {}
    sound = {key: value for key, value in given.items() if key not in faulty}
    try:
        return to_record(kind, record_id, sound), faults
    except msgspec.ValidationError as error:
        return None, faults or [Fault("not-readable", (), {"detail": str(error)})]


def to_value(declared: Any, raw: Raw, path: FieldPath, faults: Faults) -> Any:
    """Convert the plain data of one field by its declared type; None where it has faults."""
    found: Faults = []
    clean = _walk(_shape_of_field(declared), raw, path, found)
    faults += found
    if found or clean is None:
        return None
    return msgspec.convert(clean, declared, strict=False, dec_hook=decoded)


@cache
def _shape_of_field(declared: Any) -> inspect.Type:
    return inspect.type_info(declared)


def _faults_of_id(record_id: str) -> Faults:
    """What is wrong with a record's key; ``write`` is an id that would do."""
    if is_id(record_id):
        return []
    return [Fault("not-an-id", (), {"text": record_id, "write": id_from(record_id)})]


def decoded(kind: type, raw: Any) -> Any:
    """Read a value of the model's own types; Malformed says what is wrong."""
    return _READERS[kind](raw)


def _text_of(parse: Callable[[str], object]) -> Callable[[Any], object]:
    def read(raw: Any) -> object:
        if type(raw) is not str:
            raise Malformed("not-a-text", found=_found(raw))
        return parse(raw)

    return read


_text_to_date = _text_of(EdtfDate.parse)


def _date(raw: Any) -> object:
    # Without quotes YAML takes the brackets of [2023..2024] for a list of one.
    is_range = type(raw) is list and len(raw) == 1 and type(raw[0]) is str
    return _text_to_date(f"[{raw[0]}]" if is_range else raw)


def _local_text(raw: Any) -> LocalText:
    if type(raw) is str and raw and not raw.isspace():
        return LocalText(raw)
    faults: Faults = []
    clean = _walk_local_text(raw, (), faults)
    if faults:
        raise Malformed(faults[0].code, **faults[0].params)
    return LocalText(**clean)


def _points(raw: Any) -> Points:
    faults: Faults = []
    _walk_points(raw, (), faults)
    if faults:
        raise Malformed(faults[0].code, **faults[0].params)
    return Points(_point(period, row) for period, row in raw.items())


def _point(period: str, row: Any) -> Point:
    given = row if isinstance(row, dict) else {"value": row}
    value, note = (given.get(key) for key in ROW_KEYS)
    return Point(
        period=EdtfDate.parse(period),
        value=None if value is None else Quantity.parse_bare(value),
        note=None if note is None else _local_text(note),
    )


_READERS: Final[dict[type, Callable[[Any], object]]] = {
    LocalText: _local_text,
    Points: _points,
    EdtfDate: _date,
    Quantity: _text_of(Quantity.parse),
    Duration: _text_of(Duration.parse),
    ScaledUnit: _text_of(ScaledUnit.parse),
}


@cache
def shape_of(kind: type[msgspec.Struct]) -> inspect.StructType:
    """The declared fields of a kind of record, with their types spelled out."""
    shape = inspect.type_info(kind)
    assert isinstance(shape, inspect.StructType)
    return shape


def _walk(shape: inspect.Type, raw: Raw, path: FieldPath, faults: Faults) -> Raw:
    """Note every fault below ``path`` and return ``raw`` without the fields left empty."""
    if isinstance(shape, inspect.UnionType):
        rest = [each for each in shape.types if not isinstance(each, inspect.NoneType)]
        return None if raw is None else _walk(rest[0], raw, path, faults)
    if isinstance(shape, inspect.StructType):
        return _walk_struct(shape, raw, path, faults)
    if isinstance(shape, inspect.VarTupleType | inspect.TupleType):
        return _walk_list(shape, raw, path, faults)
    if isinstance(shape, inspect.DictType):
        if not isinstance(raw, dict):
            faults.append(_misfit("not-a-mapping", path, raw))
            return raw
        given = ((key, value) for key, value in raw.items() if value is not None)
        return {key: _walk(shape.value_type, value, (*path, key), faults) for key, value in given}
    if isinstance(shape, inspect.CustomType) and shape.cls is LocalText:
        _walk_local_text(raw, path, faults)
    elif isinstance(shape, inspect.CustomType) and shape.cls is Points:
        _walk_points(raw, path, faults)
    else:
        _note_leaf(shape, raw, path, faults)
    return raw


def _walk_struct(shape: inspect.StructType, raw: Raw, path: FieldPath, faults: Faults) -> Raw:
    if not isinstance(raw, dict):
        faults.append(_misfit("not-a-mapping", path, raw))
        return raw
    fields = {field.encode_name: field for field in shape.fields if field.name != "id"}
    _note_unknown_keys(raw, list(fields), path, faults)
    clean: dict[str, Raw] = {}
    for name, field in fields.items():
        value = raw.get(name)
        if value is not None:
            clean[name] = _walk(field.type, value, (*path, name), faults)
        elif field.required:
            faults.append(Fault("missing-field", (*path, name), {"field": name}))
    return clean


def _walk_list(
    shape: inspect.VarTupleType | inspect.TupleType, raw: Raw, path: FieldPath, faults: Faults
) -> Raw:
    if not isinstance(raw, list):
        faults.append(_misfit("not-a-list", path, raw))
        return raw
    if isinstance(shape, inspect.VarTupleType):
        return [_walk(shape.item_type, item, (*path, n), faults) for n, item in enumerate(raw)]
    if len(raw) != len(shape.item_types):
        params = {"items": str(len(raw)), "expected": str(len(shape.item_types))}
        faults.append(Fault("wrong-length", path, params))
        return raw
    pairs = enumerate(zip(shape.item_types, raw, strict=True))
    return [_walk(item_type, item, (*path, n), faults) for n, (item_type, item) in pairs]


def _walk_local_text(raw: Raw, path: FieldPath, faults: Faults) -> dict[str, str]:
    """Note every fault of a text and return its words by language."""
    by_language: dict[str, Raw] = raw if isinstance(raw, dict) else {LANGUAGES[0]: raw}
    clean: dict[str, str] = {}
    _note_unknown_keys(by_language, list(LANGUAGES), path, faults)
    for language, words in by_language.items():
        here = (*path, language) if by_language is raw else path
        if language not in LANGUAGES or (words is None and by_language is raw):
            continue
        if not isinstance(words, str):
            faults.append(_misfit("not-a-text", here, words))
        elif not words or words.isspace():
            faults.append(Fault("empty-text", here, {}))
        else:
            clean[language] = words
    if not clean and not faults:
        faults.append(Fault("empty-text", path, {}))
    return clean


def _walk_points(raw: Raw, path: FieldPath, faults: Faults) -> None:
    if not isinstance(raw, dict):
        faults.append(_misfit("not-a-mapping", path, raw))
        return
    for period, row in raw.items():
        here = (*path, period)
        _note_malformed(EdtfDate.parse, period, here, faults)
        if not isinstance(row, dict):
            _note_amount(row, here, faults)
            continue
        _note_unknown_keys(row, list(ROW_KEYS), here, faults)
        _note_amount(row.get("value"), (*here, "value"), faults)
        if row.get("note") is not None:
            _walk_local_text(row["note"], (*here, "note"), faults)


def _note_amount(raw: Raw, path: FieldPath, faults: Faults) -> None:
    if raw is not None:
        _note_malformed(_text_of(Quantity.parse_bare), raw, path, faults)


def _note_unknown_keys(
    raw: dict[str, Raw], known: list[str], path: FieldPath, faults: Faults
) -> None:
    for key, value in raw.items():
        if key in known:
            continue
        # What follows a comma in {…} becomes a key with nothing behind it.
        code = "stray-words" if value is None and " " in key else "unknown-key"
        params = {"key": key, "nearest": nearest(key, known), "choices": ", ".join(known)}
        faults.append(Fault(code, (*path, key), params))


def _note_malformed(
    read: Callable[[Any], object], raw: Raw, path: FieldPath, faults: Faults
) -> None:
    try:
        read(raw)
    except Malformed as error:
        faults.append(Fault(error.code, path, error.params))


def _note_leaf(shape: inspect.Type, raw: Raw, path: FieldPath, faults: Faults) -> None:
    if isinstance(shape, inspect.CustomType):
        _note_malformed(_READERS[shape.cls], raw, path, faults)
    elif not isinstance(raw, str):
        faults.append(_misfit("not-a-text", path, raw))
    elif isinstance(shape, inspect.LiteralType):
        choices = [str(value) for value in shape.values]
        if raw not in choices:
            same = [each for each in choices if each.lower() == raw.strip().lower()]
            close = same[0] if same else nearest(raw, choices)
            params = {"text": raw, "nearest": close, "choices": ", ".join(choices)}
            faults.append(Fault("not-one-of", path, params))
    elif isinstance(shape, inspect.IntType | inspect.FloatType):
        _note_number(shape, raw, path, faults)


def _note_number(
    shape: inspect.IntType | inspect.FloatType, raw: str, path: FieldPath, faults: Faults
) -> None:
    kind = int if isinstance(shape, inspect.IntType) else float
    limits = {"gt": shape.gt, "ge": shape.ge, "lt": shape.lt, "le": shape.le}
    params = {"text": raw, **{name: str(n) for name, n in limits.items() if n is not None}}
    bounds = msgspec.Meta(**limits)  # type: ignore[arg-type]
    try:
        msgspec.convert(raw, Annotated[kind, bounds], strict=False)
    except msgspec.ValidationError:
        if not _is_number(raw):
            code = "not-a-number"
        elif kind is int and not raw.lstrip("-").isdigit():
            code = "not-a-whole-number"
        else:
            code = "out-of-range"
        faults.append(Fault(code, path, params))


def _misfit(code: str, path: FieldPath, raw: Raw) -> Fault:
    return Fault(code, path, {"found": _found(raw)})


def _found(raw: Raw) -> str:
    names: dict[type, str] = {str: "a piece of text", list: "a list", dict: "a mapping"}
    return names.get(type(raw), "nothing")
