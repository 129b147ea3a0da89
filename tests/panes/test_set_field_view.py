"""A field is set for all chosen facts as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.panes.set_field_view import SetFieldView
from desktop.widgets.line import Line
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

CHOSEN = ("remains", "posture", "clean-up-work")


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> SetFieldView:
    view = SetFieldView(workspace, CHOSEN)
    qtbot.addWidget(view)
    view.resize(440, 600)
    view.show()
    return view


def put(view: SetFieldView, text: str) -> None:
    line = view.editor.first()
    assert isinstance(line, Line)
    line.put_text(text)
    line.settle()


def test_all_chosen_facts_move_to_one_area_and_one_step_takes_it_back(
    qtbot: QtBot, view: SetFieldView, workspace: Workspace
) -> None:
    before = workspace.store.dossier
    put(view, "Port visits")
    assert view.set_button.text() == "Set for 3 facts"

    qtbot.mouseClick(view.set_button, Qt.MouseButton.LeftButton)

    facts = workspace.store.dossier.facts
    assert {facts[each].area for each in CHOSEN} == {"visits"}
    assert view.report.words() == "3 records changed. Ctrl+Z takes all of it back."
    workspace.store.undo()
    assert workspace.store.dossier == before
    assert view.report.words() == ""


def test_what_some_have_already_is_not_counted(view: SetFieldView) -> None:
    view.choose_field("when")
    put(view, "2025-06")
    assert view.set_button.text() == "Set for 2 facts"


def test_a_value_nobody_can_read_is_refused_beside_it(
    qtbot: QtBot, view: SetFieldView, workspace: Workspace
) -> None:
    before = workspace.store.dossier
    view.choose_field("when")
    put(view, "8 Mai 2025")
    qtbot.mouseClick(view.set_button, Qt.MouseButton.LeftButton)

    said = [each.text() for each in view.findChildren(Text) if not each.isHidden()]
    assert "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025." in said
    assert workspace.store.dossier is before


def test_one_fact_that_refuses_is_told_and_the_others_change(
    qtbot: QtBot, workspace: Workspace
) -> None:
    view = SetFieldView(workspace, ("remains", "assistance-by-year"))
    qtbot.addWidget(view)
    view.choose_field("measure")

    qtbot.mouseClick(view.set_button, Qt.MouseButton.LeftButton)

    assert "assistance-by-year: the points have no measure" in view.report.words()
    assert workspace.store.dossier.facts["assistance-by-year"].measure == "assistance"
