"""What the program is made of: each part with its version and licence."""

from __future__ import annotations

import json
import platform
from importlib import metadata
from pathlib import Path
from typing import Any, Final, NamedTuple

from PySide6.QtCore import qVersion

from desktop.services import paths

PACKAGES: Final = (
    "lxml",
    "msgspec",
    "numpy",
    "pillow",
    "platformdirs",
    "pypdf",
    "PySide6-Essentials",
    "python-pptx",
    "PyYAML",
    "shiboken6",
    "typing-extensions",
    "XlsxWriter",
)
"""The Python packages that the program runs on, as the lock names them."""


class Part(NamedTuple):
    """One part; ``licence`` is an SPDX expression or the name its makers give it."""

    name: str
    version: str
    licence: str


def parts() -> tuple[Part, ...]:
    """Python and Qt, then all else by name.

    An installed copy reads them from the bill that came with it, others from what they run on.
    """
    licences = paths.licences()
    bill = licences / "sbom.cdx.json" if licences else None
    if bill is not None and bill.exists():
        return _of_bill(bill)
    own = (
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("Qt", qVersion(), "LGPL-3.0-only"),
    )
    return (*own, *(_of_package(name) for name in PACKAGES if _is_here(name)))


def built_on() -> str:
    """The day on which an installed copy was built, as 2026-11-22; empty for others."""
    licences = paths.licences()
    if licences is None:
        return ""
    bill = json.loads((licences / "sbom.cdx.json").read_text(encoding="utf-8"))
    return str(bill["metadata"]["timestamp"])[:10]


def _of_bill(bill: Path) -> tuple[Part, ...]:
    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    return tuple(
        Part(each["name"], each["version"], _licence(each))
        for each in components
        if not each["bom-ref"].startswith("file:")
    )


def _licence(component: dict[str, Any]) -> str:
    told = component.get("licenses", ())
    return ", ".join(
        each["expression"] if "expression" in each else _named(each["license"]) for each in told
    )


def _named(licence: dict[str, str]) -> str:
    return licence.get("id") or licence.get("name", "")


def _is_here(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _of_package(name: str) -> Part:
    told = metadata.metadata(name)
    declared = ", ".join(
        line.rpartition("::")[2].strip()
        for line in told.get_all("Classifier") or ()
        if line.startswith("License ::")
    ) or _told(told, "License")
    return Part(name, metadata.version(name), _told(told, "License-Expression") or declared)


def _told(told: metadata.PackageMetadata, field: str) -> str:
    return told[field].partition("\n")[0] if field in told else ""
