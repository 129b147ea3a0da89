"""The text of the open file as edited, in slices, one for each record.

An edit reads and writes the slice of its record alone, so it takes no longer in a large file. Of
the file as it was read a draft keeps what was read; beside it stands what each edit put in its
place.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from desktop.files.reader import KIND_OF
from desktop.files.splice import EditRefused
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.records import About

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.files.facts_file import FactsFile


class _Piece(NamedTuple):
    """Whole lines of the file: those of one record with what follows it, or of none."""

    ref: Ref | None
    text: str


class _Source:
    """A file as it was read, cut into pieces when one is first asked for."""

    def __init__(self, file: FactsFile) -> None:
        self.file = file

    @cached_property
    def text(self) -> str:
        return str(self.file.reading.text)

    @cached_property
    def ordinals(self) -> dict[Ref, int]:
        """Which piece each record stands in."""
        found = {}
        for section, name, start, _ in self.file.reading.spans:
            kind = KIND_OF.get(section)
            if kind is not None:
                ref = Ref(kind, name or About.__name__.lower())
                found[ref] = bisect_right(self.cuts, start) - 1
        return found

    @cached_property
    def refs(self) -> dict[int, Ref]:
        return {ordinal: ref for ref, ordinal in self.ordinals.items()}

    @cached_property
    def cuts(self) -> list[int]:
        """The offset of the line on which each piece begins; the first is 0."""
        spans = self.file.reading.spans
        places = {place for _, _, start, end in spans for place in (start, end)}
        rfind = self.text.rfind
        lines = {rfind("\n", 0, place) + 1 for place in places}
        return sorted(lines | {0})

    def piece(self, ordinal: int) -> _Piece:
        return _Piece(self.refs.get(ordinal), self.text[slice(*self.span(ordinal))])

    def span(self, ordinal: int) -> tuple[int, int]:
        end = ordinal + 1
        return self.cuts[ordinal], self.cuts[end] if end < len(self.cuts) else len(self.text)


class Draft:
    """The text of a file as edited; what an edit makes is a new Draft that shares all that stayed.

    ``_edited`` holds, by the ordinal of a piece of the source, the pieces now in its place.
    """

    def __init__(self, source: _Source, edited: Mapping[int, tuple[_Piece, ...]]) -> None:
        self._source = source
        self._edited = edited

    @classmethod
    def of(cls, file: FactsFile) -> Draft:
        """The draft of a file that nobody has edited; takes no time until one does."""
        return cls(_Source(file), {})

    def after(self, before: Dossier, after: Dossier, changes: ChangeSet) -> Draft:
        """The draft in which the file says ``after``; EditRefused where it cannot be made to."""
        if changes.added or changes.removed or changes.reordered:
            raise EditRefused("edit-not-in-place")
        edited = dict(self._edited)
        for ref, names in changes.changed.items():
            ordinal = self._ordinal(ref)
            pieces = list(self._pieces(ordinal)) if ordinal is not None else []
            for place, piece in enumerate(pieces):
                if piece.ref == ref:
                    pieces[place] = _Piece(ref, _with_scalars(piece.text, after.find(ref), names))
            if ordinal is None or ref in before.left_out:
                raise EditRefused("edit-faulty-record")
            edited[ordinal] = tuple(pieces)
        return Draft(self._source, edited)

    def text(self) -> str:
        """The text without its byte order mark, its line ends as they were."""
        if not self._edited:
            return self._source.text
        parts: list[str] = []
        done = 0
        for ordinal in sorted(self._edited):
            start, end = self._source.span(ordinal)
            parts.append(self._source.text[done:start])
            parts += (piece.text for piece in self._edited[ordinal])
            done = end
        parts.append(self._source.text[done:])
        return "".join(parts)

    def to_bytes(self) -> bytes:
        """The file as it is to be written; unedited, the very bytes that were read."""
        data = self._source.file.data
        if not self._edited:
            return data
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        return mark + self.text().encode()

    def slice_of(self, ref: Ref) -> str | None:
        """The lines of one record, or None if the file has no such record."""
        ordinal = self._ordinal(ref)
        pieces = self._pieces(ordinal) if ordinal is not None else ()
        return next((piece.text for piece in pieces if piece.ref == ref), None)

    def line_of(self, ref: Ref) -> int:
        """The line on which a record begins, from 1; 0 if the file has no such record."""
        text = self.text()
        offset = 0
        for piece in self._all():
            if piece.ref == ref:
                return text.count("\n", 0, offset) + 1
            offset += len(piece.text)
        return 0

    def refs(self) -> Iterator[Ref]:
        """The records in the order of the file, those too that could not be read."""
        return (piece.ref for piece in self._all() if piece.ref is not None)

    def _all(self) -> Iterator[_Piece]:
        for ordinal in range(len(self._source.cuts)):
            yield from self._pieces(ordinal)

    def _pieces(self, ordinal: int) -> tuple[_Piece, ...]:
        found = self._edited.get(ordinal)
        return (self._source.piece(ordinal),) if found is None else found

    def _ordinal(self, ref: Ref) -> int | None:
        return self._source.ordinals.get(ref)


def _with_scalars(text: str, record: object, names: frozenset[str]) -> str:
    for name in names:
        field = re.compile(rf"^(\s+{name}:[ \t]+)\S[^\r\n#]*?(?=[ \t]*(?:#.*)?\r?$)", re.MULTILINE)
        value = getattr(record, name)
        text, count = field.subn(lambda found, value=value: f"{found[1]}{value}", text)
        if count != 1 or not isinstance(value, object) or value is None:
            raise EditRefused("edit-not-in-place", (name,))
    return text
