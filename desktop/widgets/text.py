"""The one label: plain text in a role of the type scale and a tone of the palette."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.services.theme import PALETTE_ROLE, TextRole, Theme, Tone

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

    def set_tone(self, tone: Tone) -> None:
        self.setForegroundRole(PALETTE_ROLE[tone])


class ElidedText(Text):
    """One line that gives way: what does not fit ends in an ellipsis and a tool tip."""

    def sizeHint(self) -> QSize:
        # Qt rounds an advance, but elides by its fraction.
        return super().sizeHint() + QSize(1, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, area.width())
        set_tool_tip(self, whole if shown != whole else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        painter.end()


def set_tool_tip(widget: QWidget, words: str) -> None:
    """Give ``widget`` a tool tip that is shown as plain text, whatever it contains."""
    plain = GuiQt.convertFromPlainText(words) if GuiQt.mightBeRichText(words) else words
    if widget.toolTip() != plain:
        widget.setToolTip(plain)
