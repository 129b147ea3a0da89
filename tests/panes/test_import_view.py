"""A table is looked through before it comes in, and comes in as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.model.values import Quantity
from desktop.panes.import_view import ImportView
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace
    from tests.scripted import ScriptedPrompts

CELLS = (
    "Statement\tAmount\tWhen it was\tArea\tSource\tQuotation\n"
    "A call at Cam Ranh.\t3 ships\t2025-03\tPort visits\therald\tthree ships called\n"
    "An early estimate of the cost.\tabout 260 million usd\t2018\t\t\t\n"
    "A bad one.\t-3 ships\t2025\tPort visits\therald\tminus three\n"
)


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace) -> ImportView:
    view = ImportView(workspace)
    qtbot.addWidget(view)
    view.resize(700, 800)
    view.show()
    return view


def paste(qtbot: QtBot, view: ImportView, cells: str) -> None:
    QGuiApplication.clipboard().setText(cells)
    view.focus_first()
    qtbot.keyClick(view.file_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def seen(view: ImportView) -> list[str]:
    return [each.text() for each in view.findChildren(Text) if not each.isHidden()]


def choose(view: ImportView, column: int, words: str) -> None:
    box = view.boxes[column]
    box.setCurrentIndex(box.findText(words))


def test_pasted_cells_show_what_each_row_would_do(qtbot: QtBot, view: ImportView) -> None:
    paste(qtbot, view, CELLS)

    fields = [box.currentText() for box in view.boxes]
    assert fields == ["Statement", "Value", "leave out", "Area", "Source", "Quotation"]
    choose(view, 2, "Date")
    assert "1 row adds a fact, 1 row changes a fact, 1 row is refused" in seen(view)
    assert "“-3 ships” is negative; an amount is zero or more." in seen(view)
    assert "Changes value" in seen(view)
    assert "Adds a fact" in seen(view), "it is only said what would be done"
    assert view.import_button.text() == "Import 2 facts"


def test_what_might_be_meant_is_asked_once(qtbot: QtBot, view: ImportView) -> None:
    paste(qtbot, view, CELLS.replace("3 ships\t2025-03", "3 shipz\t2025-03"))

    assert "The unit “shipz” is not declared under units; did you mean “ships”?" in seen(view)


def test_what_the_dry_run_said_comes_in_as_one_step(
    qtbot: QtBot, view: ImportView, workspace: Workspace
) -> None:
    before = workspace.store.dossier
    paste(qtbot, view, CELLS)
    choose(view, 2, "Date")

    qtbot.mouseClick(view.import_button, Qt.MouseButton.LeftButton)

    facts = workspace.store.dossier.facts
    assert facts["a-call-at-cam-ranh"].value == Quantity.parse("3 ships")
    assert facts["a-call-at-cam-ranh"].area == "visits"
    assert facts["old-estimate"].value == Quantity.parse("about 260 million usd")
    assert "a-bad-one" not in facts
    assert view.report.words().startswith("2 records changed.")
    assert "2 rows say nothing new, 1 row is refused" in seen(view)
    workspace.store.undo()
    assert workspace.store.dossier == before


def test_a_file_is_chosen_and_what_cannot_be_read_says_why(
    qtbot: QtBot, view: ImportView, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("statement;value\nA call.;1 ships\n", encoding="utf-8")
    broken = tmp_path / "broken.csv"
    broken.write_bytes("Biên Hòa".encode("cp1258", errors="replace"))
    prompts.answers = [table, broken, tmp_path / "nowhere.csv"]

    qtbot.mouseClick(view.file_button, Qt.MouseButton.LeftButton)
    assert "calls.csv" in seen(view)
    assert len(view.boxes) == 2

    qtbot.mouseClick(view.file_button, Qt.MouseButton.LeftButton)
    assert any("is not UTF-8; save the file as UTF-8" in words for words in seen(view))
    qtbot.mouseClick(view.file_button, Qt.MouseButton.LeftButton)
    assert any("could not be read" in words for words in seen(view))
    assert len(view.boxes) == 2  # what was looked at stays


def test_without_headings_the_first_row_is_a_fact_too(qtbot: QtBot, view: ImportView) -> None:
    paste(qtbot, view, "A call.\t1 ships\nAnother call.\t2 ships\n")
    assert not view.has_head.isChecked()
    assert "No row says anything of a fact." in seen(view)

    choose(view, 0, "Statement")

    assert "2 rows are refused" in seen(view)  # nobody is cited for them


def test_before_a_table_is_there_it_says_what_can_be_brought_in(view: ImportView) -> None:
    assert "CSV, TSV, or cells copied in a spreadsheet" in seen(view)
    assert not view.import_button.isVisible()


def test_a_long_table_is_looked_through_beside_the_work(
    qtbot: QtBot, view: ImportView, workspace: Workspace
) -> None:
    rows = [f"Call number {n}.\t{n} ships\tvisits\therald\tquoted {n}" for n in range(1, 1501)]
    head = "Statement\tAmount\tArea\tSource\tQuotation"
    paste(qtbot, view, "\n".join([head, *rows]))

    assert "1,500 rows add a fact each" in seen(view)
    assert any("counts as 6" in words for words in seen(view))
    qtbot.mouseClick(view.import_button, Qt.MouseButton.LeftButton)
    assert len(workspace.store.dossier.facts) > 1500
    workspace.store.undo()
    assert len(workspace.store.dossier.facts) < 100
