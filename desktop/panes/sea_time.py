"""The slider over time below the map: what had happened by a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractSlider, QWidget

from desktop.services.language import tr
from desktop.services.theme import Theme
from desktop.widgets.pressable import draw_focus_ring, has_ring

_SIDE_PX: Final = 18.0
_LINE_Y_PX: Final = 17.0
_DOT_PX: Final = 3.5
_KNOB_PX: Final = 7.5
_APART_PX: Final = 64.0
_YEAR_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)


class SeaTime(QAbstractSlider):
    """A linear axis of days (ordinals) with a dot for every dated fact; at its end is everything.

    The arrow keys go from dated fact to dated fact, the page keys by a year.
    """

    chosen = Signal(object)
    """The day by which facts are shown, or None for all of them."""
    grasped = Signal()
    """The reader took the knob, or moved it by a key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: list[int] = []
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Show what had happened by a day"))
        self.valueChanged.connect(self._on_self_value_changed)

    def show_days(self, days: Sequence[int]) -> None:
        """Mark these days; the knob stays on its day, or at the end if it was there."""
        if self._days == list(days) and self.isEnabled() == bool(days):
            return
        was_at_end = self.day is None
        self._days = list(days)
        self.blockSignals(True)
        if days:
            first = date.fromordinal(days[0]).replace(month=1, day=1).toordinal()
            self.setRange(first, max(days[-1] + 1, first + 1))
        else:
            self.setRange(0, 0)
        if was_at_end:
            self.setValue(self.maximum())
        self.blockSignals(False)
        self.setEnabled(bool(days))
        self.update()

    @property
    def day(self) -> date | None:
        """The day shown, or None where all is."""
        if self.value() >= self.maximum():
            return None
        return date.fromordinal(self.value())

    def sizeHint(self) -> QSize:
        return QSize(400, 46)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 46)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.grasped.emit()
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def step_on(self) -> None:
        """Go to the next day with a fact, and after the last to the end."""
        after = bisect_right(self._days, self.value())
        self.setValue(self._days[after] if after < len(self._days) else self.maximum())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.grasped.emit()
        key, here = event.key(), self.value()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            before = bisect_left(self._days, here) - 1
            self.setValue(self._days[before] if before >= 0 else self.minimum())
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self.step_on()
        elif key == Qt.Key.Key_PageDown:
            self.setValue(here - 365)
        elif key == Qt.Key.Key_PageUp:
            self.setValue(here + 365)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        muted = palette.color(QPalette.ColorRole.PlaceholderText)
        link = palette.color(QPalette.ColorRole.Link)
        right = self.width() - _SIDE_PX
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 2))
        painter.drawLine(QPointF(_SIDE_PX, _LINE_Y_PX), QPointF(right, _LINE_Y_PX))
        if self._days:
            self._paint_years(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            shown = bisect_right(self._days, self.value())
            for number, day in enumerate(self._days):
                painter.setBrush(muted if number < shown else palette.color(QPalette.ColorRole.Mid))
                painter.drawEllipse(QPointF(self._x_of(day), _LINE_Y_PX), _DOT_PX, _DOT_PX)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.AlternateBase), 2))
            painter.setBrush(link)
            painter.drawEllipse(QPointF(self._x_of(self.value()), _LINE_Y_PX), _KNOB_PX, _KNOB_PX)
        if has_ring(self):
            draw_focus_ring(painter, QRectF(self.rect()), palette)
        painter.end()

    def _paint_years(self, painter: QPainter) -> None:
        first = date.fromordinal(self.minimum()).year
        last = date.fromordinal(self.maximum()).year
        px_per_year = (self.width() - 2 * _SIDE_PX) / max(last - first + 1, 1)
        fits = (step for step in _YEAR_STEPS if step * px_per_year >= _APART_PX)
        step = next(fits, _YEAR_STEPS[-1])
        painter.setFont(Theme.font("source"))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for year in range(first + -first % step, last + 1, step):
            x = self._x_of(date(year, 1, 1).toordinal())
            area = QRectF(x - 30, _LINE_Y_PX + 9, 60, 18)
            if area.left() >= 0 and area.right() <= self.width():
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(year))

    def _x_of(self, day: int) -> float:
        span = max(self.maximum() - self.minimum(), 1)
        return _SIDE_PX + (self.width() - 2 * _SIDE_PX) * (day - self.minimum()) / span

    def _go_to(self, x: float) -> None:
        share = (x - _SIDE_PX) / max(self.width() - 2 * _SIDE_PX, 1.0)
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))

    def _on_self_value_changed(self, _value: int) -> None:
        self.update()
        self.chosen.emit(self.day)
