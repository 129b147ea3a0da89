"""What the window about the program tells: all that it runs on, as the lock has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.services import parts as told
from desktop.services import paths

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_that_is_locked_is_told() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.split("==")[0] for line in lock.splitlines() if "==" in line}

    assert {name.lower() for name in told.PACKAGES} == locked


def test_each_part_has_a_version_and_a_licence() -> None:
    for part in told.parts():
        assert part.version, part
        assert part.licence, part


def test_an_installed_copy_tells_what_its_bill_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    components = [
        {"bom-ref": "qt@6", "name": "Qt", "version": "6", "licenses": [{"license": {"id": "X"}}]},
        {"bom-ref": "a", "name": "a", "version": "1", "licenses": [{"expression": "Y OR Z"}]},
        {"bom-ref": "file:libicu", "name": "libicu", "version": "73"},
    ]
    bill = {"metadata": {"timestamp": "2026-11-22T00:00:00Z"}, "components": components}
    (tmp_path / "sbom.cdx.json").write_text(json.dumps(bill), encoding="utf-8")
    monkeypatch.setattr(paths, "licences", lambda: tmp_path)

    assert told.parts() == (told.Part("Qt", "6", "X"), told.Part("a", "1", "Y OR Z"))
    assert told.built_on() == "2026-11-22"
