"""Where things lie on the WGS 84 ellipsoid: its Mercator projection, and distances over it.

Degrees are decimal, north and east positive, longitude before latitude as in the facts file.
Eastings and northings are metres from 0°N 0°E, x to the right and y up; they are those of
EPSG:3395. Every function takes numbers or arrays that broadcast against one another.

Projection: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
pp. 38–47. Geodesics: T. Vincenty, Direct and Inverse Solutions of Geodesics on the Ellipsoid with
Application of Nested Equations, Survey Review 23 (1975), 88–93. Both are good to a millimetre,
but Vincenty's inverse finds no answer between points that are nearly antipodal (within about half
a degree of it): there distance and azimuths are NaN, and a method of C. F. F. Karney, Algorithms
for Geodesics, Journal of Geodesy 87 (2013), would be needed. No map of one sea reaches so far.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple, overload

import numpy as np
import numpy.typing as npt

Numbers = float | npt.NDArray[np.float64]
Points = npt.NDArray[np.float64]
"""Longitude and latitude in degrees, shape (n, 2)."""

METRES_PER_NM: Final = 1852.0
SEMI_MAJOR_M: Final = 6_378_137.0
_FLATTENING: Final = 1 / 298.257_223_563
_SEMI_MINOR_M: Final = SEMI_MAJOR_M * (1 - _FLATTENING)
_ECCENTRICITY_2: Final = _FLATTENING * (2 - _FLATTENING)
_ECCENTRICITY: Final = math.sqrt(_ECCENTRICITY_2)
_SECOND_ECCENTRICITY_2: Final = _ECCENTRICITY_2 / (1 - _ECCENTRICITY_2)

# Each step leaves about 1/150 of the error, and nothing is left to find below 1e-16.
_LATITUDE_STEPS: Final = 8
_ANGLE_STEP: Final = 1e-12
_MOST_STEPS: Final = 60
# Nearer to due east than this, the two ways of measuring along a rhumb line are one.
_LEVEL_RAD: Final = 1e-6


class Geodesic(NamedTuple):
    """The shortest line between two points: its length, and its azimuth at either end.

    Azimuths are degrees clockwise from north, 0 up to 360, both in the direction of travel.
    Between a point and itself the length is 0 and the azimuths are NaN.
    """

    distance_m: Numbers
    azimuth_deg: Numbers
    end_azimuth_deg: Numbers


class Rhumb(NamedTuple):
    """The line of one course between two points, straight on the map: its length and course."""

    distance_m: Numbers
    course_deg: Numbers


@overload
def to_mercator(lon_deg: float, lat_deg: float) -> tuple[float, float]: ...
@overload
def to_mercator(lon_deg: Numbers, lat_deg: Numbers) -> tuple[Numbers, Numbers]: ...
def to_mercator(lon_deg: Numbers, lat_deg: Numbers) -> tuple[Numbers, Numbers]:
    """Project degrees to metres east and north, infinite at the poles. Snyder (7-6) and (7-7)."""
    sine = np.sin(np.radians(lat_deg))
    with np.errstate(divide="ignore"):
        north = np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine)
    return SEMI_MAJOR_M * np.radians(lon_deg), SEMI_MAJOR_M * north


@overload
def to_lon_lat(x_m: float, y_m: float) -> tuple[float, float]: ...
@overload
def to_lon_lat(x_m: Numbers, y_m: Numbers) -> tuple[Numbers, Numbers]: ...
def to_lon_lat(x_m: Numbers, y_m: Numbers) -> tuple[Numbers, Numbers]:
    """Take metres east and north back to degrees of longitude and latitude.

    By repeated substitution, Snyder (7-9), in terms of the sine of the latitude.
    """
    isometric = np.asarray(y_m, dtype=np.float64) / SEMI_MAJOR_M
    sine = np.tanh(isometric)
    for _ in range(_LATITUDE_STEPS):
        sine = np.tanh(isometric + _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine))
    return np.degrees(np.divide(x_m, SEMI_MAJOR_M)), np.degrees(np.arcsin(sine))


def scale_at(lat_deg: Numbers) -> Numbers:
    """How many metres of the projection one metre on the ground takes up here. Snyder (7-8)."""
    latitude = np.radians(lat_deg)
    return np.sqrt(1 - _ECCENTRICITY_2 * np.sin(latitude) ** 2) / np.cos(latitude)


def geodesic(
    from_lon_deg: Numbers, from_lat_deg: Numbers, to_lon_deg: Numbers, to_lat_deg: Numbers
) -> Geodesic:
    """Find the shortest line between two points by Vincenty's inverse solution.

    NaN where the points are too nearly antipodal for it; see the module.
    """
    reduced_1, reduced_2 = _reduced(from_lat_deg), _reduced(to_lat_deg)
    sin_1, cos_1 = np.sin(reduced_1), np.cos(reduced_1)
    sin_2, cos_2 = np.sin(reduced_2), np.cos(reduced_2)
    apart = np.radians(np.remainder(np.subtract(to_lon_deg, from_lon_deg) + 180.0, 360.0) - 180.0)
    apart = apart + np.zeros(np.broadcast(sin_1, sin_2).shape)
    on_sphere = apart
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(_MOST_STEPS):
            east = cos_2 * np.sin(on_sphere)
            north = cos_1 * sin_2 - sin_1 * cos_2 * np.cos(on_sphere)
            sin_arc = np.hypot(east, north)
            cos_arc = sin_1 * sin_2 + cos_1 * cos_2 * np.cos(on_sphere)
            arc = np.arctan2(sin_arc, cos_arc)
            sin_azimuth = np.where(sin_arc > 0, cos_1 * east / sin_arc, 0.0)
            cos2_azimuth = 1 - sin_azimuth**2
            # Along the equator there is no middle latitude to measure from.
            middle = np.where(cos2_azimuth > 1e-15, cos_arc - 2 * sin_1 * sin_2 / cos2_azimuth, 0.0)
            before = on_sphere
            on_sphere = apart + _lag(sin_azimuth, cos2_azimuth, arc, middle)
            step = np.abs(on_sphere - before)
            if not np.any(step > _ANGLE_STEP):
                break
        found = (step <= _ANGLE_STEP) & (np.abs(on_sphere) <= np.pi)
        factor, correction = _arc_terms(cos2_azimuth, sin_arc, cos_arc, middle)
        distance = np.where(found, _SEMI_MINOR_M * factor * (arc - correction), np.nan)
        start = np.arctan2(cos_2 * np.sin(on_sphere), north)
        end = np.arctan2(
            cos_1 * np.sin(on_sphere), cos_1 * sin_2 * np.cos(on_sphere) - sin_1 * cos_2
        )
        known = found & (sin_arc > 0)
    return Geodesic(distance[()], _bearing(start, known), _bearing(end, known))


def destination(
    lon_deg: Numbers, lat_deg: Numbers, azimuth_deg: Numbers, distance_m: Numbers
) -> tuple[Numbers, Numbers]:
    """Longitude and latitude where a geodesic leads; by Vincenty's direct solution."""
    azimuth, reduced = np.radians(azimuth_deg), _reduced(lat_deg)
    sin_1, cos_1 = np.sin(reduced), np.cos(reduced)
    arc_1 = np.arctan2(np.tan(reduced), np.cos(azimuth))
    sin_azimuth = cos_1 * np.sin(azimuth)
    cos2_azimuth = 1 - sin_azimuth**2
    factor, _ = _arc_terms(cos2_azimuth, 0.0, 1.0, 0.0)
    first = np.divide(distance_m, _SEMI_MINOR_M * factor)
    arc = first
    for _ in range(_MOST_STEPS):
        before = arc
        middle = np.cos(2 * arc_1 + arc)
        _, correction = _arc_terms(cos2_azimuth, np.sin(arc), np.cos(arc), middle)
        arc = first + correction
        if not np.any(np.abs(arc - before) > _ANGLE_STEP):
            break
    middle, sin_arc, cos_arc = np.cos(2 * arc_1 + arc), np.sin(arc), np.cos(arc)
    across = sin_1 * sin_arc - cos_1 * cos_arc * np.cos(azimuth)
    latitude = np.arctan2(
        sin_1 * cos_arc + cos_1 * sin_arc * np.cos(azimuth),
        (1 - _FLATTENING) * np.hypot(sin_azimuth, across),
    )
    on_sphere = np.arctan2(
        sin_arc * np.sin(azimuth), cos_1 * cos_arc - sin_1 * sin_arc * np.cos(azimuth)
    )
    apart = on_sphere - _lag(sin_azimuth, cos2_azimuth, arc, middle)
    longitude = np.remainder(lon_deg + np.degrees(apart) + 180.0, 360.0) - 180.0
    return longitude, np.degrees(latitude)


