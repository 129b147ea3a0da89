"""Editors complete and check facts files by a schema that agrees with the reader."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.files import fields
from desktop.files.loader import NULLS
from desktop.files.schema import facts_schema, schema_text
from desktop.model.records import SECTIONS, About
from desktop.services import paths
from tests.files import raws
from tests.files.test_reader import SOUND

if TYPE_CHECKING:
    from desktop.files.loader import Raw
    from desktop.model.records import Record

SCHEMA = facts_schema()
CHECK = jsonschema.Draft7Validator(SCHEMA)


def as_an_editor_sees(plain: str) -> Any:
    """A plain scalar by the core schema of YAML 1.2, as language servers resolve it."""
    if plain in ("", "~", "null", "Null", "NULL"):
        return None
    if plain in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return plain.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,300}", plain):
        return int(plain)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?", plain):
        return float(plain)
    return plain


class EditorLoader(yaml.SafeLoader):
    """Reads whole files as an editor does."""


EditorLoader.yaml_implicit_resolvers = {}
EditorLoader.add_constructor(
    "tag:yaml.org,2002:str",
    lambda _, node: node.value if node.style else as_an_editor_sees(node.value),
)


def complaints(text: str | bytes) -> list[str]:
    found = CHECK.iter_errors(yaml.load(text, EditorLoader))
    return sorted(".".join(map(str, error.absolute_path)) for error in found)


def seen(raw: Raw, typed: bool) -> Any:
    """Raw data as an editor sees it: all scalars plain, or all in quotes."""
    if isinstance(raw, dict):
        return {key: seen(value, typed) for key, value in raw.items()}
    if isinstance(raw, list):
        return [seen(value, typed) for value in raw]
    # Text that spells a null was in quotes, or it would not have come as text.
    return raw if raw is None or not typed or raw in NULLS else as_an_editor_sees(raw)


def test_the_shipped_schema_is_the_one_the_program_prints() -> None:
    shipped = (paths.resources() / "facts.schema.json").read_text("utf-8")

    assert shipped == schema_text()
    assert json.loads(shipped) == SCHEMA
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_the_shipped_facts_and_a_sound_file_pass() -> None:
    assert complaints((paths.data() / "facts.yaml").read_bytes()) == []
    assert complaints(SOUND) == []


def test_every_field_says_what_it_holds() -> None:
    silent = [
        f"{name}.{field}"
        for name, kind in SCHEMA["definitions"].items()
        for field, schema in kind["properties"].items()
        if not schema.get("description")
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("sound", "bad", "where"),
    [
        ("kind: commitment", "kind: comitment", "facts.bien-hoa.kind"),
        ("reliability: B", "reliability: G", "sources.vov.reliability"),
        ("credibility: 2", "credibility: 7", "facts.bien-hoa.citations.0.credibility"),
        ("credibility: 2", "credibility: two", "facts.bien-hoa.citations.0.credibility"),
        ("value: 430 million usd", "value: 430,000 usd", "facts.bien-hoa.value"),
        ("value: 430 million usd", "value: over 430 usd", "facts.bien-hoa.value"),
        ("value: 430 million usd", "value: 430", "facts.bien-hoa.value"),
        ("    statement:", "    statment:", "facts.bien-hoa"),
        ("    origin: vov\n", "", "sources.vov"),
        ("  bien-hoa:", "  Bien Hoa:", "facts"),
        ("when: 2025-01-17", "when: {year: 2025}", "facts.bien-hoa.when"),
        ("areas:", "araes:", ""),
        ("charthouse: 1", "charthouse: 2", "charthouse"),
    ],
)
def test_an_editor_marks_what_the_reader_would_refuse(sound: str, bad: str, where: str) -> None:
    assert sound in SOUND
    assert complaints(SOUND.replace(sound, bad)) == [where]


@given(st.sampled_from([About, *SECTIONS.values()]), st.booleans(), st.data())
def test_whatever_the_reader_accepts_passes(
    kind: type[Record], typed: bool, data: st.DataObject
) -> None:
    raw = data.draw(raws.records(kind))
    assume(not fields.to_record_or_faults(kind, "an-id", raw)[1])
    check = CHECK.evolve(schema={**SCHEMA, "required": [], **ref_to(kind)})

    check.validate(seen(raw, typed))


def ref_to(kind: type[Record]) -> dict[str, str]:
    return {"$ref": f"#/definitions/{kind.__name__}"}
