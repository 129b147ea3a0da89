"""What a fact in full says, block by block: on screen, and as text to paste elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import AnyRecord, Area, Citation, Fact, Measure, Place, Source
from desktop.model.states import State, is_after_as_of, says_otherwise, states_of, sum_of_parts
from desktop.model.values import LocalText
from desktop.panes.marks import state_reason
from desktop.services.citation_words import grade_of, grade_words, says_words
from desktop.services.language import (
    Locale,
    audience_words,
    fact_kind_words,
    stage_words,
    state_words,
    tr,
    tr_count,
)


class Head(NamedTuple):
    """What is claimed, how much, and how sure it is: each state with what it means here."""

    statement: str
    value: str
    standing: tuple[str, ...]
    states: tuple[tuple[State, str], ...]


class Detail(NamedTuple):
    """One particular; ``ref`` is the record that it names."""

    name: str
    words: str
    ref: Ref | None = None


class Details(NamedTuple):
    """Particulars under one another; without a title they belong to the head."""

    title: str
    rows: tuple[Detail, ...]


class Cited(NamedTuple):
    """One citation; ``title`` stands over the first of them."""

    title: str
    source: str
    grade: str
    meaning: str
    quote: str
    locator: str
    says: str
    document: str
    note: str
    url: str | None
    is_missing: bool


class Paragraphs(NamedTuple):
    """Our own words under a heading, the first of them in full voice."""

    title: str
    words: tuple[str, ...]


class Named(NamedTuple):
    """Facts that this one names or is named by; ``total`` says whether they make it up."""

    title: str
    facts: tuple[Detail, ...]
    total: str = ""
    adds_up: bool = True


Block = Head | Details | Cited | Paragraphs | Named


def blocks(speak: Locale, fact: Fact) -> Iterator[Block]:
    """The blocks of a fact from the top; those with nothing to say are left out."""
    yield _head(speak, fact)
    yield Details("", tuple(_details(speak, fact)))
    if fact.points:
        yield Details(tr("Table"), tuple(_points(speak, fact)))
    yield from _citations(speak, fact)
    if fact.reading is not None:
        yield Paragraphs(tr("How we settle it"), tuple(_reading(speak, fact)))
    if fact.parts:
        adds_up = "does-not-add-up" not in states_of(speak.dossier, fact)
        parts = tuple(_named(speak, part_id) for part_id in fact.parts)
        yield Named(tr("Made up of"), parts, _sum_words(speak, fact), adds_up)
    for title, ids in _relations(speak.dossier, fact):
        yield Named(title, tuple(_named(speak, fact_id) for fact_id in ids))
    if fact.note is not None:
        yield Paragraphs(tr("Note"), (speak.text(fact.note),))


def find_fact(dossier: Dossier, fact_id: str) -> Fact | None:
    """A fact or a row of a table, or None if the dossier has none of that id."""
    found = dossier.find(Ref(Fact, fact_id))
    return found if isinstance(found, Fact) else None


def value_words(speak: Locale, fact: Fact) -> str:
    """The value as it is said, its qualifier kept; empty where none was given."""
    return speak.quantity(fact.value) if fact.value else ""


def quoted(words: str) -> str:
    return f"“{words}”"


def language_words(tag: str) -> str:
    """The language of a text; one without words of ours goes by its tag."""
    return {
        "en": tr("in English"),
        "vi": tr("in Vietnamese"),
        "zh": tr("in Chinese"),
        "fil": tr("in Filipino"),
        "fr": tr("in French"),
        "ru": tr("in Russian"),
        "ja": tr("in Japanese"),
    }.get(tag, tag)


def when_words(speak: Locale, when: EdtfDate | None) -> str:
    """A date and how precisely it is known: "May 2025, known to the month"."""
    if when is None:
        return ""
    notes = [_precision(speak, when)]
    if when.approximate:
        notes.append(tr("approximate"))
    if when.uncertain:
        notes.append(tr("uncertain"))
    return ", ".join([speak.date(when), *notes])


def _precision(speak: Locale, when: EdtfDate) -> str:
    if when.kind == "interval":
        if when.start and when.end:
            return tr("the whole span")
        return tr("no end given") if when.start else tr("no beginning given")
    if when.kind == "fiscal-year" and when.first_day and when.last_day:
        first, last = (speak.date(EdtfDate.of_day(day)) for day in (when.first_day, when.last_day))
        return tr("a U.S. fiscal year: {first} to {last}").format(first=first, last=last)
    if when.kind == "unspecified" and when.text[4:5] == "-":
        return tr("day not known") if when.text[5:7].isdigit() else tr("month not known")
    return {
        "day": tr("known to the day"),
        "month": tr("known to the month"),
        "season": tr("known to the season"),
        "year": tr("known to the year"),
        "unspecified": tr("year not known"),
        "one-of": tr("one day within it"),
    }.get(when.kind, "")


def _head(speak: Locale, fact: Fact) -> Head:
    states = states_of(speak.dossier, fact)
    return Head(
        _statement(speak, fact),
        value_words(speak, fact),
        tuple(_standing(speak.dossier, fact)),
        tuple((state, state_reason(speak, fact, state)) for state in states),
    )


def _statement(speak: Locale, fact: Fact) -> str:
    return _marked(speak, fact.statement, speak.statement(fact) or fact.id)


def _marked(speak: Locale, text: LocalText | None, words: str) -> str:
    """Words that had to fall back on another language say so."""
    language = speak.fell_back(text)
    return f"{words.rstrip('.')} ({language_words(language)})" if language else words


def _standing(dossier: Dossier, fact: Fact) -> Iterator[str]:
    """Why a fact stands in the Facts pane only, if it does."""
    if is_after_as_of(dossier, fact):
        yield tr("After as-of: it happened, or became known, after the day of the file.")
    if fact.withhold_from:
        known = dossier.audiences
        names = [
            audience_words(known[each]) if each in known else each for each in fact.withhold_from
        ]
        yield tr("Withheld from: {audiences}.").format(audiences=", ".join(names))


def _details(speak: Locale, fact: Fact) -> Iterator[Detail]:
    if fact.when is not None:
        yield Detail(tr("Date"), when_words(speak, fact.when))
    yield Detail(tr("Kind"), fact_kind_words(fact.kind))
    if fact.stage is not None:
        yield Detail(tr("Stage"), stage_words(fact.stage).capitalize())
    if fact.scope is not None:
        yield Detail(tr("Scope"), _marked(speak, fact.scope, speak.text(fact.scope)))
    place = _record(speak.dossier, Place, fact.place)
    if place is not None:
        yield Detail(tr("Place"), speak.name(place), Ref(Place, place.id))
    area = _record(speak.dossier, Area, fact.area)
    if area is not None:
        yield Detail(tr("Area"), speak.text(area.name), Ref(Area, area.id))
    measure = _record(speak.dossier, Measure, fact.measure)
    if measure is not None:
        yield Detail(tr("Measure"), speak.text(measure.name))


def _record(dossier: Dossier, kind: type[AnyRecord], record_id: str | None) -> AnyRecord | None:
    return dossier.all_of(kind).get(record_id) if record_id else None


def _points(speak: Locale, fact: Fact) -> Iterator[Detail]:
    measure = _record(speak.dossier, Measure, fact.measure)
    for point in fact.points:
        value = point.value.in_unit(measure.unit) if point.value and measure else None
        said = speak.quantity(value) if value else tr("not reported")
        note = speak.text(point.note)
        yield Detail(speak.date(point.period, short=True), f"{said} ({note})" if note else said)


def _citations(speak: Locale, fact: Fact) -> Iterator[Block]:
    if not fact.citations:
        words = tr("No source is named. It cannot be traced, and should not be briefed.")
        yield Paragraphs(tr("Sources"), (words,))
    for place, citation in enumerate(fact.citations):
        title = tr_count("{count} citation", "{count} citations", len(fact.citations))
        yield _cited(speak, fact, citation, "" if place else title)


def _cited(speak: Locale, fact: Fact, citation: Citation, title: str) -> Cited:
    source = _record(speak.dossier, Source, citation.source)
    differs = citation.says if says_otherwise(fact, citation) else None
    missing = tr("Source “{id}” is missing").format(id=citation.source)
    return Cited(
        title,
        speak.source(source) if source else missing,
        grade_of(source, citation),
        grade_words(source, citation),
        quoted(citation.quote) if citation.quote else "",
        citation.locator or "",
        says_words(speak, differs) if differs else "",
        _document(source) if source else "",
        speak.text(source.note) if source else "",
        source.url if source else None,
        source is None,
    )


def _document(source: Source) -> str:
    """A document by its title, its language, and where it was read if not at the publisher's."""
    parts = (
        source.title,
        language_words(source.language) if source.language else "",
        tr("read at {place}").format(place=source.via) if source.via else "",
    )
    return " · ".join(part for part in parts if part)


