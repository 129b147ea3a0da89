"""Dated facts as a list beside the timeline: of one day and its anniversaries, or of a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.model.records import Fact
from desktop.model.states import states_of
from desktop.panes.marks import set_state, state_chip
from desktop.services.language import Locale, state_words, tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline, Surface
from desktop.widgets.text import Text, set_tool_tip

_ICON_PX: Final = 16
_SECTIONS: Final = 3


class Section(NamedTuple):
    """Facts under a heading; ``quiet`` where they stand further off."""

    heading: str
    facts: tuple[Fact, ...]


class TimelineList(Surface):
    """Sections of facts under a title; a row leads to its source."""

    chosen = Signal(object)
    """Id of the fact whose row was pressed."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._facts: dict[str, Fact] = {}
        self._speak: Locale | None = None
        self._title = Text(role="heading", wrap=True)
        self._note = Text(role="caption", wrap=True)
        self.close_button = QToolButton()
        self.close_button.setAccessibleName(tr("Close the list"))
        self.close_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        set_tool_tip(self.close_button, tr("Close the list"))
        self.close_button.clicked.connect(self.closed)
        self.lists = tuple(LazyList() for _ in range(_SECTIONS))
        self._heads = tuple(Text(role="caption_strong", wrap=True) for _ in range(_SECTIONS))
        self._scroll = self._compose()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _compose(self) -> Scroll:
        head = QHBoxLayout()
        head.setContentsMargins(BLEED_PX, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._note)
        head.addLayout(words, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SMALL_PX, 0, SMALL_PX, MEDIUM_PX)
        column.setSpacing(0)
        for heading, rows in zip(self._heads, self.lists, strict=True):
            heading.setContentsMargins(BLEED_PX, MEDIUM_PX, BLEED_PX, TIGHT_PX)
            column.addWidget(heading)
            column.addWidget(rows)
        column.addStretch(1)
        scroll = Scroll(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(SMALL_PX, MEDIUM_PX, SMALL_PX, 0)
        around.setSpacing(SMALL_PX)
        around.addLayout(head)
        around.addWidget(Hairline())
        around.addWidget(scroll, 1)
        return scroll

    def show_facts(self, speak: Locale, title: str, note: str, sections: Sequence[Section]) -> None:
        """Show these sections, the empty ones left out; ``note`` stands under the title."""
        if title != self._title.text():
            self._scroll.verticalScrollBar().setValue(0)
        self._speak = speak
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._facts = {fact.id: fact for section in sections for fact in section.facts}
        blank = [Section("", ())] * (_SECTIONS - len(sections))
        for heading, rows, section in zip(
            self._heads, self.lists, [*sections, *blank], strict=True
        ):
            heading.setText(section.heading)
            heading.setVisible(bool(section.heading and section.facts))
            ids = [fact.id for fact in section.facts]
            rows.set_rows(ids, self._new_row, self._fill_row)
            rows.setVisible(bool(ids))
        self.setAccessibleName(title)

    def title(self) -> str:
        return self._title.text()

    def note(self) -> str:
        return self._note.text()

    def headings(self) -> list[str]:
        """The headings of the sections that are shown."""
        return [heading.text() for heading in self._heads if not heading.isHidden()]

    def focus_first(self) -> None:
        """Go to the first of the facts."""
        for rows in self.lists:
            if rows.keys():
                rows.reveal(rows.keys()[0])
                return

    def choose(self, fact_id: str) -> None:
        """Mark the row of a fact, if it has one."""
        for rows in self.lists:
            for key in rows.keys():  # noqa: SIM118 - its keys are no mapping's
                row = rows.row(key)
                if isinstance(row, Row):
                    row.set_chosen(key == fact_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _new_row(self) -> _DatedRow:
        row = _DatedRow(self._theme)
        row.activated.connect(self.chosen)
        return row

    def _fill_row(self, row: _DatedRow, fact_id: str) -> None:
        if self._speak is not None:
            row.key = fact_id
            row.said_above = self._title.text()
            row.show_fact(self._speak, self._facts[fact_id])

    def _on_theme_changed(self) -> None:
        self.close_button.setIcon(self._theme.icon("x", "muted", _ICON_PX))


class _DatedRow(Row):
    """When, unless that is ``said_above``; what, in which area; and that sources differ."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.said_above = ""
        self._date = Text(role="caption")
        self._statement = Text(role="label", wrap=True)
        self._area = Text(role="caption", wrap=True)
        self._state = state_chip(theme, "sources-differ")
        column = QVBoxLayout(self)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX + 2)
        column.setSpacing(2)
        for part in (self._date, self._statement, self._area):
            column.addWidget(part)
        column.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)

    def show_fact(self, speak: Locale, fact: Fact) -> None:
        date, statement = speak.date(fact.when, short=True), speak.statement(fact)
        is_said = speak.date(fact.when) == self.said_above
        if fact.value is not None:
            statement = f"{statement.rstrip('.')}: {speak.quantity(fact.value)}"
        area = speak.dossier.areas.get(fact.area) if fact.area else None
        name = speak.text(area.name) if area else ""
        differs = "sources-differ" in states_of(speak.dossier, fact)
        self._date.setText(date)
        self._date.setVisible(not is_said)
        self._statement.setText(statement)
        self._area.setText(name)
        self._area.setVisible(bool(name))
        set_state(self._state, "sources-differ")
        self._state.setVisible(differs)
        said = (date, statement, name, state_words("sources-differ") if differs else "")
        self.set_name(". ".join(words.rstrip(".") for words in said if words))
