"""The readings of measures over time: promised money in steps, what moved as points, estimates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from desktop.figures.brief_chart import BriefChart
from desktop.figures.chart_frame import Content, unit_of
from desktop.figures.chart_words import names_of
from desktop.figures.drawing import Drawing, Hairline, Item, Words, size_of
from desktop.figures.readings_labels import (
    Named,
    ghosts_of,
    labels_of,
    names_width,
    unreported,
)
from desktop.figures.readings_layout import Ground, Style, dated, style_of, trace
from desktop.figures.time_axis import Axis, ticks
from desktop.figures.value_axis import value_axis
from desktop.model.dates import EdtfDate
from desktop.model.series import Series, UnitError, in_unit, said_otherwise, sources_differ
from desktop.model.values import Quantity, ScaledUnit
from desktop.services.language import Locale
from desktop.services.theme import TextRole, Theme

_TICK_ROW_PX: Final = 24.0
_ABOVE_PX: Final = 34.0
_SIDE_PX: Final = 10.0
_GRID_PX: Final = 44.0
_LOW_PX: Final = 180.0
"""A plot lower than this has no grid: its labels say the values."""
_LEAST_SPAN_DAYS: Final = 365


class ReadingsChart(BriefChart):
    """Readings of one or several measures of one unit over time.

        chart = ReadingsChart(plot_px=270)
        chart.show_measures(["bien-hoa-commitment", "bien-hoa-contribution"], audience, title)
        view = ChartView(workspace, chart)      # table, copy, save; view.picked: id of a fact
        view.show_dossier(dossier)              # in refresh and follow

    What a measure is says how it is drawn. Running totals that are promised keep their amount till
    the next (steps, hollow marks); other running totals are points joined by straight lines, and
    money that moved ends in a box that says since when nothing is reported. Levels beside them are
    dashed steps, as estimates are; on their own they are points, for nobody says what lay between.
    Periods that do not overlap are bars from zero, and counts too; a total over years is one bar as
    long as they are, at its amount. A month is drawn as a month, a range as a range; an arrow shows
    to which side a value is open. Where sources differ on a date or a value a dashed mark stands
    where they put it.
    """

    def plot(self, size: QSizeF, content: Content, speak: Locale) -> Drawing:
        names = names_of(speak, content.lines)
        shown = [
            (line, name) for line, name in zip(content.lines, names, strict=True) if dated(line)
        ]
        lines = [line for line, _name in shown]
        alone = len(content.lines) == 1
        named = [
            Named(line, "" if alone else name, style)
            for (line, name), style in zip(shown, _styles(lines), strict=True)
        ]
        role: TextRole = "strong" if size.height() >= _LOW_PX else "caption_strong"
        beside_px = names_width(named, unit_of(content), role, size, speak)
        ground = _ground(size, size.width() - (beside_px or _SIDE_PX), lines, content, speak)
        ghosts = [ghosts_of(line, ground) for line in lines]
        traced = [
            trace(line, name, each.style, ground, [area for one in found for area in one.areas])
            for (line, name), each, found in zip(shown, named, ghosts, strict=True)
        ]
        boxes = [
            unreported(line, each, ground, speak) for line, each in zip(traced, named, strict=True)
        ]
        drawn = Drawing(tuple(_axes(size, ground, speak)))
        for line_drawn, found, box in zip(traced, ghosts, boxes, strict=True):
            drawn |= box | Drawing(line_drawn.items, line_drawn.marks)
            for ghost in found:
                drawn |= ghost.drawing
        return drawn | labels_of(named, traced, ghosts, boxes, ground, role, size)


def _styles(lines: Sequence[Series]) -> list[Style]:
    """How each line is drawn beside the others; two of one stage are told apart by colour."""
    runs_up = any(line.measure.kind == "cumulative" for line in lines)
    styles: list[Style] = []
    for place, line in enumerate(lines):
        style = style_of(line, place, beside_totals=runs_up)
        if any(style.tone == other.tone for other in styles):
            style = style._replace(tone=style_of(line._replace(stage=None), place).tone)
        styles.append(style)
    return styles


def _ground(
    size: QSizeF, right_px: float, lines: Sequence[Series], content: Content, speak: Locale
) -> Ground:
    unit = unit_of(content)
    most = max(_amounts(lines, unit, speak), default=0.0)
    base_px = size.height() - _TICK_ROW_PX
    values = value_axis(most, base_px, min(_ABOVE_PX, size.height() / 3))
    left_px, has_grid = _SIDE_PX, size.height() >= _LOW_PX
    if has_grid:
        metrics = QFontMetricsF(Theme.font("caption"))
        numbers = [speak.number(tick) for tick in values.ticks(_GRID_PX)]
        left_px += max(metrics.horizontalAdvance(number) for number in numbers)
    return Ground(_time(lines, content, speak, left_px, right_px), values, unit, speak, has_grid)


def _amounts(lines: Sequence[Series], unit: ScaledUnit, speak: Locale) -> Iterator[float]:
    """Every amount that is drawn, those that sources say otherwise too."""
    for line in lines:
        for fact in dated(line):
            values: list[Quantity | None] = [fact.value]
            if sources_differ(speak.dossier, fact, speak.audience):
                others = said_otherwise(speak.dossier, fact, speak.audience)
                values += [each.value for each in others]
            for value in values:
                if value is not None:
                    yield amount_of(value, unit)


def _time(
    lines: Sequence[Series], content: Content, speak: Locale, left_px: float, right_px: float
) -> Axis:
    """From the first day that is known to the day the chart speaks of, or to the last known."""
    whens = [fact.when for line in lines for fact in dated(line) if fact.when]
    for line in lines:
        for fact in dated(line):
            others = said_otherwise(speak.dossier, fact, speak.audience)
            whens += [each.when for each in others if each.when]
    known = [day for when in whens for day in (when.first, when.last) if day is not None]
    last = max([*known, content.as_of.last or 0])
    first = min([*known, last - _LEAST_SPAN_DAYS])
    before = (last - first) * (0.06 if any(when.first is None for when in whens) else 0.015)
    return Axis(first - before, last + 1, left_px, max(right_px, left_px + 1))


def _axes(size: QSizeF, ground: Ground, speak: Locale) -> Iterator[Item]:
    axis, values = ground.axis, ground.values
    left, right = axis.left_px, axis.right_px
    for amount in values.ticks(_GRID_PX) if ground.has_grid else ():
        y = values.y_of(float(amount))
        number = speak.number(amount)
        room = size_of(number, "caption")
        yield Hairline(QPointF(left, y), QPointF(right, y))
        corner = QPointF(left - _SIDE_PX / 2 - room.width(), y - room.height() / 2)
        yield Words(QRectF(corner, room), number, "muted", align=Qt.AlignmentFlag.AlignRight)
    yield Hairline(QPointF(left, values.base_px), QPointF(right, values.base_px), "control")
    row = QRectF(0, values.base_px + 5, size.width(), _TICK_ROW_PX - 5)

    def say(year: int, month: int | None) -> str:
        if month is None:
            return str(year)
        return speak.date(EdtfDate.parse(f"{year:04}-{month:02}"), short=True)

    metrics = QFontMetricsF(Theme.font("caption"))
    for tick in ticks(axis, row, QRectF(), metrics, say):
        start = QPointF(tick.x_px, values.base_px)
        yield Hairline(start, start + QPointF(0, 4), "control")
        if tick.words:
            room = size_of(tick.words, "caption")
            corner = QPointF(tick.x_px - room.width() / 2, row.top())
            yield Words(QRectF(corner, room), tick.words, "muted")


def amount_of(value: Quantity, unit: ScaledUnit) -> float:
    """The upper end of a value in a unit; zero where it cannot be told in it."""
    try:
        told = in_unit(value, unit)
    except UnitError:
        return 0.0
    return float(told.amount if told.to is None else told.to)
