"""What is done with the map: go to a position, measure, move about, take a picture away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.model.positions import parse_position
from desktop.model.problems import Malformed, Problem
from desktop.panes.sea_panel import SeaPanel
from desktop.services.language import tr
from desktop.services.problem_words import problem_words
from desktop.services.theme import SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.button import Button
from desktop.widgets.text import Text, set_tool_tip

_ICON_PX: Final = 16
_SIDE_PX: Final = 34
_BOX_PX: Final = 190
_MOST_NM: Final = 1000.0


class SeaTools(SeaPanel):
    """A strip over the map; what it says of a measurement stands below its controls."""

    position_asked = Signal(object)
    """Degrees east and north that the reader typed."""
    measuring = Signal(bool)
    asked = Signal(object)
    """The key of a ready question that the reader chose."""
    ring_asked = Signal(object)
    """The distance (nm) about the chosen place, or None to take the ring away."""
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Map tools"))
        self.position_box = _Box(tr("Go to 16°04′N 108°13′E"), tr("Position to go to"))
        self.position_box.setMinimumWidth(_BOX_PX)
        self.position_box.returnPressed.connect(self._on_position_box_return_pressed)
        self.position_box.textEdited.connect(self._on_box_edited)
        self.measure_button = Button(tr("Measure"))
        self.measure_button.setCheckable(True)
        self.measure_button.toggled.connect(self.measuring)
        set_tool_tip(self.measure_button, tr("Distance between two places"))
        self.ring_box = _Box(tr("Ring, nm"), tr("List what lies within so many nautical miles"))
        self.ring_box.setFixedWidth(96)
        self.ring_box.returnPressed.connect(self._on_ring_box_return_pressed)
        self.ring_box.textEdited.connect(self._on_box_edited)
        self.menu_button = QToolButton()
        self.menu_button.setAccessibleName(tr("Map: copy, save"))
        self.menu_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_tool_tip(self.menu_button, tr("Copy, save"))
        self.menu = QMenu(self)
        self.menu_button.setMenu(self.menu)
        self.ask_button = Button(tr("Ask"))
        set_tool_tip(self.ask_button, tr("Ready answers"))
        self.questions = QMenu(self)
        self.questions.triggered.connect(self._on_questions_triggered)
        self.ask_button.setMenu(self.questions)
        self._asked: list[tuple[str, str]] = []
        self._said = Text(role="caption", tone="ink", wrap=True, selectable=True)
        self._wrong = Text(role="caption", tone="differ", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        line.addWidget(self.position_box, 1)
        line.insertWidget(0, self.ask_button)
        for part in (self.measure_button, self.ring_box, self.menu_button):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SMALL_PX, SMALL_PX, SMALL_PX, SMALL_PX)
        column.setSpacing(TIGHT_PX)
        column.addLayout(line)
        column.addWidget(self._said)
        column.addWidget(self._wrong)
        self._said.hide()
        self._wrong.hide()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_questions(self, questions: Sequence[tuple[str, str]]) -> None:
        """Offer these ready questions, each by its key and in words."""
        if self._asked == list(questions):
            return
        self._asked = list(questions)
        self.questions.clear()
        for key, words in questions:
            # A single ampersand would be eaten and become a shortcut.
            self.questions.addAction(words.replace("&", "&&")).setData(key)

    def say(self, words: str) -> None:
        """Tell of a measurement, or with no words of none."""
        self._tell(self._said, words)
        self._tell(self._wrong, "")

    def refuse(self, words: str) -> None:
        """Tell why what was typed is not done."""
        self._tell(self._wrong, words)

    def said(self) -> str:
        return self._said.text()

    def refusal(self) -> str:
        return self._wrong.text()

    @property
    def bar_px(self) -> int:
        """How high the strip is while it says nothing."""
        return self.position_box.sizeHint().height() + 2 * SMALL_PX

    def height_for(self, width_px: int) -> int:
        """How high the strip is at a width."""
        layout = self.layout()
        assert layout is not None
        return max(layout.heightForWidth(width_px), layout.minimumSize().height())

    def _tell(self, text: Text, words: str) -> None:
        if text.text() != words or text.isHidden() == bool(words):
            text.setText(words)
            text.setVisible(bool(words))
            self.resized.emit()

    def _on_position_box_return_pressed(self) -> None:
        try:
            found = parse_position(self.position_box.text())
        except Malformed as refused:
            self.refuse(problem_words(Problem(refused.code, "error", params=refused.params)))
        else:
            self._tell(self._wrong, "")
            self.position_asked.emit(found)

    def _on_ring_box_return_pressed(self) -> None:
        text = self.ring_box.text().strip().replace(",", ".")
        if not text:
            self._tell(self._wrong, "")
            self.ring_asked.emit(None)
            return
        try:
            radius_nm = float(text)
        except ValueError:
            radius_nm = 0.0
        if 0 < radius_nm <= _MOST_NM:
            self._tell(self._wrong, "")
            self.ring_asked.emit(radius_nm)
        else:
            self.refuse(tr("A ring is between 0 and 1,000 nautical miles, such as 100."))

    def _on_questions_triggered(self, action: QAction) -> None:
        self.asked.emit(action.data())

    def _on_box_edited(self, _text: str) -> None:
        self._tell(self._wrong, "")

    def _on_theme_changed(self) -> None:
        self.menu_button.setIcon(self._theme.icon("copy", "muted", _ICON_PX))


class SeaZoom(SeaPanel):
    """Closer, further, the whole sea, back and forward."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Move about the map"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(TIGHT_PX, TIGHT_PX, TIGHT_PX, TIGHT_PX)
        self._column.setSpacing(0)

    def add(self, sign: str, words: str, key: str, do: Callable[[], object]) -> QToolButton:
        """Put one more button below the others."""
        button = QToolButton()
        button.setText(sign)
        button.setFont(Theme.font("heading"))
        button.setFixedSize(_SIDE_PX, _SIDE_PX)
        button.setAccessibleName(words)
        set_tool_tip(button, f"{words} ({key})")
        button.clicked.connect(_without_state(do))
        self._column.addWidget(button)
        return button


class _Box(QLineEdit):
    """A line to type into; Escape empties it, then leaves the key to its owner."""

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        set_tool_tip(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _without_state(do: Callable[[], object]) -> Callable[[bool], None]:
    def called(_checked: bool) -> None:
        do()

    return called
