"""What the installed program is made of, as a CycloneDX 1.6 bill of materials.

Only what is shipped: the packages of the lock for running, Qt, Python, and what Python itself
brought from the system. Runs in the environment of the build.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Component = dict[str, Any]

_CARRIED = re.compile(r"libicu|libffi-|msvcp\d|vcruntime\d")
_QT = re.compile(r"lib(Qt6\w+)\.so|(Qt6\w+)\.dll")


def packages() -> list[metadata.Distribution]:
    """The packages that the lock for running names and that are here, by name."""
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    names = sorted(set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)))
    return [metadata.distribution(name) for name in names]


def write(program: str, epoch: str) -> None:
    """Write ``licences/sbom.cdx.json`` and the packages' licences into the program's folder."""
    folder = Path(program)
    for package in packages():
        _copy_licences(package, folder / "licences" / "packages" / package.name)
    components = [*_libraries(folder), *map(_of_package, packages())]
    sys.path.insert(0, str(ROOT))
    from desktop import __version__

    own: Component = {
        "type": "application",
        "bom-ref": "charthouse",
        "name": "charthouse",
        "version": __version__,
        "licenses": [{"license": {"id": "MIT"}}],
    }
    body = json.dumps([own, *components])
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, body)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).isoformat(),
            "component": own,
        },
        "components": components,
        "dependencies": [
            {"ref": "charthouse", "dependsOn": [each["bom-ref"] for each in components]}
        ],
    }
    text = json.dumps(bill, indent=1, ensure_ascii=False) + "\n"
    (folder / "licences" / "sbom.cdx.json").write_text(text, encoding="utf-8")


def _of_package(package: metadata.Distribution) -> Component:
    name = package.name.lower().replace("_", "-")
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{package.version}",
        "purl": f"pkg:pypi/{name}@{package.version}",
        "name": package.name,
        "version": package.version,
        "licenses": _licences_of(package),
    }


def _licences_of(package: metadata.Distribution) -> list[Any]:
    told = package.metadata
    if "License-Expression" in told:
        return [{"expression": told["License-Expression"]}]
    declared = [
        each.rpartition("::")[2].strip()
        for each in told.get_all("Classifier") or ()
        if each.startswith("License ::") and not each.endswith("OSI Approved")
    ]
    named = told["License"].splitlines()[:1] if "License" in told else []
    return [{"license": {"name": name}} for name in declared or named or ["see its files"]]


def _copy_licences(package: metadata.Distribution, folder: Path) -> None:
    wanted = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)[^/]*$|/licenses/")
    for file in package.files or ():
        if ".dist-info/" in str(file) and wanted.search(str(file)):
            inside = str(file).split(".dist-info/")[1].removeprefix("licenses/")
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), target)


def _libraries(program: Path) -> Iterator[Component]:
    """Python, Qt's libraries, what the wheels carry, and what came from the system."""
    python = platform.python_version()
    yield {
        "type": "framework",
        "bom-ref": f"cpython@{python}",
        "name": "CPython",
        "version": python,
        "cpe": f"cpe:2.3:a:python:python:{python}:*:*:*:*:*:*:*",
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }
    # Both bear one version, and Qt for another system cannot be asked.
    qt = metadata.version("PySide6-Essentials")
    parts = sorted(
        {
            (found[1] or found[2])
            for path in program.rglob("*Qt6*")
            if (found := _QT.match(path.name))
        }
    )
    yield {
        "type": "framework",
        "bom-ref": f"qt@{qt}",
        "name": "Qt",
        "version": qt,
        "description": f"Linked dynamically: {', '.join(parts)}",
        "cpe": f"cpe:2.3:a:qt:qt:{qt}:*:*:*:*:*:*:*",
        "licenses": [{"license": {"id": "LGPL-3.0-only"}}],
    }
    for path in sorted(program.rglob("*")):
        if path.is_symlink() or not path.is_file() or _QT.match(path.name):
            continue
        carried = path.parent.name.endswith(".libs") or _CARRIED.match(path.name)
        system = path.parent.name == "_internal" and ".so" in path.name
        if carried or (system and not path.name.startswith("libpython")):
            yield _of_file(path, system)


def _of_file(path: Path, from_system: bool) -> Component:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    plain = re.sub(r"-[0-9a-f]{8}", "", path.name)
    name, _, version = plain.removesuffix(".dll").partition(".so")
    component: Component = {
        "type": "library",
        "bom-ref": f"file:{path.name}",
        "name": name,
        "version": version.strip(".") or "unknown",
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
    if from_system:
        owner = _debian_owner(path.name)
        if owner:
            component["version"] = owner[1]
            component["purl"] = f"pkg:deb/debian/{owner[0]}@{owner[1]}?arch=amd64"
    return component


def _debian_owner(library: str) -> tuple[str, str] | None:
    if not shutil.which("dpkg-query"):
        return None
    found = subprocess.run(
        ["dpkg-query", "-S", f"*/{library}"], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not found:
        return None
    package = found[0].split(":")[0]
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f=${source:Package}\t${Version}\n", package],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    source, _, version = shown[0].partition("\t")
    return source, version
