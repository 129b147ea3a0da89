"""Totals over years that overlap: one row and one bar each, as long as the years it covers.

How high a bar stood would set totals of different scope beside one another, or on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.figures.chart_frame import Content
from desktop.figures.chart_words import differing_words, reported
from desktop.figures.drawing import (
    Drawing,
    Item,
    Shape,
    Words,
    metrics_of,
    size_of,
    wrapped,
)
from desktop.figures.readings_axes import SIDE_PX, TICK_ROW_PX, time_line, time_of
from desktop.figures.readings_layout import Named
from desktop.figures.readings_marks import (
    SPAN_PX,
    Placed,
    draw_mark,
    mark_area,
    mark_of,
    span_of,
)
from desktop.figures.time_axis import Axis
from desktop.model.records import Fact
from desktop.services.language import Locale
from desktop.services.theme import SMALL_PX, TIGHT_PX

_BETWEEN_PX: Final = 18.0


class _Row(NamedTuple):
    """A reading with what is said of it: value, then period and scope, then how sources differ."""

    named: Named
    fact: Fact
    value: str
    rest: str
    differs: str

    @property
    def words_px(self) -> float:
        """How high its words are."""
        high = max(size_of(self.value, "strong").height(), size_of(self.rest, "caption").height())
        note = size_of(self.differs, "caption_strong").height() if self.differs else 0.0
        return high + note + TIGHT_PX


def rows_height(named: Sequence[Named], width_px: float, speak: Locale) -> float:
    """How high all rows are together, with the line of time below them."""
    rows = _rows(named, width_px, speak)
    return sum(row.words_px + SPAN_PX + _BETWEEN_PX for row in rows) + TICK_ROW_PX


def rows_of(named: Sequence[Named], size: QSizeF, content: Content, speak: Locale) -> Drawing:
    """The rows, earliest first, over one line of time."""
    axis = time_of(named, content, 0.0, size.width() - SIDE_PX)
    base_px = size.height() - TICK_ROW_PX
    drawn = Drawing(tuple(time_line(axis, base_px, size.width(), speak)))
    rows = _rows(named, size.width(), speak)
    needed_px = sum(row.words_px + SPAN_PX + _BETWEEN_PX for row in rows)
    spare_px = max(base_px - needed_px, 0.0) / max(len(rows), 1)
    top_px = spare_px / 2
    for row in rows:
        drawn |= _drawn(row, top_px, axis, size.width(), speak)
        top_px += row.words_px + SPAN_PX + _BETWEEN_PX + spare_px
    return drawn


def _rows(named: Sequence[Named], width_px: float, speak: Locale) -> list[_Row]:
    pairs = [(each, fact) for each in named for fact in each.facts]
    pairs.sort(key=lambda pair: pair[1].when.sort_key if pair[1].when else (0, 0))
    rows = []
    for each, fact in pairs:
        value = reported(speak, fact)
        covers = "" if each.alone else each.name
        rest = ", ".join(part for part in (speak.date(fact.when, short=True), covers) if part)
        room_px = width_px - size_of(value, "strong").width() - 2 * SMALL_PX
        differs = ""
        if fact.id in each.others:
            words = differing_words(speak, each.others[fact.id])
            differs = wrapped(words, "caption_strong", width_px - SMALL_PX)
        rows.append(_Row(each, fact, value, wrapped(rest, "caption", room_px), differs))
    return rows


def _drawn(row: _Row, top_px: float, axis: Axis, width_px: float, speak: Locale) -> Drawing:
    assert row.fact.when is not None
    left, right = span_of(row.fact.when, axis)
    area = mark_area(left, right, top_px + row.words_px + SPAN_PX / 2)
    value, rest = size_of(row.value, "strong"), size_of(row.rest, "caption")
    note = size_of(row.differs, "caption_strong", flag=True)
    wide_px = max(value.width() + SMALL_PX + rest.width(), note.width() if row.differs else 0.0)
    x = max(min(area.left(), width_px - wide_px), 0.0)
    # Two sizes of type on one line stand on one foot.
    metrics = metrics_of("strong"), metrics_of("caption")
    lower_px = metrics[0].ascent() - metrics[1].ascent()
    beside = QPointF(x + value.width() + SMALL_PX, top_px + lower_px)
    items: list[Item] = [
        Words(QRectF(QPointF(x, top_px), value), row.value, row.named.style.tone, "strong"),
        Words(QRectF(beside, rest), row.rest, "muted"),
    ]
    if row.differs:
        foot = QPointF(x, area.top() - TIGHT_PX - note.height())
        items.append(Words(QRectF(foot, note), row.differs, "differ", "caption_strong", flag=True))
    for other in row.named.others.get(row.fact.id, ()):
        if other.when is not None:
            ghost = mark_area(*span_of(other.when, axis), area.center().y())
            items.append(Shape(ghost.adjusted(0, -3, 0, 3), "differ", "dashed", SPAN_PX / 2))
    placed = Placed(row.fact, area)
    items += draw_mark(placed, row.named.style.tone, hollow=row.named.style.hollow)
    return Drawing(tuple(items), (mark_of(placed, row.named.name, speak),))
