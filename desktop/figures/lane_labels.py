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
_MORE_GAP_PX: Final = 6.0
_MOST_KNOWN: Final = 8192


class Wanted(NamedTuple):
    """A mark in want of words, at ``leader_px`` from the left; ``more`` is never cut off."""

    fact_id: str
    title: str
    leader_px: float
    more: str = ""


class Label(NamedTuple):
    """Words, and at ``leader_px`` from the left the line down to their mark."""

    fact_id: str
    words: str
    area: QRectF
    leader_px: float


class Shortener:
    """Cuts titles to a width in one font, and remembers how: measuring words takes longest."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        self._metrics = metrics
        self._known: dict[tuple[str, float], tuple[str, float]] = {}

    def cut(self, title: str, most_px: float) -> tuple[str, float]:
        """As many whole words as fit, an ellipsis standing for the rest, and their width."""
        known = self._known.get((title, most_px))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[title, most_px] = self._cut(title, most_px)
        return known

    def _cut(self, title: str, most_px: float) -> tuple[str, float]:
        words = title.rstrip(". ").split()
        shown = " ".join(words)
        length = self._metrics.horizontalAdvance(shown)
        while length > most_px and len(words) > 1:
            words.pop()
            shown = " ".join(words).rstrip(",;:–") + "…"
            length = self._metrics.horizontalAdvance(shown)
        return (shown, length) if length <= most_px else ("", 0.0)


def place_labels(
    wanted: Sequence[Wanted],
    left_px: float,
    right_px: float,
    levels: int,
    shortener: Shortener,
) -> list[tuple[Label, int]]:
    """Write labels from the lowest line upward, each where it covers no other and no leader.

    The first in ``wanted`` has first choice. First as many as fit are written in few words; what
    room they leave then goes to longer ones. Each comes with its line, 0 being the lowest.
    """
    bounds = (left_px, right_px)
    by_id = {each.fact_id: each for each in wanted}
    written: list[tuple[Label, int]] = []
    for each in wanted:
        label = _label(each, _LABEL_PX, bounds, shortener)
        for level in range(levels):
            found = _free_place(label, each.leader_px, level, written, bounds)
            if found:
                written.append((found, level))
                break
    for index, (label, level) in enumerate(written):
        others = written[:index] + written[index + 1 :]
        for most_px in _LONGER_PX:
            longer = _label(by_id[label.fact_id], most_px, bounds, shortener)
            found = _free_place(longer, label.leader_px, level, others, bounds)
            if found:
                written[index] = (found, level)
                break
    return written


def _label(
    wanted: Wanted, most_px: float, bounds: tuple[float, float], shortener: Shortener
) -> Label:
    most_px = min(most_px, bounds[1] - bounds[0])
    more_px = 0.0
    if wanted.more:
        more_px = shortener.cut(wanted.more, most_px)[1] + _MORE_GAP_PX
    words, length = shortener.cut(wanted.title, most_px - more_px)
    shown = f"{words} {wanted.more}" if words and wanted.more else words
    return Label(wanted.fact_id, shown, QRectF(0, 0, length + more_px, LEVEL_PX), 0)


def _free_place(
    label: Label,
    leader_px: float,
    level: int,
    written: Sequence[tuple[Label, int]],
    bounds: tuple[float, float],
) -> Label | None:
    """Above its mark if it can be, else beginning or ending there; None where others stand."""
    if not label.words:
        return None
    length = label.area.width()
    for start in (leader_px - length / 2, leader_px - length + 4, leader_px - 4):
        left = min(max(start, bounds[0]), bounds[1] - length)
        beside = left <= leader_px <= left + length
        if beside and _is_free(left, left + length, leader_px, level, written):
            area = QRectF(label.area)
            area.moveLeft(left)
            return label._replace(area=area, leader_px=leader_px)
    return None


def _is_free(
    left: float, right: float, leader: float, level: int, written: Sequence[tuple[Label, int]]
) -> bool:
    for other, other_level in written:
        area = other.area
        if other_level == level:
            if left < area.right() + _GAP_PX and area.left() < right + _GAP_PX:
                return False
        elif other_level > level:
            if _crosses(other.leader_px, left, right):
                return False
        elif _crosses(leader, area.left(), area.right()):
            return False
    return True


def _crosses(leader: float, left: float, right: float) -> bool:
    return left - _LEADER_ROOM_PX < leader < right + _LEADER_ROOM_PX
