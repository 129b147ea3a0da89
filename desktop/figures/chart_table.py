"""The readings of a chart as rows: in words for those who read, as data for those who reckon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.figures.chart_words import names_of, reported, source_words
from desktop.model.records import Citation, Fact
from desktop.model.series import Series, sources_differ
from desktop.model.states import says_otherwise, states_of
from desktop.services.citation_words import grade_of, says_words
from desktop.services.language import Locale, stage_words, state_words, tr


class TableRow(NamedTuple):
    """One reading as a row of words."""

    fact_id: str
    cells: tuple[str, ...]


def header() -> tuple[str, ...]:
    """What the columns of ``rows`` are called."""
    return (tr("Date"), tr("Value"), tr("What"), tr("State"), tr("Sources"))


def rows(speak: Locale, lines: Sequence[Series]) -> list[TableRow]:
    """Every reading in words, line by line, the oldest first."""
    found = []
    for name, line in zip(names_of(speak, lines), lines, strict=True):
        for fact in line.readings:
            what = (name, stage_words(line.stage) if line.stage else "", speak.text(line.scope))
            # A name may be the stage or the scope already.
            said = {part.lower(): part for part in reversed(what) if part}
            cells = (
                speak.date(fact.when, short=True) or tr("undated"),
                reported(speak, fact),
                "; ".join(reversed(said.values())),
                _state(speak, fact),
                source_words(speak, fact.citations, most=len(fact.citations)),
            )
            found.append(TableRow(fact.id, cells))
    return found


def data_header() -> tuple[str, ...]:
    """What the columns of ``data_rows`` are called; not translated, for programs read them."""
    return (
        "fact", "measure", "stage", "scope", "date", "date_in_words", "qualifier", "amount",
        "amount_to", "scale", "unit", "value_in_words", "state", "source", "published", "grade",
        "quotation", "locator", "says_otherwise", "url", "as_of",
    )  # fmt: skip


def data_rows(speak: Locale, lines: Sequence[Series]) -> list[tuple[str, ...]]:
    """Every citation of every reading: value, date and source as the file has them."""
    return [
        (*_of_fact(speak, line, fact), *_of_citation(speak, fact, citation), *_as_of(speak))
        for line in lines
        for fact in line.readings
        for citation in (fact.citations or (None,))
    ]


def _state(speak: Locale, fact: Fact) -> str:
    """The state to show; that sources differ also where they do on what is new in a total."""
    if sources_differ(speak.dossier, fact, speak.audience):
        return state_words("sources-differ")
    return ", ".join(state_words(state) for state in states_of(speak.dossier, fact)[:1])


def _of_fact(speak: Locale, line: Series, fact: Fact) -> tuple[str, ...]:
    value = fact.value
    return (
        fact.id,
        speak.text(line.measure.name),
        line.stage or "",
        speak.text(line.scope),
        fact.when.text if fact.when else "",
        speak.date(fact.when),
        (value.qualifier or "") if value else "",
        f"{value.amount:f}" if value else "",
        f"{value.to:f}" if value and value.to is not None else "",
        value.scale if value else "",
        value.unit if value else "",
        reported(speak, fact),
        _state(speak, fact),
    )


def _of_citation(speak: Locale, fact: Fact, citation: Citation | None) -> tuple[str, ...]:
    if citation is None:
        return ("",) * 7
    source = speak.dossier.sources.get(citation.source)
    otherwise = citation.says if says_otherwise(fact, citation) else None
    return (
        source.publisher if source else citation.source,
        source.published.text if source and source.published else "",
        grade_of(source, citation),
        citation.quote or "",
        citation.locator or "",
        says_words(speak, otherwise) if otherwise else "",
        (source.url or "") if source else "",
    )


def _as_of(speak: Locale) -> tuple[str]:
    return (speak.dossier.about.as_of.text,)
