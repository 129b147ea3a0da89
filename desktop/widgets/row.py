"""A row of a list that is pressed as one: a key figure, an area, a fact, a search result."""

from typing import Final, Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.theme import RADIUS_PX
from desktop.widgets.pressable import Pressable

BLEED_PX: Final = 12


class Row(Pressable):
    """Holds any layout; give it one as to a plain widget.

    ``look`` "line" ends in a hairline; its tint reaches ``BLEED_PX`` beyond the hairline at both
    sides, so put the row that far outside the column and give its layout that margin. "pill" has
    no line and rounded corners, for side columns and menus.
    """

    def __init__(
        self,
        key: object = None,
        *,
        look: Literal["line", "pill"] = "line",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(key, parent)
        self._look = look
        # A button is as high as its hint; a row is as high as its wrapped words.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_chosen(self, chosen: bool) -> None:
        """Mark this row as the one in view, to the eye and to a screen reader."""
        self.setCheckable(chosen or self.isCheckable())
        if self.isCheckable():
            self.setChecked(chosen)

    def nextCheckState(self) -> None:
        """Leave the mark as it is: only ``set_chosen`` moves it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        tint = None
        if self.isChecked() or self.isDown():
            tint = palette.color(QPalette.ColorRole.Midlight)
        elif self.is_hot:
            tint = palette.color(QPalette.ColorRole.Light)
        if tint is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_PX, RADIUS_PX)
        elif self._look == "line":
            painter.setBackground(palette.color(QPalette.ColorRole.Mid))
            painter.eraseRect(BLEED_PX, self.height() - 1, self.width() - 2 * BLEED_PX, 1)
        self.draw_ring(painter)
        painter.end()
