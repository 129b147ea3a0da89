"""The words on a chart of readings, and what is drawn where sources differ or say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.figures.chart_words import differing_words, spoken_otherwise, value_label
from desktop.figures.date_marks import DOT_PX
from desktop.figures.drawing import (
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
from desktop.figures.label_layout import GAP_PX, Wish, around, place, stacked
from desktop.figures.readings_layout import Ground, Named, Traced
from desktop.figures.readings_marks import mark_area, span_of
from desktop.model.records import PROMISED, Fact
from desktop.model.series import (
    Otherwise,
    Series,
    UnitError,
    in_unit,
)
from desktop.model.values import Quantity, ScaledUnit
from desktop.services.language import Locale, tr
from desktop.services.theme import SMALL_PX, TIGHT_PX, TextRole

NOTE_ROLE: Final[TextRole] = "caption_strong"

_NAME_PX: Final = 176.0
_LEADER_PX: Final = 10.0
_NUDGED_PX: Final = 9.0
_NAME_SHARE: Final = 0.3
_NOTES_PX: Final = (210.0, 130.0)
_NOTE_SHARE: Final = 0.45
_OTHERS: Final = 4
_LEADERS_PX: Final = (14.0, 30.0, 48.0, 68.0, 90.0, 114.0)
_MOST_LABELS: Final = 14
_UNREPORTED_DAYS: Final = 180
_UNREPORTED_PX: Final = 30.0
_BOX_LINES: Final = 3


class Silence(NamedTuple):
    """That a stage of money is no longer reported; ``words`` where the box has no room for them."""

    area: QRectF
    words: str
    drawing: Drawing


class Ghost(NamedTuple):
    """Where sources put a reading that stands elsewhere on the chart."""

    fact: Fact
    others: tuple[Otherwise, ...]
    areas: tuple[QRectF, ...]
    drawing: Drawing


class _Label(NamedTuple):
    """Words in want of a place; each place has them broken so that they fit, and its areas.

    The lower ``rank``, the earlier it chooses.
    """

    rank: int
    tone: Tone
    role: TextRole
    places: Sequence[tuple[str, Sequence[QRectF]]]
    flag: bool = False


def ghosts_of(named: Named, ground: Ground) -> list[Ghost]:
    """A dashed mark for each place where sources put a reading of this line otherwise."""
    speak = ground.speak
    found = []
    for fact in named.facts if named.others else ():
        if fact.id not in named.others:
            continue
        others = named.others[fact.id]
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


def silent_words(line: Series, last: Fact | None, speak: Locale) -> str:
    """Since when nothing is reported of money that moved; nothing where it was lately."""
    as_of, when = speak.dossier.about.as_of.last, last.when if last else None
    moved = line.stage is not None and line.stage not in PROMISED
    if not moved or line.measure.kind != "cumulative":
        return ""
    if as_of is None or when is None or when.last is None or as_of - when.last < _UNREPORTED_DAYS:
        return ""
    return tr("Not reported since {date}").format(date=speak.date(when, short=True))


def silence_of(
    traced: Traced, named: Named, ground: Ground, before: Sequence[Silence]
) -> Silence | None:
    """The box that says since when nothing is reported of money that moved.

    One that lies over the box of a line ``before`` leaves its words to the labels.
    """
    last = next((each for each in reversed(traced.placed) if not each.is_gap), None)
    says = silent_words(named.line, last.fact if last else None, ground.speak)
    if last is None or not says:
        return None
    left_px, right_px = last.area.right() + SMALL_PX, ground.axis.right_px
    if right_px - left_px < DOT_PX:
        return None
    words = broken(says, "caption", right_px - left_px - SMALL_PX)
    room = size_of(words, "caption")
    fits = room.width() <= right_px - left_px - TIGHT_PX and words.count("\n") < _BOX_LINES
    high_px = room.height() + SMALL_PX if fits else _UNREPORTED_PX
    top_px = last.area.center().y() - high_px / 2
    top_px = min(max(top_px, 0.0), ground.values.base_px - high_px - 2)
    box = QRectF(left_px, top_px, right_px - left_px, high_px)
    fits = fits and not any(box.intersects(each.area) for each in before)
    items: list[Item] = [Shape(box, "control", "dashed", 2)]
    if fits:
        corner = box.center() - QPointF(room.width(), room.height()) / 2
        items.append(Words(QRectF(corner, room), words, "muted"))
    mark = Mark(last.fact.id, box, f"{named.name}: {says}", "since")
    return Silence(box, "" if fits else says, Drawing(tuple(items), (mark,)))


def names_width(
    named: Sequence[Named], unit: ScaledUnit, role: TextRole, size: QSizeF, speak: Locale
) -> float:
    """How much room the names of lines that reach the right edge take beyond it."""
    widths = [
        size_of(_end_words(each, unit, role, size, speak), role).width()
        for each in named
        if each.reaches_end
    ]
    return max(widths) + _LEADER_PX + GAP_PX if widths else 0.0


def labels_of(
    named: Sequence[Named],
    traced: Sequence[Traced],
    ghosts: Sequence[Sequence[Ghost]],
    silences: Sequence[Silence],
    ground: Ground,
    role: TextRole,
    size: QSizeF,
) -> Drawing:
    """Names, values and differences, each where it covers nothing; what has no room is left out.

    All of it is still said at the marks and in the table.
    """
    wanted = [
        _Label(1, "muted", "caption", _near(each.area, each.words, "caption"))
        for each in silences
        if each.words
    ]
    for each, line, found in zip(named, traced, ghosts, strict=True):
        differing = {ghost.fact.id for ghost in found}
        wanted += _values(each, line, differing, ground, role)
        wanted += _names(each, line, role)
        wanted += [
            label for ghost in reversed(found) for label in _notes(ghost, size, ground.speak)
        ]
    wanted.sort(key=lambda label: label.rank)
    taken = [area for line in traced for area in line.taken]
    taken += [area for found in ghosts for ghost in found for area in ghost.areas]
    taken += [each.area for each in silences]
    items = _end_names(named, traced, ground, role, size)
    taken += [item.area for item in items if isinstance(item, Words)]
    lines = [segment for line in traced for segment in line.lines]
    left_px = ground.axis.left_px if ground.has_grid else 0.0
    bounds = QRectF(left_px, 0, size.width() - left_px, ground.values.base_px)
    wishes = (Wish([areas for _text, areas in one.places], one.rank < _OTHERS) for one in wanted)
    for label, areas in zip(wanted, place(wishes, bounds, taken, lines), strict=True):
        if areas is not None:
            text = next(text for text, own in label.places if own is areas)
            items.append(Words(areas[0], text, label.tone, label.role, label.flag))
            for leader in areas[1:]:
                foot = QPointF(leader.center().x(), leader.bottom())
                items.append(Hairline(QPointF(foot.x(), leader.top()), foot, label.tone))
    return Drawing(tuple(items))


def _end_names(
    named: Sequence[Named], traced: Sequence[Traced], ground: Ground, role: TextRole, size: QSizeF
) -> list[Item]:
    """Names beyond the right edge, each at its line or as near below or above as others allow."""
    ending = [
        (each, line.end) for each, line in zip(named, traced, strict=True) if each.reaches_end
    ]
    ending.sort(key=lambda pair: pair[1].y())
    texts = [_end_words(each, ground.unit, role, size, ground.speak) for each, _end in ending]
    rooms = [size_of(text, role) for text in texts]
    levels, heights = (
        [end.y() for _each, end in ending],
        [room.height() + TIGHT_PX for room in rooms],
    )
    items: list[Item] = []
    tops = stacked(levels, heights, ground.values.base_px)
    for (each, end), text, room, top in zip(ending, texts, rooms, tops, strict=True):
        if top < 0:
            continue
        area = QRectF(QPointF(end.x() + _LEADER_PX, top + TIGHT_PX / 2), room)
        items.append(Words(area, text, each.style.tone, role))
        level = QPointF(area.left() - 3, area.center().y())
        if abs(level.y() - end.y()) > _NUDGED_PX:
            items.append(Line((end + QPointF(2, 0), level), each.style.tone, 1.0))
    return items


def _values(
    each: Named, line: Traced, differing: set[str], ground: Ground, role: TextRole
) -> list[_Label]:
    """A value at each mark, with its period if it is a total over one.

    Of many only the first, the highest and the last.
    """
    known = [placed for placed in line.placed if not placed.is_gap and placed.fact.value]
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
        places = _near(placed.whole, text, role, flag=flag)
        rank = 0 if placed is known[-1] else 1 if placed is known[0] else _OTHERS
        labels.append(_Label(rank, each.style.tone, role, places, flag))
    return labels


def _names(each: Named, line: Traced, role: TextRole) -> list[_Label]:
    """The name of a line that ends within the chart, below its marks if it can be."""
    if each.alone or each.reaches_end:
        return []
    text = broken(each.name, role, _NAME_PX)
    room = size_of(text, role)
    places: list[tuple[str, Sequence[QRectF]]] = []
    for placed in (line.placed[0], *reversed(line.placed)):
        below = QPointF(placed.area.right() + SMALL_PX, placed.area.bottom() + GAP_PX)
        places += [(text, (QRectF(below, room),)), *_near(placed.area, text, role)[::-1]]
        # Beside a figure that is open below there is room along its arrow, and beyond that.
        aside = QPointF(placed.whole.left() - GAP_PX - room.width(), placed.area.top())
        places += [(text, (QRectF(aside, room),)), *_near(placed.whole, text, role)[::-1]]
    return [_Label(1, each.style.tone, role, places)]


def _near(
    mark: QRectF, text: str, role: TextRole, *, flag: bool = False
) -> list[tuple[str, Sequence[QRectF]]]:
    """Places close to a mark, without a leader."""
    return [(text, (area,)) for area in around(mark, size_of(text, role, flag=flag))]


def _end_words(each: Named, unit: ScaledUnit, role: TextRole, size: QSizeF, speak: Locale) -> str:
    """What a line is called where it ends, with what it has come to."""
    value = next((f.value for f in reversed(each.line.readings) if f.value is not None), None)
    said = f"{each.name}, {value_label(speak, value, unit)}" if value else each.name
    return broken(said, role, min(_NAME_PX, size.width() * _NAME_SHARE))


def _notes(ghost: Ghost, size: QSizeF, speak: Locale) -> list[_Label]:
    """One note for all that is said otherwise of a reading, at the last of its dashed marks."""
    if not ghost.areas:
        return []
    words, role = differing_words(speak, ghost.others), NOTE_ROLE
    last = ghost.areas[-1]
    mark = QRectF(last.left(), last.center().y() - DOT_PX / 2, last.width(), DOT_PX)
    middle, below = mark.center().x(), mark.bottom() + 1
    places: list[tuple[str, Sequence[QRectF]]] = []
    for leader_px, width_px in product(_LEADERS_PX, _NOTES_PX):
        text = wrapped(words, role, min(width_px, size.width() * _NOTE_SHARE))
        room = size_of(text, role, flag=True)
        above = mark.top() - 1 - leader_px
        lefts = (middle - GAP_PX, middle - room.width() / 2, middle + GAP_PX - room.width())
        for end, top in ((below, below + leader_px), (above, above - room.height())):
            leader = QRectF(middle - 1, end, 2, leader_px)
            places += [(text, (QRectF(QPointF(left, top), room), leader)) for left in lefts]
        # Beside its leader, as beside a rule, it may find room that it has not below one.
        beside = QRectF(QPointF(middle + SMALL_PX, below + leader_px), room)
        places.append((text, (beside, QRectF(middle - 1, below, 2, leader_px + 2 * GAP_PX))))
    return [_Label(2, "differ", role, places, True)]


def _ghost_area(other: Otherwise, fact: Fact, ground: Ground) -> QRectF | None:
    """Where a source puts a reading; None where its value is of another unit."""
    value: Quantity | None = other.value or fact.value
    when = other.when or fact.when
    if value is None or when is None:
        return None
    try:
        told = in_unit(value, ground.unit)
    except UnitError:
        return None
    area = mark_area(*span_of(when, ground.axis), ground.values.y_of(float(told.amount)))
    if told.to is not None:
        area.setTop(ground.values.y_of(float(told.to)))
    return area
