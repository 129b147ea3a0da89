"""The coast in levels of detail: what is looked at becomes paths, and is kept while it is used."""

from __future__ import annotations

import math
import struct
from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from desktop.figures.sea_contours import ContourLabel, joined, labels_along
from desktop.model.map_window import Bounds

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap, Level, Shapes

_SHARP_PX: Final = 1.25
_MOST_POINTS: Final = 260_000
_ELEMENT: Final = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


class TilePaths(NamedTuple):
    """What one tile holds, as paths in metres: land, its edge, and contours with their depths.

    ``bounds`` are those of the land, or of nothing where there is none.
    """

    land: QPainterPath
    coast: QPainterPath
    contours: QPainterPath
    labels: tuple[ContourLabel, ...]
    bounds: Bounds


class SeaTiles:
    """Chooses the level of detail for a scale and makes paths of its tiles.

    Safe to use from two threads at once: at worst a tile is made twice.
    """

    def __init__(self, basemap: Basemap) -> None:
        self._basemap = basemap
        self._made: OrderedDict[tuple[int, int, int], tuple[TilePaths, int]] = OrderedDict()
        self._points = 0

    def level_for(self, metres_per_px: float) -> Level:
        """The coarsest level whose simplification is not seen, or else the finest."""
        levels = sorted(self._basemap.levels, key=lambda level: level.detail_m)
        fine = [level for level in levels if level.detail_m <= _SHARP_PX * metres_per_px]
        return fine[-1] if fine else levels[0]

    def in_view(self, bounds: Bounds, metres_per_px: float) -> Iterator[TilePaths]:
        """The tiles to paint for this part of the map at this scale."""
        level = self.level_for(metres_per_px)
        for column, row in level.tiles_in(bounds):
            yield self._tile(level, column, row)

    def _tile(self, level: Level, column: int, row: int) -> TilePaths:
        key = (level.detail_m, column, row)
        made = self._made.get(key)
        if made is None:
            tile = level.tile(column, row)
            shapes = (tile.land, tile.coast, joined(tile.contours.values()))
            land, coast, contours = map(to_path, shapes)
            labels = labels_along(tile.contours, level.detail_m)
            paths = TilePaths(land, coast, contours, labels, _bounds_of(tile.land))
            made = (paths, sum(len(each.points) for each in shapes))
            self._made[key] = made
            self._points += made[1]
            self._forget()
        else:
            self._made.move_to_end(key)
        return made[0]

    def _forget(self) -> None:
        while self._points > _MOST_POINTS and len(self._made) > 1:
            _, (_, points) = self._made.popitem(last=False)
            self._points -= points


def _bounds_of(shapes: Shapes) -> Bounds:
    if len(shapes.points) == 0:
        return Bounds(math.inf, math.inf, -math.inf, -math.inf)
    least, most = shapes.points.min(axis=0), shapes.points.max(axis=0)
    return Bounds(*least.tolist(), *most.tolist())


def to_path(shapes: Shapes) -> QPainterPath:
    """One path of all rings or lines, read from the form in which Qt writes paths to a stream.

    Built point by point the same takes fifty times as long.
    """
    path = QPainterPath()
    count = len(shapes.points)
    if count == 0:
        return path
    elements = np.empty(count, _ELEMENT)
    elements["kind"] = 1
    elements["kind"][shapes.starts] = 0
    elements["x"], elements["y"] = shapes.points[:, 0], shapes.points[:, 1]
    # At the end where the last shape begins, and the odd-even rule: a lake is a ring too.
    tail = struct.pack(">ii", int(shapes.starts[-1]), 0)
    stream = QDataStream(QByteArray(struct.pack(">i", count) + elements.tobytes() + tail))
    stream >> path
    return path
