"""The chart that every other is: title, unit, what the subclass draws, sources and as-of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.figures.chart_frame import (
    EMPTY_PX,
    SOURCE,
    as_of_words,
    foot_of,
    head_of,
    height_of,
    records_around,
    unit_of,
    why_none,
)
from desktop.figures.chart_frame import Content as Content
from desktop.figures.chart_frame import Foot as Foot
from desktop.figures.chart_words import cited, told, unit_words
from desktop.figures.drawing import Drawing, Words, paint_drawing, size_of
from desktop.figures.figure import Figure, Mark
from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId, MeasureId
from desktop.model.series import series_of
from desktop.services.language import Locale
from desktop.services.theme import Theme


class _Drawn(NamedTuple):
    """What was worked out of some content for one size."""

    content: Content
    size: QSizeF
    foot: Foot
    drawing: Drawing


class BriefChart(Figure):
    """Draws the readings of measures that share a unit.

    ``show_measures`` says which, to whom, and under what title; ``FigureView.show_dossier`` then
    brings the facts. A subclass draws into the room between head and foot with ``plot``.
    ``plot_px`` is how high that room is where the chart may choose.
    """

    def __init__(self, plot_px: float = 270.0) -> None:
        super().__init__()
        self.plot_px = plot_px
        self.foot: Foot = "desk"
        self._title = ""
        self._measures: tuple[MeasureId, ...] = ()
        self._audience: AudienceId | None = None
        self._chosen = ""
        self._known: tuple[Dossier, Content] | None = None
        self._drawn: _Drawn | None = None

    def show_measures(
        self, measures: Iterable[MeasureId], audience: AudienceId | None, title: str = ""
    ) -> None:
        """Show what this audience is shown of these measures; without a title none is drawn."""
        wanted = (tuple(measures), audience, title)
        if wanted != (self._measures, self._audience, self._title):
            self._measures, self._audience, self._title = wanted
            self._known = None
            self.changed.emit()

    def choose(self, fact_id: str) -> None:
        """Ring what is drawn of this fact; an empty id rings nothing."""
        if fact_id != self._chosen:
            self._chosen = fact_id
            self.changed.emit()

    def plot(self, size: QSizeF, content: Content, speak: Locale) -> Drawing:
        """Draw the readings into (0, 0) to ``size``; there is at least one."""
        raise NotImplementedError

    def drawing(self, size: QSizeF, dossier: Dossier, foot: Foot | None = None) -> Drawing:
        """The whole chart at a size, in its own pixels; ``foot`` left out is the chart's own."""
        content, foot, drawn = self.content(dossier), foot or self.foot, self._drawn
        if drawn is None or (drawn.size, drawn.foot, drawn.content) != (size, foot, content):
            drawing = self._draw(size, content, self.speak(dossier), foot)
            drawn = self._drawn = _Drawn(content, size, foot, drawing)
        return drawn.drawing

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        drawing = self.drawing(rect.size(), dossier)
        painter.save()
        painter.translate(rect.topLeft())
        paint_drawing(painter, drawing.items, theme)
        painter.setPen(QPen(theme.colours.link, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for mark in drawing.marks:
            if mark.fact_id == self._chosen and not mark.part.startswith(SOURCE):
                painter.drawRoundedRect(mark.area.adjusted(-4, -4, 4, 4), 8, 8)
        painter.restore()

    def marks(self, rect: QRectF, dossier: Dossier) -> list[Mark]:
        drawing = self.drawing(rect.size(), dossier)
        return [mark._replace(area=mark.area.translated(rect.topLeft())) for mark in drawing.marks]

    def height_for(self, width_px: float, dossier: Dossier, foot: Foot | None = None) -> float:
        content, speak = self.content(dossier), self.speak(dossier)
        head = head_of(width_px, content, speak, foot or self.foot)
        high_px = self.plot_height_for(width_px, content, speak)
        below = foot_of(width_px, content, speak, foot or self.foot)
        return (
            height_of(head)
            + (high_px if not why_none(content, speak) else EMPTY_PX)
            + height_of(below)
        )

    def plot_height_for(self, width_px: float, content: Content, speak: Locale) -> float:
        """How high the room between head and foot should be."""
        return self.plot_px

    def content(self, dossier: Dossier) -> Content:
        if self._known is None or self._known[0] is not dossier:
            self._known = (dossier, self._read(dossier))
        return self._known[1]

    def describe(self, dossier: Dossier) -> str:
        content, speak = self.content(dossier), self.speak(dossier)
        why = why_none(content, speak)
        counted = unit_words(speak, unit_of(content)) if content.lines else ""
        parts = (content.title, counted, why or told(speak, content.lines), as_of_words(speak))
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)

    def speak(self, dossier: Dossier) -> Locale:
        """How the audience of this chart is spoken to."""
        return Locale(dossier, self._audience)

    def _read(self, dossier: Dossier) -> Content:
        speak = self.speak(dossier)
        lines = series_of(dossier, self._measures, speak.audience)
        return Content(
            self._title,
            lines,
            tuple(records_around(dossier, lines, speak)),
            tuple(cited(speak, lines)),
            sum(fact.when is None for line in lines for fact in line.readings),
            dossier.about.as_of,
            speak.tag,
            speak.audience,
        )

    def _draw(self, size: QSizeF, content: Content, speak: Locale, foot: Foot) -> Drawing:
        head = head_of(size.width(), content, speak, foot)
        below = foot_of(size.width(), content, speak, foot)
        top_px, foot_px = height_of(head), height_of(below)
        why = why_none(content, speak)
        if why:
            area = QRectF(QPointF(0, top_px), size_of(why, "caption"))
            return head | Drawing((Words(area, why, "muted"),))
        room = QSizeF(size.width(), max(size.height() - top_px - foot_px, 1.0))
        plotted = self.plot(room, content, speak).moved(0, top_px)
        return head | plotted | below.moved(0, size.height() - foot_px)
