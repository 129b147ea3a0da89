"""Rules that look across fields and records, each finding a Problem.

What a single scalar may look like is settled when it is read; these rules need the whole dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

import msgspec

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref, whole_id
from desktop.model.problems import FieldPath, Malformed, Problem, Severity
from desktop.model.records import (
    SECTION_OF,
    SECTIONS,
    About,
    Area,
    Audience,
    Briefing,
    Citation,
    Fact,
    FactId,
    Measure,
    Overlay,
    Place,
    Record,
    Slide,
    Source,
    Unit,
)
from desktop.model.sentences import Binding, bare_numbers, parse_sentence
from desktop.model.states import adds_up, says_otherwise
from desktop.model.values import FACTORS, LocalText, Quantity, ScaledUnit

QUOTE_WORDS: Final = 25
"""The longest quotation that is kept of a source, in words."""
MAX_COMPARED: Final = 50_000
"""How many ids are compared with unknown ones before no more are suggested: some seconds' worth."""
MAX_UNITS_COMPARED: Final = 200
LONGEST_CIRCLE: Final = 100
"""The most facts that are followed in search of a circle; a longer one is nobody's slip."""
KEEPS_RECORD: Final = frozenset({"unknown-binding", "not-a-binding"})
"""Errors within a sentence, which shows the gap itself: the record stays."""
MOST_OF_A_RECORD: Final = 200
MOST_OF_A_SENTENCE: Final = 10
"""No more problems are told of one record, or sentence; below it, warnings cannot hide an error."""

Finding = tuple[str, Severity, FieldPath, dict[str, str]]
Rule = Callable[[Dossier, Any], Iterator[Finding]]


def check(dossier: Dossier) -> list[Problem]:
    """All problems of a dossier, in the order of the file."""
    problems = findings(dossier, dossier.about)
    for kind in SECTIONS.values():
        for record in dossier.all_of(kind).values():
            problems += findings(dossier, record)
    return suggested(dossier, problems)


def check_record(dossier: Dossier, record: Record) -> list[Problem]:
    """The problems of one record within its dossier."""
    return suggested(dossier, findings(dossier, record))


def findings(dossier: Dossier, record: Record) -> list[Problem]:
    """The problems of one record, not yet `suggested`."""
    kind = type(record)
    rule = _RULES.get(kind)
    if rule is None:
        return []
    section, record_id = SECTION_OF[kind], "" if kind is About else record.id
    return [
        Problem(code, severity, section, record_id, field, params)
        for code, severity, field, params in islice(rule(dossier, record), MOST_OF_A_RECORD)
    ]


def suggested(dossier: Dossier, problems: list[Problem]) -> list[Problem]:
    """The same problems, each unknown id with the nearest known one while looking is quick."""
    known: dict[str, list[str]] = {}
    compared = 0
    for number, problem in enumerate(problems):
        if problem.code not in ("unknown-id", "unknown-binding"):
            continue
        section = problem.params.get("section", SECTION_OF[Fact])
        ids = known.setdefault(section, list(dossier.all_of(SECTIONS[section])))
        compared += len(ids)
        if compared > MAX_COMPARED:
            break
        params = {**problem.params, "nearest": nearest(problem.params["id"], ids)}
        problems[number] = msgspec.structs.replace(problem, params=params)
    return problems


def nearest(word: str, known: list[str]) -> str:
    """The known word most like the one that was written, or an empty string."""
    from difflib import get_close_matches  # a sound file never needs it

    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")


def _reference(
    dossier: Dossier, kind: type[Record], record_id: str | None, field: FieldPath
) -> Iterator[Finding]:
    if record_id is None:
        return
    if record_id in dossier.all_of(kind) or Ref(kind, whole_id(record_id)) in dossier.left_out:
        return
    if kind is Fact and dossier.find(Ref(Fact, record_id)) is not None:
        return
    yield "unknown-id", "error", field, {"id": record_id, "section": SECTION_OF[kind]}


def _references(
    dossier: Dossier, kind: type[Record], ids: tuple[str, ...], field: str
) -> Iterator[Finding]:
    known = dossier.all_of(kind)
    named: set[str] = set()
    for index, record_id in enumerate(ids):
        if record_id not in known:
            yield from _reference(dossier, kind, record_id, (field, index))
        if record_id in named:
            yield "repeated-id", "error", (field, index), {"id": record_id}
        named.add(record_id)


