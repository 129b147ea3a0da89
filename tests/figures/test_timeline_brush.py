"""The strip of all time moves, widens and narrows what is in view, by pointer and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.figures.timeline_brush import TimelineBrush

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme

FIRST, LAST = 720_000.0, 739_600.0
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def brush(qtbot: QtBot, theme: Theme) -> TimelineBrush:
    """A strip that shows at once what is asked of it, as it does beside a timeline."""
    brush = TimelineBrush(theme)
    qtbot.addWidget(brush)
    brush.resize(1000, 70)
    brush.set_margins(40, 20)
    brush.show_facts(FIRST, LAST, [[720_100.0, 738_000.0, 738_001.0], [738_002.0]])
    brush.show_window(730_000, 734_000, "1999–2010")
    brush.window_moved.connect(lambda first, last: brush.show_window(first, last, ""))
    with qtbot.waitActive(brush):
        brush.show()
    return brush


def shown(brush: TimelineBrush) -> tuple[float, float]:
    return brush._window


def drag(qtbot: QtBot, brush: TimelineBrush, start: QPoint, by_px: int) -> None:
    qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=start)
    for step in (1, 2, 3):
        place = start + QPoint(by_px * step // 3, 0)
        where = QPointF(place), QPointF(brush.mapToGlobal(place))
        kind, left = QEvent.Type.MouseMove, Qt.MouseButton.LeftButton
        QApplication.sendEvent(brush, QMouseEvent(kind, *where, left, left, NONE))
    qtbot.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=start + QPoint(by_px, 0))


def handle(brush: TimelineBrush, side: str) -> QPoint:
    area: QRect = brush.window_area().toRect()
    x = {"left": area.left(), "right": area.right() + 1, "middle": area.center().x()}[side]
    return QPoint(x, area.center().y())


def test_its_middle_moves_the_window_with_the_pointer(qtbot: QtBot, brush: TimelineBrush) -> None:
    before = brush.window_area()

    drag(qtbot, brush, handle(brush, "middle"), 90)

    assert brush.window_area().left() == pytest.approx(before.left() + 90, abs=0.01)
    assert shown(brush)[1] - shown(brush)[0] == pytest.approx(4000)


@pytest.mark.parametrize(("side", "kept"), [("left", 1), ("right", 0)])
def test_an_edge_moves_alone(qtbot: QtBot, brush: TimelineBrush, side: str, kept: int) -> None:
    before = shown(brush)

    drag(qtbot, brush, handle(brush, side), -40)

    assert shown(brush)[kept] == before[kept]
    assert shown(brush)[1 - kept] < before[1 - kept]


def test_edges_do_not_pass_one_another(qtbot: QtBot, brush: TimelineBrush) -> None:
    drag(qtbot, brush, handle(brush, "left"), 900)

    first, last = shown(brush)
    assert first < last == 734_000


def test_a_press_beside_the_window_brings_it_there(qtbot: QtBot, brush: TimelineBrush) -> None:
    qtbot.mouseClick(brush, Qt.MouseButton.LeftButton, pos=QPoint(800, 30))

    assert brush.window_area().center().x() == pytest.approx(800, abs=1)


def test_it_stops_at_the_ends_of_time(qtbot: QtBot, brush: TimelineBrush) -> None:
    drag(qtbot, brush, handle(brush, "middle"), -900)
    assert shown(brush) == (FIRST, FIRST + 4000)

    drag(qtbot, brush, handle(brush, "middle"), 1800)
    assert shown(brush) == (LAST - 4000, LAST)


def test_keys_move_it_and_its_edges(qtbot: QtBot, brush: TimelineBrush) -> None:
    qtbot.keyClick(brush, Qt.Key.Key_Right)
    assert shown(brush) == (pytest.approx(730_400), pytest.approx(734_400))
    qtbot.keyClick(brush, Qt.Key.Key_Left, SHIFT)
    assert shown(brush) == (pytest.approx(730_400), pytest.approx(734_000))
    qtbot.keyClick(brush, Qt.Key.Key_Left, CTRL)
    assert shown(brush)[0] < 730_400
    qtbot.keyClick(brush, Qt.Key.Key_Home)
    assert shown(brush)[0] == FIRST
    qtbot.keyClick(brush, Qt.Key.Key_End)
    assert shown(brush)[1] == LAST
    width = shown(brush)[1] - shown(brush)[0]
    qtbot.keyClick(brush, Qt.Key.Key_Plus)
    assert shown(brush)[1] - shown(brush)[0] == pytest.approx(width / 1.5)
    with qtbot.waitSignal(brush.all_wanted):
        qtbot.keyClick(brush, Qt.Key.Key_0)


@given(
    keys=st.lists(
        st.tuples(
            st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End]),
            st.sampled_from([NONE, SHIFT, CTRL]),
        ),
        max_size=20,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_keys_are_pressed_the_window_stays_within_time(
    qtbot: QtBot,
    brush: TimelineBrush,
    keys: list[tuple[Qt.Key, Qt.KeyboardModifier]],
) -> None:
    brush.show_window(730_000, 734_000, "")
    for key, modifiers in keys:
        qtbot.keyClick(brush, key, modifiers)
        first, last = shown(brush)
        assert FIRST <= first < last <= LAST


def test_it_shows_where_facts_are_dense_and_tells_the_window(
    brush: TimelineBrush, theme: Theme
) -> None:
    brush.clearFocus()
    few = brush.grab().toImage()
    brush.show_facts(FIRST, LAST, [[720_100.0, 724_000.0, 738_001.0]])
    assert brush.grab().toImage() != few
    theme.set_mode("dark")
    assert brush.grab().toImage() != few

    brush.show_window(730_000, 731_000, "Sep 1999 – Jun 2002")
    assert brush.accessibleName() == "Time in view"
    assert brush.accessibleDescription() == "Sep 1999 – Jun 2002"


def test_every_fact_is_counted_once(brush: TimelineBrush) -> None:
    days = [[FIRST, FIRST + 0.5, 730_000.0, LAST], [725_000.0, LAST - 1]]

    for width_px in (200, 1000, 3840):
        brush.resize(width_px, 70)
        brush.show_facts(FIRST, LAST, days)
        assert sum(brush._counts(brush._plot())) == 6
