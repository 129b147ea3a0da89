"""Makes an edit of many records and says what came of it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.changes import ChangeRefused, EditRecords
from desktop.model.dossier import Ref
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

    What breaks a rule is left as it is; the rest is one step.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._done = Chip(workspace.theme, wrap=True)
        self._refused = Text(role="caption", tone="differ", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT_PX)
        column.addWidget(self._done)
        column.addWidget(self._refused)
        self.hide()

    def words(self) -> str:
        return "\n".join(filter(None, (self._done.text(), self._refused.text())))

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
        return bool(changed)

    def _say(self, icon: str, words: str, tone: str) -> None:
        self._done.set_state(icon, words, tone)  # type: ignore[arg-type]
        self.show()


def refused_words(refused: dict[Ref, Problem]) -> str:
    """Which records were left as they are, and why, the first few by name."""
    if not refused:
        return ""
    count = tr_count("{count} left as it is:", "{count} left as they are:", len(refused))
    told = [f"{ref.id}: {problem_words(problem)}" for ref, problem in refused.items()]
    more = ["…"] if len(told) > _TOLD else []
    return "\n".join([count, *told[:_TOLD], *more])