def _reading(speak: Locale, fact: Fact) -> Iterator[str]:
    """How we settle a difference, why, and since when."""
    if fact.reading is None:
        return
    yield speak.text(fact.reading.say)
    if fact.reading.why is not None:
        yield tr("Why: {why}").format(why=speak.text(fact.reading.why))
    if fact.reading.date is not None:
        yield tr("Settled on {date}.").format(date=speak.date(fact.reading.date))


def _sum_words(speak: Locale, fact: Fact) -> str:
    """Whether the parts make the total, as the model finds it; nothing is added up here."""
    if "does-not-add-up" in states_of(speak.dossier, fact):
        return tr("Does not add up to {value}").format(value=value_words(speak, fact))
    if sum_of_parts(speak.dossier, fact) is None:
        return tr("Cannot be compared: a part has no value in this unit")
    return tr("Adds up to {value}").format(value=value_words(speak, fact))


def _relations(dossier: Dossier, fact: Fact) -> Iterator[tuple[str, list[str]]]:
    """The ids of the facts that this one names or is named by, under what each is to it."""
    whole = fact.id.partition("/")[0]
    naming = dossier.naming(whole)
    found: tuple[tuple[str, list[str]], ...] = (
        (tr("Part of"), [other.id for other in naming if whole in other.parts]),
        (tr("Contradicted by"), [*fact.contradicted_by]),
        (tr("Contradicts"), [other.id for other in naming if whole in other.contradicted_by]),
        (tr("Supersedes"), [*fact.supersedes]),
        (tr("Superseded by"), [other.id for other in naming if whole in other.supersedes]),
        (tr("Delivers"), [*fact.delivers]),
        (tr("Delivered by"), [other.id for other in naming if whole in other.delivers]),
    )
    yield from ((title, ids) for title, ids in found if ids)


