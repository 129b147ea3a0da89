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
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_figure(number, unit)

    def set_figure(self, number: str, unit: str) -> None:
        self._number, self._unit = number, unit
        # Measured once, for layouts ask over and over.
        number_metrics, unit_metrics = (
            QFontMetrics(self._number_font),
            QFontMetrics(self._unit_font),
        )
        wide_px = number_metrics.horizontalAdvance(number)
        if unit:
            wide_px += SMALL_PX + unit_metrics.horizontalAdvance(unit)
        self._beside = QSize(wide_px, number_metrics.height())
        self._least = QSize(unit_metrics.averageCharWidth() * 8, number_metrics.height())
        self._unit_px = unit_metrics.height() if unit else 0
        self.setAccessibleName(f"{number} {unit}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._beside

    def minimumSizeHint(self) -> QSize:
        return self._least

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        below = self._beside.width() > width_px
        return self._beside.height() + (self._unit_px if below else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        number_font = self._fitting(self._number_font, self._number)
        number, unit = QFontMetrics(number_font), QFontMetrics(self._unit_font)
        advance = number.horizontalAdvance(self._number)
        beside = self._beside.width() <= self.width()
        painter.setFont(number_font)
        painter.setPen(self.palette().color(PALETTE_ROLE["ink"]))
        painter.drawText(0, number.ascent(), self._number)
        painter.setFont(self._unit_font if beside else self._fitting(self._unit_font, self._unit))
        painter.setPen(self.palette().color(PALETTE_ROLE["muted"]))
        if beside:
            painter.drawText(advance + SMALL_PX, number.ascent(), self._unit)
        else:
            painter.drawText(0, number.height() + unit.ascent(), self._unit)
        painter.end()

    def _fitting(self, font: QFont, words: str) -> QFont:
        advance = QFontMetrics(font).horizontalAdvance(words)
        if advance <= self.width():
            return font
        smaller = QFont(font)
        smaller.setPixelSize(max(10, font.pixelSize() * self.width() // max(advance, 1)))
        return smaller
