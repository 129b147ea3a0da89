"""What is typed and not entered yet: it outlives the program, and comes back as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.files.journal import Journal
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.unsettled import Unsettled
from desktop.panes.facts import FactsPane
from desktop.panes.form_editors import LeafEditor
from tests.desk import CTRL, Desk
from tests.journeys.test_keeping import OURS, SMALL, edit, guarded, press_offer, second_window
from tests.keeping.typist import KNOWN, TYPED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.widgets.line import Line, TextBox

ROOT = Path(__file__).resolve().parents[2]
PLEDGE = Ref(Fact, KNOWN)
OFFERED = "was never entered"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """What the next start would find."""
    return Journal(tmp_path / "state" / "unsaved", "the next")


def kept(journal: Journal, file: Path) -> list[tuple[Unsettled, ...]]:
    return [each.typed for each in journal.unsaved(file)]


def leave_typed(
    folder: Path, file: Path, *typed: Unsettled, ours: str = SMALL, session: str = "killed"
) -> None:
    journal = Journal(folder / "state" / "unsaved", session)
    journal.keep(file, SMALL.encode(), ours.encode(), typed)


def typed_value(words: str = "431 mil") -> Unsettled:
    return Unsettled(PLEDGE, {("value",): words}, {})


def form_of(desk: Desk) -> FactsPane:
    pane = desk.window.pane("facts")
    assert isinstance(pane, FactsPane)
    return pane


def line(desk: Desk, field: str) -> Line | TextBox:
    page = form_of(desk).form.page
    assert page is not None
    editor = page.editors[field]
    assert isinstance(editor, LeafEditor)
    return editor.line


def write(desk: Desk, words: str, field: str) -> None:
    """Write into a field of the form and leave it at that."""
    line(desk, field).setFocus()
    desk.press(Qt.Key.Key_A, CTRL)
    desk.type(words)


def begin_value(desk: Desk, words: str = "431 mil") -> None:
    desk.window.show_tab("facts")
    form_of(desk).edit(PLEDGE)
    desk.settle()
    write(desk, words, "value")


def test_what_was_typed_outlives_a_kill_and_is_entered_afterwards(
    desk: Desk, file: Path, tmp_path: Path, journal: Journal
) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-m", "tests.keeping.typist", str(file), str(tmp_path / "state")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
    )
    assert killed.stdout is not None
    try:
        assert killed.stdout.readline() == b"typed\n"
        desk.wait_until(lambda: kept(journal, file) == [TYPED])
    finally:
        killed.kill()
        killed.wait()
        killed.stdout.close()
    assert file.read_text("utf-8") == SMALL

    with guarded(desk, file):
        desk.wait_until(lambda: OFFERED in desk.notice().words())
        assert "for a new fact and “What was pledged”" in desk.notice().words()
        press_offer(desk, "Show it")
        seen = desk.seen(desk.window.drawer)
        assert "a new fact: Statement “Two ships call.”, Date “8 Mai 2026”" in seen
        assert "“What was pledged”: Value “431 mil”" in seen
        assert "Both say the same" not in seen
        desk.click(desk.find(QPushButton, "Bring it back", desk.window.drawer))

        assert desk.app.workspace.store.is_saved(), "nothing of it is in a fact yet"
        assert desk.app.workspace.store.unsettled == TYPED
        assert "“8 Mai 2026” is not a date" in desk.seen(form_of(desk).form)
        write(desk, "2026-05-08", "when")
        desk.press(Qt.Key.Key_Return)
        desk.click(form_of(desk).bar.unfinished_link)
        assert line(desk, "value").text() == "431 mil"
        write(desk, "431 million usd", "value")
        desk.press(Qt.Key.Key_Return)
        desk.press(Qt.Key.Key_S, CTRL)

        assert file.read_text("utf-8") == SMALL.replace("430 million", "431 million")
        (left,) = desk.app.workspace.store.unsettled
        assert set(left.begun) == {"statement", "when"}


def test_words_and_unsaved_work_come_back_together(
    desk: Desk, file: Path, tmp_path: Path, journal: Journal
) -> None:
    leave_typed(tmp_path, file, typed_value(), ours=SMALL.replace("8 sets", "9 sets"))
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        assert "typed for “What was pledged” never entered" in desk.notice().words()

        press_offer(desk, "Bring it back")

        assert not desk.notice().isVisible()
        assert line(desk, "value").text() == "431 mil"
        desk.press(Qt.Key.Key_S, CTRL)
        assert file.read_text("utf-8") == SMALL.replace("8 sets", "9 sets")


def test_words_that_are_declined_are_not_offered_again(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_typed(tmp_path, file, typed_value())
    with guarded(desk, file):
        desk.wait_until(lambda: OFFERED in desk.notice().words())

        press_offer(desk, "Discard")

        assert desk.app.workspace.store.unsettled == ()
        assert not desk.notice().isVisible()
    assert not list((tmp_path / "state" / "unsaved").rglob("*.ours"))


def test_saving_leaves_what_is_refused_in_the_journal_until_it_is_taken_back(
    desk: Desk, file: Path, tmp_path: Path, journal: Journal
) -> None:
    with guarded(desk, file):
        begin_value(desk, "many")
        edit(desk, "9 sets", "remains")
        desk.press(Qt.Key.Key_S, CTRL)
        desk.wait_until(lambda: kept(journal, file) == [(typed_value("many"),)])
        (unsaved,) = journal.unsaved(file)
        assert unsaved.base == unsaved.ours == file.read_bytes()

        line(desk, "value").setFocus()
        desk.press(Qt.Key.Key_Escape)

        desk.wait_until(lambda: not list((tmp_path / "state" / "unsaved").rglob("*.ours")))


def test_words_given_up_on_closing_are_not_offered_again(
    desk: Desk, file: Path, tmp_path: Path, journal: Journal
) -> None:
    with guarded(desk, file):
        begin_value(desk)
        desk.wait_until(lambda: kept(journal, file) == [(typed_value(),)])
        desk.prompts.answers = ["Discard it"]
        desk.app.quit()
        assert not desk.window.isVisible()
    assert not list((tmp_path / "state" / "unsaved").rglob("*.ours"))


def test_opening_another_file_asks_what_becomes_of_the_words(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    other = file.with_name("other.yaml")
    other.write_text(SMALL, encoding="utf-8")
    with guarded(desk, file):
        begin_value(desk)
        desk.prompts.answers = ["Go back"]
        desk.app.open(other)
        assert desk.window.file_words.text() == "facts.yaml, saved"
        assert line(desk, "value").text() == "431 mil"
        desk.prompts.answers = ["Discard it"]

        desk.app.open(other)

        assert desk.window.file_words.text() == "other.yaml, saved"
        assert desk.app.workspace.store.unsettled == ()
        form_of(desk).edit(PLEDGE)
        assert line(desk, "value").text() == "430 million usd"
    assert not list((tmp_path / "state" / "unsaved").rglob("*.ours"))


def test_a_window_that_takes_over_is_offered_what_was_typed_in_the_other(
    desk: Desk, file: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with guarded(desk, file):
        begin_value(desk)
        with second_window(qtbot, qapp, tmp_path, file) as other:
            begin_value(other, "1 mil")
            assert other.app.workspace.store.unsettled == ()
            assert line(other, "value").text() == "430 million usd"

            press_offer(other, "Take over")
            other.wait_until(lambda: OFFERED in other.notice().words())
            press_offer(other, "Bring it back")

            assert line(other, "value").text() == "431 mil"
            form_of(other).form.forget()


def test_what_is_being_typed_is_not_written_over_by_what_comes_back(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_typed(tmp_path, file, typed_value())
    with guarded(desk, file):
        desk.wait_until(lambda: OFFERED in desk.notice().words())
        begin_value(desk, "500 mil")

        press_offer(desk, "Bring it back")

        assert "Something else is being typed for “What was pledged”" in desk.notice().words()
        assert line(desk, "value").text() == "500 mil"
        line(desk, "value").setFocus()
        desk.press(Qt.Key.Key_Escape)
        press_offer(desk, "Bring it back")
        assert line(desk, "value").text() == "431 mil"


def test_words_for_a_fact_that_is_gone_can_be_had_with_the_facts_of_then(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_typed(tmp_path, file, typed_value())
    file.write_text(SMALL.replace("  pledge:", "  renamed:"), encoding="utf-8")
    with guarded(desk, file):
        desk.wait_until(lambda: OFFERED in desk.notice().words())
        press_offer(desk, "Bring it back")
        assert "“pledge” is no longer in the file" in desk.notice().words()
        assert list((tmp_path / "state" / "unsaved").rglob("*.ours"))
        desk.prompts.answers = [file.with_name("then.yaml")]

        press_offer(desk, "Save it as…")

        assert desk.window.file_words.text() == "then.yaml, saved"
        assert line(desk, "value").text() == "431 mil"


def test_what_is_typed_in_a_window_that_only_reads_is_not_kept(
    desk: Desk, file: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication, journal: Journal
) -> None:
    with guarded(desk, file), second_window(qtbot, qapp, tmp_path, file) as other:
        begin_value(other)
        other.app.open_file.journaling.flush()
        assert kept(journal, file) == []
        assert OURS not in file.read_text("utf-8")


def test_a_window_that_only_reads_begins_nothing_and_says_why_until_it_may(
    desk: Desk, file: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with guarded(desk, file), second_window(qtbot, qapp, tmp_path, file) as other:
        other.window.show_tab("facts")
        pane = form_of(other)
        add = other.window.actions_registry.trigger("edit.add")
        assert not add.isEnabled()
        assert add.text() == "Add a fact (read only here)"

        other.press(Qt.Key.Key_N, CTRL)
        other.click(pane.bar.add_button)

        assert not pane.is_editing
        assert "The file is open in another window" in pane.bar.add_button.toolTip()
        pane.edit(PLEDGE)
        page = pane.form.page
        assert page is not None
        assert not page.duplicate_button.isEnabled()
        press_offer(other, "Take over")
        other.wait_until(lambda: add.isEnabled())
        assert add.text() == "Add a fact"
        assert pane.bar.add_button.isEnabled()
        assert not pane.bar.add_button.toolTip()
        assert page.duplicate_button.isEnabled()
