"""The first pane: the bottom line, the figures that carry it, and what to know before briefing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dated import latest_events
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.records import (
    Area,
    Audience,
    Fact,
    FactId,
    Measure,
    Place,
    Slide,
    Source,
    Unit,
    UnitId,
)
from desktop.model.states import (
    NOTABLE_STATES,
    Notable,
    State,
    differing_parts,
    is_shown,
    states_of,
)
from desktop.panes.marks import ICONS, TONES
from desktop.panes.pane import Pane
from desktop.services.citation_words import grade_of, says_words
from desktop.services.language import Locale, Words, stage_words, state_words, tr, tr_count
from desktop.services.theme import (
    LARGE_PX,
    MEDIUM_PX,
    NO_LIMIT_PX,
    SMALL_PX,
    TIGHT_PX,
    WIDE_PX,
    Theme,
)
from desktop.widgets.badge import Chip, Grade
from desktop.widgets.big_figure import BigFigure
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

LATEST: Final = 3
NOTABLE: Final = 4
_OF_EACH: Final = 2
_SLIDE_FIGURES: Final = 3
_SIDE_PX: Final = 412
_SIDE_BY_SIDE_PX: Final = 1180
_EDGE_PX: Final = WIDE_PX - BLEED_PX
_WIDEST_PX: Final = 2000
_MEASURE_PX: Final = 1240
_FIGURE_PX: Final = 254
_SOURCE_PX: Final = 270
_LEAD_PX: Final = 100


class OverviewPane(Pane):
    """What a briefer reads before walking in; each line is a click from its fact."""

    shows = frozenset({Fact, Area, Source, Measure, Unit, Place, Audience})

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.bottom_line = LinkedText("lead")
        self.bottom_line.activated.connect(workspace.selection.show_source)
        self.key_figures = LazyList()
        self.latest = LazyList()
        self.notable = LazyList()
        self.all_notable = Link(role="caption")
        self.all_notable.activated.connect(self._on_all_notable_activated)
        self._shows_all = False
        self._told = 0
        self._said: tuple[Words, ...] = ()
        self._no_figures = Text(wrap=True, tone="muted")
        self._content = self._compose()
        self.set_content(Scroll(self._content))

    def _compose(self) -> QWidget:
        figures = QVBoxLayout()
        figures.setSpacing(0)
        self._line = _inset(Hairline())
        figures.addWidget(self._line)
        figures.addWidget(self.key_figures)
        figures.addWidget(_inset(self._no_figures))
        figures.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(0)
        self._latest_head = _headed(side, tr("Latest"), self.latest)
        side.addSpacing(LARGE_PX + MEDIUM_PX)
        self._notable_head = _headed(side, tr("Before you brief"), self.notable)
        side.addSpacing(SMALL_PX)
        side.addWidget(_inset(self.all_notable), 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        self._side = QWidget()
        self._side.setLayout(side)
        self._side.setFixedWidth(_SIDE_PX)
        side.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(LARGE_PX)
        self._columns.addLayout(figures, 1)
        self._columns.addWidget(self._side)
        self._kicker = Text(tr("Bottom line"), "caption_strong", tone="link")
        content = QWidget()
        column = self._page = QVBoxLayout(content)
        column.setContentsMargins(_EDGE_PX, LARGE_PX + TIGHT_PX, _EDGE_PX, WIDE_PX)
        column.setSpacing(SMALL_PX)
        column.addWidget(_inset(self._kicker))
        self.bottom_line.setMaximumWidth(_MEASURE_PX)
        column.addWidget(_inset(self.bottom_line))
        column.addSpacing(MEDIUM_PX)
        column.addLayout(self._columns)
        column.addStretch(1)
        return content

    def page(self) -> QWidget:
        return self._content

    def refresh(self, dossier: Dossier) -> None:
        self._told += 1
        self._show(dossier)

    def follow(self, dossier: Dossier, changes: ChangeSet) -> None:
        if changes.kinds <= {Fact, Source, Area}:
            self._show(dossier)
        else:
            self.refresh(dossier)

    def _show(self, dossier: Dossier) -> None:
        about = dossier.about
        said = self.speak.sentence(about.bottom_line)
        if said != self._said:
            self._said = said
            self.bottom_line.set_parts(said)
        self.bottom_line.setVisible(bool(said))
        self._kicker.setVisible(bool(said))
        shown = [
            fact_id
            for fact_id in about.key_facts
            if isinstance(fact := dossier.find(Ref(Fact, fact_id)), Fact)
            and is_shown(dossier, fact, self.speak.audience)
        ]
        self.key_figures.set_rows(shown, self._new_figure, self._fill_figure, self._drawn_from)
        self._no_figures.setVisible(not shown)
        self._line.setVisible(bool(shown))
        self._no_figures.setText(
            tr("No key figures yet. Name up to five in the Facts pane, under About this file.")
            if self.workspace.file
            else tr("No file is open. Open a facts file with Ctrl+O.")
        )
        self._show_latest(dossier)
        self._show_notable(dossier)

    def show_selection(self, ref: Ref | None) -> None:
        chosen = ref.id if ref is not None and ref.kind is Fact else None
        for rows in (self.key_figures, self.latest, self.notable):
            keys = rows.keys()
            for key in keys:
                row = rows.row(key)
                if isinstance(row, Row):
                    row.set_chosen(key == chosen)

    def slide(self) -> Slide | None:
        """The fact in view, or else the bottom line over the first key figures."""
        about, shown = self.workspace.store.dossier.about, self.key_figures.keys()
        if not shown or about.bottom_line is None:
            return self.fact_slide()
        facts = tuple(FactId(str(each)) for each in shown[:_SLIDE_FIGURES])
        bottom_line = Slide(id="bottom-line", title=about.bottom_line, layout="figure", facts=facts)
        return self.fact_slide() or bottom_line

    def resizeEvent(self, event: QResizeEvent) -> None:
        # On a very wide screen the columns stay within one look.
        margins = self._page.contentsMargins()
        margins.setRight(_EDGE_PX + max(0, event.size().width() - _WIDEST_PX))
        self._page.setContentsMargins(margins)
        beside = event.size().width() >= _SIDE_BY_SIDE_PX
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self._side.setMinimumWidth(_SIDE_PX if beside else 0)
        self._side.setMaximumWidth(_SIDE_PX if beside else NO_LIMIT_PX)
        super().resizeEvent(event)

    def _show_latest(self, dossier: Dossier) -> None:
        shown = latest_events(dossier, self.speak.audience, LATEST)
        ids = [fact.id for fact in shown]
        self.latest.set_rows(ids, self._new_event, self._fill_event, self._drawn_from)
        self._latest_head.setVisible(bool(shown))

    def _show_notable(self, dossier: Dossier) -> None:
        """What no key figure says already: parts of one first, and a few of each state."""
        key_facts = dossier.about.key_facts
        totals = (dossier.facts.get(fact_id) for fact_id in key_facts)
        parts = {part_id for total in totals if total for part_id in total.parts}
        notable, audience = dossier.derived(Notable), self.speak.audience
        found = [
            [
                fact.id
                for fact in notable.facts(state)
                if fact.id not in key_facts and audience not in fact.withhold_from
            ]
            for state in NOTABLE_STATES
        ]
        for ids in found:
            ids.sort(key=lambda fact_id: fact_id not in parts)
        every = [fact_id for ids in found for fact_id in ids]
        few = [fact_id for ids in found for fact_id in ids[:_OF_EACH]][:NOTABLE]
        shown = every if self._shows_all else few
        self.notable.set_rows(shown, self._new_notable, self._fill_notable, self._drawn_from)
        self._notable_head.setVisible(bool(every))
        self.all_notable.setVisible(len(every) > len(few))
        self.all_notable.set_words(
            tr("Show the first few")
            if self._shows_all
            else tr_count("Show all {count}", "Show all {count}", len(every))
        )

    def _on_all_notable_activated(self) -> None:
        self._shows_all = not self._shows_all
        self._show_notable(self.workspace.store.dossier)

    def _drawn_from(self, fact_id: str) -> object:
        """All that a row is written from; it is written again where this differs."""
        dossier, speak = self.workspace.store.dossier, self.speak
        fact = dossier.fact(fact_id)
        parts = (dossier.find(Ref(Fact, part_id)) for part_id in fact.parts)
        told = [
            (
                each,
                states_of(dossier, each),
                *(dossier.sources.get(one.source) for one in each.citations),
            )
            for each in (fact, *parts)
            if isinstance(each, Fact)
        ]
        area = dossier.areas.get(fact.area) if fact.area else None
        return self._told, speak.audience, speak.tag, area, told

    def _new_figure(self) -> _FigureRow:
        row = _FigureRow(self.workspace.theme, self.key_figures)
        row.activated.connect(self.workspace.selection.show_source)
        return row

    def _fill_figure(self, row: _FigureRow, fact_id: str) -> None:
        row.key = fact_id
        row.set_chosen(fact_id == self.workspace.selection.fact_id)
        row.show_fact(self.speak, self.workspace.store.dossier.fact(fact_id))

    def _new_event(self) -> _DatedRow:
        row = _DatedRow(self.latest)
        row.activated.connect(self.workspace.selection.show_source)
        return row

    def _new_notable(self) -> _NotableRow:
        row = _NotableRow(self.workspace.theme, self.notable)
        row.activated.connect(self.workspace.selection.show_source)
        row.settle_link.activated.connect(self.workspace.selection.settle)
        return row

    def _fill_event(self, row: _DatedRow, fact_id: str) -> None:
        row.key = fact_id
        row.set_chosen(fact_id == self.workspace.selection.fact_id)
        row.show_event(self.speak, self.workspace.store.dossier.fact(fact_id))

    def _fill_notable(self, row: _NotableRow, fact_id: str) -> None:
        row.key = fact_id
        row.set_chosen(fact_id == self.workspace.selection.fact_id)
        row.show_fact(self.speak, self.workspace.store.dossier.fact(fact_id))


class _FigureRow(Row):
    """A key figure: the number large, what it is, where from and how sure."""

    # Every part is made in its place: moved there, Qt would style it twice.

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._figure = BigFigure(parent=self)
        self._figure.setFixedWidth(_FIGURE_PX)
        self._statement = Text(role="heading", wrap=True, parent=self)
        self._caption = Text(role="body", tone="muted", wrap=True, parent=self)
        self._state = Chip(theme, wrap=True, parent=self)
        self._told = QWidget(self)
        self._told.setFixedWidth(_SOURCE_PX)
        self._source = ElidedText(role="caption", tone="link", parent=self._told)
        self._grade = Grade(parent=self._told)
        self._others = Text(role="caption", parent=self._told)
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, MEDIUM_PX + 2, BLEED_PX, MEDIUM_PX + 2)
        line.setSpacing(LARGE_PX)
        line.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignVCenter)
        middle = QVBoxLayout()
        middle.setSpacing(TIGHT_PX)
        for each in (self._statement, self._caption, self._state):
            middle.addWidget(each)
        middle.addStretch(1)
        line.addLayout(middle, 1)
        told = QVBoxLayout(self._told)
        told.setContentsMargins(0, 1, 0, 0)
        told.setSpacing(TIGHT_PX)
        first = QHBoxLayout()
        first.setSpacing(SMALL_PX)
        first.addWidget(self._source, 0)
        first.addWidget(self._grade)
        first.addStretch(1)
        told.addLayout(first)
        told.addWidget(self._others)
        told.addStretch(1)
        line.addWidget(self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < 1000
        self._figure.setFixedWidth(190 if narrow else _FIGURE_PX)
        self._told.setFixedWidth(200 if narrow else _SOURCE_PX)
        super().resizeEvent(event)

    def show_fact(self, speak: Locale, fact: Fact) -> None:
        figure = speak.figure(fact.value) if fact.value else None
        self._figure.set_figure(*(figure or (tr("Not reported"), "")))
        self._statement.setText(_headline(speak, fact))
        self._caption.setText(_caption(speak, fact))
        self._caption.setVisible(bool(self._caption.text()))
        state, words = _to_know(speak, fact)
        self._state.setVisible(bool(words))
        self._state.set_state(ICONS[state], words, TONES[state])
        self._show_sources(speak, fact)
        value = speak.quantity(fact.value) if fact.value else tr("not reported")
        said = (value, self._statement.text(), self._state.text())
        self.set_name(". ".join(filter(None, said)))

    def _show_sources(self, speak: Locale, fact: Fact) -> None:
        first = next(iter(fact.citations), None)
        source = speak.dossier.sources.get(first.source) if first else None
        self._source.setText(speak.source(source) if source else tr("Source missing"))
        self._grade.setVisible(source is not None)
        if first and source:
            self._grade.setText(grade_of(source, first))
        count = len({citation.source for citation in fact.citations})
        self._others.setText(tr_count("{count} source", "{count} sources", count))


class _EventRow(Row):
    """A dated event, or a fact to know about: when or in what state, what, and a line more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._statement = Text(role="label", wrap=True, parent=self)
        self._more = Text(role="caption", wrap=True, parent=self)
        self._words = QVBoxLayout()
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX + 2)
        line.setSpacing(SMALL_PX)
        self._beside = QVBoxLayout()
        self._beside.setContentsMargins(0, 2, 0, 0)
        line.addLayout(self._beside)
        self._words.setSpacing(2)
        self._words.addWidget(self._statement)
        self._words.addWidget(self._more)
        line.addLayout(self._words, 1)

    def end_with(self, last: QWidget) -> None:
        """Put ``last`` below the words; to be called once."""
        self._words.addWidget(last, 0, Qt.AlignmentFlag.AlignLeft)

    def lead_with(self, lead: Text) -> None:
        """Put ``lead`` before the words; to be called once."""
        lead.setFixedWidth(_LEAD_PX)
        self._beside.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)

    def show_words(self, lead: str, statement: str, more: str) -> None:
        """``lead`` is what stands in the lead, for those who do not see it."""
        self._statement.setText(statement)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.set_name(". ".join(words for words in (lead, statement, more) if words))


