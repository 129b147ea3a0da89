"""An edit leads to another dossier, or is refused with the rule it breaks and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from desktop.model.changes import AddRecord, Batch, ChangeRefused, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import About, Area, Audience, Fact, Measure, Place, Source, Unit
from desktop.model.values import LocalText, Quantity, ScaledUnit
from desktop.services.language import change_words
from desktop.services.problem_words import problem_words
from tests.model.samples import AROUND, area, cite, dossier_of, fact, measure, source, table

if TYPE_CHECKING:
    from desktop.model.changes import Change
    from desktop.model.problems import Problem


def refusal(dossier: Dossier, change: Change) -> Problem:
    """The rule that a change breaks."""
    with pytest.raises(ChangeRefused) as refused:
        change.applied_to(dossier)
    assert problem_words(refused.value.problem)
    return refused.value.problem


def test_a_field_is_set_and_all_else_stays() -> None:
    before = dossier_of(fact("x", "8 sets"), fact("y"))

    after = SetField(Ref(Fact, "x"), "value", Quantity.parse("about 9 sets")).applied_to(before)

    assert diff(before, after).changed == {Ref(Fact, "x"): frozenset({"value"})}
    assert after.fact("x").value == Quantity.parse("about 9 sets")
    assert before.fact("x").value == Quantity.parse("8 sets")


def test_the_header_is_edited_like_any_record() -> None:
    before = dossier_of()

    after = SetField(Ref(About, "about"), "as_of", EdtfDate.parse("2026-01-01")).applied_to(before)

    assert after.about.as_of.text == "2026-01-01"
    problem = refusal(before, SetField(Ref(About, "about"), "as_of", EdtfDate.parse("2026")))
    assert (problem.code, problem.path) == ("as-of-not-a-day", "about.as_of")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("value", Quantity.parse("8 boats"), "unknown-unit"),
        ("place", "hue", "unknown-id"),
        ("citations", (), "unsourced"),
        ("parts", ("x",), "names-itself"),
        ("statement", None, "missing-field"),
    ],
)
def test_an_edit_that_breaks_a_rule_is_refused(field: str, value: object, code: str) -> None:
    dossier = dossier_of(fact("x", "8 sets"))

    problem = refusal(dossier, SetField(Ref(Fact, "x"), field, value))

    assert problem.code == code
    assert problem.id == "x"
    assert dossier == dossier_of(fact("x", "8 sets"))


def test_an_edit_of_what_is_not_there_is_refused() -> None:
    dossier = dossier_of(measure(), table("fmf-by-year", {"FY2017": "10"}))

    for ref in (Ref(Fact, "x"), Ref(Source, "x"), Ref(Fact, "fmf-by-year/FY2017")):
        assert refusal(dossier, SetField(ref, "note", None)).code == "no-such-record"
        assert refusal(dossier, DeleteRecord(ref)).code == "no-such-record"


def test_one_fault_can_be_mended_while_another_is_still_there() -> None:
    faulty = msgspec.structs.replace(
        dossier_of(fact("x", "8 sets")).about, audience="moscow", key_facts=("y",)
    )
    dossier = Dossier(faulty, (*AROUND, fact("x", "8 sets")))
    header = Ref(About, "about")

    mended = SetField(header, "key_facts", ("x",)).applied_to(dossier)

    assert mended.about.key_facts == ("x",)
    assert mended.about.audience == "moscow"
    assert refusal(mended, SetField(header, "key_facts", ("y",))).code == "unknown-id"


def test_a_doubtful_edit_is_made() -> None:
    dossier = dossier_of(area())
    note = LocalText("It costs 430 million.")

    after = SetField(Ref(Area, "dioxin"), "summary", note).applied_to(dossier)

    assert after.areas["dioxin"].summary == note


def test_an_edit_may_not_break_the_records_that_name_it() -> None:
    dossier = dossier_of(
        measure(unit="sets"),
        fact("part", "8 sets", measure="fmf"),
        fact("total", "8 sets", parts=("part",)),
        table("by-year", {"FY2017": "8"}),
        fact("of-row", "8 sets", parts=("by-year/FY2017",)),
    )
    rowless = table("by-year", {"FY2018": "8"}).points

    valueless = refusal(dossier, SetField(Ref(Fact, "part"), "value", None))
    other_unit = refusal(dossier, SetField(Ref(Measure, "fmf"), "unit", ScaledUnit.parse("usd")))
    no_row = refusal(dossier, SetField(Ref(Fact, "by-year"), "points", rowless))

    assert (valueless.code, valueless.path) == ("part-does-not-count", "facts.total.parts.0")
    assert (other_unit.code, other_unit.path) == ("not-the-measures-unit", "facts.part.value")
    assert (no_row.code, no_row.path) == ("unknown-id", "facts.of-row.parts.0")


def test_a_new_record_joins_under_an_id_that_was_never_used() -> None:
    broken = Ref(Fact, "broken")
    before = Dossier(dossier_of().about, (*AROUND, fact("x")), frozenset({broken}))

    after = AddRecord(fact("y", "8 sets")).applied_to(before)

    assert list(after.facts) == ["x", "y"]
    assert refusal(after, AddRecord(fact("y"))).code == "id-taken"
    assert refusal(after, AddRecord(fact("broken"))).code == "id-taken"
    assert refusal(after, AddRecord(fact("z", "8 boats"))).code == "unknown-unit"
    assert refusal(after, AddRecord(before.about)).code == "id-taken"


def test_a_record_nobody_names_can_be_deleted() -> None:
    before = dossier_of(fact("x"), source("unused"))

    after = Batch((DeleteRecord(Ref(Fact, "x")), DeleteRecord(Ref(Source, "unused"))), "delete")

    assert diff(before, after.applied_to(before)).removed == {
        Ref(Fact, "x"),
        Ref(Source, "unused"),
    }


@pytest.mark.parametrize(
    ("ref", "by"),
    [
        (Ref(Fact, "part"), "facts.total"),
        (Ref(Fact, "by-year"), "facts.of-row"),
        (Ref(Fact, "said"), "about"),
        (Ref(Source, "ap"), "facts.part"),
        (Ref(Area, "dioxin"), "facts.part"),
        (Ref(Measure, "fmf"), "facts.by-year"),
        (Ref(Unit, "sets"), "measures.fmf"),
        (Ref(Audience, "hanoi"), "facts.part"),
        (Ref(Place, "da-nang"), "facts.part"),
    ],
)
def test_a_record_that_others_name_is_not_deleted(ref: Ref, by: str) -> None:
    dossier = dossier_of(
        measure(unit="sets"),
        Place(id="da-nang", name=LocalText("Da Nang"), kind="city"),
        fact("part", "8 sets", sources=("ap",), withhold_from=("hanoi",), place="da-nang"),
        fact("total", "8 sets", parts=("part",)),
        table("by-year", {"FY2017": "8"}),
        fact("of-row", "8 sets", parts=("by-year/FY2017",)),
        fact("said", "8 sets"),
        bottom_line=LocalText("At {said}."),
    )

    problem = refusal(dossier, DeleteRecord(ref))

    assert (problem.code, problem.params) == ("still-named", {"id": ref.id, "by": by})


def test_a_record_of_another_kind_with_the_same_id_does_not_hold_it() -> None:
    dossier = dossier_of(fact("ap"), source("x"), fact("y", contradicted_by=("ap",)))

    after = DeleteRecord(Ref(Source, "ap")).applied_to(dossier)

    assert "ap" not in after.sources
    assert "ap" in after.facts


def test_a_batch_is_made_whole_or_not_at_all() -> None:
    dossier = dossier_of(fact("x", "8 sets"))
    cited = SetField(Ref(Fact, "x"), "citations", (cite("new"),))
    both = Batch((AddRecord(source("new")), cited), "cite")

    assert both.applied_to(dossier).fact("x").citations == (cite("new"),)
    assert refusal(dossier, Batch(both.changes[::-1], "cite")).code == "unknown-id"
    assert "new" not in dossier.sources


def test_every_change_has_a_name_in_the_undo_menu() -> None:
    for change in (SetField, AddRecord, DeleteRecord):
        assert change_words(change.label) != change.label
    assert change_words("Cite anew") == "Cite anew"
