"""A small sea: a few places of each kind, and the shipped coast in its coarsest level."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from desktop.files.basemap import LEVELS_M, Basemap, read_basemap, read_depths, read_level
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import (
    About,
    Area,
    AreaId,
    Audience,
    AudienceId,
    Citation,
    Fact,
    Overlay,
    Place,
    PlaceId,
    Record,
    Ring,
    Source,
    SourceId,
)
from desktop.model.values import LocalText
from desktop.services import paths

HANOI = AudienceId("hanoi")
HANOI_VI = AudienceId("hanoi-vi")


@cache
def coarse_basemap() -> Basemap:
    folder = paths.resources() / "basemap"
    return Basemap((read_level(folder, LEVELS_M[0]),), read_depths(folder))


@cache
def whole_basemap() -> Basemap:
    return read_basemap(paths.resources() / "basemap")


def place(place_id: str, kind: str, lat: float | None, lon: float | None, **more: Any) -> Place:
    name = more.pop("name", None) or LocalText(en=place_id.replace("-", " ").title())
    return Place(id=place_id, name=name, kind=kind, lat=lat, lon=lon, **more)


def fact(fact_id: str, area: str, where: str, when: str, **more: Any) -> Fact:
    return Fact(
        **{
            "id": fact_id,
            "kind": "event",
            "area": AreaId(area),
            "statement": LocalText(en=f"What is called {fact_id} takes place."),
            "when": EdtfDate.parse(when),
            "place": PlaceId(where),
            "citations": (Citation(source=SourceId("herald"), credibility=2, quote="as printed"),),
            **more,
        }
    )


PLACES = (
    place(
        "south-china-sea",
        "sea",
        None,
        None,
        name=LocalText(en="South China Sea", vi="Biển Đông"),
        name_for={HANOI: "East Sea"},
    ),
    place("da-nang", "city", 16.06, 108.25, name=LocalText(en="Da Nang", vi="Đà Nẵng")),
    place("cam-ranh", "port", 11.98, 109.22),
    place("manila", "city", 14.6, 120.98),
    place("honolulu", "city", None, None),
    place("paracel-islands", "region", 16.5, 112.0, precision_km=100),
    place("woody-island", "island", 16.83, 112.34, held_by="china"),
    place("spratly-island", "island", 8.65, 111.92, held_by="vietnam"),
    place("vanguard-bank", "bank", 7.51, 109.67, held_by="vietnam"),
    place("thitu-island", "island", 11.05, 114.28, held_by="philippines"),
    place("swallow-reef", "reef", 7.37, 113.85, held_by="malaysia"),
    place("itu-aba-island", "island", 10.38, 114.37, held_by="taiwan"),
    place("mischief-reef", "reef", 9.9, 115.53, held_by="china", award_2016="low-tide-elevation"),
)
FACTS = (
    fact("call-2018", "port-visits", "da-nang", "2018-03-05/2018-03-09"),
    fact("call-2020", "port-visits", "da-nang", "2020-03"),
    fact("call-2016", "port-visits", "cam-ranh", "2016-10-02"),
    fact("call-withheld", "port-visits", "cam-ranh", "2017-06-02", withhold_from=(HANOI,)),
    fact("call-to-come", "port-visits", "cam-ranh", "2026-01-05"),
    fact("boat-sunk", "south-china-sea", "paracel-islands", "2020-04-02"),
    fact("reef-built", "south-china-sea", "mischief-reef", "2015", kind="number"),
    fact("award", "south-china-sea", "mischief-reef", "2016-07-12", kind="official"),
)
OVERLAYS = (
    Overlay(
        id="nine-dash-line",
        name=LocalText(en="Nine-dash line"),
        claimant="china",
        lines=(((109.3, 16.2), (109.8, 15.6)), ((110.4, 12.6), (110.1, 11.5))),
    ),
    Overlay(
        id="da-nang-200",
        name=LocalText(en="200 nm from Da Nang"),
        ring=Ring(centre=PlaceId("da-nang"), radius_nm=200),
    ),
)


def dossier(
    places: Iterable[Place] = PLACES,
    facts: Iterable[Fact] = FACTS,
    overlays: Iterable[Overlay] = OVERLAYS,
) -> Dossier:
    """What the file says of a small sea, as of 12 December 2025."""
    about = About(
        id="about",
        title=LocalText(en="A title"),
        as_of=EdtfDate.parse("2025-12-12"),
        audience=AudienceId("washington"),
    )
    source = Source(
        id="herald",
        title="What was printed",
        publisher="The Herald",
        origin="herald",
        reliability="B",
        published=EdtfDate.parse("2003-01-01"),
    )
    name = LocalText(en="An area")
    areas = [Area(id=each, name=name, group=name) for each in ("port-visits", "south-china-sea")]
    audiences = [
        Audience(id="washington", language="en-US"),
        Audience(id="hanoi", language="en-GB"),
        Audience(id="hanoi-vi", language="vi"),
    ]
    records: list[Record] = [*audiences, source, *areas, *places, *facts, *overlays]
    return Dossier(about, records)
