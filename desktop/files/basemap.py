"""The ground of the map: coast in levels of detail, and depth, from ``resources/basemap/``.

``packaging/build_basemap.py`` makes these files, and ``resources/LICENSES.md`` says out of what.
Each is an npz archive of NumPy, in which every member has a checksum and holds only numbers.
Positions are metres of the projection in ``model.geo``. Points are kept as the step from the one
before, folded so that small steps either way are small numbers (zigzag), and taken apart into
bytes of equal worth, most of them zero: a quarter of the size.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desktop.model.map_window import Bounds

Metres = npt.NDArray[np.int32]
Index = npt.NDArray[np.int64]
Cell = tuple[int, int]
"""Column and row in the grid of a level, counted from the west and from the south."""

LEVELS_M: Final = (2000, 700, 250, 100)
"""The ``detail_m`` of the levels there are, the coarsest first."""
CONTOURS_M: Final = (50, 200, 1000, 2000, 4000)
"""The depths at which contours are drawn."""

_DAMAGED: Final = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


class BasemapError(Exception):
    """A file of the basemap is missing or damaged; installing Charthouse anew brings it back."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class Shapes(NamedTuple):
    """Rings or lines, end to end.

    ``points`` are metres east and north, shape (n, 2); ``starts`` the indexes at which each shape
    begins, shape (m,). A ring ends on the point on which it began.
    """

    points: Metres
    starts: Index

    def split(self) -> list[Metres]:
        """The shapes one by one, each of shape (k, 2)."""
        return np.split(self.points, self.starts[1:]) if len(self.starts) else []


class Tile(NamedTuple):
    """What a level has in one cell of its grid.

    ``land`` are rings to fill by the odd-even rule, for a lake is a ring too; they reach a little
    beyond the cell, so that no seam shows between tiles. ``coast`` are the lines around them, but
    not where the land was cut. ``contours`` are lines by depth in metres, clear of the land.
    """

    land: Shapes
    coast: Shapes
    contours: Mapping[int, Shapes]


class Sheaf(NamedTuple):
    """The shapes of all cells of a level, cell by cell.

    ``cells`` are the indexes in ``starts`` at which each cell begins, and where the last one ends.
    """

    points: Metres
    starts: Index
    cells: Index

    def of(self, cell: int) -> Shapes:
        begin, end = self.cells[cell], self.cells[cell + 1]
        starts = self.starts[begin:end]
        if begin == end:
            return Shapes(self.points[:0], starts)
        last = self.starts[end] if end < len(self.starts) else len(self.points)
        return Shapes(self.points[starts[0] : last], starts - starts[0])


