"""What a Mac is told of the program, as far as it can be read without one."""

from __future__ import annotations

import plistlib
import re
import struct
import subprocess
import sys
from pathlib import Path

import yaml

from desktop import __version__

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "packaging" / "macos"
sys.path.insert(0, str(ROOT / "packaging"))

import macos  # noqa: E402

SIDES_OF_ICNS = {
    b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512,
    b"ic10": 1024, b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512,
}  # fmt: skip


def test_the_program_opens_its_own_kind_of_file_and_claims_no_other() -> None:
    told = macos.information(__version__)
    exported = told["UTExportedTypeDeclarations"]
    opened = [kind for each in told["CFBundleDocumentTypes"] for kind in each["LSItemContentTypes"]]

    assert opened == [each["UTTypeIdentifier"] for each in exported]
    suffixes = [each["UTTypeTagSpecification"]["public.filename-extension"] for each in exported]
    assert suffixes == [["facts"]]
    assert told["CFBundleShortVersionString"] == __version__


def test_what_is_told_survives_being_written_and_read() -> None:
    told = macos.information(__version__)
    allowed = plistlib.loads((PARTS / "entitlements.plist").read_bytes())

    assert plistlib.loads(plistlib.dumps(told)) == told
    assert all(name.startswith("com.apple.security.cs.") for name in allowed)
    assert "@" not in str(told)


def test_the_mark_has_every_size_of_a_mac(tmp_path: Path) -> None:
    svg = ROOT / "resources" / "icons" / "charthouse.svg"
    subprocess.run(
        [sys.executable, ROOT / "packaging" / "marks.py", svg, tmp_path], check=True, timeout=60
    )
    data = (tmp_path / "charthouse.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8])[0] == len(data)
    sides, at = set(), 8
    while at < len(data):
        kind, size = struct.unpack(">4sI", data[at : at + 8])
        if kind in SIDES_OF_ICNS:
            picture = data[at + 8 : at + size]
            assert picture[:8] == b"\x89PNG\r\n\x1a\n"
            assert struct.unpack(">II", picture[16:24]) == (SIDES_OF_ICNS[kind],) * 2
            sides.add(SIDES_OF_ICNS[kind])
        at += size

    assert {32, 64, 128, 256, 512, 1024} <= sides


def test_what_builds_releases_names_files_that_are_here() -> None:
    path = ROOT / ".github" / "workflows" / "release.yml"
    words = path.read_text("utf-8")
    jobs = yaml.safe_load(words)["jobs"]

    assert {"linux", "windows", "macos"} <= set(jobs)
    for named in re.findall(r"packaging/[\w./]+\.(?:py|plist|lock)", words):
        assert (ROOT / named).is_file(), named
    for name, job in jobs.items():
        assert job.get("needs", name) in jobs
        assert any("self-test" in str(step.get("run")) for step in job["steps"]) or (
            name == "windows-setup"
        )


def test_what_builds_releases_is_pinned_and_may_only_read() -> None:
    words = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    asked = yaml.safe_load(words)
    used = re.findall(r"uses: (\S+)(.*)", words)

    assert used
    for action, comment in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v[\d.]+", comment), action
    assert asked["permissions"] == {}
    for job in asked["jobs"].values():
        assert job.get("permissions", {}) in ({}, {"contents": "read"})
