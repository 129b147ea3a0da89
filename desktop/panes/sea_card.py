"""What was clicked on the map: a fact or a place with its sources, or a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.figures.sea_sources import source_names
from desktop.model.dossier import Ref
from desktop.model.records import Citation, Fact, Overlay, Place
from desktop.model.states import states_of
from desktop.panes.fact_row_words import differences, quotation, settled
from desktop.panes.fact_words import quoted
from desktop.panes.marks import state_chip
from desktop.panes.sea_panel import SeaPanel
from desktop.services.citation_words import grade_of, grade_words
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Grade
from desktop.widgets.link import Link
from desktop.widgets.pressable import give_focus
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text, set_tool_tip

WIDTH_PX: Final = 360
_ICON_PX: Final = 16
_MOST_ROWS: Final = 200
_SAID: Final = 3


class Entry(NamedTuple):
    """One row of a list: what it leads to, a line over it, and what it says."""

    ref: Ref
    above: str
    words: str


class SeaCard(SeaPanel):
    """One sheet at the right; Escape or its cross closes it."""

    chosen = Signal(object)
    """Ref of the record that the reader chose from a list."""
    source_asked = Signal(object)
    """Id of the fact whose sources are to be shown in full."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[Row] = []
        self._above = Text(role="source", wrap=True)
        self.close_button = QToolButton()
        self.close_button.setAccessibleName(tr("Close the card"))
        self.close_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        set_tool_tip(self.close_button, tr("Close the card"))
        self.close_button.clicked.connect(self.closed)
        self._body: QWidget | None = None
        self._scroll = Scroll(QWidget())
        head = QHBoxLayout()
        head.addWidget(self._above, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        head.setContentsMargins(BLEED_PX, 0, 0, 0)
        column.setContentsMargins(TIGHT_PX, SMALL_PX, TIGHT_PX, MEDIUM_PX)
        column.setSpacing(TIGHT_PX)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_fact(self, speak: Locale, fact: Fact, above: str) -> None:
        """Say a fact with its state, its words and who says so; ``above`` stands over it."""
        statement = speak.statement(fact).rstrip(".")
        parts: list[QWidget] = [Text(statement, "heading", wrap=True, selectable=True)]
        if fact.value is not None:
            parts.append(Text(speak.quantity(fact.value), "label", wrap=True))
        state = states_of(speak.dossier, fact)[0]
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(state_chip(self._theme, state, filled=True))
        line.addWidget(Text(speak.date(fact.when), "caption"), 1)
        parts.append(_holding(line))
        quote = quotation(fact)
        if quote:
            parts.append(Text(quote, "caption", tone="ink", wrap=True, selectable=True))
        parts += [
            Text(each.says, "caption", tone="differ", wrap=True)
            for each in differences(speak, fact)
        ]
        how = settled(speak, fact)
        if how:
            parts.append(Text(how, "caption", wrap=True))
        parts += self._citations(speak, fact.citations)
        where = Link(tr("Where this is from"), key=fact.id)
        where.activated.connect(self.source_asked)
        parts.append(_left(where))
        spoken = [statement, speak.date(fact.when), state_words(state)]
        self._show(above, [*spoken, *_sources(speak, fact.citations)], parts)

    def show_place(
        self,
        speak: Locale,
        place: Place,
        above: str,
        told: Sequence[str],
        facts: Sequence[Fact],
    ) -> None:
        """Say what is known of a place, ``told`` line by line, and list the facts of it."""
        name = speak.name(place)
        parts: list[QWidget] = [Text(name, "heading", wrap=True, selectable=True)]
        parts += [Text(words, "caption", tone="ink", wrap=True) for words in told]
        parts += self._citations(speak, place.citations, with_quotes=True)
        if place.note is not None:
            parts.append(Text(speak.text(place.note), "caption", wrap=True))
        spoken = [name, *told, *_sources(speak, place.citations)]
        self._show_with_rows(above, spoken, parts, fact_entries(speak, facts))

    def show_line(
        self,
        speak: Locale,
        overlay: Overlay,
        above: str,
        told: Sequence[str],
        facts: Sequence[Fact],
    ) -> None:
        """Say whose line it is and where it is from, and list the ``facts`` that bear on it."""
        name = speak.text(overlay.name)
        parts: list[QWidget] = [Text(name, "heading", wrap=True, selectable=True)]
        parts += [Text(words, "caption", tone="ink", wrap=True) for words in told]
        if overlay.note is not None:
            parts.append(Text(speak.text(overlay.note), "caption", wrap=True))
        parts += self._citations(speak, overlay.citations, with_quotes=True)
        spoken = [name, *told, *_sources(speak, overlay.citations)]
        self._show_with_rows(above, spoken, parts, fact_entries(speak, facts))

    def show_list(self, title: str, entries: Sequence[Entry], told: Sequence[str] = ()) -> None:
        """List what lies together or answers a question, under what is ``told`` of all of it."""
        parts: list[QWidget] = [Text(title, "heading", wrap=True)]
        parts += [Text(words, "caption", tone="ink", wrap=True) for words in told]
        spoken = [title, *told, *(f"{entry.above}: {entry.words}" for entry in entries[:_SAID])]
        above = tr_count("{count} entry", "{count} entries", len(entries))
        self._show_with_rows(above, spoken, parts, entries)

    def words(self) -> str:
        """All that the card says now, for those who listen to it."""
        return self.accessibleDescription()

    def height_for(self, most_px: int) -> int:
        """How high it would be at its own width, with at most this much room."""
        if self._body is None:
            return 0
        inner_px = WIDTH_PX - 2 * TIGHT_PX
        body_px = max(self._body.heightForWidth(inner_px), 0) or self._body.sizeHint().height()
        head_px = max(
            self.close_button.sizeHint().height(), self._above.heightForWidth(inner_px - 30)
        )
        return min(body_px + head_px + SMALL_PX + MEDIUM_PX + TIGHT_PX + 2, most_px)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show(
        self,
        above: str,
        spoken: Sequence[str],
        parts: Sequence[QWidget],
        rows: Sequence[Row] = (),
        below: Sequence[QWidget] = (),
    ) -> None:
        self.rows = list(rows)
        self._above.setText(above)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        for several, side_px in ((parts, BLEED_PX), (rows, 0), (below, BLEED_PX)):
            own = QVBoxLayout()
            own.setContentsMargins(side_px, 0, side_px, 0)
            own.setSpacing(SMALL_PX if side_px else 0)
            for each in several:
                own.addWidget(each)
            column.addLayout(own)
        column.addStretch(1)
        body.setAutoFillBackground(False)
        if self.isAncestorOf(self.window().focusWidget()):
            # What had the focus goes away with the rest of the old card.
            give_focus(self.close_button)
        self._body = body
        self._scroll.setWidget(body)
        body.setAutoFillBackground(False)
        self.setAccessibleName(spoken[0])
        self.setAccessibleDescription(
            ". ".join(each.rstrip(".") for each in (above, *spoken) if each)
        )

    def _citations(
        self, speak: Locale, citations: Sequence[Citation], *, with_quotes: bool = False
    ) -> list[QWidget]:
        lines: list[QWidget] = []
        for citation in citations:
            source = speak.dossier.sources.get(citation.source)
            name = speak.source(source) if source else citation.source
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(SMALL_PX)
            line.addWidget(Text(name, "caption", wrap=True), 1)
            code = grade_of(source, citation)
            grade = Grade(code, name=f"{code}: {grade_words(source, citation)}")
            line.addWidget(grade, 0, Qt.AlignmentFlag.AlignTop)
            lines.append(_holding(line))
            if with_quotes and citation.quote:
                quote = Text(quoted(citation.quote), "caption", tone="ink", wrap=True)
                quote.setContentsMargins(MEDIUM_PX, 0, 0, 0)
                lines.append(quote)
        return lines

    def _show_with_rows(
        self,
        above: str,
        spoken: Sequence[str],
        parts: Sequence[QWidget],
        entries: Sequence[Entry],
    ) -> None:
        rows = [self._row(entry) for entry in entries[:_MOST_ROWS]]
        left_out = len(entries) - len(rows)
        rest: list[QWidget] = []
        if left_out:
            rest.append(Text(tr_count("and {count} more", "and {count} more", left_out), "caption"))
        line = [Hairline()] if rows and len(parts) > 1 else []
        self._show(above, spoken, [*parts, *line], rows, rest)

    def _row(self, entry: Entry) -> Row:
        row = Row(entry.ref)
        column = QVBoxLayout(row)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
        column.setSpacing(2)
        column.addWidget(Text(entry.above, "source", wrap=True))
        column.addWidget(Text(entry.words, "caption", tone="ink", wrap=True))
        row.set_name(f"{entry.above}: {entry.words}" if entry.above else entry.words)
        row.activated.connect(self.chosen)
        return row

    def _on_theme_changed(self) -> None:
        self.close_button.setIcon(self._theme.icon("x", "muted", _ICON_PX))


def fact_entries(speak: Locale, facts: Sequence[Fact]) -> list[Entry]:
    """A row for each fact, under its date."""
    return [
        Entry(Ref(Fact, fact.id), speak.date(fact.when, short=True), speak.statement(fact))
        for fact in facts
    ]


def _sources(speak: Locale, citations: Sequence[Citation]) -> list[str]:
    """Who says so, for those who listen to the card."""
    names = source_names(speak, citations)
    return [tr("Source: {source}").format(source="; ".join(names))] if names else []


def _holding(line: QHBoxLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(line)
    return widget


def _left(link: Link) -> QWidget:
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(link)
    line.addStretch(1)
    return _holding(line)
