"""What two people changed otherwise is chosen by a person, and nothing is chosen beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QRadioButton

from desktop.files.merge import Merged, merge
from desktop.model.changes import AddRecord, Batch, Change, DeleteRecord, SetField, SetFields
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact
from desktop.model.values import LocalText, Quantity
from desktop.panes.conflicts_view import ConflictsView
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

TOTAL = Ref(Fact, "clean-up-total")
HEARSAY = Ref(Fact, "hearsay")


def edited(dossier: Dossier, *changes: Change) -> Dossier:
    return Batch(changes, "edit").applied_to(dossier)


@pytest.fixture
def theirs(small_dossier: Dossier) -> Dossier:
    return edited(
        small_dossier,
        SetFields(
            TOTAL, {"value": Quantity.parse("436 million usd"), "when": EdtfDate.parse("2024")}
        ),
        SetField(HEARSAY, "statement", LocalText("Whose words are these?")),
    )


@pytest.fixture
def met(workspace: Workspace, small_dossier: Dossier, theirs: Dossier) -> Merged:
    ours = Quantity.parse("435 million usd")
    workspace.store.apply(SetFields(TOTAL, {"value": ours, "when": EdtfDate.parse("2025-02")}))
    workspace.store.apply(DeleteRecord(HEARSAY))
    return merge(small_dossier, workspace.store.dossier, theirs)


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace, met: Merged) -> ConflictsView:
    view = ConflictsView(workspace, met.conflicts)
    qtbot.addWidget(view)
    view.resize(760, 700)
    view.show()
    return view


def pick(qtbot: QtBot, view: ConflictsView, number: int, title: str) -> None:
    buttons = view.blocks[number].findChildren(QRadioButton)
    (button,) = (each for each in buttons if each.words() == title)
    place = QPoint(10, button.height() // 2)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)


def test_nothing_is_chosen_in_advance_and_nothing_is_settled_before_all_is(
    qtbot: QtBot, view: ConflictsView
) -> None:
    assert [block.choice for block in view.blocks] == [None, None, None]
    assert not view.settle_button.isEnabled()
    assert view.settle_button.text() == "3 left to choose"

    pick(qtbot, view, 0, "Theirs, on disk")
    pick(qtbot, view, 1, "Ours, in this window")

    assert view.settle_button.text() == "1 left to choose"
    assert not view.settle_button.isEnabled()


def test_original_ours_and_theirs_stand_side_by_side(view: ConflictsView) -> None:
    block = view.blocks[0]
    words = {
        each.text(): each.mapTo(block, each.rect().topLeft()).x()
        for each in block.findChildren(Text)
        if each.isVisible()
    }
    ours, theirs, base = "$435 million", "$436 million", "$430 million"
    assert words[ours] < words[theirs] < words[base]


def test_each_is_settled_as_it_was_chosen(
    qtbot: QtBot, view: ConflictsView, met: Merged, theirs: Dossier
) -> None:
    pick(qtbot, view, 0, "Ours, in this window")
    pick(qtbot, view, 1, "Theirs, on disk")
    pick(qtbot, view, 2, "Ours, in this window")

    with qtbot.waitSignal(view.settled) as seen:
        qtbot.mouseClick(view.settle_button, Qt.MouseButton.LeftButton)

    after = edited(theirs, *met.changes, *seen.args[0])
    assert after.fact("clean-up-total").value == Quantity.parse("435 million usd")
    assert after.fact("clean-up-total").when == EdtfDate.parse("2024")
    assert "hearsay" not in after.facts


def test_a_third_value_is_typed_and_refused_beside_its_field_until_it_can_be_read(
    qtbot: QtBot, view: ConflictsView, met: Merged, theirs: Dossier
) -> None:
    pick(qtbot, view, 0, "Theirs, on disk")
    pick(qtbot, view, 2, "Theirs, on disk")
    pick(qtbot, view, 1, "Something else")
    line = view.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "8 Mai 2025")
    qtbot.mouseClick(view.settle_button, Qt.MouseButton.LeftButton)
    said = [each.text() for each in view.findChildren(Text) if each.isVisible()]
    assert "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025." in said

    line.selectAll()
    qtbot.keyClicks(line, "2025-03")
    with qtbot.waitSignal(view.settled) as seen:
        qtbot.mouseClick(view.settle_button, Qt.MouseButton.LeftButton)

    after = edited(theirs, *met.changes, *seen.args[0])
    assert after.fact("clean-up-total").when == EdtfDate.parse("2025-03")
    assert str(after.fact("hearsay").statement) == "Whose words are these?"


def test_put_off_nothing_has_changed(
    qtbot: QtBot, view: ConflictsView, workspace: Workspace
) -> None:
    before = workspace.store.dossier
    pick(qtbot, view, 0, "Theirs, on disk")
    with qtbot.waitSignal(view.put_off), qtbot.assertNotEmitted(view.settled):
        qtbot.mouseClick(view.later_button, Qt.MouseButton.LeftButton)

    assert workspace.store.dossier is before
    said = " ".join(each.text() for each in view.findChildren(Text))
    assert "your work stays in this window, unsaved, and theirs stays on disk" in said


def test_the_choices_are_told_to_a_screen_reader(view: ConflictsView) -> None:
    names = [each.accessibleName() for each in view.blocks[2].findChildren(QRadioButton)]
    assert names == [
        "Ours, in this window. The whole record, Whose words are these?: not there",
        "Theirs, on disk. The whole record, Whose words are these?: Kind: judgement\n"
        "Area: missing\nStatement: Whose words are these?",
    ]


def test_of_a_record_that_both_added_only_what_differs_is_told(
    qtbot: QtBot, workspace: Workspace, small_dossier: Dossier
) -> None:
    fact = small_dossier.fact("posture")
    added = [
        AddRecord(msgspec.structs.replace(fact, id="both", when=EdtfDate.parse(when)))
        for when in ("2024", "2025")
    ]
    ours, theirs = (edited(small_dossier, each) for each in added)
    view = ConflictsView(workspace, merge(small_dossier, ours, theirs).conflicts)
    qtbot.addWidget(view)

    said = [each.text() for each in view.blocks[0].findChildren(Text)]

    assert "Date: 2024" in said
    assert "Date: 2025" in said
    pick(qtbot, view, 0, "Ours, in this window")
    with qtbot.waitSignal(view.settled) as seen:
        view.settle()
    assert edited(theirs, *seen.args[0]).fact("both").when == EdtfDate.parse("2024")
