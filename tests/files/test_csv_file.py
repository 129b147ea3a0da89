"""A table that leaves the program can be read back, and runs nothing."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.files.csv_file import to_csv

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(first: str) -> None:
    (row,) = read_back(to_csv([[f'{first}HYPERLINK("http://evil.example")', "430"]]))

    assert row == [f'\'{first}HYPERLINK("http://evil.example")', "430"]


@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=8))
def test_whatever_stands_in_cells_is_read_back_and_none_begins_a_formula(
    rows: list[list[str]],
) -> None:
    found = read_back(to_csv(rows))

    plain = [row for row in rows if row != [""]]
    assert [[cell.removeprefix("'") for cell in row] for row in found if row != [""]] == [
        [cell.removeprefix("'") for cell in row] for row in plain
    ]
    assert not any(cell[:1] in tuple("=+-@\t\r") for row in found for cell in row if cell)


def test_spreadsheets_are_told_that_it_is_utf_8() -> None:
    data = to_csv([["Biên Hòa", "430"]])

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"430\r\n")
