"""Makes an edit of many records and says what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.changes import ChangeRefused, EditRecords
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem
from desktop.services.language import tr, tr_count
from desktop.services.problem_words import problem_words
from desktop.services.theme import TIGHT_PX
from desktop.widgets.badge import Chip
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_TOLD = 5


class EditReport(QWidget):
    """Stands hidden until an edit was made; then says how many records changed, and which did not.

    How many is said until the next step: from then on, undo takes something else back.
    What breaks a rule is left as it is; the rest is one step.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._made: Dossier | None = None
        self._done = Chip(workspace.theme, wrap=True)
        self._refused = Text(role="caption", tone="differ", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        column.addWidget(self._done)
        column.addWidget(self._refused)
        self.hide()
        workspace.store.changed.connect(self._on_store_changed)

    def words(self) -> str:
        said = "" if self._done.isHidden() else self._done.text()
        return "\n".join(filter(None, (said, self._refused.text())))

    def clear(self) -> None:
        self.hide()

    def apply(self, edit: EditRecords) -> bool:
        """Make the part of an edit that breaks no rule; whether anything changed."""
        store = self._workspace.store
        part, refused = edit.allowed(store.dossier)
        before = store.dossier
        try:
            store.apply(part)
        except ChangeRefused as refusal:
            self._say("alert-triangle", f"{problem_words(refusal.problem)}.", "differ")
            self._refused.setText("")
            return False
        changed = len(part.values) + len(part.added) if store.dossier is not before else 0
        if changed:
            records = tr_count("{count} record changed", "{count} records changed", changed)
            words = tr("{records}. Ctrl+Z takes all of it back.").format(records=records)
            self._say("check", words, "agreed")
        else:
            self._say("info-circle", tr("Nothing changed."), "muted")
        self._refused.setText(refused_words(refused))
        self._refused.setVisible(bool(refused))
        self._made = store.dossier
        return bool(changed)

    def _say(self, icon: str, words: str, tone: str) -> None:
        self._done.set_state(icon, words, tone)  # type: ignore[arg-type]
        self._done.show()
        self.show()

    def _on_store_changed(self) -> None:
        if self._made is not None and self._workspace.store.dossier is not self._made:
            self._done.hide()
            if not self._refused.text():
                self.hide()


def refused_words(refused: dict[Ref, Problem]) -> str:
    """Which records were left as they are, and why, the first few by name."""
    if not refused:
        return ""
    count = tr_count("{count} left as it is:", "{count} left as they are:", len(refused))
    told = [f"{ref.id}: {problem_words(problem)}" for ref, problem in refused.items()]
    more = ["…"] if len(told) > _TOLD else []
    return "\n".join([count, *told[:_TOLD], *more])
