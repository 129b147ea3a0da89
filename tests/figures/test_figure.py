"""A figure is one drawing on every device, and each of its marks is in reach in a pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication

from desktop.figures.event_lane import EventLane
from desktop.figures.figure import FigureView, draw_hairline, paint_figure
from desktop.model.records import AreaId
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.model.dossier import Dossier
    from tests.figures.conftest import DossierOf

EVENTS = {"vandegrift": "2003-11-22", "vinson": "2018-03", "tripoli": "2025-12-08"}


@pytest.fixture
def dossier(dossier_of: DossierOf) -> Dossier:
    return dossier_of(EVENTS)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, dossier: Dossier) -> FigureView:
    figure = EventLane()
    figure.show_area(AreaId("visits"), None)
    view = FigureView(figure, theme, dossier)
    figure.setParent(view)
    qtbot.addWidget(view)
    view.resize(1000, 100)
    view.show()
    return view


def middle(view: FigureView, fact_id: str) -> QPoint:
    mark = next(mark for mark in view.marks() if mark.fact_id == fact_id)
    return mark.area.center().toPoint()


def painted(dossier: Dossier, theme: Theme, scale: float, ratio: float = 1.0) -> QImage:
    figure = EventLane()
    figure.show_area(AreaId("visits"), None)
    size = QSize(round(600 * scale * ratio), round(100 * scale * ratio))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.colours.ground)
    painter = QPainter(image)
    rect = QRectF(0, 0, 600 * scale, 100 * scale)
    paint_figure(figure, painter, rect, dossier, theme, scale)
    painter.end()
    return image


def inked(image: QImage, theme: Theme) -> set[tuple[int, int]]:
    ground = theme.colours.ground.rgb()
    return {
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixel(x, y) != ground
    }


def move_to(view: FigureView, place: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    where = QPointF(place), QPointF(view.mapToGlobal(place))
    kind = QEvent.Type.MouseMove
    event = QMouseEvent(kind, *where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)


def test_a_click_on_a_mark_picks_its_fact(qtbot: QtBot, view: FigureView) -> None:
    with qtbot.waitSignal(view.picked) as seen:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, "vinson"))

    assert seen.args == ["vinson"]


def test_a_click_beside_all_marks_picks_none(qtbot: QtBot, view: FigureView) -> None:
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 2))


def test_arrow_keys_walk_the_marks_in_time_and_enter_picks(qtbot: QtBot, view: FigureView) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.focused_id() == "tripoli"
    walked = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
        walked.append(view.focused_id())
    assert walked == ["vandegrift", "vinson", "tripoli", "tripoli"]

    qtbot.keyClick(view, Qt.Key.Key_Left)
    with qtbot.waitSignal(view.picked) as seen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert seen.args == ["vinson"]


def test_the_mark_in_focus_is_said_and_ringed(qtbot: QtBot, view: FigureView) -> None:
    before = view.grab().toImage()

    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Home)

    assert view.accessibleName() == "Port visits: 3 dated events"
    assert view.accessibleDescription().startswith("22 November 2003: The event called vandegrift")
    assert view.grab().toImage() != before


def test_the_pointer_on_a_mark_says_it_as_plain_text(view: FigureView) -> None:
    move_to(view, middle(view, "vinson"))
    assert "March 2018: The event called vinson" in view.toolTip()

    move_to(view, QPoint(300, 2))
    assert view.toolTip() == ""


def test_a_mark_that_went_gives_up_the_focus(
    qtbot: QtBot, view: FigureView, dossier_of: DossierOf
) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.focused_id() == "tripoli"

    view.show_dossier(dossier_of({"vinson": "2018-03"}))

    assert view.focused_id() == ""
    assert view.accessibleDescription() == ""


def test_it_is_painted_anew_when_the_theme_changes(view: FigureView, theme: Theme) -> None:
    light = view.grab().toImage()

    theme.set_mode("dark")

    assert view.grab().toImage() != light


@pytest.mark.parametrize("scale", [2, 3])
def test_export_is_the_same_drawing_enlarged(dossier: Dossier, theme: Theme, scale: int) -> None:
    once, larger = inked(painted(dossier, theme, 1), theme), painted(dossier, theme, scale)

    found = {(x // scale, y // scale) for x, y in inked(larger, theme)}

    near = {(x + dx, y + dy) for x, y in once for dx in (-1, 0, 1, 2) for dy in (-1, 0, 1)}
    strays = found - near
    assert len(strays) < len(found) / 50
    assert len(once) / 2 < len(found) < 2 * len(once)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_hairlines_are_sharp_at_every_ratio(qapp: object, ratio: float) -> None:
    image = QImage(QSize(round(40 * ratio), round(40 * ratio)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    draw_hairline(painter, QPointF(0, 17.3), QPointF(40, 17.3), QColor("black"))
    painter.end()

    column = [image.pixelColor(5, y).red() for y in range(image.height())]
    assert any(red < 3 for red in column)
    assert all(red < 3 or red > 252 for red in column)
