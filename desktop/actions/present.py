"""Giving a briefing: from the start, from here, in a window to share.

All of it is loaded when it is first asked for.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QScreen

from desktop.actions.registry import Action
from desktop.files.given import BOOKMARK
from desktop.model.records import Briefing, BriefingId, Fact, Slide
from desktop.services import paths
from desktop.services.language import tr
from desktop.widgets.notice import Notice
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.presentation.giving import Giving
    from desktop.presentation.session import Show


class Desk(Protocol):
    """The window, as far as presenting needs it."""

    notice: Notice

    def screen(self) -> QScreen: ...

    def activateWindow(self) -> None: ...


class Present(QObject):
    """Gives the briefing that was chosen last, or the first of the file.

    ``folder`` is where a briefing's place is kept, the person's own if None.
    """

    def __init__(
        self,
        workspace: Workspace,
        desk: Desk,
        folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._desk = desk
        self._folder = folder
        self._made: Giving | None = None

    @property
    def giving(self) -> Giving:
        """What gives briefings, made now if nobody asked for it yet."""
        if self._made is None:
            from desktop.presentation.giving import Giving

            self._made = Giving(self._workspace, self._folder, self)
            self._made.failed.connect(self._on_giving_failed)
            self._made.ended.connect(self._on_giving_ended)
        return self._made

    def actions(self) -> list[Action]:
        return [
            Action("present.start", tr("Present from the start"), self.start, "F5", self._has_any),
            Action(
                "present.here", tr("Present from here"), self.start_here, "Shift+F5", self._has_any
            ),
            Action(
                "present.window",
                tr("Present in a window, for a call"),
                partial(self.start, "window"),
                "Ctrl+F5",
                self._has_any,
            ),
            Action(
                "present.rehearse",
                tr("Rehearse at the console alone"),
                partial(self.start, "console"),
                enabled=self._has_any,
            ),
        ]

    def briefing(self) -> Briefing | None:
        """The briefing that would be given now."""
        briefings = self._workspace.store.dossier.briefings
        chosen = briefings.get(BriefingId(self._workspace.settings.briefing))
        return chosen or next(iter(briefings.values()), None)

    def start(self, show: Show = "screens") -> None:
        briefing = self.briefing()
        if briefing is not None:
            self.giving.give(briefing.id, "", show, self._desk.screen())

    def start_here(self) -> None:
        """From the slide in view, or the first that stands on the fact in view."""
        briefing = self.briefing()
        if briefing is not None:
            self.giving.give(briefing.id, self._here(briefing), "screens", self._desk.screen())

    def resume_if_lost(self) -> None:
        """Go on with a briefing during which the program was lost."""
        folder = self._folder or paths.state()
        if not (folder / BOOKMARK).exists():
            return
        mark = self.giving.lost(time.time())
        if mark is not None:
            self.giving.give(mark.briefing, mark.slide, mark.show, self._desk.screen(), mark)

    def remember(self, briefing_id: str) -> None:
        """Keep what a briefing said: it was handed out today."""
        self.giving.remember(briefing_id)

    def _here(self, briefing: Briefing) -> str:
        from desktop.model.slides import audience_of, facts_on, slides_of

        dossier, ref = self._workspace.store.dossier, self._workspace.selection.ref
        if ref is None:
            return ""
        if ref.kind is Slide:
            return ref.id
        if ref.kind is not Fact:
            return ""
        audience = audience_of(dossier, briefing)
        for slide in slides_of(dossier, briefing):
            if any(fact.id == ref.id for fact in facts_on(dossier, slide, audience)):
                return slide.id
        return ""

    def _has_any(self) -> bool:
        return self.briefing() is not None

    def _on_giving_ended(self) -> None:
        self._desk.activateWindow()

    def _on_giving_failed(self, words: str) -> None:
        self._desk.notice.say(tr("Presenting"), words)
