"""The questions a briefer is asked over the map, answered at once from the facts that are open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from desktop.figures.sea_legend import held, holdings
from desktop.figures.sea_marks import FACTS_OF_LAYER, SeaLayer, had_happened, held_words
from desktop.model.dated import Dated
from desktop.model.dossier import Ref
from desktop.model.records import Fact, Overlay, Place
from desktop.model.states import states_of
from desktop.panes import sea_words
from desktop.panes.sea_card import Entry, fact_entries
from desktop.services.language import Locale, party_words, tr
from desktop.services.position_words import distance_words

Question = Literal["last-call", "holders", "how-far", "built", "lines"]
QUESTIONS: Final[tuple[Question, ...]] = get_args(Question)

_FAR_M: Final = 4_000_000.0


class Answer(NamedTuple):
    """What the card lists, the layer on which it stands, and the record to be marked first."""

    title: str
    told: tuple[str, ...]
    entries: tuple[Entry, ...]
    layer: SeaLayer
    first: Ref | None = None


def question_words(speak: Locale, question: Question) -> str:
    """A question as the menu asks it."""
    harbour = sea_words.harbour(speak.dossier)
    return {
        "last-call": tr("Where was the last U.S. call, and the one before?"),
        "holders": tr("Who holds what, and since when is it known?"),
        "how-far": tr("How far is it from {place}?").format(
            place=speak.name(harbour) if harbour else "…"
        ),
        "built": tr("Who built how much?"),
        "lines": tr("Whose line is this, and what did the award say?"),
    }[question]


def answer(speak: Locale, question: Question, by: date | None) -> Answer:
    """Answer a question of the whole map, as things stood by a day if by one."""
    if question == "last-call":
        return _last_calls(speak, by)
    if question == "holders":
        return _holders(speak)
    if question == "how-far":
        return _distances(speak)
    if question == "built":
        return _built(speak, by)
    return _lines(speak)


def _last_calls(speak: Locale, by: date | None) -> Answer:
    calls = sea_words.latest_first(_facts_of(speak, "port-visits", by))
    order = (tr("The last"), tr("The one before"))
    entries = []
    for number, fact in enumerate(calls):
        place = speak.dossier.places.get(fact.place) if fact.place else None
        where = f"{speak.date(fact.when)}, {speak.name(place)}" if place else speak.date(fact.when)
        above = f"{order[number]}: {where}" if number < len(order) else where
        entries.append(Entry(Ref(Fact, fact.id), above, speak.statement(fact)))
    title = tr("The last U.S. call, and those before")
    told = () if calls else (tr("No call is recorded."),)
    first = entries[0].ref if entries else None
    return Answer(title, told, tuple(entries), "port-visits", first)


def _holders(speak: Locale) -> Answer:
    places = held(speak.dossier.places.values())
    told = [f"{each.words}: {each.features}" for each in holdings(places)]
    told.append(tr("Holding is not title."))
    places.sort(key=lambda place: (place.held_since is None, place.held_by or "", place.id))
    entries = []
    for place in places:
        above = held_words(speak, place)
        if place.held_since is not None:
            since = tr("since {date}").format(date=speak.date(place.held_since, short=True))
            above = f"{above}; {since}"
        entries.append(
            Entry(Ref(Place, place.id), above[:1].upper() + above[1:], speak.name(place))
        )
    return Answer(tr("Who holds what"), (". ".join(told),), tuple(entries), "holders")


def _distances(speak: Locale) -> Answer:
    harbour = sea_words.harbour(speak.dossier)
    if harbour is None or harbour.lon is None or harbour.lat is None:
        return Answer(tr("No place to measure from is in the file"), (), (), "sites")
    found = sea_words.places_within(speak.dossier, harbour.lon, harbour.lat, _FAR_M)
    entries = [
        Entry(Ref(Place, place.id), distance_words(off), speak.name(place))
        for place, off in found
        if place.id != harbour.id
    ]
    title = tr("From {place}, the nearest first").format(place=speak.name(harbour))
    told = tr("The shortest way, over land too.")
    return Answer(title, (told,), tuple(entries), "holders")


def _built(speak: Locale, by: date | None) -> Answer:
    """The latest figure of each builder for each measure; what was revised since is left out."""
    facts = [
        fact
        for fact in sea_words.latest_first(_facts_of(speak, "island-building", by))
        if sea_words.is_placed(speak.dossier, fact)
        and fact.value is not None
        and "superseded" not in states_of(speak.dossier, fact)
    ]
    latest: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        key = (fact.measure or fact.id, speak.text(fact.scope), fact.place or "")
        latest.setdefault(key, fact)
    order = {fact.measure: number for number, fact in reversed(list(enumerate(facts)))}
    shown = sorted(latest.values(), key=lambda fact: order[fact.measure])
    entries = []
    for fact in shown:
        amount = speak.quantity(fact.value) if fact.value else ""
        above = f"{amount}, {speak.date(fact.when, short=True)}"
        entries.append(Entry(Ref(Fact, fact.id), above, speak.statement(fact)))
    told = () if entries else (tr("No figure is recorded."),)
    return Answer(tr("Who built how much"), told, tuple(entries), "island-building")


def _lines(speak: Locale) -> Answer:
    lines = [
        Entry(Ref(Overlay, each.id), tr("Claim of {party}").format(party=party), name)
        for each in speak.dossier.overlays.values()
        if each.claimant is not None
        for party, name in [(party_words(each.claimant), speak.text(each.name))]
    ]
    entries = [*lines, *fact_entries(speak, sea_words.award_facts(speak))]
    told = () if entries else (tr("No line and no award is recorded."),)
    first = lines[0].ref if len(lines) == 1 else None
    return Answer(tr("Claims and the 2016 award"), told, tuple(entries), "claims", first)


def _facts_of(speak: Locale, layer: SeaLayer, by: date | None) -> Iterable[Fact]:
    area_id, kind = FACTS_OF_LAYER[layer]
    found = speak.dossier.derived(Dated).in_area(area_id, speak.audience)
    return [
        fact
        for fact in found
        if fact.kind == kind and fact.when is not None and had_happened(fact.when, by)
    ]
