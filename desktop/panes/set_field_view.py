"""One field set for all the facts that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.files.fields import Faults
from desktop.model.changes import EditRecords
from desktop.model.dossier import Ref
from desktop.model.problems import Problem
from desktop.model.records import Fact, FactId
from desktop.panes.edit_report import EditReport
from desktop.panes.form_editors import Around, Editor
from desktop.panes.form_fields import EditorMaker
from desktop.services.language import Locale, tr, tr_count
from desktop.services.problem_words import problem_words
from desktop.services.record_words import field_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX
from desktop.widgets.button import Button
from desktop.widgets.chooser import Choices, Chooser
from desktop.widgets.entry import Entry
from desktop.widgets.text import Text
from desktop.workspace import Workspace

FIELDS: Final = (
    "area",
    "kind",
    "stage",
    "place",
    "when",
    "measure",
    "scope",
    "withhold_from",
    "note",
)
"""What several facts may well have in common."""


class SetFieldView(QWidget):
    """Chooses a field, takes its value once, and says how many facts that changes.

    An empty value takes the field out. All is one step.
    """

    def __init__(
        self, workspace: Workspace, fact_ids: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._fact_ids = tuple(fact_ids)
        self._editor: Editor | None = None
        choices = [(name, field_words(name).partition(",")[0]) for name in FIELDS]
        self.field = Chooser(Choices.of(choices))
        self.set_button = Button("", primary=True)
        self.report = EditReport(workspace)
        self._what = Text(role="caption", wrap=True)
        self._place = QVBoxLayout()
        count = tr_count("{count} fact is chosen.", "{count} facts are chosen.", len(fact_ids))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(Text(count, "strong", wrap=True))
        column.addWidget(Entry(tr("Field"), self.field))
        column.addLayout(self._place)
        column.addWidget(self._what)
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        line.addWidget(self.set_button)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.report)
        column.addStretch(1)
        self.field.settled.connect(self._on_field_settled)
        self.set_button.clicked.connect(self.set_for_all)
        workspace.store.changed.connect(self._on_store_changed)
        self.choose_field(FIELDS[0])

    def choose_field(self, name: str) -> None:
        """Take the value of another field from now on."""
        self.field.show_key(name)
        if self._editor is not None:
            self._place.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
        maker = EditorMaker(Around(self._speak, self._workspace.theme), _no_source)
        self._editor = maker.make(Fact, name)
        self._place.addWidget(self._editor)
        self._editor.settled.connect(self._say_what)
        self._editor.typed.connect(self._say_what)
        self._editor.show_value(self._common(name))
        self.report.clear()
        self._say_what()

    @property
    def editor(self) -> Editor:
        assert self._editor is not None
        return self._editor

    def focus_first(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_for_all(self) -> None:
        """Set the field of all as one step, or say beside the value why it cannot be read."""
        faults: Faults = []
        value = self.editor.value((), faults)
        self.editor.clear_marks()
        for fault in faults:
            words = problem_words(Problem(fault.code, "error", params=fault.params))
            self.editor.mark(fault.field, f"{words[:1].upper()}{words[1:]}.")
        if faults:
            return
        values = {Ref(Fact, each): {self.field.key(): value} for each in self._changing(value)}
        self.report.apply(EditRecords(values, label="set-for-all"))

    def _facts(self) -> list[Fact]:
        facts = self._workspace.store.dossier.facts
        return [facts[FactId(each)] for each in self._fact_ids if each in facts]

    def _common(self, name: str) -> Any:
        """The value that all have, or nothing."""
        values = [getattr(fact, name) for fact in self._facts()]
        same = bool(values) and all(value == values[0] for value in values)
        return values[0] if same else None

    def _changing(self, value: Any) -> list[str]:
        name = self.field.key()
        empty = () if name == "withhold_from" else None
        wanted = empty if value is None else value
        return [fact.id for fact in self._facts() if getattr(fact, name) != wanted]

    def _say_what(self) -> None:
        faults: Faults = []
        value = self.editor.value((), faults)
        count = 0 if faults else len(self._changing(value))
        changes = tr_count("Changes {count} fact.", "Changes {count} facts.", count)
        changes = changes if count or faults else tr("All of them have this already.")
        empties = tr("An empty value takes the field out.")
        self._what.setText(changes if value else f"{changes} {empties}")
        self.set_button.setEnabled(bool(faults or count))
        self.set_button.set_words(tr_count("Set for {count} fact", "Set for {count} facts", count))

    def _speak(self) -> Locale:
        return self._workspace.locale(self._workspace.store.dossier)

    def _on_store_changed(self) -> None:
        # A drawer that was closed keeps its view until the next one, but nobody sees it.
        if self.isVisible():
            self._say_what()

    def _on_field_settled(self) -> None:
        name = self.field.key()
        if name in FIELDS:
            self.choose_field(name)
        else:
            self.field.show_key(self.field.key())


def _no_source(_source_id: str) -> None:
    """No field that is offered here names a source."""
