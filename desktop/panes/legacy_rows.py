"""Readings as plain figures and as lines of a list, each with its date and its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.records import Fact
from desktop.model.states import State, differing_parts, says_otherwise, states_of
from desktop.panes.fact_row_words import covered
from desktop.panes.marks import set_state, state_chip
from desktop.services.citation_words import grade_of, grade_words
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Chip, Grade
from desktop.widgets.big_figure import BigFigure
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.link import Link
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.surface import Hairline
from desktop.widgets.text import ElidedText, Text

_MARKED: Final[frozenset[State]] = frozenset(
    {"sources-differ", "does-not-add-up", "unsourced", "stale"}
)
_MOST: Final = 6
_FIRST: Final = 3
_BESIDE_PX: Final = 720
_NARROW_PX: Final = 820
_WHEN_PX: Final = (116, 150)
_VALUE_PX: Final = (150, 190)
_SOURCE_PX: Final = (190, 290)


class _SourceLine(QWidget):
    """Who said it first and when, with the grade of the claim."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedText(role="caption", tone="link")
        self._grade = Grade()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL_PX)
        line.addWidget(self._words)
        line.addWidget(self._grade)
        line.addStretch(1)

    def show_fact(self, speak: Locale, fact: Fact) -> str:
        """Name the first source that agrees with the fact, and return the words."""
        agreeing = [each for each in fact.citations if not says_otherwise(fact, each)]
        first = next(iter(agreeing or fact.citations), None)
        self._grade.setVisible(first is not None)
        if first is None:
            self._words.setText(tr("No source"))
            return tr("No source")
        source = speak.dossier.sources.get(first.source)
        self._words.setText(speak.source(source) if source else first.source)
        self._grade.setText(grade_of(source, first))
        self._grade.setAccessibleName(grade_words(source, first))
        return self._words.text()


