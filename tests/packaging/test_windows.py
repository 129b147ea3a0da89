"""The preview for Windows: what it is made of, and reading what its libraries link to."""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "packaging" / "windows"
sys.path.insert(0, str(ROOT / "packaging"))

from executable import Executable  # noqa: E402


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", lock.read_text("utf-8"), re.MULTILINE))


def test_it_is_made_of_the_versions_that_people_run_on_elsewhere() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    allowed = set(re.findall(r"^([a-z0-9-]+)==([\w.]+)", lock, re.MULTILINE))
    taken = pinned(PARTS / "runtime.lock")
    del taken["panda3d"]

    assert set(taken.items()) <= allowed
    assert set(taken) == {name for name, _ in allowed}


def test_each_wheel_has_one_hash_and_it_is_one_of_the_lock() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    for line in (PARTS / "runtime.lock").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line)
            assert line.startswith("panda3d") or line.rpartition(":")[2] in lock


def test_the_installer_registers_its_own_suffix_alone_and_takes_it_back() -> None:
    words = (PARTS / "installer.nsi").read_text("utf-8")
    install, removal = words.split('Section "Uninstall"')
    suffixes = set(re.findall(r"CLASSES}\\(\.\w+)", words))

    assert suffixes == {".facts"}
    assert 'WriteRegStr HKCU "${CLASSES}\\.facts" "" "${KIND}"' in install
    assert 'DeleteRegValue HKCU "${CLASSES}\\.facts" ""' in removal
    assert "HKLM" not in words
    assert "RequestExecutionLevel user" in words


def test_removal_touches_nothing_outside_its_folder_but_its_menu_entry() -> None:
    words = (PARTS / "installer.nsi").read_text("utf-8")
    deleted = re.findall(r'^\s*(?:Delete|RMDir)(?: /r)? "(.+)"', words, re.MULTILINE)

    assert "$SMPROGRAMS\\Charthouse.lnk" in deleted
    deleted.remove("$SMPROGRAMS\\Charthouse.lnk")
    assert all(path.startswith("$INSTDIR") for path in deleted)
    assert 'RMDir /r "$INSTDIR"' not in words


def test_the_launcher_asks_for_no_administrator() -> None:
    tree = ElementTree.parse(PARTS / "charthouse.manifest")
    asked = tree.find(".//{urn:schemas-microsoft-com:asm.v3}requestedExecutionLevel")

    assert asked is not None
    assert asked.get("level") == "asInvoker"


def library(imports: list[str], exports: list[str]) -> bytes:
    """A 64-bit library of one section, as loaded from address 0x1000, with no code in it."""
    base, body = 0x1000, bytearray(0x400)
    at = 0x200

    def put(name: str) -> int:
        nonlocal at
        start = at
        body[at : at + len(name) + 1] = name.encode() + b"\0"
        at += len(name) + 1
        return base + start

    for index, name in enumerate(imports):
        struct.pack_into("<12xI", body, 20 * index, put(name))
    struct.pack_into("<24xI4xI", body, 0x100, len(exports), base + 0x140)
    for index, name in enumerate(exports):
        struct.pack_into("<I", body, 0x140 + 4 * index, put(name))
    optional = bytearray(112 + 8 * 16)
    optional[:2] = b"\x0b\x02"
    struct.pack_into("<IIII", optional, 112, base + 0x100, 40, base, 20 * (len(imports) + 1))
    head = bytearray(0x40)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x40)
    coff = b"PE\0\0" + struct.pack("<2xH12xH2x", 1, len(optional))
    section = bytearray(40)
    offset = len(head) + len(coff) + len(optional) + len(section)
    struct.pack_into("<8xIIII", section, 0, len(body), base, len(body), offset)
    return bytes(head + coff + optional + section + body)


def test_what_a_library_links_to_and_offers_is_read_from_it(tmp_path: Path) -> None:
    path = tmp_path / "a.dll"
    path.write_bytes(library(["KERNEL32.dll", "msvcp140-a4c2.dll"], ["PyList_New", "PyBytes_Size"]))

    assert Executable(path).links_to() == {"KERNEL32.dll", "msvcp140-a4c2.dll"}
    assert Executable(path).offers() == ["PyBytes_Size", "PyList_New"]


def test_a_library_for_another_system_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.dll"
    path.write_bytes(b"\x7fELF" + bytes(200))

    with pytest.raises(ValueError, match=r"a\.dll is no 64-bit"):
        Executable(path)