class _DatedRow(_EventRow):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._date = Text(role="caption", wrap=True, parent=self)
        self.lead_with(self._date)

    def show_event(self, speak: Locale, fact: Fact) -> None:
        date = speak.date(fact.when, short=True)
        area = speak.dossier.areas.get(fact.area) if fact.area else None
        self._date.setText(date)
        self.show_words(date, _headline(speak, fact), speak.text(area.name) if area else "")


class _NotableRow(_EventRow):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = Chip(theme, parent=self)
        self.lead_with(self._state)
        self.settle_link = Link(tr("Settle it"), parent=self)
        self.end_with(self.settle_link)

    def show_fact(self, speak: Locale, fact: Fact) -> None:
        state = states_of(speak.dossier, fact)[0]
        short = {"sources-differ": tr("Differ"), "does-not-add-up": tr("Sum")}
        self._state.set_state(ICONS[state], short.get(state, state_words(state)), TONES[state])
        more = _what_to_know(speak, fact, state)
        self.show_words(state_words(state), _with_sum(speak, fact), more)
        self.settle_link.key = fact.id
        self.settle_link.setVisible(state == "sources-differ")
        self.settle_link.set_words(tr("See both sides") if fact.reading else tr("Settle it"))
        self.settle_link.set_name(f"{self.settle_link.words()}: {_headline(speak, fact)}")


