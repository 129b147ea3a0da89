"""What the row of a fact says."""

from __future__ import annotations

from typing import Final, NamedTuple

from desktop.model.dossier import Dossier
from desktop.model.records import Citation, Fact
from desktop.model.states import differing_parts, is_shown, says_otherwise, states_of
from desktop.panes.fact_words import find_fact, language_words, quoted
from desktop.services.citation_words import says_words
from desktop.services.language import Locale, Words, stage_words, tr, tr_count

_NEW_LINE: Final = "\u2028"


class Difference(NamedTuple):
    """What is said otherwise and by whom, and its own words, if they were quoted."""

    says: str
    quotation: str


def said(speak: Locale, fact: Fact) -> tuple[Words, ...]:
    """The statement with its figure, which leads to where it is from.

    The figure of an event follows it, as it only counts what came; else it comes first.
    """
    statement = speak.statement(fact).rstrip(".")
    fallback = speak.fell_back(fact.statement)
    if fallback:
        statement = f"{statement} ({language_words(fallback)})"
    if fact.value is None:
        return (Words(statement),)
    figure = Words(speak.quantity(fact.value).replace(" ", "\u00a0"), fact.id)
    if fact.kind == "event":
        return Words(f"{statement}: "), figure
    return figure, Words(f" \u2002{statement}")


def covered(speak: Locale, fact: Fact) -> str:
    """What the figure covers: stage, scope, rows of a table, a difference on one of its parts."""
    parts = (
        stage_words(fact.stage) if fact.stage else "",
        speak.text(fact.scope),
        tr_count("{count} row", "{count} rows", len(fact.points)) if fact.points else "",
        tr("sources differ on a part of it")
        if differing_parts(speak.dossier, fact, speak.audience)
        else "",
    )
    said = "; ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def quotation(fact: Fact) -> str:
    """The words that carry the fact as it stands: the first quoted by a source that agrees.

    Where none is quoted, the place in the source where it stands.
    """
    agreeing = [each for each in fact.citations if not says_otherwise(fact, each)]
    quote = next((each.quote for each in agreeing if each.quote), None)
    place = next((each.locator for each in agreeing if each.locator), None)
    if quote or not place:
        return quoted(quote) if quote else ""
    return tr("Not quoted; {place}").format(place=place)


def differences(speak: Locale, fact: Fact) -> list[Difference]:
    """Each reading that is not ours, with who says so."""
    otherwise = (each for each in fact.citations if says_otherwise(fact, each))
    found = [_says(speak, citation) for citation in otherwise]
    for fact_id in fact.contradicted_by:
        other = find_fact(speak.dossier, fact_id)
        if other is not None and is_shown(speak.dossier, other, speak.audience):
            against = tr("Against it stands: {fact}").format(fact=one_line(speak, other))
            found.append(Difference(against, quotation(other)))
    return found


def settled(speak: Locale, fact: Fact) -> str:
    """How we settle a difference and why; where it is open, that it is."""
    if "sources-differ" not in states_of(speak.dossier, fact):
        return ""
    if fact.reading is None:
        return tr("It is not settled yet.")
    say = tr("How we settle it: {say}").format(say=speak.text(fact.reading.say))
    why = speak.text(fact.reading.why)
    return f"{say} {why}".strip()


def delivered(speak: Locale, fact: Fact) -> list[Words]:
    """What was delivered on a commitment or on its parts, a line each, or that none is recorded.

    Silent where what was delivered is not for this audience.
    """
    if fact.kind != "commitment":
        return []
    dossier = speak.dossier
    recorded, words = _deliveries(dossier, fact.id), tr("Delivered: {what}")
    if not recorded:
        recorded = [each for part in fact.parts for each in _deliveries(dossier, part)]
        words = tr("Delivered on a part of it: {what}")
    if not recorded:
        return [Words(tr("This file records no delivery on it."))]
    shown = [other for other in recorded if is_shown(dossier, other, speak.audience)]
    lines = []
    for place, other in enumerate(sorted(shown, key=_earliest)):
        before, _, after = words.partition("{what}")
        lines += [
            Words((_NEW_LINE if place else "") + before),
            Words(one_line(speak, other), other.id),
            Words(after),
        ]
    return lines


def _earliest(fact: Fact) -> tuple[int, int]:
    return fact.when.sort_key if fact.when else (0, 0)


def _deliveries(dossier: Dossier, fact_id: str) -> list[Fact]:
    return [other for other in dossier.naming(fact_id) if fact_id in other.delivers]


def one_line(speak: Locale, fact: Fact) -> str:
    """A fact named beside another: its date and what it states."""
    date = speak.date(fact.when, short=True)
    statement = "".join(words.text for words in said(speak, fact))
    return f"{date}, {statement}" if date else statement


def spoken(speak: Locale, fact: Fact, state: str) -> str:
    """A row as it is read aloud."""
    sources = tr_count("{count} source", "{count} sources", len(fact.citations))
    return f"{one_line(speak, fact)}. {state}, {sources}"


def _says(speak: Locale, citation: Citation) -> Difference:
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    what = says_words(speak, citation.says) if citation.says else ""
    says = tr("{source} says: {what}").format(source=name, what=what)
    return Difference(says, quoted(citation.quote) if citation.quote else "")
