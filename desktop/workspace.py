"""What panes and actions are given to work with, in one typed bundle."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId
from desktop.services.language import Locale

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap
    from desktop.files.facts_file import FactsFile
    from desktop.selection import Selection
    from desktop.services.jobs import Jobs, Progress
    from desktop.services.links import Links
    from desktop.services.prompts import Prompts
    from desktop.services.settings import Settings
    from desktop.services.theme import Theme
    from desktop.store import Store


def local_today() -> datetime.date:
    """The day where the program runs."""
    return datetime.datetime.now().astimezone().date()


class Coast(QObject):
    """What map slides are drawn on: read once, in the background, when somebody first wants it."""

    come = Signal(object)
    """It has been read; carries the basemap."""
    failed = Signal()
    """It could not be read; wanted again, it is tried again."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._is_wanted = False
        self.basemap: Basemap | None = None
        """None until it has been read."""

    def want(self) -> None:
        """Have it read, if nobody has yet."""
        if self.basemap is None and not self._is_wanted:
            self._is_wanted = True
            self._jobs.run(_read_coast, on_done=self._on_done, on_error=self._on_error)

    def _on_done(self, basemap: Basemap) -> None:
        self.basemap = basemap
        self.come.emit(basemap)

    def _on_error(self, error: Exception) -> None:
        from desktop.files.basemap import BasemapError

        self._is_wanted = False
        if not isinstance(error, BasemapError):
            raise error
        self.failed.emit()


def _read_coast(_progress: Progress) -> Basemap:
    from desktop.files.basemap import read_basemap
    from desktop.services import paths

    return read_basemap(paths.resources() / "basemap")


class Workspace:
    """The owners of all that is shared; ``file`` is the open facts file, None before the first.

    ``today`` tells the day on which the file is looked at.
    """

    def __init__(
        self,
        *,
        store: Store,
        selection: Selection,
        theme: Theme,
        settings: Settings,
        jobs: Jobs,
        prompts: Prompts,
        links: Links,
        file: FactsFile | None = None,
        today: Callable[[], datetime.date] = local_today,
    ) -> None:
        self.store = store
        self.selection = selection
        self.theme = theme
        self.settings = settings
        self.jobs = jobs
        self.prompts = prompts
        self.links = links
        self.file = file
        self.today = today
        self.coast = Coast(jobs)

    def locale(self, dossier: Dossier) -> Locale:
        """How to speak to the audience that is set, or to the one the file names."""
        chosen = AudienceId(self.settings.audience)
        return Locale(dossier, chosen if chosen in dossier.audiences else None)
