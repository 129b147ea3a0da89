"""Closing the window and coming back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

from desktop.services.settings import Settings
from desktop.widgets.row import Row
from tests.desk import CTRL, Desk

if TYPE_CHECKING:
    from pathlib import Path


def test_window_tab_and_selection_are_as_they_were_left(desk: Desk) -> None:
    left = QRect(60, 40, 1100, 700)
    with desk.program():
        desk.window.setGeometry(left)
        desk.press(Qt.Key.Key_2, CTRL)
        desk.app.workspace.selection.select("remains-reported-2025")
        desk.settle()
        stood = desk.window.geometry()

    with desk.program():
        assert desk.window.geometry() == stood
        assert desk.window.current_tab() == "areas"
        assert desk.app.workspace.selection.fact_id == "remains-reported-2025"
        desk.press(Qt.Key.Key_1, CTRL)
        row = desk.pane().key_figures.row("remains-reported-2025")  # type: ignore[attr-defined]
        assert isinstance(row, Row)
        assert row.isChecked()


def test_theme_and_audience_are_as_they_were_left(desk: Desk) -> None:
    with desk.program():
        desk.window.actions_registry.trigger("view.dark").trigger()
        desk.app.workspace.settings.audience = "hanoi"

    with desk.program():
        assert desk.app.workspace.theme.is_dark
        assert desk.window.tab_bar.tabText(3) == "East Sea"


def test_the_files_opened_lately_are_offered_the_latest_first(desk: Desk, copy: Path) -> None:
    with desk.program(copy):
        pass
    with desk.program():
        assert desk.app.workspace.settings.recent_files[1] == str(copy)


@pytest.mark.parametrize(
    "geometry", ["-4000 -4000 1200 800", "90000 10 1200 800", "0 0 1 1", "here and there"]
)
def test_a_geometry_off_the_screens_is_ignored(desk: Desk, tmp_path: Path, geometry: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.store("geometry", geometry)
    settings.save()

    with desk.program():
        screen = QGuiApplication.primaryScreen().availableGeometry()
        assert screen.contains(desk.window.geometry().topLeft())
        assert desk.window.width() >= desk.window.minimumWidth()


@pytest.mark.parametrize("selection", ["facts/nothing", "facts/", "places/nowhere", "%", "a/b/c"])
def test_a_selection_that_the_file_no_longer_holds_is_forgotten(
    desk: Desk, tmp_path: Path, selection: str
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.store("selection", selection)
    settings.store("tab", "nowhere")
    settings.save()

    with desk.program():
        assert desk.app.workspace.selection.ref is None
        assert desk.window.current_tab() == "overview"
