"""What differs is told once each, and no fact that came to differ or to be stale is passed over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.changes import (
    AddRecord,
    Change,
    ChangeRefused,
    DeleteRecord,
    RenameRecord,
    SetField,
)
from desktop.model.dates import EdtfDate
from desktop.model.differences import differences, in_order, renames
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import About, Area, Fact, Says, Source
from desktop.model.states import States
from desktop.model.values import LocalText, Quantity
from tests.model.samples import area, cite, dossier_of, fact, source

IDS = ("a", "b", "c")
START = dossier_of(
    source("reuters"),
    area("demining", None),
    *(fact(each, "1 sets", kind="status") for each in IDS),
)
FACTS = st.sampled_from(IDS).map(lambda name: Ref(Fact, name))
DAYS = st.sampled_from(["2020-01-01", "2025-05-08", "2025-11-30"]).map(EdtfDate.parse)
CITATIONS = st.lists(
    st.sampled_from(
        [cite("vov"), cite("ap"), cite("vov", says=Says(value=Quantity.parse("9 sets")))]
    ),
    max_size=2,
).map(tuple)
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(SetField, FACTS, st.just("citations"), CITATIONS),
    st.builds(SetField, FACTS, st.just("area"), st.sampled_from(["dioxin", "demining"])),
    st.builds(
        SetField, FACTS, st.just("contradicted_by"), st.sampled_from([(), ("a",), ("b", "c")])
    ),
    st.builds(SetField, st.just(Ref(Source, "vov")), st.just("published"), DAYS),
    st.builds(SetField, st.just(Ref(About, "about")), st.just("as_of"), DAYS),
    st.builds(
        SetField,
        st.just(Ref(Area, "dioxin")),
        st.just("review_after"),
        st.sampled_from([None, area().review_after]),
    ),
    st.builds(lambda ref: DeleteRecord(ref), FACTS),
    st.builds(RenameRecord, FACTS, st.sampled_from(["d", "e"])),
    st.builds(lambda value: AddRecord(fact("new", value)), st.sampled_from(["8 sets", "9 sets"])),
)


@st.composite
def edited(draw: st.DrawFn) -> Dossier:
    dossier = START
    for change in draw(st.lists(CHANGES, max_size=4)):
        try:
            dossier = change.applied_to(dossier)
        except ChangeRefused:
            continue
    # As read anew: nothing worked out is carried over.
    kinds = dossier._sections
    return Dossier(dossier.about, [record for each in kinds.values() for record in each.values()])


@given(edited(), edited())
def test_every_fact_that_came_to_a_state_is_told_and_no_other(
    before: Dossier, after: Dossier
) -> None:
    told = {(each.sort, each.ref.id) for each in differences(before, after)}

    earlier, later = States.of(before), States.of(after)
    for sort in ("sources-differ", "stale"):
        expected = {
            name
            for name in before.facts.keys() & after.facts.keys()
            if sort in later[name] and sort not in earlier[name]
        }
        assert {name for what, name in told if what == sort} == expected


@given(edited(), edited())
def test_what_was_added_withdrawn_and_renamed_adds_up(before: Dossier, after: Dossier) -> None:
    found = differences(before, after)
    moved = {each.before: each.after for each in found if each.sort == "renamed"}
    added = {each.ref.id for each in found if each.sort == "added"}
    gone = {each.ref.id for each in found if each.sort == "withdrawn"}

    assert set(before.facts) - gone - moved.keys() | added | set(moved.values()) == set(after.facts)
    assert not added & set(moved.values())
    assert {(ref.id, new) for ref, new in renames(before, after)} == set(moved.items())


def test_records_are_told_in_the_order_of_the_file() -> None:
    refs = [Ref(Fact, "c"), Ref(Source, "ap"), Ref(Fact, "a"), Ref(Fact, "none")]

    assert list(in_order(START, refs)) == [Ref(Source, "ap"), Ref(Fact, "a"), Ref(Fact, "c")]


def test_a_change_is_told_by_field_with_both_values() -> None:
    note = LocalText("Said by phone.")
    (found,) = differences(START, SetField(Ref(Fact, "a"), "note", note).applied_to(START))

    assert found == ("changed", Ref(Fact, "a"), "note", None, note)
