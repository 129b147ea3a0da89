"""What is written of a record reads as that record, and of a change only what has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.files.edits import Delete, Insert, Set
from desktop.files.facts_file import FactsFile
from desktop.files.fields import to_record, to_record_or_faults
from desktop.files.loader import Loader
from desktop.files.reader import ABOUT, HEADER
from desktop.files.splice import splice
from desktop.files.writer import edits_between, ordered, to_plain
from desktop.files.yaml_words import Dress, block_words
from desktop.model.records import SECTIONS, About, Fact, Record, Slide
from desktop.model.values import LocalText
from tests.files.raws import records

if TYPE_CHECKING:
    from desktop.files.loader import Raw
    from desktop.files.splice import Edit

DATA = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"
KINDS: tuple[type[Record], ...] = (About, *SECTIONS.values())


def read_back(record: Record) -> Record:
    """The record as the loader and the reader find it in the lines that are written for it."""
    lines = block_words({"x": to_plain(record)}, 2, None, Dress())
    return of(type(record), raw_of(f"facts:\n  {lines}\n"), record.id)


def raw_of(text: str) -> dict[str, Raw]:
    (entry,) = Loader(text.encode(), frozenset({HEADER, ABOUT}))
    return cast("dict[str, Raw]", entry.raw or {})


def test_every_record_that_is_shipped_reads_as_it_was_written() -> None:
    dossier = FactsFile.open(DATA).reading.dossier
    records = [each for kind in KINDS for each in dossier.all_of(kind).values()]

    assert len(records) > 500
    for record in records:
        assert read_back(record) == record


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_every_record_that_can_be_reads_as_it_was_written(
    kind: type[Record], data: st.DataObject
) -> None:
    record = of(kind, data.draw(sound(kind)))

    assert read_back(record) == record


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_edits_make_of_one_record_any_other(kind: type[Record], data: st.DataObject) -> None:
    raw = data.draw(sound(kind))
    before, after = of(kind, raw), of(kind, data.draw(sound(kind)))
    text = "facts:\n  x:" + (f"\n    {block_words(raw, 4, None, Dress())}\n" if raw else " {}\n")

    edits = edits_between(before, after, raw_of(text), ("facts", "x"))

    assert of(kind, raw_of(splice(text, edits))) == after
    assert bool(edits) == (before != after)


@st.composite
def sound(draw: st.DrawFn, kind: type[Record]) -> dict[str, Raw]:
    """What people may write of a record, fields left empty among it."""
    raw = draw(records(kind))
    faulty = {fault.field[0] for fault in to_record_or_faults(kind, "x", raw)[1]}
    raw = {name: value for name, value in raw.items() if name not in faulty}
    assume(to_record_or_faults(kind, "x", raw)[0] is not None)
    return raw


def of(kind: type[Record], raw: dict[str, Raw], record_id: str = "x") -> Record:
    """The record that is read, with fields left empty as if left out."""
    record, faults = to_record_or_faults(kind, record_id, raw)
    assert record is not None
    assert not faults
    return record


ROW: Raw = {"value": "about 12", "note": "n"}
FACT: dict[str, Raw] = {
    "area": "dioxin",
    "kind": "number",
    "statement": {"en": "One.", "vi": "Một."},
    "value": "430 million usd",
    "when": ["2023..2024"],
    "place": None,
    "parts": ["a", "b", "c"],
    "citations": [
        {"source": "vov", "quote": "q", "credibility": "2", "says": {"when": "2025"}},
        {"source": "ap", "locator": "l", "credibility": "1"},
    ],
    "points": {"FY2008": "0.9", "FY2010": None, "FY2017": ROW},
}

DEEPEST: dict[str, tuple[dict[str, Any], list[Edit]]] = {
    "a value": ({"value": "431 million usd"}, [Set(("value",), "431 million usd")]),
    "a date between brackets": ({"when": ["2023..2025"]}, [Set(("when",), ["2023..2025"])]),
    "one language": (
        {"statement": {"en": "One.", "vi": "Hai."}},
        [Set(("statement", "vi"), "Hai.")],
    ),
    "a language less": ({"statement": "One."}, [Delete(("statement", "vi"))]),
    "one citation's credibility": (
        {"citations": [FACT["citations"][0], {**FACT["citations"][1], "credibility": "3"}]},  # type: ignore[index, call-overload, dict-item]
        [Set(("citations", 1, "credibility"), 3)],
    ),
    "a citation less": (
        {"citations": FACT["citations"][1:]},  # type: ignore[index]
        [Delete(("citations", 0))],
    ),
    "no citations": ({"citations": []}, [Delete(("citations",))]),
    "a part in the middle": ({"parts": ["a", "n", "b", "c"]}, [Insert(("parts", 1), "n")]),
    "another part": ({"parts": ["a", "n", "c"]}, [Set(("parts", 1), "n")]),
    "parts here and there": (
        {"parts": ["n", "b", "m", "o"]},
        [Insert(("parts", 3), "o"), Set(("parts", 2), "m"), Set(("parts", 0), "n")],
    ),
    "a field that says nothing": ({"place": "hanoi"}, [Set(("place",), "hanoi")]),
    "a new field, in its place": ({"stage": "pledged"}, [Insert(("stage",), "pledged", at=6)]),
    "a row": (
        {"points": {**FACT["points"], "FY2010": "1"}},  # type: ignore[dict-item]
        [Set(("points", "FY2010"), "1")],
    ),
    "a row's note": (
        {"points": {**FACT["points"], "FY2017": {"value": "about 12"}}},  # type: ignore[dict-item]
        [Delete(("points", "FY2017", "note"))],
    ),
    "a row between": (
        {"points": dict(zip(("FY2008", "FY2009", "FY2017"), ("0.9", "2", ROW), strict=True))},
        [Delete(("points", "FY2010")), Insert(("points", "FY2009"), "2", at=1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", DEEPEST)
def test_a_change_is_made_where_it_is_and_no_higher(story: str) -> None:
    changed, edits = DEEPEST[story]
    before, after = (to_record(Fact, "x", raw) for raw in (FACT, {**FACT, **changed}))

    assert edits_between(before, after, FACT, ()) == edits


def test_rows_in_another_order_are_written_anew() -> None:
    rows = cast("dict[str, Raw]", FACT["points"])
    turned = {**FACT, "points": dict(reversed(rows.items()))}
    before, after = (to_record(Fact, "x", raw) for raw in (FACT, turned))

    (edit,) = edits_between(before, after, FACT, ())

    assert isinstance(edit, Set)
    assert edit.path == ("points",)
    assert isinstance(edit.value, dict)
    assert list(edit.value) == ["FY2017", "FY2010", "FY2008"]


def test_a_text_keeps_the_form_it_has() -> None:
    slide = to_record(Slide, "x", {"title": {"en": "One"}, "layout": "chart"})
    other = msgspec.structs.replace(slide, title=LocalText("Two"))

    in_braces = edits_between(slide, other, {"title": {"en": "One"}, "layout": "chart"}, ())
    bare = edits_between(slide, other, {"title": "One", "layout": "chart"}, ())

    assert in_braces == [Set(("title", "en"), "Two")]
    assert bare == [Set(("title",), "Two")]


def test_fields_stand_in_the_order_of_the_format_or_of_a_sibling() -> None:
    fact = to_record(Fact, "x", {**FACT, "note": "n", "stage": "pledged"})

    assert [*to_plain(fact)][:4] == ["area", "kind", "statement", "value"]
    assert [*to_plain(fact, ["kind", "area"])][:3] == ["kind", "area", "statement"]
    assert ordered({"b": 1, "c": 1}, ["c", "x"], ["a", "b", "c"]) == ["b", "c"]
