"""Every pane on paper and as images, into one folder."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.export.pages import Heading, Page, Sheet, sheets
from desktop.export.pdf import to_pdf
from desktop.export.png import to_png

Progress = Callable[[float, str], None]
"""Told how much is done, 0 to 1, and which file or page came last."""


def write_briefing(
    pages: Sequence[Page], heading: Heading, folder: Path, progress: Progress
) -> list[Path]:
    """Write ``briefing.pdf`` and a numbered PNG for each of its sheets; return what was written.

    Files of the same name are replaced, whole or not at all. Raises OSError where they cannot be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done: list[Sheet] = []
    all_sheets = sheets(pages, heading)

    def count(sheet: Sheet, words: str) -> None:
        done.append(sheet)
        progress(len(done) / (2 * len(all_sheets)), words)

    def painted(sheet: Sheet) -> None:
        count(sheet, f"briefing.pdf, {sheet.number}/{sheet.total}")

    written = [_write(folder / "briefing.pdf", to_pdf(all_sheets, heading.title, painted))]
    for sheet in all_sheets:
        name = f"{sheet.number:02}-{_slug(sheet.title)}.png"
        written.append(_write(folder / name, to_png(sheet)))
        count(sheet, name)
    return written


def _write(path: Path, data: bytes) -> Path:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _slug(title: str) -> str:
    """A title as a file is called on every system: "Biển Đông" is bien-dong."""
    plain = unicodedata.normalize("NFKD", title.replace("Đ", "D").replace("đ", "d"))
    letters = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "page"
