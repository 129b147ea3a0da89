"""One open facts file: its bytes as they were read, and what they say."""

from __future__ import annotations

import os
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from desktop.files.loader import MAX_BYTES, FactsError
from desktop.files.reader import Reading, read
from desktop.files.saving import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE_BYTES: Final = 1_000_000
"""A file larger than this is read off the GUI thread."""


class FactsFile:
    """A facts file as it was when it was read; it keeps no handle on the file."""

    def __init__(self, path: Path, stamp: Stamp, data: bytes, reading: Reading) -> None:
        self.path: Final = path
        self.stamp: Final = stamp
        self.data: Final = data
        self.reading: Final = reading

    @classmethod
    def open(
        cls,
        path: Path,
        report: Callable[[float], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Self:
        """Read a file; see ``reader.read`` for ``report`` and ``is_cancelled``.

        Raises FactsError where the file cannot be read or is refused, and ReadingCancelled.
        """
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise FactsError("not-a-file").in_file(str(path))
            with path.open("rb") as file:
                stamp = Stamp.of(os.fstat(file.fileno()))
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            raise _not_opened(path, error) from error
        try:
            return cls(path, stamp, data, read(data, str(path), report, is_cancelled))
        except FactsError as error:
            marked = data.find(b"\n<<<<<<< ")
            if marked < 0:
                raise
            place = data.count(b"\n", 0, marked) + 2, 1
            raise FactsError("both-sides", place).in_file(str(path)) from error

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the bytes that were read, in hexadecimal digits."""
        import hashlib  # loads OpenSSL, which takes longer than most files

        return hashlib.sha256(self.data).hexdigest()

    def has_moved(self) -> bool:
        """Whether the file on disk looks other than when it was read, or is gone."""
        try:
            return Stamp.of(self.path.stat()) != self.stamp
        except OSError:
            return True


def is_large(path: Path) -> bool:
    """Whether reading the file would be felt; False for one that is not there."""
    try:
        return path.stat().st_size > LARGE_BYTES
    except (OSError, ValueError):
        return False


def _not_opened(path: Path, error: OSError | ValueError) -> FactsError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        code = "no-such-file"
    elif isinstance(error, PermissionError):
        code = "no-permission"
    else:
        code = "not-opened"
    detail = getattr(error, "strerror", None) or str(error)
    return FactsError(code, detail=detail).in_file(str(path))
