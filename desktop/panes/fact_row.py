"""One fact of a list: when, what, in whose words, and where sources differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.model.records import Citation, Fact
from desktop.model.states import states_of
from desktop.panes.fact_row_words import (
    Difference,
    covered,
    delivered,
    differences,
    quotation,
    said,
    settled,
    spoken,
)
from desktop.panes.marks import set_state, state_chip
from desktop.services.citation_words import grade_of, grade_words
from desktop.services.language import Locale, Words, state_words, tr_count
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Grade
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.text import Text

_MOST_SOURCES: Final = 4
_NARROW_PX: Final = 900
_WHEN_PX: Final = (112, 144)
_SOURCES_PX: Final = (210, 280)
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FactRow(Row):
    """Enter, a double click, or a click on a figure or source asks where it is from.

    A plain click or Space only chooses the fact.
    """

    opened = Signal(object)
    """Id of the fact whose source is asked for, which may be another that the row names."""
    focused = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._when = Text(role="body", tone="muted", wrap=True)
        self._state = state_chip(theme, "agreed")
        self._statement = LinkedText("heading")
        self._covered = Text(role="caption", wrap=True)
        self._quotation = Text(role="caption", wrap=True)
        self._differences: list[_DifferenceLine] = []
        self._settled = Text(role="caption", tone="ink", wrap=True)
        self._delivered = LinkedText("caption", tone="muted")
        self._citations: list[_CitationLine] = []
        self._more = Link(role="caption")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for words in (self._statement, self._delivered):
            words.activated.connect(self.opened)
            give_way(words)
        self._more.activated.connect(self.opened)
        self._compose()

    def _compose(self) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 1, 0, 0)
        left.setSpacing(TIGHT_PX)
        left.addWidget(self._when)
        left.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(TIGHT_PX)
        for part in (
            self._statement,
            self._covered,
            self._quotation,
            self._settled,
            self._delivered,
        ):
            self._middle.addWidget(part)
        self._middle.addStretch(1)
        self._right = QWidget()
        self._sources = QVBoxLayout(self._right)
        self._sources.setContentsMargins(0, 2, 0, 0)
        self._sources.setSpacing(TIGHT_PX)
        self._sources.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._sources.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, MEDIUM_PX - 2, BLEED_PX, MEDIUM_PX)
        line.setSpacing(LARGE_PX)
        line.addWidget(self._left)
        line.addLayout(self._middle, 1)
        line.addWidget(self._right)
        self._fit(_NARROW_PX)

    def show_fact(self, speak: Locale, fact: Fact) -> None:
        """Say all of a fact that a list tells."""
        states = states_of(speak.dossier, fact)
        self.key = fact.id
        self._when.setText(speak.date(fact.when, short=True))
        self._when.setVisible(fact.when is not None)
        set_state(self._state, states[0])
        _write_links(self._statement, said(speak, fact))
        _write(self._covered, covered(speak, fact))
        _write(self._quotation, quotation(fact))
        self._show_differences(differences(speak, fact))
        _write(self._settled, settled(speak, fact))
        _write_links(self._delivered, delivered(speak, fact))
        self._show_citations(speak, fact)
        self.set_name(spoken(speak, fact, state_words(states[0])))

    def set_tab_stop(self, is_stop: bool) -> None:
        """Let Tab stop here; in a long list one row does, and arrows go on from it."""
        strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(strong if is_stop else click)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and not event.isAutoRepeat():
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)

    def _fit(self, width_px: int) -> None:
        wide = width_px >= _NARROW_PX
        self._left.setFixedWidth(_WHEN_PX[wide])
        self._right.setFixedWidth(_SOURCES_PX[wide])

    def _show_differences(self, said_otherwise: Sequence[Difference]) -> None:
        while len(self._differences) < len(said_otherwise):
            line = _DifferenceLine()
            place = self._middle.indexOf(self._settled)
            self._middle.insertWidget(place, line)
            self._differences.append(line)
        for place, line in enumerate(self._differences):
            line.setVisible(place < len(said_otherwise))
            if place < len(said_otherwise):
                line.show_difference(said_otherwise[place])

    def _show_citations(self, speak: Locale, fact: Fact) -> None:
        # Two passages of one document are one source; its lines differ where their grades do.
        told = {(each.source, each.credibility): each for each in fact.citations}
        shown = list(told.values())[:_MOST_SOURCES]
        while len(self._citations) < len(shown):
            line = _CitationLine()
            line.link.activated.connect(self.opened)
            self._sources.insertWidget(len(self._citations), line)
            self._citations.append(line)
        for place, line in enumerate(self._citations):
            line.setVisible(place < len(shown))
            if place < len(shown):
                line.show_citation(speak, fact.id, shown[place])
        rest = len(told) - len(shown)
        self._more.key = fact.id
        self._more.set_words(tr_count("and {count} more", "and {count} more", rest))
        self._more.setVisible(rest > 0)


class _DifferenceLine(QWidget):
    """What a source says otherwise, over its own words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = Text(role="caption", tone="differ", wrap=True)
        self._quotation = Text(role="caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._says)
        column.addWidget(self._quotation)

    def show_difference(self, difference: Difference) -> None:
        self._says.setText(difference.says)
        _write(self._quotation, difference.quotation)


class _CitationLine(QWidget):
    """Who said it and when, with the grade of the claim."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.link = Link(role="caption")
        # The row it stands in is reached by keyboard and leads to the same place.
        self.link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grade = Grade()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL_PX)
        line.addWidget(self.link)
        line.addWidget(self._grade)
        line.addStretch(1)

    def show_citation(self, speak: Locale, fact_id: str, citation: Citation) -> None:
        source = speak.dossier.sources.get(citation.source)
        self.link.key = fact_id
        self.link.set_words(speak.source(source) if source else citation.source)
        self._grade.setText(grade_of(source, citation))
        self._grade.setAccessibleName(grade_words(source, citation))


def give_way(words: LinkedText) -> None:
    """Let a paragraph be as low as its width allows, not as high as in a narrow column."""
    policy = words.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    words.setSizePolicy(policy)


def _write(text: Text, words: str) -> None:
    text.setText(words)
    text.setVisible(bool(words))


def _write_links(text: LinkedText, parts: Sequence[Words]) -> None:
    text.set_parts(parts)
    # As for the sources: Enter on the row does what pressing its figure does.
    text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    text.setVisible(bool(parts))
