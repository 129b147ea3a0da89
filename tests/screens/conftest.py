"""A laptop and a projector that can be unplugged: monitors of one virtual screen."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# These need two monitors of their own; tests/test_two_screens.py runs them where they are.
collect_ignore_glob = [] if os.environ.get("CHARTHOUSE_TEST_SCREENS") else ["test_*.py"]

LAPTOP = "1366/300x768/200+0+0"
PROJECTOR = "1920/500x1080/300+1366+0"
SIDE = "480/120x300/75+0+770"


class Projector:
    """Plugs it in and out, as a hand would, and waits until the program has seen it."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self._qtbot = qtbot
        self._application = application

    def plug(self) -> None:
        _xrandr("--setmonitor", "Projector", PROJECTOR, "none")
        self._qtbot.waitUntil(lambda: len(self._application.screens()) == 2)

    def unplug(self) -> None:
        _xrandr("--delmonitor", "Projector")
        self._qtbot.waitUntil(lambda: len(self._application.screens()) == 1)

    @property
    def is_plugged(self) -> bool:
        return len(self._application.screens()) == 2


@pytest.fixture
def projector(qtbot: QtBot, qapp: QApplication) -> Projector:
    """Plugged in at first."""
    hand = Projector(qtbot, qapp)
    if not hand.is_plugged:
        hand.plug()
    return hand


@pytest.fixture
def side(qtbot: QtBot, qapp: QApplication, projector: Projector) -> Iterator[str]:
    """The name of a third screen, below the laptop."""
    _xrandr("--setmonitor", "Side", SIDE, "none")
    qtbot.waitUntil(lambda: len(qapp.screens()) == 3)
    yield "Side"
    _xrandr("--delmonitor", "Side")
    qtbot.waitUntil(lambda: len(qapp.screens()) == 2)


@pytest.fixture(scope="session", autouse=True)
def _laptop(qapp: QApplication) -> None:
    _xrandr("--setmonitor", "Laptop", LAPTOP, "screen")


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where pictures of what was seen are left, to be looked at."""
    folder = Path(os.environ.get("CHARTHOUSE_TEST_SHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _xrandr(*arguments: str) -> None:
    subprocess.run(["xrandr", *arguments], check=True, capture_output=True, timeout=60)
