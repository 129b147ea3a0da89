"""The words on a chart of readings, and what is drawn where sources differ or say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.figures.chart_words import differing_words, spoken_otherwise, value_label
from desktop.figures.date_marks import DOT_PX
from desktop.figures.drawing import (
    Drawing,
    Hairline,
    Item,
    Shape,
    Tone,
    Words,
    broken,
    size_of,
)
from desktop.figures.figure import Mark
from desktop.figures.label_layout import GAP_PX, around, place
from desktop.figures.readings_layout import (
    Ground,
    Placed,
    Style,
    Traced,
    dated,
    mark_area,
    span_of,
)
from desktop.model.records import PROMISED, Fact
from desktop.model.series import (
    Otherwise,
    Series,
    UnitError,
    in_unit,
    said_otherwise,
    sources_differ,
)
from desktop.model.values import Quantity, ScaledUnit
from desktop.services.language import Locale, tr
from desktop.services.theme import SMALL_PX, TextRole

_NAME_PX: Final = 176.0
_NAME_SHARE: Final = 0.3
_NOTE_PX: Final = 300.0
_NOTE_SHARE: Final = 0.45
_LEADERS_PX: Final = (14.0, 30.0, 48.0, 68.0, 90.0, 114.0)
_MOST_LABELS: Final = 14
_UNREPORTED_DAYS: Final = 180
_UNREPORTED_PX: Final = 30.0


class Named(NamedTuple):
    """A line, what it is called at its end (nothing where it is alone), and how it is drawn."""

    line: Series
    name: str
    style: Style


class Ghost(NamedTuple):
    """Where sources put a reading that stands elsewhere on the chart."""

    fact: Fact
    others: tuple[Otherwise, ...]
    areas: tuple[QRectF, ...]
    drawing: Drawing


class _Label(NamedTuple):
    """Words in want of a place; with ``ghost`` a leader goes from it to them.

    The areas hold leader and words together. The lower ``rank``, the earlier it chooses.
    """

    rank: int
    text: str
    tone: Tone
    role: TextRole
    areas: Sequence[QRectF]
    flag: bool = False
    ghost: QRectF | None = None


def ghosts_of(line: Series, ground: Ground) -> list[Ghost]:
    """A dashed mark for each place where sources put a reading of this line otherwise."""
    speak = ground.speak
    found = []
    for fact in dated(line):
        if not sources_differ(speak.dossier, fact, speak.audience):
            continue
        others = said_otherwise(speak.dossier, fact, speak.audience)
        placed = [(other, _ghost_area(other, fact, ground)) for other in others]
        items: list[Item] = []
        marks: list[Mark] = []
        for number, (other, area) in enumerate(placed):
            if area is not None:
                radius_px = min(area.width(), area.height()) / 2
                items.append(Shape(area, "differ", "dashed", radius_px))
                words = spoken_otherwise(speak, other, speak.dossier.fact(other.fact_id))
                marks.append(Mark(other.fact_id, area, words, f"otherwise {fact.id} {number}"))
        areas = tuple(area for _other, area in placed if area is not None)
        found.append(Ghost(fact, tuple(others), areas, Drawing(tuple(items), tuple(marks))))
    return found


def unreported(traced: Traced, named: Named, ground: Ground, speak: Locale) -> Drawing:
    """The box that says since when nothing is reported of money that moved."""
    stage, as_of = named.line.stage, speak.dossier.about.as_of.last
    last = next((each for each in reversed(traced.placed) if not each.is_gap), None)
    when = last.fact.when if last else None
    silent = stage is not None and stage not in PROMISED and named.line.measure.kind == "cumulative"
    if not silent or last is None or when is None or when.last is None or as_of is None:
        return Drawing()
    left_px, right_px = last.area.right() + SMALL_PX, ground.axis.right_px
    if as_of - when.last < _UNREPORTED_DAYS or right_px - left_px < DOT_PX:
        return Drawing()
    says = tr("Not reported since {date}").format(date=speak.date(when, short=True))
    words = broken(says, "caption", right_px - left_px - 2 * SMALL_PX)
    room = size_of(words, "caption")
    high_px = max(_UNREPORTED_PX, room.height() + SMALL_PX)
    top_px = last.area.center().y() - high_px / 2
    top_px = min(max(top_px, 0.0), ground.values.base_px - high_px - 2)
    box = QRectF(left_px, top_px, right_px - left_px, high_px)
    items: list[Item] = [Shape(box, "control", "dashed", 2)]
    if room.width() <= box.width() - SMALL_PX:
        corner = box.center() - QPointF(room.width(), room.height()) / 2
        items.append(Words(QRectF(corner, room), words, "muted"))
    return Drawing(tuple(items), (Mark(last.fact.id, box, says, "since"),))


def names_width(
    named: Sequence[Named], unit: ScaledUnit, role: TextRole, size: QSizeF, speak: Locale
) -> float:
    """How much room the names of lines that reach the right edge take beyond it."""
    widths = [
        size_of(_end_words(each, unit, role, size, speak), role).width()
        for each in named
        if each.name and each.style.stepped
    ]
    return max(widths) + SMALL_PX + GAP_PX if widths else 0.0


def labels_of(
    named: Sequence[Named],
    traced: Sequence[Traced],
    ghosts: Sequence[Sequence[Ghost]],
    boxes: Sequence[Drawing],
    ground: Ground,
    role: TextRole,
    size: QSizeF,
) -> Drawing:
    """Names, values and differences, each where it covers nothing; what has no room is left out.

    All of it is still said at the marks and in the table.
    """
    wanted: list[_Label] = []
    for each, line, found in zip(named, traced, ghosts, strict=True):
        differing = {ghost.fact.id for ghost in found}
        wanted += _values(each, line, differing, ground, role)
        wanted += _names(each, line, ground, role, size)
        wanted += [label for ghost in found for label in _notes(ghost, size, ground.speak)]
    wanted.sort(key=lambda label: label.rank)
    taken = [area for line in traced for area in line.taken]
    taken += [area for found in ghosts for ghost in found for area in ghost.areas]
    taken += [mark.area for box in boxes for mark in box.marks]
    lines = [segment for line in traced for segment in line.lines]
    left_px = ground.axis.left_px if ground.has_grid else 0.0
    bounds = QRectF(left_px, 0, size.width() - left_px, ground.values.base_px)
    items: list[Item] = []
    for label, area in zip(
        wanted, place([each.areas for each in wanted], bounds, taken, lines), strict=True
    ):
        if area is not None:
            items += _written(label, area)
    return Drawing(tuple(items))


def _written(label: _Label, area: QRectF) -> list[Item]:
    """Words at one end of their area; where there is a leader, it takes the other."""
    room = size_of(label.text, label.role, flag=label.flag)
    below = label.ghost is not None and area.top() >= label.ghost.center().y()
    top_px = area.bottom() - room.height() if below else area.top()
    words = QRectF(QPointF(area.left(), top_px), room)
    items: list[Item] = [Words(words, label.text, label.tone, label.role, label.flag)]
    if label.ghost is not None:
        x = label.ghost.center().x()
        edge = label.ghost.bottom() if below else label.ghost.top()
        end = words.top() if below else words.bottom()
        items.append(Hairline(QPointF(x, edge), QPointF(x, end), label.tone))
    return items


def _values(
    each: Named, line: Traced, differing: set[str], ground: Ground, role: TextRole
) -> list[_Label]:
    """A value at each mark; of many only the first, the highest and the last."""
    known = [placed for placed in line.placed if not placed.is_gap]
    shown = known
    if len(known) > _MOST_LABELS:
        highest = min(known, key=lambda placed: placed.area.top())
        shown = list({id(one): one for one in (known[0], highest, known[-1])}.values())
    labels = []
    for placed in shown:
        value = placed.fact.value
        if value is None:
            continue
        text = value_label(ground.speak, value, ground.unit)
        if each.style.periods:
            text = f"{text}, {ground.speak.date(placed.fact.when, short=True)}"
        flag = placed.fact.id in differing
        areas = around(_whole(placed, line), size_of(text, role, flag=flag))
        rank = 0 if placed is known[-1] else 3 if placed is known[0] else 4
        tone = each.style.tone
        labels.append(_Label(rank, text, tone, role, areas, flag))
    return labels


def _whole(placed: Placed, line: Traced) -> QRectF:
    """A mark with the arrow that belongs to it."""
    arrows = [area for area in line.taken if area.contains(placed.area.center())]
    whole = placed.area
    for area in arrows:
        if area.width() <= placed.area.width() + GAP_PX:
            whole = whole.united(area)
    return whole


def _names(each: Named, line: Traced, ground: Ground, role: TextRole, size: QSizeF) -> list[_Label]:
    if not each.name:
        return []
    tone = each.style.tone
    if each.style.stepped:
        text = _end_words(each, ground.unit, role, size, ground.speak)
        room = size_of(text, role)
        left, level = ground.axis.right_px + SMALL_PX, line.end.y() - room.height() / 2
        steps = [QRectF(QPointF(left, level + step * 5), room) for step in _nudges()]
        above = QPointF(ground.axis.right_px - room.width(), line.end.y() - room.height() - 4)
        return [_Label(1, text, tone, role, [*steps, QRectF(above, room)])]
    text = broken(each.name, role, _NAME_PX)
    room = size_of(text, role)
    areas: list[QRectF] = []
    for placed in (line.placed[0], *reversed(line.placed)):
        below = QPointF(placed.area.right() + SMALL_PX, placed.area.bottom() + GAP_PX)
        areas += [QRectF(below, room), *around(placed.area, room)[::-1]]
    return [_Label(1, text, tone, role, areas)]


def _nudges() -> list[int]:
    """Steps away from where a name would stand, the nearest first."""
    return [0, *(sign * step for step in range(1, 25) for sign in (1, -1))]


def _end_words(each: Named, unit: ScaledUnit, role: TextRole, size: QSizeF, speak: Locale) -> str:
    """What a line is called where it ends, with what it has come to."""
    value = next((f.value for f in reversed(each.line.readings) if f.value is not None), None)
    said = f"{each.name}, {value_label(speak, value, unit)}" if value else each.name
    return broken(said, role, min(_NAME_PX, size.width() * _NAME_SHARE))


def _notes(ghost: Ghost, size: QSizeF, speak: Locale) -> list[_Label]:
    """One note for all that is said otherwise of a reading, at the last of its dashed marks."""
    if not ghost.areas:
        return []
    role: TextRole = "caption_strong"
    words = differing_words(speak, ghost.others)
    text = broken(words, role, min(_NOTE_PX, size.width() * _NOTE_SHARE))
    room = size_of(text, role, flag=True)
    mark = ghost.areas[-1]
    middle = mark.center().x()
    lefts = (middle - GAP_PX, middle - room.width() / 2, middle + GAP_PX - room.width())
    areas = []
    for leader_px in _LEADERS_PX:
        high_px = leader_px + room.height()
        for top_px in (mark.bottom(), mark.top() - high_px):
            areas += [QRectF(left, top_px, room.width(), high_px) for left in lefts]
    return [_Label(2, text, "differ", role, areas, True, mark)]


def _ghost_area(other: Otherwise, fact: Fact, ground: Ground) -> QRectF | None:
    """Where a source puts a reading; None where its value is of another unit."""
    value: Quantity | None = other.value or fact.value
    when = other.when or fact.when
    if value is None or when is None:
        return None
    try:
        amount = float(in_unit(value, ground.unit).amount)
    except UnitError:
        return None
    return mark_area(*span_of(when, ground.axis), ground.values.y_of(amount))
