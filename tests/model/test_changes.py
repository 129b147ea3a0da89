"""An edit leads to another dossier, or is refused with the rule it breaks and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from desktop.model.changes import (
    AddRecord,
    Batch,
    ChangeRefused,
    DeleteRecord,
    EditRecords,
    RenameRecord,
    SetField,
    SetFields,
)
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import (
    SECTIONS,
    About,
    Area,
    Audience,
    Briefing,
    Fact,
    FactId,
    Measure,
    Overlay,
    Place,
    Ring,
    Says,
    Slide,
    Source,
    Unit,
)
from desktop.model.references import naming, references
from desktop.model.values import LocalText, Quantity, ScaledUnit
from desktop.services.language import Locale
from desktop.services.problem_words import problem_words
from desktop.services.record_words import change_words
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


def entangled() -> Dossier:
    """One record of every kind, each named wherever it can be."""
    return dossier_of(
        measure(unit="million usd"),
        Place(
            id="da-nang",
            name=LocalText("Da Nang"),
            kind="city",
            name_for={"hanoi": "Đà Nẵng"},
            citations=(cite("ap"),),
        ),
        area(lead="part", summary=LocalText(en="At {part}, of {{all}} {x.", vi="Có {part}.")),
        fact("part", "8 million usd", sources=("ap",), withhold_from=("hanoi",), place="da-nang"),
        fact("total", "8 million usd", parts=("part",), supersedes=("by-year",)),
        fact("done", "7 million usd", delivers=("part",), contradicted_by=("total",)),
        fact(
            "other",
            citations=(cite(says=Says(value=Quantity.parse("9 million usd"), place="da-nang")),),
        ),
        table("by-year", {"FY2017": "8"}),
        fact("of-row", "8 million usd", parts=("by-year/FY2017",)),
        Overlay(
            id="ring",
            name=LocalText("Ring"),
            ring=Ring(centre="da-nang", radius_nm=200),
            citations=(cite("ap"),),
        ),
        Slide(
            id="first",
            title=LocalText("{by-year/FY2017} in all"),
            layout="chart",
            measures=("fmf",),
            facts=("part",),
            notes=LocalText("Say {part}."),
        ),
        Briefing(
            id="desk",
            title=LocalText("Desk"),
            audience="hanoi",
            slides=("first",),
            backup=("first",),
        ),
        key_facts=("part",),
        bottom_line=LocalText("It is {part}."),
    )


@pytest.mark.parametrize(
    ("ref", "places"),
    [
        (Ref(Fact, "part"), 9),
        (Ref(Fact, "by-year"), 3),
        (Ref(Source, "ap"), 3),
        (Ref(Area, "dioxin"), 6),
        (Ref(Measure, "fmf"), 2),
        (Ref(Unit, "usd"), 6),
        (Ref(Audience, "hanoi"), 3),
        (Ref(Place, "da-nang"), 3),
        (Ref(Slide, "first"), 2),
        (Ref(Briefing, "desk"), 0),
    ],
)
def test_a_new_id_stands_in_the_old_place_and_wherever_the_record_is_named(
    ref: Ref, places: int
) -> None:
    before = entangled()
    named = naming(before, ref)
    assert len(named) == places

    after = RenameRecord(ref, "new-name").applied_to(before)

    new = Ref(ref.kind, "new-name")
    assert after.find(ref) is None
    assert naming(after, ref) == []
    assert [namer for namer, _ in naming(after, new)] == [namer for namer, _ in named]
    ids = list(before.all_of(ref.kind))
    assert list(after.all_of(ref.kind)) == [new.id if each == ref.id else each for each in ids]
    assert RenameRecord(new, ref.id).applied_to(after) == before


def test_a_row_of_a_table_and_a_brace_survive_a_new_id() -> None:
    before = entangled()

    table_moved = RenameRecord(Ref(Fact, "by-year"), "yearly").applied_to(before)
    part_moved = RenameRecord(Ref(Fact, "part"), "share").applied_to(before)

    assert table_moved.fact("of-row").parts == ("yearly/FY2017",)
    assert str(table_moved.slides["first"].title) == "{yearly/FY2017} in all"
    summary = part_moved.areas["dioxin"].summary
    assert summary == LocalText(en="At {share}, of {{all}} {x.", vi="Có {share}.")


@pytest.mark.parametrize(("new_id", "code"), [("total", "id-taken"), ("Bien Hoa", "not-an-id")])
def test_an_id_that_is_taken_or_none_is_refused(new_id: str, code: str) -> None:
    dossier = entangled()

    assert refusal(dossier, RenameRecord(Ref(Fact, "part"), new_id)).code == code
    assert refusal(dossier, AddRecord(fact(new_id))).code == code
    assert RenameRecord(Ref(Fact, "part"), "part").applied_to(dossier) == dossier


def test_a_unit_does_not_begin_like_its_number() -> None:
    problem = refusal(entangled(), RenameRecord(Ref(Unit, "usd"), "3d"))

    assert (problem.code, problem.params["write"]) == ("not-an-id", "unit-3d")


def test_every_reference_of_every_record_is_found_there() -> None:
    dossier = entangled()

    found = {
        (ref.kind, path[0])
        for kind in (About, *SECTIONS.values())
        for record in dossier.all_of(kind).values()
        for path, ref in references(record)
    }

    assert len(found) == 26
    assert (Fact, "bottom_line") in found
    assert (Unit, "citations") in found


@pytest.mark.parametrize(
    ("ref", "field"),
    [(Ref(About, "about"), "as_of"), (Ref(Measure, "fmf"), "unit"), (Ref(Fact, "part"), "kind")],
)
def test_what_a_record_has_to_have_is_not_taken_from_it(ref: Ref, field: str) -> None:
    problem = refusal(entangled(), SetField(ref, field, None))

    assert (problem.code, problem.field) == ("missing-field", (field,))


def test_fields_that_need_each_other_are_set_at_once() -> None:
    dossier = dossier_of(Place(id="hue", name=LocalText("Hue"), kind="city"))
    ref = Ref(Place, "hue")
    assert refusal(dossier, SetField(ref, "lat", 16.46)).code == "half-a-position"

    after = SetFields(ref, {"lat": 16.46, "lon": 107.6}).applied_to(dossier)

    assert (after.places["hue"].lat, after.places["hue"].lon) == (16.46, 107.6)


def test_every_change_says_what_it_does_and_to_which_record() -> None:
    dossier = entangled()
    speak = Locale(dossier)
    ref = Ref(Fact, "part")
    value = SetField(ref, "value", Quantity.parse("9 million usd"))
    date = SetField(ref, "when", None)

    assert change_words(speak, value) == "change of value, What is said of part"
    assert change_words(speak, SetFields(ref, {"value": 1, "when": 2})).startswith(
        "change of value and date, "
    )
    assert change_words(speak, AddRecord(fact("y"))) == "addition, y"
    assert change_words(speak, DeleteRecord(Ref(Source, "vov"))) == "deletion, VOV, 8 May 2025"
    assert change_words(speak, RenameRecord(ref, "share")) == "new id share"
    assert change_words(speak, Batch((value, date), "Import")) == "Import, What is said of part"
    two = Batch((value, SetField(Ref(Fact, "total"), "when", None)), "Find and replace")
    assert change_words(speak, two) == "Find and replace"


def test_many_records_are_edited_in_one_step_and_need_each_other_from_the_start() -> None:
    before = dossier_of(fact("x", "8 sets"))
    edit = EditRecords(
        {Ref(Fact, "x"): {"supersedes": (FactId("y"),)}},
        added=(fact("y", "9 sets", sources=("post",)), source("post")),
    )

    after = edit.applied_to(before)

    assert after.fact("x").supersedes == ("y",)
    assert diff(before, after).added == {Ref(Fact, "y"), Ref(Source, "post")}


def test_what_breaks_a_rule_refuses_the_whole_unless_only_the_rest_is_asked_for() -> None:
    before = dossier_of(fact("x", "8 sets"), fact("y", "9 sets"))
    edit = EditRecords(
        {
            Ref(Fact, "x"): {"value": Quantity.parse("10 sets")},
            Ref(Fact, "y"): {"value": Quantity.parse("10 setz")},
        },
        added=(fact("x", "1 sets"), fact("z", sources=("nobody",))),
    )
    assert refusal(before, edit).code in ("id-taken", "unknown-id", "unknown-unit")

    part, refused = edit.allowed(before)

    assert {ref.id: problem.code for ref, problem in refused.items()} == {
        "x": "id-taken",
        "y": "unknown-unit",
        "z": "unknown-id",
    }
    assert part.applied_to(before) == before


def test_one_that_only_a_refused_one_needs_goes_with_it() -> None:
    before = dossier_of()
    post = msgspec.structs.replace(source("post"), url="not an address")
    edit = EditRecords({}, added=(post, fact("z", sources=("post",)), fact("w")))

    part, refused = edit.allowed(before)

    assert {ref.id for ref in refused} == {"post", "z"}
    assert [record.id for record in part.added] == ["w"]
