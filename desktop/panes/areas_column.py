"""The areas of cooperation under their groups, each with its number of facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.panes.marks import ICONS, TONES
from desktop.services.language import state_words, tr, tr_count
from desktop.services.theme import SMALL_PX, Theme
from desktop.widgets.badge import Chip, Count
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.side_list import SideList
from desktop.widgets.text import ElidedText


class AreaLine(NamedTuple):
    """What one row of the column says."""

    area_id: str
    name: str
    group: str
    shown: int
    differing: int


class AreasColumn(SideList):
    """The areas to choose from, in the order of the file."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._areas: dict[str, _AreaRow] = {}
        self._lines: dict[str, AreaLine] = {}
        self.setAccessibleName(tr("Areas"))

    def show_areas(self, lines: Sequence[AreaLine]) -> None:
        """Show these areas, each under the heading of its group; the one chosen stays."""
        before, self._lines = self._lines, {line.area_id: line for line in lines}
        if [line[:3:2] for line in before.values()] != [line[:3:2] for line in lines]:
            self._build(lines)
            before = {}
        for line in lines:
            if before.get(line.area_id) != line:
                self._areas[line.area_id].show_line(line)

    def _build(self, lines: Sequence[AreaLine]) -> None:
        self._areas = {line.area_id: _AreaRow(self._theme, line.area_id) for line in lines}
        by_group: dict[str, list[Row]] = {}
        for line in lines:
            by_group.setdefault(line.group, []).append(self._areas[line.area_id])
        self.set_groups(list(by_group.items()))


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
