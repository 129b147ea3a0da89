"""Writes a briefing to files in a folder: which they are called, and one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from PySide6.QtCore import QSize

from desktop.export.briefing import write_whole
from desktop.export.handout import Handout
from desktop.export.pptx import to_pptx
from desktop.export.slides_pdf import to_pdf
from desktop.export.slides_pictures import FULL_HD, to_html, to_png, to_svg
from desktop.export.steps import Steps

Format = Literal["pdf", "pptx", "png", "svg", "html"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


class Progress(NamedTuple):
    """The part that is done, 0 to 1, and the file that was written last, if one was."""

    done: float
    written: Path | None = None


def write(
    handout: Handout, kind: Format, folder: Path, size: QSize = FULL_HD
) -> Iterator[Progress]:
    """Write a hand-out into a folder, a page at a time; what is stopped leaves no broken file.

    PDF, PPTX and HTML are one file by the briefing's id, pictures one a page. Raises OSError.
    """
    name = handout.briefing.id
    if kind in ("png", "svg"):
        leaves = [leaf for leaf in handout.leaves(with_notes=False) if leaf.slide is not None]
        for number, leaf in enumerate(leaves, start=1):
            drawn = to_png(leaf, handout, size) if kind == "png" else to_svg(leaf, handout, size)
            path = write_whole(folder / f"{name}-{number:02}.{kind}", drawn)
            yield Progress(number / len(leaves), path)
        return
    steps: Steps = {"pdf": to_pdf, "pptx": to_pptx, "html": to_html}[kind](handout)
    while True:
        try:
            yield Progress(next(steps))
        except StopIteration as stop:
            yield Progress(1.0, write_whole(folder / f"{name}.{kind}", stop.value))
            return
