"""How smoothly the sea map moves, how soon it stands and what it takes.

    python -m bench.sea

Every frame is one step of a movement and all that the painting thread does for it, at 60 frames a
second in a view of 1600 × 900, while the worker draws ahead: 200 frames of a pan and of a zoom in
the whole sea, in a window of 5° and in one of 0.5°, with 200 names. Beside them, in the same
process, a bare widget copies an image of its own size. Offscreen, and under Xvfb where that is
installed; cartopy's redraw of the same coast in the same windows too, where that is.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.table import Row, print_table
from tests.display import virtual_display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtWidgets import QApplication

    from desktop.figures.sea_scene import SeaScene
    from desktop.files.basemap import Basemap
    from desktop.model.map_window import MapWindow
    from desktop.widgets.sea_view import SeaView

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1600, 900)
FRAMES, NAMES = 200, 200
WINDOWS = {"whole sea": (112.5, 14.2, 33.0), "5°": (111.5, 14.0, 5.0), "0.5°": (108.25, 16.1, 0.5)}
"""Degrees east and north of the middle, and degrees across."""


class Figure(NamedTuple):
    """What was measured and, where something was, the most that was asked of it."""

    what: str
    took: float
    limit: float | None
    unit: str


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    yield from _in_a_process("opening", os.environ | {"QT_QPA_PLATFORM": "offscreen"}, "offscreen")
    yield from _in_a_process("moving", os.environ | {"QT_QPA_PLATFORM": "offscreen"}, "offscreen")
    if shutil.which("Xvfb"):
        with (
            tempfile.TemporaryDirectory() as folder,
            virtual_display(Path(folder), managed=False) as environment,
        ):
            yield from _in_a_process("opening", environment, "Xvfb")
            yield from _in_a_process("moving", environment, "Xvfb")
    else:
        print("Xvfb is not installed: the map is moved offscreen alone")
    if find_spec("cartopy"):
        yield from _in_a_process("cartopy", os.environ, "Agg")
    else:
        print("cartopy is not installed: the map is compared with a bare widget alone")


def _in_a_process(what: str, environment: Mapping[str, str], where: str) -> Iterator[Row]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.sea", what],
        env=dict(environment),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    for line in done.stdout.decode().splitlines():
        figure = Figure(*json.loads(line))
        named = f"{figure.what}, {where}"
        if figure.limit is None:
            yield Row(named, f"{figure.took:.2f} {figure.unit}", "to compare with", kept=True)
        else:
            yield Row.at_most(named, figure.took, figure.limit, figure.unit)


def _print(*figure: object) -> None:
    print(json.dumps(figure), flush=True)


class _Sea:
    """A view of the map in a window of its own, and a clock beside it."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        from desktop.files.reader import read
        from desktop.services.jobs import Jobs
        from desktop.services.theme import Theme

        self.application = QApplication([])
        self.dossier = read((ROOT / "data" / "facts.yaml").read_bytes()).dossier
        self.theme = Theme("light")
        self.theme.font("body")
        self.jobs = Jobs()
        self.resident_mb = _resident_mb()
        self._open()
        self.settle(lambda: self.view.pictures.has_ground)
        self._read_the_rest()
        self.settle(lambda: self._has_all and self.view.pictures.is_sharp)

    def _open(self) -> None:
        """Open the map as its pane does: the coarsest coast first, and the rest once it stands."""
        from desktop.figures.sea_map import CLOSEST_M, SeaMap, default_bounds
        from desktop.files.basemap import LEVELS_M, Basemap, read_depths, read_level
        from desktop.services import paths
        from desktop.services.jobs import Progress
        from desktop.widgets.sea_view import SeaView

        self._folder = paths.resources() / "basemap"
        self._has_all = False
        self.map = SeaMap()
        self.map.changed.connect(self._on_map_changed)
        self.view: SeaView = SeaView(self.jobs, CLOSEST_M)
        self.view.home = default_bounds()
        self.view.resize(*SIZE)
        self.view.show()

        def read(progress: Progress) -> Basemap:
            return Basemap((read_level(self._folder, LEVELS_M[0]),), read_depths(self._folder))

        self.jobs.run(read, on_done=self._on_coarse, on_error=_raise)

    def _on_coarse(self, basemap: Basemap) -> None:
        self._coarse = basemap
        self.map.show_basemap(basemap)

    def _read_the_rest(self) -> None:
        from desktop.files.basemap import read_basemap
        from desktop.services.jobs import Progress

        def read(progress: Progress) -> Basemap:
            return read_basemap(self._folder)._replace(depths=self._coarse.depths)

        self.jobs.run(read, on_done=self._on_all, on_error=_raise)

    def _on_all(self, basemap: Basemap) -> None:
        self._has_all = True
        self.map.show_basemap(basemap)

    def settle(self, is_done: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        until = time.perf_counter() + 20
        while not is_done():
            assert time.perf_counter() < until, "the map never came to rest"
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)
        self.application.processEvents()

    def rest_at(self, window: MapWindow) -> None:
        """Show a window and wait until it is drawn as well as can be."""
        self.view.go_to(window, at_once=True)
        self.settle(lambda: self.view.pictures.is_sharp)

    def _on_map_changed(self) -> None:
        scene = self.map.scene(self.dossier, self.theme)
        if scene is not None:
            self.view.show_scene(scene)


