"""The list of keys, by group."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import Text


class KeySheet(QWidget):
    """Shows ``keys``, each a group, what the key does and how it is spelled."""

    def __init__(self, keys: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, MEDIUM_PX, SMALL_PX)
        grid.setVerticalSpacing(SMALL_PX)
        grid.setColumnStretch(0, 1)
        last = ""
        for group, what, key in keys:
            if group != last:
                heading = Text(group, "caption_strong", tone="muted")
                heading.setContentsMargins(0, LARGE_PX if last else 0, 0, 0)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
                grid.addWidget(Hairline(), grid.rowCount(), 0, 1, 2)
                last = group
            row = grid.rowCount()
            grid.addWidget(Text(what, "body", wrap=True), row, 0)
            grid.addWidget(Text(key, "label", tone="muted"), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scroll(content))
