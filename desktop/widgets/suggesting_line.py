"""A line that offers what might be meant, as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QWidget

from desktop.services.theme import Theme
from desktop.widgets.line import Line

MOST_OFFERED: Final = 12
_LEAST_PX: Final = 280


class Suggestion(NamedTuple):
    """``words`` as they are offered, ``text`` what the line says once they are taken."""

    words: str
    text: str
    key: str = ""


class SuggestingLine(Line):
    """``suggest`` is asked for what fits the text; arrow keys, Enter and clicks take one.

    Alt+Down or a click into the empty line shows what there is.
    """

    chosen = Signal(object)
    """The Suggestion that was taken."""

    def __init__(
        self, suggest: Callable[[str], Sequence[Suggestion]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._offered: tuple[Suggestion, ...] = ()
        self._completer: QCompleter | None = None
        self._list: QAbstractItemView | None = None
        self.typed.connect(self._on_self_typed)

    def offered(self) -> tuple[Suggestion, ...]:
        """What is offered now, empty while the list is shut."""
        return self._offered if self._list is not None and self._list.isVisible() else ()

    def offer(self, text: str) -> None:
        """Show what fits ``text``, or shut the list where nothing does."""
        self._offered = tuple(self._suggest(text))[:MOST_OFFERED]
        if not self._offered or not self.isVisible():
            self.shut()
            return
        completer = self._ready()
        model = completer.model()
        assert isinstance(model, QStringListModel)
        model.setStringList([each.words for each in self._offered])
        wide_px = max(self.width(), _LEAST_PX)
        completer.complete(QRect(0, 0, wide_px, self.height() + 2))

    def shut(self) -> None:
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and (opens or not self.text()):
            self.offer("" if not self.is_touched else self.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.offer("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.offered() or event.reason() == Qt.FocusReason.TabFocusReason:
            self.shut()
            super().focusOutEvent(event)

    def take(self, suggestion: Suggestion) -> None:
        """Take what was offered."""
        self.shut()
        self.setText(suggestion.text)
        self.chosen.emit(suggestion)
        self.settle()

    def _ready(self) -> QCompleter:
        """The list, made when it is first needed."""
        if self._completer is None:
            self._completer = QCompleter(QStringListModel(self), self)
            self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            self._completer.setMaxVisibleItems(MOST_OFFERED)
            self._completer.setWidget(self)
            self._completer.activated[QModelIndex].connect(  # type: ignore[index]
                self._on_completer_activated
            )
            self._list = self._completer.popup()
            assert self._list is not None
            self._list.setObjectName("suggestions")
            self._list.setAccessibleName(self.accessibleName())
            self._list.setFont(Theme.font("body"))
        return self._completer

    def _on_self_typed(self) -> None:
        self.offer(self.text())

    def _on_completer_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self.take(self._offered[index.row()])
