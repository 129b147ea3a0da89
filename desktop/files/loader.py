"""Bytes of a facts file to plain data, one record at a time, under limits.

The events come from libyaml. Nothing here constructs objects, follows an
alias or guesses a type: every scalar is the text that stands there, and only
a plain ``null``, ``~`` or nothing at all is None. Offsets count code points
from the start of the text, without its byte order mark.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeAlias

import msgspec
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from desktop.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

CParser: Any
try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was installed without libyaml: said by require_libyaml
    CParser = None

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw] | None"

Place: TypeAlias = tuple[int, int]
"""Line and column, both from 1."""
NOWHERE: Final = (0, 0)

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 32
MAX_RECORDS: Final = 500_000
MAX_RECORD_CHARACTERS: Final = 500_000
MAX_ENTRIES: Final = 100_000

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
MERGE_KEY: Final = "<<"

_BYTE_ORDER_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FORBIDDEN: Final = "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_NO_TOKEN: Final = "found character that cannot start any token"
_SYNTAX_CODES: Final = {
    _NO_TOKEN: "reserved-character",
    "found a tab character where an indentation space is expected": "tab-indent",
    "mapping values are not allowed in this context": "bare-colon",
    "could not find expected ':'": "no-colon",
    "found unexpected end of stream": "unclosed-quote",
    "found unexpected document indicator": "unclosed-quote",
    "did not find expected ',' or ']'": "unclosed-bracket",
    "did not find expected ',' or '}'": "unclosed-bracket",
    "did not find expected key": "not-a-key",
    "did not find expected '-' indicator": "not-an-item",
    "did not find expected node content": "no-value",
    "block sequence entries are not allowed in this context": "item-beside-field",
    "found unknown escape character": "unknown-escape",
    "did not find expected hexdecimal number": "unknown-escape",
    "found invalid Unicode character escape code": "unknown-escape",
    "did not find expected <document start>": "second-document",
}
"""libyaml's complaints that people meet, by our codes; the others are not-yaml."""


class FactsError(Exception):
    """A file is refused as a whole; ``problem`` says why, and where it can be said.

    Its line and column are 0 where no place in the file is to blame.
    """

    def __init__(self, code: str, place: Place = NOWHERE, /, **params: str) -> None:
        super().__init__(code)
        line, column = place
        self.problem = Problem(code, "error", params=params, line=line, column=column)

    def in_file(self, file: str) -> Self:
        """The same error, whose problem names the file."""
        self.problem = msgspec.structs.replace(self.problem, file=file)
        return self

    def __str__(self) -> str:
        found = self.problem
        return f"{found.file}:{found.line}:{found.column}: {found.code} {found.params}"


class Entry(NamedTuple):
    """One record, or one top-level value that is no section of records.

    ``id`` is None for the latter. ``start`` is the offset of the key; ``end``
    lies behind the value and before whatever comes next.
    """

    section: str
    id: str | None
    raw: Raw
    start: int
    end: int


class Text:
    """The text of a file, decoded only when asked, and its lines, counted only when asked."""

    def __init__(self, data: bytes) -> None:
        self.data: Final = data
        self._lines: array[int] | None = None

    def __str__(self) -> str:
        return self.data.decode("utf-8", "replace")

    def place(self, offset: int) -> Place:
        r"""Line and column of a code point, lines broken by ``\n`` alone.

        libyaml also breaks lines at U+0085 and U+2028, editors do not.
        """
        if self._lines is None:
            self._lines = array("I", [0])
            self._lines.extend(found.end() for found in re.finditer("\n", str(self)))
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def require_libyaml() -> None:
    """Raise FactsError where PyYAML was built without libyaml, our only parser."""
    if CParser is None:
        raise FactsError("no-libyaml")