class Grid(NamedTuple):
    """How a level is cut into cells; metres, the first cell in the south-west corner."""

    west_m: int
    south_m: int
    cell_width_m: int
    cell_height_m: int
    columns: int
    rows: int

    @property
    def bounds(self) -> Bounds:
        return Bounds(
            self.west_m,
            self.south_m,
            self.west_m + self.columns * self.cell_width_m,
            self.south_m + self.rows * self.cell_height_m,
        )

    def cells_in(self, bounds: Bounds) -> Iterator[Cell]:
        """The cells that this part of the map touches, row by row."""
        west, south = bounds.west_m - self.west_m, bounds.south_m - self.south_m
        east, north = bounds.east_m - self.west_m, bounds.north_m - self.south_m
        first_column = max(0, int(west // self.cell_width_m))
        last_column = min(self.columns - 1, int(east // self.cell_width_m))
        first_row = max(0, int(south // self.cell_height_m))
        last_row = min(self.rows - 1, int(north // self.cell_height_m))
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                yield column, row

    def edges(self, cell: Cell) -> tuple[int, int, int, int]:
        """Where a cell ends: west, south, east, north."""
        west = self.west_m + cell[0] * self.cell_width_m
        south = self.south_m + cell[1] * self.cell_height_m
        return west, south, west + self.cell_width_m, south + self.cell_height_m


@dataclass(frozen=True, eq=False)
class Level:
    """The coast and the contours in one degree of detail, cut into tiles.

    ``detail_m`` tells how fine: what is smaller, and water narrower, than so many metres of the
    projection is left out. Draw a level where a pixel spans about as much.
    """

    detail_m: int
    grid: Grid
    land: Sheaf
    contours: Mapping[int, Sheaf]

    def tiles_in(self, bounds: Bounds) -> Iterator[Cell]:
        """The cells of this part of the map in which there is anything to draw."""
        for column, row in self.grid.cells_in(bounds):
            cell = row * self.grid.columns + column
            if any(each.cells[cell] < each.cells[cell + 1] for each in self._drawn):
                yield column, row

    def tile(self, column: int, row: int) -> Tile:
        """What there is in one cell."""
        cell = row * self.grid.columns + column
        land = self.land.of(cell)
        coast = _coast_of(land, self.grid.edges((column, row)))
        contours = {depth_m: each.of(cell) for depth_m, each in self.contours.items()}
        return Tile(land, coast, contours)

    @property
    def _drawn(self) -> tuple[Sheaf, ...]:
        return (self.land, *self.contours.values())


@dataclass(frozen=True, eq=False)
class DepthGrid:
    """Heights above the sea in metres, shape (rows, columns), negative below it.

    The first row is the southernmost, the first column the westernmost; ``west`` and ``south`` are
    the degrees of the first value, ``step`` the degrees from one value to the next.
    """

    heights_m: npt.NDArray[np.int16]
    west: float
    south: float
    step: float


class Basemap(NamedTuple):
    """All of it: the levels, coarsest first, and the depths."""

    levels: tuple[Level, ...]
    depths: DepthGrid


def read_basemap(folder: Path) -> Basemap:
    """Read ``resources/basemap``; raises BasemapError.

    Takes a tenth of a second: call it in a job. Whoever cannot wait reads the coarsest level first.
    """
    return Basemap(tuple(read_level(folder, each) for each in LEVELS_M), read_depths(folder))


def read_level(folder: Path, detail_m: int) -> Level:
    """Read one level, of ``LEVELS_M``; raises BasemapError."""
    path = folder / f"coast-{detail_m}m.npz"
    parts = _read(path)
    try:
        grid = Grid(*parts["grid"].tolist())
        land = _unpacked(parts, "land", grid)
        contours = {
            depth_m: _unpacked(parts, f"contour-{depth_m}", grid)
            for depth_m in parts["contours"].tolist()
        }
    except _DAMAGED as error:
        raise BasemapError(path, str(error)) from error
    return Level(detail_m, grid, land, contours)


def read_depths(folder: Path) -> DepthGrid:
    """Read the grid of depths; raises BasemapError."""
    path = folder / "depths.npz"
    parts = _read(path)
    try:
        heights_m = parts["heights_m"].astype(np.int16)
        west, south, step = parts["place"].tolist()
        if heights_m.ndim != 2 or min(heights_m.shape) < 2:
            raise ValueError("the depths are no grid")
    except _DAMAGED as error:
        raise BasemapError(path, str(error)) from error
    return DepthGrid(heights_m, west, south, step)


def write_level(
    folder: Path,
    detail_m: int,
    grid: Grid,
    land: Mapping[Cell, Sequence[Metres]],
    contours: Mapping[int, Mapping[Cell, Sequence[Metres]]],
) -> None:
    """Write a level: closed rings of land by cell, and lines by depth and cell, each (k, 2)."""
    parts: dict[str, npt.ArrayLike] = {
        "grid": np.array(grid, np.int64),
        "contours": np.array([*contours], np.int64),
    }
    for name, shapes in (("land", land), *((f"contour-{d}", each) for d, each in contours.items())):
        parts |= _packed(name, shapes, grid)
    np.savez_compressed(folder / f"coast-{detail_m}m.npz", **parts)  # type: ignore[arg-type]


def write_depths(folder: Path, grid: DepthGrid) -> None:
    """Write the grid of depths."""
    place = np.array([grid.west, grid.south, grid.step])
    np.savez_compressed(folder / "depths.npz", heights_m=grid.heights_m, place=place)


def _read(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    try:
        # Opened here, for of a file cut short NumPy would leave its own handle open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return dict(archive)
    except _DAMAGED as error:
        raise BasemapError(path, str(error)) from error


def _packed(
    name: str, shapes: Mapping[Cell, Sequence[Metres]], grid: Grid
) -> dict[str, npt.ArrayLike]:
    cells = [(column, row) for row in range(grid.rows) for column in range(grid.columns)]
    listed = [each for cell in cells for each in shapes.get(cell, ())]
    points = np.concatenate(listed) if listed else np.empty((0, 2), np.int32)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int32)).astype(np.int32)
    folded = ((steps << 1) ^ (steps >> 31)).astype("<u4")
    worths = folded.T.reshape(2, -1, 1).view(np.uint8).transpose(0, 2, 1)
    return {
        f"{name}-bytes": worths,
        f"{name}-lengths": np.array([len(each) for each in listed], np.int32),
        f"{name}-counts": np.array([len(shapes.get(cell, ())) for cell in cells], np.int32),
    }


def _unpacked(parts: Mapping[str, npt.NDArray[np.generic]], name: str, grid: Grid) -> Sheaf:
    worths = parts[f"{name}-bytes"]
    points = np.empty((worths.shape[2], 2), np.int32)
    # One axis after the other and in place: the largest level would take fifty megabytes else.
    for axis in (0, 1):
        steps = np.ascontiguousarray(worths[axis].T).view("<u4")[:, 0].astype(np.uint32, copy=False)
        signs = steps & 1
        steps >>= 1
        np.negative(signs, out=signs)
        steps ^= signs
        np.cumsum(steps.view(np.int32), dtype=np.int32, out=points[:, axis])
    ends = np.cumsum(parts[f"{name}-lengths"], dtype=np.int64)
    cells = np.concatenate(([0], np.cumsum(parts[f"{name}-counts"], dtype=np.int64)))
    if len(cells) != grid.columns * grid.rows + 1 or cells[-1] != len(ends):
        raise ValueError(f"{name}: the cells do not hold the shapes there are")
    if len(points) != (ends[-1] if len(ends) else 0):
        raise ValueError(f"{name}: the shapes do not hold the points there are")
    return Sheaf(points, np.concatenate(([0], ends[:-1])) if len(ends) else ends, cells)


def _coast_of(land: Shapes, edges: tuple[int, int, int, int]) -> Shapes:
    """The lines around land that touch its cell; those around where it was cut lie beyond."""
    points, starts = land
    if not len(points):
        return land
    west, south, east, north = edges
    x, y = points.T
    beyond = np.stack((x < west, y < south, x >= east, y >= north))
    is_drawn = np.zeros(len(points), bool)
    is_drawn[:-1] = ~(beyond[:, :-1] & beyond[:, 1:]).any(axis=0)
    is_drawn[starts[1:] - 1] = False
    was_drawn = np.concatenate(([False], is_drawn[:-1]))
    is_kept = is_drawn | was_drawn
    begins = is_drawn & ~was_drawn
    return Shapes(points[is_kept], np.flatnonzero(begins[is_kept]))
