"""One answer in full: the question, the sentence that answers it, and the facts that carry it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.figures.event_lane import EventLane
from desktop.figures.figure import FigureView
from desktop.model.records import FactId
from desktop.panes.fact_row import FactRow, give_way
from desktop.panes.legacy_answers import Answer, Question, answer
from desktop.panes.legacy_parts import inset
from desktop.services.language import Locale, tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import BLEED_PX
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_READING_PX: Final = 900
_LEAST_PX: Final = 480


class AnswerView(QWidget):
    """Shows the answer to ``show_question``; facts in it are chosen or followed to their source."""

    fact_chosen = Signal(object)
    source_asked = Signal(object)
    section_asked = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = workspace.theme
        self._chosen = ""
        self._section = ""
        self.answer = Answer("", (), ())
        self.question = Text(role="title", wrap=True)
        self.sentence = LinkedText("summary")
        give_way(self.sentence)
        self.sentence.activated.connect(self.source_asked)
        self._lane = EventLane()
        self.lane = FigureView(self._lane, workspace.theme, workspace.store.dossier)
        self.lane.picked.connect(self.fact_chosen)
        self._lane_room = inset(self.lane)
        self.rows: list[FactRow] = []
        self.more = Link()
        self.more.activated.connect(self._on_more_activated)
        self._compose()

    def _compose(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(inset(self.question))
        self._column.addSpacing(MEDIUM_PX)
        self._column.addWidget(inset(self.sentence, _READING_PX))
        self._column.addSpacing(LARGE_PX)
        self._column.addWidget(self._lane_room)
        self._column.addSpacing(MEDIUM_PX)
        self._line = inset(Hairline())
        self._column.addWidget(self._line)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(0)
        self._column.addLayout(self._facts)
        beneath = QHBoxLayout()
        beneath.setContentsMargins(BLEED_PX, MEDIUM_PX, BLEED_PX, SMALL_PX)
        beneath.addWidget(self.more)
        beneath.addStretch(1)
        self._column.addLayout(beneath)
        self._column.addStretch(1)

    def show_question(self, speak: Locale, question: Question, section_title: str) -> None:
        """Answer to the audience that ``speak`` speaks to."""
        self.answer = answer(speak, question)
        self._section = question.section
        self.question.setText(self.answer.question)
        self.sentence.set_parts(self.answer.sentence)
        ids = self.answer.facts
        is_dated = question.asks == "what-happened" and bool(ids)
        self._lane_room.setVisible(is_dated)
        shown = [FactId(fact_id) for fact_id in ids] if is_dated else []
        self._lane.show_facts(self.answer.question, shown, speak.audience)
        self.lane.show_dossier(speak.dossier)
        while len(self.rows) < len(ids):
            self.rows.append(self._new_row())
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(ids))
            if place < len(ids):
                row.show_fact(speak, speak.dossier.fact(ids[place]))
        self._line.setVisible(bool(ids))
        self.more.set_words(tr("More under “{section}”").format(section=section_title))
        self.choose(self._chosen)

    def choose(self, fact_id: str) -> None:
        """Mark a fact that the answer rests on; an empty id marks none."""
        self._chosen = fact_id
        self._lane.choose(fact_id)
        for row in self.rows:
            row.set_chosen(row.key == fact_id)

    def prepare_for_paper(self) -> None:
        """Lead nowhere, as paper cannot be pressed."""
        self.more.hide()

    def breaks(self, content: QWidget) -> list[int]:
        """Where paper may be cut, in the pixels of ``content``: before it and between facts."""
        shown = [row for row in self.rows[1:] if not row.isHidden()]
        return [each.mapTo(content, QPoint(0, 0)).y() for each in (self, *shown)]

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        # Rows that wrap would ask for the height of their narrowest, and leave a gap at the end.
        return QSize(_LEAST_PX, 0)

    def _new_row(self) -> FactRow:
        row = FactRow(self._theme)
        row.activated.connect(self.fact_chosen)
        row.opened.connect(self.source_asked)
        self._facts.addWidget(row)
        return row

    def _on_more_activated(self) -> None:
        self.section_asked.emit(self._section)
