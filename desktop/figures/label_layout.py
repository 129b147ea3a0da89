"""Finds places for the words of a chart, at what they speak of and never over one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

GAP_PX: Final = 5.0


class Label(NamedTuple):
    """Words in want of a place: how much room they take, and where they would stand, best first."""

    size: QSizeF
    places: tuple[QPointF, ...]


def around(mark: QRectF, size: QSizeF, *, gap_px: float = GAP_PX) -> tuple[QPointF, ...]:
    """Top left corners from which words of this size stand close to a mark, above it first."""
    middle = mark.center().x() - size.width() / 2
    level = mark.center().y() - size.height() / 2
    above, below = mark.top() - gap_px + 2 - size.height(), mark.bottom() + gap_px - 2
    left, right = mark.left() - gap_px - size.width(), mark.right() + gap_px
    from_left, to_right = mark.left() - 2, mark.right() + 2 - size.width()
    return (
        QPointF(middle, above),
        QPointF(to_right, above),
        QPointF(left + gap_px / 2, above + gap_px),
        QPointF(from_left, above),
        QPointF(right, level),
        QPointF(left, level),
        QPointF(middle, below),
        QPointF(from_left, below),
        QPointF(to_right, below),
    )


def place(
    labels: Iterable[Label],
    bounds: QRectF,
    taken: Sequence[QRectF],
    lines: Sequence[QLineF] = (),
) -> list[QRectF | None]:
    """A place for each label that has one, the first having first choice; None for the others.

    A label lies within ``bounds``, on no other label and on nothing ``taken``. It stands clear of
    ``lines`` too where one of its places does.
    """
    occupied = list(taken)
    found: list[QRectF | None] = []
    for label in labels:
        free = [
            area
            for area in (QRectF(corner, label.size) for corner in label.places)
            if bounds.contains(area) and not any(area.intersects(other) for other in occupied)
        ]
        clear = (area for area in free if not any(_crosses(line, area) for line in lines))
        chosen = next(clear, free[0] if free else None)
        if chosen is not None:
            occupied.append(chosen)
        found.append(chosen)
    return found


def _crosses(line: QLineF, area: QRectF) -> bool:
    """Whether any of a line lies within an area (Liang and Barsky, 1984)."""
    enter, leave = 0.0, 1.0
    for step, before, after in (
        (line.dx(), line.x1() - area.left(), area.right() - line.x1()),
        (line.dy(), line.y1() - area.top(), area.bottom() - line.y1()),
    ):
        for towards, distance in ((-step, before), (step, after)):
            if towards == 0:
                if distance < 0:
                    return False
                continue
            share = distance / towards
            if towards < 0:
                enter = max(enter, share)
            else:
                leave = min(leave, share)
    return enter <= leave
