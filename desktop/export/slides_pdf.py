"""A hand-out as one PDF: vectors, fonts, bookmarks, a title, and what each fact said."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop import __version__
from desktop.export.handout import SCREEN, Handout
from desktop.figures.figure import paint_figure
from desktop.model.slides import said_by
from desktop.services.theme import Theme

FACTS_KEY: Final = "/CharthouseFacts"
"""In the document's information: briefing, and what each of its facts said, as JSON."""

_DOTS_PER_INCH: Final = 288
_SCREEN_MM: Final = QSizeF(338.67, 190.5)
"""What presentation programs call 16:9."""


def to_pdf(handout: Handout, painted: Callable[[float], bool] = lambda _done: True) -> bytes:
    """Paint every page; ``painted`` is told the part that is done and stops it by False.

    Returns what is done up to then: an empty file is never written, for nobody asked for it.
    """
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
    for place, leaf in enumerate(leaves):
        if not painted(place / len(leaves)):
            break
        if place:
            writer.newPage()
        whole = QRectF(0, 0, writer.width(), writer.height())
        paint_figure(leaf.figure, painter, whole, handout.dossier, theme)
        titles.append(leaf.title)
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
