"""What a fact in full says in words, on screen and as copied text."""

from __future__ import annotations

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Citation, Fact, Reading, Source
from desktop.model.states import is_after_as_of, states_of, sum_of_parts
from desktop.panes.marks import grade_of, grade_words, says_words
from desktop.services.language import Locale, stage_words, state_words, tr


def value_words(speak: Locale, fact: Fact) -> str:
    """The value as it is said, its qualifier kept; empty where none was given."""
    return speak.quantity(fact.value) if fact.value else ""


def when_words(speak: Locale, when: EdtfDate | None) -> str:
    """A date and how precisely it is known: "May 2025, known to the month"."""
    if when is None:
        return ""
    notes = [precision_words(speak, when)]
    if when.approximate:
        notes.append(tr("approximate"))
    if when.uncertain:
        notes.append(tr("uncertain"))
    return ", ".join([speak.date(when), *notes])


def precision_words(speak: Locale, when: EdtfDate) -> str:
    """How precisely a date is known."""
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


def standing_words(dossier: Dossier, fact: Fact) -> list[str]:
    """Why a fact stands in the Facts pane only, if it does."""
    words = []
    if is_after_as_of(dossier, fact):
        words.append(tr("After as-of: it happened, or became known, after the day of the file."))
    if fact.withhold_from:
        words.append(
            tr("Withheld from: {audiences}.").format(audiences=", ".join(fact.withhold_from))
        )
    return words


def language_words(tag: str) -> str:
    """The language of a document; one without words of ours goes by its tag."""
    return {
        "en": tr("in English"),
        "vi": tr("in Vietnamese"),
        "zh": tr("in Chinese"),
        "fil": tr("in Filipino"),
        "fr": tr("in French"),
        "ru": tr("in Russian"),
        "ja": tr("in Japanese"),
    }.get(tag, tag)


def document_words(source: Source) -> str:
    """A document by its title, its language, and where it was read if not at the publisher's."""
    parts = (
        source.title,
        language_words(source.language) if source.language else "",
        tr("read at {place}").format(place=source.via) if source.via else "",
    )
    return " · ".join(part for part in parts if part)


def sum_words(speak: Locale, fact: Fact) -> str:
    """Whether the parts make the total, as the model finds it; nothing is added up here."""
    if "does-not-add-up" in states_of(speak.dossier, fact):
        return tr("Does not add up")
    if sum_of_parts(speak.dossier, fact) is None:
        return tr("Cannot be compared: a part has no value in this unit")
    return tr("Adds up to {value}").format(value=value_words(speak, fact))


def reading_words(speak: Locale, reading: Reading) -> list[str]:
    """How we settle a difference, why, and since when."""
    words = [speak.text(reading.say)]
    if reading.why is not None:
        words.append(tr("Why: {why}").format(why=speak.text(reading.why)))
    if reading.date is not None:
        words.append(tr("Settled on {date}.").format(date=speak.date(reading.date)))
    return words


def quoted(words: str) -> str:
    return f"“{words}”"


def headline(speak: Locale, fact: Fact) -> str:
    """One line for a fact among others: value, statement, date."""
    statement = speak.statement(fact).rstrip(".") or fact.id
    parts = (value_words(speak, fact), statement, speak.date(fact.when, short=True))
    return " · ".join(part for part in parts if part)


def fact_as_text(speak: Locale, fact: Fact) -> str:
    """A fact with its quotations, sources, grades and addresses, to paste elsewhere."""
    dossier = speak.dossier
    facts = (
        value_words(speak, fact),
        speak.date(fact.when),
        stage_words(fact.stage) if fact.stage else "",
        speak.text(fact.scope),
    )
    lines = [speak.statement(fact), "; ".join(part for part in facts if part)]
    lines.append("; ".join(state_words(state) for state in states_of(dossier, fact)))
    lines += standing_words(dossier, fact)
    for citation in fact.citations:
        lines += ["", *_citation_lines(speak, citation)]
    if fact.reading is not None:
        lines += ["", tr("How we settle it:"), *reading_words(speak, fact.reading)]
    lines += ["", f"{fact.id}, {_as_of(speak)}"]
    return "\n".join(_without_repeated_gaps(lines))


def _citation_lines(speak: Locale, citation: Citation) -> list[str]:
    source = speak.dossier.sources.get(citation.source)
    lines = [quoted(citation.quote) if citation.quote else "", citation.locator or ""]
    grade = f"[{grade_of(source, citation)}: {grade_words(source, citation)}]"
    lines.append(f"{speak.source(source) if source else citation.source} {grade}")
    if citation.says is not None:
        lines.append(tr("Says otherwise: {what}").format(what=says_words(speak, citation.says)))
    if source is not None:
        lines += [document_words(source), source.url or ""]
    return [line for line in lines if line]


def _as_of(speak: Locale) -> str:
    return tr("as of {date}").format(date=speak.date(speak.dossier.about.as_of))


def _without_repeated_gaps(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept


def relations(dossier: Dossier, fact: Fact) -> list[tuple[str, list[str]]]:
    """The facts that this one names or is named by, under what each is to it."""
    whole = fact.id.partition("/")[0]
    naming = dossier.naming(whole)
    found = (
        (tr("Part of"), [other.id for other in naming if whole in other.parts]),
        (tr("Contradicted by"), list(fact.contradicted_by)),
        (tr("Contradicts"), [other.id for other in naming if whole in other.contradicted_by]),
        (tr("Supersedes"), list(fact.supersedes)),
        (tr("Superseded by"), [other.id for other in naming if whole in other.supersedes]),
        (tr("Delivers"), list(fact.delivers)),
        (tr("Delivered by"), [other.id for other in naming if whole in other.delivers]),
    )
    return [(name, [str(each) for each in ids]) for name, ids in found if ids]


def find_fact(dossier: Dossier, fact_id: str) -> Fact | None:
    """A fact or a row of a table, or None if the dossier has none of that id."""
    found = dossier.find(Ref(Fact, fact_id))
    return found if isinstance(found, Fact) else None
