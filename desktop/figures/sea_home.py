"""The home country as a tint of its land that fades out inland: no border is drawn on this map."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPolygonF, QTransform

from desktop.model import geo
from desktop.model.map_window import Bounds
from desktop.services.colours import Colours

# Inland as Natural Earth 1:50m has it (public domain), with an eighth of a degree left off; at sea
# well off the coast, which the land itself cuts out. Degrees east and north.
_OUTLINE: Final = (
    *((104.43, 10.41), (104.85, 10.53), (105.05, 10.91), (105.76, 10.99), (106.16, 10.8)),
    *((105.85, 11.64), (106.4, 11.69), (106.42, 11.95), (107.51, 12.36), (107.61, 13.44)),
    *((107.33, 14.13), (107.65, 15.25), (107.17, 15.8), (107.4, 16.04), (106.85, 16.52)),
    *((106.66, 16.49), (106.5, 16.95), (105.16, 18.34), (105.15, 18.65), (103.89, 19.3)),
    *((104.03, 19.67), (104.59, 19.62), (104.93, 20.02), (104.37, 20.44), (104.58, 20.65)),
    *((104.1, 20.95), (103.64, 20.7), (103.1, 20.89), (102.85, 21.27), (102.95, 21.68)),
    *((102.82, 21.81), (102.66, 21.68), (102.13, 22.38), (102.47, 22.75), (102.98, 22.45)),
    *((103.33, 22.77), (103.94, 22.54), (104.14, 22.8), (104.69, 22.82), (105.27, 23.34)),
    *((105.84, 22.92), (106.78, 22.78), (106.55, 22.5), (106.66, 21.98), (107.97, 21.51)),
    *((108.1, 21.3), (107.9, 20.2), (107.0, 18.6), (108.4, 17.2), (109.7, 15.6)),
    *((110.2, 13.5), (110.2, 11.4), (108.6, 9.7), (107.0, 8.2), (104.2, 8.0)),
    *((103.6, 9.6), (103.7, 10.35), (104.1, 10.45)),
)
Shares = npt.NDArray[np.float32]

_AROUND_DEG: Final = 0.7
_CELL_M: Final = 4_000.0
_FADE_CELLS: Final = 5


def tint(colours: Colours) -> tuple[QBrush, Bounds]:
    """A brush for land within these bounds, in metres: the tint where home is, else nothing."""
    picture, bounds = _faded()
    shades = np.zeros((*picture.shape, 4), np.uint8)
    home = colours.home
    for part, value in enumerate((home.blue(), home.green(), home.red(), 255)):
        shades[..., part] = (picture * value).round()
    high, wide = picture.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    brush = QBrush(QImage(shades.data, wide, high, 4 * wide, form).copy())
    to_metres = QTransform(_CELL_M, 0, 0, -_CELL_M, bounds.west_m, bounds.north_m)
    brush.setTransform(to_metres)
    return brush, bounds


@cache
def _faded() -> tuple[Shares, Bounds]:
    """How much each cell is home, 0 to 1, the northmost row first; and where the cells lie."""
    corners = [geo.to_mercator(lon, lat) for lon, lat in _OUTLINE]
    around_m = geo.to_mercator(_AROUND_DEG, 0.0)[0]
    bounds = Bounds.of(corners).grown(around_m)
    wide, high = int(bounds.width_m // _CELL_M), int(bounds.height_m // _CELL_M)
    outline = QPolygonF(
        [QPointF((x - bounds.west_m) / _CELL_M, (bounds.north_m - y) / _CELL_M) for x, y in corners]
    )
    image = QImage(wide, high, QImage.Format.Format_Grayscale8)
    image.fill(QColor(0, 0, 0))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addPolygon(outline)
    painter.fillPath(path, QColor(255, 255, 255))
    painter.end()
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(high, image.bytesPerLine())
    share: Shares = lines[:, :wide].astype(np.float32) / np.float32(255)
    # Three passes of a mean come close to a Gaussian.
    for _ in range(3):
        for axis in (0, 1):
            share = _mean_along(share, axis)
    return share, Bounds(
        bounds.west_m,
        bounds.north_m - high * _CELL_M,
        bounds.west_m + wide * _CELL_M,
        bounds.north_m,
    )


def _mean_along(values: Shares, axis: int) -> Shares:
    total = np.zeros_like(values)
    for by in range(-_FADE_CELLS, _FADE_CELLS + 1):
        total += np.roll(values, by, axis)
    return total / np.float32(2 * _FADE_CELLS + 1)
