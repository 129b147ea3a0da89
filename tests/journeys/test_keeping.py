"""Work that is saved, merged, recovered, handed over: whatever happens, none of it is lost."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from bench.facts import facts_file
from desktop.files.backups import Backups
from desktop.files.facts_file import LARGE_BYTES, FactsFile
from desktop.files.journal import Journal
from desktop.model.changes import ChangeRefused, SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import Quantity
from desktop.panes.conflicts_view import Choice, ConflictsView
from desktop.panes.differences_view import DifferencesView
from tests.desk import CTRL, Desk
from tests.disks import SMALL_BYTES, read_only, small_disk

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SMALL = """\
charthouse: 1
about: {title: Small, as_of: 2025-12-12}
units:
  usd: {sign: $, many: U.S. dollars}
  sets: {many: sets of remains}
sources:
  vov:  # the Voice of Vietnam
    title: Outline
    publisher: VOV
    origin: vov
    published: 2025-05-08
    url: https://vov.example/1
    reliability: B
areas:
  dioxin: {name: Dioxin, group: War legacy}
facts:
  pledge:
    area: dioxin
    kind: number
    statement: What was pledged.
    value: 430 million usd  # as told
    when: 2025-01-17
    citations:
      - {source: vov, locator: p. 1, credibility: 2}
  remains:
    area: dioxin
    kind: number
    statement: What was handed over.
    value: 8 sets
    when: 2025-04-01
    citations:
      - {source: vov, locator: p. 2, credibility: 2}
