"""Words that lead somewhere."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.theme import PALETTE_ROLE, TextRole, Theme, Tone
from desktop.widgets.pressable import Pressable, has_ring
from desktop.widgets.text import rise_of, set_tool_tip


class Link(Pressable):
    """A flat button in the colour of links; underlined while the pointer is on it, twice as
    thick while the keyboard is.

    Too narrow a place ends the words in an ellipsis and gives them a tool tip.
    """

    def __init__(
        self,
        words: str = "",
        role: TextRole = "caption",
        *,
        key: object = None,
        tone: Tone = "link",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(key, parent)
        self._words = ""
        self._tone = tone
        self.setFont(Theme.font(role))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def words(self) -> str:
        return self._words

    def set_words(self, words: str) -> None:
        # Not setText: there an ampersand would become a shortcut.
        self._words = words
        self.set_name(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        # Qt rounds an advance, but elides by its fraction.
        high_px = metrics.height() + 2 + 2 * rise_of(self._words, self.font())
        return QSize(metrics.horizontalAdvance(self._words) + 1, high_px)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 6), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.rect()
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, area.width())
        set_tool_tip(self, self._words if shown != self._words else "")
        painter = QPainter(self)
        tone = self._tone if self.isEnabled() else "muted"
        colour = self.palette().color(PALETTE_ROLE[tone])
        painter.setPen(colour)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if self.is_hot:
            base = area.center().y() + (metrics.ascent() - metrics.descent()) // 2 + 2
            thick_px = 2 if has_ring(self) else 1
            painter.fillRect(0, base, metrics.horizontalAdvance(shown), thick_px, colour)
        painter.end()
