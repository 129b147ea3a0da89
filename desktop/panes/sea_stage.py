"""The map with all that lies over it, each in its place whatever the size of the pane."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.figures.sea_legend import disclaimer
from desktop.figures.sea_map import CLOSEST_M, default_bounds
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.panes import sea_card, sea_layers
from desktop.panes.chart_card import ChartCard
from desktop.panes.sea_card import SeaCard
from desktop.panes.sea_layers import SeaLayers
from desktop.panes.sea_time_panel import SeaTimePanel
from desktop.panes.sea_tools import SeaTools, SeaZoom
from desktop.services.position_words import scale_words
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.sea_view import SeaView
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

_EDGE_PX: Final = MEDIUM_PX
_NARROW_PX: Final = 1180
_LEAST_LAYERS_PX: Final = 40
_TOOLS_PX: Final = 560
_POSITION_PX: Final = 170
_SCALE_BAR_PX: Final = 34
_SCALE_PX: Final = 160


class SeaStage(QWidget):
    """Layers at the left, tools above, the card and the zoom at the right, time below.

    Under the map a line says where the pointer is, the scale and the disclaimer; above it what
    is wrong, if anything is.
    """

    covered = Signal(object)
    """How far (QMarginsF, px) what lies at the edges covers the map."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = SeaView(workspace.jobs, CLOSEST_M)
        self.view.home = default_bounds()
        self.layers = SeaLayers(workspace.theme, self.view)
        self.tools = SeaTools(workspace.theme, self.view)
        self.card = SeaCard(workspace.theme, self.view)
        self.hover = ChartCard(workspace.theme, self.view)
        self.zoom = SeaZoom(self.view)
        self.time_panel = SeaTimePanel(workspace.theme, self.view)
        for panel in (self.layers, self.tools, self.card, self.zoom, self.time_panel):
            self.view.lay_over(panel)
        self.trouble = Text(role="caption_strong", tone="differ", wrap=True)
        self.position_words = ElidedText(role="source")
        self.scale_words = ElidedText(role="source")
        self._limits: Bounds | None = None
        self._homed: MapWindow | None = None
        self._compose()
        self.layers.resized.connect(self.place)
        self.tools.resized.connect(self.place)

    def _compose(self) -> None:
        self.trouble.setContentsMargins(LARGE_PX, SMALL_PX, LARGE_PX, SMALL_PX)
        self.trouble.hide()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        told = ElidedText(disclaimer(), role="source")
        told.setAlignment(right)
        self.position_words.setFixedWidth(_POSITION_PX)
        self.scale_words.setFixedWidth(_SCALE_PX)
        status = Surface(("top",))
        below = QHBoxLayout(status)
        below.setContentsMargins(LARGE_PX, 4, LARGE_PX, 4)
        below.setSpacing(LARGE_PX)
        below.addWidget(self.position_words)
        below.addWidget(self.scale_words)
        below.addWidget(told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble)
        column.addWidget(self.view, 1)
        column.addWidget(status)

    def show_limits(self, limits: Bounds) -> None:
        """The map ends here; the whole sea is shown as large as that lets it be."""
        self._limits = limits
        if self._homed is None:
            self._homed = self.view.map_window

    def clear_area(self) -> QRectF:
        """The part of the view (px) over which nothing lies, with room for a mark at its edge."""
        right = self.zoom if self.card.isHidden() else self.card
        top = self.tools.geometry().bottom() + LARGE_PX
        return QRectF(
            QPointF(self.layers.geometry().right() + LARGE_PX, top),
            QPointF(right.x() - LARGE_PX, self.time_panel.y() - LARGE_PX),
        )

    def fit(self, bounds: Bounds) -> None:
        """Show all of some bounds where nothing lies over them, as close as that goes."""
        clear = self.clear_area()
        size = Size(max(clear.width(), 1.0), max(clear.height(), 1.0))
        self.show_at_centre(MapWindow.around(bounds, size, SMALL_PX))

    def show_at_centre(self, window: MapWindow) -> None:
        """Show a window with its middle in the middle of what nothing lies over."""
        off = self.clear_area().center() - QRectF(self.view.rect()).center()
        self.view.go_to(window.moved(off.x(), off.y()))

    def say_scale(self) -> None:
        window = self.view.map_window
        self.scale_words.setText(scale_words(window) if window else "")

    def say_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.show()
        # The view has its place only once the line above it has its own.
        QTimer.singleShot(0, self, self.place)

    def show_card(self) -> None:
        """Bring up the card with what it was told to say."""
        self.hover.hide()
        self.card.show()
        self.place()
        self.announce(self.card.words())

    def announce(self, words: str) -> None:
        """Say this to those who listen, and leave it to be read again on the map."""
        self.view.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.place)

    def place(self) -> None:
        """Put what lies over the map where it does not lie over one another."""
        wide, high = self.view.width(), self.view.height()
        edge = _EDGE_PX
        time_px = self.time_panel.sizeHint().height()
        self.time_panel.setGeometry(edge, high - edge - time_px, wide - 2 * edge, time_px)
        layers_px = max(self.layers.height_for(high - time_px - 3 * edge), _LEAST_LAYERS_PX)
        self.layers.setGeometry(edge, edge, sea_layers.WIDTH_PX, layers_px)
        left = edge * 2 + sea_layers.WIDTH_PX
        zoom_top = self._place_zoom(high - time_px - 2 * edge - _SCALE_BAR_PX)
        self._place_tools_and_card(left, zoom_top, high - time_px - 2 * edge - _SCALE_BAR_PX)
        self._fit_home(left, edge + self.tools.bar_px, time_px + edge)
        self.covered.emit(QMarginsF(left, edge, edge, time_px + 2 * edge))

    def _place_zoom(self, bottom: int) -> int:
        zoom = self.zoom.sizeHint()
        top = bottom - zoom.height()
        self.zoom.setGeometry(
            self.view.width() - _EDGE_PX - zoom.width(), top, zoom.width(), zoom.height()
        )
        return top

    def _place_tools_and_card(self, left: int, zoom_top: int, bottom: int) -> None:
        wide, edge = self.view.width(), _EDGE_PX
        card_px = min(sea_card.WIDTH_PX, wide - left - edge)
        tools_px = min(_TOOLS_PX, wide - left - edge)
        tools_high = self.tools.height_for(tools_px)
        self.tools.setGeometry(left, edge, tools_px, tools_high)
        overlaps = left + tools_px + edge > wide - edge - card_px
        card_top = edge * 2 + tools_high if overlaps else edge
        card_high = self.card.height_for(bottom - card_top)
        card_left = wide - edge - card_px
        if wide < _NARROW_PX or card_top + card_high > zoom_top - edge:
            card_left -= self.zoom.width() + SMALL_PX
        if card_left < left and card_top > edge:
            card_left = max(left, card_left)
        self.card.setGeometry(card_left, card_top, card_px, card_high)

    def _fit_home(self, left_px: int, above_px: int, below_px: int) -> None:
        """Let the whole sea stand clear of what lies over the edges, until it is moved."""
        size = self.view.picture_size
        high_px = size.height_px - above_px - below_px
        clear = Size(max(size.width_px - left_px, 1), max(high_px, 1))
        whole = MapWindow.around(default_bounds(), clear)
        if self._limits is not None:
            allowed = whole.within(self._limits, size, CLOSEST_M)
            whole = allowed._replace(x_m=whole.x_m, y_m=whole.y_m)
        home = whole.moved(left_px / 2, (above_px - below_px) / 2)
        self.view.home = home.bounds(size)
        if self.view.is_moving or self.view.map_window is None:
            return
        if self.view.map_window == self._homed:
            self.view.fit(self.view.home, 0.0, at_once=True)
            self._homed = self.view.map_window