def _headline(speak: Locale, fact: Fact) -> str:
    return speak.statement(fact).rstrip(".")


def _with_sum(speak: Locale, fact: Fact) -> str:
    """The statement with the sum of money it is about, which it may leave to the figure."""
    unit = speak.dossier.units.get(UnitId(fact.value.unit)) if fact.value else None
    if fact.value is None or unit is None or unit.sign is None:
        return _headline(speak, fact)
    return f"{_headline(speak, fact)}: {speak.quantity(fact.value)}"


def _caption(speak: Locale, fact: Fact) -> str:
    """What the number covers: when it held, at which stage, in which scope."""
    stage = stage_words(fact.stage).capitalize() if fact.stage else ""
    parts = (stage, speak.date(fact.when), speak.text(fact.scope))
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _to_know(speak: Locale, fact: Fact) -> tuple[State, str]:
    """The state of a key figure to speak of and what to say; no words if there is nothing."""
    dossier = speak.dossier
    state = states_of(dossier, fact)[0]
    if state in NOTABLE_STATES:
        words = _what_to_know(speak, fact, state)
        return state, _joined(state_words(state), words, fact)
    differing = differing_parts(dossier, fact, speak.audience)
    if not differing:
        return state, ""
    part = max(differing, key=_newest)
    words = _what_to_know(speak, part, "sources-differ")
    return "sources-differ", _joined(tr("Sources differ on a part of it"), words, part)


