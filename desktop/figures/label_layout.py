"""Finds places for the words of a chart, at what they speak of and never over one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QRectF, QSizeF

GAP_PX: Final = 5.0

_FARTHER_PX: Final = 9.0
_BESIDE_PX: Final = 4.0


def around(mark: QRectF, size: QSizeF) -> list[QRectF]:
    """Where words of this size stand close to a mark, above it first."""
    wide, high = size.width(), size.height()
    middle, level = mark.center().x() - wide / 2, mark.center().y() - high / 2
    above, below = mark.top() - GAP_PX + 2 - high, mark.bottom() + GAP_PX - 2
    left, right = mark.left() - GAP_PX - wide, mark.right() + GAP_PX
    from_left, to_right = mark.left() - 2, mark.right() + 2 - wide
    corners = (
        (middle, above),
        (to_right, above),
        (left + GAP_PX / 2, above + GAP_PX),
        (from_left, above),
        (right, level),
        (left, level),
        (middle, below),
        (from_left, below),
        (to_right, below),
        (middle, above - _FARTHER_PX),
        (to_right, above - _FARTHER_PX),
        (from_left, above - _FARTHER_PX),
    )
    return [QRectF(x, y, wide, high) for x, y in corners]


class Wish(NamedTuple):
    """Where words would stand, best first; each place is their area, and that of a leader if any.

    Words that may not ``cross`` a line rather go without a place.
    """

    places: Sequence[Sequence[QRectF]]
    cross: bool = True


def place(
    wishes: Iterable[Wish],
    bounds: QRectF,
    taken: Sequence[QRectF],
    lines: Sequence[QLineF] = (),
) -> list[Sequence[QRectF] | None]:
    """A place for each wish that has a free one, the first having first choice; None for others.

    Words lie within ``bounds``; they and their leaders on no others and on nothing ``taken``; and
    clear of ``lines`` where they can.
    """
    occupied = list(taken)
    around_lines = [(line, _around(line)) for line in lines]
    found: list[Sequence[QRectF] | None] = []
    for wish in wishes:
        chosen: Sequence[QRectF] | None = None
        for areas in wish.places:
            if not bounds.contains(areas[0]) or _covers(areas, occupied):
                continue
            words = areas[0]
            near = (line for line, extent in around_lines if extent.intersects(words))
            if not any(_span_within(line, words) for line in near):
                chosen = areas
                break
            if chosen is None and wish.cross:
                chosen = areas
        if chosen is not None:
            beside = chosen[0].adjusted(-_BESIDE_PX, 0, _BESIDE_PX, 0)
            occupied += [beside, *chosen[1:]]
        found.append(chosen)
    return found


def _around(line: QLineF) -> QRectF:
    """The area within which a line lies, never empty."""
    return QRectF(line.p1(), line.p2()).normalized().adjusted(-1, -1, 1, 1)


def _covers(areas: Sequence[QRectF], occupied: Sequence[QRectF]) -> bool:
    return any(area.intersects(other) for area in areas for other in occupied)


def stacked(levels: Sequence[float], heights: Sequence[float], room_px: float) -> list[float]:
    """Tops under one another, as near to their levels as can be, within (0, ``room_px``).

    ``levels`` are where the middles would stand, from the top down. What has no room runs over.
    """
    tops: list[float] = []
    here = 0.0
    for level, high in zip(levels, heights, strict=True):
        here = max(here, level - high / 2)
        tops.append(here)
        here += high
    limit = room_px
    for place in range(len(tops) - 1, -1, -1):
        limit -= heights[place]
        tops[place] = min(tops[place], limit)
        limit = tops[place]
    return tops


def outside(line: QLineF, holes: Iterable[QRectF]) -> list[QLineF]:
    """What is left of a line when the parts within some areas are cut out."""
    spans = sorted(span for hole in holes if (span := _span_within(line, hole)) is not None)
    pieces, here = [], 0.0
    for enter, leave in [*spans, (1.0, 1.0)]:
        if enter > here:
            pieces.append(QLineF(line.pointAt(here), line.pointAt(enter)))
        here = max(here, leave)
    return pieces


def _span_within(line: QLineF, area: QRectF) -> tuple[float, float] | None:
    """Between which shares of its length a line lies within an area (Liang and Barsky, 1984)."""
    enter, leave = 0.0, 1.0
    for step, before, after in (
        (line.dx(), line.x1() - area.left(), area.right() - line.x1()),
        (line.dy(), line.y1() - area.top(), area.bottom() - line.y1()),
    ):
        for towards, distance in ((-step, before), (step, after)):
            if towards == 0:
                if distance < 0:
                    return None
                continue
            share = distance / towards
            if towards < 0:
                enter = max(enter, share)
            else:
                leave = min(leave, share)
    return (enter, leave) if enter <= leave else None
