"""Moving about in the sea map: whatever the hand does, the picture stays whole, sharp and light."""

from __future__ import annotations

import gc
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.figures.sea_map import CLOSEST_M, SeaMap, default_bounds
from desktop.model import geo
from desktop.model.map_window import MapWindow, Size
from desktop.services.jobs import Jobs
from desktop.services.theme import Theme
from desktop.widgets.sea_pictures import Looked
from desktop.widgets.sea_view import SeaView
from tests.figures.sea_samples import dossier, whole_basemap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.figures.sea_scene import SeaScene

ROOT: Final = Path(__file__).resolve().parents[2]
KEYS: Final = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Home, Qt.Key.Key_Escape, Qt.Key.Key_Tab),
)


def scene_of(theme: Theme) -> SeaScene:
    scene = SeaMap(whole_basemap()).scene(dossier(), theme)
    assert scene is not None
    return scene


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[SeaView]:
    """The whole sea in a view whose pictures are drawn by a thread, at rest."""
    jobs = Jobs()
    view = SeaView(jobs, CLOSEST_M)
    qtbot.addWidget(view)
    view.home = default_bounds()
    view.resize(400, 260)
    view.show()
    view.show_scene(scene_of(theme))
    qtbot.waitUntil(lambda: view.pictures.is_sharp)
    yield view
    assert jobs.shut_down(60)


def window_at(lon: float, lat: float, across_deg: float, wide_px: float) -> MapWindow:
    x_m, y_m = geo.to_mercator(lon, lat)
    return MapWindow(float(x_m), float(y_m), geo.to_mercator(across_deg, 0.0)[0] / wide_px)


def ground_of(scene: SeaScene, window: MapWindow, size: Size, ratio: float = 1.0) -> QImage:
    """The ground as it is drawn straight into a picture of this many dots to a pixel."""
    wide, high = (round(length * ratio) for length in size)
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    scene.paint_ground(painter, window, size)
    painter.end()
    return image


def rub(view: SeaView, dice: random.Random) -> None:
    """One thing a hand might do to the map, sensible or not."""
    here = QPoint(dice.randint(-20, view.width() + 20), dice.randint(-20, view.height() + 20))
    there = QPoint(dice.randint(0, view.width()), dice.randint(0, view.height()))
    match dice.randrange(7):
        case 0:
            turn = QPoint(0, dice.choice((-360, -120, -15, 15, 120, 360)))
            at = QPointF(here)
            none = Qt.KeyboardModifier.NoModifier
            buttons = Qt.MouseButton.NoButton
            phase = Qt.ScrollPhase.NoScrollPhase
            wheel = QWheelEvent(at, at, QPoint(), turn, buttons, none, phase, False)
            QApplication.sendEvent(view, wheel)
        case 1 | 2:
            shift = Qt.KeyboardModifier.ShiftModifier
            how = shift if dice.random() < 0.3 else Qt.KeyboardModifier.NoModifier
            QTest.mousePress(view, Qt.MouseButton.LeftButton, how, here)
            QTest.mouseMove(view, (here + there) / 2)
            QTest.mouseMove(view, there)
            if dice.random() < 0.9:
                QTest.mouseRelease(view, Qt.MouseButton.LeftButton, how, there)
        case 3:
            QTest.mouseDClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
        case 4:
            QTest.keyClick(view, dice.choice(KEYS))
        case 5:
            dice.choice((view.go_back, view.go_forward, view.go_home, view.repaint))()
        case 6:
            view.resize(dice.randint(260, 460), dice.randint(190, 300))


def test_nothing_a_hand_does_breaks_the_picture(qtbot: QtBot, view: SeaView, theme: Theme) -> None:
    _rub_often(qtbot, view, theme, 150)


@pytest.mark.slow
def test_nothing_a_hand_does_in_an_hour_breaks_the_picture(
    qtbot: QtBot, view: SeaView, theme: Theme
) -> None:
    _rub_often(qtbot, view, theme, 5_000)


def _rub_often(qtbot: QtBot, view: SeaView, theme: Theme, times: int) -> None:
    dice = random.Random(times)
    scene = scene_of(theme)
    view.show_scene(scene)
    limits, bare = scene.limits.grown(1.0), view.pictures.bare
    for _ in range(times):
        rub(view, dice)
        QApplication.processEvents()
        assert view.map_window is not None
        assert limits.contains(view.map_window.bounds(view.picture_size))
        assert view.map_window.metres_per_px >= CLOSEST_M
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton)
    QTest.keyClick(view, Qt.Key.Key_Escape)

    assert view.pictures.bare == bare
    assert view.pictures.error is None
    qtbot.waitUntil(lambda: not view.is_moving and view.pictures.is_sharp)
    fresh = SeaView(Jobs(immediate=True), CLOSEST_M)
    qtbot.addWidget(fresh)
    fresh.resize(view.size())
    fresh.show()
    fresh.show_scene(scene)
    fresh.go_to(view.map_window, at_once=True)
    assert unlike(view.grab().toImage(), fresh.grab().toImage()) < 0.01


