"""The timeline moves and grows under wheel, drag and keys, and says what the reader comes upon."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.figures.timeline_strip import TimelineStrip
from desktop.figures.timeline_view import TimelineView
from desktop.figures.timeline_window import MOST_PX_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from desktop.model.dossier import Dossier
    from desktop.services.theme import Theme
    from tests.figures.conftest import DossierOf

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
EVENTS = {
    "border-war": "1979-02-17",
    "vandegrift": "2003-11-22",
    "vinson": "2018-03",
    **{f"dialogue-{number}": f"2025-05-{number + 1:02}" for number in range(9)},
    **{f"minutes-{number}": "2025-08-08" for number in range(9)},
    "tripoli": "2025-12-08",
}


@pytest.fixture
def dossier(dossier_of: DossierOf) -> Dossier:
    return dossier_of(EVENTS)


def shown(qtbot: QtBot, theme: Theme, dossier: Dossier, height_px: int = 300) -> TimelineView:
    strip = TimelineStrip()
    view = TimelineView(strip, theme, dossier)
    strip.setParent(view)
    qtbot.addWidget(view)
    view.resize(1200, height_px)
    with qtbot.waitActive(view):
        view.show()
    return view


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, dossier: Dossier) -> TimelineView:
    return shown(qtbot, theme, dossier)


def day(text: str) -> float:
    return float(date.fromisoformat(text).toordinal())


def middle_of(view: TimelineView, fact_id: str) -> QPoint:
    mark = next(mark for mark in view.marks() if mark.fact_id == fact_id)
    return mark.area.center().toPoint()


def day_at(view: TimelineView, x: float) -> float:
    lanes = view.frame().lanes
    first, last = view.days()
    return first + (x - lanes.left()) / lanes.width() * (last - first)


def turn(view: TimelineView, place: QPointF, delta: QPoint, modifiers: object = NONE) -> None:
    event = QWheelEvent(
        place,
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        delta,
        Qt.MouseButton.NoButton,
        modifiers,  # type: ignore[arg-type]
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(qtbot: QtBot, view: TimelineView, start: QPoint, by: QPoint) -> None:
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (1, 2, 3, 4):
        place = start + by * step / 4
        kind, left = QEvent.Type.MouseMove, Qt.MouseButton.LeftButton
        where = QPointF(place), QPointF(view.mapToGlobal(place))
        QApplication.sendEvent(view, QMouseEvent(kind, *where, left, left, NONE))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + by)


def pictured(view: TimelineView) -> QImage:
    return view.grab().toImage()


def test_at_first_all_time_is_in_view(view: TimelineView) -> None:
    first, last = view.days()

    assert view.shows_all_time()
    assert first < day("1979-02-17")
    assert last > day("2025-12-13")
    assert {mark.fact_id for mark in view.marks()} >= {"border-war", "vandegrift"}


@pytest.mark.parametrize("x", [300.0, 700.0, 1100.0])
def test_the_wheel_enlarges_what_is_under_the_pointer(view: TimelineView, x: float) -> None:
    before, there = view.days(), day_at(view, x)

    turn(view, QPointF(x, 50), QPoint(0, 120))

    assert day_at(view, x) == pytest.approx(there, abs=10)
    assert view.days()[1] - view.days()[0] < (before[1] - before[0]) * 0.9

    turn(view, QPointF(x, 50), QPoint(0, -1200))
    assert view.shows_all_time()


def test_the_wheel_with_shift_and_a_sideways_wheel_move_through_time(view: TimelineView) -> None:
    view.show_days(day("2010-01-01"), day("2012-01-01"))
    turn(view, QPointF(600, 50), QPoint(0, -120), Qt.KeyboardModifier.ShiftModifier)
    first = view.days()[0]
    assert day("2010-01-10") < first < day("2011-01-01")

    turn(view, QPointF(600, 50), QPoint(240, 0))
    assert view.days()[0] < first


def test_a_pinch_enlarges_around_the_fingers(view: TimelineView) -> None:
    place = QPointF(900, 60)
    there = day_at(view, 900)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(view.mapToGlobal(place)),
        0.5,
        QPointF(),
    )

    QApplication.sendEvent(view, event)

    assert not view.shows_all_time()
    assert day_at(view, 900) == pytest.approx(there, abs=10)


def test_two_fingers_on_a_screen_enlarge_what_lies_between_them(
    qtbot: QtBot, theme: Theme, dossier: Dossier
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 300)
    strip = TimelineStrip()
    view = TimelineView(strip, theme, dossier, window)
    strip.setParent(view)
    view.resize(1200, 300)
    with qtbot.waitActive(window):
        window.show()
    before, there = view.days(), day_at(view, 700)
    touch = QTest.touchEvent(view, QTest.createTouchDevice())
    touch.press(0, QPoint(650, 60), view).press(1, QPoint(750, 60), view).commit()
    for apart in range(60, 240, 20):
        left, right = QPoint(700 - apart, 60), QPoint(700 + apart, 60)
        touch.move(0, left, view).move(1, right, view).commit()
    touch.release(0, QPoint(480, 60), view).release(1, QPoint(920, 60), view).commit()

    grown = (before[1] - before[0]) / (view.days()[1] - view.days()[0])
    assert 2.5 < grown < 5
    assert day_at(view, 700) == pytest.approx(there, abs=60)


def test_dragging_moves_time_with_the_pointer_and_picks_nothing(
    qtbot: QtBot, view: TimelineView
) -> None:
    view.show_days(day("2016-01-01"), day("2020-01-01"))
    start = middle_of(view, "vinson")
    there = day_at(view, start.x())

    with qtbot.assertNotEmitted(view.picked):
        drag(qtbot, view, start, QPoint(-200, 4))

    assert day_at(view, start.x() - 200) == pytest.approx(there, abs=2)


def test_a_slow_drag_goes_as_far_as_the_pointer_and_stops_at_the_end_of_time(
    qtbot: QtBot, view: TimelineView
) -> None:
    view.show_days(day("2016-01-01"), day("2020-01-01"))
    there = day_at(view, 500)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 250))
    left = Qt.MouseButton.LeftButton

    def move_to(x: float) -> None:
        place = QPointF(x, 250)
        where = place, QPointF(view.mapToGlobal(place))
        event = QMouseEvent(QEvent.Type.MouseMove, *where, left, left, NONE)
        QApplication.sendEvent(view, event)

    move_to(480)
    for step in range(1, 101):
        move_to(480 - step * 0.3)
    assert day_at(view, 450) == pytest.approx(there, abs=2)
    for x in (-4000, -8000, 450):
        move_to(x)
    assert day_at(view, 450) == pytest.approx(there, abs=2)


def test_keys_move_grow_and_shrink(qtbot: QtBot, view: TimelineView) -> None:
    def after(*keys: Qt.Key) -> tuple[float, float]:
        for key in keys:
            qtbot.keyClick(view, key)
        return view.days()

    whole = view.days()
    first, last = after(Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert last - first == pytest.approx((whole[1] - whole[0]) / 2.25, rel=0.01)
    assert after(Qt.Key.Key_Left)[0] < first
    assert after(Qt.Key.Key_Right, Qt.Key.Key_Right)[0] > first
    assert after(Qt.Key.Key_Home)[0] == pytest.approx(whole[0], rel=0.001)
    assert after(Qt.Key.Key_End)[1] > day("2025-12-12")
    assert after(Qt.Key.Key_Minus)[1] - view.days()[0] > last - first
    assert after(Qt.Key.Key_0) == whole


def test_it_goes_no_further_than_time_and_no_closer_than_days(view: TimelineView) -> None:
    whole = view.days()

    view.pan(-5000)
    assert view.days() == whole
    view.zoom(1e9)
    lanes = view.frame().lanes
    assert view.days()[1] - view.days()[0] == pytest.approx(lanes.width() / MOST_PX_PER_DAY)
    view.pan(1e9)
    assert view.days()[1] == pytest.approx(day("2025-12-13"), abs=2)
    view.zoom(1e-9)
    assert view.days() == whole


@given(
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("pan"), st.floats(-3000, 3000)),
            st.tuples(st.just("zoom"), st.floats(0.1, 10)),
            st.tuples(st.just("width"), st.integers(420, 2400)),
        ),
        max_size=8,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_it_is_moved_it_stays_within_time(
    view: TimelineView, moves: list[tuple[str, float]]
) -> None:
    view.resize(1200, 300)
    view.show_all_time()
    for kind, amount in moves:
        if kind == "pan":
            view.pan(amount)
        elif kind == "zoom":
            view.zoom(amount)
        else:
            view.resize(int(amount), 300)
        first, last = view.days()
        window = view.strip.reach(view.frame().lanes.width(), view._dossier).whole
        assert first >= window.first - 1
        assert last <= window.first + view.frame().lanes.width() / window.px_per_day + 1
        assert last > first


def test_a_click_picks_a_fact_and_enlarges_a_cluster_until_it_parts(
    qtbot: QtBot, view: TimelineView
) -> None:
    with qtbot.waitSignal(view.picked) as seen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle_of(view, "vandegrift"))
    assert seen.args == ["vandegrift"]

    before = view.days()
    while any(mark.part for mark in view.marks() if mark.fact_id.startswith("dialogue")):
        cluster = next(m for m in view.marks() if m.part and m.fact_id.startswith("dialogue"))
        with qtbot.assertNotEmitted(view.picked):
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=cluster.area.center().toPoint())
        assert view.days()[1] - view.days()[0] < before[1] - before[0]
        before = view.days()
    alone = {mark.fact_id for mark in view.marks() if not mark.part}
    assert {f"dialogue-{number}" for number in range(9)} <= alone


def test_a_cluster_of_one_day_is_listed(qtbot: QtBot, view: TimelineView) -> None:
    view.show_days(day("2025-07-01"), day("2025-09-15"))
    window = view.days()

    with qtbot.waitSignal(view.listed) as seen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle_of(view, "minutes-0"))

    assert sorted(seen.args[0]) == [f"minutes-{number}" for number in range(9)]
    assert view.days() == window


def test_keys_walk_from_mark_to_mark_and_from_lane_to_lane(
    qtbot: QtBot, theme: Theme, dossier_of: DossierOf, move_area: Callable[..., Dossier]
) -> None:
    found = move_area(dossier_of(EVENTS), "vinson", "Framework")
    view = shown(qtbot, theme, found, 400)
    view.setFocus(Qt.FocusReason.TabFocusReason)

    for _ in range(9):
        qtbot.keyClick(view, Qt.Key.Key_Left, CTRL)
    assert view.focused_id() == "border-war"
    qtbot.keyClick(view, Qt.Key.Key_Right, CTRL)
    assert view.focused_id() == "vandegrift"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.focused_id() == "vinson"
    assert view.accessibleDescription() == "March 2018: The event called vinson takes place."
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.focused_id() != "vinson"

    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.picked) as seen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert seen.args == ["vinson"]


def test_walking_brings_marks_into_view(qtbot: QtBot, view: TimelineView) -> None:
    view.show_days(day("2003-01-01"), day("2005-01-01"))
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.focused_id() == "vandegrift"

    qtbot.keyClick(view, Qt.Key.Key_Right, CTRL)

    assert view.focused_id() == "vinson"
    assert view.days()[0] < day("2018-03-15") < view.days()[1]


def test_the_mark_in_focus_is_ringed_and_the_pointer_says_what_it_is_on(
    view: TimelineView,
) -> None:
    view.clearFocus()
    plain = pictured(view)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert pictured(view) != plain

    place = middle_of(view, "vandegrift")
    none = Qt.MouseButton.NoButton
    where = QPointF(place), QPointF(view.mapToGlobal(place))
    QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, *where, none, none, NONE))
    assert "22 November 2003: The event called vandegrift" in view.toolTip()


def test_a_fact_chosen_elsewhere_comes_into_view_but_one_in_view_stays(view: TimelineView) -> None:
    view.show_days(day("2017-01-01"), day("2019-01-01"))
    before = view.days()

    view.bring_into_view("vinson")
    assert view.days() == before
    view.bring_into_view("vandegrift")
    assert view.days()[0] < day("2003-11-22") < view.days()[1]
    assert view.days()[1] - view.days()[0] == pytest.approx(before[1] - before[0])


def test_a_pan_shows_the_same_picture_moved(view: TimelineView) -> None:
    view.show_days(day("2015-01-01"), day("2026-01-01"))
    lanes = view.frame().lanes.toRect()
    before = pictured(view)

    view.pan(-37)

    after = pictured(view)
    left, width = lanes.left() + 2, lanes.width() - 80
    height = lanes.height()
    assert before.copy(left, 0, width, height) == after.copy(left + 37, 0, width, height)


def test_what_a_pan_uncovers_is_drawn_as_if_afresh(view: TimelineView) -> None:
    view.show_days(day("2018-01-01"), day("2026-01-01"))
    pictured(view)
    for _ in range(30):
        view.pan(-61)
        moved = pictured(view)
    view.resize(1201, 300)
    view.resize(1200, 300)

    assert view.grab().toImage() == moved


def test_a_change_is_seen_at_once_and_repaints_the_chosen_fact(
    view: TimelineView, dossier_of: DossierOf
) -> None:
    before = pictured(view)

    view.strip.choose("vandegrift")
    chosen = pictured(view)
    assert chosen != before
    view.show_dossier(dossier_of({**EVENTS, "vandegrift": "1999-11-22"}))
    assert pictured(view) != chosen
    view.strip.choose("")
    view.show_dossier(dossier_of(EVENTS))
    assert pictured(view) == before


def test_it_is_painted_anew_when_the_theme_changes(view: TimelineView, theme: Theme) -> None:
    light = pictured(view)

    theme.set_mode("dark")

    assert pictured(view) != light


def test_without_facts_it_says_so_and_keys_do_nothing(
    qtbot: QtBot, theme: Theme, dossier_of: DossierOf
) -> None:
    view = shown(qtbot, theme, dossier_of({}))
    view.setFocus(Qt.FocusReason.TabFocusReason)

    for key in (Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)

    assert view.accessibleName() == "No dated facts to show."
    assert view.accessibleDescription() == ""


def test_one_fact_stands_alone(qtbot: QtBot, theme: Theme, dossier_of: DossierOf) -> None:
    view = shown(qtbot, theme, dossier_of({"only": "2025-05-08"}))

    (mark,) = view.marks()
    assert mark.fact_id == "only"
    assert view.frame().lanes.contains(mark.area)
