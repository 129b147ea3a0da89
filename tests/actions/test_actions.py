"""What stands in the menus: files, edits, ways to look, and whom to speak to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from desktop.actions.edit import edit_actions
from desktop.actions.file import file_actions
from desktop.actions.menus import audience_menu, recent_menu
from desktop.actions.view import view_actions
from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytestqt.qtbot import QtBot

    from desktop.actions.registry import Action
    from desktop.workspace import Workspace
    from tests.scripted import ScriptedPrompts


class Opener:
    """Keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def open(self, path: Path) -> None:
        self.asked.append(path)

    def reload(self) -> None:
        self.asked.append("reload")

    def save(self) -> bool:
        self.asked.append("save")
        return True

    def save_as(self) -> bool:
        self.asked.append("save as")
        return True

    def revert(self) -> None:
        self.asked.append("revert")

    def edit_outside(self) -> None:
        self.asked.append("editor")

    def has_unsaved(self) -> bool:
        return "unsaved" not in self.asked

    def show_unsaved(self) -> None:
        self.asked.append("unsaved")

    def show_problems(self) -> None:
        self.asked.append("problems")

    def quit(self) -> None:
        self.asked.append("quit")


class Shell:
    """A window with two tabs that keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def tabs(self) -> Sequence[tuple[str, Callable[[], str]]]:
        return [("overview", lambda: "Overview"), ("sea", lambda: "East Sea")]

    def show_tab(self, tab_id: str) -> None:
        self.asked.append(tab_id)

    def step_tab(self, by: int) -> None:
        self.asked.append(by)

    def open_search(self) -> None:
        self.asked.append("search")

    def show_keys(self) -> None:
        self.asked.append("keys")

    def show_about(self) -> None:
        self.asked.append("about")

    def reveal_selection(self) -> None:
        self.asked.append("reveal")

    def show_selection_source(self) -> None:
        self.asked.append("source")


def by_id(actions: Sequence[Action]) -> dict[str, Action]:
    return {action.id: action for action in actions}


def test_opening_asks_for_a_file_beside_the_one_that_is_open(
    workspace: Workspace, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    opener = Opener()
    actions = by_id(file_actions(workspace, opener, opener))
    prompts.answers = [tmp_path / "other.yaml", None]

    actions["file.open"].run()
    actions["file.open"].run()

    assert opener.asked == [tmp_path / "other.yaml"]


def test_reading_again_needs_a_file(workspace: Workspace) -> None:
    opener = Opener()
    actions = by_id(file_actions(workspace, opener, opener))
    assert actions["file.reload"].enabled()
    for name in ("reload", "problems", "quit"):
        actions[f"file.{name}"].run()
    assert opener.asked == ["reload", "problems", "quit"]

    workspace.file = None

    assert not actions["file.reload"].enabled()


def test_saving_needs_a_file_and_giving_up_changes_needs_changes(workspace: Workspace) -> None:
    opener = Opener()
    actions = by_id(file_actions(workspace, opener, opener))
    assert not actions["file.revert"].enabled()
    value = Quantity.parse("9 sets")
    workspace.store.apply(SetField(Ref(Fact, "remains"), "value", value))
    for name in ("save", "save-as", "revert", "editor", "unsaved"):
        assert actions[f"file.{name}"].enabled()
        actions[f"file.{name}"].run()
    assert opener.asked == ["save", "save as", "revert", "editor", "unsaved"]
    assert not actions["file.unsaved"].enabled()

    workspace.file = None

    assert not any(actions[f"file.{name}"].enabled() for name in ("save", "save-as", "revert"))


def test_undo_and_redo_name_what_they_take_back(workspace: Workspace) -> None:
    actions = by_id(edit_actions(workspace))
    undo, redo = actions["edit.undo"], actions["edit.redo"]
    assert (undo.words(), undo.enabled(), redo.enabled()) == ("Undo", False, False)
    before = workspace.store.dossier
    value = Quantity.parse("9 sets")
    workspace.store.apply(SetField(Ref(Fact, "remains"), "value", value))
    remains = "Remains handed over, Hoàng Sa <i>not</i>…"
    assert undo.words() == f"Undo change of value, {remains}"
    assert undo.enabled()

    undo.run()

    assert workspace.store.dossier == before
    assert redo.words() == f"Redo change of value, {remains}"
    redo.run()
    assert workspace.store.dossier.fact("remains").value == value


def test_every_tab_has_a_number_and_the_name_its_audience_gives_it(workspace: Workspace) -> None:
    shell = Shell()
    actions = by_id(view_actions(workspace, shell))

    assert actions["go.sea"].words() == "East Sea"
    assert [actions[f"go.{tab}"].shortcut for tab in ("overview", "sea")] == ["Ctrl+1", "Ctrl+2"]
    for name in ("sea", "next", "previous", "search", "home", "source"):
        actions[f"go.{name}"].run()
    actions["help.keys"].run()
    assert shell.asked == ["sea", 1, -1, "search", "reveal", "source", "keys"]


def test_what_needs_a_fact_in_view_is_offered_only_then(workspace: Workspace) -> None:
    actions = by_id(view_actions(workspace, Shell()))
    needy = [actions["go.source"], actions["go.home"]]
    assert not any(action.enabled() for action in needy)

    workspace.selection.select("remains")

    assert all(action.enabled() for action in needy)


@pytest.mark.parametrize("mode", ["light", "dark", "system"])
def test_a_theme_is_switched_and_kept(workspace: Workspace, mode: str) -> None:
    actions = by_id(view_actions(workspace, Shell()))

    actions[f"view.{mode}"].run()

    assert workspace.theme.mode == workspace.settings.theme == mode
    on = [
        each
        for each in ("light", "dark", "system")
        if (is_on := actions[f"view.{each}"].checked) is not None and is_on()
    ]
    assert on == [mode]
    workspace.theme.set_mode("light")


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    around = QWidget()
    qtbot.addWidget(around)
    return around


def filled(menu: QMenu) -> dict[str, bool]:
    """The entries of a menu as it opens, and whether each is the current one."""
    menu.aboutToShow.emit()
    return {entry.text(): entry.isChecked() for entry in menu.actions()}


def test_audiences_are_those_of_the_file_and_the_choice_is_kept(
    workspace: Workspace, around: QWidget
) -> None:
    menu = audience_menu(workspace, around)
    assert list(filled(menu).values()) == [True, False, False]

    menu.actions()[1].trigger()

    assert workspace.settings.audience == "hanoi"
    assert list(filled(menu).values()) == [False, True, False]


def test_the_files_opened_lately_open_again(workspace: Workspace, around: QWidget) -> None:
    opener = Opener()
    other = Path("/facts/R&D.yaml")
    workspace.settings.remember_file(other)
    assert workspace.file is not None
    workspace.settings.remember_file(workspace.file.path)
    menu = recent_menu(workspace, opener, around)

    shown = filled(menu)

    assert list(shown.values()) == [True, False]
    assert list(shown)[1] == "/facts/R&&D.yaml"
    menu.actions()[1].trigger()
    assert opener.asked == [other]
