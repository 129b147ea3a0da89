"""Small marks beside a fact: the grade of a claim, a count, a state."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.theme import RADIUS_PX, SMALL_PX, TextRole, Theme, Tone
from desktop.widgets.text import Text

_SIDE_PX = 6
_Fixed = QSizePolicy.Policy.Fixed


class Grade(Text):
    """An Admiralty grade such as "B2" in its hairline frame; shown as read, never judged."""

    def __init__(self, code: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(code, "caption_strong", parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 0)
        self.setSizePolicy(_Fixed, _Fixed)
        if name:
            self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
        super().paintEvent(event)


class Count(Text):
    """How many there are, at the end of a row."""

    def __init__(self, number: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(number, "caption_strong", parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Chip(Text):
    """A state: always an icon and a word, in the tone of the state.

    ``filled`` puts it on a tint of its own, for tables and cards; without, it stands in a line
    of text and may ``wrap``. ``theme`` supplies the icon.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str = "",
        words: str = "",
        tone: Tone = "muted",
        *,
        role: TextRole = "caption_strong",
        filled: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", role, tone=tone, wrap=wrap, parent=parent)
        self._theme = theme
        self._filled = filled
        self._icon = icon
        self._tone: Tone = tone
        self._icon_px = self.fontMetrics().ascent() + 1
        side_px = SMALL_PX if filled else 0
        edge_px = 1 if filled else 0
        self.setContentsMargins(side_px + self._icon_px + 4, edge_px, side_px, edge_px)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed,
        )
        self.set_state(icon, words, tone)

    def set_state(self, icon: str, words: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.set_tone(tone)
        self.setText(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._filled:
            self._draw_tint(painter)
        if self._icon:
            # On paper and in images the device is finer than the screen this widget is on.
            ratio = min(painter.deviceTransform().m11(), 4.0)
            left_px = SMALL_PX if self._filled else 0
            first_line = self.fontMetrics().height()
            top_px = self.contentsRect().top() + (first_line - self._icon_px) // 2
            if not self.wordWrap():
                top_px = (self.height() - self._icon_px) // 2
            pixmap = self._theme.pixmap(self._icon, self._tone, self._icon_px, ratio)
            painter.drawPixmap(left_px, top_px, pixmap)
        painter.end()
        super().paintEvent(event)

    def _draw_tint(self, painter: QPainter) -> None:
        colours = self._theme.colours
        tints = {
            "agreed": colours.agreed_tint,
            "stale": colours.stale_tint,
            "differ": colours.differ_tint,
            "link": colours.chosen,
        }
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tints.get(self._tone, colours.hover))
        radius = min(self.height() / 2, RADIUS_PX * 2)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint()
