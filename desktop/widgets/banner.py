"""The marking that runs along the top and the bottom of every window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.colours import of_marking
from desktop.services.theme import Theme

_HEIGHT_PX = 20


class Banner(QWidget):
    """One strip with the marking in white, on the colour of that marking."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(Theme.font("marking"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_words(words)

    def words(self) -> str:
        return self._words

    def set_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, max(_HEIGHT_PX, self.fontMetrics().height() + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setBackground(of_marking(self._words, colours))
        painter.eraseRect(self.rect())
        painter.setPen(colours.on_marking)
        width_px = self.width() - 2 * _HEIGHT_PX
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, width_px)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()
