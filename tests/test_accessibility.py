"""Everything can be reached and used by keyboard, has a name, and is whole at every size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from desktop.files.merge import merge
from desktop.model.changes import AddRecord, SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact
from desktop.model.values import Quantity
from desktop.panes.conflicts_view import ConflictsView
from desktop.panes.facts import FactsPane
from desktop.panes.overview import OverviewPane
from desktop.panes.sea import SeaPane
from desktop.panes.search import Search
from desktop.widgets.big_figure import BigFigure
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.pressable import Pressable, has_ring
from desktop.widgets.text import ElidedText
from tests.desk import CTRL, SHIPPED, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[1]
TABS = ("overview", "areas", "legacy", "sea", "timeline", "facts", "briefings")
FACT = "bien-hoa-addition-2025"


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp, tmp_path)
    with desk.program(SHIPPED):
        desk.window.resize(1600, 900)
        desk.settle()
        yield desk


def focusable(root: QWidget) -> list[QWidget]:
    """The controls in sight that take the focus by the Tab key."""
    return [
        widget
        for widget in [root, *root.findChildren(QWidget)]
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None, widget
    return interface.text(QAccessible.Text.Name)


def nameless(root: QWidget) -> list[QWidget]:
    return [widget for widget in focusable(root) if not name_of(widget).strip()]


def walked(window: QWidget, most: int = 3000) -> set[QWidget]:
    """What the Tab key comes by, once round the window."""
    start = window
    found: set[QWidget] = set()
    widget = start.nextInFocusChain()
    while widget is not start and len(found) < most:
        found.add(widget)
        widget = widget.nextInFocusChain()
    return found


def _wait_for_coast(desk: Desk) -> None:
    """Until the whole map is there: its card is filled anew with each part that arrives."""
    pane, jobs = desk.window.findChild(SeaPane), desk.app.workspace.jobs
    assert pane is not None

    def is_there() -> bool:
        working = any(job.is_running for job in jobs._threads.values())
        return pane.view.map_window is not None and not working

    desk._qtbot.waitUntil(is_there)
    desk.settle()


def open_part(desk: Desk, part: str) -> QWidget:
    """Bring a part of the program into view and return it."""
    desk.app.workspace.selection.select(FACT)
    if part in TABS:
        desk.window.show_tab(part)
        desk.settle()
        if part == "sea":
            _wait_for_coast(desk)
        return desk.pane()
    if part == "form":
        desk.app.editing.edit()
        desk.settle()
        pane = desk.pane()
        assert isinstance(pane, FactsPane)
        assert pane.form.page is not None
        desk.click(pane.form.page.more)
        return pane.form
    if part == "source":
        desk.app.workspace.selection.show_source(FACT)
    elif part == "problems":
        desk.app.show_problems()
    elif part == "keys":
        desk.app.show_keys()
    elif part in REVIEW:
        open_review(desk, part)
    elif part == "search":
        desk.press(Qt.Key.Key_K, CTRL)
        desk.type("Bien Hoa")
        search = desk.window.findChild(Search)
        assert search is not None
        return search.panel
    elif part == "notice":
        desk.window.notice.say("Not opened", "Line 4 is odd.", offers=[("Try again", print)])
        desk.settle()
        return desk.window.notice
    desk.settle()
    return desk.window.drawer


def open_review(desk: Desk, part: str) -> None:
    """Open a drawer in which edits are looked over, with something in it."""
    store = desk.app.workspace.store
    value = SetField(Ref(Fact, FACT), "value", Quantity.parse("135 million usd"))
    trigger = desk.window.actions_registry.trigger
    if part == "changes":
        store.apply(value)
    elif part == "same-event":
        again = msgspec.structs.replace(store.dossier.fact(FACT), id="told-again", reading=None)
        store.apply(AddRecord(again))
        desk.wait_until(trigger("edit.same-event").isEnabled)
    elif part == "conflicts":
        base = store.dossier
        store.apply(value)
        other = SetField(Ref(Fact, FACT), "value", Quantity.parse("136 million usd"))
        met = merge(base, store.dossier, other.applied_to(base))
        view = ConflictsView(desk.app.workspace, met.conflicts)
        desk.window.open_drawer("Changed on both sides", view, wide=True)
        view.blocks[0].choose("other")
        return
    trigger(REVIEW[part]).trigger()
    if part == "replace":
        desk.type("airbase")
        desk.press(Qt.Key.Key_Return)
    elif part == "import":
        QApplication.clipboard().setText("Statement\tAmount\nA made-up call.\t3 ships\n")
        desk.press(Qt.Key.Key_V, CTRL)


REVIEW = {
    "settle": "edit.settle",
    "changes": "file.changes",
    "same-event": "edit.same-event",
    "replace": "edit.replace",
    "set-field": "edit.set-field",
    "import": "file.import",
    "conflicts": "",
}
"""The drawers in which edits are looked over, with the action that opens each."""
PARTS = (*TABS, "form", "source", "problems", "keys", "search", "notice", *REVIEW)


@pytest.mark.parametrize("part", PARTS)
def test_every_control_has_a_name(desk: Desk, part: str) -> None:
    root = open_part(desk, part)

    if part not in ("sea", "keys", "problems"):
        assert focusable(root), "there is something to reach"
    assert nameless(desk.window) == []


@pytest.mark.parametrize("part", PARTS)
def test_every_control_is_reached_by_tab(desk: Desk, part: str) -> None:
    root = open_part(desk, part)

    reached = walked(desk.window)

    missed = [widget for widget in focusable(root) if widget not in reached]
    assert missed == []


@pytest.mark.parametrize("part", PARTS)
def test_what_takes_the_focus_shows_it(desk: Desk, part: str) -> None:
    """By the Tab key each control takes the focus, comes into view and looks other than before."""
    root = open_part(desk, part)
    for widget in focusable(root):
        (desk.window.search if widget is not desk.window.search else desk.window).setFocus()
        desk.settle()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)  # the ring is shown as after Tab
        desk.settle()
        inner = widget.focusProxy() or widget
        assert inner.hasFocus() or widget.isAncestorOf(desk.focus()), name_of(widget)
        assert widget.grab().toImage() != before, name_of(widget)


def test_the_ring_goes_along_with_the_arrows_and_comes_back_with_escape(desk: Desk) -> None:
    pane = desk.pane()
    assert isinstance(pane, OverviewPane)
    first, second = (pane.key_figures.row(key) for key in pane.key_figures.keys()[:2])
    assert first is not None
    assert second is not None
    desk.tab_to(first)
    assert has_ring(first)

    desk.press(Qt.Key.Key_Down)
    assert has_ring(second)

    desk.press(Qt.Key.Key_Return)
    assert not has_ring(second)
    desk.press(Qt.Key.Key_Escape)
    assert has_ring(second)

    desk.click(first)
    desk.click(desk.window.drawer._cross)
    assert not has_ring(first)


class Pressed(QObject):
    """Counts how often a control is pressed, in place of what it would lead to."""

    def __init__(self, button: Pressable) -> None:
        super().__init__(button)
        self.count = 0
        for signal in (button.clicked, getattr(button, "opened", None)):
            if signal is not None:
                signal.disconnect()
                signal.connect(self.on_button_pressed)

    def on_button_pressed(self) -> None:
        self.count += 1


@pytest.mark.parametrize("part", ["overview", "areas", "facts", "source", "problems"])
def test_every_button_of_ours_is_pressed_by_enter_and_space(desk: Desk, part: str) -> None:
    root = open_part(desk, part)
    buttons = [each for each in focusable(root) if isinstance(each, Pressable)]
    for button in (*buttons, desk.window.search, desk.window.problem_link):
        pressed = Pressed(button)
        for number, key in enumerate((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)):
            button.setFocus()
            QTest.keyClick(button, key)
            assert pressed.count == number + 1, name_of(button)


def test_the_menu_holds_all_that_can_be_done(desk: Desk) -> None:
    menu = desk.window.menu_button.menu()
    told: list[str] = []
    rest: list[QMenu] = [menu]
    while rest:
        each = rest.pop()
        for entry in each.actions():
            if isinstance(entry.menu(), QMenu):
                rest.append(entry.menu())
            elif not entry.isSeparator():
                told.append(entry.text())
                assert entry.text()

    for action in desk.window.actions_registry.all():
        assert action.words().replace("&", "&&") in told


def cut_words(root: QWidget) -> list[str]:
    """The labels in sight that do not show all their words, which they should by themselves."""
    cut = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or isinstance(label, ElidedText) or not label.text():
            continue
        inside = label.contentsRect()
        metrics = label.fontMetrics()
        widest = max(metrics.horizontalAdvance(word) for word in label.text().split() or [""])
        wide = widest if label.wordWrap() else metrics.horizontalAdvance(label.text())
        high = label.heightForWidth(label.width()) if label.wordWrap() else metrics.height()
        room = label.height() if label.wordWrap() else inside.height()
        if inside.width() < wide or room < high:
            cut.append(f"{label.text()!r} {inside.size()} needs {QSize(wide, high)}")
    drawn = (*root.findChildren(LinkedText), *root.findChildren(BigFigure))
    return cut + [
        f"{each.accessibleName()!r} {each.size()}"
        for each in drawn
        if each.isVisible() and each.height() < each.heightForWidth(each.width())
    ]


def test_words_that_are_cut_are_found(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    whole, narrow, low = (QLabel("Remains", around) for _ in range(3))
    whole.adjustSize()
    narrow.resize(20, 40)
    low.setWordWrap(True)
    low.setText("Remains of those who are missing are handed over")
    low.resize(80, 20)
    around.show()

    assert [words.partition("' ")[0] for words in cut_words(around)] == [
        "'Remains",
        "'Remains of those who are missing are handed over",
    ]


_LOOK = """
import json, sys
sys.path.insert(0, "")
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.app import App, new_application
from desktop.services.settings import Settings
from tests.test_accessibility import cut_words

