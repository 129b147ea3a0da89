"""A program killed while it edits and saves leaves the file old or new, and the rest to find."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.facts import facts_file
from desktop.files.facts_file import FactsFile
from desktop.files.journal import Journal
from desktop.files.merge import merge
from desktop.files.reader import read
from tests.display import virtual_display
from tests.keeping.victim import FACTS, fact_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TEXT = facts_file(FACTS).decode()
KEPT_WITHIN_S = 2.0
"""The journal is to take an edit within a second; a machine full of other work is given two."""
TURNS_S = 0.1
"""How long the program has to have worked in that time: it may have been given no turn."""


class Victim:
    """The program, and what its children told until they were killed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.keeping.victim"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def end(self) -> None:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.close()
        self._program.stdout.close()
        self._program.wait(60)

    def kill_once(self, seed: int) -> None:
        """Let a child edit for a while, kill it and look at what it left."""
        draw = random.Random(seed)
        folder = self._folder / str(seed)
        folder.mkdir()
        path, state = folder / "facts.yaml", folder / "state"
        path.write_text(TEXT, encoding="utf-8")
        told = self._run(f"{path} {state} {seed}", draw.randint(1, 150), draw.uniform(0, 0.02))

        saved = max((int(words[1]) for words in told if words[0] == "saved"), default=0)
        tried = [int(words[1]) for words in told if words[0] == "save"]
        assert not [words for words in told if words[0] == "refused"], told[-3:]
        on_disk = self._check_file(path, {0, *tried})
        assert on_disk >= saved

        recovered = max(on_disk, self._check_journal(path, state))
        assert recovered >= max(old_edits(told), default=0)

    def _run(self, line: str, steps: int, longer_s: float) -> list[list[str]]:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(f"{line}\n")
        child, told = 0, []
        for words in map(str.split, self._program.stdout):
            if words[0] == "child":
                child = int(words[1])
            elif words[0] == "ended":
                break
            else:
                told.append(words)
                if len(told) == steps:
                    assert child, "told only after it was begun"
                    until = time.perf_counter() + longer_s
                    while time.perf_counter() < until:
                        pass
                    os.kill(child, signal.SIGKILL)
        assert len(told) >= steps, "it ended by itself"
        return told

    def _check_file(self, path: Path, allowed: set[int]) -> int:
        """The step that stands on disk, whole to the last byte."""
        text = path.read_text("utf-8")
        step = newest_step(text)
        assert step in allowed, f"step {step} was never saved"
        assert text == expected(step)
        return step

    def _check_journal(self, path: Path, state: Path) -> int:
        """The step that comes back from the journal onto what stands on disk; 0 for none."""
        file = FactsFile.open(path)
        newest = 0
        for unsaved in Journal(state / "unsaved", "the next").unsaved(path):
            base, ours = read(unsaved.base).dossier, read(unsaved.ours).dossier
            assert unsaved.ours.decode() == expected(newest_step(unsaved.ours.decode()))
            met = merge(base, ours, file.reading.dossier)
            assert not met.conflicts
            back, work = met.applied_to(file.reading.dossier), ours.facts.values()
            if newest_step(unsaved.ours.decode()) > newest_step(path.read_text("utf-8")):
                assert [back.facts[fact.id].value for fact in work] == [fact.value for fact in work]
            newest = max(newest, newest_step(unsaved.ours.decode()))
        return newest


def old_edits(told: list[list[str]]) -> Iterator[int]:
    """The steps that the program, at its last word, had had the time and the turns to keep."""
    edits = [words for words in told if words[0] == "edit"]
    _, _, now, worked = edits[-1]
    for _, step, at, worked_then in edits:
        is_late = float(now) - float(at) > KEPT_WITHIN_S
        if is_late and float(worked) - float(worked_then) > TURNS_S:
            yield int(step)


def expected(step: int) -> str:
    """The text after so many steps, worked out without the program."""
    text = TEXT
    for each in range(max(1, step - FACTS + 1), step + 1):
        pattern = rf"(  {fact_of(each)}:\n(?:    .*\n)*?    value: ).*"
        text = re.sub(pattern, rf"\g<1>{each} sets", text, count=1)
    return text


def newest_step(text: str) -> int:
    """Up to which step a text has come: all that is not as it was at the beginning."""
    before = dict(zip(_facts(TEXT), _values(TEXT), strict=True))
    now = zip(_facts(text), _values(text), strict=True)
    steps = [int(value.split()[0]) for name, value in now if value != before[name]]
    return max(steps, default=0)


def _facts(text: str) -> list[str]:
    return re.findall(r"^  (fact-\d+):$", text, re.MULTILINE)


def _values(text: str) -> list[str]:
    return re.findall(r"^    value: (.*)$", text, re.MULTILINE)


def kill_often(folder: Path, environment: dict[str, str], seeds: range) -> None:
    victim = Victim(folder, environment)
    try:
        for seed in seeds:
            victim.kill_once(seed)
    finally:
        victim.end()


def headless() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def test_twenty_deaths_without_a_screen_lose_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, headless(), range(20))


@pytest.mark.needs("Xvfb")
def test_twenty_deaths_on_a_screen_lose_nothing(tmp_path: Path) -> None:
    with virtual_display(tmp_path / "home", managed=False) as environment:
        kill_often(tmp_path, environment, range(20, 40))


@pytest.mark.slow
def test_two_hundred_deaths_without_a_screen_lose_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, headless(), range(100, 300))


@pytest.mark.slow
@pytest.mark.needs("Xvfb")
def test_two_hundred_deaths_on_a_screen_lose_nothing(tmp_path: Path) -> None:
    with virtual_display(tmp_path / "home", managed=False) as environment:
        kill_often(tmp_path, environment, range(300, 500))
