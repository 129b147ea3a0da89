"""Records as plain data in the format's words, and what differs between two as edits of the text.

It is the inverse of ``fields``: what is written here reads there as the very same record. Whatever
has not changed is left as it stands, in whichever of the accepted forms that is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from msgspec import inspect

from desktop.files.edits import Delete, Edit, Insert, Path, Set
from desktop.files.fields import ROW_KEYS, shape_of
from desktop.files.yaml_words import Bare
from desktop.model.records import Audience, Citation, Fact, Point, Points, Source
from desktop.model.values import LANGUAGES, LocalText, Written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from desktop.files.loader import Raw
    from desktop.files.yaml_words import Plain
    from desktop.model.records import Record

_EMPTY: Final[tuple[object, ...]] = (None, [], {})


_ORDER: Final[dict[type[msgspec.Struct], tuple[str, ...]]] = {
    Audience: ("name", "language"),
    Source: (
        *("title", "publisher", "origin", "via", "published", "accessed", "url", "language"),
        *("reliability", "note"),
    ),
    Citation: ("source", "quote", "locator", "credibility", "says"),
    Fact: ("area", "kind"),
}
"""Where people write the fields of a kind in another order than that in which it declares them."""


class _Entry(NamedTuple):
    """A field of a struct, a language of a text, or a row of a table."""

    shape: inspect.Type
    value: Any


def to_plain(record: Record, like: Sequence[str] = ()) -> dict[str, Plain]:
    """The fields of a record without its id and without what is left at its default.

    They stand in the order of ``like``, which is that of another record, then in the format's.
    """
    fields = _fields(shape_of(type(record)), record)
    order = ordered(fields, like, names_of(type(record)))
    return {name: _plain(*fields[name]) for name in order}


def field_to_plain(kind: type[Record], name: str, value: Any) -> Plain:
    """One field of a record as the format writes it; ``to_value`` reads it."""
    shape = next(field.type for field in shape_of(kind).fields if field.name == name)
    return _plain(shape, value)


def edits_between(before: Record, after: Record, raw: Raw, path: Path) -> list[Edit]:
    """The edits that make a record's text say ``after``, each as deep as it can be made.

    ``raw`` is what the text says now, ``path`` leads to it. They are to be made one by one.
    """
    return [*_between(shape_of(type(before)), before, after, raw, path)]


@cache
def names_of(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a kind of record as the file calls them, in the order of the format."""
    names = [field.encode_name for field in shape_of(kind).fields if field.name != "id"]
    first = _ORDER.get(kind, ())
    return (*first, *(name for name in names if name not in first))


def ordered(given: Mapping[str, object], like: Sequence[str], names: Sequence[str]) -> list[str]:
    """The names of ``given`` in the order of ``like``, each other where the format has it."""
    order = [name for name in like if name in names]
    for name in names:
        if name not in order:
            order.insert(place_among(order, name, names), name)
    return [name for name in order if name in given]


def place_among(order: Sequence[str], name: str, names: Sequence[str]) -> int:
    """How many of ``order`` stand before a name: all up to the last that ``names`` has earlier."""
    earlier = set(names[: names.index(name)])
    return max((place + 1 for place, each in enumerate(order) if each in earlier), default=0)


def _fields(shape: inspect.StructType, value: msgspec.Struct) -> dict[str, _Entry]:
    """What is given in a struct, by the names that the file uses."""
    found = {}
    for field in shape.fields:
        if field.name == "id":
            continue
        given = getattr(value, field.name)
        if field.required or not (given is None or given in ((), {})):
            found[field.encode_name] = _Entry(field.type, given)
    return found


def _plain(shape: inspect.Type, value: Any) -> Plain:
    """A value as the format writes it."""
    if value is None:
        return None
    if isinstance(value, LocalText):
        words = value.by_language
        return words[LANGUAGES[0]] if [*words] == [LANGUAGES[0]] else {**words}
    if isinstance(value, Points):
        return {row.period.text: _plain_row(row) for row in value}
    if isinstance(value, Written):
        return Bare(value.text)
    if isinstance(value, msgspec.Struct):
        struct = _struct(shape)
        entries = _fields(struct, value)
        return {name: _plain(*entries[name]) for name in names_of(struct.cls) if name in entries}
    if isinstance(value, tuple):
        return [_plain(_item_shape(shape, n), item) for n, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: _plain(shape, each) for key, each in value.items()}
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    assert isinstance(value, str | int)
    is_word = isinstance(_rest(shape), inspect.LiteralType)
    return Bare(value) if is_word and isinstance(value, str) else value


def _plain_row(row: Point) -> Plain:
    value = None if row.value is None else Bare(row.value.text)
    if row.note is None:
        return value
    words = dict(zip(ROW_KEYS, (value, _plain(inspect.AnyType(), row.note)), strict=True))
    return {key: each for key, each in words.items() if each is not None}


