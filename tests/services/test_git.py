"""Git is asked for a file of a revision and for the merge of lines; its refusals come through."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from desktop.services.git import GitRefused, merge_lines, read_revision

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.needs("git")
BASE, OURS, THEIRS = b"a\nb\nc\nd\ne\n", b"A\nb\nc\nd\ne\n", b"a\nb\nc\nd\nE\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    who = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    (tmp_path / "facts.yaml").write_bytes(b"x: \xc3\xa9\r\n")
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "facts"]):
        subprocess.run(["git", *command], check=True)
    return tmp_path


@pytest.mark.usefixtures("repository")
def test_a_revision_gives_the_very_bytes() -> None:
    assert read_revision("HEAD:facts.yaml") == b"x: \xc3\xa9\r\n"
    assert read_revision("HEAD:./facts.yaml") == b"x: \xc3\xa9\r\n"


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("name", ["HEAD:none.yaml", "nowhere:facts.yaml", "--output=x:y", "HEAD"])
def test_what_is_no_file_of_a_revision_is_refused_in_the_words_of_git(name: str) -> None:
    with pytest.raises(GitRefused, match=r"\w"):
        read_revision(name)


def test_lines_changed_apart_come_together() -> None:
    assert merge_lines(BASE, OURS, THEIRS) == b"A\nb\nc\nd\nE\n"


def test_lines_that_both_changed_are_not_for_git_to_settle() -> None:
    assert merge_lines(BASE, OURS, b"B\nb\nc\nd\ne\n") is None


def test_without_git_nothing_is_merged_by_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert merge_lines(BASE, OURS, THEIRS) is None
    with pytest.raises(GitRefused):
        read_revision("HEAD:facts.yaml")
