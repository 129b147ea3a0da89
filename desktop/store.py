"""The one dossier that all panes show, the one road by which it changes, and the way back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.model.changes import Change
from desktop.model.dossier import ChangeSet, Dossier, Patch, diff
from desktop.model.records import Record


class Store(QObject):
    """Holds the current dossier and its undo; everyone who shows facts listens to ``changed``.

    Apply, undo, redo and open leave through one exit, which finds the ChangeSet by comparing the
    snapshots. Nothing is emitted where nothing differs.
    """

    changed = Signal(object)
    """ChangeSet, after the dossier has been replaced."""
    undo_changed = Signal()
    """What can be undone or redone, or whether all is saved, is no longer what it was."""

    def __init__(self, dossier: Dossier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dossier = dossier
        self._stack = QUndoStack(self)
        self._stack.indexChanged.connect(self.undo_changed)
        self._stack.cleanChanged.connect(self.undo_changed)

    @property
    def dossier(self) -> Dossier:
        return self._dossier

    def open(self, dossier: Dossier) -> None:
        """Show another state of the file, as read from disk; the undo steps before it are gone."""
        self._stack.clear()
        self._publish(dossier)

    def apply(self, change: Change) -> None:
        """Make one edit as one undo step; ChangeRefused leaves everything as it was."""
        before = self._dossier
        after = change.applied_to(before)
        changes = diff(before, after)
        if changes:
            self._stack.push(_Step(self, change.label, before, after, changes))

    def undo(self) -> None:
        self._stack.undo()

    def redo(self) -> None:
        self._stack.redo()

    def can_undo(self) -> bool:
        return self._stack.canUndo()

    def can_redo(self) -> bool:
        return self._stack.canRedo()

    def undo_label(self) -> str:
        """The code of the step that undo would take back, or an empty string."""
        return self._stack.undoText()

    def redo_label(self) -> str:
        return self._stack.redoText()

    def is_saved(self) -> bool:
        return self._stack.isClean()

    def _publish(self, after: Dossier) -> None:
        changes = diff(self._dossier, after)
        self._dossier = after
        if changes:
            self.changed.emit(changes)


class _Step(QUndoCommand):
    """One edit as the records before and after it, so that a long history stays small."""

    def __init__(
        self, store: Store, label: str, before: Dossier, after: Dossier, changes: ChangeSet
    ) -> None:
        super().__init__(label)
        self._store = store
        self._before: Patch = {ref: before.find(ref) for ref in changes.refs}
        self._after: Patch = {ref: after.find(ref) for ref in changes.refs}
        moved = changes.reordered.union(ref.kind for ref in changes.added | changes.removed)
        self._order_before = _order(before, moved)
        self._order_after = _order(after, moved)

    def undo(self) -> None:
        self._store._publish(self._store.dossier.patched(self._before, self._order_before))

    def redo(self) -> None:
        self._store._publish(self._store.dossier.patched(self._after, self._order_after))


def _order(
    dossier: Dossier, kinds: frozenset[type[Record]]
) -> Mapping[type[Record], tuple[str, ...]]:
    return {kind: tuple(dossier.all_of(kind)) for kind in kinds}
