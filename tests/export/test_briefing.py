"""A briefing on paper: every fact whole, the marking on every sheet, vectors with their fonts."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.export.briefing import write_briefing
from desktop.export.pages import SHEET_PX, Heading, Page, Sheet, cut, sheets
from desktop.services.colours import light
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme

HEADING = Heading("UNCLASSIFIED – PUBLIC SOURCES", "A title", "As of 12 Dec 2025", "facts.yaml")
BODY_PX = 781

pytestmark = pytest.mark.usefixtures("theme")


class FactRow(Row):
    def __init__(self) -> None:
        super().__init__()
        self.words = Text(wrap=True)
        QVBoxLayout(self).addWidget(self.words)


class Pane(QWidget):
    """A scrolling pane with as many rows as it is given."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.inside = QWidget()
        self.list = LazyList()
        column = QVBoxLayout(self.inside)
        column.addWidget(Text("What is known", "title"))
        column.addWidget(self.list)
        column.addStretch(1)
        QVBoxLayout(self).addWidget(Scroll(self.inside))
        self.list.set_rows(range(count), FactRow, self.fill)

    def fill(self, row: FactRow, key: int) -> None:
        row.words.setText(f"Fact number {key} says what it says. " * (1 + key % 5))

    def content(self) -> QWidget:
        return self.inside


