"""The sentence for each Problem: what happened, and what is accepted instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.model.problems import Problem
from desktop.services.language import tr

_SENTENCES: Final[Mapping[str, str]] = {
    # Dates
    "not-a-date": "“{text}” is not a date; write 2025-05-08, 2025-05 or 2025",
    "no-such-date": "“{text}” is not in the calendar; write a day that exists, as 2025-05-08",
    "time-of-day": "“{text}” has a time of day, which is not kept; write the day, as 2025-05-08",
    "dates-reversed": "“{text}” ends before it begins; write the earlier date first",
    "not-a-single-date": "“{text}” is a span; write one date, as 2025-05 or 2025",
    "not-a-duration": "“{text}” is not a duration; write P12M for twelve months or P3Y",
    "as-of-not-a-day": "“{text}” is not one day; write the day the file speaks of, as 2025-12-12",
    # Quantities
    "not-a-quantity": "“{text}” is not a quantity; write a number and its unit, as 430 million usd",
    "not-an-amount": "“{text}” is not an amount; write a number, as 12 or about 12.5",
    "no-unit": "“{text}” has no unit; write it after the number, as {text} million usd",
    "negative-amount": "“{text}” is negative; an amount is zero or more",
    "range-reversed": "the range runs from {low} down to {high}; write the lower number first",
    "grouped-digits": "“{text}” has a separator between digits, which could be a decimal; "
    "write {write}",
    "unknown-qualifier": "“{word}” is not a qualifier; write {write}",
    "currency-sign": "“{text}” has a currency sign; write the unit after the number, "
    "as 430 million usd",
    "scale-twice": "“{text}” has a scale, and so has the measure’s unit “{unit}”; write the bare "
    "number",
    "not-a-unit": "“{text}” is not a unit; write a declared unit, as usd or million usd",
    "unknown-unit": "the unit “{unit}” is not declared under units{did_you_mean}",
    # References
    "unknown-id": "“{id}” is not among the {section}{did_you_mean}",
    "repeated-id": "“{id}” is named twice; once is enough",
    "names-itself": "the record names itself; name another one",
    "goes-in-a-circle": "following {field} leads back to this record; take one of them out",
    "id-taken": "the id “{id}” is taken; ids are never reused, choose another",
    "no-such-record": "there is no record “{id}” any more",
    "still-named": "“{id}” is still named by {by}; take it out there first",
    # Sources and quotations
    "unsourced": "there is no citation; name at least one source with its words",
    "no-quotation": "the citation of “{source}” has neither a quote nor a locator; give the "
    "sentence as printed, or the table or page",
    "long-quotation": "the quotation has {words} words; keep it to {most}",
    "no-address": "the source has no url; give the address where it can be read",
    "not-a-web-address": "“{text}” is not a web address; write one that begins with https://",
    "no-publication-date": "the source has no published date; write it as far as it is known",
    # Facts
    "missing-field": "“{field}” is missing, and has to be there",
    "number-without-value": "a fact of kind number has no value; write it, as 8 sets",
    "points-without-measure": "the points have no measure, so no unit; name the measure",
    "not-the-measures-unit": "the unit is “{unit}”, but readings of {measure} are in “{expected}”",
    "not-the-measures-stage": "the stage is “{stage}”, but {measure} holds what was “{expected}”; "
    "stages are never mixed",
    "part-does-not-count": "“{id}” has no value in the same unit, so it cannot be a part of a "
    "total",
    "does-not-add-up": "the parts do not add up to the value, beyond their rounding",
    "bare-number": "“{number}” stands in our own sentence with no fact behind it; "
    "write {{fact-id}} in its place",
    "not-a-binding": "“{text}” is neither a bound number nor a brace; write {{fact-id}}, or {{{{ "
    "for a brace",
    "unknown-binding": "“{id}” is not among the facts, so its number is missing{did_you_mean}",
    "binding-without-value": "“{id}” has no value to show in a sentence",
    # Places and overlays
    "half-a-position": "only one of lat and lon is given; give both, or neither",
    "not-one-shape": "an overlay has either lines, areas or a ring; give exactly one",
    "too-few-points": "too few points to draw; give at least {least}",
}


def problem_words(problem: Problem) -> str:
    """A Problem as a sentence, without its place."""
    params = {**problem.params, "did_you_mean": ""}
    if params.get("nearest"):
        params["did_you_mean"] = tr("; did you mean “{nearest}”?").format(**params)
    return tr(_SENTENCES[problem.code]).format(**params)


def problem_line(problem: Problem) -> str:
    """A Problem as a compiler prints it: ``facts.yaml:212:12: error: facts.x.when: …``."""
    place = f"{problem.file}:{problem.line}:{problem.column}: " if problem.line else ""
    field = f"{problem.path}: " if problem.path else ""
    return f"{place}{problem.severity}: {field}{problem_words(problem)}"
