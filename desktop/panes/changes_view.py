"""What saving will change in the file, line by line; each change can be taken back here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.changes import ChangeRefused
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import SECTION_OF
from desktop.model.take_back import Unsaved, take_back, unsaved
from desktop.model.text_diff import DiffLine
from desktop.panes.record_changes import lines_between
from desktop.services.language import Locale, tr, tr_count
from desktop.services.problem_words import problem_words
from desktop.services.record_words import field_words, record_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.store import Store
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.diff_lines import DiffLines
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

_COUNTED: Final = 200
"""Of more records than this the lines are not counted."""


class ChangesView(QWidget):
    """The lines that saving will write and take out, grouped by record and always up to date."""

    save_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._found: dict[Ref, Unsaved] = {}
        self._stale = True
        self._saved_as: Dossier | None = None
        self._head = Text(role="heading", wrap=True)
        self.save_button = Button(tr("Save"), primary=True)
        self.save_button.clicked.connect(self.save_asked)
        self._refusal = Chip(workspace.theme, wrap=True)
        self._refusal.hide()
        self.rows = LazyList()
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        inner.setSpacing(0)
        inner.addWidget(self.rows)
        inner.addStretch(1)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, MEDIUM_PX, SMALL_PX)
        line.addWidget(self._head, 1)
        line.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        column.addLayout(line)
        column.addWidget(self._refusal)
        column.addWidget(Scroll(content), 1)
        workspace.store.changed.connect(self._on_store_changed)
        workspace.store.undo_changed.connect(self._on_store_undo_changed)

    def words(self) -> str:
        """What stands over the lines."""
        return self._head.text()

    def refresh(self) -> None:
        """Compare again with what was saved."""
        self._stale = False
        store = self._workspace.store
        self._saved_as = store.saved_dossier
        found = unsaved(store.saved_dossier, store.dossier)
        self._found = {each.ref: each for each in found}
        self.rows.set_rows(list(self._found), self._new_row, self._fill_row)
        words = self._count_words(found)
        self.save_button.setVisible(words != _nothing_words())
        self._head.setText(words)

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def _count_words(self, found: list[Unsaved]) -> str:
        if not found and not self._workspace.store.is_saved() and self._is_rewritten():
            return tr("No record says anything else; only their order or the text around changes.")
        if not found:
            return _nothing_words()
        records = tr_count("{count} record", "{count} records", len(found))
        if len(found) > _COUNTED:
            return records
        count = sum(len(lines_of(self._workspace.store, each)) for each in found)
        lines = tr_count("{count} line", "{count} lines", count)
        return tr("{lines} in {records}").format(lines=lines, records=records)

    def _is_rewritten(self) -> bool:
        """Whether the text differs, though no record does."""
        saved, now = self._workspace.store.saved_draft, self._workspace.store.draft
        return saved is not None and now is not None and saved.text() != now.text()

    def _new_row(self) -> _ChangeRow:
        row = _ChangeRow(self._workspace)
        row.taken_back.connect(self._on_row_taken_back)
        row.opened.connect(self._on_row_opened)
        return row

    def _fill_row(self, row: _ChangeRow, ref: Ref) -> None:
        row.show_difference(self._found[ref])

    def _on_row_opened(self, ref: Ref) -> None:
        self._workspace.selection.reveal(ref.id, ref.kind)

    def _on_row_taken_back(self, ref: Ref, field: str) -> None:
        difference = self._found.get(ref)
        if difference is None:
            return
        store = self._workspace.store
        self._refusal.hide()
        try:
            store.apply(take_back(store.saved_dossier, difference, field or None))
        except ChangeRefused as refused:
            words = tr("Not taken back: {why}.").format(why=problem_words(refused.problem))
            self._refusal.set_state("alert-triangle", words, "differ")
            self._refusal.show()

    def _on_store_changed(self, _changes: object) -> None:
        self._refusal.hide()
        self._refresh_when_seen()

    def _on_store_undo_changed(self) -> None:
        # Edits have been told of already; this is for what was saved.
        if self._workspace.store.saved_dossier is not self._saved_as:
            self._refresh_when_seen()

    def _refresh_when_seen(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


class _ChangeRow(QWidget):
    """One record: which, where in the file, its lines, and what can be taken back."""

    taken_back = Signal(object, str)
    opened = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._ref: Ref | None = None
        self._name = Link(role="caption_strong", tone="ink")
        self._name.activated.connect(self.opened)
        self._place = ElidedText(role="source")
        self._lines = DiffLines(workspace.theme)
        self.links = LinkedText("caption")
        self.links.activated.connect(self._on_links_activated)
        head = QHBoxLayout()
        head.setSpacing(SMALL_PX)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SMALL_PX, 0, MEDIUM_PX)
        column.setSpacing(TIGHT_PX)
        column.addWidget(Hairline())
        column.addSpacing(TIGHT_PX)
        column.addLayout(head)
        column.addWidget(self._lines)
        column.addWidget(self.links)

    def show_difference(self, difference: Unsaved) -> None:
        store = self._workspace.store
        speak = self._workspace.locale(store.dossier)
        name = _name(speak, store, difference)
        self._name.key = difference.ref
        self._name.set_words(name)
        self._name.setEnabled(difference.kind != "removed")
        self._place.setText(_place(self._workspace, difference))
        lines = lines_of(store, difference)
        self._lines.set_lines([(each.sign, each.text) for each in lines])
        self._lines.setVisible(bool(lines))
        self._offer(difference, name)
        self.links.setAccessibleDescription(self._lines.accessibleName())

    def _offer(self, difference: Unsaved, name: str) -> None:
        fields = difference.fields if len(difference.fields) > 1 else ()
        parts: list[tuple[str, object | None]] = [(_take_back_words(difference), "")]
        for field in fields:
            words = field_words(field).partition(",")[0].lower()
            parts += [("  ·  ", None), (tr("only {field}").format(field=words), field)]
        self._ref = difference.ref
        self.links.set_parts(parts)
        self.links.setAccessibleName(f"{self.links.words()}: {name}")

    def _on_links_activated(self, field: object) -> None:
        self.taken_back.emit(self._ref, str(field))


def _nothing_words() -> str:
    return tr("Nothing to save: the file says what stands here.")


def lines_of(store: Store, difference: Unsaved) -> list[DiffLine]:
    """The lines of one record that saving takes out and writes."""
    now = difference.ref if difference.kind != "removed" else None
    return lines_between(store, difference.saved, now)


def _take_back_words(difference: Unsaved) -> str:
    return {
        "added": tr("Take it out again"),
        "removed": tr("Put it back"),
        "renamed": tr("Give it its old id"),
        "changed": tr("Take back"),
    }[difference.kind]


def _name(speak: Locale, store: Store, difference: Unsaved) -> str:
    record = store.dossier.find(difference.ref) or store.saved_dossier.find(difference.ref)
    said = record_words(speak, record) if record is not None else difference.ref.id
    pattern = {
        "added": tr("New: {name}"),
        "removed": tr("Deleted: {name}"),
        "renamed": tr("New id: {name}"),
        "changed": "{name}",
    }[difference.kind]
    return pattern.format(name=said)


def _place(workspace: Workspace, difference: Unsaved) -> str:
    """Where in the file the record stands, by its id and line."""
    store, file = workspace.store, workspace.file
    draft = store.saved_draft if difference.kind == "removed" else store.draft
    line = draft.line_of(difference.ref) if draft is not None else 0
    name = f"{SECTION_OF[difference.ref.kind]}.{difference.ref.id}"
    return f"{file.path.name} {line}" if file is not None and line else name
