"""Measures the start of the program, from the process to the first complete paint."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

HEAVY = frozenset({"numpy", "asyncio", "pyqtgraph"})
"""What must not be loaded before the first paint."""


class _FirstPaint(QObject):
    """Calls back once ``watched`` and all within it is painted, and nothing is left to paint."""

    def __init__(self, watched: QWidget, call_back: Callable[[], None]) -> None:
        super().__init__(watched)
        # It fires only when all that was posted meanwhile, as rows still to be shown, is done.
        self._idle = QTimer(self, interval=0, singleShot=True)
        self._idle.timeout.connect(call_back)
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._idle.start()
        return False


def measure(path: Path) -> int:
    """Open the window on a file, wait for its first complete paint and print one JSON line.

    Times are in ms since the process began: ``wall`` is None where the system does not tell when
    that was, ``cpu`` and the stages are CPU time of this process. ``said`` is what the window had
    to say, as why the file could not be opened. Nothing is kept of the window's place.
    """
    stages = {"qt": _cpu_ms()}
    from desktop.app import App, new_application
    from desktop.services.settings import Settings

    stages["imports"] = _cpu_ms()
    application = new_application()
    stages["application"] = _cpu_ms()
    app = App(application, Settings())
    window = app.start(path)
    stages["file_and_window"] = _cpu_ms()
    window.restore()
    window.show_tab("overview")
    stages["overview"] = _cpu_ms()

    def on_painted() -> None:
        stages["painted"] = _cpu_ms()
        report = {
            "wall": _wall_ms(),
            "cpu": stages["painted"],
            "stages": stages,
            "facts": len(app.workspace.store.dossier.facts),
            "said": window.notice.words(),
            "modules": len(sys.modules),
            "heavy": sorted(HEAVY & sys.modules.keys()),
        }
        import json  # not before the clock has stopped

        print(json.dumps(report))
        application.exit(0)

    _FirstPaint(window.pane("overview").page(), on_painted)
    window.show()
    code = application.exec()
    app.workspace.jobs.shut_down()
    return code


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
