"""The text of a file without the records that an edit has nothing to do with.

What cannot be edited by itself, as a section between braces or one that is not there yet, is edited
in the whole text. In a large file nearly all of that are records that stand on lines of their own:
while the edit is made and verified, one line stands for all of a section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.files.record_lines import own_lines
from desktop.model.records import About

if TYPE_CHECKING:
    from desktop.files.draft import Draft
    from desktop.model.records import Record


class Condensed(NamedTuple):
    """``cuts`` are the lines in ``text`` that stand for others, each with those."""

    text: str
    cuts: list[tuple[str, str]]

    def expanded(self, text: str) -> str | None:
        """The whole text again, after an edit of this one; None if that touched the cuts."""
        for line, lines in self.cuts:
            if text.count(line) != 1:
                return None
            text = text.replace(line, lines)
        return text


def condensed(draft: Draft, kind: type[Record]) -> Condensed:
    """The text of a draft with all of the records of a kind, and with few of the others."""
    source = draft.source
    name = "cut"
    while name in source.text:
        name += "-cut"
    cuts: list[tuple[str, str]] = []
    parts: list[str] = []
    done = 0
    for first, each, names in source.sections:
        if each in (None, About, kind) or each in source.flow_kinds or not names:
            continue
        pieces = [
            piece
            for ordinal in range(first, first + len(names))
            for piece in draft.pieces_at(ordinal)
        ]
        last = next((piece for piece in reversed(pieces) if piece.ref is not None), None)
        if last is None:
            continue
        place = pieces.index(last)
        own = own_lines(last)
        if not own.endswith("\n"):
            continue
        newline = "\r\n" if own.endswith("\r\n") else "\n"
        indent = own[: len(own) - len(own.lstrip(" "))]
        line = f"{indent}{name}-{len(cuts)}: 0{newline}"
        cuts.append((line, "".join(piece.text for piece in pieces[:place]) + own))
        rest = last.text[len(own) :] + "".join(piece.text for piece in pieces[place + 1 :])
        parts += (draft.between(done, first), line, rest)
        done = first + len(names)
    parts.append(draft.between(done, None))
    return Condensed("".join(parts), cuts)
