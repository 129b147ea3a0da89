"""What the sea map is drawn on: read in two steps, and bare where it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from desktop.files.basemap import (
    LEVELS_M,
    Basemap,
    BasemapError,
    DepthGrid,
    Grid,
    Level,
    Sheaf,
    read_depths,
    read_level,
)
from desktop.model import geo
from desktop.services.jobs import Jobs, Progress
from desktop.services.language import tr

_BARE_DEG: Final = (90.0, -12.0, 137.0, 32.0)


class GroundReader(QObject):
    """Reads the basemap of a folder beside the work, the coarse coast first.

    ``read_finer`` once that stands: read at once, the rest would hold up the first picture.
    """

    arrived = Signal(object)
    """A Basemap to draw on from now on; bare where there is none to be read."""
    troubled = Signal(str)
    """Why there is less of it than there should be, in words."""

    def __init__(self, jobs: Jobs, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._folder = folder
        self._coarse: Basemap | None = None

    def read(self) -> None:
        self._jobs.run(
            read_coarse,
            self._folder,
            on_done=self._on_coarse_read,
            on_error=self._on_coarse_refused,
        )

    def read_finer(self) -> None:
        """Read all the detail there is, if the coarse coast is there and nobody asked before."""
        coarse, self._coarse = self._coarse, None
        if coarse is not None:
            self._jobs.run(
                read_finer,
                self._folder,
                coarse,
                on_done=self.arrived.emit,
                on_error=self._on_finer_refused,
            )

    def _on_coarse_read(self, coarse: Basemap) -> None:
        self._coarse = coarse
        self.arrived.emit(coarse)

    def _on_coarse_refused(self, error: Exception) -> None:
        self.arrived.emit(bare())
        self._say(error, tr("No coast or depth is drawn"))

    def _on_finer_refused(self, error: Exception) -> None:
        self._say(error, tr("The coast is drawn coarsely"))

    def _say(self, error: Exception, what: str) -> None:
        if not isinstance(error, BasemapError):
            raise error
        words = tr(
            "{what}: {file} is missing or damaged. Installing Charthouse again brings it back."
        )
        self.troubled.emit(words.format(what=what, file=error.path))


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
