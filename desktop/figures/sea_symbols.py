"""The marks of the sea map: each thing has a shape of its own, so that none is told by colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop.figures.sea_labels import Style, paint_label, size_of
from desktop.services.colours import Colours
from desktop.services.theme import Theme

Shape = Literal[
    "site",
    "port-visit",
    "incident",
    "island-building",
    "award",
    "cluster",
    "china",
    "vietnam",
    "philippines",
    "malaysia",
    "taiwan",
    "unheld",
    "place",
]

HOLDERS: Final[tuple[Shape, ...]] = ("china", "vietnam", "philippines", "malaysia", "taiwan")
"""Who holds features, in the order of ``Colours.holders``; any other holder is "unheld"."""

_MUTED: Final = 0.41
_MUTED_IN_DARK: Final = 0.14
"""By night the ground is dark and no light edge parts a mark from it."""
_EDGE_PX: Final = 1.25
_HOLLOW_PX: Final = 1.6
_VAGUE_PX: Final = 13.0
_COUNT: Final = Style("caption_strong")
_SIDES_PX: Final[Mapping[Shape, float]] = {
    "site": 13.0,
    "port-visit": 18.0,
    "incident": 13.0,
    "island-building": 14.0,
    "cluster": 22.0,
    "award": 20.0,
    "place": 7.0,
}


class Symbol(NamedTuple):
    """One mark: ``hollow`` for what lies under water, ``vague`` for what is somewhere near.

    A ``number`` from two on is written beside it.
    """

    shape: Shape
    hollow: bool = False
    muted: bool = False
    small: bool = False
    vague: bool = False
    number: int = 1


def area_of(symbol: Symbol) -> QRectF:
    """What a symbol covers, halo and number included, in pixels from its middle."""
    half = _side_px(symbol) / 2
    area = QRectF(-half, -half, 2 * half, 2 * half)
    if symbol.shape == "port-visit":
        area = QRectF(-9, -8, 18, 15)
    if symbol.vague:
        area = area.united(QRectF(-_VAGUE_PX, -_VAGUE_PX, 2 * _VAGUE_PX, 2 * _VAGUE_PX))
    if symbol.number > 1 and symbol.shape not in ("cluster", "award"):
        wide, high = size_of(str(symbol.number), _COUNT)
        area = area.united(QRectF(half - 2, -high / 2, wide, high))
    return area


def paint_symbol(painter: QPainter, symbol: Symbol, at: QPointF, colours: Colours) -> None:
    """Paint a symbol with its middle ``at``; of several, their number stands to its right."""
    side = _side_px(symbol)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    if symbol.vague:
        _paint_vague(painter, colours)
    if symbol.shape in HOLDERS or symbol.shape == "unheld":
        _paint_holder(painter, symbol, side, colours)
    elif symbol.shape == "site":
        _outline(painter, QRectF(-4.5, -4.5, 9, 9), colours)
    elif symbol.shape == "place":
        painter.setPen(QPen(colours.muted, 1.2))
        painter.setBrush(colours.page)
        painter.drawEllipse(QPointF(), 2.4, 2.4)
    elif symbol.shape in ("cluster", "award"):
        painter.setPen(QPen(colours.ink, 1.5))
        painter.setBrush(colours.page)
        painter.drawEllipse(QPointF(), side / 2 - 1, side / 2 - 1)
        painter.setFont(Theme.font("caption_strong"))
        around = QRectF(-side, -side, 2 * side, 2 * side)
        text = "§" if symbol.shape == "award" else str(symbol.number)
        painter.drawText(around, Qt.AlignmentFlag.AlignCenter, text)
    else:
        draw, colour = {
            "port-visit": (_ship, colours.link),
            "incident": (_cross, colours.ink),
            "island-building": (_hexagon, colours.stale),
        }[symbol.shape]
        path = draw()
        painter.strokePath(path, _halo(colours, 3.0))
        painter.fillPath(path, colour)
        if symbol.number > 1:
            text = str(symbol.number)
            at_px = QPointF(side / 2 - 2, -size_of(text, _COUNT)[1] / 2)
            paint_label(painter, text, _COUNT, at_px, colours)
    painter.restore()


def _paint_vague(painter: QPainter, colours: Colours) -> None:
    """A broken ring: not here, but somewhere about."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (_halo(colours, 3.0), QPen(colours.muted, 1.2)):
        pen.setDashPattern([4 / pen.widthF(), 3 / pen.widthF()])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawEllipse(QPointF(), _VAGUE_PX - 1.5, _VAGUE_PX - 1.5)


