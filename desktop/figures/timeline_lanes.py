"""Where every fact of a lane goes at one scale: on a track of its own, or in a cluster.

A lane is laid out once for all of its time, so that nothing moves against anything else while the
reader pans. Lengths are device-independent pixels from the beginning of the line of time, days
proleptic Gregorian ordinals.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import compress
from math import inf
from operator import itemgetter
from typing import Any, Final, NamedTuple, Self

from desktop.figures.date_marks import DOT_PX, LEAST_BAR_PX, OPEN_PX, Event
from desktop.model.dates import EdtfDate

SHORT_PX: Final = 20.0
"""Bars no longer than this stand among the dots, on the upper tracks."""
PILL_PX: Final = 17.0
"""Height of a cluster of dots."""
GAP_PX: Final = 2.0
REACH_PX: Final = 30.0
"""Dots that do not fit are gathered as far as this from the first of them."""

_MONTH_DAYS: Final = 27
_DIGIT_PX: Final = 7.5
_PILL_SIDES_PX: Final = 11.0


_Time = tuple[tuple[float, float], list[int]]
"""From when to when, with the places of the events that are known just so."""


class Spot(NamedTuple):
    """One mark of a lane: the places of its facts among the lane's events, and its extent.

    More than one fact make a cluster: of dots a pill with their number, of bars one pale bar.
    """

    members: tuple[int, ...]
    left_px: float
    right_px: float

    @property
    def is_cluster(self) -> bool:
        return len(self.members) > 1

    @property
    def extent(self) -> tuple[float, float]:
        return self.left_px, self.right_px

    @property
    def middle_px(self) -> float:
        return (self.left_px + self.right_px) / 2


class Ranked(NamedTuple):
    """An event with its time in days, as ``span_of`` has it, and how soon it gets a label.

    The lowest ``rank`` comes first.
    """

    middle: float
    begin: float
    end: float
    length: float
    event: Event
    rank: int


class Row(NamedTuple):
    """Marks beside one another, in time, none over another."""

    spots: tuple[Spot, ...]
    lefts: tuple[float, ...]
    rights: tuple[float, ...]

    @classmethod
    def of(cls, spots: Iterable[Spot]) -> Row:
        found = tuple(spots)
        return cls(
            found,
            tuple(spot.left_px for spot in found),
            tuple(spot.right_px for spot in found),
        )

    def between(self, left_px: float, right_px: float) -> tuple[Spot, ...]:
        """The marks of which anything lies between two places."""
        return self.spots[bisect_left(self.rights, left_px) : bisect_right(self.lefts, right_px)]


class Layout(NamedTuple):
    """A lane at one scale: dots on the upper tracks, clusters over all of these, bars below."""

    dots: tuple[Row, ...]
    clusters: Row
    bars: tuple[Row, ...]

    def rows(self) -> tuple[Row, ...]:
        return (*self.dots, self.clusters, *self.bars)


class Lane:
    """The events of one group in the order of time, with all that laying them out asks for.

    An open end is endless here.
    """

    def __init__(self, title: str, ranked: Iterable[Ranked]) -> None:
        self._fill(title, _Columns.of(sorted(ranked, key=itemgetter(0))))

    def _fill(self, title: str, columns: _Columns, times: Times | None = None) -> None:
        self.title = title
        self._columns = columns
        self._found: dict[str, int | None] = {}
        self.middles = columns.middles
        self.begins = columns.begins
        self.ends = columns.ends
        self.lengths = columns.lengths
        self.events = columns.events
        self.ranks = columns.ranks
        self.times: Times = Times.of(columns) if times is None else times

    def after(self, ranked: Sequence[Ranked], moved: Iterable[Ranked]) -> Lane:
        """The lane of other events, of which none but those ``moved`` came or went.

        It is the lane that would be made of ``ranked``.
        """
        columns, times = self._columns, self.times
        middles = {each.middle for each in moved}
        there = [each for each in ranked if each[0] in middles]
        for middle in middles:
            now = _Columns.of(each for each in there if each.middle == middle)
            first, last = columns.places_of(middle)
            columns = columns.with_part(first, last, now)
            times = times.with_part(first, last, now)
        lane = Lane.__new__(Lane)
        lane._fill(self.title, columns, self.times if columns[:4] == self._columns[:4] else times)
        return lane

    def place_of(self, fact_id: str) -> int | None:
        """The place of a fact among the events, if it has one."""
        if fact_id not in self._found:
            ids = self._columns.ids
            self._found[fact_id] = ids.index(fact_id) if fact_id in ids else None
        return self._found[fact_id]

    def differs_in(self, places: Iterable[int]) -> bool:
        """Whether sources differ on any of the events in these places."""
        return bool(self._differing) and not self._differing.isdisjoint(places)

    @cached_property
    def _differing(self) -> frozenset[int]:
        """The places of the events on which sources differ: of most lanes none or few."""
        differ = self._columns.differ
        return frozenset(compress(range(len(differ)), differ))


class _Columns(NamedTuple):
    """Ranked events in the order of time, each of their parts together: quick to go over."""

    middles: tuple[float, ...] = ()
    begins: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    lengths: tuple[float, ...] = ()
    events: tuple[Event, ...] = ()
    ranks: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    differ: tuple[bool, ...] = ()

    @classmethod
    def of(cls, ranked: Iterable[Ranked]) -> Self:
        rows = [(*each, each.event.fact_id, each.event.differs) for each in ranked]
        return cls(*zip(*rows, strict=True))

    def places_of(self, middle: float) -> tuple[int, int]:
        """The place of the first event of a middle, and that after the last of them."""
        return bisect_left(self.middles, middle), bisect_right(self.middles, middle)

    def with_part(self, first: int, last: int, part: Self) -> Self:
        """The same with others in place of those from one place to before another."""
        pairs: Iterable[tuple[tuple[Any, ...], tuple[Any, ...]]] = zip(self, part, strict=True)
        return type(self)(*(whole[:first] + new + whole[last:] for whole, new in pairs))


class Times:
    """When the events of a lane were, those that last longest first.

    Lanes whose events are at the same times in the same places share it, and so a layout.
    """

    def __init__(self, times: Iterable[_Time]) -> None:
        self._times: Final = sorted(times, key=_longest_first)
        self._shortness: Final = [-_length_of(time) for time in self._times]

    @classmethod
    def of(cls, columns: _Columns) -> Times:
        return cls(_times_of(columns, 0))

    def with_part(self, first: int, last: int, part: _Columns) -> Times:
        """The same with others in place of those from one place to before another.

        These are all the events of one middle, and so of their times.
        """
        by = first + len(part.begins) - last
        times = list(_times_of(part, first))
        for span, places in self._times:
            if places[0] >= last:
                times.append((span, [place + by for place in places] if by else places))
            elif places[0] < first:
                times.append((span, places))
        return Times(times)

    def longer_than(self, days: float) -> list[_Time]:
        """The times that last longer than this, the longest first, each with its events' places."""
        return self._times[: bisect_left(self._shortness, -days)]

    @cached_property
    def depth(self) -> int:
        """How many different times, months and longer, lie over one another at most."""
        times = [time for time, _places in self.longer_than(_MONTH_DAYS)]
        begins = sorted(begin for begin, _end in times)
        ends = sorted(end for _begin, end in times)
        deepest = max(
            (number - bisect_right(ends, begin) for number, begin in enumerate(begins, start=1)),
            default=0,
        )
        return max(deepest, int(bool(self._times)))


