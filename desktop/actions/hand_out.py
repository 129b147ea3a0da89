"""Handing a briefing out: to files in a folder, or to a printer after a look at the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions.registry import Action
from desktop.model.records import Briefing
from desktop.services.language import tr, tr_count
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.export.hand_out import Progress
    from desktop.export.handout import Handout
    from desktop.panes.handout_view import HandoutAsked, HandoutView

_KEY: Final = "Ctrl+Shift+H"


class Desk(Protocol):
    """The window, as far as handing out needs it."""

    def open_drawer(self, title: str, content: QWidget, *, wide: bool = False) -> None: ...


class HandOut(QObject):
    """Writes the briefing that would be given now, a page for each turn of the event loop.

    ``briefing`` tells which that is; ``handed_out`` hears the id of one that was.
    """

    def __init__(
        self,
        workspace: Workspace,
        desk: Desk,
        briefing: Callable[[], Briefing | None],
        handed_out: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._desk = desk
        self._briefing = briefing
        self._handed_out = handed_out
        self._view: HandoutView | None = None
        self._steps: Iterator[Progress] | None = None
        self._written: list[Path] = []
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn_timeout)

    def actions(self) -> list[Action]:
        return [
            Action(
                "present.hand-out",
                tr("Hand out…"),
                self.open,
                _KEY,
                lambda: self._briefing() is not None,
            )
        ]

    def open(self) -> None:
        """Ask what is wanted, beside the pane in view."""
        briefing = self._briefing()
        if briefing is None:
            return
        from desktop.panes.handout_view import HandoutView

        speak = self._workspace.locale(self._workspace.store.dossier)
        view = self._view = HandoutView(speak.text(briefing.title))
        view.asked.connect(self._on_view_asked)
        view.printed.connect(self._on_view_printed)
        view.stopped.connect(self._on_view_stopped)
        view.destroyed.connect(self._on_view_destroyed)
        self._desk.open_drawer(tr("Hand out"), view)

    def _on_view_asked(self, asked: HandoutAsked) -> None:
        from desktop.export import hand_out

        handout = self._handout(asked)
        if handout is None or self._steps is not None:
            return
        folder = self._workspace.prompts.folder_to_write(tr("Hand out to"))
        if folder is None:
            return
        kind = next(each for each in hand_out.FORMATS if each == asked.format)
        self._written = []
        self._steps = hand_out.write(handout, kind, folder)
        self._say(tr("Writing…"), is_running=True)
        self._turn.start()

    def _on_turn_timeout(self) -> None:
        """Paint one page, and come back for the next."""
        if self._steps is None:
            return
        try:
            step = next(self._steps)
        except StopIteration:
            self._finish()
        except OSError as error:
            self._steps = None
            self._say(
                tr("Not written: {why}. Choose another folder.").format(
                    why=error.strerror or error
                ),
                is_running=False,
            )
        else:
            if step.written is not None:
                self._written.append(step.written)
            self._say(tr("{done:.0%} done").format(done=step.done), is_running=True)
            self._turn.start()

    def _finish(self) -> None:
        self._steps = None
        briefing = self._briefing()
        if briefing is not None:
            self._handed_out(briefing.id)
        count = tr_count("Wrote {count} file", "Wrote {count} files", len(self._written))
        where = f"{self._written[0].parent}" if self._written else ""
        self._say(tr("{count} to {where}.").format(count=count, where=where), is_running=False)

    def _on_view_printed(self, asked: HandoutAsked) -> None:
        from desktop.export.printed import paint_on

        handout = self._handout(asked)
        if handout is not None:
            self._workspace.prompts.print_with_preview(
                handout.title, lambda printer: paint_on(printer, handout)
            )

    def _on_view_stopped(self) -> None:
        if self._steps is not None:
            self._steps = None
            self._say(tr("Stopped; what was written before stays."), is_running=False)

    def _on_view_destroyed(self) -> None:
        self._view = None
        self._steps = None

    def _handout(self, asked: HandoutAsked) -> Handout | None:
        from desktop.export.handout import SHAPES, Handout, Wanted

        briefing, dossier = self._briefing(), self._workspace.store.dossier
        if briefing is None:
            return None
        wanted = Wanted(**{name: name in asked.extras for name in Wanted._fields})
        shape = SHAPES[asked.paper if asked.format == "pdf" else "screen"]
        return Handout(dossier, briefing, wanted, shape)

    def _say(self, words: str, *, is_running: bool) -> None:
        if self._view is not None:
            self._view.show_progress(words, is_running=is_running)
