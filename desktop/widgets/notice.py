"""A line over the content that says what happened, until it is dismissed or settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, Theme, Tone
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.surface import Surface
from desktop.widgets.text import Text, set_tool_tip

_ICON_PX = 16


class Notice(Surface):
    """What happened and what can be done about it, beside the work and never over it."""

    closed = Signal()
    """It was dismissed or settled: there is room for the next."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(("bottom",), parent)
        self._theme = theme
        self._mark = Chip(theme)
        self._words = Text(role="caption", tone="ink", wrap=True, selectable=True)
        self._buttons = QHBoxLayout()
        self._cross = QToolButton()
        self._cross.setAccessibleName(tr("Dismiss"))
        self._cross.setIconSize(QSize(_ICON_PX, _ICON_PX))
        set_tool_tip(self._cross, tr("Dismiss"))
        self._cross.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(LARGE_PX, SMALL_PX, MEDIUM_PX, SMALL_PX)
        line.setSpacing(MEDIUM_PX)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        line.addLayout(self._buttons)
        line.addWidget(self._cross)
        self.hide()
        theme.changed.connect(self._on_theme_changed)

    def say(
        self,
        head: str,
        words: str,
        *,
        icon: str = "alert-triangle",
        tone: Tone = "differ",
        offers: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """Show ``words`` under a short ``head``, with a button for each offer."""
        self._mark.set_state(icon, head, tone)
        self._words.setText(words)
        while (item := self._buttons.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.hide()
                button.deleteLater()
        for title, run in offers:
            button = Button(title)
            button.clicked.connect(run)
            self._buttons.addWidget(button)
        self.setAccessibleName(f"{head}. {words}")
        self._on_theme_changed()
        self.show()

    def set_words(self, words: str) -> None:
        """Say how it goes on, with the same head and offers."""
        self._words.setText(words)

    def words(self) -> str:
        """What it says now, empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # A window that goes out of sight takes the notice along without closing it.
        if self.isHidden():
            self.closed.emit()

    def _on_theme_changed(self) -> None:
        self._cross.setIcon(self._theme.icon("x", "muted", _ICON_PX))
