"""The states of a fact: worked out from the dossier, never written in the file."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, Self, get_args

from desktop.model.carried import Carried, FactIndex
from desktop.model.dossier import Dossier, Ref, row_ids, whole_id
from desktop.model.records import (
    About,
    Area,
    Citation,
    Fact,
    FactId,
    Measure,
    Source,
    Unit,
    UnitId,
)
from desktop.model.values import Quantity

State = Literal[
    "superseded",
    "sources-differ",
    "does-not-add-up",
    "unsourced",
    "stale",
    "one-source",
    "agreed",
]
STATES: Final[tuple[State, ...]] = get_args(State)
"""In order of precedence: the first that applies is the one shown."""
NOTABLE_STATES: Final[tuple[State, ...]] = (
    "sources-differ",
    "does-not-add-up",
    "unsourced",
    "stale",
)


class States:
    """The states of every fact of a dossier, each worked out when it is first asked for."""

    def __init__(self, dossier: Dossier, known: Carried[str, tuple[State, ...]]) -> None:
        self._dossier: Final = dossier
        self._known: Final = known

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls(dossier, Carried({}))

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Self:
        """The same for a later dossier: only what a change can have touched is forgotten."""
        if any(ref.kind in (About, Unit) for ref in changed):
            return self.of(dossier)
        states = (self._dossier, dossier)
        forgotten = {each for ref in changed for of in states for each in touched(of, ref)}
        return type(self)(dossier, self._known.without(forgotten))

    def __getitem__(self, fact_id: str) -> tuple[State, ...]:
        found = self._known.get(fact_id)
        if found is None:
            found = self._known.put(fact_id, _work_out(self._dossier, self._dossier.fact(fact_id)))
        return found

    def each(self, fact_ids: Iterable[str]) -> list[tuple[State, ...]]:
        """The states of many facts, in their order: at once where all are known already."""
        ids = list(fact_ids)
        known = self._known.each(ids)
        return [each or self[fact_id] for fact_id, each in zip(ids, known, strict=True)]


class Notable(FactIndex[State]):
    """The facts that are in a state worth knowing before one speaks of them, by their first state.

    What came after the day the file speaks of is left out; what is withheld from some is not.
    """

    rests_on = (About, Unit)

    @classmethod
    def keys(cls, dossier: Dossier, fact: Fact) -> Iterable[State]:
        first = next(iter(dossier.derived(States)[fact.id]), None)
        is_found = first in NOTABLE_STATES and not is_after_as_of(dossier, fact)
        return (first,) if first is not None and is_found else ()

    @classmethod
    def touched(cls, dossier: Dossier, ref: Ref) -> Iterable[str]:
        return touched(dossier, ref)


def states_of(dossier: Dossier, fact: Fact) -> tuple[State, ...]:
    """All states of a fact, the one to show first."""
    return dossier.derived(States)[fact.id]


def is_after_as_of(dossier: Dossier, fact: Fact) -> bool:
    """Whether it happened, or was first published, after the day the file speaks of."""
    as_of = dossier.about.as_of.last
    if as_of is None:
        return False
    if fact.when and fact.when.first is not None and fact.when.first > as_of:
        return True
    published = [
        source.published.first
        for citation in fact.citations
        if (source := dossier.sources.get(citation.source)) and source.published
    ]
    first_days = [day for day in published if day is not None]
    return bool(first_days) and len(first_days) == len(fact.citations) and min(first_days) > as_of


def is_shown(dossier: Dossier, fact: Fact, audience: str | None) -> bool:
    """Whether a fact stands outside the Facts pane, before this audience."""
    return audience not in fact.withhold_from and not is_after_as_of(dossier, fact)


def says_otherwise(fact: Fact, citation: Citation) -> bool:
    """Whether a citation says anything that the fact itself does not."""
    says = citation.says
    if says is None:
        return False
    said = ((name, getattr(says, name)) for name in says.__struct_fields__)
    return any(words is not None and words != getattr(fact, name) for name, words in said)


def shown_parts(dossier: Dossier, fact: Fact, audience: str | None) -> list[Fact]:
    """The parts of a total, as far as this audience is shown them."""
    found = (dossier.find(Ref(Fact, part_id)) for part_id in fact.parts)
    return [part for part in found if isinstance(part, Fact) and is_shown(dossier, part, audience)]


def differing_parts(dossier: Dossier, fact: Fact, audience: str | None) -> list[Fact]:
    """Those of the shown parts of a total on which sources differ."""
    parts = shown_parts(dossier, fact, audience)
    return [part for part in parts if "sources-differ" in states_of(dossier, part)]


def sum_of_parts(dossier: Dossier, fact: Fact) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest total that a fact's parts allow, in single units.

    A part that is open-ended in its source opens its side, down to zero or up to infinity. None
    where a part has no value or another unit.
    """
    low = high = Decimal(0)
    for part_id in fact.parts:
        found = dossier.find(Ref(Fact, part_id))
        value = found.value if isinstance(found, Fact) else None
        if value is None or fact.value is None or value.unit != fact.value.unit:
            return None
        lowest, highest = _allowed(dossier, value)
        low += lowest
        high += highest
    return low, high


