"""Rows of text as a CSV that spreadsheets open as it is, and run nothing of; and read back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from desktop.model.problems import Malformed

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
_QUOTED: Final = re.compile('"(?:[^"]|"")*"')
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as RFC 4180 has them, in UTF-8 with the mark by which spreadsheets know it.

    A cell that would be taken for a formula gets an apostrophe before it (OWASP ASVS 5, 1.2.10).
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[defused(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def read_table(data: bytes | str) -> list[list[str]]:
    """Read the cells of a CSV or TSV file, or of what was copied out of a spreadsheet.

    The sign between cells is a tab where there is one, else the more frequent of comma and
    semicolon. Rows without any words are left out, and an apostrophe that ``to_csv`` has put before
    a formula is taken off again. Raises Malformed.
    """
    text = data if isinstance(data, str) else _decoded(data)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            cells = [_plain(cell) for cell in row]
            if any(cells):
                rows.append(cells)
            if len(rows) > MAX_ROWS:
                raise Malformed("too-many-rows", limit=str(MAX_ROWS))
    except csv.Error as error:
        raise Malformed("not-a-table", detail=str(error)) from error
    if not rows:
        raise Malformed("empty-table")
    widest = max(map(len, rows))
    if widest > MAX_COLUMNS:
        raise Malformed("too-many-columns", limit=str(MAX_COLUMNS))
    return [row + [""] * (widest - len(row)) for row in rows]


def _decoded(data: bytes) -> str:
    # Spreadsheets save "Unicode text" as UTF-16 with its mark.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("not-utf-8", byte=f"0x{data[error.start]:02X}") from error


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    bare = _QUOTED.sub("", first)
    if "\t" in bare:
        return "\t"
    return ";" if bare.count(";") > bare.count(",") else ","


def _plain(cell: str) -> str:
    """A cell in one line, without what cannot be seen nor stand in a facts file."""
    words = " ".join(cell.split())
    if not words.isprintable():
        words = "".join(letter for letter in words if letter.isprintable()).strip()
    return words[1:] if words.startswith("'") and words[1:].startswith(_FORMULA) else words
