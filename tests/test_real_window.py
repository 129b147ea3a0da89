"""The same journeys in a real window: on a screen of its own, under a window manager."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.display import virtual_display

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 900


@pytest.mark.needs("Xvfb", "openbox")
def test_the_journeys_lead_to_their_ends_in_a_real_window(tmp_path: Path) -> None:
    with virtual_display(tmp_path / "home") as environment:
        environment["CHARTHOUSE_TEST_PLATFORM"] = "xcb"
        # Not the cache of the run around this one, and no third run within it.
        # The cat on the keys walks the same panes without a screen.
        options = [
            "--ignore=tests/journeys/test_gremlins.py",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--basetemp={tmp_path / 'temporary'}",
        ]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, "tests/journeys"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
