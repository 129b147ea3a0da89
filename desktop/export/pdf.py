"""Sheets as one PDF: lines and letters as such, with their fonts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop import __version__
from desktop.export.pages import SHEET_PX, Sheet

# At any other resolution Qt scales the room between letters once more than the letters.
_DOTS_PER_INCH: Final = 96


def to_pdf(sheets: Sequence[Sheet], title: str, painted: Callable[[Sheet], None]) -> bytes:
    """Paint sheets on A4, one a page; ``painted`` is told of each."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"Charthouse {__version__}")
    writer.setResolution(_DOTS_PER_INCH)
    size = QPageSize(QPageSize.PageSizeId.A4)
    edge_to_edge = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Landscape, edge_to_edge))
    painter = QPainter(writer)
    scale = writer.width() / SHEET_PX.width()
    painter.scale(scale, scale)
    for place, sheet in enumerate(sheets):
        if place:
            writer.newPage()
        sheet.paint(painter)
        painted(sheet)
    painter.end()
    return bytes(buffer.data().data())
