"""A number set large, with its unit small on the same baseline."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.theme import PALETTE_ROLE, SMALL_PX, TextRole, Theme


class BigFigure(QWidget):
    """``number`` in the hero role and ``unit`` behind it, or below where the place is narrow.

    A number wider than its place is set smaller, never cut.
    """

    def __init__(
        self,
        number: str = "",
        unit: str = "",
        role: TextRole = "hero",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._number_font = Theme.font(role)
        self._unit_font = Theme.font("unit")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_figure(number, unit)

    def set_figure(self, number: str, unit: str) -> None:
        self._number, self._unit = number, unit
        self.setAccessibleName(f"{number} {unit}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        number = QFontMetrics(self._number_font)
        width_px = number.horizontalAdvance(self._number)
        if self._unit:
            width_px += SMALL_PX + QFontMetrics(self._unit_font).horizontalAdvance(self._unit)
        return QSize(width_px, number.height())

    def minimumSizeHint(self) -> QSize:
        unit = QFontMetrics(self._unit_font)
        height_px = QFontMetrics(self._number_font).height()
        return QSize(unit.averageCharWidth() * 8, height_px + (unit.height() if self._unit else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        number_font = self._fitting(self._number_font, self._number)
        number, unit = QFontMetrics(number_font), QFontMetrics(self._unit_font)
        advance = number.horizontalAdvance(self._number)
        beside = advance + SMALL_PX + unit.horizontalAdvance(self._unit) <= self.width()
        block = number.height() + (0 if beside or not self._unit else unit.height() - SMALL_PX)
        base = (self.height() - block) // 2 + number.ascent()
        painter.setFont(number_font)
        painter.setPen(self.palette().color(PALETTE_ROLE["ink"]))
        painter.drawText(0, base, self._number)
        painter.setFont(self._fitting(self._unit_font, self._unit))
        painter.setPen(self.palette().color(PALETTE_ROLE["muted"]))
        if beside:
            painter.drawText(advance + SMALL_PX, base, self._unit)
        else:
            painter.drawText(0, base + unit.height(), self._unit)
        painter.end()

    def _fitting(self, font: QFont, words: str) -> QFont:
        advance = QFontMetrics(font).horizontalAdvance(words)
        if advance <= self.width():
            return font
        smaller = QFont(font)
        smaller.setPixelSize(max(10, font.pixelSize() * self.width() // max(advance, 1)))
        return smaller
