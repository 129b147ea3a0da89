"""Unsaved work, kept outside the facts file until it is saved or given up.

An entry is two whole files: the state that the work began from and the state it has come to. The
work is all there without replaying anything, and where the facts file has moved on meanwhile, the
two are what a merge needs. Beside them stands what is typed and in no record of either. A note of
what a session saved last tells an entry that is older than that save, as after a kill between
saving and forgetting, from work that is still to be saved.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from desktop.files.backups import name_of
from desktop.files.fields import Faults, to_value
from desktop.files.saving import Stamp, write_atomically
from desktop.files.writer import field_to_plain
from desktop.model.dossier import Ref
from desktop.model.records import SECTION_OF
from desktop.model.unsettled import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable

_BASE: Final = ".base"
_OURS: Final = ".ours"
_SAVED: Final = ".saved"
_VERSION: Final = 1
_NOTES_KEPT_S: Final = 24 * 3600.0
_KINDS: Final = {section: kind for kind, section in SECTION_OF.items()}


class Unsaved(NamedTuple):
    """Work on a facts file that was not saved: from ``base`` it came to ``ours``.

    ``typed`` is what had not been entered by then.
    """

    entry: Path
    file: Path
    when: datetime.datetime
    base: bytes
    ours: bytes
    typed: tuple[Unsettled, ...] = ()


class Journal:
    """Keeps unsaved work below ``folder``; ``session`` tells one run of the program from another.

    Everything here may be called beside the work; each entry is written whole or not at all.
    """

    def __init__(self, folder: Path, session: str) -> None:
        self._folder = folder
        self._session = session

    def keep(
        self,
        file: Path,
        base: bytes,
        ours: bytes,
        typed: tuple[Unsettled, ...] = (),
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Keep the work as it is now, durably; raises SavingRefused or OSError.

        What is not wanted any more once it is all written takes no place.
        """
        folder = self._folder / name_of(file)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        base_digest = _digest(base)
        head = {
            "version": _VERSION,
            "file": os.path.realpath(file),
            "when": datetime.datetime.now(datetime.UTC).isoformat(),
            "base": base_digest,
            "ours": _digest(ours),
            "typed": _typed_to_plain(typed),
        }
        line = json.dumps(head).encode() + b"\n"
        # While somebody types and has edited nothing, each letter would write the file again.
        body = b"" if ours == base else ours
        try:
            entry = folder / f"{self._session}{_OURS}"
            write_atomically(entry, line + body, announce=partial(_go_on_if, is_wanted))
        except _Unwanted:
            return
        # Last, because another window that gives up its own work tidies up here.
        base_path = folder / f"{base_digest}{_BASE}"
        if not base_path.exists():
            write_atomically(base_path, base)

    def note_saving(self, file: Path, stamp: Stamp, typed: tuple[Unsettled, ...] = ()) -> None:
        """Take down what is about to stand on disk, whereby older entries have had their day.

        Of these, ``typed`` is all that was still to be entered.
        """
        folder = self._folder / name_of(file)
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            note = json.dumps({"stamp": stamp, "typed": _typed_to_plain(typed)}).encode("ascii")
            flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
            handle = os.open(folder / f"{self._session}{_SAVED}", flags, 0o600)
            with os.fdopen(handle, "wb") as written:
                # Over the older one, blanks to its end: where a file is emptied first, ext4 waits
                # for the disk when it is closed, and so would whoever saves.
                written.write(note.ljust(os.fstat(handle).st_size))

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
            kept = []
            for each in found:
                typed = _still_typed(each)
                if typed is None:
                    kept.append(each)
                elif typed:
                    kept.append(each._replace(base=each.ours, typed=typed))
                else:
                    self._remove(each.entry)
            return tuple(sorted(kept, key=lambda each: each.when, reverse=True))
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


class _Unwanted(Exception):
    """While an entry was written, it was forgotten, or written anew."""


def _go_on_if(is_wanted: Callable[[], bool], _stamp: Stamp) -> None:
    if not is_wanted():
        raise _Unwanted


def _read(entry: Path) -> Unsaved | None:
    """The work that an entry holds; None where not all of it is there as it was written."""
    try:
        line, _, body = entry.read_bytes().partition(b"\n")
        head: dict[str, Any] = json.loads(line)
        base = entry.with_name(f"{head['base']}{_BASE}").read_bytes()
        ours = base if head["ours"] == head["base"] else body
        when = datetime.datetime.fromisoformat(head["when"]).astimezone()
        typed = _typed_from_plain(head.get("typed", []))
        is_whole = _digest(base) == head["base"] and _digest(ours) == head["ours"]
        is_ours = head["version"] == _VERSION
        whole = Unsaved(entry, Path(head["file"]), when, base, ours, typed)
        return whole if is_whole and is_ours else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _still_typed(unsaved: Unsaved) -> tuple[Unsettled, ...] | None:
    """What was left to enter when its session saved later than this; None where it did not.

    It counts only while nobody has written the file after that.
    """
    try:
        note = json.loads(unsaved.entry.with_suffix(_SAVED).read_text("ascii"))
        stamp = Stamp.of(unsaved.file.stat())
        if note["stamp"] == list(stamp) and unsaved.file.read_bytes() != unsaved.base:
            return _typed_from_plain(note["typed"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _typed_to_plain(typed: tuple[Unsettled, ...]) -> list[dict[str, Any]]:
    return [
        {
            "section": SECTION_OF[ref.kind],
            "id": ref.id,
            "words": [[[*path], words] for path, words in texts.items()],
            "begun": {
                name: field_to_plain(ref.kind, name, value)
                for name, value in begun.items()
                if value is not None
            },
        }
        for ref, texts, begun in typed
    ]


def _typed_from_plain(plain: list[dict[str, Any]]) -> tuple[Unsettled, ...]:
    """What was typed; ValueError, KeyError or TypeError where it is not told as it should be."""
    found = []
    for each in plain:
        ref = Ref(_KINDS[each["section"]], str(each["id"]))
        words = {tuple(path): str(text) for path, text in each["words"]}
        fields = {field.name: field.type for field in msgspec.structs.fields(ref.kind)}
        faults: Faults = []
        begun = {
            name: to_value(fields[name], _in_texts(value), (name,), faults)
            for name, value in each["begun"].items()
        }
        if faults:
            raise ValueError(faults)
        found.append(Unsettled(ref, words, begun))
    return tuple(found)


def _in_texts(plain: Any) -> Any:
    """Plain data as it is read from a file, each scalar as its text."""
    if isinstance(plain, dict):
        return {key: _in_texts(each) for key, each in plain.items()}
    if isinstance(plain, list):
        return [_in_texts(each) for each in plain]
    return plain if plain is None else str(plain)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
