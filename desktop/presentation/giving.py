"""From the desk to the room and back: gives a briefing, keeps its place, remembers it was given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.files import given
from desktop.model.dossier import Dossier
from desktop.model.records import BriefingId, Slide
from desktop.model.slides import audience_of, backups_of, said_by, slides_of
from desktop.presentation.presenter import Presenter
from desktop.presentation.session import Bookmark, Session, Show
from desktop.services import paths
from desktop.services.language import tr
from desktop.services.theme import Mode
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

    from desktop.files.basemap import Basemap

_FRESH_S: Final = 30 * 60
"""A briefing that was lost less than this ago goes on by itself."""


class Giving(QObject):
    """Gives one briefing at a time; ``ended`` tells the desk that it is over.

    ``folder`` is where bookmark and what was given are kept.
    """

    ended = Signal()
    failed = Signal(str)
    """Something could not be kept or read, in words."""

    def __init__(
        self, workspace: Workspace, folder: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.folder = folder or paths.state()
        self._presenter: Presenter | None = None
        self._kept: Bookmark | None = None
        self._told_of_sleep = False
        workspace.coast.come.connect(self._on_coast_come)
        workspace.coast.failed.connect(self._on_coast_failed)
        self._desk_mode: Mode = workspace.theme.mode

    @property
    def presenter(self) -> Presenter | None:
        """The briefing that is being given now."""
        return self._presenter

    def give(
        self,
        briefing_id: str,
        start: str = "",
        show: Show = "screens",
        home: QScreen | None = None,
        mark: Bookmark | None = None,
    ) -> None:
        """Present a briefing from a slide on, or go on where a bookmark stands."""
        if self._presenter is not None:
            return
        workspace = self._workspace
        dossier = workspace.store.dossier
        session = Session(dossier, briefing_id, start, parent=self)
        if mark is not None:
            session.resume(mark)
        changed = self.changed_since(briefing_id)
        presenter = Presenter(
            session, workspace.settings, workspace.theme, home, changed, parent=self
        )
        self._presenter = presenter
        workspace.store.changed.connect(self._on_store_changed)
        session.changed.connect(self._on_session_changed)
        presenter.ended.connect(self._on_presenter_ended)
        if workspace.coast.basemap is not None:
            presenter.show_basemap(workspace.coast.basemap)
        elif self._has_map(briefing_id):
            workspace.coast.want()
        # A dim room: the console is dark, whatever the desk is.
        self._desk_mode = workspace.theme.mode
        workspace.theme.set_mode("dark")
        presenter.start(show)
        self._on_session_changed()
        if not presenter.stays_awake and not self._told_of_sleep:
            self._told_of_sleep = True
            presenter.console.add_words(
                tr("The system may switch the screens off; it did not say it would wait.")
            )

    def lost(self, now: float) -> Bookmark | None:
        """Where a briefing of the open file stood if the program was lost of late."""
        mark = given.read_bookmark(self.folder, Bookmark)
        file = self._workspace.file
        if mark is None or file is None or mark.file != self._file():
            return None
        if mark.briefing not in self._workspace.store.dossier.briefings:
            return None
        return mark if now - mark.written <= _FRESH_S else None

    def changed_since(self, briefing_id: str) -> frozenset[str]:
        """Ids of the facts that say something else than when this briefing was last given."""
        dossier = self._workspace.store.dossier
        briefing = dossier.briefings.get(BriefingId(briefing_id))
        last = given.last_given(self.folder, self._file(), briefing_id)
        if briefing is None or last is None:
            return frozenset()
        now = said_by(dossier, briefing)
        return frozenset(
            fact_id for fact_id, said in now.items() if last.facts.get(fact_id, said) != said
        )

    def remember(self, briefing_id: str, dossier: Dossier | None = None) -> None:
        """Keep what a briefing says as said today: it was given, or handed out.

        ``dossier`` is what it said it from, if that is not what the desk says now.
        """
        dossier = dossier or self._workspace.store.dossier
        briefing = dossier.briefings.get(BriefingId(briefing_id))
        if briefing is None:
            return
        said = given.Given(
            self._file(),
            briefing_id,
            audience_of(dossier, briefing) or "",
            self._workspace.today().isoformat(),
            said_by(dossier, briefing),
        )
        try:
            given.remember_given(self.folder, said)
        except OSError as error:
            self.failed.emit(_not_kept(error))

    def _file(self) -> str:
        file = self._workspace.file
        return str(file.path.absolute()) if file else ""

    def _has_map(self, briefing_id: str) -> bool:
        dossier = self._workspace.store.dossier
        briefing = dossier.briefings.get(BriefingId(briefing_id))
        if briefing is None:
            return False
        slides = (*slides_of(dossier, briefing), *backups_of(dossier, briefing))
        return any(slide.layout == "map" for slide in slides)

    def _on_coast_come(self, basemap: Basemap) -> None:
        if self._presenter is not None:
            self._presenter.show_basemap(basemap)

    def _on_coast_failed(self) -> None:
        if self._presenter is not None:
            self.failed.emit(tr("The map's coast could not be read; its slides show none."))

    def _on_store_changed(self, _changes: object) -> None:
        if self._presenter is not None:
            self._presenter.session.hear(self._workspace.store.dossier)

    def _on_session_changed(self) -> None:
        if self._presenter is None:
            return
        session, show = self._presenter.session, self._presenter.shows
        mark = msgspec.structs.replace(session.bookmark(self._file()), show=show)
        if self._kept is not None and mark == msgspec.structs.replace(
            self._kept, written=mark.written
        ):
            # The pointer moves, an answer comes: nothing that is to be found again.
            return
        self._kept = mark
        try:
            given.write_bookmark(self.folder, mark)
        except OSError as error:
            self.failed.emit(_not_kept(error))

    def _on_presenter_ended(self) -> None:
        presenter, self._presenter = self._presenter, None
        if presenter is None:
            return
        self._workspace.store.changed.disconnect(self._on_store_changed)
        self._workspace.theme.set_mode(self._desk_mode)
        given.drop_bookmark(self.folder)
        self._kept = None
        here = presenter.session.slide
        if here is not None and here.id in self._workspace.store.dossier.slides:
            # Ended by mistake, it goes on with "Present from here".
            self._workspace.selection.select(here.id, Slide)
        if presenter.was_seen:
            self.remember(presenter.session.briefing_id, presenter.session.dossier)
        presenter.deleteLater()
        presenter.session.deleteLater()
        self.ended.emit()


def _not_kept(error: OSError) -> str:
    return tr("Where the briefing stands could not be kept: {why}.").format(
        why=error.strerror or error
    )
