"""The timeline in a pane: what is in view of it moves and grows under pointer and keys."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGestureEvent,
    QPinchGesture,
    QSizePolicy,
    QWidget,
)

from desktop.figures.figure import FigureView, Mark
from desktop.figures.timeline_pictures import LanePictures
from desktop.figures.timeline_plan import Plan, Standing
from desktop.figures.timeline_strip import Frame, TimelineStrip
from desktop.figures.timeline_window import MARGIN_PX, Reach, Window
from desktop.model.dossier import Dossier
from desktop.services.theme import Theme

_LEAST_PX: Final = QSize(420, 120)
_STEP: Final = 1 / 8
_ZOOM: Final = 1.5
_WHEEL: Final = 1.0018
"""How much a unit of the wheel enlarges; a notch has 120."""
_NEAR_PX: Final = 12.0
_ROOM: Final = 1.4
_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class TimelineView(FigureView):
    """Shows a timeline from one day to another, at first all of its time.

    The wheel or a pinch enlarges what is under the pointer, dragging moves it. Left, Right, Page
    Up and Page Down move through time, Home and End to its ends; plus and minus enlarge and
    shrink, 0 shows all. Up and Down go from lane to lane, with Ctrl Left and Right from mark to
    mark; Enter, Space or a click picks one, and opens a cluster.

    Its lanes are kept as pictures, so that moving them only copies.
    """

    window_changed = Signal()
    """Another stretch of time is in view."""
    listed = Signal(object)
    """Ids of facts of a cluster that no enlarging can part."""

    def __init__(
        self,
        strip: TimelineStrip,
        theme: Theme,
        dossier: Dossier,
        parent: QWidget | None = None,
    ) -> None:
        self.strip = strip
        self._window: Window | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self._pictures = LanePictures()
        self._seen = QRectF()
        self._heading = 1
        self._idle = QTimer()
        super().__init__(strip, theme, dossier, parent)
        self._idle.setParent(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._on_idle_timeout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._pinched = 1.0
        if sys.platform != "darwin":
            # Fingers on a screen; there every pinch is a native gesture, and would count twice.
            self.grabGesture(Qt.GestureType.PinchGesture)

    # What is in view

    def days(self) -> tuple[float, float]:
        """The first and the last day in view, the room beyond the ends of time included."""
        window = self._seen_window()
        return window.first, window.first + self.frame().lanes.width() / window.px_per_day

    def shows_all_time(self) -> bool:
        return self._window is None

    def is_closest(self) -> bool:
        """Whether it cannot be enlarged any more."""
        return self._seen_window().px_per_day >= self._reach().most_px_per_day

    def show_days(self, first: float, last: float) -> None:
        """Show the time from one day to another, as nearly as there is such a stretch."""
        self._show(self._reach().days(first, last))

    def show_all_time(self) -> None:
        self._show(self._reach().whole)

    def pan(self, by_px: float) -> None:
        """Move on in time by so many pixels, back if they are negative."""
        self._heading = 1 if by_px > 0 else -1
        self._show(self._reach().moved(self._seen_window(), by_px))

    def zoom(self, factor: float, at_px: float | None = None) -> None:
        """Enlarge around a place of this widget, by default the middle of what is in view."""
        lanes = self.frame().lanes
        place_px = lanes.width() / 2 if at_px is None else at_px - lanes.left()
        self._show(self._reach().enlarged(self._seen_window(), factor, place_px))

    def bring_into_view(self, fact_id: str) -> None:
        """Move to where a fact is, if it is not in view already."""
        standing = self._plan().find(fact_id) if self._has_lanes() else None
        if standing is not None:
            self._move_to(standing)

    # The marks

    def marks(self) -> Sequence[Mark]:
        """The marks in view, lane by lane."""
        origin, plan = self._origin(), self._plan()
        seen = self.frame().lanes.translated(-origin)
        return [
            self._mark(standing)
            for lane in range(len(plan.lanes))
            for standing in _in_time(plan, lane, seen.left(), seen.right())
        ]

    def marks_near(self, place: QPointF) -> Sequence[Mark]:
        if not self._has_lanes() or not self.frame().lanes.contains(place):
            return []
        plan, there = self._plan(), place - self._origin()
        lanes = [
            lane
            for lane, band in enumerate(plan.bands)
            if band.top_px - _NEAR_PX < there.y() < band.top_px + band.height_px + _NEAR_PX
        ]
        around = QRectF(there.x() - _NEAR_PX, there.y() - _NEAR_PX, 2 * _NEAR_PX, 2 * _NEAR_PX)
        return [
            self._mark(standing)
            for lane in lanes
            for standing in plan.standing(lane, around.left(), around.right())
            if standing.area.intersects(around)
        ]

    def mark_with(self, key: tuple[str, str]) -> Mark | None:
        standing = self._plan().find(key[0]) if self._has_lanes() else None
        mark = self._mark(standing) if standing is not None else None
        return mark if mark is not None and mark.key == key else None

    def mark_to_start(self) -> Mark | None:
        """The chosen fact's, or the one nearest to the middle of the first lane that has any."""
        if not self._has_lanes():
            return None
        plan = self._plan()
        chosen = plan.find(self.strip.chosen)
        seen = self.frame().lanes.translated(-self._origin())
        if chosen is not None and chosen.area.intersects(seen):
            return self._mark(chosen)
        for lane in range(len(plan.lanes)):
            nearest = _nearest(_in_time(plan, lane, seen.left(), seen.right()), seen.center().x())
            if nearest is not None:
                return self._mark(nearest)
        return None

    def pick(self, mark: Mark) -> None:
        standing = self._plan().find(mark.fact_id)
        if standing is None or not standing.spot.is_cluster:
            super().pick(mark)
        else:
            self._open(standing)

    def _open(self, standing: Standing) -> None:
        """Enlarge a cluster until its marks part, or list its facts where they never will."""
        lanes = self.frame().lanes
        lane = self._plan().lanes[standing.lane]
        members = standing.spot.members
        first = min(lane.begins[member] for member in members)
        last = max(lane.ends[member] for member in members)
        most = self._reach().most_px_per_day
        px_per_day = min(lanes.width() / ((last - first) * _ROOM), most)
        middles = {lane.middles[member] for member in members}
        if len(middles) == 1 or px_per_day < self._seen_window().px_per_day * _ROOM:
            self.listed.emit(tuple(lane.events[member].fact_id for member in members))
            return
        middle = (first + last) / 2
        self._show(Window(middle - lanes.width() / 2 / px_per_day, px_per_day))
        found = self._plan().find(lane.events[members[0]].fact_id)
        self._focus_on(self._mark(found) if found else None)

    # Drawing

    def draw(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._theme.colours.ground)
        if not self._has_lanes():
            super().draw(painter)
            return
        frame, origin, plan = self.frame(), self._origin(), self._plan()
        seen = frame.lanes.translated(-origin)
        as_of = self._dossier.about.as_of.last
        self._pictures.show(plan, self.strip.chosen, as_of, self._theme, self.devicePixelRatioF())
        painter.save()
        painter.setClipRect(frame.lanes)
        painter.translate(origin)
        self._pictures.paint(painter, seen)
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.strip.paint_around(painter, frame, seen, plan, self._dossier, self._theme)
        self._seen = seen
        self._idle.start()

    def _on_idle_timeout(self) -> None:
        """Draw one picture that a pan may soon bring into view, and go on in the next turn."""
        if self._pictures.draw_ahead(self._seen, self._heading):
            self._idle.start()

    # What people do

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_PX.width(), round(self.strip.height_for(self.width(), self._dossier)))

    def minimumSizeHint(self) -> QSize:
        least_px = round(self.strip.least_height(self._dossier))
        return QSize(_LEAST_PX.width(), max(_LEAST_PX.height(), least_px))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, by_px = event.angleDelta(), event.pixelDelta()
        sideways = by_px.x() or turned.x() / 2
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = sideways or by_px.y() or turned.y() / 2
            turned.setY(0)
        if abs(sideways) > abs(turned.y()):
            self.pan(-sideways)
        elif turned.y():
            self.zoom(_WHEEL ** turned.y(), event.position().x())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.NativeGesture:
            gesture = cast(QNativeGestureEvent, event)
            if gesture.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + gesture.value(), gesture.position().x())
                return True
        if event.type() == QEvent.Type.Gesture:
            pinch = cast(QGestureEvent, event).gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch)
                return True
        return super().event(event)

    def _pinch(self, pinch: QPinchGesture) -> None:
        if pinch.state() == Qt.GestureState.GestureStarted:
            self._pinched = 1.0
        # The first finger comes as a mouse too, which is not to drag or to press anything now.
        self._pressed, self._dragged = None, True
        so_far = pinch.totalScaleFactor()
        place = self.mapFromGlobal(pinch.centerPoint())
        self.zoom(so_far / self._pinched, place.x())
        self._pinched = so_far

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            if not self._dragged:
                self._hover(None)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._dragged = True
            before = self._seen_window()
            self.pan(-moved.x())
            # What was grasped stays under the pointer: less than a pixel is not lost, and beyond
            # the ends of time nothing moves until the pointer is back.
            by_px = (self._seen_window().first - before.first) * before.px_per_day
            self._pressed = QPointF(self._pressed.x() - by_px, event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._pressed, self._dragged = self._dragged, None, False
        if dragged:
            self.setCursor(Qt.CursorShape.ArrowCursor)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._has_lanes() and (self._walk(event) or self._travel(event))):
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show(self._seen_window())

    def _travel(self, event: QKeyEvent) -> bool:
        """Move through time by a key; False for any other."""
        width_px = self.frame().lanes.width()
        moves = {
            Qt.Key.Key_Left: -width_px * _STEP,
            Qt.Key.Key_Right: width_px * _STEP,
            Qt.Key.Key_PageUp: -width_px,
            Qt.Key.Key_PageDown: width_px,
            Qt.Key.Key_Home: -self._plan().axis.right_px,
            Qt.Key.Key_End: self._plan().axis.right_px,
        }
        zooms = {Qt.Key.Key_Plus: _ZOOM, Qt.Key.Key_Equal: _ZOOM, Qt.Key.Key_Minus: 1 / _ZOOM}
        key = event.key()
        if key in moves:
            self.pan(moves[Qt.Key(key)])
        elif key in zooms:
            self.zoom(zooms[Qt.Key(key)])
        elif key == Qt.Key.Key_0:
            self.show_all_time()
        else:
            return False
        return True

    def _walk(self, event: QKeyEvent) -> bool:
        """Go from mark to mark by a key, or press the one in focus; False for any other."""
        key, plan = event.key(), self._plan()
        here = plan.find(self.focused_id())
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1} if with_ctrl else {}
        lanes = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1} if not with_ctrl else {}
        if key in _PRESSING and here is not None:
            if not event.isAutoRepeat():
                self.pick(self._mark(here))
        elif key in steps and here is not None:
            row = _in_time(plan, here.lane)
            there = row.index(here) + steps[Qt.Key(key)]
            self._go_to(row[min(max(there, 0), len(row) - 1)])
        elif key in lanes and here is not None:
            lane = min(max(here.lane + lanes[Qt.Key(key)], 0), len(plan.lanes) - 1)
            if lane != here.lane:
                self._go_to(_nearest(_in_time(plan, lane), here.spot.middle_px) or here)
        else:
            return False
        return True

    def _go_to(self, standing: Standing) -> None:
        self._ring = True
        self._move_to(standing)
        self._focus_on(self._mark(standing))

    # Where things are

    def _has_lanes(self) -> bool:
        return bool(self.strip.content(self._dossier).lanes)

    def frame(self) -> Frame:
        """The parts of this widget."""
        return self.strip.frame(QRectF(self.rect()))

    def _plan(self) -> Plan:
        return self.strip.plan(self._seen_window(), self.frame(), self._dossier)

    def _reach(self) -> Reach:
        return self.strip.reach(self.frame().lanes.width(), self._dossier)

    def _seen_window(self) -> Window:
        return self._window or self._reach().whole

    def _origin(self) -> QPointF:
        return self.strip.origin(self._seen_window(), self.frame(), self._dossier)

    def _mark(self, standing: Standing) -> Mark:
        return self.strip.mark(standing, self._origin(), self._dossier)

    def _move_to(self, standing: Standing) -> None:
        """Have a mark in view; one that is stays where it is."""
        seen = self.frame().lanes.translated(-self._origin())
        if standing.area.right() <= seen.left() or standing.area.left() >= seen.right():
            self.pan(standing.spot.middle_px - seen.center().x())

    def _show(self, window: Window) -> None:
        """Show a window, as nearly as there is one; all time stays all time at every width."""
        reach = self._reach()
        nearest = reach.nearest(window, self.devicePixelRatioF())
        self._window = None if nearest == reach.whole else nearest
        self.update()
        self.window_changed.emit()

    def _fit_height(self) -> None:
        """Leave the height to the place it stands in."""

    def _on_figure_changed(self) -> None:
        if self._window is not None:
            self._show(self._window)
        super()._on_figure_changed()
        self.updateGeometry()


def _in_time(
    plan: Plan, lane: int, left_px: float = -MARGIN_PX, right_px: float | None = None
) -> list[Standing]:
    """The marks of a lane between two places, or all, from left to right."""
    right_px = plan.axis.right_px + MARGIN_PX if right_px is None else right_px
    standing = plan.standing(lane, left_px, right_px)
    return sorted(standing, key=lambda each: (each.area.left(), each.area.top()))


def _nearest(standing: Sequence[Standing], middle_px: float) -> Standing | None:
    return min(standing, key=lambda each: abs(each.spot.middle_px - middle_px), default=None)
