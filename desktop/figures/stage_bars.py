"""Where money stands between promise and payment: a bar from zero for each newest reading."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.figures.brief_chart import BriefChart
from desktop.figures.chart_frame import Content, unit_of
from desktop.figures.chart_words import differing_words, names_of, spoken
from desktop.figures.drawing import (
    Arrow,
    Drawing,
    Hairline,
    Item,
    Line,
    Shape,
    Tone,
    Words,
    broken,
    size_of,
    wrapped,
)
from desktop.figures.figure import Mark
from desktop.figures.readings_layout import tone_of
from desktop.figures.readings_marks import DOWN, UP
from desktop.model.dossier import Ref
from desktop.model.records import PROMISED, Fact
from desktop.model.series import Series, UnitError, in_unit, said_otherwise, sources_differ
from desktop.model.states import is_shown, states_of
from desktop.model.values import Quantity, ScaledUnit
from desktop.services.language import Locale, tr
from desktop.services.theme import MEDIUM_PX, SMALL_PX, TextRole

BAR_PX: Final = 34.0
ROW_PX: Final = 54.0

_NAME_PX: Final = 200.0
_NAME_SHARE: Final = 0.3
_END_PX: Final = 22.0
_INSET_PX: Final = 10.0
_ARROW_PX: Final = 14.0
_UNREPORTED_DAYS: Final = 180
_ROLE: Final[TextRole] = "strong"
_SILENT_ROLES: Final[tuple[TextRole, ...]] = ("label", "caption")


class _Row(NamedTuple):
    """A line of readings by its name, and the newest that has a value, told in the chart's unit.

    A level beside running totals is an ``estimate`` of where they go.
    """

    line: Series
    name: str
    tone: Tone
    reading: Fact | None
    value: Quantity | None
    estimate: bool


class _Ground(NamedTuple):
    """Where zero is and how far an amount reaches."""

    left_px: float
    per_unit_px: float
    unit: ScaledUnit
    speak: Locale

    def x_of(self, amount: Decimal) -> float:
        return self.left_px + float(amount) * self.per_unit_px


class StageBars(BriefChart):
    """The newest reading of each measure, one row each, in the order of ``show_measures``.

    Promised money is an outline, divided where the total was made up of parts; what moved is solid,
    and a dashed box runs on from it to what was promised, for nothing is reported since. A measure
    without a reading is such a box alone. An estimate is a dashed line below its words. An arrow
    shows to which side a value is open. Stages never share a bar.
    """

    def plot_height_for(self, width_px: float, content: Content, speak: Locale) -> float:
        notes = _notes(_rows(content, speak), width_px, speak)
        heights = _row_heights(_rows(content, speak), width_px)
        return sum(heights) + sum(_height(note) for note in notes)

    def plot(self, size: QSizeF, content: Content, speak: Locale) -> Drawing:
        rows = _rows(content, speak)
        notes = _notes(rows, size.width(), speak)
        ground = _ground(rows, size, content, speak)
        heights = _row_heights(rows, size.width())
        needed_px = sum(heights) + sum(_height(note) for note in notes)
        spare_px = min(max((size.height() - needed_px) / len(rows), 0.0), ROW_PX)
        promised = [row for row in rows if row.line.stage in PROMISED and row.reading]
        full_px = max((_end_px(row, ground) for row in promised or rows), default=ground.left_px)
        drawn = Drawing()
        top_px = 0.0
        for row, high_px in zip(rows, heights, strict=True):
            row_px = high_px + spare_px
            drawn |= _draw_row(row, top_px + (row_px - BAR_PX) / 2, full_px, ground)
            top_px += row_px
        foot = QPointF(ground.left_px, top_px)
        zero = Hairline(QPointF(ground.left_px, 0), foot, "control")
        top_px += SMALL_PX
        items: list[Item] = [zero]
        for note in notes:
            room = size_of(note, "caption_strong", flag=True)
            area = QRectF(QPointF(ground.left_px, top_px), room)
            items.append(Words(area, note, "differ", "caption_strong", flag=True))
            top_px += _height(note)
        return drawn | Drawing(tuple(items))


def _rows(content: Content, speak: Locale) -> list[_Row]:
    names = names_of(speak, content.lines)
    runs_up = any(line.measure.kind == "cumulative" for line in content.lines)
    rows = []
    for place, (line, name) in enumerate(zip(content.lines, names, strict=True)):
        estimate = line.measure.kind == "level" and runs_up
        tone: Tone = "muted" if estimate else tone_of(line, place)
        newest = next((fact for fact in reversed(line.readings) if fact.value), None)
        value = in_unit(newest.value, unit_of(content)) if newest and newest.value else None
        rows.append(_Row(line, name, tone, newest, value, estimate))
    return rows


def _ground(rows: Sequence[_Row], size: QSizeF, content: Content, speak: Locale) -> _Ground:
    unit = unit_of(content)
    names = (_name(row, size.width()) for row in rows)
    left_px = max(size_of(name, "label").width() for name in names) + MEDIUM_PX
    values = [row.value for row in rows if row.value]
    most = max((value.to or value.amount for value in values), default=Decimal(1)) or Decimal(1)
    return _Ground(left_px, (size.width() - _END_PX - left_px) / float(most), unit, speak)


def _name(row: _Row, width_px: float) -> str:
    return broken(row.name, "label", min(_NAME_PX, width_px * _NAME_SHARE))


def _row_heights(rows: Sequence[_Row], width_px: float) -> list[float]:
    names = (size_of(_name(row, width_px), "label").height() for row in rows)
    return [max(ROW_PX, name_px + SMALL_PX) for name_px in names]


def _draw_row(row: _Row, top_px: float, full_px: float, ground: _Ground) -> Drawing:
    name = broken(row.name, "label", ground.left_px - MEDIUM_PX)
    room = size_of(name, "label")
    corner = QPointF(0, top_px + (BAR_PX - room.height()) / 2)
    drawn = Drawing((Words(QRectF(corner, room), name, "muted", "label"),))
    bar = QRectF(ground.left_px, top_px, _end_px(row, ground) - ground.left_px, BAR_PX)
    if row.reading is None or row.value is None:
        empty = QRectF(ground.left_px, top_px, full_px - ground.left_px, BAR_PX)
        return drawn | _silence(row, empty, tr("Not reported"))
    mark = Mark(row.reading.id, bar, spoken(ground.speak, row.reading, row.name))
    if row.estimate:
        drawn |= _estimate(row, row.value, bar, ground.speak)
    elif row.line.stage in PROMISED:
        drawn |= _promised(row, row.reading, row.value, bar, ground)
    else:
        drawn |= _solid(row, row.reading, row.value, bar, ground)
    drawn |= Drawing(tuple(_open_end(row, row.value, bar)), (mark,))
    if _is_silent(row, ground.speak) and full_px - bar.right() > _END_PX:
        rest = QRectF(bar.right() + 2, top_px, full_px - bar.right() - 2, BAR_PX)
        beside = any(
            isinstance(item, Words) and item.area.left() > bar.right() for item in drawn.items
        )
        silence = _silence(row, rest, tr("Not reported since"), written=not beside)
        said = [item.area for item in silence.items if isinstance(item, Words)]
        # In the least room the gap is named, and its date left to the mark.
        kept = [
            item
            for item in drawn.items
            if not isinstance(item, Words) or not any(map(item.area.intersects, said))
        ]
        drawn = drawn._replace(items=tuple(kept)) | silence
    return drawn


def _promised(row: _Row, reading: Fact, value: Quantity, bar: QRectF, ground: _Ground) -> Drawing:
    """An outline, and a line within it wherever one part ends and the next begins."""
    items: list[Item] = [Shape(bar, row.tone, "outline")]
    marks: list[Mark] = []
    parts = _parts(reading, ground)
    if len(parts) < 2:
        items.append(_inside(bar, _words(value, ground.speak), row.tone))
        return Drawing(tuple(items))
    total, left_px = Decimal(0), bar.left()
    for part, amount in parts:
        total += amount.amount
        segment = QRectF(left_px, bar.top(), ground.x_of(total) - left_px, bar.height())
        if left_px > bar.left():
            items.append(Line((segment.topLeft(), segment.bottomLeft()), row.tone))
        sign = "+" if left_px > bar.left() else ""
        words = sign + _words(amount, ground.speak)
        flag = sources_differ(ground.speak.dossier, part, ground.speak.audience)
        items.append(_inside(segment, words, row.tone, flag=flag))
        marks.append(Mark(part.id, segment, spoken(ground.speak, part, row.name), "part"))
        left_px = segment.right()
    return Drawing(tuple(items), tuple(marks))


def _solid(row: _Row, reading: Fact, value: Quantity, bar: QRectF, ground: _Ground) -> Drawing:
    """A solid bar; a range is solid to its lower end and pale to the upper one."""
    low = QRectF(bar)
    low.setRight(ground.x_of(value.amount))
    items: list[Item] = [Shape(low, row.tone)]
    if value.to is not None:
        items.append(Shape(bar, row.tone, "pale"))
    words, when = _words(value, ground.speak), reading.when
    short, room_px = words, low.width() - 2 * _INSET_PX
    date = ground.speak.date(when, short=True)
    if when is not None:
        known = row.line.measure.kind == "cumulative" and when.kind in ("day", "month")
        by = tr("{value} by {date}") if known else tr("{value}, {date}")
        words = by.format(value=words, date=date)
    if size_of(words, _ROLE).width() > room_px >= size_of(short, _ROLE).width():
        words = short
        items.append(_below(low, date, low.left() + _INSET_PX))
    return Drawing((*items, _inside(low, words, "page", outside=row.tone)))


def _estimate(row: _Row, value: Quantity, bar: QRectF, speak: Locale) -> Drawing:
    """A dashed line as long as the estimate, under its words."""
    line = Line((bar.bottomLeft(), bar.bottomRight()), row.tone, 2.0, dashed=True)
    return Drawing((line, _inside(bar, _words(value, speak), row.tone)))


def _silence(row: _Row, box: QRectF, says: str, *, written: bool = True) -> Drawing:
    """A dashed box for what nobody reports, with its words in it or below, if ``written``."""
    shape = Shape(box, "control", "dashed")
    tries = [_inside(box, says, "muted", role=role) for role in _SILENT_ROLES]
    fitting = [each for each in tries if each.area.right() < box.right()]
    # Where the box is too small for it, the gap is named below.
    right_px = box.right() - size_of(says, "caption").width()
    words = fitting[0] if fitting else _below(box, says, min(right_px, box.left()))
    last = row.reading or (row.line.readings[-1] if row.line.readings else None)
    marks = (Mark(last.id, box, f"{row.name}: {says}", "since"),) if last else ()
    return Drawing((shape, words) if written else (shape,), marks)


def _below(bar: QRectF, text: str, left_px: float) -> Words:
    """Words under a bar that has no room for them."""
    return Words(
        QRectF(QPointF(left_px, bar.bottom() + 1), size_of(text, "caption")), text, "muted"
    )


def _open_end(row: _Row, value: Quantity, bar: QRectF) -> list[Item]:
    """An arrow at the end of a bar whose value is open: on, or back."""
    qualifier = value.qualifier
    if qualifier not in UP | DOWN:
        return []
    level = bar.bottom() if row.estimate else bar.center().y()
    start = QPointF(bar.right() + 3, level)
    tip = start + QPointF(_ARROW_PX, 0)
    return [Arrow(start, tip, row.tone) if qualifier in UP else Arrow(tip, start, row.tone)]


def _inside(
    bar: QRectF,
    text: str,
    tone: Tone,
    *,
    role: TextRole = _ROLE,
    flag: bool = False,
    outside: Tone | None = None,
) -> Words:
    """Words at the beginning of a bar; behind it, in another tone, where they do not fit."""
    room = size_of(text, role, flag=flag)
    fits = room.width() + 2 * _INSET_PX <= bar.width() or outside is None
    left_px = bar.left() + _INSET_PX if fits else bar.right() + _END_PX
    corner = QPointF(left_px, bar.center().y() - room.height() / 2)
    return Words(
        QRectF(corner, room), text, tone if fits or outside is None else outside, role, flag
    )


def _parts(reading: Fact, ground: _Ground) -> list[tuple[Fact, Quantity]]:
    """The parts that make up a reading, if all are known, exact and shown, and add up."""
    dossier, audience = ground.speak.dossier, ground.speak.audience
    if "does-not-add-up" in states_of(dossier, reading):
        return []
    parts: list[tuple[Fact, Quantity]] = []
    for part_id in reading.parts:
        part = dossier.find(Ref(Fact, part_id))
        if (
            not isinstance(part, Fact)
            or part.value is None
            or not is_shown(dossier, part, audience)
        ):
            return []
        try:
            value = in_unit(part.value, ground.unit)
        except UnitError:
            return []
        if value.to is not None or value.qualifier is not None:
            return []
        parts.append((part, value))
    return parts


def _notes(rows: Sequence[_Row], width_px: float, speak: Locale) -> list[str]:
    """How sources differ on what the bars show, one note a reading."""
    notes = []
    for row in rows:
        if row.reading and sources_differ(speak.dossier, row.reading, speak.audience):
            others = said_otherwise(speak.dossier, row.reading, speak.audience)
            words = f"{row.name}. {differing_words(speak, others)}"
            notes.append(wrapped(words, "caption_strong", width_px * (1 - _NAME_SHARE) - _END_PX))
    return notes


def _height(note: str) -> float:
    return size_of(note, "caption_strong").height() + SMALL_PX


def _end_px(row: _Row, ground: _Ground) -> float:
    return ground.x_of(row.value.to or row.value.amount) if row.value else ground.left_px


def _is_silent(row: _Row, speak: Locale) -> bool:
    """Whether a running total of money that moved has not been reported for long."""
    moved = row.line.stage is not None and row.line.stage not in PROMISED
    when = row.reading.when if row.reading else None
    as_of = speak.dossier.about.as_of.last
    if not moved or row.line.measure.kind != "cumulative" or as_of is None:
        return False
    return when is not None and when.last is not None and as_of - when.last >= _UNREPORTED_DAYS


def _words(value: Quantity, speak: Locale) -> str:
    """A number with its qualifier in words; the unit stands above the chart."""
    return speak.quantity(Quantity(value.amount, "", "", value.qualifier, value.to))
