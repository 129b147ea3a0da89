"""The sea map as it leaves the desk: under its marking, with legend, sources and disclaimer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from desktop.figures.figure import paint_figure
from desktop.figures.sea_key import Entry, key_height_px, paint_key
from desktop.figures.sea_legend import (
    claim_words,
    disclaimer,
    entries,
    ground_words,
    held_as_of,
    held_at,
)
from desktop.figures.sea_map import CLOSEST_M, SeaMap, default_bounds
from desktop.figures.sea_marks import SeaMark
from desktop.figures.sea_measure import Measured, paint_measured
from desktop.figures.sea_sources import citations_of, cited_for_lines, publishers
from desktop.model.dates import EdtfDate
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import of_marking
from desktop.services.language import Locale, marking_words, tr
from desktop.services.theme import LARGE_PX, SMALL_PX, TextRole, Theme

LEAST_PX: Final = QSize(640, 480)
"""In less room than this there is none for the map beside what must stand with it."""

_BANNER_PX: Final = 22.0
_HEAD_PX: Final = 36.0
_LEAST_MAP_PX: Final = 160.0
_BELOW_LINE_PX: Final = 3.0
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter.value
_LEFT: Final = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT: Final = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
_WRAPPED: Final = Qt.TextFlag.TextWordWrap.value


class Line(NamedTuple):
    """One paragraph below the map."""

    words: str
    role: TextRole = "source"


class SeaPrint:
    """A map with all that must not be lost from it, in the light colours of paper.

    ``shown`` says which layers, names and dates; it is this picture's own and keeps its window.
    The picture measures ``size`` device-independent pixels; what stands below the map takes its
    room from the map's. ``shown`` needs a basemap.
    """

    def __init__(
        self,
        shown: SeaMap,
        speak: Locale,
        size: QSize,
        window: MapWindow | Bounds | None = None,
        measured: Measured | None = None,
    ) -> None:
        self.size: Final = size
        self._map = shown
        self._speak = speak
        self._measured = measured or Measured()
        self._asked = window or default_bounds()
        self._theme = Theme("light")
        # The fewer marks the map has room for, the fewer sources stand below: twice is enough.
        self._map_size = Size(size.width(), size.height())
        for _ in range(2):
            self._window = self._window_for(self._map_size)
            high_px = size.height() - self.around_px
            self._map_size = Size(size.width(), max(high_px, _LEAST_MAP_PX))
        self._window = self._window_for(self._map_size)
        shown.show_window(self._window)

    @property
    def around_px(self) -> float:
        """How much of its height is not the map's."""
        inner_px = self.size.width() - 2 * LARGE_PX
        lines_px = sum(_height_px(line, inner_px) for line in self._lines())
        legend_px = key_height_px(self._legend(), inner_px)
        return 2 * _BANNER_PX + _HEAD_PX + 2 * SMALL_PX + legend_px + lines_px

    @property
    def map_area(self) -> QRectF:
        """Where in the picture the map itself lies."""
        return QRectF(QPointF(0, _BANNER_PX + _HEAD_PX), QSizeF(*self._map_size))

    def words(self) -> list[str]:
        """All that stands below the map, a paragraph each, the words of the legend first."""
        return [words for _, words in self._legend()] + [line.words for line in self._lines()]

    def paint(self, painter: QPainter) -> None:
        """Draw it from (0, 0)."""
        colours = self._theme.colours
        wide, high = float(self.size.width()), float(self.size.height())
        painter.fillRect(QRectF(0, 0, wide, high), colours.page)
        area = self.map_area
        painter.save()
        painter.setClipRect(area)
        paint_figure(self._map, painter, area, self._speak.dossier, self._theme)
        painter.translate(area.topLeft())
        paint_measured(painter, self._measured, self._window, self._map_size, colours)
        painter.restore()
        # An SVG knows no clipping: what the map draws beyond its area is covered.
        painter.fillRect(QRectF(0, 0, wide, area.top()), colours.page)
        painter.fillRect(QRectF(0, area.bottom(), wide, high - area.bottom()), colours.page)
        self._paint_head(painter, QRectF(LARGE_PX, _BANNER_PX, wide - 2 * LARGE_PX, _HEAD_PX))
        self._paint_foot(painter, area.bottom() + SMALL_PX)
        marking = marking_words(self._speak.dossier.about)
        for top in (0.0, high - _BANNER_PX):
            band = QRectF(0, top, wide, _BANNER_PX)
            painter.fillRect(band, of_marking(marking, colours))
            _write(painter, band, _CENTRE, Line(marking, "marking"), colours.on_marking)

    def _window_for(self, size: Size) -> MapWindow:
        asked = self._asked
        window = MapWindow.around(asked, size) if isinstance(asked, Bounds) else asked
        scene = self._map.scene(self._speak.dossier, self._theme)
        return window.within(scene.limits, size, CLOSEST_M / 4) if scene else window

    def _marks(self) -> list[SeaMark]:
        """The marks that lie within the picture."""
        scene = self._map.scene(self._speak.dossier, self._theme)
        if scene is None:
            return []
        bounds = self._window.bounds(self._map_size)
        return [
            each.mark
            for each in scene.shown(self._window.metres_per_px)
            if bounds.west_m <= each.mark.east_m <= bounds.east_m
            and bounds.south_m <= each.mark.north_m <= bounds.north_m
        ]

    def _legend(self) -> list[Entry]:
        return entries(self._speak.dossier, self._marks())

    def _lines(self) -> list[Line]:
        speak, dossier = self._speak, self._speak.dossier
        marks, content = self._marks(), self._map.content(dossier)
        citations = citations_of(dossier, marks) + cited_for_lines(dossier, content.lines)
        sources = "; ".join(publishers(speak, citations))
        claims = {claim_words(line.name, line.claimant) for line in content.lines if line.claimant}
        own = (self._measured.words, *sorted(claims))
        said = [
            Line(". ".join(filter(None, own)), "caption_strong"),
            Line(self._as_of(marks), "caption"),
            Line(tr("Sources: {sources}.").format(sources=sources) if sources else ""),
            Line(f"{ground_words()} {disclaimer()}"),
        ]
        return [line for line in said if line.words]

    def _as_of(self, marks: Sequence[SeaMark]) -> str:
        speak, about = self._speak, self._speak.dossier.about
        said = [tr("As of {date}.").format(date=speak.date(about.as_of))]
        holders = held_as_of(held_at(speak.dossier, marks))
        if holders is not None:
            words = tr("Holders as of {date}; submerged banks are hollow.")
            said.append(words.format(date=speak.date(holders)))
        since, by = (
            speak.date(EdtfDate.of_day(day)) if day is not None else ""
            for day in (self._map.since, self._map.by)
        )
        if since and by:
            words = tr("Events shown: from {first} to {date}.")
            said.append(words.format(first=since, date=by))
        elif since:
            said.append(tr("Events shown: since {first}.").format(first=since))
        elif by:
            said.append(tr("Events shown: what had happened by {date}.").format(date=by))
        return " ".join(said)

    def _paint_head(self, painter: QPainter, area: QRectF) -> None:
        colours, speak = self._theme.colours, self._speak
        title = speak.text(speak.dossier.about.title)
        _write(painter, area, _LEFT, Line(speak.sea(), "strong"), colours.ink)
        _write(painter, area, _RIGHT, Line(title, "caption"), colours.muted)

    def _paint_foot(self, painter: QPainter, top_px: float) -> None:
        colours = self._theme.colours
        inner_px = self.size.width() - 2.0 * LARGE_PX
        legend = self._legend()
        paint_key(painter, legend, QPointF(LARGE_PX, top_px), inner_px, colours)
        y = top_px + key_height_px(legend, inner_px)
        for line in self._lines():
            high_px = _height_px(line, inner_px)
            area = QRectF(LARGE_PX, y, inner_px, high_px)
            _write(painter, area, _WRAPPED, line, colours.muted)
            y += high_px


def _height_px(line: Line, wide_px: float) -> float:
    metrics = QFontMetricsF(Theme.font(line.role))
    room = QRectF(0, 0, wide_px, 1e6)
    return metrics.boundingRect(room, _WRAPPED, line.words).height() + _BELOW_LINE_PX


def _write(painter: QPainter, area: QRectF, flags: int, line: Line, colour: QColor) -> None:
    painter.setFont(Theme.font(line.role))
    painter.setPen(colour)
    painter.drawText(area, flags, line.words)
