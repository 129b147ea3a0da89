"""The saved states stand with their time and what each brought; one leads to the others."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.files.backups import Backup, Backups
from desktop.panes.backups_view import BackupsView, when_words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace


@pytest.fixture
def kept(facts_path: Path, tmp_path: Path) -> tuple[Backup, ...]:
    """Three saved states: the value changed in the second, a comment in the third."""
    backups = Backups(tmp_path / "kept")
    text = facts_path.read_text(encoding="utf-8")
    second = text.replace("value: 430 million usd", "value: 435 million usd")
    for state in (text, second, f"{second}# a comment\n"):
        backups.keep(facts_path, state.encode())
    return backups.of(facts_path)


def test_each_state_says_what_it_brought(
    qtbot: QtBot, workspace: Workspace, kept: tuple[Backup, ...]
) -> None:
    view = BackupsView(workspace, kept)
    qtbot.addWidget(view)
    view.show()

    latest, second, first = view.words()

    assert "Only the text changed, not what it says." in latest
    assert "$430 million" in second
    assert "$435 million" in second
    assert first.endswith("The first that is kept.")


def test_a_state_is_chosen_by_pressing_it(
    qtbot: QtBot, workspace: Workspace, kept: tuple[Backup, ...]
) -> None:
    view = BackupsView(workspace, kept)
    qtbot.addWidget(view)
    view.show()
    row = view.rows.row(1)
    assert row is not None

    with qtbot.waitSignal(view.chosen) as seen:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)

    assert seen.args[0] == kept[1]


def test_a_state_that_cannot_be_read_hides_no_other(
    qtbot: QtBot, workspace: Workspace, kept: tuple[Backup, ...]
) -> None:
    kept[1].path.write_bytes(b"\xff")
    view = BackupsView(workspace, kept)
    qtbot.addWidget(view)
    view.show()

    latest, second, first = view.words()

    assert latest.endswith("The one before it cannot be read.")
    assert second.endswith("This state cannot be read.")
    assert first.endswith("The first that is kept.")


def test_without_a_state_it_says_when_there_will_be_one(qtbot: QtBot, workspace: Workspace) -> None:
    view = BackupsView(workspace, ())
    qtbot.addWidget(view)

    assert view.words() == []


def test_a_moment_is_said_as_people_say_it(workspace: Workspace) -> None:
    speak = workspace.locale(workspace.store.dossier)
    when = datetime.datetime(2025, 12, 20, 9, 4, tzinfo=datetime.UTC)

    assert when_words(speak, when, datetime.date(2025, 12, 20)) == "today, 09:04"
    assert when_words(speak, when, datetime.date(2025, 12, 21)) == "20 December 2025, 09:04"
