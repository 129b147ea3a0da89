"""War legacy: money by stage, the work it paid for, and the missing as figures and a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.figures.slide_numbers import MOST_FIGURES
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.records import (
    Area,
    Audience,
    Fact,
    FactId,
    Layout,
    Measure,
    MeasureId,
    Place,
    Slide,
    Source,
    Unit,
    id_from,
)
from desktop.panes.legacy_answer_view import AnswerView
from desktop.panes.legacy_answers import as_put
from desktop.panes.legacy_index import Entry, Group, LegacyBar, LegacyIndex
from desktop.panes.legacy_section import views_of
from desktop.panes.legacy_sections import Look, Part, latest_of, shown_by
from desktop.panes.legacy_table import questions, sections
from desktop.panes.pane import Pane
from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, WIDE_PX
from desktop.widgets.row import BLEED_PX
from desktop.widgets.scroll import Scroll
from desktop.workspace import Workspace

_INDEX_PX: Final = 290
_BESIDE_PX: Final = 1180
_NARROW_PX: Final = 860
_SECTION_GAP_PX: Final = 2 * WIDE_PX
_NEAR_PX: Final = 120
_MOST_PX: Final = 1600
_LAYOUTS: Final[dict[Look, Layout]] = {
    "chart": "chart",
    "half": "chart",
    "ledger": "ledger",
    "figures": "figure",
    "list": "ledger",
    "timeline": "timeline",
}


class LegacyPane(Pane):
    """Sections under one another; an index leads to them and to the questions asked most.

    The answer to a question takes the place of the sections: the sentence, and under it each fact
    it rests on with its readings, how we settle them and its sources. So an answer is one step
    away, whole in view, and a figure about the dead never comes to stand beside dollars. Escape or
    a section leads back.
    """

    shows = frozenset({Fact, Area, Source, Measure, Unit, Place, Audience})

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._questions = {question.id: question for question in questions()}
        self._asked = ""
        self.index = LegacyIndex()
        self.bar = LegacyBar(workspace.theme)
        for way in (self.index, self.bar):
            way.chosen.connect(self._on_way_chosen)
        self.sections = views_of(workspace, sections())
        self.answer = AnswerView(workspace)
        self.answer.fact_chosen.connect(workspace.selection.select)
        self.answer.source_asked.connect(workspace.selection.show_source)
        self.answer.section_asked.connect(self.show_section)
        self._sections_column = _Column(self.sections)
        self._answer_column = _Column([self.answer])
        self.sections_scroll = Scroll(self._sections_column)
        self.sections_scroll.verticalScrollBar().valueChanged.connect(
            self._on_scroll_bar_value_changed
        )
        self._answer_scroll = Scroll(self._answer_column)
        for view in self.sections:
            view.picked.connect(workspace.selection.show_source)
            view.area_asked.connect(self._on_section_area_asked)
        self._compose()

    def _compose(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(0)
        for part in (self.bar, self.sections_scroll, self._answer_scroll):
            beside.addWidget(part)
        content = QWidget()
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.index)
        line.addLayout(beside, 1)
        self.index.setFixedWidth(_INDEX_PX)
        self._answer_scroll.hide()
        self.set_content(content)

    def refresh(self, dossier: Dossier) -> None:
        for view in self.sections:
            view.tell_anew()
        self.follow(dossier, ChangeSet())

    def follow(self, dossier: Dossier, changes: ChangeSet) -> None:
        if not changes.kinds <= {Fact, Source, Area}:
            for view in self.sections:
                view.tell_anew()
        asked = tr("Asked most"), self._entries()
        told = tr("Sections"), [Entry(v.section.id, v.section.title) for v in self.sections]
        for way in (self.index, self.bar):
            way.show_groups([Group(title, tuple(entries)) for title, entries in (asked, told)])
        for view in self.sections:
            view.show_section(dossier, self.speak)
        if self._asked:
            self._show_answer(self._asked)
        self._mark_way()

    def show_selection(self, ref: Ref | None) -> None:
        fact_id = ref.id if ref is not None and ref.kind is Fact else ""
        for view in self.sections:
            view.choose(fact_id)
        self.answer.choose(fact_id)
        if fact_id and not self._asked:
            # What shows it has its place only once the layout has settled.
            QTimer.singleShot(0, self, self._bring_chosen_into_view)

    def show_section(self, section_id: str) -> None:
        """Bring a section into view from its top; the answer in view gives way."""
        view = next((each for each in self.sections if each.section.id == section_id), None)
        if view is None:
            return
        self._close_answer()
        bar = self.sections_scroll.verticalScrollBar()
        bar.setValue(view.y() - LARGE_PX if view.y() > _SECTION_GAP_PX else 0)
        self._mark(section_id)

    def ask(self, question_id: str) -> None:
        """Answer a question in place of the sections."""
        self._asked = question_id
        self._show_answer(question_id)
        self.sections_scroll.hide()
        self._answer_scroll.show()
        self._answer_scroll.verticalScrollBar().setValue(0)
        self._mark_way()

    def page(self) -> QWidget:
        """All sections and answers under one another, for paper."""
        from desktop.panes.legacy_sheet import LegacySheet

        dossier = self.workspace.store.dossier
        return LegacySheet(self.workspace, dossier, self.speak, sections(), questions())

    def slide(self) -> Slide | None:
        """The question asked, or what is in view of the sections, by measure or by fact."""
        if self._asked:
            question = self._questions[self._asked]
            part = Part("list", self.answer.answer.question, question.measures, question.facts)
        else:
            part = self._part_in_view()
        dossier = self.workspace.store.dossier
        facts = tuple(FactId(each) for each in part.facts if each in dossier.facts)
        drawn = tuple(MeasureId(each) for each in part.measures if each in dossier.measures)
        if part.look == "figures":
            latest = (latest_of(self.speak, each) for each in drawn)
            figures = tuple(FactId(fact.id) for fact in latest if fact is not None)
            drawn, facts = (), (*figures, *facts)[:MOST_FIGURES]
        if not drawn and not facts:
            return self.fact_slide()
        title, layout = self.own_words(part.title), _LAYOUTS[part.look]
        own_id = id_from(part.title) or "legacy"
        return Slide(id=own_id, title=title, layout=layout, measures=drawn, facts=facts)

    def _part_in_view(self) -> Part:
        """The part that shows the fact in view, or else the first of the section in view."""
        fact_id = self.workspace.selection.fact_id
        here = next(v.section for v in self.sections if v.section.id == self._section_in_view())
        parts = [part for view in self.sections for part in view.section.parts]
        showing = (
            part
            for part in parts
            if fact_id and any(fact.id == fact_id for fact in shown_by(self.speak, part))
        )
        return next(showing, here.parts[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asked:
            self._close_answer()
            self._mark_way()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= _BESIDE_PX
        self.index.setVisible(beside)
        self.bar.setVisible(not beside)
        super().resizeEvent(event)

    def _entries(self) -> list[Entry]:
        asked = self._questions.values()
        return [Entry(each.id, as_put(self.speak, each)) for each in asked]

    def _show_answer(self, question_id: str) -> None:
        question = self._questions[question_id]
        titles = {view.section.id: view.section.title for view in self.sections}
        self.answer.show_question(self.speak, question, titles[question.section])

    def _close_answer(self) -> None:
        self._asked = ""
        self._answer_scroll.hide()
        self.sections_scroll.show()

    def _mark_way(self) -> None:
        """Mark in the index what is in view: the question asked, or the section at the top."""
        self._mark(self._asked or self._section_in_view())

    def _mark(self, entry_id: str) -> None:
        for way in (self.index, self.bar):
            way.choose(entry_id)

    def _section_in_view(self) -> str:
        bar = self.sections_scroll.verticalScrollBar()
        if bar.value() == 0:
            return self.sections[0].section.id
        if bar.value() == bar.maximum():
            return self.sections[-1].section.id
        above = [view for view in self.sections if view.y() <= bar.value() + _NEAR_PX]
        return above[-1].section.id

    def _bring_chosen_into_view(self) -> None:
        fact_id = self.workspace.selection.fact_id
        if fact_id is None or self._asked:
            return
        found = (view.part_of(fact_id) for view in self.sections)
        part = next((widget for widget in found if widget is not None), None)
        if part is not None and part.visibleRegion().isEmpty():
            top = part.mapTo(self._sections_column, QPoint(0, 0)).y()
            self.sections_scroll.verticalScrollBar().setValue(top - WIDE_PX)

    def _on_way_chosen(self, entry_id: str) -> None:
        if entry_id in self._questions:
            self.ask(entry_id)
        else:
            self.show_section(entry_id)

    def _on_section_area_asked(self, area_id: str) -> None:
        self.workspace.selection.reveal(area_id, Area)

    def _on_scroll_bar_value_changed(self) -> None:
        if not self._asked:
            self._mark_way()


class _Column(QWidget):
    """Views under one another with room around them, no wider than lines can be followed."""

    def __init__(self, views: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(_SECTION_GAP_PX - LARGE_PX)
        for view in views:
            self._column.addWidget(view)
        self._column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width_px = event.size().width()
        side_px = (WIDE_PX if width_px >= _NARROW_PX else LARGE_PX) - BLEED_PX
        beside_px = max(side_px, width_px - side_px - _MOST_PX)
        self._column.setContentsMargins(side_px, LARGE_PX, beside_px, WIDE_PX)
        super().resizeEvent(event)
