"""The window around the panes: tabs, words, menu and drawer; the journeys tell of it as a whole."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.actions.registry import Action
from desktop.model.changes import SetField
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import About, Area, Fact, Measure, Place, Source
from desktop.panes.pane import Pane
from desktop.widgets.text import ElidedText, Text
from desktop.window import Tab, Window
from tests.panes.conftest import facts_path, workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

__all__ = ["facts_path", "workspace"]


class Counting(Pane):
    """A pane that says how often it was filled, with a line to put the focus in."""

    shows = frozenset({Fact})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.filled = 0
        self.line = QLineEdit()
        self.words = Text()
        content = QWidget()
        column = QVBoxLayout(content)
        column.addWidget(self.line)
        column.addWidget(self.words)
        self.set_content(content)

    def refresh(self, dossier: Dossier) -> None:
        self.filled += 1
        self.words.setText(f"{len(dossier.facts)} facts")


@pytest.fixture
def made() -> list[str]:
    """The tabs whose panes have been made, in order."""
    return []


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace, made: list[str]) -> Window:
    def tab(tab_id: str) -> Tab:
        def make(workspace: Workspace) -> Pane:
            made.append(tab_id)
            return Counting(workspace)

        return Tab(tab_id, tab_id.capitalize, make)

    window = Window(workspace, [tab(each) for each in ("overview", "areas", "facts")])
    qtbot.addWidget(window)
    window.restore()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def counting(window: Window, tab_id: str) -> Counting:
    pane = window.pane(tab_id)
    assert isinstance(pane, Counting)
    return pane


def test_a_pane_is_made_and_filled_once_when_it_is_first_shown(
    window: Window, made: list[str]
) -> None:
    assert made == ["overview"]

    window.show_tab("facts")
    window.show_tab("overview")
    window.show_tab("facts")

    assert made == ["overview", "facts"]
    assert counting(window, "facts").filled == 1
    assert counting(window, "facts").isVisible()
    assert not counting(window, "overview").isVisible()


def test_an_unknown_tab_leaves_the_one_in_view(window: Window) -> None:
    window.show_tab("nowhere")

    assert window.current_tab() == "overview"
    with pytest.raises(ValueError, match="nowhere"):
        window.pane("nowhere")


def test_stepping_goes_round(window: Window) -> None:
    window.step_tab(-1)
    assert window.current_tab() == "facts"
    window.step_tab(1)
    window.step_tab(1)
    assert window.current_tab() == "areas"


@pytest.mark.parametrize(
    ("kind", "tab"),
    [(Area, "areas"), (Fact, "facts"), (Source, "facts"), (Place, "facts"), (Measure, "facts")],
)
def test_what_is_to_be_revealed_raises_its_home_and_shuts_the_drawer(
    window: Window, workspace: Workspace, kind: type, tab: str
) -> None:
    window.open_drawer("A closer look", QWidget())

    workspace.selection.reveal("whatever", kind)

    assert window.current_tab() == tab
    assert not window.drawer.isVisible()


def test_the_title_says_what_it_is_of_which_day_and_whether_it_is_saved(
    window: Window, workspace: Workspace
) -> None:
    assert window.windowTitle() == "A small file – As of 12 Dec 2025 – Charthouse"

    workspace.store.apply(SetField(Ref(Fact, "remains"), "scope", None))
    assert "•" not in window.windowTitle(), "nothing differs"
    workspace.store.apply(SetField(Ref(Fact, "remains"), "stage", "committed"))
    assert window.windowTitle().startswith("A small file •")

    workspace.store.undo()
    assert "•" not in window.windowTitle()


def test_the_age_of_the_file_is_told_anew_on_another_day(
    window: Window, workspace: Workspace
) -> None:
    assert "8 days old" in words(window)
    workspace.today = lambda: datetime.date(2025, 12, 21)

    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))

    assert "9 days old" in words(window)


def words(window: Window) -> str:
    return "\n".join(label.text() for label in window.findChildren(Text))


@pytest.mark.parametrize("marking", [None, "CUI", "UNCLASSIFIED <b>bold</b>"])
def test_the_marking_runs_along_the_top_and_the_bottom(
    window: Window, workspace: Workspace, marking: str | None
) -> None:
    workspace.store.apply(SetField(Ref(About, "about"), "marking", marking))

    for banner in (window.top_banner, window.bottom_banner):
        assert banner.words() == (marking or "NOT MARKED")
        assert banner.width() == window.width()
    assert window.top_banner.y() == 0
    assert window.bottom_banner.geometry().bottom() == window.height() - 1


def test_the_menu_holds_the_actions_by_group_with_the_submenus_where_they_belong(
    window: Window,
) -> None:
    done: list[str] = []
    registry = window.actions_registry
    registry.add(
        [
            Action("view.dark", "Dark", lambda: done.append("dark")),
            Action("file.quit", "Quit", lambda: done.append("quit")),
            Action("file.open", "Open", lambda: done.append("open"), "Ctrl+O"),
        ]
    )
    lately = QMenu("Opened lately", window)
    lately.setObjectName("file")

    window.build_menu([lately])

    groups = window.menu_button.menu().actions()
    assert [entry.text() for entry in groups] == ["File", "View"]
    file = groups[0].menu()
    assert isinstance(file, QMenu)
    entries = [entry for entry in file.actions() if not entry.isSeparator()]
    assert [entry.text() for entry in entries] == ["Open", "Opened lately", "Quit"]
    entries[0].trigger()
    assert done == ["open"]


def test_escape_shuts_the_drawer_also_after_its_pressed_button_is_dead(
    qtbot: QtBot, window: Window
) -> None:
    button = QPushButton("Replace")
    button.clicked.connect(lambda: button.setEnabled(False))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open_drawer("Find and replace", button)
    button.setFocus()

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)

    assert not window.drawer.isVisible()


def test_the_drawer_stands_over_the_pane_and_keeps_its_place_on_resize(window: Window) -> None:
    content = Text("A closer look")
    window.open_drawer("Source", content)

    for wide, high in ((1500, 800), (900, 600)):
        window.resize(wide, high)
        QApplication.processEvents()
        stack = window.drawer.parentWidget()
        assert stack is not None
        assert window.drawer.geometry().right() == stack.width() - 1
        assert window.drawer.height() == stack.height()

    window.show_tab("facts")
    assert window.drawer.isVisible()
    assert stack.children()[-1] is window.drawer, "it lies over the pane that came"
    assert content.isVisible()


def test_what_stood_in_the_drawer_is_gone_at_once(window: Window) -> None:
    before = Text("Before")
    window.open_drawer("One", before)

    window.open_drawer("Two", Text("After"))

    assert not before.isVisible()


def test_the_way_back_from_the_drawer_is_where_one_was(window: Window) -> None:
    line = counting(window, "overview").line
    line.setFocus()
    window.open_drawer("One", QWidget())
    assert not line.hasFocus()

    QTest.keyClick(window.drawer, Qt.Key.Key_Escape)

    assert line.hasFocus()
    assert window.drawer.isHidden()


def test_the_window_keeps_where_it_stood(window: Window, workspace: Workspace) -> None:
    window.setGeometry(QRect(30, 40, 1000, 600))
    workspace.selection.select("remains")
    window.show_tab("areas")

    window.close()

    settings = workspace.settings
    assert settings.geometry == QRect(30, 40, 1000, 600)
    assert not settings.maximised
    assert settings.tab == "areas"
    assert settings.selection == "facts/remains"


def test_a_maximised_window_keeps_what_it_goes_back_to(
    window: Window, workspace: Workspace
) -> None:
    window.setGeometry(QRect(30, 40, 1000, 600))
    window.showMaximized()

    window.close()

    assert workspace.settings.maximised
    assert workspace.settings.geometry == QRect(30, 40, 1000, 600)


def test_in_the_narrowest_window_everything_in_the_header_has_its_place(
    window: Window, workspace: Workspace
) -> None:
    window.resize(window.minimumSize())
    QApplication.processEvents()

    spans = [
        QRect(part.mapTo(window, part.rect().topLeft()), part.size())
        for part in (window.tab_bar, window.search, window.menu_button)
    ]
    assert all(window.rect().contains(span) for span in spans)
    for left, right in pairwise(spans):
        assert left.right() < right.left()


def test_the_theme_recolours_the_menu_button(window: Window, workspace: Workspace) -> None:
    before = window.menu_button.icon().cacheKey()

    workspace.theme.set_mode("dark")

    assert window.menu_button.icon().cacheKey() != before
    workspace.theme.set_mode("light")


def test_what_the_window_offers_is_asked_of_others(qtbot: QtBot, window: Window) -> None:
    for part, signal in (
        (window.search, window.search_requested),
        (window.problem_link, window.problems_requested),
        (window.audience_link, window.audience_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert window.findChildren(QAction) == []


def test_the_day_the_file_speaks_of_is_whole_in_the_narrowest_window(
    workspace: Workspace, qtbot: QtBot
) -> None:
    names = ("Overview", "Cooperation areas", "War legacy", "South China Sea", "Timeline")

    def tab(name: str) -> Tab:
        return Tab(name, lambda: name, lambda given: Counting(given))

    window = Window(workspace, [tab(each) for each in (*names, "Facts", "Briefings")])
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    as_of = next(each for each in window.findChildren(ElidedText) if "As of" in each.text())
    day = as_of.text().split(",")[0]

    assert as_of.width() >= as_of.fontMetrics().horizontalAdvance(day + ", …")
    as_of.grab()
    assert as_of.short == day == "As of 12 Dec 2025"
    assert as_of.toolTip() == as_of.text()
