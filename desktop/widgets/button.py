"""A button whose words stand as they are."""

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.services.theme import Theme


class Button(QPushButton):
    """Quiet, or ``primary``: the one thing most people come to this place to do."""

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