def _allowed(dossier: Dossier, value: Quantity) -> tuple[Decimal, Decimal]:
    """The lowest and highest amount that a quantity leaves open, in single units.

    What was counted, whole things of a unit without a sign, is exact; what was measured is rounded
    to its last digit.
    """
    if value.qualifier in ("more than", "at least"):
        return value.low, Decimal("Infinity")
    if value.qualifier in ("less than", "up to"):
        return Decimal(0), value.high
    if value.qualifier == "nearly":
        return value.low - value.slack, value.high
    unit = dossier.units.get(UnitId(value.unit))
    is_counted = not value.scale and unit and not (unit.sign or unit.sign_after)
    if value.qualifier == "about":
        leeway = value.slack
    elif is_counted and value.rounding == Decimal("0.5"):
        leeway = Decimal(0)
    else:
        leeway = value.rounding
    return value.low - leeway, value.high + leeway


def adds_up(dossier: Dossier, fact: Fact) -> bool:
    """Whether a fact's parts make it up within their rounding; True where that is not known."""
    bounds = sum_of_parts(dossier, fact) if fact.parts else None
    if bounds is None or fact.value is None:
        return True
    low, high = _allowed(dossier, fact.value)
    return bounds[0] <= high and bounds[1] >= low


def _is_stale(dossier: Dossier, fact: Fact) -> bool:
    if fact.kind == "number":
        measure = dossier.measures.get(fact.measure) if fact.measure else None
        ages = measure is not None and measure.kind == "level"
    else:
        ages = fact.kind in ("status", "judgement")
    if not ages or fact.area is None:
        return False
    area, as_of = dossier.areas.get(fact.area), dossier.about.as_of.last_day
    if area is None or area.review_after is None or as_of is None:
        return False
    sources = dossier.sources
    published = (
        source.published.last
        for citation in fact.citations
        if (source := sources.get(citation.source)) and source.published
    )
    newest = max((day for day in published if day is not None), default=None)
    return newest is not None and newest < area.review_after.before(as_of).toordinal()


def _work_out(dossier: Dossier, fact: Fact) -> tuple[State, ...]:
    agreeing, differing, sources = set[str](), set[str](), dossier.sources
    for citation in fact.citations:
        source = sources.get(citation.source)
        origins = differing if says_otherwise(fact, citation) else agreeing
        origins.add(source.origin if source else citation.source)
    applies = {
        "superseded": dossier.is_superseded(fact.id),
        "sources-differ": bool(fact.contradicted_by or differing),
        "does-not-add-up": not adds_up(dossier, fact),
        "unsourced": not fact.citations,
        "stale": _is_stale(dossier, fact),
        "one-source": len(agreeing | differing) == 1,
        "agreed": len(agreeing) > 1,
    }
    return tuple(state for state in STATES if applies[state])


def touched(dossier: Dossier, ref: Ref) -> list[str]:
    """The facts whose states a change at this address can alter, rows of tables included."""
    if ref.kind is Fact:
        found = dossier.facts.get(FactId(ref.id))
        facts = [ref.id, *(found.supersedes if found else ())]
        facts += [fact.id for fact in dossier.naming(ref.id)]
    elif ref.kind is Source:
        facts = [fact.id for fact in dossier.citing(ref.id)]
    elif ref.kind is Area:
        facts = [fact.id for fact in dossier.facts_in(ref.id)]
    elif ref.kind is Measure:
        facts = [whole_id(fact.id) for fact in dossier.facts_of(ref.id)]
        facts += [fact.id for fact_id in set(facts) for fact in dossier.naming(fact_id)]
    else:
        return []
    wholes = {whole_id(fact_id) for fact_id in facts}
    rows = (row_ids(fact) for each in wholes if (fact := dossier.facts.get(FactId(each))))
    return [*wholes, *(row_id for table in rows for row_id in table)]
