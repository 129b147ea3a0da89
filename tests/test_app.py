"""What the app alone does: it keeps a file, says what failed, and shows what is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.app import empty_dossier, tabs_of
from desktop.model.dossier import Ref
from desktop.model.records import Fact, Source
from desktop.panes.fact_view import FactView
from desktop.panes.problems_view import ProblemsView
from desktop.widgets.key_sheet import KeySheet
from tests.desk import CTRL, SHIPPED, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(SHIPPED):
        yield desk


def test_before_the_first_file_there_are_no_facts_and_no_age() -> None:
    dossier = empty_dossier()

    assert not dossier.facts
    assert str(dossier.about.title) == "Charthouse"


def test_an_error_nobody_caught_is_said_in_the_window_and_told_whole_on_the_console(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise RuntimeError("the lane has <b>no</b> room")
    except RuntimeError as error:
        desk.app.report(type(error), error, error.__traceback__)

    assert "RuntimeError: the lane has <b>no</b> room" in desk.notice().words()
    assert "The file on disk is as it was" in desk.notice().words()
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "test_app.py" in told


def test_an_error_in_reading_a_large_file_that_is_ours_is_not_swallowed(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        desk.app.open_file._on_read_failed(SHIPPED, ZeroDivisionError("ours"))


def test_a_file_opened_is_remembered_and_what_was_in_view_stays_in_view(
    desk: Desk, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.yaml"
    copy.write_bytes(SHIPPED.read_bytes())
    desk.app.workspace.selection.select("remains-reported-2025")

    desk.app.open(copy)

    assert desk.app.workspace.settings.recent_files[0] == str(copy)
    assert desk.app.workspace.selection.fact_id == "remains-reported-2025"


def test_a_record_that_the_next_file_does_not_hold_goes_out_of_view(
    desk: Desk, tmp_path: Path
) -> None:
    small = tmp_path / "small.yaml"
    small.write_text("charthouse: 1\nabout: {title: Small, as_of: 2025-01-01}\n", encoding="utf-8")
    desk.app.workspace.selection.select("remains-reported-2025")

    desk.app.open(small)

    assert desk.app.workspace.selection.ref is None
    assert desk.window.count_words.text() == "0 facts, 0 sources"


def test_the_source_of_a_fact_opens_beside_every_pane_but_the_one_that_shows_it(
    desk: Desk,
) -> None:
    desk.app.workspace.selection.show_source("remains-reported-2025")
    assert desk.window.drawer.isVisible()
    view = desk.window.drawer.findChild(FactView)
    assert view is not None
    desk.window.drawer.close()

    desk.press(Qt.Key.Key_6, CTRL)
    desk.app.workspace.selection.show_source("hegseth-visit-2025")

    assert not desk.window.drawer.isVisible()
    assert "hegseth-visit-2025" in desk.seen(desk.pane())


def test_problems_and_keys_open_in_the_drawer_one_after_the_other(desk: Desk) -> None:
    desk.press(Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.window.drawer.findChild(ProblemsView) is not None

    desk.press(Qt.Key.Key_F1)

    assert desk.window.drawer.findChild(KeySheet) is not None
    assert desk.window.drawer.accessibleName() == "Keys"
    assert "Problems" not in desk.seen(desk.window.drawer).splitlines()[0]


def test_a_source_in_view_is_led_home_by_the_same_key(desk: Desk) -> None:
    source = next(iter(desk.app.workspace.store.dossier.sources))
    desk.app.workspace.selection.select(source, Source)
    assert not desk.window.actions_registry.trigger("go.source").isEnabled()

    desk.app.workspace.selection.reveal(source, Source)

    assert desk.window.current_tab() == "facts"
    assert desk.app.workspace.selection.ref == Ref(Source, source)


# The offscreen platform says of every menu that it can neither raise it nor give it the keys.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_audience_is_chosen_from_the_status_line(desk: Desk) -> None:
    menu = desk.app._audiences
    assert isinstance(menu, QMenu)

    desk.click(desk.window.audience_link)

    assert menu.isVisible()
    menu.close()
    desk.app.workspace.settings.audience = "hanoi"
    assert desk.window.audience_link.words().startswith("Hanoi,")


def test_the_tabs_stand_in_the_order_of_their_keys(desk: Desk) -> None:
    tabs = tabs_of(desk.app.workspace)

    assert [tab.id for tab in tabs] == [
        "overview",
        "areas",
        "legacy",
        "sea",
        "timeline",
        "facts",
        "briefings",
    ]
    keys = {action.id: action.shortcut for action in desk.window.actions_registry.all()}
    assert [keys[f"go.{tab.id}"] for tab in tabs] == [f"Ctrl+{n}" for n in range(1, 8)]


def test_quitting_closes_the_window_and_keeps_what_it_knows(desk: Desk) -> None:
    desk.app.workspace.selection.select("remains-reported-2025")

    desk.press(Qt.Key.Key_Q, CTRL)

    assert not desk.window.isVisible()
    assert desk.app.workspace.settings.selection == "facts/remains-reported-2025"
    assert desk.app.workspace.store.dossier.find(Ref(Fact, "remains-reported-2025"))


def test_the_application_has_our_name_and_the_style_the_look_is_drawn_on() -> None:
    program = (
        "from desktop.app import new_application\n"
        "app = new_application()\n"
        "print(app.applicationName(), app.applicationDisplayName(), app.style().objectName())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["charthouse", "Charthouse", "fusion"]
