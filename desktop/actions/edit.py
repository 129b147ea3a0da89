"""Editing records in their form, and going back and forth through the edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject

from desktop.actions.registry import Action
from desktop.model.dossier import Ref, whole_id
from desktop.model.records import Fact, Source
from desktop.services.language import tr, tr_count
from desktop.workspace import Workspace

if TYPE_CHECKING:
    from desktop.model.changes import Change
    from desktop.model.unsettled import Unsettled
    from desktop.panes.facts import FactsPane
    from desktop.panes.pane import Pane

_TAB: Final = "facts"


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


class Desk(Protocol):
    """The window, as far as editing needs it."""

    def show_tab(self, tab_id: str) -> None: ...

    def pane(self, tab_id: str) -> Pane: ...

    def made_pane(self, tab_id: str) -> Pane | None: ...

    def close_drawer(self) -> None: ...


class Editing(QObject):
    """Leads from any pane into the form of a record, in the Facts pane."""

    def __init__(self, workspace: Workspace, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._desk = desk

    def actions(self) -> list[Action]:
        def unless_locked(words: str) -> Callable[[], str]:
            """The title, and why it is off where another window edits the file."""
            return lambda: words if self._is_free() else f"{words} ({tr('read only here')})"

        add, source = unless_locked(tr("Add a fact")), unless_locked(tr("Add a source"))
        copy, rename = unless_locked(tr("Duplicate")), unless_locked(tr("Give another id"))
        delete = unless_locked(tr("Delete"))
        return [
            Action("edit.record", tr("Edit"), self.edit, "Ctrl+E", self._has_record),
            Action("edit.add", add, self.add_fact, "Ctrl+N", self._may_add),
            Action("edit.source", source, self.add_source, "Ctrl+Shift+N", self._may_add),
            Action("edit.duplicate", copy, self.duplicate, "Ctrl+D", self._may_change),
            Action("edit.rename", rename, self.rename, "", self._may_change),
            Action("edit.delete", delete, self.delete, "", self._may_change),
        ]

    def edit(self) -> None:
        """Edit the record in view."""
        ref = self._workspace.selection.ref
        if ref is not None:
            self.edit_ref(ref)

    def edit_ref(self, ref: Ref) -> None:
        self._pane().edit(Ref(ref.kind, whole_id(ref.id)))

    def bring_back(self, typed: Sequence[Unsettled]) -> None:
        """Put what was typed and not entered back into the form, and go to the first of it."""
        pane = self._pane()
        for each in typed:
            pane.form.bring_back(each)
        ref = typed[0].ref
        if ref.id:
            pane.edit(ref)
        else:
            pane.add(ref.kind)

    def add_fact(self) -> None:
        self._pane().add(Fact)

    def add_source(self) -> None:
        self._pane().add(Source)

    def duplicate(self) -> None:
        self._pane().duplicate()

    def rename(self) -> None:
        self._pane().rename()

    def delete(self) -> None:
        self._pane().delete()

    def may_leave(self) -> bool:
        """Settle what is being typed; ask where some of it could get into no fact."""
        made = self._desk.made_pane(_TAB)
        unfinished = self._pane_of(made).form.unfinished() if made is not None else 0
        if not unfinished:
            return True
        words = tr_count(
            "What you typed for {count} record is in no fact yet, and would be lost.",
            "What you typed for {count} records is in no fact yet, and would be lost.",
            unfinished,
        )
        answers = (tr("Go back"), tr("Discard it"))
        if self._workspace.prompts.choose(tr("Not finished"), words, answers, refuse=0) == 1:
            return True
        self._desk.show_tab(_TAB)
        return False

    def forget(self) -> None:
        """Let go of what is typed and in no fact."""
        made = self._desk.made_pane(_TAB)
        if made is not None:
            self._pane_of(made).form.forget()

    def _pane(self) -> FactsPane:
        self._desk.close_drawer()
        self._desk.show_tab(_TAB)
        return self._pane_of(self._desk.pane(_TAB))

    @staticmethod
    def _pane_of(pane: Pane) -> FactsPane:
        from desktop.panes.facts import FactsPane

        assert isinstance(pane, FactsPane)
        return pane

    def _has_record(self) -> bool:
        return self._workspace.selection.ref is not None

    def _is_free(self) -> bool:
        """Whether no other window edits the file."""
        return self._workspace.store.locked is None

    def _may_add(self) -> bool:
        return self._workspace.file is not None and self._is_free()

    def _may_change(self) -> bool:
        return self._has_record() and self._is_free()
