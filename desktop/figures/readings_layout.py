"""How one line of readings is drawn: marks as precise as their dates, and what joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF

from desktop.figures.drawing import Columns, Item, Line, Shape, Tone
from desktop.figures.figure import Mark
from desktop.figures.label_layout import outside
from desktop.figures.readings_marks import Placed, draw_mark, mark_area, mark_of, placed_at
from desktop.figures.time_axis import Axis
from desktop.figures.value_axis import ValueAxis
from desktop.model.records import PROMISED, Fact
from desktop.model.series import Columns as Table
from desktop.model.series import Otherwise, Series
from desktop.model.values import ScaledUnit
from desktop.services.language import Locale

_WINDOWS: Final = ("interval", "fiscal-year")
_MOST_MARKS: Final = 150
_DENSE_MARKS: Final = 60
_HANDFUL: Final = 8
_SPACED_PX: Final = 9.0
_DAY_S: Final = 86_400.0
_EPOCH: Final = 719_163


class Ground(NamedTuple):
    """What all lines of a chart are drawn on: its axes, its unit, and who is spoken to."""

    axis: Axis
    values: ValueAxis
    unit: ScaledUnit
    speak: Locale
    has_grid: bool = True


class Style(NamedTuple):
    """How a line is drawn.

    ``stepped`` keeps each amount until the next, and the last until the day ``until`` (the end of
    time if that is None); ``bars`` stand on zero, as wide as their dates; ``periods`` are totals
    over spans that overlap, or over one alone.
    """

    tone: Tone
    hollow: bool = False
    joined: bool = False
    stepped: bool = False
    dashed: bool = False
    bars: bool = False
    periods: bool = False
    until: int | None = None


class Reach(NamedTuple):
    """How far the readings of a line reach: the days they name, as ordinals, and the most of them.

    It is said too whether one begins or ends on no day that is named.
    """

    days: tuple[int, int] | None
    most: float
    opens: bool
    ends_open: bool


class Named(NamedTuple):
    """A line, what it is called, and how it is drawn; ``alone`` it needs no name on the chart.

    ``facts`` are its dated readings, ``table`` their numbers and ``reach`` how far these go;
    ``others`` holds, by the id of a reading on which sources differ, what else they say of it.
    """

    line: Series
    name: str
    style: Style
    facts: tuple[Fact, ...]
    table: Table
    reach: Reach
    others: Mapping[str, Sequence[Otherwise]]
    alone: bool = False

    @property
    def reaches_end(self) -> bool:
        """Whether it runs to the right edge, where its name then stands."""
        return not self.alone and self.style.stepped and self.style.until is None


class Traced(NamedTuple):
    """A line laid out: what is drawn, what can be pointed at, and what labels must keep off.

    ``placed`` holds the readings whose marks are drawn, in time; ``end`` is where the line ends.
    """

    items: tuple[Item, ...]
    marks: tuple[Mark, ...]
    placed: tuple[Placed, ...]
    taken: tuple[QRectF, ...]
    lines: tuple[QLineF, ...]
    end: QPointF


def dated(line: Series) -> tuple[Fact, ...]:
    """The readings that have a place on a line of time."""
    return tuple(fact for fact in line.readings if fact.when is not None)


def style_of(line: Series, place: int, *, beside_totals: bool = False) -> Style:
    """How a line is drawn, by what its measure is and whether its money was only promised."""
    tone, hollow, kind = tone_of(line, place), line.stage in PROMISED, line.measure.kind
    facts = dated(line)
    windows = [fact for fact in facts if fact.when and fact.when.kind in _WINDOWS]
    if kind == "cumulative" and not _overlap(windows):
        return Style(tone, hollow, joined=not hollow, stepped=hollow)
    if kind == "level" and beside_totals:
        return Style("muted", stepped=True, dashed=True)
    if kind in ("per-period", "cumulative"):
        apart = kind == "per-period" and len(facts) > 1 and not _overlap(facts)
        return Style(tone, hollow, bars=apart, periods=not apart)
    return Style(tone, hollow, bars=kind == "count")


def trace(named: Named, ground: Ground, holes: Sequence[QRectF] = ()) -> Traced:
    """Lay out one line of readings, of which at least one is dated; it spares the ``holes``."""
    style, name, facts, table = named.style, named.name, named.facts, named.table
    left, right = extents(table, ground.axis)
    low, high = ground.values.y_of(table.amount), ground.values.y_of(table.amount_to)
    room_px = ground.axis.right_px - ground.axis.left_px
    if np.count_nonzero(~np.isnan(table.amount)) > room_px:
        return _dense(facts, (left + right) / 2, low, high, name, style, ground)
    spaced = len(facts) * _SPACED_PX <= room_px
    placed = [
        placed_at(fact, ends, ys, ground.values.base_px, bars=style.bars)
        for fact, ends, ys in zip(
            facts,
            zip(left.tolist(), right.tolist(), strict=True),
            zip(low.tolist(), high.tolist(), strict=True),
            strict=True,
        )
    ]
    if not spaced and not style.bars:
        placed = [each.smaller() for each in placed]
    path = _path(placed, left.tolist(), right.tolist(), low.tolist(), style, ground)
    hollow = [each.area for each in placed if spaced and (style.hollow or each.is_doubtful)]
    items: list[Item] = _bands(placed, left, style, ground)
    items += _strokes(path, [*hollow, *holes], style)
    dots = [each for each in placed if spaced or not style.joined or each.is_gap]
    for each in dots:
        items += draw_mark(each, style.tone, hollow=style.hollow, bars=style.bars)
    reachable = [*placed[: -1 : max(len(placed) // _MOST_MARKS, 1)], placed[-1]]
    marks = tuple(mark_of(each, name, ground.speak) for each in reachable)
    taken = [each.whole for each in dots]
    end = path[-1][1] if path else placed[-1].area.center()
    lines = tuple(QLineF(*step) for step in path)
    return Traced(tuple(items), marks, tuple(placed), tuple(taken), lines, end)


def extents(table: Table, axis: Axis) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Where each date begins and ends on the axis, px; a day is its own middle, twice."""
    day = table.when / _DAY_S + _EPOCH
    until = day + table.span / _DAY_S
    is_day = table.span == 0
    first = np.where(is_day, day + 0.5, np.minimum(day, until))
    last = np.where(is_day, day + 0.5, np.maximum(day, until))
    scale = (axis.right_px - axis.left_px) / (axis.last - axis.first)
    left = axis.left_px + (np.maximum(first, axis.first) - axis.first) * scale
    right = axis.left_px + (np.minimum(last, axis.last) - axis.first) * scale
    return left, right


