"""Words within a paragraph that can be pressed look so, wherever its lines break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.widgets.linked_text import LinkedText

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import TextRole, Theme


@pytest.mark.parametrize("role", ["caption", "body", "summary", "lead"])
def test_a_link_below_another_is_in_the_colour_of_links_too(
    qtbot: QtBot, theme: Theme, role: TextRole
) -> None:
    paragraph = LinkedText(role)
    qtbot.addWidget(paragraph)
    words = [("a first link", "a"), (" word" * 15 + " ", None), ("another below it", "b")]
    paragraph.set_parts(words)
    above = paragraph.fontMetrics().horizontalAdvance("a first link" + " word" * 15)
    paragraph.resize(above + 4, 100)

    picture = paragraph.grab().toImage()

    assert paragraph.link_area(1).top() > paragraph.link_area(0).top()
    for index in (0, 1):
        area = paragraph.link_area(index).toRect().intersected(paragraph.rect())
        pixels = [
            picture.pixelColor(x, y)
            for x in range(area.left(), area.right())
            for y in range(area.top(), area.bottom())
        ]
        strongest = min(pixels, key=lambda pixel: pixel.lightness())
        assert abs(strongest.hue() - theme.colours.link.hue()) < 4
        assert strongest.lightness() > theme.colours.ink.lightness() + 30
