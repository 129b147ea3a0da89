"""Every change can be taken back by itself, and then nothing differs from what was saved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.model.changes import AddRecord, Change, DeleteRecord, RenameRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, FactId
from desktop.model.take_back import Unsaved, take_back, unsaved
from desktop.model.values import LocalText, Quantity
from tests.model.samples import dossier_of, fact

A, B, C = (Ref(Fact, each) for each in "abc")
SAVED = dossier_of(
    fact("a", "130 million usd", when="2025"),
    fact("b", "300 million usd"),
    fact("c", "430 million usd", parts=(FactId("a"), FactId("b"))),
    fact("d"),
)


def edited(*changes: Change) -> Dossier:
    dossier = SAVED
    for change in changes:
        dossier = change.applied_to(dossier)
    return dossier


def test_one_field_of_two_is_taken_back_and_the_other_stays() -> None:
    now = edited(
        SetField(A, "value", Quantity.parse("135 million usd")),
        SetField(A, "when", EdtfDate.parse("2024")),
    )
    (found,) = unsaved(SAVED, now)
    assert found == Unsaved("changed", A, A, ("value", "when"))

    after = take_back(SAVED, found, "value").applied_to(now)

    assert unsaved(SAVED, after) == [Unsaved("changed", A, A, ("when",))]
    assert take_back(SAVED, found).applied_to(now) == SAVED


def test_a_deleted_record_goes_back_where_it_stood() -> None:
    now = edited(DeleteRecord(C), DeleteRecord(A))
    assert [(each.kind, each.ref) for each in unsaved(SAVED, now)] == [
        ("removed", A),
        ("removed", C),
    ]

    for found in unsaved(SAVED, now):
        now = take_back(SAVED, found).applied_to(now)

    assert now == SAVED
    assert list(now.facts) == list(SAVED.facts)


def test_a_new_record_is_taken_out_again() -> None:
    now = edited(AddRecord(fact("e")))
    (found,) = unsaved(SAVED, now)

    assert found == Unsaved("added", Ref(Fact, "e"), None)
    assert take_back(SAVED, found).applied_to(now) == SAVED


def test_a_new_id_is_one_difference_and_takes_those_who_name_it_along() -> None:
    now = edited(RenameRecord(A, "anew"))
    found = unsaved(SAVED, now)
    assert Unsaved("renamed", Ref(Fact, "anew"), A) in found

    renamed = next(each for each in found if each.kind == "renamed")

    assert take_back(SAVED, renamed).applied_to(now) == SAVED


edits = st.lists(
    st.sampled_from(
        [
            SetField(A, "value", Quantity.parse("135 million usd")),
            SetField(A, "when", None),
            SetField(B, "statement", LocalText("Something else.")),
            SetField(C, "parts", (FactId("b"),)),
            DeleteRecord(Ref(Fact, "d")),
            AddRecord(fact("e")),
            AddRecord(fact("f", "8 sets")),
        ]
    ),
    unique_by=repr,
)


@given(edits)
def test_taking_back_each_difference_in_turn_leaves_what_was_saved(changes: list[Change]) -> None:
    now = edited(*changes)
    for found in unsaved(SAVED, now):
        now = take_back(SAVED, found).applied_to(now)

    assert now == SAVED
