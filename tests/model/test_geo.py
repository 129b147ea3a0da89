"""The projection and the measures of distance, held against PROJ and GeographicLib by pyproj."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model import geo

EARTH = pyproj.Geod(ellps="WGS84")
TO_WORLD_MERCATOR = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)
DA_NANG, MANILA = (108.25, 16.1), (120.98, 14.6)

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-85, 85)
BY_SEA = st.tuples(st.floats(95, 128), st.floats(-8, 30))


def pairs() -> tuple[geo.Points, geo.Points, geo.Points, geo.Points, geo.Points]:
    """10,000 points with an azimuth and a distance up to 1,000 nm, always the same."""
    chance = np.random.default_rng(16)
    lon, lat = chance.uniform(-180, 180, 10_000), chance.uniform(-85, 85, 10_000)
    azimuth = chance.uniform(0, 360, 10_000)
    distance_m = chance.uniform(0, 1000 * geo.METRES_PER_NM, 10_000)
    return lon, lat, azimuth, distance_m, np.stack(EARTH.fwd(lon, lat, azimuth, distance_m))


def turned(from_deg: geo.Numbers, to_deg: geo.Numbers) -> geo.Numbers:
    return np.abs((np.subtract(from_deg, to_deg) + 180) % 360 - 180)


def test_a_thousand_miles_lead_within_a_metre_of_where_geographiclib_says() -> None:
    lon, lat, azimuth, distance_m, (to_lon, to_lat, _) = pairs()

    found = geo.destination(lon, lat, azimuth, distance_m)

    off_m = EARTH.inv(*found, to_lon, to_lat)[2]
    assert np.max(off_m) < 0.001


def test_distances_and_azimuths_agree_with_geographiclib() -> None:
    lon, lat, azimuth, distance_m, (to_lon, to_lat, back) = pairs()

    found = geo.geodesic(lon, lat, to_lon, to_lat)

    assert np.max(np.abs(found.distance_m - distance_m)) < 0.001
    # Nearer than that an azimuth hangs on the last digits of the degrees.
    is_far = distance_m > 100
    assert np.max(turned(found.azimuth_deg, azimuth)[is_far]) < 1e-6
    assert np.max(turned(found.end_azimuth_deg, back + 180)[is_far]) < 1e-6


def test_a_distance_round_the_globe_is_right_or_not_given() -> None:
    chance = np.random.default_rng(22)
    lon, to_lon = chance.uniform(-180, 180, (2, 10_000))
    lat, to_lat = chance.uniform(-90, 90, (2, 10_000))

    found = geo.geodesic(lon, lat, to_lon, to_lat).distance_m

    known = ~np.isnan(found)
    assert np.count_nonzero(known) > 9_990
    exact = EARTH.inv(lon, lat, to_lon, to_lat)[2]
    assert np.max(np.abs(found - exact)[known]) < 0.001
    assert np.isnan(geo.geodesic(0.0, 0.0, 179.9, 0.1).distance_m)


def test_degrees_fall_where_the_chart_projection_puts_them() -> None:
    lon, lat, *_ = pairs()

    x_m, y_m = geo.to_mercator(lon, lat)

    expected = TO_WORLD_MERCATOR.transform(lon, lat)
    assert np.max(np.abs(np.subtract((x_m, y_m), expected))) < 0.001
    assert geo.to_mercator(0.0, 90.0)[1] == np.inf


@given(LONGITUDES, LATITUDES)
def test_there_and_back_is_less_than_a_millimetre_off(lon: float, lat: float) -> None:
    found = geo.to_lon_lat(*geo.to_mercator(lon, lat))

    assert EARTH.inv(lon, lat, *found)[2] < 0.001


@given(LATITUDES)
def test_a_short_way_on_the_ground_is_stretched_by_the_scale_at_its_place(lat: float) -> None:
    to_lon, to_lat = geo.destination(0.0, lat, 90.0, 1.0)

    assert geo.to_mercator(to_lon, to_lat)[0] == pytest.approx(geo.scale_at(lat), rel=1e-6)


@given(BY_SEA, st.floats(1, 1000))
def test_every_point_of_a_ring_is_as_far_off_as_it_says(
    centre: tuple[float, float], radius_nm: float
) -> None:
    radius_m = radius_nm * geo.METRES_PER_NM

    ring = geo.ring(*centre, radius_m)

    assert ring.shape == (361, 2)
    assert (ring[0] == ring[-1]).all()
    middles = np.repeat([centre], len(ring), axis=0).T
    assert np.max(np.abs(EARTH.inv(*middles, *ring.T)[2] - radius_m)) < 0.001


def test_two_hundred_miles_round_da_nang_are_no_circle_on_the_map() -> None:
    x_m, y_m = geo.to_mercator(*geo.ring(*DA_NANG, 200 * geo.METRES_PER_NM).T)
    centre_x, centre_y = geo.to_mercator(*DA_NANG)

    from_centre = np.hypot(x_m - centre_x, y_m - centre_y)

    assert np.ptp(from_centre) > 5_000


@given(BY_SEA, BY_SEA)
def test_the_midpoint_is_half_way_and_the_line_goes_through_it(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    middle = geo.midpoint(*start, *end)
    line = geo.geodesic_line(*start, *end, points=5)

    half_m = EARTH.inv(*start, *end)[2] / 2
    assert EARTH.inv(*start, *middle)[2] == pytest.approx(half_m, abs=0.001)
    assert EARTH.inv(*middle, *end)[2] == pytest.approx(half_m, abs=0.001)
    for point, expected in ((0, start), (2, middle), (4, end)):
        assert EARTH.inv(*line[point], *expected)[2] < 0.001


def test_a_point_is_no_distance_from_itself_in_no_direction() -> None:
    found = geo.geodesic(*DA_NANG, *DA_NANG)

    assert found.distance_m == 0
    assert np.isnan(found.azimuth_deg)
    assert (geo.geodesic_line(*DA_NANG, *DA_NANG, points=3) == DA_NANG).all()
    assert geo.rhumb(*DA_NANG, *DA_NANG).distance_m == 0
    assert np.isnan(geo.rhumb(*DA_NANG, *DA_NANG).course_deg)


@given(BY_SEA, BY_SEA)
def test_a_rhumb_line_is_as_long_as_its_straight_line_on_the_map(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    ends = np.array([geo.to_mercator(*start), geo.to_mercator(*end)])
    steps = np.linspace(ends[0], ends[1], 2_001)
    points = np.stack(geo.to_lon_lat(*steps.T))

    found = geo.rhumb(*start, *end)

    assert found.distance_m == pytest.approx(EARTH.line_length(*points), abs=0.05)
    assert found.distance_m >= geo.geodesic(*start, *end).distance_m - 0.001
    if found.distance_m > 1:
        east_m, north_m = ends[1] - ends[0]
        assert turned(found.course_deg, np.degrees(np.arctan2(east_m, north_m))) < 1e-6


def test_the_way_to_manila_is_as_long_as_the_chart_says() -> None:
    shortest = geo.geodesic(*DA_NANG, *MANILA).distance_m / geo.METRES_PER_NM
    one_course = geo.rhumb(*DA_NANG, *MANILA)

    assert shortest == pytest.approx(743.34, abs=0.005)
    assert one_course.distance_m / geo.METRES_PER_NM == pytest.approx(743.45, abs=0.005)


def test_lines_cross_the_date_line_the_short_way() -> None:
    assert geo.geodesic(179.0, 10.0, -179.0, 10.0).distance_m == pytest.approx(
        geo.geodesic(0.0, 10.0, 2.0, 10.0).distance_m
    )
    assert geo.rhumb(179.0, 10.0, -179.0, 10.0).course_deg == pytest.approx(90.0)
    assert geo.destination(179.5, 0.0, 90.0, 200_000.0)[0] == pytest.approx(-178.7, abs=0.01)
