"""Disks as they come: too small, or to be read only."""

from __future__ import annotations

import ctypes
import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL_BYTES = 64 * 1024


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 64 KB at ``folder``; else files that cannot grow beyond it."""
    folder.mkdir()
    if _mount(folder, f"size={SMALL_BYTES}"):
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_BYTES, before[1]))
    try:
        yield folder
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write in ``folder``, root included."""
    if _mount(folder, "bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    folder.chmod(0o555)
    with _obeying_modes():
        yield
    folder.chmod(0o755)


@contextmanager
def _obeying_modes() -> Iterator[None]:
    """Lay down root's right to write where modes forbid it (capabilities(7), CAP_DAC_OVERRIDE)."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    before = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, before) == 0
    fewer = type(before)(*before)
    fewer[0] &= ~0b110
    assert libc.capset(header, fewer) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


def _mount(folder: Path, options: str, source: str = "tmpfs") -> bool:
    if os.geteuid() != 0:
        return False
    kind = ["--bind"] if options == "bind" else ["-t", "tmpfs", "-o", options]
    done = subprocess.run(["mount", *kind, source, str(folder)], capture_output=True, check=False)
    return done.returncode == 0
