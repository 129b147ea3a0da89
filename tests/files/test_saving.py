"""A file is replaced whole or not at all, and keeps what it was besides its bytes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.files import saving
from desktop.files.saving import (
    MovedOn,
    SavingRefused,
    Stamp,
    obstacles,
    sweep,
    write_atomically,
)
from desktop.services.problem_words import problem_line
from tests.disks import SMALL_BYTES, read_only, small_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = b"charthouse: 1\n", b"charthouse: 1\nabout: {}\n"
SAID = {
    "disk-full",
    "read-only-folder",
    "read-only-file",
    "no-permission-to-write",
    "folder-gone",
    "name-too-long",
    "not-saved",
    "hard-linked",
}
"""The codes that this file sees happen, each with its sentence."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_bytes(OLD)
    return file


def refused(path: Path, data: bytes = NEW) -> str:
    """The code of a refusal, which leaves nothing but what was there."""
    folder = path.parent
    before = sorted(os.listdir(folder)) if folder.is_dir() else []
    with pytest.raises(SavingRefused) as caught:
        write_atomically(path, data)
    assert (sorted(os.listdir(folder)) if folder.is_dir() else []) == before
    assert problem_line(caught.value.problem).startswith(f"{path}: error: ")
    return caught.value.problem.code


def test_the_new_bytes_stand_in_the_place_of_the_old(path: Path) -> None:
    stamp = write_atomically(path, NEW)

    assert path.read_bytes() == NEW
    assert stamp == Stamp.of(path.stat())
    assert os.listdir(path.parent) == ["facts.yaml"]


