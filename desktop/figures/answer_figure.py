"""An answer to "where is that number from?": the fact, its quoted sentence and its source."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF

from desktop.figures.page_figure import PageFigure
from desktop.figures.slide_frame import (
    WIDE_GAP_PX,
    Room,
    SlidePlan,
    foot_of,
    heading_of,
    sources_of,
    spoken_fact,
)
from desktop.figures.slide_sides import quotations, two_sources
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact
from desktop.model.states import is_shown
from desktop.services.language import tr


class AnswerFigure(PageFigure):
    """One fact as a page: what it says, the sentences it rests on, and who printed them.

    With ``both`` it shows the two sides where sources differ. What is withheld from the audience of
    the briefing is not answered.
    """

    def __init__(self, briefing_id: str = "") -> None:
        super().__init__(briefing_id)
        self._fact_id = ""
        self._both = False

    def show_fact(self, fact_id: str, *, both: bool = False) -> None:
        """Answer for this fact."""
        if (fact_id, both) != (self._fact_id, self._both):
            self._fact_id, self._both = fact_id, both
            self.forget()

    def content(self, dossier: Dossier) -> object:
        fact = self._fact(dossier)
        sources = sources_of(dossier, [fact]) if fact else []
        return fact, tuple(sources), dossier.about, self._both

    def describe(self, dossier: Dossier) -> str:
        fact = self._fact(dossier)
        if fact is None:
            return tr("This cannot be shown to this audience.")
        speak = self.speak(dossier)
        quotes = [f"“{each.quote}”" for each in fact.citations if each.quote]
        return ". ".join([spoken_fact(speak, fact), *quotes])

    def lay_out(self, page: QSizeF, dossier: Dossier) -> SlidePlan:
        room = Room(page, self.speak(dossier))
        fact = self._fact(dossier)
        words = room.speak.statement(fact) if fact else self.describe(dossier)
        heading, above = heading_of(words.rstrip("."), room)
        plan = SlidePlan(heading)
        if fact is None:
            return plan
        body = QRectF(room.left_px, above.bottom() + WIDE_GAP_PX, room.width_px, 0)
        body.setBottom(room.foot_px)
        foot = foot_of(room, sources_of(dossier, [fact]), None)
        shown = two_sources if self._both else quotations
        return plan | SlidePlan(foot) | shown([fact], body, room)

    def _fact(self, dossier: Dossier) -> Fact | None:
        found = dossier.find(Ref(Fact, self._fact_id)) if self._fact_id else None
        audience = self.speak(dossier).audience
        if isinstance(found, Fact) and is_shown(dossier, found, audience):
            return found
        return None
