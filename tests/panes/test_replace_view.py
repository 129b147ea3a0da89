"""Find and replace shows every place before it changes; what is left out stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.panes.replace_view import ReplaceView, Scope
from desktop.widgets.check_box import CheckBox
from desktop.widgets.diff_lines import DiffLines

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

SCOPES = (
    Scope("2 facts chosen", ("clean-up-work", "posture")),
    Scope("The whole file"),
)


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> ReplaceView:
    view = ReplaceView(workspace, SCOPES)
    qtbot.addWidget(view)
    view.resize(700, 700)
    view.show()
    qtbot.mouseClick(view.scopes[1], Qt.MouseButton.LeftButton)
    return view


def look_for(qtbot: QtBot, view: ReplaceView, words: str, instead: str) -> None:
    sought, put = (entry.editor for entry in (view.sought, view.instead))
    assert isinstance(sought, QLineEdit)
    assert isinstance(put, QLineEdit)
    put.setText(instead)
    sought.clear()
    qtbot.keyClicks(sought, words)
    qtbot.keyClick(sought, Qt.Key.Key_Return)


def lines(view: ReplaceView) -> list[tuple[str, str]]:
    keys = view.rows.keys()
    rows = [view.rows.row(key) for key in keys]
    return [line for row in rows if row for line in row.findChild(DiffLines).lines()]


def boxes(view: ReplaceView) -> list[CheckBox]:
    rows = [view.rows.row(key) for key in range(len(view.rows.keys()))]
    return [row.findChild(CheckBox) for row in rows if row]


def count_words(view: ReplaceView) -> str:
    return view._count.text()


def test_every_place_is_shown_before_and_after(qtbot: QtBot, view: ReplaceView) -> None:
    look_for(qtbot, view, "estimate", "reckoning")

    assert ("-", "An early estimate of the cost.") in lines(view)
    assert ("+", "An early reckoning of the cost.") in lines(view)
    assert count_words(view) == "2 places in 2 records"
    assert boxes(view)[0].words() == "An early estimate of the cost, statement"
    said = boxes(view)[0].accessibleDescription()
    assert said == "goes: An early estimate of the cost.; comes: An early reckoning of the cost."


def test_one_place_is_left_out_and_the_rest_is_one_step(
    qtbot: QtBot, view: ReplaceView, workspace: Workspace
) -> None:
    look_for(qtbot, view, "estimate", "reckoning")
    qtbot.mouseClick(boxes(view)[0], Qt.MouseButton.LeftButton)
    assert count_words(view) == "1 place in 1 record"

    qtbot.mouseClick(view.replace_button, Qt.MouseButton.LeftButton)

    facts = workspace.store.dossier.facts
    assert str(facts["old-estimate"].statement) == "An early estimate of the cost."
    assert str(facts["new-estimate"].statement) == "A revised reckoning of the cost."
    assert view.report.words() == "1 record changed. Ctrl+Z takes all of it back."
    workspace.store.undo()
    assert not workspace.store.can_undo()


def test_quotations_stay_as_printed_unless_asked_for(
    qtbot: QtBot, view: ReplaceView, workspace: Workspace
) -> None:
    look_for(qtbot, view, "million", "billion")
    assert count_words(view) == "Found nowhere in these fields."

    qtbot.mouseClick(view.fields["quote"], Qt.MouseButton.LeftButton)
    view.look()

    assert any("raised by 130 billion dollars" in text for _, text in lines(view))


def test_only_the_chosen_facts_are_looked_through_when_asked(
    qtbot: QtBot, view: ReplaceView
) -> None:
    qtbot.mouseClick(view.scopes[0], Qt.MouseButton.LeftButton)
    look_for(qtbot, view, "work", "labour")

    assert [text for sign, text in lines(view) if sign == "+"] == [
        "labour on the northern section begins.",
        "The labour is on schedule.",
    ]
    qtbot.mouseClick(view.match_case, Qt.MouseButton.LeftButton)
    view.look()
    assert [text for sign, text in lines(view) if sign == "+"] == ["The labour is on schedule."]


def test_what_breaks_a_rule_stays_and_is_told(
    qtbot: QtBot, view: ReplaceView, workspace: Workspace
) -> None:
    qtbot.mouseClick(view.fields["quote"], Qt.MouseButton.LeftButton)
    look_for(qtbot, view, "on schedule", "word " * 30)

    qtbot.mouseClick(view.replace_button, Qt.MouseButton.LeftButton)

    fact = workspace.store.dossier.facts["posture"]
    assert fact.citations[0].quote == "on schedule"
    assert "posture: the quotation has 30 words; keep it to 25" in view.report.words()


def test_an_edit_elsewhere_is_found_at_once(
    qtbot: QtBot, view: ReplaceView, workspace: Workspace
) -> None:
    look_for(qtbot, view, "estimate", "reckoning")
    qtbot.mouseClick(view.replace_button, Qt.MouseButton.LeftButton)
    assert count_words(view) == "Found nowhere in these fields."

    workspace.store.undo()

    qtbot.waitUntil(lambda: count_words(view) == "2 places in 2 records")
