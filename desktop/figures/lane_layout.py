"""Where everything goes on a lane of dated events: the axis, the marks and their labels.

Time runs evenly from left to right; a day is as wide as any other. All lengths are
device-independent pixels, all days proleptic Gregorian ordinals.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from desktop.figures.time_axis import Axis, SayTick, Tick, ticks
from desktop.model.dates import EdtfDate

DOT_PX: Final = 11.0
BAR_PX: Final = 8.0
LEVEL_PX: Final = 19.0
"""Height of one line of labels above the axis."""
TRACK_PX: Final = 13.0
"""Distance at which marks that would cover one another are set below the axis."""
TICK_ROW_PX: Final = 26.0
MOST_LEVELS: Final = 3
MOST_TRACKS: Final = 6

_LABEL_PX: Final = 170.0
_LONGER_PX: Final = (330.0, 260.0, 210.0)
_LABEL_GAP_PX: Final = 12.0
_ABOVE_AXIS_PX: Final = 10.0
_LEADER_ROOM_PX: Final = 5.0
_LEAST_BAR_PX: Final = 5.0
_MARK_GAP_PX: Final = 2.0
_SIDE_PX: Final = 8.0
_OPEN_PX: Final = 18.0
_MOST_LABELS: Final = 40
_LEAST_SPAN_DAYS: Final = 365
_AHEAD: Final = 0.08


class Event(NamedTuple):
    """A dated fact as the lane needs it: ``title`` becomes its label."""

    fact_id: str
    title: str
    when: EdtfDate
    differs: bool = False


class Placed(NamedTuple):
    """An event with its true extent on the axis; ``area`` is what is drawn of it.

    An open end runs on to the end of the axis, and so does one that lies beyond it.
    """

    event: Event
    area: QRectF
    opens_left: bool
    opens_right: bool

    @property
    def is_point(self) -> bool:
        return self.event.when.kind == "day"


class Label(NamedTuple):
    """Words above the axis and, at ``leader_px`` from the left, the line down to their mark."""

    fact_id: str
    words: str
    area: QRectF
    leader_px: float


class Layout(NamedTuple):
    """The lane in full; ``as_of_px`` is None for a file without a day."""

    axis: Axis
    axis_y: float
    placed: tuple[Placed, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]
    as_of_px: float | None
    as_of_area: QRectF
    height_px: float


def lay_out(
    events: Sequence[Event],
    ranked: Sequence[str],
    width_px: float,
    metrics: QFontMetricsF,
    as_of: int | None,
    as_of_words: str,
    say_tick: SayTick,
) -> Layout:
    """Find a place for every event, for the labels that fit, in the order of ``ranked`` ids.

    The height is what this takes, at most MOST_LEVELS lines of labels and MOST_TRACKS of marks.
    """
    axis = _axis(events, as_of, width_px)
    tracked = _on_tracks(events, axis)
    wanted = {placed.event.fact_id: placed for placed, _track in tracked}
    candidates = [wanted[fact_id] for fact_id in ranked if fact_id in wanted][:_MOST_LABELS]
    written = _labels(candidates, width_px, metrics)
    levels = 1 + max((level for _label, level in written), default=-1)
    axis_y = levels * LEVEL_PX + _ABOVE_AXIS_PX + DOT_PX / 2
    tracks = 1 + max((track for _placed, track in tracked), default=0)
    foot_y = axis_y + (tracks - 1) * TRACK_PX + DOT_PX / 2
    as_of_px = None if as_of is None else axis.x_of(as_of + 1)
    row = QRectF(0, foot_y + 4, width_px, TICK_ROW_PX - 4)
    as_of_area = _as_of_area(row, as_of_px, metrics.horizontalAdvance(as_of_words))
    return Layout(
        axis,
        axis_y,
        tuple(
            placed._replace(area=placed.area.translated(0, axis_y + track * TRACK_PX))
            for placed, track in tracked
        ),
        tuple(
            label._replace(area=label.area.translated(0, (levels - 1 - level) * LEVEL_PX))
            for label, level in written
        ),
        ticks(axis, row, as_of_area, metrics, say_tick),
        as_of_px,
        as_of_area,
        foot_y + TICK_ROW_PX,
    )


def _axis(events: Sequence[Event], as_of: int | None, width_px: float) -> Axis:
    """From the earliest day known to a little beyond the day the file speaks of."""
    whens = [event.when for event in events]
    known = [day for when in whens for day in (when.first, when.last) if day is not None]
    latest = max(known, default=1) if as_of is None else as_of
    earliest = min([*known, latest - _LEAST_SPAN_DAYS])
    span = latest + 1 - earliest
    last = max([latest, *(day for day in known if day <= latest + span * _AHEAD)]) + 1
    right_px = max(width_px - _SIDE_PX, _SIDE_PX + 1)
    early_room = _OPEN_PX if any(when.first is None for when in whens) else DOT_PX / 2
    first = earliest - early_room * span / (right_px - _SIDE_PX)
    return Axis(first, last + span * 0.004, _SIDE_PX, right_px)


def _on_tracks(events: Sequence[Event], axis: Axis) -> list[tuple[Placed, int]]:
    """Give each event the highest track that is free; days come before longer spans."""
    placed = [_place(event, axis) for event in events]
    placed.sort(key=lambda each: (not each.is_point, each.area.width() > DOT_PX))
    tracks: list[list[tuple[float, float]]] = [[] for _ in range(MOST_TRACKS)]
    return [(each, _take_track(tracks, each.area)) for each in placed]


def _take_track(tracks: list[list[tuple[float, float]]], area: QRectF) -> int:
    extent = (area.left() - _MARK_GAP_PX, area.right() + _MARK_GAP_PX)
    for number, taken in enumerate(tracks):
        place = bisect_left(taken, extent)
        free_before = place == 0 or taken[place - 1][1] <= extent[0]
        free_after = place == len(taken) or taken[place][0] >= extent[1]
        if free_before and free_after:
            insort(taken, extent)
            return number
    return len(tracks) - 1


def _place(event: Event, axis: Axis) -> Placed:
    when = event.when
    opens_left = when.first is None
    opens_right = when.last is None or when.last >= axis.last
    if when.kind == "day" and when.first is not None:
        middle = axis.x_of(when.first + 0.5)
        area = QRectF(middle - DOT_PX / 2, -DOT_PX / 2, DOT_PX, DOT_PX)
        return Placed(event, area, False, False)
    left = axis.left_px if when.first is None else axis.x_of(when.first)
    right = axis.right_px if opens_right or when.last is None else axis.x_of(when.last + 1)
    lacking = max(_LEAST_BAR_PX - (right - left), 0.0)
    left, right = left - lacking / 2, right + lacking / 2
    area = QRectF(left, -BAR_PX / 2, right - left, BAR_PX)
    return Placed(event, area, opens_left, opens_right)


def _labels(
    candidates: Sequence[Placed], width_px: float, metrics: QFontMetricsF
) -> list[tuple[Label, int]]:
    """Write labels from the axis upward, each where it covers no other and no other's leader.

    First as many as fit in few words; what room they leave then goes to longer ones.
    """
    titles = {placed.event.fact_id: placed.event.title for placed in candidates}
    written: list[tuple[Label, int]] = []
    for placed in candidates:
        label = _label(placed.event.fact_id, placed.event.title, _LABEL_PX, width_px, metrics)
        leader_px = placed.area.center().x()
        for level in range(MOST_LEVELS):
            found = _free_place(label, leader_px, level, written, width_px)
            if found:
                written.append((found, level))
                break
    for index, (label, level) in enumerate(written):
        others = written[:index] + written[index + 1 :]
        for most_px in _LONGER_PX:
            longer = _label(label.fact_id, titles[label.fact_id], most_px, width_px, metrics)
            found = _free_place(longer, label.leader_px, level, others, width_px)
            if found:
                written[index] = (found, level)
                break
    return written


def _label(
    fact_id: str, title: str, most_px: float, width_px: float, metrics: QFontMetricsF
) -> Label:
    words = _shortened(title, min(most_px, width_px), metrics)
    return Label(fact_id, words, QRectF(0, 0, metrics.horizontalAdvance(words), LEVEL_PX), 0)


def _free_place(
    label: Label,
    leader_px: float,
    level: int,
    written: Sequence[tuple[Label, int]],
    width_px: float,
) -> Label | None:
    """Above its mark if it can be, else beginning or ending there; None where others stand."""
    length = label.area.width()
    for start in (leader_px - length / 2, leader_px - length + 4, leader_px - 4):
        area = QRectF(label.area)
        area.moveLeft(min(max(start, 0.0), width_px - length))
        beside = area.left() <= leader_px <= area.right()
        if label.words and beside and _is_free(area, leader_px, level, written):
            return label._replace(area=area, leader_px=leader_px)
    return None


def _is_free(area: QRectF, leader: float, level: int, written: Sequence[tuple[Label, int]]) -> bool:
    for other, other_level in written:
        if other_level == level and _within(area, other.area, _LABEL_GAP_PX):
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


def _as_of_area(row: QRectF, as_of_px: float | None, length_px: float) -> QRectF:
    """The words beneath the line for today's end, as near to it as the edges allow."""
    if as_of_px is None or length_px > row.width():
        return QRectF()
    left = min(max(as_of_px - length_px / 2, 0.0), row.width() - length_px)
    return QRectF(left, row.top(), length_px, row.height())
