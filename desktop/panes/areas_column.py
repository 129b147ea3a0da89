"""The areas of cooperation under their groups, each with its number of facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.panes.marks import ICONS, TONES
from desktop.services.language import state_words, tr, tr_count
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Chip, Count
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, Text


class AreaLine(NamedTuple):
    """What one row of the column says."""

    area_id: str
    name: str
    group: str
    shown: int
    differing: int


class AreasColumn(Surface):
    """Chosen by click or with the arrow keys, which move from area to area at once."""

    chosen = Signal(object)
    """Id of the area that the reader chose."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(["right"], parent)
        self._theme = theme
        self._rows: dict[str, _AreaRow] = {}
        self._lines: dict[str, AreaLine] = {}
        self._current = ""
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
        self.setAccessibleName(tr("Areas"))

    def show_areas(self, lines: Sequence[AreaLine]) -> None:
        """Show these areas, each under the heading of its group; the one chosen stays."""
        before, self._lines = self._lines, {line.area_id: line for line in lines}
        if [line[:3:2] for line in before.values()] != [line[:3:2] for line in lines]:
            self._build(lines)
            before = {}
        for line in lines:
            if before.get(line.area_id) != line:
                self._rows[line.area_id].show_line(line)

    def choose(self, area_id: str) -> None:
        """Mark an area as the one in view; the only one at which Tab stops."""
        self._current = area_id
        for each_id, row in self._rows.items():
            row.set_chosen(each_id == area_id)
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(strong if each_id == area_id else click)
        if area_id in self._rows:
            self._scroll.ensureWidgetVisible(self._rows[area_id], 0, SMALL_PX)

    def row(self, area_id: str) -> Row:
        """The row of an area; KeyError if it has none."""
        return self._rows[area_id]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the scroll area, which would take the arrow keys for its own.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._step(event.key())
        return super().eventFilter(watched, event)

    def _step(self, key: int) -> bool:
        ids = list(self._rows)
        here = ids.index(self._current) if self._current in ids else 0
        steps = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(ids) - 1,
        }
        if key not in steps or not ids:
            return False
        there = ids[min(max(steps[Qt.Key(key)], 0), len(ids) - 1)]
        self._rows[there].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.chosen.emit(there)
        return True

    def _build(self, lines: Sequence[AreaLine]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        by_group: dict[str, list[AreaLine]] = {}
        for line in lines:
            by_group.setdefault(line.group, []).append(line)
        for place, (group, members) in enumerate(by_group.items()):
            heading = Text(group, "caption_strong")
            heading.setContentsMargins(BLEED_PX, SMALL_PX + TIGHT_PX if place else 0, 0, TIGHT_PX)
            self._list.addWidget(heading)
            for line in members:
                row = _AreaRow(self._theme, line.area_id)
                row.activated.connect(self.chosen)
                self._rows[line.area_id] = row
                self._list.addWidget(row)
        self._list.addStretch(1)
        self.choose(self._current)


class _AreaRow(Row):
    """An area: its name, a flag where sources differ, how many facts are shown."""

    def __init__(self, theme: Theme, area_id: str, parent: QWidget | None = None) -> None:
        super().__init__(area_id, look="pill", parent=parent)
        self._name = ElidedText(role="body")
        self._flag = Chip(theme, ICONS["sources-differ"], "", TONES["sources-differ"])
        self._count = Count()
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, 3, BLEED_PX, 3)
        line.setSpacing(SMALL_PX)
        line.addWidget(self._name, 0)
        line.addWidget(self._flag)
        line.addStretch(1)
        line.addWidget(self._count)

    def show_line(self, line: AreaLine) -> None:
        self._name.setText(line.name)
        self._flag.setVisible(line.differing > 0)
        self._count.setText(str(line.shown))
        facts = tr_count("{count} fact", "{count} facts", line.shown)
        differs = state_words("sources-differ") if line.differing else ""
        self.set_name(", ".join(words for words in (line.name, facts, differs) if words))

    def set_chosen(self, chosen: bool) -> None:
        super().set_chosen(chosen)
        self._name.set_tone("link" if chosen else "ink")
