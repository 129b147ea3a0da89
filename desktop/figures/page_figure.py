"""A page for projection, marked at both edges; what is on it a subclass lays out."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from desktop.figures.drawing import Drawing, paint_drawing
from desktop.figures.figure import Figure, Mark, paint_figure
from desktop.figures.slide_frame import (
    BANNER_PX,
    Fault,
    Room,
    SlidePlan,
    banners,
    marks_of,
    page_of,
)
from desktop.model.dossier import Dossier
from desktop.model.records import BriefingId
from desktop.model.slides import audience_of
from desktop.services.colours import of_marking
from desktop.services.language import Locale, marking_words
from desktop.services.theme import Theme

_HIGH_PER_WIDE: Final = 9 / 16
_USUAL: Final = QSizeF(1920, 1080)
_WITHIN: Final = Qt.ClipOperation.IntersectClip


class _Planned(NamedTuple):
    dossier: Dossier
    page: QSizeF
    plan: SlidePlan


class PageFigure(Figure):
    """A page of any shape from 4:3 to 21:9, scaled by its height and never clipped.

    It paints its own ground, and the strips of the marking along both edges. Whom it speaks to is
    settled by its briefing.
    """

    def __init__(self, briefing_id: str = "") -> None:
        super().__init__()
        self._briefing_id = BriefingId(briefing_id)
        self._planned: _Planned | None = None

    @staticmethod
    def marking(room: Room) -> Drawing:
        """The words along both edges."""
        return banners(room, marking_words(room.speak.dossier.about))

    def lay_out(self, page: QSizeF, dossier: Dossier) -> SlidePlan:
        """Place everything but the marking on a page of this size."""
        raise NotImplementedError

    def paint_under(self, painter: QPainter, page: QSizeF, plan: SlidePlan, theme: Theme) -> None:
        """Paint what lies between the figures on the page and its words."""

    def forget(self) -> None:
        """Lay out anew from now on."""
        self._planned = None
        self.changed.emit()

    def plan(self, rect: QRectF, dossier: Dossier) -> SlidePlan:
        """Everything that is painted into ``rect``, in pixels of a page 1080 high."""
        return self._plan(page_of(rect), dossier)

    def faults(self, dossier: Dossier, size: QSizeF = _USUAL) -> tuple[Fault, ...]:
        """What does not fit on a page of this shape, each code once."""
        return tuple(dict.fromkeys(self.plan(QRectF(0, 0, *size.toTuple()), dossier).faults))

    def speak(self, dossier: Dossier) -> Locale:
        """How the audience of the briefing is spoken to."""
        return Locale(dossier, audience_of(dossier, dossier.briefings.get(self._briefing_id)))

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        page = page_of(rect)
        scale = rect.width() / page.width()
        plan = self._plan(page, dossier)
        painter.save()
        painter.fillRect(rect, theme.colours.page)
        painter.translate(rect.topLeft())
        painter.scale(scale, scale)
        for each in plan.insets:
            painter.save()
            painter.setClipRect(each.area, _WITHIN)
            paint_figure(each.figure, painter, each.area, dossier, theme, each.scale)
            painter.restore()
        self.paint_under(painter, page, plan, theme)
        _paint_strips(painter, page, dossier, theme)
        paint_drawing(painter, plan.drawing.items, theme)
        painter.restore()

    def paint_marking(
        self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme
    ) -> None:
        """Paint the marking alone, along both edges of ``rect``: over a part of a page."""
        page = page_of(rect)
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(rect.width() / page.width(), rect.width() / page.width())
        _paint_strips(painter, page, dossier, theme)
        paint_drawing(painter, self.marking(Room(page, self.speak(dossier))).items, theme)
        painter.restore()

    def marks(self, rect: QRectF, dossier: Dossier) -> list[Mark]:
        page = page_of(rect)
        scale = rect.width() / page.width()
        plan = self._plan(page, dossier)
        found = [*plan.drawing.marks]
        for each in plan.insets:
            found += marks_of(each, dossier)
        return [
            mark._replace(
                area=QRectF(mark.area.topLeft() * scale + rect.topLeft(), mark.area.size() * scale)
            )
            for mark in found
        ]

    def height_for(self, width_px: float, dossier: Dossier) -> float:
        return width_px * _HIGH_PER_WIDE

    def _plan(self, page: QSizeF, dossier: Dossier) -> SlidePlan:
        known = self._planned
        if known is None or known.dossier is not dossier or known.page != page:
            plan = SlidePlan(self.marking(Room(page, self.speak(dossier))))
            known = self._planned = _Planned(dossier, page, plan | self.lay_out(page, dossier))
        return known.plan


def _paint_strips(painter: QPainter, page: QSizeF, dossier: Dossier, theme: Theme) -> None:
    strip = of_marking(dossier.about.marking or "", theme.colours)
    painter.fillRect(QRectF(0, 0, page.width(), BANNER_PX), strip)
    painter.fillRect(QRectF(0, page.height() - BANNER_PX, page.width(), BANNER_PX), strip)
