"""What a chart says in words: of a reading, of its sources, and of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop.model.records import Citation, Fact, Source, SourceId, UnitId
from desktop.model.series import Otherwise, Series, in_unit, said_otherwise, sources_differ
from desktop.model.values import Quantity, ScaledUnit
from desktop.services.citation_words import grade_of, says_words
from desktop.services.language import Locale, stage_words, state_words, tr, tr_count

_MOST_SOURCES = 3
_MOST_TOLD = 12


class Cited(NamedTuple):
    """A source under a chart; ``fact_id`` is the newest reading that rests on it."""

    fact_id: str
    source: Source
    grade: str


def value_label(speak: Locale, value: Quantity, unit: ScaledUnit) -> str:
    """A value as it stands at its point: sign and number in the chart's unit."""
    told = in_unit(value, unit)
    bare = Quantity(told.amount, "", "", told.qualifier, told.to)
    number = speak.figure(bare).number
    record = speak.dossier.units.get(UnitId(unit.unit))
    return f"{number} {record.sign_after}" if record and record.sign_after else number


def reported(speak: Locale, fact: Fact) -> str:
    """The value as the source says it, its qualifier kept."""
    return speak.quantity(fact.value) if fact.value else tr("not reported")


def unit_words(speak: Locale, unit: ScaledUnit) -> str:
    """What a chart counts: "million U.S. dollars"."""
    record = speak.dossier.units.get(UnitId(unit.unit))
    many = speak.text(record.many or record.one) if record else unit.unit
    scale = speak.figure(Quantity(Decimal(2), "", unit.scale)).unit
    return f"{scale} {many or (record and record.sign_after) or unit.unit}".strip()


def names_of(speak: Locale, lines: Sequence[Series]) -> list[str]:
    """What each line is called at its end: its stage if that tells it apart, else its measure."""
    stages = [line.stage for line in lines]
    told_apart = all(stages.count(stage) == 1 for stage in stages if stage)
    names = []
    for line in lines:
        scope = speak.text(line.scope)
        measure = speak.text(line.measure.name)
        same_measure = sum(other.measure is line.measure for other in lines) > 1
        if line.stage and told_apart:
            names.append(stage_words(line.stage).capitalize())
        elif scope and same_measure:
            names.append(scope)
        else:
            names.append(measure)
    return names


def spoken(speak: Locale, fact: Fact, name: str) -> str:
    """A reading as it is read aloud: value, date, what it is of, sources with their grades."""
    measure = speak.dossier.measures.get(fact.measure) if fact.measure else None
    stage = fact.stage or (measure.stage if measure else None)
    what = (stage_words(stage).capitalize() if stage else name, speak.text(fact.scope))
    lines = [
        f"{reported(speak, fact)}, {speak.date(fact.when) or tr('undated')}",
        "; ".join(dict.fromkeys(part for part in what if part)),
        source_words(speak, fact.citations),
    ]
    if sources_differ(speak.dossier, fact, speak.audience):
        others = said_otherwise(speak.dossier, fact, speak.audience)
        lines.append(differing_words(speak, others))
    return "\n".join(line for line in lines if line)


def spoken_otherwise(speak: Locale, other: Otherwise, fact: Fact) -> str:
    """What some sources say instead of a fact, read aloud."""
    says = other.citations[0].says
    said = says_words(speak, says) if says else ""
    lines = (
        f"{state_words('sources-differ')}: {said}",
        speak.statement(fact).rstrip("."),
        source_words(speak, other.citations),
    )
    return "\n".join(line for line in lines if line)


def differing_words(speak: Locale, others: Sequence[Otherwise]) -> str:
    """That sources differ, and how: "Sources differ: also dated Nov 2025"."""
    state = state_words("sources-differ")
    dates = _joined(speak.date(each.when, short=True) for each in others if each.when)
    values = _joined(speak.quantity(each.value) for each in others if each.value)
    parts = (
        tr("also given as {values}").format(values=values) if values else "",
        tr("also dated {dates}").format(dates=dates) if dates else "",
    )
    how = ", ".join(part for part in parts if part)
    return f"{state}: {how}" if how else state


def cited(speak: Locale, lines: Iterable[Series]) -> list[Cited]:
    """The sources of the readings, and of what is said otherwise; the newest reading's first."""
    facts = sorted(
        (fact for line in lines for fact in line.readings),
        key=lambda fact: fact.when.sort_key if fact.when else (0, 0),
        reverse=True,
    )
    found: dict[SourceId, Cited] = {}
    for fact in facts:
        others = said_otherwise(speak.dossier, fact, speak.audience)
        own = [(fact.id, citation) for citation in fact.citations]
        own += [(each.fact_id, citation) for each in others for citation in each.citations]
        for fact_id, citation in own:
            source = speak.dossier.sources.get(citation.source)
            if source is not None and citation.source not in found:
                grade = grade_of(source, citation)
                found[citation.source] = Cited(fact_id, source, grade)
    return list(found.values())


def told(speak: Locale, lines: Sequence[Series]) -> str:
    """All readings of a chart in one paragraph, the oldest first."""
    sentences = []
    for name, line in zip(names_of(speak, lines), lines, strict=True):
        facts = line.readings
        said = [
            f"{reported(speak, fact)} ({speak.date(fact.when) or tr('undated')})" for fact in facts
        ]
        if len(said) > _MOST_TOLD:
            count = tr_count("{count} reading", "{count} readings", len(said))
            said = [
                tr("{count}, from {first} to {last}").format(
                    count=count, first=said[0], last=said[-1]
                )
            ]
        sentences.append(f"{name}: {'; '.join(said) or tr('not reported')}.")
        for fact in facts:
            if sources_differ(speak.dossier, fact, speak.audience):
                others = said_otherwise(speak.dossier, fact, speak.audience)
                sentences.append(f"{reported(speak, fact)}: {differing_words(speak, others)}.")
    return " ".join(sentences)


def source_words(speak: Locale, citations: Sequence[Citation], most: int = _MOST_SOURCES) -> str:
    """Sources by name and grade, as many as are asked for."""
    named = []
    for citation in citations[:most]:
        source = speak.dossier.sources.get(citation.source)
        name = speak.source(source) if source else citation.source
        named.append(f"{name} ({grade_of(source, citation)})")
    if len(citations) > most:
        named.append(tr_count("{count} more", "{count} more", len(citations) - most))
    return "; ".join(named)


def _joined(words: Iterable[str]) -> str:
    each = list(dict.fromkeys(words))
    if len(each) < 2:
        return "".join(each)
    return tr("{some} and {last}").format(some=", ".join(each[:-1]), last=each[-1])
