"""A line to search from."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.theme import SMALL_PX, Theme

_ICON_PX = 16
_EDGE_PX = 10


class SearchBox(QLineEdit):
    """A line edit with a magnifier; while empty it says what it searches and by which key.

    Escape empties it, then gives the key on. ``stepped_down`` and ``stepped_up`` are the arrow
    keys, for walking the results while typing.
    """

    stepped_down = Signal()
    stepped_up = Signal()

    def __init__(
        self, theme: Theme, searches: str, shortcut: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shortcut = shortcut
        self.setProperty("quiet", True)
        self.setPlaceholderText(searches)
        self.setAccessibleName(searches)
        self.setTextMargins(_ICON_PX + SMALL_PX - 2, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(200, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(110, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.stepped_down.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.stepped_up.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        top_px = (self.height() - _ICON_PX) // 2
        pixmap = self._theme.pixmap("search", "muted", _ICON_PX, ratio)
        painter.drawPixmap(_EDGE_PX, top_px, pixmap)
        if self._shortcut and not self.text() and not self.hasFocus() and self._has_room():
            painter.setFont(Theme.font("caption"))
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            area = self.rect().adjusted(0, 0, -_EDGE_PX - 2, 0)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area, flags, self._shortcut)
        painter.end()

    def _has_room(self) -> bool:
        words = self.placeholderText() + self._shortcut
        return self.fontMetrics().horizontalAdvance(words) + 72 < self.width()
