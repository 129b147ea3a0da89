"""Names on the sea map: where each has room, and how it is drawn with a halo.

Places are found for the whole map at one scale and not for what is in view, so that a name stays
where it is while the reader pans. Method: greedy by rank over the anchors around a mark
(Christensen, Marks and Shieber, 1995), a name moving one other aside where it has no room else,
with a grid of cells to find what is in the way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, Qt

from desktop.services.colours import Colours
from desktop.services.theme import TextRole, Theme

Ink = Literal["ink", "muted", "sea", "land", "claim"]

HALO_PX: Final = 1.75
_ASIDE: Final = (0.0, 0.15, -0.15, 0.3, -0.3, 0.6, -0.6)
_CELL_PX: Final = 96.0
_GAP_PX: Final = 3.0
_APART_PX: Final = 2.0

Box = tuple[float, float, float, float]


class Style(NamedTuple):
    """How a kind of name is set."""

    role: TextRole = "caption"
    ink: Ink = "ink"
    italic: bool = False
    spaced_px: float = 0.0


class Label(NamedTuple):
    """A name in want of a place.

    It stands beside ``mark``, an area around its point in pixels; where ``mark`` is empty, on the
    point itself or near it. The lowest ``rank`` has first choice. ``key`` tells it from others;
    of those that have one ``key`` only the first with a place is written.
    """

    key: str
    text: str
    style: Style
    east_m: float
    north_m: float
    mark: QRectF
    rank: float
    reach: float = 1.0
    """How far off its point it may stand, as a share of the farthest."""
    insists: bool = False
    """Whether a name like it goes to another side where this one has no room else."""


class Placed(NamedTuple):
    """A label and how far from its point its top left corner is, in pixels; ``side`` is which."""

    label: Label
    left_px: float
    top_px: float
    side: int


def font_of(style: Style) -> QFont:
    font = Theme.font(style.role)
    # Hinted glyphs would not lie on the outline that the halo is drawn from.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setItalic(style.italic)
    if style.spaced_px:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.spaced_px)
    return font


@lru_cache(maxsize=4096)
def size_of(text: str, style: Style) -> tuple[float, float]:
    """Width and height of a name with its halo, in pixels."""
    metrics = QFontMetricsF(font_of(style))
    wide = metrics.horizontalAdvance(text) - style.spaced_px
    return wide + 2 * HALO_PX, metrics.ascent() + metrics.descent() * 0.8 + 2 * HALO_PX


def paint_label(painter: QPainter, text: str, style: Style, at: QPointF, colours: Colours) -> None:
    """Paint a name with its top left corner ``at``: text on an outline of the ground's colour."""
    font = font_of(style)
    base = QPointF(at.x() + HALO_PX, at.y() + HALO_PX + QFontMetricsF(font).ascent())
    outline = QPainterPath()
    outline.addText(base, font, text)
    pen = QPen(_halo_of(style.ink, colours), 2 * HALO_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(outline, pen)
    if style.spaced_px:
        # An SVG forgets how far letters stand apart.
        painter.fillPath(outline, _ink_of(style.ink, colours))
        return
    painter.setFont(font)
    painter.setPen(_ink_of(style.ink, colours))
    painter.drawText(base, text)


def stamp_label(painter: QPainter, text: str, style: Style, colours: Colours, ratio: float) -> None:
    """Paint the same onto a clear picture of a name, its halo stamped from the text.

    ``painter`` is in pixels of ``ratio`` dots. This takes a tenth of the time of an outline.
    """
    font = font_of(style)
    base = QPointF(HALO_PX, HALO_PX + QFontMetricsF(font).ascent())
    painter.setFont(font)
    halo = _halo_of(style.ink, colours)
    painter.setPen(QColor(halo.rgb()))
    for off in _disc(HALO_PX * ratio):
        painter.drawText(base + off / ratio, text)
    # All stamps together are to be as pale as one outline.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.fillRect(QRectF(0, 0, *size_of(text, style)), QColor(0, 0, 0, halo.alpha()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setPen(_ink_of(style.ink, colours))
    painter.drawText(base, text)


@lru_cache(maxsize=16)
def _disc(radius: float) -> list[QPointF]:
    """The whole points of a disc."""
    reach, most = round(radius), (radius + 0.4) ** 2
    side = range(-reach, reach + 1)
    return [QPointF(x, y) for x in side for y in side if x * x + y * y <= most]


class Room:
    """What is taken already, in pixels of one scale."""

    def __init__(self, bounds: Box | None = None) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        self._bounds = bounds

    def take(self, box: Box) -> None:
        for cell in _cells_of(box):
            self._cells.setdefault(cell, []).append(box)

    def give_back(self, box: Box) -> None:
        """Take no longer what was taken."""
        for cell in _cells_of(box):
            self._cells[cell].remove(box)

    def is_free(self, box: Box) -> bool:
        """Whether nothing stands there, and it lies within the bounds where there are any."""
        if self._bounds is not None:
            west, north, east, south = self._bounds
            if box[0] < west or box[1] < north or box[2] > east or box[3] > south:
                return False
        return next(self._met(box), None) is None

    def in_the_way(self, box: Box) -> set[Box]:
        """What was taken of this."""
        return set(self._met(box))

    def _met(self, box: Box) -> Iterator[Box]:
        left, top, right, bottom = box
        for cell in _cells_of(box):
            for one in self._cells.get(cell, ()):
                if left < one[2] and one[0] < right and top < one[3] and one[1] < bottom:
                    yield one


def place_labels(
    labels: Iterable[Label],
    room: Room,
    metres_per_px: float,
    sides: Mapping[str, int],
    is_water: Callable[[Box], bool] = lambda _box: True,
) -> list[Placed]:
    """Give each label that has room a place, and take the room; ``sides`` are tried first.

    A name that insists and has no room is at last written where another like it stands, if that
    one goes to another side of its own mark; no name is lost for it.

    ``room`` and the boxes for ``is_water`` are in pixels from the origin of the projection, y down.
    What the sea is called stands on water or nowhere.
    """
    writing = _Writing(room, metres_per_px, sides, is_water)
    left = [
        label
        for label in sorted(labels, key=lambda each: (each.rank, each.key))
        if label.key not in writing.placed and not writing.write(label)
    ]
    for label in left:
        if label.insists and label.key not in writing.placed:
            writing.write_where_another_stands(label)
    return list(writing.placed.values())


class _Writing:
    """Labels that have a place, by key, and the room that each of them takes."""

    def __init__(
        self,
        room: Room,
        metres_per_px: float,
        sides: Mapping[str, int],
        is_water: Callable[[Box], bool],
    ) -> None:
        self.placed: dict[str, Placed] = {}
        self._room = room
        self._metres_per_px = metres_per_px
        self._sides = sides
        self._is_water = is_water
        self._taken: dict[str, Box] = {}
        self._keys: dict[Box, str] = {}

    def write(self, label: Label, but: int = -1) -> bool:
        """Write it on the first of its sides that is free, ``but`` not on this; tell whether."""
        for side, left, top in self._tries(label):
            box = self._box(label, left, top)
            is_free = side != but and self._room.is_free(box)
            if is_free and (label.style.ink != "sea" or self._is_water(box)):
                self._take(Placed(label, left, top, side), box)
                return True
        return False

    def write_where_another_stands(self, label: Label) -> None:
        """Write it beside its mark if only one name is in the way there, and has another side."""
        for side, left, top in self._tries(label):
            box = self._box(label, left, top)
            keys = {self._keys.get(each) for each in self._room.in_the_way(box)}
            other = self.placed.get(keys.pop() or "") if len(keys) == 1 else None
            if other is None or not other.label.insists:
                continue
            freed = self._give_back(other.label.key)
            if self._room.is_free(box):
                self._take(Placed(label, left, top, side), box)
                if self.write(other.label, but=other.side):
                    return
                self._give_back(label.key)
                del self.placed[label.key]
            self._hold(other.label.key, freed)

    def _tries(self, label: Label) -> Iterator[tuple[int, float, float]]:
        """The sides on which it may stand, its own first, and its corner there from its point."""
        anchors = _anchors(label)
        order = list(range(len(anchors)))
        kept = self._sides.get(label.key)
        if kept is not None and kept < len(order):
            order.insert(0, order.pop(kept))
        return ((side, *anchors[side]) for side in order)

    def _box(self, label: Label, left: float, top: float) -> Box:
        x, y = label.east_m / self._metres_per_px, -label.north_m / self._metres_per_px
        wide, high = size_of(label.text, label.style)
        return x + left, y + top, x + left + wide, y + top + high

    def _take(self, placed: Placed, box: Box) -> None:
        apart = _APART_PX
        self.placed[placed.label.key] = placed
        grown = (box[0] - apart, box[1] - apart, box[2] + apart, box[3] + apart)
        self._hold(placed.label.key, grown)

    def _hold(self, key: str, box: Box) -> None:
        self._room.take(box)
        self._taken[key], self._keys[box] = box, key

    def _give_back(self, key: str) -> Box:
        box = self._taken.pop(key)
        del self._keys[box]
        self._room.give_back(box)
        return box


def _anchors(label: Label) -> Sequence[tuple[float, float]]:
    wide, high = size_of(label.text, label.style)
    mark = label.mark
    if mark.isEmpty():
        lines = range(-4, 5) if label.style.ink != "land" else range(-1, 2)
        # The name of a country stands within it or nowhere.
        asides = _ASIDE if label.style.ink != "land" else _ASIDE[:3]
        aside = [
            (x * wide, y * high)
            for x in asides
            for y in lines
            if abs(x) <= _ASIDE[-2] * label.reach and abs(y) <= lines[-1] * label.reach
        ]
        aside.sort(key=lambda off: (math.hypot(*off), off))
        return [(x - wide / 2, y - high / 2) for x, y in aside]
    level, middle = mark.center().y() - high / 2, mark.center().x() - wide / 2
    right, left = mark.right() + _GAP_PX - HALO_PX, mark.left() - _GAP_PX + HALO_PX - wide
    above, below = mark.top() - high, mark.bottom()
    from_left, to_right = middle + wide / 2 + 2, middle - wide / 2 - 2
    return [
        (right, level),
        (left, level),
        (from_left, above),
        (from_left, below),
        (to_right, above),
        (to_right, below),
        (middle, above),
        (middle, below),
    ]


def _cells_of(box: Box) -> list[tuple[int, int]]:
    west, east = int(box[0] // _CELL_PX), int(box[2] // _CELL_PX)
    north, south = int(box[1] // _CELL_PX), int(box[3] // _CELL_PX)
    return [(x, y) for x in range(west, east + 1) for y in range(north, south + 1)]


def _ink_of(ink: Ink, colours: Colours) -> QColor:
    return {
        "ink": colours.ink,
        "muted": colours.muted,
        "sea": colours.sea_ink,
        "land": colours.land_ink,
        "claim": colours.differ,
    }[ink]


def _halo_of(ink: Ink, colours: Colours) -> QColor:
    halo = QColor(colours.land if ink == "land" else colours.page)
    if ink == "sea":
        halo = QColor(colours.depths[1])
    halo.setAlphaF(0.55 if ink in ("sea", "land") else 0.85)
    return halo
