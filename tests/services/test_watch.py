"""A file is seen to have moved on however it was written, and our own writing is not told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QSignalSpy

from desktop.services.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SEEN_MS = 2000
TICK_MS = 50
"""Counted by a timer, which stands still with the program where other work holds it up."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_bytes(b"1")
    return file


@pytest.fixture
def watch(path: Path, qtbot: QtBot) -> Iterator[Watch]:
    watch = Watch()
    watch.watch(path)
    yield watch
    watch.stop()


def replace(path: Path, data: bytes) -> None:
    new = path.with_name("new")
    new.write_bytes(data)
    new.replace(path)


WAYS: dict[str, Callable[[Path], object]] = {
    "written in place": lambda path: path.write_bytes(b"22"),
    "replaced": lambda path: replace(path, b"22"),
    "replaced by one of the same size": lambda path: replace(path, b"2"),
    "taken away": lambda path: path.unlink(),
    "touched": lambda path: os.utime(path, ns=(1, 1)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_change_is_seen_within_two_seconds(
    watch: Watch, path: Path, qtbot: QtBot, way: str
) -> None:
    clock = QTimer(interval=TICK_MS)
    ticks = QSignalSpy(clock.timeout)
    clock.start()
    with qtbot.waitSignal(watch.moved):
        WAYS[way](path)

    assert ticks.count() * TICK_MS < SEEN_MS


def test_every_replacement_is_seen_not_only_the_first(
    watch: Watch, path: Path, qtbot: QtBot
) -> None:
    for number in range(3):
        with qtbot.waitSignal(watch.moved):
            replace(path, b"x" * (number + 5))


def test_a_file_that_comes_back_is_seen(watch: Watch, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watch.moved):
        path.unlink()

    with qtbot.waitSignal(watch.moved):
        path.write_bytes(b"back")


def test_the_target_of_a_link_is_watched(path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.yaml"
    link.symlink_to(path)
    watch = Watch()
    watch.watch(link)

    with qtbot.waitSignal(watch.moved):
        replace(path, b"333")
    watch.stop()


def test_what_we_wrote_ourselves_and_others_beside_it_are_not_told(
    watch: Watch, path: Path, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(watch.moved, wait=400):
        replace(path, b"ours")
        watch.settle()
        path.with_name("beside").write_bytes(b"1")


def test_a_file_that_is_never_at_rest_is_told_all_the_same(
    watch: Watch, path: Path, qtbot: QtBot
) -> None:
    writer = QTimer(interval=20)
    writer.timeout.connect(lambda: replace(path, os.urandom(8)))
    writer.start()

    with qtbot.waitSignal(watch.moved):
        pass
    writer.stop()
