"""A line that offers what might be meant, as one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPoint, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QWidget

from desktop.services.theme import Theme
from desktop.widgets.line import Line

MOST_OFFERED: Final = 200
_MOST_SEEN: Final = 12
_LEAST_PX: Final = 280
_EDGE_PX: Final = 5
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Suggestion(NamedTuple):
    """``words`` as they are offered, ``text`` what the line says once they are taken."""

    words: str
    text: str
    key: str = ""


class SuggestingLine(Line):
    """``suggest`` is asked for what fits the text; arrow keys, Enter and clicks take one.

    Down in an empty line, Alt+Down or a click into an empty one shows what there is.
    """

    chosen = Signal(object)
    """The Suggestion that was taken."""

    def __init__(
        self, suggest: Callable[[str], Sequence[Suggestion]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._offered: tuple[Suggestion, ...] = ()
        self._list: _Offers | None = None
        self.typed.connect(self._on_self_typed)

    def offered(self) -> tuple[Suggestion, ...]:
        """What is offered now, empty while the list is shut."""
        return self._offered

    def offer(self, text: str) -> None:
        """Show what fits ``text``, or shut the list where nothing does."""
        takes_any = self.isVisible() and not self.isReadOnly()
        offered = tuple(self._suggest(text))[:MOST_OFFERED] if takes_any else ()
        if not offered:
            self.shut()
            return
        self._offered = offered
        if self._list is None:
            self._list = _Offers(self)
            self._list.clicked.connect(self._on_list_clicked)
        self._list.show_words([each.words for each in offered])
        self._list.mark(next((n for n, each in enumerate(offered) if self.is_current(each)), -1))

    def shut(self) -> None:
        self._offered = ()
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def take(self, suggestion: Suggestion) -> None:
        """Take what was offered."""
        self.shut()
        self.setText(suggestion.text)
        self.chosen.emit(suggestion)
        self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        opens = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) or not self.text()
        if self._list is None and key == Qt.Key.Key_Down and opens:
            self.offer(self.text() if self.is_touched else "")
        elif self._list is not None and key in _STEPS:
            self._list.step(_STEPS[Qt.Key(key)])
        elif self._list is not None and key == Qt.Key.Key_Escape:
            self.shut()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (meant := self.meant()) is not None:
            self.take(meant)
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.shut()
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.offer("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.shut()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.shut()
        super().hideEvent(event)

    def is_current(self, suggestion: Suggestion) -> bool:
        """Whether this is what the line says already, so that the list begins there."""
        return False

    def takes_enter(self) -> bool:
        """Whether Enter would take what is offered."""
        return self.meant() is not None

    def meant(self) -> Suggestion | None:
        """What Enter would take: that on which the arrow keys stand."""
        marked = self._marked()
        return None if marked is None else self._offered[marked]

    def _marked(self) -> int | None:
        """The row of the list on which the arrow keys stand."""
        return None if self._list is None else self._list.marked()

    def _on_self_typed(self) -> None:
        self.offer(self.text())

    def _on_list_clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self.take(self._offered[index.row()])


class _Offers(QListView):
    """The list under the line, or over it where there is more room; the line keeps the focus."""

    def __init__(self, line: SuggestingLine) -> None:
        super().__init__(line.window())
        self._line = line
        self._words = QStringListModel(self)
        self.setModel(self._words)
        self.setObjectName("suggestions")
        self.setAccessibleName(line.accessibleName())
        self.setFont(Theme.font("caption"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        ancestor = line.parentWidget()
        while ancestor is not None:
            if isinstance(ancestor, QScrollArea):
                ancestor.verticalScrollBar().valueChanged.connect(line.shut)
            ancestor = ancestor.parentWidget()

    def show_words(self, words: list[str]) -> None:
        self._words.setStringList(words)
        window, line = self.window(), self._line
        row_px = max(self.sizeHintForRow(0), 1)
        high_px = row_px * min(len(words), _MOST_SEEN) + 2 * _EDGE_PX
        wide_px = min(max(line.width(), _LEAST_PX), window.width())
        below = line.mapTo(window, QPoint(0, line.height() + 2))
        above_px = line.mapTo(window, QPoint(0, 0)).y() - 2
        under_px = window.height() - below.y()
        place = QRect(below.x(), below.y(), wide_px, min(high_px, under_px))
        if high_px > under_px and above_px > under_px:
            high_px = min(high_px, above_px)
            place = QRect(below.x(), above_px - high_px, wide_px, high_px)
        place.moveRight(min(place.right(), window.width() - 2))
        self.setGeometry(place)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next row or the one before; from none, the first or the last."""
        marked, count = self.marked(), self._words.rowCount()
        before = marked if marked is not None else -1 if by > 0 else count
        self.mark((before + by) % count)

    def mark(self, row: int) -> None:
        self.setCurrentIndex(self._words.index(row, 0))

    def marked(self) -> int | None:
        index = self.currentIndex()
        return index.row() if index.isValid() else None
