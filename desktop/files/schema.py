"""The JSON Schema of facts files, with which editors complete and check them as people type.

It is draft 07, which editors know best, and accepts whatever the reader accepts: an editor takes
``when: 2025`` for a number and ``language: no`` for text, so scalars of our types are both. What
only the whole file can tell (an id that is nowhere, parts that miss their sum) is the reader's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import inspect

from desktop.files import fields
from desktop.files.reader import ABOUT, HEADER
from desktop.model.dates import Duration, EdtfDate
from desktop.model.records import FORMAT_VERSION, ID, MAX_ID_CHARACTERS, SECTIONS, About, Points
from desktop.model.values import FACTORS, LANGUAGES, QUALIFIERS, LocalText, Quantity, ScaledUnit

if TYPE_CHECKING:
    from collections.abc import Callable

    import msgspec

Schema: TypeAlias = dict[str, Any]

_SCALAR: Final = ["string", "number", "boolean"]
_AMOUNT: Final = rf"(?:(?:{'|'.join(QUALIFIERS)}) )?[0-9][0-9.]*(?: to [0-9][0-9.]*)?"
_SCALE: Final = rf"(?:{'|'.join(scale for scale in FACTORS if scale)})"
_UNIT: Final = "[a-z][a-z0-9-]*"
_DATE_WORDS: Final = (
    "As precise as it is known: 2025-05-08, 2025-05, 2025, 2023-21 (spring), FY2017, 2017/2023, "
    '2024-08/.. (open), 2013~ (about), 2025-05? (uncertain), "[2023..2024]" (one day within).'
)
_QUANTITY_WORDS: Final = (
    "[qualifier] number [to number] [thousand|million|billion] unit, as: about 104 million usd. "
    f"Qualifiers: {', '.join(QUALIFIERS)}. No separators between digits."
)

_FIELDS: Final = {
    "area": "The id of the area it belongs to.",
    "areas": "Closed lines, each a list of [longitude, latitude] in degrees.",
    "audience": "The id of the audience it is for.",
    "award_2016": "What the 2016 award found the feature to be.",
    "backup": "Ids of slides that are reached by number only.",
    "bottom_line": "The one sentence to take away; its numbers are written {fact-id}.",
    "centre": "The id of the place in the middle.",
    "citations": "The sources that say so, the best first.",
    "claimant": "Who claims the line.",
    "contradicted_by": "Ids of better-founded facts that this one cannot stand beside.",
    "credibility": "Admiralty code of the claim: 1 (confirmed) to 6 (cannot be judged).",
    "delivers": "Ids of the commitments that this event carries out.",
    "facts": "Ids of the facts it shows.",
    "from": "The first date shown.",
    "group": "The heading it stands under.",
    "held_as_of": "The day that the holder was last ascertained.",
    "held_by": "Who holds the feature, which is not whose it is.",
    "held_since": "Since when it has been held, as far as a source says.",
    "key_facts": "Ids of the facts that the overview shows first.",
    "kind": "What kind it is.",
    "language": "The language, as a BCP 47 tag: en-US, en-GB, vi.",
    "lat": "Latitude in degrees north, WGS 84.",
    "layers": "What the map shows.",
    "layout": "How the slide is composed.",
    "lead": "The id of the fact that its pane shows first.",
    "lines": "Lines, each a list of [longitude, latitude] in degrees.",
    "locator": "Table or page, where there is no sentence to quote.",
    "lon": "Longitude in degrees east, WGS 84.",
    "map": "The window of a map slide.",
    "many": "Its name for several.",
    "marking": "The marking on the banner; without it the banner says NOT MARKED.",
    "measure": "The id of the measure that this is a reading of.",
    "measures": "Ids of the measures it plots.",
    "name": "Its name.",
    "name_for": "Its name for an audience that needs another one.",
    "note": "A remark.",
    "notes": "What the briefer says; never shown to the audience.",
    "one": "Its name for a single one.",
    "origin": "Whose reporting it is: copies of one agency's text are one origin.",
    "parts": "Ids of the facts that add up to this one, within rounding.",
    "place": "The id of the place.",
    "points": "A table out of one document: periods, each with its amount or nothing for a gap.",
    "precision_km": "How far off the position may be, in kilometres.",
    "publisher": "Who published it.",
    "quote": "The words as printed, at most 25.",
    "radius_nm": "Its radius in nautical miles.",
    "reading": "How we settle a difference between sources.",
    "reliability": "Admiralty code of the source: A (reliable) to F (cannot be judged).",
    "review_after": "After how long its facts want a new look: P12M, P3Y.",
    "ring": "All points at one distance from a place.",
    "say": "What we say.",
    "says": "Where this source differs from the fact.",
    "scope": "What the number covers, where others cover something else.",
    "seconds": "How long it takes, in seconds.",
    "sign": "What stands before the number, as $.",
    "sign_after": "What stands behind the number, as %.",
    "slides": "Ids of the slides, in order.",
    "source": "The id of the source.",
    "span_nm": "The width of the map in nautical miles.",
    "stage": "How far the money has come: promised up to committed, moved from obligated on.",
    "statement": "What happened or holds, in our own words, without the number.",
    "summary": "Two sentences on the area; their numbers are written {fact-id}.",
    "supersedes": "Ids of earlier figures that its own source has revised.",
    "title": "Its title.",
    "to": "The last date shown.",
    "unit": "A unit declared under units, with a scale if need be: million usd.",
    "url": "Where it can be read; http or https.",
    "via": "The mirror or digest it was read in, if not the publisher.",
    "why": "Why we say so.",
    "withhold_from": "Ids of audiences that do not see it.",
}
"""What each field holds; dates and quantities say for themselves how they are written."""


def schema_text() -> str:
    """The schema as it is shipped in ``resources/facts.schema.json``."""
    return json.dumps(facts_schema(), ensure_ascii=False, indent=1) + "\n"


def facts_schema() -> Schema:
    """The schema of a whole facts file."""
    definitions: dict[str, Schema] = {}
    sections: dict[str, Schema] = {
        HEADER: {"enum": [FORMAT_VERSION, str(FORMAT_VERSION)], "description": "Format version."},
        ABOUT: _struct(About, definitions),
    }
    for name, kind in SECTIONS.items():
        record = _struct(kind, definitions)
        if not any(field.required for field in _fields_of(kind)):
            record = _or_nothing(record)
        sections[name] = {
            "type": ["object", "null"],
            "description": f"By id. {_words_of(kind)}",
            "propertyNames": {
                "pattern": f"^{ID}$",
                "maxLength": MAX_ID_CHARACTERS,
            },
            "additionalProperties": record,
        }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Charthouse facts file",
        "type": "object",
        "properties": sections,
        "required": [ABOUT],
        "additionalProperties": False,
        "definitions": definitions,
    }


def _fields_of(kind: type[msgspec.Struct]) -> list[inspect.Field]:
    return [field for field in fields.shape_of(kind).fields if field.name != "id"]


def _words_of(kind: type[msgspec.Struct]) -> str:
    paragraph = (kind.__doc__ or "").partition("\n\n")[0]
    return re.sub(r"\s+", " ", paragraph.replace("``", "")).strip()


def _struct(kind: type[msgspec.Struct], definitions: dict[str, Schema]) -> Schema:
    """A reference to the schema of a struct, which is put among the definitions."""
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        properties = {field.encode_name: _field(field, definitions) for field in _fields_of(kind)}
        definitions[name] |= {
            "type": "object",
            "description": _words_of(kind),
            "properties": properties,
            "required": [field.encode_name for field in _fields_of(kind) if field.required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/definitions/{name}"}


def _field(field: inspect.Field, definitions: dict[str, Schema]) -> Schema:
    schema = _type(field.type, definitions)
    if not field.required:
        schema = _or_nothing(schema)
    words = _FIELDS.get(field.encode_name, "")
    schema["description"] = " ".join(filter(None, (words, schema.pop("description", ""))))
    return schema


def _or_nothing(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    schema = dict(schema)
    words = {"description": schema.pop("description")} if "description" in schema else {}
    choices = schema.get("anyOf", [schema])
    return {**words, "anyOf": [*choices, {"type": "null"}]}


def _type(shape: inspect.Type, definitions: dict[str, Schema]) -> Schema:
    if isinstance(shape, inspect.UnionType):
        kinds = [each for each in shape.types if not isinstance(each, inspect.NoneType)]
        return _type(kinds[0], definitions)
    if isinstance(shape, inspect.StructType):
        return _struct(shape.cls, definitions)
    if isinstance(shape, inspect.VarTupleType):
        return {"type": "array", "items": _type(shape.item_type, definitions)}
    if isinstance(shape, inspect.TupleType):
        items = [_type(item, definitions) for item in shape.item_types]
        return {"type": "array", "items": items, "minItems": len(items), "maxItems": len(items)}
    if isinstance(shape, inspect.DictType):
        value = _or_nothing(_type(shape.value_type, definitions))
        return {"type": "object", "additionalProperties": value}
    if isinstance(shape, inspect.LiteralType):
        return {"enum": list(shape.values)}
    if isinstance(shape, inspect.IntType | inspect.FloatType):
        return _number(shape)
    if isinstance(shape, inspect.CustomType):
        return _CUSTOM[shape.cls]()
    return {"type": list(_SCALAR)}


def _number(shape: inspect.IntType | inspect.FloatType) -> Schema:
    names = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
    limits = {name: getattr(shape, short) for short, name in names.items()}
    return {
        "type": ["integer" if isinstance(shape, inspect.IntType) else "number", "string"],
        "pattern": f"^{fields.NUMBER}$",
        **{name: limit for name, limit in limits.items() if limit is not None},
    }


def _local_text() -> Schema:
    words: Schema = {"type": [*_SCALAR, "null"]}
    return {
        "anyOf": [
            {"type": list(_SCALAR), "minLength": 1},
            {
                "type": "object",
                "properties": dict.fromkeys(LANGUAGES, words),
                "additionalProperties": False,
                "minProperties": 1,
            },
        ],
        "description": "Words, or {en: …, vi: …}.",
    }


def _date() -> Schema:
    # Unquoted, an editor takes [2023..2024] for a list.
    one_of: Schema = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 1}
    return {"anyOf": [{"type": ["string", "number"]}, one_of], "description": _DATE_WORDS}


def _points() -> Schema:
    amount: Schema = {
        "type": ["number", "string", "null"],
        "pattern": rf"^{_AMOUNT}(?: {_SCALE})?$",
        "minimum": 0,
    }
    row: Schema = {
        "type": "object",
        "properties": {"value": amount, "note": _or_nothing(_local_text())},
        "additionalProperties": False,
    }
    return {"type": "object", "additionalProperties": {"anyOf": [amount, row]}}


def _quantity() -> Schema:
    pattern = rf"^{_AMOUNT}(?: {_SCALE})? {_UNIT}$"
    return {"type": "string", "pattern": pattern, "description": _QUANTITY_WORDS}


def _scaled_unit() -> Schema:
    return {"type": list(_SCALAR), "pattern": rf"^(?:{_SCALE} )?{_UNIT}$"}


def _duration() -> Schema:
    return {"type": "string", "pattern": "^P[0-9YMWD]+$"}


_CUSTOM: Final[dict[type, Callable[[], Schema]]] = {
    LocalText: _local_text,
    EdtfDate: _date,
    Points: _points,
    Quantity: _quantity,
    ScaledUnit: _scaled_unit,
    Duration: _duration,
}
