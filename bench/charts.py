"""How fast charts are drawn, and why with QPainter: pyqtgraph is drawn beside them.

    python -m bench.charts

CPU time at 1200 × 700 without a screen, the least of several rounds. A frame is the chart laid out
and painted anew, as when a window is resized; nothing of the frame before is used.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from bench.table import Row, print_table
from desktop.figures.figure import FigureView, paint_figure
from desktop.figures.readings_chart import ReadingsChart
from desktop.files.reader import read
from desktop.model.records import MeasureId
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.model.dossier import Dossier

FEW, MANY = 10, 100_000
CHARTS = 8
_WIDE_PX, _HIGH_PX = 1200, 700
_ROUNDS = 40
_ROWS = 20_000
_IMPORT = """
import sys, time
{first}
began = time.process_time()
{then}
print((time.process_time() - began) * 1000, file=sys.stderr)
lines = open("/proc/self/status").read().splitlines()
print(next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")))
"""
_PYQTGRAPH = """
import os, sys, time
import numpy as np
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
app = QApplication([])
import pyqtgraph as pg
pg.setConfigOptions(antialias=True, background="w")
count = int(sys.argv[1])
amounts = np.random.default_rng(7).normal(size=count)
widget = pg.PlotWidget()
widget.resize(1200, 700)
curve = widget.plot(np.arange(count), amounts, pen=pg.mkPen("k", width=2.5))
curve.setDownsampling(auto=True, method="peak")
curve.setClipToView(True)
curve.curve.setSegmentedLineMode("on")
widget.show()
app.processEvents()
spent = []
for _ in range(7):
    began = time.process_time()
    image = QImage(1200, 700, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    widget.render(painter)
    painter.end()
    spent.append(time.process_time() - began)
print(min(spent) * 1000)
"""


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    for count, limit in ((FEW, 5), (MANY, 16)):
        dossier = _dossier(count)
        yield Row.at_most(
            f"a frame of a chart of {count:,} points", _frame_ms(dossier), limit, "ms"
        )
    yield Row.at_most(f"theme switch with {CHARTS} charts open", _switch_ms(app), 50, "ms")
    theirs = [_pyqtgraph_ms(count) for count in (FEW, MANY)]
    ours, more = _import_cost("import desktop.figures.readings_chart")
    pg_ms, pg_mb = _import_cost("import pyqtgraph")
    print(
        f"pyqtgraph: {theirs[0]:.1f} ms for a bare line of {FEW} points, {theirs[1]:.1f} ms for"
        f" {MANY:,} (decimated, in segments); its import after numpy and Qt takes {pg_ms:.0f} ms"
        f" and {pg_mb:.0f} MB, that of our charts {ours:.0f} ms and {more:.0f} MB"
    )


def _frame_ms(dossier: Dossier) -> float:
    figure, theme = _chart(), Theme("light")
    figure.content(dossier)

    def frame(number: int) -> None:
        # Another width each time, or what was laid out for the last would be used again.
        image = QImage(_WIDE_PX + number % 2, _HIGH_PX, QImage.Format.Format_RGB32)
        image.fill(theme.colours.ground)
        painter = QPainter(image)
        paint_figure(figure, painter, QRectF(image.rect()), dossier, theme)
        painter.end()

    return _least_ms(frame)


def _switch_ms(app: QApplication) -> float:
    """From the switch until every open chart is painted in the other colours."""
    theme, dossier = Theme("light"), _dossier(FEW)
    theme.apply_to(app)
    views = [FigureView(_chart(), theme, dossier) for _ in range(CHARTS)]
    for view in views:
        view.resize(_WIDE_PX // 2, _HIGH_PX // 2)
        view.show()

    def switch(number: int) -> None:
        theme.set_mode("dark" if number % 2 else "light")
        for view in views:
            view.grab()

    found = _least_ms(switch)
    for view in views:
        view.close()
    return found


def _least_ms(task: Callable[[int], None]) -> float:
    spent = []
    for number in range(_ROUNDS):
        began = time.process_time()
        task(number)
        spent.append((time.process_time() - began) * 1000)
    return min(spent)


def _chart() -> ReadingsChart:
    figure = ReadingsChart(_HIGH_PX / 2)
    figure.show_measures([MeasureId("sum")], None, "A chart")
    return figure


def _dossier(count: int) -> Dossier:
    """One measure with so many readings, a day and an amount each."""
    first = date(2025, 12, 1).toordinal() - count
    tables = [
        _TABLE.format(
            number=begin,
            points="\n".join(
                f"      {date.fromordinal(first + n)}: {n * 7919 % 1009}"
                for n in range(begin, min(begin + _ROWS, count))
            ),
        )
        for begin in range(0, count, _ROWS)
    ]
    return read((_FILE + "".join(tables)).encode()).dossier


_FILE = """\
charthouse: 1
about: {title: A chart, as_of: 2025-12-12}
units:
  usd: {sign: $, many: U.S. dollars}
sources:
  office:
    title: Tables
    publisher: Office
    origin: office
    published: 2025-12-01
    reliability: B
    url: https://office.example/
measures:
  sum: {name: A sum, unit: million usd, kind: cumulative}
facts:
"""
_TABLE = """\
  table-{number}:
    kind: number
    measure: sum
    citations: [{{source: office, locator: table 1, credibility: 2}}]
    points:
{points}
"""


def _pyqtgraph_ms(count: int) -> float:
    return float(_run(_PYQTGRAPH, str(count)).stdout)


def _import_cost(then: str) -> tuple[float, float]:
    """CPU time (ms) and memory (MB) that an import takes once numpy and Qt's widgets are there."""
    first = "import numpy, PySide6.QtWidgets"
    bare = float(_run(_IMPORT.format(first=first, then="pass")).stdout)
    done = _run(_IMPORT.format(first=first, then=then))
    return float(done.stderr.split()[-1]), float(done.stdout) - bare


def _run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
