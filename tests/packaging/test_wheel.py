"""What ``pip install`` gives: wheel and sdist carry all that Charthouse needs, and it starts.

Built by the real back end and installed by the real pip into an empty environment. The packages it
depends on are lent from the environment of the tests; nothing is fetched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import desktop

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``command`` away from the checkout, so that nothing is found there by accident."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
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


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment into which only the wheel was installed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", symlinks=os.name != "nt")
    place = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
    scripts = Path(sysconfig.get_path("scripts", "venv", vars=place))
    done = run(
        *(sys.executable, "-m", "pip", "--python", scripts / Path(sys.executable).name),
        *("install", "--no-deps", "--no-index", "--quiet", wheel),
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    lent = Path(sysconfig.get_path("purelib", "venv", vars=place)) / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n")
    return scripts


@pytest.fixture(scope="module")
def shipped_facts(programs: Path) -> Path:
    """The facts file as installed, found where the installed program says that it stands."""
    where = "from desktop.services import paths; print(paths.data())"
    found = Path(run(programs / "python", "-c", where, cwd=programs).stdout.strip())
    assert found.is_relative_to(programs.parent)
    return found / "facts.yaml"


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
    subprocess.run(["tar", "-xf", sdist, "-C", tmp_path], check=True)

    again = build("wheel", tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path / "again")

    assert names_in(again) == names_in(wheel)


def test_the_installed_program_knows_its_version(programs: Path, tmp_path: Path) -> None:
    done = run(programs / "charthouse", "--version", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert desktop.__version__ in done.stdout


def test_the_installed_program_finds_no_error_in_the_facts_it_ships(
    programs: Path, shipped_facts: Path, tmp_path: Path
) -> None:
    done = run(programs / "charthouse", "check", shipped_facts, cwd=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_program_opens_its_window_on_them(
    programs: Path, shipped_facts: Path, tmp_path: Path
) -> None:
    done = run(programs / "charthouse", "--bench-start", shipped_facts, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["facts"] > 90
