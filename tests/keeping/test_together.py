"""Edits, undo, saving and another program's writing, mixed at random beside a plain reference."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import Quantity
from tests.desk import CTRL, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

Values = dict[str, int]
OURS, THEIRS = [f"ours-{n}" for n in range(5)], [f"theirs-{n}" for n in range(5)]
START: Values = dict.fromkeys([*OURS, *THEIRS], 0)
HEAD = """\
charthouse: 1
about: {title: Mixed, as_of: 2025-12-12}
units: {sets: {many: sets of remains}}
sources:
  vov:
    {title: T, publisher: VOV, origin: vov, published: 2025, url: https://v.example, reliability: B}
areas: {dioxin: {name: Dioxin, group: War legacy}}
facts:
"""
FACT = """\
  # what is said of {name}
  {name}:
    kind: number
    area: dioxin
    statement: What is said.
    value: {value} sets   # as counted
    citations: [{{source: vov, locator: p. 1, credibility: 2}}]

"""


def text_of(values: Values) -> str:
    return HEAD + "".join(FACT.format(name=name, value=values[name]) for name in values)


class Reference:
    """What should stand in the window and on disk, kept in the plainest way there is."""

    def __init__(self) -> None:
        self.disk = dict(START)
        self.states = [dict(START)]
        self.here = self.clean = 0

    @property
    def now(self) -> Values:
        return self.states[self.here]

    def edit(self, name: str, value: int) -> None:
        if self.now[name] != value:
            if self.clean > self.here:
                self.clean = -1
            self.states[self.here + 1 :] = [{**self.now, name: value}]
            self.here += 1

    def undo(self) -> None:
        self.here = max(0, self.here - 1)

    def redo(self) -> None:
        self.here = min(len(self.states) - 1, self.here + 1)

    def save(self) -> None:
        self.disk, self.clean = dict(self.now), self.here

    def they_write(self, name: str, value: int) -> None:
        """They change one field on disk, and the window brings it in."""
        if self.disk[name] == value:
            return
        was, self.disk = self.disk, {**self.disk, name: value}
        mine = {key: new for key, new in self.now.items() if new != was[key]}
        is_clean = self.here == self.clean
        self.states, self.here, self.clean = [dict(self.disk)], 0, 0
        if mine and not is_clean:
            self.states.append({**self.disk, **mine})
            self.here = 1


def go_together(desk: Desk, path: Path, steps: int, seed: int) -> None:
    """Take random steps in the window and in the reference, and compare after each."""
    draw, reference = random.Random(seed), Reference()
    store = desk.app.workspace.store
    replaced = 0
    for step in range(1, steps + 1):
        kind = draw.choices(("edit", "undo", "redo", "save", "theirs"), (5, 3, 2, 2, 3))[0]
        if kind == "edit":
            name = draw.choice(OURS)
            store.apply(SetField(Ref(Fact, name), "value", Quantity.parse(f"{step} sets")))
            reference.edit(name, step)
        elif kind == "theirs":
            name, replaced = draw.choice(THEIRS), replaced + 1
            reference.they_write(name, step)
            new = path.with_name("new")
            new.write_text(text_of(reference.disk), encoding="utf-8")
            new.replace(path)
            desk.app.open_file.reload()
        else:
            key = {"undo": Qt.Key.Key_Z, "redo": Qt.Key.Key_Y, "save": Qt.Key.Key_S}[kind]
            desk.press(key, CTRL)
            getattr(reference, kind)()
        found = {
            name: int(fact.value.amount) for name, fact in store.dossier.facts.items() if fact.value
        }
        assert found == reference.now, f"step {step}, {kind}"
        assert store.draft is not None
        assert store.draft.to_bytes().decode() == text_of(reference.now)
        assert store.is_saved() == (reference.here == reference.clean)
        assert path.read_text("utf-8") == text_of(reference.disk)
    assert replaced


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(text_of(START), encoding="utf-8")
    return file


@pytest.mark.parametrize("seed", [1, 2])
def test_bytes_and_facts_are_what_they_should_be(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, path: Path, seed: int
) -> None:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(path):
        go_together(desk, path, 60, seed)


@pytest.mark.slow
def test_bytes_and_facts_are_what_they_should_be_for_ten_thousand_steps(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, path: Path
) -> None:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(path):
        go_together(desk, path, 10_000, 3)
