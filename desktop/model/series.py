"""The readings of measures as lines of a chart, and their numbers in columns to plot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import Citation, Fact, Measure, MeasureId, Stage
from desktop.model.states import States, is_shown, shown_parts
from desktop.model.values import FACTORS, LocalText, Quantity, ScaledUnit

Column = npt.NDArray[np.float64]

_DAY_S: Final = 86_400.0
_EPOCH: Final = 719_163
"""1970-01-01 as a proleptic Gregorian ordinal."""


class UnitError(ValueError):
    """A quantity cannot be told in another unit."""

    def __init__(self, unit: str, wanted: str) -> None:
        super().__init__(f"{unit} cannot be told in {wanted}")
        self.unit = unit
        self.wanted = wanted


class Columns(NamedTuple):
    """Readings laid out for plotting: float64, all of shape (n,), oldest first.

    ``when`` is where a date begins (s since 1970-01-01 UTC) and ``span`` how long it may last (s),
    0 for a day. An open end makes the span infinite; an open beginning puts ``when`` at the end
    and makes the span minus infinity. ``amount`` to ``amount_to`` is the range that was given, the
    two alike where one number was. What is missing is NaN: a gap, never zero.
    """

    when: Column
    span: Column
    amount: Column
    amount_to: Column


class Series(NamedTuple):
    """Readings that may stand on one line: of one measure, stage and scope, oldest first."""

    measure: Measure
    stage: Stage | None
    scope: LocalText | None
    readings: tuple[Fact, ...]


class Otherwise(NamedTuple):
    """What sources say instead of a reading: another date, another value, or both.

    ``fact_id`` is the fact whose citations say so: the reading, or the part of it that is new.
    """

    fact_id: str
    when: EdtfDate | None
    value: Quantity | None
    citations: tuple[Citation, ...]


def to_columns(facts: Sequence[Fact], unit: ScaledUnit) -> Columns:
    """Lay dated facts of one measure out for plotting, oldest first.

    Amounts come out in ``unit``. Undated facts stand last, with NaN for ``when`` and ``span``.
    Raises UnitError if a unit cannot be converted. Dates: EDTF, ISO 8601-2.
    """
    ordered = sorted(facts, key=_when)
    rows = [(*_extent(fact), *_amounts(fact, unit)) for fact in ordered]
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return Columns(*(np.ascontiguousarray(column) for column in table.T))


def in_unit(value: Quantity, unit: ScaledUnit) -> Quantity:
    """The same quantity told in another scale of its unit; its qualifier stays.

    Raises UnitError where the units differ: dollars are never turned into anything else.
    """
    if value.unit != unit.unit:
        raise UnitError(value.unit, unit.text)
    if value.scale == unit.scale:
        return value
    factor = FACTORS[value.scale] / FACTORS[unit.scale]
    to = None if value.to is None else (value.to * factor).normalize()
    amount = (value.amount * factor).normalize()
    return Quantity(amount, unit.unit, unit.scale, value.qualifier, to)


def series_of(
    dossier: Dossier, measure_ids: Iterable[str], audience: str | None
) -> tuple[Series, ...]:
    """The lines that these measures make before an audience, in the order they are named.

    Readings of another stage or scope make a line of their own. What is withheld from the
    audience, lies after as-of or was superseded is left out; and so is a part of a total, save
    among running totals, where an earlier reading is the same money further back. A measure
    without a reading keeps its place, with none: that nothing is reported is worth showing.
    """
    found = []
    for measure_id in measure_ids:
        measure = dossier.measures.get(MeasureId(measure_id))
        if measure is None:
            continue
        lines: dict[tuple[Stage | None, LocalText | None], list[Fact]] = {}
        for fact in _standing(dossier, measure, audience):
            lines.setdefault((fact.stage or measure.stage, fact.scope), []).append(fact)
        found += [
            Series(measure, stage, scope, tuple(facts)) for (stage, scope), facts in lines.items()
        ] or [Series(measure, measure.stage, None, ())]
    return tuple(found)


def new_parts(dossier: Dossier, reading: Fact, audience: str | None) -> list[Fact]:
    """The parts of a total that are no readings themselves: what it added to the one before."""
    parts = shown_parts(dossier, reading, audience)
    return [part for part in parts if part.measure != reading.measure]


def sources_differ(dossier: Dossier, reading: Fact, audience: str | None) -> bool:
    """Whether sources differ on a reading, or on what is new in it."""
    states = dossier.derived(States)
    facts = (reading, *new_parts(dossier, reading, audience))
    return any("sources-differ" in states[fact.id] for fact in facts)


def said_otherwise(dossier: Dossier, reading: Fact, audience: str | None) -> list[Otherwise]:
    """Where else sources put a reading on the chart, each place once, in time.

    Of a part only another date counts: another sum for it says nothing of the total.
    """
    found: dict[tuple[str, EdtfDate | None, Quantity | None], list[Citation]] = {}
    for fact in (reading, *new_parts(dossier, reading, audience)):
        for citation in fact.citations:
            says = citation.says
            if says is None:
                continue
            value = says.value if fact is reading and says.value != fact.value else None
            when = says.when if says.when != fact.when else None
            if when or value:
                found.setdefault((fact.id, when, value), []).append(citation)
    others = [Otherwise(*key, tuple(citations)) for key, citations in found.items()]
    return sorted(others, key=lambda other: other.when.sort_key if other.when else (0, 0))


def _standing(dossier: Dossier, measure: Measure, audience: str | None) -> list[Fact]:
    shown = [
        fact
        for fact in dossier.facts_of(measure.id)
        if not dossier.is_superseded(fact.id) and is_shown(dossier, fact, audience)
    ]
    if measure.kind == "cumulative":
        return shown
    parts = {part_id for fact in shown for part_id in fact.parts}
    return [fact for fact in shown if fact.id not in parts]


def _when(fact: Fact) -> tuple[bool, int, int]:
    return (fact.when is None, *(fact.when.sort_key if fact.when else (0, 0)))


def _extent(fact: Fact) -> tuple[float, float]:
    """Where a date begins and how long it lasts, in seconds."""
    when = fact.when
    if when is None:
        return np.nan, np.nan
    if when.first is None:
        end = np.nan if when.last is None else (when.last + 1 - _EPOCH) * _DAY_S
        return end, -np.inf
    begin = (when.first - _EPOCH) * _DAY_S
    if when.last is None:
        return begin, np.inf
    return begin, 0.0 if when.kind == "day" else (when.last + 1 - when.first) * _DAY_S


def _amounts(fact: Fact, unit: ScaledUnit) -> tuple[float, float]:
    if fact.value is None:
        return np.nan, np.nan
    value = in_unit(fact.value, unit)
    return float(value.amount), float(value.amount if value.to is None else value.to)
