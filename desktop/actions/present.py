"""Giving a briefing: from the start, from here, in a window to share.

All of it is loaded when it is first asked for.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QScreen

from desktop.actions.registry import Action
from desktop.files.given import BOOKMARK
from desktop.model.changes import ChangeRefused
from desktop.model.dossier import Ref
from desktop.model.records import Briefing, BriefingId, Fact, Slide
from desktop.services import paths
from desktop.services.language import tr
from desktop.services.problem_words import problem_words
from desktop.widgets.notice import Notice
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.panes.pane import Pane
    from desktop.presentation.giving import Giving
    from desktop.presentation.session import Show


class Desk(Protocol):
    """The window, as far as presenting needs it."""

    notice: Notice

    def screen(self) -> QScreen: ...

    def activateWindow(self) -> None: ...

    def current_tab(self) -> str: ...

    def pane(self, tab_id: str) -> Pane: ...


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
        self._last_slide = ""
        workspace.selection.changed.connect(self._on_selection_changed)

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
                "present.add_slide",
                tr("Add a slide from this view"),
                self.add_slide,
                "Ctrl+Shift+A",
                self._has_any,
            ),
            Action(
                "present.rehearse",
                tr("Rehearse at the console alone"),
                partial(self.start, "console"),
                enabled=self._has_any,
            ),
        ]

    def add_slide(self) -> None:
        """Keep what is in view as a slide, behind the one that was shown last."""
        workspace, briefing = self._workspace, self.briefing()
        proposed = self._desk.pane(self._desk.current_tab()).slide()
        if briefing is None:
            return
        if proposed is None:
            words = tr("Nothing is in view that a slide could show. Choose a fact first.")
            self._desk.notice.say(tr("No slide"), words)
            return
        from desktop.model.slides import slide_added, with_free_id

        slide = with_free_id(workspace.store.dossier, proposed)
        try:
            workspace.store.apply(slide_added(briefing, slide, self._last_slide))
        except ChangeRefused as refusal:
            self._desk.notice.say(tr("No slide"), problem_words(refusal.problem))
            return
        self._last_slide = slide.id
        title = workspace.locale(workspace.store.dossier).text(briefing.title)
        self._desk.notice.say(
            tr("Slide added"),
            tr("This view is a slide of “{briefing}” now. Give it a message as its title.").format(
                briefing=title
            ),
            icon="check",
            tone="agreed",
            offers=[(tr("Show it"), partial(self._show_slide, slide.id))],
        )

    def _show_slide(self, slide_id: str) -> None:
        self._desk.notice.hide()
        self._workspace.selection.reveal(slide_id, Slide)

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
        if self._workspace.file is None:
            # A large file is read while the window stands already.
            self._workspace.store.changed.connect(self._on_store_changed)
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

    def _on_store_changed(self, _changes: object) -> None:
        if self._workspace.file is not None:
            self._workspace.store.changed.disconnect(self._on_store_changed)
            # The window shows the file first.
            QTimer.singleShot(0, self, self.resume_if_lost)

    def _on_selection_changed(self, ref: Ref | None) -> None:
        if ref is not None and ref.kind is Slide:
            self._last_slide = ref.id

    def _on_giving_ended(self) -> None:
        self._desk.activateWindow()

    def _on_giving_failed(self, words: str) -> None:
        self._desk.notice.say(tr("Presenting"), words)
