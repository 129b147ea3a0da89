"""The basemap as it is shipped, and what is said of one that is missing or damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiLineString, Polygon

from desktop.files.basemap import (
    CONTOURS_M,
    LEVELS_M,
    Basemap,
    BasemapError,
    DepthGrid,
    Grid,
    Level,
    Tile,
    read_basemap,
    read_depths,
    read_level,
    write_depths,
    write_level,
)
from desktop.model import geo
from desktop.model.map_window import Bounds
from desktop.services import paths

if TYPE_CHECKING:
    import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = paths.resources() / "basemap"

ON_LAND = {
    "Hanoi": (105.848, 21.035),
    "Ho Chi Minh City": (106.693, 10.782),
    "Bien Hoa": (106.818, 10.977),
    "Manila": (121.05, 14.62),
    "Kuala Lumpur": (101.698, 3.169),
    "Haikou": (110.35, 19.9),
}
AT_SEA = {
    "the middle of the basin": (116.0, 14.0),
    "off the Mekong": (107.5, 9.0),
    "the Gulf of Thailand": (101.5, 10.0),
    "off Da Nang": (108.6, 16.3),
    "the Gulf of Tonkin": (107.5, 19.5),
}


@pytest.fixture(scope="module")
def shipped() -> Basemap:
    return read_basemap(SHIPPED)


def tile_at(level: Level, lon: float, lat: float) -> Tile:
    x_m, y_m = geo.to_mercator(lon, lat)
    ((column, row),) = level.grid.cells_in(Bounds(x_m, y_m, x_m, y_m))
    return level.tile(column, row)


def land_of(tile: Tile) -> shapely.Geometry:
    """The land of a tile under the odd-even rule."""
    return shapely.build_area(MultiLineString(tile.land.split()))


def test_the_whole_of_it_takes_less_than_ten_megabytes() -> None:
    sizes = [path.stat().st_size for path in paths.resources().rglob("*") if path.is_file()]

    assert sum(sizes) < 10_000_000


def test_it_shows_the_sea_and_what_lies_around_it_on_a_wide_screen(shipped: Basemap) -> None:
    south_west, north_east = geo.to_mercator(85.0, -8.0), geo.to_mercator(133.0, 30.0)

    for level in shipped.levels:
        bounds = level.grid.bounds
        assert np.abs(np.subtract(bounds[:2], south_west)).max() < 100
        assert np.abs(np.subtract(bounds[2:], north_east)).max() < 100
    assert [level.detail_m for level in shipped.levels] == list(LEVELS_M)


@pytest.mark.parametrize("detail_m", LEVELS_M)
def test_cities_stand_on_land_and_the_sea_is_water_in_every_level(
    shipped: Basemap, detail_m: int
) -> None:
    level = shipped.levels[LEVELS_M.index(detail_m)]
    for places, is_land in ((ON_LAND, True), (AT_SEA, False)):
        for name, (lon, lat) in places.items():
            spot = shapely.Point(geo.to_mercator(lon, lat))
            assert land_of(tile_at(level, lon, lat)).contains(spot) == is_land, name


@pytest.mark.parametrize("detail_m", LEVELS_M)
def test_every_ring_is_closed_and_crosses_nothing_of_its_own(
    shipped: Basemap, detail_m: int
) -> None:
    level = shipped.levels[LEVELS_M.index(detail_m)]
    sheaf = level.land
    ends = np.append(sheaf.starts[1:], len(sheaf.points))
    assert (sheaf.points[sheaf.starts] == sheaf.points[ends - 1]).all()
    assert (ends - sheaf.starts >= 4).all()

    # The finest level has a million points; a part of it around Da Nang speaks for it.
    bounds = level.grid.bounds if detail_m > 100 else around(DA_NANG, 150_000)
    rings = [ring for cell in level.tiles_in(bounds) for ring in level.tile(*cell).land.split()]
    assert len(rings) > 10
    assert all(Polygon(ring).is_valid for ring in rings)


DA_NANG, MEKONG_MOUTHS = (108.22, 16.1), (106.5, 9.8)


def around(place: tuple[float, float], reach_m: float) -> Bounds:
    x_m, y_m = geo.to_mercator(*place)
    return Bounds(x_m - reach_m, y_m - reach_m, x_m + reach_m, y_m + reach_m)


@pytest.mark.parametrize("detail_m", [level for level in LEVELS_M if level > 100])
def test_no_spikes_stand_at_the_mouths_of_the_mekong(shipped: Basemap, detail_m: int) -> None:
    level = shipped.levels[LEVELS_M.index(detail_m)]
    frame = shapely.box(*around(MEKONG_MOUTHS, 100_000))
    land = shapely.union_all(
        [land_of(level.tile(*cell)) for cell in level.tiles_in(Bounds(*frame.bounds))]
    ).intersection(frame)

    closed = shapely.buffer(shapely.buffer(land, detail_m / 4), -detail_m / 4)
    slivers_m2 = closed.intersection(frame).difference(land).area

    assert land.area > 1e10
    assert slivers_m2 < detail_m**2


@pytest.mark.parametrize("detail_m", LEVELS_M)
def test_the_coast_never_doubles_back_on_itself(shipped: Basemap, detail_m: int) -> None:
    """A spike is two long sides with hardly an angle between them."""
    level = shipped.levels[LEVELS_M.index(detail_m)]
    turns, sides = [], []
    for cell in level.tiles_in(level.grid.bounds):
        for line in level.tile(*cell).coast.split():
            steps = np.diff(line, axis=0).astype(np.float64)
            lengths = np.hypot(*steps.T)
            assert lengths.min() > 0
            cosines = (steps[:-1] * steps[1:]).sum(axis=1) / (lengths[:-1] * lengths[1:])
            turns.append(cosines)
            sides.append(np.minimum(lengths[:-1], lengths[1:]))

    is_sharp = np.concatenate(turns) < np.cos(np.radians(165))
    assert np.count_nonzero(is_sharp) < 30
    assert np.concatenate(sides)[is_sharp].max() < 3 * detail_m


@pytest.mark.parametrize("detail_m", LEVELS_M)
def test_coast_lines_leave_out_where_land_was_cut_into_tiles(
    shipped: Basemap, detail_m: int
) -> None:
    """Every stretch of coast is drawn by one tile, and no edge of a tile is."""
    level = shipped.levels[LEVELS_M.index(detail_m)]
    cells = [*level.tiles_in(around(DA_NANG, 400_000))]
    drawn: list[npt.NDArray[np.int32]] = []
    for cell in cells:
        frame = shapely.box(*level.grid.edges(cell))
        for line in level.tile(*cell).coast.split():
            assert LineString(line).intersects(frame)
            drawn.append(np.concatenate((line[:-1], line[1:]), axis=1))

    edges, times = np.unique(np.concatenate(drawn), axis=0, return_counts=True)
    spans = np.abs(edges[:, :2] - edges[:, 2:])
    assert len(edges) > 1_000
    # What crosses from one cell into the next is drawn by both.
    assert np.count_nonzero(times > 1) < 10 * len(cells)
    assert not (spans.min(axis=1) == 0)[spans.max(axis=1) > 20_000].any()


@pytest.mark.parametrize("depth_m", CONTOURS_M)
def test_contours_run_where_the_grid_passes_their_depth(shipped: Basemap, depth_m: int) -> None:
    finest, depths = shipped.levels[-1], shipped.depths
    lon, lat = geo.to_lon_lat(*finest.contours[depth_m].points.astype(np.float64).T)
    columns = np.floor((lon - depths.west) / depths.step).astype(int)
    rows = np.floor((lat - depths.south) / depths.step).astype(int)
    near = [
        depths.heights_m[
            np.clip(rows + down, 0, depths.heights_m.shape[0] - 1),
            np.clip(columns + along, 0, depths.heights_m.shape[1] - 1),
        ]
        for down in range(-1, 3)
        for along in range(-1, 3)
    ]

    assert len(lon) > 5_000
    assert (np.min(near, axis=0) <= -depth_m).all()
    assert (np.max(near, axis=0) >= -depth_m).all()


def test_depths_are_those_of_etopo1(shipped: Basemap) -> None:
    depths = shipped.depths

    def height_at(lon: float, lat: float) -> int:
        row, column = (lat - depths.south) / depths.step, (lon - depths.west) / depths.step
        return int(depths.heights_m[round(row), round(column)])

    assert depths.heights_m.shape == (381, 481)
    assert height_at(116.0, 14.0) == -4116
    assert height_at(114.3, 15.8) == -1
    assert height_at(116.8, 11.3) == -34
    assert height_at(109.6, 7.5) == -72


def test_a_level_comes_back_as_it_was_written(tmp_path: Path) -> None:
    grid = Grid(-1_000, 0, 1_000, 500, 2, 2)
    lake = np.array([[100, 100], [200, 100], [150, 200], [100, 100]], np.int32)
    island = np.array([[-50, -50], [900, -50], [900, 600], [-50, 600], [-50, -50]], np.int32)
    far = np.array([[-900, 600], [-800, 600], [-850, 900], [-900, 600]], np.int32)
    line = np.array([[-1_000, 10], [1_000, 480]], np.int32)

    write_level(tmp_path, 7, grid, {(1, 0): [island, lake], (0, 1): [far]}, {50: {(0, 0): [line]}})
    level = read_level(tmp_path, 7)

    assert level.grid == grid
    assert [*level.tiles_in(grid.bounds)] == [(0, 0), (1, 0), (0, 1)]
    assert [*level.tiles_in(Bounds(10, 10, 20, 20))] == [(1, 0)]
    assert [*level.tiles_in(Bounds(5_000, 0, 6_000, 10))] == []
    both = level.tile(1, 0)
    assert [each.tolist() for each in both.land.split()] == [island.tolist(), lake.tolist()]
    assert level.tile(0, 1).land.split()[0].tolist() == far.tolist()
    assert level.tile(0, 0).contours[50].split()[0].tolist() == line.tolist()
    assert level.tile(0, 0).land.split() == []
    # Of the island only its eastern side runs within the cell; its others lie where it was cut.
    east, around_lake = both.coast.split()
    assert east.tolist() == [[900, -50], [900, 600]]
    assert around_lake.tolist() == lake.tolist()


def test_depths_come_back_as_they_were_written(tmp_path: Path) -> None:
    heights_m = np.array([[-4116, 18], [-1, 300]], np.int16)
    write_depths(tmp_path, DepthGrid(heights_m, 108.1, -8.0, 0.1))

    found = read_depths(tmp_path)

    assert (found.heights_m == heights_m).all()
    assert (found.west, found.south, found.step) == (108.1, -8.0, 0.1)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The coarsest level and the depths, to be damaged."""
    for name in ("coast-2000m.npz", "depths.npz"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["coast-2000m.npz", "depths.npz"])
@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "one bit", "other"])
def test_a_damaged_file_is_named(copied: Path, name: str, harm: str) -> None:
    path = copied / name
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0x10
    match harm:
        case "gone":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "one bit":
            path.write_bytes(flipped)
        case "other":
            np.savez(path, words=np.arange(3))

    with pytest.raises(BasemapError) as refused:
        read_level(copied, 2000) if name.startswith("coast") else read_depths(copied)

    assert refused.value.path == path
    assert refused.value.detail


def test_a_level_whose_cells_do_not_add_up_is_refused(copied: Path) -> None:
    path = copied / "coast-2000m.npz"
    with np.load(path) as archive:
        parts = dict(archive)
    parts["land-counts"] = parts["land-counts"] - 1
    np.savez(path, **parts)

    with pytest.raises(BasemapError, match="land"):
        read_level(copied, 2000)


def test_reading_it_needs_neither_qt_nor_more_than_numpy() -> None:
    program = (
        "import sys; from pathlib import Path; from desktop.files.basemap import read_basemap;"
        f"read_basemap(Path({str(SHIPPED)!r}));"
        "print(*{'PySide6', 'shapely', 'pyproj', 'asyncio'}.intersection(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
