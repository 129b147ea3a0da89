"""The depth of the sea as a shade of its colour, from a coarse grid of soundings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.model import geo
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import Colours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop.files.basemap import DepthGrid

CONTOURS_M: Final = (50, 200, 1000, 2000, 4000)
_SHADES_AT_M: Final = (0.0, 50.0, 200.0, 1000.0, 2000.0, 4000.0, 6000.0)
_FINER: Final = 3
_FULL_PX, _GONE_PX = 26.0, 240.0
_RELIEF: Final = 0.05


def strength(cell_px: float) -> float:
    """How strongly the shade is drawn, 0 to 1, where a cell of the grid spans so many pixels.

    What is known every eleven kilometres would be mere blur in a harbour.
    """
    if cell_px <= _FULL_PX:
        return 1.0
    left = max(0.0, 1.0 - (cell_px - _FULL_PX) / (_GONE_PX - _FULL_PX))
    return left * math.sqrt(left)


class DepthShade:
    """A picture of the depths, made once for a set of colours and drawn at any scale."""

    def __init__(self, grid: DepthGrid, colours: Colours) -> None:
        rows, columns = grid.heights_m.shape
        north, east = grid.south + (rows - 1) * grid.step, grid.west + (columns - 1) * grid.step
        west_m, south_m = geo.to_mercator(grid.west, grid.south)
        self._bounds = Bounds(west_m, south_m, *geo.to_mercator(east, north))
        self._cell_m = self._bounds.width_m / (columns - 1)
        self._image = _shaded(_smoothed(grid, self._bounds), colours)

    def paint(self, painter: QPainter, window: MapWindow, size: Size) -> None:
        """Draw the depths over the plain colour of the sea, fainter the closer the map is."""
        opacity = strength(self._cell_m / window.metres_per_px)
        bounds, image = self._bounds, self._image
        left, top = window.to_px(bounds.west_m, bounds.north_m, size)
        right, bottom = window.to_px(bounds.east_m, bounds.south_m, size)
        area = QRectF(left, top, right - left, bottom - top)
        seen = area & QRectF(0, 0, size.width_px, size.height_px)
        if opacity <= 0.0 or seen.isEmpty():
            return
        across, down = image.width() / area.width(), image.height() / area.height()
        source = QRectF(
            (seen.left() - left) * across,
            (seen.top() - top) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.save()
        painter.setOpacity(opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(seen, image, source)
        painter.restore()


def _smoothed(grid: DepthGrid, bounds: Bounds) -> NDArray[Any]:
    """Heights (m, float32) on a finer grid, its rows even in the projection, the first northmost.

    Uniform cubic B-splines along both axes (de Boor, 1978): smooth, and no spline overshoots.
    """
    import numpy as np

    rows, columns = grid.heights_m.shape
    wide = (columns - 1) * _FINER
    high = round(wide * bounds.height_m / bounds.width_m)
    norths_m = np.linspace(bounds.north_m, bounds.south_m, high)
    at_rows = np.asarray(geo.to_lon_lat(np.zeros(high), norths_m)[1] - grid.south) / grid.step
    at_columns = np.linspace(0, columns - 1, wide)
    below_sea = np.minimum(grid.heights_m, 0).astype(np.float32)
    smoothed: NDArray[Any] = _weights(at_rows, rows) @ below_sea @ _weights(at_columns, columns).T
    return smoothed


def _weights(at: NDArray[Any], count: int) -> NDArray[Any]:
    import numpy as np

    first = np.clip(np.floor(at), 0, count - 1).astype(int)
    f = at - first
    shares = (
        (1 - f) ** 3,
        3 * f**3 - 6 * f**2 + 4,
        -3 * f**3 + 3 * f**2 + 3 * f + 1,
        f**3,
    )
    weights = np.zeros((len(at), count), np.float32)
    row = np.arange(len(at))
    for offset, share in enumerate(shares, -1):
        np.add.at(weights, (row, np.clip(first + offset, 0, count - 1)), share / 6)
    return weights


def _shaded(heights: NDArray[Any], colours: Colours) -> QImage:
    import numpy as np

    down, across = np.gradient(heights)
    lit = 1 + _RELIEF * np.tanh((across + down) / 500)
    depth = np.arange(0, 8192, 2)
    shades = [(colour.red(), colour.green(), colour.blue()) for colour in colours.depths]
    table = np.stack(
        [np.interp(depth, _SHADES_AT_M, [shade[part] for shade in shades]) for part in (2, 1, 0)],
        axis=-1,
    )
    found = table.astype(np.float32)[np.clip(-heights / 2, 0, len(depth) - 1).astype(np.int16)]
    pixels = np.full((*heights.shape, 4), 255, np.uint8)
    pixels[..., :3] = np.clip(found * lit[..., None], 0, 255)
    high, wide = heights.shape
    return QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()
