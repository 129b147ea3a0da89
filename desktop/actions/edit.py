"""Going back and forth through the edits."""

from __future__ import annotations

from desktop.actions.registry import Action
from desktop.services.language import change_words, tr
from desktop.workspace import Workspace


def edit_actions(workspace: Workspace) -> list[Action]:
    store = workspace.store

    def undo_title() -> str:
        return _titled(tr("Undo"), store.undo_label())

    def redo_title() -> str:
        return _titled(tr("Redo"), store.redo_label())

    return [
        Action("edit.undo", undo_title, store.undo, "Ctrl+Z", store.can_undo),
        Action(
            "edit.redo", redo_title, store.redo, "Ctrl+Y", store.can_redo, keys=("Ctrl+Shift+Z",)
        ),
    ]


def _titled(verb: str, label: str) -> str:
    return f"{verb}: {change_words(label)}" if label else verb
