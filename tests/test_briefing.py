"""A machine without a display: the panes go to files, as they stand in the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run_without_display(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
    command = [sys.executable, "-m", "desktop", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_without_a_display_every_pane_is_written_and_old_sheets_go(tmp_path: Path) -> None:
    folder = tmp_path / "build" / "briefing"
    folder.mkdir(parents=True)
    (folder / "99-facts.png").write_bytes(b"of an earlier run")

    done = run_without_display(tmp_path)

    assert done.returncode == 0
    assert done.stderr == ""
    first, *_progress, last = done.stdout.splitlines()
    assert first.startswith("There is no display")
    written = sorted(path.name for path in folder.iterdir())
    assert last == f"Wrote {len(written)} files."
    assert "briefing.pdf" in written
    assert "99-facts.png" not in written
    for pane in ("overview", "cooperation-areas", "facts"):
        assert any(name.endswith(f"-{pane}.png") for name in written)
    assert (folder / "briefing.pdf").read_bytes().startswith(b"%PDF-")


def test_a_refused_file_is_said_with_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    broken = tmp_path / "facts.yaml"
    broken.write_text("charthouse: 1\nfacts: [\n", encoding="utf-8")

    done = run_without_display(tmp_path, "facts.yaml")

    assert done.returncode == 2
    assert "facts.yaml:3:1: error:" in done.stderr
    assert not (tmp_path / "build").exists()