def _named(speak: Locale, fact_id: str) -> Detail:
    """One line for a fact among others: value, statement, date; without its ref if it is gone."""
    fact = find_fact(speak.dossier, fact_id)
    if fact is None:
        return Detail(fact_id, tr("“{id}” could not be read.").format(id=fact_id))
    statement = speak.statement(fact).rstrip(".") or fact.id
    parts = (value_words(speak, fact), statement, speak.date(fact.when, short=True))
    return Detail(fact_id, " · ".join(part for part in parts if part), Ref(Fact, fact_id))


def as_text(speak: Locale, fact: Fact) -> str:
    """A fact with its quotations, sources, grades and addresses, to paste elsewhere."""
    as_of = tr("as of {date}").format(date=speak.date(speak.dossier.about.as_of))
    paragraphs = [_lines(block) for block in blocks(speak, fact)]
    paragraphs.append([f"{fact.id}, {as_of}"])
    return "\n\n".join("\n".join(line for line in lines if line) for lines in paragraphs)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Head):
        states = "; ".join(state_words(state) for state, _reason in block.states)
        return [block.statement, block.value, states, *block.standing]
    if isinstance(block, Details):
        return [block.title, *(f"{row.name}: {row.words}" for row in block.rows)]
    if isinstance(block, Cited):
        says = tr("Says otherwise: {what}").format(what=block.says) if block.says else ""
        source = f"{block.source} [{block.grade}: {block.meaning}]"
        return [block.quote, block.locator, source, says, block.document, block.url or ""]
    if isinstance(block, Paragraphs):
        return [block.title, *block.words]
    return [block.title, *(fact.words for fact in block.facts), block.total]
