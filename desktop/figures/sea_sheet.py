"""Symbols and names as small pictures on one sheet, so that a frame only copies them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.figures.sea_labels import Style, size_of, stamp_label
from desktop.figures.sea_symbols import Symbol, area_of, paint_symbol
from desktop.services import colours as all_colours
from desktop.services.colours import Colours

_WIDE_DOTS: Final = 2048
_FORMAT: Final = QImage.Format.Format_ARGB32_Premultiplied


class Held(NamedTuple):
    """A symbol or a name, and its top left corner in pixels from a point of the map."""

    what: Symbol | tuple[str, Style]
    east_m: float
    north_m: float
    left_px: float
    top_px: float


class Sheet(NamedTuple):
    """Pictures on a sheet, and where on the map each of them stands.

    A sprite is (east_m, north_m, left, top, x, y, width, height): from its point to its corner, and
    its place on the sheet, in dots.
    """

    sheet: QImage
    sprites: Sequence[tuple[float, float, int, int, int, int, int, int]]


def draw_sheet(held: Sequence[Held], ratio: float, colours: Colours) -> Sheet:
    """Draw each picture once, in rows, for a screen of this ratio."""
    is_dark = colours is all_colours.dark()
    pictures = {each.what: _picture(each.what, ratio, is_dark) for each in held}
    places: dict[Symbol | tuple[str, Style], tuple[int, int]] = {}
    x = y = row = 0
    for what, picture in sorted(pictures.items(), key=lambda pair: -pair[1].height()):
        if x + picture.width() > _WIDE_DOTS:
            x, y, row = 0, y + row, 0
        places[what] = (x, y)
        x, row = x + picture.width(), max(row, picture.height())
    sheet = QImage(_WIDE_DOTS, max(y + row, 1), _FORMAT)
    sheet.fill(QColor(0, 0, 0, 0))
    painter = QPainter(sheet)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for what, place in places.items():
        painter.drawImage(*place, pictures[what])
    painter.end()
    sprites = [
        (
            each.east_m,
            each.north_m,
            round(each.left_px * ratio),
            round(each.top_px * ratio),
            *places[each.what],
            pictures[each.what].width(),
            pictures[each.what].height(),
        )
        for each in held
    ]
    return Sheet(sheet, sprites)


@lru_cache(maxsize=2048)
def _picture(what: Symbol | tuple[str, Style], ratio: float, is_dark: bool) -> QImage:
    colours = all_colours.dark() if is_dark else all_colours.light()
    area = area_of(what) if isinstance(what, Symbol) else QRectF(0, 0, *size_of(*what))
    image = QImage(math.ceil(area.width() * ratio), math.ceil(area.height() * ratio), _FORMAT)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(ratio, ratio)
    if isinstance(what, Symbol):
        paint_symbol(painter, what, -area.topLeft(), colours)
    else:
        text, style = what
        stamp_label(painter, text, style, colours, ratio)
    painter.end()
    # An image that was painted on keeps its paint engine, ten times as large as itself.
    return image.copy()
