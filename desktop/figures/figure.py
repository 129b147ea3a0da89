"""A figure is a drawing of facts, coded once and painted alike on screen, paper and images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.model.dossier import Dossier
from desktop.services.theme import RADIUS_PX, Theme

_LEAST_PX: Final = QSize(120, 24)
_REACH_PX: Final = 5
_RING_PX: Final = 4
_NOWHERE: Final = ("", "")
_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Mark(NamedTuple):
    """Where a fact is drawn, in the pixels of the figure, and how it is said aloud.

    ``part`` tells the marks of one fact from each other, where it has several.
    """

    fact_id: str
    area: QRectF
    words: str
    part: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What names this mark among those of a figure."""
        return self.fact_id, self.part


class Figure(QObject):
    """A drawing of facts that keeps none: they come with the dossier it is painted from.

    What it is to show it is told by methods of its own, in ids. Lengths are device-independent
    pixels of the desk; ``paint_figure`` enlarges them for slides and paper.
    """

    changed = Signal()
    """It was told to show something else."""

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        """Draw into ``rect`` and nowhere else; the ground is left as it is."""
        raise NotImplementedError

    def marks(self, rect: QRectF, dossier: Dossier) -> Sequence[Mark]:
        """What can be pointed at when painted into ``rect``, in reading order."""
        raise NotImplementedError

    def height_for(self, width_px: float, dossier: Dossier) -> float:
        """The height in which all of it has room at this width."""
        raise NotImplementedError

    def content(self, dossier: Dossier) -> object:
        """All that it is drawn from; where this is equal, the drawing is the same."""
        raise NotImplementedError

    def describe(self, dossier: Dossier) -> str:
        """What it shows, in a sentence for those who do not see it."""
        raise NotImplementedError


