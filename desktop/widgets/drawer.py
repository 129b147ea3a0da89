"""A panel over the right edge of its parent: a closer look that keeps one's place."""

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, SMALL_PX, Theme
from desktop.widgets.pressable import give_focus
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, set_tool_tip

WIDTH_PX: Final = 440
WIDE_PX: Final = 760
"""For what has to be compared side by side."""
_ICON_PX = 18
_STEPS: Final = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class Drawer(Surface):
    """Opens over ``parent`` at its full height; Escape, the cross or ``close`` shuts it.

    Shutting gives the focus back to what had it. Open, the arrow and page keys scroll what is in
    it.
    """

    closed = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(["left"], parent)
        self._theme = theme
        self._around = parent
        self._content: QWidget | None = None
        self._came_from: QWidget | None = None
        self._width_px = WIDTH_PX
        self._title = ElidedText(role="caption_strong")
        self._cross = QToolButton()
        self._cross.setAccessibleName(tr("Close"))
        self._cross.setIconSize(QSize(_ICON_PX, _ICON_PX))
        set_tool_tip(self._cross, tr("Close"))
        self._cross.clicked.connect(self.close)
        # An arrow would take the focus out of the drawer.
        self._cross.installEventFilter(self)
        bar = QHBoxLayout()
        bar.addWidget(self._title, 1)
        bar.addWidget(self._cross)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(LARGE_PX, SMALL_PX, SMALL_PX, SMALL_PX)
        self._column.setSpacing(SMALL_PX)
        self._column.addLayout(bar)
        self.set_title(title)
        self.hide()
        parent.installEventFilter(self)
        theme.changed.connect(self._on_theme_changed)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_content(self, content: QWidget) -> None:
        """Show ``content`` from now on; what was there before is deleted."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._column.addWidget(content, 1)

    def open(self, *, wide: bool = False) -> None:
        """Come into view and take the focus; ``wide`` for what is compared side by side."""
        self._width_px = WIDE_PX if wide else WIDTH_PX
        if not self.isVisible():
            self._came_from = self.window().focusWidget()
        self._fit()
        self._on_theme_changed()
        self.show()
        self.raise_()
        give_focus(self._cross)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._around:
            self._fit()
        if watched is self._cross and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._scroll_by(event.key())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif not self._scroll_by(event.key()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        # What is shown was made after the window, so Tab would come to it last.
        shown = (each for each in self.findChildren(QWidget) if each.isVisible())
        stops = [each for each in shown if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        here = self.window().focusWidget()
        there = stops.index(here) + (1 if next else -1) if here in stops else -1
        if not 0 <= there < len(stops):
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[there].setFocus(reason)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget())
        came_from, self._came_from = self._came_from, None
        # Hidden first, it would hand on the focus as Qt sees fit.
        if had_focus and came_from is not None and shiboken6.isValid(came_from):
            give_focus(came_from)
        event.accept()
        self.hide()
        self.closed.emit()

    def _scroll_by(self, key: int) -> bool:
        scroll = self._content.findChild(QScrollArea) if self._content is not None else None
        if scroll is None or key not in _STEPS:
            return False
        scroll.verticalScrollBar().triggerAction(_STEPS[Qt.Key(key)])
        return True

    def _fit(self) -> None:
        around = self._around.rect()
        width_px = min(self._width_px, around.width())
        self.setGeometry(around.width() - width_px, 0, width_px, around.height())

    def _on_theme_changed(self) -> None:
        self._cross.setIcon(self._theme.icon("x", "muted", _ICON_PX))
