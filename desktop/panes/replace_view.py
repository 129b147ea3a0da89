"""Find and replace over many records: every place it would change is shown and can be left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.model.changes import EditRecords
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import FactId, Record
from desktop.model.references import all_records
from desktop.model.text_replace import QUOTE, Hit, Wanted, hits, values_after
from desktop.panes.edit_report import EditReport
from desktop.services.language import tr, tr_count
from desktop.services.record_words import cut, field_words, record_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.button import Button
from desktop.widgets.check_box import CheckBox
from desktop.widgets.diff_lines import DiffLines
from desktop.widgets.entry import Entry, asks_done
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_FIELDS: Final = (
    "statement",
    "scope",
    "note",
    "reading",
    "title",
    "name",
    "summary",
    "notes",
    "bottom_line",
)
_SELDOM: Final = ("publisher", "group", "locator", QUOTE)
"""What is offered too, and looked through only when asked for."""
_PAUSE_MS: Final = 150
_AROUND: Final = 60
_COLUMNS: Final = 4


class Scope(NamedTuple):
    """Which facts are looked through; none at all stands for every record of the file."""

    words: str
    fact_ids: tuple[str, ...] | None = None


class ReplaceView(QWidget):
    """Looks while one types; what is ticked is replaced as one step."""

    def __init__(
        self, workspace: Workspace, scopes: Sequence[Scope], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._scopes = tuple(scopes)
        self._hits: list[Hit] = []
        self._left_out: set[tuple[Ref, tuple[str | int, ...]]] = set()
        self.sought = Entry(tr("Find"), QLineEdit())
        self.instead = Entry(tr("Replace with"), QLineEdit())
        self.match_case = CheckBox(tr("Match case"), "caption")
        self.whole_words = CheckBox(tr("Whole words"), "caption")
        self.scopes = [_ScopeButton(scope.words) for scope in self._scopes]
        self.fields = {name: self._field_box(name) for name in (*_FIELDS, *_SELDOM)}
        self._count = Text(role="strong", wrap=True)
        self.rows = LazyList()
        self.replace_button = Button(tr("Replace"), primary=True)
        self.report = EditReport(workspace)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._compose()
        self._connect()
        self.look()

    def _field_box(self, name: str) -> CheckBox:
        words = field_words(name).partition(",")[0]
        if name == QUOTE:
            words = tr("Quotations and titles of sources, as printed")
        box = CheckBox(words, "caption")
        box.setChecked(name in _FIELDS)
        return box

    def _compose(self) -> None:
        typed = QHBoxLayout()
        typed.setSpacing(MEDIUM_PX)
        typed.addWidget(self.sought, 1)
        typed.addWidget(self.instead, 1)
        how = QHBoxLayout()
        how.setSpacing(MEDIUM_PX)
        how.addWidget(self.match_case)
        how.addWidget(self.whole_words)
        how.addStretch(1)
        for button in self.scopes:
            how.addWidget(button)
        where = QGridLayout()
        where.setHorizontalSpacing(MEDIUM_PX)
        where.setVerticalSpacing(TIGHT_PX)
        for place, box in enumerate(self.fields.values()):
            row, place_in_row = divmod(place, _COLUMNS)
            # The last, and longest, has a row to itself.
            wide = _COLUMNS if box is self.fields[QUOTE] else 1
            where.addWidget(box, row, place_in_row, 1, wide)
        last = QHBoxLayout()
        last.addWidget(self._count, 1)
        last.addWidget(self.replace_button)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        inner.addWidget(self.rows)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, MEDIUM_PX, 0)
        column.setSpacing(SMALL_PX)
        column.addLayout(typed)
        column.addLayout(how)
        column.addLayout(where)
        column.addLayout(last)
        column.addWidget(self.report)
        column.addWidget(Hairline())
        column.addWidget(Scroll(content), 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.look)
        for entry in (self.sought, self.instead):
            _line(entry).textChanged.connect(self._on_wanted_changed)
            _line(entry).returnPressed.connect(self.look)
        for box in (self.match_case, self.whole_words, *self.fields.values()):
            box.toggled.connect(self._on_wanted_changed)
        for button in self.scopes:
            button.clicked.connect(self._on_scope_clicked)
        if self.scopes:
            self.scopes[0].setChecked(True)
        self.replace_button.clicked.connect(self.replace)
        self._workspace.store.changed.connect(self._on_store_changed)

    def focus_first(self) -> None:
        """Put the cursor where one types what is looked for."""
        _line(self.sought).setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted(self) -> Wanted:
        fields = frozenset(name for name, box in self.fields.items() if box.isChecked())
        return Wanted(
            _line(self.sought).text(),
            _line(self.instead).text(),
            fields,
            self.whole_words.isChecked(),
            self.match_case.isChecked(),
        )

    def look(self) -> None:
        """Find every place now, each ticked unless it was left out before."""
        self._timer.stop()
        dossier = self._workspace.store.dossier
        self._hits = list(hits(self._records(dossier), self.wanted()))
        keys = list(range(len(self._hits)))
        self.rows.set_rows(keys, self._new_row, self._fill_row)
        self._say_count()

    def replace(self) -> None:
        """Replace what is ticked as one step; what breaks a rule stays as it is, and is told."""
        dossier = self._workspace.store.dossier
        chosen: dict[Ref, list[Hit]] = {}
        for hit in self._hits:
            if _key(hit) not in self._left_out:
                chosen.setdefault(hit.ref, []).append(hit)
        values = {}
        for ref, found in chosen.items():
            record = dossier.find(ref)
            if record is not None:
                values[ref] = values_after(record, found)
        self.report.apply(EditRecords(values, label="replace-text"))
        self.look()

    def event(self, event: QEvent) -> bool:
        if asks_done(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.replace()
            return True
        return super().event(event)

    def _records(self, dossier: Dossier) -> Iterable[Record]:
        place = next((n for n, each in enumerate(self.scopes) if each.isChecked()), 0)
        fact_ids = self._scopes[place].fact_ids if self._scopes else None
        if fact_ids is None:
            return all_records(dossier)
        facts = dossier.facts
        return (facts[FactId(each)] for each in fact_ids if each in facts)

    def _say_count(self) -> None:
        if not _line(self.sought).text():
            self._count.setText(tr("Type what to find; every place is shown before it changes."))
            self.replace_button.setEnabled(False)
            return
        ticked = [hit for hit in self._hits if _key(hit) not in self._left_out]
        times = tr_count("{count} place", "{count} places", sum(hit.times for hit in ticked))
        records = tr_count("{count} record", "{count} records", len({hit.ref for hit in ticked}))
        said = tr("{places} in {records}").format(places=times, records=records)
        self._count.setText(said if self._hits else tr("Found nowhere in these fields."))
        self.replace_button.setEnabled(bool(ticked))

    def _new_row(self) -> _HitRow:
        row = _HitRow(self._workspace.theme)
        row.ticked.connect(self._on_row_ticked)
        return row

    def _fill_row(self, row: _HitRow, place: int) -> None:
        hit = self._hits[place]
        speak = self._workspace.locale(self._workspace.store.dossier)
        record = speak.dossier.find(hit.ref)
        name = cut(record_words(speak, record)) if record is not None else hit.ref.id
        row.show_hit(place, hit, name, ticked=_key(hit) not in self._left_out)

    def _on_row_ticked(self, place: int, ticked: bool) -> None:
        if ticked:
            self._left_out.discard(_key(self._hits[place]))
        else:
            self._left_out.add(_key(self._hits[place]))
        self._say_count()

    def _on_wanted_changed(self) -> None:
        self._left_out.clear()
        self.report.clear()
        self._timer.start()

    def _on_scope_clicked(self) -> None:
        for button in self.scopes:
            button.setChecked(button is self.sender())
        self._on_wanted_changed()

    def _on_store_changed(self) -> None:
        # A drawer that was closed keeps its view until the next one, but nobody sees it.
        if self.isVisible():
            self._timer.start()


class _ScopeButton(Button):
    """One of the buttons that say what is looked through."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)


