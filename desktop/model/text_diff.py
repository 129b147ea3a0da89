"""Which lines of a text are new and which are gone."""

from __future__ import annotations

from typing import Literal, NamedTuple


class DiffLine(NamedTuple):
    """One line; ``number`` counts from 1, in the earlier text for "-", in the later for "+"."""

    sign: Literal["-", "+"]
    number: int
    text: str


def line_diff(
    before: str, after: str, *, before_line: int = 1, after_line: int = 1
) -> list[DiffLine]:
    """The lines that differ, those that are gone before those in their place.

    The texts begin at ``before_line`` and ``after_line`` of their files.
    """
    from difflib import SequenceMatcher  # nobody looks at a difference at the start

    old, new = before.splitlines(), after.splitlines()
    found: list[DiffLine] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [DiffLine("-", before_line + n, old[n]) for n in range(i, j)]
            found += [DiffLine("+", after_line + n, new[n]) for n in range(k, m)]
    return found
