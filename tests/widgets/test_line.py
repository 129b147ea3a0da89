"""Fields settle what was typed when the hand lets go, take it back by Escape, and offer endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.model.values import FACTORS, QUALIFIERS, Quantity
from desktop.widgets.chooser import Choices, Chooser
from desktop.widgets.date_edit import DateEdit
from desktop.widgets.line import Line, TextBox
from desktop.widgets.quantity_edit import QuantityEdit, UnitEdit
from desktop.widgets.suggesting_line import SuggestingLine, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme

UNITS = ("usd", "sets", "ships", "m3")
PLACES = [
    ("port", "Đà Nẵng"),
    ("cam-ranh", "Cam Ranh"),
    ("second", "Đà Nẵng"),
    ("bien-hoa", "Bien Hoa airbase"),
]
CTRL = Qt.KeyboardModifier.ControlModifier


class Sheet(QWidget):
    """A field with another beside it to go to; keeps what was settled."""

    def __init__(self, line: Line | TextBox) -> None:
        super().__init__()
        self.line, self.other = line, Line()
        self.settled: list[str] = []
        line.settled.connect(self._on_line_settled)
        column = QVBoxLayout(self)
        column.addWidget(line)
        column.addWidget(self.other)
        column.addStretch(1)
        self.resize(400, 400)

    def _on_line_settled(self) -> None:
        self.settled.append(self.line.text())
        if isinstance(self.line, Chooser):
            self.line.show_key(self.line.key())
        else:
            self.line.show_text(self.line.text())


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme, request: pytest.FixtureRequest) -> Sheet:
    make = getattr(request, "param", Line)
    sheet = Sheet(make())
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    sheet.line.show_text("before")
    sheet.line.setFocus()
    return sheet


def open_sheet(qtbot: QtBot, line: Line) -> Sheet:
    sheet = Sheet(line)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    line.setFocus()
    _KEPT.append(sheet)
    return sheet


@pytest.fixture(autouse=True)
def _sheets_are_kept() -> Iterator[None]:
    """Nobody else holds a sheet whose line alone is of interest."""
    yield
    _KEPT.clear()


_KEPT: list[Sheet] = []


@pytest.mark.parametrize("sheet", [Line, TextBox], indirect=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_F5])
def test_what_is_typed_is_settled_once_by_any_way_out(
    qtbot: QtBot, sheet: Sheet, key: Qt.Key
) -> None:
    sheet.line.selectAll()
    qtbot.keyClicks(sheet.line, "after")
    assert sheet.settled == []

    qtbot.keyClick(sheet.line, key)
    sheet.other.setFocus()

    assert sheet.settled == ["after"]


@pytest.mark.parametrize("sheet", [Line, TextBox], indirect=True)
def test_nothing_is_settled_where_nothing_was_typed(qtbot: QtBot, sheet: Sheet) -> None:
    qtbot.keyClick(sheet.line, Qt.Key.Key_Return)
    qtbot.keyClick(sheet.line, Qt.Key.Key_S, CTRL)
    sheet.other.setFocus()

    assert sheet.settled == []


@pytest.mark.parametrize("sheet", [Line, TextBox], indirect=True)
def test_escape_takes_back_and_a_value_from_elsewhere_waits_for_what_is_typed(
    qtbot: QtBot, sheet: Sheet
) -> None:
    sheet.line.selectAll()
    qtbot.keyClicks(sheet.line, "aft")

    sheet.line.show_text("before")
    assert sheet.line.text() == "aft"
    qtbot.keyClick(sheet.line, Qt.Key.Key_Escape)

    assert sheet.line.text() == "before"
    sheet.line.show_text("elsewhere")
    assert sheet.line.text() == "elsewhere"
    assert sheet.settled == []


@given(st.text(max_size=40), st.booleans(), st.booleans())
@example("sixty\u00a0ships\u2028at once\r\n", True, False)
def test_what_is_only_shown_is_untouched_and_stays_to_the_letter(
    qapp: QApplication, text: str, in_box: bool, paragraphs: bool
) -> None:
    line = TextBox(paragraphs=paragraphs) if in_box else Line()

    line.show_text(text)
    assert (line.text(), line.is_touched) == (text, False)
    line.put_text(f"{text}x")
    assert line.is_touched
    line.take_back()

    assert (line.text(), line.is_touched) == (text, False)
    line.deleteLater()


def test_a_box_grows_with_its_paragraph(qtbot: QtBot, theme: Theme) -> None:
    box = TextBox()
    sheet = Sheet(box)
    qtbot.addWidget(sheet)
    sheet.show()
    box.show_text("one line")
    low_px = box.height()

    box.show_text("many words " * 30)

    assert box.height() > 3 * low_px
    qtbot.waitUntil(lambda: not box.verticalScrollBar().isVisible())


def test_what_is_offered_stands_under_the_line_and_goes_with_the_focus(
    qtbot: QtBot, theme: Theme
) -> None:
    line = SuggestingLine(lambda text: [Suggestion(each, each) for each in UNITS if text in each])
    sheet = open_sheet(qtbot, line)

    qtbot.keyClicks(line, "s")
    offers = line._list
    assert offers is not None
    assert [each.text for each in line.offered()] == ["usd", "sets", "ships"]
    assert offers.geometry().top() >= line.mapTo(sheet, QPoint(0, line.height())).y()
    assert sheet.rect().contains(offers.geometry())
    qtbot.keyClick(line, Qt.Key.Key_Up)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert sheet.settled == ["ships"]
    assert line.offered() == ()
    qtbot.keyClicks(line, " s")
    sheet.other.setFocus()
    assert line.offered() == ()


def test_a_click_takes_what_is_offered(qtbot: QtBot, theme: Theme) -> None:
    line = UnitEdit(lambda: UNITS)
    sheet = open_sheet(qtbot, line)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    offers = line._list
    assert offers is not None

    row = offers.visualRect(offers.model().index(2, 0)).center()
    qtbot.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, pos=row)

    assert sheet.settled == ["ships"]


def test_escape_shuts_the_list_before_it_takes_back(qtbot: QtBot, theme: Theme) -> None:
    line = UnitEdit(lambda: UNITS)
    open_sheet(qtbot, line)
    qtbot.keyClicks(line, "s")

    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert (line.offered(), line.text()) == ((), "s")
    qtbot.keyClick(line, Qt.Key.Key_Escape)

    assert line.text() == ""


# Choosing


def test_a_choice_shows_its_words_and_stands_for_its_key(qtbot: QtBot, theme: Theme) -> None:
    chooser = Chooser(Choices.of(PLACES))
    open_sheet(qtbot, chooser)

    chooser.show_key("cam-ranh")
    assert (chooser.text(), chooser.key()) == ("Cam Ranh", "cam-ranh")
    chooser.show_key("gone")
    assert (chooser.text(), chooser.key()) == ("gone", "gone")


@pytest.mark.parametrize(
    ("typed", "key"), [("cam ranh", "cam-ranh"), ("bien-hoa", "bien-hoa"), ("Hue", "Hue")]
)
def test_what_is_typed_stands_for_the_choice_it_names_or_for_itself(
    qtbot: QtBot, theme: Theme, typed: str, key: str
) -> None:
    chooser = Chooser(Choices.of(PLACES))
    open_sheet(qtbot, chooser)

    qtbot.keyClicks(chooser, typed)

    assert chooser.key() == key


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
@pytest.mark.parametrize(
    ("typed", "words", "chosen"),
    [
        ("bien h", "Bien Hoa airbase", "bien-hoa"),
        ("airbase", "airbase", "airbase"),
        ("da n", "da n", "da n"),
    ],
)
def test_the_only_choice_that_begins_as_typed_is_taken_by_enter_as_on_the_way_on(
    qtbot: QtBot, theme: Theme, key: Qt.Key, typed: str, words: str, chosen: str
) -> None:
    chooser = Chooser(Choices.of(PLACES))
    open_sheet(qtbot, chooser)

    qtbot.keyClicks(chooser, typed)
    qtbot.keyClick(chooser, key)

    assert (chooser.text(), chooser.key()) == (words, chosen)
    assert chooser.offered() == ()


def test_of_two_by_one_name_the_one_that_is_taken_counts(qtbot: QtBot, theme: Theme) -> None:
    chooser = Chooser(Choices.of(PLACES))
    open_sheet(qtbot, chooser)

    qtbot.keyClicks(chooser, "da nang")
    assert [each.key for each in chooser.offered()] == ["port", "second"]
    chooser.take(chooser.offered()[1])

    assert chooser.key() == "second"


def test_names_that_begin_so_are_offered_first(qtbot: QtBot, theme: Theme) -> None:
    chooser = Chooser(Choices.of([("a", "Near Cam Ranh"), ("b", "Cam Ranh")]))
    open_sheet(qtbot, chooser)

    qtbot.keyClicks(chooser, "cam")

    assert [each.key for each in chooser.offered()] == ["b", "a"]


@pytest.mark.parametrize("by_mouse", [True, False])
def test_all_that_can_be_chosen_is_shown_from_the_one_that_is(
    qtbot: QtBot, theme: Theme, by_mouse: bool
) -> None:
    many = [(f"key-{number}", f"Choice {number}") for number in range(30)]
    chooser = Chooser(Choices.of(many))
    sheet = open_sheet(qtbot, chooser)
    chooser.show_key("key-20")

    if by_mouse:
        arrow = QPoint(chooser.width() - 8, chooser.height() // 2)
        qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton, pos=arrow)
    else:
        qtbot.keyClick(chooser, Qt.Key.Key_Down)
    assert len(chooser.offered()) == 30
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    qtbot.keyClick(chooser, Qt.Key.Key_Return)

    assert chooser.key() == "key-21"
    assert sheet.settled == ["Choice 21"]


# Quantities and dates


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("130 mil", "130 million usd"),
        ("about 12 billion s", "about 12 billion sets"),
        ("180 to 200 thousand sh", "180 to 200 thousand ships"),
        ("8 se", "8 sets"),
        ("8 m", "8 million usd"),
    ],
)
def test_a_quantity_is_ended_with_a_unit_that_is_declared(
    qtbot: QtBot, theme: Theme, typed: str, first: str
) -> None:
    edit = QuantityEdit(lambda: UNITS)
    open_sheet(qtbot, edit)

    qtbot.keyClicks(edit, typed)

    assert edit.offered()[0].text == first
    assert DateEdit().placeholderText() != edit.placeholderText()


@pytest.mark.parametrize("typed", ["8 sets", "many", "8", "", "8 tons"])
def test_nothing_is_offered_where_nothing_can_follow(
    qtbot: QtBot, theme: Theme, typed: str
) -> None:
    edit = QuantityEdit(lambda: UNITS)
    open_sheet(qtbot, edit)

    qtbot.keyClicks(edit, typed)

    assert edit.offered() == ()


@given(
    st.sampled_from(("", *(f"{each} " for each in QUALIFIERS))),
    st.integers(0, 10**6),
    st.sampled_from(("", *(f"{each} " for each in FACTORS if each))),
    st.text("abcdehilmnorstu 3", max_size=9),
)
def test_whatever_is_offered_is_a_quantity(
    qapp: QApplication, qualifier: str, amount: int, scale: str, begun: str
) -> None:
    edit = QuantityEdit(lambda: UNITS)

    for offered in edit._matches(f"{qualifier}{amount} {scale}{begun}"):
        assert Quantity.parse(offered.text).unit in UNITS
    edit.deleteLater()
