"""Coming in: the welcome page, the sample, a dropped file, one that a second start hands over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.panes.about_view import AboutView
from desktop.panes.crash_view import CrashView
from desktop.panes.welcome_view import WelcomeView
from desktop.services.second_start import bell
from desktop.widgets.button import Button
from tests.desk import SHIPPED, Desk
from tests.services.test_second_start import short_folder, start_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

__all__ = ["short_folder"]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(None):
        yield desk


def welcome(desk: Desk) -> WelcomeView | None:
    return desk.window.findChild(WelcomeView)


def drop(desk: Desk, *urls: QUrl) -> bool:
    """Drop something on the window as a file manager does; whether the window takes it."""
    mime = QMimeData()
    mime.setUrls(urls)
    about = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(desk.window.rect().center(), *about, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, enter)
    if not enter.isAccepted():
        return False
    place = QPointF(desk.window.rect().center())
    QApplication.sendEvent(desk.window, QDropEvent(place, *about, Qt.KeyboardModifier.NoModifier))
    desk.settle()
    return True


def test_without_a_file_one_is_welcomed_and_the_sample_becomes_ones_own(
    desk: Desk, tmp_path: Path
) -> None:
    page = welcome(desk)
    assert page is not None
    assert page.isVisible()
    assert not desk.window.tab_bar.isVisible()

    page.sample_button.click()
    desk.settle()

    copy = tmp_path / "documents" / "Charthouse sample.facts"
    assert copy.read_bytes() == SHIPPED.read_bytes()
    assert desk.window.file_words.text() == "Charthouse sample.facts, saved"
    assert str(copy) in desk.notice().words()
    assert desk.window.tab_bar.isVisible()
    assert desk.pane().isVisible()


def test_the_sample_as_edited_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "documents" / "Charthouse sample.facts"
    copy.parent.mkdir()
    edited = SHIPPED.read_bytes().replace(b"title: {en: U.S.", b"title: {en: Our own U.S.", 1)
    copy.write_bytes(edited)

    page = welcome(desk)
    assert page is not None
    page.sample_button.click()
    desk.settle()

    assert copy.read_bytes() == edited
    assert "Our own" in desk.window.windowTitle()


def test_where_the_documents_cannot_be_written_that_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "documents").write_bytes(b"")

    page = welcome(desk)
    assert page is not None
    page.sample_button.click()

    assert "cannot be written" in desk.notice().words()
    assert page.isVisible()


def test_what_was_opened_lately_is_a_click_away(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(SHIPPED):
        pass
    with desk.program(None):
        page = welcome(desk)
        assert page is not None
        assert [row.accessibleName() for row in page.rows] == [f"facts.yaml, {SHIPPED.parent}"]
        page.rows[0].click()
        desk.settle()
        assert desk.window.file_words.text() == "facts.yaml, saved"


def test_a_file_dropped_on_the_window_opens(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "Báo cáo.facts"
    file.write_bytes(SHIPPED.read_bytes())

    assert drop(desk, QUrl.fromLocalFile(str(file)))

    assert desk.window.file_words.text() == "Báo cáo.facts, saved"


def test_addresses_folders_and_several_files_at_once_are_not_taken(
    desk: Desk, tmp_path: Path
) -> None:
    shipped = QUrl.fromLocalFile(str(SHIPPED))

    assert not drop(desk, QUrl("https://example.org/facts.yaml"))
    assert not drop(desk, QUrl.fromLocalFile(str(tmp_path)))
    assert not drop(desk, shipped, shipped)
    assert welcome(desk) is not None


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_second_start_opens_its_file_in_the_window_that_is_there(
    desk: Desk, short_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    address = bell()
    assert address is not None
    desk.app.welcome.listen()
    assert address.exists()

    with qtbot.waitSignal(desk.app.open_file.changed):
        second = start_again(str(SHIPPED))

    assert second.wait(60) == 0
    assert desk.window.file_words.text() == "facts.yaml, saved"
    desk.app.welcome.close()
    assert not address.exists()


def test_about_tells_versions_and_licences(desk: Desk) -> None:
    desk.window.actions_registry.trigger("help.about").trigger()
    desk.settle()

    view = desk.window.findChild(AboutView)
    assert view is not None
    told = desk.seen(view)
    assert "LGPL-3.0-only" in told
    assert "MIT licence" in told
    assert {"Python", "Qt", "numpy"} <= {part.name for part in view.parts}


def test_a_report_of_an_error_leaves_the_facts_out_until_they_are_wanted(
    desk: Desk, tmp_path: Path
) -> None:
    try:
        raise ValueError("Bien Hoa: $430 million")
    except ValueError as error:
        desk.app.report(type(error), error, error.__traceback__)
    desk.click(desk.find(Button, "Show the report"))
    view = desk.window.findChild(CrashView)
    assert view is not None
    target = tmp_path / "report.txt"

    desk.prompts.answers = [target, target]
    view.save_button.click()
    without = target.read_text(encoding="utf-8")
    view.with_facts.click()
    view.save_button.click()

    assert "Bien Hoa" not in without
    assert "ValueError" in without
    assert str(tmp_path) not in without
    assert "Bien Hoa: $430 million" in target.read_text(encoding="utf-8")


def test_the_program_opens_no_way_to_the_network(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "def watch(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.bind'):\n"
        "        raise SystemExit(f'{event} {arguments}')\n"
        "sys.addaudithook(watch)\n"
        "from desktop.__main__ import main\n"
        "sys.exit(main(['--bench-start', sys.argv[1]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, SHIPPED],
        cwd=SHIPPED.parents[1],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
