"""What is wrong in the file, by line, each a press away from its record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.dossier import Ref
from desktop.model.problems import Problem
from desktop.model.records import SECTIONS
from desktop.services.language import tr
from desktop.services.problem_words import problem_words
from desktop.services.theme import SMALL_PX, Theme
from desktop.widgets.badge import Chip
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text
from desktop.workspace import Workspace


class ProblemsView(QWidget):
    """The problems of the open file; choosing one brings its record into view if it was read."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.rows = LazyList()
        self._empty = Text(wrap=True, tone="muted")
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, SMALL_PX, SMALL_PX)
        inner.addWidget(self._empty)
        inner.addWidget(self.rows)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scroll(content))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self._problems = tuple(problems)
        self._empty.setVisible(not problems)
        self._empty.setText(tr("Every record in the file was read, and no rule is broken."))
        self.rows.set_rows(range(len(problems)), self._new_row, self._fill_row)

    def _new_row(self) -> _ProblemRow:
        row = _ProblemRow(self._workspace.theme)
        row.activated.connect(self._on_row_activated)
        return row

    def _fill_row(self, row: _ProblemRow, index: int) -> None:
        row.key = index
        row.show_problem(self._problems[index])

    def _on_row_activated(self, index: object) -> None:
        problem = self._problems[int(str(index))]
        kind = SECTIONS.get(problem.kind)
        if kind is not None and self._workspace.store.dossier.find(Ref(kind, problem.id)):
            self._workspace.selection.reveal(problem.id, kind)


class _ProblemRow(Row):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._mark = Chip(theme)
        self._place = Text(role="source")
        self._words = Text(role="caption", tone="ink", wrap=True)
        self._path = Text(role="source", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._mark)
        head.addStretch(1)
        head.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._path)

    def show_problem(self, problem: Problem) -> None:
        error = problem.severity == "error"
        words = problem_words(problem)
        self._mark.set_state(
            "alert-triangle",
            tr("Error") if error else tr("Warning"),
            "differ" if error else "stale",
        )
        place = tr("line {line}, column {column}")
        self._place.setText(place.format(line=problem.line, column=problem.column))
        self._place.setVisible(bool(problem.line))
        self._words.setText(words[:1].upper() + words[1:] + ".")
        self._path.setText(problem.path)
        self.set_name(f"{self._mark.text()}, {self._place.text()}: {words}")
