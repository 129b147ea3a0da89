"""Writes a file so that it is at every moment either the old one or the new one, whole.

The new bytes go to a file beside the target, reach the disk, and take the target's name; the folder
is then made to reach the disk too. QSaveFile would report success after a short write (seen on a
full disk), so every byte is counted here.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop.model.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_TEMPORARY: Final = (".charthouse-", ".new")
_LEFT_BEHIND_S: Final = 3600.0
_NEW_FILE_MODE: Final = 0o666
# While a virus scanner or a sync client reads the file, Windows lets nobody replace it.
_TRIES: Final = 8 if sys.platform == "win32" else 1
_FIRST_PAUSE_S: Final = 0.02
_HERE: Final = -100
_RENAME_EXCHANGE: Final = 2

_CODES: Final = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EACCES: "no-permission-to-write",
    errno.EPERM: "no-permission-to-write",
    errno.EROFS: "read-only-folder",
    errno.ENOENT: "folder-gone",
    errno.ENOTDIR: "folder-gone",
    errno.ENAMETOOLONG: "name-too-long",
}


class SavingRefused(Exception):
    """The bytes could not be written; the file that stood there is as it was."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.file}: {problem.code}")
        self.problem = problem


class MovedOn(Exception):
    """The file is no longer the one that was to be replaced; nothing was written."""


class Stamp(NamedTuple):
    """What a look at the disk tells of a file, without reading it."""

    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        return cls(status.st_size, status.st_mtime_ns, status.st_ino)


def write_atomically(
    path: Path,
    data: bytes,
    expected: Stamp | None = None,
    announce: Callable[[Stamp], None] | None = None,
) -> Stamp:
    """Put ``data`` in the place of the file at ``path``, durably, and return its stamp.

    A symbolic link stays one and its target is replaced; mode, owner and extended attributes are
    kept as far as the system lets this person set them. With ``expected`` the file must still bear
    that stamp: otherwise MovedOn. ``announce`` is told the new stamp when all is written and just
    before it takes its place. Raises SavingRefused, with the old file whole.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        old = _status(target)
        handle, temporary = _create_beside(target, old)
        try:
            _write_all(handle, data)
            if old is not None:
                _dress_like(handle, target, old)
            os.fsync(handle)
            stamp = Stamp.of(os.fstat(handle))
        finally:
            os.close(handle)
        if expected is not None and _stamp(target) != expected:
            raise MovedOn(str(path))
        if announce is not None:
            announce(stamp)
        _take_the_place(temporary, target, expected)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise SavingRefused(_problem(path, error)) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()
    return stamp


def obstacles(path: Path) -> tuple[Problem, ...]:
    """What stands against saving here, to be said before anybody edits.

    An error where it would be refused, a warning where the file would part from its other names.
    """
    target = Path(os.path.realpath(path))
    name = str(path)
    if not _may_write(target.parent):
        return (Problem("read-only-folder", "error", file=name),)
    status = _status(target)
    if status is None:
        return ()
    if not _may_write(target):
        return (Problem("read-only-file", "error", file=name),)
    if status.st_nlink > 1:
        count = {"names": str(status.st_nlink - 1)}
        return (Problem("hard-linked", "warning", file=name, params=count),)
    return ()


def sweep(folder: Path) -> None:
    """Take away what a program that was killed while it saved has left here."""
    start, end = _TEMPORARY
    before = time.time() - _LEFT_BEHIND_S
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(start) and entry.name.endswith(end):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < before:
                        os.unlink(entry.path)


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _stamp(path: Path) -> Stamp | None:
    status = _status(path)
    return None if status is None else Stamp.of(status)


def _create_beside(target: Path, old: os.stat_result | None) -> tuple[int, Path]:
    # Its name does not grow with the target's, which may be as long as the disk allows.
    start, end = _TEMPORARY
    temporary = target.parent / f"{start}{os.getpid()}-{time.monotonic_ns():x}{end}"
    if len(os.fsencode(target.name)) > 255:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Never readable, even for a moment, by more people than the file it takes the place of.
    mode = _NEW_FILE_MODE if old is None else stat.S_IMODE(old.st_mode) & _NEW_FILE_MODE
    return os.open(temporary, flags, mode), temporary


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(handle, rest)
        if written == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]
    if os.fstat(handle).st_size != len(data):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _dress_like(handle: int, target: Path, old: os.stat_result) -> None:
    """Give the new file the owner, attributes and mode of the old one, in this order."""
    if sys.platform == "win32":
        return
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):
            os.fchown(handle, old.st_uid, old.st_gid)
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(target, name))
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _take_the_place(temporary: Path, target: Path, expected: Stamp | None) -> None:
    if expected is not None and _exchange(temporary, target):
        if _stamp(temporary) != expected:
            # Somebody wrote between our last look and now; theirs goes back.
            _exchange(temporary, target)
            raise MovedOn(str(target))
        temporary.unlink()
        return
    pause_s = _FIRST_PAUSE_S
    for left in reversed(range(_TRIES)):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(pause_s)
            pause_s *= 2


def _exchange(one: Path, other: Path) -> bool:
    """Let two files change places in one step; False where this system or disk cannot.

    Only so can be seen what was replaced (Linux, renameat2(2)).
    """
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_HERE, names[0], _HERE, names[1], _RENAME_EXCHANGE) == 0)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network disks know no such thing; the file itself has reached them.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def _problem(path: Path, error: OSError) -> Problem:
    code = _CODES.get(error.errno or 0, "not-saved")
    detail = error.strerror or str(error)
    return Problem(code, "error", file=str(path), params={"detail": detail})
