"""The areas of cooperation: each with its summary, its dated events and every fact it shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.model.dated import Dated
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.records import (
    Area,
    AreaId,
    Audience,
    Fact,
    Measure,
    Place,
    Slide,
    Source,
    Unit,
)
from desktop.model.shown import Shown
from desktop.model.slides import latest_facts
from desktop.model.states import is_shown
from desktop.panes.areas_column import AreaLine, AreasColumn
from desktop.panes.areas_sheet import AreasSheet
from desktop.panes.areas_view import AreaView
from desktop.panes.fact_words import find_fact
from desktop.panes.pane import Pane
from desktop.services.language import tr
from desktop.services.theme import WIDE_PX
from desktop.widgets.scroll import Scroll
from desktop.widgets.text import Text
from desktop.workspace import Workspace

_COLUMN_PX: Final = 290
_NARROW_COLUMN_PX: Final = 276
_NARROW_PX: Final = 1200


class AreasPane(Pane):
    """Areas in a column at the left, the one chosen in full beside it.

    Choosing a fact anywhere raises the area that holds it and brings its row into view.
    """

    shows = frozenset({Fact, Area, Source, Measure, Unit, Place, Audience})

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._area_id = AreaId("")
        self.column = AreasColumn(workspace.theme)
        self.column.chosen.connect(self._on_column_chosen)
        self.view = AreaView(workspace)
        self.view.fact_chosen.connect(workspace.selection.select)
        self.view.source_asked.connect(workspace.selection.show_source)
        self._empty = Text(role="body", tone="muted", wrap=True)
        self._empty.setContentsMargins(WIDE_PX, WIDE_PX, WIDE_PX, WIDE_PX)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = Scroll(self.view)
        content = QWidget()
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.column)
        line.addWidget(self._scroll, 1)
        line.addWidget(self._empty, 1)
        self.set_content(content)

    @property
    def area_id(self) -> str:
        """The area in view, or an empty string."""
        return self._area_id

    def refresh(self, dossier: Dossier) -> None:
        self.view.tell_anew()
        self._show(dossier)

    def follow(self, dossier: Dossier, changes: ChangeSet) -> None:
        if changes.kinds <= {Fact, Source, Area}:
            self.view.tell_of(dossier, changes)
            self._show(dossier)
        else:
            self.refresh(dossier)

    def show_selection(self, ref: Ref | None) -> None:
        dossier = self.workspace.store.dossier
        area_id, fact_id = self._home_of(dossier, ref)
        if area_id and area_id != self._area_id:
            self._show_area(dossier, area_id)
        self.view.choose(fact_id)
        if fact_id:
            # The row has its place only once the layout has settled.
            QTimer.singleShot(0, self, self._bring_chosen_into_view)

    def page(self) -> QWidget:
        """All areas under one another, for paper."""
        return AreasSheet(self.workspace, self.workspace.store.dossier, self.speak)

    def slide(self) -> Slide | None:
        """The latest of the area in view, on a line of time; an area without dates as a fact."""
        dossier = self.workspace.store.dossier
        area = dossier.areas.get(AreaId(self._area_id))
        dated = dossier.derived(Dated).in_area(self._area_id, self.speak.audience)
        facts = latest_facts(dossier, dated)
        if area is None or not facts:
            return self.fact_slide()
        return Slide(id=area.id, title=area.name, layout="timeline", facts=facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width() >= _NARROW_PX
        self.column.setFixedWidth(_COLUMN_PX if wide else _NARROW_COLUMN_PX)
        super().resizeEvent(event)

    def _show(self, dossier: Dossier) -> None:
        self.column.show_areas([self._line(dossier, area) for area in dossier.areas.values()])
        first = next(iter(dossier.areas), None)
        known = self._area_id if self._area_id in dossier.areas else first
        for part in (self.column, self._scroll):
            part.setVisible(first is not None)
        self._empty.setVisible(first is None)
        self._empty.setText(self._why_empty())
        if known is not None:
            self._show_area(dossier, known)

    def _line(self, dossier: Dossier, area: Area) -> AreaLine:
        found = dossier.derived(Shown).in_area(area.id, self.speak.audience)
        name, group = self.speak.text(area.name), self.speak.text(area.group)
        return AreaLine(area.id, name, group, len(found.facts), found.differing)

    def _show_area(self, dossier: Dossier, area_id: AreaId) -> None:
        moved = area_id != self._area_id
        self._area_id = area_id
        self.column.choose(area_id)
        self.view.show_area(dossier, self.speak, dossier.areas[area_id])
        if moved:
            self._scroll.verticalScrollBar().setValue(0)

    def _home_of(self, dossier: Dossier, ref: Ref | None) -> tuple[AreaId | None, str]:
        """The area that shows a record, and the fact to mark in it."""
        if ref is not None and ref.kind is Area:
            return (AreaId(ref.id) if ref.id in dossier.areas else None), ""
        fact = find_fact(dossier, ref.id.partition("/")[0]) if ref and ref.kind is Fact else None
        if fact is None or not is_shown(dossier, fact, self.speak.audience):
            return None, ""
        if self.view.holds(fact.id):
            return self._area_id, fact.id
        return (fact.area, fact.id) if fact.area in dossier.areas else (None, "")

    def _bring_chosen_into_view(self) -> None:
        fact_id = self.workspace.selection.fact_id
        if fact_id is None or not self.view.holds(fact_id):
            return
        row = self.view.row(fact_id)
        if row is None:
            self.view.build_as_far_as(fact_id)
            QTimer.singleShot(0, self, self._bring_chosen_into_view)
        else:
            self._scroll.ensureWidgetVisible(row, 0, WIDE_PX)

    def _on_column_chosen(self, area_id: str) -> None:
        self.workspace.selection.select(area_id, Area)

    def _why_empty(self) -> str:
        if self.workspace.file is None:
            return tr("No file is open. Open a facts file with Ctrl+O.")
        return tr("No areas yet. Add one in the Facts pane, under Areas.")
