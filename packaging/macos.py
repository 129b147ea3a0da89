"""Charthouse.app for macOS, from what PyInstaller laid out on a Mac. Not yet run.

python3 packaging/macos.py FOLDER    lay out FOLDER/Charthouse.app
"""

from __future__ import annotations

import plistlib
import shutil
import sys
from pathlib import Path
from typing import Any

import frozen

PARTS = frozen.HERE / "macos"


def information(version: str) -> dict[str, Any]:
    """What the system is told of the program and of its kind of file."""
    words = (PARTS / "Info.plist.in").read_text(encoding="utf-8")
    told: dict[str, Any] = plistlib.loads(words.replace("@VERSION@", version).encode())
    return told


def bundle(target: Path) -> Path:
    """Lay ``Charthouse.app`` out in a folder, with its licences, and return it."""
    build = frozen.BUILD / "mac"
    program = frozen.freeze(build)
    app = target / "Charthouse.app"
    shutil.rmtree(app, ignore_errors=True)
    shutil.copytree(build / "Charthouse.app", app, symlinks=True)
    shutil.copytree(program / "licences", app / "Contents" / "licences")
    return app


if __name__ == "__main__":
    print(bundle(Path(sys.argv[1]).resolve()))
