"""Positions and distances on the sea, as people type them and as we say them."""

from __future__ import annotations

import re
from typing import Final

from desktop.model import geo
from desktop.model.map_window import MapWindow
from desktop.services.language import NARROW_NBSP, tr

_PART: Final = re.compile(r"[+\-−]?\d+(?:[.,]\d+)?|[NSEWnsew]")
_ALLOWED: Final = re.compile(r"[\d\s.,+\-−°º'′’\"″”:;NSEWnsew]*")
_SCREEN_M_PER_PX: Final = 0.0254 / 96


def read_position(text: str) -> tuple[float, float] | None:
    """Degrees east and north out of "16.07 108.2", "16°04′N 108°13′E" or "16 04 12 N 108 13 00 E".

    Without letters latitude comes first. None where it is no position, or may be meant otherwise.
    """
    if not _ALLOWED.fullmatch(text):
        return None
    # A comma parts the two halves, save where it stands for the decimal point of both.
    plain = text if text.count(",") == 2 and "." not in text else text.replace(",", " ")
    parts = [part.upper().replace("−", "-").replace(",", ".") for part in _PART.findall(plain)]
    halves = _halves(parts)
    if halves is None:
        return None
    found: dict[str, float] = {}
    for axis, numbers in halves:
        degrees = _degrees(numbers)
        if degrees is None:
            return None
        if axis in ("S", "W"):
            if degrees < 0:
                return None
            degrees = -degrees
        found["lat" if axis in ("N", "S") else "lon"] = degrees
    if len(found) != 2 or abs(found["lat"]) > 89 or abs(found["lon"]) > 180:
        return None
    return found["lon"], found["lat"]


def _halves(parts: list[str]) -> list[tuple[str, list[str]]] | None:
    letters = [part for part in parts if part.isalpha()]
    numbers = [part for part in parts if not part.isalpha()]
    if not letters:
        half = len(numbers) // 2
        if len(numbers) % 2 or not 1 <= half <= 3:
            return None
        return [("N", numbers[:half]), ("E", numbers[half:])]
    if len(letters) != 2:
        return None
    places = [index for index, part in enumerate(parts) if part.isalpha()]
    if places[0] == 0:
        return [(letters[0], parts[1 : places[1]]), (letters[1], parts[places[1] + 1 :])]
    if places[1] != len(parts) - 1:
        return None
    return [(letters[0], parts[: places[0]]), (letters[1], parts[places[0] + 1 : -1])]


def _degrees(numbers: list[str]) -> float | None:
    """Degrees out of degrees, minutes and seconds; only the last may have decimals."""
    if not 1 <= len(numbers) <= 3 or any("." in each for each in numbers[:-1]):
        return None
    if any(each[0] in "+-" for each in numbers[1:]):
        return None
    whole, *rest = (abs(float(each)) for each in numbers)
    if any(each >= 60 for each in rest):
        return None
    degrees = whole + sum(each / 60.0 ** (place + 1) for place, each in enumerate(rest))
    return -degrees if numbers[0].startswith("-") else degrees


def position_words(lon: float, lat: float, *, tenths: bool = True) -> str:
    """Degrees and minutes: "16°04.2′ N 108°13.1′ E"."""
    return f"{_minutes(lat, 'N', 'S', tenths)} {_minutes(lon, 'E', 'W', tenths)}"


def _minutes(value: float, positive: str, negative: str, tenths: bool) -> str:
    per_degree = 600 if tenths else 60
    whole, rest = divmod(round(abs(value) * per_degree), per_degree)
    minutes = f"{rest / 10:04.1f}" if tenths else f"{rest:02}"
    return f"{whole}°{minutes}′{NARROW_NBSP}{positive if value >= 0 else negative}"


def disclaimer() -> str:
    """What stands by every map of ours."""
    return tr("Holding is not title. Names and lines imply no endorsement. Not for navigation.")


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