def reach_of(table: Table) -> Reach:
    """How far these readings go."""
    begin = table.when / _DAY_S + _EPOCH
    until = np.where(table.span == 0, begin, begin + table.span / _DAY_S - 1)
    ends = np.concatenate((np.where(table.span < 0, begin - 1, begin), until))
    days = ends[np.isfinite(ends)]
    amounts = table.amount_to[~np.isnan(table.amount_to)]
    return Reach(
        (round(float(days.min())), round(float(days.max()))) if days.size else None,
        float(amounts.max()) if amounts.size else 0.0,
        bool(np.isneginf(table.span).any()),
        bool(np.isposinf(table.span).any()),
    )


def _bands(
    placed: Sequence[Placed], left: npt.NDArray[np.float64], style: Style, ground: Ground
) -> list[Item]:
    """What lies between the ends of a range that holds until the next reading."""
    if not style.stepped:
        return []
    until = [*left[1:].tolist(), ground.axis.right_px]
    return [
        Shape(QRectF(each.area.topLeft(), QPointF(end, each.area.bottom())), style.tone, "pale")
        for each, end in zip(placed, until, strict=True)
        if each.is_range
    ]


def _path(
    placed: Sequence[Placed],
    left: Sequence[float],
    right: Sequence[float],
    low: Sequence[float],
    style: Style,
    ground: Ground,
) -> list[tuple[QPointF, QPointF]]:
    """The stretches of the line, in time; a gap breaks it unless each amount stands till the next.

    Within a date that is a span the line passes from its first day to its last.
    """
    if not (style.joined or style.stepped):
        return []
    path: list[tuple[QPointF, QPointF]] = []
    before: int | None = None
    for place, each in enumerate(placed):
        if each.is_gap or (each.is_range and not style.stepped):
            before = before if style.stepped else None
            continue
        start, end = QPointF(left[place], low[place]), QPointF(right[place], low[place])
        if before is not None and style.stepped:
            level = QPointF(max(left[place], right[before]), low[before])
            path += [(QPointF(right[before], low[before]), level), (level, end)]
        elif before is not None:
            start.setX(max(start.x(), right[before]))
            end.setX(max(end.x(), start.x()))
            path.append((QPointF(right[before], low[before]), start))
        if start != end and not style.stepped:
            path.append((start, end))
        before = place
    if style.stepped and before is not None:
        until_px = ground.axis.right_px
        if style.until is not None:
            until_px = min(max(ground.axis.x_of(style.until), right[before]), until_px)
        path.append((QPointF(right[before], low[before]), QPointF(until_px, low[before])))
    return [(one, other) for one, other in path if one != other]


