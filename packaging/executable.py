"""What Windows's programs and libraries link to and offer, read from the files themselves.

binutils overlooks names that were rewritten after linking, as those in wheels are. Source of the
layout: Microsoft's "PE Format", https://learn.microsoft.com/windows/win32/debug/pe-format.
"""

from __future__ import annotations

import struct
from pathlib import Path

EXPORTS, IMPORTS, DELAYED = 0, 1, 13
DIRECTORIES_AT = 112
IMPORT_SIZE, DELAYED_SIZE = 20, 32


class Executable:
    """One 64-bit file; ValueError if it is none."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        start = self._word(0x3C)
        magic = self._data[start + 24 : start + 26]
        if self._data[start : start + 4] != b"PE\0\0" or magic != b"\x0b\x02":
            raise ValueError(f"{path.name} is no 64-bit program or library for Windows")
        sections, optional = struct.unpack_from("<2xH12xH", self._data, start + 4)
        self._optional = start + 24
        table = self._optional + optional
        self._sections: list[tuple[int, int, int, int]] = [
            struct.unpack_from("<8xIIII", self._data, table + 40 * index)
            for index in range(sections)
        ]

    def links_to(self) -> set[str]:
        """The names of the libraries that this one needs, at once or when first asked."""
        found = set()
        for directory, size, name_at in ((IMPORTS, IMPORT_SIZE, 12), (DELAYED, DELAYED_SIZE, 4)):
            entry = self._directory(directory)
            while entry is not None and (name := self._word(entry + name_at)):
                found.add(self._name(self._at(name)))
                entry += size
        return found

    def asks_of(self, library: str) -> set[str]:
        """The names that this one needs of a library at once."""
        entry, found = self._directory(IMPORTS), set()
        while entry is not None and (name := self._word(entry + 12)):
            thunk = self._at(self._word(entry) or self._word(entry + 16))
            while self._name(self._at(name)) == library and (hint := self._word(thunk)):
                if not self._data[thunk + 7] & 0x80:
                    found.add(self._name(self._at(hint) + 2))
                thunk += 8
            entry += IMPORT_SIZE
        return found

    def offers(self) -> list[str]:
        """The names that others may ask of this library, sorted."""
        entry = self._directory(EXPORTS)
        if entry is None:
            return []
        count, names = self._word(entry + 24), self._at(self._word(entry + 32))
        return sorted(self._name(self._at(self._word(names + 4 * i))) for i in range(count))

    def _directory(self, index: int) -> int | None:
        address = self._word(self._optional + DIRECTORIES_AT + 8 * index)
        return self._at(address) if address else None

    def _at(self, address: int) -> int:
        """Where in the file stands what is loaded at an address."""
        for size, start, stored, offset in self._sections:
            if start <= address < start + max(size, stored):
                return address - start + offset
        raise ValueError(f"no section holds the address {address:#x}")

    def _word(self, offset: int) -> int:
        return int.from_bytes(self._data[offset : offset + 4], "little")

    def _name(self, offset: int) -> str:
        return self._data[offset : self._data.index(b"\0", offset)].decode("ascii")
