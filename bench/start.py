"""How soon the window stands, what it takes, and how soon its panes answer.

    python -m bench.start

The start is CPU time from the process to the first complete paint, beside that of a window with
one label in the same run, by turns, the best of several. Both run compiled, on a screen of
1920 × 1080 and with no preferences. The panes are timed in the whole window: CPU time from the
event to the end of the paint that shows what came of it, the median of several rounds. Edits are
timed with every pane opened once, each field of a fact by itself, and the slowest is told.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.facts import facts_file
from bench.table import Row, print_table
from tests.display import virtual_display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from desktop.app import App
    from desktop.store import Store

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "data" / "facts.yaml"
STARTS, ROUNDS, FACTS = 9, 11, 10_000
PANES = ("overview", "areas", "facts")
FIELDS = ("value", "when", "area", "stage", "statement")
_SCREEN = {"name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080, "dpr": 1}
_DPI = {"logicalDpi": 96, "logicalBaseDpi": 96}
_BARE = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return False

application = QApplication([])
label = QLabel("Charthouse")
painted = Painted()
label.installEventFilter(painted)
label.show()
application.exec()
print(time.process_time() * 1000)
"""


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        offscreen = _compiled(home, os.environ) | _offscreen(home)
        yield _start("offscreen", offscreen, home)
        if shutil.which("Xvfb"):
            with virtual_display(home, managed=False) as environment:
                yield _start("Xvfb", _compiled(home, environment), home)
        else:
            print("Xvfb is not installed: the start is measured offscreen alone")
        yield from _in_a_process("shipped", offscreen)
        yield from _in_a_process("many", offscreen)


def _start(where: str, environment: Mapping[str, str], home: Path) -> Row:
    bare: list[float] = []
    ours: list[dict[str, Any]] = []
    for number in range(STARTS + 1):
        bare_ms = float(_printed_by(["-c", _BARE], environment))
        report = _printed_by(["-m", "desktop", "--bench-start", str(SHIPPED)], environment)
        if number:  # the first writes the bytecode
            bare.append(bare_ms)
            ours.append(json.loads(report))
    best = min(ours, key=lambda report: float(report["cpu"]))
    ratio = best["cpu"] / min(bare)
    middle = statistics.median(report["cpu"] for report in ours) / statistics.median(bare)
    walls = [report["wall"] for report in ours]
    print(
        f"start, {where}: {best['cpu']:.0f} ms CPU, a bare label {min(bare):.0f} ms; "
        f"ratio of the medians {middle:.2f}; wall {min(walls):.0f} ms; stages {best['stages']}"
    )
    assert not any(report["heavy"] for report in ours)
    return Row.at_most(f"CPU to the first paint, to a bare label, {where}", ratio, 2.2, "×")


