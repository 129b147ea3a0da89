"""The console says everything to everybody, and nothing of it is cut on a small screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.presentation.sheet_strip import title_words
from desktop.widgets.button import Button
from tests.presentation.conftest import Room, shipped
from tests.test_accessibility import cut_words, focusable, name_of, nameless, walked

Begin = Callable[..., Room]
Key = Qt.Key


@pytest.fixture
def room(begin: Begin) -> Room:
    return begin(shipped(), "washington-desk", start="bien-hoa-money")


@pytest.mark.parametrize("keys", [(), (Key.Key_F1,), (Key.Key_G,), (Key.Key_Slash,)])
def test_every_control_has_a_name_and_is_reached_by_tab(room: Room, keys: tuple[Key, ...]) -> None:
    room.press(*keys)
    QApplication.processEvents()
    found = focusable(room.console)
    assert found
    assert nameless(room.console) == []
    reached = walked(room.console)
    assert [
        name_of(each) for each in found if each not in reached and each is not room.console
    ] == []


def test_what_is_switched_on_is_said(room: Room) -> None:
    room.press(Key.Key_B, Key.Key_F, Key.Key_L)
    said = {name_of(each) for each in room.console.findChildren(Button) if each.isVisible()}

    assert {"Black, on", "Hold, on", "Pointer, on"} <= said
    room.press(Key.Key_B)
    said = {name_of(each) for each in room.console.findChildren(Button) if each.isVisible()}
    assert "Black" in said


def test_slides_are_described_to_those_who_do_not_see_them(room: Room) -> None:
    assert room.session.slide is not None
    title = title_words(room.session, room.session.slide).replace("\u00a0", " ")
    for widget in (room.console.view, room.console.next_view, room.console.strip, room.stage):
        assert name_of(widget)
    assert title[:20] in room.console.view.accessibleName().replace("\u00a0", " ")
    assert title[:20] in room.stage.accessibleDescription().replace("\u00a0", " ")
    room.press(Key.Key_Q)
    assert "430" in room.console.view.accessibleDescription()


@pytest.mark.parametrize("size", [(1600, 900), (1366, 768), (1024, 640)])
@pytest.mark.parametrize("number", range(1, 24))
def test_no_words_are_cut(room: Room, size: tuple[int, int], number: int) -> None:
    room.console.setGeometry(0, 0, *size)
    room.session.go_to_number(number)
    for _ in range(4):
        QApplication.processEvents()

    assert cut_words(room.console) == []
    assert room.console.minimumSizeHint().width() <= size[0]
    assert room.console.minimumSizeHint().height() <= size[1]
