"""How soon a slide is on the audience's screen, what a long evening leaks, how long handing out is.

    python -m bench.present

Wall time without a screen, on the shipped briefings, both windows of a presenter open: the slides
1920 × 1080, the console 1366 × 768. From the key to the slide painted; once with nothing painted
ahead and nothing laid out, the least of three, and once as the next slide is, ahead. Handing out
is CPU time.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bench.table import Row, print_table
from desktop.export.hand_out import Format, write
from desktop.export.handout import Handout
from desktop.files.basemap import read_basemap
from desktop.files.reader import read
from desktop.model.records import Briefing, BriefingId, Slide, SlideId
from desktop.presentation.presenter import Presenter
from desktop.presentation.session import Session
from desktop.services import paths
from desktop.services.settings import Settings
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.files.basemap import Basemap
    from desktop.model.dossier import Dossier

FACTS = Path(__file__).resolve().parents[1] / "data" / "facts.yaml"
STAGE, CONSOLE, FOUR_K = QSize(1920, 1080), QSize(1366, 768), QSize(3840, 2160)
CHANGES, HANDED_OUT = 1000, 30
EVERYTHING = BriefingId("everything")
_ASKED_MS, _ASKED_MAP_MS = 33.0, 50.0
_AHEAD_S = 3.0
_ROUNDS = 3


class Change(NamedTuple):
    """How long it took until a slide was painted, in ms."""

    layout: str
    cold_ms: float
    ahead_ms: float


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    Theme("dark").apply_to(application)
    dossier, basemap = everything(), read_basemap(paths.resources() / "basemap")
    room = Room(dossier, basemap)
    changes = room.changes()
    for kind, found, asked_ms in (
        ("slide", [each for each in changes if each.layout != "map"], _ASKED_MS),
        ("map slide", [each for each in changes if each.layout == "map"], _ASKED_MAP_MS),
    ):
        cold, ahead = ([each[place] for each in found] for place in (1, 2))
        print(
            f"{len(found)} × {kind}: cold median {statistics.median(cold):.1f} ms, "
            f"painted ahead {statistics.median(ahead):.1f} ms"
        )
        yield Row.at_most(f"{kind} by number, to painted, worst", max(cold), asked_ms, "ms")
        yield Row.at_most(f"{kind} painted ahead, worst", max(ahead), asked_ms, "ms")
    growth_mb, handles = room.leaked(CHANGES)
    yield Row.at_most(f"memory after {CHANGES} slide changes", growth_mb, 5.0, "MB")
    yield Row.at_most(f"file handles after {CHANGES} slide changes", handles, 0, "")
    room.leave()
    handout = Handout(dossier, dossier.briefings[EVERYTHING], basemap=basemap)
    for kind, asked_s in (("pdf", 1.0), ("pptx", 2.0), ("png", 10.0)):
        took_s, pages = handed_out_s(handout, kind)  # type: ignore[arg-type]
        yield Row.at_most(f"{pages} slides as {kind.upper()}", took_s, asked_s, "s")


def everything() -> Dossier:
    """The shipped facts with one briefing of 30 slides, all layouts among them."""
    dossier = read(FACTS.read_bytes(), "facts.yaml").dossier
    known: dict[SlideId, Slide] = {}
    for each in dossier.briefings.values():
        for slide_id in (*each.slides, *each.backup):
            known[slide_id] = dossier.slides[slide_id]
    # Every briefing gives its part: the maps stand in the last.
    chosen = [*list(known)[::2], *list(known)[1::2]][:HANDED_OUT]
    first = next(iter(dossier.briefings.values()))
    whole = msgspec.structs.replace(first, id=EVERYTHING, slides=tuple(chosen), backup=())
    assert isinstance(whole, Briefing)
    return dossier.with_record(whole)


class Room:
    """Both windows of a briefing, in view."""

    def __init__(self, dossier: Dossier, basemap: Basemap) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._settings = Settings(Path(self._folder.name, "settings.ini"))
        self._session = Session(dossier, EVERYTHING)
        self._theme = Theme("dark")
        self._presenter = Presenter(self._session, self._settings, self._theme)
        self._presenter.show_basemap(basemap)
        self._presenter.start("window")
        self._stage, self._console = self._presenter.stage, self._presenter.console
        self._stage.resize(STAGE)
        self._console.resize(CONSOLE)
        self._rest()

    def changes(self) -> list[Change]:
        """The change to every slide, cold and painted ahead."""
        slides = self._session.running
        found = []
        for number, slide in enumerate(slides, start=1):
            cold_ms = min(self._jump_ms(number) for _ in range(_ROUNDS))
            self._session.go_to_number(max(number - 1, 1))
            self._rest()
            found.append(Change(slide.layout, cold_ms, self._step_ms() if number > 1 else 0.0))
        return found

    def leaked(self, changes: int) -> tuple[float, int]:
        """Memory in MB and file handles that so many changes leave behind; a round goes before."""
        count = len(self._session.running)
        for turn in range(4 * count):
            self._turn(turn)
        self._rest()
        gc.collect()
        before_mb, before = _resident_mb(), _handles()
        for turn in range(changes):
            self._turn(turn)
        self._rest()
        gc.collect()
        return _resident_mb() - before_mb, _handles() - before

    def leave(self) -> None:
        self._presenter.end()
        # Outside a loop of events Qt puts this off, and Python would take the windows apart first.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._folder.cleanup()

    def _turn(self, turn: int) -> None:
        """The next slide by key; at the end from the start again."""
        last = self._session.next is None
        QTest.keyClick(self._console, Qt.Key.Key_Home if last else Qt.Key.Key_PageDown)
        self._stage.repaint()
        if turn % 10 == 0:
            QCoreApplication.processEvents()
            # Qt deletes what is due only in a loop that exec began.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _jump_ms(self, number: int) -> float:
        self._session.go_to_number(number + 2 if number + 2 <= HANDED_OUT else 1)
        self._rest()
        self._stage._kept.clear()
        self._stage._slides.forget()
        for digit in str(number):
            QTest.keyClick(self._console, digit)
        return self._press_ms(Qt.Key.Key_Return)

    def _step_ms(self) -> float:
        return self._press_ms(Qt.Key.Key_PageDown)

    def _press_ms(self, key: Qt.Key) -> float:
        painted = _Painted(self._stage)
        began = time.perf_counter()
        QTest.keyClick(self._console, key)
        while not painted.is_done:
            QCoreApplication.processEvents()
        return (painted.at - began) * 1000

    def _rest(self) -> None:
        """Let all that is painted ahead be painted."""
        until = time.perf_counter() + _AHEAD_S
        wanted = {each.id for each in (self._session.next, self._session.previous) if each}
        while time.perf_counter() < until:
            QCoreApplication.processEvents()
            if wanted <= {key.slide_id for key in self._stage._kept}:
                return


def handed_out_s(handout: Handout, kind: Format) -> tuple[float, int]:
    """The CPU time it takes to write a hand-out to files, and its slides."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        for _ in write(handout, kind, Path(folder), FOUR_K):
            pass
        return time.process_time() - began, len(handout.briefing.slides)


class _Painted(QObject):
    """Notes when a widget has been painted the next time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        self._widget = widget
        widget.installEventFilter(self)

    @property
    def is_done(self) -> bool:
        return self.at > 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or self.is_done:
            return False
        self._widget.event(event)
        self.at = time.perf_counter()
        self._widget.removeEventFilter(self)
        return True


def _resident_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _handles() -> int:
    return len(os.listdir("/proc/self/fd"))


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
