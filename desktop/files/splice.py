"""Changes YAML text in places and leaves all else as it is, byte for byte.

Comments, blank lines, order, quotation marks, block and flow style, indentation, anchors and line
ends stay. What was written is read again and compared with what was meant; where that differs, the
edit is refused and the text is untouched. Nothing is ever written anew as a whole.

Paths lead into the first document of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml.error import YAMLError

from desktop.files.edits import Delete, Edit, EditRefused, Insert, Path, Rename, Set
from desktop.files.yaml_patches import Patch, ways
from desktop.files.yaml_spans import Node, TooDeep, Tree
from desktop.files.yaml_spots import Spot
from desktop.files.yaml_words import Plain, Unwritable, means

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Delete",
    "Edit",
    "EditRefused",
    "Insert",
    "Path",
    "Plain",
    "Rename",
    "Set",
    "splice",
    "spliced",
    "tree_of",
]

BYTE_ORDER_MARK: Final = "\ufeff"


def splice(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, made one after the other; EditRefused if one of them cannot be."""
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    return mark + spliced(tree_of(text[len(mark) :]), edits).text


def tree_of(text: str) -> Tree:
    """What the text says; EditRefused if that cannot be told."""
    try:
        return Tree(text)
    except YAMLError as error:
        raise EditRefused("edit-not-yaml", detail=str(getattr(error, "problem", error))) from error
    except TooDeep as error:
        raise EditRefused("edit-too-deep") from error


def spliced(tree: Tree, edits: Sequence[Edit]) -> Tree:
    """As ``splice``, for text that has been read; it has no byte order mark."""
    for edit in edits:
        tree = _edited(tree, edit)
    return tree


def _edited(tree: Tree, edit: Edit) -> Tree:
    spot = Spot.of(tree, edit)
    try:
        for patches in ways(spot, edit):
            text = _patched(tree.text, patches)
            try:
                after = Tree(text)
            except (YAMLError, TooDeep):
                continue
            if _is_meant(tree, after, edit):
                return after
    except Unwritable as error:
        raise EditRefused("edit-unwritable", edit.path) from error
    raise EditRefused("edit-not-in-place", edit.path)


def _patched(text: str, patches: Sequence[Patch]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, words in sorted(patches, key=lambda patch: patch[:2]):
        parts += (text[done:start], words)
        done = end
    return "".join((*parts, text[done:]))


def _is_meant(before: Tree, after: Tree, edit: Edit) -> bool:
    """Whether the text says after an edit what it said before, but for what was meant."""
    if len(before.documents) != len(after.documents):
        return False
    first, *rest = zip(before.documents, after.documents, strict=True)
    return _differs_by(*first, edit.path, edit) and all(_same(*pair) for pair in rest)


def _differs_by(before: Node, after: Node, path: Path, edit: Edit) -> bool:
    """Whether a node is another by an edit at a path below it, and by nothing else."""
    if not path:
        assert isinstance(edit, Set)
        return _says(before, after, edit.value)
    if not _is_alike(before, after):
        return False
    keys, items = [*before.keys], [*before.items]
    new_keys, new_items = [*after.keys], [*after.items]
    if len(path) == 1 and isinstance(edit, Insert):
        if before.kind == "list":
            assert isinstance(path[0], int)
            at = min(path[0], len(items))
        else:
            at = len(items) if edit.at is None else min(edit.at, len(items))
        if len(new_items) != len(items) + 1 or not means(new_items.pop(at), edit.value):
            return False
        if before.kind == "mapping" and not means(new_keys.pop(at), path[0]):
            return False
    else:
        at = before.positions(str(path[0]))[0] if before.kind == "mapping" else int(path[0])
        if len(path) == 1 and isinstance(edit, Delete):
            del items[at]
            if keys:
                del keys[at]
        elif len(path) == 1 and isinstance(edit, Rename):
            if at >= len(new_keys) or not means(new_keys[at], edit.key):
                return False
            keys[at] = new_keys[at]
        elif at >= len(new_items) or not _differs_by(items[at], new_items[at], path[1:], edit):
            return False
        else:
            items[at] = new_items[at]
    return _all_same(keys, new_keys) and _all_same(items, new_items)


def _says(before: Node, after: Node, value: Plain) -> bool:
    """Whether a node says a value, with the anchor and the tag that were there."""
    if before.kind != "alias" and before.anchor != after.anchor:
        return False
    if before.tag is not None:
        return after.tag == before.tag and after.text == value
    return means(after, value)


def _is_alike(before: Node, after: Node) -> bool:
    return (
        before.kind == after.kind
        and before.anchor == after.anchor
        and before.tag == after.tag
        and before.text == after.text
        and (before.style == "") == (after.style == "")
    )


def _all_same(before: Sequence[Node], after: Sequence[Node]) -> bool:
    return len(before) == len(after) and all(map(_same, before, after))


def _same(before: Node, after: Node) -> bool:
    return before is after or (
        _is_alike(before, after)
        and _all_same(before.keys, after.keys)
        and _all_same(before.items, after.items)
    )
