"""Degrees and the scale bar say what is true of the view."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.sea_grid import graticule, scale_bar
from desktop.model import geo
from desktop.model.map_window import MapWindow, Size

SIZE = Size(1600, 900)
_WORDS = re.compile(r"(\d+)°(\d\d(?:\.\d)?)′\u202f([NSEW])").fullmatch


def window(lon: float, lat: float, metres_per_px: float) -> MapWindow:
    x_m, y_m = geo.to_mercator(lon, lat)
    return MapWindow(float(x_m), float(y_m), metres_per_px)


windows = st.builds(window, st.floats(97, 126), st.floats(-6, 28), st.floats(8, 2300))


def degrees(words: str) -> float:
    found = _WORDS(words)
    assert found, words
    value = int(found[1]) + float(found[2]) / 60
    return -value if found[3] in "SW" else value


@given(shown=windows)
def test_every_line_is_called_what_it_is(shown: MapWindow) -> None:
    lines = graticule(shown, SIZE)

    for line in lines.meridians:
        assert degrees(line.words) == pytest.approx(geo.to_lon_lat(line.at_m, 0)[0], abs=1e-6)
    for line in lines.parallels:
        assert degrees(line.words) == pytest.approx(geo.to_lon_lat(0, line.at_m)[1], abs=1e-6)


@given(shown=windows)
def test_lines_are_neither_crowded_nor_rare(shown: MapWindow) -> None:
    lines = graticule(shown, SIZE)

    apart_px = [
        (after.at_m - before.at_m) / shown.metres_per_px
        for before, after in zip(lines.meridians, lines.meridians[1:], strict=False)
    ]
    assert all(each >= 149 for each in apart_px)
    assert 2 <= len(lines.meridians) <= 11


def test_the_closer_the_map_the_finer_the_degrees() -> None:
    steps = []
    for metres_per_px in (2300.0, 500.0, 100.0, 20.0):
        meridians = graticule(window(110, 14, metres_per_px), SIZE).meridians
        steps.append(degrees(meridians[1].words) - degrees(meridians[0].words))
    assert steps == pytest.approx([5, 1, 10 / 60, 2 / 60])


@given(shown=windows)
def test_the_scale_bar_is_as_long_on_the_ground_as_it_says(shown: MapWindow) -> None:
    bar = scale_bar(shown)
    half_m = bar.length_px * shown.metres_per_px / 2
    west = geo.to_lon_lat(shown.x_m - half_m, shown.y_m)
    east = geo.to_lon_lat(shown.x_m + half_m, shown.y_m)

    nm = float(bar.words.split(" nm")[0])
    on_ground_nm = geo.rhumb(*west, *east).distance_m / geo.METRES_PER_NM

    assert on_ground_nm == pytest.approx(nm, rel=1e-6)
    assert bar.length_px <= 170
    km = float(bar.words.split("·")[1].split()[0])
    assert km == pytest.approx(nm * 1.852, rel=0.01)


def test_the_scale_bar_names_the_latitude_it_holds_at() -> None:
    assert scale_bar(window(110, 16, 300)).words == "20 nm · 37 km · 16°\u202fN"
    assert scale_bar(window(110, -5, 300)).words.endswith("5°\u202fS")
