"""The timeline pane, read and steered as a briefer does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.export.pages import Heading, Page, sheets
from desktop.figures.figure import FigureView
from desktop.model.changes import SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Area, Fact
from desktop.panes.facts_table import FactFilter
from desktop.panes.timeline import TimelinePane
from desktop.widgets.row import Row

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

SHOWN = {
    "clean-up-total",
    "clean-up-first",
    "clean-up-addition",
    "clean-up-work",
    "old-estimate",
    "new-estimate",
    "posture",
    "remains",
    "first-call",
    "earlier-call",
    "for-some",
    "assistance-by-year/FY2016",
    "assistance-by-year/FY2018",
}


@pytest.fixture
def pane(qtbot: QtBot, workspace: Workspace) -> TimelinePane:
    pane = TimelinePane(workspace)
    qtbot.addWidget(pane)
    pane.resize(1320, 760)
    with qtbot.waitActive(pane):
        pane.show()
    return pane


def told(pane: TimelinePane) -> set[str]:
    """The facts that stand in the lanes."""
    content = pane.strip.content(pane.workspace.store.dossier)
    return {event.fact_id for lane in content.lanes for event in lane.events}


def lanes(pane: TimelinePane) -> dict[str, int]:
    content = pane.strip.content(pane.workspace.store.dossier)
    return {lane.title: len(lane.events) for lane in content.lanes}


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def click_on(qtbot: QtBot, pane: TimelinePane, fact_id: str) -> None:
    mark = next(mark for mark in pane.view.marks() if mark.fact_id == fact_id)
    place = mark.area.center().toPoint()
    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=place)


def ask(qtbot: QtBot, pane: TimelinePane, text: str) -> None:
    pane.focus_date()
    qtbot.keyClicks(pane.bar.date_box, text)


def listed(pane: TimelinePane) -> dict[str, list[str]]:
    """The sections of the list at the left, each with its facts."""
    keys = [[str(key) for key in rows.keys()] for rows in pane.list.lists]  # noqa: SIM118
    found = [ids for ids in keys if ids]
    return dict(zip(pane.list.headings() or [""], found, strict=True))


def rows(pane: TimelinePane) -> list[Row]:
    found = (row for part in pane.list.lists for row in map(part.row, part.keys()))
    return [row for row in found if isinstance(row, Row)]


def test_all_dated_facts_stand_in_lanes_by_group(pane: TimelinePane) -> None:
    assert told(pane) == SHOWN
    assert lanes(pane) == {"War legacy": 8, "Maritime": 5}
    assert pane.bar.window_words.text() == "2015–2025 · 13 dated entries"
    everything = pane.filters.row("all")
    assert (everything.words, everything.number) == ("All dated entries", 13)
    assert everything.accessibleName() == "All dated entries, 13 dated entries"


def test_what_is_after_as_of_or_withheld_stands_nowhere(
    pane: TimelinePane, workspace: Workspace
) -> None:
    assert "later-call" not in told(pane)

    workspace.settings.audience = "hanoi"

    assert told(pane) == SHOWN - {"for-some"}
    assert pane.filters.row("all").number == 12


def test_a_click_on_a_mark_chooses_its_fact_and_asks_for_its_source(
    qtbot: QtBot, pane: TimelinePane, workspace: Workspace
) -> None:
    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        click_on(qtbot, pane, "clean-up-first")

    assert seen.args == [Ref(Fact, "clean-up-first")]
    assert workspace.selection.fact_id == "clean-up-first"
    assert pane.strip.chosen == "clean-up-first"


def test_a_fact_chosen_elsewhere_is_ringed_and_comes_into_view(
    pane: TimelinePane, workspace: Workspace
) -> None:
    pane.view.show_days(day("2015-01-01"), day("2016-06-01"))
    before = pane.view.grab().toImage()

    workspace.selection.select("earlier-call")

    assert pane.view.days()[0] < day("2024-07-15") < pane.view.days()[1]
    assert pane.view.grab().toImage() != before
    workspace.selection.select("clean-up", Area)
    assert pane.strip.chosen == ""


def test_filters_by_area_and_state_leave_what_they_say(qtbot: QtBot, pane: TimelinePane) -> None:
    assert (pane.filters.row("all").number, pane.filters.row("visits").number) == (13, 5)

    qtbot.mouseClick(pane.filters.row("visits"), Qt.MouseButton.LeftButton)
    assert lanes(pane) == {"Maritime": 5}
    qtbot.mouseClick(pane.filters.row("sources-differ"), Qt.MouseButton.LeftButton)
    assert told(pane) == {"first-call"}
    assert pane.filters.row("clean-up").number == 1
    qtbot.mouseClick(pane.filters.row("visits"), Qt.MouseButton.LeftButton)
    assert told(pane) == {"first-call", "clean-up-addition"}
    qtbot.mouseClick(pane.bar.clear_link, Qt.MouseButton.LeftButton)
    assert told(pane) == SHOWN
    assert not pane.bar.clear_link.isVisible()


def test_filters_that_leave_nothing_say_so_and_can_be_cleared(
    qtbot: QtBot, pane: TimelinePane
) -> None:
    pane.set_filter(FactFilter(facet="unsourced", area="visits"))

    assert pane.nothing.isVisible()
    assert pane.nothing.words() == "No fact passes these filters Unsourced · Port visits"
    qtbot.mouseClick(pane.nothing.clear_button, Qt.MouseButton.LeftButton)
    assert pane.view.isVisible()


def test_a_file_without_dated_facts_says_why_and_what_to_do(
    pane: TimelinePane, workspace: Workspace
) -> None:
    dossier = workspace.store.dossier
    workspace.store.open(Dossier(dossier.about, dossier.areas.values()))

    assert pane.nothing.isVisible()
    assert "A fact joins the timeline by its date." in pane.nothing.words()
    assert not pane.nothing.clear_button.isVisible()
    assert not pane.bar.enlarge_button.isEnabled()


def test_a_day_has_what_was_on_it_around_it_and_in_other_years(
    qtbot: QtBot, pane: TimelinePane, workspace: Workspace
) -> None:
    workspace.store.apply(SetField(Ref(Fact, "earlier-call"), "when", EdtfDate.parse("2019-01-17")))

    ask(qtbot, pane, "2025-01-17")

    assert pane.list.isVisible()
    assert pane.list.title() == "17 January 2025"
    assert listed(pane) == {
        "On this day": ["clean-up-total", "clean-up-addition"],
        "Reaching beyond it, or known less precisely": ["for-some", "remains"],
        "The same day of other years": ["earlier-call"],
    }


def test_months_and_years_can_be_asked_about_and_nothing_is_said_plainly(
    qtbot: QtBot, pane: TimelinePane
) -> None:
    ask(qtbot, pane, "2024-07")
    assert pane.list.title() == "July 2024"
    assert listed(pane)["In this month"] == ["earlier-call"]

    ask(qtbot, pane, "2018")
    assert listed(pane)["In this year"] == ["old-estimate"]

    ask(qtbot, pane, "1990-03-01")
    assert pane.list.note() == "Nothing is recorded of it."


def test_a_date_that_is_none_is_said_on_enter_beside_the_box(
    qtbot: QtBot, pane: TimelinePane
) -> None:
    ask(qtbot, pane, "8 Mai")
    assert not pane.bar.problem_words.isVisible()

    qtbot.keyClick(pane.bar.date_box, Qt.Key.Key_Return)

    assert pane.bar.problem_words.text() == (
        "“8 Mai” is not a date; write 2025-05-08, 2025-05 or 2025"
    )
    qtbot.keyClick(pane.bar.date_box, Qt.Key.Key_Escape)
    assert not pane.bar.problem_words.isVisible()
    assert pane.filters.isVisible()


def test_a_row_of_the_list_leads_to_its_source_and_closing_it_brings_the_filters_back(
    qtbot: QtBot, pane: TimelinePane, workspace: Workspace
) -> None:
    ask(qtbot, pane, "2025-01-17")
    first = rows(pane)[0]
    assert first.accessibleName().startswith("17 Jan 2025. The commitment to the clean-up")

    with qtbot.waitSignal(workspace.selection.source_requested) as seen:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert seen.args == [Ref(Fact, "clean-up-total")]
    assert first.isChecked()

    qtbot.mouseClick(pane.list.close_button, Qt.MouseButton.LeftButton)
    assert pane.filters.isVisible()
    assert pane.bar.date_box.text() == ""


def test_a_cluster_of_one_date_is_listed_in_place_of_the_filters(
    qtbot: QtBot, pane: TimelinePane, workspace: Workspace
) -> None:
    for fact_id in ("clean-up-first", "clean-up-work", "new-estimate", "posture"):
        workspace.store.apply(SetField(Ref(Fact, fact_id), "when", EdtfDate.parse("2025-01-17")))
    pane.resize(1320, 420)
    pane.view.show_days(day("2025-01-01"), day("2025-02-10"))
    cluster = next(mark for mark in pane.view.marks() if mark.part)

    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=cluster.area.center().toPoint())

    assert pane.list.title() == "17 January 2025"
    assert pane.list.note() == f"{cluster.part} facts"
    assert len(rows(pane)) == int(cluster.part)
    assert rows(pane)[0].hasFocus()
    qtbot.keyClick(rows(pane)[0], Qt.Key.Key_Escape)
    assert pane.filters.isVisible()
    assert pane.view.hasFocus()


def test_buttons_and_strip_move_the_same_window(qtbot: QtBot, pane: TimelinePane) -> None:
    assert not pane.bar.all_button.isEnabled()

    qtbot.mouseClick(pane.bar.enlarge_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(pane.bar.enlarge_button, Qt.MouseButton.LeftButton)
    narrow = pane.brush.window_area()
    assert narrow.width() < pane.brush.width() / 2
    seen = pane.brush.accessibleDescription()
    assert pane.bar.window_words.text() == f"13 dated entries, in view {seen}"

    before = pane.view.days()
    pane.brush.setFocus()
    qtbot.keyClick(pane.brush, Qt.Key.Key_Right)
    assert pane.view.days()[0] > before[0]

    qtbot.mouseClick(pane.bar.all_button, Qt.MouseButton.LeftButton)
    assert pane.view.shows_all_time()
    qtbot.mouseClick(
        pane.brush,
        Qt.MouseButton.LeftButton,
        pos=QPoint(pane.brush.width() - 40, 20),
    )
    assert pane.view.shows_all_time()


def test_a_change_is_followed_and_undone(pane: TimelinePane, workspace: Workspace) -> None:
    ref = Ref(Fact, "earlier-call")
    before = pane.view.grab().toImage()

    workspace.store.apply(SetField(ref, "when", EdtfDate.parse("2016-03")))
    moved = pane.strip.content(workspace.store.dossier).lanes[1].begins
    assert day("2016-03-01") in moved
    assert pane.view.grab().toImage() != before

    workspace.store.undo()
    assert pane.view.grab().toImage() == before


def test_a_date_taken_away_takes_its_fact_off_the_timeline(
    pane: TimelinePane, workspace: Workspace
) -> None:
    workspace.store.apply(SetField(Ref(Fact, "posture"), "when", None))

    assert told(pane) == SHOWN - {"posture"}
    assert pane.filters.row("clean-up").number == 6


def test_in_a_narrow_window_the_filters_wait_behind_their_button(
    qtbot: QtBot, pane: TimelinePane
) -> None:
    pane.resize(1024, 520)
    assert not pane.filters.isVisible()

    qtbot.mouseClick(pane.bar.filters_button, Qt.MouseButton.LeftButton)
    assert pane.filters.isVisible()
    qtbot.mouseClick(pane.bar.filters_button, Qt.MouseButton.LeftButton)
    ask(qtbot, pane, "2025-01-17")
    assert pane.list.isVisible()


def test_ctrl_f_goes_to_the_date_and_its_own_keys_are_told(
    qtbot: QtBot, pane: TimelinePane
) -> None:
    pane.view.setFocus()

    qtbot.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert pane.bar.date_box.hasFocus()
    assert dict(pane.own_keys())["All time"] == "0"


def test_the_page_shows_all_time_with_the_filters_of_the_pane(
    qtbot: QtBot, pane: TimelinePane
) -> None:
    pane.set_filter(FactFilter(area="visits"))
    pane.view.zoom(4)

    page = pane.page()
    qtbot.addWidget(page)

    (view,) = page.findChildren(FigureView)
    assert view.accessibleName() == "Timeline: 5 dated entries in 1 lane"
    page.resize(1280, 400)
    assert {mark.fact_id for mark in view.marks()} <= SHOWN


def test_on_a_sheet_with_room_to_spare_the_axis_is_whole(pane: TimelinePane) -> None:
    sheet = sheets([Page("Timeline", pane, pane.page)], Heading("", "", "", ""))[-1]

    view = sheet.content.findChild(FigureView)

    assert isinstance(view, FigureView)
    assert view.geometry().bottom() <= sheet.bottom
