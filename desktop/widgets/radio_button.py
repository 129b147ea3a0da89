"""One of several to choose from, whose ring and dot stand out in light and in dark."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QRadioButton, QWidget

from desktop.services.theme import SMALL_PX, TextRole, Theme
from desktop.widgets.pressable import draw_focus_ring, has_ring

_SIDE_PX: Final = 16.0
_DOT_PX: Final = 4.0


class RadioButton(QRadioButton):
    """Words beside a ring; all of it can be clicked. The words stand as they are."""

    def __init__(
        self, words: str, role: TextRole = "label", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.setFont(Theme.font(role))
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def words(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide_px = round(_SIDE_PX) + SMALL_PX + metrics.horizontalAdvance(self._words) + 2
        return QSize(wide_px, max(metrics.height(), round(_SIDE_PX)) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        centre = QPointF(_SIDE_PX / 2, self.height() / 2)
        edge = QPalette.ColorRole.Link if self.isChecked() else QPalette.ColorRole.Dark
        painter.setPen(palette.color(edge))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(centre, (_SIDE_PX - 1) / 2, (_SIDE_PX - 1) / 2)
        if self.isChecked():
            painter.setBrush(palette.color(QPalette.ColorRole.Link))
            painter.drawEllipse(centre, _DOT_PX, _DOT_PX)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        words = self.rect().adjusted(round(_SIDE_PX) + SMALL_PX, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)
        if has_ring(self):
            draw_focus_ring(painter, QRectF(self.rect()), palette)
        painter.end()
