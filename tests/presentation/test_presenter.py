"""Every key does the same whatever has the focus, and the audience sees only what it should."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.model.records import AudienceId, FactId
from desktop.model.values import LocalText
from desktop.presentation.keys import at_clock
from desktop.presentation.session import Card
from desktop.widgets.button import Button
from desktop.widgets.search_panel import Result
from tests.model.test_slides import a_slide
from tests.presentation.conftest import PRESSED, Room, shipped, short_talk
from tests.presentation.test_session import Clock

if TYPE_CHECKING:
    from desktop.services.settings import Settings

Begin = Callable[..., Room]
Key = Qt.Key


def button(room: Room, words: str) -> Button:
    found = [each for each in room.console.findChildren(Button) if words in each.accessibleName()]
    assert len(found) == 1, [each.accessibleName() for each in found]
    return found[0]


# Moving on


@pytest.mark.parametrize("key", [Key.Key_PageDown, Key.Key_Right, Key.Key_Down, Key.Key_Space])
def test_every_key_for_the_next_slide_steps_on(begin: Begin, key: Key) -> None:
    room = begin()
    room.press(key)

    assert room.here() == "two"


@pytest.mark.parametrize("key", [Key.Key_PageUp, Key.Key_Left, Key.Key_Up, Key.Key_Backspace])
def test_every_key_for_the_slide_before_steps_back(begin: Begin, key: Key) -> None:
    room = begin(start="three")
    room.press(key)

    assert room.here() == "two"


@pytest.mark.parametrize("focused", ["End time", "Black", "Swap", "Slides alone"])
def test_a_clicker_works_while_a_button_has_the_focus(begin: Begin, focused: str) -> None:
    room = begin()
    button(room, focused).setFocus()
    assert isinstance(room.focus(), Button)

    room.press(Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp)
    assert room.here() == "two"
    room.press(Key.Key_Period)
    assert room.session.cover == "black"
    room.press(Key.Key_B)
    assert not room.session.cover
    room.press(Key.Key_F5)
    assert room.console.isVisible()
    room.press(Key.Key_Escape)
    assert not room.console.isVisible()


def test_home_and_end_go_to_either_end_and_not_to_a_backup(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_End)
    assert room.here() == "three"
    room.press(Key.Key_Home)
    assert room.here() == "one"


def test_digits_and_enter_go_to_a_slide_or_a_backup(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_4)
    assert "slide 4" in room.words()
    room.press(Key.Key_Enter)
    assert room.here() == "spare"

    room.type("9")
    room.press(Key.Key_Return)
    assert room.here() == "spare"
    assert "There is no slide 9" in room.words()


def test_a_digit_that_is_no_number_is_no_slide(begin: Begin) -> None:
    """French keyboards have a key for the square; Python counts it among the digits."""
    room = begin()
    none = Qt.KeyboardModifier.NoModifier
    square = QKeyEvent(QEvent.Type.KeyPress, Key.Key_twosuperior, none, "²")
    QApplication.sendEvent(room.console, square)
    room.press(Key.Key_Return)

    assert room.here() == "two"


def test_a_key_in_between_forgets_the_digits(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_4, Key.Key_PageDown, Key.Key_Return)

    assert room.here() == "three"
    assert "slide 4" not in room.words()


def test_a_held_key_steps_on_but_covers_once(begin: Begin) -> None:
    room = begin()
    none = Qt.KeyboardModifier.NoModifier
    for key, text in ((Key.Key_PageDown, ""), (Key.Key_B, "b")):
        for repeated in (False, True):
            event = QKeyEvent(QEvent.Type.KeyPress, key, none, text, repeated)
            QApplication.sendEvent(room.console, event)

    assert room.here() == "three"
    assert room.session.cover == "black"


def test_a_click_in_the_strip_goes_to_that_slide(begin: Begin) -> None:
    room = begin()
    strip = room.console.strip
    QTest.mouseClick(strip, PRESSED, pos=strip._area(3).center())

    assert room.here() == "spare"


def test_g_shows_all_slides_to_go_to_any_of_them(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk")
    room.press(Key.Key_G)
    QApplication.processEvents()
    grid, count = room.console.grid, len(room.session.running) + len(room.session.backups)
    assert grid.isVisible()
    assert not room.console.view.isVisible()
    areas = [grid._area(place) for place in range(count)]
    assert all(grid.rect().contains(area) for area in areas)
    assert not any(one.intersects(other) for one, other in combinations(areas, 2))

    QTest.mouseClick(grid, PRESSED, pos=areas[18].center())
    assert room.session.seat is not None
    assert room.session.seat.number == 19
    assert room.console.view.isVisible()
    room.press(Key.Key_G, Key.Key_Escape)
    assert not room.console.shows_grid
    assert room.console.isVisible()


def test_the_strip_keeps_the_slide_in_view_however_narrow(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk")
    strip = room.console.strip
    strip.setFixedWidth(320)
    QApplication.processEvents()
    for number in ("14", "2", "20"):
        room.type(number)
        room.press(Key.Key_Return)
        area = strip._area(int(number) - 1)
        assert strip.rect().contains(area.adjusted(0, 0, -1, -1)), number


# What the audience sees


def test_black_and_white_cover_the_audience_alone(begin: Begin) -> None:
    room = begin(show="window")
    before = room.console.view.grab().toImage()
    room.press(Key.Key_B)
    assert room.seen_colour() == "#000000"
    assert "Audience sees black" in room.words()
    assert room.console.view.grab().toImage() == before

    room.press(Key.Key_W)
    assert room.seen_colour() == "#ffffff"
    room.press(Key.Key_Comma)
    assert room.session.cover == ""


def test_a_held_audience_stays_and_the_console_says_so(begin: Begin) -> None:
    room = begin(show="window")
    before = room.stage.grab().toImage()
    room.press(Key.Key_F, Key.Key_PageDown)
    assert room.stage.grab().toImage() == before
    assert "Audience held on another slide" in room.words()

    room.press(Key.Key_F)
    assert room.stage.grab().toImage() != before


def test_the_pointer_is_mirrored_and_vanishes_when_idle(begin: Begin) -> None:
    room = begin(show="window")
    room.press(Key.Key_End)
    bare = room.stage.grab().toImage()
    room.move(0.4, 0.6)
    assert room.session.pointer is None

    room.press(Key.Key_L)
    room.move(0.25, 0.75)
    pointer = room.session.pointer
    assert pointer is not None
    assert (pointer.x(), pointer.y()) == pytest.approx((0.25, 0.75), abs=0.01)
    shown = room.stage.grab().toImage()
    at = QPointF(0.25 * shown.width(), 0.75 * shown.height()).toPoint()
    assert shown.pixelColor(at) != bare.pixelColor(at)

    room.console._idle.timeout.emit()
    assert room.session.pointer is None
    assert room.stage.grab().toImage() == bare


def test_a_drag_over_the_slide_zooms_and_escape_comes_back(begin: Begin) -> None:
    room = begin(show="window")
    view = room.console.view
    QTest.mousePress(view, PRESSED, pos=room.on_page(0.5, 0.5))
    room.move(0.8, 0.9)
    QTest.mouseRelease(view, PRESSED, pos=room.on_page(0.8, 0.9))

    region = room.session.zoom
    assert region.width() == pytest.approx(0.4, abs=0.02)
    assert region.center().x() == pytest.approx(0.65, abs=0.02)
    enlarged = room.stage.grab().toImage()
    edges = {enlarged.pixelColor(5, y).name() for y in (2, enlarged.height() - 3)}
    assert edges == {"#3a4652"}, "what is enlarged keeps its marking"
    room.press(Key.Key_Escape)
    assert room.session.zoom == QRectF(0, 0, 1, 1)
    assert room.console.isVisible()


def test_an_edit_is_announced_and_shown_when_the_briefer_says_so(begin: Begin) -> None:
    room = begin(show="window")
    before = room.stage.grab().toImage()
    file = room.session.dossier
    edited = msgspec.structs.replace(file.slides["one"], title=LocalText("Another message"))  # type: ignore[index]
    room.session.hear(file.with_record(edited))
    assert "The facts were changed" in room.words()
    assert room.stage.grab().toImage() == before

    room.press(Key.Key_U)
    assert room.stage.grab().toImage() != before
    assert "Another message" in room.words()
    assert "The facts were changed" not in room.words()


# Answers


def test_q_and_arrows_show_a_numbers_source_first_here_then_there(begin: Begin) -> None:
    room = begin(show="window")
    slide = room.stage.grab().toImage()
    room.press(Key.Key_Q)
    view = room.console.view
    first = view.active
    assert first is not None
    room.press(Key.Key_Right)
    second = view.active
    assert second is not None
    assert second != first
    room.press(Key.Key_Left)
    assert view.active == first

    room.press(Key.Key_Return)
    assert room.session.asked == Card(FactId(first.fact_id))
    assert "raising the total US grant" in room.words()
    assert "Only you see this" in room.words()
    assert room.stage.grab().toImage() == slide

    room.press(Key.Key_Return)
    assert room.session.pushed == room.session.asked
    assert "The audience sees this" in room.words()
    assert room.stage.grab().toImage() != slide

    room.press(Key.Key_Escape)
    assert room.session.asked is None
    assert room.stage.grab().toImage() == slide


def test_q_on_a_slide_without_numbers_says_so(begin: Begin) -> None:
    room = begin(start="three")
    room.press(Key.Key_Q)
    assert "No number stands on this slide" in room.words()
    assert room.console.view.active is None

    room.press(Key.Key_Left)
    assert room.here() == "two"


def test_a_click_on_a_number_asks_where_it_is_from(begin: Begin) -> None:
    room = begin()
    view = room.console.view
    mark = next(each for each in view.numbers() if each.fact_id == "new")
    QTest.mouseClick(view, PRESSED, pos=mark.area.center().toPoint())
    assert room.session.asked == Card(FactId("new"))
    assert room.session.pushed is None


def test_the_arrows_step_slides_again_after_the_clicker_went_on(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_Q, Key.Key_PageDown)
    assert room.here() == "two"
    room.press(Key.Key_Right)

    assert room.here() == "three"


def test_d_pushes_both_sources_of_each_number_that_differs_in_turn(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window", start="bien-hoa-money")
    slide = room.stage.grab().toImage()
    assert room.words().count("D shows both") == 1
    assert room.words().count("D again shows both") == 1

    seen = []
    for _ in range(2):
        room.press(Key.Key_D)
        pushed = room.session.pushed
        assert pushed is not None
        assert pushed.both
        assert room.stage.grab().toImage() != slide
        seen.append(pushed.fact_id)
    assert seen == ["bien-hoa-commitment-2019", "bien-hoa-addition-2025"]

    room.press(Key.Key_D)
    assert room.session.pushed is None
    assert room.stage.grab().toImage() == slide


def test_d_pushes_both_sources_of_the_number_that_is_asked_about(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", start="bien-hoa-money")
    addition = Card(FactId("bien-hoa-addition-2025"))
    room.session.ask(addition)
    room.press(Key.Key_D)

    assert room.session.pushed == addition._replace(both=True)


def found(room: Room) -> list[Result]:
    lines = room.console.search.results._lines
    every = (lines.line(row) for row in range(lines.rowCount()))
    return [line for line in every if isinstance(line, Result)]


def test_question_mode_answers_the_briefer_before_the_audience(begin: Begin) -> None:
    room = begin(show="window")
    slide = room.stage.grab().toImage()
    room.press(Key.Key_Slash)
    assert room.console.is_searching
    room.type("300")
    assert {str(each.key) for each in found(room)} == {"new"}
    assert room.stage.grab().toImage() == slide
    assert room.here() == "one"

    room.press(Key.Key_Return)
    assert not room.console.is_searching
    assert room.session.asked == Card(FactId("new"))
    assert room.stage.grab().toImage() == slide
    room.press(Key.Key_Return)
    assert room.session.pushed == Card(FactId("new"))
    room.press(Key.Key_Escape)
    assert room.stage.grab().toImage() == slide
    assert room.console.isVisible()


def test_a_question_is_typed_while_the_audiences_window_has_the_keyboard(begin: Begin) -> None:
    room = begin(show="window")
    QTest.keyClick(room.stage, Key.Key_Slash)
    QTest.keyClicks(room.stage, "300")
    assert room.console.search.box.text() == "300"
    assert room.here() == "one"

    QTest.keyClick(room.stage, Key.Key_Return)
    assert room.session.asked == Card(FactId("new"))
    QTest.keyClick(room.stage, Key.Key_Slash)
    QTest.keyClick(room.stage, Key.Key_Escape)
    assert not room.console.is_searching
    QTest.keyClick(room.stage, Key.Key_PageDown)
    assert room.here() == "two"


def test_escape_leaves_the_search_and_the_keys_are_keys_again(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_Slash)
    room.type("b.4")
    assert room.session.cover == ""
    room.press(Key.Key_Escape)
    assert not room.console.is_searching
    room.press(Key.Key_B)
    assert room.session.cover == "black"


@pytest.mark.parametrize("words", ["5 million", "secret", "five", "usd"])
def test_what_is_withheld_is_never_found(begin: Begin, words: str) -> None:
    room = begin()
    room.press(Key.Key_Slash)
    room.type(words)

    assert "secret" not in {str(each.key) for each in found(room)}
    assert any(fact.id == "secret" for fact in room.session.dossier.facts.values())


def test_a_withheld_fact_stands_on_no_slide_and_leads_nowhere(begin: Begin) -> None:
    file = short_talk()
    slide = a_slide("one", "Not {secret}", facts=("secret", "old"), notes=LocalText("Nor {secret}"))
    room = begin(file.with_record(slide), show="window")

    assert "secret" not in {mark.fact_id for mark in room.console.view.numbers()}
    assert "5 million" not in room.words()
    assert "secret" not in room.session.fact_ids()
    assert AudienceId("hanoi") == room.session.audience


# The console


def test_k_pauses_the_clock(begin: Begin, clock: Clock) -> None:
    room = begin()
    clock.go(65)
    room.press(Key.Key_K)
    clock.go(500)
    room.console.bar.tick()
    assert room.console.bar.elapsed.text() == "01:05"
    assert room.console.bar.planned.text() == "paused"


def test_the_bar_tells_time_plan_pace_and_what_is_left(begin: Begin, clock: Clock) -> None:
    room = begin()
    clock.go(100)
    room.console.bar.tick()
    bar = room.console.bar
    now = datetime.datetime.fromtimestamp(clock.now_s).astimezone()
    assert bar.elapsed.text() == "01:40"
    assert bar.planned.text() == "of 03:30"
    assert bar.pace.text() == "40 s behind"
    assert bar.clock.text() == f"{now:%H:%M}"

    room.session.end_at(clock.now_s + 754)
    assert "12:34 left" in bar.end.text()
    clock.go(800)
    bar.tick()
    assert "00:46 over" in bar.end.text()


def test_the_end_is_typed_as_a_time(begin: Begin, clock: Clock) -> None:
    room = begin()
    ahead = datetime.datetime.fromtimestamp(clock.now_s + 3600).astimezone()
    room.press(Key.Key_T)
    assert "End at" in room.words()
    room.type(f"{ahead:%H%M}")
    room.press(Key.Key_Return)

    left_s = room.session.remaining_s
    assert left_s is not None
    assert 3540 <= left_s <= 3600
    assert room.here() == "one"

    room.press(Key.Key_T, Key.Key_Delete)
    assert room.session.ends_at is None


def test_the_proposed_end_leaves_room_for_the_plan_and_moves_by_arrows(
    begin: Begin, clock: Clock
) -> None:
    room = begin()
    button(room, "End time").click()
    room.press(Key.Key_Up, Key.Key_Up, Key.Key_Down, Key.Key_Enter)
    left_s = room.session.remaining_s
    assert left_s is not None
    assert 210 + 300 <= left_s < 210 + 600

    room.press(Key.Key_T, Key.Key_PageDown)
    assert room.here() == "two"
    assert room.session.remaining_s == left_s


@pytest.mark.parametrize(("digits", "hours"), [("0030", 1.0), ("2330", 0.0), ("2200", -1.5)])
def test_a_time_typed_about_midnight_is_the_nearest(digits: str, hours: float) -> None:
    evening = datetime.datetime(2026, 1, 20, 23, 30).astimezone().timestamp()

    assert at_clock(digits, evening) == evening + hours * 3600


@pytest.mark.parametrize("digits", ["1", "14", "2460", "2500"])
def test_what_no_clock_shows_is_no_time(digits: str) -> None:
    assert at_clock(digits, 1_000_000.0) is None


def test_f1_lists_the_keys_and_escape_takes_them_away(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_F1)
    assert "Both sides where sources differ" in room.words()
    room.press(Key.Key_PageDown)
    assert room.here() == "two"
    room.press(Key.Key_Escape)
    assert "Both sides where sources differ" not in room.words()
    assert room.console.isVisible()


def test_notes_keep_their_size(begin: Begin, settings: Settings) -> None:
    room = begin()
    before_px = room.console.notes.font().pixelSize()
    room.press(Key.Key_Plus, Key.Key_Plus)
    larger_px = room.console.notes.font().pixelSize()
    assert larger_px > before_px
    room.presenter.end()

    again = begin()
    assert again.console.notes.font().pixelSize() == larger_px
    for _ in range(20):
        again.press(Key.Key_Minus)
    assert settings.notes_size == 0
    assert again.console.notes.font().pixelSize() >= 12


def test_what_has_changed_since_it_was_last_given_is_said(begin: Begin) -> None:
    room = begin(changed=frozenset({"old"}))
    assert "Changed since this was last given" in room.words()
    room.press(Key.Key_End)

    assert "Changed since this was last given" not in room.words()


# Windows


def test_one_screen_is_a_rehearsal_and_offers_the_others(begin: Begin) -> None:
    room = begin()
    assert room.console.isVisible()
    assert not room.stage.isVisible()
    assert "rehearsal" in room.words()

    room.press(Key.Key_V)
    assert room.stage.isVisible()
    assert not room.console.isVisible()
    room.press(Key.Key_PageDown, Key.Key_V)
    assert room.console.isVisible()
    assert not room.stage.isVisible()
    assert room.here() == "two"


def test_slides_alone_take_no_question(begin: Begin) -> None:
    room = begin(show="audience")
    room.press(Key.Key_Slash, Key.Key_Q, Key.Key_Right)
    assert room.here() == "two"
    room.press(Key.Key_V)

    assert not room.console.is_searching


def test_a_window_for_a_call_is_no_full_screen_and_takes_any_shape(begin: Begin) -> None:
    room = begin()
    button(room, "In a window").click()
    assert room.stage.isVisible()
    assert not room.stage.isFullScreen()
    assert not room.console.isFullScreen()

    room.stage.resize(800, 600)
    QApplication.processEvents()
    page = room.console.view.page()
    assert page.width() / page.height() == pytest.approx(4 / 3, abs=0.02)


def test_the_offer_is_taken_by_the_keyboard(begin: Begin) -> None:
    room = begin()
    button(room, "In a window").setFocus()
    room.press(Key.Key_Space)

    assert room.stage.isVisible()
    assert room.here() == "one"


def test_closing_either_window_ends_it(begin: Begin) -> None:
    room = begin(show="window")
    ended = []
    room.presenter.ended.connect(lambda: ended.append(True))
    room.press(Key.Key_Escape)

    assert ended == [True]
    assert not room.stage.isVisible()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_i_names_every_screen(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_I)
    signs = [each for each in room.presenter._signs if each.isVisible()]
    assert len(signs) == len(QApplication.screens())
    assert "800 × 800" in signs[0].text()  # type: ignore[attr-defined]
    room.press(Key.Key_Escape)
    assert not any(each.isVisible() for each in room.presenter._signs)


def test_s_with_one_screen_leaves_all_as_it_is(begin: Begin) -> None:
    room = begin()
    room.press(Key.Key_S)

    assert room.console.isVisible()
    assert not room.stage.isVisible()
