"""The preview for Windows under Wine: installed, proven, put over an older one, and removed.

Needs wine64 and Xvfb, and what `make installer-windows` left in build/dist. What Wine 8 lacks is
laid into the installed copy by windows/wine-shims, after what was installed has been compared.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from filecmp import cmp
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "build" / "dist"
LAID_OUT = ROOT / "build" / "installers" / "windows" / "charthouse"
SHIMS = ROOT / "packaging" / "windows" / "wine-shims" / "shims.py"
SCREEN = ":78"

pytestmark = pytest.mark.skipif(not shutil.which("wine"), reason="there is no wine")


class Wine:
    """A Windows of its own in a folder, with a screen."""

    def __init__(self, folder: Path) -> None:
        self._variables = {
            **os.environ,
            "WINEPREFIX": str(folder),
            "WINEDEBUG": "-all",
            "DISPLAY": SCREEN,
        }
        self.run("wineboot", "-i")
        self.registry("add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        # A crash would open a debugger, which waits for ever.
        debugger = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug"
        self.registry("add", debugger, "/v", "Debugger", "/d", "none", "/f")
        self.drive = folder / "drive_c"
        (self.home,) = [path for path in (self.drive / "users").iterdir() if path.name != "Public"]
        self.programs = self.home / "AppData" / "Local" / "Programs"

    def run(self, *command: str | Path, expected: int = 0) -> None:
        # Into no pipe: Wine's server would hold it open after the program has ended.
        ended = subprocess.run(
            [str(part) for part in command],
            env=self._variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=240,
        )
        assert ended.returncode == expected, command

    def registry(self, *words: str, expected: int = 0) -> None:
        self.run("wine", "reg", *words, expected=expected)

    def files(self) -> set[str]:
        return {str(path.relative_to(self.drive)) for path in self.drive.rglob("*")}

    def stop(self) -> None:
        self.run("wineserver", "-k")


@pytest.fixture
def wine(tmp_path: Path) -> Iterator[Wine]:
    screen = subprocess.Popen(["Xvfb", SCREEN, "-screen", "0", "1280x900x24"])
    windows = Wine(tmp_path / "wine")
    yield windows
    windows.stop()
    screen.terminate()
    screen.wait()


def test_the_preview_for_windows(wine: Wine, tmp_path: Path) -> None:
    setups = sorted(DIST.glob("charthouse-*-preview-setup.exe"))
    assert setups, "make installer-windows comes first"
    before = wine.files()
    program = wine.programs / "Charthouse"
    work = wine.home / "AppData" / "Local" / "charthouse" / "unsaved"

    wine.run("wine", setups[-1], "/S")
    laid_out = {path.relative_to(LAID_OUT) for path in LAID_OUT.rglob("*") if path.is_file()}
    installed = {path.relative_to(program) for path in program.rglob("*") if path.is_file()}
    assert installed == laid_out | {Path("Uninstall.exe")}
    assert all(cmp(LAID_OUT / path, program / path, shallow=False) for path in laid_out)
    wine.registry("query", r"HKCU\Software\Classes\.facts", "/ve")

    old = program / "_internal" / "of an older version.pyc"
    old.write_bytes(b"old")
    work.parent.mkdir(parents=True)
    work.write_text("unsaved work")
    wine.run("wine", setups[-1], "/S")
    assert not old.exists()
    assert work.read_text() == "unsaved work"

    subprocess.run([sys.executable, SHIMS, program], check=True)
    report = tmp_path / "self-test.txt"
    wine.run("wine", program / "Charthouse.exe", "--self-test", f"Z:{report}")
    assert report.read_text(encoding="utf-8").splitlines()[-1] == "passed"

    for shim in ("icuuc.dll", "shm-ms-win-crt-math-l1-1-0.dll"):
        (program / shim).unlink()
    where = "C:\\" + str(program.relative_to(wine.drive)).replace("/", "\\")
    wine.run("wine", program / "Uninstall.exe", "/S", f"_?={where}")
    # Told where it stands, it waits until it is done, and cannot delete itself.
    (program / "Uninstall.exe").unlink(missing_ok=True)
    if program.exists():
        program.rmdir()
    assert work.read_text() == "unsaved work"
    # Of the self-test's own folder the lock on its state may stay; it lies in what Windows clears.
    left = {
        path
        for path in wine.files() - before
        if "charthouse" in path.lower()
        and "/Temp/charthouse-self-test-" not in path
        and wine.drive / path not in (work, work.parent)
    }
    assert not left
    wine.registry("query", r"HKCU\Software\Classes\.facts", expected=1)
    wine.registry("query", r"HKCU\Software\Classes\Charthouse.Facts", expected=1)