def _compiled(home: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """As an installed program runs: compiled, and without what only tests need."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE")
    kept = {key: value for key, value in environment.items() if key not in dropped}
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    # msgspec loads it where there is one, and only the packages of the tests bring it.
    absent = home / "absent"
    absent.mkdir(exist_ok=True)
    (absent / "typing_extensions.py").write_text("raise ImportError", encoding="utf-8")
    folders["PYTHONPATH"] = str(absent)
    return kept | folders | {"PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def _offscreen(home: Path) -> dict[str, str]:
    screens = home / "screens.json"
    screens.write_text(json.dumps({"screens": [_SCREEN | _DPI]}), encoding="utf-8")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}


def _printed_by(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode().strip()


def _in_a_process(what: str, environment: Mapping[str, str]) -> Iterator[Row]:
    printed = _printed_by(["-m", "bench.start", what], environment)
    for figure in json.loads(printed):
        yield Row.at_most(*figure)


class Figure(NamedTuple):
    """What was measured and the most that was asked of it, as one process tells another."""

    what: str
    took: float
    limit: float
    unit: str


class _Watch:
    """The program in this process, and a clock beside it."""

    def __init__(self, path: Path, folder: Path) -> None:
        from PySide6.QtCore import QEventLoop, QRect

        from desktop.app import App, new_application
        from desktop.services.settings import Settings

        self.application = new_application()
        self.app: App = App(self.application, Settings(folder / "settings.ini"))
        self.window = self.app.start(path)
        self.window.restore()
        self.window.setGeometry(QRect(0, 0, 1600, 900))
        self.window.show()
        while not self.app.workspace.store.dossier.facts:  # a large file is read in a thread
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.settle()
        for tab in PANES:
            self.window.show_tab(tab)
            self.settle()

    def settle(self) -> None:
        """Run the event loop until nothing is left to lay out or paint."""
        for _ in range(3):
            self.application.processEvents()

    def median_ms(self, act: Callable[[], object], before: Callable[[], object]) -> float:
        times = []
        for _ in range(ROUNDS):
            before()
            self.settle()
            began = time.process_time()
            act()
            self.settle()
            times.append(time.process_time() - began)
        return statistics.median(times) * 1000


def _shipped(folder: Path) -> list[Figure]:
    watch = _Watch(SHIPPED, folder)
    show = watch.window.show_tab
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    resident_mb = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    figures = [Figure("memory with overview, areas and facts opened", resident_mb, 150, "MB")]
    for number, tab in enumerate(PANES):
        took = watch.median_ms(partial(show, tab), partial(show, PANES[number - 1]))
        figures.append(Figure(f"switch to {tab}", took, 50, "ms"))
    watch.window.close()
    return figures


def _many(folder: Path) -> list[Figure]:
    path = folder / "many.yaml"
    # The overview has events and key figures to show, as in a real file.
    data = facts_file(FACTS).replace(b"kind: commitment", b"kind: event")
    keys = b", ".join(b"fact-%06d" % number for number in range(5))
    path.write_bytes(
        data.replace(b"\naudiences:", b"\n  key_facts: [" + keys + b"]\naudiences:", 1)
    )
    watch = _Watch(path, folder)
    workspace = watch.app.workspace
    for _ in range(100):  # the panes make ready for searches while nobody asks anything
        watch.settle()
    ids = list(workspace.store.dossier.facts)
    near, far = ids[0], ids[FACTS // 2]
    figures = []
    tabs = [tab_id for tab_id, _title in watch.window.tabs()]
    for tab in tabs:  # what is out of view has to follow too, or to know that it is behind
        watch.window.show_tab(tab)
        for _ in range(10):
            watch.settle()
    for tab in tabs:
        watch.window.show_tab(tab)
        watch.settle()
        for what, fact_id, chosen in (
            ("one fact", far, None),
            ("the fact in view", near, near),
            ("a fact out of view", far, near),
        ):
            if chosen is not None:
                workspace.selection.select(chosen)
            slowest = max(
                watch.median_ms(partial(_change, workspace.store, fact_id, field), lambda: None)
                for field in FIELDS
            )
            words = f"change of {what} of {FACTS}, slowest field, painted in {tab}"
            figures.append(Figure(words, slowest, 16, "ms"))
        workspace.selection.clear()
    figures.append(_saving(watch, path, near))
    watch.window.close()
    workspace.jobs.shut_down()
    return figures


def _saving(watch: _Watch, path: Path, fact_id: str) -> Figure:
    """All that Ctrl+S does before it returns, beside plainly writing the same bytes."""
    from bench.saving import write_plainly

    store, plain = watch.app.workspace.store, path.with_name("plain.yaml")
    journaling = watch.app.open_file.journaling
    plain.write_bytes(path.read_bytes())
    saved, written = [], []
    for _ in range(ROUNDS):
        _change(store, fact_id, "value")
        assert store.draft is not None
        while (data := journaling.bytes_of(store.draft)) is not journaling.bytes_of(store.draft):
            watch.settle()  # the journal has the edit a moment later, and then saving is quicker
        began = time.perf_counter()
        assert watch.app.open_file.save()
        saved.append(time.perf_counter() - began)
        watch.settle()
        while any(thread.name == "job" for thread in threading.enumerate()):
            watch.settle()  # the copy of the state before is made beside the work
        began = time.perf_counter()
        write_plainly(plain, data)
        written.append(time.perf_counter() - began)
    ratio = statistics.median(saved) / statistics.median(written)
    return Figure("saving in the window, to plain write and fsync", ratio, 1.5, "×")


def _change(store: Store, fact_id: str, field: str) -> None:
    """Give a field of a fact another value, as an editor would."""
    from desktop.model.changes import SetField
    from desktop.model.dates import EdtfDate
    from desktop.model.dossier import Ref
    from desktop.model.records import Fact
    from desktop.model.values import LocalText

    fact = store.dossier.fact(fact_id)
    assert fact.value is not None
    if field == "value":
        other: object = fact.value.with_amount(fact.value.amount + 1)
    elif field == "when":
        last = fact.when.last_day if fact.when is not None else None
        other = EdtfDate.parse("2019-03-05" if last is None or last.year != 2019 else "2018-06-07")
    elif field == "area":
        other = "remains" if fact.area == "dioxin" else "dioxin"
    elif field == "stage":
        other = "obligated" if fact.stage == "pledged" else "pledged"
    else:
        spoken = fact.statement.by_language.get("en", "") if fact.statement else ""
        more = " More of it."
        other = LocalText(en=spoken.removesuffix(more) if spoken.endswith(more) else spoken + more)
    store.apply(SetField(Ref(Fact, fact_id), field, other))


def _measure_in_this_process(what: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = {"shipped": _shipped, "many": _many}[what](Path(folder))
        print(json.dumps(figures))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _measure_in_this_process(sys.argv[1])
    else:
        sys.exit(not print_table(rows()))
