"""What a search over everything finds: facts, places, sources, areas and actions, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol, TypeVar

from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Area, Fact, FactId, Place, Source
from desktop.model.search_index import FactWords, Query, Words, all_languages, place_texts
from desktop.model.states import State, is_after_as_of, states_of
from desktop.panes.fact_words import value_words
from desktop.services.language import Locale, place_kind_words, tr, tr_count
from desktop.widgets.search_panel import Result, ResultGroup

MOST_FACTS: Final = 7
MOST_OTHERS: Final = 5
_RANKED_BY_STATE: Final = 200
_STANDING: Final[dict[State, int]] = {
    "agreed": 0,
    "one-source": 1,
    "sources-differ": 1,
    "does-not-add-up": 2,
    "stale": 2,
    "unsourced": 3,
    "superseded": 4,
}


T = TypeVar("T")


class Command(Protocol):
    """Something that can be done, as the registry of actions knows it."""

    @property
    def id(self) -> str: ...

    @property
    def shortcut(self) -> str: ...

    @property
    def run(self) -> Callable[[], object]: ...

    @property
    def enabled(self) -> Callable[[], bool]: ...

    def words(self) -> str: ...


class _Found(NamedTuple):
    """A group with the rank of its best result."""

    rank: int
    group: ResultGroup


def find(speak: Locale, commands: Sequence[Command], query: Query) -> list[ResultGroup]:
    """The results by kind, the kind with the best match first; ties keep the usual order."""
    if not query:
        return []
    found = [
        *_facts(speak, query),
        *_places(speak, query),
        *_sources(speak, query),
        *_areas(speak, query),
        *_commands(commands, query),
    ]
    return [each.group for each in sorted(found, key=_rank_of_group)]


def extent_words(dossier: Dossier, commands: Sequence[Command]) -> str:
    """What there is to search, in numbers."""
    counts = (
        tr_count("{count} fact", "{count} facts", len(dossier.facts)),
        tr_count("{count} place", "{count} places", len(dossier.places)),
        tr_count("{count} source", "{count} sources", len(dossier.sources)),
        tr_count("{count} area", "{count} areas", len(dossier.areas)),
        tr_count("{count} action", "{count} actions", len(commands)),
    )
    return tr("Search {facts}, {places}, {sources}, {areas} and {actions}.").format(
        **dict(zip(("facts", "places", "sources", "areas", "actions"), counts, strict=True))
    )


def _facts(speak: Locale, query: Query) -> Iterator[_Found]:
    dossier = speak.dossier
    by_rank = _by_rank(query, dossier.derived(FactWords).items())
    best: list[str] = []
    for rank in sorted(by_rank):
        if len(best) < MOST_FACTS:
            ahead = by_rank[rank][:_RANKED_BY_STATE]
            best += sorted(ahead, key=lambda fact_id: _standing(dossier, fact_id))
    if best:
        total = sum(map(len, by_rank.values()))
        results = [_fact_result(speak, dossier.facts[FactId(each)]) for each in best[:MOST_FACTS]]
        yield _Found(min(by_rank), ResultGroup(_title(tr("Facts"), results, total), results))


def _fact_result(speak: Locale, fact: Fact) -> Result:
    area = speak.dossier.areas.get(fact.area) if fact.area else None
    details = (tr("Fact"), speak.text(area.name) if area else "", speak.date(fact.when, short=True))
    return Result(
        Ref(Fact, fact.id),
        speak.statement(fact) or fact.id,
        " · ".join(part for part in details if part),
        value_words(speak, fact),
        "file-text",
    )


def _places(speak: Locale, query: Query) -> Iterator[_Found]:
    def result(place: Place) -> Result:
        detail = f"{tr('Place')} · {place_kind_words(place.kind)}"
        return Result(Ref(Place, place.id), speak.name(place), detail, "", "map")

    titles = ((place, (*place_texts(place), place.id)) for place in speak.dossier.places.values())
    yield from _group(tr("Places"), _by_rank(query, _folded(titles)), result)


def _sources(speak: Locale, query: Query) -> Iterator[_Found]:
    def result(source: Source) -> Result:
        detail = f"{tr('Source')} · {speak.source(source)}"
        return Result(Ref(Source, source.id), source.title, detail, "", "quote")

    sources = speak.dossier.sources.values()
    titles = ((each, (each.title, each.publisher, each.id)) for each in sources)
    yield from _group(tr("Sources"), _by_rank(query, _folded(titles)), result)


def _areas(speak: Locale, query: Query) -> Iterator[_Found]:
    def result(area: Area) -> Result:
        count = len(speak.dossier.facts_in(area.id))
        detail = f"{tr('Area')} · {speak.text(area.group)}"
        facts = tr_count("{count} fact", "{count} facts", count)
        return Result(Ref(Area, area.id), speak.text(area.name), detail, facts, "list")

    areas = speak.dossier.areas.values()
    titles = ((area, (*all_languages(area.name), area.id)) for area in areas)
    yield from _group(tr("Areas"), _by_rank(query, _folded(titles)), result)


def _commands(commands: Sequence[Command], query: Query) -> Iterator[_Found]:
    def result(command: Command) -> Result:
        return Result(command, command.words(), tr("Action"), command.shortcut, "arrow-right")

    titles = ((each, (each.words(),)) for each in commands if each.enabled())
    yield from _group(tr("Actions"), _by_rank(query, _folded(titles)), result)


def _folded(titles: Iterable[tuple[T, tuple[str, ...]]]) -> Iterator[tuple[T, Words]]:
    return ((each, _words(title)) for each, title in titles)


@lru_cache(maxsize=16_384)
def _words(title: tuple[str, ...]) -> Words:
    return Words.of(title)


def _by_rank(query: Query, candidates: Iterable[tuple[T, Words]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for each, words in candidates:
        rank = query.rank(words)
        if rank is not None:
            found.setdefault(rank, []).append(each)
    return found


def _group(
    title: str, by_rank: dict[int, list[T]], result: Callable[[T], Result]
) -> Iterator[_Found]:
    ranked = [each for rank in sorted(by_rank) for each in by_rank[rank]]
    if ranked:
        results = [result(each) for each in ranked[:MOST_OTHERS]]
        yield _Found(min(by_rank), ResultGroup(_title(title, results, len(ranked)), results))


def _title(kind: str, results: Sequence[Result], total: int) -> str:
    if len(results) == total:
        return kind
    return tr("{kind}, the best {shown} of {total}").format(
        kind=kind, shown=len(results), total=f"{total:,}"
    )


def _standing(dossier: Dossier, fact_id: str) -> int:
    """How far a fact can be stood on: what is superseded or not shown elsewhere comes last."""
    fact = dossier.facts[FactId(fact_id)]
    if is_after_as_of(dossier, fact):
        return len(_STANDING)
    return _STANDING[states_of(dossier, fact)[0]]


def _rank_of_group(found: _Found) -> int:
    return found.rank
