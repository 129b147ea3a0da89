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

    written = [write_whole(folder / "briefing.pdf", to_pdf(all_sheets, heading.title, painted))]
    for sheet in all_sheets:
        name = f"{sheet.number:02}-{_slug(sheet.title)}.png"
        written.append(write_whole(folder / name, to_png(sheet)))
        count(sheet, name)
    return written


def write_pane(page: Page, heading: Heading, kind: str, name: str, folder: Path) -> list[Path]:
    """Write one pane as ``name.pdf`` or as a numbered PNG for each of its sheets.

    Raises OSError where they cannot be written.
    """
    own = sheets([page], heading)
    if kind == "pdf":
        data = to_pdf(own, f"{heading.title}: {page.title}", _painted)
        return [write_whole(folder / f"{name}.pdf", data)]
    return [write_whole(folder / f"{name}-{sheet.number:02}.png", to_png(sheet)) for sheet in own]


def _painted(_sheet: Sheet) -> None:
    """Nobody waits at the screen to be told."""


def write_whole(path: Path, data: bytes) -> Path:
    """Replace a file whole or not at all; its folder is made. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
