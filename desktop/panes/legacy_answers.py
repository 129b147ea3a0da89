"""The questions asked most about the war legacy, each answered in a sentence from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from desktop.model.dates import EdtfDate
from desktop.model.records import PROMISED, Citation, Fact, MeasureId
from desktop.model.states import is_shown
from desktop.panes.fact_row_words import settled
from desktop.panes.legacy_sections import Part, latest_of, shown_by
from desktop.services.language import Locale, Words, stage_words, tr

Asks = Literal["whether-new", "how-much-moved", "how-many", "which-period", "what-happened"]

_NBSP: Final = "\u00a0"


class Question(NamedTuple):
    """What is asked, and the measures and facts that answer it; ``section`` tells more.

    A ``{figure}`` in ``words`` is the value of the first of them; ``unbound`` asks without it.
    """

    id: str
    asks: Asks
    words: str
    section: str
    measures: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    unbound: str = ""


class Answer(NamedTuple):
    """A question as it is put, its answer in a sentence, and the facts that carry it."""

    question: str
    sentence: tuple[Words, ...]
    facts: tuple[str, ...]


def answer(speak: Locale, question: Question) -> Answer:
    """Answer from what the audience is shown; where that is nothing the sentence says so."""
    facts = _answering(speak, question)
    words = as_put(speak, question)
    if not facts:
        ids = ", ".join((*question.measures, *question.facts))
        none = tr("The file shows this audience nothing that answers it; it looks for {ids}.")
        return Answer(words, (Words(none.format(ids=ids)),), ())
    told = {
        "whether-new": _whether_new,
        "how-much-moved": _how_much_moved,
        "how-many": _how_many,
        "which-period": _which_period,
        "what-happened": _what_happened,
    }[question.asks](speak, facts)
    return Answer(words, tuple(told), tuple(fact.id for fact in facts))


def _answering(speak: Locale, question: Question) -> list[Fact]:
    latest = (latest_of(speak, measure_id) for measure_id in question.measures)
    named = shown_by(speak, Part("list", "", facts=question.facts))
    if question.asks == "what-happened":
        named.sort(key=lambda fact: fact.when.sort_key if fact.when else (0, 0))
    return [*(fact for fact in latest if fact is not None), *named]


def as_put(speak: Locale, question: Question) -> str:
    """The words of a question, with the figure that it asks about."""
    if not question.unbound:
        return question.words
    facts = _answering(speak, question)
    value = facts[0].value if facts else None
    return question.words.format(figure=speak.quantity(value)) if value else question.unbound


def _whether_new(speak: Locale, facts: Sequence[Fact]) -> list[Words]:
    fact = facts[0]
    date = speak.date(fact.when)
    wholes = (other for other in speak.dossier.naming(fact.id) if fact.id in other.parts)
    whole = next((each for each in wholes if is_shown(speak.dossier, each, speak.audience)), None)
    if whole is None:
        told = _filled(tr("{value} is dated {date}."), value=_figure(speak, fact), date=date)
    else:
        told = _filled(
            tr("{value} is dated {date} and counts once, within {whole}."),
            value=_figure(speak, fact),
            whole=_figure(speak, whole),
            date=date,
        )
    others = list(dict.fromkeys(speak.date(when) for _, when in _dated_otherwise(fact)))
    if others:
        told.append(Words(" " + tr("Other sources date it {dates}.").format(dates=_all(others))))
    return told


def _how_much_moved(speak: Locale, facts: Sequence[Fact]) -> list[Words]:
    told: list[Words] = []
    for fact in facts:
        stage = fact.stage and stage_words(fact.stage)
        promised = fact.stage in PROMISED
        words = (
            tr("{value} is {stage}: promised, not spent.")
            if promised
            else tr("{value} had been {stage} by {date}; no later figure is in the file.")
        )
        value, date = _figure(speak, fact), speak.date(fact.when)
        told += _filled(words, value=value, stage=stage or tr("reported"), date=date)
        told.append(Words(" "))
    return told


def _how_many(speak: Locale, facts: Sequence[Fact]) -> list[Words]:
    told: list[Words] = []
    for fact in facts:
        measure = speak.dossier.measures.get(MeasureId(fact.measure)) if fact.measure else None
        name = speak.text(measure.name) if measure else speak.statement(fact).rstrip(".")
        value, date = _figure(speak, fact), speak.date(fact.when)
        told += _filled(tr("{name}: {value}, {date}."), name=name, value=value, date=date)
        told.append(Words(" "))
    return told


def _which_period(speak: Locale, facts: Sequence[Fact]) -> list[Words]:
    first, *rest = facts
    value, period = _figure(speak, first), speak.date(first.when)
    told = _filled(tr("{value}: read as {period}"), value=value, period=period)
    for citation, when in _dated_otherwise(first):
        source = speak.dossier.sources.get(citation.source)
        name = source.publisher if source else citation.source
        counts = tr("; {source} counts {period}")
        told.append(Words(counts.format(source=name, period=speak.date(when))))
    told.append(Words(". "))
    for fact in rest:
        alike = _periods(fact) == _periods(first)
        words = tr("The same holds for {value}. ") if alike else tr("{value}: {period}. ")
        told += _filled(words, value=_figure(speak, fact), period=speak.date(fact.when))
    return [*told, Words(settled(speak, first))]


def _periods(fact: Fact) -> tuple[EdtfDate | None, ...]:
    return fact.when, *(when for _citation, when in _dated_otherwise(fact))


def _what_happened(speak: Locale, facts: Sequence[Fact]) -> list[Words]:
    """How it began and how it ended; what lay between stands under it."""
    told: list[Words] = []
    for fact in dict.fromkeys((facts[0], facts[-1])):
        date = speak.date(fact.when)
        told.append(Words(f"{date[:1].upper()}{date[1:]}: "))
        told.append(Words(speak.statement(fact).rstrip("."), fact.id))
        told.append(Words(". "))
    return told


def _figure(speak: Locale, fact: Fact) -> Words:
    if fact.value is None:
        return Words(tr("A sum that is not stated"), fact.id)
    return Words(speak.quantity(fact.value).replace(" ", _NBSP), fact.id)


def _filled(template: str, **slots: Words | str) -> list[Words]:
    """A sentence with its places filled; figures stay links to their facts."""
    told: list[Words] = []
    rest = template
    while "{" in rest:
        before, _, after = rest.partition("{")
        name, _, rest = after.partition("}")
        slot = slots[name]
        told += [Words(before), slot if isinstance(slot, Words) else Words(slot)]
    return [words for words in (*told, Words(rest)) if words.text]


def _dated_otherwise(fact: Fact) -> list[tuple[Citation, EdtfDate]]:
    """The citations that give another date, with it, in the order of those dates."""
    dated = [
        (citation, citation.says.when)
        for citation in fact.citations
        if citation.says and citation.says.when and citation.says.when != fact.when
    ]
    return sorted(dated, key=lambda pair: pair[1].sort_key)


def _all(words: Iterable[str]) -> str:
    *some, last = words
    return tr("{some} and {last}").format(some=", ".join(some), last=last) if some else last
