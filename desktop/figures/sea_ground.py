"""The ground of the sea map: depths, graticule, land and coast, and the lines that lie on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from desktop.figures.sea_depth import DepthShade, strength
from desktop.figures.sea_grid import paint_graticule
from desktop.figures.sea_marks import SeaLine
from desktop.figures.sea_tiles import SeaTiles, TilePaths
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import Colours

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_COAST_PX: Final = 1.0
_CONTOUR_PX: Final = 0.8
_CONTOUR_ALPHA: Final = 0.30
_CLAIM_PX: Final = 2.4
_OVERLAY_PX: Final = 1.6
_AREA_ALPHA: Final = 0.10
_FINEST_SCALE: Final = 2.0


class SeaGround:
    """A basemap made ready to be painted; what it makes of it is kept for the next picture.

    ``paint`` may be called from any thread.
    """

    def __init__(self, basemap: Basemap) -> None:
        self._basemap = basemap
        self._tiles = SeaTiles(basemap)
        self._limits = Bounds(*(float(each) for each in basemap.levels[0].grid.bounds))
        self._shades: dict[int, DepthShade] = {}

    @property
    def limits(self) -> Bounds:
        return self._limits

    def paint(
        self,
        painter: QPainter,
        window: MapWindow,
        size: Size,
        colours: Colours,
        lines: Sequence[SeaLine],
        *,
        with_depth: bool,
    ) -> None:
        """Fill a picture of this size with the map of this window; the units are pixels."""
        painter.save()
        painter.fillRect(QRectF(0, 0, *size), colours.sea)
        # A picture of twice the dots shows finer detail; paper, of which each dot is tiny, no more.
        dots = min(max(painter.deviceTransform().m11(), 1.0), _FINEST_SCALE)
        bounds = window.bounds(size)
        tiles = list(self._tiles.in_view(bounds, window.metres_per_px / dots))
        to_px = _to_px(window, size)
        if with_depth:
            self._shade(colours).paint(painter, window, size)
            self._paint_contours(painter, tiles, to_px, window, colours)
        paint_graticule(painter, window, size, colours)
        _paint_land(painter, tiles, to_px, window, colours)
        for line in lines:
            _paint_line(painter, line, to_px, colours)
        painter.restore()

    def _shade(self, colours: Colours) -> DepthShade:
        shade = self._shades.get(id(colours))
        if shade is None:
            shade = self._shades[id(colours)] = DepthShade(self._basemap.depths, colours)
        return shade

    def _paint_contours(
        self,
        painter: QPainter,
        tiles: Iterable[TilePaths],
        to_px: QTransform,
        window: MapWindow,
        colours: Colours,
    ) -> None:
        ink = QColor(colours.sea_ink)
        ink.setAlphaF(_CONTOUR_ALPHA * strength(11_000 / window.metres_per_px))
        if ink.alphaF() <= 0.01:
            return
        pen = QPen(ink, _CONTOUR_PX * window.metres_per_px)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(to_px, combine=True)
        for tile in tiles:
            for path in tile.contours.values():
                painter.strokePath(path, pen)
        painter.restore()


def _to_px(window: MapWindow, size: Size) -> QTransform:
    """From metres to the pixels of a picture."""
    scale = 1 / window.metres_per_px
    left, top = window.to_px(0.0, 0.0, size)
    return QTransform(scale, 0.0, 0.0, -scale, left, top)


def _paint_land(
    painter: QPainter,
    tiles: Sequence[TilePaths],
    to_px: QTransform,
    window: MapWindow,
    colours: Colours,
) -> None:
    painter.save()
    painter.setTransform(to_px, combine=True)
    # Smoothed edges of neighbouring tiles would show as a seam; the coast line smooths the shore.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for tile in tiles:
        painter.fillPath(tile.land, colours.land)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colours.coast, _COAST_PX * window.metres_per_px)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    for tile in tiles:
        painter.strokePath(tile.coast, pen)
    painter.restore()


def _paint_line(painter: QPainter, line: SeaLine, to_px: QTransform, colours: Colours) -> None:
    points = QPolygonF([to_px.map(QPointF(x, y)) for x, y in line.points])
    is_claim = line.layer == "claims"
    colour = colours.differ if is_claim else colours.link
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if line.closed:
        path = QPainterPath()
        path.addPolygon(points)
        path.closeSubpath()
        fill = QColor(colour)
        fill.setAlphaF(_AREA_ALPHA if line.is_filled else 0.0)
        if line.is_filled:
            painter.fillPath(path, fill)
    halo = QColor(colours.page)
    halo.setAlphaF(0.55)
    wide = _CLAIM_PX if is_claim else _OVERLAY_PX
    for pen in (QPen(halo, wide + 2), QPen(colour, wide)):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not is_claim:
            pen.setDashPattern([6 / pen.widthF(), 4 / pen.widthF()])
        painter.setPen(pen)
        painter.drawPolyline(points)
