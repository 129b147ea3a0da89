"""What the sea map shows, layer by layer, and what its marks mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop.figures.sea_legend import (
    SYMBOLS,
    Holding,
    as_of_words,
    claim_words,
    held,
    holdings,
    layer_words,
)
from desktop.figures.sea_marks import DEFAULT_LAYERS, SEA_LAYERS, SeaContent, SeaLayer
from desktop.figures.sea_symbols import Symbol, paint_symbol
from desktop.panes.sea_panel import SeaPanel
from desktop.services.language import Locale, tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.check_box import CheckBox
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text, set_tool_tip

WIDTH_PX: Final = 304
_SWATCH_PX: Final = 20
_ICON_PX: Final = 16


class SeaLayers(SeaPanel):
    """A box to tick for each layer, with how much is in it; below "who holds what" its legend."""

    changed = Signal()
    """Other layers are ticked, or holders are to look otherwise."""
    resized = Signal()
    """It was folded or unfolded, or says more than before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Layers"))
        self.boxes: dict[SeaLayer, CheckBox] = {}
        self._counts: dict[SeaLayer, Text] = {}
        self._told: tuple[list[Holding], list[str]] | None = None
        self._holders = _column(SMALL_PX)
        self.vivid_box = CheckBox(tr("In full colour"), "caption")
        self.vivid_box.toggled.connect(self._on_box_toggled)
        self._claims = _column(TIGHT_PX)
        self.fold_button = QToolButton()
        self.fold_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.fold_button.clicked.connect(self._on_fold_button_clicked)
        self._content = QWidget()
        self._scroll = Scroll(self._content)
        self._compose()
        theme.changed.connect(self._on_theme_changed)
        self._show_fold()

    def _compose(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Text(tr("Layers"), "caption_strong", tone="muted"), 1)
        head.addWidget(self.fold_button)
        rows = QVBoxLayout(self._content)
        rows.setContentsMargins(0, 0, SMALL_PX, 0)
        rows.setSpacing(SMALL_PX)
        for layer in SEA_LAYERS:
            rows.addWidget(self._layer_row(layer))
            if layer == "holders":
                rows.addWidget(self._holders)
            elif layer == "claims":
                rows.addWidget(self._claims)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM_PX, SMALL_PX, SMALL_PX, SMALL_PX + TIGHT_PX)
        column.setSpacing(TIGHT_PX)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def _layer_row(self, layer: SeaLayer) -> QWidget:
        box = CheckBox(layer_words(layer))
        box.setChecked(layer in DEFAULT_LAYERS)
        box.toggled.connect(self._on_box_toggled)
        count = Text(role="caption")
        self.boxes[layer], self._counts[layer] = box, count
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL_PX)
        line.addWidget(box, 1)
        if layer in SYMBOLS:
            line.addWidget(Swatch(self._theme, Symbol(SYMBOLS[layer])))
        line.addWidget(count, 0, Qt.AlignmentFlag.AlignRight)
        return row

    @property
    def vivid_holders(self) -> bool:
        """Whether holders stand out, instead of behind what else is looked at."""
        return self.vivid_box.isChecked()

    @property
    def layers(self) -> frozenset[SeaLayer]:
        return frozenset(layer for layer, box in self.boxes.items() if box.isChecked())

    def show_content(self, speak: Locale, everything: SeaContent) -> None:
        """Count what each layer has, told by a map of all layers at all times."""
        counts = Counter[SeaLayer]()
        for mark in everything.marks:
            counts[mark.layer] += len(mark.facts) or 1
        for overlay in {(line.layer, line.overlay_id) for line in everything.lines}:
            counts[overlay[0]] += 1
        places = held(speak.dossier.places.values())
        for layer, text in self._counts.items():
            words = as_of_words(speak, places) if layer == "holders" else str(counts[layer])
            text.setText("" if layer == "depth" else words)
            said = f"{layer_words(layer)}, {words}" if layer != "depth" else layer_words(layer)
            self.boxes[layer].setAccessibleName(said)
        claims = {
            line.overlay_id: claim_words(line.name, line.claimant)
            for line in everything.lines
            if line.claimant
        }
        told = holdings(places), list(claims.values())
        if told != self._told:
            self._told = told
            _fill(self._holders, self._holder_rows(told[0]))
            _fill(self._claims, [Text(words, "source", wrap=True) for words in told[1]])
            self._show_legends()

    def height_for(self, most_px: int) -> int:
        """How high it would be, with at most this much room."""
        margins = self.contentsMargins()
        if self._scroll.isHidden():
            return self.sizeHint().height()
        inner_px = WIDTH_PX - 2 * MEDIUM_PX
        high_px = self._content.heightForWidth(inner_px)
        if high_px < 0:
            high_px = self._content.sizeHint().height()
        around_px = self.fold_button.sizeHint().height() + 2 * SMALL_PX + 3 * TIGHT_PX
        return min(high_px + around_px + margins.top() + margins.bottom(), most_px)

    def _holder_rows(self, holders: Iterable[Holding]) -> list[QWidget]:
        rows = [self._legend_row(each.symbol, each.words, str(each.features)) for each in holders]
        return [*rows, self.vivid_box] if rows else []

    def _legend_row(self, symbol: Symbol, words: str, count: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL_PX)
        line.addWidget(Swatch(self._theme, symbol))
        line.addWidget(Text(words, "caption"), 1)
        line.addWidget(Text(count, "caption"))
        return row

    def _show_legends(self) -> None:
        layers = self.layers
        for layer, legend in (("holders", self._holders), ("claims", self._claims)):
            rows = legend.layout()
            legend.setVisible(layer in layers and rows is not None and rows.count() > 0)
        self.resized.emit()

    def _show_fold(self) -> None:
        is_open = not self._scroll.isHidden()
        words = tr("Fold the layers") if is_open else tr("Unfold the layers")
        self.fold_button.setAccessibleName(words)
        set_tool_tip(self.fold_button, words)
        name = "chevron-down" if is_open else "chevron-right"
        self.fold_button.setIcon(self._theme.icon(name, "muted", _ICON_PX))

    def fold(self, folded: bool) -> None:
        """Leave only its title, or show all of it."""
        self._scroll.setVisible(not folded)
        self._show_fold()
        self.resized.emit()

    def _on_fold_button_clicked(self) -> None:
        self.fold(not self._scroll.isHidden())

    def _on_box_toggled(self, _checked: bool) -> None:
        self._show_legends()
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        self._show_fold()


class Swatch(QWidget):
    """One symbol of the map, as it stands there."""

    def __init__(self, theme: Theme, symbol: Symbol, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.symbol = symbol
        self.setFixedSize(_SWATCH_PX, _SWATCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = QPointF(_SWATCH_PX / 2, _SWATCH_PX / 2)
        paint_symbol(painter, self.symbol, middle, self._theme.colours)
        painter.end()


def _column(gap_px: int) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(SMALL_PX + MEDIUM_PX, 0, 0, 0)
    column.setSpacing(gap_px)
    return widget


def _fill(widget: QWidget, rows: Sequence[QWidget]) -> None:
    column = widget.layout()
    assert column is not None
    while (item := column.takeAt(0)) is not None:
        old = item.widget()
        if old is not None and old not in rows:
            old.hide()
            old.deleteLater()
    for row in rows:
        column.addWidget(row)
