"""A long evening of slides: what is painted ahead is there, and nothing piles up."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop.files.basemap import read_basemap
from desktop.model.records import SlideId
from desktop.services import paths
from tests.presentation.conftest import Room, shipped

Begin = Callable[..., Room]
GROWTH_MB = 5.0


def settle(room: Room) -> None:
    """Let all be painted ahead that will be, and all be deleted that is due."""
    most = min(room.stage._most() - 2, len(room.session.running) + len(room.session.backups))
    for _ in range(200):
        QApplication.processEvents()
        room.stage._on_ahead_timeout()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if len(room.stage._kept) >= most:
            return
    raise AssertionError(f"only {len(room.stage._kept)} slides are painted ahead")


def go_round(room: Room, changes: int) -> None:
    for _ in range(changes):
        room.press(Qt.Key.Key_Home if room.session.next is None else Qt.Key.Key_PageDown)
        room.stage.repaint()
    room.press(Qt.Key.Key_Home)
    settle(room)
    gc.collect()


def handles() -> int:
    return len(os.listdir("/dev/fd"))


def resident_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def test_the_next_slide_is_painted_before_it_is_asked_for(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window")
    settle(room)
    kept = dict(room.stage._kept)
    assert room.session.next is not None
    assert room.session.next.id in {key.slide_id for key in kept}

    room.press(Qt.Key.Key_PageDown)
    assert room.stage._kept.keys() == kept.keys()
    assert all(room.stage._kept[key] is picture for key, picture in kept.items())


def test_maps_are_painted_ahead_before_what_lies_nearer(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window")
    first = room.stage._ahead_of(5)
    assert room.session.next is not None
    assert first[0].id == room.session.next.id
    assert "map" in {slide.layout for slide in first}


def test_a_coast_that_comes_leaves_slides_without_a_map_as_they_are(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window")
    settle(room)
    kept = dict(room.stage._kept)
    slides = shipped().slides
    maps = {key for key in kept if slides[SlideId(key.slide_id)].layout == "map"}
    assert maps

    room.stage.show_basemap(read_basemap(paths.resources() / "basemap"))
    settle(room)

    assert all((room.stage._kept[key] is kept[key]) == (key not in maps) for key in kept)
    assert all(room.stage._kept[key] != kept[key] for key in maps)


def test_pictures_are_bounded_however_fine_the_screen(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window")
    room.stage.resize(3840, 2160)
    go_round(room, 5)

    assert len(room.stage._kept) == room.stage._most() == 4


def test_slide_changes_leave_nothing_behind(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window")
    go_round(room, 20)
    before = handles(), len(room.console.findChildren(QObject))
    go_round(room, 80)

    assert (handles(), len(room.console.findChildren(QObject))) == before
    assert len(room.stage._kept) <= room.stage._most()


@pytest.mark.slow
def test_a_thousand_slide_changes_leave_memory_as_it_was(begin: Begin) -> None:
    room = begin(shipped(), "washington-desk", show="window")
    room.stage.resize(1920, 1080)
    go_round(room, 60)
    before_mb, before = resident_mb(), handles()
    go_round(room, 1000)

    assert handles() == before
    assert resident_mb() - before_mb <= GROWTH_MB