class Table(QWidget):
    """Draws its own rows, of the heights given, and knows where they end."""

    def __init__(self, heights: list[int]) -> None:
        super().__init__()
        self._heights = heights

    def sizeHint(self) -> QSize:
        return QSize(100, sum(self._heights))

    def breaks(self) -> tuple[int, ...]:
        return tuple(sum(self._heights[: number + 1]) for number in range(len(self._heights)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, end in enumerate(self.breaks()):
            height = self._heights[number]
            painter.fillRect(0, end - height + 2, self.width(), height - 4, light().ink)
        painter.end()


@pytest.fixture
def page_of(qtbot: QtBot) -> Callable[[int], Page]:
    panes: list[Pane] = []

    def make(count: int) -> Page:
        pane = Pane(count)
        qtbot.addWidget(pane)
        panes.append(pane)
        return Page("Overview", pane, pane.content)

    return make


def quiet(_fraction: float, _words: str) -> None:
    """Nobody is watching."""


def pixels(sheet: Sheet) -> QImage:
    image = QImage(SHEET_PX, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet.paint(painter)
    painter.end()
    return image


@given(
    heights=st.lists(st.integers(1, 1500), min_size=1, max_size=60),
    body_px=st.integers(200, 900),
)
def test_cuts_cover_everything_once_and_go_through_no_row_that_fits(
    heights: list[int], body_px: int
) -> None:
    ends = [sum(heights[: number + 1]) for number in range(len(heights))]

    cuts = cut(ends, ends[-1], body_px)

    assert cuts[0][0] == 0
    assert cuts[-1][1] == ends[-1]
    assert all(one[1] == other[0] for one, other in pairwise(cuts))
    assert all(0 < bottom - top <= body_px for top, bottom in cuts)
    for end, height in zip(ends, heights, strict=True):
        through = [bottom for _top, bottom in cuts if end - height < bottom < end]
        assert not through or height > body_px - max(heights)


def test_a_long_pane_is_built_whole_and_cut_between_rows(
    page_of: Callable[[int], Page],
) -> None:
    page = page_of(150)

    found = sheets([page], HEADING)

    assert isinstance(page.pane, Pane)
    rows = [page.pane.list.row(key) for key in range(150)]
    assert all(row is not None for row in rows)
    assert len(found) > 3
    assert [sheet.number for sheet in found] == list(range(1, len(found) + 1))
    assert {sheet.total for sheet in found} == {len(found)}
    edges = [sheet.bottom for sheet in found[:-1]]
    for row in rows:
        assert row is not None
        top = row.mapTo(page.content(), row.rect().topLeft()).y()
        assert not any(top < edge < top + row.height() for edge in edges)


def test_a_page_a_little_too_high_is_set_smaller_and_stays_on_one_sheet(
    page_of: Callable[[int], Page],
) -> None:
    found = ((count, sheets([page_of(count)], HEADING)) for count in range(25, 5, -1))
    at_full_size = next(count for count, cuts in found if len(cuts) == 1 and cuts[0].scale >= 1)

    little_more = sheets([page_of(at_full_size + 1)], HEADING)

    assert len(little_more) == 1
    assert 0.8 <= little_more[0].scale < 1


def test_every_sheet_carries_its_marking_at_top_and_bottom(
    page_of: Callable[[int], Page],
) -> None:
    green = light().unclassified
    for sheet in sheets([page_of(40)], HEADING):
        image = pixels(sheet)
        for y in (2, SHEET_PX.height() - 3):
            assert image.pixelColor(5, y) == green
            assert image.pixelColor(SHEET_PX.width() - 5, y) == green
        assert image.pixelColor(5, SHEET_PX.height() // 2) == light().page


def test_a_widget_that_draws_its_own_rows_says_where_it_may_be_cut(qtbot: QtBot) -> None:
    table = Table([300] * 9)
    qtbot.addWidget(table)

    found = sheets([Page("Facts", QWidget(table), lambda: table)], HEADING)

    assert [(sheet.top, sheet.bottom) for sheet in found] == [
        (0, 600),
        (600, 1200),
        (1200, 1800),
        (1800, 2400),
        (2400, 2700),
    ]


def test_the_folder_holds_one_pdf_and_an_image_of_each_sheet(
    page_of: Callable[[int], Page], tmp_path: Path
) -> None:
    heard: list[tuple[float, str]] = []
    folder = tmp_path / "build" / "briefing"

    def hear(fraction: float, words: str) -> None:
        heard.append((fraction, words))

    short = page_of(3)._replace(title="Biển Đông")
    written = write_briefing([page_of(90), short], HEADING, folder, hear)

    assert written[0] == folder / "briefing.pdf"
    assert sorted(path.name for path in written) == sorted(path.name for path in folder.iterdir())
    assert written[1].name == "01-overview.png"
    assert written[-1].name.endswith("-bien-dong.png")
    for path in written[1:]:
        image = QImage(str(path))
        assert image.size() == SHEET_PX * 2
    fractions = [fraction for fraction, _words in heard]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_the_pdf_is_of_vectors_with_its_fonts_and_its_title(
    page_of: Callable[[int], Page], tmp_path: Path
) -> None:
    written = write_briefing([page_of(60)], HEADING, tmp_path, quiet)

    data = written[0].read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", data)) == len(written) - 1
    assert b"/FontFile2" in data
    assert b"/Subtype /Image" not in data
    assert "A title".encode("utf-16-be") in data


def test_writing_again_replaces_what_was_there(
    page_of: Callable[[int], Page], tmp_path: Path
) -> None:
    (tmp_path / "briefing.pdf").write_text("an earlier one")

    write_briefing([page_of(2)], HEADING, tmp_path, quiet)

    assert (tmp_path / "briefing.pdf").read_bytes().startswith(b"%PDF-")
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_cannot_be_written_is_an_os_error(
    page_of: Callable[[int], Page], tmp_path: Path
) -> None:
    (tmp_path / "briefing").write_text("a file where the folder should be")

    with pytest.raises(OSError, match="briefing"):
        write_briefing([page_of(2)], HEADING, tmp_path / "briefing", quiet)


def test_the_theme_of_paper_is_light_whatever_the_screen_wears(
    page_of: Callable[[int], Page], theme: Theme
) -> None:
    theme.set_mode("dark")

    image = pixels(sheets([page_of(3)], HEADING)[0])

    assert image.pixelColor(5, SHEET_PX.height() // 2) == light().page
