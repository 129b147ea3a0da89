"""The locks: every package pinned and hashed, and tests run on the very versions people run on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-build.lock")
GROUPS = {"requirements-test.lock": "test", "requirements-build.lock": "build"}


def entries(lock: str) -> list[str]:
    """Return the entries of a lock, each with its continuation lines."""
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    return text.replace("\\\n", "").splitlines()


def pins(lock: str) -> set[str]:
    return {entry.split("--hash")[0].strip() for entry in entries(lock)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_one_version_with_its_hashes(lock: str) -> None:
    for entry in entries(lock):
        assert re.fullmatch(
            r"[a-z0-9-]+==[\w.]+( ; [^;]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry
        )


@pytest.mark.parametrize("lock", GROUPS)
def test_tests_and_builds_run_on_the_versions_that_people_run_on(lock: str) -> None:
    assert pins("requirements.lock") < pins(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_program_declares_is_locked(lock: str) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = list(settings["project"]["dependencies"])
    if lock in GROUPS:
        declared += settings["dependency-groups"][GROUPS[lock]]
    names = {re.split(r"[<>=]", each)[0].lower().replace(".", "-") for each in declared}

    assert names <= {pin.split("==")[0] for pin in pins(lock)}
