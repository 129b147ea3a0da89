"""One of several to choose from, whose ring and dot stand out in light and in dark."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QRadioButton, QWidget

from desktop.services.theme import TextRole, Theme
from desktop.widgets.check_box import SIDE_PX, draw_words, room_of

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
        return room_of(self, self._words)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        centre = QPointF(SIDE_PX / 2, self.height() / 2)
        edge = QPalette.ColorRole.Link if self.isChecked() else QPalette.ColorRole.Dark
        painter.setPen(palette.color(edge))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(centre, (SIDE_PX - 1) / 2, (SIDE_PX - 1) / 2)
        if self.isChecked():
            painter.setBrush(palette.color(QPalette.ColorRole.Link))
            painter.drawEllipse(centre, _DOT_PX, _DOT_PX)
        draw_words(painter, self, self._words)
        painter.end()
