"""Words above a lane of marks, each over the line down to its mark and none over another's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

LEVEL_PX: Final = 19.0
"""Height of one line of labels."""

_LABEL_PX: Final = 170.0
_LONGER_PX: Final = (330.0, 260.0, 210.0)
_GAP_PX: Final = 12.0
_LEADER_ROOM_PX: Final = 5.0


class Wanted(NamedTuple):
    """A mark in want of words, at ``leader_px`` from the left."""

    fact_id: str
    title: str
    leader_px: float


class Label(NamedTuple):
    """Words, and at ``leader_px`` from the left the line down to their mark."""

    fact_id: str
    words: str
    area: QRectF
    leader_px: float


def place_labels(
    wanted: Sequence[Wanted],
    left_px: float,
    right_px: float,
    levels: int,
    metrics: QFontMetricsF,
) -> list[tuple[Label, int]]:
    """Write labels from the lowest line upward, each where it covers no other and no leader.

    The first in ``wanted`` has first choice. First as many as fit are written in few words; what
    room they leave then goes to longer ones. Each comes with its line, 0 being the lowest.
    """
    bounds = (left_px, right_px)
    titles = {each.fact_id: each.title for each in wanted}
    written: list[tuple[Label, int]] = []
    for each in wanted:
        label = _label(each.fact_id, each.title, _LABEL_PX, bounds, metrics)
        for level in range(levels):
            found = _free_place(label, each.leader_px, level, written, bounds)
            if found:
                written.append((found, level))
                break
    for index, (label, level) in enumerate(written):
        others = written[:index] + written[index + 1 :]
        for most_px in _LONGER_PX:
            longer = _label(label.fact_id, titles[label.fact_id], most_px, bounds, metrics)
            found = _free_place(longer, label.leader_px, level, others, bounds)
            if found:
                written[index] = (found, level)
                break
    return written


def _label(
    fact_id: str,
    title: str,
    most_px: float,
    bounds: tuple[float, float],
    metrics: QFontMetricsF,
) -> Label:
    words = _shortened(title, min(most_px, bounds[1] - bounds[0]), metrics)
    return Label(fact_id, words, QRectF(0, 0, metrics.horizontalAdvance(words), LEVEL_PX), 0)


def _free_place(
    label: Label,
    leader_px: float,
    level: int,
    written: Sequence[tuple[Label, int]],
    bounds: tuple[float, float],
) -> Label | None:
    """Above its mark if it can be, else beginning or ending there; None where others stand."""
    length = label.area.width()
    for start in (leader_px - length / 2, leader_px - length + 4, leader_px - 4):
        area = QRectF(label.area)
        area.moveLeft(min(max(start, bounds[0]), bounds[1] - length))
        beside = area.left() <= leader_px <= area.right()
        if label.words and beside and _is_free(area, leader_px, level, written):
            return label._replace(area=area, leader_px=leader_px)
    return None


def _is_free(area: QRectF, leader: float, level: int, written: Sequence[tuple[Label, int]]) -> bool:
    for other, other_level in written:
        if other_level == level and _within(area, other.area, _GAP_PX):
            return False
        if other_level > level and _crosses(other.leader_px, area):
            return False
        if other_level < level and _crosses(leader, other.area):
            return False
    return True


def _within(one: QRectF, other: QRectF, gap_px: float) -> bool:
    return one.left() < other.right() + gap_px and other.left() < one.right() + gap_px


def _crosses(leader: float, area: QRectF) -> bool:
    return area.left() - _LEADER_ROOM_PX < leader < area.right() + _LEADER_ROOM_PX


def _shortened(title: str, most_px: float, metrics: QFontMetricsF) -> str:
    """As many whole words as fit, an ellipsis standing for the rest."""
    words = title.rstrip(". ").split()
    if metrics.horizontalAdvance(" ".join(words)) <= most_px:
        return " ".join(words)
    while len(words) > 1:
        words.pop()
        shorter = " ".join(words).rstrip(",;:–") + "…"
        if metrics.horizontalAdvance(shorter) <= most_px:
            return shorter
    return ""
