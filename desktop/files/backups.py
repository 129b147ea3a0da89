"""The last states in which a facts file was saved, each a whole file that any editor can open."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from desktop.files.saving import write_atomically

MOST: Final = 20
"""How many states of one file are kept."""
_NAME: Final = re.compile(r"(\d{8}T\d{6}\.\d{6})Z\.yaml").fullmatch
_WHEN: Final = "%Y%m%dT%H%M%S.%f"


class Backup(NamedTuple):
    """One saved state: where it lies, and when it was kept (with its time zone)."""

    path: Path
    when: datetime.datetime


class Backups:
    """Keeps saved states below ``folder``, a folder for each facts file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path, data: bytes) -> None:
        """Keep a saved state, unless it is the latest already; raises SavingRefused, OSError."""
        kept = self.of(file)
        if kept and _holds(kept[0].path, data):
            return
        folder = self._folder_of(file)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = datetime.datetime.now(datetime.UTC)
        write_atomically(folder / f"{now.strftime(_WHEN)}Z.yaml", data)
        for old in self.of(file)[MOST:]:
            with suppress(OSError):
                old.path.unlink()

    def of(self, file: Path) -> tuple[Backup, ...]:
        """The states kept of a file, the latest first."""
        try:
            names = os.listdir(self._folder_of(file))
        except OSError:
            return ()
        found = [(match[1], name) for name in names if (match := _NAME(name))]
        return tuple(
            Backup(self._folder_of(file) / name, _local(when))
            for when, name in sorted(found, reverse=True)
        )

    def _folder_of(self, file: Path) -> Path:
        return self._folder / name_of(file)


def name_of(file: Path) -> str:
    """A folder's name for all that is kept of one file: its own name, and where it lies."""
    whole = os.path.realpath(file)
    digest = hashlib.sha256(os.fsencode(whole)).hexdigest()[:16]
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(whole).stem)[:40]
    return f"{stem}-{digest}"


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _local(when: str) -> datetime.datetime:
    return datetime.datetime.strptime(f"{when}+0000", f"{_WHEN}%z").astimezone()
