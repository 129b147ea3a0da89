"""Somebody's cat on the keyboard: random keys and clicks on every pane, and nothing breaks."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from desktop.files.facts_file import FactsFile
from tests.desk import CTRL, NO_KEYS, SHIPPED, Desk
from tests.scripted import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

STEPS = 120
# On a real screen every window that is opened takes its time, so one cat is enough there.
SEEDS = range(3) if os.environ["QT_QPA_PLATFORM"] == "offscreen" else range(1, 2)
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
LETTERS = [Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)]
KEYS = [
    *LETTERS,
    *(Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_F1, Qt.Key.Key_F10 + 1)),
    *[Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space] * 3,
    *[Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right] * 2,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Slash,
]
WITH = [NO_KEYS, NO_KEYS, SHIFT, CTRL, CTRL, CTRL | SHIFT, ALT]


class Cat(ScriptedPrompts):
    """Answers every question somehow; files are opened and saved only among its own."""

    def __init__(self, draw: random.Random, folder: Path) -> None:
        super().__init__()
        self._draw = draw
        self._folder = folder

    def choose(
        self, title: str, words: str, answers: Sequence[str], *, default: int = 0, refuse: int = -1
    ) -> int:
        return self._draw.randrange(len(answers))

    def file_to_open(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        return self._draw.choice([None, *sorted(self._folder.glob("*.yaml"))])

    def place_to_save(self, title: str, kinds: str, proposed: Path) -> Path | None:
        return self._draw.choice([None, self._folder / proposed.name])

    def folder_to_write(self, title: str) -> Path | None:
        return self._draw.choice([None, self._folder])


class Outside(QObject):
    """Stands where the browser and the editor stand."""

    @Slot(QUrl)
    def visit(self, _url: QUrl) -> None:
        pass


@pytest.fixture(autouse=True)
def _nothing_leaves_the_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    outside = Outside()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, outside, "visit")
    yield
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


class Gremlin:
    """Does something at random to what is in view; ``done`` says what, step by step."""

    def __init__(self, desk: Desk, draw: random.Random) -> None:
        self._desk = desk
        self._draw = draw
        self.done: list[str] = []

    def step(self) -> None:
        do = self._draw.choices(
            (self._press_key, self._click, self._wheel, self._trigger, self._type, self._go),
            (8, 8, 2, 2, 2, 1),
        )[0]
        do()
        self._desk.settle()

    def close_all(self) -> None:
        """Come back from whatever was opened: menus, lists, further windows."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._desk.settle()

    def _note(self, what: str, widget: QWidget | None) -> None:
        name = f"{type(widget).__name__} {widget.accessibleName()!r}" if widget else "nothing"
        self.done.append(f"{what} on {name}")

    def _press_key(self) -> None:
        key, modifiers = self._draw.choice(KEYS), self._draw.choice(WITH)
        if key == Qt.Key.Key_Q and modifiers == CTRL:
            return
        target = self._desk.focus() or self._desk.window
        self._note(f"{modifiers.name} {key.name}", target)
        QTest.keyClick(target, key, modifiers)

    def _type(self) -> None:
        target = self._desk.focus()
        words = self._draw.choice(("2025-05", "9 sets", "{x}", "Đà Nẵng", "-1", "<b>", "430 mil"))
        if target is not None:
            self._note(f"types {words}", target)
            for letter in words:
                if (focus := self._desk.focus()) is not None:
                    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                        QApplication.sendEvent(focus, QKeyEvent(kind, 0, NO_KEYS, letter))

    def _click(self) -> None:
        widget = self._any_widget()
        if widget is None or _opens_a_menu(widget):
            return
        place = QPoint(self._draw.randrange(widget.width()), self._draw.randrange(widget.height()))
        self._note("click", widget)
        if self._draw.random() < 0.2:
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, place)
        else:
            modifiers = self._draw.choice((NO_KEYS, NO_KEYS, NO_KEYS, SHIFT, CTRL))
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, place)

    def _wheel(self) -> None:
        widget = self._any_widget()
        if widget is None:
            return
        self._note("wheel", widget)
        here = QPointF(widget.rect().center())
        event = QWheelEvent(
            here,
            widget.mapToGlobal(here),
            QPoint(),
            QPoint(0, self._draw.choice((-120, 120))),
            Qt.MouseButton.NoButton,
            self._draw.choice((NO_KEYS, CTRL)),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def _trigger(self) -> None:
        """Take something out of the menu, whatever it is, save leaving."""
        registry = self._desk.window.actions_registry
        action = self._draw.choice([each for each in registry.all() if each.id != "file.quit"])
        self._note(action.id, self._desk.window)
        registry.trigger(action.id).trigger()

    def _go(self) -> None:
        self._desk.window.show_tab(self._draw.choice([tab for tab, _ in self._desk.window.tabs()]))

    def _any_widget(self) -> QWidget | None:
        root = QApplication.activePopupWidget() or self._draw.choice(
            [each for each in QApplication.topLevelWidgets() if each.isVisible()]
            or [self._desk.window]
        )
        found = [
            each
            for each in root.findChildren(QWidget)
            if each.isVisible() and each.isEnabled() and not each.visibleRegion().isEmpty()
        ]
        return self._draw.choice(found) if found else None


def _opens_a_menu(widget: QWidget) -> bool:
    """A menu under a button holds everything up until somebody has chosen from it."""
    return isinstance(widget, QPushButton | QToolButton) and widget.menu() is not None


def let_loose(qtbot: QtBot, application: QApplication, folder: Path, seed: int) -> None:
    draw = random.Random(seed)
    path = folder / "facts.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    desk = Desk(qtbot, application, folder)
    desk.prompts = Cat(draw, folder)
    with desk.program(path):
        desk.app.open_file.guard()
        gremlin = Gremlin(desk, draw)
        try:
            for _ in range(STEPS):
                gremlin.step()
                gremlin.close_all()
        except BaseException:
            print(*gremlin.done[-12:], sep="\n")
            raise
        presenter = desk.app.present.giving.presenter
        if presenter is not None:
            presenter.end()
        assert len(gremlin.done) > STEPS // 2
        for file in folder.glob("*.yaml"):
            assert FactsFile.open(file).reading.dossier.facts


# The offscreen platform says of every menu and list that it can neither raise it nor give it keys.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_takes_whatever_is_done_to_it(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: int
) -> None:
    let_loose(qtbot, qapp, tmp_path, seed)


@pytest.mark.slow
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("seed", range(3, 20))
def test_the_program_takes_whatever_is_done_to_it_for_long(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: int
) -> None:
    let_loose(qtbot, qapp, tmp_path, seed)
