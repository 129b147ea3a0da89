"""A row is pressed as one, by pointer or key, and says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.link import Link
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme


class Desk(QWidget):
    """A field, and a row with a link in it."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.row = Row("bien-hoa")
        self.row.set_name("Dioxin remediation at Bien Hoa")
        self.link = Link("VOV", key="vov")
        inside = QHBoxLayout(self.row)
        inside.setContentsMargins(BLEED_PX, 10, BLEED_PX, 10)
        inside.addWidget(Text("Dioxin remediation at Bien Hoa", "heading", wrap=True), 1)
        inside.addWidget(self.link)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.row)
        column.addStretch(1)
        self.pressed: list[object] = []
        self.row.activated.connect(self.pressed.append)
        self.link.activated.connect(self.pressed.append)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(500, 200)
    desk.show()
    desk.activateWindow()
    desk.field.setFocus()
    return desk


def at(row: Row, place: QPoint) -> QColor:
    return row.grab().toImage().pixelColor(place)


def test_a_click_anywhere_on_it_presses_it(qtbot: QtBot, desk: Desk) -> None:
    qtbot.mouseClick(desk.row, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert desk.pressed == ["bien-hoa"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_so_do_enter_and_space(qtbot: QtBot, desk: Desk, key: Qt.Key) -> None:
    qtbot.keyClick(desk.field, Qt.Key.Key_Tab)
    assert desk.row.hasFocus()
    qtbot.keyClick(desk.row, key)
    assert desk.pressed == ["bien-hoa"]


def test_a_link_in_it_is_pressed_alone(qtbot: QtBot, desk: Desk) -> None:
    qtbot.mouseClick(desk.link, Qt.MouseButton.LeftButton)
    qtbot.keyClick(desk.link, Qt.Key.Key_Return)
    assert desk.pressed == ["vov", "vov"]


def test_other_keys_go_on_to_what_holds_it(qtbot: QtBot, desk: Desk) -> None:
    desk.row.setFocus()
    qtbot.keyClick(desk.row, Qt.Key.Key_Escape)
    qtbot.keyClick(desk.row, Qt.Key.Key_Tab)
    assert desk.link.hasFocus()
    assert desk.pressed == []


def test_the_ring_shows_to_those_who_go_by_keyboard(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    edge = QPoint(desk.row.width() // 2, 0)
    qtbot.mouseClick(desk.row, Qt.MouseButton.LeftButton)
    assert desk.row.hasFocus()
    assert at(desk.row, edge) != theme.colours.link
    qtbot.keyClick(desk.row, Qt.Key.Key_Tab)
    qtbot.keyClick(desk.link, Qt.Key.Key_Backtab)
    assert desk.row.hasFocus()
    assert at(desk.row, edge) == theme.colours.link


def test_the_chosen_row_is_marked_and_stays_so_when_pressed(
    qtbot: QtBot, desk: Desk, theme: Theme
) -> None:
    inside = QPoint(6, desk.row.height() // 2)
    assert at(desk.row, inside) == theme.colours.ground
    desk.row.set_chosen(True)
    assert at(desk.row, inside) == theme.colours.chosen
    qtbot.mouseClick(desk.row, Qt.MouseButton.LeftButton)
    assert QAccessible.queryAccessibleInterface(desk.row).state().checked
    desk.row.set_chosen(False)
    assert at(desk.row, inside) == theme.colours.ground


def test_a_row_that_can_do_nothing_is_not_pressed(qtbot: QtBot, desk: Desk) -> None:
    desk.row.setEnabled(False)
    qtbot.mouseClick(desk.row, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert desk.pressed == []


def test_a_screen_reader_finds_a_button_with_a_name(qtbot: QtBot, desk: Desk) -> None:
    for control, name in ((desk.row, "Dioxin remediation at Bien Hoa"), (desk.link, "VOV")):
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.role() == QAccessible.Role.Button
        assert interface.text(QAccessible.Text.Name) == name


def test_a_row_grows_with_the_words_in_it(qtbot: QtBot, desk: Desk) -> None:
    wide_px = desk.row.height()
    desk.resize(180, 200)
    desk.layout().activate()
    assert desk.row.height() > wide_px


def test_its_hairline_ends_where_its_words_begin(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    last = desk.row.height() - 1
    assert at(desk.row, QPoint(BLEED_PX, last)) == theme.colours.hairline
    assert at(desk.row, QPoint(BLEED_PX - 1, last)) == theme.colours.ground


def test_a_link_in_a_narrow_place_keeps_its_words_in_a_tool_tip(qtbot: QtBot, theme: Theme) -> None:
    link = Link("American Security Project & <partners>")
    qtbot.addWidget(link)
    link.resize(80, 20)
    link.grab()
    assert link.toolTip() == "American Security Project & <partners>"
    link.resize(link.sizeHint())
    link.grab()
    assert link.toolTip() == ""


def test_a_link_is_underlined_while_the_keyboard_is_on_it(
    qtbot: QtBot, desk: Desk, theme: Theme
) -> None:
    bare = desk.link.grab().toImage()
    qtbot.keyClick(desk.field, Qt.Key.Key_Tab)
    qtbot.keyClick(desk.row, Qt.Key.Key_Tab)
    assert desk.link.hasFocus()
    lined = desk.link.grab().toImage()
    new = [
        y
        for y in range(lined.height())
        if all(lined.pixelColor(x, y) == theme.colours.link for x in range(4, lined.width() - 4))
    ]
    assert len(new) == 2
    assert bare != lined
