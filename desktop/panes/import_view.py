"""Facts out of a table: what each column holds, and what each row would do before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.files.csv_facts import FIELDS, Field, Outcome, Plan, Planned, guess_all, plan
from desktop.files.csv_file import read_table
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Malformed, Problem
from desktop.model.records import Fact, FactId
from desktop.panes.edit_report import EditReport
from desktop.panes.form_words import sentence
from desktop.services.jobs import Job, Progress
from desktop.services.language import tr, tr_count
from desktop.services.record_words import cut, field_words
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme, Tone
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.check_box import CheckBox
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

MAX_BYTES: Final = 16_000_000
_OUTCOMES: Final[tuple[Outcome, ...]] = ("refused", "changed", "added", "unchanged")
_MARKS: Final[dict[Outcome, tuple[str, Tone]]] = {
    "refused": ("alert-triangle", "differ"),
    "changed": ("replace", "stale"),
    "added": ("check", "agreed"),
    "unchanged": ("info-circle", "muted"),
}
_COLUMNS: Final = 2
_AT_ONCE: Final = 1000
"""More rows than these are looked through beside the work."""


class ImportView(QWidget):
    """Takes a file or pasted cells, proposes what the columns hold, and shows the dry run.

    What is refused stays out; all else is one step.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._table: list[list[str]] = []
        self._plan: Plan | None = None
        self._job: Job | None = None
        self.boxes: list[ChoiceBox] = []
        self.file_button = Button(tr("Choose a file…"))
        self.paste_button = Button(tr("Paste cells"))
        self._origin = ElidedText(role="caption")
        self._problem = Chip(workspace.theme, wrap=True)
        self._problem.hide()
        self.has_head = CheckBox(tr("The first row holds headings"), "caption")
        self._grid = QGridLayout()
        self._mapping = QWidget()
        self._grade = Text(
            tr("Without a column for the grade a claim counts as 6: its truth cannot be judged."),
            "source",
            wrap=True,
        )
        self._count = Text(role="strong", wrap=True)
        self.import_button = Button(tr("Import"), primary=True)
        self.report = EditReport(workspace)
        self.rows = LazyList()
        self._compose()
        self.file_button.clicked.connect(self._on_file_button_clicked)
        self.paste_button.clicked.connect(self.paste)
        self.has_head.clicked.connect(self.look)
        self.import_button.clicked.connect(self.bring_in)
        workspace.store.changed.connect(self._on_store_changed)
        self.show_table([], "")

    def _compose(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SMALL_PX)
        top.addWidget(self.file_button)
        top.addWidget(self.paste_button)
        top.addWidget(self._origin, 1)
        mapping = QVBoxLayout(self._mapping)
        mapping.setContentsMargins(0, 0, 0, 0)
        mapping.setSpacing(SMALL_PX)
        self._grid.setHorizontalSpacing(MEDIUM_PX)
        self._grid.setVerticalSpacing(SMALL_PX)
        last = QHBoxLayout()
        last.addWidget(self._count, 1)
        last.addWidget(self.import_button)
        mapping.addWidget(self.has_head)
        mapping.addLayout(self._grid)
        mapping.addWidget(self._grade)
        mapping.addSpacing(TIGHT_PX)
        mapping.addWidget(Hairline())
        mapping.addLayout(last)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, MEDIUM_PX, MEDIUM_PX)
        inner.setSpacing(SMALL_PX)
        inner.addWidget(self._mapping)
        inner.addWidget(self.rows)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        column.addLayout(top)
        column.addWidget(self._problem)
        column.addWidget(self.report)
        column.addWidget(Scroll(content), 1)

    def event(self, event: QEvent) -> bool:
        # Before a shortcut takes it: cells are pasted into the table, not into a record.
        pastes = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste)
        if pastes and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.paste()
            return True
        return super().event(event)

    def focus_first(self) -> None:
        self.file_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, path: Path) -> None:
        """Read a file of cells, or say why it cannot be read."""
        try:
            if path.stat().st_size > MAX_BYTES:
                params = {"megabytes": str(MAX_BYTES // 1_000_000)}
                self._refuse(Problem("too-large", "error", params=params))
                return
            data = path.read_bytes()
        except OSError as error:
            detail = error.strerror or str(error)
            self._refuse(Problem("not-opened", "error", params={"detail": detail}))
            return
        self._read(data, path.name)

    def paste(self) -> None:
        """Read the cells that were copied in a spreadsheet."""
        self._read(QGuiApplication.clipboard().text(), tr("Pasted cells"))

    def show_table(self, table: Sequence[Sequence[str]], origin: str) -> None:
        """Propose what each column holds, and show what the rows would do."""
        self._table = [list(row) for row in table]
        self._origin.setText(origin or tr("CSV, TSV, or cells copied in a spreadsheet"))
        guessed = guess_all(self._table[0]) if self._table else []
        self.has_head.setChecked(any(guessed))
        self._show_columns(guessed)
        self.report.clear()
        self.look()

    def look(self) -> None:
        """Work out anew what each row would do."""
        dossier, fields = self._workspace.store.dossier, self._fields()
        rows = list(enumerate(self._table, start=1))[int(self.has_head.isChecked()) :]
        self._mapping.setVisible(bool(self._table))
        is_graded = "credibility" in fields or "source" not in fields
        self._grade.setVisible(not is_graded)
        if self._job is not None:
            self._job.cancel()
        if len(rows) <= _AT_ONCE:
            self._show_plan(plan(dossier, rows, fields))
            return
        self.import_button.setEnabled(False)
        self._count.setText(tr("Looking through {rows} rows…").format(rows=f"{len(rows):,}"))
        self._job = self._workspace.jobs.run(
            _planned, (dossier, rows, fields), on_done=self._show_plan, on_error=_raise
        )

    def _show_plan(self, found: Plan) -> None:
        self._job = None
        self._plan = found
        told = sorted(self._plan.rows, key=lambda row: _OUTCOMES.index(row.outcome))
        self._told = {row.number: row for row in told}
        self.rows.set_rows(list(self._told), self._new_row, self._fill_row)
        self._say_count(told)

    def bring_in(self) -> None:
        """Do what the dry run says, as one step."""
        if self._plan is not None:
            self.report.apply(self._plan.edit)

    def _read(self, data: bytes | str, origin: str) -> None:
        try:
            table = read_table(data)
        except Malformed as error:
            self._refuse(Problem(error.code, "error", params=error.params))
            return
        self._problem.hide()
        self.show_table(table, origin)

    def _refuse(self, problem: Problem) -> None:
        self._problem.set_state("alert-triangle", sentence(problem), "differ")
        self._problem.show()

    def _show_columns(self, guessed: Sequence[Field]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = []
        for place, field in enumerate(guessed):
            box = ChoiceBox(self._workspace.theme)
            box.addItem(tr("leave out"), "")
            for each in FIELDS:
                box.addItem(target_words(each), each)
            box.setCurrentIndex(box.findData(field))
            box.currentIndexChanged.connect(self.look)
            box.setAccessibleName(tr("What column {name} holds").format(name=self._name(place)))
            name = ElidedText(self._name(place), "caption_strong")
            name.setMinimumWidth(100)
            row, column = divmod(place, _COLUMNS)
            self._grid.addWidget(name, row, 2 * column)
            self._grid.addWidget(box, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column, 1)
            self.boxes.append(box)

    def _name(self, place: int) -> str:
        """A column by its heading, and its first cell for an example."""
        cells = [row[place] for row in self._table if row[place]]
        return cut(" · ".join(cells[:2]), 36) if cells else tr("empty column")

    def _fields(self) -> list[Field]:
        return [box.currentData() for box in self.boxes]

    def _say_count(self, told: Sequence[Planned]) -> None:
        counts = {each: sum(row.outcome == each for row in told) for each in _OUTCOMES}
        said = [
            tr_count("{count} row adds a fact", "{count} rows add a fact each", counts["added"]),
            tr_count(
                "{count} row changes a fact", "{count} rows change a fact each", counts["changed"]
            ),
            tr_count(
                "{count} row says nothing new", "{count} rows say nothing new", counts["unchanged"]
            ),
            tr_count("{count} row is refused", "{count} rows are refused", counts["refused"]),
        ]
        order: tuple[Outcome, ...] = ("added", "changed", "unchanged", "refused")
        shown = [words for words, each in zip(said, order, strict=True) if counts[each]]
        self._count.setText(", ".join(shown) or tr("No row says anything of a fact."))
        edit = self._plan.edit if self._plan else None
        facts = len(edit.added) + len(edit.values) if edit else 0
        self.import_button.setEnabled(bool(facts))
        self.import_button.set_words(
            tr_count("Import {count} fact", "Import {count} facts", facts)
            if facts
            else tr("Import")
        )

    def _new_row(self) -> _PlannedRow:
        row = _PlannedRow(self._workspace.theme)
        row.activated.connect(self._on_row_activated)
        return row

    def _fill_row(self, row: _PlannedRow, number: int) -> None:
        told = self._told[number]
        row.key = number
        row.show_row(told, self._statement(told))

    def _statement(self, told: Planned) -> str:
        dossier = self._workspace.store.dossier
        fact = dossier.facts.get(FactId(told.fact_id))
        if fact is not None:
            return self._workspace.locale(dossier).statement(fact)
        fields, cells = self._fields(), self._table[told.number - 1]
        said = (cell for field, cell in zip(fields, cells, strict=False) if field == "statement")
        return next(said, "")

    def _on_row_activated(self, number: object) -> None:
        fact_id = self._told[int(str(number))].fact_id
        if self._workspace.store.dossier.find(Ref(Fact, fact_id)) is not None:
            self._workspace.selection.select(fact_id)

    def _on_store_changed(self) -> None:
        # A drawer that was closed keeps its view until the next one, but nobody sees it.
        if self.isVisible():
            self.look()

    def _on_file_button_clicked(self) -> None:
        file = self._workspace.file
        kinds = tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        path = self._workspace.prompts.file_to_open(
            tr("Choose a table"), kinds, file.path.parent if file else None
        )
        if path is not None:
            self.open(path)


def _planned(
    _progress: Progress, asked: tuple[Dossier, list[tuple[int, list[str]]], list[Field]]
) -> Plan:
    return plan(*asked)


def _raise(error: Exception) -> None:
    raise error


class _PlannedRow(Row):
    """One row of the table: what it would do to which fact, or why it is refused."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._mark = Chip(theme)
        self._id = ElidedText(role="source")
        self._place = Text(role="source")
        self._words = Text(role="caption", tone="ink", wrap=True)
        self._why = Text(role="caption", tone="differ", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(SMALL_PX)
        head.addWidget(self._mark)
        head.addWidget(self._id, 1)
        head.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
        column.setSpacing(2)
        for part in (self._words, self._why):
            column.addWidget(part)
        column.insertLayout(0, head)

    def show_row(self, told: Planned, statement: str) -> None:
        icon, tone = _MARKS[told.outcome]
        words = outcome_words(told)
        self._mark.set_state(icon, words, tone)
        self._id.setText(told.fact_id)
        self._place.setText(tr("row {number}").format(number=told.number))
        self._words.setText(statement)
        self._words.setVisible(bool(statement))
        why = sentence(told.problem) if told.problem else ""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        said = (words, self._place.text(), statement or told.fact_id, why)
        self.set_name(", ".join(filter(None, said)))


def outcome_words(told: Planned) -> str:
    """What a row would do, with the fields that it changes."""
    if told.outcome == "changed":
        names = [field_words(name).partition(",")[0].lower() for name in told.fields]
        return tr("Changes {fields}").format(fields=", ".join(names))
    return {
        "added": tr("Adds a fact"),
        "unchanged": tr("Says nothing new"),
        "refused": tr("Refused"),
        "changed": "",
    }[told.outcome]


def target_words(field: Field) -> str:
    """What a column holds, as it is chosen."""
    return {
        "id": tr("Id"),
        "statement.vi": tr("Statement in Vietnamese"),
        "unit": tr("Unit"),
        "source": tr("Source"),
    }.get(field) or field_words(field).partition(",")[0]