folder, wide, high = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
application = new_application()
found = {}
for audience in ("washington", "hanoi-vi"):
    settings = Settings(folder / f"{audience}.ini")
    settings.audience = audience
    app = App(application, settings)
    window = app.start(Path("data/facts.yaml"))
    window.restore()
    window.resize(wide, high)
    window.show()
    for tab in ("overview", "areas", "facts"):
        for fact in ("bien-hoa-addition-2025", "remains-reported-2025"):
            app.workspace.selection.select(fact)
            window.show_tab(tab)
            for _ in range(5):
                application.processEvents()
            found[f"{audience} {tab} {fact}"] = cut_words(window)
    size = [window.width(), window.height()]
    window.close()
    window.deleteLater()
print(json.dumps([size, application.devicePixelRatio(), found]))
"""


@pytest.mark.parametrize("scale", ["1", "1.25", "2"])
@pytest.mark.parametrize(("wide", "high"), [(1024, 640), (1600, 900), (3840, 2160)])
def test_no_words_are_cut_at_any_size_and_scale(
    tmp_path: Path, wide: int, high: int, scale: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, str(tmp_path), str(wide), str(high)],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    size, ratio, found = json.loads(done.stdout.splitlines()[-1])
    assert size == [wide, high]
    assert ratio == float(scale)
    assert {place: cut for place, cut in found.items() if cut} == {}
