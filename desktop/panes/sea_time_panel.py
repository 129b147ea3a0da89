"""The strip below the map that shows what had happened by a day, and plays it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.model.dates import EdtfDate
from desktop.panes.sea_panel import SeaPanel
from desktop.panes.sea_time import SeaTime
from desktop.services.language import Locale, tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX, Theme
from desktop.widgets.text import Text, set_tool_tip

_WORDS_PX: Final = 130
_ICON_PX: Final = 18
_BUTTON_PX: Final = 34
_SOON_MS: Final = 30
_STEP_MS: Final = 700


class SeaTimePanel(SeaPanel):
    """A slider over the dated facts; "play" goes from fact to fact until it stands at the end."""

    chosen = Signal(object)
    """The day by which facts are to be shown, or None for all; soon after the slider moves."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._speak: Locale | None = None
        self.play_button = QToolButton()
        self.play_button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        self.play_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.play_button.clicked.connect(self._on_play_button_clicked)
        self.words = Text(role="caption_strong")
        self.words.setFixedWidth(_WORDS_PX)
        self.slider = SeaTime()
        self.slider.chosen.connect(self._on_slider_chosen)
        self.slider.grasped.connect(self.stop)
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._on_soon_timeout)
        self._play = QTimer(self, interval=_STEP_MS)
        self._play.timeout.connect(self._on_play_timeout)
        line = QHBoxLayout(self)
        line.setContentsMargins(SMALL_PX, 2, SMALL_PX, 2)
        line.setSpacing(MEDIUM_PX)
        line.addWidget(self.play_button)
        line.addWidget(self.words)
        line.addWidget(self.slider, 1)
        theme.changed.connect(self._show_button)
        self._show_button()

    @property
    def is_playing(self) -> bool:
        return self._play.isActive()

    def show_days(self, speak: Locale, days: Sequence[int]) -> None:
        """Mark these days on the slider, and speak to this audience."""
        self._speak = speak
        self.slider.show_days(days)
        self.play_button.setEnabled(bool(days))
        self._say_day()

    def play(self) -> None:
        """Go from fact to fact, from the first where the slider stands at the end."""
        if self.slider.day is None:
            self.slider.setValue(self.slider.minimum())
        self._play.start()
        self._show_button()

    def stop(self) -> None:
        """Stand still on the day that is shown."""
        self._play.stop()
        self._show_button()

    def _say_day(self) -> None:
        day, words = self.slider.day, tr("All dates")
        if day is not None and self._speak is not None:
            until = self._speak.date(EdtfDate.of_day(day), short=True)
            words = tr("By {date}").format(date=until)
        self.words.setText(words)
        # Its value is a count of days, which says nothing to a listener.
        self.slider.setAccessibleDescription(words)

    def _show_button(self) -> None:
        name = "player-pause" if self.is_playing else "player-play"
        words = tr("Stop on this day") if self.is_playing else tr("Play what happened, in order")
        self.play_button.setIcon(self._theme.icon(name, "link", _ICON_PX))
        self.play_button.setAccessibleName(words)
        set_tool_tip(self.play_button, words)

    def _on_play_button_clicked(self) -> None:
        if self.is_playing:
            self.stop()
        else:
            self.play()

    def _on_play_timeout(self) -> None:
        self.slider.step_on()
        if self.slider.day is None:
            self.stop()

    def _on_slider_chosen(self, _day: date | None) -> None:
        self._say_day()
        self._soon.start()

    def _on_soon_timeout(self) -> None:
        self.chosen.emit(self.slider.day)

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)
