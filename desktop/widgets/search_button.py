"""What looks like the field it leads to: a press opens the search over everything."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.theme import RADIUS_PX, SMALL_PX, Theme
from desktop.widgets.pressable import Pressable

_ICON_PX = 16
_EDGE_PX = 10
_WIDTH_PX = 200


class SearchButton(Pressable):
    """Magnifier, ``words`` and ``shortcut``; in a narrow place the shortcut goes first.

    In a narrower one the words go too; they are still what it is called.
    """

    def __init__(
        self, theme: Theme, words: str, shortcut: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._words = words
        self._shortcut = shortcut
        self.setFont(Theme.font("body"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_name(f"{words}, {shortcut}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH_PX, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(_ICON_PX + 2 * _EDGE_PX, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        role = QPalette.ColorRole.Light if self.is_hot else QPalette.ColorRole.Window
        painter.setBrush(palette.color(role))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_PX, RADIUS_PX)
        icon = self._theme.pixmap("search", "muted", _ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(_EDGE_PX, (self.height() - _ICON_PX) // 2, icon)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        area = self.rect().adjusted(_EDGE_PX + _ICON_PX + SMALL_PX, 0, -_EDGE_PX, 0)
        words_px = self.fontMetrics().horizontalAdvance(self._words)
        if words_px <= area.width():
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.setFont(Theme.font("caption"))
        room_px = area.width() - words_px - 2 * SMALL_PX
        if painter.fontMetrics().horizontalAdvance(self._shortcut) <= room_px:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, flags, self._shortcut)
        self.draw_ring(painter)
        painter.end()
