"""Words are shown as they stand, in the room they are given."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QTextDocumentFragment
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.theme import TextRole
from desktop.widgets.text import ElidedText, Text, set_tool_tip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme, Tone

MARKUP = '<b>43</b> files & <img src="file:///etc/passwd">'


def spread(image: QImage, colour: QColor) -> int:
    """Return how many pixels are of just this colour."""
    wanted = colour.rgb()
    places = product(range(image.width()), range(image.height()))
    return sum(image.pixel(x, y) == wanted for x, y in places)


def test_markup_is_shown_as_it_stands(qtbot: QtBot, theme: Theme) -> None:
    words = Text(MARKUP)
    qtbot.addWidget(words)
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.sizeHint().width() == words.fontMetrics().horizontalAdvance(MARKUP)


@pytest.mark.parametrize("selectable", [False, True])
def test_an_ampersand_is_an_ampersand(qtbot: QtBot, theme: Theme, selectable: bool) -> None:
    words = Text("R&D", "hero", selectable=selectable)
    qtbot.addWidget(words)
    assert words.sizeHint().width() >= words.fontMetrics().horizontalAdvance("R&D")


@pytest.mark.parametrize("selectable", [False, True])
@pytest.mark.parametrize("tone", ["ink", "muted", "link", "agreed", "stale", "differ"])
def test_words_take_the_colour_of_their_tone(
    qtbot: QtBot, theme: Theme, tone: Tone, selectable: bool
) -> None:
    words = Text("430", "hero", tone=tone, selectable=selectable)
    qtbot.addWidget(words)
    assert spread(words.grab().toImage(), theme.tone(tone)) > 50


def test_words_can_change_their_tone(qtbot: QtBot, theme: Theme) -> None:
    words = Text("430", "hero")
    qtbot.addWidget(words)
    words.set_tone("differ")
    assert spread(words.grab().toImage(), theme.tone("differ")) > 50


def test_wrapping_words_ask_for_the_height_they_need(qtbot: QtBot, theme: Theme) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    inside = QVBoxLayout(column)
    inside.setContentsMargins(0, 0, 0, 0)
    words = Text("War-legacy work carries the relationship. " * 4, "lead", wrap=True)
    end = Text("the end")
    inside.addWidget(words)
    inside.addWidget(end)
    inside.addStretch(1)
    column.show()
    for width_px in (900, 400, 250):
        column.resize(width_px, 2000)
        inside.activate()
        needed = words.fontMetrics().boundingRect(
            0, 0, width_px, 5000, Qt.TextFlag.TextWordWrap, words.text()
        )
        assert abs(words.height() - needed.height()) <= words.fontMetrics().lineSpacing() // 2
        assert end.y() >= words.y() + words.height()


def test_words_that_do_not_fit_end_in_an_ellipsis_and_a_tool_tip(
    qtbot: QtBot, theme: Theme
) -> None:
    words = ElidedText(MARKUP)
    qtbot.addWidget(words)
    words.resize(words.sizeHint())
    whole = words.grab().toImage()
    assert words.toolTip() == ""
    words.resize(words.sizeHint().width() // 2, words.height())
    half = words.grab().toImage()
    assert half != whole.copy(0, 0, half.width(), half.height())
    assert QTextDocumentFragment.fromHtml(words.toolTip()).toPlainText() == MARKUP
    assert words.text() == MARKUP
    words.resize(words.sizeHint())
    words.grab()
    assert words.toolTip() == ""


def test_short_words_stand_for_those_that_do_not_fit(qtbot: QtBot, theme: Theme) -> None:
    whole, short = "As of 12 Dec 2025, 39 days old", "As of 12 Dec 2025"
    words, told = ElidedText(whole), ElidedText(short)
    qtbot.addWidget(words)
    qtbot.addWidget(told)
    words.short = short
    told.resize(told.sizeHint())
    words.resize(told.size())

    assert words.grab().toImage() == told.grab().toImage()
    assert words.toolTip() == whole
    words.resize(words.sizeHint())
    assert words.grab().toImage() != told.grab().toImage()
    assert words.toolTip() == ""


def test_elided_words_give_way_to_others(qtbot: QtBot, theme: Theme) -> None:
    words = ElidedText("U.S.–Vietnam defence cooperation", "strong")
    qtbot.addWidget(words)
    assert words.minimumSizeHint().width() < words.sizeHint().width() / 3
    assert words.minimumSizeHint().height() == words.sizeHint().height()


def test_a_plain_tool_tip_stays_as_it_is(qtbot: QtBot, theme: Theme) -> None:
    words = Text("430")
    qtbot.addWidget(words)
    set_tool_tip(words, "R&D: 3 < 4")
    assert words.toolTip() == "R&D: 3 < 4"


def test_selectable_words_are_copied_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    words = Text("“raising the total US grant”", selectable=True)
    qtbot.addWidget(words)
    words.show()
    qtbot.keyClick(words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "“raising the total US grant”"


def test_a_screen_reader_reads_the_words(qtbot: QtBot, theme: Theme) -> None:
    words = Text(MARKUP, selectable=True)
    qtbot.addWidget(words)
    interface = QAccessible.queryAccessibleInterface(words)
    assert interface.text(QAccessible.Text.Name) == MARKUP


@pytest.mark.parametrize("role", get_args(TextRole))
def test_vietnamese_marks_are_not_cut(qtbot: QtBot, theme: Theme, role: TextRole) -> None:
    words = Text("ỄẲỘ", role, tone="ink")
    qtbot.addWidget(words)
    words.setText("ẤẦẨẪ ẮẰẲẴ ẾỀỂỄ ỐỒỔỖ Ợ Ự Ỷ")
    words.resize(words.sizeHint())
    close = words.grab().toImage()
    words.resize(words.sizeHint() + QSize(0, 40))
    roomy = words.grab().toImage()
    assert spread(close, theme.tone("ink")) == spread(roomy, theme.tone("ink"))


def test_words_without_such_marks_take_no_more_room(qtbot: QtBot, theme: Theme) -> None:
    plain, marked = Text("“Bien Hoa” – 430", "heading"), Text("Biển Đông", "heading")
    qtbot.addWidget(plain)
    qtbot.addWidget(marked)
    assert marked.sizeHint().height() > plain.sizeHint().height()
    marked.setText(plain.text())
    assert marked.sizeHint() == plain.sizeHint()
