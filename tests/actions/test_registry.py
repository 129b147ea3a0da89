"""Actions: declared once, triggered by menu, button and key alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.actions.registry import Action, Registry, group_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Bell:
    """Something to do that counts how often it was done, and whether it may be."""

    def __init__(self) -> None:
        self.rung = 0
        self.may_ring = True

    def ring(self) -> None:
        self.rung += 1

    def fall_quiet(self) -> None:
        self.may_ring = False

    def is_quiet(self) -> bool:
        return not self.may_ring

    def is_free(self) -> bool:
        return self.may_ring

    def name(self) -> str:
        return f"Ring & call {self.rung}"


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def registry(window: QWidget) -> Registry:
    return Registry(window)


def test_a_key_does_what_the_action_does(window: QWidget, registry: Registry, bell: Bell) -> None:
    registry.add([Action("file.ring", "Ring", bell.ring, "Ctrl+B", keys=("Ctrl+Shift+B",))])

    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_B, both)

    assert bell.rung == 2


@pytest.mark.parametrize("shortcut", ["Ctrl+B", "Ctrl+Shift+B", "ctrl+b"])
def test_a_taken_key_is_refused_and_says_by_whom(
    registry: Registry, bell: Bell, shortcut: str
) -> None:
    registry.add([Action("file.ring", "Ring", bell.ring, "Ctrl+B", keys=("Ctrl+Shift+B",))])

    with pytest.raises(ValueError, match=r"taken by file\.ring"):
        registry.add([Action("file.call", "Call", bell.ring, shortcut)])


def test_a_taken_id_is_refused(registry: Registry, bell: Bell) -> None:
    registry.add([Action("file.ring", "Ring", bell.ring)])

    with pytest.raises(ValueError, match=r"file\.ring is declared twice"):
        registry.add([Action("file.ring", "Call", bell.ring)])


def test_what_is_not_possible_now_is_not_done(
    window: QWidget, registry: Registry, bell: Bell
) -> None:
    registry.add([Action("file.ring", "Ring", bell.ring, "Ctrl+B", enabled=bell.is_free)])
    bell.may_ring = False

    registry.trigger("file.ring").trigger()  # the menu has not been told yet
    assert bell.rung == 0

    registry.update_states()
    assert not registry.trigger("file.ring").isEnabled()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert bell.rung == 0

    bell.may_ring = True
    registry.update_states()
    registry.trigger("file.ring").trigger()
    assert bell.rung == 1


def test_a_title_is_worked_out_anew_and_keeps_its_ampersand(registry: Registry, bell: Bell) -> None:
    registry.add([Action("file.ring", bell.name, bell.ring)])
    assert registry.trigger("file.ring").text() == "Ring && call 0"

    bell.ring()
    registry.update_states()

    assert registry.trigger("file.ring").text() == "Ring && call 1"


def test_a_choice_shows_whether_it_is_on(registry: Registry, bell: Bell) -> None:
    registry.add([Action("view.ring", "Ring", bell.ring, checked=bell.is_free)])
    trigger = registry.trigger("view.ring")
    assert trigger.isChecked()

    bell.may_ring = False
    registry.update_states()

    assert not trigger.isChecked()


def test_of_several_choices_the_one_made_is_marked_even_if_made_twice(
    registry: Registry, bell: Bell
) -> None:
    registry.add(
        [
            Action("view.quiet", "Quiet", bell.fall_quiet, checked=bell.is_quiet),
            Action("view.loud", "Loud", bell.ring, checked=bell.is_free),
        ]
    )
    quiet, loud = registry.trigger("view.quiet"), registry.trigger("view.loud")
    assert (quiet.isChecked(), loud.isChecked()) == (False, True)

    for _ in range(2):
        quiet.trigger()
        assert (quiet.isChecked(), loud.isChecked()) == (True, False)


def test_the_sheet_lists_what_has_a_key_by_group(registry: Registry, bell: Bell) -> None:
    registry.add(
        [
            Action("file.ring", "Ring", bell.ring, "Ctrl+B"),
            Action("file.call", "Call", bell.ring),
            Action("help.ring", bell.name, bell.ring, "F2"),
            Action("file.late", "Late", bell.ring, "Ctrl+L"),
        ]
    )

    assert registry.sheet() == [
        ("File", "Ring", "Ctrl+B"),
        ("File", "Late", "Ctrl+L"),
        ("Help", "Ring & call 0", "F2"),
    ]
    ids = [action.id for action in registry.all()]
    assert ids == ["file.ring", "file.call", "help.ring", "file.late"]


def test_what_nobody_declared_is_a_key_error(registry: Registry) -> None:
    assert group_words("file") == "File"
    with pytest.raises(KeyError):
        group_words("nowhere")
    with pytest.raises(KeyError):
        registry.trigger("file.nothing")
