"""What changed between two dossiers, made in the text of the file.

A record that stands on lines of its own is edited there. One that shares them, as in a section
between braces, is edited in the whole text, which takes as long as reading the file.
"""

from __future__ import annotations

import re
from collections import ChainMap
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from desktop.files import fields
from desktop.files.condensing import Condensed, condensed
from desktop.files.draft import Draft, Edited, Homes, Piece, Source
from desktop.files.edits import Delete, Edit, EditRefused, Insert, Path, Rename, Set
from desktop.files.loader import FactsError, Loader
from desktop.files.reader import ABOUT, HEADER, KIND_OF, Spans
from desktop.files.record_lines import alone, node_at, own_end, raw_at, says_the_same
from desktop.files.splice import spliced, tree_of
from desktop.files.writer import edits_between, place_among, to_plain
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.records import ID, SECTION_OF, SECTIONS, About, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.files.loader import Raw
    from desktop.files.yaml_spans import Tree
    from desktop.files.yaml_words import Plain

K = TypeVar("K")
V = TypeVar("V")

_WHOLE: Final = frozenset({HEADER, ABOUT})
_MOST_LATEST: Final = 64


def drafted(draft: Draft, before: Dossier, after: Dossier, changes: ChangeSet) -> Draft:
    """The draft in which the file says ``after``; EditRefused where it cannot be made to."""
    work = _Work(draft)
    renamed = dict(_renamed(before, after, changes))
    olds = set(renamed.values())
    for ref in changes.removed - olds:
        work.delete(ref)
    for new, old in renamed.items():
        work.rename(old, new)
        work.change(_kept(before, old, new.id), _kept(after, new, new.id))
    for ref in changes.changed:
        if ref in before.left_out:
            raise _refused(EditRefused("edit-faulty-record"), ref)
        work.change(_kept(before, ref, ref.id), _kept(after, ref, ref.id))
    for ref, elder, younger in _with_siblings(after, changes.added - renamed.keys()):
        work.add(_kept(after, ref, ref.id), elder, younger)
    for kind in changes.reordered:
        work.arrange([Ref(kind, each) for each in after.all_of(kind)])
    return work.draft


def _kept(dossier: Dossier, ref: Ref, record_id: str) -> Record:
    record = dossier.find(ref)
    assert record is not None
    return record if record.id == record_id else msgspec.structs.replace(record, id=record_id)


def _refused(error: EditRefused, ref: Ref) -> EditRefused:
    """The same refusal, whose problem names the record."""
    kind = SECTION_OF[ref.kind]
    record_id = "" if ref.kind is About else ref.id
    field = error.problem.field
    for step in (kind, record_id):
        field = field[1:] if step and field[:1] == (step,) else field
    error.problem = msgspec.structs.replace(error.problem, kind=kind, id=record_id, field=field)
    return error


def _renamed(before: Dossier, after: Dossier, changes: ChangeSet) -> Iterator[tuple[Ref, Ref]]:
    """New addresses with the old ones, where a record only goes by another id at its place."""
    pairs: list[tuple[Ref, Ref]] = []
    for kind in {ref.kind for ref in changes.removed} & {ref.kind for ref in changes.added}:
        olds = [Ref(kind, each) for each in before.all_of(kind)]
        news = [Ref(kind, each) for each in after.all_of(kind)]
        here = there = 0
        while here < len(olds) and there < len(news):
            gone, come = olds[here] in changes.removed, news[there] in changes.added
            if gone and come:
                pairs.append((news[there], olds[here]))
            here += gone or not come
            there += come or not gone
    ids = {old.id: new.id for new, old in pairs}
    for new, old in pairs:
        was = _with_ids(to_plain(_kept(before, old, old.id)), ids)
        if was == _with_ids(to_plain(_kept(after, new, new.id)), ids):
            yield new, old


