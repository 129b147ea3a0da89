"""A hand-out on paper: its pages laid out for the sheet that the printer has."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPainter

from desktop.export.handout import Handout
from desktop.figures.figure import paint_figure
from desktop.services.theme import Theme


def paint_on(printer: QPagedPaintDevice, handout: Handout) -> None:
    """Paint every page, as large as the sheet allows within its margins."""
    layout = printer.pageLayout()
    layout.setOrientation(QPageLayout.Orientation.Landscape)
    printer.setPageLayout(layout)
    painter = QPainter(printer)
    area = QRectF(0, 0, printer.width(), printer.height())
    pages = Handout(
        handout.dossier,
        handout.briefing,
        handout.wanted,
        QSizeF(area.width(), area.height()),
        handout.coast if handout.has_map else None,
    )
    for place, leaf in enumerate(pages.leaves()):
        if place:
            printer.newPage()
        paint_figure(leaf.figure, painter, area, handout.dossier, Theme("light"))
    painter.end()
