"""The mark of one reading: as precise as its date, and open to the side that its value is."""

from __future__ import annotations

from math import isnan
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF

from desktop.figures.chart_words import spoken
from desktop.figures.date_marks import DOT_PX, is_doubtful
from desktop.figures.drawing import Arrow, Item, Line, Look, Shape, Tone
from desktop.figures.figure import Mark
from desktop.figures.time_axis import Axis
from desktop.model.dates import EdtfDate
from desktop.model.records import Fact
from desktop.model.values import Qualifier
from desktop.services.language import Locale

SPAN_PX: Final = 9.0
"""Height of a mark that spans a month, a year or longer."""
UP: Final[frozenset[Qualifier]] = frozenset({"more than", "at least"})
DOWN: Final[frozenset[Qualifier]] = frozenset({"less than", "up to", "nearly"})

_ARROW_PX: Final = 14.0
_HEAD_PX: Final = 5.0
_RANGE_PX: Final = 7.0
_GAP_PX: Final = 14.0
_WIDEST_PX: Final = 56.0
_LEAST_BAR_PX: Final = 2.0
_YEAR_DAYS: Final = 367


class Placed(NamedTuple):
    """A reading and where it is drawn; ``arrow``, foot and tip, shows where its value is open."""

    fact: Fact
    area: QRectF
    arrow: tuple[QPointF, QPointF] | None = None

    @property
    def is_gap(self) -> bool:
        """Whether there is no value: what is not reported is drawn as a gap, never as zero."""
        return self.fact.value is None

    @property
    def is_range(self) -> bool:
        """Whether two ends were given, between which nothing is known."""
        return self.fact.value is not None and self.fact.value.to is not None

    @property
    def is_doubtful(self) -> bool:
        """Whether its date is one day in a span, or doubted."""
        return self.fact.when is not None and is_doubtful(self.fact.when)

    @property
    def whole(self) -> QRectF:
        """The mark with its arrow, which labels keep off together."""
        if self.arrow is None:
            return self.area
        arrow = QRectF(*self.arrow).normalized()
        return self.area.united(arrow.adjusted(-_HEAD_PX, 0, _HEAD_PX, 0))

    def smaller(self) -> Placed:
        """The same with a mark that leaves its neighbours room, unless its size says something."""
        if self.is_gap or self.is_range:
            return self
        return self._replace(area=self.area.adjusted(3, 3, -3, -3))


def span_of(when: EdtfDate, axis: Axis) -> tuple[float, float]:
    """Where one date begins and ends on the axis, px, as ``extents`` has them for many."""
    first = axis.first if when.first is None else when.first
    last = axis.last if when.last is None else when.last + 1
    if when.kind == "day":
        first = last = first + 0.5
    return axis.x_of(max(first, axis.first)), axis.x_of(min(last, axis.last))


def mark_area(left: float, right: float, y: float) -> QRectF:
    """A dot where both ends meet, else a bar that spans them, no narrower than a dot."""
    if left == right:
        return QRectF(left - DOT_PX / 2, y - DOT_PX / 2, DOT_PX, DOT_PX)
    lacking = max(DOT_PX - (right - left), 0.0)
    return QRectF(left - lacking / 2, y - SPAN_PX / 2, right - left + lacking, SPAN_PX)


def placed_at(
    fact: Fact, ends: tuple[float, float], ys: tuple[float, float], base_px: float, *, bars: bool
) -> Placed:
    """Put a reading where its date begins and ends and where its value and zero are, all in px."""
    left, right = ends
    low, high = ys
    if isnan(low):
        lacking = max(_GAP_PX - (right - left), 0.0)
        return Placed(
            fact, QRectF(left - lacking / 2, base_px - _GAP_PX, right - left + lacking, _GAP_PX)
        )
    area = mark_area(left, right, low)
    if high < low:
        wide = max(right - left, _RANGE_PX)
        area = QRectF((left + right - wide) / 2, high, wide, low - high)
    elif bars:
        wide = max(right - left - 2, _RANGE_PX)
        if fact.when and fact.when.last and fact.when.last - (fact.when.first or 0) < _YEAR_DAYS:
            wide = min(wide, _WIDEST_PX)
        top = min(low, base_px - _LEAST_BAR_PX)
        area = QRectF((left + right - wide) / 2, top, wide, base_px - top)
    return Placed(fact, area, _arrow(fact, area, base_px, bars=bars))


def _arrow(
    fact: Fact, area: QRectF, base_px: float, *, bars: bool
) -> tuple[QPointF, QPointF] | None:
    """From its mark up, or down; down beside it where it is a bar, or too low to point below."""
    qualifier = fact.value.qualifier if fact.value else None
    middle = area.center().x()
    if qualifier in UP:
        return QPointF(middle, area.top()), QPointF(middle, area.top() - _ARROW_PX)
    if qualifier not in DOWN:
        return None
    if bars or area.bottom() + _ARROW_PX > base_px:
        x, top = area.right() + _HEAD_PX, area.top() if bars else area.bottom() - _ARROW_PX
        return QPointF(x, top), QPointF(x, top + _ARROW_PX)
    return QPointF(middle, area.bottom()), QPointF(middle, area.bottom() + _ARROW_PX)


def draw_mark(each: Placed, tone: Tone, *, hollow: bool = False, bars: bool = False) -> list[Item]:
    """The mark of a reading; an arrow shows to which side its value is open."""
    area = each.area
    if each.is_gap:
        return [Shape(area, "control", "dashed", 3)]
    look: Look = "outline" if hollow else "solid"
    if each.is_doubtful:
        look = "dashed"
    if each.is_range:
        edges = (area.topLeft(), area.topRight()), (area.bottomLeft(), area.bottomRight())
        return [Shape(area, tone, "pale"), *(Line(edge, tone, 2.0) for edge in edges)]
    radius_px = 0.0 if bars else min(area.width(), area.height()) / 2
    items: list[Item] = [Shape(area, tone, look, radius_px)]
    if each.arrow is not None:
        items.append(Arrow(*each.arrow, tone))
    return items


def mark_of(each: Placed, name: str, speak: Locale) -> Mark:
    """A reading as it is pointed at; ``name`` is that of its line."""
    return Mark(each.fact.id, each.area, spoken(speak, each.fact, name))
