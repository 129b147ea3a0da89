"""Presenting on two screens: a laptop and a projector on a display of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.display import virtual_display

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 900


@pytest.mark.needs("Xvfb", "openbox", "xrandr", "xdotool")
@pytest.mark.parametrize("scales", ["1;1", "1;1.5"], ids=["alike", "a finer projector"])
def test_a_briefing_survives_what_happens_to_its_screens(tmp_path: Path, scales: str) -> None:
    with virtual_display(tmp_path / "home", size="3286x1080") as environment:
        environment |= {"CHARTHOUSE_TEST_PLATFORM": "xcb", "CHARTHOUSE_TEST_SCREENS": "two"}
        environment["QT_SCREEN_SCALE_FACTORS"] = scales
        options = ["-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'temporary'}"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, "tests/screens"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