class _Watched:
    """A scene with a clock on what the worker does."""

    def __init__(self, scene: SeaScene) -> None:
        self._scene = scene
        self.drawn_ms: list[float] = []
        self.laid_ms: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scene, name)

    def paint_ground(self, *given: Any) -> None:
        began = time.perf_counter()
        self._scene.paint_ground(*given)
        self.drawn_ms.append((time.perf_counter() - began) * 1000)

    def lay_out(self, *given: Any) -> Any:
        began = time.perf_counter()
        laid = self._scene.lay_out(*given)
        self.laid_ms.append((time.perf_counter() - began) * 1000)
        return laid


def _moving() -> None:
    sea = _Sea()
    _bare(sea)
    for name, (lon, lat, across_deg) in WINDOWS.items():
        window = _window(lon, lat, across_deg)
        scene = _Watched(_with_names(sea, window))
        sea.view.show_scene(scene)  # type: ignore[arg-type]
        for kind, steps, limit_ms in (("pan", _pan(window), 4.0), ("zoom", _zoom(window), 8.0)):
            sea.rest_at(window)
            _move(sea, scene, f"{kind}, {name}", steps, limit_ms)
        _print(f"placing of names, {name}", max(scene.laid_ms), None, "ms")
    sea.rest_at(window)
    _print("memory of the map", _resident_mb() - sea.resident_mb, 150, "MB")


def _move(sea: _Sea, scene: _Watched, what: str, steps: list[MapWindow], limit_ms: float) -> None:
    scene.drawn_ms.clear()
    laid, bare = len(scene.laid_ms), sea.view.pictures.bare
    times, busy = _paced(sea, [partial(sea.view.follow, each) for each in steps])
    _print(f"{what}: p95", _p95(times), limit_ms, "ms")
    _print(f"{what}: p95 of the processor's time alone", _p95(busy), None, "ms")
    _print(f"{what}: median", statistics.median(times), None, "ms")
    _print(f"{what}: frames with bare ground", sea.view.pictures.bare - bare, 0, "")
    _print(
        f"{what}: the worker's picture, p95 of {len(scene.drawn_ms)}",
        _p95(scene.drawn_ms),
        60,
        "ms",
    )
    _print(f"{what}: placings of names on the way", len(scene.laid_ms) - laid, 0, "")


