"""How soon the Facts pane and the search answer, with many facts.

    python -m bench.panes

CPU time in an offscreen window of 1600 × 900, the median of several rounds: from the event to the
end of the paint that shows what came of it.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from bench.facts import facts_file
from bench.table import Row, print_table
from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile
from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import Quantity
from desktop.panes.facts import FactsPane
from desktop.panes.facts_columns import FILE_ORDER, Column
from desktop.panes.search import Search
from desktop.selection import Selection
from desktop.services.jobs import Jobs
from desktop.services.links import Links
from desktop.services.prompts import Prompts
from desktop.services.settings import Settings
from desktop.services.theme import Theme
from desktop.store import Store
from desktop.widgets.line import Line
from desktop.workspace import Workspace

FACTS = 10_000
_ROUNDS = 15


class Bench:
    """A window with the Facts pane and an empty neighbour to switch to."""

    def __init__(self, file: FactsFile, folder: Path) -> None:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        theme = Theme("light")
        theme.apply_to(app)
        prompts = Prompts()
        dossier = file.reading.dossier
        self.workspace = Workspace(
            store=Store(dossier),
            selection=Selection(),
            theme=theme,
            settings=Settings(folder / "settings.ini"),
            jobs=Jobs(immediate=True),
            prompts=prompts,
            links=Links(prompts),
            file=file,
        )
        self.workspace.store.open(dossier, Draft.of(file))
        self.window = QStackedWidget()
        self.window.resize(1600, 900)
        self.beside = QWidget()
        self.window.addWidget(self.beside)
        self.window.show()
        self.pane: FactsPane

    def paint(self) -> None:
        """Run the event loop until nothing is left to lay out or paint."""
        for _ in range(3):
            QApplication.processEvents()

    def first_show(self) -> None:
        self.pane = FactsPane(self.workspace)
        self.window.addWidget(self.pane)
        self.window.setCurrentWidget(self.pane)
        self.paint()

    def switch(self) -> Iterator[Callable[[], None]]:
        while True:
            self.window.setCurrentWidget(self.beside)
            self.paint()
            yield lambda: self.window.setCurrentWidget(self.pane)

    def change(self, fact_id: str) -> Iterator[Callable[[], None]]:
        """Each time another value for one fact, as an editor would apply it."""
        amount = 100
        while True:
            amount += 1
            value = Quantity.parse(f"{amount} sets")
            change = SetField(Ref(Fact, fact_id), "value", value)
            yield lambda change=change: self.workspace.store.apply(change)  # type: ignore[misc]

    def step(self) -> Iterator[Callable[[], None]]:
        while True:
            yield lambda: QTest.keyClick(self.pane.rows, Qt.Key.Key_Down)

    def edit(self, fact_id: str) -> None:
        """Open the form of a fact."""
        self.pane.edit(Ref(Fact, fact_id))
        self.paint()

    def field(self, name: str) -> QWidget:
        page = self.pane.form.page
        assert page is not None
        return page.reveal(name)

    def settle(self) -> Iterator[Callable[[], None]]:
        """Each time another value is typed into its field, and then settled by Enter."""
        line = self.field("value")
        assert isinstance(line, Line)
        amount = 100
        while True:
            amount += 1
            line.setFocus()
            line.selectAll()
            QTest.keyClicks(line, f"{amount} sets")
            self.paint()
            yield lambda: QTest.keyClick(line, Qt.Key.Key_Return)

    def type_into(self, box: QWidget, letters: str) -> Iterator[Callable[[], None]]:
        while True:
            for letter in letters:
                yield lambda letter=letter: QTest.keyClicks(box, letter)  # type: ignore[misc]
            for _ in letters:
                yield lambda: QTest.keyClick(box, Qt.Key.Key_Backspace)

    def sort(self) -> Iterator[Callable[[], None]]:
        while True:
            for column in Column:
                yield lambda column=column: self.pane.rows.sortByColumn(  # type: ignore[misc]
                    column, Qt.SortOrder.DescendingOrder
                )

    def median_ms(self, acts: Iterator[Callable[[], None]], rounds: int = _ROUNDS) -> float:
        times = []
        for _ in range(rounds):
            act = next(acts)
            began = time.process_time()
            act()
            self.paint()
            times.append(time.process_time() - began)
        return statistics.median(times) * 1000


class _Commands:
    def all(self) -> tuple[()]:
        return ()


def rows(count: int = FACTS) -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.yaml")
        path.write_bytes(facts_file(count))
        file = FactsFile.open(path)
        dossier = file.reading.dossier
        bench = Bench(file, Path(folder))
        began = time.process_time()
        bench.first_show()
        first_ms = (time.process_time() - began) * 1000
        print(f"{count} facts: Facts pane made, filled and painted in {first_ms:.0f} ms")
        bench.median_ms(iter(lambda: bench.paint, None), 200)
        fact_id = next(iter(dossier.facts))
        bench.workspace.selection.select(fact_id)
        bench.paint()
        yield _row("switch to the Facts pane", bench.median_ms(bench.switch()), 50)
        yield _row("change of the fact in view", bench.median_ms(bench.change(fact_id)), 16)
        other = list(dossier.facts)[count // 2]
        yield _row("change of a fact out of view", bench.median_ms(bench.change(other)), 16)
        bench.pane.rows.sortByColumn(Column.VALUE, Qt.SortOrder.AscendingOrder)
        bench.paint()
        yield _row("change that moves a row", bench.median_ms(bench.change(other)), 16)
        bench.pane.rows.setFocus()
        yield _row("next row", bench.median_ms(bench.step()), 50)
        box = bench.pane.bar.filter_box
        yield _row("letter in the filter", bench.median_ms(bench.type_into(box, "hoa 43")), 50)
        box.clear()
        yield _row("sort by a column", bench.median_ms(bench.sort(), 12), 200)
        bench.pane.rows.sortByColumn(FILE_ORDER, Qt.SortOrder.AscendingOrder)
        bench.edit(fact_id)
        yield _row("a value settled in the form", bench.median_ms(bench.settle()), 16)
        letters = bench.type_into(bench.field("value"), "0")
        yield _row("letter in a field of the form", bench.median_ms(letters), 16)
        letters = bench.type_into(bench.field("parts"), "soil")
        yield _row("letter in a choice of all facts", bench.median_ms(letters), 50)
        bench.pane.rows.setFocus()
        yield _row("next row with the form open", bench.median_ms(bench.step()), 50)
        search = Search.open_over(bench.window, bench.workspace, _Commands())
        panel = search.panel
        yield _row("letter in the search", bench.median_ms(bench.type_into(panel.box, "soil")), 30)
        bench.window.close()
        bench.window.deleteLater()
        # Outside a loop of events Qt puts this off, and Python would take the window apart first.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _row(what: str, took_ms: float, asked_ms: float) -> Row:
    return Row.at_most(what, took_ms, asked_ms, "ms")


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