def _unit(
    dossier: Dossier, value: Quantity | ScaledUnit | None, field: FieldPath
) -> Iterator[Finding]:
    if value is None or value.unit in dossier.all_of(Unit):
        return
    if Ref(Unit, value.unit) in dossier.left_out:
        return
    units = list(dossier.all_of(Unit))[:MAX_UNITS_COMPARED]
    scales = [scale for scale in FACTORS if scale]
    words = [*units, *scales]
    begun = (each for each in words if each.startswith(value.unit))
    close = next(begun, "") or nearest(value.unit, words)
    if close in scales:
        close = f"{close} {units[0]}" if units else ""
    yield "unknown-unit", "error", field, {"unit": value.unit, "nearest": close}


def _citations(
    dossier: Dossier, citations: tuple[Citation, ...], field: FieldPath = ("citations",)
) -> Iterator[Finding]:
    sources = dossier.all_of(Source)
    for index, citation in enumerate(citations):
        here = (*field, index)
        if citation.source not in sources:
            yield from _reference(dossier, Source, citation.source, (*here, "source"))
        quote = citation.quote
        if _is_blank(quote) and _is_blank(citation.locator):
            yield "no-quotation", "error", here, {"source": citation.source}
        elif quote and (quote.count(" ") >= QUOTE_WORDS or not quote.isprintable()):
            words = len(quote.split())
            if words > QUOTE_WORDS:
                params = {"words": str(words), "most": str(QUOTE_WORDS)}
                yield "long-quotation", "error", (*here, "quote"), params
        if citation.says is not None:
            yield from _unit(dossier, citation.says.value, (*here, "says", "value"))
            yield from _reference(dossier, Place, citation.says.place, (*here, "says", "place"))


def _is_blank(words: str | None) -> bool:
    return not words or words.isspace()


def _sentence(dossier: Dossier, text: LocalText | None, field: str) -> Iterator[Finding]:
    if text is None:
        return
    words_by_language = text.by_language
    for language, words in words_by_language.items():
        here = (field, language) if len(words_by_language) > 1 or text.en is None else (field,)
        yield from islice(_words(dossier, words, here), MOST_OF_A_SENTENCE)


def _words(dossier: Dossier, words: str, field: FieldPath) -> Iterator[Finding]:
    if "{" in words or "}" in words:
        try:
            parts = parse_sentence(words)
        except Malformed as error:
            yield error.code, "error", field, error.params
            return
        for part in parts:
            if isinstance(part, Binding):
                yield from _binding(dossier, part.fact_id, field)
    for number in bare_numbers(words):
        yield "bare-number", "warning", field, {"number": number}


def _binding(dossier: Dossier, fact_id: str, field: FieldPath) -> Iterator[Finding]:
    fact = dossier.find(Ref(Fact, fact_id))
    if isinstance(fact, Fact):
        if fact.value is None:
            yield "binding-without-value", "warning", field, {"id": fact_id}
    elif Ref(Fact, whole_id(fact_id)) not in dossier.left_out:
        yield "unknown-binding", "error", field, {"id": fact_id}


def _about(dossier: Dossier, about: About) -> Iterator[Finding]:
    if about.as_of.kind != "day" or about.as_of.uncertain or about.as_of.approximate:
        yield "as-of-not-a-day", "error", ("as_of",), {"text": about.as_of.text}
    yield from _reference(dossier, Audience, about.audience, ("audience",))
    yield from _references(dossier, Fact, about.key_facts, "key_facts")
    yield from _sentence(dossier, about.bottom_line, "bottom_line")


def _source(dossier: Dossier, source: Source) -> Iterator[Finding]:
    if source.url is None:
        yield "no-address", "warning", (), {}
    elif not source.url.startswith(("https://", "http://")):
        yield "not-a-web-address", "error", ("url",), {"text": source.url}
    for name in ("title", "publisher", "origin"):
        if _is_blank(getattr(source, name)):
            yield "empty-text", "error", (name,), {}
    if source.published is None:
        yield "no-publication-date", "warning", (), {}


def _area(dossier: Dossier, area: Area) -> Iterator[Finding]:
    yield from _reference(dossier, Fact, area.lead, ("lead",))
    yield from _sentence(dossier, area.summary, "summary")


