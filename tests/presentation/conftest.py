"""A briefing that is being given in one room with one screen."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.files.reader import read
from desktop.model.dossier import Dossier
from desktop.presentation.presenter import Presenter
from desktop.presentation.session import Session, Show
from tests.model.test_slides import a_slide, briefing, dossier
from tests.presentation.test_session import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.services.settings import Settings
    from desktop.services.theme import Theme

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"
PRESSED = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@cache
def shipped() -> Dossier:
    return read(SHIPPED.read_bytes(), "facts.yaml").dossier


def short_talk() -> Dossier:
    """Three slides and a backup, on facts of which nothing differs."""
    return dossier(
        briefing("one", "two", "three", backup=("spare",), audience="hanoi"),
        a_slide("one", "First {new}", facts=("new", "old"), seconds=60),
        a_slide("two", "Second", facts=("old",), seconds=120),
        a_slide("three", "Third", seconds=30),
        a_slide("spare", "If asked"),
    )


class Room:
    """The briefer: presses keys where the focus is, clicks, and looks at both windows."""

    def __init__(self, presenter: Presenter) -> None:
        self.presenter = presenter
        self.session = presenter.session
        self.console = presenter.console
        self.stage = presenter.stage

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.focus(), key)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)

    def focus(self) -> QWidget:
        shown = self.console if self.console.isVisible() else self.stage
        return shown.focusWidget() or shown

    def here(self) -> str:
        return self.session.slide.id if self.session.slide else ""

    def on_page(self, x: float, y: float) -> QPoint:
        """A place of the console's slide, from fractions of its width and height."""
        page = self.console.view.page()
        return QPointF(page.left() + x * page.width(), page.top() + y * page.height()).toPoint()

    def words(self) -> str:
        """All that stands in the console."""
        QApplication.processEvents()
        found = (each for each in self.console.findChildren(QLabel) if each.isVisible())
        return "\n".join(each.text() for each in found).replace("\u00a0", " ")

    def move(self, x: float, y: float) -> None:
        """Bring the mouse over a place of the console's slide."""
        view = self.console.view
        place = QPointF(self.on_page(x, y))
        at = place, view.mapToGlobal(place)
        button = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, *at, button, button, NO_KEYS)
        QApplication.sendEvent(view, event)

    def seen_colour(self) -> str:
        """The colour in the middle of the audience's picture."""
        picture = self.stage.grab().toImage()
        return picture.pixelColor(picture.rect().center()).name()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def begin(
    qapp: QApplication, settings: Settings, theme: Theme, clock: Clock
) -> Iterator[Callable[..., Room]]:
    """Give a briefing of a dossier, and leave the room when the test is over."""
    given: list[Presenter] = []

    def start(
        file: Dossier | None = None,
        talk: str = "talk",
        show: Show = "screens",
        start: str = "",
        changed: frozenset[str] = frozenset(),
    ) -> Room:
        session = Session(file or short_talk(), talk, start, now=clock)
        presenter = Presenter(session, settings, theme, changed_since=changed)
        given.append(presenter)
        presenter.start(show)
        qapp.processEvents()
        return Room(presenter)

    yield start
    for each in given:
        each.end()
        each.deleteLater()
        each.session.deleteLater()