def _side_px(symbol: Symbol) -> float:
    whole = _SIDES_PX.get(symbol.shape, 12.0)
    return whole - 3.0 if symbol.small else whole


def holder_shape(held_by: str | None) -> Shape:
    """The shape that stands for a holder."""
    name = (held_by or "").strip().lower()
    return next((shape for shape in HOLDERS if shape == name), "unheld")


def holder_colour(shape: Shape, colours: Colours, *, muted: bool = False) -> QColor:
    """The colour that stands for a holder; muted, it steps back behind what is looked at."""
    if shape not in HOLDERS:
        return colours.muted
    colour = colours.holders[HOLDERS.index(shape)]
    share = _MUTED if colours.page.lightness() > colours.ink.lightness() else _MUTED_IN_DARK
    return _mixed(colour, colours.depths[2], share) if muted else colour


def _paint_holder(painter: QPainter, symbol: Symbol, side: float, colours: Colours) -> None:
    colour = holder_colour(symbol.shape, colours, muted=symbol.muted)
    path = _holder_path(symbol.shape, side / 2 - _EDGE_PX)
    ground = colours.page
    if symbol.hollow:
        painter.strokePath(path, _halo(colours, _HOLLOW_PX + 1.6))
        painter.strokePath(path, QPen(colour, _HOLLOW_PX))
        return
    edge = QPen(ground, 2 * _EDGE_PX)
    edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.strokePath(path, edge)
    painter.fillPath(path, colour)


def _holder_path(shape: Shape, half: float) -> QPainterPath:
    path = QPainterPath()
    if shape == "china":
        path.addRect(QRectF(-0.85 * half, -0.85 * half, 1.7 * half, 1.7 * half))
    elif shape == "vietnam":
        path.addEllipse(QPointF(), half, half)
    elif shape == "unheld":
        # A dash: without its colour a ring or a disc would be somebody's.
        path.addRect(QRectF(-half, -0.45 * half, 2 * half, 0.9 * half))
    else:
        corners = {
            "philippines": ((-1.05, 0.85), (0, -1.0), (1.05, 0.85)),
            "malaysia": ((-1.05, -0.85), (0, 1.0), (1.05, -0.85)),
        }.get(shape, ((-1.1, 0), (0, -1.1), (1.1, 0), (0, 1.1)))
        path.moveTo(corners[0][0] * half, corners[0][1] * half)
        for x, y in corners[1:]:
            path.lineTo(x * half, y * half)
        path.closeSubpath()
    return path


def _ship() -> QPainterPath:
    """A hull with a bridge and a mast, seen from the side."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for corners in (
        ((-7.5, 1.2), (7.5, 1.2), (5.2, 5.4), (-5.6, 5.4)),
        ((-4.0, -2.0), (2.6, -2.0), (3.6, 1.3), (-4.0, 1.3)),
        ((-1.6, -6.2), (-0.1, -6.2), (-0.1, -1.9), (-1.6, -1.9)),
    ):
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.closeSubpath()
    return path.simplified()


def _cross() -> QPainterPath:
    arms = QPainterPath()
    arms.moveTo(-3.9, -3.9)
    arms.lineTo(3.9, 3.9)
    arms.moveTo(3.9, -3.9)
    arms.lineTo(-3.9, 3.9)
    return _stroked(arms, 2.6)


def _hexagon() -> QPainterPath:
    path = QPainterPath()
    corners = ((0, -5.6), (4.9, -2.8), (4.9, 2.8), (0, 5.6), (-4.9, 2.8), (-4.9, -2.8))
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.closeSubpath()
    return path


def _stroked(path: QPainterPath, width_px: float) -> QPainterPath:
    from PySide6.QtGui import QPainterPathStroker

    stroker = QPainterPathStroker()
    stroker.setWidth(width_px)
    return stroker.createStroke(path).simplified()


def _outline(painter: QPainter, area: QRectF, colours: Colours) -> None:
    painter.setPen(_halo(colours, 4.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
    painter.setPen(QPen(colours.ink, 1.6))
    painter.setBrush(colours.page)
    painter.drawRect(area)


def _halo(colours: Colours, width_px: float) -> QPen:
    pen = QPen(colours.page, width_px)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        *(
            a + (b - a) * share
            for a, b in zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index]
        )
    )