def span_of(when: EdtfDate) -> tuple[float, float, float, float]:
    """The middle, beginning, end and length of a date in days; a day ends where the next begins.

    An open end does not move the middle from the end that is known. A day is a dot at every scale,
    so its length is 0.
    """
    begin = -inf if when.first is None else float(when.first)
    end = inf if when.last is None else when.last + 1.0
    if begin == -inf or end == inf:
        return (end if begin == -inf else begin), begin, end, inf
    return (begin + end) / 2, begin, end, 0.0 if when.kind == "day" else end - begin


def lay_out(
    lane: Lane, first_day: float, width_px: float, px_per_day: float, dots: int, bars: int
) -> Layout:
    """Lay a lane out on ``dots`` tracks for dots and ``bars`` for bars, each fact in one mark.

    The line of time runs for ``width_px`` from ``first_day``. Dots in one another's way are
    gathered in clusters. Longer bars have the first choice of track; where tracks do not suffice,
    those of the same time are one cluster, then those that overlap on the last of the tracks.
    """
    most_days = SHORT_PX / px_per_day
    short = [place for place, length in enumerate(lane.lengths) if length <= most_days]
    laid = _Dots(lane, short, first_day, px_per_day, dots)
    laid.lay_out()
    bar_spots = [
        _bar(time, first_day, width_px, px_per_day) for time in lane.times.longer_than(most_days)
    ]
    return Layout(
        tuple(Row.of(row) for row in laid.rows),
        Row.of(laid.clusters),
        tuple(Row.of(row) for row in _lay_bars(bar_spots, bars)),
    )


