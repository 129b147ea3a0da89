"""Looking over from wherever one is: a difference, one event or two, what saving will change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from desktop.model.changes import AddRecord, SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import LocalText, Quantity
from desktop.panes.facts import FactsPane
from desktop.panes.facts_view import FactsView
from desktop.widgets.diff_lines import DiffLines
from desktop.widgets.link import Link
from desktop.widgets.row import Row
from tests.desk import CTRL, Desk
from tests.panes.conftest import SMALL_FILE
from tests.panes.test_same_event_view import AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, qapp: object, tmp_path: Path) -> Iterator[Desk]:
    """The program on a copy of the small file."""
    path = tmp_path / "facts.yaml"
    path.write_bytes(SMALL_FILE.read_bytes())
    with Desk(qtbot, qapp, tmp_path).program(path) as desk:  # type: ignore[arg-type]
        yield desk


def test_a_difference_is_settled_from_the_overview_in_one_action(desk: Desk) -> None:
    link = desk.find(Link, "See both sides: A further sum")
    desk.click(link)

    drawer = desk.window.drawer
    assert drawer.isVisible()
    field = desk.find(QPlainTextEdit, "How we settle it", drawer)
    assert desk.focus() is field
    field.selectAll()
    desk.type("It counts once, as the Herald has it.")
    desk.press(Qt.Key.Key_Return, CTRL)

    fact = desk.app.workspace.store.dossier.fact("clean-up-addition")
    assert fact.reading is not None
    assert str(fact.reading.say) == "It counts once, as the Herald has it."
    assert "How we settle it: It counts once, as the Herald has it." in desk.seen(desk.pane())


def test_settling_is_offered_only_where_sources_differ(desk: Desk) -> None:
    settle = desk.window.actions_registry.trigger("edit.settle")
    desk.app.workspace.selection.select("remains")
    assert not settle.isEnabled()
    desk.app.workspace.selection.select("clean-up-addition")
    assert settle.isEnabled()
    desk.press(Qt.Key.Key_J, CTRL)
    assert "“cam kết mới 130 triệu đô la”" in desk.seen(desk.window.drawer)


def test_a_pledge_told_twice_is_asked_about_over_the_panes_and_answered_there(
    desk: Desk,
) -> None:
    store = desk.app.workspace.store
    store.apply(AddRecord(AGAIN))
    desk.wait_until(lambda: bool(desk.notice().words()))
    assert (
        "“A pledge of November” (Nov 2025) has the amount, stage and place of"
        in desk.notice().words()
    )

    desk.click(desk.find(QPushButton, "Compare", desk.notice()))
    desk.click(desk.find(QPushButton, "One event", desk.notice()))

    assert "asp-pledge" not in store.dossier.facts
    assert desk.notice().words() == ""
    assert not desk.window.drawer.isVisible()
    assert desk.app.workspace.selection.fact_id == "clean-up-addition"


def test_what_saving_will_change_follows_the_edits_beside_it(desk: Desk) -> None:
    desk.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert "Nothing to save: the file says what stands here." in desk.seen(desk.window.drawer)

    ref = Ref(Fact, "clean-up-total")
    desk.app.workspace.store.apply(SetField(ref, "value", Quantity.parse("435 million usd")))
    desk.settle()

    shown = desk.window.drawer.findChild(DiffLines)
    assert shown is not None
    assert [sign for sign, _ in shown.lines()] == ["-", "+"]
    assert desk.find(QPushButton, "Save", desk.window.drawer).isVisible()


def test_no_shortcut_is_needed_to_find_what_waits(desk: Desk) -> None:
    waits = desk.window.actions_registry.trigger("edit.same-event")
    assert not waits.isEnabled()
    desk.app.workspace.store.apply(AddRecord(AGAIN))
    desk.wait_until(lambda: bool(desk.notice().words()))
    desk.notice().hide()
    desk.app.workspace.store.apply(
        SetField(Ref(Fact, "remains"), "note", LocalText("Another edit."))
    )
    desk.settle()
    assert waits.isEnabled()
    assert waits.text() == "Same event? (1)"


def test_a_difference_is_settled_from_the_fact_in_full(desk: Desk) -> None:
    desk.window.show_tab("facts")
    desk.app.workspace.selection.select("clean-up-addition")
    desk.settle()

    desk.click(desk.find(Link, "See both sides and settle it", desk.pane()))

    assert "“cam kết mới 130 triệu đô la”" in desk.seen(desk.window.drawer)


def test_the_filtered_table_is_saved_as_it_stands(desk: Desk, tmp_path: Path) -> None:
    desk.window.show_tab("facts")
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("estimate")
    table = tmp_path / "estimates.csv"
    desk.prompts.answers = [table]

    desk.window.actions_registry.trigger("file.table").trigger()

    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["id", "old-estimate", "new-estimate"]
    assert desk.notice().words() == "2 facts written to estimates.csv."


def test_a_table_that_cannot_be_written_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    desk.prompts.answers = [tmp_path / "nowhere" / "facts.csv"]
    desk.window.actions_registry.trigger("file.table").trigger()
    assert "folder" in desk.notice().words()


def test_words_are_replaced_in_the_facts_that_are_shown(desk: Desk) -> None:
    desk.window.show_tab("facts")
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("estimate")
    desk.press(Qt.Key.Key_H, CTRL)
    drawer = desk.window.drawer
    assert desk.find(QPushButton, "2 facts shown", drawer).isChecked()

    desk.type("cost")
    desk.press(Qt.Key.Key_Return)
    desk.find(QLineEdit, "Replace with", drawer).setText("price")
    desk.press(Qt.Key.Key_Return, CTRL)

    facts = desk.app.workspace.store.dossier.facts
    assert str(facts["old-estimate"].statement) == "An early estimate of the price."
    assert desk.app.workspace.store.can_undo()


def test_several_rows_are_chosen_and_get_one_area(desk: Desk) -> None:
    desk.window.show_tab("facts")
    rows = desk.find(FactsView, "Facts", desk.pane())
    rows.setFocus()
    rows.choose_row(0)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, times=2)

    desk.press(Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)

    assert "3 facts are chosen." in desk.seen(desk.window.drawer)


def test_an_earlier_saved_state_is_looked_at_and_taken_as_one_step(desk: Desk) -> None:
    store = desk.app.workspace.store
    ref = Ref(Fact, "clean-up-total")
    for kept, amount in ((2, "435 million usd"), (3, "440 million usd")):
        store.apply(SetField(ref, "value", Quantity.parse(amount)))
        desk.press(Qt.Key.Key_S, CTRL)
        desk.wait_until(lambda kept=kept: len(desk.app.open_file.backups()) == kept)

    desk.window.actions_registry.trigger("file.backups").trigger()
    desk.wait_until(lambda: "$435 million" in desk.seen(desk.window.drawer))
    rows = [row for row in desk.window.drawer.findChildren(Row) if row.isVisible()]
    desk.click(rows[1])
    desk.click(desk.find(QPushButton, "Go back to it", desk.window.drawer))

    assert store.dossier.fact("clean-up-total").value == Quantity.parse("435 million usd")
    assert not store.is_saved()
    store.undo()
    assert store.dossier.fact("clean-up-total").value == Quantity.parse("440 million usd")


def test_the_status_line_leads_to_what_is_not_saved(desk: Desk) -> None:
    assert not desk.window.changes_link.isVisible()
    ref = Ref(Fact, "clean-up-total")
    desk.app.workspace.store.apply(SetField(ref, "value", Quantity.parse("435 million usd")))
    desk.settle()

    desk.click(desk.window.changes_link)

    assert "2 lines in 1 record" in desk.seen(desk.window.drawer)
    desk.app.workspace.store.undo()
    assert not desk.window.changes_link.isVisible()


def test_the_form_shows_below_it_the_lines_that_saving_will_write(desk: Desk) -> None:
    desk.window.show_tab("facts")
    pane = desk.pane()
    assert isinstance(pane, FactsPane)
    ref = Ref(Fact, "clean-up-total")
    pane.edit(ref)
    desk.settle()
    assert not pane.form.changes.isVisible()

    desk.app.workspace.store.apply(SetField(ref, "value", Quantity.parse("435 million usd")))
    desk.settle()

    assert pane.form.changes.isVisible()
    assert pane.form.changes.lines.lines() == (
        ("-", "value: 430 million usd"),
        ("+", "value: 435 million usd"),
    )
    assert "What saving will change, 2 lines" in desk.seen(pane)


def test_what_is_done_with_several_facts_stands_over_their_table(desk: Desk) -> None:
    desk.window.show_tab("facts")
    pane = desk.pane()
    assert isinstance(pane, FactsPane)
    menu = pane.bar.tools_button.menu()
    words = [action.text() for action in menu.actions()]
    assert words[0] == "Find and replace…"

    menu.actions()[0].trigger()
    desk.settle()

    assert desk.find(QLineEdit, "Replace with", desk.window.drawer).isVisible()


def test_what_a_key_deletes_is_named_with_the_way_back(desk: Desk) -> None:
    desk.press(Qt.Key.Key_6, CTRL)
    store = desk.app.workspace.store
    desk.app.workspace.selection.select("for-some")

    desk.window.actions_registry.trigger("edit.delete").trigger()
    desk.settle()

    assert "for-some" not in store.dossier.facts
    assert desk.notice().isVisible()
    desk.click(desk.find(QPushButton, "Undo", desk.notice()))
    assert "for-some" in store.dossier.facts
    assert not desk.notice().isVisible()


def test_the_question_waits_for_what_is_said_already_and_is_asked_once(desk: Desk) -> None:
    desk.notice().say("Something else", "This is said first.")
    desk.app.workspace.store.apply(AddRecord(AGAIN))
    desk.wait_until(desk.window.actions_registry.trigger("edit.same-event").isEnabled)
    assert desk.notice().words() == "This is said first."

    desk.notice().hide()
    desk.wait_until(lambda: "A pledge of November" in desk.notice().words())
    desk.notice().hide()
    desk.settle()

    assert desk.notice().words() == ""
    assert desk.window.actions_registry.trigger("edit.same-event").isEnabled()
