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
    edited, homes = dict(draft.edited), dict(draft.homes)
    for ref in again:
        if ref.kind not in draft.source.flow_kinds:
            _put_back(draft, saved, ref, edited, homes)
    for ordinal, pieces in edited.items():
        edited[ordinal] = tuple(_piece(saved, piece, now, before) for piece in pieces)
    found = Draft(draft.source, ChainMap({}, edited), ChainMap({}, homes))
    moved = {ref.kind for ref in again if found.home_of(ref) != draft.home_of(ref)}
    is_apart = any(_order(found, kind, now) != list(now.all_of(kind)) for kind in moved)
    return draft if is_apart else found


def _is_as_saved(ref: Ref, now: Dossier, before: Dossier) -> bool:
    record = now.find(ref)
    return record is not None and record == before.find(ref)


def _put_back(
    draft: Draft,
    saved: Draft,
    ref: Ref,
    edited: dict[int, tuple[Piece, ...]],
    homes: dict[Ref, int | None],
) -> None:
    """Let a record that was taken away, and has come again, stand where it stood."""
    here, home = draft.home_of(ref), saved.home_of(ref)
    if here is None or home is None or here == home:
        return
    if any(piece.ref for piece in edited.get(home, ())):
        return
    edited[here] = tuple(each for each in edited[here] if each.ref != ref)
    edited[home] = saved.pieces_at(home)
    homes[ref] = home


def _piece(saved: Draft, piece: Piece, now: Dossier, before: Dossier) -> Piece:
    if piece.ref is None or not _is_as_saved(piece.ref, now, before):
        return piece
    return saved.piece_of(piece.ref) or piece


def _order(draft: Draft, kind: type[Record], now: Dossier) -> list[str]:
    """The records of a kind in the order of the text, without those that could not be read."""
    return [ref.id for ref in draft.refs() if ref.kind is kind and ref not in now.left_out]
