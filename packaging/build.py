"""Builds what people install, into ``build/dist``.

    python3 packaging/build.py all             all of it that this system can build
    python3 packaging/build.py linux-deb | linux-run | windows-setup
    python3 packaging/build.py sbom | checksums
    python3 packaging/build.py verify          build twice and compare the bytes

SOURCE_DATE_EPOCH, else the time of the last commit, is the time that every file bears.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import frozen
import linux
import windows

DIST = frozen.ROOT / "build" / "dist"
ONE, OTHER = frozen.BUILD / "one", frozen.BUILD / "other"
WINDOWS = frozen.BUILD / "windows"


def main(asked: list[str]) -> int:
    """Build what is asked for and return the exit code."""
    steps: dict[str, Callable[[], None]] = {
        "linux-deb": lambda: _build(linux.deb),
        "linux-run": lambda: _build(linux.installer),
        "windows-setup": lambda: _timed("", lambda: windows.setup(WINDOWS, DIST)),
        "sbom": _sbom,
        "checksums": _checksums,
        "verify": _verify,
    }
    names = asked
    if asked == ["all"]:
        there = ["windows-setup"] if windows.can_be_built() else []
        names = ["linux-deb", "linux-run", *there, "sbom", "checksums"]
    if not names or any(name not in steps for name in names):
        print((__doc__ or "").split("\n\n")[1], file=sys.stderr)
        return 2
    DIST.mkdir(parents=True, exist_ok=True)
    frozen.BUILD.mkdir(parents=True, exist_ok=True)
    if {"linux-deb", "linux-run", "sbom"} & set(names):
        _timed("charthouse, laid out", lambda: frozen.freeze(ONE))
    for name in names:
        steps[name]()
    return 0


def _build(make: Callable[[Path, Path], Path]) -> None:
    _timed("", lambda: make(ONE, DIST))


def _timed(name: str, make: Callable[[], Path]) -> None:
    since = time.monotonic()
    made = make()
    size = (
        made.stat().st_size
        if made.is_file()
        else sum(path.lstat().st_size for path in made.rglob("*") if not path.is_dir())
    )
    print(f"{name or made.name}: {size / 1e6:.1f} MB, {time.monotonic() - since:.0f} s", flush=True)


def _sbom() -> None:
    shutil.copy(ONE / "charthouse" / "licences" / "sbom.cdx.json", DIST / "sbom.cdx.json")


def _checksums() -> None:
    """SHA256SUMS over all that is there, as ``sha256sum --check`` reads it."""
    lines = [
        f"{_digest(path)}  {path.name}\n"
        for path in sorted(DIST.iterdir())
        if path.name != "SHA256SUMS"
    ]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _verify() -> None:
    """Build everything twice from nothing; SystemExit names the files whose bytes differ."""
    digests: list[dict[str, str]] = []
    for build in (ONE, OTHER):
        frozen.freeze(build)
        target = build / "dist"
        target.mkdir()
        made = [linux.deb(build, target), linux.installer(build, target)]
        made.append(build / "charthouse" / "licences" / "sbom.cdx.json")
        if windows.can_be_built():
            made.append(windows.setup(build / "windows", target))
        digests.append({path.name: _digest(path) for path in made})
    for name, digest in digests[0].items():
        print(f"{digest}  {name}  {'same' if digests[1][name] == digest else 'DIFFERS'}")
    if digests[0] != digests[1]:
        raise SystemExit("The two builds differ.")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
