"""A difference is settled beside the words of both sides, and every pane shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact, Reading
from desktop.model.values import LocalText
from desktop.panes.settle_view import SettleView
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

FACT = "clean-up-addition"


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> SettleView:
    workspace.store.apply(SetField(Ref(Fact, FACT), "reading", None))
    view = SettleView(workspace)
    qtbot.addWidget(view)
    view.show_fact(FACT)
    view.resize(760, 900)
    view.show()
    return view


def field(view: SettleView, named: str) -> QPlainTextEdit | QLineEdit:
    for kind in (QPlainTextEdit, QLineEdit):
        for each in view.findChildren(kind):
            if each.isVisible() and each.accessibleName() == named:
                return each
    raise AssertionError(f"no field is named {named!r}")


def seen(view: SettleView) -> list[str]:
    return [each.text() for each in view.findChildren(Text) if each.isVisible()]


def test_both_readings_stand_side_by_side_with_quotation_and_grade(view: SettleView) -> None:
    places = {
        each.text(): each.mapTo(view, each.rect().topLeft())
        for each in view.findChildren(Text)
        if each.isVisible()
    }
    agreeing = places["“raised by 130 million dollars”"]
    differing = places["“cam kết mới 130 triệu đô la”"]

    assert differing.x() > agreeing.x() + 200
    assert "B1" in places
    assert "C4" in places
    assert "Called a new pledge; 8 May 2025" in places


def test_what_is_written_becomes_the_reading_in_one_step(
    qtbot: QtBot, view: SettleView, workspace: Workspace
) -> None:
    view.focus_first()
    qtbot.keyClicks(field(view, "How we settle it"), "The sum counts once.")
    qtbot.keyClicks(field(view, "Why"), "The Herald had it first.")
    assert field(view, "Settled on").text() == "2025-12-20"  # today, proposed

    with qtbot.waitSignal(workspace.store.changed):
        qtbot.mouseClick(view.settle_button, Qt.MouseButton.LeftButton)

    reading = workspace.store.dossier.fact(FACT).reading
    assert reading is not None
    assert str(reading.say) == "The sum counts once."
    assert str(reading.why) == "The Herald had it first."
    assert reading.date is not None
    assert reading.date.text == "2025-12-20"
    assert "Settled. Every pane shows it; Ctrl+Z takes it back." in seen(view)
    qtbot.mouseClick(view.settle_button, Qt.MouseButton.LeftButton)
    assert "Nothing changed." in seen(view)
    workspace.store.undo()
    assert workspace.store.dossier.fact(FACT).reading is None


def test_without_a_sentence_or_with_a_date_nobody_can_read_nothing_is_written(
    qtbot: QtBot, view: SettleView, workspace: Workspace
) -> None:
    before = workspace.store.dossier
    date = field(view, "Settled on")
    date.clear()
    qtbot.keyClicks(date, "8 Mai 2025")
    qtbot.keyClick(date, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert workspace.store.dossier is before
    assert "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025." in seen(view)
    assert "Say in a sentence how the difference is settled." in seen(view)
    assert date.text() == "8 Mai 2025"


def test_what_is_being_written_survives_an_edit_elsewhere(
    qtbot: QtBot, view: SettleView, workspace: Workspace
) -> None:
    qtbot.keyClicks(field(view, "How we settle it"), "Half a sent")
    workspace.store.apply(
        SetField(Ref(Fact, FACT), "statement", LocalText("A further sum for the clean-up."))
    )

    assert field(view, "How we settle it").toPlainText() == "Half a sent"
    assert "A further sum for the clean-up" in seen(view)


def test_both_languages_of_a_reading_can_be_written_anew(
    qtbot: QtBot, view: SettleView, workspace: Workspace
) -> None:
    told = Reading(say=LocalText(en="Counted once.", vi="Chỉ tính một lần."))
    workspace.store.apply(SetField(Ref(Fact, FACT), "reading", told))

    assert field(view, "How we settle it, in Vietnamese").toPlainText() == "Chỉ tính một lần."
    qtbot.mouseClick(view.clear_button, Qt.MouseButton.LeftButton)
    assert workspace.store.dossier.fact(FACT).reading is None


def test_a_fact_on_which_nobody_differs_says_so(qtbot: QtBot, view: SettleView) -> None:
    view.show_fact("remains")

    assert "No source differs on this fact: there is nothing to settle." in seen(view)
    assert not view.settle_button.isVisible()


def test_half_a_sentence_is_there_when_the_view_is_opened_again(
    qtbot: QtBot, workspace: Workspace
) -> None:
    unsettled: dict[str, dict[str, str]] = {}
    workspace.store.apply(SetField(Ref(Fact, FACT), "reading", None))
    first, second = (SettleView(workspace, unsettled) for _ in range(2))
    for each in (first, second):
        qtbot.addWidget(each)
        each.resize(760, 900)
    first.show_fact(FACT)
    first.show()
    qtbot.keyClicks(field(first, "How we settle it"), "Half a sent")
    first.hide()

    second.show_fact(FACT)
    second.show()

    assert field(second, "How we settle it").toPlainText() == "Half a sent"
    qtbot.mouseClick(second.settle_button, Qt.MouseButton.LeftButton)
    assert unsettled == {}