def paint_figure(
    figure: Figure,
    painter: QPainter,
    rect: QRectF,
    dossier: Dossier,
    theme: Theme,
    scale: float = 1.0,
) -> None:
    """Draw a figure into ``rect`` of any paint device, each of its pixels ``scale`` units wide."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    own = QRectF(0, 0, rect.width() / scale, rect.height() / scale)
    figure.paint(painter, own, dossier, theme)
    painter.restore()


def draw_hairline(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    """Draw a level or upright line, one pixel of the desk thick and sharp on every device."""
    to_device = painter.deviceTransform()
    rect = to_device.mapRect(QRectF(start, end).normalized().adjusted(-0.5, -0.5, 0.5, 0.5))
    sharp = QRectF(round(rect.left()), round(rect.top()), 0, 0)
    sharp.setWidth(max(1, round(rect.width())))
    sharp.setHeight(max(1, round(rect.height())))
    back, _ = to_device.inverted()
    painter.fillRect(back.mapRect(sharp), colour)


class FigureView(QWidget):
    """Shows one figure in a pane, each of its marks within reach of pointer and keyboard.

    Left, Right, Home and End go from mark to mark; Enter, Space or a click picks the one. A view
    of many marks says in ``marks_near`` and ``mark_with`` how to find one without making all.
    """

    picked = Signal(object)
    """Id of the fact whose mark was chosen."""
    pointed = Signal(object)
    """The mark that the pointer, or else the keyboard, has come upon; None when it has left."""

    has_tips = True
    """Whether a tool tip says what the pointer is on; off where ``pointed`` is shown instead."""

    def __init__(
        self, figure: Figure, theme: Theme, dossier: Dossier, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.figure = figure
        self._theme = theme
        self._dossier = dossier
        self._content: object = None
        self._focused = _NOWHERE
        self._hovered = _NOWHERE
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        figure.changed.connect(self._on_figure_changed)
        theme.changed.connect(self.update)
        self._on_figure_changed()

    def show_dossier(self, dossier: Dossier) -> None:
        """Draw from this dossier from now on."""
        self._dossier = dossier
        content = self.figure.content(dossier)
        if content != self._content:
            self._content = content
            self._on_figure_changed()

    def marks(self) -> Sequence[Mark]:
        """The marks as they lie in this widget now."""
        return self.figure.marks(QRectF(self.rect()), self._dossier)

    def marks_near(self, place: QPointF) -> Sequence[Mark]:
        """The marks among which one may be at a place."""
        return self.marks()

    def mark_with(self, key: tuple[str, str]) -> Mark | None:
        """The mark of a key, if it still has one."""
        return next((mark for mark in self.marks() if mark.key == key), None)

    def mark_to_start(self) -> Mark | None:
        """The mark on which the keyboard comes first."""
        return next(iter(self.marks()[-1:]), None)

    def draw(self, painter: QPainter) -> None:
        """Draw the figure as large as this widget."""
        paint_figure(self.figure, painter, QRectF(self.rect()), self._dossier, self._theme)

    def pick(self, mark: Mark) -> None:
        """Act on a mark that was pressed."""
        self.picked.emit(mark.fact_id)

    def focused_id(self) -> str:
        """Id of the fact whose mark the keyboard is on, or an empty string."""
        return self._focused[0]

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_PX.width(), self.height())

    def minimumSizeHint(self) -> QSize:
        return _LEAST_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter)
        rings = {self._hovered: self._theme.colours.control}
        if self._ring:
            rings[self._focused] = self._theme.colours.link
        for key, colour in rings.items():
            mark = self.mark_with(key) if key != _NOWHERE else None
            if mark is not None:
                _draw_ring(painter, mark.area, colour)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position())
        if mark is not None and event.button() == Qt.MouseButton.LeftButton:
            self._focus_on(mark)
            self.pick(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marks = self.marks()
        keys = [mark.key for mark in marks]
        here = keys.index(self._focused) if self._focused in keys else 0
        steps = {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }
        if not marks:
            super().keyPressEvent(event)
        elif event.key() in _PRESSING and not event.isAutoRepeat():
            self.pick(marks[here])
        elif event.key() in steps:
            self._ring = True
            self._focus_on(marks[min(max(steps[Qt.Key(event.key())], 0), len(keys) - 1)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        self._focus_on(self.mark_with(self._focused) or self.mark_to_start())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.pointed.emit(None)
        self.update()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._hover(None)
        self._fit_height()
        super().resizeEvent(event)

    def _on_figure_changed(self) -> None:
        self.setAccessibleName(self.figure.describe(self._dossier))
        if self._focused != _NOWHERE:
            self._focus_on(self.mark_with(self._focused))
        self._fit_height()
        self.update()

    def _fit_height(self) -> None:
        self.setFixedHeight(round(self.figure.height_for(self.width(), self._dossier)))

    def _focus_on(self, mark: Mark | None) -> None:
        self._focused = mark.key if mark else _NOWHERE
        self.setAccessibleDescription(mark.words if mark else "")
        if self._ring:
            self.pointed.emit(mark)
        self.update()

    def _hover(self, mark: Mark | None) -> None:
        key = mark.key if mark else _NOWHERE
        if key == self._hovered:
            return
        self._hovered = key
        self.pointed.emit(mark)
        if self.has_tips:
            # Escaped, and wrapped as only rich text is: tags in a statement stand as they are.
            wrapping = Qt.WhiteSpaceMode.WhiteSpaceNormal
            self.setToolTip(GuiQt.convertFromPlainText(mark.words, wrapping) if mark else "")
        shape = Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def _mark_at(self, place: QPointF) -> Mark | None:
        near = [
            mark
            for mark in self.marks_near(place)
            if mark.area.adjusted(-_REACH_PX, -_REACH_PX, _REACH_PX, _REACH_PX).contains(place)
        ]
        return min(near, key=lambda mark: _distance(mark.area, place), default=None)


def _distance(area: QRectF, place: QPointF) -> tuple[float, float]:
    """How far a point is outside an area, then how far from its centre, in pixels."""
    aside_px = max(area.left() - place.x(), 0, place.x() - area.right())
    above_px = max(area.top() - place.y(), 0, place.y() - area.bottom())
    return aside_px + above_px, (area.center() - place).manhattanLength()


def _draw_ring(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = area.adjusted(-_RING_PX, -_RING_PX, _RING_PX, _RING_PX)
    painter.drawRoundedRect(around, RADIUS_PX + 2, RADIUS_PX + 2)
