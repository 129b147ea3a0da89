"""All dated facts on one line of time: lanes by group, filters at the left, all time below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.figures.figure import FigureView
from desktop.figures.timeline_brush import TimelineBrush
from desktop.figures.timeline_facts import Wanted
from desktop.figures.timeline_strip import TimelineStrip, window_words
from desktop.figures.timeline_view import TimelineView
from desktop.figures.timeline_window import MARGIN_PX
from desktop.model.dated import Dated, on_day
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Area, Audience, Fact, Measure, Slide, Source, Unit
from desktop.model.slides import latest_facts
from desktop.model.states import STATES, State, states_of
from desktop.panes.fact_words import find_fact
from desktop.panes.facts_bar import NothingFound, filter_words
from desktop.panes.facts_filters import FactsFilters
from desktop.panes.facts_table import Facet, FactFilter
from desktop.panes.pane import Pane
from desktop.panes.timeline_bar import TimelineBar
from desktop.panes.timeline_counts import DatedCounts
from desktop.panes.timeline_list import Section, TimelineList
from desktop.services.language import tr, tr_count
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline, Surface
from desktop.workspace import Workspace

_SIDE_PX: Final = 264
_NARROW_PX: Final = 1200
_ZOOM: Final = 1.5


class TimelinePane(Pane):
    """Every dated fact that stands outside the Facts pane; a click on one shows its source.

    The column at the left holds filters, or the facts of a day or of a cluster.
    """

    shows = frozenset({Fact, Area, Source, Measure, Unit, Audience})

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._filter = FactFilter()
        self._asked: EdtfDate | None = None
        self._listed: tuple[str, ...] = ()
        self._asks_for_filters = False
        self._counts = DatedCounts()
        self.bar = TimelineBar()
        self.filters = FactsFilters(entries=True)
        self.list = TimelineList(workspace.theme)
        self.strip = TimelineStrip()
        self.view = TimelineView(self.strip, workspace.theme, workspace.store.dossier)
        self.strip.setParent(self.view)
        self.brush = TimelineBrush(workspace.theme)
        self.nothing = NothingFound()
        self._side = QStackedWidget()
        self._middle = QStackedWidget()
        self._compose()
        self._connect()

    def _compose(self) -> None:
        self._side.addWidget(self.filters)
        self._side.addWidget(self.list)
        self._side.setFixedWidth(_SIDE_PX)
        left = Surface(["right"])
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._side)
        self._left = left
        lanes = QWidget()
        column = QVBoxLayout(lanes)
        column.setContentsMargins(LARGE_PX, SMALL_PX, MEDIUM_PX, 0)
        column.setSpacing(0)
        column.addWidget(Scroll(self.view), 1)
        column.addWidget(Hairline())
        column.addWidget(self.brush)
        self._middle.addWidget(lanes)
        self._middle.addWidget(self.nothing)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self._middle, 1)
        content = QWidget()
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(left)
        line.addLayout(right, 1)
        self.set_content(content)

    def _connect(self) -> None:
        selection = self.workspace.selection
        self.view.picked.connect(selection.show_source)
        self.view.listed.connect(self._on_view_listed)
        self.view.window_changed.connect(self._on_view_window_changed)
        self.brush.window_moved.connect(self.view.show_days)
        self.brush.all_wanted.connect(self.view.show_all_time)
        self.list.chosen.connect(selection.show_source)
        self.list.closed.connect(self._on_list_closed)
        self.filters.facet_chosen.connect(self._on_filters_facet_chosen)
        self.filters.area_chosen.connect(self._on_filters_area_chosen)
        self.nothing.cleared.connect(self.clear_filters)
        self.bar.cleared.connect(self.clear_filters)
        self.bar.date_asked.connect(self._on_bar_date_asked)
        self.bar.filters_asked.connect(self._on_bar_filters_asked)
        self.bar.all_wanted.connect(self.view.show_all_time)
        self.bar.enlarged.connect(self._on_bar_enlarged)
        self.bar.shrunk.connect(self._on_bar_shrunk)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.focus_date)

    # What is shown

    def refresh(self, dossier: Dossier) -> None:
        self._counts.read(dossier, self.speak.audience)
        self._show()

    def show_selection(self, ref: Ref | None) -> None:
        fact_id = ref.id if ref is not None and ref.kind is Fact else ""
        self.strip.choose(fact_id)
        self.list.choose(fact_id)
        if fact_id:
            self.view.bring_into_view(fact_id)

    def set_filter(self, wanted: FactFilter) -> None:
        """Show only the facts of a state or of an area."""
        self._filter = wanted
        self._show()

    def clear_filters(self) -> None:
        self.set_filter(FactFilter())

    def focus_date(self) -> None:
        """Go to the box in which a day, month or year is asked about."""
        self.bar.date_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.date_box.selectAll()

    def own_keys(self) -> Sequence[tuple[str, str]]:
        return (
            (tr("Ask about a day, month or year"), "Ctrl+F"),
            (tr("Move through time"), "← →"),
            (tr("Move by what is in view"), "PgUp PgDn"),
            (tr("To the ends of time"), "Home End"),
            (tr("Enlarge, shrink"), "+ −"),
            (tr("All time"), "0"),
            (tr("From lane to lane"), "↑ ↓"),
            (tr("From mark to mark"), "Ctrl+← Ctrl+→"),
            (tr("Source of a fact; open a cluster"), "Enter"),
            (tr("On the strip below: move its right edge"), "Shift+← Shift+→"),
            (tr("On the strip below: move its left edge"), "Ctrl+← Ctrl+→"),
        )

    def page(self) -> QWidget:
        """All time, for paper."""
        strip = TimelineStrip()
        strip.show_only(self.strip.wanted)
        view = FigureView(strip, self.workspace.theme, self.workspace.store.dossier)
        strip.setParent(view)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(LARGE_PX + MEDIUM_PX, SMALL_PX, LARGE_PX + MEDIUM_PX, 0)
        column.addWidget(view)
        # On a sheet with more room than it asks for it keeps its height, and so its axis.
        column.addStretch(1)
        return page

    def slide(self) -> Slide | None:
        """The latest facts of the time in view, as they are filtered."""
        dossier, wanted = self.speak.dossier, self._filter
        first, last = self.view.days()
        state = _state(wanted.facet)
        dated = dossier.derived(Dated)
        found = (
            dated.in_area(wanted.area, self.speak.audience)
            if wanted.area is not None
            else dated.all(self.speak.audience)
        )
        within = (
            fact
            for fact in found
            if fact.when is not None
            and first <= (fact.when.first or 0) <= last
            and (state is None or state in states_of(dossier, fact))
        )
        facts = latest_facts(dossier, within)
        if not facts:
            return self.fact_slide()
        content = self.strip.content(dossier)
        title = window_words(self.speak, max(first, content.first), min(last, content.last))
        words = self.own_words(title)
        return Slide(id="timeline", title=words, layout="timeline", facts=facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show(self) -> None:
        dossier, wanted = self.speak.dossier, self._filter
        state = _state(wanted.facet)
        self.strip.show_only(Wanted(self.speak.audience, wanted.area, state))
        self.view.show_dossier(dossier)
        self.filters.show_counts(self.speak, self._counts, wanted)
        content = self.strip.content(dossier)
        days = [lane.middles for lane in content.lanes]
        self.brush.show_facts(content.first, content.last, days)
        self._middle.setCurrentIndex(0 if content.lanes else 1)
        self.nothing.show_words(filter_words(self.speak, wanted), self._nothing_yet())
        self._show_list()
        self._on_view_window_changed()

    def _show_list(self) -> None:
        """Show what is asked about at the left, in place of the filters."""
        dossier, speak = self.speak.dossier, self.speak
        if self._asked is not None:
            found = on_day(dossier.derived(Dated).all(speak.audience), self._asked)
            day = speak.date(self._asked)
            sections = [
                Section(_within_words(self._asked), found.within),
                Section(tr("Reaching beyond it, or known less precisely"), found.around),
                Section(tr("The same day of other years"), found.years_apart),
            ]
            nothing = "" if any(found) else tr("Nothing is recorded of it.")
            self.list.show_facts(speak, day, nothing, sections)
        elif self._listed:
            facts = [fact for each in self._listed if (fact := find_fact(dossier, each))]
            count = tr_count("{count} fact", "{count} facts", len(facts))
            dates = {speak.date(fact.when) for fact in facts}
            title, note = (dates.pop(), count) if len(dates) == 1 else (count, "")
            self.list.show_facts(speak, title, note, [Section("", tuple(facts))])
        lists = self._asked is not None or bool(self._listed)
        self._side.setCurrentWidget(self.list if lists else self.filters)
        self.list.choose(self.workspace.selection.fact_id or "")
        self._fit()

    def _nothing_yet(self) -> tuple[str, str]:
        if self.workspace.file is None:
            return tr("No file is open"), tr("Open a facts file with Ctrl+O.")
        words = tr("A fact joins the timeline by its date. What is withheld from this audience,")
        more = tr("or came after the day of the file, stands in the Facts pane only.")
        return tr("No dated facts yet"), f"{words} {more}"

    def _fit(self) -> None:
        """Hide the column behind its button where lanes would be too narrow, unless asked for."""
        narrow = self.width() < _NARROW_PX
        lists = self._side.currentWidget() is self.list
        self.bar.offer_filters(narrow, self._asks_for_filters)
        self._left.setVisible(not narrow or self._asks_for_filters or lists)

    # What people do

    def _on_view_window_changed(self) -> None:
        content = self.strip.content(self.speak.dossier)
        first, last = self.view.days()
        words = window_words(self.speak, max(first, content.first), min(last, content.last))
        frame = self.view.frame()
        self.brush.set_margins(frame.lanes.left() + MARGIN_PX, MARGIN_PX)
        self.brush.show_window(first, last, words)
        facts = tr_count("{count} dated entry", "{count} dated entries", content.total)
        filtered = bool(self._filter)
        said = facts
        if content.lanes and self.view.shows_all_time():
            said = f"{words} · {facts}"
        elif content.lanes:
            said = tr("{facts}, in view {window}").format(facts=facts, window=words)
        self.bar.show_state(said, filtered=filtered)
        has_lanes = bool(content.lanes)
        self.bar.show_scale(
            is_all=not has_lanes or self.view.shows_all_time(),
            is_closest=not has_lanes or self.view.is_closest(),
        )

    def _on_view_listed(self, ids: tuple[str, ...]) -> None:
        self._listed, self._asked = ids, None
        self.bar.date_box.clear()
        self._listed = ids
        self._show_list()
        self.list.focus_first()

    def _on_list_closed(self) -> None:
        had_focus = self.list.isAncestorOf(self.window().focusWidget())
        self._listed, self._asked = (), None
        self.bar.date_box.clear()
        self._show_list()
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filters_facet_chosen(self, facet: Facet) -> None:
        if facet == "all":
            self.clear_filters()
        else:
            again = self._filter.facet == facet
            self.set_filter(self._filter._replace(facet="all" if again else facet))

    def _on_filters_area_chosen(self, area: str) -> None:
        again = self._filter.area == area
        self.set_filter(self._filter._replace(area=None if again else area))

    def _on_bar_date_asked(self, asked: EdtfDate | None) -> None:
        self._asked, self._listed = asked, ()
        self._show_list()

    def _on_bar_filters_asked(self, asked: bool) -> None:
        self._asks_for_filters = asked
        self._fit()

    def _on_bar_enlarged(self) -> None:
        self.view.zoom(_ZOOM)

    def _on_bar_shrunk(self) -> None:
        self.view.zoom(1 / _ZOOM)


def _within_words(asked: EdtfDate) -> str:
    return {
        "day": tr("On this day"),
        "month": tr("In this month"),
        "year": tr("In this year"),
    }.get(asked.kind, tr("Within this time"))


def _state(facet: Facet) -> State | None:
    return next((state for state in STATES if state == facet), None)