class _HitRow(QWidget):
    """One text that would change: which record and field, and the words before and after."""

    ticked = Signal(int, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._place = 0
        self.box = CheckBox("", "caption_strong")
        self.box.clicked.connect(self._on_box_clicked)
        self._lines = DiffLines(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SMALL_PX, 0, TIGHT_PX)
        column.setSpacing(TIGHT_PX)
        column.addWidget(self.box)
        column.addWidget(self._lines)

    def show_hit(self, place: int, hit: Hit, name: str, *, ticked: bool) -> None:
        self._place = place
        field = tr("quotation") if hit.field == QUOTE else field_words(hit.field).lower()
        words = f"{name}, {field.partition(',')[0]}"
        self.box.set_words(words)
        self.box.setChecked(ticked)
        before, after = around(hit)
        self._lines.set_lines([("-", before), ("+", after)])
        self.box.setAccessibleDescription(self._lines.accessibleName())

    def _on_box_clicked(self, ticked: bool) -> None:
        self.ticked.emit(self._place, ticked)


def around(hit: Hit) -> tuple[str, str]:
    """The words about the first and last change, cut where the text goes on unchanged."""
    before, after = hit.before, hit.after
    shortest = min(len(before), len(after))
    same = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    end = next(
        (n for n in range(shortest - same) if before[-1 - n] != after[-1 - n]), shortest - same
    )
    left, right = max(0, same - _AROUND), max(0, end - _AROUND)
    return _cut(before, left, right), _cut(after, left, right)


def _cut(text: str, left: int, right: int) -> str:
    inner = text[left : len(text) - right]
    return f"{'…' if left else ''}{inner}{'…' if right else ''}"


def _key(hit: Hit) -> tuple[Ref, tuple[str | int, ...]]:
    return hit.ref, hit.path


def _line(entry: Entry) -> QLineEdit:
    assert isinstance(entry.editor, QLineEdit)
    return entry.editor
