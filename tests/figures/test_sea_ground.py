"""The ground is as fine as its scale asks, the deeper the darker, and never mere blur."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from desktop.figures.sea_contours import labels_along
from desktop.figures.sea_depth import strength
from desktop.figures.sea_ground import Flat, SeaGround
from desktop.figures.sea_tiles import SeaTiles, to_path
from desktop.files.basemap import Shapes
from desktop.model import geo
from desktop.model.map_window import MapWindow, Size
from desktop.services import colours
from desktop.services.colours import Colours
from tests.figures.sea_samples import coarse_basemap, whole_basemap

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Size(160, 120)
PLAIN = Flat((), (), with_depth=False)
DEEP = Flat((), (), with_depth=True)


@pytest.fixture(scope="module")
def ground() -> SeaGround:
    return SeaGround(coarse_basemap())


def window(lon: float, lat: float, metres_per_px: float) -> MapWindow:
    x_m, y_m = geo.to_mercator(lon, lat)
    return MapWindow(float(x_m), float(y_m), metres_per_px)


def middle(
    ground: SeaGround, lon: float, lat: float, flat: Flat, look: Colours, scale: float = 400.0
) -> QColor:
    """The colour of the ground at a place, half a pixel off the lines of the graticule."""
    image = QImage(160, 120, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground.paint(painter, window(lon, lat, scale), SIZE, look, flat)
    painter.end()
    return image.pixelColor(80, 60)


@pytest.mark.parametrize("look", [colours.light(), colours.dark()], ids=["light", "dark"])
def test_land_is_land_sea_is_sea_and_home_is_tinted(ground: SeaGround, look: Colours) -> None:
    assert middle(ground, 113.2, 13.2, PLAIN, look) == look.sea
    assert middle(ground, 103.2, 15.1, PLAIN, look) == look.land
    home = middle(ground, 108.2, 13.7, PLAIN, look)
    assert abs(home.lightness() - look.home.lightness()) <= 2
    assert home != look.land


def test_the_tint_of_home_fades_inland_without_an_edge(ground: SeaGround) -> None:
    look = colours.light()
    across = [middle(ground, 106.0 + step / 40, 13.13, PLAIN, look) for step in range(100)]

    blues = [colour.blue() for colour in across]
    assert max(blues) == look.land.blue()
    assert min(blues) <= look.home.blue() + 3
    assert max(abs(a - b) for a, b in pairwise(blues)) <= 4


def test_the_deeper_the_darker(ground: SeaGround) -> None:
    for look in (colours.light(), colours.dark()):
        # Off the Mekong, the edge of the shelf, and the basin of the sea.
        lights = [
            middle(ground, lon, lat, DEEP, look, 1500.0).lightness()
            for lon, lat in ((107.2, 9.2), (110.3, 14.2), (116.2, 14.6))
        ]
        assert lights == sorted(lights, reverse=True)
        assert lights[0] - lights[2] >= 10


def test_depth_fades_where_it_would_be_blur(ground: SeaGround) -> None:
    look = colours.light()

    assert middle(ground, 116.2037, 14.6037, DEEP, look, 1500.0) != look.sea
    assert middle(ground, 116.2037, 14.6037, DEEP, look, 20.0) == look.sea


@given(cell_px=st.floats(0.1, 5000), more=st.floats(0, 500))
def test_depth_never_grows_stronger_on_coming_closer(cell_px: float, more: float) -> None:
    assert 0.0 <= strength(cell_px + more) <= strength(cell_px) <= 1.0


def test_the_level_drawn_is_the_coarsest_that_is_fine_enough() -> None:
    tiles = SeaTiles(whole_basemap())
    details = sorted(level.detail_m for level in whole_basemap().levels)

    drawn = [tiles.level_for(scale).detail_m for scale in np.geomspace(5, 3000, 60)]

    assert drawn == sorted(drawn)
    assert set(drawn) == set(details)
    for scale in np.geomspace(details[0], 3000, 40):
        assert tiles.level_for(scale).detail_m <= 1.25 * scale


def test_only_the_tiles_last_used_are_kept() -> None:
    tiles = SeaTiles(whole_basemap())
    bounds = SeaGround(coarse_basemap()).limits

    for _ in tiles.in_view(bounds, 50.0):
        assert tiles._points <= 260_000 + 20_000


shapes = st.lists(
    # Qt leaves out a point that is just where the last one was.
    st.lists(
        st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)),
        min_size=2,
        max_size=9,
        unique=True,
    ),
    max_size=8,
)


@given(lines=shapes)
def test_a_path_read_at_once_is_the_path_built_point_by_point(
    lines: list[list[tuple[int, int]]],
) -> None:
    points = np.array([point for line in lines for point in line], np.int32).reshape(-1, 2)
    starts = np.cumsum([0, *(len(line) for line in lines)])[:-1] if lines else np.array([], int)
    built = QPainterPath()
    for line in lines:
        built.moveTo(*line[0])
        for point in line[1:]:
            built.lineTo(*point)

    path = to_path(Shapes(points, np.asarray(starts, np.int64)))

    assert path.elementCount() == built.elementCount()
    for number in range(path.elementCount()):
        one, other = path.elementAt(number), built.elementAt(number)
        assert (one.type, one.x, one.y) == (other.type, other.x, other.y)


def test_a_long_contour_carries_its_depth_along_its_run() -> None:
    line = np.array([[x * 1000, x * 500] for x in range(2001)], np.int32)
    short = np.array([[0, 0], [20_000, 0]], np.int32)
    both = Shapes(np.concatenate([line, short]), np.array([0, len(line)], np.int64))

    labels = labels_along({200: both}, detail_m=700.0)

    assert len(labels) == 4
    assert {label.text for label in labels} == {"200\u202fm"}
    for label in labels:
        assert label.slant_deg == pytest.approx(math.degrees(math.atan2(1, 2)))
        assert label.north_m == pytest.approx(label.east_m / 2)


def test_a_contour_is_never_labelled_upside_down() -> None:
    line = np.array([[-x * 1000, -x * 500] for x in range(2001)], np.int32)

    labels = labels_along({50: Shapes(line, np.array([0], np.int64))}, detail_m=700.0)

    assert labels
    assert all(-90 <= label.slant_deg <= 90 for label in labels)
