"""Records are frozen rows, told apart by section and id, and a Problem is addressed like one."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from desktop.model.problems import Problem
from desktop.model.records import (
    PROMISED,
    SECTION_OF,
    SECTIONS,
    About,
    Fact,
    Points,
    Record,
    Stage,
)
from tests.model.samples import AROUND, dossier_of, fact, measure, table


def test_the_file_has_a_header_and_ten_kinds_of_record_small_ones_first() -> None:
    assert list(SECTIONS) == [
        "audiences",
        "units",
        "sources",
        "areas",
        "places",
        "measures",
        "facts",
        "overlays",
        "slides",
        "briefings",
    ]
    assert SECTION_OF[About] == "about"
    assert all(SECTIONS[section] is kind for kind, section in SECTION_OF.items() if kind != About)


@pytest.mark.parametrize(
    "record", [*AROUND, fact("x"), dossier_of().about], ids=lambda each: each.id
)
def test_no_record_can_be_written_to(record: Record) -> None:
    for name in record.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(record, name, None)


def test_a_record_takes_no_field_it_does_not_know() -> None:
    row = {"id": "x", "kind": "event", "colour": "red"}

    with pytest.raises(msgspec.ValidationError, match="colour"):
        msgspec.convert(row, Fact)


@pytest.mark.parametrize("digit", [0, 7])
def test_the_admiralty_digit_runs_from_one_to_six(digit: int) -> None:
    citations = [{"source": "s", "credibility": each} for each in range(1, 7)]
    row = {"id": "x", "kind": "event", "citations": citations}
    beyond = {**row, "citations": [{"source": "s", "credibility": digit}]}

    found = msgspec.convert(row, Fact)

    assert [each.credibility for each in found.citations] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(msgspec.ValidationError, match="credibility"):
        msgspec.convert(beyond, Fact)


def test_money_has_been_promised_or_has_moved() -> None:
    assert set(get_args(Stage)) - PROMISED == {"obligated", "contributed", "disbursed"}
    assert set(get_args(Stage)) > PROMISED


def test_the_rows_of_a_table_are_compared_like_any_field() -> None:
    one, other = table("t", {"FY2017": "8"}), table("t", {"FY2017": "8"})

    assert one == other
    assert one != table("t", {"FY2017": "9"})
    assert isinstance(one.points, Points)
    assert fact("x").points == Points()
    assert measure() == measure()


@pytest.mark.parametrize(
    ("problem", "path"),
    [
        (Problem("empty", "error"), ""),
        (Problem("as-of-not-a-day", "error", "about", "", ("as_of",)), "about.as_of"),
        (Problem("unsourced", "error", "facts", "x"), "facts.x"),
        (
            Problem("unknown-id", "error", "facts", "x", ("citations", 0, "source")),
            "facts.x.citations.0.source",
        ),
        (
            Problem("not-a-date", "error", "facts", "x", ("points", "FY2012/FY2017")),
            "facts.x.points.FY2012/FY2017",
        ),
    ],
)
def test_a_problem_has_the_address_people_search_for(problem: Problem, path: str) -> None:
    assert problem.path == path
