"""The views of a map that were looked at, to go back to and forward again."""

from __future__ import annotations

from typing import Final

from desktop.model.map_window import MapWindow, Size

_MOST: Final = 100


class Trail:
    """Windows in the order they were rested in; what is nearly the same counts once."""

    def __init__(self) -> None:
        self._windows: list[MapWindow] = []
        self._here = -1

    def note(self, window: MapWindow, size: Size) -> None:
        """The reader rests here; what lay ahead after going back is forgotten."""
        if self._windows and window.is_near(self._windows[self._here], size):
            self._windows[self._here] = window
            return
        kept = self._windows[: self._here + 1]
        self._windows = [*kept, window][-_MOST:]
        self._here = len(self._windows) - 1

    def back(self) -> MapWindow | None:
        return self._step(-1)

    def forward(self) -> MapWindow | None:
        return self._step(1)

    def _step(self, by: int) -> MapWindow | None:
        there = self._here + by
        if not 0 <= there < len(self._windows):
            return None
        self._here = there
        return self._windows[there]
