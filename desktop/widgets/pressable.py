"""What can be chosen with a click, Enter or Space: the base of rows and links."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.services.theme import RADIUS_PX

_WALKING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_CTRL = Qt.KeyboardModifier.ControlModifier
_CHOOSING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Pressable(QAbstractButton):
    """A control of our own drawing that people press.

    ``activated`` carries ``key``: whatever its owner keeps there to know which was pressed.
    """

    activated = Signal(object)

    def __init__(self, key: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._on_self_clicked)

    def set_name(self, name: str) -> None:
        """Say what a screen reader calls this control."""
        self.setAccessibleName(name)

    @property
    def is_hot(self) -> bool:
        """Whether pointer or keyboard is on it."""
        return self.isEnabled() and (self.underMouse() or has_ring(self))

    def draw_ring(self, painter: QPainter) -> None:
        """Draw the focus ring just inside this control's edge, if it is due."""
        if has_ring(self):
            draw_focus_ring(painter, QRectF(self.rect()), self.palette())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSING_KEYS and event.modifiers() & _CTRL:
            # Done with a whole form: that is for the form to take.
            event.ignore()
        elif event.key() in _CHOOSING_KEYS and not event.isAutoRepeat():
            self.click()
        elif event.key() in _WALKING_KEYS:
            # A QAbstractButton would walk its siblings itself; that is for the list to do.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_self_clicked(self) -> None:
        self.activated.emit(self.key)


def has_ring(widget: QWidget) -> bool:
    """Whether ``widget`` has the focus and the reader is going about by keyboard."""
    by_keyboard = Qt.WidgetAttribute.WA_KeyboardFocusChange
    return widget.hasFocus() and widget.window().testAttribute(by_keyboard)


def give_focus(widget: QWidget) -> None:
    """Give ``widget`` the focus, with its ring if the reader is going about by keyboard."""
    by_keyboard = widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    reason = Qt.FocusReason.ShortcutFocusReason if by_keyboard else Qt.FocusReason.OtherFocusReason
    widget.setFocus(reason)


def draw_focus_ring(painter: QPainter, area: QRectF, palette: QPalette) -> None:
    """Draw the house focus ring, 2 px, just inside ``area``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Link), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS_PX - 1, RADIUS_PX - 1)
    painter.restore()
