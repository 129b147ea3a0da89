# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///
"""Write the fonts and icons under ``resources/`` anew from the pinned packages they come from.

Both are checked in, so nobody needs this to run or build Charthouse. It is how they are raised to
a newer version: change the pins, run ``uv run packaging/fetch_assets.py`` and look at the
difference. It needs npm, and gives the same bytes at every run.

The fonts are IBM's complete web fonts, unpacked to TrueType because Qt reads WOFF2 only on some
systems. They are complete on purpose: of a font shipped in subsets Qt draws part of a Vietnamese
word in another family. Nothing in them is changed, as their licence asks for the name to be kept.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

RESOURCES = Path(__file__).resolve().parents[1] / "resources"


class Package(NamedTuple):
    """An npm package in one version, with the sha512 of its archive in base64."""

    spec: str
    sha512: str


PLEX = Package(
    "@ibm/plex-sans@1.1.0",
    "WPgvO6Yfj2w5YbhyAr1tv95RUz4LRJlqN+CmYvBglabXteufP1D1E9BABMde+ZIKdRbFJDoKF5eQzfhpnbgZcQ==",
)
TABLER = Package(
    "@tabler/icons@3.51.0",
    "0pinvPZz7YeX+OSfxuEAbnEPWbocVXW5iU8h5lh41pYG8sZuQfpWECC980lxOT0clGIcNGn8xsBr+zKaRGdA/g==",
)

FONTS = ("IBMPlexSans-Regular", "IBMPlexSans-Medium", "IBMPlexSans-SemiBold")
ICONS = (
    "alert-triangle",
    "arrow-right",
    "check",
    "chevron-down",
    "chevron-right",
    "circle-check",
    "clock",
    "copy",
    "equal-not",
    "external-link",
    "file-off",
    "file-text",
    "flag",
    "info-circle",
    "keyboard",
    "link",
    "list",
    "map",
    "moon",
    "player-pause",
    "player-play",
    "question-mark",
    "quote",
    "replace",
    "search",
    "sun",
    "sun-moon",
    "x",
)


def read_package(package: Package) -> tarfile.TarFile:
    """Return the archive of ``package``, fetched by npm; exit if it is not the one pinned."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", package.spec],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        content = next(Path(folder).glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != package.sha512:
        sys.exit(f"{package.spec} is not the archive pinned in {Path(__file__).name}.")
    return tarfile.open(fileobj=io.BytesIO(content))


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return the bytes of the file ``name`` inside a package's archive."""
    member = archive.extractfile(f"package/{name}")
    if member is None:
        sys.exit(f"{name} is a folder in the package, not a file.")
    return member.read()


def write_fonts() -> None:
    """Unpack the fonts the desk uses, one TrueType file a weight, with their licence."""
    folder = RESOURCES / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    with read_package(PLEX) as archive:
        for name in FONTS:
            compressed = read_member(archive, f"fonts/complete/woff2/{name}.woff2")
            font = TTFont(io.BytesIO(compressed), recalcBBoxes=False, recalcTimestamp=False)
            font.flavor = None
            font.save(folder / f"{name}.ttf", reorderTables=False)
        licence = read_member(archive, "LICENSE.txt").replace(b"\r\n", b"\n")
        (folder / "OFL.txt").write_bytes(licence)


def write_icons() -> None:
    """Copy the icons that the theme recolours, as they come, with their licence."""
    folder = RESOURCES / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    with read_package(TABLER) as archive:
        for name in ICONS:
            svg = read_member(archive, f"icons/outline/{name}.svg")
            (folder / f"{name}.svg").write_bytes(svg)
        (folder / "LICENSE.txt").write_bytes(read_member(archive, "LICENSE"))


if __name__ == "__main__":
    write_fonts()
    write_icons()
