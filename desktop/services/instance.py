"""One window among several: which may edit a file, and which a second start is handed to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6 import QtCore  # by name its lock would be loaded at the start
from PySide6.QtCore import QObject, Signal

from desktop.services.second_start import HEARD, LONGEST_PATH, asked_for

if TYPE_CHECKING:
    import socket

_LISTEN_MS: Final = 500
_ASK_MS: Final = 100
_PATIENCE_MS: Final = 3000
_HEAR_S: Final = 0.2
"""How long the window waits for one who rings and says nothing."""


class Claim(QObject):
    """The sole right to edit one file; ``lock`` is a path that stands for it.

    A window that does not have it may ask: the other hears ``asked`` within a second and releases
    it, whereupon ``granted`` comes here. ``unanswered`` comes where the other is stuck.
    """

    asked = Signal()
    granted = Signal()
    unanswered = Signal()

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = lock.with_suffix(".wanted")
        self._folder = lock.parent
        self._lock = QtCore.QLockFile(str(lock))
        # A lock never grows old; one whose program is no longer there is none.
        self._lock.setStaleLockTime(0)
        self._asks_left = 0
        self._listening = QtCore.QTimer(self, interval=_LISTEN_MS)
        self._listening.timeout.connect(self._on_listening_timeout)
        self._asking = QtCore.QTimer(self, interval=_ASK_MS)
        self._asking.timeout.connect(self._on_asking_timeout)

    def take(self) -> bool:
        """Take the right if nobody has it; True also where this system keeps no locks."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return True
        if self._lock.tryLock(0):
            self._listening.start()
            self._wanted.unlink(missing_ok=True)
            return True
        return self._lock.error() != QtCore.QLockFile.LockError.LockFailedError

    def ask(self, patience_ms: int = _PATIENCE_MS) -> None:
        """Ask whoever has the right to hand it over."""
        self._asks_left = patience_ms // _ASK_MS
        self._wanted.touch()
        self._asking.start()

    def release(self) -> None:
        self._asking.stop()
        self._listening.stop()
        if self._lock.isLocked():
            self._lock.unlock()

    def _on_listening_timeout(self) -> None:
        if self._wanted.exists():
            self.asked.emit()

    def _on_asking_timeout(self) -> None:
        self._asks_left -= 1
        if self.take():
            self._asking.stop()
            self.granted.emit()
        elif self._asks_left <= 0:
            self._asking.stop()
            self._wanted.unlink(missing_ok=True)
            self.unanswered.emit()


def is_claimed(lock: Path) -> bool:
    """Whether a program that runs has the right to edit."""
    if not lock.exists():
        return False
    trial = QtCore.QLockFile(str(lock))
    trial.setStaleLockTime(0)
    if trial.tryLock(0):
        trial.unlock()
        return False
    return trial.error() == QtCore.QLockFile.LockError.LockFailedError


class Doorbell(QObject):
    """Hears, while a window is open, what a second start of the program would open.

    ``rung`` carries the Path of a file that exists, or None: come to the front. The bell is this
    person's alone, see ``second_start.bell``.
    """

    rung = Signal(object)

    def __init__(self, address: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._line: socket.socket | None = None

    def listen(self) -> bool:
        """Listen from now on; False where somebody else does or this system cannot."""
        import socket

        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.bind(str(self._address))
        except OSError:
            if not self._take_down_dead(line):
                line.close()
                return False
        line.listen()
        line.setblocking(False)
        self._line = line
        self._heard = QtCore.QSocketNotifier(line.fileno(), QtCore.QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._on_heard_activated)
        return True

    def close(self) -> None:
        """Take the bell down."""
        if self._line is not None:
            self._heard.setEnabled(False)
            self._line.close()
            self._line = None
            self._address.unlink(missing_ok=True)

    def _take_down_dead(self, line: socket.socket) -> bool:
        """Put a bell in place of one whose program is no longer there; False if it still is."""
        import socket

        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
                trial.connect(str(self._address))
                return False
        except OSError:
            pass
        try:
            self._address.unlink(missing_ok=True)
            line.bind(str(self._address))
        except OSError:
            return False
        return True

    def _on_heard_activated(self) -> None:
        assert self._line is not None
        try:
            caller, _ = self._line.accept()
        except OSError:
            return
        with caller:
            caller.settimeout(_HEAR_S)
            try:
                message = b""
                while len(message) <= LONGEST_PATH and (more := caller.recv(LONGEST_PATH)):
                    message += more
                path = asked_for(message)
                caller.sendall(HEARD)
            except (OSError, ValueError):
                return
        self.rung.emit(path)
