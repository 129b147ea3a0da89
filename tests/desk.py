"""The whole program with a person in front of it, who clicks and types and reads the window."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.app import App
from desktop.services.settings import Settings
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.notice import Notice
from tests.scripted import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "facts.yaml"
PATIENCE_S = 60.0
LOOKED_AT = datetime.date(2026, 1, 20)

W = TypeVar("W", bound=QWidget)
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """``prompts`` answer as scripted; what the program keeps for a person is in ``folder``."""

    def __init__(self, qtbot: QtBot, application: QApplication, folder: Path) -> None:
        self._qtbot = qtbot
        self._application = application
        self._folder = folder
        self.prompts = ScriptedPrompts()

    @contextmanager
    def program(self, path: Path | None = SHIPPED) -> Iterator[Desk]:
        """Start the program on a file, or on none, and end it as closing its window does."""
        self.app = App(
            self._application,
            Settings(self._folder / "settings.ini"),
            prompts=self.prompts,
            today=lambda: LOOKED_AT,
            state=self._folder / "state",
            documents=self._folder / "documents",
        )
        theme = self.app.workspace.theme
        self.window = self.app.start(path)
        self.window.restore()
        with self._qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()
        try:
            yield self
        finally:
            self._leave_form()
            if not self.prompts.answers and not self.app.workspace.store.is_saved():
                self.prompts.answers = ["Discard"]
            self.window.close()
            assert self.app.workspace.jobs.shut_down(PATIENCE_S)
            self.window.deleteLater()
            self.app.deleteLater()
            hints = self._application.styleHints()
            hints.colorSchemeChanged.disconnect(theme._on_hints_scheme_changed)
            self.settle()

    def _leave_form(self) -> None:
        """Let go of what a story left typed in the form."""
        pane = self.window.made_pane("facts")
        if pane is not None and not self.prompts.answers:
            pane.form.forget()  # type: ignore[attr-defined]

    # What the person does

    def press(self, key: Qt.Key, with_keys: Qt.KeyboardModifier = NO_KEYS, times: int = 1) -> None:
        """Press a key where the focus is."""
        for _ in range(times):
            QTest.keyClick(self.focus() or self.window, key, with_keys)
            self.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)
        self.settle()

    def click(self, widget: QWidget, place: QPointF | None = None) -> None:
        assert widget.isVisible(), f"{widget} cannot be clicked: it is out of sight"
        at = widget.rect().center() if place is None else place.toPoint()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, at)
        self.settle()

    def click_tab(self, index: int) -> None:
        bar = self.window.tab_bar
        self.click(bar, QPointF(bar.tabRect(index).center()))

    def click_link(self, text: LinkedText, index: int = 0) -> None:
        self.click(text, text.link_area(index).center())

    def tab_to(self, widget: QWidget, most: int = 60) -> None:
        """Go by the Tab key until ``widget`` has the focus."""
        for _ in range(most):
            if self.focus() is widget:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{widget} is not reached by {most} times Tab")

    def settle(self) -> None:
        """Let the program lay out, paint and do all that is due."""
        for _ in range(4):
            self._application.processEvents()

    def wait_until(self, done: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(done)
        self.settle()

    # What the person sees

    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def pane(self) -> QWidget:
        return self.window.pane(self.window.current_tab())

    def notice(self) -> Notice:
        return self.window.notice

    def seen(self, within: QWidget | None = None) -> str:
        """All words that stand in view, a line for each control."""
        root = within or self.window
        words = []
        for widget in root.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel):
                words.append(widget.text())
            elif isinstance(widget, LinkedText | Link):
                words.append(widget.words())
        return "\n".join(words).replace("\u00a0", " ")

    def find(self, kind: type[W], named: str, within: QWidget | None = None) -> W:
        """The one visible control of a kind whose accessible name holds ``named``."""
        root = within or self.window
        found = [
            widget
            for widget in root.findChildren(kind)
            if widget.isVisible() and named in (widget.accessibleName() or _text_of(widget))
        ]
        assert len(found) == 1, f"{len(found)} controls are named {named!r}, not one"
        return found[0]

    def is_in_view(self, widget: QWidget) -> bool:
        """Whether some of ``widget`` is not scrolled away."""
        return widget.isVisible() and not widget.visibleRegion().isEmpty()

    def centre_of(self, widget: QWidget) -> QPoint:
        return widget.mapTo(self.window, widget.rect().center())


def _text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
