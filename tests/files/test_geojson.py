"""GeoJSON as RFC 7946 asks for it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from desktop.files.geojson import Feature, areas, lines, point, to_geojson

degrees = st.floats(-80, 80, allow_nan=False)
corners = st.lists(st.tuples(degrees, degrees), min_size=3, max_size=8)


@given(corners)
def test_an_area_is_closed_and_its_edge_runs_anticlockwise(ring: list[tuple[float, float]]) -> None:
    edge = areas([ring])["coordinates"][0]
    assert edge[0] == edge[-1]
    shown = shape({"type": "Polygon", "coordinates": [edge]})
    if shown.is_valid and shown.area > 1e-9:
        assert shown.exterior.is_ccw


def test_what_is_one_line_is_no_collection_of_lines() -> None:
    assert lines([[(108, 16), (109, 15)]])["type"] == "LineString"
    assert lines([[(108, 16), (109, 15)], [(1, 2), (3, 4)]])["type"] == "MultiLineString"


def test_a_file_holds_its_features_in_order_and_every_letter() -> None:
    features = [
        Feature("places/da-nang", point((108.25, 16.0)), {"name": "Đà Nẵng"}),
        Feature("places/reef", point((115.5333333333, 9.9)), {"name": "Đá Vành Khăn"}),
    ]
    written = to_geojson(features, {"marking": "UNCLASSIFIED"})
    assert "Đà Nẵng" in written.decode()
    read = json.loads(written)
    assert read["type"] == "FeatureCollection"
    assert read["metadata"] == {"marking": "UNCLASSIFIED"}
    assert [each["id"] for each in read["features"]] == ["places/da-nang", "places/reef"]
    assert read["features"][1]["geometry"]["coordinates"] == pytest.approx([115.533333, 9.9])
