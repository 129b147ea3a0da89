"""A map to be moved about in; it knows no facts and shows what a scene paints."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.jobs import Jobs
from desktop.services.theme import RADIUS_PX
from desktop.widgets.sea_motion import Motion
from desktop.widgets.sea_pictures import Looked, Scene, SeaPictures
from desktop.widgets.sea_trail import Trail

_FRAME_MS: Final = 16
_REST_MS: Final = 140
_CLICK_PX: Final = 4
_BOX_PX: Final = 8
_STEP_PX_S: Final = 900.0
_NOTCH: Final = 120.0
_PER_NOTCH: Final = 0.72
_PER_KEY: Final = 0.6
_STALE_S: Final = 0.06
_LEAST_PX: Final = QSize(240, 180)

_ARROWS: Final = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_CLOSER: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_FURTHER: Final = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_HARMLESS: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_WITHOUT_RING: Final = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class SeaView(QWidget):
    """Pan, zoom and everything the reader does with a map, over pictures drawn by a worker.

    Give it a scene with ``show_scene``, again whenever anything about it changed: what is drawn
    anew is found by comparison, and the old picture stays until then. ``closest_m`` is the fewest
    metres a pixel may span; the view never leaves the scene's ``limits``.

    Drag, or the arrow keys, pan; it glides on. Wheel, pinch, plus and minus and a double click zoom
    at the pointer; Shift with a drag zooms to a box. Alt+Left and Alt+Right, or the side buttons of
    a mouse, go back and forward through the views that were looked at; Home goes to ``home``. All
    other keys are left to whoever holds the view.
    """

    moved = Signal(object)
    """The MapWindow in every frame of a movement."""
    rested = Signal(object)
    """The MapWindow once the reader has stopped moving."""
    pointed = Signal(object)
    """QPointF (px) of the pointer over the map, once a movement; None when it has left."""
    clicked = Signal(object)
    """QPointF (px) where the map was clicked without being dragged."""
    failed = Signal(object)
    """The error that kept a picture from being drawn; what was there before stays."""

    def __init__(self, jobs: Jobs, closest_m: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.pictures = SeaPictures(jobs, self)
        self.home: Bounds | None = None
        self._scene: Scene | None = None
        self._closest_m = closest_m
        self._map_window: MapWindow | None = None
        self._motion = Motion()
        self._trail = Trail()
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._box: QRectF | None = None
        self._panels: list[QWidget] = []
        self._speed = (0.0, 0.0)
        self._moved_at = 0.0
        self._stepped_at = 0.0
        self._ring = False
        self._frames = QTimer(self, interval=_FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._on_frames_timeout)
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._on_rest_timeout)
        self.pictures.arrived.connect(self._on_pictures_arrived)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_scene(self, scene: Scene) -> None:
        """Show this from now on, in the same window."""
        self._scene = scene
        if self._map_window is None and self.home is not None:
            self._map_window = MapWindow.around(self.home, self.picture_size)
        if self._map_window is not None:
            self._map_window = self._allowed(self._map_window)
        self.pictures.show_scene(scene)
        self._look()
        self.update()

    def lay_over(self, panel: QWidget) -> None:
        """Let a child lie over the map without being painted anew in each frame of a movement.

        Nothing may shine through it but at its edge and at its corners, round by ``RADIUS_PX``.
        """
        self._panels.append(panel)

    @property
    def picture_size(self) -> Size:
        """The size of what is shown, in pixels."""
        return Size(max(self.width(), 1), max(self.height(), 1))

    @property
    def map_window(self) -> MapWindow | None:
        """What is shown now; None before there is a scene and a window to show."""
        return self._map_window

    @property
    def is_moving(self) -> bool:
        return self._motion.is_under_way or self._dragged is not None or self._rest.isActive()

    def point_at(self, place_px: QPointF) -> tuple[float, float] | None:
        """The point of the map, in metres, that lies here in the view."""
        if self._map_window is None:
            return None
        return self._map_window.to_m(place_px.x(), place_px.y(), self.picture_size)

    def go_to(self, window: MapWindow, *, at_once: bool = False) -> None:
        """Show another window, flying there if it is not far; it is clipped to the limits."""
        there = self._allowed(window)
        now = self._map_window
        if now is None or at_once or not self.isVisible():
            self._motion.stop()
            self._frames.stop()
            self._move_to(there)
            self.update()
            self._on_rest_timeout()
        else:
            self._motion.fly(now, there)
            self._start_moving()

    def follow(self, window: MapWindow) -> None:
        """Show a window that is one of a movement: the next frame of it."""
        self._show_frame(self._allowed(window))

    def fit(self, bounds: Bounds, margin_px: float = 48.0, *, at_once: bool = False) -> None:
        """Show all of ``bounds``, as close as that goes."""
        self.go_to(MapWindow.around(bounds, self.picture_size, margin_px), at_once=at_once)

    def zoom(self, factor: float, at_px: QPointF | None = None) -> None:
        """Come closer (below 1) or go off at a point, by default the middle."""
        if self._map_window is not None:
            middle = QPointF(self.rect().center()) if at_px is None else at_px
            self._motion.zoom(factor, self._map_window, (middle.x(), middle.y()))
            self._start_moving()

    def go_back(self) -> None:
        """Show what was looked at before."""
        self._follow_trail(self._trail.back())

    def go_forward(self) -> None:
        """Show what was looked at before going back."""
        self._follow_trail(self._trail.forward())

    def go_home(self) -> None:
        if self.home is not None:
            self.fit(self.home, 0.0)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def minimumSizeHint(self) -> QSize:
        return _LEAST_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        with self._jobs.frame():
            self._paint()

    def _paint(self) -> None:
        painter = QPainter(self)
        looked = self._looked()
        if looked is None or self._scene is None:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
            self._paint_box_and_ring(painter)
            painter.end()
            return
        # In dots, from a whole one: else a screen of ratio 1.25 would smear every picture.
        painter.save()
        origin = painter.deviceTransform().map(QPointF(0, 0))
        painter.scale(1 / looked.ratio, 1 / looked.ratio)
        painter.translate(round(origin.x()) - origin.x(), round(origin.y()) - origin.y())
        if not self.pictures.has_ground:
            painter.fillRect(looked.dots.translated(-looked.dots.topLeft()), self._bare_colour())
        self.pictures.paint(painter, looked)
        painter.restore()
        self._scene.paint_over(painter, looked.window, looked.size)
        self._paint_box_and_ring(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.go_forward()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._stop_moving()
            self._pressed = event.position()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._box = QRectF(event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if self._box is not None and self._pressed is not None:
            self._box = QRectF(self._pressed, here).normalized()
            self.update()
        elif self._dragged is not None:
            by = here - self._dragged
            self._dragged = here
            if self._map_window is not None:
                self.follow(self._map_window.moved(by.x(), by.y()))
        elif self._pressed is not None:
            if (here - self._pressed).manhattanLength() > _CLICK_PX:
                self._dragged = self._pressed
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.mouseMoveEvent(event)
        else:
            self.pointed.emit(here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        box, dragged = self._box, self._dragged
        self._let_go()
        if box is not None:
            self._zoom_to_box(box)
        elif dragged is None:
            self.clicked.emit(event.position())
        elif time.perf_counter() - self._moved_at < _STALE_S:
            self._motion.glide(*self._speed)
            self._start_moving()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.zoom(0.5, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        if notches and self._dragged is None:
            self.zoom(_PER_NOTCH**notches, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Back):
            self.go_back()
        elif event.matches(QKeySequence.StandardKey.Forward):
            self.go_forward()
        elif key == Qt.Key.Key_Escape and self._pressed is not None:
            self._let_go()
        elif event.modifiers() & ~_HARMLESS:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            right, down = _ARROWS[key]
            self._motion.glide(right * _STEP_PX_S, down * _STEP_PX_S)
            self._start_moving()
        elif key in _CLOSER:
            self.zoom(_PER_KEY)
        elif key in _FURTHER:
            self.zoom(1 / _PER_KEY)
        elif key == Qt.Key.Key_Home:
            self.go_home()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._pinch(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint())))
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._look()
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() not in _WITHOUT_RING
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop_moving()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._map_window is None or self._scene is None:
            return
        self._map_window = self._allowed(self._map_window)
        self._rest.start()
        self._look()

    def _allowed(self, window: MapWindow) -> MapWindow:
        if self._scene is None:
            return window
        return window.within(self._scene.limits, self.picture_size, self._closest_m)

    def _looked(self) -> Looked | None:
        if self._map_window is None:
            return None
        moving = self.is_moving
        speed = self._speed if moving else (0.0, 0.0)
        return Looked(
            self._map_window, self.picture_size, self.devicePixelRatioF(), speed, not moving
        )

    def _look(self) -> None:
        looked = self._looked()
        if looked is not None and self.isVisible():
            self.pictures.look(looked)

    def _show_frame(self, window: MapWindow) -> None:
        with self._jobs.frame():
            self._move_to(window)
            # Painted later, it would wait once more for a worker that has gone on meanwhile.
            self.repaint(self._uncovered())

    def _move_to(self, window: MapWindow) -> None:
        before = self._map_window
        self._map_window = window
        self._note_speed(before, window)
        self._rest.start()
        self.moved.emit(window)
        self._look()

    def _note_speed(self, before: MapWindow | None, now: MapWindow) -> None:
        at = time.perf_counter()
        seconds, self._moved_at = at - self._moved_at, at
        if before is None or seconds > _STALE_S or before.metres_per_px != now.metres_per_px:
            self._speed = (0.0, 0.0)
            return
        x_px, y_px = before.to_px(now.x_m, now.y_m, Size(0, 0))
        share = min(1.0, seconds / 0.04)
        right, down = (-off / max(seconds, 0.001) for off in (x_px, y_px))
        self._speed = (
            self._speed[0] + (right - self._speed[0]) * share,
            self._speed[1] + (down - self._speed[1]) * share,
        )

    def _start_moving(self) -> None:
        if not self._frames.isActive():
            self._stepped_at = time.perf_counter()
            self._frames.start()

    def _stop_moving(self) -> None:
        self._motion.stop()
        self._frames.stop()
        self._let_go()

    def _let_go(self) -> None:
        self._pressed = self._dragged = self._box = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()

    def _on_frames_timeout(self) -> None:
        at = time.perf_counter()
        seconds, self._stepped_at = min(at - self._stepped_at, 0.1), at
        if self._map_window is None or not self._motion.is_under_way:
            self._frames.stop()
            return
        asked = self._motion.step(self._map_window, seconds, self.picture_size)
        there = self._allowed(asked)
        if there == self._map_window and there != asked:
            self._motion.stop()
        else:
            self._show_frame(there)

    def _on_rest_timeout(self) -> None:
        if self._motion.is_under_way or self._dragged is not None:
            self._rest.start()
            return
        self._rest.stop()
        self._speed = (0.0, 0.0)
        if self._map_window is not None:
            self._trail.note(self._map_window, self.picture_size)
            self._look()
            self.rested.emit(self._map_window)

    def _on_pictures_arrived(self) -> None:
        if self.pictures.error is not None:
            self.failed.emit(self.pictures.error)
        self.update(self._uncovered())

    def _follow_trail(self, there: MapWindow | None) -> None:
        if there is not None:
            self.go_to(there)

    def _zoom_to_box(self, box: QRectF) -> None:
        if self._map_window is None or max(box.width(), box.height()) < _BOX_PX:
            return
        size = self.picture_size
        west_m, north_m = self._map_window.to_m(box.left(), box.top(), size)
        east_m, south_m = self._map_window.to_m(box.right(), box.bottom(), size)
        self.fit(Bounds(west_m, south_m, east_m, north_m), 0.0)

    def _pinch(self, factor: float, at_px: QPointF) -> None:
        if factor > 0 and self._map_window is not None:
            self._motion.stop()
            closer = self._map_window.metres_per_px / factor
            self.follow(self._map_window.scaled(closer, (at_px.x(), at_px.y()), self.picture_size))

    def _uncovered(self) -> QRegion:
        """All of it but for where a panel surely hides it."""
        region = QRegion(self.rect())
        for panel in self._panels:
            if panel.isVisible():
                place = panel.geometry()
                region -= place.adjusted(RADIUS_PX, 1, -RADIUS_PX, -1)
                region -= place.adjusted(1, RADIUS_PX, -1, -RADIUS_PX)
        return region

    def _bare_colour(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.Window)

    def _paint_box_and_ring(self, painter: QPainter) -> None:
        link = self.palette().color(QPalette.ColorRole.Link)
        if self._box is not None:
            veil = QColor(link)
            veil.setAlpha(36)
            painter.fillRect(self._box, veil)
            painter.setPen(QPen(link, 1.5))
            painter.drawRect(self._box)
        if self._ring and self.hasFocus():
            painter.setPen(QPen(link, 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
