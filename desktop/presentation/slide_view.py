"""A slide within the console: whole, sharp, and each of its numbers within reach."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.figures.figure import Mark, paint_figure
from desktop.figures.slide_figure import SlideFigure
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact
from desktop.services.theme import RADIUS_PX, Theme

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

_LEAST_PX: Final = QSize(160, 90)
_REACH_PX: Final = 6.0
_RING_PX: Final = 4.0
_DOT_PX: Final = 7.0
_FRAME_PX: Final = 2
_SHADE: Final = QColor(0, 0, 0, 120)


class SlideView(QWidget):
    """Shows a slide in the shape of the audience's screen, as large as it fits.

    ``picked`` names the fact whose number was clicked; ``moved`` tells where on the page the mouse
    is, as fractions, or None when it has left; ``swept`` a region that was drawn with it.
    """

    picked = Signal(str)
    moved = Signal(object)
    swept = Signal(QRectF)

    def __init__(self, theme: Theme, briefing_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paper = Theme("light")
        self._briefing_id = briefing_id
        self._figure = SlideFigure("", briefing_id)
        self._figure.is_on_screen = True
        self._dossier: Dossier | None = None
        self._shape = 16 / 9
        self._active = -1
        self._pointer: QPointF | None = None
        self._zoom = QRectF(0, 0, 1, 1)
        self._drawn = QRectF()
        self._picture: QImage | None = None
        self._pressed: QPointF | None = None
        self.is_framed = False
        self.setMouseTracking(True)
        self.setMinimumSize(_LEAST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_slide(self, slide_id: str, dossier: Dossier) -> None:
        """Show this slide, with none of its numbers marked."""
        if (slide_id, dossier) == (self._figure.slide_id, self._dossier):
            return
        self._dossier = dossier
        self._figure.show_slide(slide_id, self._briefing_id)
        self._active = -1
        self._picture = None
        self.setAccessibleName(self._figure.describe(dossier))
        self.update()

    def show_basemap(self, basemap: Basemap) -> None:
        self._figure.show_basemap(basemap)
        self._picture = None
        self.update()

    def set_shape(self, wide_per_high: float) -> None:
        """Take the shape of the screen that the audience looks at."""
        if wide_per_high != self._shape:
            self._shape = wide_per_high
            self._picture = None
            self.update()

    def set_pointer(self, place: QPointF | None) -> None:
        """Show where the audience sees the pointer."""
        if place != self._pointer:
            self._pointer = place
            self.update()

    def set_zoom(self, region: QRectF) -> None:
        """Show which region of the page fills the audience's picture."""
        if region != self._zoom:
            self._zoom = QRectF(region)
            self.update()

    def page(self) -> QRectF:
        """Where the page lies in this widget."""
        room = 2 * _FRAME_PX if self.is_framed else 0
        width = min(self.width() - room, (self.height() - room) * self._shape)
        page = QRectF(0, 0, width, width / self._shape)
        page.moveCenter(QRectF(self.rect()).center())
        return QRectF(page.toRect())

    def numbers(self) -> list[Mark]:
        """What on the slide leads to a fact, from top to bottom and left to right."""
        if self._dossier is None:
            return []
        found = [
            mark
            for mark in self._figure.marks(self.page(), self._dossier)
            if self._dossier.find(Ref(Fact, mark.fact_id)) is not None
        ]
        return sorted(found, key=lambda mark: (round(mark.area.top() / 8), mark.area.left()))

    @property
    def active(self) -> Mark | None:
        """The number that the keys are on."""
        found = self.numbers()
        return found[self._active] if 0 <= self._active < len(found) else None

    def step_number(self, by: int) -> Mark | None:
        """Go to the next number, or to the first; None on a slide without any."""
        count = len(self.numbers())
        if not count:
            self._active = -1
        elif self._active < 0:
            self._active = 0
        else:
            self._active = (self._active + by) % count
        self.update()
        mark = self.active
        self.setAccessibleDescription(mark.words if mark else "")
        return mark

    def leave_numbers(self) -> None:
        """No number is marked any more."""
        self._active = -1
        self.setAccessibleDescription("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        page = self.page()
        painter.drawImage(page, self._painted(page))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colours = self._theme.colours
        if self.is_framed:
            painter.setPen(QPen(colours.link, _FRAME_PX))
            painter.drawRect(page.adjusted(-1, -1, 1, 1))
        self._paint_regions(painter, page)
        mark = self.active
        if mark is not None:
            painter.setPen(QPen(self._paper.colours.link, 3))
            around = mark.area.adjusted(-_RING_PX, -_RING_PX, _RING_PX, _RING_PX)
            painter.drawRoundedRect(around, RADIUS_PX, RADIUS_PX)
        if self._pointer is not None:
            at = QPointF(
                page.left() + self._pointer.x() * page.width(),
                page.top() + self._pointer.y() * page.height(),
            )
            painter.setPen(QPen(self._paper.colours.page, 2))
            painter.setBrush(self._paper.colours.differ)
            painter.drawEllipse(at, _DOT_PX, _DOT_PX)
        painter.end()

    def _paint_regions(self, painter: QPainter, page: QRectF) -> None:
        """The region that fills the audience's picture, and the one that is being drawn."""
        if self._zoom.width() < 1:
            shade = QPainterPath()
            shade.addRect(page)
            seen = QRectF(
                page.left() + self._zoom.left() * page.width(),
                page.top() + self._zoom.top() * page.height(),
                self._zoom.width() * page.width(),
                self._zoom.height() * page.height(),
            )
            shade.addRect(seen)
            painter.fillPath(shade, _SHADE)
        if not self._drawn.isEmpty():
            painter.setPen(QPen(self._paper.colours.link, 2, Qt.PenStyle.DashLine))
            painter.drawRect(self._drawn)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._number_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        if self._pressed is not None:
            self._drawn = QRectF(self._pressed, event.position()).normalized()
            self.update()
        self.moved.emit(self._fraction(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self._drawn = QRectF()
        self.update()
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (event.position() - pressed).manhattanLength() > 4 * _REACH_PX:
            start, end = self._fraction(pressed), self._fraction(event.position())
            if start is not None and end is not None:
                self.swept.emit(QRectF(start, end).normalized())
            return
        mark = self._number_at(event.position())
        if mark is not None:
            self.picked.emit(mark.fact_id)

    def leaveEvent(self, event: QEvent) -> None:
        self.moved.emit(None)

    def _number_at(self, place: QPointF) -> Mark | None:
        reach = (-_REACH_PX, -_REACH_PX, _REACH_PX, _REACH_PX)
        near = (mark for mark in self.numbers() if mark.area.adjusted(*reach).contains(place))
        return next(near, None)

    def _fraction(self, place: QPointF) -> QPointF | None:
        page = self.page()
        if not page.contains(place):
            return None
        return QPointF(
            (place.x() - page.left()) / page.width(), (place.y() - page.top()) / page.height()
        )

    def _painted(self, page: QRectF) -> QImage:
        ratio = self.devicePixelRatioF()
        size = QSize(math.ceil(page.width() * ratio), math.ceil(page.height() * ratio))
        if self._picture is None or self._picture.size() != size:
            self._picture = QImage(size, QImage.Format.Format_RGB32)
            self._picture.fill(self._paper.colours.page)
            painter = QPainter(self._picture)
            if self._dossier is not None:
                whole = QRectF(0, 0, size.width(), size.height())
                paint_figure(self._figure, painter, whole, self._dossier, self._paper)
            painter.end()
        return self._picture
