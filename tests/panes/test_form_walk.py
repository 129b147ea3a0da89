"""A hand that knows no fear walks through the form; the file always says what the window says."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.files.draft import Draft
from desktop.files.reader import read
from desktop.model.dossier import Ref
from desktop.model.records import SECTIONS, About
from desktop.panes.facts import FactsPane
from desktop.widgets.chooser import Chooser
from desktop.widgets.line import Line, TextBox
from desktop.widgets.pressable import Pressable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

STEPS = 120
TEXTS = (
    "",
    "8 sets",
    "nearly 12 million usd",
    "130 mil",
    "2025-05",
    "8 Mai 2025",
    "FY2017/FY2019",
    "herald",
    "port",
    "clean-up",
    "committed",
    "2",
    "14.5",
    "https://daily.example/2025/12/19/a",
    "A sentence with: a colon, and {clean-up-total}.",
    "- not a list # nor a comment",
    '"quoted" & <b>bold</b>',
    "word " * 26,
    "remains",
    "new-id",
    "P6M",
    "event",
    "null",
)
KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
    Qt.Key.Key_Delete,
)


class Walk:
    """``step`` does one thing at random, by the seed alone."""

    def __init__(self, pane: FactsPane, seed: int) -> None:
        self.pane = pane
        self.store = pane.workspace.store
        self.random = random.Random(seed)

    def step(self, qtbot: QtBot) -> None:
        deeds = (
            (self.write, 10),
            (self.press_key, 6),
            (self.press_button, 4),
            (self.turn_to_record, 3),
            (self.store.undo, 2),
            (self.store.redo, 1),
            (self.pane.duplicate, 1),
            (self.pane.delete, 1),
            (self.begin, 1),
            (self.finish, 1),
        )
        weights = [weight for _deed, weight in deeds]
        deed = self.random.choices([deed for deed, _weight in deeds], weights)[0]
        if deed in (self.write, self.press_key, self.press_button):
            deed(qtbot)  # type: ignore[call-arg]
        else:
            deed()

    def write(self, qtbot: QtBot) -> None:
        page = self.pane.form.page
        lines = [each for each in page.findChildren(QWidget) if _is_line(each)] if page else []
        if lines:
            line = self.random.choice(lines)
            line.setFocus()
            line.selectAll()  # type: ignore[attr-defined]
            qtbot.keyClick(line, Qt.Key.Key_Delete)
            words = self.random.choice(TEXTS)
            if isinstance(line, Chooser) and self.random.random() < 0.6:
                line.offer("")
                if line.offered():
                    line.take(self.random.choice(line.offered()))
                return
            qtbot.keyClicks(line, words)

    def press_key(self, qtbot: QtBot) -> None:
        focus = QApplication.focusWidget()
        if focus is not None:
            control = Qt.KeyboardModifier.ControlModifier
            keys = control if self.random.random() < 0.1 else Qt.KeyboardModifier.NoModifier
            qtbot.keyClick(focus, self.random.choice(KEYS), keys)

    def press_button(self, qtbot: QtBot) -> None:
        page = self.pane.form.page
        buttons = (
            [each for each in page.findChildren(Pressable) if each.isVisible()] if page else []
        )
        if buttons:
            qtbot.mouseClick(self.random.choice(buttons), Qt.MouseButton.LeftButton)

    def turn_to_record(self) -> None:
        kind = self.random.choice([About, *SECTIONS.values()])
        ids = list(self.store.dossier.all_of(kind))
        if ids:
            self.pane.edit(Ref(kind, self.random.choice(ids)))

    def begin(self) -> None:
        self.pane.add(self.random.choice(list(SECTIONS.values())))

    def finish(self) -> None:
        self.pane.form.finish()


def _is_line(widget: QWidget) -> bool:
    return isinstance(widget, Line | TextBox) and widget.isVisible() and widget.isEnabled()


@pytest.mark.parametrize(
    "seed", [1, 2, 3, *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 60))]
)
def test_whatever_is_done_in_the_form_the_file_says_the_same_and_undo_leads_back(
    qtbot: QtBot, workspace: Workspace, seed: int
) -> None:
    file = workspace.file
    assert file is not None
    store = workspace.store
    store.open(file.reading.dossier, Draft.of(file))
    pane = FactsPane(workspace)
    qtbot.addWidget(pane)
    pane.resize(1600, 1200)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    walk = Walk(pane, seed)
    walk.turn_to_record()

    for _ in range(STEPS):
        walk.step(qtbot)

    assert store.draft is not None
    told = read(store.draft.to_bytes())
    assert told.dossier == store.dossier
    assert not told.dossier.left_out
    pane.form.forget()
    while store.can_undo():
        store.undo()
    assert store.draft.to_bytes() == file.data
