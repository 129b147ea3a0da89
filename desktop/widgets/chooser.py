"""A field in which one of many is chosen by typing part of its name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple, Self

from PySide6.QtWidgets import QWidget

from desktop.widgets.suggesting_line import MOST_OFFERED, SuggestingLine, Suggestion


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
    text itself, for whoever checks it to refuse.
    """

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(self._matches, parent)
        self._choices = choices
        self._key = ""
        self._taken: Suggestion | None = None

    def key(self) -> str:
        if not self.is_touched:
            return self._key
        text = self.text().strip()
        if self._taken is not None and text == self._taken.text:
            return self._taken.key
        wanted = _folded(text)
        for key, words in self._choices.all():
            if text == key or wanted == _folded(words):
                return key
        return text

    def show_key(self, key: str) -> None:
        """Show the words of a choice; a key that is none of them stands for itself."""
        self._key, self._taken = key, None
        self.show_text(self._choices.words(key) or key)

    def take(self, suggestion: Suggestion) -> None:
        self._taken = suggestion
        super().take(suggestion)

    def _matches(self, text: str) -> list[Suggestion]:
        parts = _folded(text).split()
        found: list[Suggestion] = []
        later: list[Suggestion] = []
        for key, words in self._choices.all():
            folded = f"{_folded(words)} {key}"
            if not all(part in folded for part in parts):
                continue
            begins = not parts or folded.startswith(parts[0])
            (found if begins else later).append(Suggestion(words, words, key))
            if len(found) == MOST_OFFERED:
                break
        return [*found, *later]


def _folded(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
