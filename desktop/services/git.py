"""The git of this system, called as a program of its own and never through a shell."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

_PATIENCE_S: Final = 60.0


class GitRefused(Exception):
    """Git is missing or would not do it; the message is in its own words."""


def read_revision(name: str) -> bytes:
    """The bytes of a file in a revision, as ``HEAD~2:data/facts.yaml``; raises GitRefused.

    A path is one from the top of the repository, or begins with ``./``.
    """
    # A name that begins with a dash is no option here.
    return _git("cat-file", "blob", "--end-of-options", name)


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """What two made of one text, line by line; None where git cannot say or is not there."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            path = Path(folder, name)
            path.write_bytes(data)
            paths.append(str(path))
        try:
            return _git("merge-file", "--stdout", "--", *paths)
        except GitRefused:
            return None


def _git(*arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitRefused(str(error)) from error
    if done.returncode != 0:
        raise GitRefused(done.stderr.decode(errors="replace").strip())
    return done.stdout
