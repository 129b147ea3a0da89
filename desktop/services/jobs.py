"""Work off the thread that paints: the only threads there are."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, TypeVar, TypeVarTuple

import shiboken6
from PySide6.QtCore import QObject, Signal

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_STEP: Final = 0.005
_WAIT_S: Final = 3.0
_LONGEST_TURN_S: Final = 0.0005

_frame = threading.RLock()
"""Held while a frame is painted."""


@cache
def meet_qt_classes() -> None:
    """Let PySide make all its classes now, before a job paints; call it in the thread that paints.

    It makes a class where it is first met, be it as what a function might have been given, and two
    threads that meet one at the same moment crash the program. Takes some 40 ms, once.
    """
    from PySide6 import QtCore, QtGui

    for module in (QtCore, QtGui):
        for name in dir(module):
            getattr(module, name)


class Progress:
    """What a running job is given: it says how far it is, and learns that it was cancelled."""

    def __init__(self, say: Callable[[float], None] | None = None) -> None:
        self._say = say
        self._said = 0.0
        self._cancelled = False

    def report(self, fraction: float) -> None:
        """Say that ``fraction`` of the work, 0 to 1, is done."""
        if self._say is None or self._cancelled:
            return
        # Every single step would keep the painting thread busier than the work is.
        if fraction - self._said >= _STEP or fraction >= 1.0:
            self._said = fraction
            self._say(fraction)

    def give_way(self) -> None:
        """Wait while a frame is painted.

        Python runs one thread at a time, and lets go of none within a call of Qt. Work that would
        make a picture stutter calls this between steps of a millisecond or less.
        """
        with _frame:
            pass

    def is_cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        self._cancelled = True


class Job(QObject):
    """One piece of work under way; its signals arrive in the thread that started it."""

    _progressed = Signal(float)
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(
        self,
        work: Callable[[Progress], object],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[float], None] | None,
    ) -> None:
        super().__init__()
        self._work = work
        self._on_done = on_done
        self._on_error = on_error
        self._on_progress = on_progress
        self._progress = Progress(self._progressed.emit if on_progress else None)
        self.is_running = True
        self._progressed.connect(self._on_self_progressed)
        self._returned.connect(self._on_self_returned)
        self._raised.connect(self._on_self_raised)

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is delivered from now on."""
        self._progress.cancel()

    def run(self) -> None:
        """Do the work in the calling thread."""
        try:
            outcome = self._work(self._progress)
        except Exception as error:
            self._raised.emit(error)
        else:
            self._returned.emit(outcome)

    def _on_self_progressed(self, fraction: float) -> None:
        if self._on_progress is not None:
            self._deliver(self._on_progress, fraction)

    def _on_self_returned(self, outcome: object) -> None:
        self.is_running = False
        self._deliver(self._on_done, outcome)

    def _on_self_raised(self, error: Exception) -> None:
        self.is_running = False
        self._deliver(self._on_error, error)

    def _deliver(self, callback: Callable[[Any], None], value: object) -> None:
        owner = getattr(getattr(callback, "func", callback), "__self__", None)
        is_gone = isinstance(owner, QObject) and not shiboken6.isValid(owner)
        if not is_gone and not self._progress.is_cancelled():
            callback(value)


class Jobs(QObject):
    """Runs functions in threads of their own and brings back what they return.

    ``immediate`` runs each at once in the calling thread instead: for tests, and where nothing
    is to be painted meanwhile.
    """

    def __init__(self, *, immediate: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._immediate = immediate
        self._threads: dict[threading.Thread, Job] = {}
        # The thread that paints is not to wait five milliseconds, as it would by default.
        sys.setswitchinterval(_LONGEST_TURN_S)

    def run(
        self,
        function: Callable[[Progress, *Ts], T],
        *args: *Ts,
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[float], None] | None = None,
    ) -> Job:
        """Call ``function(progress, *args)``, which must touch no widget.

        In the thread that called ``run``, either ``on_done``, with what it returned, or
        ``on_error``, with what it raised, is called once; before that ``on_progress``, with
        fractions from 0 to 1. None of them is called after a cancel, nor on a deleted QObject.
        """
        job = Job(lambda progress: function(progress, *args), on_done, on_error, on_progress)
        if self._immediate:
            job.run()
            return job
        self._threads = {thread: one for thread, one in self._threads.items() if one.is_running}
        # A daemon: a read that hangs on a dead disk must not keep the program from ending.
        thread = threading.Thread(target=job.run, name="job", daemon=True)
        self._threads[thread] = job
        thread.start()
        return job

    @contextmanager
    def frame(self) -> Iterator[None]:
        """Paint a frame in here: jobs that give way stand still meanwhile."""
        with _frame:
            yield

    def shut_down(self, wait_s: float = _WAIT_S) -> bool:
        """Cancel everything and wait at most ``wait_s``; tell whether all came to an end."""
        deadline = time.monotonic() + wait_s
        for job in self._threads.values():
            job.cancel()
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)
