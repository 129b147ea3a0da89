"""What a timeline is drawn from: the dated facts of a dossier as lanes, one for each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import is_
from typing import Final, NamedTuple

from desktop.figures.date_marks import Event
from desktop.figures.timeline_lanes import Lane, Ranked, span_of
from desktop.model.dated import Dated
from desktop.model.dossier import Dossier
from desktop.model.records import AreaId, AudienceId, Fact, FactKind
from desktop.model.shown import NO_AREA
from desktop.model.states import State, States
from desktop.services.language import Locale, tr

_KIND_RANK: Final[dict[FactKind, int]] = {
    "event": 1,
    "commitment": 2,
    "official": 2,
    "number": 3,
    "status": 3,
    "judgement": 3,
}
_KEY_FACT, _LEAD = -2, -1
_DAYS: Final = 10_000_000
_AHEAD: Final = 0.08
_LEAST_SPAN_DAYS: Final = 365
_FEW: Final = 20


class Wanted(NamedTuple):
    """Which facts a timeline shows, and to whom; None is any."""

    audience: AudienceId | None = None
    area: str | None = None
    state: State | None = None


class Content(NamedTuple):
    """Lanes of the facts that are wanted, over the time of all: ``first`` to ``last``, in days.

    The line of time ends soon after the day that the file speaks of, ``as_of``; what lasts longer
    runs on to its end.
    """

    lanes: tuple[Lane, ...]
    first: int
    last: int
    as_of: int | None
    language: str

    @property
    def total(self) -> int:
        """How many facts all lanes hold."""
        return sum(len(lane.events) for lane in self.lanes)


class _Area(NamedTuple):
    """The facts of an area that were read, which of them are kept, and their words and ranks.

    ``earliest`` is the first day known of any, ``late`` are the days known after ``as_of``;
    ``first`` has the ranks of key facts and of the lead.
    """

    facts: tuple[Fact, ...]
    as_of: int | None
    earliest: int | None
    late: tuple[int, ...]
    kept: tuple[Fact, ...]
    first: dict[str, int]
    language: str
    ranked: tuple[Ranked, ...]

    def ranked_anew(self, speak: Locale, facts: Iterable[Fact]) -> tuple[Ranked, ...]:
        """What a line of time needs of these facts; the same object where nothing of it differs.

        Facts that stayed are known again by being the same objects.
        """
        facts = tuple(facts)
        head, foot = _in_common(self.kept, facts)
        before, now = (slice(head, len(each) - foot) for each in (self.kept, facts))
        pairs = zip(self.kept[before], self.ranked[before], strict=True)
        known = {id(fact): each for fact, each in pairs}
        ranked = (
            *self.ranked[:head],
            *(known.get(id(fact)) or _ranked(speak, fact, self.first) for fact in facts[now]),
            *self.ranked[before.stop :],
        )
        return self.ranked if ranked == self.ranked else ranked


class TimelineFacts:
    """Reads dossiers one after the other; lanes whose facts stay are the same objects again."""

    def __init__(self) -> None:
        self._areas: dict[str, _Area] = {}
        self._lanes: dict[str, tuple[tuple[tuple[Ranked, ...], ...], Lane]] = {}

    def read(self, dossier: Dossier, wanted: Wanted) -> Content:
        """The content of a timeline of this dossier."""
        speak = Locale(dossier, wanted.audience)
        dated = dossier.derived(Dated)
        groups: dict[str, list[tuple[Ranked, ...]]] = {}
        read: list[_Area] = []
        for area_id in dated.areas():
            facts = dated.in_area(area_id, speak.audience)
            area = self._read_area(speak, area_id, facts, wanted)
            read.append(area)
            if area.ranked:
                groups.setdefault(_group(speak, area_id), []).append(area.ranked)
        lanes = tuple(self._lane(title, tuple(areas)) for title, areas in groups.items())
        as_of = dossier.about.as_of.last
        return Content(lanes, *_span(read, as_of), as_of, speak.tag)

    def _read_area(
        self, speak: Locale, area_id: str, facts: tuple[Fact, ...], wanted: Wanted
    ) -> _Area:
        kept = () if wanted.area not in (None, area_id) else facts
        if wanted.state is not None:
            states = speak.dossier.derived(States)
            kept = tuple(fact for fact in kept if wanted.state in states[fact.id])
        area = speak.dossier.areas.get(AreaId(area_id))
        first: dict[str, int] = {area.lead: _LEAD} if area and area.lead else {}
        first.update(dict.fromkeys(speak.dossier.about.key_facts, _KEY_FACT))
        as_of = speak.dossier.about.as_of.last
        known = self._areas.get(area_id)
        said = (as_of, first, speak.tag)
        if known is not None and (known.as_of, known.first, known.language) != said:
            known = None
        if known is None:
            known = _Area((), as_of, None, (), (), first, speak.tag, ())
        if known.facts is not facts or known.kept != kept:
            days = sorted(_known_days(facts))
            known = known._replace(
                facts=facts,
                earliest=days[0] if days else None,
                late=tuple(day for day in days if as_of is None or day > as_of),
                kept=kept,
                ranked=known.ranked_anew(speak, kept),
            )
        self._areas[area_id] = known
        return known

    def _lane(self, title: str, areas: tuple[tuple[Ranked, ...], ...]) -> Lane:
        known = self._lanes.get(title)
        if known is None or not _are_same(known[0], areas):
            moved = _moved(known[0], areas) if known is not None else None
            ranked = [*chain.from_iterable(areas)]
            if known is not None and moved is not None and len(moved) <= _FEW:
                lane = known[1].after(ranked, moved)
            else:
                lane = Lane(title, ranked)
            known = self._lanes[title] = (areas, lane)
        return known[1]


def _moved(
    before: Sequence[tuple[Ranked, ...]], now: Sequence[tuple[Ranked, ...]]
) -> list[Ranked] | None:
    """What came into areas or left them; None where the rest does not stand as it stood."""
    if len(before) != len(now):
        return None
    there: dict[int, Ranked] = {}
    here: dict[int, Ranked] = {}
    for old, new in zip(before, now, strict=True):
        if old is not new:
            head, foot = _in_common(old, new)
            there.update((id(each), each) for each in old[head : len(old) - foot])
            here.update((id(each), each) for each in new[head : len(new) - foot])
    if [each for each in there if each in here] != [each for each in here if each in there]:
        return None
    gone = [each for key, each in there.items() if key not in here]
    return gone + [each for key, each in here.items() if key not in there]


def _in_common(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """How many objects two sequences begin with both, and with how many others both end."""
    most = min(len(one), len(other))
    head = _same_at_first(one, other)
    foot = _same_at_first(reversed(one), reversed(other))
    return head, min(foot, most - head)


def _same_at_first(one: Iterable[object], other: Iterable[object]) -> int:
    return [*map(is_, one, other), False].index(False)


def _group(speak: Locale, area_id: str) -> str:
    if area_id == NO_AREA:
        return tr("No area")
    return speak.text(speak.dossier.areas[AreaId(area_id)].group)


def _ranked(speak: Locale, fact: Fact, first: Mapping[str, int]) -> Ranked:
    assert fact.when is not None, "only dated facts are read"
    differs = "sources-differ" in speak.dossier.derived(States)[fact.id]
    event = Event(fact.id, speak.statement(fact), fact.when, differs)
    return Ranked(*span_of(fact.when), event, _rank(fact, first))


def _rank(fact: Fact, first: Mapping[str, int]) -> int:
    """How soon a fact gets a label: key facts and leads, below 0; then what happened.

    Among equals the latest comes first.
    """
    kind = first.get(fact.id, _KIND_RANK[fact.kind])
    begins = fact.when.first if fact.when and fact.when.first is not None else 0
    return kind * _DAYS - begins


def _known_days(facts: Iterable[Fact]) -> set[int]:
    whens = (fact.when for fact in facts if fact.when is not None)
    return {day for when in whens for day in (when.first, when.last) if day is not None}


def _span(areas: Sequence[_Area], as_of: int | None) -> tuple[int, int]:
    """From the earliest day known to a little beyond the day the file speaks of."""
    late = [day for area in areas for day in area.late]
    latest = max(late, default=_LEAST_SPAN_DAYS) if as_of is None else as_of
    begins = [area.earliest for area in areas if area.earliest is not None]
    earliest = max(min([*begins, latest - _LEAST_SPAN_DAYS]), 1)
    bound = latest + (latest + 1 - earliest) * _AHEAD
    return earliest, max([latest, *(day for day in late if day <= bound)]) + 1


def _are_same(one: Sequence[object], other: Sequence[object]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