def _between(shape: inspect.Type, before: Any, after: Any, raw: Raw, path: Path) -> Iterator[Edit]:
    """The edits below a path; nothing where the values are the same."""
    if before == after:
        return
    olds, news = _entries(shape, before), _entries(shape, after)
    if isinstance(raw, dict) and olds is not None and news is not None:
        is_moved = [each for each in olds if each in news] != [
            each for each in news if each in olds
        ]
        if not (is_moved and isinstance(after, Points)):
            yield from _in_mapping(_names(shape, after), olds, news, raw, path)
            return
    are_lists = isinstance(before, tuple) and isinstance(after, tuple) and after
    if isinstance(raw, list) and are_lists and len(raw) == len(before):
        yield from _in_list(shape, before, after, raw, path)
        return
    words = _written(shape, after)
    if isinstance(raw, list) and isinstance(words, Bare):
        # Unquoted, the brackets of a one-of date are those of a list.
        words = [words[1:-1]] if words.startswith("[") and words.endswith("]") else words
    yield Set(path, words)


def _entries(shape: inspect.Type, value: Any) -> dict[str, _Entry] | None:
    """What a value holds by key; None for one that holds nothing by keys."""
    if isinstance(value, LocalText):
        return {name: _Entry(shape, words) for name, words in value.by_language.items()}
    if isinstance(value, Points):
        return {row.period.text: _Entry(shape, row) for row in value}
    if isinstance(value, Point):
        row = {"value": value.value, "note": value.note}
        return {key: _Entry(shape, each) for key, each in row.items() if each is not None}
    if isinstance(value, msgspec.Struct):
        return _fields(_struct(shape), value)
    if isinstance(value, dict):
        return {key: _Entry(shape, each) for key, each in value.items()}
    return None


def _names(shape: inspect.Type, value: Any) -> tuple[str, ...]:
    """The order in which the keys of a value stand."""
    if isinstance(value, Points):
        return tuple(row.period.text for row in value)
    if isinstance(value, LocalText):
        return LANGUAGES
    if isinstance(value, dict):
        return tuple(value)
    if isinstance(value, Point):
        return ROW_KEYS
    return names_of(_struct(shape).cls)


def _in_mapping(
    names: Sequence[str],
    olds: Mapping[str, _Entry],
    news: Mapping[str, _Entry],
    raw: dict[str, Raw],
    path: Path,
) -> Iterator[Edit]:
    order = [*raw]
    for name in raw:
        if name in olds and name not in news:
            order.remove(name)
            yield Delete((*path, name))
    for name in names:
        if name not in news or (name in olds and olds[name].value == news[name].value):
            continue
        shape, value = news[name]
        if name not in order:
            at = place_among(order, name, names)
            order.insert(at, name)
            yield Insert((*path, name), _written(shape, value), at)
        elif name in olds and raw[name] not in _EMPTY:
            yield from _between(shape, olds[name].value, value, raw[name], (*path, name))
        else:
            yield Set((*path, name), _written(shape, value))


def _written(shape: inspect.Type, value: Any) -> Plain:
    return _plain_row(value) if isinstance(value, Point) else _plain(shape, value)


def _in_list(
    shape: inspect.Type,
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    raw: list[Raw],
    path: Path,
) -> Iterator[Edit]:
    """From the end, so that the indexes of what comes before stay."""
    item = _item_shape(shape, 0)
    for begin, end, new_begin, new_end in reversed([*_blocks(before, after)]):
        both = min(end - begin, new_end - new_begin)
        for n in reversed(range(begin + both, end)):
            yield Delete((*path, n))
        for n, value in enumerate(after[new_begin + both : new_end], begin + both):
            yield Insert((*path, n), _plain(item, value))
        for n in range(both):
            old, new = before[begin + n], after[new_begin + n]
            yield from _between(item, old, new, raw[begin + n], (*path, begin + n))


def _blocks(before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists differ: begin and end in the one, begin and end in the other."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    most = min(len(before), len(after)) - head
    while tail < most and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    olds, news = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(olds) <= 1 or len(news) <= 1 or len(olds) == len(news):
        yield head, head + len(olds), head, head + len(news)
        return
    from difflib import SequenceMatcher  # costly, and hardly ever needed

    keys: dict[Any, int] = {}
    numbers = [[keys.setdefault(repr(each), len(keys)) for each in side] for side in (olds, news)]
    matcher = SequenceMatcher(None, numbers[0], numbers[1], autojunk=False)
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield begin + head, end + head, new_begin + head, new_end + head


def _rest(shape: inspect.Type) -> inspect.Type:
    """The shape of a value that is there."""
    if isinstance(shape, inspect.UnionType):
        return next(each for each in shape.types if not isinstance(each, inspect.NoneType))
    return shape


def _struct(shape: inspect.Type) -> inspect.StructType:
    rest = _rest(shape)
    assert isinstance(rest, inspect.StructType)
    return rest


def _item_shape(shape: inspect.Type, n: int) -> inspect.Type:
    rest = _rest(shape)
    if isinstance(rest, inspect.VarTupleType):
        return rest.item_type
    assert isinstance(rest, inspect.TupleType)
    return rest.item_types[n]
