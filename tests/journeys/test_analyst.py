"""An article arrives: its facts go in with their words, a difference is settled, the file is saved.

The article and what it says are made up.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.files.facts_file import FactsFile
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.states import states_of
from desktop.panes.changes_view import ChangesView
from desktop.panes.facts import FactsPane
from desktop.panes.facts_columns import Column
from desktop.panes.form_lists import CitationEditor, ItemsEditor
from desktop.widgets.link import Link
from tests.desk import CTRL, SHIPPED, Desk

if TYPE_CHECKING:
    from pathlib import Path

SHIFT = Qt.KeyboardModifier.ShiftModifier
ADDRESS = "https://www.daily.example/2026/01/19/ten-aircraft-and-a-call"
SOURCE = "daily-2026-01-19"
KNOWN = "t6c-ordered"
NEW = "two-ships-call-at-cam-ranh"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The shipped facts, as they were committed last."""
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "facts.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    for words in ("init -q", "add facts.yaml"):
        subprocess.run(["git", *words.split()], cwd=folder, check=True)
    names = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    subprocess.run(["git", *names, "commit", "-qm", "Facts"], cwd=folder, check=True)
    return path


def changed_lines(path: Path) -> list[str]:
    """The lines that git would show, without those around them."""
    done = subprocess.run(
        ["git", "diff", "-U0", "--", path.name],
        cwd=path.parent,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    return [each for each in lines if each[:1] in "+-" and each[:3] not in ("+++", "---")]


class Analyst:
    """Somebody with the article beside the keyboard."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.press(Qt.Key.Key_6, CTRL)
        pane = desk.pane()
        assert isinstance(pane, FactsPane)
        self.pane = pane

    def write(self, words: str, name: str, within: QWidget | None = None) -> None:
        """Write into the field of this name, and Enter."""
        root = within or self.pane.form
        fields = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
        found = [each for each in fields if each.isVisible() and each.accessibleName() == name]
        assert len(found) == 1, f"{len(found)} fields are named {name!r}"
        found[0].setFocus()
        found[0].selectAll()
        self.desk.type(words)
        self.desk.press(Qt.Key.Key_Return)

    def cite(self, quote: str) -> CitationEditor:
        """Cite the article for the fact in the form."""
        page = self.pane.form.page
        assert page is not None
        citations = page.editors["citations"]
        assert isinstance(citations, ItemsEditor)
        self.desk.click(citations.add_button)
        citation = citations.items[-1]
        assert isinstance(citation, CitationEditor)
        for name, words in (("Source", SOURCE), ("Quotation", quote), ("Credibility", "2")):
            self.write(words, name, citation)
        return citation

    def add_source(self) -> None:
        self.desk.press(Qt.Key.Key_N, CTRL | SHIFT)
        self.write(ADDRESS, "Address")
        self.write("Ten aircraft and a call", "Title")
        self.write("The Daily", "Publisher")
        self.write("2026-01-19", "Published")
        self.write("C", "Reliability")
        self.desk.press(Qt.Key.Key_Return, CTRL)

    def add_fact(self) -> None:
        self.desk.press(Qt.Key.Key_N, CTRL)
        self.write("Two ships call at Cam Ranh.", "Statement, English")
        self.write("event", "Kind")
        self.write("2026-01-18", "Date")
        self.write("Visits and calls", "Area")
        self.cite("two ships called at Cam Ranh on Sunday")
        self.desk.press(Qt.Key.Key_Return, CTRL)

    def cite_for_known_fact(self) -> None:
        """Find the fact that the article speaks of, and say what it says otherwise."""
        self.desk.press(Qt.Key.Key_F, CTRL)
        self.desk.type(KNOWN)
        self.desk.press(Qt.Key.Key_Down)
        self.desk.press(Qt.Key.Key_E)
        citation = self.cite("ten training aircraft were contracted")
        self.desk.click(self.desk.find(Link, "It says something else", citation))
        self.write("10 aircraft", "Value", citation)

    def state(self) -> str:
        row = self.pane.table.row_of(KNOWN)
        words = self.pane.table.index(row, Column.STATE).data()
        assert isinstance(words, str)
        return words


def test_an_article_goes_into_the_facts_and_git_shows_those_lines_only(
    desk: Desk, repository: Path
) -> None:
    with desk.program(repository):
        analyst = Analyst(desk)
        store = desk.app.workspace.store
        before = analyst.state()

        analyst.add_source()
        assert SOURCE in store.dossier.sources
        analyst.add_fact()
        assert NEW in store.dossier.facts
        analyst.cite_for_known_fact()

        assert before == "One source"
        assert analyst.state() == "Sources differ"
        desk.press(Qt.Key.Key_Escape)
        assert "Says otherwise: 10 aircraft" in desk.seen(analyst.pane)

        desk.press(Qt.Key.Key_J, CTRL)
        drawer = desk.window.drawer
        assert "ten training aircraft were contracted" in desk.seen(drawer)
        say = desk.focus()
        assert say is not None
        desk.type("Twelve; the Daily leaves out two.")
        desk.press(Qt.Key.Key_Return, CTRL)
        desk.press(Qt.Key.Key_Escape)
        reading = store.dossier.fact(KNOWN).reading
        assert reading is not None
        assert "Twelve; the Daily" in desk.seen(analyst.pane)

        desk.press(Qt.Key.Key_D, CTRL | SHIFT)
        view = drawer.findChild(ChangesView)
        assert view is not None
        assert view.words().endswith("in 3 records")
        told = int(view.words().split()[0])
        desk.click(desk.find(QPushButton, "Save", drawer))

        assert store.is_saved()
        assert desk.window.file_words.text() == "facts.yaml, saved"

    lines = changed_lines(repository)
    assert len([each for each in lines if each != "+"]) == told, "blank lines part records"
    assert [each for each in lines if each.startswith("-")] == []
    text = "\n".join(lines)
    for words in (SOURCE, NEW, "10 aircraft", "Twelve; the Daily", "ten training aircraft"):
        assert words in text
    saved = FactsFile.open(repository).reading
    assert saved.dossier == store.dossier
    assert not [each for each in saved.problems if each.severity == "error"]
    fact = saved.dossier.fact(KNOWN)
    assert "sources-differ" in states_of(saved.dossier, fact)
    assert saved.dossier.find(Ref(Fact, NEW)) is not None


def test_what_is_typed_and_in_no_fact_is_asked_about_before_the_window_closes(
    desk: Desk, repository: Path
) -> None:
    with desk.program(repository):
        analyst = Analyst(desk)
        desk.press(Qt.Key.Key_N, CTRL)
        analyst.write("Begun, and not added.", "Statement, English")
        desk.press(Qt.Key.Key_1, CTRL)
        desk.prompts.answers = ["Go back"]

        desk.window.close()

        assert desk.window.isVisible()
        assert desk.window.current_tab() == "facts"
        assert "What you typed for 1 record is in no fact yet" in " ".join(desk.prompts.said)
        desk.prompts.answers = ["Discard it"]
    assert changed_lines(repository) == []


def test_what_is_being_typed_is_settled_before_the_window_closes(
    desk: Desk, repository: Path
) -> None:
    with desk.program(repository):
        analyst = Analyst(desk)
        analyst.pane.edit(Ref(Fact, KNOWN))
        desk.settle()
        page = analyst.pane.form.page
        assert page is not None
        page.editors["value"].first().setFocus()
        desk.press(Qt.Key.Key_A, CTRL)
        desk.type("13 aircraft")
        desk.prompts.answers = ["Save"]
    assert [each[1:].strip() for each in changed_lines(repository)] == [
        "value: 12 aircraft",
        "value: 13 aircraft",
    ]
