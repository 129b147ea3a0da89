"""The map of the sea as one file, drawn without a window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.figures import sea_features
from desktop.figures.sea_map import SeaMap, bounds_between
from desktop.figures.sea_marks import SeaContent, SeaLayer
from desktop.figures.sea_print import LEAST_PX, SeaPrint
from desktop.files.basemap import read_basemap
from desktop.model import geo
from desktop.model.map_window import Bounds
from desktop.services import paths, pictures
from desktop.services.language import Locale
from desktop.services.position_words import position_words
from desktop.services.theme import Theme

Kind = Literal["png", "pdf", "svg", "geojson"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_DESK_PX: Final = QSize(1600, 900)


class Part(NamedTuple):
    """How much of it: events by date, and a window of degrees (west, south, east, north)."""

    since: date | None = None
    until: date | None = None
    window: tuple[float, float, float, float] | None = None


class OffTheMap(Exception):
    """There is no map in a window; ``west`` and ``east`` are the corners of what there is."""

    def __init__(self, limits: Bounds) -> None:
        super().__init__(limits)
        self.west = _position(limits.west_m, limits.south_m)
        self.east = _position(limits.east_m, limits.north_m)


def to_bytes(
    speak: Locale, kind: Kind, size: QSize, layers: Iterable[SeaLayer], part: Part | None = None
) -> bytes:
    """The sea with these layers, in the names of an audience and with what it is shown.

    The whole of it, or a ``part``. A picture shows all of a window and as little more as its shape
    allows, data what lies within and every line that comes in.

    ``size`` is that of the picture in pixels; larger than the desk, everything is enlarged with
    it, and PDF and SVG take its shape. Needs a QGuiApplication; raises BasemapError and OffTheMap.
    """
    part = part or Part()
    bounds = bounds_between(*part.window) if part.window is not None else None
    shown = SeaMap(None if kind == "geojson" else read_basemap(paths.resources() / "basemap"))
    shown.show_audience(speak.audience)
    shown.show_layers(layers)
    shown.show_since(part.since)
    shown.show_until(part.until)
    if kind == "geojson":
        content = shown.content(speak.dossier)
        if bounds is not None:
            content = _within(content, bounds)
        return sea_features.to_geojson(speak, content, shown.layers, part.until, since=part.since)
    scene = shown.scene(speak.dossier, Theme("light"))
    if bounds is not None and scene is not None and not scene.limits.meets(bounds):
        raise OffTheMap(scene.limits)
    scale = max(
        min(size.width() / _DESK_PX.width(), size.height() / _DESK_PX.height()),
        min(size.width() / LEAST_PX.width(), size.height() / LEAST_PX.height(), 1.0),
    )
    own = QSize(-int(-size.width() // scale), -int(-size.height() // scale))
    drawn = SeaPrint(shown, speak, own, bounds)
    if kind == "png":
        return _to_png(drawn, size, scale)
    write = pictures.to_svg if kind == "svg" else pictures.to_pdf
    return write(drawn.size, drawn.paint, speak.text(speak.dossier.about.title))


def _position(x_m: float, y_m: float) -> str:
    lon, lat = (float(each) for each in geo.to_lon_lat(x_m, y_m))
    return position_words(lon, lat)


def _within(content: SeaContent, bounds: Bounds) -> SeaContent:
    marks = tuple(
        mark
        for mark in content.marks
        if bounds.contains(Bounds(mark.east_m, mark.north_m, mark.east_m, mark.north_m))
    )
    lines = tuple(line for line in content.lines if bounds.meets(Bounds.of(line.points)))
    return content._replace(marks=marks, lines=lines)


def _to_png(drawn: SeaPrint, size: QSize, scale: float) -> bytes:
    """Paint on exactly this many pixels."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    drawn.paint(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
