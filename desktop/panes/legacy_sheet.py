"""The war legacy on paper: every section whole, and after it the questions it answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.dossier import Dossier
from desktop.panes.legacy_answer_view import AnswerView
from desktop.panes.legacy_answers import Question
from desktop.panes.legacy_section import SectionView, views_of
from desktop.panes.legacy_sections import Section
from desktop.services.language import Locale
from desktop.services.theme import LARGE_PX, WIDE_PX
from desktop.widgets.row import BLEED_PX
from desktop.workspace import Workspace


class LegacySheet(QWidget):
    """``breaks`` are the heights at which no chart and no line is cut."""

    def __init__(
        self,
        workspace: Workspace,
        dossier: Dossier,
        speak: Locale,
        sections: Sequence[Section],
        questions: Sequence[Question],
    ) -> None:
        super().__init__()
        self._views: list[SectionView | AnswerView] = []
        column = QVBoxLayout(self)
        edge_px = WIDE_PX - BLEED_PX
        column.setContentsMargins(edge_px, LARGE_PX, edge_px, LARGE_PX)
        column.setSpacing(WIDE_PX)
        for view in views_of(workspace, sections):
            view.prepare_for_paper()
            view.show_section(dossier, speak)
            self._views.append(view)
            for question in questions:
                if question.section == view.section.id:
                    answer = AnswerView(workspace)
                    answer.prepare_for_paper()
                    answer.show_question(speak, question, view.section.title)
                    self._views.append(answer)
        for each in self._views:
            column.addWidget(each)

    def breaks(self) -> tuple[int, ...]:
        """Where a section, a part of it, an answer or a line begins."""
        tops = [top for view in self._views for top in view.breaks(self)]
        return (*tops[1:], self.height())
