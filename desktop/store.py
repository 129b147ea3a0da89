"""The one dossier that all panes show, the one road by which it changes, and the way back."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.files.draft import Draft
from desktop.files.splice import EditRefused
from desktop.model.changes import Change, ChangeRefused
from desktop.model.dossier import ChangeSet, Dossier, Patch, diff
from desktop.model.problems import Problem
from desktop.model.records import Record


class Store(QObject):
    """Holds the current dossier, the draft that says the same in the file's words, and their undo.

    Everyone who shows facts listens to ``changed``. Apply, undo, redo and open leave through one
    exit, which finds the ChangeSet by comparing the snapshots. Nothing is emitted where nothing
    differs. Without an open file there is no draft, and edits change the dossier alone.
    """

    changed = Signal(object)
    """ChangeSet, after dossier and draft have been replaced."""
    undo_changed = Signal()
    """What can be undone or redone, or whether all is saved, is no longer what it was."""

    def __init__(self, dossier: Dossier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dossier = dossier
        self._draft: Draft | None = None
        self.saved_dossier = dossier
        """As last read or written; what stands in ``dossier`` beyond it is not in the file yet."""
        self.saved_draft: Draft | None = None
        self._locked: Problem | None = None
        self._stack = QUndoStack(self)
        self._stack.indexChanged.connect(self.undo_changed)
        self._stack.cleanChanged.connect(self.undo_changed)

    @property
    def dossier(self) -> Dossier:
        return self._dossier

    @property
    def draft(self) -> Draft | None:
        """The text of the file as edited; None where no file is open."""
        return self._draft

    def open(self, dossier: Dossier, draft: Draft | None = None) -> None:
        """Show another state of the file, as read from disk; the undo steps before it are gone."""
        self._stack.clear()
        self.saved_dossier, self.saved_draft = dossier, draft
        self._publish(dossier, draft)

    def replace(
        self, dossier: Dossier, draft: Draft | None, saved: bool, change: Change | None = None
    ) -> None:
        """Go over to a state that was worked out elsewhere: merged, or brought back from a journal.

        Saved, it is what stands on disk, and opened as such. Otherwise it is one undo step,
        which ``change`` names; open what stands on disk first, so that undo leads back there.
        """
        if saved:
            self.open(dossier, draft)
            return
        before = self._state
        changes = diff(before.dossier, dossier)
        if changes:
            self._stack.push(_Step(self, change, before, _State(dossier, draft), changes))
        elif draft is not before.draft:
            self._draft = draft

    def apply(self, change: Change) -> None:
        """Make one edit as one undo step.

        ChangeRefused, also for what cannot be written into the file, leaves all as it was.
        """
        if self._locked is not None:
            raise ChangeRefused(self._locked)
        before = self._state
        after = change.applied_to(before.dossier)
        changes = diff(before.dossier, after)
        if not changes:
            return
        draft = before.draft
        if draft is not None:
            try:
                draft = draft.after(before.dossier, after, changes)
            except EditRefused as refused:
                raise ChangeRefused(refused.problem) from refused
        self._stack.push(_Step(self, change, before, _State(after, draft), changes))

    def lock(self, problem: Problem | None) -> None:
        """Refuse every edit from now on, saying why; None lets them be made again."""
        if problem != self._locked:
            self._locked = problem
            self.undo_changed.emit()

    @property
    def locked(self) -> Problem | None:
        """Why no edit is taken; None where they are."""
        return self._locked

    def undo(self) -> None:
        if self.can_undo():
            self._stack.undo()

    def redo(self) -> None:
        if self.can_redo():
            self._stack.redo()

    def can_undo(self) -> bool:
        return self._locked is None and self._stack.canUndo()

    def can_redo(self) -> bool:
        return self._locked is None and self._stack.canRedo()

    def undo_label(self) -> str:
        """The code of the step that undo would take back, or an empty string."""
        return self._stack.undoText()

    def redo_label(self) -> str:
        return self._stack.redoText()

    def undo_change(self) -> Change | None:
        """The change that undo would take back, where one change made the step."""
        return self._change_at(self._stack.index() - 1)

    def redo_change(self) -> Change | None:
        return self._change_at(self._stack.index())

    def is_saved(self) -> bool:
        return self._stack.isClean()

    def mark_saved(self) -> None:
        """What the store holds now stands in the file."""
        self.saved_dossier, self.saved_draft = self._dossier, self._draft
        self._stack.setClean()

    @property
    def _state(self) -> _State:
        return _State(self._dossier, self._draft)

    def _change_at(self, index: int) -> Change | None:
        step = self._stack.command(index) if index >= 0 else None
        return step.change if isinstance(step, _Step) else None

    def _publish(self, after: Dossier, draft: Draft | None) -> None:
        changes = diff(self._dossier, after)
        self._dossier, self._draft = after, draft
        if changes:
            self.changed.emit(changes)


class _State(NamedTuple):
    """The facts, and the file that says them."""

    dossier: Dossier
    draft: Draft | None


class _Step(QUndoCommand):
    """One edit as the records before and after it, so that a long history stays small.

    The drafts before and after share all that the edit left alone.
    """

    def __init__(
        self,
        store: Store,
        change: Change | None,
        before: _State,
        after: _State,
        changes: ChangeSet,
    ) -> None:
        super().__init__(change.label if change else "replace")
        self.change = change
        # In a cycle the collector may free a step before its stack, which then crashes.
        self._store = weakref.ref(store)
        self._drafts = before.draft, after.draft
        self._before: Patch = {ref: before.dossier.find(ref) for ref in changes.refs}
        self._after: Patch = {ref: after.dossier.find(ref) for ref in changes.refs}
        moved = changes.reordered.union(ref.kind for ref in changes.added | changes.removed)
        self._order_before = _order(before.dossier, moved)
        self._order_after = _order(after.dossier, moved)

    def undo(self) -> None:
        self._put(self._before, self._order_before, self._drafts[0])

    def redo(self) -> None:
        self._put(self._after, self._order_after, self._drafts[1])

    def _put(
        self, patch: Patch, order: Mapping[type[Record], tuple[str, ...]], draft: Draft | None
    ) -> None:
        store = self._store()
        assert store is not None, "a stack goes with its store"
        store._publish(store.dossier.patched(patch, order), draft)


def _order(
    dossier: Dossier, kinds: frozenset[type[Record]]
) -> Mapping[type[Record], tuple[str, ...]]:
    return {kind: tuple(dossier.all_of(kind)) for kind in kinds}
