"""The small controls: marks, bars, tabs, the search box and the drawer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.services import colours
from desktop.widgets.badge import Chip, Count, Grade
from desktop.widgets.banner import Banner
from desktop.widgets.button import Button
from desktop.widgets.drawer import WIDTH_PX, Drawer
from desktop.widgets.key_sheet import KeySheet
from desktop.widgets.scroll import Scroll
from desktop.widgets.search_box import SearchBox
from desktop.widgets.surface import Hairline, Surface
from desktop.widgets.tab_bar import HEIGHT_PX, TabBar
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme

NAMES = ["Overview", "Cooperation areas", "War legacy", "South China Sea", "R&D", "Facts"]


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def columns_with(image: QImage, colour: QColor) -> set[int]:
    """Return the x of every column of pixels that holds just this colour."""
    wanted = colour.rgb()
    places = product(range(image.width()), range(image.height()))
    return {x for x, y in places if image.pixel(x, y) == wanted}


# Marks


def test_a_grade_is_framed_and_read_out_in_words(qtbot: QtBot, theme: Theme) -> None:
    grade = Grade("B2", name="Usually reliable, probably true")
    qtbot.addWidget(grade)
    assert name_of(grade) == "Usually reliable, probably true"
    assert grade.sizeHint().width() > grade.fontMetrics().horizontalAdvance("B2") + 8
    shot = grade.grab().toImage()
    assert shot.pixelColor(0, shot.height() // 2) == theme.colours.hairline


def test_counts_end_at_one_edge(qtbot: QtBot, theme: Theme) -> None:
    ends = []
    for number in ("8", "22"):
        count = Count(number)
        qtbot.addWidget(count)
        count.resize(60, 24)
        shot = count.grab().toImage()
        dark = [
            x for x, y in product(range(60), range(24)) if shot.pixelColor(x, y).lightness() < 140
        ]
        ends.append(max(dark))
    assert abs(ends[0] - ends[1]) <= 1


def test_a_state_is_an_icon_and_a_word(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "flag", "Sources differ", "differ")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    assert name_of(chip) == "Sources differ"
    icon_px = chip.contentsMargins().left()
    shot = chip.grab().toImage()
    bare = theme.colours.ground.rgb()
    places = product(range(shot.width()), range(shot.height()))
    inked = {x for x, y in places if shot.pixel(x, y) != bare}
    assert any(x < icon_px - 4 for x in inked)
    assert any(x >= icon_px for x in inked)
    assert not inked & set(range(icon_px - 3, icon_px))


def test_a_state_can_change(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "flag", "Sources differ", "differ", filled=True)
    qtbot.addWidget(chip)
    chip.set_state("check", "Agreed", "agreed")
    chip.resize(chip.sizeHint())
    shot = chip.grab().toImage()
    assert columns_with(shot, theme.colours.agreed)
    assert columns_with(shot, theme.colours.agreed_tint)
    assert not columns_with(shot, theme.colours.differ)


def test_a_long_state_wraps_beside_its_icon(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "flag", "Sources differ on who added 130, and when.", "differ", wrap=True)
    qtbot.addWidget(chip)
    assert chip.heightForWidth(140) > 2 * chip.heightForWidth(1000)


def test_a_mark_follows_the_theme(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "flag", "Sources differ", "differ", filled=True)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.grab()
    theme.set_mode("dark")
    shot = chip.grab().toImage()
    assert columns_with(shot, colours.dark().differ)
    assert columns_with(shot, colours.dark().differ_tint)


# Bars


@pytest.mark.parametrize(
    ("marking", "role"),
    [
        ("UNCLASSIFIED – PUBLIC SOURCES", "unclassified"),
        ("Unclassified", "unclassified"),
        ("CUI", "cui"),
        ("CUI//SP-PRVCY", "cui"),
        ("NOT MARKED", "not_marked"),
        ("", "not_marked"),
        ("SECRET", "not_marked"),
        ("CUISINE", "not_marked"),
        ("UNCLASSIFIEDX", "not_marked"),
    ],
)
def test_the_marking_decides_the_colour_of_its_strip(marking: str, role: str) -> None:
    for c in (colours.light(), colours.dark()):
        assert colours.of_marking(marking, c) == getattr(c, role)


def test_the_banner_says_its_marking_in_white_on_its_colour(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner("CUI", theme)
    qtbot.addWidget(banner)
    banner.resize(300, banner.sizeHint().height())
    shot = banner.grab().toImage()
    assert shot.pixelColor(0, 0) == theme.colours.cui
    assert columns_with(shot, QColor("#FFFFFF"))
    assert name_of(banner) == "CUI"
    banner.set_words("NOT MARKED")
    assert banner.grab().toImage().pixelColor(0, 0) == theme.colours.not_marked


def test_a_surface_has_hairlines_at_its_edges_alone(qtbot: QtBot, theme: Theme) -> None:
    side = Surface(["right"])
    qtbot.addWidget(side)
    side.resize(50, 40)
    shot = side.grab().toImage()
    assert shot.pixelColor(49, 20) == theme.colours.hairline
    for place in (QPoint(0, 20), QPoint(25, 0), QPoint(25, 39), QPoint(25, 20)):
        assert shot.pixelColor(place) == theme.colours.raised


def test_a_hairline_is_one_pixel(qtbot: QtBot, theme: Theme) -> None:
    line = Hairline()
    qtbot.addWidget(line)
    line.resize(80, 30)
    assert line.height() == 1
    assert line.grab().toImage().pixelColor(40, 0) == theme.colours.hairline


def test_a_button_shows_an_ampersand_and_makes_no_shortcut_of_it(
    qtbot: QtBot, theme: Theme
) -> None:
    button = Button("R&D")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert name_of(button) == "R&D"
    wide = Button("RD")
    qtbot.addWidget(wide)
    assert button.sizeHint().width() > wide.sizeHint().width() + 6


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_enter_as_by_the_space_bar(
    qtbot: QtBot, theme: Theme, key: Qt.Key
) -> None:
    button = Button("Add a source")
    qtbot.addWidget(button)
    button.show()

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_primary_button_stands_out(qtbot: QtBot, theme: Theme) -> None:
    button = Button("Present", primary=True)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert button.grab().toImage().pixelColor(8, 8) == theme.colours.link


# Tabs


@pytest.fixture
def tabs(qtbot: QtBot, theme: Theme) -> TabBar:
    tabs = TabBar()
    for name in NAMES:
        tabs.add_tab(name)
    qtbot.addWidget(tabs)
    tabs.resize(tabs.sizeHint())
    tabs.show()
    return tabs


def test_the_current_tab_is_underlined(qtbot: QtBot, theme: Theme, tabs: TabBar) -> None:
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert tabs.currentIndex() == 2
    shot = tabs.grab().toImage()
    last = tabs.height() - 1
    marked = {
        index
        for index in range(tabs.count())
        if shot.pixelColor(tabs.tabRect(index).center().x(), last) == theme.colours.link
    }
    assert marked == {2}
    assert tabs.height() == HEIGHT_PX


def test_arrow_keys_walk_the_tabs(qtbot: QtBot, tabs: TabBar) -> None:
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.words(tabs.currentIndex()) == "Cooperation areas"


def test_a_tab_shows_an_ampersand(qtbot: QtBot, tabs: TabBar) -> None:
    assert tabs.words(4) == "R&D"
    interface = QAccessible.queryAccessibleInterface(tabs)
    names = [interface.child(index).text(QAccessible.Text.Name) for index in range(6)]
    assert names == NAMES


def test_in_a_narrow_window_tabs_move_together_before_words_are_cut(
    qtbot: QtBot, tabs: TabBar
) -> None:
    words_px = [tabs.fontMetrics().horizontalAdvance(name) for name in NAMES]
    tabs.resize(sum(words_px) + 12 * len(NAMES), HEIGHT_PX)
    for index, needed_px in enumerate(words_px):
        assert tabs.tabRect(index).width() >= needed_px + 10
    assert tabs.tabRect(5).right() < tabs.width()
    assert tabs.minimumSizeHint().width() < tabs.sizeHint().width()


# The search box


def test_the_search_box_says_what_it_searches_and_by_which_key(qtbot: QtBot, theme: Theme) -> None:
    box = SearchBox(theme, "Search facts", "Ctrl K")
    qtbot.addWidget(box)
    box.resize(260, 36)
    assert name_of(box) == "Search facts"
    with_key = box.grab().toImage()
    box.setText("hoang")
    assert with_key.copy(200, 0, 60, 36) != box.grab().toImage().copy(200, 0, 60, 36)


def test_escape_empties_the_search_and_then_leaves_it(qtbot: QtBot, theme: Theme) -> None:
    box = SearchBox(theme, "Search facts")
    holder = QWidget()
    qtbot.addWidget(holder)
    drawer = Drawer(theme, "Search", holder)
    inside = QWidget()
    QVBoxLayout(inside).addWidget(box)
    drawer.set_content(inside)
    holder.show()
    drawer.open()
    qtbot.keyClicks(box, "hoang")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert drawer.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def test_arrows_in_the_search_box_walk_the_results(qtbot: QtBot, theme: Theme) -> None:
    box = SearchBox(theme, "Search facts")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.stepped_down):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.stepped_up):
        qtbot.keyClick(box, Qt.Key.Key_Up)


# The drawer


class Room(QWidget):
    """Something to lay a drawer over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.field = QLineEdit()
        row = QHBoxLayout(self)
        row.addWidget(self.field)
        self.drawer = Drawer(theme, "Where the number comes from", self)
        self.quote = Text("“US$430 million”", selectable=True)
        self.drawer.set_content(self.quote)


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> Room:
    room = Room(theme)
    qtbot.addWidget(room)
    room.resize(1000, 600)
    room.show()
    room.activateWindow()
    room.field.setFocus()
    return room


