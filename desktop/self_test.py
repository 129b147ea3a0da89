"""Proves an installed copy: opens every pane, presents, exports, edits and saves, and ends."""

from __future__ import annotations

import faulthandler
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.app import App, new_application
from desktop.files.facts_file import FactsFile
from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import About
from desktop.model.values import LocalText
from desktop.services import paths
from desktop.services.prompts import Prompts
from desktop.services.settings import Settings

_PATIENCE_S: Final = 180
_LOOK_MS: Final = 15
_SMALLEST_PDF: Final = 20_000
_TITLE: Final = "Self-test"

Wait = Callable[[], bool]


class SelfTestFailed(Exception):
    """Something is not as it should be; the words say what."""


class _NobodyThere(Prompts):
    """A dialog would wait for ever for somebody to answer it."""

    def file_to_open(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        raise SelfTestFailed(f"asks: {title}")

    def place_to_save(self, title: str, kinds: str, proposed: Path) -> Path | None:
        raise SelfTestFailed(f"asks: {title}")

    def choose(
        self, title: str, words: str, answers: Sequence[str], *, default: int = 0, refuse: int = -1
    ) -> int:
        raise SelfTestFailed(f"asks: {title}: {words}")

    def tell_error(self, title: str, happened: str, what_to_do: str = "") -> None:
        raise SelfTestFailed(f"says: {title}: {happened}")


class _Story(QObject):
    """Goes through a story step by step between the turns of the event loop.

    What the story yields is looked at until it is true. The first error ends the program with 1.
    Each step is told on ``report`` with its time, and has ``watch`` called anew.
    """

    def __init__(
        self,
        story: Iterator[tuple[str, Wait]],
        report: TextIO,
        app: QObject,
        watch: Callable[[], None],
    ) -> None:
        super().__init__(app)
        self._story = story
        self._report = report
        self._watch = watch
        self._said = ""
        self._wait: Wait = _at_once
        self._since = time.monotonic()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def fail(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The exception hook while the story runs: an error in a slot ends it too."""
        traceback.print_exception(kind, error, trace, file=self._report)
        self._tell(f"FAILED at {self._said or 'the start'}: {error}")
        self._leave(1)

    def _on_timer_timeout(self) -> None:
        if not self._wait():
            return
        if self._said:
            self._tell(f"{(time.monotonic() - self._since) * 1e3:6.0f} ms  {self._said}")
        self._since = time.monotonic()
        self._watch()
        try:
            self._said, self._wait = next(self._story)
        except StopIteration:
            self._tell("passed")
            self._leave(0)

    def _leave(self, code: int) -> None:
        self._timer.stop()
        QCoreApplication.exit(code)

    def _tell(self, words: str) -> None:
        print(words, file=self._report, flush=True)


def run(report: Path | None = None) -> int:
    """Go through the program on a copy of the shipped facts and return 0 if all of it works.

    Nothing is read from or kept in this person's folders. What happens is told on the output, or in
    ``report`` where a program without a console has none. After three minutes in one step a
    watchdog prints where every thread stands and ends the program with 1: no window is ever left
    hanging.
    """
    with (report or Path(os.devnull)).open("w", encoding="utf-8") as file:
        # A program without a console has no output at all.
        out = file if report or sys.stdout is None else sys.stdout

        def watch() -> None:
            faulthandler.dump_traceback_later(_PATIENCE_S, exit=True, file=file if report else 2)

        watch()
        folder = Path(tempfile.mkdtemp(prefix="charthouse-self-test-"))
        try:
            return _run(folder, out, watch)
        except Exception:
            traceback.print_exc(file=out)
            return 1
        finally:
            faulthandler.cancel_dump_traceback_later()
            shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, report: TextIO, watch: Callable[[], None]) -> int:
    copy = folder / "Việt Nam.facts"
    shutil.copyfile(paths.data() / "facts.yaml", copy)
    application = new_application()
    settings = Settings(folder / "settings.ini")
    app = App(application, settings, prompts=_NobodyThere(), state=folder / "state")
    story = _Story(_story(app, copy), report, app, watch)
    sys.excepthook = story.fail
    code = application.exec()
    app.workspace.jobs.shut_down()
    return code


def _story(app: App, copy: Path) -> Iterator[tuple[str, Wait]]:
    window = app.start(copy)
    window.restore()
    window.show()
    yield "the window opens", window.isVisible
    _require(not window.notice.isVisible(), window.notice.words())
    for tab, title in window.tabs():
        window.show_tab(tab)
        yield f"pane: {title()}", window.pane(tab).isVisible
        _require(_shows_something(window.pane(tab)), f"{title()} is blank")
    yield from _present(app)
    yield from _export(app, copy.parent)
    yield from _edit_and_save(app, copy)


def _present(app: App) -> Iterator[tuple[str, Wait]]:
    app.present.start("window")
    presenter = app.present.giving.presenter
    if presenter is None:
        raise SelfTestFailed("nothing is presented")
    stage, session = presenter.stage, presenter.session
    yield "a slide is presented", stage.isVisible
    _require(_shows_something(stage), "the slide is blank")
    first = session.slide
    session.step(1)
    yield "the next slide", _at_once
    _require(session.slide is not first, "the slide does not change")
    _require(_shows_something(stage), "the next slide is blank")
    presenter.end()
    yield "the briefing ends", lambda: app.present.giving.presenter is None


def _export(app: App, folder: Path) -> Iterator[tuple[str, Wait]]:
    from desktop.export.hand_out import write
    from desktop.export.handout import Handout

    briefing = app.present.briefing()
    if briefing is None:
        raise SelfTestFailed("the shipped facts have no briefing")
    handout = Handout(app.workspace.store.dossier, briefing)
    for kind in ("pdf", "pptx"):
        written = None
        for step in write(handout, kind, folder):
            written = step.written
        yield f"a briefing becomes a {kind.upper()}", _at_once
        _require(written is not None and written.stat().st_size > _SMALLEST_PDF, f"{kind} is small")


def _edit_and_save(app: App, copy: Path) -> Iterator[tuple[str, Wait]]:
    workspace = app.workspace
    before = copy.read_bytes()
    title = LocalText(en=_TITLE, vi=workspace.store.dossier.about.title.vi)
    workspace.store.apply(SetField(Ref(About, "about"), "title", title))
    yield "an edit", _at_once
    _require(app.open_file.save(), f"it is not saved: {app.window.notice.words()}")
    yield "the copy is saved", workspace.store.is_saved
    after = FactsFile.open(copy)
    _require(after.reading.dossier.about.title == title, "the saved file says something else")
    others = set(before.splitlines()) - set(after.data.splitlines())
    _require(len(others) == 1, f"{len(others)} lines are changed by an edit of one")


def _shows_something(widget: QWidget) -> bool:
    """Whether a widget paints more than one colour."""
    image = widget.grab().toImage().scaled(64, 64)
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return len(colours) > 2


def _at_once() -> bool:
    return True


def _require(truth: bool, otherwise: str) -> None:
    if not truth:
        raise SelfTestFailed(otherwise)
