"""The command line, up to the point where it hands over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __version__
from desktop.__main__ import main

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_names_every_command(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([flag]) == 0

    told = capsys.readouterr().out
    for word in ("check", "schema", "--bench-start", "--version"):
        assert word in told


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0

    assert capsys.readouterr().out == f"charthouse {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["one.yaml", "two.yaml"], ["--bench-start"], ["facts.yaml", "--dark"]],
)
def test_what_is_not_understood_is_answered_with_the_help(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "usage:" in told.err


def test_check_and_schema_work_where_qt_cannot(tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError('no Qt here')", encoding="utf-8")
    for arguments in (["check", "data/facts.yaml"], ["schema"], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.needs("Xvfb", "openbox")
def test_the_window_opens_on_a_screen_and_closes_with_its_manager(tmp_path: Path) -> None:
    """From the command line to the exit code, with nothing of ours in between."""
    from tests.display import virtual_display

    program = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication;"
        "import desktop.app as app; made = app.new_application\n"
        "def closing():\n"
        "    application = made()\n"
        "    application.focusWindowChanged.connect(lambda window: window and window.close())\n"
        "    return application\n"
        "app.new_application = closing\n"
        "from desktop.__main__ import main; sys.exit(main(['data/facts.yaml']))"
    )
    with virtual_display(tmp_path / "home") as environment:
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    kept = list((tmp_path / "home").rglob("charthouse.ini"))
    assert len(kept) == 1
    assert "geometry=" in kept[0].read_text(encoding="utf-8")
