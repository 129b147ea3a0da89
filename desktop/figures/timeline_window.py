"""Which stretch of time is in view, and how far it can be moved, enlarged and shrunk."""

from __future__ import annotations

from typing import Final, NamedTuple

MARGIN_PX: Final = 32.0
"""Room beyond both ends of the line of time, for marks that stand on them."""
MOST_PX_PER_DAY: Final = 40.0

_NEARLY: Final = 1 + 1e-9


class Window(NamedTuple):
    """The stretch of time in view: the day at its left edge, and its scale."""

    first: float
    px_per_day: float


class Reach(NamedTuple):
    """All time, from a day to the beginning of another, before lanes that are so wide."""

    first: int
    last: int
    width_px: float

    @property
    def whole(self) -> Window:
        """All time, between the margins."""
        px_per_day = max(self.width_px - 2 * MARGIN_PX, 1.0) / (self.last - self.first)
        return Window(self.first - MARGIN_PX / px_per_day, px_per_day)

    @property
    def most_px_per_day(self) -> float:
        """The closest scale."""
        return max(MOST_PX_PER_DAY, self.whole.px_per_day)

    def days(self, first: float, last: float) -> Window:
        """The window from one day to another."""
        return Window(first, self.width_px / max(last - first, 1e-6))

    def moved(self, window: Window, by_px: float) -> Window:
        return window._replace(first=window.first + by_px / window.px_per_day)

    def enlarged(self, window: Window, factor: float, at_px: float) -> Window:
        """Enlarged, but for the day that stays where it is, so many pixels from the left."""
        px_per_day = window.px_per_day * factor
        px_per_day = max(min(px_per_day, self.most_px_per_day), self.whole.px_per_day)
        day = window.first + at_px / window.px_per_day
        return Window(day - at_px / px_per_day, px_per_day)

    def nearest(self, window: Window, ratio: float) -> Window:
        """The nearest window there is, on a screen of that ratio.

        It reaches no further than all time does, is no closer than the closest, and its left edge
        lies on a pixel of the screen.
        """
        whole = self.whole
        px_per_day = min(window.px_per_day, self.most_px_per_day)
        if px_per_day <= whole.px_per_day * _NEARLY:
            return whole
        left_px = (window.first - self.first) * px_per_day
        end_px = (self.last - self.first) * px_per_day + MARGIN_PX - self.width_px
        left_px = round(min(max(left_px, -MARGIN_PX), end_px) * ratio) / ratio
        return Window(self.first + left_px / px_per_day, px_per_day)
