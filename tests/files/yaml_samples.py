"""YAML as people write it and as they do not, edits to it, and an independent judge of both."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from desktop.files.splice import Delete, Insert, Set
from desktop.files.yaml_spans import Tree

if TYPE_CHECKING:
    import random

    from desktop.files.splice import Edit
    from desktop.files.yaml_spans import Node

WORDS = (
    *("alpha", "Hà Nội", "x: y", "12", "true", "no", "~", "🚢 ship", "it's", "a #b", "- dash"),
    *('"q"', "", "  pad ", "1e3", "[x", "{y", "&a", "*b", "!t", "%p", "@z", "`w", "é" * 3),
    *("multi\nline", "trail\n\n", "\n lead", "tab\there", "a\\b", "2024-01-02", "0x1F", ".5", "-"),
    *("?", ":", "a:", "null", "=", "<<", "\u2028ls", "x" * 90, "long " * 40 + "end", "\x85", "y"),
)
PLAIN = ("plain", "two words", "Tiếng Việt", "a-b", "x/y", "😀", "u.v", "http://e.x/?q=1")
TYPED = ("1", "2.50", "0o17", "1_000", "yes", "null", "~", "2024-01-02", "1.0e+3", ".inf", "-0")
VALUES: tuple[Any, ...] = (
    *("new", "a: b", 7, -3, None, True, False, 2.5, 1e20, "", "multi\nline\n", [], {}),
    *(["p", 1], {"z": "w", "y2": [1, {"u": "v"}]}, datetime.date(2024, 1, 2), *WORDS),
)
BROAD_VALUES: tuple[Any, ...] = ("new", 7, None, "a: b", "multi\nline\n", [1], {"z": 1})


class Place(NamedTuple):
    """A node with the path to it, the collection around it, and where it stands in that."""

    path: tuple[str | int, ...]
    node: Node
    parent: Node | None
    position: int


def places(node: Node) -> list[Place]:
    """All places of a document that a path can name."""
    found = [Place((), node, None, 0)]
    for place in found:
        for position, item in enumerate(place.node.items):
            key = place.node.keys[position] if place.node.keys else None
            if key is None or key.kind == "scalar":
                step = position if key is None else key.text
                found.append(Place((*place.path, step), item, place.node, position))
    return found


def model_of(text: str) -> list[Any]:
    """What PyYAML makes of a text that has no byte order mark."""
    return list(yaml.load_all(text, yaml.CSafeLoader))


def model_after(model: Any, edit: Edit) -> Any:
    """The model of a document after an edit, worked out on the model alone."""
    return _after(model, edit.path, edit)


def _after(model: Any, path: tuple[str | int, ...], edit: Edit) -> Any:
    if not path:
        assert isinstance(edit, Set)
        return edit.value
    if isinstance(model, list):
        at = int(path[0])
        if len(path) == 1 and isinstance(edit, Insert):
            return [*model[:at], edit.value, *model[at:]]
        inner = [] if _goes(path, edit) else [_after(model[at], path[1:], edit)]
        return [*model[:at], *inner, *model[at + 1 :]]
    if len(path) == 1 and isinstance(edit, Insert):
        return {**model, path[0]: edit.value}
    key = _key_in(model, str(path[0]))
    if _goes(path, edit):
        return {each: value for each, value in model.items() if each != key}
    return {each: _after(value, path[1:], edit) if each == key else value
            for each, value in model.items()}  # fmt: skip


def _goes(path: tuple[str | int, ...], edit: Edit) -> bool:
    return len(path) == 1 and isinstance(edit, Delete)


def _key_in(model: dict[Any, Any], words: str) -> Any:
    """The key that reads as these words, which PyYAML may have made a number of."""
    if words in model:
        return words
    typed = yaml.load(words, yaml.CSafeLoader) if words else None
    assert typed in model
    return typed


def is_equal(one: Any, other: Any) -> bool:
    """Whether two models are the same, types and order of keys included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        keys = [*map(repr, one)] == [*map(repr, other)]
        return keys and all(map(is_equal, one.values(), other.values()))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_equal, one, other))
    if isinstance(one, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    return bool(one == other)


def untouched(text: str, place: Place, edit: Edit) -> tuple[int, int]:
    """How many lines from the start and from the end an edit has no business with.

    ``place`` is that of the value edited, or of the collection into which one is put.
    """
    tree = Tree(text)
    node, parent = place.node, place.parent
    first, last = node.start, node.end
    if isinstance(edit, Insert) and node.style == "block":
        count = len(node.items)
        at = edit.path[-1] if node.kind == "list" else count
        assert isinstance(at, int)
        lead = tree.lead_of(node, 0)
        if at > 0:
            end = text.count("\n", 0, node.items[min(at, count) - 1].end) + 1
            return end, text.count("\n") + 1 - end
        first = last = lead
    elif parent is not None and parent.style == "flow":
        first, last = parent.start, parent.end
    elif parent is not None:
        first = tree.lead_of(parent, place.position)
        is_gone = isinstance(edit, Delete)
        if is_gone and len(parent.items) == 1:
            before = text[: tree.lead_of(parent, 0)].rstrip()
            # The collection is left empty, and says so behind its key, above any comments.
            while before and before.splitlines()[-1].lstrip().startswith("#"):
                before = before[: before.rfind("\n")].rstrip()
            first = min(first, len(before))
        elif text[tree.line_start(first) : first].strip() and place.position + 1 < len(
            parent.items
        ):
            # What follows moves up behind the dash.
            last = tree.lead_of(parent, place.position + 1) if is_gone else last
    lines = text.count("\n") + 1
    begin = text.count("\n", 0, first)
    return begin, lines - 1 - text.count("\n", 0, max(first, last))


class Scribe:
    """Writes documents that are hard on editors, as its random numbers will have it."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def document(self) -> str:
        draw = self.draw
        text = draw.choice(["", "# top\n", "---\n", "# 😀\n\n"]) + self.block(draw.randint(1, 3), 0)
        text += draw.choice(["", "# end\n", "...\n", "", "---\nsecond: 1\n"])
        if draw.random() < 0.2:
            text = text.replace("\n", "\r\n")
        return text if draw.random() < 0.9 else text.rstrip("\r\n")

    def scalar(self, column: int) -> str:
        """A scalar; those of several lines have theirs beyond ``column``."""
        draw = self.draw
        word = draw.choice(WORDS)
        kind = draw.random()
        if kind < 0.25:
            return draw.choice(TYPED)
        if kind < 0.45:
            return "'" + word.replace("'", "''").replace("\n", " ") + "'"
        if kind < 0.6:
            return yaml.dump(word, default_style='"', width=2000, allow_unicode=False).strip()
        if kind < 0.8 or column < 0:
            return draw.choice(PLAIN)
        if kind < 0.9:
            return self.block_scalar(column)
        pad = " " * (column + 2)
        return draw.choice(["plain one\n{}goes on", '"double\n{}goes on"']).format(pad)

    def block_scalar(self, column: int) -> str:
        draw = self.draw
        style = draw.choice(["|", "|-", "|+", ">", ">-", "|2", ">+"])
        width = 2 if "2" in style else draw.choice([1, 2, 4])
        texts = ["text", "# no comment", "- no item", "k: v", "Tiếng 😀", "", "  more"]
        lines = [draw.choice(texts) for _ in range(draw.randint(1, 3))]
        if "2" not in style and lines[0][:1] in ("", " "):
            lines[0] = "first"
        pad = " " * (column + width)
        body = "\n".join(pad + line if line else "" for line in lines)
        ends = draw.choice(["", "\n", "\n\n"])
        return f"{style}{draw.choice(['', '  # hdr'])}\n{body}{ends}"

    def comment(self) -> str:
        number = self.draw.randint(0, 999)
        return self.draw.choice(["", "", "", f"   # c{number}", "  # ghi chú 😀", "\t# tab"])

    def flow(self, depth: int) -> str:
        draw = self.draw
        kind = draw.random()
        if depth <= 0 or kind < 0.5:
            return self.scalar(-1)
        inner = [self.flow(depth - 1) for _ in range(draw.randint(0, 3))]
        pad = draw.choice(["", " "])
        if kind < 0.75:
            return f"[{pad}{', '.join(inner)}{pad}]"
        return f"{{{pad}{', '.join(f'k{n}: {each}' for n, each in enumerate(inner))}{pad}}}"

    def between(self, column: int) -> str:
        pad = " " * column
        return self.draw.choice(
            ["", "", "", "", "\n", f"{pad}# own line\n", f"\n{pad}# para\n", "# col0\n"]
        )

    def block(self, depth: int, column: int) -> str:
        """A block collection from ``column``, its first line not indented, ended by a line end."""
        draw = self.draw
        pad = " " * column
        keys = draw.sample(["a", "b c", '"q k"', "'s'", "ệ", "7", "k/x", "t~", "😀"], 3)
        marks = ["-"] * 3 if draw.random() < 0.5 else [key + draw.choice(["", " "]) for key in keys]
        parts: list[str] = []
        for number, mark in enumerate(marks[: draw.randint(1, 3)]):
            if number:
                parts += (self.between(column), pad)
            is_item = mark == "-"
            parts += (mark, "" if is_item else ":", self.node(depth, column, is_item))
        return "".join(parts)

    def node(self, depth: int, column: int, is_item: bool) -> str:
        draw = self.draw
        kind = draw.random()
        if kind < 0.05:
            return self.comment() + "\n"
        if depth <= 0 or kind < 0.5:
            anchor = draw.choice([""] * 8 + [f"&n{draw.randint(0, 10**6)} "])
            words = self.scalar(column)
            if "\n" in words:
                return f" {anchor}{words}" + ("" if words.endswith("\n") else "\n")
            return f"{draw.choice([' ', '   '])}{anchor}{words}{self.comment()}\n"
        if kind < 0.65:
            return f" {self.flow(2)}{self.comment()}\n"
        if is_item and kind < 0.8:
            gap = draw.choice([1, 1, 3])
            return " " * gap + self.block(depth - 1, column + 1 + gap)
        inner = column + draw.choice([2, 2, 4, 3])
        pad = " " * inner
        return f"{self.comment()}\n{self.between(inner)}{pad}{self.block(depth - 1, inner)}"

    def edit(self, place: Place) -> Edit:
        draw = self.draw
        node, value = place.node, draw.choice(VALUES)
        kind = draw.choice(["set", "set", "delete", "insert"])
        if kind == "insert" and node.kind == "list":
            return Insert((*place.path, draw.randint(0, len(node.items))), value)
        if kind == "insert" and node.kind == "mapping":
            return Insert((*place.path, "new key"), value)
        if kind == "delete" and place.path:
            return Delete(place.path)
        return Set(place.path, value)