def _place(dossier: Dossier, place: Place) -> Iterator[Finding]:
    if (place.lat is None) != (place.lon is None):
        yield "half-a-position", "error", (), {}
    for audience in place.name_for:
        yield from _reference(dossier, Audience, audience, ("name_for", audience))
    if (place.held_by or place.award_2016) and not place.citations:
        yield "unsourced", "warning", (), {}
    yield from _citations(dossier, place.citations)


def _measure(dossier: Dossier, measure: Measure) -> Iterator[Finding]:
    yield from _unit(dossier, measure.unit, ("unit",))


def _fact(dossier: Dossier, fact: Fact) -> Iterator[Finding]:
    is_number = fact.value is not None or bool(fact.points)
    if not fact.citations:
        yield "unsourced", "error" if is_number else "warning", (), {}
    if not fact.points:
        for name, value in (("area", fact.area), ("statement", fact.statement)):
            if value is None:
                yield "missing-field", "error", (), {"field": name}
    if fact.kind == "number" and not is_number:
        yield "number-without-value", "warning", (), {}
    if fact.area is not None and fact.area not in dossier.areas:
        yield from _reference(dossier, Area, fact.area, ("area",))
    yield from _reference(dossier, Place, fact.place, ("place",))
    yield from _unit(dossier, fact.value, ("value",))
    yield from _against_measure(dossier, fact)
    if fact.points:
        yield from _table(fact)
    yield from _citations(dossier, fact.citations)
    yield from _differences(fact)
    if fact.parts or fact.contradicted_by or fact.supersedes or fact.delivers:
        yield from _among_facts(dossier, fact)
    if fact.withhold_from:
        yield from _references(dossier, Audience, fact.withhold_from, "withhold_from")


def _against_measure(dossier: Dossier, fact: Fact) -> Iterator[Finding]:
    if fact.measure is None:
        if fact.points:
            yield "points-without-measure", "error", ("points",), {}
        return
    measure = dossier.measures.get(fact.measure)
    if measure is None:
        yield from _reference(dossier, Measure, fact.measure, ("measure",))
        return
    if fact.value is not None and fact.value.unit != measure.unit.unit:
        params = {"unit": fact.value.unit, "measure": measure.id, "expected": measure.unit.unit}
        yield "not-the-measures-unit", "error", ("value",), params
    if fact.stage and measure.stage and fact.stage != measure.stage:
        params = {"stage": fact.stage, "measure": measure.id, "expected": measure.stage}
        yield "not-the-measures-stage", "error", ("stage",), params
    for point in fact.points:
        if point.value is not None and point.value.scale and measure.unit.scale:
            params = {"text": point.value.text.strip(), "unit": measure.unit.text}
            yield "scale-twice", "error", ("points", point.period.text), params


def _table(fact: Fact) -> Iterator[Finding]:
    for name in ("value", "parts"):
        if getattr(fact, name):
            yield "not-in-a-table", "error", (name,), {"field": name}
    if len({citation.source for citation in fact.citations}) > 1:
        yield "table-of-several-documents", "warning", ("citations",), {}


def _differences(fact: Fact) -> Iterator[Finding]:
    for index, citation in enumerate(fact.citations):
        if citation.says is not None and not says_otherwise(fact, citation):
            yield "says-the-same", "warning", ("citations", index, "says"), {}
            return


def _among_facts(dossier: Dossier, fact: Fact) -> Iterator[Finding]:
    for name in ("parts", "contradicted_by", "supersedes", "delivers"):
        ids: tuple[FactId, ...] = getattr(fact, name)
        yield from _references(dossier, Fact, ids, name)
        itself = next((n for n, each in enumerate(ids) if whole_id(each) == fact.id), None)
        if itself is not None:
            yield "names-itself", "error", (name, itself), {}
    for name in ("parts", "supersedes"):
        if _comes_back(dossier, fact, name):
            yield "goes-in-a-circle", "error", (name,), {"field": name}
    for index, part_id in enumerate(fact.parts):
        part = dossier.find(Ref(Fact, part_id))
        if isinstance(part, Fact) and (
            part.value is None or (fact.value and part.value.unit != fact.value.unit)
        ):
            yield "part-does-not-count", "error", ("parts", index), {"id": part_id}
    if not adds_up(dossier, fact):
        yield "does-not-add-up", "warning", ("parts",), {}


