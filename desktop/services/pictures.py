"""Drawings as bytes of PNG, SVG and PDF, whatever they show."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QMarginsF, QRect, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter

from desktop import __version__
from desktop.services.theme import font_file

Paint = Callable[[QPainter], None]
"""Draws in device-independent pixels; the painter is already at the scale of its device."""

# At any other resolution Qt scales the room between letters once more than the letters.
_DOTS_PER_INCH = 96
_POINTS_PER_PX = 0.75
_WEIGHTS = re.compile(r'font-weight="(\d+)"')


def to_image(size: QSize, paint: Paint, scale: float) -> QImage:
    """Paint on a white image, ``scale`` times as many pixels wide and high as ``size``."""
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    _paint_on(image, paint, scale)
    return image


def to_png(size: QSize, paint: Paint, scale: float) -> bytes:
    """The same as a PNG."""
    buffer = _opened()
    to_image(size, paint, scale).save(buffer, "PNG")  # type: ignore[call-overload]
    return _bytes_of(buffer)


def to_svg(size: QSize, paint: Paint, title: str) -> bytes:
    """Paint as vectors and text; the fonts that the text is set in stand within the file."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = _opened()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription(f"Charthouse {__version__}")
    _paint_on(generator, paint, 1.0)
    drawn = _bytes_of(buffer).decode()
    faces = "".join(_font_face(int(weight)) for weight in sorted(set(_WEIGHTS.findall(drawn))))
    return drawn.replace("<defs>", f"<defs><style>{faces}</style>", 1).encode()


def to_pdf(size: QSize, paint: Paint, title: str) -> bytes:
    """Paint on one page of just this size, 96 pixels to the inch, with the fonts it uses."""
    buffer = _opened()
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"Charthouse {__version__}")
    writer.setResolution(_DOTS_PER_INCH)
    points = QSizeF(size) * _POINTS_PER_PX
    # Qt may replace a size by a paper format that is nearly the same, so the match must be exact.
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    edge_to_edge = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, edge_to_edge))
    _paint_on(writer, paint, writer.width() / size.width())
    return _bytes_of(buffer)


def _paint_on(device: QPaintDevice, paint: Paint, scale: float) -> None:
    painter = QPainter(device)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.LosslessImageRendering
    )
    painter.scale(scale, scale)
    try:
        paint(painter)
    finally:
        # A device that is taken away while it is painted on takes the program with it.
        painter.end()


def _opened() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    return buffer


def _bytes_of(buffer: QBuffer) -> bytes:
    return bytes(buffer.data().data())


def _font_face(weight: int) -> str:
    letters = base64.b64encode(font_file(weight).read_bytes()).decode()
    return (
        f'@font-face{{font-family:"IBM Plex Sans";font-weight:{weight};'
        f'src:url("data:font/ttf;base64,{letters}")}}'
    )
