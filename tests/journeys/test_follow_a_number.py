"""From a number on screen to the words and the source it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.panes.fact_view import FactView
from desktop.panes.overview import OverviewPane
from desktop.widgets.link import Link
from desktop.widgets.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desk import Desk

# As it stands in the source that the shipped file cites for the total.
QUOTED = "has increased from 300 million USD to 430 million USD"


class Browser(QObject):
    """Stands in for the person's browser and keeps what it is asked to open."""

    def __init__(self) -> None:
        super().__init__()
        self.visited: list[str] = []

    @Slot(QUrl)
    def visit(self, url: QUrl) -> None:
        self.visited.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    for scheme in ("http", "https"):
        QDesktopServices.setUrlHandler(scheme, browser, "visit")
    yield browser
    for scheme in ("http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def overview(desk: Desk) -> OverviewPane:
    pane = desk.pane()
    assert isinstance(pane, OverviewPane)
    return pane


def test_a_click_on_the_number_in_the_bottom_line_shows_its_quotation(opened: Desk) -> None:
    line = overview(opened).bottom_line
    assert line.link_words() == ["$430\u00a0million"]

    opened.click_link(line)

    assert opened.window.drawer.isVisible()
    assert QUOTED in opened.seen(opened.window.drawer)


def test_the_number_is_followed_by_keyboard_alone_and_escape_leads_back(opened: Desk) -> None:
    line = overview(opened).bottom_line
    opened.tab_to(line)

    opened.press(Qt.Key.Key_Return)

    assert QUOTED in opened.seen(opened.window.drawer)
    assert opened.window.drawer.isAncestorOf(opened.focus())

    opened.press(Qt.Key.Key_Escape)

    assert not opened.window.drawer.isVisible()
    assert opened.focus() is line


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_figure_opens_by_every_key_that_chooses(opened: Desk, key: Qt.Key) -> None:
    row = overview(opened).key_figures.row("remains-reported-2025")
    assert isinstance(row, Row)
    opened.tab_to(row)

    opened.press(key)

    view = opened.window.drawer.findChild(FactView)
    assert view is not None
    assert view.fact_id == "remains-reported-2025"


def test_the_link_to_the_source_says_its_true_host_and_opens_nothing_unasked(
    opened: Desk, browser: Browser
) -> None:
    row = overview(opened).key_figures.row("bien-hoa-commitment-2025")
    assert isinstance(row, Row)
    opened.click(row)
    links = [
        link
        for link in opened.window.drawer.findChildren(Link)
        if link.words() == "Opens en.nhandan.vn"
    ]
    assert links
    assert browser.visited == []

    opened.prompts.answers = ["Cancel"]
    opened.click(links[0])

    assert browser.visited == []
    assert "It lies at en.nhandan.vn." in "\n".join(opened.prompts.said)

    opened.prompts.answers = ["Open"]
    opened.click(links[0])

    assert [url.split("/")[2] for url in browser.visited] == ["en.nhandan.vn"]


def test_the_source_of_the_fact_in_view_is_a_key_away_in_every_pane(opened: Desk) -> None:
    opened.app.workspace.selection.select("remains-reported-2025")
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_5):
        opened.press(key, Qt.KeyboardModifier.ControlModifier)

        opened.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)

        assert opened.window.drawer.isVisible()
        assert "remains-reported-2025" in opened.seen(opened.window.drawer)
        opened.press(Qt.Key.Key_Escape)


def test_ctrl_enter_takes_the_fact_in_view_home(opened: Desk) -> None:
    row = overview(opened).latest.row(overview(opened).latest.keys()[0])
    assert isinstance(row, Row)
    opened.click(row)

    opened.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert opened.window.current_tab() == "facts"
    assert not opened.window.drawer.isVisible()
    assert str(row.key) in opened.seen(opened.pane())
