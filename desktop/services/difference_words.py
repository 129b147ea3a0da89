"""What differs between two states of the facts, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

import msgspec

from desktop.model.dates import EdtfDate
from desktop.model.differences import Difference
from desktop.model.dossier import Ref
from desktop.model.records import About, Citation, Fact, Points, Reading, Says, SourceId, Stage
from desktop.model.values import LocalText, Quantity
from desktop.services.citation_words import says_words
from desktop.services.language import NBSP, Locale, stage_words, tr
from desktop.services.record_words import (
    cut,
    field_words,
    kind_words,
    one_of_kind_words,
    record_words,
)

_NAME_CHARACTERS: Final = 80
_VALUE_CHARACTERS: Final = 240
_ROWS: Final = 3
_STAGES: Final = frozenset(get_args(Stage))


def difference_words(before: Locale, after: Locale, difference: Difference) -> str:
    """One sentence; ``before`` and ``after`` speak of the states that differ."""
    sort, ref = difference.sort, difference.ref
    if sort == "moved":
        return tr("{kind}: the order has changed.").format(kind=kind_words(ref.kind))
    name = _name(before if sort == "withdrawn" else after, ref)
    if sort == "changed":
        sentence = f"{name}: {'; '.join(_changed(before, after, difference))}."
    elif sort == "renamed":
        sentence = tr("New id: {name}, before {id}.").format(name=name, id=difference.before)
    else:
        sentence = {
            "added": tr("Added: {name}."),
            "withdrawn": tr("Withdrawn: {name}."),
            "sources-differ": tr("Sources now differ: {name}."),
            "stale": tr("Now stale: {name}."),
        }[sort].format(name=name)
    # A sentence goes on one line of a terminal, whatever stands in the file.
    line = " ".join(sentence.replace(NBSP, " ").split())
    return line[:1].upper() + line[1:]


def _name(speak: Locale, ref: Ref) -> str:
    """A record with its id, and a fact with its value: what people need to recognise it."""
    record = speak.dossier.find(ref)
    if record is None or ref.kind is About:
        return one_of_kind_words(ref.kind).capitalize()
    words = [f"“{cut(record_words(speak, record), _NAME_CHARACTERS)}”"]
    if isinstance(record, Fact):
        words += [speak.quantity(record.value)] if record.value else []
        words += [speak.date(record.when, short=True)] if record.when else []
    return f"{one_of_kind_words(ref.kind)} {ref.id}, {', '.join(words)}"


def _changed(before: Locale, after: Locale, difference: Difference) -> Iterator[str]:
    """What has become of one field, in one phrase or several."""
    field = field_words(difference.field).lower()
    old, new = difference.before, difference.after
    if isinstance(new, Points):
        yield from _rows(old, new)
    elif isinstance(new, tuple) and any(isinstance(item, Citation) for item in (*old, *new)):
        yield from _citations(before, after, old, new)
    elif isinstance(new, tuple) and all(isinstance(item, str) for item in (*old, *new)):
        yield from _listed(field, old, new)
    else:
        yield from _turned(field, before, after, old, new)


def _value(speak: Locale, value: Any) -> str:
    if isinstance(value, Quantity):
        return speak.quantity(value)
    if isinstance(value, EdtfDate):
        return speak.date(value)
    if isinstance(value, LocalText):
        words = value.by_language
        told = [f"“{cut(text, _VALUE_CHARACTERS)}”" for text in words.values()]
        named = zip(words, told, strict=True)
        return told[0] if len(told) == 1 else ", ".join(f"{name} {text}" for name, text in named)
    if isinstance(value, Reading):
        return _value(speak, value.say)
    if isinstance(value, Says):
        return f"“{says_words(speak, value)}”"
    if isinstance(value, str) and value in _STAGES:
        return next(stage_words(stage) for stage in get_args(Stage) if stage == value)
    if isinstance(value, str) and " " in value and not value.startswith("“"):
        return f"“{value}”"
    if isinstance(value, dict):
        return ", ".join(f"{key} “{item}”" for key, item in value.items()) or tr("nothing")
    if isinstance(value, tuple):
        return tr("given")
    return str(value)


def _citations(
    before: Locale, after: Locale, old: tuple[Citation, ...], new: tuple[Citation, ...]
) -> Iterator[str]:
    earlier, later = _by_source(old), _by_source(new)
    for source, citations in later.items():
        if source not in earlier:
            yield tr("now cites {source}").format(source=_source(after, source))
        elif citations != earlier[source]:
            words = tr("cites {source} otherwise ({how})")
            how = _how(before, after, earlier[source], citations)
            yield words.format(source=_source(after, source), how=how)
    for source in earlier:
        if source not in later:
            yield tr("no longer cites {source}").format(source=_source(before, source))
    if earlier == later:
        yield tr("cites its sources in another order")


def _how(before: Locale, after: Locale, old: list[Citation], new: list[Citation]) -> str:
    """What of the citations of one source is no longer as it was."""
    if len(old) != len(new):
        return tr("{old} places in it before, {new} now").format(old=len(old), new=len(new))
    told: list[str] = []
    for was, now in zip(old, new, strict=True):
        for name in now.__struct_fields__:
            values = getattr(was, name), getattr(now, name)
            told += _turned(field_words(name).lower(), before, after, *values)
    return ", ".join(told)


def _turned(field: str, before: Locale, after: Locale, old: Any, new: Any) -> Iterator[str]:
    """What has become of one value, part by part where it has parts."""
    if old == new:
        return
    if isinstance(old, LocalText) and isinstance(new, LocalText):
        yield from _turned_text(field, before, after, old, new)
    elif isinstance(old, msgspec.Struct) and isinstance(new, msgspec.Struct):
        for name in new.__struct_fields__:
            part = f"{field}, {field_words(name).lower()}"
            yield from _turned(part, before, after, getattr(old, name), getattr(new, name))
    elif old in (None, (), {}):
        yield tr("{field} is now {new}").format(field=field, new=_value(after, new))
    elif new in (None, (), {}):
        yield tr("{field} was {old}, and is gone").format(field=field, old=_value(before, old))
    elif isinstance(new, tuple):
        yield tr("{field} is another").format(field=field)
    else:
        words = tr("{field} was {old}, is {new}")
        yield words.format(field=field, old=_value(before, old), new=_value(after, new))


def _turned_text(
    field: str, before: Locale, after: Locale, old: LocalText, new: LocalText
) -> Iterator[str]:
    was, now = old.by_language, new.by_language
    if len({**was, **now}) == 1:
        words = tr("{field} was {old}, is {new}")
        yield words.format(field=field, old=_value(before, old), new=_value(after, new))
        return
    for language in {**was, **now}:
        part = tr("{field} in {language}").format(field=field, language=_language(language))
        one, other = (_quoted(side.get(language)) for side in (was, now))
        yield from _turned(part, before, after, one, other)


def _quoted(words: str | None) -> str | None:
    return None if words is None else f"“{cut(words, _VALUE_CHARACTERS)}”"


def _language(code: str) -> str:
    return {
        "en": tr("English"),
        "vi": tr("Vietnamese"),
        "zh": tr("Chinese"),
        "fil": tr("Filipino"),
    }[code]


def _by_source(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.source, []).append(citation)
    return found


def _source(speak: Locale, source_id: str) -> str:
    source = speak.dossier.sources.get(SourceId(source_id))
    return f"{speak.source(source)} ({source_id})" if source else source_id


def _listed(field: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    came = [item for item in new if item not in old]
    went = [item for item in old if item not in new]
    if came:
        yield tr("{field} now with {items}").format(field=field, items=", ".join(came))
    if went:
        yield tr("{field} no longer with {items}").format(field=field, items=", ".join(went))
    if not came and not went:
        yield tr("{field} in another order").format(field=field)


def _rows(old: Points, new: Points) -> Iterator[str]:
    earlier, later = ({point.period.text: point for point in points} for points in (old, new))
    periods = [each for each in {**earlier, **later} if earlier.get(each) != later.get(each)]
    for period in periods[:_ROWS]:
        was, now = earlier.get(period), later.get(period)
        words = tr("{period} was {old}, is {new}")
        told = (tr("not there") if row is None else _amount(row.value) for row in (was, now))
        yield words.format(period=period, **dict(zip(("old", "new"), told, strict=True)))
    if len(periods) > _ROWS:
        yield tr("and {count} more rows").format(count=len(periods) - _ROWS)
    if not periods:
        yield tr("the rows in another order")


def _amount(value: Quantity | None) -> str:
    return tr("not reported") if value is None else value.text
