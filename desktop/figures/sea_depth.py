"""The depth of the sea as a shade of its colour, from a coarse grid of soundings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter

from desktop.model import geo
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import Colours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from desktop.files.basemap import DepthGrid

_SHADES_AT_M: Final = (0.0, 50.0, 200.0, 1000.0, 2000.0, 4000.0, 6000.0)
_FINER: Final = 2
_FULL_PX, _GONE_PX = 26.0, 240.0
_RELIEF: Final = 0.05
_STEEP_M: Final = 500.0
_STRIP_PX: Final = 160
_DEPTHS, _DEPTH_STEP_M, _SLOPES = 1024, 8.0, 32


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

    def strength(self, metres_per_px: float) -> float:
        """How strongly depth is shown at a scale, 0 to 1."""
        return strength(self._cell_m / metres_per_px)

    def paint(
        self, painter: QPainter, window: MapWindow, size: Size, pause: Callable[[], None]
    ) -> None:
        """Draw the depths over the plain colour of the sea, fainter the closer the map is."""
        opacity = self.strength(window.metres_per_px)
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
        if painter.paintEngine().type() == QPaintEngine.Type.Raster:
            for strip in _strips(seen):
                painter.save()
                painter.setClipRect(strip, Qt.ClipOperation.IntersectClip)
                painter.drawImage(seen, image, source)
                painter.restore()
                pause()
        else:
            # An SVG would hold the whole picture, squeezed: it knows no part of one.
            cut = source.toAlignedRect() & image.rect()
            corner = QPointF(left + cut.left() / across, top + cut.top() / down)
            where = QRectF(corner, QSizeF(cut.width() / across, cut.height() / down))
            painter.drawImage(where, image.copy(cut))
        painter.restore()


def _strips(area: QRectF) -> Iterator[QRectF]:
    """The area from top to bottom, a little at a time."""
    top = math.floor(area.top())
    while top < area.bottom():
        yield QRectF(area.left() - 1, top, area.width() + 2, _STRIP_PX)
        top += _STRIP_PX


def _smoothed(grid: DepthGrid, bounds: Bounds) -> NDArray[Any]:
    """Heights (m, float32) on a finer grid, its rows even in the projection, the first northmost.

    Uniform cubic B-splines along both axes (de Boor, 1978): smooth, and no spline overshoots.
    """
    columns = grid.heights_m.shape[1]
    wide = (columns - 1) * _FINER
    high = round(wide * bounds.height_m / bounds.width_m)
    norths_m = np.linspace(bounds.north_m, bounds.south_m, high)
    at_rows = (np.asarray(geo.to_lon_lat(np.zeros(high), norths_m)[1]) - grid.south) / grid.step
    below_sea = np.minimum(grid.heights_m, 0).astype(np.float32)
    across = _spline(np.ascontiguousarray(below_sea.T), np.linspace(0, columns - 1, wide))
    return _spline(np.ascontiguousarray(across.T), at_rows)


def _spline(rows: NDArray[Any], at: NDArray[Any]) -> NDArray[Any]:
    """Rows between those given: ``at`` are their indexes, and need not be whole."""
    first = np.clip(np.floor(at), 0, len(rows) - 1).astype(int)
    f = (at - first).astype(np.float32)[:, None]
    found = (1 - f) ** 3 * rows[np.maximum(first - 1, 0)]
    found += (3 * f**3 - 6 * f**2 + 4) * rows[first]
    found += (-3 * f**3 + 3 * f**2 + 3 * f + 1) * rows[np.minimum(first + 1, len(rows) - 1)]
    found += f**3 * rows[np.minimum(first + 2, len(rows) - 1)]
    return np.asarray(found / 6)


def _shaded(heights: NDArray[Any], colours: Colours) -> QImage:
    """Colours by depth, a little lighter on slopes to the north-west: all out of one table."""
    depth = np.arange(_DEPTHS) * _DEPTH_STEP_M
    light = 1 + _RELIEF * np.tanh(np.linspace(-2, 2, _SLOPES))
    shades = [(colour.red(), colour.green(), colour.blue()) for colour in colours.depths]
    parts = [np.interp(depth, _SHADES_AT_M, [shade[part] for shade in shades]) for part in range(3)]
    red, green, blue = (np.clip(part[:, None] * light, 0, 255).astype(np.uint32) for part in parts)
    table = (0xFF000000 | red << 16 | green << 8 | blue).astype(np.uint32).ravel()
    falls = np.zeros_like(heights)
    falls[1:, 1:] = 2 * heights[1:, 1:] - heights[:-1, 1:] - heights[1:, :-1]
    falls *= _SLOPES / 4 / _STEEP_M
    falls += _SLOPES / 2
    found = np.clip(falls, 0, _SLOPES - 1).astype(np.int32)
    found += np.clip(heights / -_DEPTH_STEP_M, 0, _DEPTHS - 1).astype(np.int32) * _SLOPES
    pixels = table[found]
    high, wide = heights.shape
    return QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()
