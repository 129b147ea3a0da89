"""The text of a merged file: theirs with our edits, or both where a person must choose."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from typing import NamedTuple

from desktop.files.draft import Draft
from desktop.files.edits import EditRefused
from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.files.merge import Conflict, merge
from desktop.files.reader import read
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.problems import Problem

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"
"""The lines by which git and every editor mark two versions; no facts file can hold them."""

MergeLines = Callable[[bytes, bytes, bytes], bytes | None]
"""Merges base, ours and theirs line by line; None where both changed the same lines."""


class MergedText(NamedTuple):
    """``data`` is None where the text could not be made; ``loses_layout`` where comments or layout
    that only we changed did not come over.
    """

    data: bytes | None
    conflicts: tuple[Conflict, ...] = ()
    refusal: Problem | None = None
    loses_layout: bool = False


def merge_text(
    base: FactsFile, ours: FactsFile, theirs: FactsFile, merge_lines: MergeLines
) -> MergedText:
    """Merge by record and field; where lines agree with that, as they do it, comments and all."""
    sides = base.reading.dossier, ours.reading.dossier, theirs.reading.dossier
    drafts = Draft.of(base), Draft.of(ours), Draft.of(theirs)
    met = merge(*sides)
    faulty = _faulty(sides, drafts)
    conflicts = (*met.conflicts, *(Conflict(ref, None, None, None, None) for ref in faulty))
    merged = met.applied_to(sides[2])
    if not conflicts:
        lines = merge_lines(base.data, ours.data, theirs.data)
        if lines is not None and _says(lines, merged):
            return MergedText(lines)
    try:
        draft = drafts[2].after(sides[2], merged, diff(sides[2], merged))
    except EditRefused as refused:
        return MergedText(None, conflicts, refused.problem)
    if conflicts:
        return MergedText(_marked(draft, merged, ours, conflicts), conflicts)
    return MergedText(draft.to_bytes(), loses_layout=_has_own_layout(sides, drafts))


def _faulty(sides: Iterable[Dossier], drafts: tuple[Draft, Draft, Draft]) -> list[Ref]:
    """Records with errors that we changed: of these there is only text, and theirs may differ."""
    found = []
    for ref in sorted(frozenset[Ref]().union(*(side.left_out for side in sides)), key=str):
        base, ours, theirs = (draft.slice_of(ref) for draft in drafts)
        if ours not in (base, theirs):
            found.append(ref)
    return found


def _says(data: bytes, wanted: Dossier) -> bool:
    try:
        found = diff(read(data).dossier, wanted)
    except FactsError:
        return False
    return not found.refs


def _has_own_layout(sides: tuple[Dossier, ...], drafts: tuple[Draft, ...]) -> bool:
    """Whether our text is other than the base with our edits made in it."""
    base, ours = sides[:2]
    try:
        return drafts[0].after(base, ours, diff(base, ours)).text() != drafts[1].text()
    except EditRefused:
        return True


def _marked(
    text: Draft, merged: Dossier, ours: FactsFile, conflicts: Iterable[Conflict]
) -> bytes | None:
    """Their text in which every record in conflict stands twice, between the marks.

    None where a record shares its lines with others, as in a section between braces.
    """
    whole, mine = text.text(), Draft.of(ours)
    end = "\r\n" if "\r\n" in whole else "\n"
    places: list[tuple[int, str, str]] = []
    for ref in dict.fromkeys(conflict.ref for conflict in conflicts):
        versions = text.slice_of(ref) or "", mine.slice_of(ref) or ""
        there = merged.find(ref), ours.reading.dossier.find(ref)
        start = _offset(whole, text.line_of(ref)) if versions[0] else len(whole)
        if any(record and not version for record, version in zip(there, versions, strict=True)):
            return None
        if not whole.startswith(versions[0], start):
            return None
        places.append((start, *versions))
    for start, other, own in sorted(places, reverse=True):
        before = whole[:start]
        before += "" if before.endswith("\n") or not before else end
        marked = [OURS, *_lines(own), BETWEEN, *_lines(other), THEIRS, ""]
        whole = before + end.join(marked) + whole[start + len(other) :]
    mark = codecs.BOM_UTF8 if text.to_bytes().startswith(codecs.BOM_UTF8) else b""
    return mark + whole.encode()


def _offset(text: str, line: int) -> int:
    """Where a line begins, which is counted from 1."""
    offset = 0
    for _ in range(line - 1):
        offset = text.index("\n", offset) + 1
    return offset


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []
