"""All facts on paper: the table with every row whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.records import Citation, Fact
from desktop.model.states import is_after_as_of, states_of
from desktop.panes.facts_columns import Column, cell_words, column_words
from desktop.panes.marks import ICONS, TONES
from desktop.services.citation_words import grade_of
from desktop.services.language import NBSP, Locale, tr
from desktop.services.theme import PALETTE_ROLE, SMALL_PX, Theme, Tone

_SHARES: Final = {
    Column.STATEMENT: 0.29,
    Column.AREA: 0.11,
    Column.VALUE: 0.13,
    Column.STAGE: 0.08,
    Column.DATE: 0.10,
    Column.SOURCES: 0.18,
    Column.STATE: 0.11,
}
_EDGE_PX: Final = 40
_ICON_PX: Final = 14
_WRAPPED: Final = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_TALLEST: Final = 10_000


class FactsPage(QWidget):
    """Draws the facts of a dossier as rows, each as high as its words need.

    Paper may come into the hands of the audience: what is withheld from it is left out. Its
    height follows from its width. ``breaks`` are the heights at which no row is cut.
    """

    def __init__(self, theme: Theme, speak: Locale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._metrics = QFontMetrics(Theme.font("caption"))
        all_facts = speak.dossier.facts.values()
        facts = [fact for fact in all_facts if speak.audience not in fact.withhold_from]
        self._cells = [_cells(speak, fact) for fact in facts]
        self._states = [next(iter(states_of(speak.dossier, fact))) for fact in facts]
        self._tops: tuple[int, ...] = (0,)
        self._laid_out_px = -1
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("All facts"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        self._lay_out(width_px)
        return self._tops[-1] + _EDGE_PX

    def sizeHint(self) -> QSize:
        return QSize(1600, self.heightForWidth(1600))

    def breaks(self) -> tuple[int, ...]:
        """Where a row ends and the next begins, in this widget's pixels."""
        self._lay_out(self.width())
        return self._tops[1:]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        painter = QPainter(self)
        wanted = event.rect()
        line = self.palette().color(QPalette.ColorRole.Mid)
        rows = [[column_words(column) for column in Column], *self._cells]
        for number, cells in enumerate(rows):
            top = self._tops[number - 1] if number else 0
            bottom = self._tops[number]
            if bottom >= wanted.top() and top <= wanted.bottom():
                self._draw_row(painter, cells, top, number - 1)
                painter.fillRect(_EDGE_PX, bottom - 1, self.width() - 2 * _EDGE_PX, 1, line)
        painter.end()

    def _draw_row(self, painter: QPainter, cells: Sequence[str], top: int, number: int) -> None:
        painter.setFont(Theme.font("caption" if number >= 0 else "caption_strong"))
        left = _EDGE_PX
        for column, words in zip(Column, cells, strict=True):
            width_px = self._column_px(column, self.width())
            area = QRect(left, top + SMALL_PX, width_px - SMALL_PX * 2, _TALLEST)
            tone: Tone = "ink" if column in (Column.STATEMENT, Column.VALUE) else "muted"
            if column == Column.STATE and number >= 0:
                tone = self._draw_icon(painter, area, number)
                area.setLeft(area.left() + _ICON_PX + SMALL_PX // 2)
            painter.setPen(self.palette().color(PALETTE_ROLE[tone if number >= 0 else "muted"]))
            painter.drawText(area, _WRAPPED, words)
            left += width_px

    def _draw_icon(self, painter: QPainter, area: QRect, number: int) -> Tone:
        state = self._states[number]
        icon = self._theme.pixmap(ICONS[state], TONES[state], _ICON_PX, 4.0)
        painter.drawPixmap(QRect(area.left(), area.top() + 2, _ICON_PX, _ICON_PX), icon)
        return TONES[state]

    def _column_px(self, column: Column, width_px: int) -> int:
        return int(_SHARES[column] * (width_px - 2 * _EDGE_PX))

    def _lay_out(self, width_px: int) -> None:
        if width_px == self._laid_out_px:
            return
        self._laid_out_px = width_px
        header_px = self._metrics.height() + 2 * SMALL_PX
        heights = (self._row_px(cells, width_px) for cells in self._cells)
        self._tops = tuple(accumulate(heights, initial=header_px))

    def _row_px(self, cells: Sequence[str], width_px: int) -> int:
        highest = 0
        for column, words in zip(Column, cells, strict=True):
            room_px = self._column_px(column, width_px) - SMALL_PX * 2
            room_px -= _ICON_PX + SMALL_PX // 2 if column == Column.STATE else 0
            area = QRect(0, 0, room_px, _TALLEST)
            highest = max(highest, self._metrics.boundingRect(area, _WRAPPED, words).height())
        return highest + 2 * SMALL_PX


def _cells(speak: Locale, fact: Fact) -> list[str]:
    cells = [cell_words(speak, fact, column) for column in Column]
    # Nobody can follow a count on paper, so the sources stand there by name, with their grade.
    cells[Column.SOURCES] = "\n".join(_source(speak, citation) for citation in fact.citations)
    if is_after_as_of(speak.dossier, fact):
        cells[Column.STATE] += f", {tr('after as-of')}"
    if fact.withhold_from:
        cells[Column.STATE] += f", {tr('withheld')}"
    return cells


def _source(speak: Locale, citation: Citation) -> str:
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    return f"{name}{NBSP}({grade_of(source, citation)})"
