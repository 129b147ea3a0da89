"""A box to tick whose edge and tick stand out in light and in dark."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from desktop.services.theme import SMALL_PX, TextRole, Theme
from desktop.widgets.pressable import draw_focus_ring, has_ring

SIDE_PX: Final = 16.0
"""How wide and high what is ticked is, beside its words."""
_RADIUS_PX: Final = 3.0
_TICK: Final = ((4.0, 8.2), (7.0, 11.2), (12.0, 5.2))


class CheckBox(QCheckBox):
    """Words beside a box; all of it can be clicked. The words stand as they are."""

    def __init__(
        self, words: str, role: TextRole = "body", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self.setFont(Theme.font(role))
        self.set_words(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def words(self) -> str:
        return self._words

    def set_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return room_of(self, self._words)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(0.5, (self.height() - SIDE_PX) / 2 + 0.5, SIDE_PX - 1, SIDE_PX - 1)
        is_on = self.isChecked()
        edge = QPalette.ColorRole.Link if is_on else QPalette.ColorRole.Dark
        fill = QPalette.ColorRole.Link if is_on else QPalette.ColorRole.Base
        painter.setPen(palette.color(edge))
        painter.setBrush(palette.color(fill))
        painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        if is_on:
            pen = QPen(palette.color(QPalette.ColorRole.HighlightedText), 1.8)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            corner = QPointF(0, (self.height() - SIDE_PX) / 2)
            painter.drawPolyline(QPolygonF([QPointF(x, y) + corner for x, y in _TICK]))
        draw_words(painter, self, self._words)
        painter.end()


def room_of(button: QAbstractButton, words: str) -> QSize:
    """The room that a mark and the words beside it take."""
    metrics = button.fontMetrics()
    wide_px = round(SIDE_PX) + SMALL_PX + metrics.horizontalAdvance(words) + 2
    return QSize(wide_px, max(metrics.height(), round(SIDE_PX)) + 4)


def draw_words(painter: QPainter, button: QAbstractButton, words: str) -> None:
    """The words beside a mark, and the ring around both that says where the keyboard is."""
    painter.setPen(button.palette().color(QPalette.ColorRole.WindowText))
    area = button.rect().adjusted(round(SIDE_PX) + SMALL_PX, 0, 0, 0)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
    if has_ring(button):
        draw_focus_ring(painter, QRectF(button.rect()), button.palette())
