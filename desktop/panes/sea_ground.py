"""What the sea map is drawn on: read in two steps, and bare where it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from desktop.files.basemap import (
    LEVELS_M,
    Basemap,
    DepthGrid,
    Grid,
    Level,
    Sheaf,
    read_depths,
    read_level,
)
from desktop.model import geo
from desktop.services.jobs import Progress

_BARE_DEG: Final = (90.0, -12.0, 137.0, 32.0)


def read_coarse(_progress: Progress, folder: Path) -> Basemap:
    """The coarsest coast and the depths, soon there; raises BasemapError."""
    return Basemap((read_level(folder, LEVELS_M[0]),), read_depths(folder))


def read_finer(_progress: Progress, folder: Path, coarse: Basemap) -> Basemap:
    """The same with all its levels of detail; raises BasemapError."""
    finer = (read_level(folder, each) for each in LEVELS_M[1:])
    return Basemap((*coarse.levels, *finer), coarse.depths)


def bare() -> Basemap:
    """Water without coast or depth, on which marks still stand where they belong."""
    west, south = (round(each) for each in geo.to_mercator(*_BARE_DEG[:2]))
    east, north = (round(each) for each in geo.to_mercator(*_BARE_DEG[2:]))
    grid = Grid(west, south, east - west, north - south, columns=1, rows=1)
    nothing = Sheaf(np.empty((0, 2), np.int32), np.empty(0, np.int64), np.zeros(2, np.int64))
    flat = DepthGrid(np.zeros((2, 2), np.int16), _BARE_DEG[0], _BARE_DEG[1], 44.0)
    return Basemap((Level(LEVELS_M[0], grid, nothing, {}),), flat)
