"""The part of a map that is shown: where its middle lies, and how many metres a pixel spans.

Metres are those of the projection (see ``geo``): eastings and northings, x to the right and y up.
Pixels are device-independent, x to the right and y down, from the top left corner of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple, Self


class Size(NamedTuple):
    """Width and height of a picture, in pixels."""

    width_px: float
    height_px: float


class Bounds(NamedTuple):
    """A rectangle of the projection, in metres."""

    west_m: float
    south_m: float
    east_m: float
    north_m: float

    @classmethod
    def of(cls, points: Iterable[tuple[float, float]]) -> Self:
        """The least rectangle that holds these points, of which there must be one."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width_m(self) -> float:
        return self.east_m - self.west_m

    @property
    def height_m(self) -> float:
        return self.north_m - self.south_m

    @property
    def centre(self) -> tuple[float, float]:
        return (self.west_m + self.east_m) / 2, (self.south_m + self.north_m) / 2

    def contains(self, other: Bounds) -> bool:
        return (
            self.west_m <= other.west_m
            and self.south_m <= other.south_m
            and other.east_m <= self.east_m
            and other.north_m <= self.north_m
        )

    def meets(self, other: Bounds) -> bool:
        return (
            self.west_m <= other.east_m
            and other.west_m <= self.east_m
            and self.south_m <= other.north_m
            and other.south_m <= self.north_m
        )

    def grown(self, by_m: float) -> Bounds:
        """As much larger on every side."""
        return Bounds(
            self.west_m - by_m, self.south_m - by_m, self.east_m + by_m, self.north_m + by_m
        )


class MapWindow(NamedTuple):
    """What a map shows, whatever the size of its picture: centre and scale."""

    x_m: float
    y_m: float
    metres_per_px: float

    @classmethod
    def around(cls, bounds: Bounds, size: Size, margin_px: float = 0.0) -> MapWindow:
        """The closest window in which all of ``bounds`` has room, ``margin_px`` off every edge."""
        wide_px = max(size.width_px - 2 * margin_px, 1.0)
        high_px = max(size.height_px - 2 * margin_px, 1.0)
        scale = max(bounds.width_m / wide_px, bounds.height_m / high_px)
        return cls(*bounds.centre, scale)

    def bounds(self, size: Size) -> Bounds:
        """What a picture of this size shows."""
        wide_m = size.width_px * self.metres_per_px / 2
        high_m = size.height_px * self.metres_per_px / 2
        return Bounds(self.x_m - wide_m, self.y_m - high_m, self.x_m + wide_m, self.y_m + high_m)

    def to_px(self, x_m: float, y_m: float, size: Size) -> tuple[float, float]:
        """Where a point of the projection lies in the picture."""
        scale = self.metres_per_px
        return (
            (x_m - self.x_m) / scale + size.width_px / 2,
            (self.y_m - y_m) / scale + size.height_px / 2,
        )

    def to_m(self, x_px: float, y_px: float, size: Size) -> tuple[float, float]:
        """The point of the projection that lies here in the picture."""
        scale = self.metres_per_px
        return (
            self.x_m + (x_px - size.width_px / 2) * scale,
            self.y_m - (y_px - size.height_px / 2) * scale,
        )

    def moved(self, right_px: float, down_px: float) -> MapWindow:
        """The window after its picture was dragged this far."""
        scale = self.metres_per_px
        return self._replace(x_m=self.x_m - right_px * scale, y_m=self.y_m + down_px * scale)

    def scaled(self, metres_per_px: float, at_px: tuple[float, float], size: Size) -> MapWindow:
        """The window at another scale in which what lies at ``at_px`` stays there."""
        x_m, y_m = self.to_m(*at_px, size)
        share = metres_per_px / self.metres_per_px
        return MapWindow(
            x_m + (self.x_m - x_m) * share, y_m + (self.y_m - y_m) * share, metres_per_px
        )

    def within(self, limits: Bounds, size: Size, closest_m: float) -> MapWindow:
        """The nearest window that shows nothing beyond ``limits``.

        A pixel of it spans ``closest_m`` metres or more.
        """
        widest_m = min(limits.width_m / size.width_px, limits.height_m / size.height_px)
        scale = min(max(self.metres_per_px, closest_m), widest_m)
        across_m, up_m = size.width_px * scale / 2, size.height_px * scale / 2
        return MapWindow(
            _clamped(self.x_m, limits.west_m + across_m, limits.east_m - across_m),
            _clamped(self.y_m, limits.south_m + up_m, limits.north_m - up_m),
            scale,
        )

    def is_near(self, other: MapWindow, size: Size) -> bool:
        """Whether it shows nearly the same: hardly moved, hardly scaled."""
        share = self.metres_per_px / other.metres_per_px
        x_px, y_px = self.to_px(other.x_m, other.y_m, size)
        off_px = math.hypot(x_px - size.width_px / 2, y_px - size.height_px / 2)
        return 0.95 < share < 1.05 and off_px < 0.05 * size.width_px


def _clamped(value: float, least: float, most: float) -> float:
    if least > most:
        return (least + most) / 2
    return min(max(value, least), most)
