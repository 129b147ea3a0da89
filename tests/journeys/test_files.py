"""Opening files as they come: broken, with records left out, changed on disk, large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication

from bench.facts import facts_file
from desktop.files.facts_file import LARGE_BYTES
from desktop.panes.facts import FactsPane
from desktop.panes.problems_view import ProblemsView
from desktop.widgets.button import Button
from desktop.widgets.link import Link
from desktop.widgets.row import Row
from tests.desk import CTRL, SHIPPED, Desk

if TYPE_CHECKING:
    import threading
    from pathlib import Path

FAULT = "    when: the day before yesterday\n"


def break_record(path: Path) -> int:
    """Give the total of Bien Hoa a date that is none; return the line."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index("  bien-hoa-commitment-2025:\n")
    number = next(n for n in range(start, len(lines)) if lines[n].startswith("    when:"))
    lines[number] = FAULT
    path.write_text("".join(lines), encoding="utf-8")
    return number + 1


def choose_file(desk: Desk, path: Path | None) -> None:
    desk.prompts.answers = [path]
    desk.press(Qt.Key.Key_O, CTRL)


def facts_shown(desk: Desk) -> int:
    return len(desk.app.workspace.store.dossier.facts)


def test_a_file_that_is_no_yaml_is_refused_with_its_line_and_what_was_open_stays(
    opened: Desk, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("charthouse: 1\nabout:\n  title: {en: Half\nfacts: [", encoding="utf-8")
    facts = facts_shown(opened)

    choose_file(opened, broken)

    assert f"{broken}:4" in opened.notice().words()
    assert "What was open stays." in opened.notice().words()
    assert facts_shown(opened) == facts
    assert "$430 million" in opened.seen(opened.pane())
    assert opened.window.file_words.text() == "facts.yaml, saved"


def test_a_broken_file_that_is_mended_on_disk_opens_on_trying_again(
    opened: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "mended.yaml"
    path.write_bytes(b"charthouse: 1\nabout: [\xff")
    choose_file(opened, path)
    assert "Not opened" in opened.seen(opened.notice())

    path.write_bytes(SHIPPED.read_bytes())
    opened.click(opened.find(Button, "Try again", opened.notice()))

    assert not opened.notice().isVisible()
    assert opened.window.file_words.text() == "mended.yaml, saved"


def test_a_missing_file_leaves_an_empty_window_that_says_what_to_do(
    desk: Desk, tmp_path: Path
) -> None:
    with desk.program(tmp_path / "nowhere.yaml"):
        assert "nowhere.yaml" in desk.notice().words()
        assert "What was open stays" not in desk.notice().words()
        assert "No file is open. Open a facts file with Ctrl+O." in desk.seen(desk.pane())
        assert not desk.window.problem_link.isVisible()
        for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_6):
            desk.press(key, CTRL)
            assert desk.seen(desk.pane())
        assert "No file is open" in desk.seen(desk.pane())

        choose_file(desk, SHIPPED)

        assert not desk.notice().isVisible()
        desk.press(Qt.Key.Key_1, CTRL)
        assert "$430 million" in desk.seen(desk.pane())


def test_reading_again_brings_what_was_written_meanwhile(desk: Desk, copy: Path) -> None:
    with desk.program(copy):
        text = copy.read_text(encoding="utf-8")
        assert "value: 430 million usd" in text
        copy.write_text(
            text.replace("value: 430 million usd", "value: 431 million usd"), encoding="utf-8"
        )

        desk.press(Qt.Key.Key_R, CTRL)

        assert "$431 million" in desk.seen(desk.pane())


def test_a_file_broken_while_it_is_open_leaves_the_last_good_state(desk: Desk, copy: Path) -> None:
    with desk.program(copy):
        good = copy.read_bytes()
        copy.write_bytes(good + b"\nfacts: again\n")
        facts = facts_shown(desk)

        desk.press(Qt.Key.Key_R, CTRL)

        line = len(good.splitlines()) + 2
        assert f"{copy}:{line}" in desk.notice().words()
        assert facts_shown(desk) == facts

        copy.write_bytes(good)
        desk.press(Qt.Key.Key_R, CTRL)

        assert not desk.notice().isVisible()


def test_a_day_that_stands_in_for_the_files_own_is_not_passed_off_as_it(
    desk: Desk, copy: Path
) -> None:
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("as_of: 2025-12-12", "as_of: 12 Dec 2025"), encoding="utf-8")
    with desk.program(copy):
        lacking = "The file gives no as-of day that can be read"
        assert desk.window.windowTitle().endswith(f" – {lacking} – Charthouse")
        assert lacking in desk.seen(desk.window)

        copy.write_text(text, encoding="utf-8")
        desk.press(Qt.Key.Key_R, CTRL)

        assert desk.window.windowTitle().endswith(" – As of 12 Dec 2025 – Charthouse")


