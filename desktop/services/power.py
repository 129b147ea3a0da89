"""Keeps screens awake while something is presented, where the platform lets a program ask."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

_CONNECTION: Final = "charthouse-awake"
_SERVICE: Final = "org.freedesktop.ScreenSaver"
_PATH: Final = "/org/freedesktop/ScreenSaver"
_AWAKE: Final = 0x80000000 | 0x00000002 | 0x00000001
"""Windows: ES_CONTINUOUS, ES_DISPLAY_REQUIRED and ES_SYSTEM_REQUIRED (SetThreadExecutionState)."""
_AS_BEFORE: Final = 0x80000000


class Wakefulness:
    """Asks the platform to keep screens on; ``hold`` tells whether it was granted.

    On desktops that follow freedesktop.org this also keeps notifications that mind it away.
    """

    def __init__(self) -> None:
        self._held = False
        self._helper: subprocess.Popen[bytes] | None = None

    @property
    def is_held(self) -> bool:
        return self._held

    def hold(self, reason: str) -> bool:
        """Keep screens on from now on; ``reason`` is what the desktop may show for it."""
        if not self._held:
            self._held = self._ask(reason)
        return self._held

    def release(self) -> None:
        """Let screens sleep as they would."""
        if self._held:
            self._let_go()
            self._held = False

    def _ask(self, reason: str) -> bool:
        if sys.platform == "win32":
            return _set_execution_state(_AWAKE)
        if sys.platform == "darwin":
            try:
                self._helper = subprocess.Popen(["/usr/bin/caffeinate", "-d"])
            except OSError:
                return False
            return True
        from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

        # A connection of its own: when it ends, the desktop forgets what was asked through it.
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _CONNECTION)
        if not bus.isConnected():
            return False
        saver = QDBusInterface(_SERVICE, _PATH, _SERVICE, bus)
        answer = saver.call("Inhibit", "Charthouse", reason)
        if answer.type() != QDBusMessage.MessageType.ReplyMessage:
            QDBusConnection.disconnectFromBus(_CONNECTION)
            return False
        return True

    def _let_go(self) -> None:
        if sys.platform == "win32":
            _set_execution_state(_AS_BEFORE)
        elif self._helper is not None:
            self._helper.terminate()
            self._helper = None
        else:
            from PySide6.QtDBus import QDBusConnection

            QDBusConnection.disconnectFromBus(_CONNECTION)


def _set_execution_state(state: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.SetThreadExecutionState(state))
    return False
