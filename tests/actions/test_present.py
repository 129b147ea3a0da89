"""What is in view becomes a slide behind the one shown last, and one undo takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from desktop.figures.preflight import Preflight
from desktop.figures.slide_figure import SlideFigure
from desktop.model.records import Area, Slide
from desktop.widgets.button import Button
from tests.desk import CTRL, SHIPPED, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TALK = "washington-desk"
SHIFT = Qt.KeyboardModifier.ShiftModifier
MONEY = "bien-hoa-commitment-2025"


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "copy.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(path):
        desk.window.resize(1600, 900)
        desk.settle()
        yield desk


def order(desk: Desk) -> tuple[str, ...]:
    return desk.app.workspace.store.dossier.briefings[TALK].slides  # type: ignore[index]


def add(desk: Desk) -> Slide:
    """Press the key and find the slide that has come."""
    before = order(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_A, CTRL | SHIFT)
    desk.settle()
    (new,) = set(order(desk)) - set(before)
    slide = desk.app.workspace.store.dossier.slides[new]  # type: ignore[index]
    figure = SlideFigure(slide.id, TALK)
    plan = figure.plan(QRectF(0, 0, 1920, 1080), desk.app.workspace.store.dossier)
    assert "nothing-to-show" not in plan.faults
    return slide


def test_the_overview_gives_its_bottom_line_and_key_figures(desk: Desk) -> None:
    slide = add(desk)
    about = desk.app.workspace.store.dossier.about

    assert slide.title == about.bottom_line
    assert slide.facts == about.key_facts[:3]
    assert "Slide added" in desk.seen()


def test_a_fact_in_view_is_a_figure_of_its_own(desk: Desk) -> None:
    desk.app.workspace.selection.select(MONEY)
    slide = add(desk)

    assert (slide.layout, slide.facts) == ("figure", (MONEY,))
    assert slide.title.en is not None
    assert not slide.title.en.endswith(".")


def test_an_area_gives_its_line_of_time(desk: Desk) -> None:
    desk.window.show_tab("areas")
    desk.app.workspace.selection.select("dioxin", Area)
    desk.settle()
    area = desk.app.workspace.store.dossier.areas[desk.pane().area_id]  # type: ignore[attr-defined]
    slide = add(desk)

    assert slide.layout == "timeline"
    assert slide.title == area.name
    facts = [desk.app.workspace.store.dossier.fact(each) for each in slide.facts]
    assert {fact.area for fact in facts} == {area.id}
    days = [fact.when.first or 0 for fact in facts if fact.when]
    assert days == sorted(days)


def test_the_war_legacy_gives_the_chart_of_the_fact_in_view(desk: Desk) -> None:
    desk.window.show_tab("legacy")
    desk.app.workspace.selection.select(MONEY)
    desk.settle()
    slide = add(desk)

    assert slide.layout == "chart"
    assert "bien-hoa-commitment" in slide.measures


def test_the_map_gives_its_window_its_layers_and_its_day(desk: Desk) -> None:
    desk.window.show_tab("sea")
    pane = desk.pane()
    desk.wait_until(lambda: pane.view.map_window is not None)  # type: ignore[attr-defined]
    pane.zoom_in()  # type: ignore[attr-defined]
    desk.wait_until(lambda: not pane.view.is_moving)  # type: ignore[attr-defined]
    slide = add(desk)

    assert slide.layout == "map"
    assert slide.map is not None
    assert set(slide.map.layers) == pane.layers.layers  # type: ignore[attr-defined]
    assert 5 < slide.map.lat < 20
    assert 100 < slide.map.lon < 120
    before = slide.map.span_nm
    pane.zoom_in()  # type: ignore[attr-defined]
    desk.wait_until(lambda: not pane.view.is_moving)  # type: ignore[attr-defined]
    closer = add(desk)
    assert closer.map is not None
    assert closer.map.span_nm < before


def test_the_timeline_gives_the_facts_of_the_time_in_view(desk: Desk) -> None:
    desk.window.show_tab("timeline")
    desk.settle()
    pane = desk.pane()
    first, last = 737425, 737790  # 2020
    pane.view.show_days(first, last)  # type: ignore[attr-defined]
    desk.settle()
    shown = pane.view.days()  # type: ignore[attr-defined]
    slide = add(desk)

    assert slide.layout == "timeline"
    facts = [desk.app.workspace.store.dossier.fact(each) for each in slide.facts]
    assert facts
    assert all(fact.when and shown[0] <= (fact.when.first or 0) <= shown[1] for fact in facts)


def test_what_is_filtered_for_is_a_ledger(desk: Desk) -> None:
    desk.window.show_tab("facts")
    desk.settle()
    box = desk.pane().bar.filter_box  # type: ignore[attr-defined]
    box.setFocus()
    QTest.keyClicks(box, "patrol boats")
    desk.settle()
    slide = add(desk)

    assert slide.layout == "ledger"
    assert 1 < len(slide.facts) <= 6
    assert "patrol boats" in (slide.title.en or "")


def test_it_stands_behind_the_slide_shown_last_and_one_undo_takes_it_back(desk: Desk) -> None:
    desk.app.workspace.selection.reveal("bien-hoa-money", Slide)
    desk.settle()
    desk.window.show_tab("overview")
    desk.settle()
    before = order(desk)
    slide = add(desk)
    place = before.index("bien-hoa-money") + 1
    assert order(desk) == (*before[:place], slide.id, *before[place:])
    again = add(desk)
    assert order(desk)[place : place + 2] == (slide.id, again.id)

    desk.press(Qt.Key.Key_Z, CTRL)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert order(desk) == before
    assert slide.id not in desk.app.workspace.store.dossier.slides


def test_the_new_slide_is_one_click_away(desk: Desk) -> None:
    slide = add(desk)
    desk.click(desk.find(Button, "Show it"))

    assert desk.window.current_tab() == "briefings"
    assert desk.pane().sorter.current() == slide.id  # type: ignore[attr-defined]
    briefing = desk.app.workspace.store.dossier.briefings[TALK]  # type: ignore[index]
    found = Preflight().findings(desk.app.workspace.store.dossier, briefing)
    assert "missing-slide" not in {each.code for each in found}


def test_a_view_without_a_fact_makes_no_slide(desk: Desk) -> None:
    desk.window.show_tab("facts")
    desk.app.workspace.selection.clear()
    desk.settle()
    before = order(desk)
    QTest.keyClick(desk.window, Qt.Key.Key_A, CTRL | SHIFT)

    assert order(desk) == before
    assert "Choose a fact first" in desk.seen()
