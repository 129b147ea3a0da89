"""The charts of a slide, alone or beside the one figure of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF

from desktop.figures.brief_chart import BriefChart
from desktop.figures.readings_chart import ReadingsChart
from desktop.figures.remains_ledger import RemainsLedger
from desktop.figures.slide_frame import (
    COLUMN_SHARE,
    WIDE_GAP_PX,
    Fault,
    Room,
    SlidePlan,
    inset,
    nothing,
)
from desktop.figures.slide_numbers import figures
from desktop.figures.stage_bars import StageBars
from desktop.model.dossier import Dossier
from desktop.model.records import Fact, Measure, MeasureId, Slide
from desktop.services.language import Locale

CHART_SCALE: Final = 28 / 13
"""How much larger than at the desk a chart stands on a slide: its captions are 28 px high."""
LEAST_SCALE: Final = 22 / 12
"""Below this its smallest letters would be too small for the room."""

REMAINS_UNIT: Final = "sets"
"""The unit in which remains are handed over."""


def chart_for(slide: Slide, dossier: Dossier, speak: Locale) -> BriefChart | None:
    """The chart of a slide's measures: stages side by side, or readings over time."""
    known = [dossier.measures[each] for each in slide.measures if each in dossier.measures]
    if not known:
        return None
    if are_remains(slide, dossier):
        chart: BriefChart = RemainsLedger()
    elif _are_stages(known):
        chart = StageBars()
    else:
        chart = ReadingsChart()
    chart.foot = "bare"
    chart.show_measures([MeasureId(each.id) for each in known], speak.audience)
    return chart


def are_remains(slide: Slide, dossier: Dossier) -> bool:
    """Whether a ledger is of remains that were handed over, which has a form of its own."""
    known = [dossier.measures[each] for each in slide.measures if each in dossier.measures]
    return bool(known) and all(measure.unit.unit == REMAINS_UNIT for measure in known)


def chart(drawn: BriefChart | None, area: QRectF, dossier: Dossier) -> SlidePlan:
    """One chart as large as the slide allows, never with letters too small to read."""
    if drawn is None:
        return nothing(area)
    scale = CHART_SCALE
    high_px = drawn.height_for(area.width() / scale, dossier) * scale
    while high_px > area.height() and scale > 1.0:
        scale *= 0.97
        high_px = drawn.height_for(area.width() / scale, dossier) * scale
    fits = isinstance(drawn, ReadingsChart) or high_px <= area.height()
    grows = not isinstance(drawn, RemainsLedger)
    height_px = area.height() if grows and fits else min(high_px, area.height())
    if isinstance(drawn, StageBars):
        height_px = min(height_px, high_px * 1.35)
    if isinstance(drawn, ReadingsChart):
        scale = max(scale, LEAST_SCALE)
    where = QRectF(area.left(), area.top(), area.width(), height_px)
    plan = inset(drawn, where, scale)
    return plan._replace(faults=("too-small",)) if scale < LEAST_SCALE else plan


def figure_and_chart(
    facts: Sequence[Fact], drawn: BriefChart | None, area: QRectF, room: Room
) -> SlidePlan:
    """A chart at the left, the one figure of it at the right."""
    beside_px = area.width() * COLUMN_SHARE
    left = QRectF(area.topLeft(), area.bottomRight())
    left.setWidth(area.width() - beside_px - WIDE_GAP_PX)
    right = QRectF(area)
    right.setLeft(area.right() - beside_px)
    beside = figures(facts[:1], right, room)
    faults: tuple[Fault, ...] = ("overfull",) if len(facts) > 1 else ()
    return chart(drawn, left, room.speak.dossier) | beside | SlidePlan(faults=faults)


def _are_stages(measures: Sequence[Measure]) -> bool:
    """Whether measures are stages of one sum of money rather than lines through time."""
    staged = sum(measure.stage is not None for measure in measures)
    same_unit = len({measure.unit.unit for measure in measures}) == 1
    return len(measures) > 1 and staged > 0 and same_unit
