"""The line over the timeline: a date to ask about, what is in view, and how to see more or less."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.model.dates import EdtfDate
from desktop.model.problems import Malformed, Problem
from desktop.services.language import tr
from desktop.services.problem_words import problem_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX
from desktop.widgets.button import Button
from desktop.widgets.link import Link
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, set_tool_tip

_DATE_PX: Final = 224
_BUTTON_PX: Final = 40


class DateBox(QLineEdit):
    """A date to ask about, in the forms that a facts file has; Escape empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("quiet", True)
        self.setPlaceholderText(tr("On this day: 2025-05-08"))
        self.setAccessibleName(tr("What happened on this day, month or year"))
        self.setMaximumWidth(_DATE_PX)

    def date(self) -> EdtfDate | None:
        """The date that stands here; None while it is empty, Malformed while it is no date."""
        text = self.text().strip()
        return EdtfDate.parse(text) if text else None

    def mark_wrong(self, wrong: bool) -> None:
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        return QSize(_DATE_PX, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(184, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class TimelineBar(Surface):
    """As a date is typed, each that is complete is asked about; what is none is said on Enter."""

    date_asked = Signal(object)
    """The EdtfDate that stands in the box, or None when it has been emptied."""
    filters_asked = Signal(bool)
    cleared = Signal()
    enlarged = Signal()
    shrunk = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("bottom",), parent)
        self.filters_button = Button(tr("Filters"))
        self.filters_button.setCheckable(True)
        self.filters_button.clicked.connect(self.filters_asked)
        self.date_box = DateBox()
        self.date_box.textChanged.connect(self._on_date_box_text_changed)
        self.date_box.returnPressed.connect(self._on_date_box_return_pressed)
        self.problem_words = ElidedText(role="caption", tone="differ")
        self.problem_words.hide()
        self.window_words = ElidedText(role="caption")
        self.clear_link = Link(tr("Clear filters"))
        self.clear_link.activated.connect(self._on_clear_link_activated)
        self.shrink_button = _sign("−", tr("Shrink"), "−")
        self.enlarge_button = _sign("+", tr("Enlarge"), "+")
        self.all_button = Button(tr("All time"))
        set_tool_tip(self.all_button, tr("All time (0)"))
        self.shrink_button.clicked.connect(self._on_shrink_button_clicked)
        self.enlarge_button.clicked.connect(self._on_enlarge_button_clicked)
        self.all_button.clicked.connect(self._on_all_button_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(MEDIUM_PX, SMALL_PX + 2, MEDIUM_PX, SMALL_PX + 2)
        line.setSpacing(SMALL_PX + 4)
        line.addWidget(self.filters_button)
        line.addWidget(self.date_box, 100)
        line.addWidget(self.problem_words)
        line.addWidget(self.window_words)
        line.addWidget(self.clear_link)
        line.addStretch(1)
        for button in (self.shrink_button, self.enlarge_button, self.all_button):
            line.addWidget(button)

    def show_state(self, words: str, *, filtered: bool) -> None:
        """Say what is in view, and offer to clear the filters if any is in force."""
        self.window_words.setText(words)
        self.clear_link.setVisible(filtered)

    def show_scale(self, *, is_all: bool, is_closest: bool) -> None:
        """Offer only what would change anything."""
        self.shrink_button.setEnabled(not is_all)
        self.all_button.setEnabled(not is_all)
        self.enlarge_button.setEnabled(not is_closest)

    def offer_filters(self, offered: bool, shown: bool) -> None:
        """Show the button for the filters where they do not stand beside the lanes anyway."""
        self.filters_button.setVisible(offered)
        self.filters_button.setChecked(shown)

    def _on_date_box_text_changed(self) -> None:
        try:
            asked = self.date_box.date()
        except Malformed:
            return
        self._say_problem("")
        self.date_asked.emit(asked)

    def _on_date_box_return_pressed(self) -> None:
        try:
            asked = self.date_box.date()
        except Malformed as malformed:
            problem = Problem(malformed.code, "error", params=malformed.params)
            self._say_problem(problem_words(problem))
        else:
            self.date_asked.emit(asked)

    def _say_problem(self, words: str) -> None:
        self.date_box.mark_wrong(bool(words))
        self.problem_words.setText(words)
        self.problem_words.setVisible(bool(words))
        self.window_words.setVisible(not words)
        self.date_box.setAccessibleDescription(words)

    def _on_clear_link_activated(self) -> None:
        self.cleared.emit()

    def _on_shrink_button_clicked(self) -> None:
        self.shrunk.emit()

    def _on_enlarge_button_clicked(self) -> None:
        self.enlarged.emit()

    def _on_all_button_clicked(self) -> None:
        self.all_wanted.emit()


def _sign(sign: str, name: str, key: str) -> Button:
    """A button of one sign, with its name for those who do not see it."""
    button = Button(sign)
    button.setAccessibleName(name)
    button.setFixedWidth(_BUTTON_PX)
    set_tool_tip(button, f"{name} ({key})")
    return button
