"""Going back and forth through the edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.actions.registry import Action
from desktop.services.language import tr
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.model.changes import Change


def edit_actions(workspace: Workspace) -> list[Action]:
    store = workspace.store

    def undo_title() -> str:
        return _titled(tr("Undo"), store.undo_change)

    def redo_title() -> str:
        return _titled(tr("Redo"), store.redo_change)

    def _titled(verb: str, asked: Callable[[], Change | None]) -> str:
        change = asked()
        if change is None:
            return verb
        from desktop.services.record_words import change_words  # there is no edit at the start

        return f"{verb} {change_words(workspace.locale(store.dossier), change)}"

    return [
        Action("edit.undo", undo_title, store.undo, "Ctrl+Z", store.can_undo),
        Action(
            "edit.redo", redo_title, store.redo, "Ctrl+Y", store.can_redo, keys=("Ctrl+Shift+Z",)
        ),
    ]
