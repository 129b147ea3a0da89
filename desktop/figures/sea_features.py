"""What stands on a sea map as features of GeoJSON, each with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from desktop.figures.sea_legend import disclaimer, held, held_as_of
from desktop.figures.sea_marks import SeaContent, SeaLayer, SeaMark
from desktop.figures.sea_measure import Measured
from desktop.files import geojson
from desktop.files.geojson import Feature
from desktop.model import geo
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Citation, Fact, FactId, Overlay, Place
from desktop.services.language import Locale, marking_words


def to_geojson(
    speak: Locale,
    content: SeaContent,
    layers: Iterable[SeaLayer],
    by: date | None = None,
    measured: Measured | None = None,
    since: date | None = None,
) -> bytes:
    """All that some layers show, in the names of the audience; what it is not shown is left out.

    A place stands once, with all the facts that its marks stand for. Dates are EDTF, positions
    degrees, a ring about a place is a line: it is a distance, never an area.
    """
    features = [*_places(speak, content.marks), *_overlays(speak, content)]
    if measured is not None and measured.ends:
        features.append(_measurement(measured))
    return geojson.to_geojson(features, _metadata(speak, layers, by, since))


def _metadata(
    speak: Locale, layers: Iterable[SeaLayer], by: date | None, since: date | None
) -> dict[str, Any]:
    about = speak.dossier.about
    holders = held_as_of(held(speak.dossier.places.values()))
    return {
        "title": speak.text(about.title),
        "marking": marking_words(about),
        "as_of": about.as_of.text,
        "holders_as_of": holders.text if holders else None,
        "shown_since": since.isoformat() if since else None,
        "shown_until": by.isoformat() if by else None,
        "audience": speak.audience,
        "layers": sorted(layers),
        "disclaimer": disclaimer(),
    }


def _places(speak: Locale, marks: Sequence[SeaMark]) -> Iterable[Feature]:
    at: dict[Ref, list[SeaMark]] = {}
    for mark in marks:
        at.setdefault(mark.ref, []).append(mark)
    for ref, here in at.items():
        place = speak.dossier.find(ref)
        if isinstance(place, Place) and place.lon is not None and place.lat is not None:
            where = geojson.point((place.lon, place.lat))
            yield Feature(f"places/{place.id}", where, _of_place(speak, place, here))


def _of_place(speak: Locale, place: Place, marks: Sequence[SeaMark]) -> dict[str, Any]:
    fact_ids = dict.fromkeys(each for mark in marks for each in mark.facts)
    return {
        "name": speak.name(place),
        "kind": place.kind,
        "holder": place.held_by,
        "holder_as_of": place.held_as_of.text if place.held_as_of else None,
        "held_since": place.held_since.text if place.held_since else None,
        "award_2016": place.award_2016,
        "precision_km": place.precision_km,
        "layers": sorted({mark.layer for mark in marks}),
        "facts": [_of_fact(speak, each) for each in fact_ids],
        "sources": _sources(speak.dossier, place.citations),
        "note": speak.text(place.note) or None,
    }


def _of_fact(speak: Locale, fact_id: FactId) -> dict[str, Any]:
    fact = speak.dossier.find(Ref(Fact, fact_id))
    if not isinstance(fact, Fact):
        return {"id": fact_id}
    return {
        "id": fact.id,
        "statement": speak.statement(fact),
        "value": speak.quantity(fact.value) if fact.value else None,
        "when": fact.when.text if fact.when else None,
        "sources": _sources(speak.dossier, fact.citations),
    }


def _overlays(speak: Locale, content: SeaContent) -> Iterable[Feature]:
    for overlay_id in dict.fromkeys(line.overlay_id for line in content.lines):
        overlay = speak.dossier.find(Ref(Overlay, overlay_id))
        if not isinstance(overlay, Overlay):
            continue
        known: dict[str, Any] = {
            "name": speak.text(overlay.name),
            "kind": "claim" if overlay.claimant else "overlay",
            "claimant": overlay.claimant,
            "holder": None,
            "holder_as_of": None,
            "precision_km": None,
            "sources": _sources(speak.dossier, overlay.citations),
            "note": speak.text(overlay.note) or None,
        }
        for part, geometry in _shapes(speak.dossier, overlay):
            yield Feature(f"overlays/{overlay.id}{part}", geometry, known)


def _shapes(dossier: Dossier, overlay: Overlay) -> Iterable[tuple[str, geojson.Geometry]]:
    if overlay.lines:
        yield "", geojson.lines(overlay.lines)
    if overlay.areas:
        yield "/areas" if overlay.lines else "", geojson.areas(overlay.areas)
    centre = dossier.places.get(overlay.ring.centre) if overlay.ring else None
    if overlay.ring and centre and centre.lon is not None and centre.lat is not None:
        around = geo.ring(centre.lon, centre.lat, overlay.ring.radius_nm * geo.METRES_PER_NM)
        line = [(float(lon), float(lat)) for lon, lat in around]
        yield "/ring" if overlay.lines or overlay.areas else "", geojson.lines([line])


def _measurement(measured: Measured) -> Feature:
    line = [_degrees(*each) for each in measured.line]
    where = geojson.lines([line]) if line else geojson.point(_degrees(*measured.ends[0]))
    known: dict[str, Any] = {
        "name": measured.words,
        "kind": "measurement",
        "holder": None,
        "holder_as_of": None,
        "precision_km": None,
        "sources": [],
    }
    return Feature("measurement", where, known)


def _degrees(east_m: float, north_m: float) -> geojson.Position:
    lon, lat = geo.to_lon_lat(east_m, north_m)
    return float(lon), float(lat)


def _sources(dossier: Dossier, citations: Sequence[Citation]) -> list[dict[str, Any]]:
    found = []
    for citation in citations:
        source = dossier.sources.get(citation.source)
        found.append(
            {
                "id": citation.source,
                "publisher": source.publisher if source else None,
                "title": source.title if source else None,
                "published": source.published.text if source and source.published else None,
                "url": source.url if source else None,
                "quote": citation.quote,
                "locator": citation.locator,
            }
        )
    return found
