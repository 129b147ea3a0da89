"""The one dossier that all panes show, the one road by which it changes, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.files.draft import Draft
from desktop.files.edits import EditRefused
from desktop.files.restoring import in_saved_lines
from desktop.model.changes import Change, ChangeRefused
from desktop.model.dossier import ChangeSet, Dossier, Patch, diff
from desktop.model.problems import Problem
from desktop.model.records import Record
from desktop.model.unsettled import Unsettled


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
    unsettled_changed = Signal()

    def __init__(self, dossier: Dossier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dossier = dossier
        self._draft: Draft | None = None
        self.saved_dossier = dossier
        """As last read or written; what stands in ``dossier`` beyond it is not in the file yet."""
        self.saved_draft: Draft | None = None
        self._locked: Problem | None = None
        self._unsettled: tuple[Unsettled, ...] = ()
        self._steps = _Steps()

    @property
    def dossier(self) -> Dossier:
        return self._dossier

    @property
    def draft(self) -> Draft | None:
        """The text of the file as edited; None where no file is open."""
        return self._draft

    def open(self, dossier: Dossier, draft: Draft | None = None) -> None:
        """Show another state of the file, as read from disk; the undo steps before it are gone."""
        had_steps = self._steps.clear()
        self.saved_dossier, self.saved_draft = dossier, draft
        self._publish(dossier, draft, diff(self._dossier, dossier))
        if had_steps:
            self.undo_changed.emit()

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
            self._take_step(change, before, _State(dossier, draft), changes)
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
            if self.saved_draft is not None and self.saved_dossier is not before.dossier:
                # An edit that leads back to what was saved leads back to its very lines.
                states = (after, self.saved_dossier)
                draft = in_saved_lines(draft, self.saved_draft, states, changes)
        self._take_step(change, before, _State(after, draft), changes)

    def lock(self, problem: Problem | None) -> None:
        """Refuse every edit from now on, saying why; None lets them be made again."""
        if problem != self._locked:
            self._locked = problem
            self.undo_changed.emit()

    @property
    def locked(self) -> Problem | None:
        """Why no edit is taken; None where they are."""
        return self._locked

    @property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """What is typed and in no record, as the form told it last."""
        return self._unsettled

    def hold_unsettled(self, unsettled: tuple[Unsettled, ...]) -> None:
        if unsettled != self._unsettled:
            self._unsettled = unsettled
            self.unsettled_changed.emit()

    def undo(self) -> None:
        step = self._steps.back() if self.can_undo() else None
        if step is not None:
            self._put(step.before)

    def redo(self) -> None:
        step = self._steps.forth() if self.can_redo() else None
        if step is not None:
            self._put(step.after)

    def can_undo(self) -> bool:
        return self._locked is None and self._steps.last is not None

    def can_redo(self) -> bool:
        return self._locked is None and self._steps.next is not None

    def undo_label(self) -> str:
        """The code of the step that undo would take back, or an empty string."""
        return _label(self._steps.last)

    def redo_label(self) -> str:
        return _label(self._steps.next)

    def undo_change(self) -> Change | None:
        """The change that undo would take back, where one change made the step."""
        return self._steps.last.change if self._steps.last else None

    def redo_change(self) -> Change | None:
        return self._steps.next.change if self._steps.next else None

    def is_saved(self) -> bool:
        return self._steps.is_saved

    def mark_saved(self) -> None:
        """What the store holds now stands in the file."""
        self.saved_dossier, self.saved_draft = self._dossier, self._draft
        if not self._steps.is_saved:
            self._steps.mark_saved()
            self.undo_changed.emit()

    @property
    def _state(self) -> _State:
        return _State(self._dossier, self._draft)

    def _take_step(
        self, change: Change | None, before: _State, after: _State, changes: ChangeSet
    ) -> None:
        self._steps.add(_Step(change, before, after, changes))
        self._publish(after.dossier, after.draft, changes)
        self.undo_changed.emit()

    def _put(self, half: _Half) -> None:
        after = self._dossier.patched(half.patch, half.order)
        self._publish(after, half.draft, diff(self._dossier, after))
        self.undo_changed.emit()

    def _publish(self, after: Dossier, draft: Draft | None, changes: ChangeSet) -> None:
        self._dossier, self._draft = after, draft
        if changes:
            self.changed.emit(changes)


class _State(NamedTuple):
    """The facts, and the file that says them."""

    dossier: Dossier
    draft: Draft | None


class _Half(NamedTuple):
    """What a step puts in place of what was there: records, their order, the draft."""

    patch: Patch
    order: Mapping[type[Record], tuple[str, ...]]
    draft: Draft | None


class _Step:
    """One edit as the records before and after it, so that a long history stays small.

    The drafts before and after share all that the edit left alone.
    """

    def __init__(
        self, change: Change | None, before: _State, after: _State, changes: ChangeSet
    ) -> None:
        self.change = change
        moved = changes.reordered.union(ref.kind for ref in changes.added | changes.removed)
        self.before = _half(before, changes, moved)
        self.after = _half(after, changes, moved)


class _Steps:
    """The steps made, how many of them stand, and at how many the file was saved.

    Plain lists: in a QUndoStack, Python's collector may free a step before its stack, which then
    crashes at the end of the program.
    """

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._standing = 0
        self._saved_at: int | None = 0

    @property
    def last(self) -> _Step | None:
        """The step that undo takes back."""
        return self._steps[self._standing - 1] if self._standing else None

    @property
    def next(self) -> _Step | None:
        """The step that redo makes again."""
        return self._steps[self._standing] if self._standing < len(self._steps) else None

    @property
    def is_saved(self) -> bool:
        return self._standing == self._saved_at

    def mark_saved(self) -> None:
        self._saved_at = self._standing

    def add(self, step: _Step) -> None:
        """Put a step behind those that stand; what was undone is gone."""
        if self._saved_at is not None and self._saved_at > self._standing:
            self._saved_at = None
        self._steps[self._standing :] = [step]
        self._standing += 1

    def back(self) -> _Step | None:
        step = self.last
        self._standing -= step is not None
        return step

    def forth(self) -> _Step | None:
        step = self.next
        self._standing += step is not None
        return step

    def clear(self) -> bool:
        """Forget all steps; whether that changes what can be undone, redone or saved."""
        had = bool(self._steps) or not self.is_saved
        self._steps, self._standing, self._saved_at = [], 0, 0
        return had


def _half(state: _State, changes: ChangeSet, moved: frozenset[type[Record]]) -> _Half:
    patch = {ref: state.dossier.find(ref) for ref in changes.refs}
    return _Half(patch, _order(state.dossier, moved), state.draft)


def _label(step: _Step | None) -> str:
    if step is None:
        return ""
    return step.change.label if step.change else "replace"


def _order(
    dossier: Dossier, kinds: frozenset[type[Record]]
) -> Mapping[type[Record], tuple[str, ...]]:
    return {kind: tuple(dossier.all_of(kind)) for kind in kinds}
