"""Every fact of a lane is in one mark, no mark lies over another, and nothing moves in a pan."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.date_marks import DOT_PX, Event
from desktop.figures.timeline_lanes import Lane, Layout, Ranked, Spot, lay_out, span_of
from desktop.model.dates import EdtfDate

FIRST, LAST = date(1974, 1, 1), date(2025, 12, 12)
SPAN_DAYS = LAST.toordinal() - FIRST.toordinal()


def lane_of(*whens: str) -> Lane:
    return Lane("War legacy", [ranked(number, when) for number, when in enumerate(whens)])


def ranked(number: int, when: str) -> Ranked:
    known = EdtfDate.parse(when)
    return Ranked(*span_of(known), Event(f"fact-{number}", "It happens.", known), number)


def laid_out(lane: Lane, px_per_day: float, dots: int = 2, bars: int = 2) -> Layout:
    return lay_out(lane, FIRST.toordinal(), SPAN_DAYS * px_per_day, px_per_day, dots, bars)


def spots(layout: Layout) -> list[Spot]:
    return [spot for row in layout.rows() for spot in row.spots]


def x_of(day: date, px_per_day: float) -> float:
    return (day.toordinal() - FIRST.toordinal()) * px_per_day


def spanning(day: date, length: int) -> str:
    return f"{day}/{min(day + timedelta(length), LAST)}"


days = st.dates(FIRST, LAST)
whens = st.one_of(
    days.map(str),
    # Close to one another, as in the weeks that much is written about.
    st.integers(0, 40).map(lambda number: str(date(2025, 5, 1) + timedelta(number))),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
    days.map(lambda day: f"FY{day.year + 1}"),
    days.map(lambda day: f"{day}/.."),
    days.map(lambda day: f"../{day:%Y-%m}"),
    st.builds(spanning, days, st.integers(0, 6000)),
)
lanes = st.lists(whens, max_size=120).map(lambda found: lane_of(*found))
scales = st.sampled_from([0.02, 0.08, 0.3, 1.0, 4.0, 15.0, 40.0])
tracks = st.integers(1, 5)


@given(
    before=st.lists(whens, max_size=40),
    edits=st.lists(st.tuples(st.integers(0, 45), whens | st.none(), st.booleans()), max_size=4),
)
def test_a_lane_after_edits_is_the_one_that_would_be_made_anew(
    before: list[str], edits: list[tuple[int, str | None, bool]]
) -> None:
    events = [ranked(number, when) for number, when in enumerate(before)]
    lane = Lane("War legacy", events)
    for number, (place, when, differs) in enumerate(edits, start=len(events)):
        gone = events[place : place + 1]
        come = [ranked(number, when)] if when is not None else []
        if differs:
            come = [each._replace(event=each.event._replace(differs=True)) for each in come]
        events[place : place + 1] = come
        lane = lane.after(events, gone + come)
    anew = Lane("War legacy", events)

    assert (lane.events, lane.ranks) == (anew.events, anew.ranks)
    assert lane.times.longer_than(0) == anew.times.longer_than(0)
    assert laid_out(lane, 0.08) == laid_out(anew, 0.08)
    for number in range(len(before) + len(edits)):
        assert lane.place_of(f"fact-{number}") == anew.place_of(f"fact-{number}")
    everywhere = range(len(anew.events))
    assert [lane.differs_in([each]) for each in everywhere] == [
        anew.events[each].differs for each in everywhere
    ]


def test_a_lane_whose_events_keep_their_times_keeps_its_layout() -> None:
    events = [ranked(0, "2024"), ranked(1, "2024"), ranked(2, "2025-05-08")]
    lane = Lane("War legacy", events)
    said, moved = events[1]._replace(rank=7), ranked(1, "2023")

    assert lane.after([events[0], said, events[2]], [events[1], said]).times is lane.times
    assert lane.after([events[0], moved, events[2]], [events[1], moved]).times is not lane.times


@given(lane=lanes, px_per_day=scales, dots=tracks, bars=tracks)
def test_clusters_and_single_marks_add_up_to_all_facts(
    lane: Lane, px_per_day: float, dots: int, bars: int
) -> None:
    layout = laid_out(lane, px_per_day, dots, bars)

    told = sorted(member for spot in spots(layout) for member in spot.members)
    assert told == list(range(len(lane.events)))


@given(lane=lanes, px_per_day=scales, dots=tracks, bars=tracks)
def test_no_mark_lies_over_another(lane: Lane, px_per_day: float, dots: int, bars: int) -> None:
    layout = laid_out(lane, px_per_day, dots, bars)

    for row in layout.rows():
        for one, other in pairwise(row.spots):
            assert one.right_px <= other.left_px
    # A cluster of dots stands over all their tracks.
    for row in layout.dots:
        for spot in row.spots:
            for cluster in layout.clusters.spots:
                assert spot.right_px <= cluster.left_px or cluster.right_px <= spot.left_px


@given(lane=lanes, px_per_day=scales)
def test_no_mark_is_narrower_or_further_off_than_its_dates(lane: Lane, px_per_day: float) -> None:
    layout = laid_out(lane, px_per_day)

    for row in (*layout.dots, *layout.bars):
        for spot in row.spots:
            for member in spot.members:
                begin, end = lane.begins[member], lane.ends[member]
                if lane.lengths[member] == 0:
                    middle = x_of(date.fromordinal(int(begin)), px_per_day) + px_per_day / 2
                    assert spot.middle_px == pytest.approx(middle)
                    assert spot.right_px - spot.left_px == DOT_PX
                    continue
                if begin > 0:
                    left_px = (begin - FIRST.toordinal()) * px_per_day
                    assert spot.left_px <= left_px + 0.01
                right_px = min((end - FIRST.toordinal()), SPAN_DAYS) * px_per_day
                assert spot.right_px >= right_px - 0.01
    for spot in layout.clusters.spots:
        centres = [
            (lane.middles[member] - FIRST.toordinal()) * px_per_day for member in spot.members
        ]
        assert spot.left_px <= max(centres) + DOT_PX
        assert spot.right_px >= min(centres) - DOT_PX


@given(lane=lanes, px_per_day=scales, left=st.floats(-100, 2000), width=st.floats(1, 2000))
def test_what_is_between_two_places_is_all_that_reaches_there(
    lane: Lane, px_per_day: float, left: float, width: float
) -> None:
    layout = laid_out(lane, px_per_day)

    for row in layout.rows():
        found = row.between(left, left + width)
        expected = [
            spot for spot in row.spots if spot.right_px >= left and spot.left_px <= left + width
        ]
        assert list(found) == expected


def test_days_far_apart_are_dots_of_their_own() -> None:
    layout = laid_out(lane_of("2003-11-22", "2018-03-05", "2025-12-08"), 0.1)

    assert [spot.members for spot in layout.dots[0].spots] == [(0,), (1,), (2,)]
    assert layout.clusters.spots == ()


def test_days_too_dense_for_the_tracks_are_one_cluster() -> None:
    layout = laid_out(lane_of("2003-11-22", *["2025-05-08"] * 5, "2025-12-08"), 0.1)

    assert [len(spot.members) for spot in layout.clusters.spots] == [6]
    assert [spot.members for row in layout.dots for spot in row.spots] == [(0,)]


def test_a_cluster_parts_as_it_is_enlarged() -> None:
    lane = lane_of("2025-05-08", "2025-05-20", "2025-06-01", "2025-06-20")

    numbers = [len(spots(laid_out(lane, px_per_day, dots=1))) for px_per_day in (0.1, 1.0, 4.0)]

    assert numbers[0] == 1
    assert numbers[-1] == 4
    assert numbers == sorted(numbers)


def test_a_long_dense_run_is_several_clusters_each_no_wider_than_its_number() -> None:
    run = [str(date(2024, 1, 1) + timedelta(number)) for number in range(400)]

    layout = laid_out(lane_of(*run), 0.5)

    assert len(layout.clusters.spots) > 3
    assert all(spot.right_px - spot.left_px < 45 for spot in layout.clusters.spots)


def test_a_month_is_a_bar_as_soon_as_it_is_wide_enough_to_be_seen_as_one() -> None:
    lane = lane_of("2025-05", "2025-05-08")

    far, near = laid_out(lane, 0.1), laid_out(lane, 4.0)

    assert not any(row.spots for row in far.bars)
    (bar,) = near.bars[0].spots
    assert [lane.events[member].fact_id for member in bar.members] == ["fact-0"]
    assert bar.left_px == pytest.approx(x_of(date(2025, 5, 1), 4.0))
    assert bar.right_px == pytest.approx(x_of(date(2025, 6, 1), 4.0))


def test_years_beside_one_another_share_a_track() -> None:
    layout = laid_out(lane_of("2015", "2016", "2017"), 0.2, bars=1)

    assert [spot.members for spot in layout.bars[0].spots] == [(0,), (1,), (2,)]


def test_bars_of_the_same_time_are_one_cluster_where_tracks_do_not_suffice() -> None:
    lane = lane_of(*["2025-12"] * 24, "2025")

    layout = laid_out(lane, 2.0, bars=2)

    clusters = [spot for spot in spots(layout) if spot.is_cluster]
    assert [len(spot.members) for spot in clusters] == [24]
    assert clusters[0].left_px == pytest.approx(x_of(date(2025, 12, 1), 2.0))
    assert clusters[0].right_px == pytest.approx(SPAN_DAYS * 2.0)


def test_bars_that_overlap_on_the_last_track_are_one_cluster_over_all_of_their_time() -> None:
    lane = lane_of("2010/2014", "2012/2016", "2015/2019", "2011/2018", "2022/2023")

    layout = laid_out(lane, 0.2, bars=2)

    (cluster,) = [spot for spot in spots(layout) if spot.is_cluster]
    begins = min(lane.begins[member] for member in cluster.members)
    ends = max(lane.ends[member] for member in cluster.members)
    assert cluster.left_px == pytest.approx((begins - FIRST.toordinal()) * 0.2)
    assert cluster.right_px == pytest.approx((ends - FIRST.toordinal()) * 0.2)


def test_an_open_end_runs_on_and_an_open_beginning_is_only_hinted_at() -> None:
    layout = laid_out(lane_of("2019-05/..", "../2018-04"), 0.2)

    until, since = sorted(
        (spot for row in layout.bars for spot in row.spots), key=lambda spot: spot.left_px
    )
    assert since.right_px == pytest.approx(SPAN_DAYS * 0.2)
    assert until.right_px == pytest.approx(x_of(date(2018, 5, 1), 0.2))
    assert 0 < until.right_px - until.left_px < 100


def test_events_of_one_day_stand_on_tracks_of_their_own_while_there_are_enough() -> None:
    layout = laid_out(lane_of("2025-05-08", "2025-05-08", "2025-05-08"), 1.0, dots=3)

    dots = [spot for row in layout.dots for spot in row.spots]
    assert len(dots) == 3
    assert all(one.left_px == other.left_px for one, other in combinations(dots, 2))
