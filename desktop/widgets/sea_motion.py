"""How a map moves of itself: it glides on after a drag, and eases to a scale or a window.

No clock and no widget: it is told how much time went by.
"""

from __future__ import annotations

import math
from typing import Final

from desktop.model.map_window import MapWindow, Size

_GLIDE_S: Final = 0.28
_SLOWEST_PX_S: Final = 20.0
_FASTEST_PX_S: Final = 6000.0
_ZOOM_S: Final = 0.055
_NEARLY: Final = 0.003
_FLIGHT_S: Final = 0.32


class Motion:
    """Where a window is going. At most one of three: a glide, a zoom, a flight."""

    def __init__(self) -> None:
        self._speed_px_s = (0.0, 0.0)
        self._scale: float | None = None
        self._held_px = (0.0, 0.0)
        self._flight: tuple[MapWindow, MapWindow, float] | None = None

    @property
    def is_under_way(self) -> bool:
        return self._speed_px_s != (0.0, 0.0) or self._scale is not None or self._flight is not None

    def stop(self) -> None:
        self._speed_px_s = (0.0, 0.0)
        self._scale = None
        self._flight = None

    def glide(self, right_px_s: float, down_px_s: float) -> None:
        """Go on from this speed, slower and slower."""
        self.stop()
        speed = math.hypot(right_px_s, down_px_s)
        if speed >= _SLOWEST_PX_S:
            share = min(1.0, _FASTEST_PX_S / speed)
            self._speed_px_s = (right_px_s * share, down_px_s * share)

    def zoom(self, factor: float, now: MapWindow, at_px: tuple[float, float]) -> None:
        """Come closer (below 1) or go off, by ``factor`` from where a zoom under way will end.

        What lies at ``at_px`` stays there.
        """
        base = self._scale if self._scale is not None else now.metres_per_px
        self.stop()
        self._scale = base * factor
        self._held_px = at_px

    def fly(self, now: MapWindow, there: MapWindow) -> None:
        """Go to another window in one calm movement."""
        self.stop()
        self._flight = (now, there, 0.0)

    def step(self, now: MapWindow, seconds: float, size: Size) -> MapWindow:
        """The window this much later."""
        if self._flight is not None:
            return self._fly_on(seconds, size)
        if self._scale is not None:
            return self._zoom_on(now, seconds, size)
        left = math.exp(-seconds / _GLIDE_S)
        right_px_s, down_px_s = self._speed_px_s
        moved = now.moved(*(speed * _GLIDE_S * (1 - left) for speed in self._speed_px_s))
        self._speed_px_s = (right_px_s * left, down_px_s * left)
        if math.hypot(*self._speed_px_s) < _SLOWEST_PX_S:
            self._speed_px_s = (0.0, 0.0)
        return moved

    def _zoom_on(self, now: MapWindow, seconds: float, size: Size) -> MapWindow:
        assert self._scale is not None
        still = math.log(self._scale / now.metres_per_px) * math.exp(-seconds / _ZOOM_S)
        scale = self._scale * math.exp(-still)
        if abs(still) < _NEARLY:
            scale = self._scale
            self._scale = None
        return now.scaled(scale, self._held_px, size)

    def _fly_on(self, seconds: float, size: Size) -> MapWindow:
        assert self._flight is not None
        start, end, gone_s = self._flight
        share = min((gone_s + seconds) / _FLIGHT_S, 1.0)
        if share >= 1.0:
            self._flight = None
            return end
        self._flight = (start, end, gone_s + seconds)
        eased = share * share * (3 - 2 * share)
        closer = end.metres_per_px / start.metres_per_px
        scale = start.metres_per_px * closer**eased
        # Along the path on which one point of the picture stands still, as a zoom has it.
        along = eased if abs(closer - 1) < 0.01 else (1 - closer**eased) / (1 - closer)
        x_m = start.x_m + (end.x_m - start.x_m) * along
        y_m = start.y_m + (end.y_m - start.y_m) * along
        return MapWindow(x_m, y_m, scale)
