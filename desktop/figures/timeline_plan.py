"""The lanes of a timeline at one scale and height: how high each is, and where all in it stands.

Lengths are device-independent pixels: across, from the first day of the line of time; down, from
the top of the lanes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from math import ceil
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from desktop.figures.date_marks import BAR_PX, DOT_PX
from desktop.figures.lane_labels import LEVEL_PX, Label, Shortener, Wanted, place_labels
from desktop.figures.time_axis import Axis
from desktop.figures.timeline_lanes import PILL_PX, Lane, Layout, Spot, lay_out

CHUNK_PX: Final = 1024.0
"""Labels are placed stretch by stretch of this width, and none reaches into another stretch."""

_TRACK_PX: Final = 13.0
_EDGE_PX: Final = 4.0
_LABEL_FOOT_PX: Final = 3.0
_LABELS_PER_CHUNK: Final = 24
_MOST_BARS: Final = 6
_LONG_PX: Final = 24.0
_CHOSEN: Final = -(10**9)
_AFTER_SINGLE: Final = 10**8
_LONG_BAR_PX: Final = 6.0
_TURNS: Final = (
    ("levels", 1),
    ("bars", 2),
    ("dots", 2),
    ("bars", 3),
    ("bars", 4),
    ("levels", 2),
    ("bars", _MOST_BARS),
    ("dots", 3),
    ("levels", 3),
    ("dots", 4),
    ("levels", 5),
)


class Tracks(NamedTuple):
    """What a lane holds, from the top: lines of labels, tracks of dots, tracks of bars."""

    levels: int
    dots: int
    bars: int

    @property
    def height_px(self) -> float:
        labels_px = self.levels * LEVEL_PX + (_LABEL_FOOT_PX if self.levels else 0)
        return labels_px + (self.dots + self.bars) * _TRACK_PX + 2 * _EDGE_PX

    def with_more(self, part: str, most: int, most_bars: int) -> Tracks:
        """With as many of a part as a lane with that many bars may want of it."""
        bound = min(most, most_bars) if part == "bars" else most
        return self._replace(**{part: max(bound, getattr(self, part))})


class Band(NamedTuple):
    """The strip of a lane; what room its tracks leave is spared above and below them alike."""

    top_px: float
    height_px: float
    tracks: Tracks

    @property
    def dots_px(self) -> float:
        """The top of the highest track."""
        foot_px = self.top_px + (self.height_px + self.tracks.height_px) / 2 - _EDGE_PX
        return foot_px - (self.tracks.dots + self.tracks.bars) * _TRACK_PX

    @property
    def labels_px(self) -> float:
        """The foot of the lowest line of labels."""
        return self.dots_px - _LABEL_FOOT_PX


class Standing(NamedTuple):
    """A mark of a lane, given by its number, and the area it takes."""

    lane: int
    spot: Spot
    area: QRectF


class Named(NamedTuple):
    """A label, and where the line down from it meets its mark."""

    label: Label
    foot_px: float


_NamedIn = dict[tuple[int, str], tuple[Named, ...]]
"""The labels of a lane by stretch and chosen fact."""


def bands(lanes: Sequence[Lane], height_px: float) -> tuple[Band, ...]:
    """Share out the height: what every lane needs, then turn by turn what makes it clearer.

    What is asked for in one turn is given to all who want it or to none.
    """
    most = [min(lane.times.depth, _MOST_BARS) for lane in lanes]
    given = [Tracks(0, 1, min(1, bars)) for bars in most]
    left_px = height_px - sum(tracks.height_px for tracks in given)
    for part, limit in _TURNS:
        wanted = [
            tracks.with_more(part, limit, bars) for tracks, bars in zip(given, most, strict=True)
        ]
        cost_px = sum(tracks.height_px for tracks in wanted) - sum(
            tracks.height_px for tracks in given
        )
        if cost_px <= left_px:
            given, left_px = wanted, left_px - cost_px
    found = []
    top_px = 0.0
    for number, tracks in enumerate(given, start=1):
        # Whole pixels, so that no lane begins between two.
        spare_px = max(left_px, 0.0) // len(given)
        lane_px = ceil(tracks.height_px + spare_px)
        if number == len(given):
            lane_px = max(lane_px, int(height_px - top_px))
        found.append(Band(top_px, lane_px, tracks))
        top_px += lane_px
    return tuple(found)


class Plan:
    """Where everything stands; lanes, and labels where they are asked for, are laid out once.

    What a plan ``before`` of the same scale and tracks holds of the same lanes is taken over; of
    lanes whose events are at the same times, where these stand.
    """

    def __init__(
        self,
        lanes: Sequence[Lane],
        axis: Axis,
        lane_bands: Sequence[Band],
        shortener: Shortener,
        before: Plan | None = None,
    ) -> None:
        self.lanes: Final = tuple(lanes)
        self.axis: Final = axis
        self.bands: Final = tuple(lane_bands)
        self._shortener = shortener
        width_px = axis.right_px - axis.left_px
        self._chunk_px = width_px if width_px <= 2 * CHUNK_PX else CHUNK_PX
        self._layouts: list[Layout] = []
        self._named: list[_NamedIn] = []
        known = before._known() if before and before.axis == axis else {}
        for lane, band in zip(self.lanes, self.bands, strict=True):
            found = known.get(id(lane.times))
            same = found is not None and found[1].tracks == band.tracks
            self._layouts.append(found[2] if found and same else self._lay_out(lane, band))
            self._named.append(found[3] if found and found[:2] == (lane, band) else {})

    @property
    def px_per_day(self) -> float:
        axis = self.axis
        return (axis.right_px - axis.left_px) / (axis.last - axis.first)

    @property
    def height_px(self) -> float:
        return self.bands[-1].top_px + self.bands[-1].height_px if self.bands else 0.0

    def is_of(self, lanes: Sequence[Lane], axis: Axis, lane_bands: Sequence[Band]) -> bool:
        """Whether it is the plan of just these lanes, on this line of time and in these bands."""
        if (self.axis, self.bands) != (axis, tuple(lane_bands)) or len(self.lanes) != len(lanes):
            return False
        return all(mine is theirs for mine, theirs in zip(self.lanes, lanes, strict=True))

    def _known(self) -> dict[int, tuple[Lane, Band, Layout, _NamedIn]]:
        whole = zip(self.lanes, self.bands, self._layouts, self._named, strict=True)
        return {id(each[0].times): each for each in whole}

    def _lay_out(self, lane: Lane, band: Band) -> Layout:
        axis, tracks = self.axis, band.tracks
        return lay_out(
            lane,
            axis.first,
            axis.right_px - axis.left_px,
            self.px_per_day,
            tracks.dots,
            tracks.bars,
        )

    def standing(self, lane: int, left_px: float, right_px: float) -> Iterator[Standing]:
        """The marks of a lane of which anything lies between two places, track by track."""
        band, layout = self.bands[lane], self._layouts[lane]
        middle = band.dots_px + _TRACK_PX / 2
        for row in layout.dots:
            for spot in row.between(left_px, right_px):
                is_dot = not self.lanes[lane].lengths[spot.members[0]]
                yield _standing(lane, spot, middle, DOT_PX if is_dot else BAR_PX)
            middle += _TRACK_PX
        over_all = band.dots_px + band.tracks.dots * _TRACK_PX / 2
        for spot in layout.clusters.between(left_px, right_px):
            yield _standing(lane, spot, over_all, PILL_PX)
        for row in layout.bars:
            for spot in row.between(left_px, right_px):
                yield _standing(lane, spot, middle, _LONG_BAR_PX)
            middle += _TRACK_PX

    def find(self, fact_id: str) -> Standing | None:
        """The mark in which a fact is, if it has one."""
        for number, lane in enumerate(self.lanes):
            place = lane.place_of(fact_id)
            if place is not None:
                whole = self.standing(number, self.axis.left_px - CHUNK_PX, self.axis.right_px * 2)
                return next(each for each in whole if place in each.spot.members)
        return None

    def labels(
        self, lane: int, left_px: float, right_px: float, chosen: str = ""
    ) -> Iterator[Named]:
        """The labels of a lane that may reach between two places; that of a chosen fact is first.

        They depend on nothing but the plan and the chosen fact, so they keep still in a pan.
        """
        first = int(max(left_px, 0.0) // self._chunk_px)
        last = int(max(min(right_px, self.axis.right_px - 1), 0.0) // self._chunk_px)
        if self.lanes[lane].place_of(chosen) is None:
            chosen = ""
        for chunk in range(first, last + 1):
            found = self._named[lane].get((chunk, chosen))
            if found is None:
                found = self._named[lane][chunk, chosen] = tuple(self._name(lane, chunk, chosen))
            yield from found

    def _name(self, number: int, chunk: int, chosen: str) -> Iterator[Named]:
        lane, band = self.lanes[number], self.bands[number]
        left_px = chunk * self._chunk_px
        right_px = min(left_px + self._chunk_px, self.axis.right_px)
        chosen_place = lane.place_of(chosen)
        wanted: list[tuple[int, Wanted]] = []
        feet: dict[str, float] = {}
        for _, spot, area in self.standing(number, left_px, right_px):
            place = min(spot.members, key=lane.ranks.__getitem__)
            if chosen_place in spot.members:
                place = chosen_place
            middle = _leader_px(lane, spot, place)
            if spot.left_px <= left_px and right_px <= spot.right_px:
                middle = (left_px + right_px) / 2
            elif not left_px <= middle < right_px:
                continue
            event = lane.events[place]
            rank = _CHOSEN if event.fact_id == chosen else lane.ranks[place]
            more = f"+{len(spot.members) - 1}" if spot.is_cluster else ""
            if more and rank >= 0:
                # After what stands alone, unless it holds a key fact.
                rank += _AFTER_SINGLE
            wanted.append((rank, Wanted(event.fact_id, event.title, middle, more)))
            feet[event.fact_id] = area.top()
        first = nsmallest(_LABELS_PER_CHUNK, wanted, key=_rank_of) if band.tracks.levels else []
        asked = [each for _rank, each in first]
        for label, level in place_labels(
            asked, left_px, right_px, band.tracks.levels, self._shortener
        ):
            top = band.labels_px - (level + 1) * LEVEL_PX
            yield Named(label._replace(area=label.area.translated(0, top)), feet[label.fact_id])


def _standing(lane: int, spot: Spot, middle_px: float, height_px: float) -> Standing:
    top_px = middle_px - height_px / 2
    return Standing(
        lane, spot, QRectF(spot.left_px, top_px, spot.right_px - spot.left_px, height_px)
    )


def _leader_px(lane: Lane, spot: Spot, place: int) -> float:
    """Where the line from a label meets its mark: at the middle, or where a long bar begins.

    One that is open at its beginning is met where it ends.
    """
    if spot.is_cluster or spot.right_px - spot.left_px <= _LONG_PX:
        return spot.middle_px
    is_open = lane.events[place].when.first is None
    return spot.right_px - _LONG_PX / 2 if is_open else spot.left_px + _LONG_PX / 2


def _rank_of(ranked: tuple[int, Wanted]) -> int:
    return ranked[0]