def ring(lon_deg: float, lat_deg: float, radius_m: float, points: int = 361) -> Points:
    """All that lies one distance off, closed: shape (points, 2), clockwise from north."""
    azimuths = np.linspace(0.0, 360.0, points)
    around = np.stack(destination(lon_deg, lat_deg, azimuths, radius_m), axis=1)
    around[-1] = around[0]
    return around


def geodesic_line(
    from_lon_deg: float, from_lat_deg: float, to_lon_deg: float, to_lat_deg: float, points: int = 65
) -> Points:
    """Equally spaced points on the shortest line, both ends among them: shape (points, 2)."""
    found = geodesic(from_lon_deg, from_lat_deg, to_lon_deg, to_lat_deg)
    if found.distance_m == 0:
        return np.repeat([[from_lon_deg, from_lat_deg]], points, axis=0)
    steps = np.linspace(0.0, found.distance_m, points)
    return np.stack(destination(from_lon_deg, from_lat_deg, found.azimuth_deg, steps), axis=1)


def midpoint(
    from_lon_deg: float, from_lat_deg: float, to_lon_deg: float, to_lat_deg: float
) -> tuple[float, float]:
    """Longitude and latitude half way along the shortest line."""
    _, middle, _ = geodesic_line(from_lon_deg, from_lat_deg, to_lon_deg, to_lat_deg, points=3)
    return float(middle[0]), float(middle[1])


