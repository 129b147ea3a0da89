"""The Facts pane, steered as an analyst does: by typing, by keys and by the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QHelpEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop.files.facts_file import FactsFile
from desktop.model.changes import AddRecord, SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact, Place, Source
from desktop.model.search_index import FactWords
from desktop.model.values import LocalText, Quantity
from desktop.panes.facts import FactsPane
from desktop.panes.facts_columns import Column
from desktop.panes.facts_filters import FilterRow
from desktop.panes.facts_page import FactsPage
from desktop.widgets.link import Link
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme
    from desktop.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(qtbot: QtBot, workspace: Workspace) -> FactsPane:
    pane = FactsPane(workspace)
    qtbot.addWidget(pane)
    pane.resize(1600, 760)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def shown(pane: FactsPane) -> list[str | None]:
    return [pane.table.fact_id(row) for row in range(pane.table.rowCount())]


def click_row(qtbot: QtBot, pane: FactsPane, fact_id: str) -> None:
    index = pane.table.index(pane.table.row_of(fact_id), Column.STATEMENT)
    middle = pane.rows.visualRect(index).center()
    qtbot.mouseClick(pane.rows.viewport(), LEFT, pos=middle)


# Adding


def test_a_fact_that_was_added_last_of_many_stands_in_view(
    pane: FactsPane, workspace: Workspace
) -> None:
    pane.resize(1600, 320)
    last = workspace.store.dossier.fact("remains")
    for number in range(3):
        added = msgspec.structs.replace(last, id=f"remains-{number}")
        workspace.store.apply(AddRecord(added))
        workspace.selection.select(added.id)

        row = pane.rows.visualRect(pane.table.index(pane.table.row_of(added.id), 0))
        assert pane.rows.viewport().rect().contains(row.center()), added.id
        assert pane.rows.currentIndex().row() == pane.table.rowCount() - 1


class PaintedRegion(QObject):
    """Gathers where a widget is painted anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return super().eventFilter(watched, event)


def test_the_ring_leaves_the_whole_row_from_which_a_choice_of_several_goes_on(
    qtbot: QtBot, pane: FactsPane
) -> None:
    with qtbot.waitActive(pane):
        pane.activateWindow()
    click_row(qtbot, pane, "clean-up-total")
    pane.rows.setFocus(Qt.FocusReason.TabFocusReason)
    painted = PaintedRegion(pane.rows.viewport())

    def end_of_current() -> QPoint:
        row = pane.rows.visualRect(pane.rows.currentIndex())
        return QPoint(pane.rows.viewport().width() - 3, row.center().y())

    def painted_there(point: QPoint) -> bool:
        return painted.region.contains(point)

    for _ in range(3):
        left = end_of_current()
        painted.region = QRegion()
        qtbot.keyClick(pane.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda: painted.region.contains(end_of_current()))
        qtbot.waitUntil(partial(painted_there, left))


# Filtering


def test_typing_filters_at_once_with_accents_folded(qtbot: QtBot, pane: FactsPane) -> None:
    qtbot.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.bar.filter_box.hasFocus()
    qtbot.keyClicks(pane.bar.filter_box, "hoang")
    assert shown(pane) == ["remains", "earlier-call"]
    assert pane.bar.found_words.text() == "2 of 15 facts"
    qtbot.keyClick(pane.bar.filter_box, Qt.Key.Key_Escape)
    assert len(shown(pane)) == 15
    assert pane.bar.found_words.text() == "15 facts"


def test_tab_goes_from_the_lists_to_the_table_and_on_to_the_links_of_the_fact(
    qtbot: QtBot, pane: FactsPane
) -> None:
    click_row(qtbot, pane, "clean-up-total")
    click_row(qtbot, pane, "clean-up-addition")
    pane.filters.row("withheld").setFocus(Qt.FocusReason.TabFocusReason)
    walked: list[QWidget] = []
    while not (walked and isinstance(walked[-1], FilterRow) and walked[-1].key == "all"):
        qtbot.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        walked.append(pane.focusWidget())
    areas = [each.key for each in walked[:-1] if isinstance(each, FilterRow) and each.key in _AREAS]
    assert areas == [each.key for each in walked[: len(areas)] if isinstance(each, FilterRow)]
    after = walked[walked.index(pane.view) + 1 : -1]
    inside = [each for each in after if pane.view.isAncestorOf(each)]
    links = [each for each in inside if isinstance(each, Link)]
    assert after[: len(inside)] == inside
    assert len(links) >= 3
    heights = [each.mapTo(pane.view, QPoint(0, 0)).y() for each in links]
    assert heights == sorted(heights)


_AREAS = {"clean-up", "missing", "visits", "empty"}


