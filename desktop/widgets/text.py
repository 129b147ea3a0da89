"""The one label: plain text in a role of the type scale and a tone of the palette."""

import re
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.services.theme import PALETTE_ROLE, TextRole, Theme, Tone

_MARKED = re.compile("[\u0300-\u0323\u1ea0-\u1ef9]")
_HEIGHTS_KEPT: Final = 32
_QUIET_ROLES = frozenset({"summary", "unit", "caption", "caption_strong", "source"})


class Text(QLabel):
    """Words shown as they stand: no markup, no links, no mnemonics.

    ``tone`` left out is the role's own: ink, or muted for the quiet roles. A wrapping text
    takes the width it is given and asks for the height that needs. A selectable one can be
    focused and copied from.
    """

    def __init__(
        self,
        words: str = "",
        role: TextRole = "body",
        *,
        tone: Tone | None = None,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rise_px = 0
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(Theme.font(role))
        self.set_tone(tone or ("muted" if role in _QUIET_ROLES else "ink"))
        if wrap:
            self.setWordWrap(True)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        if words:
            self.setText(words)

    def setText(self, words: str) -> None:
        # Plex draws the marks of capitals such as Ễ above its own line, where a label ends.
        rise_px = rise_of(words, self.font())
        if rise_px != self._rise_px:
            margins, more_px = self.contentsMargins(), rise_px - self._rise_px
            self._rise_px = rise_px
            self.setContentsMargins(
                margins.left(), margins.top() + more_px, margins.right(), margins.bottom() + more_px
            )
        self._heights.clear()
        super().setText(words)

    def heightForWidth(self, width_px: int) -> int:
        # Qt breaks the lines anew each time it asks, and layouts ask over and over.
        width_px = min(width_px, self.maximumWidth())  # layouts ask beyond it
        height_px = self._heights.get(width_px)
        if height_px is None:
            if len(self._heights) == _HEIGHTS_KEPT:
                self._heights.clear()
            height_px = self._heights[width_px] = super().heightForWidth(width_px)
        return height_px

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)

    def setContentsMargins(self, *margins: Any) -> None:
        self._heights.clear()
        super().setContentsMargins(*margins)

    def set_tone(self, tone: Tone) -> None:
        self.setForegroundRole(PALETTE_ROLE[tone])


class ElidedText(Text):
    """One line that gives way: what does not fit ends in an ellipsis and a tool tip.

    With ``short`` words it says those before it cuts any; the tool tip has the whole.
    """

    short = ""

    def sizeHint(self) -> QSize:
        # Qt rounds an advance, but elides by its fraction.
        return super().sizeHint() + QSize(1, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        area = self.contentsRect()
        shown = self._fitting(whole, area.width())
        if shown != whole and self.short:
            shown = self._fitting(self.short, area.width())
        set_tool_tip(self, whole if shown != whole else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        painter.end()

    def _fitting(self, words: str, width_px: int) -> str:
        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width_px)


def rise_of(words: str, font: QFont) -> int:
    """Return how far, in px, Vietnamese marks in ``words`` may reach above the line of ``font``."""
    return 0 if _MARKED.search(words) is None else font.pixelSize() // 8 + 1


def set_tool_tip(widget: QWidget, words: str) -> None:
    """Give ``widget`` a tool tip that is shown as plain text, whatever it contains."""
    plain = words
    if GuiQt.mightBeRichText(words):
        plain = GuiQt.convertFromPlainText(words, Qt.WhiteSpaceMode.WhiteSpaceNormal)
    if widget.toolTip() != plain:
        widget.setToolTip(plain)
