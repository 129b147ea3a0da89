"""What stands in the window while no file is open: the files opened lately, and a sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services import paths
from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.button import Button
from desktop.widgets.mark import Mark
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Hairline
from desktop.widgets.text import ElidedText, Text

_COLUMN_PX: Final = 560
_MARK_PX: Final = 72
_TOP_PX: Final = 72


class WelcomeView(QWidget):
    """``chosen`` carries the Path of a file opened before."""

    chosen = Signal(object)
    open_asked = Signal()
    sample_asked = Signal()

    def __init__(self, theme: Theme, recent: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout()
        self._column.setSpacing(TIGHT_PX)
        mark = Mark(paths.resources() / "icons" / "charthouse.svg", _MARK_PX)
        self._column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(MEDIUM_PX)
        self._column.addWidget(Text("Charthouse", "lead"))
        words = tr("Brief from one file of sourced facts. Open yours, or start with the sample.")
        self._column.addWidget(Text(words, tone="muted", wrap=True))
        self._column.addSpacing(LARGE_PX)
        self._column.addLayout(self._buttons())
        self._column.addSpacing(LARGE_PX)
        self.rows = [self._row(Path(name)) for name in recent]
        if self.rows:
            self._add_rows()
        hint = tr("A facts file may also be dropped on this window.")
        self._column.addSpacing(SMALL_PX)
        self._column.addWidget(Text(hint, "source", wrap=True))
        self._column.addStretch(1)
        self._compose()

    def _compose(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_COLUMN_PX)
        inner.setLayout(self._column)
        self._column.setContentsMargins(BLEED_PX, _TOP_PX, BLEED_PX, LARGE_PX)
        content = QWidget()
        middle = QHBoxLayout(content)
        middle.setContentsMargins(LARGE_PX, 0, LARGE_PX, 0)
        middle.addStretch(1)
        middle.addWidget(inner, 4)
        middle.addStretch(1)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Scroll(content))

    def _buttons(self) -> QHBoxLayout:
        self.open_button = Button(tr("Open a facts file…"), primary=True)
        self.open_button.clicked.connect(self.open_asked)
        self.sample_button = Button(tr("Open the sample"))
        self.sample_button.clicked.connect(self.sample_asked)
        line = QHBoxLayout()
        line.setSpacing(SMALL_PX)
        line.addWidget(self.open_button)
        line.addWidget(self.sample_button)
        line.addStretch(1)
        return line

    def _add_rows(self) -> None:
        self._column.addWidget(Text(tr("Opened lately"), "caption_strong", tone="muted"))
        self._column.addWidget(Hairline())
        rows = QVBoxLayout()
        # A row's tint reaches beyond the column.
        rows.setContentsMargins(-BLEED_PX, 0, -BLEED_PX, 0)
        rows.setSpacing(0)
        for row in self.rows:
            rows.addWidget(row)
        self._column.addLayout(rows)

    def _row(self, path: Path) -> Row:
        row = Row(path)
        line = QVBoxLayout(row)
        line.setContentsMargins(BLEED_PX, SMALL_PX, BLEED_PX, SMALL_PX)
        line.setSpacing(TIGHT_PX)
        line.addWidget(ElidedText(path.name, "strong"))
        line.addWidget(ElidedText(str(path.parent), "source"))
        row.setAccessibleName(f"{path.name}, {path.parent}")
        row.activated.connect(self.chosen)
        return row