def _joined(state: str, words: str, fact: Fact) -> str:
    """A state and what to know of it; how we settle a difference is no part of what differs."""
    return f"{state}{'. ' if fact.reading else ': '}{words}" if words else state


def _what_to_know(speak: Locale, fact: Fact, state: State) -> str:
    if state == "sources-differ":
        if fact.reading is None:
            return _unsettled(speak, fact)
        return tr("How we settle it: {say}").format(say=speak.text(fact.reading.say))
    if state == "stale":
        dates = (speak.dossier.sources.get(citation.source) for citation in fact.citations)
        known = [source.published for source in dates if source and source.published]
        newest = max(known, key=lambda when: when.last or 0, default=None)
        return tr("No source since {date}").format(date=speak.date(newest)) if newest else ""
    return ""


def _unsettled(speak: Locale, fact: Fact) -> str:
    """Who says what instead, while no reading settles it."""
    for citation in fact.citations:
        source = speak.dossier.sources.get(citation.source)
        if citation.says is not None and source is not None:
            otherwise = says_words(speak, citation.says)
            return tr("{publisher} says {otherwise}; not settled").format(
                publisher=source.publisher, otherwise=otherwise
            )
    return tr("not settled")


def _newest(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)


def _headed(column: QVBoxLayout, words: str, rows: LazyList) -> QWidget:
    """Put a heading with a hairline over a list and return the heading."""
    head = QWidget()
    inner = QVBoxLayout(head)
    inner.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
    inner.setSpacing(SMALL_PX + 2)
    inner.addWidget(Text(words, "caption_strong", tone="ink"))
    inner.addWidget(Hairline())
    column.addWidget(head)
    column.addWidget(rows)
    return head


def _inset(widget: QWidget) -> QWidget:
    """Align a widget with the words of the rows, whose tint reaches further out."""
    around = QWidget()
    inner = QVBoxLayout(around)
    inner.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
    inner.addWidget(widget)
    return around
