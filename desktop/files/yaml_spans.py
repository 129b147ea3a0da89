"""What stands where in YAML text: a tree of nodes with the offsets of everything that holds them.

The events come from libyaml and nothing is constructed. Offsets count code points from the start of
the text, which has no byte order mark. An end lies behind the last character that belongs to the
value: libyaml's own marks for block collections run on over comments to whatever comes next.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.tokens import (
    AnchorToken,
    BlockEntryToken,
    KeyToken,
    StreamEndToken,
    TagToken,
    ValueToken,
)

from desktop.files import loader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_DEPTH: Final = 200
_GAP = re.compile(r"(?:\s|(?<=\s)#[^\n]*)*")
_HEADER = re.compile(r"[|>]([-+0-9]*)")
_KEPT: Final = (AnchorToken, BlockEntryToken, KeyToken, TagToken, ValueToken)


class TooDeep(Exception):
    """More collections within one another than anybody writes by hand."""


class Node:
    """A value, a key or an alias. ``start`` is that of its anchor or tag, if it has one.

    ``items`` are the items of a list, or the values of a mapping, whose keys are ``keys``.
    ``style`` is empty for plain text, a quotation mark or an indicator for other text, and "block"
    or "flow" for a collection. ``text`` is what a scalar says, or the name of an alias, and
    ``is_folded`` tells of text that goes over several lines.
    """

    __slots__ = (
        *("anchor", "end", "is_folded", "items", "keys", "kind", "start", "style", "tag", "text"),
    )

    def __init__(
        self, kind: Literal["scalar", "alias", "list", "mapping"], event: Any, style: str, text: str
    ) -> None:
        self.kind: Final = kind
        self.start: Final[int] = event.start_mark.index
        self.end: int = event.end_mark.index
        self.style: Final = style
        self.is_folded: Final[bool] = event.end_mark.line > event.start_mark.line
        self.text: Final = text
        self.anchor: Final[str | None] = event.anchor if kind != "alias" else None
        self.tag: Final[str | None] = None if kind == "alias" else event.tag
        self.keys: Final[list[Node]] = []
        self.items: Final[list[Node]] = []

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for key in self.keys:
            yield from key.walk()
        for item in self.items:
            yield from item.walk()

    def positions(self, key: str) -> list[int]:
        """Where a mapping has a key; more than one place is no place."""
        return [n for n, each in enumerate(self.keys) if each.kind == "scalar" and each.text == key]


class _Token(NamedTuple):
    kind: type
    start: int
    end: int


class Tree:
    """The documents of a text, most often one. Raises YAMLError, and TooDeep."""

    def __init__(self, text: str) -> None:
        self.text: Final = text
        self.documents: Final[list[Node]] = []
        get = loader.CParser(text).get_event
        get()
        while type(event := get()) is not StreamEndEvent:
            if type(event) not in (DocumentStartEvent, DocumentEndEvent):
                self.documents.append(self._node(event, get, 0))

    def _node(self, event: Any, get: Callable[[], Any], depth: int) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            node = Node("scalar", event, event.style, event.value)
            if event.style in ("|", ">"):
                node.end = self._block_scalar_end(node)
            return node
        if kind is AliasEvent:
            return Node("alias", event, "", event.anchor)
        if depth > MAX_DEPTH:
            raise TooDeep
        style = "flow" if event.flow_style else "block"
        if kind is SequenceStartEvent:
            node = Node("list", event, style, "")
            while type(event := get()) is not SequenceEndEvent:
                node.items.append(self._node(event, get, depth + 1))
        else:
            assert kind is MappingStartEvent
            node = Node("mapping", event, style, "")
            while type(event := get()) is not MappingEndEvent:
                node.keys.append(self._node(event, get, depth + 1))
                node.items.append(self._node(get(), get, depth + 1))
        node.end = node.items[-1].end if style == "block" else event.end_mark.index
        return node

    def _block_scalar_end(self, node: Node) -> int:
        """Behind the last line of text; kept line ends belong to the text, all but the last."""
        raw = self.text[self.body(node) : node.end]
        header = _HEADER.match(raw)
        if header and "+" in header[1]:
            return node.end - len(raw) + len(raw.removesuffix("\n").removesuffix("\r"))
        return node.end - len(raw) + len(raw.rstrip(" \t\r\n"))

    @cached_property
    def _tokens(self) -> list[_Token]:
        get = loader.CParser(self.text).get_token
        found = []
        while type(token := get()) is not StreamEndToken:
            if type(token) in _KEPT:
                found.append(_Token(type(token), token.start_mark.index, token.end_mark.index))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self._tokens]

    def body(self, node: Node) -> int:
        """Where a node begins behind its anchor and tag."""
        if node.anchor is None and node.tag is None:
            return node.start
        number = bisect_left(self._starts, node.start)
        end = node.start
        while number < len(self._tokens) and self._tokens[number].kind in (AnchorToken, TagToken):
            if self._tokens[number].start > node.end:
                break
            end = self._tokens[number].end
            number += 1
        gap = _GAP.match(self.text, end, max(end, node.end))
        return gap.end() if gap else end

    def lead_of(self, parent: Node, position: int) -> int:
        """Where an entry of a block collection begins: at its dash, its ``?`` or its key."""
        node = parent.items[position] if parent.kind == "list" else parent.keys[position]
        wanted = BlockEntryToken if parent.kind == "list" else KeyToken
        # An item that is a block list itself begins at a dash of its own.
        is_list = parent.kind == "list"
        number = (bisect_left if is_list else bisect_right)(self._starts, node.start)
        while number:
            number -= 1
            if self._tokens[number].kind is wanted:
                return self._tokens[number].start
        return node.start

    def colon_of(self, parent: Node, position: int) -> int | None:
        """The offset of the colon behind a key; None where a key stands alone."""
        key, value = parent.keys[position], parent.items[position]
        number = bisect_left(self._starts, key.end)
        while number < len(self._tokens) and self._tokens[number].start <= value.start:
            if self._tokens[number].kind is ValueToken:
                return self._tokens[number].start
            number += 1
        return None

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        r"""The end of a line before its ``\n`` or ``\r\n``."""
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def next_line(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def column(self, offset: int) -> int:
        return offset - self.line_start(offset)

    def newline(self, offset: int) -> str:
        r"""The line end in use around an offset: ``\n`` or ``\r\n``."""
        end = self.text.find("\n", self.line_start(offset))
        if end < 0:
            end = self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
