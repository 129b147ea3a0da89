"""Fields to type in: what is typed is settled when its hand lets go of it, or taken back."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desktop.services.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

_ROWS_MOST: Final = 12
_FRAME_PX: Final = 9
_OWN_KEYS: Final = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)
_BACK_KEYS: Final = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_HOLDING_KEYS: Final = _CONTROL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Typed:
    """What both fields have in common; ``kept`` is the text that was settled last.

    Enter, Tab, a click elsewhere or a shortcut settles what was typed, so that no command works
    on less than what stands on the screen. Escape takes it back, and without anything typed is
    left to whoever stands around. Ctrl+Z takes back letters while there are any, then steps.
    """

    kept: str = ""
    _shown: str = ""
    typed_text: Callable[[], str]

    def text(self) -> str:
        """What stands in the field, to the letter: Qt drops some that nobody sees."""
        return self.typed_text() if self.is_touched else self.kept

    def show_text(self, text: str) -> None:
        """Show another settled text; what is being typed stays if that says the same."""
        if text == self.kept and self.is_touched:
            return
        if text != self.typed_text():
            self.put_text(text)
        self.keep(text)

    def keep(self, text: str) -> None:
        """Take what stands in the field as settled, and as meaning this text."""
        self.kept = text
        self._shown = self.typed_text()

    def put_text(self, text: str) -> None:
        """Show a text that is not settled yet, as if it had been typed before."""
        raise NotImplementedError

    def tell_settled(self) -> None:
        raise NotImplementedError

    def tell_taken_back(self) -> None:
        raise NotImplementedError

    @property
    def is_touched(self) -> bool:
        return self.typed_text() != self._shown

    def settle(self) -> None:
        """Hand on what was typed; nothing if nothing was."""
        if self.is_touched:
            self.tell_settled()

    def lends_focus(self, event: QFocusEvent) -> bool:
        """Whether the focus only goes to the field's own menu, and comes back from it."""
        menu = QApplication.activePopupWidget()
        is_popup = event.reason() == Qt.FocusReason.PopupFocusReason
        owner: object = menu.parentWidget() if menu is not None else None
        return is_popup and owner is self

    def take_back(self) -> None:
        self.put_text(self.kept)
        self.keep(self.kept)
        self.tell_taken_back()

    def wants_shortcut(self, event: QKeyEvent) -> bool:
        """Whether a key that may be a shortcut belongs to the field instead."""
        if any(event.matches(key) for key in _BACK_KEYS):
            return self.is_touched
        if any(event.matches(key) for key in _OWN_KEYS):
            return True
        # With Alt too it is a letter that the keyboard has on a third level.
        held = event.modifiers() & _HOLDING_KEYS
        if event.text().isprintable() and event.text() and held != _CONTROL:
            return True
        if held or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            self.settle()
        return False

    def takes_key(self, event: QKeyEvent) -> bool:
        """Deal with the keys that settle and take back; what is left goes on to the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settle()
            event.ignore()
            return True
        if event.key() == Qt.Key.Key_Escape:
            if self.is_touched:
                self.take_back()
            else:
                event.ignore()
            return True
        return False


class Line(Typed, QLineEdit):
    """One line to type in."""

    settled = Signal()
    taken_back = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(Theme.font("body"))
        self.textEdited.connect(self._on_self_text_edited)

    def typed_text(self) -> str:
        return QLineEdit.text(self)

    def put_text(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def tell_settled(self) -> None:
        self.settled.emit()

    def tell_taken_back(self) -> None:
        self.taken_back.emit()

    def sizeHint(self) -> QSize:
        return QSize(140, self.fontMetrics().lineSpacing() + 2 * _FRAME_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self.wants_shortcut(event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.takes_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.hasSelectedText() and self.selectionStart() == 0:
            # Chosen backwards, a long text shows its beginning.
            self.end(False)
            self.home(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.lends_focus(event):
            self.settle()

    def _on_self_text_edited(self, _text: str) -> None:
        self.typed.emit()


class TextBox(Typed, QPlainTextEdit):
    """Some lines to type one paragraph in, as high as it needs.

    With ``paragraphs`` there may be several, and Enter begins another.
    """

    settled = Signal()
    taken_back = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget | None = None, *, paragraphs: bool = False) -> None:
        super().__init__(parent)
        self._paragraphs = paragraphs
        self._shows = False
        self.setFont(Theme.font("body"))
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_self_text_changed)
        self._fit()

    def typed_text(self) -> str:
        """What is written; in one paragraph, lines that were pasted are joined by spaces."""
        text = self.document().toRawText().replace("\u2029", "\n")
        if self._paragraphs or "\n" in self.kept or "\n" not in text:
            return text
        return " ".join(text.split("\n"))

    def put_text(self, text: str) -> None:
        self._shows = True
        self.setPlainText(text)
        self._shows = False

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        if read_only:
            # Qt leaves it to the mouse alone.
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def tell_settled(self) -> None:
        self.settled.emit()

    def tell_taken_back(self) -> None:
        self.taken_back.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self.wants_shortcut(event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        begins = enters and self._paragraphs and not event.modifiers() & _CONTROL
        if begins or not self.takes_key(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.lends_focus(event):
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_self_text_changed(self) -> None:
        self._fit()
        if not self._shows:
            self.typed.emit()

    def _fit(self) -> None:
        rows = min(max(round(self.document().size().height()), 1), _ROWS_MOST)
        first = self.document().firstBlock()
        # The paragraph stands on lines that Qt rounds up from those of the font.
        line_px = ceil(self.blockBoundingRect(first).height() / max(first.lineCount(), 1))
        height_px = rows * line_px + 2 * _FRAME_PX - 1
        if height_px != self.height():
            self.setFixedHeight(height_px)