def unlike(one: QImage, other: QImage) -> float:
    """The share of dots that are another colour, 0 to 1."""
    dots = [
        np.frombuffer(each.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        .reshape(each.height(), each.width(), 4)[..., :3]
        .astype(int)
        for each in (one, other)
    ]
    return float((np.abs(dots[0] - dots[1]).max(axis=2) > 3).mean())


class Paints(QObject):
    """Notes what of a widget is painted, each time it is."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.regions: list[QRegion] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(event.region())
        return False


def test_a_step_of_a_movement_is_seen_before_anything_else_has_its_turn(
    qtbot: QtBot, view: SeaView
) -> None:
    qtbot.waitUntil(lambda: view.windowHandle().isExposed())
    paints = Paints(view)
    move(view)

    assert len(paints.regions) == 3


def test_what_lies_over_the_map_is_painted_anew_only_when_it_changes(
    qtbot: QtBot, view: SeaView
) -> None:
    panel = QWidget(view)
    panel.setGeometry(40, 40, 200, 120)
    words = QWidget(panel)
    words.setGeometry(20, 20, 100, 40)
    view.lay_over(panel)
    qtbot.waitUntil(lambda: view.windowHandle().isExposed())
    on_map, on_words = Paints(view), Paints(words)
    panel.show()
    qtbot.waitUntil(lambda: on_words.regions != [])
    qtbot.waitUntil(lambda: view.pictures.is_sharp and not view.is_moving)
    on_map.regions.clear()
    on_words.regions.clear()

    move(view)

    assert on_words.regions == []
    assert len(on_map.regions) == 3
    assert all(each.contains(QPoint(40, 40)) for each in on_map.regions)
    assert not any(each.intersects(QRect(50, 50, 180, 100)) for each in on_map.regions)
    panel.hide()
    qtbot.waitUntil(lambda: any(each.contains(QPoint(140, 100)) for each in on_map.regions))


def move(view: SeaView) -> None:
    """Three steps of a movement, while nothing else has its turn."""
    assert view.map_window is not None
    for _ in range(3):
        view.follow(view.map_window.moved(10.0, 0.0))


def test_what_is_looked_at_is_drawn_before_what_lies_around_it(
    qtbot: QtBot, theme: Theme, jobs: Jobs
) -> None:
    sizes: list[Size] = []
    scene = scene_of(theme)
    paint = scene.paint_ground

    def paint_ground(painter: QPainter, window: MapWindow, size: Size, *rest: Any) -> None:
        sizes.append(size)
        paint(painter, window, size, *rest)

    scene.paint_ground = paint_ground  # type: ignore[method-assign]
    view = SeaView(jobs, CLOSEST_M)
    qtbot.addWidget(view)
    view.home = default_bounds()
    view.resize(400, 260)
    view.show()
    view.show_scene(scene)

    assert sizes[0] == Size(400, 260)
    assert sizes[1].width_px > 400


def test_forty_views_leave_nothing_behind(qtbot: QtBot, view: SeaView) -> None:
    _look_around(qtbot, view, 40)


@pytest.mark.slow
def test_two_thousand_views_leave_nothing_behind(qtbot: QtBot, view: SeaView) -> None:
    _look_around(qtbot, view, 2_000)


def _look_around(qtbot: QtBot, view: SeaView, times: int) -> None:
    dice = random.Random(7)

    def look(times: int) -> None:
        for _ in range(times):
            across = dice.choice((30.0, 12.0, 5.0))
            there = window_at(dice.uniform(106, 119), dice.uniform(7, 21), across, view.width())
            view.go_to(there, at_once=True)
            qtbot.waitUntil(lambda: view.pictures.is_sharp)

    look(25)
    gc.collect()
    objects, resident = len(gc.get_objects()), _resident_mb()
    look(times)
    gc.collect()

    assert len(gc.get_objects()) < objects + 1_500
    assert _resident_mb() < resident + 12
    assert len(view.children()) < 12


def _resident_mb() -> float:
    """What the process holds in memory; nothing where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_on_every_screen_each_dot_is_drawn_for_itself(ratio: float) -> None:
    """In a program of its own, for how many dots a pixel has is settled at its start."""
    scaled = {"QT_SCALE_FACTOR": str(ratio), "QT_SCALE_FACTOR_ROUNDING_POLICY": "PassThrough"}
    done = subprocess.run(
        [sys.executable, "-c", "from tests.widgets import test_sea_view as t; t.print_unlike()"],
        cwd=ROOT,
        env=os.environ | scaled,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said, share = done.stdout.split()
    assert float(said) == ratio
    assert float(share) < 0.001


def print_unlike() -> None:
    """Print how many dots a pixel of this screen has, and how much of the map is smeared there."""
    application = QApplication([])
    theme = Theme("light")
    theme.apply_to(application)
    figure = SeaMap(whole_basemap())
    figure.show_layers(())
    scene = figure.scene(dossier((), (), ()), theme)
    assert scene is not None
    # Not on a whole dot where a pixel has one and a quarter of them.
    holder = QWidget()
    holder.resize(420, 300)
    view = SeaView(Jobs(immediate=True), CLOSEST_M, holder)
    view.setGeometry(3, 5, 402, 281)
    holder.show()
    view.show_scene(scene)
    view.go_to(window_at(108.3, 16.0, 1.0, 402), at_once=True)
    application.processEvents()
    ratio = view.devicePixelRatioF()
    shown = holder.grab().toImage()
    drawn = ground_of(scene, on_whole_dots(view, ratio), view.picture_size, ratio)
    # Clear of the degrees, the scale bar and the arrow to the north.
    left, top = round(3 * ratio), round(5 * ratio)
    clear = QRect(round(30 * ratio), 0, round(370 * ratio), round(200 * ratio))
    print(ratio, unlike(shown.copy(clear.translated(left, top)), drawn.copy(clear)))


def on_whole_dots(view: SeaView, ratio: float) -> MapWindow:
    """The window as it is drawn: less than a dot aside, so that dots fall on dots."""
    window, size = view.map_window, view.picture_size
    assert window is not None
    looked = Looked(window, size, ratio)
    dots, dot_m = looked.dots, looked.metres_per_dot
    west_m, north_m = dots.left() * dot_m, -dots.top() * dot_m
    wide_m, high_m = size.width_px * window.metres_per_px, size.height_px * window.metres_per_px
    return MapWindow(west_m + wide_m / 2, north_m - high_m / 2, window.metres_per_px)