def test_a_record_with_an_error_is_left_out_listed_and_led_to(desk: Desk, copy: Path) -> None:
    line = break_record(copy)
    with desk.program(copy):
        assert "1 record left out" in desk.seen(desk.notice())
        assert "$430 million" not in desk.seen(desk.pane())
        assert "error" in desk.window.problem_link.words()

        desk.click(desk.find(Button, "Show problems", desk.notice()))

        view = desk.window.drawer.findChild(ProblemsView)
        assert view is not None
        told = desk.seen(view)
        assert f"line {line}, column 11" in told
        assert "facts.bien-hoa-commitment-2025.when" in told
        assert "2025-05-08" in told, "it says what is accepted"


def test_a_press_on_a_problem_leads_to_its_record_where_it_was_read(desk: Desk, copy: Path) -> None:
    text = copy.read_text(encoding="utf-8")
    start = text.index("en: ", text.index("summary:", text.index("\n  dioxin:\n"))) + len("en: ")
    copy.write_text(f"{text[:start]}Some 560 here. {text[start:]}", encoding="utf-8")
    with desk.program(copy):
        desk.click(desk.window.problem_link)
        view = desk.window.drawer.findChild(ProblemsView)
        assert view is not None
        rows = [view.rows.row(key) for key in view.rows.keys()]  # noqa: SIM118
        named = [row for row in rows if row and "560" in row.accessibleName()]
        assert len(named) == 1
        assert isinstance(named[0], Row)
        desk.tab_to(named[0])

        desk.press(Qt.Key.Key_Return)

        assert desk.window.current_tab() == "areas"
        assert not desk.window.drawer.isVisible()
        assert "Some 560 here." in desk.seen(desk.pane())


def test_the_facts_pane_says_how_many_are_left_out_and_leads_there(desk: Desk, copy: Path) -> None:
    break_record(copy)
    with desk.program(copy):
        desk.press(Qt.Key.Key_6, CTRL)
        pane = desk.pane()
        assert isinstance(pane, FactsPane)

        desk.click(pane.bar.left_out_link)

        assert desk.window.drawer.findChild(ProblemsView) is not None


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.yaml"
    path.write_bytes(facts_file(3_000))
    assert path.stat().st_size > LARGE_BYTES
    return path


def test_a_large_file_is_read_beside_the_work_with_progress(
    opened: Desk, large: Path, slow_disk: threading.Event
) -> None:
    told: list[str] = []
    threads: list[bool] = []
    notice = opened.notice()
    say = notice.set_words

    def set_words(words: str) -> None:
        threads.append(QThread.currentThread() is QApplication.instance().thread())  # type: ignore[union-attr]
        told.append(words)
        say(words)

    notice.set_words = set_words  # type: ignore[method-assign]
    choose_file(opened, large)
    assert "Reading" in opened.seen(notice)

    slow_disk.set()
    opened.wait_until(lambda: facts_shown(opened) == 3_000)

    assert not notice.isVisible()
    shares = [int(words.rpartition(" ")[2].removesuffix("%")) for words in told]
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert all(threads), "widgets are touched from the thread that paints alone"
    assert opened.window.file_words.text() == "large.yaml, saved"


def test_reading_a_large_file_can_be_called_off(
    opened: Desk, large: Path, slow_disk: threading.Event
) -> None:
    facts = facts_shown(opened)
    choose_file(opened, large)

    opened.click(opened.find(Button, "Cancel", opened.notice()))

    slow_disk.set()
    assert not opened.notice().isVisible()
    assert opened.app.workspace.jobs.shut_down(60)
    opened.settle()
    assert facts_shown(opened) == facts
    assert opened.window.file_words.text() == "facts.yaml, saved"


def test_a_large_file_that_is_broken_is_refused_as_a_small_one(opened: Desk, large: Path) -> None:
    with large.open("ab") as file:
        file.write(b"facts: [")
    facts = facts_shown(opened)

    choose_file(opened, large)
    opened.wait_until(lambda: str(large) in opened.notice().words())

    assert "What was open stays." in opened.notice().words()
    assert facts_shown(opened) == facts


def test_links_in_the_status_line_are_links(opened: Desk) -> None:
    opened.tab_to(opened.window.problem_link)

    opened.press(Qt.Key.Key_Space)

    assert isinstance(opened.window.problem_link, Link)
    assert opened.window.drawer.findChild(ProblemsView) is not None
