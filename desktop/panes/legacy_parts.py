"""The parts of a section as controls: charts, plain figures, the ledger, lists, a line of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.figures.brief_chart import BriefChart
from desktop.figures.event_lane import EventLane
from desktop.figures.figure import FigureView, Mark
from desktop.figures.readings_chart import ReadingsChart
from desktop.figures.remains_ledger import RemainsLedger
from desktop.model.records import FactId, MeasureId
from desktop.panes.chart_view import ChartView
from desktop.panes.legacy_rows import PlainFigures, ReadingList
from desktop.panes.legacy_sections import Part, latest_of, shown_by
from desktop.services.language import Locale
from desktop.services.theme import SMALL_PX, WIDE_PX
from desktop.widgets.pressable import has_ring
from desktop.widgets.row import BLEED_PX
from desktop.workspace import Workspace

_PLOT_PX: Final = 280.0
_HALF_PLOT_PX: Final = 170.0


class PartView(QWidget):
    """One part of a section; ``picked`` carries the id of the fact whose source is asked for."""

    picked = Signal(object)

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part

    def show_facts(self, speak: Locale) -> bool:
        """Show what the audience is shown of it; False where that is nothing."""
        raise NotImplementedError

    def tell_anew(self) -> None:
        """Write all words again when next shown."""

    def choose(self, fact_id: str) -> None:
        """Mark a fact; an empty id marks none."""
        raise NotImplementedError

    def part_of(self, fact_id: str) -> QWidget | None:
        """What shows a fact, to be scrolled to; None if it is not shown here."""
        raise NotImplementedError

    def prepare_for_paper(self) -> None:
        """Leave nothing for later, as paper cannot be asked."""

    def breaks(self) -> Sequence[QWidget]:
        """The controls above which paper may be cut."""
        return ()


class ChartPart(PartView):
    """A chart, or the ledger, of some measures."""

    def __init__(self, workspace: Workspace, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(part, parent)
        self.chart: BriefChart
        if part.look == "ledger":
            self.chart = RemainsLedger()
        else:
            self.chart = ReadingsChart(_HALF_PLOT_PX if part.look == "half" else _PLOT_PX)
        self.view = ChartView(workspace, self.chart)
        self.view.picked.connect(self.picked)
        self.view.view.pointed.connect(self._on_plot_pointed)
        _fill(self, inset(self.view))

    def show_facts(self, speak: Locale) -> bool:
        known = [
            MeasureId(each)
            for each in self.part.measures
            if MeasureId(each) in speak.dossier.measures
        ]
        self.chart.show_measures(known, speak.audience, self.part.title)
        self.view.show_dossier(speak.dossier)
        return bool(known)

    def choose(self, fact_id: str) -> None:
        self.chart.choose(fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        marks = self.view.view.marks()
        return self.view if any(mark.fact_id == fact_id for mark in marks) else None

    def prepare_for_paper(self) -> None:
        self.chart.foot = "sheet"
        self.view.menu_button.hide()

    def _on_plot_pointed(self, mark: Mark | None) -> None:
        """Keep in view what the keyboard is on: a chart may be higher than the window."""
        plot, ancestor = self.view.view, self.parentWidget()
        while ancestor is not None and not isinstance(ancestor, QScrollArea):
            ancestor = ancestor.parentWidget()
        if mark is not None and ancestor is not None and has_ring(plot):
            down_px = plot.mapTo(ancestor.viewport(), mark.area.center().toPoint()).y()
            top_px = ancestor.verticalScrollBar().value()
            ancestor.ensureVisible(0, top_px + down_px, 0, WIDE_PX)


class FiguresPart(PartView):
    """Measures by their newest reading, and facts, as plain figures."""

    def __init__(self, workspace: Workspace, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(part, parent)
        self.figures = PlainFigures(workspace.theme)
        self.figures.picked.connect(self.picked)
        _fill(self, self.figures)

    def show_facts(self, speak: Locale) -> bool:
        shown = []
        for measure_id in self.part.measures:
            measure = speak.dossier.measures.get(MeasureId(measure_id))
            latest = latest_of(speak, measure_id)
            if measure is not None and latest is not None:
                shown.append((speak.text(measure.name), latest))
        named = shown_by(speak, Part("list", "", facts=self.part.facts))
        shown += [(speak.statement(fact).rstrip("."), fact) for fact in named]
        self.figures.show_facts(speak, shown)
        return bool(shown)

    def choose(self, fact_id: str) -> None:
        self.figures.choose(fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        return self.figures.part_of(fact_id)


class ListPart(PartView):
    """Readings and facts line by line."""

    def __init__(self, workspace: Workspace, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(part, parent)
        self.list = ReadingList(workspace.theme, part.title)
        self.list.picked.connect(self.picked)
        _fill(self, self.list)

    def show_facts(self, speak: Locale) -> bool:
        facts = shown_by(speak, self.part)
        self.list.show_facts(speak, facts)
        return bool(facts)

    def tell_anew(self) -> None:
        self.list.tell_anew()

    def choose(self, fact_id: str) -> None:
        self.list.choose(fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        return self.list.part_of(fact_id)

    def prepare_for_paper(self) -> None:
        self.list.show_all()

    def breaks(self) -> Sequence[QWidget]:
        return self.list.rows()[1:]


class TimelinePart(PartView):
    """Dated facts on a line of time, and under it line by line in the same order."""

    def __init__(self, workspace: Workspace, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(part, parent)
        self._lane = EventLane()
        self.lane = FigureView(self._lane, workspace.theme, workspace.store.dossier)
        self.lane.picked.connect(self.picked)
        self.list = ReadingList(workspace.theme, is_whole=True)
        self.list.picked.connect(self.picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL_PX)
        column.addWidget(inset(self.lane))
        column.addWidget(self.list)

    def show_facts(self, speak: Locale) -> bool:
        facts = shown_by(speak, self.part)
        self._lane.show_facts(
            self.part.title, [FactId(fact_id) for fact_id in self.part.facts], speak.audience
        )
        self.lane.show_dossier(speak.dossier)
        self.lane.setVisible(bool(facts))
        self.list.show_facts(speak, facts)
        return bool(facts)

    def tell_anew(self) -> None:
        self.list.tell_anew()

    def choose(self, fact_id: str) -> None:
        self._lane.choose(fact_id)
        self.list.choose(fact_id)

    def part_of(self, fact_id: str) -> QWidget | None:
        return self.list.part_of(fact_id)

    def breaks(self) -> Sequence[QWidget]:
        return self.list.rows()[1:]


def view_of(workspace: Workspace, part: Part) -> PartView:
    """The control in which a part is told."""
    if part.look == "figures":
        return FiguresPart(workspace, part)
    if part.look == "list":
        return ListPart(workspace, part)
    if part.look == "timeline":
        return TimelinePart(workspace, part)
    return ChartPart(workspace, part)


def inset(widget: QWidget, most_px: int | None = None) -> QWidget:
    """Align a widget with the words of rows, whose tint reaches further out.

    It becomes no wider than ``most_px``, and what room is left stays at its right.
    """
    around = QWidget()
    inner = QHBoxLayout(around)
    inner.setContentsMargins(BLEED_PX, 0, BLEED_PX, 0)
    inner.addWidget(widget, 1000)
    if most_px is not None:
        widget.setMaximumWidth(most_px)
        inner.addStretch(1)
    return around


def _fill(part: PartView, content: QWidget) -> None:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content)
