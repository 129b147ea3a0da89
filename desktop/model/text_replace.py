"""Finding words in the texts of records and putting others in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, Final, NamedTuple, get_args, get_origin

import msgspec

from desktop.model.dossier import Ref
from desktop.model.problems import FieldPath
from desktop.model.records import Record, Source
from desktop.model.values import LocalText

QUOTE: Final = "quote"
"""The field of a citation that holds a source's own words."""
_CODES: Final = frozenset({"id", "url", "language", "origin", "sign", "sign_after", "marking"})
_BINDING: Final = re.compile(r"\{\{|\}\}|\{[^{}]*\}")


class Wanted(NamedTuple):
    """What is looked for; ``fields`` are names such as "statement", also within a citation.

    The title of a source is looked through with its quotations: both stand as they were printed.
    """

    words: str
    instead: str
    fields: frozenset[str]
    whole_words: bool = False
    match_case: bool = False


class Hit(NamedTuple):
    """One text in which the words stand, before and after; ``path`` leads to it in its record."""

    ref: Ref
    path: FieldPath
    before: str
    after: str
    times: int

    @property
    def field(self) -> str:
        """The name of the field nearest to the text."""
        return next(str(step) for step in reversed(self.path) if step in _names(self.ref.kind))


def hits(records: Iterable[Record], wanted: Wanted) -> Iterator[Hit]:
    """Every text that would change, in the order of the records.

    Bound numbers such as ``{bien-hoa-2025}`` are left alone: they are ids, and not words.
    """
    if not wanted.words:
        return
    find = _pattern(wanted)
    printed = {"title"} if QUOTE in wanted.fields else set()
    of_source = (wanted.fields - {"title"}) | printed
    for record in records:
        ref = Ref(type(record), record.id)
        for path, text in _texts(record, of_source if ref.kind is Source else wanted.fields):
            after, count = _replaced(find, text, wanted.instead)
            if count and after != text:
                yield Hit(ref, path, text, after, count)


def values_after(record: Record, chosen: Iterable[Hit]) -> dict[str, Any]:
    """The fields of a record with the chosen texts replaced."""
    after = {hit.path: hit.after for hit in chosen}
    changed = _walked(record, (), lambda path, text: after.get(path, text))
    return {
        name: getattr(changed, name)
        for name in record.__struct_fields__
        if getattr(changed, name) is not getattr(record, name)
    }


@cache
def text_fields(kind: type[Record]) -> tuple[str, ...]:
    """The names of the fields of a kind that hold text, those within citations too."""
    return tuple(_names(kind))


@cache
def _names(kind: type[msgspec.Struct]) -> Mapping[str, None]:
    found: dict[str, None] = {}
    for field in msgspec.structs.fields(kind):
        declared = _inner(field.type)
        if declared in (str, LocalText) and field.name not in _CODES:
            found[field.name] = None
        elif isinstance(declared, type) and issubclass(declared, msgspec.Struct):
            found |= _names(declared)
    return found


def _inner(declared: Any) -> Any:
    """The type of a field without None, or of the items it lists."""
    if isinstance(declared, UnionType) or str(get_origin(declared)) == "typing.Union":
        declared = next(part for part in get_args(declared) if part is not type(None))
    is_list = get_origin(declared) is tuple
    item = get_args(declared)[0] if is_list else declared
    return item if not is_list or (isinstance(item, type) and item is not str) else None


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    words = re.escape(wanted.words)
    if wanted.whole_words:
        words = rf"(?<!\w){words}(?!\w)"
    return re.compile(words, 0 if wanted.match_case else re.IGNORECASE)


def _replaced(find: re.Pattern[str], text: str, instead: str) -> tuple[str, int]:
    if find.search(text) is None:
        return text, 0
    kept = [found.span() for found in _BINDING.finditer(text)] if "{" in text else []
    count = 0

    def put(found: re.Match[str]) -> str:
        nonlocal count
        if any(start < found.end() and found.start() < end for start, end in kept):
            return found[0]
        count += 1
        return instead

    return find.sub(put, text), count


def _texts(record: Record, fields: Collection[str]) -> list[tuple[FieldPath, str]]:
    found: list[tuple[FieldPath, str]] = []

    def note(path: FieldPath, text: str) -> str:
        if any(step in fields for step in reversed(path)):
            found.append((path, text))
        return text

    _walked(record, (), note)
    return found


Visit = Callable[[FieldPath, str], str]


def _walked(value: msgspec.Struct, path: FieldPath, visit: Visit) -> Any:
    """A struct with each text as ``visit`` wants it; the same object where all stay."""
    changed: dict[str, Any] = {}
    for name in _walkable(type(value)):
        before = getattr(value, name)
        after = _walked_value(before, (*path, name), visit)
        if after is not before:
            changed[name] = after
    return msgspec.structs.replace(value, **changed) if changed else value


def _walked_value(value: Any, path: FieldPath, visit: Visit) -> Any:
    if not value:
        return value
    if isinstance(value, str):
        after = visit(path, value)
        return value if after == value else after
    if isinstance(value, LocalText):
        words = value.by_language
        said = {language: visit((*path, language), text) for language, text in words.items()}
        return value if said == words else LocalText(**said)
    if isinstance(value, tuple):
        items = tuple(_walked_value(each, (*path, n), visit) for n, each in enumerate(value))
        same = all(one is other for one, other in zip(items, value, strict=True))
        return value if same else items
    return _walked(value, path, visit)


@cache
def _walkable(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a struct in which text stands, or structs that may hold some."""
    found = []
    for field in msgspec.structs.fields(kind):
        declared = _inner(field.type)
        is_text = declared in (str, LocalText) and field.name not in _CODES
        is_struct = isinstance(declared, type) and issubclass(declared, msgspec.Struct)
        if is_text or (is_struct and _names(declared)):
            found.append(field.name)
    return tuple(found)
