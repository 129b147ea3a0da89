"""A facts file is opened from the disk, once, and knows whether the disk has moved on."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from desktop.files.facts_file import LARGE_BYTES, FactsFile, is_large
from desktop.files.loader import MAX_BYTES, FactsError
from desktop.services.problem_words import problem_line
from tests.files.test_reader import SOUND

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_bytes(SOUND.encode())
    return file


def refusal(path: Path) -> str:
    with pytest.raises(FactsError) as caught:
        FactsFile.open(path)
    assert caught.value.problem.file == str(path)
    assert problem_line(caught.value.problem).startswith(f"{path}")
    return caught.value.problem.code


def test_an_open_file_keeps_its_bytes_and_what_they_say(path: Path) -> None:
    said: list[float] = []

    file = FactsFile.open(path, said.append)

    assert file.data == SOUND.encode()
    assert list(file.reading.dossier.facts) == ["bien-hoa"]
    assert file.fingerprint == hashlib.sha256(SOUND.encode()).hexdigest()
    assert said[-1] == 1.0


def test_problems_name_the_file_that_was_opened(path: Path) -> None:
    path.write_text(SOUND.replace("2025-01-17", "soon"), "utf-8")

    assert [problem.file for problem in FactsFile.open(path).reading.problems] == [str(path)]


def test_a_file_that_was_written_or_taken_away_has_moved(path: Path) -> None:
    file = FactsFile.open(path)
    assert not file.has_moved()

    os.utime(path, ns=(1, 1))
    assert file.has_moved()

    again = FactsFile.open(path)
    path.unlink()
    assert again.has_moved()


def test_what_cannot_be_opened_is_told(tmp_path: Path, path: Path) -> None:
    assert refusal(tmp_path / "none.yaml") == "no-such-file"
    assert refusal(path / "below") == "no-such-file"
    assert refusal(tmp_path) == "not-a-file"
    assert refusal(tmp_path / ("x" * 5000)) == "not-opened"
    path.write_bytes(b"a: [")
    assert refusal(path) == "no-value"


def test_only_a_regular_file_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert refusal(pipe) == "not-a-file"


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES * 20)

    assert refusal(huge) == "too-large"


def test_a_large_file_is_known_before_it_is_read(tmp_path: Path, path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b" " * (LARGE_BYTES + 1))

    assert [is_large(large), is_large(path), is_large(tmp_path / "none")] == [True, False, False]
