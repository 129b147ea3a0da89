"""What is under the pointer or the keyboard on a chart, in full."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.language import state_words
from desktop.services.theme import RADIUS_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.text import Text

_WIDEST_PX: Final = 360
_FROM_MARK_PX: Final = 12


class ChartCard(QWidget):
    """Words beside a mark, the first line large; it takes no click and no focus."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._head = Text(role="strong", wrap=True)
        self._rest = Text(role="caption", wrap=True)
        self._differs = Text(role="caption_strong", tone="differ", wrap=True)
        self._around = parent
        self._column = QVBoxLayout(self)
        side_px = SMALL_PX + TIGHT_PX
        self._column.setContentsMargins(side_px, SMALL_PX, side_px, SMALL_PX)
        self._column.setSpacing(TIGHT_PX)
        for each in (self._head, self._rest, self._differs):
            self._column.addWidget(each)
        self.hide()

    def words(self) -> str:
        """All that the card says now."""
        said = (each.text() for each in (self._head, self._rest, self._differs))
        return "\n".join(words for words in said if words)

    def tell(self, words: str, mark: QRectF) -> None:
        """Say words above a mark, or below it where there is no room; ``mark`` in the parent's px.

        Lines that say how sources differ have their own colour.
        """
        lines = words.split("\n")
        differ = state_words("sources-differ")
        own = [line for line in lines if line.startswith(differ)]
        rest = [line for line in lines if not line.startswith(differ)]
        self._say(self._head, rest[:1])
        self._say(self._rest, rest[1:])
        self._say(self._differs, own)
        self._place(mark)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.control)
        painter.setBrush(colours.raised)
        inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, RADIUS_PX, RADIUS_PX)
        painter.end()

    def _say(self, text: Text, lines: list[str]) -> None:
        text.setText("\n".join(lines))
        text.setVisible(bool(lines))

    def _place(self, mark: QRectF) -> None:
        room = self._around.rect()
        texts = [each for each in (self._head, self._rest, self._differs) if each.text()]
        margins = self._column.contentsMargins()
        sides_px = margins.left() + margins.right()
        wanted_px = max(
            each.fontMetrics().horizontalAdvance(line)
            for each in texts
            for line in each.text().split("\n")
        )
        width_px = min(wanted_px + sides_px + 2, _WIDEST_PX, room.width())
        height_px = self._column.heightForWidth(width_px)
        left_px = round(mark.center().x() - width_px / 2)
        left_px = min(max(left_px, 0), room.width() - width_px)
        above_px = round(mark.top()) - _FROM_MARK_PX - height_px
        below_px = round(mark.bottom()) + _FROM_MARK_PX
        fits_above = above_px >= 0
        top_px = above_px if fits_above else min(below_px, max(room.height() - height_px, 0))
        self.setGeometry(left_px, top_px, width_px, height_px)
