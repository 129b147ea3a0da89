"""What saving will change in the lines of one record, below its form."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.dossier import Dossier, Ref
from desktop.model.text_diff import DiffLine, line_diff
from desktop.services.language import tr_count
from desktop.services.theme import SMALL_PX, TIGHT_PX
from desktop.store import Store
from desktop.widgets.diff_lines import DiffLines
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_MOST_LINES: Final = 8


class RecordChanges(QWidget):
    """Follows the edits of one record; out of sight while its lines are as they were saved."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = workspace.store
        self._ref: Ref | None = None
        self._saved_as: Dossier | None = None
        self._head = Text(role="caption_strong")
        self.lines = DiffLines(workspace.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SMALL_PX, SMALL_PX)
        column.setSpacing(TIGHT_PX)
        for part in (Hairline(), self._head, self.lines):
            column.addWidget(part)
        self.hide()
        workspace.store.changed.connect(self._refresh)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)

    def show_record(self, ref: Ref | None) -> None:
        """Show what becomes of the lines of this record."""
        self._ref = ref
        self._refresh()

    def _on_store_undo_changed(self) -> None:
        # Edits have been told of already; this is for what was saved.
        if self._store.saved_dossier is not self._saved_as:
            self._refresh()

    def _refresh(self) -> None:
        self._saved_as = self._store.saved_dossier
        found = lines_between(self._store, self._ref, self._ref) if self._differs() else []
        self.setVisible(bool(found))
        count = tr_count(
            "What saving will change, {count} line",
            "What saving will change, {count} lines",
            len(found),
        )
        self._head.setText(count)
        self.lines.set_lines([(each.sign, each.text) for each in found[:_MOST_LINES]])

    def _differs(self) -> bool:
        if self._ref is None or not self._ref.id:
            return False
        store = self._store
        return store.dossier.find(self._ref) != store.saved_dossier.find(self._ref)


def lines_between(store: Store, saved_as: Ref | None, now: Ref | None) -> list[DiffLine]:
    """The lines that saving takes out of a record and writes into it.

    ``saved_as`` is its address as it was saved, None for a new one; ``now`` None for one that goes.
    """
    if store.saved_draft is None or store.draft is None:
        return []
    before = store.saved_draft.slice_of(saved_as) if saved_as is not None else None
    after = store.draft.slice_of(now) if now is not None else None
    return line_diff(before or "", after or "")
