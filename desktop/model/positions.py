"""Positions as people type them, turned into degrees of longitude and latitude.

Read are decimal degrees, latitude first (``16.07, 108.22``), and degrees, minutes and seconds with
their letters on either side and in either order (``16°04′N 108°13′E``, ``16 04 12 N 108 13 00 E``,
``E108-13.0 N16-04.2``). What could be meant in two ways is refused, not guessed.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.model.problems import Malformed

_SAME: Final = str.maketrans(
    dict.fromkeys("º˚", "°")
    | dict.fromkeys("'’‘ʹ´`", "′")
    | dict.fromkeys('"”“ʺ', "″")
    | dict.fromkeys("−–", "-")
)

# Possessive: a number once read is not given back in parts.
_NUMBER: Final = r"[0-9]++(?:\.[0-9]++)?+"
_ANGLE: Final = (
    rf"({_NUMBER})(?:\s*°)?"
    rf"(?:(?:(?<=°)\s*|\s+|-)({_NUMBER})(?:\s*′)?"
    rf"(?:(?:(?<=′)\s*|\s+|-)({_NUMBER})(?:\s*″)?)?)?"
)
_BETWEEN: Final = r"\s*[,;/]?\s*"
_LETTERS_LAST: Final = re.compile(rf"{_ANGLE}\s*([NSEW]){_BETWEEN}{_ANGLE}\s*([NSEW])")
_LETTERS_FIRST: Final = re.compile(rf"([NSEW])\s*{_ANGLE}{_BETWEEN}([NSEW])\s*{_ANGLE}")
_DECIMAL: Final = re.compile(
    rf"([+-]?{_NUMBER})(?:\s*°)?(?:\s*[,;/]\s*|\s+|(?<=°))([+-]?{_NUMBER})(?:\s*°)?"
)
_DECIMAL_COMMA: Final = re.compile(r"\d,\d+\s*°?\s*[NSEW]?[\s,;/]+[+-]?\d+,\d|^[+-]?\d+,\d+$")
_BARE: Final = re.compile(r"[\d\s.,;/°′″+-]+")


def parse_position(text: str) -> tuple[float, float]:
    """Longitude and latitude in degrees, east and north positive.

    Raises Malformed, with the text as it was typed, for what is no position or may be two.
    """
    plain = " ".join(text.replace("′′", "″").translate(_SAME).replace("′′", "″").upper().split())
    if found := _LETTERS_LAST.fullmatch(plain):
        *one, one_letter = found.groups()[:4]
        *other, other_letter = found.groups()[4:]
    elif found := _LETTERS_FIRST.fullmatch(plain):
        one_letter, *one = found.groups()[:4]
        other_letter, *other = found.groups()[4:]
    elif _DECIMAL_COMMA.search(plain):
        raise Malformed("decimal-comma", text=text)
    elif found := _DECIMAL.fullmatch(plain):
        lat, lon = float(found[1]), float(found[2])
        if abs(lon) <= 90 < abs(lat) <= 180:
            raise Malformed("longitude-first", text=text)
        return _checked(lon, lat, text)
    elif _BARE.fullmatch(plain) and len(re.findall(_NUMBER, plain)) in (4, 6):
        raise Malformed("no-compass-letters", text=text)
    else:
        raise Malformed("not-a-position", text=text)
    if (one_letter in "NS") == (other_letter in "NS"):
        raise Malformed("not-a-position", text=text)
    lat, lon = _degrees(one, one_letter, text), _degrees(other, other_letter, text)
    if one_letter in "EW":
        lat, lon = lon, lat
    return _checked(lon, lat, text)


def _degrees(parts: list[str | None], letter: str, text: str) -> float:
    given = [part for part in parts if part is not None]
    if any("." in part for part in given[:-1]):
        raise Malformed("decimal-too-early", text=text)
    degrees, minutes, seconds = (float(part or 0) for part in parts)
    if minutes >= 60 or seconds >= 60:
        raise Malformed("sixty-minutes", text=text)
    return (degrees + minutes / 60 + seconds / 3600) * (-1 if letter in "SW" else 1)


def _checked(lon: float, lat: float, text: str) -> tuple[float, float]:
    if abs(lat) > 90 or abs(lon) > 180:
        raise Malformed("beyond-the-earth", text=text)
    return lon, lat
