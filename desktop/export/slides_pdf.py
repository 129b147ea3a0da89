"""A hand-out as one PDF: vectors, fonts, bookmarks, a title, and what each fact said."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop import __version__
from desktop.export.handout import SCREEN, Handout
from desktop.export.steps import Steps
from desktop.figures.figure import paint_figure
from desktop.model.slides import said_by
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from pypdf import PdfWriter

_TAB: Final = re.compile(rb"(<[0-9A-Fa-f]{4}>\s+)<0009>")
_LIGATURES: Final = {
    b"<FB00>": b"<00660066>",
    b"<FB01>": b"<00660069>",
    b"<FB02>": b"<0066006C>",
    b"<FB03>": b"<006600660069>",
    b"<FB04>": b"<00660066006C>",
}
FACTS_KEY: Final = "/CharthouseFacts"
"""In the document's information: briefing, and what each of its facts said, as JSON."""

# At any other resolution Qt scales the room between letters once more than the letters.
_DOTS_PER_INCH: Final = 96
_SCREEN_MM: Final = QSizeF(338.67, 190.5)
"""What presentation programs call 16:9."""


def to_pdf(handout: Handout) -> Steps:
    """Paint every page of a hand-out."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(handout.title)
    writer.setCreator(f"Charthouse {__version__}")
    writer.setResolution(_DOTS_PER_INCH)
    size = _SCREEN_MM if handout.shape == SCREEN else handout.shape
    page = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    edge_to_edge = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, edge_to_edge))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    theme, titles = Theme("light"), []
    leaves = list(handout.leaves())
    try:
        for place, leaf in enumerate(leaves):
            yield place / len(leaves)
            if place:
                writer.newPage()
            whole = QRectF(0, 0, writer.width(), writer.height())
            paint_figure(leaf.figure, painter, whole, handout.dossier, theme)
            titles.append(leaf.title)
    finally:
        # Called off, the painter must let go before what it paints on.
        painter.end()
    return _finished(bytes(buffer.data().data()), titles, handout)


def facts_within(data: bytes) -> dict[str, object] | None:
    """What a PDF of ours says it was made from; None for any other. Raises ValueError."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        information = pypdf.PdfReader(io.BytesIO(data)).metadata
        text = information.get(FACTS_KEY) if information else None
        return json.loads(str(text)) if text is not None else None
    except PyPdfError as error:
        raise ValueError(str(error)) from error


def _finished(data: bytes, titles: list[str], handout: Handout) -> bytes:
    """The same with bookmarks and information, which Qt does not write."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    _tell_letters(writer)
    for number, title in enumerate(titles):
        if not number or title != titles[number - 1]:
            writer.add_outline_item(title, number)
    said = said_by(handout.dossier, handout.briefing)
    facts = json.dumps({"briefing": handout.briefing.id, "facts": said}, ensure_ascii=False)
    writer.add_metadata(
        {
            "/Title": handout.title,
            "/Creator": f"Charthouse {__version__}",
            "/Producer": f"Charthouse {__version__}",
            "/Subject": handout.dossier.about.marking or "",
            FACTS_KEY: facts,
        }
    )
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _tell_letters(writer: PdfWriter) -> None:
    """Let text be found and copied as it was written.

    Our font draws tab and space alike, and Qt names the tab; a ligature is named as one letter.
    """
    from pypdf.generic import DictionaryObject, StreamObject

    for each in writer._objects:
        known = each.get("/ToUnicode") if isinstance(each, DictionaryObject) else None
        stream = known.get_object() if known is not None else None
        if isinstance(stream, StreamObject):
            told = _TAB.sub(rb"\1<0020>", stream.get_data())
            for letter, letters in _LIGATURES.items():
                told = told.replace(letter, letters)
            stream.set_data(told)
