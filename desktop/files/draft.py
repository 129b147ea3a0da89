"""The text of the open file as edited, in slices, one for each record.

An edit reads and writes the slice of its record alone, so it takes no longer in a large file. A
draft keeps the file as it was read, and what each edit has put in place of a slice of it. After an
edit the slice is read as the file will be, and has to give the very record that was meant.
"""

from __future__ import annotations

import codecs
from collections import ChainMap
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from desktop.files.reader import ABOUT, KIND_OF, Spans
from desktop.model.dossier import ChangeSet, Dossier, Ref, whole_id
from desktop.model.records import SECTION_OF, About, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.files.facts_file import FactsFile


class Piece(NamedTuple):
    """Whole lines of the file: those of one record with what follows it, or of none."""

    ref: Ref | None
    text: str


Edited: TypeAlias = "ChainMap[int, tuple[Piece, ...]]"
Homes: TypeAlias = "ChainMap[Ref, int | None]"


class Source:
    """A file as it was read, whose slices are cut out when they are asked for."""

    def __init__(self, data: bytes, spans: Spans) -> None:
        self.data = data
        self.spans = spans

    @property
    def mark(self) -> bytes:
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    @cached_property
    def text(self) -> str:
        return self.data[len(self.mark) :].decode()

    @cached_property
    def sections(self) -> list[tuple[int, type[Record] | None, list[str]]]:
        """The ordinal of each section's first record, their kind and their ids."""
        found, ordinal = [], 0
        for section, names in self.spans.sections():
            found.append((ordinal, KIND_OF.get(section), names))
            ordinal += len(names)
        return found

    @cached_property
    def flow_kinds(self) -> frozenset[type[Record]]:
        """The kinds whose records stand between braces: behind the last of them, one is closed."""
        ends = (
            (kind, self.spans[first + len(names) - 1][1])
            for first, kind, names in self.sections
            if kind is not None
        )
        return frozenset(kind for kind, end in ends if self.text.startswith("}", end))

    def refs(self) -> Iterator[tuple[int, Ref]]:
        """The records in the order of the file, with their ordinals."""
        for first, kind, names in self.sections:
            if kind is not None:
                for ordinal, name in enumerate(names, first):
                    yield ordinal, Ref(kind, name or ABOUT)

    def ref_at(self, ordinal: int) -> Ref | None:
        """The record with an ordinal; None for the format version, and if there is no such."""
        for first, kind, names in self.sections:
            if first <= ordinal < first + len(names) and kind is not None:
                return Ref(kind, names[ordinal - first] or ABOUT)
        return None

    def ordinal(self, ref: Ref) -> int | None:
        name = "" if ref.kind is About else ref.id
        return self.spans.ordinal(SECTION_OF[ref.kind], name)

    def bounds(self, ordinal: int) -> tuple[int, int]:
        """Where the lines of a record begin, and those of what comes behind it."""
        start, end = self.spans[ordinal]
        is_last = end >= len(self.text)
        return self._line(start), len(self.text) if is_last else self._line(end)

    def piece(self, ordinal: int, ref: Ref) -> Piece:
        return Piece(ref, self.text[slice(*self.bounds(ordinal))])

    def whole_lines(self, ordinal: int) -> str:
        """All lines on which a record stands, others on them as well."""
        start, end = self.spans[ordinal]
        after = self.text.find("\n", max(start, len(self.text[:end].rstrip(" \t\r\n,")) - 1))
        return self.text[self._line(start) : after + 1 if after >= 0 else len(self.text)]

    def _line(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1


class Draft:
    """The text of a file as edited; what an edit makes is a new Draft that shares all that stayed.

    ``edited`` are the pieces that now stand in place of a record of the source, by its ordinal;
    ``homes`` say for records that came, went or have another id behind which ordinal they stand.
    Of both, the latest entries are kept apart from those that drafts before have as well.
    """

    def __init__(self, source: Source, edited: Edited, homes: Homes) -> None:
        self.source = source
        self.edited = edited
        self.homes = homes

    @classmethod
    def of(cls, file: FactsFile) -> Draft:
        """The draft of a file that nobody has edited; takes no time until one does."""
        return cls(Source(file.data, file.reading.spans), ChainMap({}, {}), ChainMap({}, {}))

    def after(self, before: Dossier, after: Dossier, changes: ChangeSet) -> Draft:
        """The draft in which the file says ``after``; EditRefused where it cannot be made to."""
        from desktop.files.drafting import drafted

        return drafted(self, before, after, changes)

    def text(self) -> str:
        """The text without its byte order mark, its line ends as they were."""
        return self.source.text if not self.edited else self.between(0, None)

    def between(self, first: int, last: int | None) -> str:
        """The text from behind the record before an ordinal to the line on which another begins.

        The ordinal 0 is the beginning of the file, None its end.
        """
        source = self.source
        done = source.bounds(first - 1)[1] if first else 0
        stop = source.bounds(last)[0] if last is not None else len(source.text)
        parts: list[str] = []
        for ordinal in sorted(self.edited):
            if ordinal >= first and (last is None or ordinal < last):
                start, end = source.bounds(ordinal)
                parts.append(source.text[done:start])
                parts += (piece.text for piece in self.edited[ordinal])
                done = end
        return "".join((*parts, source.text[done:stop]))

    def to_bytes(self) -> bytes:
        """The file as it is to be written; unedited, the very bytes that were read."""
        return self.source.mark + self.text().encode() if self.edited else self.source.data

    def slice_of(self, ref: Ref) -> str | None:
        """The lines of one record, comments behind it left out; None if the file has no such.

        For a row of a table they are the table's.
        """
        ref = Ref(ref.kind, whole_id(ref.id))
        found = self.piece_of(ref)
        if found is None:
            return None
        if ref.kind in self.source.flow_kinds:
            home = self.home_of(ref)
            assert home is not None
            return self.source.whole_lines(home)
        from desktop.files.record_lines import own_lines

        return own_lines(found)

    def line_of(self, ref: Ref) -> int:
        """The line on which a record begins, from 1; 0 if the file has no such record."""
        ref = Ref(ref.kind, whole_id(ref.id))
        home = self.home_of(ref)
        if home is None:
            return 0
        line = self.source.text.count("\n", 0, self.source.bounds(home)[0]) + 1
        for ordinal, pieces in self.edited.items():
            if ordinal < home:
                start, end = self.source.bounds(ordinal)
                line -= self.source.text.count("\n", start, end)
                line += sum(piece.text.count("\n") for piece in pieces)
        for piece in self.edited.get(home, ()):
            if piece.ref == ref:
                break
            line += piece.text.count("\n")
        return line

    def refs(self) -> Iterator[Ref]:
        """The records in the order of the file, those too that could not be read."""
        for ordinal, ref in self.source.refs():
            if ordinal in self.edited:
                yield from (each.ref for each in self.edited[ordinal] if each.ref is not None)
            else:
                yield ref

    def home_of(self, ref: Ref) -> int | None:
        """The ordinal in the source where a record stands, or behind which it was put."""
        return self.homes[ref] if ref in self.homes else self.source.ordinal(ref)

    def pieces_at(self, ordinal: int) -> tuple[Piece, ...]:
        found = self.edited.get(ordinal)
        if found is not None:
            return found
        ref = self.source.ref_at(ordinal)
        return () if ref is None else (self.source.piece(ordinal, ref),)

    def piece_of(self, ref: Ref) -> Piece | None:
        home = self.home_of(ref)
        pieces = self.pieces_at(home) if home is not None else ()
        return next((piece for piece in pieces if piece.ref == ref), None)
