"""Tabs as words over one line; the current one carries an underline."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desktop.services.theme import Theme
from desktop.widgets.pressable import draw_focus_ring, has_ring

HEIGHT_PX: Final = 58
_UNDERLINE_PX = 3
_SIDE_PX = 18
_LEAST_SIDE_PX = 5


class TabBar(QTabBar):
    """A QTabBar in the house look; in a narrow window the tabs move together before they elide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(Theme.font("label"))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def add_tab(self, words: str) -> int:
        """Append a tab and return its index; an ampersand in ``words`` is shown as it is."""
        return self.addTab(words.replace("&", "&&"))

    def words(self, index: int) -> str:
        return self.tabText(index).replace("&&", "&")

    def tabSizeHint(self, index: int) -> QSize:
        width_px = self.fontMetrics().horizontalAdvance(self.words(index))
        return QSize(width_px + 2 * _SIDE_PX, HEIGHT_PX)

    def minimumTabSizeHint(self, index: int) -> QSize:
        width_px = self.fontMetrics().horizontalAdvance(self.words(index))
        return QSize(width_px + 2 * _LEAST_SIDE_PX, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        pointer = self.mapFromGlobal(self.cursor().pos()) if self.underMouse() else None
        for index in range(self.count()):
            area = self.tabRect(index)
            current = index == self.currentIndex()
            hot = pointer is not None and area.contains(pointer)
            role = QPalette.ColorRole.PlaceholderText
            if current:
                role = QPalette.ColorRole.Link
            elif hot:
                role = QPalette.ColorRole.WindowText
            painter.setPen(palette.color(role))
            room_px = area.width() - 2 * _LEAST_SIDE_PX
            shown = self.fontMetrics().elidedText(self.words(index), self.elideMode(), room_px)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
            if current:
                top_px = area.bottom() + 1 - _UNDERLINE_PX
                line = QRect(area.left(), top_px, area.width(), _UNDERLINE_PX)
                painter.setBackground(palette.color(QPalette.ColorRole.Link))
                painter.eraseRect(line)
                if has_ring(self):
                    draw_focus_ring(painter, QRectF(area.adjusted(0, 8, 0, -8)), palette)
        painter.end()