class PlainFigure(Row):
    """One fact as a number set large, with what it counts, when, and who says so."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(look="pill", parent=parent)
        self._figure = BigFigure()
        self._what = Text(role="label", wrap=True)
        self._when = Text(role="caption", wrap=True)
        self._state = state_chip(theme, "agreed")
        self._source = _SourceLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, MEDIUM_PX - TIGHT_PX)
        column.setSpacing(TIGHT_PX)
        for part in (self._figure, self._what, self._when, self._source, self._state):
            column.addWidget(part)
        column.addStretch(1)

    def show_fact(self, speak: Locale, what: str, fact: Fact) -> None:
        self.key = fact.id
        figure = speak.figure(fact.value) if fact.value else None
        self._figure.set_figure(*(figure or (tr("not stated"), "")))
        self._what.setText(what)
        when = ", ".join(part for part in (speak.date(fact.when), speak.text(fact.scope)) if part)
        self._when.setText(when)
        source = self._source.show_fact(speak, fact)
        state = _mark(self._state, speak, fact)
        value = speak.quantity(fact.value) if fact.value else tr("not stated")
        self.set_name(". ".join(part for part in (what, value, when, source, state) if part))


class PlainFigures(QWidget):
    """Figures side by side where there is room; what stands beside is never added."""

    picked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: list[PlainFigure] = []
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SMALL_PX)

    def show_facts(self, speak: Locale, facts: Sequence[tuple[str, Fact]]) -> None:
        """Show each fact under what it counts."""
        while len(self._figures) < len(facts):
            figure = PlainFigure(self._theme)
            figure.activated.connect(self.picked)
            self._line.addWidget(figure, 1)
            self._figures.append(figure)
        for place, figure in enumerate(self._figures):
            figure.setVisible(place < len(facts))
            if place < len(facts):
                figure.show_fact(speak, *facts[place])

    def choose(self, fact_id: str) -> None:
        for figure in self._figures:
            figure.set_chosen(figure.key == fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        shown = (figure for figure in self._figures if not figure.isHidden())
        return next((figure for figure in shown if figure.key == fact_id), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= _BESIDE_PX
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(direction)
        super().resizeEvent(event)


class ReadingRow(Row):
    """A line of a list: date, value, what it is, and who says so."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._when = Text(role="body", tone="muted", wrap=True)
        self._value = Text(role="strong", wrap=True)
        self._statement = Text(role="body", wrap=True)
        self._covers = Text(role="caption", wrap=True)
        self._state = state_chip(theme, "agreed")
        self._source = _SourceLine()
        what = QVBoxLayout()
        what.setSpacing(TIGHT_PX)
        what.addWidget(self._statement)
        what.addWidget(self._covers)
        what.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        what.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, SMALL_PX + 2, BLEED_PX, SMALL_PX + 2)
        line.setSpacing(MEDIUM_PX)
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(self._when, 0, top)
        line.addWidget(self._value, 0, top)
        line.addLayout(what, 1)
        line.addWidget(self._source, 0, top)
        self._fit(_NARROW_PX)

    def show_fact(self, speak: Locale, fact: Fact, *, has_values: bool) -> None:
        """``has_values``: whether any line of this list has a value, so that all leave it room."""
        self.key = fact.id
        self._when.setText(speak.date(fact.when, short=True) or tr("undated"))
        value = speak.quantity(fact.value) if fact.value else ""
        self._value.setText(value)
        self._value.setVisible(has_values)
        statement = speak.statement(fact).rstrip(".")
        self._statement.setText(statement)
        self._covers.setText(covered(speak, fact))
        self._covers.setVisible(bool(self._covers.text()))
        source = self._source.show_fact(speak, fact)
        state = _mark(self._state, speak, fact)
        said = (self._when.text(), value, statement, self._covers.text(), source, state)
        self.set_name(". ".join(part for part in said if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)

    def _fit(self, width_px: int) -> None:
        wide = width_px >= _NARROW_PX
        self._when.setFixedWidth(_WHEN_PX[wide])
        self._value.setFixedWidth(_VALUE_PX[wide])
        self._source.setFixedWidth(_SOURCE_PX[wide])


class ReadingList(QWidget):
    """Lines under a heading: the first few, and all of them when asked, or when ``is_whole``."""

    picked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        *,
        is_whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._speak: Locale | None = None
        self._facts: list[Fact] = []
        self._is_whole = is_whole
        self._told = 0
        self._rows = LazyList()
        self._all = Link()
        self._all.activated.connect(self._on_all_activated)
        head = QWidget()
        inner = QVBoxLayout(head)
        inner.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
        inner.setSpacing(SMALL_PX)
        if title:
            inner.addWidget(Text(title, "caption_strong", tone="ink"))
        inner.addWidget(Hairline())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._rows)
        beneath = QHBoxLayout()
        beneath.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, 0)
        beneath.addWidget(self._all)
        beneath.addStretch(1)
        column.addLayout(beneath)

    def show_facts(self, speak: Locale, facts: Sequence[Fact]) -> None:
        self._speak = speak
        self._facts = list(facts)
        whole = self._is_whole or len(facts) <= _MOST
        ids = [fact.id for fact in (facts if whole else facts[:_FIRST])]
        self._rows.set_rows(ids, self._new_row, self._fill_row, self._content)
        self._all.setVisible(not whole)
        self._all.set_words(tr_count("Show all {count}", "Show all {count}", len(facts)))

    def show_all(self) -> None:
        """Leave no line for later, now and at every later change."""
        self._is_whole = True
        if self._speak is not None:
            self.show_facts(self._speak, self._facts)

    def tell_anew(self) -> None:
        """Write every line again when next shown: names of units, places or languages changed."""
        self._told += 1

    def choose(self, fact_id: str) -> None:
        for key in self._rows.keys():  # noqa: SIM118
            row = self._rows.row(key)
            if isinstance(row, ReadingRow):
                row.set_chosen(key == fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        return self._rows.row(fact_id)

    def rows(self) -> list[QWidget]:
        """The lines that have been built, from the top."""
        found = (self._rows.row(key) for key in self._rows.keys())  # noqa: SIM118
        return [row for row in found if row is not None]

    def _on_all_activated(self) -> None:
        self.show_all()
        self._rows.reveal(self._facts[_FIRST].id)

    def _new_row(self) -> ReadingRow:
        row = ReadingRow(self._theme)
        row.activated.connect(self.picked)
        return row

    def _has_values(self) -> bool:
        return any(fact.value for fact in self._facts)

    def _fill_row(self, row: ReadingRow, fact_id: str) -> None:
        assert self._speak is not None
        fact = self._speak.dossier.fact(fact_id)
        row.show_fact(self._speak, fact, has_values=self._has_values())

    def _content(self, fact_id: str) -> object:
        """All that a line is written from; it is written again where this differs."""
        assert self._speak is not None
        dossier = self._speak.dossier
        fact = dossier.fact(fact_id)
        sources = [dossier.sources.get(citation.source) for citation in fact.citations]
        parts = differing_parts(dossier, fact, self._speak.audience)
        return self._told, self._has_values(), fact, sources, states_of(dossier, fact), parts


def _mark(chip: Chip, speak: Locale, fact: Fact) -> str:
    """Mark what a briefer must know of a fact before naming it, and return it in words."""
    state = states_of(speak.dossier, fact)[0]
    chip.setVisible(state in _MARKED)
    if state not in _MARKED:
        return ""
    set_state(chip, state)
    return state_words(state)
