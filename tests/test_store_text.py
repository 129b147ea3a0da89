"""The store and the text of its file: after every step the one says what the other does."""

from __future__ import annotations

import random
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile
from desktop.files.reader import read
from desktop.model.changes import (
    AddRecord,
    Batch,
    ChangeRefused,
    DeleteRecord,
    RenameRecord,
    SetField,
)
from desktop.model.dossier import Ref
from desktop.model.records import SECTIONS, About, Citation, Fact, Place, Points, Record
from desktop.model.values import LocalText, Quantity
from desktop.store import Store

if TYPE_CHECKING:
    from desktop.model.changes import Change

DATA = Path(__file__).resolve().parents[1] / "data" / "facts.yaml"
KINDS: tuple[type[Record], ...] = (About, *SECTIONS.values())
WORDS = (
    *("It went on.", "no", "12", "a: b # c", "- x", 'it\'s "so"', "Sân bay Biên Hòa", "🌏", "[x"),
    *("two\nlines", "ends\n", "{{brace", "~", "x" * 300, "y " * 120 + "z", "tab\there", "!x &y *z"),
)


@cache
def shipped() -> FactsFile:
    return FactsFile.open(DATA)


def opened(file: FactsFile) -> Store:
    store = Store(file.reading.dossier)
    store.open(file.reading.dossier, Draft.of(file))
    return store


class Walker:
    """Edits a store at random, as people do: fields, records, ids, several at once, and back."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.draw = random.Random(seed)
        self.made = 0
        self.refused: dict[str, int] = {}

    def step(self) -> None:
        """One step; a change of one field may touch the lines of its record alone."""
        match self.draw.randrange(10):
            case 0 | 1 if self.store.can_undo():
                self.store.undo()
            case 2 if self.store.can_redo():
                self.store.redo()
            case 3:
                self.make(Batch(tuple(self.change() for _ in range(3)), "several"))
            case _:
                self.make(self.change())

    def make(self, change: Change) -> None:
        before = self.store.draft
        assert before is not None
        try:
            self.store.apply(change)
        except ChangeRefused as refused:
            code = refused.problem.code
            self.refused[code] = self.refused.get(code, 0) + 1
            assert self.store.draft is before
            return
        self.made += 1
        if isinstance(change, SetField):
            after = self.store.draft
            assert after is not None
            if after is not before:
                assert rest_of(after, change.ref) == rest_of(before, change.ref)

    def change(self) -> Change:
        record = self.record()
        ref = Ref(type(record), record.id)
        name = f"new-{self.draw.randrange(10_000)}"
        match self.draw.randrange(8):
            case 0 if not isinstance(record, About):
                return DeleteRecord(ref)
            case 1 if not isinstance(record, About):
                return AddRecord(msgspec.structs.replace(record, id=name))
            case 2 if not isinstance(record, About):
                return RenameRecord(ref, name)
            case _:
                return self.set_field(ref, record)

    def record(self) -> Record:
        kinds = [kind for kind in KINDS if self.store.dossier.all_of(kind)]
        kind = self.draw.choice([Fact, Place, *kinds])
        return self.draw.choice(list(self.store.dossier.all_of(kind).values()))

    def set_field(self, ref: Ref, record: Record) -> SetField:
        name = self.draw.choice([each for each in record.__struct_fields__ if each != "id"])
        peers = list(self.store.dossier.all_of(type(record)).values())
        values = [getattr(peer, name) for peer in self.draw.choices(peers, k=12)]
        return SetField(ref, name, self.another(getattr(record, name), values))

    def another(self, value: Any, others: list[Any]) -> Any:
        """A value like this one, or that of another record."""
        other = self.draw.choice(others)
        if isinstance(value, LocalText) and self.draw.random() < 0.6:
            words = value.by_language | {self.draw.choice(["en", "vi"]): self.draw.choice(WORDS)}
            return LocalText(**words)
        if isinstance(value, Quantity) and self.draw.random() < 0.5:
            return value.with_amount(value.amount + 1)
        if isinstance(value, tuple) and value and self.draw.random() < 0.7:
            return self.another_list(value, other)
        return other

    def another_list(self, value: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
        items, place = [*value], self.draw.randrange(len(value))
        match self.draw.randrange(4):
            case 0:
                del items[place]
            case 1:
                items[place:place] = other[:2]
            case 2:
                self.draw.shuffle(items)
            case _ if isinstance(items[place], Citation):
                items[place] = msgspec.structs.replace(
                    items[place], credibility=self.draw.randint(1, 6)
                )
            case _:
                items += other[:1]
        return Points(items) if isinstance(value, Points) else tuple(items)


def rest_of(draft: Draft, ref: Ref) -> str:
    """The text around the lines of a record."""
    lines = draft.slice_of(ref)
    assert lines is not None
    text = draft.text()
    start = sum(map(len, text.splitlines(keepends=True)[: draft.line_of(ref) - 1]))
    assert text.startswith(lines, start)
    return text[:start] + text[start + len(lines) :]


def assert_says_the_same(store: Store) -> None:
    """The file, if it were saved now and read again, gives the dossier that is shown."""
    assert store.draft is not None
    reading = read(store.draft.to_bytes())
    assert reading.dossier == store.dossier
    every = [Ref(kind, each) for kind in KINDS for each in reading.dossier.all_of(kind)]
    assert set(store.draft.refs()) >= set(every)
    for ref in every[:: max(1, len(every) // 20)]:
        assert store.draft.line_of(ref) == reading.place_of(ref)[0]


def walked(seed: int, steps: int, every: int) -> Walker:
    file = shipped()
    store = opened(file)
    walker = Walker(store, seed)
    for number in range(1, steps + 1):
        walker.step()
        if number % every == 0 or number == steps:
            assert_says_the_same(store)
    while store.can_undo():
        store.undo()
    assert store.draft is not None
    assert store.draft.to_bytes() == file.data
    assert store.dossier == file.reading.dossier
    return walker


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_the_file_says_what_the_window_shows(seed: int) -> None:
    walker = walked(seed, steps=40, every=20)

    assert walker.made > 10


@pytest.mark.slow
def test_ten_thousand_edits_leave_file_and_window_of_one_mind() -> None:
    began = time.process_time()

    walker = walked(seed=99, steps=10_000, every=25)

    print(f"{walker.made} made, refused {walker.refused}, {time.process_time() - began:.0f} s CPU")
    assert walker.made > 3_000
