"""What can be done with the facts file as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from desktop.actions.registry import Action
from desktop.services.language import tr
from desktop.workspace import Workspace


class Opener(Protocol):
    """Whoever keeps the open file: reads one and shows it, or says why not and leaves all be."""

    def open(self, path: Path) -> None: ...

    def reload(self) -> None: ...

    def save(self) -> bool: ...

    def save_as(self) -> bool: ...

    def revert(self) -> None: ...

    def edit_outside(self) -> None: ...

    def has_unsaved(self) -> bool: ...

    def show_unsaved(self) -> None: ...


class Program(Protocol):
    """What holds for the program as a whole."""

    def show_problems(self) -> None: ...

    def quit(self) -> None: ...


def file_actions(workspace: Workspace, opener: Opener, program: Program) -> list[Action]:
    def choose() -> None:
        start = workspace.file.path.parent if workspace.file else None
        kinds = tr("Facts files (*.yaml *.yml *.facts);;All files (*)")
        path = workspace.prompts.file_to_open(tr("Open a facts file"), kinds, start)
        if path is not None:
            opener.open(path)

    def is_open() -> bool:
        return workspace.file is not None

    def is_unsaved() -> bool:
        return workspace.file is not None and not workspace.store.is_saved()

    return [
        Action("file.open", tr("Open…"), choose, shortcut="Ctrl+O"),
        Action("file.save", tr("Save"), opener.save, "Ctrl+S", is_open),
        Action("file.save-as", tr("Save as…"), opener.save_as, "Ctrl+Shift+S", is_open),
        Action("file.revert", tr("Revert to what is saved…"), opener.revert, "", is_unsaved),
        Action("file.unsaved", tr("Unsaved work…"), opener.show_unsaved, "", opener.has_unsaved),
        Action("file.reload", tr("Read again from disk"), opener.reload, "Ctrl+R", is_open),
        Action(
            "file.editor", tr("Open in a text editor"), opener.edit_outside, "Ctrl+Shift+E", is_open
        ),
        Action("file.problems", tr("Problems in the file"), program.show_problems, "Ctrl+Shift+M"),
        Action("file.quit", tr("Quit"), program.quit, shortcut="Ctrl+Q"),
    ]
