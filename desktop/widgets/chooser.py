"""A field in which one of many is chosen by typing part of its name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Self

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop.widgets.suggesting_line import MOST_OFFERED, SuggestingLine, Suggestion

_ARROW_PX: Final = 26
_PADDING_PX: Final = 8


class Choices(NamedTuple):
    """What there is to choose from, asked for anew each time: keys with their words.

    ``words`` tells those of one key, empty where it is none of the choices.
    """

    all: Callable[[], Sequence[tuple[str, str]]]
    words: Callable[[str], str]

    @classmethod
    def of(cls, choices: Sequence[tuple[str, str]]) -> Self:
        """Choices that never change."""
        words = dict(choices)
        return cls(lambda: choices, lambda key: words.get(key, ""))


class Chooser(SuggestingLine):
    """Shows the words of what is chosen; ``key`` is what stands for it, empty for none.

    Words that are typed and name none of the choices are kept as they are: the key is then the
    text itself, for whoever checks it to refuse. Down, or the arrow at the right, shows all.
    """

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(self._matches, parent)
        self._choices = choices
        self._key = ""
        self._taken: Suggestion | None = None
        self._pool: list[tuple[str, str, str]] | None = None
        self.setTextMargins(0, 0, _ARROW_PX - _PADDING_PX, 0)
        self.setMouseTracking(True)

    def is_current(self, suggestion: Suggestion) -> bool:
        return not self.is_touched and bool(self._key) and suggestion.key == self._key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.offered() and not self.is_touched:
            self.offer("")
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        was_open = bool(self.offered())
        super().mousePressEvent(event)
        if event.position().x() >= self.width() - _ARROW_PX:
            if was_open:
                self.shut()
            else:
                self.offer("")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = event.position().x() >= self.width() - _ARROW_PX
        shape = Qt.CursorShape.ArrowCursor if over else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        x, y = self.width() - _ARROW_PX / 2 - 2, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        painter.end()

    def key(self) -> str:
        if not self.is_touched:
            return self._key
        text = self.text().strip()
        if self._taken is not None and text == self._taken.text:
            return self._taken.key
        wanted = _folded(text)
        for folded, key, _words in self._folded_choices():
            if text == key or folded == f"{wanted} {key}":
                return key
        return text

    def show_key(self, key: str) -> None:
        """Show the words of a choice; a key that is none of them stands for itself."""
        self._key, self._taken, self._pool = key, None, None
        self.show_text(self._choices.words(key) or key)

    def take(self, suggestion: Suggestion) -> None:
        self._taken = suggestion
        super().take(suggestion)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._pool = None
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        only = self._only_begun()
        if only is not None and event.reason() == Qt.FocusReason.TabFocusReason:
            self.take(only)
        super().focusOutEvent(event)
        # Its beginning tells more of a name that is too long than its end.
        self.setCursorPosition(0)

    def meant(self) -> Suggestion | None:
        """What Enter would take: that on which the arrow keys stand, or the only one begun."""
        return super().meant() or self._only_begun()

    def _only_begun(self) -> Suggestion | None:
        """What is offered, if it is one alone and its name begins with what is typed."""
        if len(self.offered()) != 1 or not self.is_touched:
            return None
        only, typed = self.offered()[0], _folded(self.text().strip())
        return only if typed and _folded(only.text).startswith(typed) else None

    def _matches(self, text: str) -> list[Suggestion]:
        parts = _folded(text).split()
        begin: list[Suggestion] = []
        hold: list[Suggestion] = []
        for folded, key, words in self._folded_choices():
            if all(part in folded for part in parts):
                begins = not parts or folded.startswith(parts[0])
                (begin if begins else hold).append(Suggestion(words, words, key))
                if len(begin) == MOST_OFFERED:
                    break
                del hold[MOST_OFFERED:]
        return [*begin, *hold]

    def _folded_choices(self) -> list[tuple[str, str, str]]:
        """All choices to search in, folded once for as long as the field has the focus."""
        if self._pool is None:
            pairs = self._choices.all()
            self._pool = [(f"{_folded(words)} {key}", key, words) for key, words in pairs]
        return self._pool


def _folded(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
