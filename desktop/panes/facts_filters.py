"""The left column of facts and timeline: what can be shown, with how many facts each holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.panes.facts_table import FACETS, NO_AREA, Facet, FactFilter, facet_words
from desktop.services.language import Locale, tr, tr_count
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TIGHT_PX, Theme
from desktop.widgets.badge import Count
from desktop.widgets.row import BLEED_PX, Row
from desktop.widgets.scroll import Scroll
from desktop.widgets.surface import Surface
from desktop.widgets.text import Text

WIDTH_PX: Final = 222
_RARE: Final = frozenset({"after-as-of", "withheld", "unsaved"})
"""Facets that are listed only where the file has such facts."""


class Counts(Protocol):
    """Counts facts under a facet, in an area or in all."""

    def count(self, facet: Facet = ..., area: str | None = ...) -> int: ...


class FactsFilters(Surface):
    """States and areas to filter by; the one in force is marked.

    Where a table counts once for each of its dates, what is counted are ``entries``.
    """

    facet_chosen = Signal(object)
    area_chosen = Signal(object)
    """Id of an area; the one in force again, if it is pressed a second time."""

    def __init__(self, *, entries: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._entries = entries
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SMALL_PX, MEDIUM_PX, SMALL_PX, MEDIUM_PX)
        column.setSpacing(0)
        column.addWidget(_heading(tr("Show")))
        self._facets: dict[Facet, FilterRow] = {}
        for facet in FACETS:
            row = FilterRow(facet, entries=entries)
            row.activated.connect(self.facet_chosen)
            column.addWidget(row)
            self._facets[facet] = row
        column.addSpacing(MEDIUM_PX)
        column.addWidget(_heading(tr("Areas")))
        self._areas: dict[str, FilterRow] = {}
        self._area_column = QVBoxLayout()
        self._area_column.setSpacing(0)
        column.addLayout(self._area_column)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scroll(content))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 400)

    def row(self, key: Facet | str) -> FilterRow:
        """The row of a facet, or of an area by its id; KeyError if there is none."""
        return self._areas[key] if key in self._areas else self._facets[key]  # type: ignore[index]

    def show_counts(self, speak: Locale, counts: Counts, wanted: FactFilter) -> None:
        """Show how many facts stand under each, within what is chosen in the other list."""
        self._arrange_areas(self._area_names(speak, counts))
        for facet, row in self._facets.items():
            in_area = None if facet == "all" else wanted.area
            is_all = facet == "all" and self._entries
            words = tr("All dated entries") if is_all else facet_words(facet)
            row.show_words(words, counts.count(facet, in_area))
            row.setVisible(facet not in _RARE or counts.count(facet) > 0)
            elsewhere = wanted.area is not None or wanted.of is not None
            row.set_chosen(wanted.facet == facet and not (facet == "all" and elsewhere))
        for area, row in self._areas.items():
            row.show_words(row.words, counts.count(wanted.facet, area))
            row.set_chosen(wanted.area == area)

    def _area_names(self, speak: Locale, counts: Counts) -> dict[str, str]:
        areas = speak.dossier.areas
        names = {str(area_id): speak.text(area.name) for area_id, area in areas.items()}
        if counts.count("all", NO_AREA):
            names[NO_AREA] = tr("No area")
        return names

    def _arrange_areas(self, names: Mapping[str, str]) -> None:
        if list(names) != list(self._areas):
            for row in self._areas.values():
                self._area_column.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._areas = {}
            for area in names:
                row = FilterRow(area, entries=self._entries)
                row.activated.connect(self.area_chosen)
                self._area_column.addWidget(row)
                self._areas[area] = row
            # Made after all else in the pane, they would come last for Tab.
            before = [*self._facets.values()][-1]
            for row in self._areas.values():
                QWidget.setTabOrder(before, row)
                before = row
        for area, words in names.items():
            self._areas[area].words = words


class FilterRow(Row):
    """One line of the column: what, and how many."""

    def __init__(self, key: str, *, entries: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(key, look="pill", parent=parent)
        self._entries = entries
        self._is_chosen: bool | None = None
        self.words = ""
        self.number = 0
        self._name = Text(role="body", tone="muted", wrap=True)
        self._count = Count()
        # Beside several lines it stands on the first.
        self._count.setMinimumHeight(self._name.fontMetrics().height())
        line = QHBoxLayout(self)
        line.setContentsMargins(BLEED_PX, TIGHT_PX + 1, BLEED_PX, TIGHT_PX + 1)
        line.setSpacing(SMALL_PX)
        line.addWidget(self._name, 1)
        line.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)

    def show_words(self, words: str, number: int) -> None:
        self.words, self.number = words, number
        self._name.setText(words)
        self._count.setText(f"{number:,}")
        self.set_name(f"{words}, {self._counted(number)}")

    def _counted(self, number: int) -> str:
        if self._entries:
            return tr_count("{count} dated entry", "{count} dated entries", number)
        return tr_count("{count} fact", "{count} facts", number)

    def set_chosen(self, chosen: bool) -> None:
        if chosen == self._is_chosen:
            return  # another font, be it the same, lays the whole column out again
        self._is_chosen = chosen
        super().set_chosen(chosen)
        self._name.set_tone("link" if chosen else "muted")
        self._name.setFont(Theme.font("label" if chosen else "body"))


def _heading(words: str) -> QWidget:
    heading = Text(words, "caption_strong")
    heading.setContentsMargins(BLEED_PX, 0, BLEED_PX, SMALL_PX)
    return heading
