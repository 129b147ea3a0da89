"""Plain data becomes records, or every fault of it is named."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.files import fields
from desktop.model.dates import EdtfDate
from desktop.model.records import (
    SECTIONS,
    About,
    Audience,
    Fact,
    Measure,
    Overlay,
    Place,
    Record,
    Source,
    is_id,
)
from desktop.model.values import LocalText
from tests.files import raws

if TYPE_CHECKING:
    from desktop.files.loader import Raw

KINDS: list[type[Record]] = [About, *SECTIONS.values()]


def faults(kind: type[Record], raw: Raw) -> list[tuple[str, str]]:
    """The faults of a record as (dotted field, code)."""
    found = fields.to_record_or_faults(kind, "an-id", raw)[1]
    return [(".".join(map(str, fault.field)), fault.code) for fault in found]


def test_a_fact_is_converted_by_the_type_of_each_field() -> None:
    raw: dict[str, Raw] = {
        "kind": "commitment",
        "area": "no",
        "statement": {"en": "Aid.", "vi": "Viện trợ."},
        "value": "about 104.50 million usd",
        "when": "2025",
        "parts": ["a", "b"],
        "citations": [{"source": "vov", "credibility": "2", "says": {"when": "2025-11"}}],
    }

    fact = fields.to_record(Fact, "bien-hoa", raw)

    assert (fact.id, fact.area, fact.parts) == ("bien-hoa", "no", ("a", "b"))
    assert fact.statement == LocalText("Aid.", "Viện trợ.")
    assert fact.value is not None
    assert (fact.value.qualifier, fact.value.amount) == ("about", Decimal("104.50"))
    assert fact.when == EdtfDate.parse("2025")
    assert fact.citations[0].credibility == 2
    assert fact.citations[0].says is not None
    assert fact.citations[0].says.when == EdtfDate.parse("2025-11")


def test_a_table_keeps_its_gaps_and_its_notes() -> None:
    raw: dict[str, Raw] = {
        "kind": "number",
        "points": {"FY2008": "0.9", "FY2010": None, "FY2017": {"value": "about 12", "note": "ask"}},
    }

    points = fields.to_record(Fact, "fmf", raw).points

    assert [point.period.text for point in points] == ["FY2008", "FY2010", "FY2017"]
    assert [point.value and point.value.text for point in points] == ["0.9", None, "about 12"]
    assert str(points[2].note) == "ask"


def test_a_range_that_yaml_took_for_a_list_is_a_date() -> None:
    fact = fields.to_record(Fact, "a", {"kind": "event", "when": ["2023..2024"]})

    assert fact.when == EdtfDate.parse("[2023..2024]")


def test_a_field_left_empty_counts_as_left_out() -> None:
    raw: Raw = {"kind": "event", "parts": None, "citations": [{"source": "s", "credibility": "1"}]}

    record, found = fields.to_record_or_faults(Fact, "a", raw)

    assert found == []
    assert record == fields.to_record(
        Fact, "a", {"kind": "event", "citations": [{"source": "s", "credibility": "1"}]}
    )


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (Audience, None, [("language", "missing-field")]),
        (Audience, [], [("", "not-a-mapping")]),
        (Audience, {"language": "en-us"}, [("language", "not-one-of")]),
        (Audience, {"language": "vi", "id": "x"}, [("id", "unknown-key")]),
        (Measure, {"name": "", "unit": "Usd", "kind": "level"},
         [("name", "empty-text"), ("unit", "not-a-unit")]),
        (Place, {"name": {"de": "x"}, "kind": "city"},
         [("name.de", "unknown-key")]),
        (Place, {"name": {"en": None}, "kind": "city"}, [("name", "empty-text")]),
        (Place, {"name": {"en": "Da Nang", "the bay": None}, "kind": "port"},
         [("name.the bay", "stray-words")]),
        (Place, {"name": ["x"], "kind": "city", "lat": "12:30", "lon": "181"},
         [("name", "not-a-text"), ("lat", "not-a-number"), ("lon", "out-of-range")]),
        (Place, {"name": "x", "kind": "city", "lat": "nan", "lon": "9" * 5000},
         [("lat", "not-a-number"), ("lon", "out-of-range")]),
        (Place, {"name": "x", "kind": "city", "name_for": {"hanoi": ["x"]}},
         [("name_for.hanoi", "not-a-text")]),
        (Place, {"name": "x", "kind": "reef", "held_by": "China", "award_2016": "island"},
         [("held_by", "not-one-of"), ("award_2016", "not-one-of")]),
        (Overlay, {"name": "x", "claimant": "the claimants"}, [("claimant", "not-one-of")]),
        (Fact, {"kind": "event", "parts": "a"}, [("parts", "not-a-list")]),
        (Fact, {"kind": "event", "parts": ["a", None]}, [("parts.1", "not-a-text")]),
        (Fact, {"kind": "event", "value": ["a"]}, [("value", "not-a-text")]),
        (Fact, {"kind": "event", "citations": [{"source": "s", "credibility": "1.5"}, "x"]},
         [("citations.0.credibility", "not-a-whole-number"), ("citations.1", "not-a-mapping")]),
        (Fact, {"kind": "event", "points": {"F1": "1 usd", "2025": {"valu": "1"}}},
         [("points.F1", "not-a-date"), ("points.F1", "not-an-amount"),
          ("points.2025.valu", "unknown-key")]),
        (Fact, {"kind": "event", "points": ["x"]}, [("points", "not-a-mapping")]),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_field(
    kind: type[Record], raw: Raw, expected: list[tuple[str, str]]
) -> None:
    assert faults(kind, raw) == expected


def test_a_misspelt_field_and_choice_name_the_nearest() -> None:
    found = fields.to_record_or_faults(Source, "s", {"titel": "x", "reliability": "b"})[1]

    nearest = {fault.code: fault.params.get("nearest") for fault in found}
    assert nearest == {"unknown-key": "title", "missing-field": None, "not-one-of": "B"}


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("Đà Nẵng", "da-nang"),
        ("FMF by year", "fmf-by-year"),
        ("a--b", "a-b"),
        ("x" * 101, "x" * 100),
    ],
)
def test_an_id_that_will_not_do_names_one_that_will(written: str, better: str) -> None:
    found = fields.to_record_or_faults(Audience, written, {"language": "vi"})[1]

    assert [(fault.code, fault.params["write"]) for fault in found] == [("not-an-id", better)]
    assert is_id(better)


@given(st.data())
def test_a_record_is_converted_exactly_when_it_has_no_fault(data: Any) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    raw = data.draw(raws.records(kind, raws.JUNK))

    try:
        at_once = fields.to_record(kind, "an-id", raw)
    except msgspec.ValidationError:
        at_once = None
    slowly, found = fields.to_record_or_faults(kind, "an-id", raw)

    assert "not-readable" not in [fault.code for fault in found]
    assert found or slowly is not None
    if at_once is not None:
        assert (slowly, found) == (at_once, [])
