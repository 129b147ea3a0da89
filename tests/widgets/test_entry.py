"""A field says beside it what is accepted, to the eye and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from desktop.widgets.diff_lines import DiffLines
from desktop.widgets.entry import Entry

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme


def test_a_refused_field_is_marked_until_it_is_right_again(qtbot: QtBot, theme: Theme) -> None:
    entry = Entry("Date", QLineEdit(), "May 2025, to the month")
    qtbot.addWidget(entry)
    assert entry.editor.accessibleName() == "Date"

    entry.refuse("“8 Mai 2025” is not a date")
    assert entry.is_wrong
    assert entry.editor.accessibleDescription() == "“8 Mai 2025” is not a date"

    entry.refuse("")
    assert not entry.is_wrong
    assert entry.words() == "May 2025, to the month"


def test_lines_lose_the_indentation_they_share_and_say_what_they_do(
    qtbot: QtBot, theme: Theme
) -> None:
    shown = DiffLines(theme)
    qtbot.addWidget(shown)
    shown.set_lines([("-", "    value: 130"), ("+", "    value: 135"), ("+", "      note: x")])

    assert shown.lines() == (("-", "value: 130"), ("+", "value: 135"), ("+", "  note: x"))
    assert shown.accessibleName() == "goes: value: 130; comes: value: 135; comes: note: x"


def test_a_long_line_is_wrapped_and_not_cut(qtbot: QtBot, theme: Theme) -> None:
    shown = DiffLines(theme)
    qtbot.addWidget(shown)
    shown.set_lines([("+", "quotation " * 40)])

    assert shown.heightForWidth(300) > 3 * shown.heightForWidth(4000)
