"""Folds the words of facts while nobody waits, so that the first letter typed is quick too."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.model.search_index import FactWords
from desktop.store import Store

_AT_ONCE: Final = 200


class FoldAhead(QObject):
    """Works from ``start`` until all facts are folded, or until ``stop``."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_working(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        self._timer.start(0)

    def stop(self) -> None:
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        if not self._store.dossier.derived(FactWords).fold_ahead(_AT_ONCE):
            self._timer.stop()
