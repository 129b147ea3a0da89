"""The panel that lies over a window: results by group, walked from the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop.widgets.search_panel import Result, ResultGroup, SearchPanel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme

GROUPS = [
    ResultGroup("Boats", [Result(1, "Swift", "Boat"), Result(2, "Slow", "Boat", "Ctrl+S")]),
    ResultGroup("Birds", [Result(3, "<b>Swift</b> & co", "Bird")]),
]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> SearchPanel:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    panel = SearchPanel(theme, "Search boats and birds", window)
    window.show()
    panel.open()
    panel.show_groups(GROUPS)
    return panel


def test_its_list_is_a_well_behaved_model(panel: SearchPanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.results.model())


def test_headings_are_passed_over(qtbot: QtBot, panel: SearchPanel) -> None:
    met = []
    for _ in range(4):
        current = panel.results.current()
        assert current is not None
        met.append(current.key)
        qtbot.keyClick(panel.box, Qt.Key.Key_Down)
    assert met == [1, 2, 3, 3]
    for _ in range(4):
        qtbot.keyClick(panel.box, Qt.Key.Key_Up)
    current = panel.results.current()
    assert current is not None
    assert current.key == 1


def test_enter_gives_the_key_of_the_result_that_is_marked(qtbot: QtBot, panel: SearchPanel) -> None:
    chosen: list[tuple[object, bool]] = []
    panel.chosen.connect(lambda key: chosen.append((key, panel.isVisible())))
    qtbot.keyClick(panel.box, Qt.Key.Key_Tab)
    qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    assert chosen == [(3, False)]


def test_enter_on_nothing_does_nothing(qtbot: QtBot, panel: SearchPanel) -> None:
    panel.show_groups([], "Nothing.")
    panel.chosen.connect(lambda _key: pytest.fail("something was chosen"))
    qtbot.keyClick(panel.box, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert panel.message.text() == "Nothing."


def test_words_are_shown_as_they_stand(panel: SearchPanel) -> None:
    results = panel.results
    index = results.model().index(4, 0)
    place = results.visualRect(index).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, results.mapToGlobal(place))
    results.itemDelegate().helpEvent(event, results, QStyleOptionViewItem(), index)
    assert "&lt;b&gt;Swift" in results.viewport().toolTip()


def test_a_screen_reader_hears_the_box_and_what_enter_would_take(
    qtbot: QtBot, panel: SearchPanel
) -> None:
    told = QAccessible.queryAccessibleInterface(panel.box)
    assert told.text(QAccessible.Text.Name) == "Search boats and birds"
    qtbot.keyClick(panel.box, Qt.Key.Key_Down)
    assert told.text(QAccessible.Text.Description) == "Slow, Ctrl+S, Boat"


def test_the_marked_row_is_tinted_in_light_and_in_dark(panel: SearchPanel, theme: Theme) -> None:
    area = panel.results.visualRect(panel.results.currentIndex())
    for mode in ("light", "dark"):
        theme.set_mode(mode)  # type: ignore[arg-type]
        shot = panel.results.viewport().grab(area).toImage()
        assert shot.pixelColor(area.width() // 2, area.height() // 2) == theme.colours.chosen
    theme.set_mode("light")
