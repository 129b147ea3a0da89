"""A paragraph in which some words can be pressed, as the numbers of a sentence lead to a source."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.theme import PALETTE_ROLE, TextRole, Theme, Tone
from desktop.widgets.pressable import draw_focus_ring


class LinkedText(QWidget):
    """Plain words that wrap; those given with a key are links.

    The whole paragraph is one stop of the Tab key, within which Left and Right move from link to
    link and Enter presses the one in focus.
    """

    activated = Signal(object)
    """Key of the words that were pressed."""

    def __init__(
        self, role: TextRole = "body", *, tone: Tone = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self._links: list[tuple[int, int, object]] = []
        self._hot: int | None = None
        self._focused = 0
        self._ring = False
        self._layout = QTextLayout("")
        self._layout.setCacheEnabled(True)
        self._laid_out_px = -1
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self.setFont(Theme.font(role))
        self._layout.setFont(self.font())
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_parts(self, parts: Sequence[tuple[str, object | None]]) -> None:
        """Show words one after another, each with the key that pressing it gives, or None."""
        text = ""
        self._links = []
        for words, key in parts:
            if key is not None:
                self._links.append((len(text), len(text) + len(words), key))
            text += words
        self._focused, self._hot = 0, None
        self._layout.setText(text)
        self._laid_out_px = -1
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._links else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        return self._layout.text()

    def link_words(self) -> list[str]:
        """The words that can be pressed, in order."""
        return [self.words()[start:end] for start, end, _key in self._links]

    def link_area(self, index: int) -> QRectF:
        """Where a link begins: its first line's rectangle, in this widget's pixels."""
        self._lay_out(self.width())
        start, end, _key = self._links[index]
        line = self._layout.lineForTextPosition(start)
        left = _x_of(line, start)
        right = _x_of(line, min(end, line.textStart() + line.textLength()))
        return QRectF(left, line.y(), right - left, line.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        # Layouts ask for the width there is, also beyond the one this may have.
        return self._lay_out(min(width_px, self.maximumWidth()))

    def sizeHint(self) -> QSize:
        width_px = min(720, self.fontMetrics().horizontalAdvance(self.words()) + 2)
        return QSize(width_px, self._lay_out(max(width_px, 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(PALETTE_ROLE[self._tone]))
        selections = []
        for index, (start, end, _key) in enumerate(self._links):
            form = QTextCharFormat()
            form.setForeground(self.palette().color(PALETTE_ROLE["link"]))
            form.setFontUnderline(index == self._hot)
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = start, end - start, form
            selections.append(span)
        self._layout.draw(painter, QPointF(0, 0), selections)
        if self._ring and self._links:
            area = self.link_area(self._focused).adjusted(-3, 0, 3, 0)
            draw_focus_ring(painter, area, self.palette())
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._warm(self._link_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._warm(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._link_at(event.position())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self._press(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() in steps and self._links:
            self._focus_on((self._focused + steps[Qt.Key(event.key())]) % len(self._links))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press(self._focused)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        self._focus_on(self._focused)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.update()
        super().focusOutEvent(event)

    def _lay_out(self, width_px: int) -> int:
        """Break the lines for a width, in pixels, and return the height they need."""
        if width_px != self._laid_out_px:
            self._laid_out_px = width_px
            # Lines that share a fraction of a pixel keep Qt from colouring links on the lower one.
            step = ceil(QFontMetricsF(self.font()).height())
            top = 0
            self._layout.beginLayout()
            while (line := self._layout.createLine()).isValid():
                line.setLineWidth(width_px)
                line.setPosition(QPointF(0, top))
                top += step
            self._layout.endLayout()
            self._height_px = top
        return self._height_px

    def _link_at(self, place: QPointF) -> int | None:
        self._lay_out(self.width())
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if not line.naturalTextRect().contains(place):
                continue
            at = line.xToCursor(place.x(), line.CursorPosition.CursorOnCharacter)
            for index, (start, end, _key) in enumerate(self._links):
                if start <= at < end:
                    return index
        return None

    def _warm(self, index: int | None) -> None:
        if index != self._hot:
            self._hot = index
            shape = Qt.CursorShape.ArrowCursor
            self.setCursor(shape if index is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _focus_on(self, index: int) -> None:
        self._focused = index
        if self._links:
            self.setAccessibleDescription(self.link_words()[index])
        self.update()

    def _press(self, index: int) -> None:
        if self._links:
            self._focus_on(index)
            self.activated.emit(self._links[index][2])


def _x_of(line: QTextLine, position: int) -> float:
    # Qt gives the position back beside x, which its Python types do not say.
    found = cast(tuple[float, int], line.cursorToX(position))
    return found[0]
