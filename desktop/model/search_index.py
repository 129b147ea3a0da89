"""Words to search facts by, with accents folded and as they were written.

A person who types "hoang" means Hoàng and Hoang alike; one who types "hoàng" means the accents,
and what has them ranks first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Final, NamedTuple, Self

from desktop.model.carried import Carried
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Area, Fact, FactId, Measure, Place, Source
from desktop.model.values import LocalText

_ACCENTS: Final = dict.fromkeys(range(0x300, 0x370))
_LIKE: Final = str.maketrans("’‘“”–—\u00a0\u202f", "''\"\"--  ")
_PLACES: Final = 5
_BARE: Final = {**_ACCENTS, ord("đ"): "d"}


def fold(text: str) -> str:
    """Text in lower case without accents, đ as d; composed or decomposed makes no difference."""
    text = text.lower()
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text.translate(_LIKE)).translate(_BARE)


def keep_accents(text: str) -> str:
    """The same with its accents, composed."""
    text = text.lower()
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_LIKE))


class Words(NamedTuple):
    """A text to search in, both ways; for most text in English they are one string.

    Its fields stand on lines of their own; those up to ``title_end`` in the folded text are what
    the record is called.
    """

    folded: str
    accented: str
    title_end: int

    @classmethod
    def of(cls, title: Iterable[str], more: Iterable[str] = ()) -> Self:
        called = "\n".join(title)
        text = "\n".join((called, *more))
        folded, accented = fold(text), keep_accents(text)
        return cls(folded, folded if folded == accented else accented, len(fold(called)))


class Query:
    """What a person typed: every word of it has to occur, in any order."""

    __slots__ = ("_phrase", "accented", "folded", "has_accents", "text")

    def __init__(self, typed: str) -> None:
        self.text: Final = " ".join(typed.split())
        self.folded: Final = tuple(fold(self.text).split())
        self.accented: Final = tuple(keep_accents(self.text).split())
        self.has_accents: Final = self.folded != self.accented
        self._phrase: Final = " ".join(self.folded)

    def __bool__(self) -> bool:
        return bool(self.folded)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def matches(self, words: Words) -> bool:
        folded = words.folded
        return all(word in folded for word in self.folded)

    def matches_accents(self, words: Words) -> bool:
        """Whether the text has the very accents that were typed; True if none were."""
        accented = words.accented
        return not self.has_accents or all(word in accented for word in self.accented)

    def rank(self, words: Words) -> int | None:
        """How well a text matches, 0 best; None if it does not.

        What has the accents that were typed comes before all that has not. Then comes what begins
        a title, begins a word of it, stands within one, begins a word elsewhere, stands anywhere.
        """
        folded = words.folded
        at = folded.find(self._phrase)
        if at < 0 and not (len(self.folded) > 1 and self.matches(words)):
            return None
        accents = 0 if self.matches_accents(words) else _PLACES
        if at < 0:
            return accents + _PLACES - 1
        before = folded[at - 1] if at else "\n"
        if at < words.title_end:
            return accents + (0 if before == "\n" else 2 if before.isalnum() else 1)
        return accents + (4 if before.isalnum() else 3)


class FactWords:
    """The words of every fact of a dossier, each folded when it is first searched.

    They are statement, quotations, value, date, id, area, place, and titles and publishers of
    the sources.
    """

    def __init__(self, dossier: Dossier, known: Carried[str, Words]) -> None:
        self._dossier: Final = dossier
        self._known: Final = known

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, Carried({}))

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        """The same for a later dossier: only what draws on a changed record is folded again."""
        drawn_on = {ref for ref in changed if ref.kind in (Area, Measure, Place, Source)}
        forgotten = {ref.id for ref in changed if ref.kind is Fact}
        forgotten.update(drawing_on(dossier, drawn_on) if drawn_on else ())
        return type(self)(dossier, self._known.without(forgotten))

    def __getitem__(self, fact_id: str) -> Words:
        found = self._known.get(fact_id)
        if found is None:
            fact = self._dossier.facts[FactId(fact_id)]
            words = Words.of(_titles(self._dossier, fact), _texts(self._dossier, fact))
            found = self._known.put(fact_id, words)
        return found

    def matching(self, query: Query, fact_ids: Iterable[str]) -> list[str]:
        """Those of the facts in which every word of the query occurs."""
        ids = list(fact_ids)
        known = zip(ids, self._known.each(ids), strict=True)
        words = {each: found or self[each] for each, found in known}
        for part in query.folded:
            words = {each: found for each, found in words.items() if part in found.folded}
        return list(words)

    def items(self) -> Iterator[tuple[str, Words]]:
        """Every fact with its words, in the order of the file."""
        for fact_id in self._dossier.facts:
            yield fact_id, self[fact_id]

    def fold_ahead(self, most: int) -> bool:
        """Fold up to ``most`` facts that nobody searched yet; False when all are folded."""
        unknown = (fact_id for fact_id in self._dossier.facts if self._known.get(fact_id) is None)
        ahead = list(islice(unknown, most))
        for fact_id in ahead:
            self[fact_id]
        return len(ahead) == most


def drawing_on(dossier: Dossier, refs: Set[Ref]) -> list[str]:
    """The facts whose area, place, measure or source is among these records."""
    facts = dossier.facts.values()
    return [fact.id for fact in facts if not refs.isdisjoint(refs_of(fact))]


def refs_of(fact: Fact) -> Iterator[Ref]:
    """Area, place, measure and sources of a fact."""
    if fact.area is not None:
        yield Ref(Area, fact.area)
    if fact.place is not None:
        yield Ref(Place, fact.place)
    if fact.measure is not None:
        yield Ref(Measure, fact.measure)
    for citation in fact.citations:
        yield Ref(Source, citation.source)


def _titles(dossier: Dossier, fact: Fact) -> Iterator[str]:
    measure = dossier.measures.get(fact.measure) if fact.measure else None
    if fact.statement is not None or measure is None:
        yield from all_languages(fact.statement)
    else:
        yield from all_languages(measure.name)
    yield fact.id


def _texts(dossier: Dossier, fact: Fact) -> Iterator[str]:
    yield from all_languages(fact.scope)
    if fact.value is not None:
        yield fact.value.text
    if fact.when is not None:
        yield fact.when.text
    for citation in fact.citations:
        yield citation.quote or citation.locator or ""
        source = dossier.sources.get(citation.source)
        if source is not None:
            yield from (source.publisher, source.title)
    area = dossier.areas.get(fact.area) if fact.area else None
    if area is not None:
        yield from all_languages(area.name)
    place = dossier.places.get(fact.place) if fact.place else None
    if place is not None:
        yield from place_texts(place)


def place_texts(place: Place) -> Iterator[str]:
    """Every name of a place, in all languages and for all audiences."""
    yield from all_languages(place.name)
    yield from place.name_for.values()


def all_languages(text: LocalText | None) -> Iterator[str]:
    if text is not None:
        yield from text.by_language.values()
