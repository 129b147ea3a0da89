"""The coast in levels of detail: what is looked at becomes paths, and is kept while it is used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

from desktop.figures.sea_contours import ContourLabel, labels_along
from desktop.model.map_window import Bounds

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap, Level, Shapes

_SHARP_PX: Final = 1.25
_MOST_POINTS: Final = 200_000


class TilePaths(NamedTuple):
    """What one tile holds, as paths in metres: land, its edge, and contours with their depths."""

    land: QPainterPath
    coast: QPainterPath
    contours: tuple[QPainterPath, ...]
    labels: tuple[ContourLabel, ...]


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
            shapes = [tile.land, tile.coast, *tile.contours.values()]
            contours = tuple(to_path(each) for each in tile.contours.values())
            labels = labels_along(tile.contours, level.detail_m)
            paths = TilePaths(to_path(tile.land), to_path(tile.coast), contours, labels)
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


def to_path(shapes: Shapes) -> QPainterPath:
    """One path of all rings or lines, read from the form in which Qt writes paths to a stream.

    Built point by point the same takes fifty times as long.
    """
    path = QPainterPath()
    count = len(shapes.points)
    if count == 0:
        return path
    element = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
    elements = np.empty(count, element)
    elements["kind"] = 1
    elements["kind"][shapes.starts] = 0
    elements["x"], elements["y"] = shapes.points[:, 0], shapes.points[:, 1]
    head = np.array([count], ">i4").tobytes()
    # Where the last shape begins, and the odd-even rule: a lake is a ring too.
    tail = np.array([int(shapes.starts[-1]), 0], ">i4").tobytes()
    stream = QDataStream(QByteArray(head + elements.tobytes() + tail))
    stream >> path
    return path
