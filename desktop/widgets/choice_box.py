"""A field that opens to a few choices, all of which can be seen at once."""

from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.services.theme import Theme

_ICON_PX: Final = 14
_EDGE_PX: Final = 9


class ChoiceBox(QComboBox):
    """Shows what is chosen, with the house arrow behind it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(Theme.font("body"))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = self._theme.pixmap("chevron-down", "muted", _ICON_PX, self.devicePixelRatioF())
        left_px = self.width() - _ICON_PX - _EDGE_PX
        painter.drawPixmap(left_px, (self.height() - _ICON_PX) // 2, arrow)
        painter.end()
