"""Going from pane to pane, in light and dark, for one audience and another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMenu, QWidget

from desktop.panes.areas import AreasPane
from desktop.panes.fact_view import FactView
from desktop.panes.facts import FactsPane
from desktop.panes.overview import OverviewPane
from desktop.panes.search import Search
from desktop.services.theme import Theme
from desktop.widgets.text import Text
from tests.desk import CTRL, Desk

TABS = ["overview", "areas", "legacy", "sea", "timeline", "facts", "briefings"]
QUOTED = "has increased from 300 million USD to 430 million USD"


class Painted(QObject):
    """Keeps which widgets are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: set[QWidget] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widgets.add(watched)
        return False


def choose_in(menu: QMenu, words: str) -> None:
    """Choose an entry as the mouse would, having opened the menu."""
    menu.aboutToShow.emit()
    entries = [entry for entry in menu.actions() if entry.text() == words]
    assert len(entries) == 1, [entry.text() for entry in menu.actions()]
    entries[0].trigger()


def test_every_pane_is_a_key_and_a_click_away(opened: Desk) -> None:
    for number, tab in enumerate(TABS):
        opened.press(Qt.Key(Qt.Key.Key_1 + number), CTRL)
        assert opened.window.current_tab() == tab
        assert opened.pane().isVisible()
    for number, tab in enumerate(TABS):
        opened.click_tab(number)
        assert opened.window.current_tab() == tab
        assert opened.pane().isVisible()

    opened.press(Qt.Key.Key_PageDown, CTRL)
    assert opened.window.current_tab() == "overview"
    opened.press(Qt.Key.Key_PageUp, CTRL)
    assert opened.window.current_tab() == "briefings"


def test_panes_are_made_when_they_are_first_shown(opened: Desk) -> None:
    kinds = (AreasPane, FactsPane, FactView)
    assert not any(opened.window.findChild(kind) for kind in kinds)

    opened.press(Qt.Key.Key_6, CTRL)

    assert opened.window.findChild(FactsPane)
    assert not opened.window.findChild(AreasPane)


def test_a_switch_of_theme_repaints_all_that_is_in_view(opened: Desk) -> None:
    opened.press(Qt.Key.Key_6, CTRL)
    opened.press(Qt.Key.Key_1, CTRL)
    opened.click_link(_overview(opened).bottom_line)
    painted = Painted()
    opened.window.actions_registry.trigger("view.light").trigger()
    opened.settle()
    light = Theme("light").colours
    assert opened.window.palette().color(QPalette.ColorRole.Window) == light.ground
    shown = [each for each in opened.window.findChildren(QWidget) if opened.is_in_view(each)]
    for widget in shown:
        widget.installEventFilter(painted)

    opened.window.actions_registry.trigger("view.dark").trigger()
    opened.settle()

    dark = Theme("dark").colours
    assert set(shown) <= painted.widgets
    for label in opened.window.findChildren(Text):
        assert label.palette().color(label.foregroundRole()).lightnessF() > 0.4, label.text()
    assert "dark" in opened.window.audience_link.words()

    assert opened.window.palette().color(QPalette.ColorRole.Window) == dark.ground
    for key in (Qt.Key.Key_1, Qt.Key.Key_6):
        opened.press(key, CTRL)
        image = opened.window.grab().toImage().scaled(160, 90)
        places = [(x, y) for x in range(160) for y in range(90)]
        bright = [place for place in places if image.pixelColor(*place).lightnessF() > 0.6]
        assert len(bright) < len(places) / 8  # what is left is letters


def test_another_audience_is_told_its_own_names_and_the_same_quotations(opened: Desk) -> None:
    bar = opened.window.tab_bar
    assert bar.tabText(3) == "South China Sea"
    opened.click_link(_overview(opened).bottom_line)
    assert QUOTED in opened.seen(opened.window.drawer)

    choose_in(opened.app._audiences, "Hanoi")
    opened.settle()

    assert bar.tabText(3) == "East Sea"
    assert QUOTED in opened.seen(opened.window.drawer)

    opened.app.workspace.settings.audience = "hanoi-vi"
    opened.settle()

    assert bar.tabText(3) == "Biển Đông"
    assert "Hợp tác quốc phòng Việt Nam" in opened.window.windowTitle()
    assert QUOTED in opened.seen(opened.window.drawer)
    opened.press(Qt.Key.Key_4, CTRL)
    opened.press(Qt.Key.Key_1, CTRL)
    assert opened.window.pane("sea").accessibleName() == "Biển Đông"


def test_a_search_without_accents_finds_the_fact_and_takes_the_reader_there(
    opened: Desk,
) -> None:
    opened.press(Qt.Key.Key_K, CTRL)
    search = opened.window.findChild(Search)
    assert search is not None
    assert opened.focus() is search.panel.box

    opened.type("hoang")
    opened.press(Qt.Key.Key_Return)

    assert not search.panel.isVisible()
    assert opened.window.current_tab() == "facts"
    fact_id = opened.app.workspace.selection.fact_id
    assert fact_id is not None
    fact = opened.app.workspace.store.dossier.fact(fact_id)
    assert "Hoàng" in str(fact) or "Hoang" in str(fact)
    assert fact_id in opened.seen(opened.pane())


def test_escape_leaves_the_search_where_the_reader_was(opened: Desk) -> None:
    line = _overview(opened).bottom_line
    opened.tab_to(line)

    opened.press(Qt.Key.Key_K, CTRL)
    opened.type("bien hoa")
    opened.press(Qt.Key.Key_Escape)
    opened.press(Qt.Key.Key_Escape)

    assert opened.focus() is line
    assert opened.window.current_tab() == "overview"


def test_the_search_does_what_it_finds_to_be_done(opened: Desk) -> None:
    opened.click(opened.window.search)

    opened.type("next pane")
    opened.press(Qt.Key.Key_Return)

    assert opened.window.current_tab() == "areas"


def test_f1_lists_every_key_there_is(opened: Desk) -> None:
    opened.press(Qt.Key.Key_F1)

    told = opened.seen(opened.window.drawer)
    for action in opened.window.actions_registry.all():
        if action.shortcut:
            assert action.words() in told
            assert action.shortcut.replace("Return", "Ret") in told.replace("Return", "Ret")


def test_the_status_line_says_what_is_open(opened: Desk) -> None:
    dossier = opened.app.workspace.store.dossier

    assert opened.window.file_words.text() == "facts.yaml, saved"
    told = opened.window.count_words.text()
    assert told == f"{len(dossier.facts)} facts, {len(dossier.sources)} sources"
    file = opened.app.workspace.file
    assert file is not None
    warnings = len(file.reading.problems)
    said = f"{warnings} warning{'s' * (warnings > 1)}" if warnings else "no problems"
    assert opened.window.problem_link.words() == said
    for banner in (opened.window.top_banner, opened.window.bottom_banner):
        assert banner.isVisible()
        assert banner.accessibleName() == dossier.about.marking


def _overview(desk: Desk) -> OverviewPane:
    pane = desk.window.pane("overview")
    assert isinstance(pane, OverviewPane)
    return pane
