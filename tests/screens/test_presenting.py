"""The wrong screen, the unplugged projector, the late one: what briefers fear, on two screens."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.widgets.button import Button
from tests.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from desktop.presentation.presenter import Presenter
    from tests.screens.conftest import Projector


class Room:
    """The briefer in the room: starts, presses keys, and looks at both screens."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot = qtbot
        self.desk = desk

    def begin(self, key: Qt.Key = Qt.Key.Key_F5) -> Presenter:
        QTest.keyClick(self.desk.window, key)
        presenter = self.desk.app.present.giving.presenter
        assert presenter is not None
        self.presenter = presenter
        return presenter

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.presenter.console, key)

    def until(self, told: object) -> None:
        self.qtbot.waitUntil(told)  # type: ignore[arg-type]

    def fills(self, window: QWidget, screen: QScreen) -> bool:
        return window.isVisible() and window.geometry() == screen.geometry()


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path, projector: Projector) -> Iterator[Room]:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program():
        place = Room(qtbot, desk)
        yield place
        presenter = desk.app.present.giving.presenter
        if presenter is not None:
            presenter.end()
            desk.settle()


def named(application: QApplication, name: str) -> QScreen:
    return next(screen for screen in application.screens() if screen.name() == name)


def test_the_audience_gets_the_projector_and_the_briefer_the_laptop(
    room: Room, qapp: QApplication, shots: Path
) -> None:
    presenter = room.begin()
    laptop, projector = named(qapp, "Laptop"), named(qapp, "Projector")

    room.until(lambda: room.fills(presenter.stage, projector))
    room.until(lambda: room.fills(presenter.console, laptop))
    presenter.console.grab().save(str(shots / "console.png"))
    presenter.stage.grab().save(str(shots / "stage.png"))


def test_the_keyboard_is_at_the_console_whichever_window_came_last(
    room: Room, qapp: QApplication
) -> None:
    presenter = room.begin()
    room.until(lambda: room.fills(presenter.stage, named(qapp, "Projector")))
    room.until(lambda: qapp.activeWindow() is presenter.console)

    presenter.stage.activateWindow()
    room.until(lambda: qapp.activeWindow() is presenter.console)


def test_s_swaps_and_the_choice_is_kept_for_these_screens(room: Room, qapp: QApplication) -> None:
    presenter = room.begin()
    laptop, projector = named(qapp, "Laptop"), named(qapp, "Projector")
    room.until(lambda: room.fills(presenter.stage, projector))

    room.press(Qt.Key.Key_S)
    room.until(lambda: room.fills(presenter.stage, laptop))
    room.until(lambda: room.fills(presenter.console, projector))

    presenter.end()
    room.desk.settle()
    again = room.begin()
    room.until(lambda: room.fills(again.stage, laptop))


def test_an_unplugged_projector_leaves_console_slide_and_clock(
    room: Room, qapp: QApplication, projector: Projector, shots: Path
) -> None:
    presenter = room.begin()
    room.until(lambda: room.fills(presenter.stage, named(qapp, "Projector")))
    room.press(Qt.Key.Key_PageDown)
    room.press(Qt.Key.Key_PageDown)
    here, elapsed_s = presenter.session.slide, presenter.session.elapsed_s

    projector.unplug()
    room.until(lambda: not presenter.stage.isVisible())
    room.until(lambda: room.fills(presenter.console, named(qapp, "Laptop")))
    assert presenter.session.slide is here
    assert presenter.session.elapsed_s >= elapsed_s
    assert "screen is gone" in presenter.console.notice.words()
    presenter.console.grab().save(str(shots / "unplugged.png"))

    projector.plug()
    room.until(lambda: "A screen is there" in presenter.console.notice.words())
    assert not presenter.stage.isVisible()
    offer = presenter.console.notice.findChildren(Button)[-1]
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    room.until(lambda: room.fills(presenter.stage, named(qapp, "Projector")))
    assert presenter.session.slide is here


def test_a_projector_that_comes_late_is_offered(
    room: Room, qapp: QApplication, projector: Projector
) -> None:
    projector.unplug()
    presenter = room.begin()
    room.until(lambda: presenter.console.isVisible())
    assert not presenter.stage.isVisible()
    room.press(Qt.Key.Key_PageDown)

    projector.plug()
    room.until(lambda: "A screen is there" in presenter.console.notice.words())
    room.press(Qt.Key.Key_F5)

    room.until(lambda: room.fills(presenter.stage, named(qapp, "Projector")))
    assert presenter.session.seat is not None
    assert presenter.session.seat.number == 2


