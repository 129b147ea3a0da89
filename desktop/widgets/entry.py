"""A field to write in under its name, with what is wrong with it beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.theme import TIGHT_PX
from desktop.widgets.text import Text


class Entry(QWidget):
    """``editor`` under ``label``; ``refuse`` says below it what is accepted.

    A ``hint`` stands there while nothing is wrong.
    """

    def __init__(
        self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._words = Text(hint, "source", wrap=True, tone="muted")
        self._words.setVisible(bool(hint))
        self._warning = Text("", "source", wrap=True, tone="stale")
        self._warning.hide()
        self._label = Text(label, "caption_strong")
        self._label.setBuddy(editor)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        for part in (self._label, editor, self._words, self._warning):
            column.addWidget(part)
        column.addStretch(1)

    def refuse(self, words: str) -> None:
        """Mark the field and say why; empty words take the mark away again."""
        self._say(words or self._hint, bool(words))

    def hide_label(self) -> None:
        """Leave the name to screen readers, where one like it stands above."""
        self._label.hide()

    def warn(self, words: str) -> None:
        """Say below what is doubtful, which keeps nobody from going on."""
        self._warning.setText(words)
        self._warning.setVisible(bool(words))
        self._describe()

    def warning(self) -> str:
        return self._warning.text()

    def set_hint(self, words: str) -> None:
        """Say beside the field what it means as it stands, unless it is refused."""
        self._hint = words
        if not self.is_wrong:
            self._say(words, False)

    def words(self) -> str:
        """What stands below the field."""
        return self._words.text()

    @property
    def is_wrong(self) -> bool:
        return bool(self.editor.property("wrong"))

    def _say(self, words: str, wrong: bool) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._words.set_tone("differ" if wrong else "muted")
        self._describe()
        if wrong != self.is_wrong:
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def _describe(self) -> None:
        said = (self._words.text(), self._warning.text())
        self.editor.setAccessibleDescription(". ".join(each for each in said if each))


def asks_done(event: QEvent) -> bool:
    """Whether a key says that all is written: Ctrl+Enter, before a shortcut takes it."""
    kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
    if event.type() not in kinds or not isinstance(event, QKeyEvent):
        return False
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
