"""Notices that a file on disk is no longer what it was, by whichever way it was written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from PySide6 import QtCore  # by name its watcher would be loaded at the start
from PySide6.QtCore import QObject, Signal

_SETTLED_MS: Final = 150
_LOOK_MS: Final = 1000
_LOOKS_MOST: Final = 5

Look = tuple[int, int, int] | None
"""Size, time of the last change (ns) and inode of a file; None where there is none."""


class Watch(QObject):
    """Looks at one file whenever it or its folder stirs, and once a second besides.

    A file that is replaced is no longer watched by the system, and disks in a network stir without
    a word: hence the folder, and the second. ``moved`` comes once the file has settled, or has
    been restless for long enough.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._known: Look = None
        self._seen: Look = None
        self._looks = 0
        self._watcher: QtCore.QFileSystemWatcher | None = None
        self._settling = QtCore.QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._settling.timeout.connect(self._look)
        self._looking = QtCore.QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)

    def watch(self, path: Path) -> None:
        """Watch this file from now on, as it is now."""
        self.stop()
        self._path = path
        self._watcher = QtCore.QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_watcher_stirred)
        self._watcher.directoryChanged.connect(self._on_watcher_stirred)
        self.settle()
        self._add_paths()
        self._looking.start()

    def stop(self) -> None:
        self._path = None
        self._settling.stop()
        self._looking.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def settle(self) -> None:
        """Take the file as it is now for known, as after writing it."""
        self._known = self._seen = self._glance()
        self._looks = 0

    def _glance(self) -> Look:
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino

    def _look(self) -> None:
        if self._path is None:
            return
        look = self._glance()
        if look == self._known:
            self._seen, self._looks = look, 0
            return
        self._looks += 1
        if look != self._seen and self._looks < _LOOKS_MOST:
            self._seen = look
            self._settling.start()
            return
        self._known = self._seen = look
        self._looks = 0
        self._add_paths()
        self.moved.emit()

    def _add_paths(self) -> None:
        if self._watcher is None or self._path is None:
            return
        target = Path(os.path.realpath(self._path))
        wanted = {str(path) for path in (self._path, target, self._path.parent, target.parent)}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        there = [path for path in sorted(wanted - watched) if os.path.exists(path)]
        if there:
            self._watcher.addPaths(there)

    def _on_watcher_stirred(self, _path: str) -> None:
        self._add_paths()
        if not self._settling.isActive():
            self._settling.start()
