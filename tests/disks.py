"""Disks as they come: too small, or to be read only."""

from __future__ import annotations

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
            subprocess.run(["umount", str(folder)], check=True)
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
    """Let nobody write in ``folder``, root included where it may mount."""
    is_mounted = _mount(folder, "bind", str(folder))
    if is_mounted:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
    else:
        folder.chmod(0o555)
    try:
        yield
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], check=True)
        else:
            folder.chmod(0o755)


def _mount(folder: Path, options: str, source: str = "tmpfs") -> bool:
    if os.geteuid() != 0:
        return False
    kind = ["--bind"] if options == "bind" else ["-t", "tmpfs", "-o", options]
    done = subprocess.run(["mount", *kind, source, str(folder)], capture_output=True, check=False)
    return done.returncode == 0
