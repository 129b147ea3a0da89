"""Unsaved work, kept outside the facts file until it is saved or given up.

An entry is two whole files: the state that the work began from and the state it has come to. The
work is all there without replaying anything, and where the facts file has moved on meanwhile, the
two are what a merge needs. A note of what a session saved last tells an entry that is older than
that save, as after a kill between saving and forgetting, from work that is still to be saved.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from desktop.files.backups import name_of
from desktop.files.saving import Stamp, write_atomically

_BASE: Final = ".base"
_OURS: Final = ".ours"
_SAVED: Final = ".saved"
_VERSION: Final = 1
_NOTES_KEPT_S: Final = 24 * 3600.0


class Unsaved(NamedTuple):
    """Work on a facts file that was not saved: from ``base`` it came to ``ours``."""

    entry: Path
    file: Path
    when: datetime.datetime
    base: bytes
    ours: bytes


class Journal:
    """Keeps unsaved work below ``folder``; ``session`` tells one run of the program from another.

    Everything here may be called beside the work; each entry is written whole or not at all.
    """

    def __init__(self, folder: Path, session: str) -> None:
        self._folder = folder
        self._session = session

    def keep(self, file: Path, base: bytes, ours: bytes) -> None:
        """Keep the work as it is now, durably; raises SavingRefused or OSError."""
        folder = self._folder / name_of(file)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        base_digest = _digest(base)
        head = {
            "version": _VERSION,
            "file": os.path.realpath(file),
            "when": datetime.datetime.now(datetime.UTC).isoformat(),
            "base": base_digest,
            "ours": _digest(ours),
        }
        line = json.dumps(head).encode() + b"\n"
        write_atomically(folder / f"{self._session}{_OURS}", line + ours)
        # Last, because another window that gives up its own work tidies up here.
        base_path = folder / f"{base_digest}{_BASE}"
        if not base_path.exists():
            write_atomically(base_path, base)

    def note_saving(self, file: Path, stamp: Stamp) -> None:
        """Take down what is about to stand on disk, whereby older entries have had their day."""
        folder = self._folder / name_of(file)
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / f"{self._session}{_SAVED}").write_text(json.dumps(stamp), encoding="ascii")

    def discard(self, file: Path) -> None:
        """Forget the work of this session on a file."""
        self._remove(self._folder / name_of(file) / f"{self._session}{_OURS}")

    def give_up(self, entry: Path) -> None:
        """Forget work that was brought back, or declined."""
        self._remove(entry)

    def unsaved(self, file: Path) -> tuple[Unsaved, ...]:
        """What other sessions left of a file, the latest first; see ``unreadable`` for the rest."""
        return self._read_folder(self._folder / name_of(file))

    def unreadable(self, file: Path) -> tuple[Path, ...]:
        """Entries of other sessions that are not as they were written, by where they lie."""
        return tuple(
            path for path in self._entries(self._folder / name_of(file)) if not _read(path)
        )

    def files(self) -> tuple[Path, ...]:
        """The facts files of which other sessions left something."""
        try:
            folders = sorted(each for each in self._folder.iterdir() if each.is_dir())
        except OSError:
            return ()
        found = (each.file for folder in folders for each in self._read_folder(folder))
        return tuple(dict.fromkeys(found))

    def _read_folder(self, folder: Path) -> tuple[Unsaved, ...]:
        with suppress(OSError):
            entries = self._entries(folder)
            found = [read for path in entries if (read := _read(path)) is not None]
            for each in found:
                if _is_superseded(each):
                    self._remove(each.entry)
            found = [each for each in found if each.entry.exists()]
            return tuple(sorted(found, key=lambda each: each.when, reverse=True))
        return ()

    def _entries(self, folder: Path) -> list[Path]:
        own = f"{self._session}{_OURS}"
        return sorted(path for path in folder.glob(f"*{_OURS}") if path.name != own)

    def _remove(self, entry: Path) -> None:
        with suppress(OSError):
            entry.unlink(missing_ok=True)
        with suppress(OSError):
            if not any(entry.parent.glob(f"*{_OURS}")):
                for base in entry.parent.glob(f"*{_BASE}"):
                    base.unlink(missing_ok=True)
            before = time.time() - _NOTES_KEPT_S
            for note in entry.parent.glob(f"*{_SAVED}"):
                if note.stat().st_mtime < before:
                    note.unlink(missing_ok=True)


def _read(entry: Path) -> Unsaved | None:
    """The work that an entry holds; None where not all of it is there as it was written."""
    try:
        line, _, ours = entry.read_bytes().partition(b"\n")
        head: dict[str, Any] = json.loads(line)
        base = entry.with_name(f"{head['base']}{_BASE}").read_bytes()
        when = datetime.datetime.fromisoformat(head["when"]).astimezone()
        is_whole = _digest(base) == head["base"] and _digest(ours) == head["ours"]
        is_ours = head["version"] == _VERSION
        return (
            Unsaved(entry, Path(head["file"]), when, base, ours) if is_whole and is_ours else None
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_superseded(unsaved: Unsaved) -> bool:
    """Whether its session has saved since, and nobody has written the file after that."""
    try:
        note = unsaved.entry.with_suffix(_SAVED).read_text("ascii")
        stamp = Stamp.of(unsaved.file.stat())
        return json.loads(note) == list(stamp) and unsaved.file.read_bytes() != unsaved.base
    except (OSError, ValueError):
        return False


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
