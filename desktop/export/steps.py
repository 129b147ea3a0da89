"""Work that is done a page at a time, so that whoever asked for it can look up in between."""

from __future__ import annotations

from collections.abc import Generator

Steps = Generator[float, None, bytes]
"""Yields the part that is done, 0 to 1, before each page; returns the file."""


def finish(steps: Steps) -> bytes:
    """Do all of it now."""
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            data: bytes = stop.value
            return data
