"""The dated facts that stand outside the Facts pane, found once and kept across changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple, Self

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref, row_ids
from desktop.model.records import Fact, PlaceId
from desktop.model.shown import NO_AREA, InTime, Shown
from desktop.model.states import is_after_as_of

_Key = tuple[str, str | None]


class Dated:
    """The dated facts of each area, for each audience, in the order of the file.

    A table gives way to its rows, each dated by its period; a row that reports nothing is left
    out. The same tuple comes back until a change touches one of its facts.
    """

    def __init__(
        self, dossier: Dossier, known: dict[_Key, tuple[tuple[Fact, ...], tuple[Fact, ...]]]
    ) -> None:
        self._dossier: Final = dossier
        self._known: Final = known
        self._found: Final[dict[_Key, tuple[Fact, ...]]] = {}
        self._places: Final[dict[_Key, tuple[tuple[Fact, ...], Counter[PlaceId]]]] = {}
        self._all_places: Final[dict[str | None, Mapping[PlaceId, int]]] = {}

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, {})

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        """The same for a later dossier; what ``Shown`` did not go over anew is kept."""
        plain = all(ref.kind is Fact for ref in changed)
        after = type(self)(dossier, dict(self._known) if plain else {})
        after._places.update(self._places)
        return after

    def in_area(self, area_id: str, audience: str | None) -> tuple[Fact, ...]:
        """The dated facts of an area, or of NO_AREA."""
        key = (area_id, audience)
        found = self._found.get(key)
        if found is None:
            shown = self._dossier.derived(Shown).in_area(area_id, audience).facts
            known = self._known.get(key)
            if known is None or (known[0] is not shown and known[0] != shown):
                self._known[key] = known = (shown, tuple(self._dated(shown)))
            found = self._found[key] = known[1]
        return found

    def places(self, audience: str | None) -> Mapping[PlaceId, int]:
        """How many dated facts of every area name each place."""
        if audience in self._all_places:
            return self._all_places[audience]
        total: Counter[PlaceId] = Counter()
        for area_id in self.areas():
            facts = self.in_area(area_id, audience)
            known = self._places.get((area_id, audience))
            if known is None or known[0] is not facts:
                named = Counter(fact.place for fact in facts if fact.place is not None)
                known = self._places[area_id, audience] = (facts, named)
            total.update(known[1])
        self._all_places[audience] = total
        return total

    def areas(self) -> tuple[str, ...]:
        """All there is to ask ``in_area`` for: the areas of the file, then NO_AREA."""
        return (*self._dossier.areas, NO_AREA)

    def all(self, audience: str | None) -> list[Fact]:
        """The dated facts of every area."""
        return [fact for area_id in self.areas() for fact in self.in_area(area_id, audience)]

    def _dated(self, facts: Iterable[Fact]) -> Iterable[Fact]:
        for fact in facts:
            if fact.points:
                rows = (self._dossier.fact(row_id) for row_id in row_ids(fact))
                yield from (row for row in rows if row.value and not self._is_late(row))
            elif fact.when is not None:
                yield fact

    def _is_late(self, row: Fact) -> bool:
        return is_after_as_of(self._dossier, row)


class _EventsOfYear(InTime[int]):
    """The events that had begun by the day the file speaks of, by the year of their first day."""

    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[int]:
        first = fact.when.first if fact.kind == "event" and fact.when is not None else None
        if not first or is_after_as_of(dossier, fact):
            return ()
        return (date.fromordinal(first).year,)


def latest_events(dossier: Dossier, audience: str | None, most: int) -> list[Fact]:
    """The latest events that an audience is shown, up to ``most`` of them, the latest first."""
    as_of, of_year = dossier.about.as_of.last_day, dossier.derived(_EventsOfYear)
    found: list[Fact] = []
    for year in range(as_of.year if as_of is not None else 0, 0, -1):
        shown = [fact for fact in of_year.facts(year) if audience not in fact.withhold_from]
        found += sorted(shown, key=_when, reverse=True)
        if len(found) >= most:
            break
    return found[:most]


class OnDay(NamedTuple):
    """What is known of a day, month or year.

    ``within`` lies wholly in it, earliest first; ``around`` reaches beyond it or is known less
    precisely, the shortest first; ``years_apart`` befell the same day of other years.
    """

    within: tuple[Fact, ...]
    around: tuple[Fact, ...]
    years_apart: tuple[Fact, ...]


def on_day(facts: Iterable[Fact], asked: EdtfDate) -> OnDay:
    """Sort dated facts by what they have to do with a date; most have nothing, and are left out.

    Only what is known to the day can return with the day: a fact of one day, or one that begins
    or ends on a known day.
    """
    first = asked.first if asked.first is not None else 0
    last = asked.last if asked.last is not None else date.max.toordinal()
    day = asked.first_day if asked.kind == "day" else None
    within, around, years_apart = [], [], []
    for fact in facts:
        when = fact.when
        if when is None:
            continue
        begins = when.first if when.first is not None else 0
        ends = when.last if when.last is not None else date.max.toordinal()
        if first <= begins and ends <= last:
            within.append(fact)
        elif begins <= last and first <= ends:
            around.append(fact)
        elif day is not None and any(_returns(each, day) for each in _known_days(when)):
            years_apart.append(fact)
    around.sort(key=_length)
    return OnDay(_in_time(within), tuple(around), _in_time(years_apart))


def _known_days(when: EdtfDate) -> list[date]:
    parts = (when, when.start, when.end) if when.kind == "interval" else (when,)
    exact = (
        part.first_day
        for part in parts
        if part and part.kind == "day" and not (part.approximate or part.uncertain)
    )
    return [day for day in exact if day is not None]


def _returns(one: date, other: date) -> bool:
    return (one.month, one.day) == (other.month, other.day)


def _length(fact: Fact) -> int:
    when = fact.when
    if when is None or when.first is None or when.last is None:
        return date.max.toordinal()
    return when.last - when.first


def _in_time(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=_when))


def _when(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)
