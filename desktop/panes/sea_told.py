"""What the card says of a record, of marks that lie together, and of all within a distance."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.figures.sea_legend import claim_words
from desktop.figures.sea_marks import SeaMark
from desktop.figures.sea_measure import Spot
from desktop.model import geo
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, FactId, Overlay, Place, PlaceId
from desktop.model.states import is_shown
from desktop.panes import sea_words
from desktop.panes.fact_words import find_fact
from desktop.panes.sea_card import Entry, SeaCard, fact_entries
from desktop.services.language import Locale, party_words, tr, tr_count
from desktop.services.position_words import distance_words


def place_of(dossier: Dossier, ref: Ref | None) -> Place | None:
    """The place of a record if its position is known: itself, or where a fact befell."""
    if ref is None:
        return None
    place_id: str | None = ref.id if ref.kind is Place else None
    if ref.kind is Fact and (fact := find_fact(dossier, ref.id)) is not None:
        place_id = fact.place
    place = dossier.places.get(PlaceId(place_id)) if place_id else None
    return place if place is not None and place.lat is not None else None


def stands_for(dossier: Dossier, marks: Sequence[SeaMark], ref: Ref | None) -> Ref | None:
    """The mark that stands for a record: that of its place where it has none of its own."""
    fact = find_fact(dossier, ref.id) if ref and ref.kind is Fact else None
    if fact is None or fact.place is None:
        return ref
    if any(FactId(fact.id) in mark.facts for mark in marks):
        return ref
    return Ref(Place, fact.place)


def spot_of(speak: Locale, place: Place | None) -> Spot | None:
    """A place as something to measure from."""
    if place is None or place.lon is None or place.lat is None:
        return None
    return Spot(speak.name(place), place.lon, place.lat)


def tell_record(card: SeaCard, speak: Locale, ref: Ref) -> bool:
    """Say a fact, a place or a line; False where the map has nothing to say of it."""
    dossier = speak.dossier
    record = find_fact(dossier, ref.id) if ref.kind is Fact else dossier.find(ref)
    if isinstance(record, Fact):
        place = place_of(dossier, ref)
        if place is None or not is_shown(dossier, record, speak.audience):
            return False
        area = dossier.areas.get(record.area) if record.area else None
        name = speak.text(area.name) if area else ""
        card.show_fact(speak, record, sea_words.above_words(speak, place, name))
    elif isinstance(record, Place) and record.lat is not None:
        told = list(sea_words.place_words(speak, record))
        above = sea_words.above_words(speak, record)
        card.show_place(speak, record, above, told, sea_words.facts_at(speak, record))
    elif isinstance(record, Overlay):
        tell_line(card, speak, record)
    else:
        return False
    return True


def tell_line(card: SeaCard, speak: Locale, overlay: Overlay) -> None:
    """Whose line it is, from whose viewpoint it is drawn, and what the award said."""
    name = speak.text(overlay.name)
    told = []
    facts: list[Fact] = []
    if overlay.claimant is not None:
        told.append(claim_words(name, party_words(overlay.claimant)))
        facts = sea_words.award_facts(speak)
    above = tr("Claim") if overlay.claimant is not None else tr("Our own overlay")
    card.show_line(speak, overlay, above, told, facts)


def tell_marks(card: SeaCard, speak: Locale, marks: Sequence[SeaMark]) -> Ref | None:
    """List what marks stand for; where it is one thing only, leave it to be told itself."""
    dossier = speak.dossier
    fact_ids = list(dict.fromkeys(each for mark in marks for each in mark.facts))
    refs = list(dict.fromkeys(mark.ref for mark in marks if not mark.facts))
    if len(fact_ids) + len(refs) == 1:
        return Ref(Fact, fact_ids[0]) if fact_ids else refs[0]
    facts = [fact for each in fact_ids if (fact := find_fact(dossier, each))]
    known = [place for ref in refs if isinstance(place := dossier.find(ref), Place)]
    places = [
        Entry(Ref(Place, each.id), sea_words.above_words(speak, each), speak.name(each))
        for each in known
    ]
    count = len(facts) + len(places)
    title = tr_count("{count} thing here", "{count} things here", count)
    if not places:
        title = tr_count("{count} event", "{count} events", count)
    at = {mark.ref for mark in marks}
    if len(at) == 1 and isinstance(place := dossier.find(marks[0].ref), Place):
        title = f"{speak.name(place)}: {title}"
    card.show_list(title, [*places, *fact_entries(speak, sea_words.latest_first(facts))])
    return None


def tell_within(card: SeaCard, speak: Locale, about: Spot, radius_nm: float) -> None:
    """List the places within a distance of a place, the nearest first."""
    found = sea_words.places_within(
        speak.dossier, about.lon, about.lat, radius_nm * geo.METRES_PER_NM
    )
    others = [(each, off) for each, off in found if speak.name(each) != about.name]
    places = [
        Entry(Ref(Place, each.id), distance_words(off), speak.name(each)) for each, off in others
    ]
    title = tr("{count} within {nm} nm of {name}").format(
        count=tr_count("{count} place", "{count} places", len(places)),
        nm=f"{radius_nm:g}",
        name=about.name,
    )
    card.show_list(title, places)
