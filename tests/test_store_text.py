"""The store and the text of its file: after every step the one says what the other does."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile, Stamp
from desktop.files.reader import read
from desktop.files.yaml_words import Bare, block_scalar, scalar_words
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
from desktop.model.take_back import take_back, unsaved
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


SMALL: dict[str, Any] = yaml.load(
    r"""
charthouse: 1
about: {title: {en: T, vi: Tờ}, as_of: 2025-12-12, key_facts: [sum]}
audiences: {hanoi: {language: vi}, desk: {name: Desk, language: en-US}}
units: {usd: {sign: $}, sets: {many: {en: sets, vi: bộ}}}
sources:
  vov: {title: "What: VOV said", publisher: VOV, origin: vov, reliability: B, published: 2025-05,
        url: "https://vov.example/1", note: "Read # twice"}
areas: {dioxin: {name: Dioxin, group: War legacy, lead: sum}}
places:
  bien-hoa: {name: {en: Bien Hoa, vi: Biên Hòa}, kind: airbase}
  reef: {name: Reef, kind: reef, lat: 10.50, lon: 114.3, note: "A\nB"}
measures: {fmf: {name: FMF, unit: million usd, kind: per-period}}
facts:
  pledge:
    {area: dioxin, kind: commitment, statement: "A pledge: it's so.", value: 430 million usd,
     when: [2023..2024], place: bien-hoa, citations: [
       {source: vov, quote: "raising it, to US$430 million", credibility: 2},
       {source: vov, locator: p. 2, credibility: 1, says: {when: 2025}}]}
  broken: {statement: "No kind; \"nothing\" else."}
  sum:
    {area: dioxin, kind: commitment, statement: {en: A sum., vi: Tổng.}, value: 430 million usd,
     parts: [pledge], stage: null, citations: [{source: vov, quote: all of it, credibility: 2}],
     reading: {say: Once., why: It is the same., date: 2025-12-12}, note: "One.\n\nAnother.\n"}
  by-year:
    {area: dioxin, kind: number, statement: By year., measure: fmf,
     citations: [{source: vov, locator: table 2, credibility: 1}],
     points: {FY2008: 0.9, FY2010: null, FY2017: {value: 12, note: n}}}
overlays: {line: {name: Line, lines: [[[109.3, 16.2], [110.0, 11.9]]], note: So.}}
slides:
  one: {title: "{pledge} is promised", layout: figure, facts: [pledge, sum],
        map: {lat: 14, lon: 112, span_nm: 1200, from: 2003}}
briefings: null
""",
    yaml.CBaseLoader,
)
"""A small facts file with something of everything."""


class Styler:
    """Writes a facts file in one of the many ways in which people would."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.step = draw.choice([2, 2, 2, 3, 4])
        self.list_step = draw.choice([0, self.step])
        self.flow = draw.choice([0.1, 0.3, 0.6])

    def file(self) -> bytes:
        draw = self.draw
        text = draw.choice(["", "# A file.\n", "---\n"]) + self.mapping(SMALL, 0, 0)
        text += draw.choice(["", "", "# The end.\n", "...\n"])
        if draw.random() < 0.25:
            text = text.replace("\n", "\r\n")
        if draw.random() < 0.2 and not text.rstrip("\r\n").endswith("Another."):
            text = text.rstrip("\r\n")
        return draw.choice(["", "", "\ufeff"]).encode() + text.encode()

    def mapping(self, value: dict[str, Any], column: int, depth: int) -> str:
        parts: list[str] = []
        for number, (key, each) in enumerate(value.items()):
            if number:
                parts += (self.between(column, depth), " " * column)
            parts += (self.key(key), ":", self.value(each, column, depth + 1))
        return "".join(parts)

    def value(self, value: Any, column: int, depth: int) -> str:
        """What stands behind a colon, with the line end."""
        is_short = depth > 1 or self.draw.random() < 0.2
        if not isinstance(value, dict | list):
            return f" {self.scalar(value, column)}"
        if is_short and self.draw.random() < self.flow:
            return f" {self.in_flow(value)}{self.comment()}\n"
        if isinstance(value, dict):
            inner = column + self.step
            lines = self.mapping(value, inner, depth)
            return f"{self.comment()}\n{self.between(inner, 9)}{' ' * inner}{lines}"
        return f"{self.comment()}\n{self.items(value, column + self.list_step)}"

    def items(self, value: list[Any], column: int) -> str:
        parts: list[str] = []
        for each in value:
            parts.append(" " * column + "- ")
            if isinstance(each, dict) and self.draw.random() > self.flow:
                parts.append(self.mapping(each, column + 2, 9))
            else:
                parts.append(f"{self.in_flow(each)}{self.comment()}\n")
        return "".join(parts)

    def in_flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {self.in_flow(each)}" for k, each in value.items()) + "}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.in_flow, value))}]"
        return self.words(value, in_flow=True)

    def scalar(self, value: str, column: int) -> str:
        draw = self.draw
        inner = column + self.step
        if "\n" in value or (" " in value and draw.random() < 0.2):
            lines = block_scalar(value, draw.choice("|>"), column, inner, "\n", folds=["x" * 20])
            if lines is not None:
                return lines + "\n"
        if draw.random() < 0.1 and re.fullmatch(r"\w+ \w[\w ]*\.", value):
            return value.replace(" ", f"\n{' ' * inner}", 1) + "\n"
        return f"{self.words(value)}{self.comment()}\n"

    def words(self, value: str, in_flow: bool = False) -> str:
        if value == "null":
            return self.draw.choice(["null", "~"])
        return scalar_words(Bare(value), self.draw.choice(["", "", "", "'", '"']), in_flow)

    def key(self, key: str) -> str:
        return self.draw.choice([key] * 9 + [f'"{key}"'])

    def comment(self) -> str:
        return self.draw.choice([""] * 5 + ["  # so", "\t# as printed: 12", "   "])

    def between(self, column: int, depth: int) -> str:
        pad = " " * column
        lines = ["", "\n"] if depth < 2 else ["", "", "", "", ""]
        return self.draw.choice([*lines, "", f"{pad}# On its own.\n", "\n# far left\n"])


