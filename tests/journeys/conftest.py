"""A desk for every journey: the real window, the shipped facts, prompts from a script."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.desk import SHIPPED, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


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
