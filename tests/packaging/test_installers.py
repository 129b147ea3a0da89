"""What installers say of the program: entries, kinds and manuals that systems understand."""

from __future__ import annotations

import configparser
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
LINUX = PACKAGING / "linux"
KIND = "application/vnd.charthouse.facts+yaml"
SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


def filled(name: str, folder: Path) -> Path:
    """A file as a build fills it in."""
    words = (LINUX / name).read_text(encoding="utf-8")
    path = folder / name
    path.write_text(words.replace("@VERSION@", "1.2.3").replace("@DATE@", "2026-11-22"))
    return path


def test_the_menu_entry_opens_our_kind_of_file_alone() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "charthouse.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]

    assert told["MimeType"] == f"{KIND};"
    assert told["Exec"] == "charthouse %f"
    assert told["StartupWMClass"] == "charthouse"


def test_only_our_own_suffix_is_claimed() -> None:
    kind = ElementTree.parse(LINUX / "charthouse.xml").find(f"{SPACE}mime-type")
    assert kind is not None

    assert kind.get("type") == KIND
    assert [glob.get("pattern") for glob in kind.findall(f"{SPACE}glob")] == ["*.facts"]


def test_the_metainfo_names_the_menu_entry_and_the_kind_of_file() -> None:
    told = ElementTree.parse(LINUX / "metainfo.xml").getroot()

    assert told.findtext("launchable") == "charthouse.desktop"
    assert told.findtext("provides/mediatype") == KIND
    assert told.findtext("project_license") == "MIT"


@pytest.mark.needs("desktop-file-validate")
def test_the_menu_entry_is_found_valid() -> None:
    done = subprocess.run(
        ["desktop-file-validate", LINUX / "charthouse.desktop"], capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.needs("appstreamcli")
def test_the_metainfo_is_found_valid(tmp_path: Path) -> None:
    path = filled("metainfo.xml", tmp_path).rename(tmp_path / "charthouse.metainfo.xml")
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", path], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["install.sh", "uninstall.sh", "postrm"])
def test_the_scripts_are_plain_shell(name: str) -> None:
    done = subprocess.run(["sh", "-n", LINUX / name], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_spec_is_python() -> None:
    compile((PACKAGING / "charthouse.spec").read_text(encoding="utf-8"), "charthouse.spec", "exec")


def test_the_builder_names_what_it_builds() -> None:
    done = subprocess.run(
        [sys.executable, PACKAGING / "build.py", "nonsense"], capture_output=True, text=True
    )

    assert done.returncode == 2
    for name in ("linux-deb", "linux-run", "sbom", "checksums", "verify"):
        assert name in done.stderr
