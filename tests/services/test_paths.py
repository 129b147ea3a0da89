"""The program finds its own files, installed or in a checkout, and each person's folders."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.services import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    paths.resources.cache_clear()
    paths.data.cache_clear()


def installed(site: Path) -> Path:
    """Lay the module out below ``site`` as a wheel does, and return its package."""
    package = site / "desktop"
    (package / "services").mkdir(parents=True)
    source = Path(paths.__file__).read_text(encoding="utf-8")
    (package / "services" / "paths.py").write_text(source, encoding="utf-8")
    return package


def ask(site: Path, expression: str) -> subprocess.CompletedProcess[str]:
    story = f"from desktop.services import paths; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", story], cwd=site, capture_output=True, text=True, check=False
    )


def test_a_checkout_has_its_files_beside_the_package() -> None:
    assert paths.resources() == ROOT / "resources"
    assert paths.data() == ROOT / "data"


def test_an_installation_has_its_files_inside_the_package(tmp_path: Path) -> None:
    package = installed(tmp_path)
    shipped = package / "_shipped" / "resources"
    shipped.mkdir(parents=True)
    # Someone else's folder of the same name beside the package is not ours.
    (tmp_path / "resources").mkdir()
    assert ask(tmp_path, "paths.resources()").stdout.strip() == str(shipped)


def test_an_installation_in_an_archive_has_its_files_beside_it(tmp_path: Path) -> None:
    package = installed(tmp_path / "laid out")
    shutil.make_archive(str(tmp_path / "library"), "zip", package.parent)
    shipped, licences = tmp_path / "_shipped" / "data", tmp_path / "licences"
    shipped.mkdir(parents=True)
    licences.mkdir()
    story = "import sys; sys.path.insert(0, 'library.zip')\n"
    story += "from desktop.services import paths; print(paths.data(), paths.licences(), sep='\\n')"
    told = subprocess.run(
        [sys.executable, "-c", story], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == [str(shipped), str(licences)]


def test_an_incomplete_installation_says_what_is_missing(tmp_path: Path) -> None:
    installed(tmp_path)
    told = ask(tmp_path, "paths.data()")
    assert told.returncode == 1
    assert "data/ is missing from this installation" in told.stderr


def test_asking_for_a_persons_folder_creates_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    for folder in (paths.state(), paths.cached()):
        assert folder.name == "charthouse"
        assert folder.is_relative_to(tmp_path)
    assert not list(tmp_path.iterdir())
