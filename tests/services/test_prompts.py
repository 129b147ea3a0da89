"""Dialogs say what they are given, letter for letter, and return what was chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox, QWidget

from desktop.services.prompts import Prompts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Prompts:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Prompts(window)


def when_it_opens(act: Callable[[QMessageBox], None]) -> None:
    """Have ``act`` done to the message box that is about to open."""

    def do() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)

    QTimer.singleShot(0, do)


def press(words: str) -> Callable[[QMessageBox], None]:
    def do(box: QMessageBox) -> None:
        next(one for one in box.buttons() if one.text() == words).click()

    return do


def test_the_answer_taken_is_the_one_returned(qtbot: QtBot, desk: Prompts) -> None:
    answers = ["Save", "R&D only", "Cancel"]
    when_it_opens(press("R&&D only"))
    assert desk.choose("Unsaved changes", "Save them?", answers) == 1


def test_enter_takes_the_default_and_escape_declines(qtbot: QtBot, desk: Prompts) -> None:
    answers = ["Open", "Cancel"]
    when_it_opens(lambda box: qtbot.keyClick(box, Qt.Key.Key_Return))
    assert desk.choose("Open a page", "?", answers) == 0
    when_it_opens(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert desk.choose("Open a page", "?", answers) == 1


def test_markup_in_an_error_is_shown_as_it_stands(qtbot: QtBot, desk: Prompts) -> None:
    seen: list[str] = []
    formats: set[Qt.TextFormat] = set()

    def look(box: QMessageBox) -> None:
        seen.append(box.text())
        labels = [label for label in box.findChildren(QLabel) if label.text()]
        formats.update(label.textFormat() for label in labels)
        box.reject()

    when_it_opens(look)
    words = '<img src="file:///etc/passwd"> & <b>facts.yaml</b>'
    desk.tell_error("The file was not opened", words, "Mend line 3 and open it again.")
    assert seen == [f"{words}\n\nMend line 3 and open it again."]
    assert formats == {Qt.TextFormat.PlainText}


def test_a_file_that_is_picked_is_returned(qtbot: QtBot, desk: Prompts, tmp_path: Path) -> None:
    facts = tmp_path / "sự kiện.yaml"
    facts.write_text("charthouse: 1\n", encoding="utf-8")

    def pick() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert name is not None
        name.setText(facts.name)
        qtbot.keyClick(name, Qt.Key.Key_Return)

    QTimer.singleShot(0, pick)
    assert desk.file_to_open("Open facts", "Facts (*.yaml *.yml)", tmp_path) == facts


def test_declining_a_place_to_save_returns_none(
    qtbot: QtBot, desk: Prompts, tmp_path: Path
) -> None:
    def decline() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.reject()

    QTimer.singleShot(0, decline)
    proposed = tmp_path / "facts.yaml"
    assert desk.place_to_save("Save facts", "Facts (*.yaml)", proposed) is None
    assert not proposed.exists()
