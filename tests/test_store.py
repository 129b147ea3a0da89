"""One dossier, one road by which it changes, and the same road back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.changes import AddRecord, Batch, ChangeRefused, DeleteRecord, SetField
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import Audience, Fact, Source
from desktop.model.states import States
from desktop.model.unsettled import Unsettled
from desktop.model.values import LocalText, Quantity
from desktop.store import Store
from tests.model.samples import dossier_of, fact, source

if TYPE_CHECKING:
    from desktop.model.changes import Change

X = Ref(Fact, "x")


def set_value(text: str, fact_id: str = "x") -> SetField:
    return SetField(Ref(Fact, fact_id), "value", Quantity.parse(text))


class Listener:
    """Hears what a store tells everyone, and what it held at that moment."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.heard: list[ChangeSet] = []
        self.held: list[Dossier] = []
        self.undo_told = 0
        store.changed.connect(self.on_changed)
        store.undo_changed.connect(self.on_undo_changed)

    def on_changed(self, changes: ChangeSet) -> None:
        self.heard.append(changes)
        self.held.append(self.store.dossier)

    def on_undo_changed(self) -> None:
        self.undo_told += 1


@pytest.fixture
def store() -> Store:
    return Store(dossier_of(fact("x", "8 sets"), fact("y"), fact("z")))


def test_an_edit_is_told_once_after_the_dossier_has_been_replaced(store: Store) -> None:
    listener = Listener(store)

    store.apply(set_value("9 sets"))

    assert [changes.changed for changes in listener.heard] == [{X: frozenset({"value"})}]
    assert listener.held[0].fact("x").value == Quantity.parse("9 sets")
    assert store.dossier is listener.held[0]
    assert listener.undo_told > 0


def test_undo_and_redo_lead_back_and_forth(store: Store) -> None:
    before = store.dossier
    store.apply(set_value("9 sets"))
    store.apply(set_value("10 sets"))
    after = store.dossier
    listener = Listener(store)

    store.undo()
    store.undo()

    assert store.dossier == before
    assert (store.can_undo(), store.can_redo()) == (False, True)

    store.redo()
    store.redo()

    assert store.dossier == after
    assert (store.can_undo(), store.can_redo()) == (True, False)
    assert [changes.ids for changes in listener.heard] == [{"x"}] * 4


def test_an_edit_that_changes_nothing_is_no_step(store: Store) -> None:
    listener = Listener(store)

    store.apply(set_value("8 sets"))
    store.apply(Batch((set_value("9 sets"), set_value("8 sets")), "there and back"))

    assert not store.can_undo()
    assert listener.heard == []
    assert store.is_saved()


def test_a_refused_edit_leaves_the_store_as_it_was(store: Store) -> None:
    before = store.dossier
    listener = Listener(store)
    half = Batch((set_value("9 sets"), set_value("9 boats", "y")), "half")

    for refused in (set_value("8 boats"), half):
        with pytest.raises(ChangeRefused):
            store.apply(refused)

    assert store.dossier is before
    assert not store.can_undo()
    assert listener.heard == []
    assert listener.undo_told == 0


def test_many_edits_made_as_one_are_undone_as_one(store: Store) -> None:
    before = store.dossier
    listener = Listener(store)

    store.apply(
        Batch(
            (AddRecord(source("new")), set_value("9 sets"), DeleteRecord(Ref(Fact, "y"))), "three"
        )
    )

    assert len(listener.heard) == 1
    assert listener.heard[0].added == {Ref(Source, "new")}
    assert listener.heard[0].removed == {Ref(Fact, "y")}
    store.undo()
    assert store.dossier == before
    assert not store.can_undo()


def test_what_was_deleted_comes_back_to_its_place(store: Store) -> None:
    store.apply(DeleteRecord(Ref(Fact, "y")))
    assert list(store.dossier.facts) == ["x", "z"]

    store.undo()
    assert list(store.dossier.facts) == ["x", "y", "z"]

    store.redo()
    assert list(store.dossier.facts) == ["x", "z"]


class Reversed(msgspec.Struct, frozen=True):
    """Turns the facts' order round and changes nothing else."""

    label: str = "reverse"

    def applied_to(self, dossier: Dossier) -> Dossier:
        return dossier.patched({}, {Fact: tuple(reversed(dossier.facts))})


def test_a_new_order_is_a_step_like_any_other(store: Store) -> None:
    listener = Listener(store)

    store.apply(Reversed())
    assert list(store.dossier.facts) == ["z", "y", "x"]
    store.undo()
    assert list(store.dossier.facts) == ["x", "y", "z"]
    store.redo()
    assert list(store.dossier.facts) == ["z", "y", "x"]

    assert listener.heard == [ChangeSet(reordered=frozenset({Fact}))] * 3


