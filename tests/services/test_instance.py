"""One window edits a file; another is told so, may ask, and takes over from a dead one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.services.instance import Claim, is_claimed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from desktop.services.instance import Claim
claim = Claim(Path(sys.argv[1]))
print(claim.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "claims" / "facts.lock"


def test_only_one_has_the_right_at_a_time(lock: Path) -> None:
    first, second = Claim(lock), Claim(lock)

    assert first.take()
    assert not second.take()
    assert is_claimed(lock)

    first.release()
    assert not is_claimed(lock)
    assert second.take()
    second.release()


def test_a_window_that_asks_is_heard_and_gets_the_right(lock: Path, qtbot: QtBot) -> None:
    first, second = Claim(lock), Claim(lock)
    first.take()
    first.asked.connect(first.release)

    with qtbot.waitSignals([first.asked, second.granted]):
        second.ask()

    assert not first.take()
    second.release()


def test_a_window_that_does_not_answer_keeps_the_right(lock: Path, qtbot: QtBot) -> None:
    first, second = Claim(lock), Claim(lock)
    first.take()

    with qtbot.waitSignal(second.unanswered):
        second.ask(patience_ms=300)

    assert is_claimed(lock)
    assert not lock.with_suffix(".wanted").exists()
    first.release()


def test_a_program_that_was_killed_holds_nothing(lock: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        claim = Claim(lock)
        assert not claim.take()
        assert is_claimed(lock)
        other.kill()
        other.wait()

    assert lock.exists(), "its lock is still there"
    assert not is_claimed(lock)
    assert claim.take()
    claim.release()


def test_where_no_lock_can_be_kept_everybody_may_edit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert Claim(tmp_path / "file" / "claims" / "facts.lock").take()