def test_the_picture_is_as_fine_as_the_projector(room: Room, qapp: QApplication) -> None:
    presenter = room.begin()
    screen = named(qapp, "Projector")
    room.until(lambda: room.fills(presenter.stage, screen))

    picture = presenter.stage.grab()
    assert picture.size() == screen.geometry().size() * screen.devicePixelRatio()
    assert picture.devicePixelRatio() == screen.devicePixelRatio()


def test_the_end_gives_the_desk_back(room: Room) -> None:
    presenter = room.begin()
    room.until(lambda: presenter.stage.isVisible())
    stage, console = presenter.stage, presenter.console

    room.press(Qt.Key.Key_Escape)

    assert not stage.isVisible()
    assert not console.isVisible()
    assert room.desk.window.isVisible()
    assert room.desk.app.present.giving.presenter is None


def test_a_slide_is_dragged_to_its_place_with_the_mouse(room: Room) -> None:
    room.desk.window.show_tab("briefings")
    room.desk.settle()
    sorter = room.desk.pane().sorter  # type: ignore[attr-defined]
    model, port = sorter.model(), sorter.viewport()
    before = [model.index(row, 0).data() for row in range(4)]
    lifted = port.mapToGlobal(sorter.visualRect(model.index(0, 0)).center())
    below = sorter.visualRect(model.index(3, 0))
    let_go = port.mapToGlobal(QPoint(below.center().x(), below.top() + 2))
    between = (lifted + let_go) / 2

    way = (lifted + QPoint(3, 14), between, let_go, let_go + QPoint(1, 0))
    moves = (f"mousemove {place.x()} {place.y()}" for place in way)
    grip = f"mousemove {lifted.x()} {lifted.y()}"
    hand = " sleep 0.1 ".join([grip, "mousedown 1", *moves, "mouseup 1"]).split()
    with subprocess.Popen(["xdotool", *hand]):
        room.until(lambda: model.index(2, 0).data() == f"3. {before[0].partition('. ')[2]}")

    words = [model.index(row, 0).data().partition(". ")[2] for row in range(4)]
    old = [each.partition(". ")[2] for each in before]
    assert words == [old[1], old[2], old[0], old[3]]
    room.desk.app.workspace.store.undo()
    assert [model.index(row, 0).data() for row in range(4)] == before


def test_of_three_screens_one_is_chosen_while_it_goes_on(
    room: Room, qapp: QApplication, side: str
) -> None:
    presenter = room.begin()
    room.until(lambda: room.fills(presenter.stage, named(qapp, "Projector")))
    room.press(Qt.Key.Key_PageDown)

    room.press(Qt.Key.Key_I)
    assert "Where does the audience look?" in presenter.console.notice.words()
    offers = presenter.console.notice.findChildren(Button)
    room.until(lambda: sum(each.isVisible() for each in offers) == 3)
    offer = next(each for each in offers if side in each.text())
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)

    room.until(lambda: room.fills(presenter.stage, named(qapp, side)))
    assert presenter.console.isVisible()
    assert presenter.console.screen() is not named(qapp, side)
    assert presenter.session.seat is not None
    assert presenter.session.seat.number == 2
    presenter.end()
    room.desk.settle()
    again = room.begin()
    room.until(lambda: room.fills(again.stage, named(qapp, side)))


def test_slides_alone_on_one_screen_give_way_to_the_console_when_a_projector_comes(
    room: Room, qapp: QApplication, projector: Projector
) -> None:
    projector.unplug()
    presenter = room.begin()
    room.until(lambda: presenter.console.isVisible())
    room.press(Qt.Key.Key_V)
    room.until(lambda: room.fills(presenter.stage, named(qapp, "Laptop")))

    projector.plug()
    room.until(lambda: "A screen is there" in presenter.console.notice.words())
    assert room.fills(presenter.console, named(qapp, "Laptop"))
    assert not presenter.stage.isVisible()
    room.press(Qt.Key.Key_F5)
    room.until(lambda: room.fills(presenter.stage, named(qapp, "Projector")))
