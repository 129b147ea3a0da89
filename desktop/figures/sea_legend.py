"""What the marks of the sea map mean: the same in its panel, on paper and in a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from desktop.figures.sea_marks import SeaLayer, SeaMark
from desktop.figures.sea_symbols import HOLDERS, Shape, Symbol, holder_shape
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import Party, Place
from desktop.services.language import Locale, party_words, tr

SYMBOLS: Final[Mapping[SeaLayer, Shape]] = {
    "sites": "site",
    "port-visits": "port-visit",
    "island-building": "island-building",
    "incidents": "incident",
    "claims": "award",
}
"""The symbol of each layer that has one."""


class Holding(NamedTuple):
    """One line of "who holds what": whose symbol, and how many features it stands for."""

    symbol: Symbol
    words: str
    features: int


def layer_words(layer: SeaLayer) -> str:
    return {
        "depth": tr("Depth and coast"),
        "sites": tr("Cooperation sites"),
        "port-visits": tr("Port visits"),
        "holders": tr("Who holds what"),
        "island-building": tr("Island building"),
        "incidents": tr("Incidents"),
        "claims": tr("Claims and the 2016 award"),
        "overlays": tr("Our own overlays"),
    }[layer]


def mark_words(layer: SeaLayer) -> str:
    """What one symbol of a layer stands for."""
    return {
        "sites": tr("Cooperation site"),
        "port-visits": tr("Port visits"),
        "island-building": tr("Island building"),
        "incidents": tr("Incident"),
        "claims": tr("The 2016 award"),
    }.get(layer, layer_words(layer))


def disclaimer() -> str:
    """What stands by every map of ours."""
    return tr("Holding is not title. Names and lines imply no endorsement. Not for navigation.")


def ground_words() -> str:
    """Who made the ground, and how it is drawn."""
    return tr("Coast: GSHHG. Depth: ETOPO1. Mercator, WGS 84.")


def claim_words(name: str, claimant: str) -> str:
    """Whose line it is; it is never drawn without this."""
    return tr("{name}: as claimed by {claimant}").format(name=name, claimant=claimant)


def held(places: Iterable[Place]) -> list[Place]:
    """The places that somebody is recorded to hold."""
    return [place for place in places if place.held_by]


def held_at(dossier: Dossier, marks: Iterable[SeaMark]) -> list[Place]:
    """The places whose holders some marks show, each once."""
    refs = dict.fromkeys(mark.ref for mark in marks if mark.layer == "holders")
    known = (dossier.find(ref) for ref in refs)
    return held(each for each in known if isinstance(each, Place))


def entries(
    dossier: Dossier, marks: Sequence[SeaMark], *, counted: bool = True
) -> list[tuple[Symbol, str]]:
    """What some marks mean, by symbol; ``counted`` with how many of them each holder has."""
    layers = {mark.layer for mark in marks}
    found: list[tuple[Symbol, str]] = [
        (Symbol(shape), mark_words(layer)) for layer, shape in SYMBOLS.items() if layer in layers
    ]
    if any(mark.symbol.shape == "cluster" for mark in marks):
        found.append((Symbol("cluster", number=2), tr("Several events")))
    rows = holdings(held_at(dossier, marks))
    return found + [
        (each.symbol, f"{each.words} {each.features}" if counted else each.words) for each in rows
    ]


def held_as_of(places: Iterable[Place]) -> EdtfDate | None:
    """As of when holders are known: the oldest date where places differ."""
    days = [place.held_as_of for place in places if place.held_as_of is not None]
    return min(days, key=lambda day: day.sort_key, default=None)


def as_of_words(speak: Locale, places: Iterable[Place]) -> str:
    """As of which month the holders are known: "as of Jan 2021"."""
    oldest = held_as_of(places)
    if oldest is None or oldest.first_day is None:
        return ""
    month = EdtfDate.parse(oldest.text[:7])
    return tr("as of {date}").format(date=speak.date(month, short=True))


def holdings(places: Iterable[Place]) -> list[Holding]:
    """Who holds how many of some places, submerged banks apart, in the order of the colours."""
    counts = Counter((place.held_by, place.kind == "bank") for place in places if place.held_by)
    rows = []
    for party, hollow in sorted(counts, key=lambda each: (_order(each[0]), each)):
        name = _capital(party_words(party))
        words = tr("{holder}, submerged banks").format(holder=name) if hollow else name
        symbol = Symbol(holder_shape(party), hollow=hollow)
        rows.append(Holding(symbol, words, counts[party, hollow]))
    return rows


def legend_words(speak: Locale) -> str:
    """Who holds how many features and as of when, in words: "China (square) 28, …"."""
    places = held(speak.dossier.places.values())
    if not places:
        return ""
    counts = Counter(place.held_by for place in places if place.held_by)
    said = [
        tr("{holder} ({shape}) {count}").format(
            holder=party_words(party), shape=_shape_words(party), count=counts[party]
        )
        for party in sorted(counts, key=_order)
    ]
    return tr("Who holds what, {as_of}: {holders}. Submerged banks are hollow.").format(
        as_of=as_of_words(speak, places), holders=", ".join(said)
    )


def _order(party: Party) -> int:
    shape = holder_shape(party)
    return HOLDERS.index(shape) if shape in HOLDERS else len(HOLDERS)


def _shape_words(party: Party) -> str:
    return {
        "china": tr("square"),
        "vietnam": tr("circle"),
        "philippines": tr("triangle"),
        "malaysia": tr("triangle, point down"),
        "taiwan": tr("diamond"),
    }.get(party, tr("circle"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
