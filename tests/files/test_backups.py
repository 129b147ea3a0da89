"""The last twenty saved states of a file are kept, each to be opened by itself."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from desktop.files.backups import MOST, Backups, name_of
from desktop.files.facts_file import FactsFile
from tests.files.test_reader import SOUND

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "facts.yaml"


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def test_a_state_is_kept_whole_with_its_time(backups: Backups, file: Path) -> None:
    before = datetime.datetime.now(datetime.UTC)

    backups.keep(file, SOUND.encode())

    (kept,) = backups.of(file)
    assert FactsFile.open(kept.path).data == SOUND.encode()
    assert before <= kept.when <= datetime.datetime.now(datetime.UTC)


def test_the_latest_stands_first_and_only_twenty_are_kept(backups: Backups, file: Path) -> None:
    for number in range(MOST + 3):
        backups.keep(file, f"{number}".encode())

    kept = backups.of(file)

    assert [each.path.read_bytes() for each in kept] == [
        f"{number}".encode() for number in reversed(range(3, MOST + 3))
    ]
    assert [each.when for each in kept] == sorted((each.when for each in kept), reverse=True)


def test_a_state_that_did_not_change_is_kept_once(backups: Backups, file: Path) -> None:
    for data in (b"1", b"1", b"2", b"1"):
        backups.keep(file, data)

    assert [each.path.read_bytes() for each in backups.of(file)] == [b"1", b"2", b"1"]


def test_files_of_one_name_in_two_folders_are_told_apart(backups: Backups, file: Path) -> None:
    other = file.parent / "other" / "facts.yaml"
    backups.keep(file, b"1")
    backups.keep(other, b"2")

    assert name_of(file).startswith("facts-")
    assert [each.path.read_bytes() for each in backups.of(other)] == [b"2"]
    assert backups.of(file.with_name("none.yaml")) == ()


def test_a_link_and_its_target_are_one_file(backups: Backups, file: Path) -> None:
    file.write_bytes(b"1")
    link = file.with_name("link.yaml")
    link.symlink_to(file)

    backups.keep(link, b"1")

    assert len(backups.of(file)) == 1


def test_other_things_in_the_folder_are_left_alone(backups: Backups, file: Path) -> None:
    backups.keep(file, b"1")
    stranger = backups.of(file)[0].path.with_name("notes.yaml")
    stranger.write_bytes(b"mine")

    for number in range(MOST + 1):
        backups.keep(file, f"{number}".encode())

    assert stranger.exists()
    assert len(backups.of(file)) == MOST
