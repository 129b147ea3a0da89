"""The start of the program, measured as `--bench-start` does: nothing heavy before the paint."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench.facts import facts_file

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[[Path], dict[str, Any]]

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "data" / "facts.yaml"


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Start on a file in a process of its own, and read what it measured."""

    def start_on(path: Path) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--bench-start", str(path)],
            cwd=ROOT,
            env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "config")},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert len(lines) == 1
        report: dict[str, Any] = json.loads(lines[0])
        return report

    return start_on


def test_the_shipped_facts_are_painted_with_nothing_heavy_loaded(start: Start) -> None:
    report = start(SHIPPED)

    assert report["heavy"] == []
    assert report["facts"] > 100
    assert report["said"] == ""
    stages = list(report["stages"].values())
    assert stages == sorted(stages)
    assert report["cpu"] == report["stages"]["painted"] > 0
    assert report["modules"] < 300


def test_what_a_start_keeps_of_the_window_is_nothing(start: Start, tmp_path: Path) -> None:
    start(SHIPPED)

    kept = list((tmp_path / "config").rglob("*.ini"))
    words = "".join(file.read_text(encoding="utf-8") for file in kept)
    assert "geometry" not in words


def test_a_broken_file_starts_too_and_is_said_to_be_broken(start: Start, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("charthouse: 1\nabout: {title: [", encoding="utf-8")

    report = start(broken)

    assert f"{broken}:2:" in report["said"]
    assert report["facts"] == 0
    assert report["heavy"] == []


def test_a_missing_file_starts_too_and_is_said_to_be_missing(start: Start, tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"

    report = start(missing)

    assert str(missing) in report["said"]
    assert report["facts"] == 0
    assert report["heavy"] == []


def test_a_large_file_does_not_keep_the_window_waiting(start: Start, tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(facts_file(40_000))

    report = start(large)

    assert report["facts"] == 0, "it is still being read when the window stands"
    assert "large.yaml" in report["said"]


READ = """
import linecache, sys
from desktop.__main__ import main

code = main(["--bench-start", sys.argv[1]])
print(code, *[name for name in linecache.cache if "desktop" in name])
"""


def test_no_source_is_read_to_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(SHIPPED)],
        cwd=ROOT,
        env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "0"


AHEAD = """
import sys, time
from pathlib import Path
from desktop.app import App, new_application
from desktop.services.settings import Settings

application = new_application()
app = App(application, Settings(Path(sys.argv[1], "settings.ini")))
window = app.start(Path(sys.argv[2]))
window.show()
before = "numpy" in sys.modules
app.load_ahead()
until = time.monotonic() + 60
while "desktop.panes.sea" not in sys.modules and time.monotonic() < until:
    application.processEvents()
    time.sleep(0.001)
print(before, "desktop.panes.sea" in sys.modules, window.current_tab())
window.close()
app.workspace.jobs.shut_down()
"""


def test_the_map_is_loaded_while_the_reader_looks_at_the_overview(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AHEAD, str(tmp_path), str(SHIPPED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.split() == ["False", "True", "overview"]
