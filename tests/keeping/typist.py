"""A program in which somebody types and enters nothing, to be killed.

    python -m tests.keeping.typist FILE STATE

It types a value for a fact of the file, then begins a new one, and says ``typed`` on its output.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from desktop.app import App, new_application
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.unsettled import Unsettled
from desktop.model.values import LocalText
from desktop.panes.facts import FactsPane
from desktop.panes.form_editors import LocalTextEditor
from desktop.services.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

KNOWN: Final = "pledge"
NEW: Final = Unsettled(
    Ref(Fact, ""), {("when",): "8 Mai 2026"}, {"statement": LocalText("Two ships call.")}
)
TYPED: Final = (NEW, Unsettled(Ref(Fact, KNOWN), {("value",): "431 mil"}, {}))


class Typist:
    def __init__(self, path: Path, state: Path) -> None:
        application = new_application()
        self._app = App(application, Settings(state / "settings.ini"), state=state)
        window = self._app.start(path)
        window.show()
        self._app.open_file.guard()
        QTimer.singleShot(0, self._type)
        application.exec()

    def _type(self) -> None:
        self._app.window.show_tab("facts")
        pane = self._app.window.pane("facts")
        assert isinstance(pane, FactsPane)
        pane.edit(Ref(Fact, KNOWN))
        page = pane.form.page
        assert page is not None
        write(page.editors["value"].first(), "431 mil")
        pane.add(Fact)
        statement = page.editors["statement"]
        assert isinstance(statement, LocalTextEditor)
        write(statement.parts["en"].first(), "Two ships call.")
        QTest.keyClick(statement.parts["en"].first(), Qt.Key.Key_Return)
        write(page.editors["when"].first(), "8 Mai 2026")
        os.write(1, b"typed\n")


def write(line: QWidget, words: str) -> None:
    """Write in place of what stands there, and leave it at that."""
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, words)


if __name__ == "__main__":
    Typist(Path(sys.argv[1]), Path(sys.argv[2]))
