"""Lines of a text as a change leaves them: what goes on one tint, what comes on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.language import tr
from desktop.services.theme import SMALL_PX, Theme

_FONT_PX: Final = 12
_SIGN_PX: Final = 16
_PAD_PX: Final = 3
_LEAST_PX: Final = 40
_SIGNS: Final = {"-": "−", "+": "+"}
_MOST_CHARACTERS: Final = 2000


class DiffLines(QWidget):
    """Shows lines as (sign, text), "-" for what goes and "+" for what comes.

    The sign is drawn as well as the tint; its height follows from its width.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[tuple[str, str], ...] = ()
        self._layouts: list[QTextLayout] = []
        self._laid_out_px = -1
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(_FONT_PX)
        self.setFont(font)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def set_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        least = min((_indent(text) for _, text in lines if text.strip()), default=0)
        self._lines = tuple((sign, text[least:][:_MOST_CHARACTERS]) for sign, text in lines)
        self._laid_out_px = -1
        said = {"-": tr("goes: {line}"), "+": tr("comes: {line}")}
        words = [said[sign].format(line=text.strip()) for sign, text in self._lines]
        self.setAccessibleName("; ".join(words))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[tuple[str, str], ...]:
        return self._lines

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        return sum(self._heights(width_px))

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = self._theme.colours
        tints = {"-": colours.differ_tint, "+": colours.agreed_tint}
        inks = {"-": colours.differ, "+": colours.agreed}
        top, width_px = 0, self.width()
        heights = self._heights(width_px)
        for (sign, _), layout, high in zip(self._lines, self._layouts, heights, strict=True):
            row = QRect(0, top, width_px, high)
            if row.intersects(event.rect()):
                painter.fillRect(row, tints[sign])
                painter.setPen(inks[sign])
                inner = row.adjusted(SMALL_PX, _PAD_PX, -SMALL_PX, 0)
                painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, _SIGNS[sign])
                painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
                layout.draw(painter, QPointF(inner.left() + _SIGN_PX, inner.top()))
            top += high
        painter.end()

    def _heights(self, width_px: int) -> list[int]:
        if width_px != self._laid_out_px:
            room_px = max(_LEAST_PX, width_px - 2 * SMALL_PX - _SIGN_PX)
            self._layouts = [self._laid_out(text, room_px) for _, text in self._lines]
            self._laid_out_px = width_px
        least = self.fontMetrics().height()
        return [
            max(least, round(each.boundingRect().height())) + 2 * _PAD_PX for each in self._layouts
        ]

    def _laid_out(self, text: str, room_px: int) -> QTextLayout:
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        # Addresses and ids are longer than any line.
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room_px)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
