"""Facts and sources of a slide one below the other: a ledger, a line of time, a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt

from desktop.figures.drawing import Drawing, Hairline, metrics_of, size_of, wrapped
from desktop.figures.event_lane import EventLane
from desktop.figures.figure import Mark
from desktop.figures.slide_charts import CHART_SCALE
from desktop.figures.slide_frame import (
    GAP_PX,
    WIDE_GAP_PX,
    Block,
    Room,
    SlidePlan,
    inset,
    more_words,
    nothing,
    spoken_fact,
    state_mark,
    words_at,
)
from desktop.model.records import Fact, Slide, Source
from desktop.model.series import series_of
from desktop.model.slides import named_facts
from desktop.services.language import NBSP, Locale, tr
from desktop.services.theme import TextRole

_ROW_PX: Final = 18.0
_SOURCE_GAP_PX: Final = 8.0
_WHEN_SHARE: Final = 0.17
_MOST_SHARE: Final = 0.23
"""Of the width of a row, what its date takes at least, and date and amount at most."""


class _Columns(NamedTuple):
    """How wide dates and amounts stand in all rows of one ledger, in px, and in what type."""

    width_px: float
    when_px: float
    value_px: float
    role: TextRole

    @property
    def strong(self) -> TextRole:
        return "slide_strong" if self.role == "slide_body" else "slide_caption_strong"


def listed(slide: Slide, speak: Locale) -> list[Fact]:
    """The rows of a ledger or a line of time: readings first, the newest above; then facts.

    On a line of time everything stands in time.
    """
    facts = named_facts(speak.dossier, slide, speak.audience)
    if slide.layout == "timeline":
        return sorted(facts, key=lambda fact: fact.when.sort_key if fact.when else (0, 0))
    known = [*_readings_of(slide, speak), *facts]
    return list({fact.id: fact for fact in known}.values())


def _readings_of(slide: Slide, speak: Locale) -> list[Fact]:
    lines = series_of(speak.dossier, slide.measures, speak.audience)
    found = {fact.id: fact for line in lines for fact in line.readings}
    return sorted(
        found.values(), key=lambda fact: fact.when.sort_key if fact.when else (0, 0), reverse=True
    )


def rows(facts: Sequence[Fact], area: QRectF, room: Room) -> SlidePlan:
    """Facts as a ledger: when, what, and how much."""
    if not facts:
        return nothing(area)
    for role in ("slide_body", "slide_caption"):
        columns = _columns(facts, area.width(), role, room.speak)
        blocks = [_row(fact, columns, room.speak) for fact in facts]
        if sum(block.height_px for block in blocks) <= area.height():
            break
    drawn, top_px = Drawing(), area.top()
    all_fit = sum(block.height_px for block in blocks) <= area.height()
    bottom_px = area.bottom() - (0 if all_fit else metrics_of("slide_caption").lineSpacing())
    for place, block in enumerate(blocks):
        if top_px + block.height_px > bottom_px:
            drawn |= more_words(len(blocks) - place, area, top_px)
            return SlidePlan(drawn, faults=("overfull",))
        drawn |= block.drawing.moved(area.left(), top_px)
        top_px += block.height_px
    return SlidePlan(drawn)


def timeline(facts: Sequence[Fact], lane: EventLane, area: QRectF, room: Room) -> SlidePlan:
    """Dated facts along a line, and under it what they were."""
    if not facts:
        return nothing(area)
    dossier = room.speak.dossier
    scale = CHART_SCALE
    high_px = lane.height_for(area.width() / scale, dossier) * scale
    above = QRectF(area.left(), area.top(), area.width(), min(high_px, area.height() * 0.5))
    below = QRectF(area)
    below.setTop(above.bottom() + GAP_PX)
    return inset(lane, above, scale) | rows(facts, below, room)


def source_list(sources: Sequence[Source], area: QRectF, room: Room) -> SlidePlan:
    """All sources in two columns: by name and title if they have room, else by publisher.

    Those that have room in neither way are counted.
    """
    if not sources:
        return nothing(area)
    width_px = (area.width() - WIDE_GAP_PX) / 2
    speak = room.speak
    blocks = [_titled(source, width_px, speak) for source in sources]
    drawn, left = _in_columns(blocks, area, width_px)
    for role in ("slide_caption", "slide_source"):
        if left:
            blocks = _by_publisher(sources, role, width_px, speak)
            drawn, left = _in_columns(blocks, area, width_px)
    if not left:
        return SlidePlan(drawn)
    less = QRectF(area)
    less.setBottom(area.bottom() - metrics_of("slide_caption").lineSpacing())
    drawn, left = _in_columns(blocks, less, width_px)
    return SlidePlan(drawn | more_words(left, area, less.bottom()))


def _in_columns(blocks: Sequence[Block], area: QRectF, width_px: float) -> tuple[Drawing, int]:
    """Two columns, the first no longer than half, and how many have no room in them."""
    drawn, top_px, left_px = Drawing(), area.top(), area.left()
    half_px = sum(block.height_px + _SOURCE_GAP_PX for block in blocks) / 2
    for place, block in enumerate(blocks):
        is_first = left_px == area.left()
        is_half = is_first and top_px >= area.top() + half_px
        if is_half or top_px + block.height_px > area.bottom():
            if not is_first:
                return drawn, len(blocks) - place
            top_px, left_px = area.top(), area.left() + width_px + WIDE_GAP_PX
        drawn |= block.drawing.moved(left_px, top_px)
        top_px += block.height_px + _SOURCE_GAP_PX
    return drawn, 0


def _titled(source: Source, width_px: float, speak: Locale) -> Block:
    name = wrapped(speak.source(source), "slide_caption_strong", width_px)
    first = words_at(name, "slide_caption_strong", 0, 0)
    title = wrapped(source.title, "slide_caption", width_px)
    second = words_at(title, "slide_caption", 0, first.area.bottom(), "muted")
    return Block(Drawing((first, second)), second.area.bottom())


def _by_publisher(
    sources: Sequence[Source], role: TextRole, width_px: float, speak: Locale
) -> list[Block]:
    """Each publisher once, with the dates of what it printed."""
    printed: dict[str, list[str]] = {}
    for source in sources:
        dates = printed.setdefault(source.publisher, [])
        if source.published:
            dates.append(speak.date(source.published, short=True).replace(" ", NBSP))
    blocks = []
    for publisher, dates in printed.items():
        words = ", ".join([publisher, *dict.fromkeys(dates)])
        lines = wrapped(words, role, width_px).replace(NBSP, " ")
        said = words_at(lines, role, 0, 0)
        blocks.append(Block(Drawing((said,)), said.area.bottom()))
    return blocks


def _columns(facts: Sequence[Fact], width_px: float, role: TextRole, speak: Locale) -> _Columns:
    """Dates and amounts take what the widest of them needs; the words have the rest."""
    most_px = width_px * _MOST_SHARE
    columns = _Columns(width_px, width_px * _WHEN_SHARE, most_px, role)
    amounts = (_amount(fact, columns.strong, most_px, speak) for fact in facts)
    dates = (_date(fact, role, most_px, speak) for fact in facts)
    value_px = max(size_of(each, columns.strong).width() for each in amounts)
    when_px = max(size_of(each, role).width() for each in dates)
    return columns._replace(when_px=max(columns.when_px, when_px), value_px=value_px)


def _date(fact: Fact, role: TextRole, width_px: float, speak: Locale) -> str:
    return wrapped(speak.date(fact.when, short=True) or tr("undated"), role, width_px)


def _amount(fact: Fact, role: TextRole, width_px: float, speak: Locale) -> str:
    """How much, broken between number and unit alone if one line has no room for both."""
    if fact.value is None:
        return ""
    said, unit = speak.quantity(fact.value), speak.figure(fact.value).unit
    number = said.removesuffix(unit).rstrip()
    if not unit or not unit[0].isalpha():
        return said
    parts = (number.replace(" ", NBSP), unit.replace(" ", NBSP))
    return wrapped(" ".join(parts), role, width_px).replace(NBSP, " ")


def _row(fact: Fact, columns: _Columns, speak: Locale) -> Block:
    width_px, role, strong = columns.width_px, columns.role, columns.strong
    when = words_at(_date(fact, role, columns.when_px, speak), role, 0, 0, "muted")
    amount = _amount(fact, strong, columns.value_px, speak)
    value = words_at(amount, strong, 0, 0)
    value = value._replace(
        area=value.area.translated(width_px - value.area.width(), 0),
        align=Qt.AlignmentFlag.AlignRight,
    )
    room_px = width_px - columns.when_px - GAP_PX
    room_px -= columns.value_px + WIDE_GAP_PX if amount else 0
    stated = wrapped(speak.statement(fact).rstrip("."), role, room_px)
    said = words_at(stated, role, columns.when_px + GAP_PX, 0)
    shown = [when, said, *([value] if amount else [])]
    mark = state_mark(fact, speak.dossier)
    if mark is not None:
        at = said.area.bottomLeft()
        shown.append(words_at(mark[0], "slide_caption_strong", at.x(), at.y(), mark[1], True))
    bottom_px = max(each.area.bottom() for each in shown) + _ROW_PX / 2
    line = Hairline(QPointF(0, bottom_px), QPointF(width_px, bottom_px))
    pointed = Mark(fact.id, value.area if amount else said.area, spoken_fact(speak, fact))
    moved = Drawing((*shown, line), (pointed,)).moved(0, _ROW_PX / 2)
    return Block(moved, bottom_px + _ROW_PX / 2)
