"""What of a dossier stands on the sea map: marks at places, names, lines and rings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

import numpy as np

from desktop.figures.sea_labels import Style
from desktop.figures.sea_symbols import Shape, Symbol, holder_shape
from desktop.model import geo
from desktop.model.dated import Dated
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, FactId, FactKind, Overlay, Place, PlaceId
from desktop.model.values import LocalText
from desktop.services.language import Locale, party_words, place_kind_words, tr, tr_count

SeaLayer = Literal[
    "depth",
    "sites",
    "port-visits",
    "holders",
    "island-building",
    "incidents",
    "claims",
    "overlays",
]
SEA_LAYERS: Final[tuple[SeaLayer, ...]] = get_args(SeaLayer)
DEFAULT_LAYERS: Final[frozenset[SeaLayer]] = frozenset({"depth", "sites", "port-visits", "holders"})
"""What is on until the reader says otherwise: no claim line, zone or ring."""

FACTS_OF_LAYER: Final[Mapping[SeaLayer, tuple[str, FactKind]]] = {
    "port-visits": ("port-visits", "event"),
    "island-building": ("south-china-sea", "number"),
    "incidents": ("south-china-sea", "event"),
    "claims": ("south-china-sea", "official"),
}
"""The area of cooperation and the kind of the facts that a layer shows at their places."""

_SHAPE_OF_LAYER: Final[Mapping[SeaLayer, Shape]] = {
    "port-visits": "port-visit",
    "island-building": "island-building",
    "incidents": "incident",
    "claims": "award",
}
_SITE_KINDS: Final = frozenset({"city", "port", "airbase", "airport", "base", "site", "province"})
_AREA_STYLES: Final[Mapping[str, Style]] = {
    "sea": Style("lead", "sea", italic=True, spaced_px=5.0),
    "gulf": Style("body", "sea", italic=True, spaced_px=1.0),
    "strait": Style("caption", "sea", italic=True),
    "region": Style("body", "sea", italic=True),
}
_COUNTRY_STYLE: Final = Style("caption_strong", "land", spaced_px=2.0)
SITE_STYLE: Final = Style("strong")
_CITY_STYLE: Final = Style("caption", "muted")
_FEATURE_STYLE: Final = Style("caption")
_AREA_RANK: Final = {"sea": 2.0, "region": 15.0, "gulf": 16.0, "strait": 60.0}
_AREA_SCALES_M: Final = {
    "sea": (150.0, 1e9),
    "region": (600.0, 1e9),
    "gulf": (100.0, 2600.0),
    "strait": (50.0, 900.0),
}
_COUNTRY_RANK: Final = 4.0
_CITY_TO_M: Final = {"city": 2000.0}
_SITE_TO_M: Final = 400.0
_SITE_RANK: Final = 5.0
_FEATURE_RANK: Final = 20.0
_CITY_RANK: Final = 40.0
_VAGUE_KM: Final = 40.0
_SEA_AT: Final = (114.3, 13.3)
"""Where the sea is named if the file gives it no position: degrees east and north."""
_COUNTRIES: Final = (
    (LocalText(en="Vietnam", vi="Việt Nam"), 108.1, 13.75),
    (LocalText(en="Laos", vi="Lào"), 103.2, 19.1),
    (LocalText(en="Cambodia", vi="Campuchia"), 105.4, 12.4),
    (LocalText(en="Thailand", vi="Thái Lan"), 101.4, 15.6),
    (LocalText(en="Myanmar", vi="Myanmar"), 97.2, 20.2),
    (LocalText(en="China", vi="Trung Quốc"), 111.6, 23.4),
    (LocalText(en="Philippines", vi="Philippines"), 121.2, 16.9),
    (LocalText(en="Malaysia", vi="Malaysia"), 102.3, 4.4),
    (LocalText(en="Malaysia", vi="Malaysia"), 113.9, 3.0),
    (LocalText(en="Brunei", vi="Brunei"), 114.65, 4.5),
    (LocalText(en="Indonesia", vi="Indonesia"), 113.2, -0.6),
    (LocalText(en="Indonesia", vi="Indonesia"), 101.6, -0.9),
)
"""Names to stand inside their countries, and where: degrees east and north."""
# From how few metres to a pixel on a name of this worth is written.
_SHOWN_FROM_M: Final = ((1.5, 1e9), (1.0, 3200.0), (0.5, 1500.0), (0.0, 900.0))


class SeaMark(NamedTuple):
    """A symbol at a place; ``row`` counts the symbols that stand there already, upward.

    It is shown up to a scale. ``facts`` are those it stands for, latest first; none where it says
    who holds the place. ``words`` says all of it aloud.
    """

    ref: Ref
    layer: SeaLayer
    east_m: float
    north_m: float
    symbol: Symbol
    row: int
    rank: float
    words: str
    facts: tuple[FactId, ...] = ()
    to_metres_per_px: float = 1e9


class SeaName(NamedTuple):
    """A name to be written beside the mark of its place, or across its area.

    It is written from one scale up to another.
    """

    place_id: PlaceId
    text: str
    style: Style
    east_m: float
    north_m: float
    rank: float
    to_metres_per_px: float = 1e9
    from_metres_per_px: float = 0.0


class SeaLine(NamedTuple):
    """A line or, ``closed``, the edge of an area, in metres; a claim says whose it is."""

    overlay_id: str
    layer: SeaLayer
    name: str
    claimant: str
    points: tuple[tuple[float, float], ...]
    closed: bool
    is_filled: bool = False


class SeaContent(NamedTuple):
    """All that a sea map shows of a dossier; where it is equal, the drawing is the same."""

    marks: tuple[SeaMark, ...]
    names: tuple[SeaName, ...]
    lines: tuple[SeaLine, ...]


class Asked(NamedTuple):
    """What of a dossier is asked for: layers, and what happened by a day and since one, if any."""

    layers: frozenset[SeaLayer]
    by: date | None = None
    vivid_holders: bool = False
    since: date | None = None


def had_happened(when: EdtfDate, by: date | None) -> bool:
    """Whether what is dated so had surely begun by a day.

    What is known to the month only counts from the end of that month.
    """
    if by is None:
        return True
    begun = when.start or when
    if when.kind == "one-of":
        begun = when
    last = begun.last if begun.last is not None else begun.first
    return last is None or last <= by.toordinal()


def happened_since(when: EdtfDate, since: date | None) -> bool:
    """Whether what is dated so may have gone on on a day or after it."""
    last = when.last if since is not None else None
    return since is None or last is None or last >= since.toordinal()


def read_content(speak: Locale, asked: Asked) -> SeaContent:
    """Find what stands on the map, in the audience's names; positions in metres."""
    dossier, layers = speak.dossier, asked.layers
    facts_at = {
        layer: _facts_at(speak, *FACTS_OF_LAYER[layer], asked)
        for layer in FACTS_OF_LAYER
        if layer in layers
    }
    busy = dossier.derived(Dated).places(speak.audience)
    marks: list[SeaMark] = []
    names = [*_country_names(speak), *_sea_name(speak)]
    for place, at in _located(dossier):
        here = _marks_at(speak, place, at, asked, facts_at, busy)
        marks += here
        name = _name_of(speak, place, at, busy.get(PlaceId(place.id), 0), here)
        if name is not None:
            names.append(name)
    lines = [
        line
        for overlay in dossier.overlays.values()
        for line in _lines_of(speak, overlay)
        if line.layer in layers
    ]
    return SeaContent(tuple(marks), tuple(names), tuple(lines))


