"""A program that edits and saves without end, to be killed.

    python -m tests.keeping.victim

For each line on its input, ``FILE STATE SEED``, it starts a child that opens FILE and edits it,
and says when that child has ended. The children tell each step on the same output:
``edit N TIME WORKED``, ``save N`` before and ``saved N`` after a save.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

import desktop.keeping.journaling
import desktop.keeping.meeting
import desktop.keeping.recovery
import desktop.panes.overview
import desktop.services.instance
import desktop.services.watch  # noqa: F401
from desktop.app import App, new_application
from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import Quantity
from desktop.services.settings import Settings

STEP_MS = 5
FACTS = 40


def fact_of(step: int) -> str:
    """Which fact a step edits."""
    return f"fact-{step % FACTS:06d}"


class Editor:
    def __init__(self, path: Path, state: Path, seed: int) -> None:
        self._draw = random.Random(seed)
        self._saves = self._draw.choice((0.0, 0.1, 0.5))
        application = new_application()
        self._app = App(application, Settings(state / "settings.ini"), state=state)
        self._app.start(path).show()
        self._app.open_file.guard()
        self._step = 0
        timer = QTimer(self._app, interval=STEP_MS)
        timer.timeout.connect(self._on_timeout)
        timer.start()
        application.exec()

    def _on_timeout(self) -> None:
        self._step += 1
        value = Quantity.parse(f"{self._step} sets")
        self._app.workspace.store.apply(SetField(Ref(Fact, fact_of(self._step)), "value", value))
        tell(f"edit {self._step} {time.monotonic()} {time.process_time()}")
        if self._draw.random() < self._saves:
            tell(f"save {self._step}")
            if self._app.open_file.save():
                tell(f"saved {self._step}")
            else:
                tell(f"refused {self._app.window.notice.words()}")


def tell(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def main() -> None:
    for line in sys.stdin:
        path, state, seed = line.split()
        child = os.fork()
        if child == 0:
            Editor(Path(path), Path(state), int(seed))
            os._exit(0)
        tell(f"child {child}")
        os.waitpid(child, 0)
        tell("ended")


if __name__ == "__main__":
    main()
