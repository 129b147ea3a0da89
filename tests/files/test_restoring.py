"""What is taken back stands again in its own lines, with its comments, whatever else is edited."""

from __future__ import annotations

import random
from itertools import pairwise

import msgspec
import pytest

from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile
from desktop.files.reader import read
from desktop.model.changes import AddRecord, Change, ChangeRefused, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.take_back import take_back, unsaved
from desktop.model.values import LocalText, Quantity
from desktop.store import Store
from tests.desk import SHIPPED

FILE = FactsFile.open(SHIPPED)


def opened() -> Store:
    store = Store(FILE.reading.dossier)
    store.open(FILE.reading.dossier, Draft.of(FILE))
    return store


def text_of(store: Store) -> str:
    assert store.draft is not None
    return store.draft.text()


def edits_of(fact: Fact) -> list[Change]:
    ref = Ref(Fact, fact.id)
    return [
        SetField(ref, "value", Quantity.parse("777 million usd")),
        SetField(ref, "when", EdtfDate.parse("2001")),
        SetField(ref, "statement", LocalText("Another: thing # here.")),
        SetField(ref, "citations", fact.citations[:-1]),
        SetField(ref, "reading", None),
        DeleteRecord(ref),
    ]


def aside(store: Store, fact: Fact, number: int) -> None:
    """Another edit that stays: of a field, or a new record behind all others."""
    if number % 2:
        note = LocalText("Another edit, not taken back.")
        store.apply(SetField(Ref(Fact, fact.id), "note", note))
    else:
        store.apply(AddRecord(msgspec.structs.replace(fact, id="another-one")))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_taken_back_leaves_the_very_text_beside_other_edits(seed: int) -> None:
    rng = random.Random(seed)
    facts = list(FILE.reading.dossier.facts.values())
    tried = 0
    for number, fact in enumerate(rng.sample(facts, 12)):
        store = opened()
        other = next(each for each in facts if each.id != fact.id and not each.points)
        aside(store, other, number)
        before = text_of(store)
        try:
            store.apply(rng.choice(edits_of(fact)))
        except ChangeRefused:
            continue  # named by others, or its value bound to a measure of another unit
        found = [
            each
            for each in unsaved(store.saved_dossier, store.dossier)
            if each.ref == Ref(Fact, fact.id)
        ]
        for each in found:
            store.apply(take_back(store.saved_dossier, each))
            tried += 1
        assert text_of(store) == before
        assert read(text_of(store).encode()).dossier == store.dossier
    assert tried > 4


def test_two_neighbours_are_deleted_and_put_back_in_either_order() -> None:
    dossier = FILE.reading.dossier
    ids = list(dossier.facts)
    unnamed = [each for each in ids if not dossier.naming(each)]
    pairs = [(a, b) for a, b in pairwise(ids) if {a, b} <= set(unnamed)]
    tried = 0
    for first, second in pairs[:9]:
        for order in ((first, second), (second, first)):
            store = opened()
            before = text_of(store)
            try:
                store.apply(DeleteRecord(Ref(Fact, first)))
                store.apply(DeleteRecord(Ref(Fact, second)))
            except ChangeRefused:
                continue
            for fact_id in order:
                gone = unsaved(store.saved_dossier, store.dossier)
                (found,) = (each for each in gone if each.ref.id == fact_id)
                store.apply(take_back(store.saved_dossier, found))
                assert read(text_of(store).encode()).dossier == store.dossier
            assert text_of(store) == before
            tried += 1
    assert tried > 4
