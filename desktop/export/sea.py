"""The map of the sea as one file, drawn without a window."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QImage, QPainter

from desktop.figures import sea_features
from desktop.figures.sea_map import SeaMap
from desktop.figures.sea_marks import SeaLayer
from desktop.figures.sea_print import LEAST_PX, SeaPrint
from desktop.files.basemap import read_basemap
from desktop.services import paths, pictures
from desktop.services.language import Locale

Kind = Literal["png", "pdf", "svg", "geojson"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_DESK_PX: Final = QSize(1600, 900)


def to_bytes(speak: Locale, kind: Kind, size: QSize, layers: Iterable[SeaLayer]) -> bytes:
    """The whole sea with these layers, in the names of an audience and with what it is shown.

    ``size`` is that of the picture in pixels; larger than the desk, everything is enlarged with
    it, and PDF and SVG take its shape. Needs a QGuiApplication; raises BasemapError.
    """
    shown = SeaMap(None if kind == "geojson" else read_basemap(paths.resources() / "basemap"))
    shown.show_audience(speak.audience)
    shown.show_layers(layers)
    if kind == "geojson":
        return sea_features.to_geojson(speak, shown.content(speak.dossier), shown.layers)
    scale = max(
        min(size.width() / _DESK_PX.width(), size.height() / _DESK_PX.height()),
        min(size.width() / LEAST_PX.width(), size.height() / LEAST_PX.height(), 1.0),
    )
    own = QSize(-int(-size.width() // scale), -int(-size.height() // scale))
    drawn = SeaPrint(shown, speak, own)
    if kind == "png":
        return _to_png(drawn, size, scale)
    write = pictures.to_svg if kind == "svg" else pictures.to_pdf
    return write(drawn.size, drawn.paint, speak.text(speak.dossier.about.title))


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