def _comes_back(dossier: Dossier, fact: Fact, name: str) -> bool:
    seen: set[str] = set()
    ahead = [whole_id(each) for each in getattr(fact, name) if whole_id(each) != fact.id]
    while ahead and len(seen) < LONGEST_CIRCLE:
        each = ahead.pop()
        if each == fact.id:
            return True
        found = dossier.find(Ref(Fact, each))
        if each not in seen and found is not None:
            seen.add(each)
            ahead += map(whole_id, getattr(found, name))
    return False


def _overlay(dossier: Dossier, overlay: Overlay) -> Iterator[Finding]:
    shapes = [bool(overlay.lines), bool(overlay.areas), overlay.ring is not None]
    if sum(shapes) != 1:
        yield "not-one-shape", "error", (), {}
    for name, lines, least in (("lines", overlay.lines, 2), ("areas", overlay.areas, 3)):
        for index, line in enumerate(lines):
            if len(line) < least:
                yield "too-few-points", "error", (name, index), {"least": str(least)}
    if overlay.claimant and not overlay.citations:
        yield "unsourced", "warning", (), {}
    if overlay.ring is not None:
        yield from _reference(dossier, Place, overlay.ring.centre, ("ring", "centre"))
    yield from _citations(dossier, overlay.citations)


def _slide(dossier: Dossier, slide: Slide) -> Iterator[Finding]:
    yield from _references(dossier, Measure, slide.measures, "measures")
    yield from _references(dossier, Fact, slide.facts, "facts")
    yield from _sentence(dossier, slide.title, "title")
    yield from _sentence(dossier, slide.notes, "notes")
    for name in ("from_", "to"):
        bound: EdtfDate | None = getattr(slide.map, name, None)
        if bound is not None and bound.kind == "interval":
            yield "not-a-single-date", "error", ("map", name.rstrip("_")), {"text": bound.text}
    view = slide.map
    if view and view.from_ and view.to and view.to.sort_key < view.from_.sort_key:
        yield "dates-reversed", "error", ("map", "to"), {"text": f"{view.from_}/{view.to}"}
    yield from _layout(dossier, slide)


def _layout(dossier: Dossier, slide: Slide) -> Iterator[Finding]:
    """What a slide of its layout has nothing to show without; a record left out is not missed."""
    layout = slide.layout
    told: dict[str, str] = {"layout": layout}
    found = [dossier.find(Ref(Fact, each)) for each in slide.facts]
    if layout in ("figure", "figure-and-chart") and not any(
        fact is None or (isinstance(fact, Fact) and fact.value) for fact in found
    ):
        yield "slide-without-figure", "warning", (), told
    if layout in ("chart", "figure-and-chart") and not slide.measures:
        yield "slide-without-measure", "warning", (), told
    if layout == "map" and slide.map is None:
        yield "slide-without-map", "warning", (), told
    if layout == "timeline" and not any(
        fact is None or (isinstance(fact, Fact) and fact.when) for fact in found
    ):
        yield "slide-without-dates", "warning", (), told
    if layout == "ledger" and not (slide.facts or slide.measures):
        yield "slide-without-rows", "warning", (), told
    if layout == "two-sources" and not any(
        fact is None or (isinstance(fact, Fact) and _is_differed_on(fact)) for fact in found[:1]
    ):
        yield "slide-without-difference", "warning", (), told


def _is_differed_on(fact: Fact) -> bool:
    return bool(fact.contradicted_by) or any(says_otherwise(fact, each) for each in fact.citations)


def _briefing(dossier: Dossier, briefing: Briefing) -> Iterator[Finding]:
    yield from _reference(dossier, Audience, briefing.audience, ("audience",))
    yield from _references(dossier, Slide, briefing.slides, "slides")
    yield from _references(dossier, Slide, briefing.backup, "backup")


_RULES: Final[dict[type[Record], Rule]] = {
    About: _about,
    Source: _source,
    Area: _area,
    Place: _place,
    Measure: _measure,
    Fact: _fact,
    Overlay: _overlay,
    Slide: _slide,
    Briefing: _briefing,
}
