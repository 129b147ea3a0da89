"""All facts: filters at the left, the table between, and the chosen fact in full at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.model.dossier import ChangeSet, Dossier, Ref, whole_id
from desktop.model.records import (
    SECTIONS,
    Fact,
    FactId,
    Measure,
    Place,
    Record,
    Slide,
    Source,
    id_from,
)
from desktop.model.search_index import Query
from desktop.model.states import is_shown
from desktop.panes.fact_view import FactView
from desktop.panes.facts_bar import FactsBar, NothingFound, filter_words
from desktop.panes.facts_columns import FILE_ORDER, Column
from desktop.panes.facts_filters import FactsFilters
from desktop.panes.facts_page import FactsPage
from desktop.panes.facts_table import Facet, FactFilter, FactsTable
from desktop.panes.facts_view import FactsView
from desktop.panes.fold_ahead import FoldAhead
from desktop.panes.form_words import sentence
from desktop.panes.new_source import is_address, values_from_address
from desktop.panes.pane import Pane
from desktop.panes.record_form import RecordForm
from desktop.panes.records_list import RecordsList
from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.surface import Surface
from desktop.workspace import Workspace

_VIEW_PX: Final = range(328, 440)
_FORM_PX: Final = 392
_NARROW_PX: Final = 1200
_SLIDE_ROWS: Final = 6


class FactsPane(Pane):
    """Every fact of the file, those too that no other pane shows.

    A source, place or measure that is brought into view leaves the facts that draw on it.
    """

    shows = frozenset(SECTIONS.values())

    problems_requested = Signal()
    """What was left out of the file is asked after."""
    tool_requested = Signal(str)
    """The id of an action on many facts."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.table = FactsTable(self, self._saved)
        self.bar = FactsBar(workspace.theme)
        self.rows = FactsView(workspace.theme, self.table)
        self.filters = FactsFilters()
        self.view = FactView(workspace)
        self.form = RecordForm(workspace)
        self.nothing = NothingFound()
        self.records = RecordsList()
        self._kind: type[Record] = Fact
        self._asked_from: Ref | None = None
        self._asked_for = ""
        self._middle = QStackedWidget()
        self._right = Surface()
        self._reading = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._compose()
        self._asks_for_filters = False
        self._is_marking = False
        self._drawn_on: Ref | None = None
        self.folding = FoldAhead(workspace.store, self)
        self._connect()
        self._restore_order()

    def _compose(self) -> None:
        self._middle.addWidget(self.rows)
        self._middle.addWidget(self.nothing)
        self._middle.addWidget(self.records)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._middle, 1)
        inner = QVBoxLayout(self._right)
        inner.setContentsMargins(LARGE_PX - 3, MEDIUM_PX, SMALL_PX, 0)
        inner.addWidget(self._reading)
        self._reading.addWidget(self.view)
        self._reading.addWidget(self.form)
        for part in (self.filters, middle, self._right):
            self._splitter.addWidget(part)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(1, 1)
        self.set_content(self._splitter)

    def _connect(self) -> None:
        self.bar.filter_box.textChanged.connect(self._on_filter_box_text_changed)
        self.bar.filter_box.stepped_down.connect(self._on_filter_box_stepped_down)
        self.bar.cleared.connect(self.clear_filters)
        self.bar.sort_asked.connect(self._on_bar_sort_asked)
        self.bar.filters_asked.connect(self._on_bar_filters_asked)
        self.bar.left_out_asked.connect(self.problems_requested)
        self.bar.tool_asked.connect(self.tool_requested)
        self.nothing.cleared.connect(self.clear_filters)
        self.filters.facet_chosen.connect(self._on_filters_facet_chosen)
        self.filters.area_chosen.connect(self._on_filters_area_chosen)
        self.rows.selectionModel().currentRowChanged.connect(self._on_rows_current_changed)
        self.rows.opened.connect(self._on_rows_opened)
        self.rows.copied.connect(self.view.copy)
        self.rows.edit_asked.connect(self._on_rows_edit_asked)
        self.rows.delete_asked.connect(self.delete)
        self.rows.cells.make_line = self.form.line
        self.rows.cells.typed.connect(self.form.type_in)
        self.rows.cells.settled.connect(self.form.enter)
        self.rows.cells.taken_back.connect(self.form.take_back)
        self.view.edit_asked.connect(self.edit)
        self.bar.kind_asked.connect(self.show_kind)
        self.bar.add_asked.connect(self._on_bar_add_asked)
        self.records.chosen.connect(self._on_records_chosen)
        self.form.source_asked.connect(self._on_form_source_asked)
        self.bar.unfinished_asked.connect(self._on_bar_unfinished_asked)
        self.form.waiting_changed.connect(self._on_form_waiting_changed)
        self.form.done.connect(self._on_form_done)
        self.form.moved.connect(self._on_form_moved)
        self.rows.horizontalHeader().sortIndicatorChanged.connect(self._on_rows_sorted)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self.workspace.store.undo_changed.connect(self._on_store_undo_changed)
        self.workspace.selection.reveal_requested.connect(self._on_reveal_requested)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.focus_filter)

    def _restore_order(self) -> None:
        kept = self.workspace.settings.facts_order
        names = {column.name.lower(): column for column in Column}
        column = names.get(kept.removeprefix("-"))
        if column is not None:
            self._on_bar_sort_asked(column, kept.startswith("-"))

    # What is shown

    def refresh(self, dossier: Dossier) -> None:
        self.table.show(self.speak)
        self._show_around()
        self._mark_fact()
        self.folding.start()

    def follow(self, dossier: Dossier, changes: ChangeSet) -> None:
        ref = self.workspace.selection.ref
        row = self.table.row_of(self.workspace.selection.fact_id)
        # Rows that go would move the selection before the table is done.
        self._is_marking = True
        self.table.follow(self.speak, changes)
        self._is_marking = False
        self._show_around()
        if row >= 0 and ref in changes.removed:
            self._go_on_from(row)
        else:
            self._mark_fact()

    def show_selection(self, ref: Ref | None) -> None:
        if ref is not None and ref.kind is self._kind and ref.kind is not Fact:
            self.records.choose(ref)
            if not self.form.is_new:
                self.form.show_record(ref)
            return
        if self._kind is not Fact:
            self.show_kind(Fact)
        draws = ref is not None and ref.kind in (Source, Place, Measure)
        if draws and ref != self._drawn_on:
            self.bar.filter_box.clear()
            self.set_filter(FactFilter(of=ref))
        else:
            self._mark_fact()
        self._drawn_on = ref if draws else None

    def set_filter(self, wanted: FactFilter) -> None:
        """Show only the facts that are wanted; the one in view stays at the right."""
        self.table.set_filter(wanted)
        self._show_around()
        self._mark_fact()

    def slide(self) -> Slide | None:
        """The facts that are filtered for as a ledger, or else the fact in view."""
        dossier = self.workspace.store.dossier
        rows = (self.table.fact_id(row) for row in range(self.table.rowCount()))
        known = (dossier.facts[FactId(each)] for each in rows if each and each in dossier.facts)
        shown = (fact for fact in known if is_shown(dossier, fact, self.speak.audience))
        facts = tuple(FactId(fact.id) for fact in islice(shown, _SLIDE_ROWS))
        if self._kind is not Fact or not self.table.filter or not facts:
            return self.fact_slide()
        said = ", ".join(filter_words(self.speak, self.table.filter))
        words = self.own_words(said)
        return Slide(id=id_from(said) or "facts", title=words, layout="ledger", facts=facts)

    def clear_filters(self) -> None:
        self.bar.filter_box.clear()
        self.set_filter(FactFilter())

    # Editing

    @property
    def kind(self) -> type[Record]:
        """The kind of record that is listed."""
        return self._kind

    @property
    def is_editing(self) -> bool:
        """Whether the form stands at the right, in place of the fact in full."""
        return self._reading.currentWidget() is self.form

    def show_kind(self, kind: type[Record]) -> None:
        """List the records of a kind; those that are no facts are shown in the form at once."""
        if kind is self._kind:
            return
        self._kind = kind
        self.bar.filter_box.clear()
        self._show_around()
        ref = self.workspace.selection.ref
        if kind is Fact:
            self._show_form(False)
            return
        first = next(iter(self.workspace.store.dossier.all_of(kind)), None)
        if (ref is None or ref.kind is not kind) and first is not None:
            self.workspace.selection.select(first, kind)
        self._show_form(True)
        self.form.show_record(self.workspace.selection.ref if first is not None else None)

    def edit(self, ref: Ref) -> None:
        """Edit a record in the form from now on."""
        self.show_kind(ref.kind)
        self.workspace.selection.select(ref.id, ref.kind)
        self._show_form(True)
        self.form.show_record(ref)
        self.form.give_focus()

    def add(self, kind: type[Record], values: Mapping[str, Any] | None = None) -> None:
        """Begin a new record, or go on with the one that was begun."""
        self.show_kind(kind)
        self._show_form(True)
        self.form.begin(kind, values)
        self.form.give_focus()

    def duplicate(self) -> None:
        self._with_form(self.form.duplicate)
        self.form.give_focus()

    def rename(self) -> None:
        self._with_form(self.form.reveal_id)

    def delete(self) -> None:
        """Take away the record in view, and go to the one after it."""
        row = self.table.row_of(self.workspace.selection.fact_id)
        if self._with_form(self.form.delete):
            self._go_on_from(row)

    def _with_form(self, act: Callable[[], object]) -> object:
        """Do something to the record in view, in its form."""
        ref = self.workspace.selection.ref
        if ref is None:
            return None
        self._show_form(True)
        self.form.show_record(Ref(ref.kind, whole_id(ref.id)))
        return act()

    def _go_on_from(self, row: int) -> None:
        following = self.table.fact_id(min(row, self.table.rowCount() - 1)) if row >= 0 else None
        others = next(iter(self.workspace.store.dossier.all_of(self._kind)), None)
        onward = following if self._kind is Fact else others
        if onward is not None:
            self.workspace.selection.select(onward, self._kind)
        else:
            self.workspace.selection.clear()

    def _show_form(self, shown: bool) -> None:
        self._reading.setCurrentWidget(self.form if shown else self.view)
        self._offer_cells()
        self._on_form_waiting_changed()
        self._fit()

    def focus_filter(self) -> None:
        """Go to the line that filters as one types."""
        self.bar.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.filter_box.selectAll()

    def own_keys(self) -> Sequence[tuple[str, str]]:
        return (
            (tr("Edit the fact in view"), "E"),
            (tr("Edit a cell of the table, while the form is open"), "F2"),
            (tr("Show all that can be chosen in a field"), "Down"),
            (tr("Move a row of a list in the form, from its cross"), "Alt+Up"),
            (tr("Take back what is being typed"), "Esc"),
            (tr("Done with the form, or add what is new"), "Ctrl+Return"),
        )

    def page(self) -> QWidget:
        return FactsPage(self.workspace.theme, self.speak)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.folding.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self.folding.stop()
        super().hideEvent(event)

    def _show_around(self) -> None:
        """Say around the table what is chosen, and how many facts that leaves."""
        self._offer_adding()
        dossier = self.speak.dossier
        if self._kind is not Fact:
            query = Query(self.bar.filter_box.text())
            found = self.records.show_records(self.speak, self._kind, query)
            total = len(dossier.all_of(self._kind))
            self.bar.show_kind(self._kind, found, total, filtered=bool(query))
            self._middle.setCurrentWidget(self.records)
            return
        self.bar.show_kind(Fact, 0, 0, filtered=False)
        wanted = self.table.filter
        said = filter_words(self.speak, wanted)
        self.filters.show_counts(self.speak, self.table, wanted)
        self.bar.show_state(self.table, said, len(dossier.left_out))
        self.nothing.show_words(said, self._nothing_yet())
        self._middle.setCurrentWidget(self.rows if self.table.rowCount() else self.nothing)

    def _offer_adding(self) -> None:
        locked = self.workspace.store.locked
        self.bar.offer_adding(locked is None, sentence(locked) if locked else "")

    def _offer_cells(self) -> None:
        self.rows.set_editing(self.is_editing and self.workspace.store.locked is None)

    def _nothing_yet(self) -> tuple[str, str]:
        if self.workspace.file is None:
            return tr("No file is open"), tr("Open a facts file with Ctrl+O.")
        return "", ""

    def _mark_fact(self) -> None:
        fact_id = self.workspace.selection.fact_id
        self.view.show_fact(fact_id)
        if self.is_editing and not self.form.is_new and self._kind is Fact:
            self.form.show_record(Ref(Fact, whole_id(fact_id)) if fact_id else None)
        self._is_marking = True
        self.rows.choose_row(self.table.row_of(fact_id))
        self._is_marking = False

    def _fit(self) -> None:
        """Hide the filters behind their button where the table would be too narrow.

        Asked for there, they take the place of the fact in full.
        """
        narrow = self.width() < _NARROW_PX
        is_facts = self._kind is Fact
        asked = self._asks_for_filters and is_facts
        self.bar.offer_filters(narrow and is_facts, asked)
        self.filters.setVisible(is_facts and (not narrow or asked))
        self._right.setVisible(not narrow or not asked)
        left_px, _, right_px = self._widths()
        if narrow:
            form_px = max(_VIEW_PX.start, min(_FORM_PX, self.width() * 2 // 5))
            left_px = self.filters.sizeHint().width()
            right_px = form_px if self.is_editing else _VIEW_PX.start
            left_px, right_px = (left_px, 0) if asked else (0, right_px)
        self._splitter.setSizes([left_px, self.width() - left_px - right_px, right_px])

    def _widths(self) -> tuple[int, ...]:
        """The widths of the three columns that this person gave them, or the first ones."""
        kept = self.workspace.settings.facts_columns
        right_px = min(max(self.width() // 4, _VIEW_PX.start), _VIEW_PX.stop)
        if self.is_editing:
            right_px = max(right_px, _FORM_PX)
        return kept if len(kept) == 3 else (self.filters.sizeHint().width(), 0, right_px)

    # What people do

    def _on_filter_box_text_changed(self, text: str) -> None:
        if self._kind is not Fact:
            self._show_around()
            return
        self.set_filter(self.table.filter._replace(query=Query(text)))

    def _on_filter_box_stepped_down(self) -> None:
        if self._kind is not Fact:
            keys = self.records.rows.keys()
            if keys:
                self.records.rows.reveal(keys[0])
            return
        if self.table.rowCount() == 0:
            return
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.rows.currentIndex().isValid():
            self.rows.choose_row(0)

    def _on_filters_facet_chosen(self, facet: Facet) -> None:
        wanted = self.table.filter
        if facet == "all":
            self.set_filter(FactFilter(query=wanted.query))
        else:
            again = wanted.facet == facet
            self.set_filter(wanted._replace(facet="all" if again else facet))

    def _on_filters_area_chosen(self, area: str) -> None:
        again = self.table.filter.area == area
        self.set_filter(self.table.filter._replace(area=None if again else area))

    def _on_bar_filters_asked(self, asked: bool) -> None:
        self._asks_for_filters = asked
        self._fit()

    def _on_bar_sort_asked(self, column: int, downwards: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if downwards else Qt.SortOrder.AscendingOrder
        self.rows.sortByColumn(column, order)

    def _on_rows_sorted(self) -> None:
        column, downwards = self.table.sorted_by
        self.bar.show_order(column, downwards)
        name = "" if column == FILE_ORDER else Column(column).name.lower()
        self.workspace.settings.facts_order = f"-{name}" if downwards else name
        self.rows.scrollTo(self.rows.currentIndex())

    def _on_rows_current_changed(self, current: QModelIndex) -> None:
        fact_id = self.table.fact_id(current.row())
        if fact_id is not None and not self._is_marking:
            self.workspace.selection.select(fact_id)

    def _on_rows_opened(self) -> None:
        if not self._right.isVisible():
            self._on_bar_filters_asked(False)
        if self.is_editing:
            self.form.give_focus()
        else:
            self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_rows_edit_asked(self) -> None:
        if self.is_editing:
            self.form.give_focus()
        else:
            self.view.ask_edit()

    def _on_form_done(self) -> None:
        had_focus = self.form.isAncestorOf(self.window().focusWidget())
        if self._kind is Fact:
            self._show_form(False)
            if had_focus:
                self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.form.show_record(self.workspace.selection.ref)
            self._go_back()
        self._asked_from = None

    def _on_form_moved(self, ref: Ref) -> None:
        if ref.kind is Source and self._asked_from is not None:
            self.form.fill_in(self._asked_from, self._asked_for, ref.id)
            self._go_back()
        else:
            self.show_kind(ref.kind)
            self.workspace.selection.select(ref.id, ref.kind)
            self.form.show_record(ref)

    def _on_form_source_asked(self, text: str) -> None:
        """Edit the source of a citation, or add it by its address, and come back afterwards."""
        came_from = self.form.ref
        if text in self.workspace.store.dossier.sources:
            self.edit(Ref(Source, text))
        elif is_address(text):
            self.add(Source, values_from_address(text, self.workspace.today()))
        else:
            self.add(Source)
        self._asked_from, self._asked_for = came_from, text

    def _go_back(self) -> None:
        """Return to the record from whose citation a source was looked at."""
        back, self._asked_from = self._asked_from, None
        if back is None:
            return
        if back.id:
            self.edit(back)
        else:
            self.add(back.kind)

    def _on_bar_add_asked(self) -> None:
        self.add(self._kind)

    def _on_form_waiting_changed(self) -> None:
        self.bar.show_unfinished(len(self._waiting_elsewhere()))

    def _waiting_elsewhere(self) -> list[Ref]:
        here = self.form.ref if self.is_editing else None
        return [ref for ref in self.form.waiting() if ref != here]

    def _on_bar_unfinished_asked(self) -> None:
        """Go to the next record for which something is typed that is in no fact."""
        ref = next(iter(self._waiting_elsewhere()), None)
        if ref is not None and ref.id:
            self.edit(ref)
        elif ref is not None:
            self.add(ref.kind)

    def _on_records_chosen(self, ref: Ref) -> None:
        self._asked_from = None
        self.workspace.selection.select(ref.id, ref.kind)
        self.form.show_record(ref)

    def _saved(self) -> Dossier:
        """The facts as they stand in the file."""
        return self.workspace.store.saved_dossier

    def _on_store_undo_changed(self) -> None:
        self._offer_adding()
        if self.rows.is_editing != (self.is_editing and self.workspace.store.locked is None):
            self._offer_cells()
        if not self._stale and self.workspace.store.is_saved() and self.table.follow_saving():
            self._show_around()

    def _on_splitter_moved(self) -> None:
        sizes = self._splitter.sizes()
        if self.width() >= _NARROW_PX:
            self.workspace.settings.facts_columns = tuple(sizes)

    def _on_reveal_requested(self, ref: Ref) -> None:
        if ref.kind is Fact and not self._stale and self.table.row_of(ref.id) < 0:
            self.clear_filters()
