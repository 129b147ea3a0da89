"""Search over everything, typed and walked as from Ctrl+K."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.actions.registry import Action, Registry
from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Area, Fact, Place, Source
from desktop.model.values import LocalText
from desktop.panes.search import Search

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace


class Desk(QWidget):
    """A window with a field that had the focus, and two actions."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.done: list[str] = []
        self.may_undo = True
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)
        self.registry = Registry(self)
        self.registry.add(
            [
                Action(
                    "edit.undo",
                    "Undo",
                    lambda: self.done.append("undo"),
                    "Ctrl+Z",
                    lambda: self.may_undo,
                ),
                Action("view.remains", "Remains as a ledger", lambda: self.done.append("ledger")),
            ]
        )

    def search(self) -> Search:
        return Search.open_over(self, self.workspace, self.registry)


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace) -> Desk:
    desk = Desk(workspace)
    qtbot.addWidget(desk)
    desk.resize(1100, 800)
    desk.show()
    desk.field.setFocus()
    return desk


def lines(search: Search) -> list[str]:
    """Headings and results as a screen reader tells them, from the top."""
    model = search.panel.results.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(spoken) for row in range(model.rowCount())]


def type_words(search: Search, words: str) -> None:
    search.panel.box.clear()
    search.panel.box.insert(words)


def test_empty_it_says_what_can_be_searched(desk: Desk) -> None:
    search = desk.search()
    assert search.panel.box.hasFocus()
    assert search.panel.message.text() == (
        "Search 15 facts, 3 places, 4 sources, 4 areas and 2 actions."
    )
    assert lines(search) == []


def test_each_result_names_its_kind_under_the_heading_of_its_group(
    qtbot: QtBot, desk: Desk
) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "rema")
    assert lines(search) == [
        "Facts",
        "Remains handed over, Hoàng Sa <i>not</i> among the places., 8 sets of remains, "
        "Fact · Missing persons · about May 2024 – 8 May 2025",
        "Actions",
        "Remains as a ledger, Action",
    ]
    assert not search.panel.message.isVisible()


def test_nothing_found_says_so(qtbot: QtBot, desk: Desk) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "qwertz")
    assert search.panel.message.text() == "Nothing is found for “qwertz”."


def test_the_kind_with_the_best_match_comes_first(qtbot: QtBot, desk: Desk) -> None:
    search = desk.search()
    type_words(search, "da nang")
    assert lines(search)[:2] == ["Places", "Da Nang, Place · port"]
    type_words(search, "undo")
    assert lines(search) == ["Actions", "Undo, Ctrl+Z, Action"]


def test_typed_accents_rank_first_and_plain_letters_find_both(qtbot: QtBot, desk: Desk) -> None:
    search = desk.search()
    type_words(search, "hoàng sa")
    found = lines(search)
    assert found[1].startswith("Remains handed over")
    assert found[2].startswith("A call near Hoang Sa")
    type_words(search, "bien dong")
    assert lines(search) == ["Places", "South China Sea, Place · sea"]


def test_what_is_superseded_comes_behind_what_holds(qtbot: QtBot, desk: Desk) -> None:
    search = desk.search()
    type_words(search, "estimate of the cost")
    assert [line.partition(" of")[0] for line in lines(search)[1:]] == [
        "A revised estimate",
        "An early estimate",
    ]


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("posture", Ref(Fact, "posture")),
        ("đà nẵng", Ref(Place, "port")),
        ("bulletin 12", Ref(Source, "bulletin")),
        ("thăm cảng", Ref(Area, "visits")),
    ],
)
def test_enter_goes_to_where_it_is_at_home(
    qtbot: QtBot, desk: Desk, workspace: Workspace, words: str, ref: Ref
) -> None:
    search = desk.search()
    type_words(search, words)
    with qtbot.waitSignal(workspace.selection.reveal_requested) as asked:
        qtbot.keyClick(search.panel.box, Qt.Key.Key_Return)
    assert asked.args == [ref]
    assert not search.panel.isVisible()


def test_enter_does_an_action_with_the_focus_given_back(qtbot: QtBot, desk: Desk) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "undo")
    qtbot.keyClick(search.panel.box, Qt.Key.Key_Return)
    assert desk.done == ["undo"]
    assert desk.field.hasFocus()


def test_an_action_that_cannot_be_done_now_is_not_offered(qtbot: QtBot, desk: Desk) -> None:
    desk.may_undo = False
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "undo")
    assert lines(search) == []


def test_arrows_walk_the_results_tab_the_groups_and_the_box_tells_which(
    qtbot: QtBot, desk: Desk
) -> None:
    search = desk.search()
    box = search.panel.box
    type_words(search, "call")
    told = [box.accessibleDescription()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(box, key)
        told.append(box.accessibleDescription())
    assert told[0] == lines(search)[1]
    assert told[1] == lines(search)[2]
    assert told[3] == told[1]
    type_words(search, "rema")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.hasFocus()
    assert box.accessibleDescription() == "Remains as a ledger, Action"
    qtbot.keyClick(box, Qt.Key.Key_Backtab)
    assert box.accessibleDescription() == lines(search)[1]


def test_escape_closes_it_whatever_was_typed_and_gives_the_focus_back(
    qtbot: QtBot, desk: Desk
) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "call")
    qtbot.keyClick(search.panel.box, Qt.Key.Key_Escape)
    assert not search.panel.isVisible()
    assert desk.field.hasFocus()
    again = desk.search()
    assert again is search
    assert again.panel.box.text() == ""


def test_a_click_chooses_and_one_beside_closes(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "posture")
    results = search.panel.results
    place = results.visualRect(results.model().index(1, 0, QModelIndex())).center()
    with qtbot.waitSignal(workspace.selection.reveal_requested):
        qtbot.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.search()
    qtbot.mouseClick(search.panel, Qt.MouseButton.LeftButton, pos=QPoint(10, 400))
    assert not search.panel.isVisible()


def test_it_follows_the_facts_while_it_is_open(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "unheard")
    assert lines(search) == []
    statement = LocalText(en="Unheard of until now.")
    workspace.store.apply(SetField(Ref(Fact, "remains"), "statement", statement))
    assert lines(search)[1].startswith("Unheard of until now.")


def test_the_best_few_of_many_say_of_how_many(qtbot: QtBot, desk: Desk) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "clean")
    heading = next(line for line in lines(search) if line.startswith("Facts"))
    assert heading.startswith("Facts, the best 7 of ")


@pytest.mark.parametrize("size", [(880, 560), (1024, 640), (3840, 2160)])
def test_it_stays_within_its_window(qtbot: QtBot, desk: Desk, size: tuple[int, int]) -> None:
    search = desk.search()
    qtbot.keyClicks(search.panel.box, "a")
    desk.resize(*size)
    assert search.panel.size() == desk.size()
    card = search.panel.results.parentWidget()
    assert card is not None
    assert search.panel.rect().contains(card.geometry())
    assert abs(card.geometry().center().x() - search.panel.rect().center().x()) <= 1
