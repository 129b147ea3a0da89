"""Positions, scales and distances as we say them."""

from __future__ import annotations

from typing import Final

from desktop.model import geo
from desktop.model.map_window import MapWindow
from desktop.services.language import NARROW_NBSP, tr

_SCREEN_M_PER_PX: Final = 0.0254 / 96


def position_words(lon: float, lat: float, *, tenths: bool = True) -> str:
    """Degrees and minutes: "16°04.2′ N 108°13.1′ E"."""
    return f"{_minutes(lat, 'N', 'S', tenths)} {_minutes(lon, 'E', 'W', tenths)}"


def _minutes(value: float, positive: str, negative: str, tenths: bool) -> str:
    per_degree = 600 if tenths else 60
    whole, rest = divmod(round(abs(value) * per_degree), per_degree)
    minutes = f"{rest / 10:04.1f}" if tenths else f"{rest:02}"
    return f"{whole}°{minutes}′{NARROW_NBSP}{positive if value >= 0 else negative}"


def scale_words(window: MapWindow) -> str:
    """The scale in the middle of the view on a screen of 96 dots to the inch: "1 : 5,400,000"."""
    _, lat = geo.to_lon_lat(window.x_m, window.y_m)
    scale = window.metres_per_px / float(geo.scale_at(lat)) / _SCREEN_M_PER_PX
    step = 10 ** max(0, len(str(int(scale))) - 2)
    return tr("Scale about 1 : {number}").format(number=f"{round(scale / step) * step:,}")


def distance_words(distance_m: float) -> str:
    """Both units that people reckon in: "564.6 nm (1,045.7 km)"."""
    nm, km = distance_m / geo.METRES_PER_NM, distance_m / 1000
    return tr("{nm} nm ({km} km)").format(nm=f"{nm:,.1f}", km=f"{km:,.1f}")


def between_words(one: tuple[str, float, float], other: tuple[str, float, float]) -> str:
    """The shortest way between two named points and, beside it, the way of one course."""
    (from_name, *start), (to_name, *end) = one, other
    shortest = geo.geodesic(*start, *end)
    course = geo.rhumb(*start, *end)
    if float(shortest.distance_m) == 0:
        return tr("{a} to {b}: the same place").format(a=from_name, b=to_name)
    return tr("{a} to {b}: {way}, bearing {azimuth}°; on one course {rhumb} nm, {course}°").format(
        a=from_name,
        b=to_name,
        way=distance_words(float(shortest.distance_m)),
        azimuth=f"{round(float(shortest.azimuth_deg)) % 360:03}",
        rhumb=f"{float(course.distance_m) / geo.METRES_PER_NM:,.1f}",
        course=f"{round(float(course.course_deg)) % 360:03}",
    )
