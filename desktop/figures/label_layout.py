"""Finds places for the words of a chart, at what they speak of and never over one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSizeF

GAP_PX: Final = 5.0


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
    )
    return [QRectF(x, y, wide, high) for x, y in corners]


def place(
    labels: Iterable[Sequence[QRectF]],
    bounds: QRectF,
    taken: Sequence[QRectF],
    lines: Sequence[QLineF] = (),
) -> list[QRectF | None]:
    """One of its areas for each label that has a free one, the first label having first choice.

    An area lies within ``bounds``, on no other label and on nothing ``taken``; clear of ``lines``
    too where there is such a one. None for a label without a place.
    """
    occupied = list(taken)
    found: list[QRectF | None] = []
    for areas in labels:
        free = [
            area
            for area in areas
            if bounds.contains(area) and not any(area.intersects(other) for other in occupied)
        ]
        clear = (area for area in free if not any(_crosses(line, area) for line in lines))
        chosen = next(clear, free[0] if free else None)
        if chosen is not None:
            occupied.append(chosen)
        found.append(chosen)
    return found


def outside(line: QLineF, holes: Iterable[QRectF]) -> list[QLineF]:
    """What is left of a line when the parts within some areas are cut out."""
    spans = sorted(span for hole in holes if (span := _span_within(line, hole)) is not None)
    pieces, here = [], 0.0
    for enter, leave in [*spans, (1.0, 1.0)]:
        if enter > here:
            pieces.append(QLineF(line.pointAt(here), line.pointAt(enter)))
        here = max(here, leave)
    return pieces


def _crosses(line: QLineF, area: QRectF) -> bool:
    return _span_within(line, area) is not None


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
