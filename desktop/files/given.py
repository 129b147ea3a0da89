"""What this person keeps of briefings: where one stands now, and what it said when it was given.

Both are small JSON files in the folder for a person's data; one that cannot be read counts as none.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, TypeVar

import msgspec

BOOKMARK: Final = "presenting.json"
_GIVEN: Final = "given.json"
_MOST_GIVEN: Final = 200

T = TypeVar("T")


class Given(msgspec.Struct, frozen=True):
    """A briefing as it was given or exported: ``facts`` are what each fact said, by id."""

    file: str
    briefing: str
    audience: str
    day: str
    facts: dict[str, str]


def read_bookmark(folder: Path, kind: type[T]) -> T | None:
    """Where a briefing stood when the program was lost, as a ``kind`` of struct."""
    return _read(folder / BOOKMARK, kind)


def write_bookmark(folder: Path, mark: msgspec.Struct) -> None:
    """Keep where a briefing stands; raises OSError."""
    _write(folder / BOOKMARK, mark)


def drop_bookmark(folder: Path) -> None:
    """The briefing has come to its end."""
    (folder / BOOKMARK).unlink(missing_ok=True)


def last_given(folder: Path, file: str, briefing: str) -> Given | None:
    """The last time a briefing of a file was given or exported."""
    given = _read(folder / _GIVEN, list[Given]) or []
    same = (each for each in reversed(given) if (each.file, each.briefing) == (file, briefing))
    return next(same, None)


def remember_given(folder: Path, given: Given) -> None:
    """Keep what a briefing said; raises OSError. The oldest of very many are forgotten."""
    kept = _read(folder / _GIVEN, list[Given]) or []
    _write(folder / _GIVEN, [*kept, given][-_MOST_GIVEN:])


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(msgspec.json.encode(content))
    os.replace(beside, path)