class Loader:
    """Walks one file's records in their order.

    ``whole`` names the top-level keys whose value is one record of its own;
    below every other key that holds a mapping each entry is a record.
    ``sections`` maps the top-level keys met so far to their offsets. Raises
    FactsError, and nothing else, for bytes that are refused.
    """

    def __init__(self, data: bytes, whole: frozenset[str]) -> None:
        require_libyaml()
        if len(data) > MAX_BYTES:
            raise FactsError("too-large", megabytes=str(MAX_BYTES >> 20))
        self.text = Text(data.removeprefix(codecs.BOM_UTF8))
        self.sections: dict[str, int] = {}
        self._whole = whole
        self._record_start = 0
        if self.text.data.startswith(_BYTE_ORDER_MARKS):
            raise _undecodable(self.text)
        self._get: Callable[[], Any] = CParser(self.text.data).get_event

    def __iter__(self) -> Iterator[Entry]:
        try:
            yield from self._top_level()
        except YAMLError as error:
            raise _syntax_error(error, self.text) from error

    def _top_level(self) -> Iterator[Entry]:
        get = self._get
        get()
        if type(get()) is StreamEndEvent:
            raise FactsError("empty", (1, 1))
        root = get()
        self._check(root)
        if type(root) is not MappingStartEvent:
            raise self._refusal("not-a-facts-file", root)
        event = get()
        while type(event) is not MappingEndEvent:
            name = self._key(event, self.sections)
            start = self.sections[name] = event.start_mark.index
            value = get()
            if type(value) is MappingStartEvent and name not in self._whole:
                self._check(value)
                yield from self._records(name)
                event = get()
            else:
                self._record_start = start
                raw = self._top_value(name, value)
                event = get()
                yield Entry(name, None, raw, start, event.start_mark.index)
        get()
        extra = get()
        if type(extra) is DocumentStartEvent:
            raise self._refusal("second-document", extra)

    def _records(self, section: str) -> Iterator[Entry]:
        get = self._get
        seen: set[str] = set()
        event = get()
        for _ in repeat(None, MAX_RECORDS + 1):
            if type(event) is MappingEndEvent:
                return
            record_id = self._key(event, seen)
            seen.add(record_id)
            start = self._record_start = event.start_mark.index
            raw = self._node(get(), 2)
            event = get()
            end = event.start_mark.index
            if end - start > MAX_RECORD_CHARACTERS:
                raise self._too_long()
            yield Entry(section, record_id, raw, start, end)
        raise self._refusal("too-many-records", event, limit=str(MAX_RECORDS))

    def _top_value(self, name: str, value: Any) -> Raw:
        """Build a value that is one record; of a list among the sections, keep nothing."""
        if type(value) is not SequenceStartEvent or name in self._whole:
            return self._node(value, 1)
        self._check(value)
        while type(item := self._get()) is not SequenceEndEvent:
            self._record_start = item.start_mark.index
            self._node(item, 2)
        return []

    def _node(self, event: Any, depth: int) -> Raw:
        """Build what ``event`` begins; ``depth`` is the number of collections around it."""
        self._check(event)
        kind = type(event)
        if kind is ScalarEvent:
            text: str = event.value
            if not event.style:
                return None if text in NULLS else text
            # An escape in double quotes can spell a character that the file may not contain.
            if not text.isprintable() and _forbidden(text):
                raise self._refusal("control-character", event, character=_forbidden(text))
            return text
        if depth >= MAX_DEPTH:
            raise self._refusal("too-deep", event, limit=str(MAX_DEPTH))
        if event.start_mark.index - self._record_start > MAX_RECORD_CHARACTERS:
            raise self._too_long()
        return self._mapping(depth + 1) if kind is MappingStartEvent else self._list(depth + 1)

    def _mapping(self, depth: int) -> dict[str, Raw]:
        get = self._get
        found: dict[str, Raw] = {}
        for _ in repeat(None, MAX_ENTRIES + 1):
            event = get()
            if type(event) is MappingEndEvent:
                return found
            key = self._key(event, found)
            event = get()
            # Plain scalars are most of a file: this is _node for them, without the call.
            if (
                type(event) is ScalarEvent
                and not event.style
                and event.anchor is None
                and event.tag is None
            ):
                text = event.value
                found[key] = None if text in NULLS else text
            else:
                found[key] = self._node(event, depth)
        raise self._refusal("too-many-entries", event, limit=str(MAX_ENTRIES))

    def _list(self, depth: int) -> list[Raw]:
        get = self._get
        found: list[Raw] = []
        for _ in repeat(None, MAX_ENTRIES + 1):
            event = get()
            if type(event) is SequenceEndEvent:
                return found
            found.append(self._node(event, depth))
        raise self._refusal("too-many-entries", event, limit=str(MAX_ENTRIES))

    def _key(self, event: Any, known: Container[str]) -> str:
        if type(event) is not ScalarEvent:
            self._check(event)
            raise self._refusal("complex-key", event)
        if event.style or event.anchor is not None or event.tag is not None:
            self._node(event, 0)
        key: str = event.value
        if key in known or key == MERGE_KEY:
            raise self._refused_key(event)
        return key

    def _check(self, event: Any) -> None:
        """Refuse an alias, an anchor or a tag."""
        if type(event) is AliasEvent:
            raise self._refusal("alias", event, name=str(event.anchor))
        if event.anchor is not None:
            raise self._refusal("anchor", event, name=event.anchor)
        if event.tag is not None:
            raise self._refusal("tag", event, tag=event.tag)

    def _refused_key(self, event: Any) -> FactsError:
        if event.value == MERGE_KEY:
            return self._refusal("merge-key", event)
        first = _first_of(self.text.data, event.start_mark.index)
        line, column = self.text.place(first)
        return self._refusal(
            "duplicate-key",
            event,
            key=event.value,
            first_line=str(line),
            first_column=str(column),
        )

    def _too_long(self) -> FactsError:
        place = self.text.place(self._record_start)
        return FactsError("record-too-long", place, limit=str(MAX_RECORD_CHARACTERS))

    def _refusal(self, code: str, event: Any, **params: str) -> FactsError:
        return FactsError(code, self.text.place(event.start_mark.index), **params)


def _first_of(data: bytes, again: int) -> int:
    """Offset of the key that the key at offset ``again`` repeats in its mapping."""
    get = CParser(data).get_event
    mappings: list[dict[str, int] | None] = []
    expects_key: list[bool] = []
    while True:
        event = get()
        kind = type(event)
        if kind is ScalarEvent and expects_key and expects_key[-1]:
            keys = mappings[-1]
            assert keys is not None
            if event.start_mark.index == again:
                return keys[event.value]
            keys.setdefault(event.value, event.start_mark.index)
            expects_key[-1] = False
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            mappings.append({} if kind is MappingStartEvent else None)
            expects_key.append(kind is MappingStartEvent)
        elif kind in (ScalarEvent, MappingEndEvent, SequenceEndEvent):
            if kind is not ScalarEvent:
                mappings.pop()
                expects_key.pop()
            if mappings:
                expects_key[-1] = mappings[-1] is not None


def _syntax_error(error: YAMLError, text: Text) -> FactsError:
    """Say what libyaml met, in the terms of whoever typed it.

    ``detail`` holds libyaml's own words, ``opened_line`` and ``opened_column`` where the quotation
    or collection begins that could not be read to its end.
    """
    if not isinstance(error, MarkedYAMLError):
        return _undecodable(text)
    problem, context = error.problem or "", error.context or ""
    offset = error.problem_mark.index if error.problem_mark else 0
    code = _SYNTAX_CODES.get(problem, "not-yaml")
    if problem == _NO_TOKEN and str(text)[offset : offset + 1] == "\t":
        code = "tab-indent"
    opened = text.place(error.context_mark.index if error.context_mark else offset)
    params = {
        "detail": f"{context}: {problem}" if context else problem,
        "opened_line": str(opened[0]),
        "opened_column": str(opened[1]),
    }
    return FactsError(code, text.place(offset), **params)


def _undecodable(text: Text) -> FactsError:
    """Find the first byte that is not UTF-8, or the first character that YAML forbids."""
    data = text.data
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:2]:
        return FactsError("utf-16", (1, 1))
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        return FactsError("not-utf-8", (line, column), byte=f"0x{data[error.start]:02X}")
    found = re.search(_FORBIDDEN, decoded)
    place = text.place(found.start() if found else 0)
    return FactsError("control-character", place, character=_forbidden(decoded) or "U+FEFF")


def _forbidden(text: str) -> str:
    """The number of the first character that YAML forbids, or nothing."""
    found = re.search(_FORBIDDEN, text)
    return f"U+{ord(found[0]):04X}" if found else ""