def _with_ids(value: Plain, ids: dict[str, str]) -> Plain:
    """A value in which records go by other ids, also where text names them."""
    if isinstance(value, dict):
        return {key: _with_ids(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_ids(each, ids) for each in value]
    if isinstance(value, str):
        return re.sub(ID, lambda found: ids.get(found[0], found[0]), value)
    return value


def _with_siblings(
    dossier: Dossier, added: frozenset[Ref]
) -> Iterator[tuple[Ref, Ref | None, Ref | None]]:
    """New records in their order, each with the one before it and the next one that is not new."""
    for kind in [each for each in SECTIONS.values() if any(ref.kind is each for ref in added)]:
        every = [Ref(kind, each) for each in dossier.all_of(kind)]
        first_old = next((ref for ref in every if ref not in added), None)
        for elder, ref in zip((None, *every), every, strict=False):
            if ref in added:
                yield ref, elder, first_old


class _Work:
    """A draft in the making."""

    def __init__(self, draft: Draft) -> None:
        self._condensed = Condensed("", [])
        self._begin(draft.source, _forked(draft.edited), _forked(draft.homes))

    def _begin(self, source: Source, edited: Edited, homes: Homes) -> None:
        self._source, self._edited, self._homes = source, edited, homes
        self.draft = Draft(source, edited, homes)

    def change(self, before: Record, after: Record) -> None:
        """Make the text say ``after`` where it says ``before``."""
        if before == after:
            return
        ref = Ref(type(after), after.id)
        tree = self._find(ref)
        whole = tree or self._condense(ref)
        path = (ref.id,) if tree else _path(ref)
        raw = raw_at(whole, path)
        edits: Sequence[Edit] = (
            edits_between(before, after, raw, path)
            if isinstance(raw, dict)
            else [Set(path, to_plain(after))]
        )
        if tree is None:
            self._in_whole(ref, edits, after)
            return
        text = _edited(ref, tree, edits).text
        _check(text, after)
        self._put(ref, (Piece(ref, text),))

    def rename(self, old: Ref, new: Ref) -> None:
        tree = self._find(old)
        if tree is None:
            self._in_whole(old, [Rename(_path(old), new.id)])
            return
        text = _edited(old, tree, [Rename((old.id,), new.id)]).text
        home = self.draft.home_of(old)
        self._put(old, (Piece(new, text),))
        self._homes[old] = None
        self._homes[new] = home

    def delete(self, ref: Ref) -> None:
        """Take away a record's own lines; comments and empty lines around them stay.

        One that the file never held takes the empty line along that was put before it.
        """
        tree = self._find(ref)
        if tree is None:
            self._in_whole(ref, [Delete(_path(ref))])
            return
        rest = tree.text[own_end(tree) :]
        elder, lines = self._above(ref)
        if elder is not None and not says_the_same(elder, lines, lines + rest):
            raise _refused(EditRefused("edit-not-in-place"), ref)
        if self._source.ordinal(ref) is None:
            self._close_gap(ref, tree.newline(0))
        self._put(ref, (Piece(None, rest),) if rest else ())
        self._homes[ref] = None

    def _close_gap(self, ref: Ref, newline: str) -> None:
        home = self.draft.home_of(ref)
        assert home is not None
        around, place = self.draft.pieces_at(home), self._place(ref, home)
        if not place:
            return
        above = around[place - 1]
        if above.text == newline or _ends_in_gap(above.text):
            above = above._replace(text=above.text.removesuffix(newline))
            self._edited[home] = (*around[: place - 1], above, *around[place:])

    def _above(self, ref: Ref) -> tuple[Ref | None, str]:
        """The record above one, with all the lines between them; None if it is the first."""
        home = self.draft.home_of(ref)
        assert home is not None
        pieces = [*self.draft.pieces_at(home)[: self._place(ref, home)]]
        while not any(piece.ref for piece in pieces) and home:
            home -= 1
            if _kind_at(self._source, home) is not ref.kind:
                return None, ""
            pieces[:0] = self.draft.pieces_at(home)
        places = [place for place, piece in enumerate(pieces) if piece.ref]
        if not places:
            return None, ""
        lines = "".join(piece.text for piece in pieces[places[-1] :])
        return pieces[places[-1]].ref, lines

    def add(self, record: Record, elder: Ref | None, younger: Ref | None) -> None:
        """Put a record behind its elder sibling, or before the younger one."""
        ref = Ref(type(record), record.id)
        sibling = elder or younger
        if sibling is None:
            self._add_to_section(ref, record)
            return
        tree = self._find(sibling)
        if tree is None:
            whole = self._condense(ref)
            at = node_at(whole, _path(sibling)[:-1]).positions(sibling.id)[0]
            edit = Insert(_path(ref), to_plain(record), at + 1 if elder else at)
            self._in_whole(ref, [edit], record)
            return
        like = [key.text for key in tree.documents[0].items[0].keys]
        edit = Insert((ref.id,), to_plain(record, like), 1 if elder else 0)
        whole = _edited(ref, tree, [edit])
        cut = whole.line_start(whole.lead_of(whole.documents[0], 1))
        first, second = whole.text[:cut], whole.text[cut:]
        _check(second if elder else first, record)
        pair = (sibling, ref) if elder else (ref, sibling)
        gap = tree.newline(0) if self._has_gap(sibling, tree) else ""
        if not says_the_same(pair[0], first, first + gap):
            gap = ""
        home = self.draft.home_of(sibling)
        self._put(sibling, (Piece(pair[0], first + gap), Piece(pair[1], second)))
        self._homes[ref] = home

    def _has_gap(self, sibling: Ref, tree: Tree) -> bool:
        """Whether an empty line parts the records around here."""
        home = self.draft.home_of(sibling)
        assert home is not None
        pieces, place = self.draft.pieces_at(home), self._place(sibling, home)
        start = self._source.bounds(home)[0]
        above = pieces[place - 1].text if place else self._source.text[max(start - 4, 0) : start]
        if _ends_in_gap(above):
            return True
        is_first = not place and _kind_at(self._source, home - 1) is not sibling.kind
        has_next = _kind_at(self._source, home + 1) is sibling.kind
        below = tree.text[own_end(tree) :]
        return is_first and has_next and below.startswith(tree.newline(0))

    def _add_to_section(self, ref: Ref, record: Record) -> None:
        """Put the first record of its kind into the file."""
        section = SECTION_OF[ref.kind]
        tree = self._condense(ref)
        root = tree.documents[0]
        plain: Plain = to_plain(record)
        places = root.positions(section)
        if places and root.items[places[0]].kind == "mapping":
            self._in_whole(ref, [Insert(_path(ref), plain)], record)
        elif places:
            self._in_whole(ref, [Set((section,), {ref.id: plain})], record)
        else:
            names = [key.text for key in root.keys]
            at = place_among(names, section, [HEADER, ABOUT, *SECTIONS])
            whole = _edited(ref, tree, [Insert((section,), {ref.id: plain}, at)])
            newline = tree.newline(0)
            cuts = [tree.line_start(key.start) for key in root.keys[1:]]
            has_gaps = any(tree.text.endswith(newline * 2, 0, cut) for cut in cuts)
            cut = whole.line_start(whole.documents[0].keys[at].start)
            gap = newline if has_gaps and root.style == "block" else ""
            self._read_anew(ref, whole.text[:cut] + gap + whole.text[cut:], record)

    def arrange(self, refs: Sequence[Ref]) -> None:
        """Put the records of a kind into another order; what stands between them stays there."""
        lines: dict[Ref, str] = {}
        slots: list[tuple[int, int, str]] = []
        arranged = set(refs)
        for ref in [each for each in self.draft.refs() if each in arranged]:
            tree = self._find(ref)
            home = self.draft.home_of(ref)
            if tree is None or home is None:
                raise _refused(EditRefused("edit-not-in-place"), ref)
            end = own_end(tree)
            own = tree.text[:end]
            slots.append((home, self._place(ref, home), tree.text[end:]))
            lines[ref] = own if own.endswith("\n") else own + tree.newline(0)
        for (home, place, rest), ref in zip(slots, refs, strict=True):
            if not says_the_same(ref, lines[ref], lines[ref] + rest):
                raise _refused(EditRefused("edit-not-in-place"), ref)
            pieces = [*self.draft.pieces_at(home)]
            pieces[place] = Piece(ref, lines[ref] + rest)
            self._edited[home] = tuple(pieces)
            self._homes[ref] = home

    def _find(self, ref: Ref) -> Tree | None:
        """What the lines of a record say, if it can be edited by itself."""
        piece = self.draft.piece_of(ref)
        if piece is None:
            raise _refused(EditRefused("edit-no-such-place"), ref)
        return None if ref.kind in self._source.flow_kinds else alone(piece)

    def _place(self, ref: Ref, home: int) -> int:
        return [piece.ref for piece in self.draft.pieces_at(home)].index(ref)

    def _put(self, ref: Ref, pieces: tuple[Piece, ...]) -> None:
        """Put pieces in place of that of a record."""
        home = self.draft.home_of(ref)
        assert home is not None
        around, place = self.draft.pieces_at(home), self._place(ref, home)
        self._edited[home] = (*around[:place], *pieces, *around[place + 1 :])

    def _in_whole(self, ref: Ref, edits: Sequence[Edit], record: Record | None = None) -> None:
        """Edit the whole text, and cut it anew."""
        self._read_anew(ref, _edited(ref, self._condense(ref), edits).text, record)

    def _condense(self, ref: Ref) -> Tree:
        """The whole text, read, with what is needed to edit a record or the section it is in."""
        self._condensed = condensed(self.draft, ref.kind)
        try:
            return tree_of(self._condensed.text)
        except EditRefused as error:
            raise _refused(error, ref) from error

    def _read_anew(self, ref: Ref, condensed_text: str, record: Record | None) -> None:
        text = self._condensed.expanded(condensed_text)
        if text is None:
            raise _refused(EditRefused("edit-not-in-place"), ref)
        data = self._source.mark + text.encode()
        spans = Spans()
        raw: Raw = None
        try:
            for entry in Loader(data, _WHOLE):
                if entry.section in KIND_OF and (entry.id is not None or entry.section == ABOUT):
                    spans.add(entry.section, entry.id or "", entry.start, entry.end)
                    if (entry.section, entry.id or ABOUT) == (SECTION_OF[ref.kind], ref.id):
                        raw = entry.raw
        except FactsError as error:
            raise _refused(EditRefused(error.problem.code, **error.problem.params), ref) from error
        if record is not None:
            _check_raw(raw, record)
        self._begin(Source(data, spans), ChainMap({}, {}), ChainMap({}, {}))


def _forked(entries: ChainMap[K, V]) -> ChainMap[K, V]:
    """A copy to write into, which shares all but the latest entries."""
    latest, shared = entries.maps
    if len(latest) > _MOST_LATEST:
        return ChainMap({}, {**shared, **latest})
    return ChainMap({**latest}, shared)


def _kind_at(source: Source, ordinal: int) -> type[Record] | None:
    ref = source.ref_at(ordinal)
    return ref.kind if ref is not None else None


def _ends_in_gap(text: str) -> bool:
    """Whether the last line is empty."""
    return text.replace("\r", "").endswith("\n\n")


def _path(ref: Ref) -> Path:
    """Where a record stands in the whole text."""
    return (ABOUT,) if ref.kind is About else (SECTION_OF[ref.kind], ref.id)


def _edited(ref: Ref, tree: Tree, edits: Sequence[Edit]) -> Tree:
    try:
        return spliced(tree, edits)
    except EditRefused as error:
        raise _refused(error, ref) from error


def _check(text: str, record: Record) -> None:
    """Refuse a slice that does not read as the record."""
    ref = Ref(type(record), record.id)
    head = "" if ref.kind is About else f"{SECTION_OF[ref.kind]}:\n"
    try:
        entries = [*Loader((head + text).encode(), _WHOLE)]
    except FactsError as error:
        raise _refused(EditRefused(error.problem.code, **error.problem.params), ref) from error
    if len(entries) != 1 or (entries[0].id or ABOUT) != ref.id:
        raise _refused(EditRefused("edit-not-in-place"), ref)
    _check_raw(entries[0].raw, record)


def _check_raw(raw: Raw, record: Record) -> None:
    if isinstance(raw, dict):
        try:
            if fields.to_record(type(record), record.id, raw) == record:
                return
        except msgspec.ValidationError:
            pass  # fields left empty: read one by one below
    found, faults = fields.to_record_or_faults(type(record), record.id, raw)
    if faults or found != record:
        raise _refused(EditRefused("edit-not-in-place"), Ref(type(record), record.id))
