"""Measures the start of the program, from the process to the first complete paint."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _FirstPaint(QObject):
    """Ends the program once a widget, and all there is to paint with it, has been painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The paint of a parent precedes that of its children: end with the next turn.
            QTimer.singleShot(0, QApplication.quit)
        return False


def measure(path: Path) -> int:
    """Open the window on a file, wait for its first paint and print one JSON line.

    Times are in ms since the process began: ``wall`` is None where the system does not tell when
    that was, ``cpu`` and the stages are CPU time of this process.
    """
    stages = {"before_qt": _cpu_ms()}
    from desktop.app import App
    from desktop.services.settings import Settings

    stages["imports"] = _cpu_ms()
    application = QApplication(sys.argv[:1])
    stages["application"] = _cpu_ms()
    app = App(application, Settings())
    window = app.start(path)
    stages["file_and_window"] = _cpu_ms()
    window.restore()
    window.show_tab("overview")
    pane = window.pane("overview")
    stages["overview"] = _cpu_ms()
    _FirstPaint(pane.page())
    window.show()
    application.exec()
    stages["painted"] = _cpu_ms()
    report = {
        "wall": _wall_ms(),
        "cpu": stages["painted"],
        "stages": stages,
        "facts": len(app.workspace.store.dossier.facts),
        "modules": len(sys.modules),
        "heavy": sorted({"numpy", "asyncio", "pyqtgraph"} & sys.modules.keys()),
    }
    print(json.dumps(report))
    return 0


def _cpu_ms() -> float:
    return round(time.process_time() * 1e3, 1)


def _wall_ms() -> float | None:
    """Time since the process began, from what Linux keeps about it (proc(5), field 22)."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        began_s = int(fields[19]) / 100
        return round((time.clock_gettime(time.CLOCK_BOOTTIME) - began_s) * 1e3, 1)
    except (OSError, AttributeError):
        return None