def _opening() -> None:
    """From the choice of its tab in the running program until the map itself is painted."""
    for rest_s, what, limit_ms in (
        (2.0, "first paint of the map, its tab opened at leisure", 250),
        (0.0, "first paint of the map, its tab opened as the window appears", None),
    ):
        command = [sys.executable, "-m", "bench.sea", "opening-once", str(rest_s)]
        runs = [
            float(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
            for _ in range(3)
        ]
        _print(f"{what}, the best of three", min(runs), limit_ms, "ms")


def _opening_once(rest_s: float) -> None:
    import datetime

    from desktop.app import App, new_application
    from desktop.services.settings import Settings

    application = new_application()
    with tempfile.TemporaryDirectory() as preferences:
        settings = Settings(Path(preferences, "settings.ini"))
        app = App(application, settings, today=lambda: datetime.date(2026, 1, 20))
        window = app.start(ROOT / "data" / "facts.yaml")
        window.resize(*SIZE)
        window.show()
        _let_run(application, 0.05)
        if rest_s:
            app.load_ahead()
            _let_run(application, rest_s)
        began = time.perf_counter()
        window.show_tab("sea")

        from desktop.widgets.sea_view import SeaView

        view = window.findChild(SeaView)
        assert view is not None
        while not view.pictures.has_ground:
            application.processEvents()
            time.sleep(0.0005)
        view.repaint()
        print((time.perf_counter() - began) * 1000)
        window.close()
        app.workspace.jobs.shut_down()


def _let_run(application: QApplication, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        application.processEvents()
        time.sleep(0.002)


def _bare(sea: _Sea) -> None:
    """What any widget of this size costs that only copies an image."""
    from PySide6.QtGui import QImage, QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    class Bare(QWidget):
        image = QImage(SIZE[0] + 800, SIZE[1] + 400, QImage.Format.Format_RGB32)
        at = 0

        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.drawImage(0, 0, self.image, self.at, 0, *SIZE)
            painter.end()

        def step(self) -> None:
            self.at = (self.at + 7) % 800
            self.update()

    bare = Bare()
    bare.image.fill(0)
    bare.resize(*SIZE)
    bare.show()
    sea.application.processEvents()
    times, _ = _paced(sea, [bare.step] * FRAMES)
    _print("bare widget p95", _p95(times), None, "ms")
    _print("bare widget median", statistics.median(times), None, "ms")
    bare.close()
    bare.deleteLater()
    Bare.image = QImage()  # else it would count as memory of the map


def _paced(sea: _Sea, steps: list[Callable[[], None]]) -> tuple[list[float], list[float]]:
    """Milliseconds that each step takes up to and with its paint, one every 60th of a second.

    By the clock, and of the processor's time of this thread, which other programs do not lengthen.
    """
    times, busy = [], []
    due = time.perf_counter()
    for step in steps:
        began, began_busy = time.perf_counter(), time.thread_time()
        step()
        sea.application.processEvents()
        times.append((time.perf_counter() - began) * 1000)
        busy.append((time.thread_time() - began_busy) * 1000)
        due = max(due + 1 / 60, time.perf_counter())
        time.sleep(max(0.0, due - time.perf_counter()))
    return times, busy


def _pan(window: MapWindow) -> list[MapWindow]:
    """There and back across two views and more, at most 60 pixels a frame."""
    wide_m, high_m = (length * window.metres_per_px for length in SIZE)
    turns = [number / FRAMES * 2 * math.pi for number in range(FRAMES)]
    return [
        window._replace(
            x_m=window.x_m + 0.6 * wide_m * math.sin(2 * turn),
            y_m=window.y_m + 0.2 * high_m * math.sin(3 * turn),
        )
        for turn in turns
    ]


def _zoom(window: MapWindow) -> list[MapWindow]:
    """Closer by a factor of three, off by three, and back."""
    turns = [number / FRAMES * 2 * math.pi for number in range(FRAMES)]
    return [
        window._replace(metres_per_px=window.metres_per_px * 2 ** (1.5 * -math.sin(turn)))
        for turn in turns
    ]


def _window(lon: float, lat: float, across_deg: float) -> MapWindow:
    from desktop.model import geo
    from desktop.model.map_window import MapWindow

    x_m, y_m = geo.to_mercator(lon, lat)
    return MapWindow(x_m, y_m, geo.to_mercator(across_deg, 0.0)[0] / SIZE[0])


def _with_names(sea: _Sea, window: MapWindow) -> SeaScene:
    """The scene with names all over the window instead of its own, the marks staying."""
    from desktop.figures.sea_labels import Style
    from desktop.figures.sea_marks import SeaName
    from desktop.figures.sea_scene import SeaScene
    from desktop.model.map_window import Size
    from desktop.model.records import PlaceId

    scene = sea.map.scene(sea.dossier, sea.theme)
    assert scene is not None
    dice = random.Random(1)
    bounds = window.bounds(Size(*SIZE))
    names = tuple(
        SeaName(
            PlaceId(f"name-{number}"),
            f"Đảo thử nghiệm {number}",
            Style("caption"),
            dice.uniform(bounds.west_m, bounds.east_m),
            dice.uniform(bounds.south_m, bounds.north_m),
            number,
        )
        for number in range(NAMES)
    )
    return SeaScene(
        scene._ground,
        scene.content._replace(names=names),
        sea.theme.colours,
        with_depth=True,
        serial=hash(window),
    )


def _cartopy() -> None:
    """What a redraw of the same windows takes with cartopy on Matplotlib's Agg, warm.

    It is given the coast that we ship, in the level that we draw there, with its contours; no
    names, no marks, no shades of depth.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    import cartopy.crs
    import shapely
    from matplotlib import pyplot

    from desktop.files.basemap import read_basemap
    from desktop.model.map_window import Size
    from desktop.services import paths

    basemap = read_basemap(paths.resources() / "basemap")
    for name, (lon, lat, across_deg) in WINDOWS.items():
        window = _window(lon, lat, across_deg)
        bounds = window.bounds(Size(*SIZE))
        finest = [level for level in basemap.levels if level.detail_m >= window.metres_per_px / 2]
        level = (finest or [basemap.levels[0]])[-1]
        figure = pyplot.figure(figsize=(16, 9), dpi=100)
        crs = cartopy.crs.Mercator(min_latitude=-80, max_latitude=84)
        axes = figure.add_axes((0, 0, 1, 1), projection=crs)
        axes.set_extent((bounds.west_m, bounds.east_m, bounds.south_m, bounds.north_m), crs=crs)
        land, lines = [], []
        for cell in level.tiles_in(bounds):
            tile = level.tile(*cell)
            land += [shapely.Polygon(ring) for ring in tile.land.split() if len(ring) > 3]
            for contour in tile.contours.values():
                lines += [shapely.LineString(line) for line in contour.split() if len(line) > 1]
        axes.add_geometries(land, crs, facecolor="#EFEBE1", edgecolor="#5A6670")
        axes.add_geometries(lines, crs, facecolor="none", edgecolor="#7FA8CC")
        times = []
        for _ in range(4):
            began = time.perf_counter()
            figure.canvas.draw()
            times.append((time.perf_counter() - began) * 1000)
        _print(f"cartopy's redraw, {name}", statistics.median(times[1:]), None, "ms")


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] if times else 0.0


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    if len(sys.argv) > 1:
        if sys.argv[1] == "opening-once":
            _opening_once(float(sys.argv[2]))
        else:
            {"opening": _opening, "moving": _moving, "cartopy": _cartopy}[sys.argv[1]]()
    else:
        sys.exit(not print_table(rows()))
