"""What is said beside the fields of a form: what is wrong, what is missing, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import FieldPath, Problem
from desktop.model.records import Fact, Record, Source, id_from
from desktop.model.states import states_of
from desktop.panes.fact_words import find_fact, value_words
from desktop.panes.form_page import ID
from desktop.panes.new_source import is_address
from desktop.services.language import Locale, tr
from desktop.services.problem_words import problem_words
from desktop.services.record_words import field_words

_WORDS_OF_ID: Final = 7
_BESIDE: Final[Mapping[str, str]] = {
    "unsourced": "citations",
    "no-address": "url",
    "no-publication-date": "published",
    "number-without-value": "value",
    "half-a-position": "lat",
    "not-one-shape": "lines",
    "id-taken": ID,
    "not-an-id": ID,
}
"""The field beside which a problem of the whole record is told."""


def place_of(problem: Problem) -> tuple[str, FieldPath]:
    """The field beside which a problem is told, and where in it."""
    if problem.field:
        return str(problem.field[0]), problem.field[1:]
    if problem.code == "missing-field":
        return problem.params["field"], ()
    return _BESIDE.get(problem.code, ID), ()


def beside(problem: Problem, field: str, ref: Ref) -> Problem:
    """A refusal as it is told beside the field that was settled, wherever the rule was broken."""
    is_own = problem.id == ref.id and place_of(problem)[0] == field
    return problem if is_own else msgspec.structs.replace(problem, field=(field,))


def sentence(problem: Problem) -> str:
    words = problem_words(problem)
    if problem.code == "missing-field":
        words = tr("{field} is missing, and has to be there")
        words = words.format(field=field_words(problem.params["field"]))
    if _cites_address(problem):
        words = tr(
            "This address is not among the sources; press “Add it as a new source”, or Enter here"
        )
    end = "" if words.endswith("?") else "."
    return f"{words[:1].upper()}{words[1:]}{end}"


def _cites_address(problem: Problem) -> bool:
    is_source = problem.field[:1] == ("citations",) and problem.field[-1] == "source"
    return is_source and problem.code == "unknown-id" and is_address(problem.params["id"])


def is_lack(problem: Problem) -> bool:
    """Whether a problem is only that something is not there yet."""
    lacks = ("missing-field", "unsourced", "no-address", "no-publication-date")
    return problem.code in (*lacks, "number-without-value", "not-one-shape", "half-a-position")


def missing(name: str, path: FieldPath = ()) -> Problem:
    """What is said of a field that is empty and may not be; ``path`` leads to it below ``name``."""
    field = str(path[-1] if path else name)
    return Problem("missing-field", "error", field=(name, *path), params={"field": field})


def lacking(kind: type[Record], values: Mapping[str, Any]) -> list[str]:
    fields = msgspec.structs.fields(kind)
    return [each.name for each in fields if each.required and not values.get(each.name)]


def built(kind: type[Record], values: Mapping[str, Any]) -> Record | None:
    """A record of these values; None while it lacks a field that it has to have."""
    if any(name != ID for name in lacking(kind, values)):
        return None
    return kind(**{name: value for name, value in values.items() if value is not None})


def _sum_words(speak: Locale, total: Fact) -> str:
    parts = (find_fact(speak.dossier, part_id) for part_id in total.parts)
    return " + ".join(value_words(speak, part) for part in parts if part is not None)


def doubts_of(speak: Locale, ref: Ref, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is doubtful of a record beside others, with the field where it is said."""
    if ref.kind is Source:
        for words in _same_address(speak, ref, values.get("url")):
            yield "url", words
    if ref.kind is Fact and ref.id:
        for words in _broken_totals(speak, ref.id):
            yield "value", words


def _same_address(speak: Locale, ref: Ref, url: str | None) -> Iterator[str]:
    for source in speak.dossier.sources.values():
        if url and source.url == url and source.id != ref.id:
            yield tr("“{id}” has the same address: {source}.").format(
                id=source.id, source=speak.source(source)
            )


def _broken_totals(speak: Locale, fact_id: str) -> Iterator[str]:
    for total in speak.dossier.naming(fact_id):
        if fact_id in total.parts and "does-not-add-up" in states_of(speak.dossier, total):
            yield tr("The total “{name}” no longer adds up: {value} is not {sum}.").format(
                name=speak.statement(total).rstrip("."),
                value=value_words(speak, total),
                sum=_sum_words(speak, total),
            )


def new_id(dossier: Dossier, kind: type[Record], values: Mapping[str, Any]) -> str:
    """The id that was typed, or one made of what the record says; empty while it says nothing."""
    if values.get(ID):
        return str(values[ID])
    named = (values.get(name) for name in ("statement", "name", "title", "publisher"))
    words = next((str(each) for each in named if each), "")
    if values.get("publisher") and values.get("published"):
        words = f"{values['publisher']} {values['published']}"
    made = id_from(" ".join(words.split()[:_WORDS_OF_ID]))
    return free_id(dossier, kind, made) if made else ""


def free_id(dossier: Dossier, kind: type[Record], wanted: str) -> str:
    """This id, or the first with a number behind it that nobody has."""
    number, free = 2, wanted
    while free in dossier.all_of(kind) or Ref(kind, free) in dossier.left_out:
        free = f"{wanted}-{number}"
        number += 1
    return free
