"""The proof of an installed copy: it passes where all is well, and never where something is not."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QTimer

from desktop.self_test import SelfTestFailed, _NobodyThere, _Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

    from desktop.self_test import Wait

ROOT = Path(__file__).resolve().parents[1]


def told(
    application: QApplication,
    story: Iterator[tuple[str, Wait]],
    watch: Callable[[], None] = lambda: None,
) -> tuple[int, str]:
    """The exit code of a story, and what it said."""
    report, owner = io.StringIO(), QObject()
    teller = _Story(story, report, owner, watch)
    before, sys.excepthook = sys.excepthook, teller.fail
    try:
        return application.exec(), report.getvalue()
    finally:
        sys.excepthook = before


def test_a_story_waits_for_what_it_does_and_tells_it(qapp: QApplication) -> None:
    seen: list[str] = []

    def story() -> Iterator[tuple[str, Wait]]:
        QTimer.singleShot(30, lambda: seen.append("done"))
        yield "something slow", lambda: bool(seen)
        assert seen == ["done"]

    code, report = told(qapp, story())

    assert code == 0
    assert report.splitlines()[0].endswith("ms  something slow")
    assert report.splitlines()[-1] == "passed"


def test_each_step_has_the_whole_patience_of_the_watchdog(qapp: QApplication) -> None:
    begun: list[str] = []

    def story() -> Iterator[tuple[str, Wait]]:
        for step in ("one", "two"):
            begun.append(step)
            yield step, lambda: True

    code, _ = told(qapp, story(), lambda: begun.append("watched"))

    assert code == 0
    assert begun == ["watched", "one", "watched", "two", "watched"]


def test_what_somebody_would_have_to_answer_fails() -> None:
    with pytest.raises(SelfTestFailed, match="Save the changes"):
        _NobodyThere().choose("Save the changes?", "", ["Save", "Cancel"])


def test_a_copy_without_its_facts_fails_and_says_so(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from desktop.services import paths;"
        "paths.data = lambda: Path('nowhere'); from desktop.self_test import run;"
        "sys.exit(run(Path(sys.argv[1])))"
    )
    report = tmp_path / "report.txt"

    done = subprocess.run([sys.executable, "-c", program, report], cwd=ROOT)

    assert done.returncode == 1
    assert "facts.yaml" in report.read_text(encoding="utf-8")


def test_an_error_in_a_slot_fails(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from desktop.window import Window;"
        "Window.update_words = lambda window: 1 / 0; from desktop.self_test import run;"
        "sys.exit(run(Path(sys.argv[1])))"
    )
    report = tmp_path / "report.txt"

    done = subprocess.run(
        [sys.executable, "-c", program, report],
        cwd=ROOT,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
    )

    assert done.returncode == 1
    assert "division by zero" in report.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_checkout_passes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--self-test"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "passed")
    assert list(tmp_path.iterdir()) == []
