"""What is chosen is seen in light and in dark, and all of a choice can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.radio_button import RadioButton

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Mode, Theme


def colours_in(image: QImage, area: QRect) -> int:
    """How many colours an area holds."""
    places = (
        (x, y)
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    )
    return len({image.pixel(x, y) for x, y in places})


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_one_of_several_is_chosen_by_a_click_anywhere_on_it(
    qtbot: QtBot, theme: Theme, mode: Mode
) -> None:
    theme.set_mode(mode)
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    ours, theirs = RadioButton("Ours & nobody else's"), RadioButton("Theirs")
    for button in (ours, theirs):
        column.addWidget(button)
    around.resize(400, 120)
    around.show()
    before = theirs.grab().toImage()
    assert colours_in(before, QRect(0, 0, 16, theirs.height())) > 2  # the ring is there

    far_right = QPoint(theirs.width() - 4, theirs.height() // 2)
    qtbot.mouseClick(theirs, Qt.MouseButton.LeftButton, pos=far_right)

    assert theirs.isChecked()
    assert not ours.isChecked()
    assert theirs.grab().toImage() != before
    assert ours.accessibleName() == "Ours & nobody else's"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_field_of_choices_shows_that_it_opens(qtbot: QtBot, theme: Theme, mode: Mode) -> None:
    theme.set_mode(mode)
    box = ChoiceBox(theme)
    qtbot.addWidget(box)
    box.addItems(["Statement", "Value"])
    box.resize(200, 34)
    box.show()

    image = box.grab().toImage()

    arrow = QRect(box.width() - 23, 8, 14, 18)
    assert colours_in(image, arrow) > 2
    assert colours_in(image, arrow.translated(-40, 0)) == 1
