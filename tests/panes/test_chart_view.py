"""A chart is pointed at, walked through, read as a table and taken away."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication

from desktop.figures.readings_chart import ReadingsChart
from desktop.model.records import MeasureId
from desktop.panes.chart_view import KINDS, ChartView
from desktop.services.language import NBSP

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.figures.figure import Mark
    from desktop.panes.chart_view import Kind
    from desktop.workspace import Workspace
    from tests.scripted import ScriptedPrompts

BAR, GAP, NEWEST = (f"assistance-by-year/FY{year}" for year in (2016, 2017, 2018))
SIGNATURES = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": b"\xef\xbb\xbffact,"}


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> ChartView:
    chart = ReadingsChart()
    chart.show_measures([MeasureId("assistance")], None, "Assistance")
    view = ChartView(workspace, chart)
    qtbot.addWidget(view)
    view.resize(700, 420)
    view.show()
    view.show_dossier(workspace.store.dossier)
    return view


def mark(view: ChartView, fact_id: str) -> Mark:
    return next(each for each in view.view.marks() if each.fact_id == fact_id)


def at(view: ChartView, fact_id: str) -> QPoint:
    return mark(view, fact_id).area.center().toPoint()


def press(view: ChartView, words: str) -> None:
    """Choose an entry of the chart's menu."""
    actions: list[QAction] = view.menu.actions()
    next(action for action in actions if action.text() == words).trigger()


def test_the_pointer_on_a_bar_says_it_in_full_and_takes_it_back(
    qtbot: QtBot, view: ChartView
) -> None:
    qtbot.mouseMove(view.view, at(view, NEWEST))

    assert view.card.isVisible()
    assert view.card.words().splitlines() == [
        "about $12 million, FY2018",
        "Obligated",
        "Ministry, 1 Mar 2021 (A1)",
    ]
    assert view.rect().contains(view.card.geometry())
    qtbot.mouseMove(view.view, QPoint(2, 60))
    assert not view.card.isVisible()


def test_what_is_not_reported_can_be_pointed_at_too(qtbot: QtBot, view: ChartView) -> None:
    qtbot.mouseMove(view.view, at(view, GAP))

    assert view.card.words().startswith("not reported, FY2017")


def test_the_keyboard_begins_at_the_newest_and_enter_opens_its_quotation(
    qtbot: QtBot, view: ChartView
) -> None:
    view.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.view.focused_id() == NEWEST
    assert view.card.words().startswith("about $12 million")

    qtbot.keyClick(view.view, Qt.Key.Key_Left)
    qtbot.keyClick(view.view, Qt.Key.Key_Left)
    assert view.card.words().startswith("$9.7 million, FY2016")
    assert view.view.accessibleDescription() == mark(view, BAR).words

    with qtbot.waitSignal(view.picked) as seen:
        qtbot.keyClick(view.view, Qt.Key.Key_Return)
    assert seen.args == [BAR]


def test_a_source_below_leads_to_what_rests_on_it(qtbot: QtBot, view: ChartView) -> None:
    source = next(each for each in view.view.marks() if each.part.startswith("source"))

    with qtbot.waitSignal(view.picked) as seen:
        qtbot.mouseClick(view.view, Qt.MouseButton.LeftButton, pos=source.area.center().toPoint())
    assert seen.args == [NEWEST]


def test_the_chart_is_told_to_those_who_cannot_see_it(view: ChartView) -> None:
    told = view.view.accessibleName()

    assert told.startswith("Assistance. million U.S. dollars. ")
    assert "$9.7 million (FY2016); not reported (FY2017); about $12 million (FY2018)" in told
    assert view.menu_button.accessibleName()


def test_it_turns_into_a_table_and_back(qtbot: QtBot, view: ChartView) -> None:
    press(view, "Show as table")

    model = view.table.model()
    cells = [[model.index(row, column).data() for column in range(5)] for row in range(3)]
    assert view.table.isVisible()
    assert not view.view.isVisible()
    assert [row[:2] for row in cells] == [
        ["FY2016", "$9.7 million"],
        ["FY2017", "not reported"],
        ["FY2018", "about $12 million"],
    ]
    assert {row[4] for row in cells} == {"Ministry, 1 Mar 2021 (A1)"}

    view.table.selectRow(0)
    with qtbot.waitSignal(view.picked) as seen:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert seen.args == [BAR]

    press(view, "Show as chart")
    assert view.view.isVisible()
    assert not view.table.isVisible()