def _located(dossier: Dossier) -> list[tuple[Place, tuple[float, float]]]:
    """The places whose position is known, each with it in metres."""
    places = [place for place in dossier.places.values() if None not in (place.lat, place.lon)]
    lon, lat = (np.array([getattr(each, key) for each in places], float) for key in ("lon", "lat"))
    east_m, north_m = geo.to_mercator(lon, lat)
    at = np.stack([east_m, north_m], axis=1).tolist()
    return [(place, (x, y)) for place, (x, y) in zip(places, at, strict=True)]


def _facts_at(
    speak: Locale, area_id: str, kind: FactKind, asked: Asked
) -> dict[PlaceId, list[Fact]]:
    """The dated facts of one kind in an area at each place, latest first."""
    found: dict[PlaceId, list[Fact]] = {}
    for fact in speak.dossier.derived(Dated).in_area(area_id, speak.audience):
        if not fact.place or fact.kind != kind or fact.when is None:
            continue
        if had_happened(fact.when, asked.by) and happened_since(fact.when, asked.since):
            found.setdefault(fact.place, []).append(fact)
    for facts in found.values():
        facts.sort(key=lambda fact: fact.when.sort_key if fact.when else (0, 0), reverse=True)
    return found


def _marks_at(
    speak: Locale,
    place: Place,
    at: tuple[float, float],
    asked: Asked,
    facts_at: Mapping[SeaLayer, Mapping[PlaceId, list[Fact]]],
    busy: Mapping[PlaceId, int],
) -> list[SeaMark]:
    marks: list[SeaMark] = []
    ref, place_id = Ref(Place, place.id), PlaceId(place.id)
    name = speak.name(place)
    is_vague = place.precision_km is not None and place.precision_km >= _VAGUE_KM
    if place.held_by and "holders" in asked.layers:
        shape = holder_shape(place.held_by)
        symbol = Symbol(shape, hollow=place.kind == "bank", muted=not asked.vivid_holders)
        rank = _FEATURE_RANK - _worth(place, busy.get(place_id, 0))
        words = f"{name}: {held_words(speak, place)}"
        marks.append(SeaMark(ref, "holders", *at, symbol, 0, rank, words))
    elif place.kind in _SITE_KINDS and place_id in busy and "sites" in asked.layers:
        count = tr_count("{count} dated fact", "{count} dated facts", busy[place_id])
        words = f"{name}, {place_kind_words(place.kind)}: {count}"
        rank = _site_rank(busy[place_id])
        marks.append(SeaMark(ref, "sites", *at, Symbol("site"), 0, rank, words))
    elif place.kind in _SITE_KINDS:
        to_m = _CITY_TO_M.get(place.kind, _SITE_TO_M)
        words = f"{name}, {place_kind_words(place.kind)}"
        symbol = Symbol("place")
        marks.append(SeaMark(ref, "depth", *at, symbol, 0, _CITY_RANK, words, (), to_m))
    for layer, shape in _SHAPE_OF_LAYER.items():
        facts = facts_at[layer].get(place_id, ()) if layer in facts_at else ()
        if facts:
            latest = facts[0]
            words = f"{name}: {speak.date(latest.when)}: {speak.statement(latest)}"
            if len(facts) > 1:
                more = tr_count("{count} earlier", "{count} earlier", len(facts) - 1)
                words = f"{words} ({more})"
            ids = tuple(FactId(fact.id) for fact in facts)
            symbol = Symbol(shape, vague=is_vague, number=len(facts))
            mark = SeaMark(ref, layer, *at, symbol, len(marks), _SITE_RANK + 1, words, ids)
            marks.append(mark)
    return marks


