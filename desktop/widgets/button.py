"""A button whose words stand as they are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.services.theme import Theme


class Button(QPushButton):
    """Quiet, or ``primary``: the one thing most people come to this place to do.

    Enter presses it, as the space bar does.
    """

    def __init__(self, words: str, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setFont(Theme.font("strong" if primary else "label"))
        if primary:
            self.setProperty("primary", True)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        # A single ampersand would be eaten and become a shortcut.
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)
