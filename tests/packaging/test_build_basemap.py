"""Generalising a coast: what a level cannot show goes without a trace, and no two lines cross."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon

if TYPE_CHECKING:
    from types import ModuleType

    import numpy.typing as npt

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "build_basemap.py"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_basemap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = script()

DELTA = shapely.box(0, 0, 100_000, 100_000)
MOUTHS = [shapely.box(y, 40_000, y + 600, 100_001) for y in range(20_000, 90_000, 10_000)]
"""Seven river mouths, 60 km long and 600 m wide."""


def narrow_m2(land: shapely.Geometry, width_m: float) -> float:
    """How much water there is that is narrower than this."""
    near = width_m / 2
    return float(shapely.buffer(shapely.buffer(land, near), -near).difference(land).area)


def test_river_mouths_narrower_than_a_pixel_leave_no_spikes() -> None:
    coast = shapely.difference(DELTA, shapely.union_all(MOUTHS))

    plain = shapely.simplify(coast, 700)
    (shown,) = build.rounded(build.generalised(MultiPolygon([coast]), 700)).geoms

    assert narrow_m2(plain, 350) > 1e6
    assert narrow_m2(shown, 350) < 1e3
    assert shown.symmetric_difference(DELTA).area < 0.001 * DELTA.area


def test_a_strait_that_can_be_shown_stays_open() -> None:
    north, south = DELTA, shapely.box(0, -100_000, 100_000, -3_000)

    shown = build.generalised(MultiPolygon([north, south]), 700)

    assert len(shown.geoms) == 2


def test_the_stairs_of_a_raster_become_a_round_coast() -> None:
    side = 100
    cells = [side * np.array([i, j]) for i in range(-50, 50) for j in range(-50, 50)]
    inside = [shapely.box(x, y, x + side, y + side) for x, y in cells if np.hypot(x, y) < 4_000]
    stairs = shapely.union_all(inside)

    (shown,) = build.rounded(build.without_corners(MultiPolygon([stairs]), side)).geoms

    assert turns_deg(shown).sum() < turns_deg(stairs).sum() / 3
    assert len(turns_deg(shown)) < len(turns_deg(stairs))
    assert shown.hausdorff_distance(stairs) < side


def test_islets_ponds_and_rivers_go_and_lakes_stay() -> None:
    lake, pond = shapely.box(10e3, 10e3, 20e3, 20e3), shapely.box(30e3, 30e3, 31e3, 31e3)
    river = shapely.box(5e3, 60e3, 95e3, 62e3)
    land = DELTA.difference(shapely.union_all([lake, pond, river]))
    islet, island = Point(150e3, 0).buffer(100), Point(150e3, 50e3).buffer(1_000)

    shown = build.generalised(MultiPolygon([land, islet, island]), 700)

    assert len(shown.geoms) == 2
    (left,) = shown.geoms[int(np.argmax([each.area for each in shown.geoms]))].interiors
    assert Polygon(left).contains(lake.centroid)


ISLANDS = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.integers(0, 20),
        st.lists(st.integers(50, 690), min_size=5, max_size=40),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda island: island[:2],
)


def star(column: int, row: int, reaches_m: list[int]) -> Polygon:
    """An island as ragged as its reaches, that leaves its neighbours a strait."""
    angles = np.linspace(0, 2 * np.pi, len(reaches_m), endpoint=False)
    middle = 1_400 * np.array([column, row])
    return Polygon(middle + np.stack((np.cos(angles), np.sin(angles)), axis=1) * np.c_[reaches_m])


@given(ISLANDS, st.integers(1, 400))
def test_ragged_islands_never_cross_themselves_or_each_other(
    islands: list[tuple[int, int, list[int]]], side_m: int
) -> None:
    land = MultiPolygon([star(*each) for each in islands])

    lean = build.without_corners(land, side_m)
    shown = build.without_corners(build.rounded(lean), side_m / 2)

    assert lean.is_valid
    assert len(lean.geoms) == len(land.geoms)
    assert shown.is_valid
    assert shapely.get_num_coordinates(lean) <= shapely.get_num_coordinates(land)


def test_a_corner_cut_into_a_neighbour_is_mended() -> None:
    thorn = Polygon([(0, 0), (1_000, 0), (1_000, 1_000), (500, 10), (0, 1_000)])
    needle = Polygon([(495, 1_000), (505, 1_000), (500, 30)])
    land = MultiPolygon([thorn, needle])
    assert land.is_valid

    assert build.rounded(land).is_valid


@pytest.mark.parametrize("detail_m", build.LEVELS_M)
def test_tiles_together_are_the_whole_land(detail_m: int) -> None:
    grid = build.grid_of(detail_m)
    bounds = grid.bounds
    middle = np.array(bounds.centre)
    reach = 0.3 * bounds.width_m
    land = Point(*middle).buffer(reach).difference(Point(*middle).buffer(reach / 3))

    found = build.land_by_cell(MultiPolygon([land]), grid, 1_000)

    cut = [area_in(rings, grid.edges(cell)) for cell, rings in found.items()]
    assert sum(cut) == pytest.approx(land.area, rel=1e-6)
    for cell, rings in found.items():
        west, south, east, north = grid.edges(cell)
        for ring in rings:
            assert ring.dtype == np.int32
            assert (ring[0] == ring[-1]).all()
            assert (ring >= (west - 1_000, south - 1_000)).all()
            assert (ring <= (east + 1_000, north + 1_000)).all()


def area_in(rings: list[npt.NDArray[np.int32]], edges: tuple[int, int, int, int]) -> float:
    """The area of rings under the odd-even rule, within a cell."""
    area = Polygon()
    for ring in rings:
        area = area.symmetric_difference(Polygon(ring))
    return float(area.intersection(shapely.box(*edges)).area)


def test_contours_keep_off_the_land_and_within_their_cells() -> None:
    grid = build.grid_of(700)
    x_m, y_m = grid.bounds.centre
    island = Point(x_m, y_m).buffer(50_000)
    line = shapely.LineString([(x_m - 400_000, y_m + 10), (x_m + 400_000, y_m + 10)])
    short = shapely.LineString([(x_m, y_m + 200_000), (x_m, y_m + 201_000)])

    found = build.contours_by_cell([line, short], MultiPolygon([island]), grid, 700)

    pieces = [shapely.LineString(each) for lines in found.values() for each in lines]
    assert sum(each.length for each in pieces) == pytest.approx(700_000, abs=100)
    for cell, lines in found.items():
        frame = shapely.box(*grid.edges(cell)).buffer(1)
        assert all(frame.covers(shapely.LineString(each)) for each in lines)


def turns_deg(shape: Polygon) -> npt.NDArray[np.float64]:
    """By how much the outline turns at each of its corners."""
    corners = shapely.get_coordinates(shape.exterior)
    ways = np.arctan2(*np.diff(np.concatenate((corners, corners[1:2])), axis=0).T)
    return np.degrees(np.abs((np.diff(ways) + np.pi) % (2 * np.pi) - np.pi))
