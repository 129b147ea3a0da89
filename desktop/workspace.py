"""What panes and actions are given to work with, in one typed bundle."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId
from desktop.services.language import Locale

if TYPE_CHECKING:
    from desktop.files.facts_file import FactsFile
    from desktop.selection import Selection
    from desktop.services.jobs import Jobs
    from desktop.services.links import Links
    from desktop.services.prompts import Prompts
    from desktop.services.settings import Settings
    from desktop.services.theme import Theme
    from desktop.store import Store


def local_today() -> datetime.date:
    """The day where the program runs."""
    return datetime.datetime.now().astimezone().date()


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

    def locale(self, dossier: Dossier) -> Locale:
        """How to speak to the audience that is set, or to the one the file names."""
        chosen = AudienceId(self.settings.audience)
        return Locale(dossier, chosen if chosen in dossier.audiences else None)