def _strokes(
    path: Sequence[tuple[QPointF, QPointF]], holes: Sequence[QRectF], style: Style
) -> list[Item]:
    """The line as few strokes as can be, left out within hollow marks."""
    strokes: list[list[QPointF]] = []
    for start, end in path:
        for piece in outside(QLineF(start, end), holes):
            if strokes and strokes[-1][-1] == piece.p1():
                strokes[-1].append(piece.p2())
            else:
                strokes.append([piece.p1(), piece.p2()])
    width_px = 1.5 if style.dashed else 2.5
    return [Line(tuple(points), style.tone, width_px, style.dashed) for points in strokes]


def _dense(
    facts: Sequence[Fact],
    x: npt.NDArray[np.float64],
    low: npt.NDArray[np.float64],
    high: npt.NDArray[np.float64],
    name: str,
    style: Style,
    ground: Ground,
) -> Traced:
    """More readings than pixels: for each pixel one stroke from its highest to its lowest."""
    known = ~np.isnan(low)
    where, low, high = np.flatnonzero(known), low[known], high[known]
    column = np.floor(x[known]).astype(np.int64)
    starts = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
    top, bottom = np.minimum.reduceat(high, starts), np.maximum.reduceat(low, starts)
    if style.joined or style.stepped:
        joined_top = np.minimum(top[1:], bottom[:-1])
        bottom[1:] = np.maximum(bottom[1:], top[:-1])
        top[1:] = joined_top
    rows = zip(
        column[starts].tolist(), (top - 1).tolist(), (bottom - top + 2).tolist(), strict=True
    )
    areas = tuple(QRectF(x_px, y_px, 1, high_px) for x_px, y_px, high_px in rows)
    kept = [*starts[:: max(len(starts) // _DENSE_MARKS, 1)].tolist(), len(where) - 1]
    xs, ys = x[known][kept].tolist(), low[kept].tolist()
    placed = tuple(
        Placed(facts[where[place]], mark_area(x_px, x_px, y_px))
        for place, x_px, y_px in zip(kept, xs, ys, strict=True)
    )
    marks = tuple(mark_of(each, name, ground.speak) for each in placed)
    # Labels keep off the strokes by the handful; one by one would take longer than to draw them.
    every = np.arange(0, len(starts), _HANDFUL)
    highest, lowest = np.minimum.reduceat(top, every), np.maximum.reduceat(bottom, every)
    boxes = zip(column[starts][every].tolist(), highest.tolist(), lowest.tolist(), strict=True)
    taken = tuple(QRectF(x_px, y_px, _HANDFUL, end - y_px) for x_px, y_px, end in boxes)
    item = Columns(areas, style.tone)
    return Traced((item,), marks, placed, taken, (), placed[-1].area.center())


def _overlap(facts: Sequence[Fact]) -> bool:
    """Whether any of these dates shares a day with another."""
    whens = sorted((fact.when for fact in facts if fact.when), key=lambda when: when.sort_key)
    return any(
        before.last is None or after.first is None or after.first <= before.last
        for before, after in pairwise(whens)
    )


def tone_of(line: Series, place: int) -> Tone:
    """The colour of a line: of money by its stage, of anything else by its place in the chart."""
    if line.stage is None:
        tones: tuple[Tone, ...] = (
            "category_2",
            "category_3",
            "category_4",
            "category_5",
            "category_1",
        )
        return tones[place % len(tones)]
    if line.stage in PROMISED:
        return "money_promised"
    return "money_obligated" if line.stage == "obligated" else "money_moved"