def test_a_new_edit_after_undo_forgets_what_was_undone(store: Store) -> None:
    store.apply(set_value("9 sets"))
    store.undo()
    store.apply(set_value("10 sets"))

    assert not store.can_redo()
    store.undo()
    assert store.dossier.fact("x").value == Quantity.parse("8 sets")


def test_a_step_is_named_by_its_change(store: Store) -> None:
    assert (store.undo_label(), store.redo_label()) == ("", "")

    store.apply(set_value("9 sets"))
    assert (store.undo_label(), store.redo_label()) == ("set-field", "")

    store.undo()
    assert (store.undo_label(), store.redo_label()) == ("", "set-field")


def test_what_differs_from_the_file_is_not_saved(store: Store) -> None:
    store.apply(set_value("9 sets"))
    assert not store.is_saved()

    store.undo()
    assert store.is_saved()


def test_a_file_read_again_replaces_all_and_cannot_be_undone(store: Store) -> None:
    store.apply(set_value("9 sets"))
    listener = Listener(store)
    on_disk = dossier_of(fact("x", "8 sets"), fact("z"), fact("new"))

    store.open(on_disk)

    assert store.dossier is on_disk
    assert (store.can_undo(), store.can_redo(), store.is_saved()) == (False, False, True)
    (changes,) = listener.heard
    assert changes.added == {Ref(Fact, "new")}
    assert changes.removed == {Ref(Fact, "y")}
    assert changes.changed == {X: frozenset({"value"})}


def test_a_file_read_again_without_a_difference_is_told_to_nobody(store: Store) -> None:
    listener = Listener(store)

    store.open(dossier_of(fact("x", "8 sets"), fact("y"), fact("z")))
    assert listener.heard == []

    store.open(dossier_of(fact("z"), fact("y"), fact("x", "8 sets")))
    assert [changes.kinds for changes in listener.heard] == [{Fact}]


def test_states_follow_the_dossier_through_undo(store: Store) -> None:
    store.apply(AddRecord(fact("newer", supersedes=("x",))))
    assert store.dossier.derived(States)["x"] == ("superseded", "one-source")

    store.undo()
    assert store.dossier.derived(States)["x"] == ("one-source",)


FACTS = st.sampled_from(["x", "y", "z", "new"])
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(set_value, st.sampled_from(["8 sets", "9 sets"]), FACTS),
    st.builds(lambda name: AddRecord(fact(name)), FACTS),
    st.builds(lambda name: DeleteRecord(Ref(Fact, name)), FACTS),
    st.builds(lambda name: DeleteRecord(Ref(Audience, name)), st.sampled_from(["hanoi"])),
    st.builds(
        lambda name, other: SetField(Ref(Fact, name), "contradicted_by", (other,)), FACTS, FACTS
    ),
    st.builds(
        lambda words: SetField(Ref(Source, "vov"), "note", LocalText(words)),
        st.sampled_from(["one", "other"]),
    ),
    st.just(Reversed()),
)


@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), max_size=8))
def test_all_undone_is_the_beginning_and_all_redone_the_end(steps: list[list[Change]]) -> None:
    store = Store(dossier_of(fact("x", "8 sets"), fact("y"), fact("z")))
    passed = [store.dossier]
    for step in steps:
        try:
            store.apply(Batch(tuple(step), "step"))
        except ChangeRefused:
            assert store.dossier is passed[-1]
        if store.dossier is not passed[-1]:
            passed.append(store.dossier)

    for earlier in reversed(passed[:-1]):
        store.undo()
        assert store.dossier == earlier
    assert not store.can_undo()
    for later in passed[1:]:
        store.redo()
        assert store.dossier == later
    assert not store.can_redo()


def test_a_locked_store_takes_no_edit_and_says_why() -> None:
    store = Store(dossier_of(fact("x", "8 sets")))
    store.apply(set_value("9 sets"))
    told: list[Problem | None] = []
    store.undo_changed.connect(lambda: told.append(store.locked))
    why = Problem("open-elsewhere", "error")

    store.lock(why)
    before = store.dossier
    with pytest.raises(ChangeRefused) as refused:
        store.apply(set_value("10 sets"))
    store.undo()

    assert refused.value.problem is why
    assert store.dossier is before
    assert not store.can_undo()
    assert told == [why]
    store.lock(None)
    store.undo()
    assert store.dossier.fact("x").value == Quantity.parse("8 sets")


def test_what_is_typed_and_not_entered_is_told_when_it_changes(store: Store) -> None:
    told: list[int] = []
    store.unsettled_changed.connect(lambda: told.append(len(store.unsettled)))
    typed = Unsettled(X, {("value",): "9 se"}, {})

    store.hold_unsettled((typed,))
    store.hold_unsettled((Unsettled(X, {("value",): "9 se"}, {}),))
    store.hold_unsettled(())

    assert told == [1, 0]
    assert store.is_saved(), "it is in no fact"