def test_the_drawer_lies_at_the_right_edge_and_follows_it(qtbot: QtBot, room: Room) -> None:
    room.drawer.open()
    for width_px, height_px in ((1000, 600), (1400, 700), (300, 500)):
        room.resize(width_px, height_px)
        area = room.drawer.geometry()
        assert (area.right(), area.bottom()) == (width_px - 1, height_px - 1)
        assert (area.width(), area.top()) == (min(WIDTH_PX, width_px), 0)


def test_escape_closes_the_drawer_and_gives_the_focus_back(qtbot: QtBot, room: Room) -> None:
    room.drawer.open()
    assert room.drawer.isAncestorOf(room.focusWidget())
    with qtbot.waitSignal(room.drawer.closed):
        qtbot.keyClick(room.quote, Qt.Key.Key_Escape)
    assert not room.drawer.isVisible()
    assert room.field.hasFocus()


def test_keys_scroll_what_is_in_the_drawer(qtbot: QtBot, room: Room) -> None:
    keys = [("Go", f"Pane {number}", f"Ctrl+{number}") for number in range(60)]
    sheet = KeySheet(keys)
    room.drawer.set_content(sheet)
    room.drawer.open()
    scroll = sheet.findChild(Scroll)
    assert scroll is not None
    bar = scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    cross = room.focusWidget()
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Up):
        qtbot.keyClick(room.focusWidget(), key)
        seen.append(bar.value())
    assert 0 < seen[0] < seen[1] < seen[2] == bar.maximum() > seen[3]
    qtbot.keyClick(room.focusWidget(), Qt.Key.Key_Home)
    assert bar.value() == 0
    assert room.focusWidget() is cross


