"""A column at the left from which one thing is chosen: rows under headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Surface
from desktop.widgets.text import Text


class SideList(Surface):
    """Rows are chosen by click or with the arrow keys, which move from row to row at once."""

    chosen = Signal(object)
    """Key of the row that the reader chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(["right"], parent)
        self._rows: dict[object, Row] = {}
        self._current: object = None
        content = QWidget()
        content.installEventFilter(self)
        self._list = QVBoxLayout(content)
        edge_px = LARGE_PX - BLEED_PX
        self._list.setContentsMargins(edge_px, MEDIUM_PX, edge_px, MEDIUM_PX)
        self._list.setSpacing(0)
        self._scroll = Scroll(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def set_groups(self, groups: Sequence[tuple[str, Sequence[Row]]]) -> None:
        """Show these rows, each group under its heading; what was there before is deleted."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for place, (title, rows) in enumerate(groups):
            heading = Text(title, "caption_strong")
            heading.setContentsMargins(BLEED_PX, SMALL_PX + TIGHT_PX if place else 0, 0, TIGHT_PX)
            self._list.addWidget(heading)
            for row in rows:
                row.activated.connect(self.chosen)
                self._rows[row.key] = row
                self._list.addWidget(row)
        self._list.addStretch(1)
        self.choose(self._current)

    def choose(self, key: object) -> None:
        """Mark the row in view; the only one at which Tab stops, or the first if none is."""
        self._current = key
        stop = key if key in self._rows else next(iter(self._rows), None)
        for each, row in self._rows.items():
            row.set_chosen(each == key)
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(strong if each == stop else click)
        if key in self._rows:
            self._scroll.ensureWidgetVisible(self._rows[key], 0, SMALL_PX)

    def row(self, key: object) -> Row:
        """The row of a key; KeyError if it has none."""
        return self._rows[key]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the scroll area, which would take the arrow keys for its own.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._step(event.key())
        return super().eventFilter(watched, event)

    def _step(self, key: int) -> bool:
        keys = list(self._rows)
        here = keys.index(self._current) if self._current in self._rows else 0
        steps = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }
        if key not in steps or not keys:
            return False
        there = keys[min(max(steps[Qt.Key(key)], 0), len(keys) - 1)]
        self._rows[there].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.chosen.emit(there)
        return True
