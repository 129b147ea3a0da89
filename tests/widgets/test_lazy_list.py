"""A long list costs what is seen of it, and a small change rewrites one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.lazy_list import BATCH, LazyList
from desktop.widgets.row import Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from desktop.services.theme import Theme


class FactRow(Row):
    def __init__(self) -> None:
        super().__init__()
        self.words = Text()
        inside = QVBoxLayout(self)
        inside.addWidget(self.words)


class Facts(QWidget):
    """A scrolling pane over facts, as panes have them: keys in order and what each says."""

    def __init__(self) -> None:
        super().__init__()
        self.says: dict[str, str] = {}
        self.made = 0
        self.filled: list[str] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(Text("Port visits", "title"))
        self.list = LazyList()
        column.addWidget(self.list)
        column.addStretch(1)
        self.scroll = Scroll(inside)
        QVBoxLayout(self).addWidget(self.scroll)

    def show_facts(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.says.setdefault(key, f"says {key}")
        self.filled = []
        self.list.set_rows(keys, self.make, self.fill, self.says.__getitem__)

    def make(self) -> FactRow:
        self.made += 1
        return FactRow()

    def fill(self, row: FactRow, key: str) -> None:
        self.filled.append(key)
        row.key = key
        row.words.setText(self.says[key])

    def on_screen(self) -> list[str]:
        """Return the words of the rows, from the top down."""
        rows = [row for row in self.findChildren(FactRow) if not row.isHidden()]
        return [row.words.text() for row in sorted(rows, key=QWidget.y)]


KEYS = [f"fact-{number}" for number in range(500)]


@pytest.fixture
def facts(qtbot: QtBot, theme: Theme) -> Facts:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.resize(400, 300)
    return facts


def settle(qtbot: QtBot, facts: Facts) -> None:
    """Wait until the list has its height."""
    last = facts.list.row(facts.list.keys()[min(BATCH, len(facts.list.keys())) - 1])
    assert last is not None
    qtbot.waitUntil(lambda: last.y() > 0 and last.isVisible())


def test_the_first_rows_are_built_and_the_rest_wait(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS)
    assert facts.made == BATCH
    facts.show()
    settle(qtbot, facts)
    assert facts.made == BATCH
    assert facts.on_screen() == [f"says {key}" for key in KEYS[:BATCH]]


def test_more_come_as_the_reader_nears_the_end(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS)
    facts.show()
    settle(qtbot, facts)
    bar = facts.scroll.verticalScrollBar()
    while facts.made < len(KEYS):
        with qtbot.waitSignal(bar.rangeChanged):
            bar.setValue(bar.maximum())
    last = facts.list.row(KEYS[-1])
    assert last is not None
    qtbot.waitUntil(last.isVisible)
    assert facts.on_screen() == [f"says {key}" for key in KEYS]


def test_a_short_list_in_a_tall_window_is_all_there(qtbot: QtBot, facts: Facts) -> None:
    facts.resize(400, 6000)
    facts.show_facts(KEYS[:100])
    facts.show()
    qtbot.waitUntil(lambda: facts.made == 100)


def test_a_list_that_does_not_scroll_is_all_there(qtbot: QtBot, theme: Theme) -> None:
    rows = LazyList()
    qtbot.addWidget(rows)
    rows.show()
    rows.set_rows(range(60), Text, lambda row, key: row.setText(str(key)))
    assert all(rows.row(number) is not None for number in range(60))


def test_a_change_to_one_fact_rewrites_one_row(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS[:30])
    facts.says["fact-7"] = "says 430"
    facts.show_facts(KEYS[:30])
    assert facts.filled == ["fact-7"]
    assert facts.made == 30
    assert facts.on_screen()[7] == "says 430"


def test_rows_move_with_their_keys(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS[:5])
    kept = facts.list.row("fact-4")
    facts.show_facts(list(reversed(KEYS[:5])))
    facts.show()
    settle(qtbot, facts)
    assert facts.filled == []
    assert facts.list.row("fact-4") is kept
    assert facts.on_screen() == [f"says fact-{n}" for n in (4, 3, 2, 1, 0)]


def test_a_new_fact_in_the_middle_takes_its_place(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts([KEYS[0], KEYS[2]])
    facts.show_facts(KEYS[:3])
    facts.show()
    settle(qtbot, facts)
    assert facts.filled == ["fact-1"]
    assert facts.on_screen() == ["says fact-0", "says fact-1", "says fact-2"]


def test_another_area_uses_the_rows_of_the_last(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS[:30])
    facts.show_facts(KEYS[100:120])
    facts.show()
    settle(qtbot, facts)
    assert facts.made == 30
    assert facts.on_screen() == [f"says {key}" for key in KEYS[100:120]]


@given(lists=st.lists(st.lists(st.sampled_from(KEYS[:60]), unique=True), max_size=6))
@profile(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_came_before_the_rows_are_those_of_the_last_keys(
    qtbot: QtBot, facts: Facts, lists: list[list[str]]
) -> None:
    for keys in lists:
        facts.show_facts(keys)
        column = facts.list.layout()
        rows = [column.itemAt(place).widget() for place in range(column.count())]
        assert len(rows) >= min(BATCH, len(keys))
        assert [row.key for row in rows] == keys[: len(rows)]
        assert [row.words.text() for row in rows] == [f"says {row.key}" for row in rows]
        assert [facts.list.row(row.key) for row in rows] == rows


def test_nothing_to_show_leaves_nothing(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS[:30])
    facts.show_facts([])
    facts.show()
    assert facts.on_screen() == []
    assert facts.list.keys() == ()


def test_the_reader_keeps_their_place_when_facts_change(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS)
    facts.show()
    settle(qtbot, facts)
    row = facts.list.row("fact-3")
    assert row is not None
    row.setFocus()
    facts.says["fact-3"] = "says otherwise"
    facts.show_facts([key for key in KEYS if key != "fact-1"])
    assert facts.list.row("fact-3") is row
    assert row.hasFocus()


def test_arrow_keys_walk_the_rows(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS[:30])
    facts.show()
    settle(qtbot, facts)
    rows = [facts.list.row(key) for key in KEYS[:30]]
    first, second, last = rows[0], rows[1], rows[29]
    assert first is not None
    assert second is not None
    assert last is not None
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_End)
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect().height() == last.height()
    qtbot.keyClick(last, Qt.Key.Key_Down)
    assert last.hasFocus()
    qtbot.keyClick(last, Qt.Key.Key_Home)
    assert first.hasFocus()


def test_walking_down_goes_on_through_rows_not_built_before(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS)
    facts.show()
    settle(qtbot, facts)
    row = facts.list.row(KEYS[0])
    assert row is not None
    row.setFocus()
    for key in KEYS[1 : 2 * BATCH]:
        focus = facts.focusWidget()
        qtbot.keyClick(focus, Qt.Key.Key_Down)
        assert facts.list.row(key) is facts.focusWidget()


def test_any_fact_can_be_brought_into_view(qtbot: QtBot, facts: Facts) -> None:
    facts.show_facts(KEYS)
    facts.show()
    settle(qtbot, facts)
    facts.list.reveal("fact-120")
    row = facts.list.row("fact-120")
    assert row is not None
    assert row.hasFocus()
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect().height() == row.height())
    facts.list.reveal("no-such-fact")
    assert row.hasFocus()


def test_rows_on_their_way_into_view_ask_for_no_more(qtbot: QtBot, theme: Theme) -> None:
    pane = Facts()
    qtbot.addWidget(pane)
    pane.resize(400, 300)
    pane.show()
    keys = [f"fact-{number}" for number in range(3000)]
    pane.show_facts(keys)
    pane.show_facts([*reversed(keys[:60]), *keys[60:]])

    qtbot.waitUntil(lambda: len(pane.on_screen()) >= BATCH)
    qtbot.waitUntil(lambda: all(not row.isHidden() for row in pane.findChildren(FactRow)))

    assert pane.made <= 3 * BATCH