"""
OURS = "    value: 431 million usd  # as told\n"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@contextmanager
def guarded(desk: Desk, path: Path) -> Iterator[Desk]:
    """The program with a file open, its guards set up."""
    with desk.program(path):
        desk.app.open_file.guard()
        desk.settle()
        yield desk


@contextmanager
def second_window(
    qtbot: QtBot, application: QApplication, folder: Path, path: Path
) -> Iterator[Desk]:
    """Another window of the same person on the same file."""
    other = Desk(qtbot, application, folder)
    with guarded(other, path):
        yield other


def edit(desk: Desk, value: str = "431 million usd", fact: str = "pledge") -> None:
    desk.app.workspace.store.apply(SetField(Ref(Fact, fact), "value", Quantity.parse(value)))
    desk.settle()


def value_in(desk: Desk, fact: str = "pledge") -> str:
    value = desk.app.workspace.store.dossier.fact(fact).value
    return value.text if value else ""


def titles(desk: Desk) -> list[str]:
    return [source.title for source in desk.app.workspace.store.dossier.sources.values()]


def save(desk: Desk) -> None:
    desk.press(Qt.Key.Key_S, CTRL)


def write_beside(path: Path, text: str) -> None:
    """Replace a file as other editors do."""
    new = path.with_name("new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def press_offer(desk: Desk, words: str) -> None:
    desk.click(desk.find(QPushButton, words, desk.notice()))


# Saving


def test_saving_changes_the_one_line_and_nothing_else_of_the_file(desk: Desk, file: Path) -> None:
    file.chmod(0o640)
    with guarded(desk, file):
        edit(desk)
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        assert "•" in desk.window.windowTitle()

        save(desk)

        assert file.read_text("utf-8") == SMALL.replace("430 million usd", "431 million usd")
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        assert desk.window.file_words.text() == "facts.yaml, saved"
        assert "•" not in desk.window.windowTitle()
        desk.press(Qt.Key.Key_Z, CTRL)
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        save(desk)
        assert file.read_text("utf-8") == SMALL


def test_saving_elsewhere_goes_on_with_the_other_file(desk: Desk, file: Path) -> None:
    other = file.with_name("other.yaml")
    with guarded(desk, file):
        edit(desk)
        desk.prompts.answers = [None, other]
        desk.press(Qt.Key.Key_S, CTRL | SHIFT)
        assert not other.exists()

        desk.press(Qt.Key.Key_S, CTRL | SHIFT)

        assert OURS in other.read_text("utf-8")
        assert file.read_text("utf-8") == SMALL
        assert desk.window.file_words.text() == "other.yaml, saved"
        assert desk.app.workspace.settings.recent_files[0] == str(other)
        edit(desk, "9 sets", "remains")
        save(desk)
        assert "value: 9 sets" in other.read_text("utf-8")


def test_a_full_disk_keeps_the_file_and_the_work_and_says_what_to_do(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        path = disk / "facts.yaml"
        path.write_text(SMALL, encoding="utf-8")
        ballast = disk / "ballast"
        with guarded(desk, path):
            edit(desk)
            if os.path.ismount(disk):
                with suppress(OSError):
                    ballast.write_bytes(bytes(SMALL_BYTES))
                save(desk)
                assert "The disk is full; make room" in desk.notice().words()
                assert "still in this window" in desk.notice().words()
                assert desk.window.file_words.text() == "facts.yaml, not saved"
                assert path.read_text("utf-8") == SMALL
                ballast.unlink()
                press_offer(desk, "Try again")
            else:
                save(desk)

            assert OURS in path.read_text("utf-8")
            assert desk.window.file_words.text() == "facts.yaml, saved"


def test_a_folder_to_be_read_only_is_said_before_anybody_edits(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = folder / "facts.yaml"
    path.write_text(SMALL, encoding="utf-8")
    with read_only(folder), guarded(desk, path):
        assert "Before you edit" in desk.seen(desk.notice())
        assert "The folder can only be read" in desk.notice().words()
        edit(desk)
        save(desk)
        assert "Not saved" in desk.seen(desk.notice())
        desk.prompts.answers = [tmp_path / "mine.yaml"]

        press_offer(desk, "Save as…")

        assert OURS in (tmp_path / "mine.yaml").read_text("utf-8")


def test_a_vanished_folder_keeps_the_work(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "facts.yaml"
    path.write_text(SMALL, encoding="utf-8")
    with guarded(desk, path):
        edit(desk)
        folder.rename(tmp_path / "elsewhere")

        save(desk)

        assert "The folder is no longer there" in desk.notice().words()
        assert value_in(desk) == "431 million usd"
        folder.mkdir()
        press_offer(desk, "Try again")
        assert OURS in path.read_text("utf-8")


def test_the_last_saved_states_are_kept_and_one_comes_back_as_a_step(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    with guarded(desk, file):
        edit(desk)
        save(desk)
        desk.wait_until(lambda: len(desk.app.open_file.backups()) == 2)
        new, old = desk.app.open_file.backups()
        assert Backups(tmp_path / "state" / "backups").of(file) == (new, old)

        desk.app.open_file.restore(FactsFile.open(old.path))

        assert value_in(desk) == "430 million usd"
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        save(desk)
        assert file.read_text("utf-8") == SMALL
        desk.press(Qt.Key.Key_Z, CTRL)
        assert value_in(desk) == "431 million usd"


# Leaving


@pytest.mark.parametrize("answer", ["Save", "Discard", "Cancel"])
def test_closing_with_unsaved_work_asks(desk: Desk, file: Path, answer: str) -> None:
    with guarded(desk, file):
        edit(desk)
        desk.prompts.answers = [answer]

        desk.press(Qt.Key.Key_Q, CTRL)

        assert "facts.yaml holds changes that are not saved." in desk.prompts.said
        assert desk.window.isVisible() == (answer == "Cancel")
    assert (OURS in file.read_text("utf-8")) == (answer == "Save")


def test_opening_another_file_asks_too(desk: Desk, file: Path) -> None:
    other = file.with_name("other.yaml")
    other.write_text(SMALL, encoding="utf-8")
    with guarded(desk, file):
        edit(desk)
        desk.prompts.answers = [other, "Cancel", other, "Save"]

        desk.press(Qt.Key.Key_O, CTRL)
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        desk.press(Qt.Key.Key_O, CTRL)

        assert desk.window.file_words.text() == "other.yaml, saved"
    assert OURS in file.read_text("utf-8")


def test_a_broken_file_does_not_take_the_place_of_work_that_was_given_up(
    desk: Desk, file: Path
) -> None:
    broken = file.with_name("broken.yaml")
    broken.write_bytes(b"facts: [")
    with guarded(desk, file):
        edit(desk)
        desk.prompts.answers = [broken, "Discard"]

        desk.press(Qt.Key.Key_O, CTRL)

        assert "What was open stays" in desk.notice().words()
        assert value_in(desk) == "431 million usd"
        save(desk)
    assert OURS in file.read_text("utf-8")


def test_going_back_to_what_is_saved_asks_first(desk: Desk, file: Path) -> None:
    with guarded(desk, file):
        revert = desk.window.actions_registry.trigger("file.revert")
        assert not revert.isEnabled()
        edit(desk)
        desk.prompts.answers = ["Keep them", "Give up the changes"]

        revert.trigger()
        assert value_in(desk) == "431 million usd"
        assert desk.prompts.by_enter == "Keep them"
        revert.trigger()

        assert value_in(desk) == "430 million usd"
        assert desk.window.file_words.text() == "facts.yaml, saved"


# What others write


def test_what_a_colleague_writes_is_seen_and_the_fact_in_view_stays(desk: Desk, file: Path) -> None:
    with guarded(desk, file):
        desk.app.workspace.selection.select("remains")

        write_beside(file, SMALL.replace("430 million", "500 million"))
        desk.wait_until(lambda: value_in(desk) == "500 million usd")

        assert desk.app.workspace.selection.fact_id == "remains"
        assert "1 difference has come in" in desk.notice().words()
        press_offer(desk, "Show what changed")
        view = desk.window.drawer.findChild(DifferencesView)
        assert view is not None
        assert "value was $430 million, is $500 million." in desk.seen(view)


def test_edits_on_both_sides_come_together_on_their_text(desk: Desk, file: Path) -> None:
    with guarded(desk, file):
        edit(desk)
        theirs = SMALL.replace("value: 8 sets", "value: 9 sets  # recounted").replace(
            "# the Voice", "# radio, the Voice"
        )

        write_beside(file, theirs)
        desk.wait_until(lambda: value_in(desk, "remains") == "9 sets")

        assert value_in(desk) == "431 million usd"
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        save(desk)
        assert file.read_text("utf-8") == theirs.replace("430 million", "431 million")


def test_what_they_wrote_as_we_did_counts_as_saved(desk: Desk, file: Path) -> None:
    with guarded(desk, file):
        edit(desk)

        write_beside(file, SMALL.replace("430 million", "431 million"))
        desk.wait_until(lambda: desk.app.workspace.store.is_saved())

        assert desk.window.file_words.text() == "facts.yaml, saved"
        assert not desk.notice().isVisible()


def test_what_came_to_disk_a_moment_ago_is_met_before_saving(desk: Desk, file: Path) -> None:
    with desk.program(file):
        edit(desk)
        write_beside(file, SMALL.replace("8 sets", "9 sets"))

        save(desk)

        merged = SMALL.replace("430 million", "431 million").replace("8 sets", "9 sets")
        assert file.read_text("utf-8") == merged


def test_one_field_changed_on_both_sides_loses_neither(desk: Desk, file: Path) -> None:
    theirs = SMALL.replace("430 million", "500 million")
    with guarded(desk, file):
        edit(desk)
        write_beside(file, theirs)
        save(desk)

        assert "Changed on both sides" in desk.seen(desk.notice())
        assert file.read_text("utf-8") == theirs
        assert value_in(desk) == "431 million usd"
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        press_offer(desk, "Settle…")
        view = conflicts_in(desk)
        assert not view.settle_button.isEnabled(), "nothing is chosen in advance"
        desk.click(view.later_button)
        assert value_in(desk) == "431 million usd"
        desk.prompts.answers = [file.with_name("mine.yaml")]
        press_offer(desk, "Save as…")
    assert OURS in file.with_name("mine.yaml").read_text("utf-8")
    assert file.read_text("utf-8") == theirs


def conflicts_in(desk: Desk) -> ConflictsView:
    (view,) = (view for view in desk.window.drawer.findChildren(ConflictsView) if view.isVisible())
    return view


@pytest.mark.parametrize(
    ("choice", "value"), [("ours", "431 million usd"), ("theirs", "500 million usd")]
)
def test_a_field_changed_on_both_sides_is_settled_and_saved(
    desk: Desk, file: Path, choice: Choice, value: str
) -> None:
    theirs = SMALL.replace("430 million usd", "500 million usd").replace("8 sets", "9 sets")
    with guarded(desk, file):
        edit(desk)
        edit(desk, "about 8 sets", "remains")
        desk.press(Qt.Key.Key_Z, CTRL)
        write_beside(file, theirs)
        save(desk)
        press_offer(desk, "Settle…")
        (block,) = conflicts_in(desk).blocks
        block.choose(choice)
        desk.settle()

        desk.click(conflicts_in(desk).settle_button)

        assert value_in(desk) == value
        assert value_in(desk, "remains") == "9 sets"
        save(desk)
        assert file.read_text("utf-8") == theirs.replace("500 million usd", value)


def test_what_is_written_while_they_choose_is_not_written_over(desk: Desk, file: Path) -> None:
    theirs = SMALL.replace("430 million", "500 million")
    with guarded(desk, file):
        edit(desk)
        write_beside(file, theirs)
        save(desk)
        press_offer(desk, "Settle…")
        (block,) = conflicts_in(desk).blocks
        block.choose("ours")
        desk.settle()
        write_beside(file, theirs.replace("500 million", "600 million"))

        desk.click(conflicts_in(desk).settle_button)

        assert value_in(desk) == "431 million usd"
        assert "600" in file.read_text("utf-8")
        desk.wait_until(lambda: "$600 million" in desk.seen(desk.window.drawer))


def test_a_file_broken_on_disk_leaves_the_last_good_state_and_is_not_written_over(
    desk: Desk, file: Path
) -> None:
    with guarded(desk, file):
        edit(desk)
        file.write_text(SMALL + "facts: [", encoding="utf-8")

        desk.wait_until(lambda: "last good state" in desk.notice().words())
        save(desk)

        assert file.read_text("utf-8") == SMALL + "facts: ["
        assert value_in(desk) == "431 million usd"
        file.write_text(SMALL, encoding="utf-8")
        save(desk)
        assert OURS in file.read_text("utf-8")


def test_a_file_that_is_gone_is_written_again(desk: Desk, file: Path) -> None:
    with guarded(desk, file):
        file.unlink()
        desk.wait_until(lambda: "no longer there" in desk.notice().words())

        press_offer(desk, "Write it again")

        assert file.read_text("utf-8") == SMALL


def test_the_file_opens_in_an_editor_at_the_line_of_the_fact_in_view(
    desk: Desk, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, editor = tmp_path / "told", tmp_path / "gedit"
    editor.write_text(f'#!/bin/sh\necho "$@" > {told}.new && mv {told}.new {told}\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    with guarded(desk, file):
        desk.app.workspace.selection.select("remains")

        desk.press(Qt.Key.Key_E, CTRL | SHIFT)

        desk.wait_until(told.exists)
    line = SMALL.splitlines().index("  remains:") + 1
    assert told.read_text().split() == [f"+{line}", str(file)]


def test_a_complaint_is_taken_down_once_it_no_longer_holds(desk: Desk, file: Path) -> None:
    with guarded(desk, file):
        file.unlink()
        desk.wait_until(lambda: "no longer there" in desk.notice().words())
        file.write_text(SMALL, encoding="utf-8")
        desk.wait_until(lambda: not desk.notice().isVisible())

        file.write_text("facts: [", encoding="utf-8")
        desk.wait_until(lambda: "last good state" in desk.notice().words())
        file.write_text(SMALL, encoding="utf-8")
        desk.wait_until(lambda: not desk.notice().isVisible())


# After a crash


def leave_unsaved(folder: Path, file: Path, base: str, ours: str) -> None:
    Journal(folder / "state" / "unsaved", "killed").keep(file, base.encode(), ours.encode())


def test_each_edit_is_in_the_journal_within_a_second_and_gone_once_saved(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "state" / "unsaved", "the next")
    with guarded(desk, file):
        edit(desk)
        desk.wait_until(lambda: bool(journal.unsaved(file)))
        assert OURS.encode() in journal.unsaved(file)[0].ours

        save(desk)

        assert journal.unsaved(file) == ()
        edit(desk, "432 million usd")
        desk.wait_until(lambda: bool(journal.unsaved(file)))
        desk.press(Qt.Key.Key_Z, CTRL)
        assert journal.unsaved(file) == (), "undone is as saved"


def test_unsaved_work_of_a_killed_program_is_offered_shown_and_brought_back(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        assert value_in(desk) == "430 million usd"

        press_offer(desk, "Show it")
        view = desk.window.drawer.findChild(DifferencesView)
        assert view is not None
        assert "value was $430 million, is $431 million." in desk.seen(view)
        desk.click(desk.find(QPushButton, "Bring it back", view))

        assert value_in(desk) == "431 million usd"
        assert not desk.window.drawer.isVisible()
        assert desk.window.file_words.text() == "facts.yaml, not saved"
        save(desk)
    assert OURS in file.read_text("utf-8")
    assert not list((tmp_path / "state" / "unsaved").rglob("*.ours"))


def test_unsaved_work_comes_back_though_the_file_moved_on(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    file.write_text(SMALL.replace("8 sets", "9 sets  # recounted"), encoding="utf-8")
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        press_offer(desk, "Bring it back")
        save(desk)

    text = file.read_text("utf-8")
    assert OURS in text
    assert "9 sets  # recounted" in text


def test_unsaved_work_that_is_declined_is_not_offered_again(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        press_offer(desk, "Discard")
        assert not desk.notice().isVisible()
    assert not list((tmp_path / "state" / "unsaved").rglob("*.ours"))


def test_unsaved_work_can_be_asked_for_again(desk: Desk, file: Path, tmp_path: Path) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        desk.notice().hide()
        again = desk.window.actions_registry.trigger("file.unsaved")
        desk.window.actions_registry.update_states()

        again.trigger()

        press_offer(desk, "Bring it back")
        assert value_in(desk) == "431 million usd"
        assert "unsaved work" in desk.window.actions_registry.trigger("edit.undo").text()
        assert not again.isEnabled()


def test_an_offer_stands_until_it_is_answered(desk: Desk, file: Path, tmp_path: Path) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())

        write_beside(file, SMALL.replace("8 sets", "9 sets"))
        desk.wait_until(lambda: value_in(desk, "remains") == "9 sets")
        assert "was never saved" in desk.notice().words()
        edit(desk, "10 sets", "remains")
        save(desk)
        assert "was never saved" in desk.notice().words()
        press_offer(desk, "Bring it back")

        assert value_in(desk) == "431 million usd"
        save(desk)
        assert not desk.notice().isVisible()
    assert "value: 10 sets" in file.read_text("utf-8")
    assert OURS in file.read_text("utf-8")


def test_unsaved_work_on_a_file_that_is_broken_by_now_can_be_had(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    file.write_bytes(b"facts: [")
    with desk.program(file):
        desk.prompts.answers = [file.with_name("rescued.yaml")]

        press_offer(desk, "Save unsaved work as…")

        assert value_in(desk) == "431 million usd"
        assert desk.window.file_words.text() == "rescued.yaml, saved"


def test_unsaved_work_that_cannot_be_read_is_said_and_stays_until_it_is_given_up(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    (entry,) = (tmp_path / "state" / "unsaved").rglob("*.ours")
    entry.write_bytes(entry.read_bytes()[:-9])
    with guarded(desk, file):
        desk.wait_until(lambda: str(entry) in desk.notice().words())
        assert entry.exists()

        press_offer(desk, "Discard")

        assert not entry.exists()
        assert not desk.notice().isVisible()


def test_unsaved_work_that_stands_in_the_file_is_not_offered(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    ours = SMALL.replace("430 million", "431 million")
    leave_unsaved(tmp_path, file, SMALL, ours)
    file.write_text(ours, encoding="utf-8")
    with guarded(desk, file):
        desk.wait_until(lambda: not list((tmp_path / "state" / "unsaved").rglob("*.ours")))
        assert not desk.notice().isVisible()


def test_unsaved_work_on_a_field_that_changed_meanwhile_is_settled(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    file.write_text(SMALL.replace("430 million", "500 million"), encoding="utf-8")
    with guarded(desk, file):
        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        press_offer(desk, "Bring it back")
        desk.click(conflicts_in(desk).later_button)
        assert value_in(desk) == "500 million usd"
        assert list((tmp_path / "state" / "unsaved").rglob("*.ours"))

        press_offer(desk, "Bring it back")
        (block,) = conflicts_in(desk).blocks
        block.choose("ours")
        desk.settle()
        desk.click(conflicts_in(desk).settle_button)

        assert value_in(desk) == "431 million usd"
        save(desk)
    assert OURS in file.read_text("utf-8")
    assert not list((tmp_path / "state" / "unsaved").rglob("*.ours"))


def test_unsaved_work_on_another_file_is_told_and_led_to(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    other = file.with_name("other.yaml")
    other.write_text(SMALL, encoding="utf-8")
    leave_unsaved(tmp_path, file, SMALL, SMALL.replace("430 million", "431 million"))
    with guarded(desk, other):
        desk.wait_until(lambda: "on facts.yaml was never saved" in desk.notice().words())

        press_offer(desk, "Open it")
        desk.app.open_file.guard()

        desk.wait_until(lambda: "was never saved" in desk.notice().words())
        assert desk.window.file_words.text() == "facts.yaml, saved"


# Two windows


def test_a_second_window_only_reads_until_it_takes_over(
    desk: Desk, file: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with guarded(desk, file):
        edit(desk)
        with second_window(qtbot, qapp, tmp_path, file) as other:
            assert "Open elsewhere" in other.seen(other.notice())
            assert other.window.file_words.text() == "facts.yaml, saved, read only"
            with pytest.raises(ChangeRefused):
                edit(other, "1 sets", "remains")
            write_beside(file, SMALL.replace("Outline", "An outline"))
            other.wait_until(lambda: "An outline" in titles(other))

            press_offer(other, "Take over")
            other.wait_until(lambda: "was never saved" in other.notice().words())

            assert "Handed over" in desk.seen(desk.notice())
            with pytest.raises(ChangeRefused):
                edit(desk, "1 sets", "remains")
            press_offer(other, "Bring it back")
            save(other)
        assert OURS in file.read_text("utf-8")
        desk.wait_until(lambda: desk.app.workspace.store.is_saved())


def test_a_window_that_was_closed_holds_nobody_up(
    desk: Desk, file: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with guarded(desk, file):
        pass
    with second_window(qtbot, qapp, tmp_path, file) as other:
        assert not other.notice().isVisible()
        edit(other)
        save(other)
    assert OURS in file.read_text("utf-8")


def test_a_window_that_lost_the_file_can_be_closed_or_saved_elsewhere(
    desk: Desk, file: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    with guarded(desk, file):
        edit(desk)
        with second_window(qtbot, qapp, tmp_path, file) as other:
            press_offer(other, "Take over")
            other.wait_until(lambda: "was never saved" in other.notice().words())
            # The keys go to the window in front, which is the other one.
            assert not desk.app.open_file.save()
            assert "Another window has taken the file over" in desk.notice().words()
            desk.prompts.answers = ["Save as…", file.with_name("mine.yaml")]

            desk.app.quit()

            assert not desk.window.isVisible()
            press_offer(other, "Discard")
    assert OURS in file.with_name("mine.yaml").read_text("utf-8")
    assert file.read_text("utf-8") == SMALL


# Where little can be kept, and where much has to be


def test_without_a_place_for_the_journal_it_is_said_and_work_goes_on(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "state").write_bytes(b"in the way")
    with guarded(desk, file):
        edit(desk)
        desk.wait_until(lambda: "Not protected" in desk.seen(desk.notice()))
        assert "cannot be kept against a crash" in desk.notice().words()

        save(desk)

        assert OURS in file.read_text("utf-8")
        desk.wait_until(lambda: "Saved, not kept twice" in desk.seen(desk.notice()))


def test_a_large_file_is_saved_and_met_beside_the_work(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(facts_file(3_000))
    text = path.read_text("utf-8")
    assert path.stat().st_size > LARGE_BYTES
    with desk.program(path):
        desk.wait_until(lambda: desk.app.workspace.file is not None)
        desk.app.open_file.guard()
        edit(desk, "77 sets", "fact-000003")
        theirs = text.replace("  fact-002999:\n", "  # the last\n  fact-002999:\n")
        write_beside(path, theirs.replace("area: trade", "area: training", 1))

        desk.wait_until(lambda: "not saved yet" in desk.notice().words())

        assert value_in(desk, "fact-000003") == "77 sets"
        assert (
            desk.app.workspace.store.saved_dossier.facts != desk.app.workspace.store.dossier.facts
        )
        save(desk)
        assert "# the last" in path.read_text("utf-8")
        assert FactsFile.open(path).reading.dossier == desk.app.workspace.store.dossier
        desk.wait_until(lambda: len(desk.app.open_file.backups()) == 2)


def test_a_large_file_goes_on_being_edited_while_another_is_read(
    desk: Desk, file: Path, tmp_path: Path, slow_disk: threading.Event
) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(facts_file(3_000))
    with guarded(desk, file):
        desk.app.open(path)
        edit(desk)
        desk.prompts.answers = ["Cancel"]

        slow_disk.set()
        desk.wait_until(lambda: not desk.prompts.answers)

        assert value_in(desk) == "431 million usd"
        assert desk.window.file_words.text() == "facts.yaml, not saved"
