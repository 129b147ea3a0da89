"""Lets records that say again what was saved stand again in the very lines in which they were."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING

from desktop.files.draft import Draft, Piece

if TYPE_CHECKING:
    from desktop.model.dossier import ChangeSet, Dossier, Ref
    from desktop.model.records import Record


def in_saved_lines(
    draft: Draft, saved: Draft, states: tuple[Dossier, Dossier], changes: ChangeSet
) -> Draft:
    """A draft that says the same, what was taken back in its saved lines and comments.

    ``states`` are the facts as they are and as they were saved, ``changes`` what was edited last.
    Where lines have moved so far that their old place cannot be told, they stay as they are.
    """
    now, before = states
    again = [ref for ref in changes.refs if _is_as_saved(ref, now, before)]
    if not again or draft.source is not saved.source:
        return draft
    if now == before:
        return saved
    work = _Restoring(draft, saved, now, before)
    for ref in again:
        if ref.kind not in draft.source.flow_kinds:
            work.restore(ref)
    found = work.draft
    moved = {ref.kind for ref in again if found.home_of(ref) != draft.home_of(ref)}
    is_apart = any(_order(found, kind, now) != list(now.all_of(kind)) for kind in moved)
    return draft if is_apart else found


class _Restoring:
    """A draft in which saved lines are put back; lines that hold other records too stay."""

    def __init__(self, draft: Draft, saved: Draft, now: Dossier, before: Dossier) -> None:
        edited, homes = ({**draft.edited}, {**draft.homes})
        self.draft = Draft(draft.source, ChainMap({}, edited), ChainMap({}, homes))
        self._saved, self._now, self._before = saved, now, before

    def restore(self, ref: Ref) -> None:
        here, home = self.draft.home_of(ref), self._saved.home_of(ref)
        if here is None or home is None:
            return
        if here == home:
            self._restore_all_at(home)
        elif not _refs_at(self.draft, home) and _refs_at(self._saved, home) == [ref]:
            left = self._without(ref, here)
            if left is not None:
                self.draft.edited[here] = left
                self.draft.edited[home] = self._saved.pieces_at(home)
                self.draft.homes[ref] = home
                self._restore_all_at(here)

    def _restore_all_at(self, home: int) -> None:
        """Put back the saved lines of a place where the same records say the same as then."""
        refs = _refs_at(self.draft, home)
        is_same = refs == _refs_at(self._saved, home)
        if is_same and all(_is_as_saved(ref, self._now, self._before) for ref in refs):
            self.draft.edited[home] = self._saved.pieces_at(home)

    def _without(self, ref: Ref, here: int) -> tuple[Piece, ...] | None:
        """The pieces of a place without a record that was put there; None if that cannot be."""
        from desktop.files.record_lines import own_lines, says_the_same

        pieces = self.draft.pieces_at(here)
        place = [piece.ref for piece in pieces].index(ref)
        rest = pieces[place + 1 :]
        if not place:
            return rest
        elder = pieces[place - 1]
        if elder.ref is None:
            return None
        own = own_lines(elder)
        text = own + pieces[place].text[len(own_lines(pieces[place])) :]
        if elder.text[len(own) :].strip() or not says_the_same(elder.ref, own, text):
            return None
        return (*pieces[: place - 1], Piece(elder.ref, text), *rest)


def _is_as_saved(ref: Ref, now: Dossier, before: Dossier) -> bool:
    record = now.find(ref)
    return record is not None and record == before.find(ref)


def _refs_at(draft: Draft, home: int) -> list[Ref]:
    return [piece.ref for piece in draft.pieces_at(home) if piece.ref is not None]


def _order(draft: Draft, kind: type[Record], now: Dossier) -> list[str]:
    """The records of a kind in the order of the text, without those that could not be read."""
    return [ref.id for ref in draft.refs() if ref.kind is kind and ref not in now.left_out]
