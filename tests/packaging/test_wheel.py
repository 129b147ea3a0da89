"""What ``pip install`` gives: wheel and sdist carry all that Charthouse needs, and it starts.

Built by the real back end and installed by the real pip into an empty environment. The packages it
depends on are lent from the environment of the tests; nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import desktop

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``command`` away from the checkout, so that nothing is found there by accident."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )


def build(kind: str, source: Path, target: Path) -> Path:
    """Build the ``wheel`` or ``sdist`` of ``source`` into ``target`` and return the file."""
    done = run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        kind,
        "--directory",
        target,
        cwd=source,
    )
    assert done.returncode == 0, done.stderr
    return next(target.iterdir())


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_carries_the_program_its_facts_and_its_looks(wheel: Path) -> None:
    names = names_in(wheel)

    for folder, pattern in [("resources/fonts", "*"), ("resources/icons", "*"), ("data", "*.yaml")]:
        for path in (ROOT / folder).glob(pattern):
            assert f"desktop/_shipped/{folder}/{path.name}" in names
    assert "desktop/_shipped/resources/LICENSES.md" in names
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "desktop").rglob("*.py")} <= names


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names_in(wheel)}

    assert tops == {"desktop", f"charthouse-{desktop.__version__}.dist-info"}
    assert not [name for name in names_in(wheel) if name.endswith(".pyc") or "/." in name]


def test_the_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")

    again = build("wheel", next((tmp_path / "unpacked").iterdir()), tmp_path / "again")

    assert names_in(again) == names_in(wheel)