def test_facts_are_folded_while_nobody_types(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    qtbot.waitUntil(lambda: not pane.folding.is_working)
    words = workspace.store.dossier.derived(FactWords)
    assert not words.fold_ahead(1), "a fact was left to be folded"


def test_a_state_and_an_area_narrow_each_other_and_count_what_is_left(
    qtbot: QtBot, pane: FactsPane
) -> None:
    filters = pane.filters
    assert filters.row("sources-differ").number == 2
    qtbot.mouseClick(filters.row("visits"), LEFT)
    assert filters.row("sources-differ").number == 1
    assert filters.row("all").number == 15
    qtbot.mouseClick(filters.row("sources-differ"), LEFT)
    assert shown(pane) == ["first-call"]
    assert filters.row("clean-up").number == 1
    assert filters.row("sources-differ").isChecked()
    qtbot.mouseClick(filters.row("visits"), LEFT)
    assert shown(pane) == ["clean-up-addition", "first-call"]
    qtbot.mouseClick(filters.row("all"), LEFT)
    assert len(shown(pane)) == 15
    assert filters.row("all").isChecked()


def test_what_is_after_as_of_or_withheld_can_be_listed(qtbot: QtBot, pane: FactsPane) -> None:
    qtbot.mouseClick(pane.filters.row("after-as-of"), LEFT)
    assert shown(pane) == ["later-call"]
    qtbot.mouseClick(pane.filters.row("withheld"), LEFT)
    assert shown(pane) == ["for-some"]


def test_when_nothing_is_left_the_filters_are_named_and_can_be_cleared(
    qtbot: QtBot, pane: FactsPane
) -> None:
    qtbot.keyClicks(pane.bar.filter_box, "nothing like it")
    qtbot.mouseClick(pane.filters.row("stale"), LEFT)
    assert pane.nothing.isVisible()
    assert pane.nothing.words().endswith("“nothing like it” · Stale")
    qtbot.mouseClick(pane.nothing.clear_button, LEFT)
    assert len(shown(pane)) == 15
    assert pane.bar.filter_box.text() == ""
    assert pane.rows.isVisible()


def test_a_source_or_place_in_view_leaves_the_facts_that_draw_on_it(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    workspace.selection.reveal("bulletin", Source)
    assert "posture" in shown(pane)
    assert "remains" not in shown(pane)
    workspace.selection.reveal("port", Place)
    assert shown(pane) == ["first-call"]
    click_row(qtbot, pane, "first-call")
    assert shown(pane) == ["first-call"]
    qtbot.mouseClick(pane.bar.clear_link, LEFT)
    assert len(shown(pane)) == 15


# Walking and choosing


def test_down_goes_from_the_filter_into_the_table_and_enter_into_the_fact(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    pane.focus_filter()
    qtbot.keyClick(pane.bar.filter_box, Qt.Key.Key_Down)
    assert pane.rows.hasFocus()
    assert workspace.selection.fact_id == "clean-up-total"
    qtbot.keyClick(pane.rows, Qt.Key.Key_Down)
    assert workspace.selection.fact_id == "clean-up-first"
    assert pane.view.fact_id == "clean-up-first"
    qtbot.keyClick(pane.rows, Qt.Key.Key_Return)
    assert pane.view.hasFocus()


def test_tab_leaves_the_table_with_one_press(qtbot: QtBot, pane: FactsPane) -> None:
    pane.rows.setFocus()
    qtbot.keyClick(pane.rows, Qt.Key.Key_Tab)
    assert not pane.rows.hasFocus()


def test_a_row_that_is_clicked_is_in_view_everywhere(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    click_row(qtbot, pane, "remains")
    assert workspace.selection.fact_id == "remains"
    assert pane.view.fact_id == "remains"


def test_a_fact_chosen_elsewhere_is_marked_here(pane: FactsPane, workspace: Workspace) -> None:
    workspace.selection.select("posture")
    row = pane.rows.currentIndex().row()
    assert pane.table.fact_id(row) == "posture"
    assert pane.rows.selectionModel().isRowSelected(row)
    assert pane.view.fact_id == "posture"


def test_a_fact_that_is_filtered_away_stays_in_view_at_the_right_and_can_be_revealed(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    workspace.selection.select("posture")
    qtbot.keyClicks(pane.bar.filter_box, "hoang")
    assert pane.view.fact_id == "posture"
    assert not pane.rows.selectionModel().hasSelection()
    workspace.selection.reveal("posture")
    assert pane.table.fact_id(pane.rows.currentIndex().row()) == "posture"


def test_ctrl_c_in_the_table_copies_the_fact_with_its_sources(
    qtbot: QtBot, pane: FactsPane
) -> None:
    click_row(qtbot, pane, "remains")
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(pane.rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "“eight sets in the past year”" in QGuiApplication.clipboard().text()


# Order


def test_a_click_on_a_heading_sorts_and_the_order_is_kept_for_next_time(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    header = pane.rows.horizontalHeader()
    place = QPoint(header.sectionPosition(Column.VALUE) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)
    assert shown(pane)[0] == "wrong-total"
    assert pane.bar.sort_button.text() == "Order: value"
    again = FactsPane(workspace)
    qtbot.addWidget(again)
    again.show()
    assert shown(again) == shown(pane)


def test_the_menu_sorts_without_a_mouse(qtbot: QtBot, pane: FactsPane) -> None:
    in_file = shown(pane)
    actions = {action.text(): action for action in pane.bar.sort_button.menu().actions()}
    actions["statement"].trigger()
    assert shown(pane)[0] == "later-call"
    actions["Downwards"].trigger()
    assert shown(pane)[-1] == "later-call"
    actions["as in the file"].trigger()
    assert shown(pane) == in_file[::-1]


# Changes


def test_an_edit_shows_in_its_row_and_in_full_and_undo_takes_it_back(
    pane: FactsPane, workspace: Workspace
) -> None:
    workspace.selection.select("remains")
    before = pane.table.index(pane.table.row_of("remains"), Column.VALUE)
    change = SetField(Ref(Fact, "remains"), "value", Quantity.parse("9 sets"))
    workspace.store.apply(change)
    assert before.data() == "9 sets of remains"
    assert "9 sets of remains" in pane.view.as_text()
    workspace.store.undo()
    assert before.data() == "8 sets of remains"


def test_what_is_changed_and_not_saved_can_be_listed(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    assert not pane.filters.row("unsaved").isVisible()
    value = Quantity.parse("9 sets")
    workspace.store.apply(SetField(Ref(Fact, "remains"), "value", value))

    qtbot.mouseClick(pane.filters.row("unsaved"), LEFT)
    assert shown(pane) == ["remains"]
    workspace.store.undo()
    assert shown(pane) == []
    workspace.store.redo()
    workspace.store.mark_saved()
    assert shown(pane) == []
    assert not pane.filters.row("unsaved").isVisible()
    workspace.store.undo()
    assert shown(pane) == ["remains"], "now the file says otherwise"


def test_counts_follow_a_change_of_state(pane: FactsPane, workspace: Workspace) -> None:
    reading = SetField(Ref(Fact, "first-call"), "contradicted_by", ())
    workspace.store.apply(reading)
    assert pane.filters.row("sources-differ").number == 1


def test_out_of_view_it_waits_for_its_turn(pane: FactsPane, workspace: Workspace) -> None:
    pane.hide()
    statement = LocalText(en="Said anew.")
    workspace.store.apply(SetField(Ref(Fact, "remains"), "statement", statement))
    pane.show()
    index = pane.table.index(pane.table.row_of("remains"), Column.STATEMENT)
    assert index.data() == "Said anew."


def test_another_audience_reads_its_own_language(pane: FactsPane, workspace: Workspace) -> None:
    workspace.settings.audience = "hanoi-vi"
    assert pane.filters.row("visits").words == "Thăm cảng"
    index = pane.table.index(pane.table.row_of("remains"), Column.VALUE)
    assert index.data() == "8 bộ hài cốt"


def test_what_could_not_be_read_is_counted_and_can_be_asked_after(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace, facts_path: Path
) -> None:
    assert not pane.bar.left_out_link.isVisible()
    text = facts_path.read_text(encoding="utf-8")
    broken = text.replace("value: 8 sets", "value: eight sets")
    facts_path.write_text(broken, encoding="utf-8")
    workspace.store.open(FactsFile.open(facts_path).reading.dossier)
    assert pane.bar.left_out_link.words() == "1 record left out"
    with qtbot.waitSignal(pane.problems_requested):
        qtbot.mouseClick(pane.bar.left_out_link, LEFT)
    assert "remains" not in shown(pane)
    workspace.selection.select("remains")
    assert "could not be read" in pane.view.accessibleDescription()


# Its place on the screen


def test_in_a_narrow_window_the_filters_wait_behind_their_button(
    qtbot: QtBot, pane: FactsPane
) -> None:
    assert not pane.bar.filters_button.isVisible()
    pane.resize(1024, 500)
    assert not pane.filters.isVisible()
    assert pane.rows.width() >= 640
    qtbot.mouseClick(pane.bar.filters_button, LEFT)
    assert pane.filters.isVisible()
    assert not pane.view.isVisible()
    pane.rows.setFocus()
    qtbot.keyClick(pane.rows, Qt.Key.Key_Down)
    qtbot.keyClick(pane.rows, Qt.Key.Key_Return)
    assert pane.view.hasFocus()
    assert not pane.filters.isVisible()
    pane.resize(1600, 760)
    assert pane.filters.isVisible()
    assert not pane.bar.filters_button.isVisible()


def test_a_long_name_in_the_filters_goes_on_in_another_line(qtbot: QtBot, theme: Theme) -> None:
    row = FilterRow("agent-orange")
    qtbot.addWidget(row)
    row.show_words("Disability and Agent Orange", 20)
    row.resize(206, row.heightForWidth(206))
    row.show()
    name, count = row.findChildren(Text)

    assert name.height() >= name.heightForWidth(name.width()) > 1.5 * name.fontMetrics().height()
    assert name.width() >= name.minimumSizeHint().width()
    assert count.geometry().center().y() < name.geometry().center().y()


@pytest.mark.parametrize("width_px", [880, 1024, 1280, 1600, 3840])
def test_columns_fill_the_table_at_every_width(pane: FactsPane, width_px: int) -> None:
    pane.resize(width_px, 700)
    rows = pane.rows
    widths = [rows.columnWidth(column) for column in Column if not rows.isColumnHidden(column)]
    assert sum(widths) == rows.viewport().width()
    assert rows.columnWidth(Column.STATEMENT) >= 220
    assert not rows.isColumnHidden(Column.STATE)


def test_widths_that_were_given_by_hand_are_kept(
    qtbot: QtBot, pane: FactsPane, workspace: Workspace
) -> None:
    handle = pane.findChildren(QWidget, "qt_splithandle_")[-1]
    start = handle.rect().center()
    qtbot.mousePress(handle, LEFT, pos=start)
    qtbot.mouseMove(handle, start - QPoint(80, 0))
    qtbot.mouseRelease(handle, LEFT, pos=start - QPoint(80, 0))
    kept = workspace.settings.facts_columns
    assert kept[2] > 460
    again = FactsPane(workspace)
    qtbot.addWidget(again)
    again.resize(1600, 760)
    again.show()
    assert abs(again.view.width() - pane.view.width()) < 3


def test_words_that_were_cut_are_told_as_plain_text(qtbot: QtBot, pane: FactsPane) -> None:
    pane.resize(880, 600)
    index = pane.table.index(pane.table.row_of("remains"), Column.STATEMENT)
    place = pane.rows.visualRect(index).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, pane.rows.viewport().mapToGlobal(place))
    shown_by_qt = pane.rows.itemDelegate().helpEvent(
        event, pane.rows, QStyleOptionViewItem(), index
    )
    assert not shown_by_qt
    assert "&lt;i&gt;not&lt;/i&gt;" in pane.rows.viewport().toolTip()


def test_on_paper_every_fact_is_whole_with_its_sources(pane: FactsPane) -> None:
    page = pane.page()
    assert isinstance(page, FactsPage)
    narrow, wide = page.heightForWidth(700), page.heightForWidth(1600)
    assert narrow > wide > 15 * 20
    page.resize(1600, wide)
    assert len(page.breaks()) == 15
    shot = page.grab().toImage()
    background = shot.pixelColor(2, 2)
    for top, bottom in zip((0, *page.breaks()), page.breaks(), strict=False):
        inked = any(
            shot.pixelColor(x, y) != background
            for x in range(46, 400, 2)
            for y in range(top + 4, bottom - 4)
        )
        assert inked, f"the row from {top} to {bottom} is empty"


def test_what_is_withheld_from_the_audience_is_not_put_on_its_paper(
    pane: FactsPane, workspace: Workspace
) -> None:
    assert workspace.store.dossier.fact("for-some").withhold_from == ("hanoi", "hanoi-vi")
    workspace.settings.audience = "hanoi"
    assert "for-some" in shown(pane)
    page = pane.page()
    assert isinstance(page, FactsPage)
    page.resize(1600, page.heightForWidth(1600))
    assert len(page.breaks()) == 14


def test_every_control_says_what_it_is(pane: FactsPane, workspace: Workspace) -> None:
    workspace.selection.select("clean-up-addition")
    walked, unnamed = 0, []
    widget = pane.nextInFocusChain()
    while widget is not pane:
        if pane.isAncestorOf(widget) and widget.isVisible():
            focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            walked += bool(focusable)
            told = QAccessible.queryAccessibleInterface(widget)
            if focusable and not told.text(QAccessible.Text.Name):
                unnamed.append(type(widget).__name__)
        widget = widget.nextInFocusChain()
    assert walked > 15
    assert not unnamed
