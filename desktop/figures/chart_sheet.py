"""A chart as it leaves the desk: on paper, with its marking, all its sources and no grades."""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter

from desktop.figures.brief_chart import BriefChart
from desktop.figures.drawing import paint_drawing
from desktop.model.dossier import Dossier
from desktop.services.colours import of_marking
from desktop.services.language import marking_words
from desktop.services.theme import LARGE_PX, MEDIUM_PX, Theme

_BANNER_PX: Final = 20.0


class ChartSheet:
    """One chart on a sheet of ``width_px`` device-independent pixels, as high as it needs."""

    def __init__(self, chart: BriefChart, dossier: Dossier, width_px: float) -> None:
        self._chart = chart
        self._dossier = dossier
        own_px = width_px - 2 * LARGE_PX
        high_px = chart.height_for(own_px, dossier, "sheet")
        self._room = QSizeF(own_px, high_px)
        self.size = QSize(ceil(width_px), ceil(high_px + 2 * _BANNER_PX + LARGE_PX + MEDIUM_PX))

    def paint(self, painter: QPainter) -> None:
        """Draw the sheet from (0, 0), always in the light colours of paper."""
        theme = Theme("light")
        colours = theme.colours
        marking = marking_words(self._dossier.about)
        painter.fillRect(QRectF(QPointF(0, 0), QSizeF(self.size)), colours.page)
        for top_px in (0.0, self.size.height() - _BANNER_PX):
            strip = QRectF(0, top_px, self.size.width(), _BANNER_PX)
            painter.fillRect(strip, of_marking(marking, colours))
            painter.setFont(Theme.font("caption_strong"))
            painter.setPen(colours.on_marking)
            painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, marking)
        painter.translate(LARGE_PX, _BANNER_PX + LARGE_PX)
        drawing = self._chart.drawing(self._room, self._dossier, "sheet")
        paint_drawing(painter, drawing.items, theme)
