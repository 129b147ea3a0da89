"""What is read lies on the ground; bars and side columns are surfaces raised from it."""

from collections.abc import Sequence
from typing import Literal, get_args

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

Edge = Literal["left", "top", "right", "bottom"]


class Surface(QWidget):
    """A bar or side column, parted from the ground by hairlines at ``edges`` alone."""

    def __init__(self, edges: Sequence[Edge] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edges = tuple(edges)
        room = [int(edge in edges) for edge in get_args(Edge)]
        self.setContentsMargins(room[0], room[1], room[2], room[3])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        # fillRect would do, but has PySide make the classes of gradients before the first paint.
        painter.setBackground(palette.color(QPalette.ColorRole.AlternateBase))
        painter.eraseRect(event.rect())
        painter.setBackground(palette.color(QPalette.ColorRole.Mid))
        width, height = self.width(), self.height()
        sides = {
            "left": QRect(0, 0, 1, height),
            "top": QRect(0, 0, width, 1),
            "right": QRect(width - 1, 0, 1, height),
            "bottom": QRect(0, height - 1, width, 1),
        }
        for edge in self._edges:
            painter.eraseRect(sides[edge])
        painter.end()


class Hairline(QWidget):
    """A horizontal line, one pixel high, the width of its column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setBackground(self.palette().color(QPalette.ColorRole.Mid))
        painter.eraseRect(self.rect())
        painter.end()
