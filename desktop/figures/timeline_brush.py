"""All time at a glance: where facts are dense, and which stretch of it is in view."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.figures.figure import draw_hairline
from desktop.figures.time_axis import Axis, ticks
from desktop.services.language import tr
from desktop.services.theme import RADIUS_PX, SMALL_PX, Theme

_HEIGHT_PX: Final = 68
_TOP_PX: Final = 8.0
_DATES_PX: Final = 22.0
_BIN_PX: Final = 6.0
_GRIP_PX: Final = 8.0
_HANDLE_PX: Final = (6.0, 18.0)
_STEP: Final = 1 / 10
_ZOOM: Final = 1.5
_Part = Literal["first", "last", "both"]


class TimelineBrush(QWidget):
    """The window is moved by its middle, and widened or narrowed by its edges.

    Left and Right move it, with Shift its right edge and with Ctrl its left one; Home and End move
    it to the ends of time, plus and minus narrow and widen it, 0 makes it all of time.
    """

    window_moved = Signal(float, float)
    """The days from which and to which the reader wants to see."""
    all_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._days: Sequence[Sequence[float]] = ()
        self._time = (0.0, 1.0)
        self._counted: tuple[tuple[float, float], list[int]] = (self._time, [])
        self._window = (0.0, 1.0)
        self._margins = (0.0, 0.0)
        self._held: _Part | None = None
        self._grasped = (0.0, self._window)
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Time in view"))
        theme.changed.connect(self.update)

    def show_facts(self, first: float, last: float, days: Sequence[Sequence[float]]) -> None:
        """Show time from one day to another, and how many of ``days`` lie where.

        They come in several sequences, each in ascending order.
        """
        self._time, self._days = (first, last), days
        counts = self._counts(self._plot())
        if (self._time, counts) != self._counted:
            self._counted = (self._time, counts)
            self.update()

    def show_window(self, first: float, last: float, words: str) -> None:
        """Mark the stretch in view; ``words`` tell it to those who do not see it."""
        if (first, last) != self._window:
            self._window = (first, last)
            self.update()
        self.setAccessibleDescription(words)

    def set_margins(self, left_px: float, right_px: float) -> None:
        """Leave as much room beside the line of time."""
        if (left_px, right_px) != self._margins:
            self._margins = (left_px, right_px)
            self.update()

    def window_area(self) -> QRectF:
        """Where the window lies in this widget, in pixels."""
        left, right = (self._x_of(day) for day in self._shown_window())
        return QRectF(left, _TOP_PX, right - left, self._plot().height())

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, plot, window = self._theme.colours, self._plot(), self.window_area()
        painter.fillRect(window, colours.chosen)
        self._paint_bins(painter, plot, window)
        draw_hairline(painter, plot.bottomLeft(), plot.bottomRight(), colours.control)
        self._paint_dates(painter, plot)
        painter.setPen(QPen(colours.link, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(window)
        for x in (window.left(), window.right()):
            handle = QRectF(0, 0, *_HANDLE_PX)
            handle.moveCenter(QPointF(x, window.center().y()))
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(handle, 3, 3)
        if self._ring:
            painter.setPen(QPen(colours.link, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(window.adjusted(-6, -4, 6, 4), RADIUS_PX, RADIUS_PX)
        painter.end()

    def _paint_bins(self, painter: QPainter, plot: QRectF, window: QRectF) -> None:
        """Columns from zero, so that each is as high as it holds facts."""
        counts = self._counts(plot)
        highest = max(counts, default=0)
        for number, count in enumerate(counts):
            if count:
                high_px = max(count / highest * (plot.height() - 2), 2.0)
                left = plot.left() + number * _BIN_PX
                area = QRectF(left + 0.5, plot.bottom() - high_px, _BIN_PX - 1, high_px)
                inside = window.left() <= area.center().x() <= window.right()
                colours = self._theme.colours
                painter.fillRect(area, colours.link if inside else colours.control)

    def _counts(self, plot: QRectF) -> list[int]:
        first, last = self._time
        per_bin = (last - first) / max(plot.width(), 1.0) * _BIN_PX
        number = int(plot.width() // _BIN_PX) + 1
        counts = [0] * number
        for days in self._days:
            bounds = [bisect_left(days, first + each * per_bin) for each in range(number)]
            for each, (before, after) in enumerate(pairwise([*bounds, len(days)])):
                counts[each] += after - before
        return counts

    def _paint_dates(self, painter: QPainter, plot: QRectF) -> None:
        painter.setFont(Theme.font("source"))
        painter.setPen(self._theme.colours.muted)
        row = QRectF(0, plot.bottom() + 2, self.width(), _DATES_PX)
        axis = Axis(*self._time, plot.left(), plot.right())
        metrics = QFontMetricsF(Theme.font("source"))
        for tick in ticks(axis, row, QRectF(), metrics, _say):
            painter.drawText(tick.area, Qt.AlignmentFlag.AlignCenter, tick.words)
        head = QRectF(0, plot.top(), self._margins[0] - 2 * SMALL_PX, plot.height())
        if head.width() > metrics.horizontalAdvance(tr("All time")):
            painter.setFont(Theme.font("caption"))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, tr("All time"))

    # What people do

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x, window = event.position().x(), self.window_area()
        self._held = self._part_at(x)
        if self._held is None:
            # Beside the window: it comes to where it is wanted, and can be dragged on.
            self._held = "both"
            self._move("both", x - window.center().x(), self._shown_window())
        self._grasped = (x, self._shown_window())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._held is None:
            part = self._part_at(x)
            edge = Qt.CursorShape.SizeHorCursor
            shapes = {"first": edge, "last": edge, "both": Qt.CursorShape.OpenHandCursor}
            self.setCursor(shapes[part] if part else Qt.CursorShape.PointingHandCursor)
            return
        grasped_px, window = self._grasped
        self._move(self._held, x - grasped_px, window)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        part: _Part = "both"
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            part = "last"
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            part = "first"
        width_px, plot = self.window_area().width(), self._plot()
        moves = {
            Qt.Key.Key_Left: -max(width_px * _STEP, 1.0),
            Qt.Key.Key_Right: max(width_px * _STEP, 1.0),
            Qt.Key.Key_Home: -plot.width(),
            Qt.Key.Key_End: plot.width(),
        }
        zooms = {Qt.Key.Key_Plus: 1 / _ZOOM, Qt.Key.Key_Equal: 1 / _ZOOM, Qt.Key.Key_Minus: _ZOOM}
        key = event.key()
        if key in moves:
            self._move(part, moves[Qt.Key(key)], self._shown_window())
        elif key in zooms:
            first, last = self._shown_window()
            middle, half = (first + last) / 2, (last - first) / 2 * zooms[Qt.Key(key)]
            self.window_moved.emit(middle - half, middle + half)
        elif key == Qt.Key.Key_0:
            self.all_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def _move(self, part: _Part, by_px: float, window: tuple[float, float]) -> None:
        """Move a window or an edge of it, no further than time goes and edges meet."""
        first, last = window
        begin, end = self._time
        by = by_px / self._px_per_day()
        least = _GRIP_PX / self._px_per_day()
        if part == "both":
            by = min(max(by, begin - first), end - last)
            self.window_moved.emit(first + by, last + by)
        elif part == "first":
            self.window_moved.emit(max(min(first + by, last - least), begin), last)
        else:
            self.window_moved.emit(first, min(max(last + by, first + least), end))

    def _part_at(self, x: float) -> _Part | None:
        window = self.window_area()
        to_first, to_last = abs(x - window.left()), abs(x - window.right())
        if min(to_first, to_last) <= _GRIP_PX:
            return "first" if to_first < to_last else "last"
        return "both" if window.left() < x < window.right() else None

    # Where things are

    def _plot(self) -> QRectF:
        left_px, right_px = self._margins
        width_px = max(self.width() - left_px - right_px, 1.0)
        return QRectF(left_px, _TOP_PX, width_px, self.height() - _TOP_PX - _DATES_PX)

    def _px_per_day(self) -> float:
        return self._plot().width() / max(self._time[1] - self._time[0], 1e-6)

    def _x_of(self, day: float) -> float:
        return self._plot().left() + (day - self._time[0]) * self._px_per_day()

    def _shown_window(self) -> tuple[float, float]:
        first, last = self._window
        return max(first, self._time[0]), min(last, self._time[1])


def _say(year: int, month: int | None) -> str:
    return str(year) if month is None else f"{year}-{month:02}"