class Walker:
    """Edits a store at random, as people do: fields, records, ids, several at once, and back."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.draw = random.Random(seed)
        self.made = 0
        self.refused: dict[str, int] = {}

    def step(self) -> None:
        """One step; a change of one field may touch the lines of its record alone."""
        if self.draw.randrange(12) == 0:
            self.store.mark_saved()
        match self.draw.randrange(10):
            case 0 | 1 if self.store.can_undo():
                self.store.undo()
            case 2 if self.store.can_redo():
                self.store.redo()
            case 3 if not self.store.is_saved():
                self.take_back()
            case 4:
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

    def take_back(self) -> None:
        found = [*unsaved(self.store.saved_dossier, self.store.dossier)]
        if found:
            self.make(take_back(self.store.saved_dossier, self.draw.choice(found)))

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
        if isinstance(value, Points):
            return Points({row.period: row for row in items}.values())
        return tuple(items)


def rest_of(draft: Draft, ref: Ref) -> list[str]:
    """The lines around those of a record, comments left out: one behind it may have been in it."""
    lines = draft.slice_of(ref)
    assert lines is not None
    text = draft.text()
    start = sum(map(len, text.splitlines(keepends=True)[: draft.line_of(ref) - 1]))
    assert text.startswith(lines, start)
    rest = (text[:start] + text[start + len(lines) :]).split("\n")
    return [line for line in rest if line.strip() and not line.lstrip().startswith("#")]


def assert_says_the_same(store: Store) -> None:
    """The file, if it were saved now and read again, gives the dossier that is shown."""
    assert store.draft is not None
    reading = read(store.draft.to_bytes())
    assert reading.dossier == store.dossier
    every = [Ref(kind, each) for kind in KINDS for each in reading.dossier.all_of(kind)]
    assert set(store.draft.refs()) >= set(every)
    for ref in every[:: max(1, len(every) // 20)]:
        assert store.draft.line_of(ref) == reading.place_of(ref)[0]


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_however_a_file_is_written_it_is_edited_in_place(draw: random.Random) -> None:
    walk_styled(draw, steps=6)


@pytest.mark.slow
def test_two_thousand_files_written_otherwise_are_edited_in_place() -> None:
    made, refused = 0, Counter[str]()
    for seed in range(2_000):
        walker = walk_styled(random.Random(seed), steps=15)
        made += walker.made
        refused += Counter(walker.refused)

    print(f"{made} made, refused {dict(refused)}")
    assert made > 10_000
    assert refused["edit-not-in-place"] < made / 1_000


def walk_styled(draw: random.Random, steps: int) -> Walker:
    """Edit a small file, which says the same however it is written; then take all back."""
    data = Styler(draw).file()
    file = FactsFile(Path("facts.yaml"), Stamp(0, 0, 0), data, read(data))
    assert [ref.id for ref in file.reading.dossier.left_out] == ["broken"]
    walker = Walker(opened(file), draw.randrange(10**6))
    for _ in range(steps):
        walker.step()
        assert_says_the_same(walker.store)
    take_all_back(walker.store, file)
    return walker


def take_all_back(store: Store, file: FactsFile) -> None:
    while store.can_undo():
        store.undo()
    assert store.draft is not None
    assert store.draft.to_bytes() == file.data
    assert store.dossier == file.reading.dossier


def walked(seed: int, steps: int, every: int) -> Walker:
    file = shipped()
    store = opened(file)
    walker = Walker(store, seed)
    for number in range(1, steps + 1):
        walker.step()
        if number % every == 0 or number == steps:
            assert_says_the_same(store)
    take_all_back(store, file)
    return walker


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_edited_the_file_says_what_the_window_shows(seed: int) -> None:
    walker = walked(seed, steps=30, every=15)

    assert walker.made > 10


@pytest.mark.slow
def test_ten_thousand_edits_leave_file_and_window_of_one_mind() -> None:
    began = time.process_time()

    walker = walked(seed=99, steps=10_000, every=25)

    print(f"{walker.made} made, refused {walker.refused}, {time.process_time() - began:.0f} s CPU")
    assert walker.made > 3_000