def test_the_table_model_keeps_the_rules_of_qt(
    qtmodeltester: object, qtbot: QtBot, view: ChartView
) -> None:
    view.toggle_table()

    qtmodeltester.check(view.table.model())  # type: ignore[attr-defined]


def test_the_table_is_copied_as_text(qtbot: QtBot, view: ChartView) -> None:
    view.toggle_table()

    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Date", "Value", "What", "State", "Sources"]
    assert lines[1].startswith("FY2016\t$9.7 million\t")
    assert NBSP not in lines[1]


def test_the_picture_is_copied_at_twice_the_pixels(
    qtbot: QtBot, view: ChartView, workspace: Workspace
) -> None:
    qtbot.keyClick(view.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    image = QGuiApplication.clipboard().image()
    banner = image.pixelColor(20, 20).name()
    assert image.width() == 2 * 720
    assert banner == workspace.theme.colours.unclassified.name()


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_saved_where_the_person_says(
    view: ChartView, prompts: ScriptedPrompts, tmp_path: Path, kind: Kind
) -> None:
    place = tmp_path / f"chart.{kind}"
    prompts.answers.append(place)

    press(view, f"Save as {kind.upper()}…")

    assert place.read_bytes().startswith(SIGNATURES[kind])


def test_the_data_are_saved_with_sources_grades_and_addresses(view: ChartView) -> None:
    rows = list(csv.DictReader(io.StringIO(view.to_bytes("csv").decode("utf-8-sig"))))

    assert [row["amount"] for row in rows] == ["9.7", "", "12"]
    assert [row["qualifier"] for row in rows] == ["", "", "about"]
    assert {(row["unit"], row["stage"]) for row in rows if row["unit"]} == {("usd", "obligated")}
    assert {row["grade"] for row in rows} == {"A1"}
    assert {row["url"] for row in rows} == {"https://ministry.example/12"}
    assert {row["locator"] for row in rows} == {"table 2"}
    assert {row["as_of"] for row in rows} == {"2025-12-12"}


def test_a_name_without_its_kind_gets_it_and_nothing_is_replaced_unasked(
    view: ChartView, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    taken = tmp_path / "chart.svg"
    taken.write_text("mine")

    prompts.answers += [tmp_path / "chart", "Keep"]
    view.save("svg")
    assert taken.read_text() == "mine"

    prompts.answers += [tmp_path / "chart", "Replace"]
    view.save("svg")
    assert taken.read_bytes().startswith(b"<?xml")


def test_what_cannot_be_written_is_said_with_its_place(
    view: ChartView, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.answers.append(tmp_path / "no-such-folder" / "chart.png")

    view.save("png")

    assert prompts.said[-3] == "Not saved"
    assert "no-such-folder" in prompts.said[-2]
    assert prompts.said[-1]


def test_who_declines_saves_nothing(
    view: ChartView, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.answers.append(None)

    view.save("pdf")

    assert prompts.said == ["Save chart"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == []


def test_a_theme_switch_paints_the_open_chart_anew(view: ChartView, workspace: Workspace) -> None:
    where = at(view, BAR)
    before = view.view.grab().toImage().pixelColor(where)

    workspace.theme.set_mode("dark")

    after = view.view.grab().toImage().pixelColor(where)
    assert after == workspace.theme.colours.money_obligated
    assert after != before
    workspace.theme.set_mode("light")


def test_a_change_to_the_facts_reaches_chart_and_table(
    view: ChartView, workspace: Workspace
) -> None:
    view.toggle_table()
    dossier = workspace.store.dossier
    fact = dossier.facts["assistance-by-year"]  # type: ignore[index]
    less = type(fact.points)(fact.points[:1])
    view.show_dossier(dossier.with_record(msgspec.structs.replace(fact, points=less)))

    assert view.table.model().rowCount() == 1
    assert [each.fact_id for each in view.view.marks() if not each.part] == [BAR]
