"""The first pane: the bottom line, key figures, what is latest, and what to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.files.facts_file import FactsFile
from desktop.model.changes import Batch, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import About, Fact
from desktop.model.values import LocalText, Quantity
from desktop.panes.overview import LATEST, NOTABLE, OverviewPane
from desktop.widgets.big_figure import BigFigure
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import Row
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.widgets.lazy_list import LazyList
    from desktop.workspace import Workspace

TOTAL = "clean-up-total"


@pytest.fixture
def pane(qtbot: QtBot, workspace: Workspace) -> OverviewPane:
    pane = OverviewPane(workspace)
    qtbot.addWidget(pane)
    pane.resize(1600, 900)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def row(rows: LazyList, key: str) -> Row:
    found = rows.row(key)
    assert isinstance(found, Row)
    return found


def words(within: QWidget) -> str:
    labels = [label.text() for label in within.findChildren(Text) if label.isVisibleTo(within)]
    figures = [figure.accessibleName() for figure in within.findChildren(BigFigure)]
    return "\n".join(figures + labels).replace("\u00a0", " ")


def test_the_bottom_line_says_its_numbers_as_people_do(pane: OverviewPane) -> None:
    told = pane.bottom_line.words().replace("\u00a0", " ")

    assert told == "The clean-up stands at $430 million; remains at 8 sets of remains."
    assert len(pane.bottom_line.link_words()) == 2


def test_a_key_figure_says_what_it_is_where_from_and_how_sure(pane: OverviewPane) -> None:
    told = words(row(pane.key_figures, TOTAL))

    assert pane.key_figures.keys() == (TOTAL, "remains")
    assert "$430 million" in told
    assert "The commitment to the clean-up\n" in told
    assert "Committed, 17 January 2025" in told
    assert "The Herald, 17 Jan 2025" in told
    assert "B1" in told
    assert "2 sources" in told
    differ = "Sources differ on a part of it. How we settle it: The sum counts once."
    assert differ in told
    assert row(pane.key_figures, TOTAL).accessibleName().startswith("$430")


def test_a_press_on_any_row_asks_for_its_source(
    qtbot: QtBot, pane: OverviewPane, workspace: Workspace
) -> None:
    for rows in (pane.key_figures, pane.latest, pane.notable):
        for key in rows.keys():  # noqa: SIM118
            with qtbot.waitSignal(workspace.selection.source_requested) as asked:
                QTest.keyClick(row(rows, str(key)), Qt.Key.Key_Return)
            assert asked.args == [Ref(Fact, str(key))]
            assert row(rows, str(key)).isChecked()


def test_the_latest_are_events_up_to_as_of_the_newest_first(
    pane: OverviewPane, workspace: Workspace
) -> None:
    dossier = workspace.store.dossier
    shown = [dossier.fact(str(key)) for key in pane.latest.keys()]  # noqa: SIM118

    assert 0 < len(shown) <= LATEST
    assert all(fact.kind == "event" for fact in shown)
    firsts = [fact.when.sort_key for fact in shown if fact.when]
    assert firsts == sorted(firsts, reverse=True)
    as_of = dossier.about.as_of.last
    assert as_of is not None
    assert all(fact.when and fact.when.first and fact.when.first <= as_of for fact in shown)


def test_what_to_know_is_what_no_key_figure_says_already(
    pane: OverviewPane, workspace: Workspace
) -> None:
    keys = pane.notable.keys()

    assert keys[0] == "clean-up-addition", "a part of a key figure, on which sources differ"
    assert not set(keys) & set(workspace.store.dossier.about.key_facts)
    assert len(keys) <= NOTABLE
    told = words(row(pane.notable, "clean-up-addition"))
    assert ": $130 million" in told
    assert "Differ" in told
    assert "The sum counts once." in told


def test_all_there_is_to_know_is_a_press_away_and_back(
    pane: OverviewPane, workspace: Workspace
) -> None:
    events = [fact.id for fact in workspace.store.dossier.facts.values() if fact.kind == "event"]
    assert len(events) > 2
    against = (SetField(Ref(Fact, each), "contradicted_by", ("remains",)) for each in events)
    workspace.store.apply(Batch(tuple(against), "contradict"))
    few = pane.notable.keys()
    assert few[0] == "clean-up-addition"
    assert len(set(events) & set(few)) == 1, "of each state there are two"

    QTest.mouseClick(pane.all_notable, Qt.MouseButton.LeftButton)

    assert set(few) | set(events) <= {*pane.notable.keys(), "later-call"}
    assert pane.all_notable.words() == "Show the first few"
    QTest.mouseClick(pane.all_notable, Qt.MouseButton.LeftButton)
    assert pane.notable.keys() == few


def test_an_edit_is_shown_at_once_and_the_mark_stays_on_its_row(
    pane: OverviewPane, workspace: Workspace
) -> None:
    workspace.selection.select(TOTAL)
    assert row(pane.key_figures, TOTAL).isChecked()
    keys = SetField(Ref(About, "about"), "key_facts", ("remains", TOTAL))

    workspace.store.apply(keys)
    workspace.store.apply(SetField(Ref(Fact, TOTAL), "value", Quantity.parse("431 million usd")))

    assert pane.key_figures.keys() == ("remains", TOTAL)
    assert "$431 million" in words(row(pane.key_figures, TOTAL))
    assert "$431" in pane.bottom_line.words()
    assert row(pane.key_figures, TOTAL).isChecked()
    assert not row(pane.key_figures, "remains").isChecked()


def test_a_row_taken_over_by_another_fact_is_not_marked_for_it(
    pane: OverviewPane, workspace: Workspace
) -> None:
    workspace.selection.select("remains")

    workspace.store.apply(SetField(Ref(About, "about"), "key_facts", (TOTAL, "clean-up-first")))

    assert not row(pane.key_figures, "clean-up-first").isChecked()
    assert not row(pane.key_figures, TOTAL).isChecked()


def test_a_settled_part_shows_its_new_reading_on_the_total(
    pane: OverviewPane, workspace: Workspace
) -> None:
    reading = workspace.store.dossier.fact("clean-up-addition").reading
    assert reading is not None
    changed = type(reading)(say=LocalText(en="It counts twice."), date=reading.date)

    workspace.store.apply(SetField(Ref(Fact, "clean-up-addition"), "reading", changed))

    assert "It counts twice." in words(row(pane.key_figures, TOTAL))


def test_what_is_withheld_from_an_audience_is_not_shown_to_it(
    pane: OverviewPane, workspace: Workspace
) -> None:
    withheld = SetField(Ref(Fact, "remains"), "withhold_from", ("hanoi",))
    workspace.store.apply(withheld)
    assert "remains" in pane.key_figures.keys()  # noqa: SIM118

    workspace.settings.audience = "hanoi"

    assert "remains" not in pane.key_figures.keys()  # noqa: SIM118


def test_what_comes_after_as_of_is_not_shown(pane: OverviewPane, workspace: Workspace) -> None:
    newest = str(pane.latest.keys()[0])

    workspace.store.apply(SetField(Ref(Fact, newest), "when", EdtfDate.parse("2025-12-13")))

    assert newest not in pane.latest.keys()  # noqa: SIM118


def test_without_key_facts_it_says_how_to_name_some(
    pane: OverviewPane, workspace: Workspace
) -> None:
    workspace.store.apply(SetField(Ref(About, "about"), "key_facts", ()))

    assert "No key figures yet. Name up to five in the Facts pane" in words(pane)


def test_a_file_that_says_nothing_leaves_an_honest_pane(qtbot: QtBot, workspace: Workspace) -> None:
    about = workspace.store.dossier.about
    workspace.store.open(Dossier(About(id="about", title=about.title, as_of=about.as_of)))
    workspace.file = None
    pane = OverviewPane(workspace)
    qtbot.addWidget(pane)
    pane.show()

    told = words(pane)

    assert "No file is open. Open a facts file with Ctrl+O." in told
    for heading in ("Latest", "Before you brief", "Bottom line"):
        assert heading not in told


@pytest.mark.parametrize(("width_px", "beside"), [(1600, True), (1000, False)])
def test_in_a_narrow_window_the_columns_stand_under_one_another(
    pane: OverviewPane, width_px: int, beside: bool
) -> None:
    pane.resize(width_px, 700)
    QApplication.processEvents()

    left = pane.key_figures.mapTo(pane, pane.key_figures.rect().topLeft())
    right = pane.latest.mapTo(pane, pane.latest.rect().topLeft())

    assert (right.x() > left.x() + pane.key_figures.width()) == beside
    assert (right.y() > left.y() + pane.key_figures.height()) != beside


def test_the_page_for_paper_holds_the_whole_content(pane: OverviewPane) -> None:
    page = pane.page()

    assert page.isAncestorOf(pane.key_figures)
    assert page.isAncestorOf(pane.notable)
    assert page.findChild(LinkedText) is pane.bottom_line


def test_deleted_facts_leave_no_rows(pane: OverviewPane, workspace: Workspace) -> None:
    newest = str(pane.latest.keys()[0])
    workspace.store.apply(DeleteRecord(Ref(Fact, newest)))

    assert newest not in pane.latest.keys()  # noqa: SIM118


def test_a_reopened_file_shows_what_it_says_now(
    pane: OverviewPane, workspace: Workspace, facts_path: Path
) -> None:
    text = facts_path.read_text(encoding="utf-8")
    facts_path.write_text(
        text.replace("bottom_line: The clean-up", "bottom_line: By now the clean-up"),
        encoding="utf-8",
    )

    workspace.store.open(FactsFile.open(facts_path).reading.dossier)

    assert pane.bottom_line.words().startswith("By now the clean-up")