class _Dots:
    """Days and short bars on a few tracks, from left to right, each on the highest that is free.

    Where a fact goes is worked out when it is looked at: of those in a cluster most never are.
    """

    def __init__(
        self, lane: Lane, short: Sequence[int], first_day: float, px_per_day: float, tracks: int
    ) -> None:
        self._middles, self._lengths = lane.middles, lane.lengths
        self._first_day, self._px_per_day = first_day, px_per_day
        self._short = short
        self._here = 0
        self._ends = [-inf] * tracks
        self.rows: list[list[Spot]] = [[] for _ in range(tracks)]
        self.clusters: list[Spot] = []

    def lay_out(self) -> None:
        ends, rows, short = self._ends, self.rows, self._short
        while self._here < len(short):
            place = short[self._here]
            centre, half = self._centre(place), self._half(place)
            left = centre - half
            for track, end in enumerate(ends):
                if end + GAP_PX <= left:
                    ends[track] = centre + half
                    rows[track].append(Spot((place,), left, ends[track]))
                    self._here += 1
                    break
            else:
                self._gather(left)

    def _centre(self, place: int) -> float:
        return (self._middles[place] - self._first_day) * self._px_per_day

    def _half(self, place: int) -> float:
        length = self._lengths[place]
        return max(LEAST_BAR_PX, length * self._px_per_day) / 2 if length else DOT_PX / 2

    def _gather(self, left_px: float) -> None:
        """Make a cluster of the next dot, of those in its way, and of those that follow closely."""
        short = self._short
        members = [short[self._here]]
        for row in (*self.rows, self.clusters):
            while row and row[-1].right_px + GAP_PX > left_px:
                members.extend(row.pop().members)
        members.sort()
        begins = self._centre(members[0])
        last = bisect_right(short, begins + REACH_PX, key=self._centre)
        last = max(last, self._here + 1)
        taken = len(members) - 1 + last - self._here
        width = pill_width(taken)
        before = max((row[-1].right_px for row in (*self.rows, self.clusters) if row), default=-inf)
        middle = (begins + self._centre(short[last - 1])) / 2
        left = max(middle - width / 2, before + GAP_PX)
        while (
            last < len(short)
            and self._centre(short[last]) - self._half(short[last]) < left + width + GAP_PX
        ):
            last += 1
            taken += 1
            width = pill_width(taken)
        members.extend(short[self._here + 1 : last])
        self._here = last
        self._ends[:] = [left + width] * len(self._ends)
        self.clusters.append(Spot(tuple(members), left, left + width))


