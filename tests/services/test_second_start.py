"""A second start hands its file to the window that is open, and only a file."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.instance import Doorbell
from desktop.services.second_start import LONGEST_PATH, asked_for, bell, hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
AGAIN = """
import sys
from pathlib import Path
from desktop.services.second_start import hand_over
done = hand_over(Path(sys.argv[1]) if sys.argv[1:] else None)
assert not any(name.startswith("PySide6") for name in sys.modules)
sys.exit(0 if done else 3)
"""


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose address leaves room for a socket's, which may have 108 letters."""
    with tempfile.TemporaryDirectory(prefix="run", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _display(short_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    monkeypatch.setenv("DISPLAY", ":7.0")
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(name="doorbell")
def _doorbell(qapp: object) -> Iterator[Doorbell]:
    address = bell()
    assert address is not None
    doorbell = Doorbell(address)
    assert doorbell.listen()
    yield doorbell
    doorbell.close()


def start_again(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", AGAIN, *arguments], cwd=ROOT)


def test_a_file_is_handed_to_the_open_window(
    doorbell: Doorbell, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "Việt Nam, 2 lines\n.facts"
    file.write_bytes(b"")

    with qtbot.waitSignal(doorbell.rung) as rung:
        second = start_again(str(file))

    assert rung.args == [file]
    assert second.wait(60) == 0


def test_a_start_without_a_file_asks_the_window_to_the_front(
    doorbell: Doorbell, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(doorbell.rung) as rung:
        second = start_again()

    assert rung.args == [None]
    assert second.wait(60) == 0


def test_the_first_start_finds_nobody() -> None:
    assert not hand_over(None)


def test_nobody_else_may_ring(doorbell: Doorbell, tmp_path: Path) -> None:
    address = bell()
    assert address is not None
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700

    address.parent.chmod(0o755)
    assert bell() is None


def test_windows_on_two_displays_do_not_hear_each_other(
    doorbell: Doorbell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":8.0")

    assert not hand_over(None)


def test_a_bell_that_a_crash_left_is_taken_over(qapp: object) -> None:
    address = bell()
    assert address is not None
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(address))

    assert not hand_over(None)
    doorbell = Doorbell(address)
    assert doorbell.listen()
    doorbell.close()
    assert not address.exists()


def test_a_second_window_leaves_the_first_ones_bell(doorbell: Doorbell) -> None:
    address = bell()
    assert address is not None

    assert not Doorbell(address).listen()


def test_who_rings_and_says_nothing_does_not_hold_the_window(
    doorbell: Doorbell, qtbot: QtBot
) -> None:
    address = bell()
    assert address is not None
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(address))
        with qtbot.waitSignal(doorbell.rung) as rung:
            second = start_again()

    assert rung.args == [None]
    assert second.wait(60) == 0


@given(st.binary(max_size=LONGEST_PATH + 10))
def test_what_is_no_path_to_a_file_is_refused(message: bytes) -> None:
    try:
        path = asked_for(message)
    except ValueError:
        return
    assert path is None or (path.is_absolute() and path.is_file())


@pytest.mark.parametrize(
    "message", [b"facts.yaml", b"/etc\0/passwd", b"/", b"/" + b"x" * LONGEST_PATH, b"/no/such"]
)
def test_relative_broken_and_missing_paths_are_refused(message: bytes) -> None:
    with pytest.raises(ValueError, match=r"^b"):
        asked_for(message)


def test_where_the_address_would_be_too_long_each_start_is_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", os.path.join(tmp_path, "x" * 120))

    assert bell() is None
