"""What differs between two states of the facts, a sentence each, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.model.differences import Difference, differences
from desktop.model.dossier import Dossier
from desktop.services.difference_words import difference_words
from desktop.services.language import tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX
from desktop.widgets.button import Button
from desktop.widgets.lazy_list import LazyList
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text
from desktop.workspace import Workspace

Offer = tuple[str, Callable[[], object]]


class DifferencesView(QWidget):
    """Sentences under a few introducing words; choosing one leads to its record, if it is there.

    ``besides`` are sentences of what stands in neither state. The first of ``offers`` is the one
    most people come for.
    """

    def __init__(
        self,
        workspace: Workspace,
        words: str,
        states: tuple[Dossier, Dossier],
        offers: Sequence[Offer] = (),
        besides: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._locales = tuple(workspace.locale(state) for state in states)
        self._differences = differences(*states)
        self.rows = LazyList()
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, SMALL_PX, SMALL_PX)
        inner.setSpacing(SMALL_PX)
        is_same = not self._differences and not besides
        said = [words, tr("Both say the same.")] if is_same else [words]
        intro = Text(" ".join(said), role="caption", tone="muted", wrap=True)
        intro.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
        inner.addWidget(intro)
        inner.addWidget(self.rows)
        for sentence in besides:
            line = Text(sentence, role="caption", tone="ink", wrap=True)
            line.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
            inner.addWidget(line)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SMALL_PX)
        column.setSpacing(MEDIUM_PX)
        column.addWidget(Scroll(content), 1)
        if offers:
            column.addLayout(self._buttons(offers))
        self.rows.set_rows(range(len(self._differences)), self._new_row, self._fill_row)

    def _buttons(self, offers: Sequence[Offer]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(BLEED_PX, 0, MEDIUM_PX, 0)
        line.setSpacing(SMALL_PX)
        for place, (title, run) in enumerate(offers):
            button = Button(title, primary=place == 0)
            button.clicked.connect(run)
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _new_row(self) -> _DifferenceRow:
        row = _DifferenceRow()
        row.activated.connect(self._on_row_activated)
        return row

    def _fill_row(self, row: _DifferenceRow, index: int) -> None:
        row.key = index
        before, after = self._locales
        row.show_words(difference_words(before, after, self._differences[index]))

    def _on_row_activated(self, index: object) -> None:
        difference: Difference = self._differences[int(str(index))]
        if self._workspace.store.dossier.find(difference.ref) is not None:
            self._workspace.selection.reveal(difference.ref.id, difference.ref.kind)


class _DifferenceRow(Row):
    def __init__(self) -> None:
        super().__init__()
        self._words = Text(role="caption", tone="ink", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
        column.addWidget(self._words)

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        self.set_name(words)