def test_tab_goes_from_the_cross_into_the_drawer_and_on_out_of_it(qtbot: QtBot, room: Room) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    room.drawer.set_content(content)
    room.layout().addWidget(QLineEdit())
    room.drawer.open()
    first, second = QLineEdit(), QLineEdit()
    column.addWidget(first)
    column.addWidget(second)
    qtbot.waitUntil(second.isVisible)
    cross = room.focusWidget()
    walked = []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backtab):
        qtbot.keyClick(room.focusWidget(), key)
        walked.append(room.focusWidget())
    assert walked == [first, second, first, cross]
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    assert not room.drawer.isAncestorOf(room.focusWidget())


def test_so_does_the_cross(qtbot: QtBot, room: Room) -> None:
    room.drawer.open()
    cross = room.drawer.findChild(QToolButton)
    assert cross is not None
    assert name_of(cross) == "Close"
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert not room.drawer.isVisible()
    assert room.field.hasFocus()


def test_closing_leaves_a_focus_that_is_elsewhere_alone(qtbot: QtBot, room: Room) -> None:
    room.quote.setFocus()
    room.drawer.open()
    room.field.setFocus()
    room.drawer.close()
    assert room.field.hasFocus()


def test_closing_survives_that_what_had_the_focus_is_gone(qtbot: QtBot, room: Room) -> None:
    room.drawer.open()
    with qtbot.waitSignal(room.field.destroyed):
        room.field.deleteLater()
    with qtbot.waitSignal(room.drawer.closed):
        room.drawer.close()


def test_new_content_takes_the_place_of_the_old(qtbot: QtBot, room: Room) -> None:
    room.drawer.open()
    with qtbot.waitSignal(room.quote.destroyed):
        room.drawer.set_content(Text("another"))
    assert [text.text() for text in room.drawer.findChildren(Text)][-1] == "another"