def rhumb(
    from_lon_deg: Numbers, from_lat_deg: Numbers, to_lon_deg: Numbers, to_lat_deg: Numbers
) -> Rhumb:
    """Find the line of one course, the shorter way round, between points that are no poles.

    Length: G. G. Bennett, Practical Rhumb Line Calculations on the Spheroid, Journal of Navigation
    49 (1996), 112–119. Course of two points in one place: NaN.
    """
    apart = np.radians(np.remainder(np.subtract(to_lon_deg, from_lon_deg) + 180.0, 360.0) - 180.0)
    _, north_1 = to_mercator(0.0, from_lat_deg)
    _, north_2 = to_mercator(0.0, to_lat_deg)
    up = (north_2 - north_1) / SEMI_MAJOR_M
    latitude_1, latitude_2 = np.radians(from_lat_deg), np.radians(to_lat_deg)
    climb = _meridian_m(latitude_2) - _meridian_m(latitude_1)
    middle = (latitude_1 + latitude_2) / 2
    parallel_m = SEMI_MAJOR_M / scale_at(np.degrees(middle))
    is_level = np.abs(latitude_2 - latitude_1) < _LEVEL_RAD
    per_radian = np.where(is_level, parallel_m, climb / np.where(is_level, 1.0, up))
    distance = np.hypot(climb, per_radian * apart)
    return Rhumb(distance[()], _bearing(np.arctan2(apart, up), distance > 0))


def _reduced(lat_deg: Numbers) -> Points:
    """The reduced latitude, in radians."""
    return np.arctan((1 - _FLATTENING) * np.tan(np.radians(lat_deg)))


def _arc_terms(
    cos2_azimuth: Numbers, sin_arc: Numbers, cos_arc: Numbers, middle: Numbers
) -> tuple[Numbers, Numbers]:
    """Vincenty's A, and his Δσ: eqs 3, 4 and 6; ``middle`` is cos 2σm."""
    u2 = cos2_azimuth * _SECOND_ECCENTRICITY_2
    factor = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    inner = cos_arc * (2 * middle**2 - 1) - b / 6 * middle * (4 * sin_arc**2 - 3) * (
        4 * middle**2 - 3
    )
    return factor, b * sin_arc * (middle + b / 4 * inner)


def _lag(sin_azimuth: Numbers, cos2_azimuth: Numbers, arc: Numbers, middle: Numbers) -> Numbers:
    """By how much the longitude on the auxiliary sphere leads: eqs 10 and 11, in radians."""
    c = _FLATTENING / 16 * cos2_azimuth * (4 + _FLATTENING * (4 - 3 * cos2_azimuth))
    inner = middle + c * np.cos(arc) * (2 * middle**2 - 1)
    return (1 - c) * _FLATTENING * sin_azimuth * (arc + c * np.sin(arc) * inner)


def _meridian_m(latitude: Numbers) -> Numbers:
    """Metres along the meridian from the equator: Helmert's series in the third flattening."""
    n = _FLATTENING / (2 - _FLATTENING)
    series = (
        (1 + n**2 / 4 + n**4 / 64) * latitude
        - 3 / 2 * (n - n**3 / 8) * np.sin(2 * latitude)
        + 15 / 16 * (n**2 - n**4 / 4) * np.sin(4 * latitude)
        - 35 / 48 * n**3 * np.sin(6 * latitude)
        + 315 / 512 * n**4 * np.sin(8 * latitude)
    )
    return SEMI_MAJOR_M / (1 + n) * series


def _bearing(radians: Numbers, is_known: npt.NDArray[np.bool_] | np.bool_) -> Numbers:
    """Degrees from 0 up to 360, NaN where there is no direction."""
    return np.where(is_known, np.remainder(np.degrees(radians), 360.0), np.nan)[()]
