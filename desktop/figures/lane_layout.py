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

from desktop.figures.date_marks import DOT_PX, Event, Placed, place
from desktop.figures.lane_labels import LEVEL_PX, Label, Shortener, Wanted, place_labels
from desktop.figures.time_axis import Axis, SayTick, Tick, ticks

TRACK_PX: Final = 13.0
"""Distance at which marks that would cover one another are set below the axis."""
TICK_ROW_PX: Final = 26.0
MOST_LEVELS: Final = 3
MOST_TRACKS: Final = 6
LEAST_DAYS: Final = 365

_ABOVE_AXIS_PX: Final = 10.0
_MARK_GAP_PX: Final = 2.0
_SIDE_PX: Final = 8.0
_OPEN_PX: Final = 18.0
_MOST_LABELS: Final = 40
_AHEAD: Final = 0.08


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
    least_days: int = LEAST_DAYS,
) -> Layout:
    """Find a place for every event, for the labels that fit, in the order of ``ranked`` ids.

    The line of time spans ``least_days`` at least, however close the events lie to one another.
    The height is what this takes, at most MOST_LEVELS lines of labels and MOST_TRACKS of marks.
    """
    axis = _axis(events, as_of, width_px, least_days)
    tracked = _on_tracks(events, axis)
    wanted = {placed.event.fact_id: placed for placed, _track in tracked}
    first = [wanted[fact_id] for fact_id in ranked if fact_id in wanted][:_MOST_LABELS]
    candidates = [
        Wanted(each.event.fact_id, each.event.label or each.event.title, each.area.center().x())
        for each in first
    ]
    written = place_labels(candidates, 0.0, width_px, MOST_LEVELS, Shortener(metrics))
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


def _axis(events: Sequence[Event], as_of: int | None, width_px: float, least_days: int) -> Axis:
    """From the earliest day known to a little beyond the day the file speaks of."""
    whens = [event.when for event in events]
    known = [day for when in whens for day in (when.first, when.last) if day is not None]
    latest = max(known, default=1) if as_of is None else as_of
    earliest = min([*known, latest - least_days])
    span = latest + 1 - earliest
    last = max([latest, *(day for day in known if day <= latest + span * _AHEAD)]) + 1
    right_px = max(width_px - _SIDE_PX, _SIDE_PX + 1)
    early_room = _OPEN_PX if any(when.first is None for when in whens) else DOT_PX / 2
    first = earliest - early_room * span / (right_px - _SIDE_PX)
    return Axis(first, last + span * 0.004, _SIDE_PX, right_px)


def _on_tracks(events: Sequence[Event], axis: Axis) -> list[tuple[Placed, int]]:
    """Give each event the highest track that is free; days come before longer spans."""
    placed = [place(event, axis) for event in events]
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


def _as_of_area(row: QRectF, as_of_px: float | None, length_px: float) -> QRectF:
    """The words beneath the line for today's end, as near to it as the edges allow."""
    if as_of_px is None or length_px > row.width():
        return QRectF()
    left = min(max(as_of_px - length_px / 2, 0.0), row.width() - length_px)
    return QRectF(left, row.top(), length_px, row.height())
