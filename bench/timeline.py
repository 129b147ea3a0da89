"""How smoothly the timeline moves and grows, with many facts.

    python -m bench.timeline

Wall time of whole frames in an offscreen window of 1600 × 900, from the movement to the end of
the paint that shows it. Frames are paced at 60 Hz as on a screen, with the event loop running in
between: back to back they would find the processor's caches warm and look better than they are.
"""

from __future__ import annotations

import gc
import itertools
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from bench.facts import facts_file
from bench.table import Row, print_table
from desktop.files.reader import read
from desktop.model.changes import SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact
from desktop.panes.facts_table import FactFilter
from desktop.panes.timeline import TimelinePane
from desktop.selection import Selection
from desktop.services.jobs import Jobs
from desktop.services.links import Links
from desktop.services.prompts import Prompts
from desktop.services.settings import Settings
from desktop.services.theme import Theme
from desktop.store import Store
from desktop.workspace import Workspace

FACTS = 10_000
_FRAME_MS = 1000 / 60
_FRAMES = 240
_GROUPS = ("War legacy", "Framework", "Practical cooperation", "Maritime", "Context", "Proposed")


class Bench:
    """A window with the timeline and an empty neighbour to switch to."""

    def __init__(self, dossier: Dossier, folder: Path) -> None:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        theme = Theme("light")
        theme.apply_to(app)
        prompts = Prompts()
        self.workspace = Workspace(
            store=Store(dossier),
            selection=Selection(),
            theme=theme,
            settings=Settings(folder / "settings.ini"),
            jobs=Jobs(immediate=True),
            prompts=prompts,
            links=Links(prompts),
        )
        self.window = QStackedWidget()
        self.window.resize(1600, 900)
        self.beside = QWidget()
        self.window.addWidget(self.beside)
        self.window.show()
        self.pane = TimelinePane(self.workspace)
        self.window.addWidget(self.pane)

    def settle(self) -> None:
        """Run the event loop until nothing is left to lay out, paint or draw ahead."""
        for _ in range(40):
            QApplication.processEvents()

    def frames_ms(self, moves: Iterable[Callable[[], None]]) -> list[float]:
        """How long each frame takes (ms), one every sixtieth of a second."""
        took = []
        due = time.perf_counter()
        for move in moves:
            start = time.perf_counter()
            move()
            self.pane.view.repaint()
            took.append((time.perf_counter() - start) * 1000)
            due = max(due + _FRAME_MS / 1000, time.perf_counter())
            while time.perf_counter() < due:
                QApplication.processEvents()
                time.sleep(0.0005)
        return took

    def pans(self, step_px: float) -> Iterator[Callable[[], None]]:
        """There and back again, so that new pictures come from both sides."""
        for number in range(_FRAMES):
            by_px = step_px if number < _FRAMES * 2 // 3 else -step_px
            yield lambda by_px=by_px: self.pane.view.pan(by_px)  # type: ignore[misc]

    def zooms(self) -> Iterator[Callable[[], None]]:
        view = self.pane.view
        for number in range(60):
            factor = 1.12 if number < 30 else 1 / 1.12
            yield lambda factor=factor: view.zoom(factor, 900.0)  # type: ignore[misc]

    def median_ms(self, act: Callable[[], None], rounds: int = 9) -> float:
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            act()
            for _ in range(3):
                QApplication.processEvents()
            times.append((time.perf_counter() - start) * 1000)
            self.settle()
        return statistics.median(times)


def rows(count: int = FACTS) -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    dossier = read(_in_groups(facts_file(count))).dossier
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        bench = Bench(dossier, Path(folder))
        pane, window = bench.pane, bench.window
        window.setCurrentWidget(pane)
        bench.settle()
        first_ms = (time.perf_counter() - start) * 1000
        # As the program does once it has started: what is there by then stays.
        gc.collect()
        gc.freeze()
        print(f"{count} facts: timeline made, laid out and painted in {first_ms:.0f} ms")
        for name, px_per_day in (("decades", 0.0), ("years", 1.0), ("months", 8.0), ("days", 40.0)):
            pane.view.show_all_time()
            if px_per_day:
                width_px = pane.view.frame().lanes.width()
                middle = EdtfDate.parse("2012-06-15").first or 0
                half = width_px / px_per_day / 2
                pane.view.show_days(middle - half, middle + half)
            else:
                pane.view.zoom(1.6)
            bench.settle()
            took = bench.frames_ms(bench.pans(24.0))
            yield _frames(f"pan, {name} in view, slowest of {len(took)} frames", took, 16)
        pane.view.show_all_time()
        bench.settle()
        took = bench.frames_ms(bench.zooms())
        print(f"zoom: median {statistics.median(took):.1f} ms, slowest {max(took):.1f} ms a frame")

        fact_id = next(iter(dossier.facts))
        ref = Ref(Fact, fact_id)
        days = itertools.count(1)

        def change() -> None:
            when = EdtfDate.parse(f"2012-03-{next(days) % 28 + 1:02}")
            bench.workspace.store.apply(SetField(ref, "when", when))

        yield Row.at_most(
            "change of a fact’s date, to the end of the paint", bench.median_ms(change), 16, "ms"
        )

        def switch() -> None:
            window.setCurrentWidget(pane)

        def leave_and_switch() -> float:
            window.setCurrentWidget(bench.beside)
            bench.settle()
            return bench.median_ms(switch, 1)

        switched = statistics.median(leave_and_switch() for _ in range(9))
        yield Row.at_most("switch to the timeline", switched, 50, "ms")
        areas = itertools.cycle(dossier.areas)

        def filter_by_area() -> None:
            pane.set_filter(FactFilter(area=next(areas)))

        yield Row.at_most("filter by an area", bench.median_ms(filter_by_area), 50, "ms")
        pane.clear_filters()

        def ask() -> None:
            pane.bar.date_box.setText(f"2012-03-{next(days) % 28 + 1:02}")

        yield Row.at_most("what happened on a day", bench.median_ms(ask), 50, "ms")
        window.close()


def _frames(what: str, took: list[float], most_ms: float) -> Row:
    print(f"{what}: median {statistics.median(took):.1f} ms, p95 {_part(took, 0.95):.1f} ms")
    return Row.at_most(what, max(took), most_ms, "ms")


def _part(took: list[float], share: float) -> float:
    return sorted(took)[int(len(took) * share)]


def _in_groups(data: bytes) -> bytes:
    """Give every area a group by turns: the timeline has a lane for each."""
    groups = itertools.cycle(_GROUPS)
    text = data.decode()
    return re.sub(r"group: .+", lambda _found: f"group: {next(groups)}", text).encode()


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
