"""A small facts file read from disk, and all that a pane is given to work with."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.files.facts_file import FactsFile
from desktop.selection import Selection
from desktop.services.links import Links
from desktop.store import Store
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.model.dossier import Dossier
    from desktop.services.jobs import Jobs
    from desktop.services.settings import Settings
    from desktop.services.theme import Theme
    from tests.scripted import ScriptedPrompts

SMALL_FILE = Path(__file__).parent / "small_facts.yaml"


@pytest.fixture
def facts_path(tmp_path: Path) -> Path:
    """A copy of the small facts file, free to be rewritten."""
    path = tmp_path / "facts.yaml"
    path.write_bytes(SMALL_FILE.read_bytes())
    return path


@pytest.fixture
def workspace(
    facts_path: Path, theme: Theme, settings: Settings, jobs: Jobs, prompts: ScriptedPrompts
) -> Workspace:
    """A workspace on the small facts file; dialogs answer from ``prompts``."""
    file = FactsFile.open(facts_path)
    return Workspace(
        store=Store(file.reading.dossier),
        selection=Selection(),
        theme=theme,
        settings=settings,
        jobs=jobs,
        prompts=prompts,
        links=Links(prompts),
        file=file,
        today=lambda: datetime.date(2025, 12, 20),
    )


@pytest.fixture(scope="session")
def small_dossier() -> Dossier:
    """The facts of the small file alone, for proofs that go through many examples."""
    return FactsFile.open(SMALL_FILE).reading.dossier
