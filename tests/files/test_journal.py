"""Unsaved work is kept whole, found again by another session, and forgotten when told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
import pytest

from desktop.files.journal import Journal
from desktop.files.reader import read
from desktop.files.saving import SavingRefused, Stamp, write_atomically
from desktop.model.dossier import Ref
from desktop.model.records import SECTIONS, Fact
from desktop.model.unsettled import Unsettled
from tests.desk import SHIPPED
from tests.disks import SMALL_BYTES, small_disk

if TYPE_CHECKING:
    from pathlib import Path

TYPED = (
    Unsettled(Ref(Fact, "pledge"), {("value",): "431 mil", ("citations", 0, "quote"): "Ở"}, {}),
    Unsettled(Ref(Fact, ""), {("when",): "8 Mai"}, {}),
)
BASE, OURS = b"charthouse: 1\n", "charthouse: 1\nabout: {title: Biên Hòa}\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "facts.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "unsaved"


def test_the_next_session_finds_the_work_with_what_it_began_from(folder: Path, file: Path) -> None:
    Journal(folder, "first").keep(file, BASE, b"half")
    Journal(folder, "first").keep(file, BASE, OURS)

    (found,) = Journal(folder, "second").unsaved(file)

    assert (found.file, found.base, found.ours) == (file, BASE, OURS)
    assert found.when.tzinfo is not None
    assert Journal(folder, "second").files() == (file,)


def test_a_session_is_not_offered_its_own_work(folder: Path, file: Path) -> None:
    journal = Journal(folder, "first")
    journal.keep(file, BASE, OURS)

    assert journal.unsaved(file) == ()
    assert journal.files() == ()


def test_saved_work_leaves_nothing_behind(folder: Path, file: Path) -> None:
    journal = Journal(folder, "first")
    journal.keep(file, BASE, OURS)

    journal.discard(file)

    assert not [path for path in folder.rglob("*") if path.is_file()]
    journal.discard(file)


def test_an_entry_that_is_forgotten_while_it_is_written_does_not_come_to_stand(
    folder: Path, file: Path
) -> None:
    journal = Journal(folder, "first")

    journal.keep(file, BASE, OURS, is_wanted=lambda: False)

    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_work_of_several_sessions_is_told_apart_the_latest_first(folder: Path, file: Path) -> None:
    Journal(folder, "first").keep(file, BASE, b"1")
    Journal(folder, "second").keep(file, BASE, b"2")
    Journal(folder, "other").keep(file.with_name("other.yaml"), BASE, b"3")
    journal = Journal(folder, "third")

    latest, earlier = journal.unsaved(file)
    journal.give_up(latest.entry)

    assert (latest.ours, earlier.ours) == (b"2", b"1")
    assert journal.unsaved(file) == (earlier,), "with the base that both share"
    assert len(journal.files()) == 2


@pytest.mark.parametrize("harm", [b"", b"{}\n", b"[1]\nx", b'{"base": "x"}\n', b"\xff\n"])
def test_an_entry_that_is_not_whole_is_left_alone(folder: Path, file: Path, harm: bytes) -> None:
    Journal(folder, "first").keep(file, BASE, OURS)
    (entry,) = folder.rglob("*.ours")
    entry.write_bytes(harm)

    journal = Journal(folder, "second")
    assert journal.unsaved(file) == ()
    assert journal.unreadable(file) == (entry,)
    assert entry.exists()


def test_an_entry_that_was_altered_is_not_passed_off_as_the_work(folder: Path, file: Path) -> None:
    Journal(folder, "first").keep(file, BASE, OURS)
    (entry,) = folder.rglob("*.ours")
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-1])
    assert Journal(folder, "second").unsaved(file) == ()
    entry.write_bytes(whole)
    (base,) = folder.rglob("*.base")
    base.write_bytes(b"another")

    assert Journal(folder, "second").unsaved(file) == ()


def test_a_full_disk_is_said_and_leaves_the_work_kept_before(tmp_path: Path, file: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        Journal(disk, "first").keep(file, BASE, OURS)

        with pytest.raises(SavingRefused) as caught:
            Journal(disk, "first").keep(file, BASE, bytes(SMALL_BYTES * 2))

        assert caught.value.problem.code == "disk-full"
        assert [each.ours for each in Journal(disk, "second").unsaved(file)] == [OURS]


def test_nobody_else_may_read_unsaved_work(folder: Path, file: Path) -> None:
    Journal(folder, "first").keep(file, BASE, OURS)

    assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0]


def test_an_entry_older_than_its_sessions_last_save_is_forgotten(folder: Path, file: Path) -> None:
    first, second = Journal(folder, "first"), Journal(folder, "second")
    first.keep(file, BASE, b"half")

    write_atomically(file, OURS, announce=partial(first.note_saving, file))

    assert second.unsaved(file) == ()
    assert not list(folder.rglob("*.ours"))


def test_the_note_of_a_save_takes_the_place_of_a_longer_one(folder: Path, file: Path) -> None:
    first, second = Journal(folder, "first"), Journal(folder, "second")
    write_atomically(file, BASE, announce=partial(first.note_saving, file, typed=TYPED))
    first.keep(file, BASE, b"half")

    write_atomically(file, OURS, announce=partial(first.note_saving, file))

    assert second.unsaved(file) == ()


def test_work_begun_after_the_last_save_is_found(folder: Path, file: Path) -> None:
    first, second = Journal(folder, "first"), Journal(folder, "second")
    write_atomically(file, BASE, announce=lambda stamp: first.note_saving(file, stamp))

    first.keep(file, BASE, OURS)

    assert [each.ours for each in second.unsaved(file)] == [OURS]


def test_a_save_that_never_took_place_forgets_nothing(folder: Path, file: Path) -> None:
    first, second = Journal(folder, "first"), Journal(folder, "second")
    file.write_bytes(BASE)
    first.keep(file, BASE, OURS)

    def killed(stamp: Stamp) -> None:
        first.note_saving(file, stamp)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(file, OURS, announce=killed)

    assert [each.ours for each in second.unsaved(file)] == [OURS]
    assert file.read_bytes() == BASE


def test_what_others_wrote_after_the_save_leaves_the_entry_to_be_merged(
    folder: Path, file: Path
) -> None:
    first, second = Journal(folder, "first"), Journal(folder, "second")
    first.keep(file, BASE, OURS)
    write_atomically(file, OURS, announce=lambda stamp: first.note_saving(file, stamp))
    write_atomically(file, b"theirs: 1\n")

    assert len(second.unsaved(file)) == 1


def test_what_is_typed_is_found_with_the_work_or_alone(folder: Path, file: Path) -> None:
    Journal(folder, "first").keep(file, BASE, OURS, TYPED)
    Journal(folder, "second").keep(file, BASE, BASE, TYPED[:1])
    journal = Journal(folder, "third")

    alone, with_work = journal.unsaved(file)

    assert (with_work.base, with_work.ours, with_work.typed) == (BASE, OURS, TYPED)
    assert (alone.base, alone.ours, alone.typed) == (BASE, BASE, TYPED[:1])
    assert alone.entry.stat().st_size < 1000, "not the whole file anew for each letter"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_record_that_was_begun_is_found_with_all_that_was_in_it(
    folder: Path, file: Path, section: str
) -> None:
    kind = SECTIONS[section]
    records = read(SHIPPED.read_bytes()).dossier.all_of(kind).values()
    typed = tuple(Unsettled(Ref(kind, ""), {}, msgspec.structs.asdict(each)) for each in records)
    assert typed
    Journal(folder, "first").keep(file, BASE, BASE, typed)

    (found,) = Journal(folder, "second").unsaved(file)

    given = [{k: v for k, v in each.begun.items() if v is not None} for each in typed]
    assert [dict(each.begun) for each in found.typed] == given


def test_of_an_entry_older_than_a_save_what_was_still_to_be_entered_is_left(
    folder: Path, file: Path
) -> None:
    first = Journal(folder, "first")
    first.keep(file, BASE, b"half", TYPED)

    write_atomically(file, OURS, announce=partial(first.note_saving, file, typed=TYPED[1:]))

    (found,) = Journal(folder, "second").unsaved(file)
    assert found.base == found.ours, "the work itself was saved"
    assert found.typed == TYPED[1:]


@pytest.mark.parametrize(
    "harm", ['"typed": [{}]', '"typed": [1]', '"typed": [{"section": "x", "id": ""}]']
)
def test_words_that_are_not_told_as_they_should_be_are_left_alone(
    folder: Path, file: Path, harm: str
) -> None:
    Journal(folder, "first").keep(file, BASE, OURS)
    (entry,) = folder.rglob("*.ours")
    entry.write_bytes(entry.read_bytes().replace(b'"typed": []', harm.encode()))

    journal = Journal(folder, "second")

    assert journal.unsaved(file) == ()
    assert journal.unreadable(file) == (entry,)
