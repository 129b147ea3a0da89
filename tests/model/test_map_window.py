"""A window of the map says where things lie, and never leaves the map."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.map_window import Bounds, MapWindow, Size

LIMITS = Bounds(10_575_000.0, -890_000.0, 14_250_000.0, 3_500_000.0)

metres = st.floats(-2e7, 2e7)
scales = st.floats(2.0, 4000.0)
windows = st.builds(MapWindow, metres, metres, scales)
sizes = st.builds(Size, st.floats(50, 4000), st.floats(50, 4000))
shares = st.floats(0, 1)


@given(window=windows, size=sizes, across=shares, down=shares)
def test_a_pixel_is_found_again_at_its_place(
    window: MapWindow, size: Size, across: float, down: float
) -> None:
    x_px, y_px = across * size.width_px, down * size.height_px

    back = window.to_px(*window.to_m(x_px, y_px, size), size)

    assert back == pytest.approx((x_px, y_px), abs=1e-3)


@given(window=windows, size=sizes, across=shares, down=shares, scale=scales)
def test_what_is_zoomed_at_stays_under_the_pointer(
    window: MapWindow, size: Size, across: float, down: float, scale: float
) -> None:
    at_px = (across * size.width_px, down * size.height_px)
    before = window.to_m(*at_px, size)

    closer = window.scaled(scale, at_px, size)

    assert closer.metres_per_px == scale
    assert closer.to_m(*at_px, size) == pytest.approx(before, abs=0.01)


@given(window=windows, size=sizes)
def test_a_window_within_the_map_shows_nothing_beyond_it(window: MapWindow, size: Size) -> None:
    kept = window.within(LIMITS, size, closest_m=8.0)

    assert LIMITS.grown(0.01).contains(kept.bounds(size))
    assert kept.within(LIMITS, size, closest_m=8.0) == pytest.approx(kept)


@given(window=windows, size=sizes)
def test_a_window_that_fits_already_is_left_as_it_is(window: MapWindow, size: Size) -> None:
    kept = window.within(LIMITS, size, closest_m=8.0)

    if LIMITS.contains(window.bounds(size)) and window.metres_per_px >= 8.0:
        assert kept == window


@given(
    west=st.floats(1.1e7, 1.3e7),
    south=st.floats(0, 2e6),
    wide=st.floats(1, 1e6),
    high=st.floats(1, 1e6),
    size=sizes,
    margin=st.floats(0, 20),
)
def test_a_window_around_bounds_holds_them_and_no_more_than_it_must(
    west: float, south: float, wide: float, high: float, size: Size, margin: float
) -> None:
    bounds = Bounds(west, south, west + wide, south + high)

    window = MapWindow.around(bounds, size, margin)

    left, top = window.to_px(bounds.west_m, bounds.north_m, size)
    right, bottom = window.to_px(bounds.east_m, bounds.south_m, size)
    assert left >= margin - 0.01
    assert top >= margin - 0.01
    assert right <= size.width_px - margin + 0.01
    assert bottom <= size.height_px - margin + 0.01
    tight = min(left, top, size.width_px - right, size.height_px - bottom)
    assert tight == pytest.approx(margin, abs=0.01)


@given(window=windows, right=st.floats(-500, 500), down=st.floats(-500, 500))
def test_dragging_takes_the_map_along(window: MapWindow, right: float, down: float) -> None:
    size = Size(800, 600)
    place = window.to_m(400, 300, size)

    moved = window.moved(right, down)

    assert moved.to_px(*place, size) == pytest.approx((400 + right, 300 + down), abs=0.01)


def test_nearly_the_same_window_counts_as_the_same() -> None:
    size, window = Size(1600, 900), MapWindow(1.2e7, 1.5e6, 500.0)

    assert window.moved(30, 20).is_near(window, size)
    assert not window.moved(300, 0).is_near(window, size)
    assert not window._replace(metres_per_px=600.0).is_near(window, size)
    assert math.isclose(window.bounds(size).width_m, 800_000)
