"""What kinds of record, single records, their fields and the edits of them are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.model.changes import Batch, Change, RenameRecord, SetField, SetFields
from desktop.model.dossier import Ref
from desktop.model.records import (
    About,
    Area,
    Audience,
    Briefing,
    Fact,
    Measure,
    Overlay,
    Place,
    Record,
    Slide,
    Source,
    Unit,
)
from desktop.services.language import Locale, audience_words, tr

SHORT_CHARACTERS: Final = 44
"""The longest name of a record in a menu."""
_FIELDS: Final[Mapping[str, str]] = {
    "as_of": "As of",
    "award_2016": "Award of 2016",
    "from_": "From",
    "held_as_of": "Held, as of",
    "lat": "Latitude",
    "lon": "Longitude",
    "name_for": "Name for an audience",
    "precision_km": "Precision, km",
    "publisher": "Publisher",
    "radius_nm": "Radius, nautical miles",
    "reading": "How we settle it",
    "parts": "Made up of",
    "points": "Table",
    "quote": "Quotation",
    "say": "What we hold",
    "says": "What it says otherwise",
    "seconds": "Seconds",
    "sign_after": "Sign after the number",
    "sign": "Sign before the number",
    "span_nm": "Width, nautical miles",
    "title": "Title",
    "url": "Address",
    "vi": "Vietnamese",
    "when": "Date",
    "withhold_from": "Withheld from",
    "citations": "Sources",
    "lines": "Lines, each of points “longitude latitude”",
    "areas": "Areas, each of points “longitude latitude”",
}


def field_words(field: str) -> str:
    """What a field is called over its control."""
    return tr(_FIELDS.get(field) or field.replace("_", " ").capitalize())


def kind_words(kind: type[Record]) -> str:
    """What the records of a kind are called together."""
    return {
        About: tr("About this file"),
        Audience: tr("Audiences"),
        Unit: tr("Units"),
        Source: tr("Sources"),
        Area: tr("Areas"),
        Place: tr("Places"),
        Measure: tr("Measures"),
        Fact: tr("Facts"),
        Overlay: tr("Overlays"),
        Slide: tr("Slides"),
        Briefing: tr("Briefings"),
    }[kind]


def one_of_kind_words(kind: type[Record]) -> str:
    """What one record of a kind is called."""
    return {
        About: tr("this file"),
        Audience: tr("audience"),
        Unit: tr("unit"),
        Source: tr("source"),
        Area: tr("area"),
        Place: tr("place"),
        Measure: tr("measure"),
        Fact: tr("fact"),
        Overlay: tr("overlay"),
        Slide: tr("slide"),
        Briefing: tr("briefing"),
    }[kind]


def record_words(speak: Locale, record: Record) -> str:
    """What one record is called; a fact by its statement, one without a name by its id."""
    if isinstance(record, Fact):
        return speak.statement(record).rstrip(".") or record.id
    if isinstance(record, Source):
        return f"{speak.source(record)}: {record.title}"
    if isinstance(record, Place):
        return speak.name(record)
    if isinstance(record, Area | Measure | Overlay):
        return speak.text(record.name)
    if isinstance(record, Audience):
        return audience_words(record)
    if isinstance(record, Unit):
        return speak.text(record.many) or record.sign_after or record.sign or record.id
    if isinstance(record, Slide):
        return "".join(part.text for part in speak.sentence(record.title)) or record.id
    if isinstance(record, Briefing):
        return speak.text(record.title)
    return kind_words(About)


def short_words(speak: Locale, ref: Ref) -> str:
    """The name of a record that fits a menu; by its id where it is not there."""
    record = speak.dossier.find(ref)
    if record is None:
        return ref.id
    if isinstance(record, Source):
        return speak.source(record)
    return cut(record_words(speak, record))


def cut(words: str, most: int = SHORT_CHARACTERS) -> str:
    """Words that are too long end after a whole one, with an ellipsis."""
    if len(words) <= most:
        return words
    return f"{words[: most - 1].rpartition(' ')[0] or words[: most - 1]}…"


def change_words(speak: Locale, change: Change) -> str:
    """An edit as undo names it: "change of value, Bien Hoa pledge"."""
    about = change.about
    if isinstance(change, RenameRecord):
        return tr("new id {id}").format(id=change.new_id)
    name = short_words(speak, about) if about is not None else ""
    if isinstance(change, SetField | SetFields):
        what = tr("change of {field}").format(field=_names(change.values))
    elif isinstance(change, Batch) and not change.label:
        what = tr("change")
    else:
        what = {
            "add-record": tr("addition"),
            "delete-record": tr("deletion"),
            "one-event": tr("answer: one event"),
            "two-events": tr("answer: two events"),
            "take-back": tr("return to what is saved"),
            "set-for-all": tr("change of several facts"),
            "replace-text": tr("replacing of text"),
            "import": tr("import"),
            "add-slide": tr("addition of a slide"),
            "remove-slide": tr("taking out of a slide"),
            "reorder-slides": tr("order of slides"),
            "merge": tr("what is not saved, on what came from disk"),
            "recover": tr("bringing back of unsaved work"),
            "restore": tr("bringing back of an earlier state"),
        }.get(change.label, change.label)
    return f"{what}, {name}" if name else what


def _names(fields: Mapping[str, object]) -> str:
    return tr(" and ").join(field_words(field).partition(",")[0].lower() for field in fields)
