"""What the map's cards say of a place: who holds it, what the award found, how far off it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Final

import numpy as np

from desktop.figures.sea_marks import FACTS_OF_LAYER, SeaLayer, SeaLine, held_words
from desktop.model import geo
from desktop.model.dated import Dated
from desktop.model.dossier import Dossier
from desktop.model.records import Fact, Place, PlaceId
from desktop.services.language import Locale, award_words, place_kind_words, tr
from desktop.services.position_words import distance_words, position_words

AWARD_DAY: Final = "2016-07-12"
"""The day of the award in the case of the Philippines against China, as EDTF."""
_HARBOUR: Final = PlaceId("da-nang")
"""The place from which distances are told, where the file knows it."""


def above_words(speak: Locale, place: Place, layer: str = "") -> str:
    """The line over a card: the layer or kind, the place, its position as exact as it is known."""
    parts = [layer or place_kind_words(place.kind).capitalize(), speak.name(place) if layer else ""]
    if place.lat is not None and place.lon is not None:
        parts.append(position_words(place.lon, place.lat, tenths=False))
    return ", ".join(part for part in parts if part)


def place_words(speak: Locale, place: Place) -> Iterator[str]:
    """What is known of a place, one line each; nothing is said of what is not."""
    if place.held_by:
        held = held_words(speak, place)
        yield tr("{held}. Holding is not title.").format(held=held[:1].upper() + held[1:])
        if place.held_since is not None:
            yield tr("Held since {date}").format(date=speak.date(place.held_since))
        else:
            yield tr("Since when is not recorded.")
        if place.award_2016 is not None:
            yield tr("Award of 12 July 2016: {found}").format(found=award_words(place.award_2016))
        else:
            yield tr("The 2016 award: no finding is recorded for it.")
    start = harbour(speak.dossier)
    if start is not None and start.id != place.id:
        away_m = distance_m(start, place)
        if away_m is not None:
            way, name = distance_words(away_m), speak.name(start)
            yield tr("{way} from {place}").format(way=way, place=name)
    if place.precision_km is not None:
        yield tr("Position within {km} km").format(km=f"{place.precision_km:g}")


def harbour(dossier: Dossier) -> Place | None:
    """The place from which distances are told, if the file has it."""
    return dossier.places.get(_HARBOUR)


def is_placed(dossier: Dossier, fact: Fact) -> bool:
    """Whether a fact has a mark of its own on the map."""
    place = dossier.places.get(fact.place) if fact.place else None
    return place is not None and place.lat is not None


def distance_m(one: Place, other: Place) -> float | None:
    """The length of the shortest line between two places; None where one has no position."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return float(geo.geodesic(one.lon, one.lat, other.lon, other.lat).distance_m)


def places_within(
    dossier: Dossier, lon: float, lat: float, radius_m: float
) -> list[tuple[Place, float]]:
    """The places within a distance of a point with how far off each is (m), the nearest first."""
    places = [each for each in dossier.places.values() if each.lat is not None]
    if not places:
        return []
    lons = np.array([each.lon for each in places], float)
    lats = np.array([each.lat for each in places], float)
    away = np.atleast_1d(geo.geodesic(lon, lat, lons, lats).distance_m)
    found = [
        (place, float(off))
        for place, off in zip(places, away, strict=True)
        if off <= radius_m and place.kind not in ("sea", "gulf", "region", "country", "province")
    ]
    return sorted(found, key=lambda each: each[1])


def facts_at(speak: Locale, place: Place) -> list[Fact]:
    """The dated facts that name a place, the latest first."""
    found = [
        fact for fact in speak.dossier.derived(Dated).all(speak.audience) if fact.place == place.id
    ]
    return latest_first(found)


def award_facts(speak: Locale) -> list[Fact]:
    """What the file records of the award of 2016, in the order of the file."""
    area_id, kind = FACTS_OF_LAYER["claims"]
    found = speak.dossier.derived(Dated).in_area(area_id, speak.audience)
    return [
        fact
        for fact in found
        if fact.kind == kind and fact.when is not None and fact.when.text == AWARD_DAY
    ]


def line_near(lines: Sequence[SeaLine], at: tuple[float, float], reach_m: float) -> str | None:
    """The id of the overlay whose line or edge passes within reach of a point, in metres."""
    nearest, found = reach_m, None
    for line in lines:
        points = (*line.points, line.points[0]) if line.closed else line.points
        for start, end in pairwise(points):
            off_m = _off_m(at, start, end)
            if off_m <= nearest:
                nearest, found = off_m, line.overlay_id
    return found


def _off_m(at: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a point lies from the straight between two others."""
    (x, y), (x1, y1), (x2, y2) = at, start, end
    along = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / along if along else 0.0
    share = min(max(share, 0.0), 1.0)
    return hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))


def latest_first(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: fact.when.sort_key if fact.when else (0, 0), reverse=True)


def days_of(facts: Sequence[Fact]) -> list[int]:
    """The days (ordinals) by which facts had surely begun, each once, in order."""
    lasts = ((fact.when.start or fact.when) for fact in facts if fact.when is not None)
    return sorted({when.last for when in lasts if when.last is not None})


def event_layers() -> tuple[SeaLayer, ...]:
    """The layers whose facts have a date."""
    return ("port-visits", "island-building", "incidents", "claims")
