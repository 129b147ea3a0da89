"""The place in YAML text where an edit is to be made, if it may be made there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.files.edits import Delete, Edit, EditRefused, Insert, Rename, Set
from desktop.files.yaml_words import Dress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.files.edits import Path
    from desktop.files.yaml_spans import Node, Tree

MERGE_KEY: Final = "<<"
_ORDERED_TAGS: Final = tuple(f"tag:yaml.org,2002:{name}" for name in ("omap", "pairs", "set"))


class Spot:
    """A node, with those around it from the root down and the place it has in each.

    For an insertion it is the collection into which something is put.
    """

    def __init__(
        self, tree: Tree, path: Path, chain: Sequence[Node], places: Sequence[int], in_flow: bool
    ) -> None:
        self.tree: Final = tree
        self.path: Final = path
        self.chain: Final = chain
        self.places: Final = places
        self.in_flow: Final = in_flow
        self.node: Final = chain[-1]
        self.parent: Final = chain[-2] if len(chain) > 1 else None
        self.place: Final = places[-1] if places else 0

    @classmethod
    def of(cls, tree: Tree, edit: Edit) -> Spot:
        """Find the place of an edit; EditRefused where it cannot be, or would reach further."""
        is_new = isinstance(edit, Insert)
        if not tree.documents or (is_new and not edit.path):
            raise EditRefused("edit-no-such-place", edit.path)
        chain, places = _descended(
            tree.documents[0], edit.path, edit.path[: -1 if is_new else None]
        )
        around = chain if is_new else chain[:-1]
        tags = [each.tag for each in around if each.tag in _ORDERED_TAGS]
        if tags:
            raise EditRefused("edit-tagged", edit.path, tag=str(tags[0]))
        if around and not isinstance(edit, Set) and around[-1].positions(MERGE_KEY):
            raise EditRefused("edit-merge-key", edit.path)
        in_flow = any(each.style == "flow" for each in around)
        spot = cls(tree, edit.path, chain, places, in_flow)
        spot._check_aliases(edit)
        return spot

    @property
    def above(self) -> Spot:
        """The spot of the collection around this one."""
        in_flow = any(each.style == "flow" for each in self.chain[:-2])
        return Spot(self.tree, self.path[:-1], self.chain[:-1], self.places[:-1], in_flow)

    @property
    def newline(self) -> str:
        return self.tree.newline(self.node.start)

    def _check_aliases(self, edit: Edit) -> None:
        """Refuse what would change, or leave behind, an alias somewhere else."""
        nodes = [*self.chain[0].walk()]
        aliases = [each for each in nodes if each.kind == "alias"]
        if not aliases:
            return
        gone = [] if isinstance(edit, Insert) else [*self.node.walk()]
        if self.parent is not None and self.parent.keys and isinstance(edit, Delete | Rename):
            gone += self.parent.keys[self.place].walk()
        inside = {id(each) for each in gone}
        used = {each.text for each in aliases}
        used_outside = {each.text for each in aliases if id(each) not in inside}
        named = [each.anchor for each in self.chain if each.anchor in used]
        named += [each.anchor for each in gone if each.anchor in used_outside]
        if named:
            raise EditRefused("edit-anchored", self.path, name=str(named[0]))

    @property
    def dress(self) -> Dress:
        """How far mappings and lists stand in, as the first ones nearby do."""
        step = list_step = None
        for node in self.chain[0].walk():
            if node.kind != "mapping" or node.style != "block" or not node.keys:
                continue
            column = self.column(node)
            for item in node.items:
                if item.style == "block" and item.kind == "list" and list_step is None:
                    list_step = self.column(item) - column
                if item.style == "block" and item.kind == "mapping" and step is None:
                    step = self.column(item) - column
            if step is not None and list_step is not None:
                break
        step = step if step is not None and 1 <= step <= 8 else 2
        is_sound = list_step is not None and 0 <= list_step <= 8
        return Dress(self.newline, step, list_step if is_sound and list_step is not None else step)

    def column(self, node: Node) -> int:
        """The column at which the entries of a block collection begin."""
        return self.tree.column(self.tree.lead_of(node, 0))

    @property
    def block_column(self) -> int:
        """The column of the block collection around the node; -1 at the root."""
        blocks = [each for each in self.chain[:-1] if each.style == "block"]
        return self.column(blocks[-1]) if blocks else -1


def _descended(root: Node, whole: Path, path: Path) -> tuple[list[Node], list[int]]:
    """The nodes along a path, and the place that each next one has in the one before."""
    chain, places = [root], []
    for step in path:
        node = chain[-1]
        if node.kind == "alias":
            raise EditRefused("edit-alias", whole, name=node.text)
        if step == MERGE_KEY:
            raise EditRefused("edit-merge-key", whole)
        found: list[int] = []
        if node.kind == "mapping":
            found = node.positions(str(step))
            if not found and node.positions(MERGE_KEY):
                raise EditRefused("edit-merge-key", whole)
        elif node.kind == "list" and isinstance(step, int) and 0 <= step < len(node.items):
            found = [step]
        if len(found) > 1:
            raise EditRefused("edit-repeated-key", whole, key=str(step))
        if not found:
            raise EditRefused("edit-no-such-place", whole)
        chain.append(node.items[found[0]])
        places.append(found[0])
    return chain, places
