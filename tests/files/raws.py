"""Raw data for records, drawn from the shape of their fields: mostly sound, or mostly not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from msgspec import inspect

from desktop.files.fields import shape_of
from desktop.model.dates import Duration, EdtfDate
from desktop.model.records import Points, Record
from desktop.model.values import LocalText, Quantity, ScaledUnit

if TYPE_CHECKING:
    from desktop.files.loader import Raw

Raws = st.SearchStrategy[Any]

TEXTS = st.sampled_from(
    ["a", "no", "12:30", "2025", "1e3", "true", "null", "Sân bay Biên Hòa", "🌏"]
)
DATES = st.sampled_from(["2025-05-08", "2025-05", "2025", "2023-21", "2017/2023", "FY2017"]) | (
    st.sampled_from(["2024-08/..", "../2024-09", "2013~", "2025-05?", "[2023..2024]"])
)
AMOUNTS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "about ", "more than ", "up to "]),
    st.sampled_from(["0", "0.9", "12", "430", "71000"]),
    st.sampled_from(["", " to 90000"]),
)
SCALES = st.sampled_from(["", "thousand ", "million "])
UNITS = st.sampled_from(["usd", "m3", "no", "sets-of-remains"])
NUMBERS = st.sampled_from(["1", "6", "-12.5", "0", "109.3", "1e2", "90"])
JUNK: Raws = st.recursive(
    st.none() | st.text(max_size=6) | st.sampled_from(["nan", "1_000", "012", "{", "9" * 5000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)

_CUSTOM: dict[type, Raws] = {
    LocalText: TEXTS | st.dictionaries(st.sampled_from(["en", "vi"]), TEXTS, min_size=1),
    EdtfDate: DATES | st.just(["2023..2024"]),
    Quantity: st.builds("{} {}{}".format, AMOUNTS, SCALES, UNITS),
    ScaledUnit: st.builds("{}{}".format, SCALES, UNITS),
    Duration: st.sampled_from(["P12M", "P3Y", "P2W"]),
    Points: st.dictionaries(
        DATES,
        st.none() | AMOUNTS | st.fixed_dictionaries({"value": AMOUNTS | st.none(), "note": TEXTS}),
        max_size=3,
    ),
}


def records(kind: type[Record], junk: Raws | None = None) -> st.SearchStrategy[dict[str, Raw]]:
    """Raw records of one kind; with ``junk`` any value, or any further field, may be that."""
    fields = [field for field in shape_of(kind).fields if field.name != "id"]
    sound = _struct(fields, junk)
    if junk is None:
        return sound
    return st.builds(lambda one, more: {**one, **more}, sound, st.dictionaries(st.text(), junk))


def _struct(fields: list[inspect.Field], junk: Raws | None) -> Raws:
    required = {field.encode_name: _of(field.type, junk) for field in fields if field.required}
    optional = {
        field.encode_name: st.none() | _of(field.type, junk)
        for field in fields
        if not field.required
    }
    return st.fixed_dictionaries(required, optional=optional)


def _of(shape: inspect.Type, junk: Raws | None) -> Raws:
    sound = _sound(shape, junk)
    return sound if junk is None else sound | junk


def _sound(shape: inspect.Type, junk: Raws | None) -> Raws:
    match shape:
        case inspect.UnionType(types=types):
            return _of(next(each for each in types if not isinstance(each, inspect.NoneType)), junk)
        case inspect.StructType(fields=fields):
            return _struct(list(fields), junk)
        case inspect.VarTupleType(item_type=item):
            return st.lists(_of(item, junk), max_size=2)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(_of(item, junk) for item in items)).map(list)
        case inspect.DictType(value_type=value):
            return st.dictionaries(st.sampled_from(["washington", "hanoi"]), _of(value, junk))
        case inspect.LiteralType(values=values):
            return st.sampled_from([str(value) for value in values])
        case inspect.IntType() | inspect.FloatType():
            return NUMBERS
        case inspect.CustomType(cls=cls):
            return _CUSTOM[cls]
        case _:
            return TEXTS