def pill_width(number: int) -> float:
    """How wide the mark is that holds a number of facts."""
    return _PILL_SIDES_PX + _DIGIT_PX * len(str(number))


def _times_of(columns: _Columns, first: int) -> Iterable[_Time]:
    """The times of events that are not days, the first of which is in the place ``first``."""
    times: dict[tuple[float, float], list[int]] = {}
    spans = zip(columns.begins, columns.ends, columns.lengths, strict=True)
    for place, (begin, end, length) in enumerate(spans, start=first):
        if length:
            times.setdefault((begin, end), []).append(place)
    return times.items()


def _length_of(time: _Time) -> float:
    (begin, end), _places = time
    return end - begin


def _longest_first(time: _Time) -> tuple[float, int]:
    return -_length_of(time), time[1][0]


def _bar(time: _Time, first_day: float, width_px: float, px_per_day: float) -> Spot:
    (begin, end), places = time
    right = min((end - first_day) * px_per_day, width_px)
    left = right - OPEN_PX if begin == -inf else (begin - first_day) * px_per_day
    left, right = min(max(left, 0.0), width_px - LEAST_BAR_PX), max(right, LEAST_BAR_PX)
    return Spot(tuple(places), left, right)


def _lay_bars(times: Sequence[Spot], tracks: int) -> list[list[Spot]]:
    """The bars of each time on the highest tracks that are free.

    Where that cannot be, those of the very same time become one cluster; and if the tracks still
    do not suffice, those that overlap on the last one do.
    """
    apart = [bar for time in times for bar in _parted(time, tracks)]
    rows, refused = _on_tracks(apart, tracks)
    if refused:
        crowded = {bar.extent for bar in refused}
        some = (
            bar
            for time in times
            for bar in ((time,) if time.extent in crowded else _parted(time, tracks))
        )
        rows, refused = _on_tracks(some, tracks)
    if refused:
        rows, refused = _on_tracks(times, tracks)
    if refused:
        rows[-1] = _united([*rows[-1], *refused])
    for row in rows:
        row.sort(key=_left_of)
    return rows


def _parted(time: Spot, tracks: int) -> Sequence[Spot]:
    """The bars of one time one by one, if there can be a track for each."""
    if len(time.members) > tracks:
        return (time,)
    return [Spot((member,), *time.extent) for member in time.members]


def _on_tracks(bars: Iterable[Spot], tracks: int) -> tuple[list[list[Spot]], list[Spot]]:
    """Bars on tracks, the first ones with first choice, and those for which none was free."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(tracks)]
    rows: list[list[Spot]] = [[] for _ in range(tracks)]
    refused: list[Spot] = []
    for bar in bars:
        track = _take_track(taken, bar.extent)
        if track is None:
            refused.append(bar)
        else:
            rows[track].append(bar)
    return rows, refused


def _take_track(taken: list[list[tuple[float, float]]], extent: tuple[float, float]) -> int | None:
    for track, extents in enumerate(taken):
        place = bisect_left(extents, extent)
        free_before = place == 0 or extents[place - 1][1] <= extent[0]
        free_after = place == len(extents) or extents[place][0] >= extent[1]
        if free_before and free_after:
            insort(extents, extent)
            return track
    return None


def _united(bars: list[Spot]) -> list[Spot]:
    """Bars that overlap, directly or through others, as one cluster over all of their time."""
    bars.sort(key=_left_of)
    found: list[Spot] = []
    members: list[int] = []
    left = right = -inf
    for bar in bars:
        if bar.left_px >= right and members:
            found.append(Spot(tuple(sorted(members)), left, right))
            members = []
        if not members:
            left = right = bar.left_px
        members.extend(bar.members)
        right = max(right, bar.right_px)
    if members:
        found.append(Spot(tuple(sorted(members)), left, right))
    return found


def _left_of(spot: Spot) -> float:
    return spot.left_px
