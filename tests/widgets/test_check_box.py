"""A box to tick, by mouse and by key, that is seen in light and in dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage, QPalette

from desktop.services.colours import dark, light
from desktop.widgets.check_box import CheckBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.colours import Colours


@pytest.fixture
def box(qtbot: QtBot) -> CheckBox:
    box = CheckBox("Ports & bases")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    with qtbot.waitActive(box):
        box.show()
    return box


def test_its_words_are_clicked_like_the_box_itself(qtbot: QtBot, box: CheckBox) -> None:
    end = QPoint(box.width() - 3, box.height() // 2)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=end)
    assert box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(6, box.height() // 2))
    assert not box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()


def test_a_reader_hears_its_words_as_they_stand_and_whether_it_is_ticked(box: CheckBox) -> None:
    box.setChecked(True)
    heard = QAccessible.queryAccessibleInterface(box)
    assert heard.text(QAccessible.Text.Name) == "Ports & bases"
    assert heard.role() == QAccessible.Role.CheckBox
    assert heard.state().checked


@pytest.mark.parametrize("colours", [light(), dark()], ids=["light", "dark"])
def test_an_empty_box_has_an_edge_in_the_colour_of_controls(
    box: CheckBox, colours: Colours
) -> None:
    palette = QPalette(box.palette())
    palette.setColor(QPalette.ColorRole.Dark, colours.control)
    palette.setColor(QPalette.ColorRole.Base, colours.page)
    box.setPalette(palette)
    drawn: QImage = box.grab().toImage()
    middle = box.height() // 2
    assert drawn.pixelColor(0, middle) == colours.control
    assert drawn.pixelColor(8, middle) == colours.page
    box.setChecked(True)
    assert box.grab().toImage().pixelColor(3, middle) != colours.page
