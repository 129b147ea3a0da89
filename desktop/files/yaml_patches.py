"""Where an edit of YAML text is made, and what is put there.

A patch is a start, an end and the words to stand between them. For each edit there are a few, the
best first: whoever asks takes the first after which the text says what was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from desktop.files.edits import Delete, Edit, EditRefused, Insert, Rename
from desktop.files.yaml_words import (
    Bare,
    block_scalar,
    block_words,
    entry_words,
    flow_words,
    folded,
    is_line,
    item_words,
    key_words,
    means,
    scalar_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.files.yaml_spans import Node
    from desktop.files.yaml_spots import Spot
    from desktop.files.yaml_words import Plain

Patch: TypeAlias = tuple[int, int, str]
"""Start, end, and what is put between them."""

_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_END_OF_LINE = re.compile(r"[ \t]*(?:(?<![^ \t])#[^\n]*?)?\r?(?=\n|\Z)")
_BLOCK_HEADER = re.compile(r"[|>]([-+0-9]*)([ \t]*(?:(?<=[ \t])#[^\r\n]*)?)")


def ways(spot: Spot, edit: Edit) -> Iterator[list[Patch]]:
    """The patches for an edit, and others should these not be read as it is meant."""
    if isinstance(edit, Rename):
        yield from _renamed(spot, edit.key)
    elif isinstance(edit, Delete):
        yield from _deleted(spot)
    elif isinstance(edit, Insert):
        yield from _inserted(spot, edit)
    elif means(spot.node, edit.value):
        yield []
    elif isinstance(edit.value, dict | list):
        yield from _collection_set(spot, edit.value)
    else:
        yield from _scalar_set(spot, edit.value)


def _scalar_set(spot: Spot, value: Plain) -> Iterator[list[Patch]]:
    tree, node = spot.tree, spot.node
    if node.tag is not None and not (node.tag == _TEXT_TAG and isinstance(value, str)):
        raise EditRefused("edit-tagged", spot.path, tag=node.tag)
    body = tree.body(node)
    if node.kind in ("list", "mapping") and node.style == "block":
        yield _without_block(spot, scalar_words(value))
        return
    if node.style in ("|", ">"):
        yield from _block_scalar_set(spot, value)
        return
    if body >= node.end and node.text == "" and node.style == "" and node.kind == "scalar":
        yield from _empty_set(spot, scalar_words(value, "", spot.in_flow))
        return
    if isinstance(value, str) and "\n" in tree.text[body : node.end]:
        yield from _folded_set(spot, value)
    style = node.style if node.kind == "scalar" else ""
    if node.tag is not None and isinstance(value, str):
        yield [(body, node.end, scalar_words(Bare(value), style, spot.in_flow))]
    yield [(body, node.end, scalar_words(value, style, spot.in_flow))]
    if isinstance(value, str):
        yield [(body, node.end, scalar_words(value, '"', spot.in_flow))]


def _folded_set(spot: Spot, value: str) -> Iterator[list[Patch]]:
    """For text that goes over several lines: break the new one likewise."""
    tree, node = spot.tree, spot.node
    body = tree.body(node)
    mark = node.style
    raw = tree.text[body + len(mark) : node.end - len(mark)]
    lines = re.split(r"[ \t]*\r?\n", raw)
    pad = re.match(r"[ \t]*", lines[-1])
    assert pad is not None
    words = [line.strip(" \t") for line in lines]
    if " ".join(words) != node.text or any(sign in value for sign in "\\'\""):
        return
    if len(words) > 2 and len({len(line) - len(line.lstrip(" \t")) for line in lines[1:]}) > 1:
        return
    broken = folded(value, words, max(map(len, words)))
    yield [(body, node.end, mark + (spot.newline + pad[0]).join(broken) + mark)]


def _block_scalar_set(spot: Spot, value: Plain) -> Iterator[list[Patch]]:
    tree, node = spot.tree, spot.node
    body = tree.body(node)
    header = _BLOCK_HEADER.match(tree.text, body)
    if header is None:
        return
    lines = [line.rstrip("\r") for line in tree.text[header.end() : node.end].split("\n")[1:]]
    full = [line for line in lines if line.strip(" \t")]
    parent = spot.block_column
    digit = re.search(r"[0-9]", header[1])
    if digit:
        column = max(parent, 0) + int(digit[0])
    elif full:
        column = len(full[0]) - len(full[0].lstrip(" "))
    else:
        column = max(parent, 0) + spot.dress.step
    if isinstance(value, str):
        folds = [line.strip(" \t") for line in full] if len(full) == len(lines) else []
        if " ".join(folds) != node.text.rstrip("\n"):
            folds = []
        words = block_scalar(
            value, node.style, parent, column, spot.newline, header=header, folds=folds
        )
        if words is not None:
            yield [(body, node.end, words)]
    yield [(body, node.end, scalar_words(value, '"' if isinstance(value, str) else "") + header[2])]


def _empty_set(spot: Spot, words: str) -> Iterator[list[Patch]]:
    """For nothing at all behind a key or a dash."""
    tree, node, parent = spot.tree, spot.node, spot.parent
    at = node.end
    before = tree.text[at - 1 : at]
    gap = "" if before in (" ", "\t", "") else " "
    if (
        parent is not None
        and parent.kind == "mapping"
        and tree.colon_of(parent, spot.place) is None
    ):
        if parent.style == "flow":
            yield [(at, at, f": {words}")]
        return
    behind = tree.text[at : at + 1]
    yield [(at, at, gap + words + (" " if behind == "#" else ""))]


def _without_block(spot: Spot, words: str) -> list[Patch]:
    """For a block collection: what replaces it stands behind its key or its dash."""
    tree, node, parent = spot.tree, spot.node, spot.parent
    lead = tree.lead_of(node, 0)
    if node.tag is not None:
        raise EditRefused("edit-tagged", spot.path, tag=node.tag)
    if node.anchor is not None:
        raise EditRefused("edit-anchored", spot.path, name=node.anchor)
    if not tree.text[tree.line_start(lead) : lead].strip(" ") and parent is not None:
        if parent.kind == "mapping":
            colon = tree.colon_of(parent, spot.place)
            opened = colon + 1 if colon is not None else None
        else:
            opened = tree.lead_of(parent, spot.place) + 1
        if opened is not None and opened < tree.line_start(lead):
            end = tree.line_end(node.end)
            first = tree.line_start(lead)
            # Without the lines, the line end before them goes where the file has none behind them.
            cut = (first, tree.next_line(node.end))
            if end == len(tree.text):
                cut = (tree.line_end(tree.line_start(first - 1)), end)
            return [(opened, opened, f" {words}"), (*cut, "")]
    return [(lead, node.end, words)]


def _collection_set(spot: Spot, value: Plain) -> Iterator[list[Patch]]:
    tree, node, parent = spot.tree, spot.node, spot.parent
    if node.tag is not None:
        raise EditRefused("edit-tagged", spot.path, tag=node.tag)
    body = tree.body(node)
    flow = flow_words(value)
    is_empty = node.kind == "scalar" and not node.style and body >= node.end
    if spot.in_flow or not value or node.style == "flow":
        if is_empty:
            yield from _empty_set(spot, flow)
        elif node.style == "block":
            yield _without_block(spot, flow)
        else:
            yield [(body, node.end, flow)]
        return
    dress = spot.dress
    if node.style == "block":
        lead = tree.lead_of(node, 0)
        yield [(lead, node.end, block_words(value, tree.column(lead), node, dress))]
        yield _without_block(spot, flow)
        return
    if parent is None:
        yield [(body, node.end, block_words(value, 0, None, dress))]
    elif parent.kind == "mapping" and not is_line(value, tree.column(body) + 1, None):
        step = dress.step if isinstance(value, dict) else dress.list_step
        column = max(spot.block_column, 0) + step
        lines = block_words(value, column, None, dress)
        end = tree.line_end(node.end)
        start = body
        while start and tree.text[start - 1] in " \t":
            start -= 1
        below = (end, end, f"{dress.newline}{' ' * column}{lines}")
        yield [below] if is_empty else [(start, node.end, ""), below]
    if is_empty:
        yield from _empty_set(spot, flow)
    else:
        yield [(body, node.end, flow)]


def _renamed(spot: Spot, key: str) -> Iterator[list[Patch]]:
    parent = spot.parent
    if parent is None or parent.kind != "mapping":
        raise EditRefused("edit-no-such-place", spot.path)
    old = parent.keys[spot.place]
    if old.text != key and parent.positions(key):
        raise EditRefused("edit-key-taken", spot.path, key=key)
    if old.tag is not None:
        raise EditRefused("edit-tagged", spot.path, tag=old.tag)
    style = old.style if old.style in ("'", '"') else ""
    yield [(spot.tree.body(old), old.end, key_words(key, style, spot.in_flow))]


def _inserted(spot: Spot, edit: Insert) -> Iterator[list[Patch]]:
    node, last = spot.node, edit.path[-1]
    if node.kind not in ("list", "mapping"):
        raise EditRefused("edit-no-such-place", edit.path)
    count = len(node.items)
    if node.kind == "list":
        if not isinstance(last, int) or last < 0:
            raise EditRefused("edit-no-such-place", edit.path)
        at = min(last, count)
    else:
        if node.positions(str(last)):
            raise EditRefused("edit-key-taken", edit.path, key=str(last))
        at = count if edit.at is None else min(edit.at, count)
    if spot.in_flow:
        yield from _inserted_in_flow(spot, last, edit.value, at)
    else:
        yield from _inserted_in_block(spot, last, edit.value, at)


def _inserted_in_block(spot: Spot, last: str | int, value: Plain, at: int) -> Iterator[list[Patch]]:
    tree, node, dress = spot.tree, spot.node, spot.dress
    lead = tree.lead_of(node, 0)
    column = tree.column(lead)
    sibling = node.items[max(at - 1, 0)]
    if node.kind == "list":
        gap = sibling.start - tree.lead_of(node, max(at - 1, 0)) - 1
        is_near = 1 <= gap <= 8 and "\n" not in tree.text[sibling.start - gap : sibling.start]
        lines = item_words(value, column, sibling, dress, gap if is_near else 1)
    else:
        key = node.keys[max(at - 1, 0)]
        style = key.style if key.style in ("'", '"') else ""
        lines = entry_words(last, value, column, sibling, dress, style)
    pad = " " * column
    if at == 0:
        yield [(lead, lead, f"{lines}{dress.newline}{pad}")]
        return
    end = tree.line_end(sibling.end)
    yield [(end, end, f"{dress.newline}{pad}{lines}")]
    # Without a line end behind it a block of text cannot be the last thing in the file.
    short = flow_words(value)
    lines = f"{key_words(last)}: {short}" if node.kind == "mapping" else f"- {short}"
    yield [(end, end, f"{dress.newline}{pad}{lines}")]


def _inserted_in_flow(spot: Spot, last: str | int, value: Plain, at: int) -> Iterator[list[Patch]]:
    tree, node = spot.tree, spot.node
    text = tree.text
    opened = tree.body(node)
    if text[opened : opened + 1] not in ("[", "{"):
        return
    twin = node.items[max(at - 1, 0)] if node.items else None
    words = flow_words(value, twin)
    if node.kind == "mapping":
        words = f"{key_words(last, '', True)}: {words}"
    if not node.items:
        yield [(opened + 1, opened + 1, words)]
        return
    starts = [each.start for each in (node.keys or node.items)]
    if at < len(starts):
        begin = starts[at]
        own_line = not text[tree.line_start(begin) : begin].strip(" ")
        gap = spot.newline + text[tree.line_start(begin) : begin] if own_line else " "
        yield [(begin, begin, f"{words},{gap}")]
        return
    end, begin = node.items[-1].end, starts[-1]
    comma = re.compile(r"[ \t]*,").match(text, end)
    own_line = not text[tree.line_start(begin) : begin].strip(" ")
    if own_line:
        indent = text[tree.line_start(begin) : begin]
        line_end = tree.line_end(comma.end() if comma else end)
        below = min(line_end, node.end - 1)
        new = f"{spot.newline}{indent}{words}{',' if comma else ''}"
        if below == line_end:
            yield [(below, below, new)] if comma else [(end, end, ","), (below, below, new)]
    if comma:
        yield [(comma.end(), comma.end(), f" {words},")]
    yield [(end, end, f", {words}")]


def _deleted(spot: Spot) -> Iterator[list[Patch]]:
    parent = spot.parent
    if parent is None:
        raise EditRefused("edit-no-such-place", spot.path)
    if parent.style == "flow":
        yield from _deleted_from_flow(spot, parent)
    else:
        yield from _deleted_from_block(spot, parent)


def _deleted_from_flow(spot: Spot, parent: Node) -> Iterator[list[Patch]]:
    tree, node, place = spot.tree, spot.node, spot.place
    text = tree.text
    starts = [each.start for each in (parent.keys or parent.items)]
    if parent.keys:
        starts = [_question(text, start) for start in starts]
    begin = starts[place]
    comma = re.compile(r"\s*,").match(text, node.end)
    if len(starts) == 1:
        yield [(begin, comma.end() if comma else node.end, "")]
        return
    # Alone on its lines: they go, with the comma and the comment on them.
    line, end = tree.line_start(begin), comma.end() if comma else node.end
    below = _END_OF_LINE.match(text, end)
    is_alone = not text[line:begin].strip(" \t") and below is not None
    if is_alone and (comma or place == len(starts) - 1):
        yield [(line, tree.next_line(end), "")]
    if place < len(starts) - 1:
        yield [(begin, starts[place + 1], "")]
    else:
        before = parent.items[place - 1].end
        yield [(before, node.end, "")]


def _question(text: str, start: int) -> int:
    found = re.search(r"\?[ \t]+\Z", text[:start])
    return found.start() if found else start


def _deleted_from_block(spot: Spot, parent: Node) -> Iterator[list[Patch]]:
    tree, node, place = spot.tree, spot.node, spot.place
    text = tree.text
    if len(parent.items) == 1:
        empty = "[]" if parent.kind == "list" else "{}"
        whole = [(tree.lead_of(parent, 0), parent.end, empty)]
        yield _without_block(spot.above, empty) if len(spot.path) > 1 else whole
        return
    lead = tree.lead_of(parent, place)
    line, end = tree.line_start(lead), max(node.end, lead + 1)
    if not _END_OF_LINE.match(text, end):
        return
    if not text[line:lead].strip(" "):
        stop = tree.next_line(end)
        if stop == len(text) and not text.endswith("\n") and line:
            yield [(tree.line_end(line - 1), stop, "")]
        yield [(line, stop, "")]
        return
    # It shares its line with the dash of the list around it: the next entry moves up there.
    following = tree.lead_of(parent, place + 1) if place + 1 < len(parent.items) else None
    if following is not None and not text[end : tree.line_start(following)].strip():
        yield [(lead, following, "")]
    yield [(lead, tree.line_end(end), "")]
