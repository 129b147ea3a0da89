"""A desk for every journey: the real window, the shipped facts, prompts from a script."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from desktop.keeping import open_file
from tests.desk import PATIENCE_S, SHIPPED, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.files.facts_file import FactsFile
    from desktop.services.jobs import Progress


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Desk:
    """A desk at which nothing has been opened yet."""
    assert qapp.platformName() == os.environ["QT_QPA_PLATFORM"]
    return Desk(qtbot, qapp, tmp_path)


@pytest.fixture
def opened(desk: Desk) -> Iterator[Desk]:
    """A desk at which the shipped facts are open."""
    with desk.program():
        yield desk


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the shipped facts, free to be rewritten."""
    path = tmp_path / "copy.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    return path


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that gives a large file once this is set, however fast this machine reads."""
    ready, read = threading.Event(), open_file._read

    def read_once_ready(progress: Progress, path: Path) -> FactsFile:
        assert ready.wait(PATIENCE_S)
        return read(progress, path)

    monkeypatch.setattr(open_file, "_read", read_once_ready)
    yield ready
    ready.set()
