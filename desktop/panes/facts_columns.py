"""The columns of the table of facts: what each says of a fact, and how it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, Final, get_args

from desktop.model.records import Fact, Stage
from desktop.model.search_index import fold
from desktop.model.states import STATES, states_of
from desktop.services.language import Locale, stage_words, state_words, tr, tr_count


class Column(IntEnum):
    STATEMENT = 0
    AREA = 1
    VALUE = 2
    STAGE = 3
    DATE = 4
    SOURCES = 5
    STATE = 6


FIELD_OF: Final[Mapping[Column, str]] = {
    Column.AREA: "area",
    Column.VALUE: "value",
    Column.STAGE: "stage",
    Column.DATE: "when",
}
"""The fields that can be edited in their cell."""
FILE_ORDER: Final = -1
"""In place of a column to sort by: the facts stand as in the file."""


def cell_words(speak: Locale, fact: Fact, column: Column) -> str:
    """What a cell says; empty where the fact has nothing to say there."""
    if column == Column.STATEMENT:
        return speak.statement(fact) or fact.id
    if column == Column.AREA:
        area = speak.dossier.areas.get(fact.area) if fact.area else None
        return speak.text(area.name) if area else fact.area or ""
    if column == Column.VALUE:
        if fact.points:
            return tr_count("{count} reading", "{count} readings", len(fact.points))
        return speak.quantity(fact.value) if fact.value else ""
    if column == Column.STAGE:
        return stage_words(fact.stage).capitalize() if fact.stage else ""
    if column == Column.DATE:
        return speak.date(fact.when, short=True)
    if column == Column.SOURCES:
        return str(source_count(fact))
    state = next(iter(states_of(speak.dossier, fact)), None)
    return state_words(state) if state else ""


def column_words(column: Column) -> str:
    return {
        Column.STATEMENT: tr("Statement"),
        Column.AREA: tr("Area"),
        Column.VALUE: tr("Value"),
        Column.STAGE: tr("Stage"),
        Column.DATE: tr("Date"),
        Column.SOURCES: tr("Sources"),
        Column.STATE: tr("State"),
    }[column]


def source_count(fact: Fact) -> int:
    """How many sources a fact cites."""
    return len({citation.source for citation in fact.citations})


def _by_statement(speak: Locale, fact: Fact) -> Any:
    words = speak.statement(fact) or fact.id
    return fold(words), words


def _by_area(speak: Locale, fact: Fact) -> Any:
    area = speak.dossier.areas.get(fact.area) if fact.area else None
    return fold(speak.text(area.name)) if area else None


def _by_value(speak: Locale, fact: Fact) -> Any:
    value = fact.value
    return (value.unit, value.low, value.high) if value else None


def _by_stage(speak: Locale, fact: Fact) -> Any:
    return get_args(Stage).index(fact.stage) if fact.stage else None


def _by_date(speak: Locale, fact: Fact) -> Any:
    return fact.when.sort_key if fact.when else None


def _by_sources(speak: Locale, fact: Fact) -> Any:
    return source_count(fact)


def _by_state(speak: Locale, fact: Fact) -> Any:
    return [STATES.index(state) for state in states_of(speak.dossier, fact)]


SORT_KEYS: Final[dict[int, Callable[[Locale, Fact], Any]]] = {
    Column.STATEMENT: _by_statement,
    Column.AREA: _by_area,
    Column.VALUE: _by_value,
    Column.STAGE: _by_stage,
    Column.DATE: _by_date,
    Column.SOURCES: _by_sources,
    Column.STATE: _by_state,
}
"""By column, what a fact is sorted by; None stands last in either direction."""


class Downwards:
    """A sort key turned round."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __lt__(self, other: Downwards) -> bool:
        return bool(other._value < self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Downwards) and self._value == other._value

    __hash__ = None  # type: ignore[assignment]
