"""The key below a sea map: each symbol and what it stands for, in rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop.figures.figure import Figure, Mark
from desktop.figures.sea_symbols import Symbol, paint_symbol
from desktop.model.dossier import Dossier
from desktop.services.colours import Colours
from desktop.services.theme import LARGE_PX, SMALL_PX, Theme

Entry = tuple[Symbol, str]

_SYMBOL_PX: Final = 20.0
_ROW_PX: Final = 22.0
_LEFT: Final = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


class SeaKey(Figure):
    """A key of its own on a strip of paper, as wide as the map and indented like its slide."""

    def __init__(self, entries: Sequence[Entry], indent_px: float) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._indent_px = indent_px

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        painter.fillRect(rect, theme.colours.page)
        corner = rect.topLeft() + QPointF(self._indent_px, SMALL_PX)
        wide_px = rect.width() - 2 * self._indent_px
        paint_key(painter, self._entries, corner, wide_px, theme.colours)

    def marks(self, rect: QRectF, dossier: Dossier) -> list[Mark]:
        return []

    def height_for(self, width_px: float, dossier: Dossier) -> float:
        if not self._entries:
            return 0.0
        return SMALL_PX + key_height_px(self._entries, width_px - 2 * self._indent_px)

    def content(self, dossier: Dossier) -> object:
        return self._entries

    def describe(self, dossier: Dossier) -> str:
        return "; ".join(words for _, words in self._entries)


def key_height_px(entries: Sequence[Entry], wide_px: float) -> float:
    """How high a key is in so much width; nothing where it is empty."""
    return max((at.y() for _, at in _flow(entries, wide_px)), default=-_ROW_PX) + _ROW_PX


def paint_key(
    painter: QPainter, entries: Sequence[Entry], corner: QPointF, wide_px: float, colours: Colours
) -> None:
    """Paint the symbols with their words from the top left ``corner`` on, row below row."""
    for (symbol, words), at in _flow(entries, wide_px):
        middle = corner + at + QPointF(_SYMBOL_PX / 2, _ROW_PX / 2)
        paint_symbol(painter, symbol, middle, colours)
        left_px = middle.x() + _SYMBOL_PX / 2 + 4
        painter.setFont(Theme.font("caption"))
        painter.setPen(colours.ink)
        painter.drawText(QRectF(left_px, corner.y() + at.y(), wide_px, _ROW_PX), _LEFT, words)


def _flow(entries: Sequence[Entry], wide_px: float) -> Iterator[tuple[Entry, QPointF]]:
    """Where each entry begins, one after another in rows."""
    metrics = QFontMetricsF(Theme.font("caption"))
    x = y = 0.0
    for symbol, words in entries:
        own_px = _SYMBOL_PX + 4 + metrics.horizontalAdvance(words)
        if x > 0 and x + own_px > wide_px:
            x, y = 0.0, y + _ROW_PX
        yield (symbol, words), QPointF(x, y)
        x += own_px + LARGE_PX
