"""What stands in a field, whole and in people's words."""

from __future__ import annotations

from typing import Any, Final, get_args

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref
from desktop.model.records import Citation, Point, Reading, Record, Source, Stage
from desktop.model.references import KIND_OF_ID
from desktop.model.values import LocalText, Quantity
from desktop.services.citation_words import grade_of, says_words
from desktop.services.language import Locale, stage_words, tr
from desktop.services.record_words import record_words

_STAGES: Final = frozenset(get_args(Stage))


def value_words(speak: Locale, value: Any, declared: Any = None) -> str:
    """A value in full, a line for each item; an id, by its ``declared`` type, as its record.

    Every language of a text is told, as what differs may be in one alone.
    """
    if value is None or value in ((), {}):
        return tr("nothing")
    if isinstance(value, Record):
        return record_words(speak, value)
    if isinstance(value, Quantity):
        return speak.quantity(value)
    if isinstance(value, EdtfDate):
        return speak.date(value)
    if isinstance(value, LocalText):
        words = value.by_language
        several = len(words) > 1
        return "\n".join(f"{name}: {text}" if several else text for name, text in words.items())
    if isinstance(value, Citation):
        return _citation(speak, value)
    if isinstance(value, Reading):
        parts = (value_words(speak, each) for each in (value.say, value.why, value.date) if each)
        return "\n".join(parts)
    if isinstance(value, Point):
        amount = value.value.text.strip() if value.value else tr("not reported")
        return f"{speak.date(value.period, short=True)}: {amount}"
    if isinstance(value, tuple):
        return "\n".join(value_words(speak, each, declared) for each in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, str) and value in _STAGES:
        return next(stage_words(stage) for stage in get_args(Stage) if stage == value)
    return _named(speak, value, declared)


def _citation(speak: Locale, citation: Citation) -> str:
    source = speak.dossier.all_of(Source).get(citation.source)
    name = speak.source(source) if source else citation.source
    quote = f"“{citation.quote}”" if citation.quote else citation.locator or ""
    says = (
        tr("says otherwise: {what}").format(what=says_words(speak, citation.says))
        if (citation.says)
        else ""
    )
    head = f"{name} ({grade_of(source, citation)})"
    return ", ".join(part for part in (head, quote, says) if part)


def _named(speak: Locale, value: Any, declared: Any) -> str:
    kind = KIND_OF_ID.get(declared)
    record = speak.dossier.find(Ref(kind, value)) if kind is not None else None
    return record_words(speak, record) if record is not None else str(value)