def held_words(speak: Locale, place: Place) -> str:
    """Who holds a feature and as of when; holding is not title."""
    if not place.held_by:
        return tr("no holder is recorded")
    holder = party_words(place.held_by)
    held = tr("held by {holder}").format(holder=holder)
    if place.held_as_of is None:
        return held
    as_of = speak.date(place.held_as_of, short=True)
    return tr("{held} as of {date}").format(held=held, date=as_of)


def _name_of(
    speak: Locale,
    place: Place,
    at: tuple[float, float],
    facts: int,
    marks: list[SeaMark],
) -> SeaName | None:
    text = speak.name(place)
    style = _AREA_STYLES.get(place.kind)
    place_id = PlaceId(place.id)
    if style is not None:
        words = text.upper() if place.kind == "sea" else text
        from_m, to_m = _AREA_SCALES_M[place.kind]
        return SeaName(place_id, words, style, *at, _AREA_RANK[place.kind], to_m, from_m)
    if place.held_by:
        if not marks:
            return None
        worth = _worth(place, facts)
        to_m = next(scale for least, scale in _SHOWN_FROM_M if worth >= least)
        return SeaName(place_id, text, _FEATURE_STYLE, *at, _FEATURE_RANK - worth, to_m)
    if marks and marks[0].layer == "depth":
        return SeaName(place_id, text, _CITY_STYLE, *at, _CITY_RANK, marks[0].to_metres_per_px)
    if marks and place.kind not in _SITE_KINDS:
        return SeaName(place_id, text, _FEATURE_STYLE, *at, _CITY_RANK, 900.0)
    if marks:
        return SeaName(place_id, text, SITE_STYLE, *at, _site_rank(facts))
    return None