def test_a_file_that_was_not_there_is_as_open_as_other_new_files(tmp_path: Path) -> None:
    beside = tmp_path / "beside"
    beside.touch()

    write_atomically(tmp_path / "new.yaml", NEW)

    assert (tmp_path / "new.yaml").stat().st_mode == beside.stat().st_mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_the_mode_is_kept(path: Path, mode: int) -> None:
    path.chmod(mode)

    write_atomically(path, NEW)

    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_owner_and_attributes_are_kept_where_the_system_lets_us(path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(path, 12_345, 23_456)
    owner = (path.stat().st_uid, path.stat().st_gid)
    try:
        os.setxattr(path, "user.origin", b"desk")
        kept = b"desk"
    except OSError:
        kept = b""

    write_atomically(path, NEW)

    assert (path.stat().st_uid, path.stat().st_gid) == owner
    if kept:
        assert os.getxattr(path, "user.origin") == kept


def test_a_symbolic_link_stays_one_and_leads_to_the_new_bytes(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "current.yaml"
    link.symlink_to(path)

    write_atomically(link, NEW)

    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert os.listdir(folder) == ["current.yaml"]


def test_a_file_that_moved_on_is_left_as_it_is(path: Path) -> None:
    stamp = Stamp.of(path.stat())
    path.write_bytes(b"theirs: 1\n")

    with pytest.raises(MovedOn):
        write_atomically(path, NEW, stamp)

    assert path.read_bytes() == b"theirs: 1\n"
    assert os.listdir(path.parent) == ["facts.yaml"]
    path.unlink()
    with pytest.raises(MovedOn):
        write_atomically(path, NEW, stamp)


WRITER = """
import sys
from pathlib import Path
path = Path(sys.argv[1])
new = path.with_name("theirs")
for number in range(int(sys.argv[2])):
    new.write_text(f"theirs {number}")
    new.replace(path)
    for _ in range(2000):
        if path.read_text().endswith(f"theirs {number}"):
            break
    else:
        print(number, path.read_text())
print("done")
"""


def replaced_meanwhile(path: Path, times: int) -> tuple[int, list[str]]:
    """How often we wrote while another program did, and what it found gone that we never read."""
    path.write_bytes(b"theirs 0")
    written = 0
    writer = [sys.executable, "-c", WRITER, str(path), str(times)]
    with subprocess.Popen(writer, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        while other.poll() is None:
            stamp, text = Stamp.of(path.stat()), path.read_text("utf-8")
            if Stamp.of(path.stat()) != stamp:
                continue
            with suppress(MovedOn):
                write_atomically(path, f"ours on {text[text.index('theirs') :]}".encode(), stamp)
                written += 1
        told = other.stdout.read().splitlines()
    assert told.pop() == "done"
    return written, told


def test_what_another_program_writes_at_the_same_time_is_never_written_over_unread(
    path: Path,
) -> None:
    written, gone = replaced_meanwhile(path, 500)

    assert written
    assert not gone


def test_what_is_written_in_the_very_last_moment_goes_back_to_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = saving._stamp

    def look_and_be_overtaken(target: Path) -> Stamp | None:
        found = look(target)
        monkeypatch.undo()
        beside = path.with_name("beside")
        beside.write_bytes(b"theirs: 1\n")
        beside.replace(path)
        return found

    stamp = Stamp.of(path.stat())
    monkeypatch.setattr(saving, "_stamp", look_and_be_overtaken)

    with pytest.raises(MovedOn):
        write_atomically(path, NEW, stamp)

    assert path.read_bytes() == b"theirs: 1\n"
    assert os.listdir(path.parent) == ["facts.yaml"]


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        path = disk / "facts.yaml"
        write_atomically(path, OLD)

        assert refused(path, bytes(SMALL_BYTES * 2)) == "disk-full"

        assert path.read_bytes() == OLD
        write_atomically(path, NEW)
        assert path.read_bytes() == NEW


def test_a_disk_that_fills_up_half_way_leaves_the_old_file_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        path = disk / "facts.yaml"
        old = os.urandom(SMALL_BYTES * 5 // 8)
        write_atomically(path, old)
        beside = disk / "ballast"
        if os.path.ismount(disk):
            assert refused(path, bytes(len(old))) == "disk-full"
        else:
            beside.touch()
            assert refused(path, bytes(SMALL_BYTES + 1)) == "disk-full"

        assert path.read_bytes() == old


def test_a_folder_that_can_only_be_read_is_said_before_and_on_saving(path: Path) -> None:
    assert obstacles(path) == ()
    with read_only(path.parent):
        told = [problem.code for problem in obstacles(path)]
        said = refused(path)

    assert told == ["read-only-folder"]
    assert said in ("read-only-folder", "no-permission-to-write")
    assert path.read_bytes() == OLD


def test_a_stranger_is_told_that_he_may_not_write(path: Path) -> None:
    path.parent.chmod(0o555)
    with stranger():
        with pytest.raises(SavingRefused) as caught:
            write_atomically(path, NEW)
        told = [problem.code for problem in obstacles(path)]
    path.parent.chmod(0o755)

    assert caught.value.problem.code == "no-permission-to-write"
    assert told == ["read-only-folder"]
    assert path.read_bytes() == OLD


@contextmanager
def stranger() -> Iterator[None]:
    """Be another person, if we are root, to whom nothing is forbidden."""
    is_root = os.geteuid() == 0
    if is_root:
        os.setresuid(12_345, 12_345, 0)
    try:
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)


def test_a_file_protected_against_writing_is_said_so_before() -> None:
    # Not below pytest's folder, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "facts.yaml")
        path.write_bytes(OLD)
        path.chmod(0o444)
        path.parent.chmod(0o777)
        with stranger():
            assert [problem.code for problem in obstacles(path)] == ["read-only-file"]


def test_a_folder_that_has_vanished_is_said_so(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    try:
        assert refused(path) == "folder-gone"
        path.parent.write_bytes(b"")
        assert refused(path / "facts.yaml") == "folder-gone"
    finally:
        path.parent.unlink()
        path.parent.mkdir()


def test_a_name_that_is_too_long_is_said_so(tmp_path: Path) -> None:
    assert refused(tmp_path / ("x" * 256)) == "name-too-long"
    longest = tmp_path / ("x" * 255)

    write_atomically(longest, NEW)

    assert longest.read_bytes() == NEW


def test_whatever_else_goes_wrong_is_said_in_the_words_of_the_system(tmp_path: Path) -> None:
    folder = tmp_path / "facts.yaml"
    folder.mkdir()

    with pytest.raises(SavingRefused) as caught:
        write_atomically(folder, NEW)

    assert caught.value.problem.code == "not-saved"
    assert "Is a directory" in problem_line(caught.value.problem)
    assert os.listdir(tmp_path) == ["facts.yaml"]


def test_hard_links_are_said_before_and_part_on_saving(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.hardlink_to(path)

    (problem,) = obstacles(path)
    write_atomically(path, NEW)

    assert (problem.code, problem.severity) == ("hard-linked", "warning")
    assert "(hard links: 1)" in problem_line(problem)
    assert (other.read_bytes(), path.read_bytes()) == (OLD, NEW)
    assert obstacles(path) == ()


def test_what_a_killed_program_left_is_swept_away_and_nothing_else(tmp_path: Path) -> None:
    long_ago = time.time() - 7200
    for name in (".charthouse-1-2.new", ".charthouse-notes", "facts.new", "facts.yaml"):
        (tmp_path / name).write_bytes(OLD)
        os.utime(tmp_path / name, (long_ago, long_ago))
    (tmp_path / ".charthouse-2-3.new").write_bytes(OLD)

    sweep(tmp_path)

    left = {".charthouse-notes", "facts.new", "facts.yaml", ".charthouse-2-3.new"}
    assert set(os.listdir(tmp_path)) == left
    sweep(tmp_path / "nowhere")
