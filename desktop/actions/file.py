"""What can be done with the facts file as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from desktop.actions.registry import Action
from desktop.services.language import tr
from desktop.workspace import Workspace


class Opener(Protocol):
    """Whoever opens files: reads one and shows it, or says why not and leaves all as it was."""

    def open(self, path: Path) -> None: ...

    def reload(self) -> None: ...

    def show_problems(self) -> None: ...

    def quit(self) -> None: ...


def file_actions(workspace: Workspace, opener: Opener) -> list[Action]:
    def choose() -> None:
        start = workspace.file.path.parent if workspace.file else None
        kinds = tr("Facts files (*.yaml *.yml *.facts);;All files (*)")
        path = workspace.prompts.file_to_open(tr("Open a facts file"), kinds, start)
        if path is not None:
            opener.open(path)

    def is_open() -> bool:
        return workspace.file is not None

    return [
        Action("file.open", tr("Open…"), choose, shortcut="Ctrl+O"),
        Action("file.reload", tr("Read again from disk"), opener.reload, "Ctrl+R", is_open),
        Action("file.problems", tr("Problems in the file"), opener.show_problems, "Ctrl+Shift+M"),
        Action("file.quit", tr("Quit"), opener.quit, shortcut="Ctrl+Q"),
    ]
