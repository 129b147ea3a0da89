"""Positions and what is known of them as GeoJSON (RFC 7946): WGS 84, longitude first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

Geometry = dict[str, Any]
Position = tuple[float, float]
"""Degrees east and north."""

_DECIMALS: Final = 6
"""About a tenth of a metre: no position in a facts file is better known."""


class Feature(NamedTuple):
    """One thing on the map: an id, where it is, and what is known of it as plain values."""

    id: str
    geometry: Geometry
    properties: Mapping[str, Any]


def to_geojson(features: Sequence[Feature], metadata: Mapping[str, Any]) -> bytes:
    """One FeatureCollection in UTF-8; ``metadata`` stands before its features."""
    collection = {
        "type": "FeatureCollection",
        "metadata": metadata,
        "features": [
            {
                "type": "Feature",
                "id": each.id,
                "geometry": each.geometry,
                "properties": each.properties,
            }
            for each in features
        ],
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def point(at: Position) -> Geometry:
    return {"type": "Point", "coordinates": _rounded(at)}


def lines(parts: Sequence[Sequence[Position]]) -> Geometry:
    """One line, or several that belong together."""
    coordinates = [[_rounded(at) for at in part] for part in parts]
    if len(coordinates) == 1:
        return {"type": "LineString", "coordinates": coordinates[0]}
    return {"type": "MultiLineString", "coordinates": coordinates}


def areas(rings: Sequence[Sequence[Position]]) -> Geometry:
    """Areas by their outer edges, closed and turned anticlockwise as the format asks."""
    polygons = [[[_rounded(at) for at in _outer(ring)]] for ring in rings]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _outer(ring: Sequence[Position]) -> list[Position]:
    closed = list(ring) if ring[0] == ring[-1] else [*ring, ring[0]]
    twice = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(closed))
    return closed[::-1] if twice > 0 else closed


def _rounded(at: Position) -> list[float]:
    return [round(each, _DECIMALS) for each in at]
