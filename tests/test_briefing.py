"""A machine without a display: the panes go to files, as they stand in the window."""

from __future__ import annotations

import os
import shutil
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
    (folder / "999-facts.png").write_bytes(b"of an earlier run")

    small = shutil.copy(ROOT / "tests" / "panes" / "small_facts.yaml", tmp_path / "facts.yaml")
    done = run_without_display(tmp_path, small)

    assert done.returncode == 0
    assert done.stderr == ""
    first, *_progress, last = done.stdout.splitlines()
    assert first.startswith("There is no display")
    written = sorted(path.name for path in folder.iterdir())
    assert last == f"Wrote {len(written)} files."
    assert "briefing.pdf" in written
    assert "999-facts.png" not in written
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


def facts_with_a_secret(folder: Path) -> Path:
    """A small sea of which one call is withheld from Hanoi."""
    text = (ROOT / "tests" / "panes" / "sea_facts.yaml").read_text("utf-8")
    call = "    statement: Two ships call at Da Nang.\n"
    assert call in text
    path = folder / "facts.yaml"
    path.write_text(text.replace(call, f"{call}    withhold_from: [hanoi-vi]\n"), "utf-8")
    return path


def test_the_sea_is_exported_for_an_audience_without_what_it_is_not_shown(tmp_path: Path) -> None:
    file = facts_with_a_secret(tmp_path)
    wanted = ("export", str(file), "--pane", "sea", "--to", "geojson", "--out", "out")

    done = run_without_display(tmp_path, *wanted, "--audience", "hanoi-vi")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(Path("out", "sea.geojson"))
    written = (tmp_path / "out" / "sea.geojson").read_text("utf-8")
    assert "Đà Nẵng" in written
    assert "earlier-call" in written
    assert "last-call" not in written


def test_another_pane_is_exported_on_paper(tmp_path: Path) -> None:
    file = facts_with_a_secret(tmp_path)

    done = run_without_display(
        tmp_path, "export", str(file), "--pane", "areas", "--to", "pdf", "--out", "out"
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "areas.pdf").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_exported_is_said_in_words(tmp_path: Path) -> None:
    file = facts_with_a_secret(tmp_path)
    wanted = ("export", str(file), "--pane", "sea", "--to", "png", "--out")

    strange = run_without_display(tmp_path, *wanted, "out", "--audience", "hanoii")
    full = run_without_display(tmp_path, *wanted, str(file / "below"))

    assert (strange.returncode, full.returncode) == (2, 2)
    assert "no audience “hanoii”" in strange.stderr
    assert "washington, hanoi-vi" in strange.stderr
    assert f"{file / 'below'} cannot be written" in full.stderr
    assert not (tmp_path / "out").exists()


def test_records_that_are_left_out_are_told_by_exit_code_1(tmp_path: Path) -> None:
    file = facts_with_a_secret(tmp_path)
    text = file.read_text("utf-8").replace("when: 2016-10-02", "when: 2 October 2016")
    file.write_text(text, "utf-8")

    done = run_without_display(
        tmp_path, "export", str(file), "--pane", "sea", "--to", "geojson", "--out", "out"
    )

    assert done.returncode == 1
    assert "1 record holds errors and is left out" in done.stderr
    assert "bay-call" not in (tmp_path / "out" / "sea.geojson").read_text("utf-8")