def _site_rank(facts: int) -> float:
    """The more is known of a site, the sooner it is named."""
    return _SITE_RANK - min(facts, 99) / 100


def _worth(place: Place, facts: int) -> float:
    """How early a feature is named: where facts befell it, where the award named it, islands."""
    worth = {"island": 1.0, "cay": 1.0, "rock": 0.5, "shoal": 1.0, "bank": 0.5}.get(place.kind, 0.0)
    named = place.award_2016 is not None and "general" not in place.award_2016
    return worth + (1.5 if named else 0.0) + min(facts, 4)


def _country_names(speak: Locale) -> Iterable[SeaName]:
    for number, (name, lon, lat) in enumerate(_COUNTRIES):
        east_m, north_m = geo.to_mercator(lon, lat)
        place_id = PlaceId(f"country-{number}")
        text = speak.text(name).upper()
        names = (place_id, text, _COUNTRY_STYLE, east_m, north_m, _COUNTRY_RANK)
        yield SeaName(*names, from_metres_per_px=300.0)


def _sea_name(speak: Locale) -> Iterable[SeaName]:
    """The name of the sea, at a place of our choosing where the file gives it none."""
    for place in speak.dossier.places.values():
        if place.kind == "sea" and place.lat is None:
            at, style = geo.to_mercator(*_SEA_AT), _AREA_STYLES["sea"]
            from_m, to_m = _AREA_SCALES_M["sea"]
            text = speak.name(place).upper()
            yield SeaName(PlaceId(place.id), text, style, *at, _AREA_RANK["sea"], to_m, from_m)


def _lines_of(speak: Locale, overlay: Overlay) -> Iterable[SeaLine]:
    layer: SeaLayer = "claims" if overlay.claimant else "overlays"
    name = speak.text(overlay.name)
    claimant = party_words(overlay.claimant) if overlay.claimant else ""
    shapes = [(line, False) for line in overlay.lines] + [(area, True) for area in overlay.areas]
    for points, closed in shapes:
        metres = tuple(geo.to_mercator(lon, lat) for lon, lat in points)
        yield SeaLine(overlay.id, layer, name, claimant, metres, closed, is_filled=closed)
    centre = speak.dossier.places.get(overlay.ring.centre) if overlay.ring else None
    if overlay.ring and centre and centre.lat is not None and centre.lon is not None:
        around = geo.ring(centre.lon, centre.lat, overlay.ring.radius_nm * geo.METRES_PER_NM)
        east_m, north_m = geo.to_mercator(around[:, 0], around[:, 1])
        metres = tuple((x, y) for x, y in np.stack([east_m, north_m], axis=1).tolist())
        yield SeaLine(overlay.id, layer, name, claimant, metres, closed=True)
