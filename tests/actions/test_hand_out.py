"""A briefing is handed out beside the work: asked for in the drawer, written page by page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from desktop.files.given import last_given
from desktop.panes.handout_view import HandoutView
from desktop.widgets.radio_button import RadioButton
from tests.desk import CTRL, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    with Desk(qtbot, qapp, tmp_path).program() as open_desk:
        yield open_desk


def opened(desk: Desk) -> HandoutView:
    desk.press(Qt.Key.Key_H, CTRL | SHIFT)
    (view,) = desk.window.findChildren(HandoutView)
    return view


def test_a_pdf_is_written_to_the_folder_that_was_chosen(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened(desk)
    desk.prompts.answers = [tmp_path / "out"]
    view.write_button.click()
    qtbot.waitUntil(lambda: view.told.text().startswith("Wrote 1 file"))

    assert (tmp_path / "out" / "washington-desk.pdf").read_bytes().startswith(b"%PDF")
    assert view.write_button.isEnabled()


@pytest.mark.parametrize("size", [(1024, 640), (1366, 728)])
def test_in_a_low_window_choices_scroll_and_buttons_stay_in_view(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.window.resize(*size)
    view = opened(desk)
    desk.settle()

    boxes = [*view.extras.values(), *view.findChildren(RadioButton)]
    assert len(boxes) == 13
    assert all(box.height() >= box.sizeHint().height() for box in boxes)
    for button in (view.write_button, view.print_button):
        assert not button.visibleRegion().isEmpty()
        assert button.visibleRegion().boundingRect() == button.rect()


def test_its_pages_are_shown_before_they_are_printed(desk: Desk) -> None:
    view = opened(desk)
    view.print_button.click()

    assert len(PdfReader(io.BytesIO(desk.prompts.printed)).pages) > 1
    assert len(desk.prompts.said) == 1


def test_what_was_handed_out_is_remembered(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    view = opened(desk)
    view.formats.choose("html")
    desk.prompts.answers = [tmp_path / "out"]
    view.write_button.click()
    qtbot.waitUntil(lambda: view.told.text().startswith("Wrote"))

    folder = desk.app.present.giving.folder
    file = desk.app.workspace.file
    assert file is not None
    given = last_given(folder, str(file.path), "washington-desk")
    assert given is not None
    assert "bien-hoa-commitment-2025" in given.facts


def test_it_can_be_stopped_and_no_broken_file_stays(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened(desk)
    desk.prompts.answers = [tmp_path / "out"]
    view.write_button.click()
    assert view.stop_button.isVisible()
    view.stop_button.click()

    assert view.told.text().startswith("Stopped")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    view = opened(desk)
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("here")
    desk.prompts.answers = [in_the_way]
    view.write_button.click()
    qtbot.waitUntil(lambda: view.told.text().startswith("Not written"))

    assert "Choose another folder" in view.told.text()


def test_paper_is_only_for_pdf_and_words_only_for_pages(desk: Desk) -> None:
    view = opened(desk)
    assert view.papers.isEnabled()

    view.formats.choose("png")

    assert not view.papers.isEnabled()
    assert not view.extras["notes"].isEnabled()
    assert view.extras["backups"].isEnabled()
    assert view.wanted().extras == frozenset()


def test_declining_the_folder_writes_nothing(desk: Desk) -> None:
    view = opened(desk)
    desk.prompts.answers = [None]
    view.write_button.click()

    assert view.told.text() == ""
