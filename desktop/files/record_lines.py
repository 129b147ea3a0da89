"""The lines of one record, read by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.files.draft import Piece
from desktop.files.edits import EditRefused, Path
from desktop.files.loader import NULLS
from desktop.files.splice import tree_of

if TYPE_CHECKING:
    from desktop.files.loader import Raw
    from desktop.files.yaml_spans import Node, Tree
    from desktop.model.dossier import Ref


def own_lines(piece: Piece) -> str:
    """The lines of a record, without those behind it that are not its own."""
    tree = alone(piece)
    return piece.text if tree is None else piece.text[: own_end(tree)]


def own_end(tree: Tree) -> int:
    """Where the last line ends that belongs to the record itself."""
    return tree.next_line(tree.documents[0].end)


def alone(piece: Piece) -> Tree | None:
    """A piece read by itself, if it holds the one record and nothing else."""
    assert piece.ref is not None
    try:
        tree = tree_of(piece.text)
    except EditRefused:
        return None
    if len(tree.documents) != 1:
        return None
    root = tree.documents[0]
    is_record = root.kind == "mapping" and root.style == "block" and len(root.keys) == 1
    return tree if is_record and root.keys[0].text == piece.ref.id else None


def says_the_same(ref: Ref, text: str, other: str) -> bool:
    """Whether lines say the same of a record with others behind them."""
    one, two = (alone(Piece(ref, each)) for each in (text, other))
    return one is not None and two is not None and raw_at(one, ()) == raw_at(two, ())


def node_at(tree: Tree, path: Path) -> Node:
    node = tree.documents[0]
    for step in path:
        node = node.items[node.positions(str(step))[0]]
    return node


def raw_at(tree: Tree, path: Path) -> Raw:
    return _raw(node_at(tree, path))


def _raw(node: Node) -> Raw:
    """What the loader makes of a node."""
    if node.kind == "mapping":
        return {key.text: _raw(item) for key, item in zip(node.keys, node.items, strict=True)}
    if node.kind == "list":
        return [_raw(item) for item in node.items]
    return None if node.style == "" and node.text in NULLS else node.text
