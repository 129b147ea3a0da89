"""The raised sheet on which controls lie over the map."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.services.theme import RADIUS_PX


class SeaPanel(QWidget):
    """A sheet with rounded corners; the map below it is neither clicked nor zoomed."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, RADIUS_PX, RADIUS_PX)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
