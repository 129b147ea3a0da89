"""Numbers set large on a slide, each with what it is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF

from desktop.figures.drawing import Drawing, Item, Words, metrics_of, wrapped
from desktop.figures.figure import Mark
from desktop.figures.slide_frame import (
    GAP_PX,
    WIDE_GAP_PX,
    Block,
    Room,
    SlidePlan,
    nothing,
    spoken_fact,
    state_mark,
    words_at,
)
from desktop.model.records import Fact
from desktop.model.values import Quantity
from desktop.services.language import NARROW_NBSP, Locale
from desktop.services.theme import TextRole

MOST_FIGURES: Final = 3

_HERO_ROLES: Final[tuple[TextRole, ...]] = ("slide_hero", "slide_number", "slide_title")
_UNIT_GAP_PX: Final = 16.0
_SHORT_UNIT: Final = 12
"""A unit of more letters ("sets of remains") may stand below its number."""


def figures(facts: Sequence[Fact], area: QRectF, room: Room) -> SlidePlan:
    """Up to three figures side by side, each with what it is."""
    shown = facts[:MOST_FIGURES]
    if not shown:
        return nothing(area)
    gaps_px = WIDE_GAP_PX * (len(shown) - 1)
    width_px = (area.width() - gaps_px) / len(shown)
    role = number_role(shown, width_px, room.speak)
    is_beside = _units_fit(shown, role, width_px, room.speak)
    blocks = [figure_block(fact, role, width_px, room.speak, is_beside) for fact in shown]
    high_px = max(block.height_px for block in blocks)
    top_px = area.top() + max((area.height() - high_px) * 0.38, 0.0)
    drawn = Drawing()
    for place, block in enumerate(blocks):
        left_px = area.left() + place * (width_px + WIDE_GAP_PX)
        drawn |= block.drawing.moved(left_px, top_px)
    too_many = len(facts) > MOST_FIGURES or high_px > area.height()
    return SlidePlan(drawn, faults=("overfull",) if too_many else ())


def number_role(facts: Sequence[Fact], width_px: float, speak: Locale) -> TextRole:
    """The largest type in which every number stands on one line with its unit, if any does."""
    large = [_large(fact.value, speak) for fact in facts if fact.value is not None]
    beside = metrics_of("slide_body")
    for role in _HERO_ROLES:
        widths = (
            metrics_of(role).horizontalAdvance(number)
            + (_UNIT_GAP_PX + beside.horizontalAdvance(unit) if len(unit) <= _SHORT_UNIT else 0)
            for number, unit in large
        )
        if max(widths, default=0.0) <= width_px:
            return role
    return _HERO_ROLES[-1]


def _large(value: Quantity, speak: Locale) -> tuple[str, str]:
    """A number as it is set large, with a sign that belongs to it, and its unit in words."""
    number, unit = speak.figure(value)
    is_sign = len(unit) == 1 and not unit.isalpha()
    return (f"{number}{NARROW_NBSP}{unit}", "") if is_sign else (number, unit)


def _units_fit(facts: Sequence[Fact], role: TextRole, width_px: float, speak: Locale) -> bool:
    """Whether every unit has room beside its number; else all stand below theirs, in line."""
    for fact in facts:
        number, unit = _large(fact.value, speak) if fact.value is not None else ("", "")
        unit_px = metrics_of("slide_body").horizontalAdvance(unit)
        number_px = metrics_of(role).horizontalAdvance(number)
        if unit and number_px + 1 + _UNIT_GAP_PX + unit_px > width_px:
            return False
    return True


def figure_block(
    fact: Fact, role: TextRole, width_px: float, speak: Locale, is_beside: bool | None = None
) -> Block:
    """A number set large, what it is of, when, and its mark.

    ``is_beside`` says where the unit stands; left out, it is found for this number alone.
    """
    if is_beside is None:
        is_beside = _units_fit([fact], role, width_px, speak)
    items: list[Item] = []
    marks: list[Mark] = []
    top_px = 0.0
    if fact.value is not None:
        number, unit = _large(fact.value, speak)
        large = words_at(wrapped(number, role, width_px), role, 0, 0)
        items.append(large)
        marks.append(Mark(fact.id, large.area, spoken_fact(speak, fact)))
        top_px = large.area.bottom()
        if unit and is_beside:
            base_px = metrics_of(role).ascent() - metrics_of("slide_body").ascent()
            beside_px = large.area.width() + _UNIT_GAP_PX
            items.append(words_at(unit, "slide_body", beside_px, base_px, "muted"))
        elif unit:
            lines = wrapped(unit, "slide_body", width_px)
            below = words_at(lines, "slide_body", 0, top_px, "muted")
            items.append(below)
            top_px = below.area.bottom()
        elif not is_beside:
            # Room as for the units of the others, so that what is said of all begins in line.
            top_px += metrics_of("slide_body").lineSpacing()
        top_px += GAP_PX / 2
    stated: TextRole = "slide_body" if fact.value is not None else "slide_title"
    said = wrapped(speak.statement(fact).rstrip("."), stated, width_px)
    words = words_at(said, stated, 0, top_px, "ink")
    if said:
        items.append(words)
        top_px = words.area.bottom() + 8
    if said and not marks:
        marks.append(Mark(fact.id, words.area, spoken_fact(speak, fact)))
    for line in _below(fact, speak):
        placed = line._replace(area=line.area.translated(0, top_px))
        items.append(placed)
        top_px = placed.area.bottom() + 4
    return Block(Drawing(tuple(items), tuple(marks)), top_px)


def _below(fact: Fact, speak: Locale) -> list[Words]:
    """When it was, and its mark."""
    lines = []
    when = speak.date(fact.when)
    if when:
        lines.append(words_at(when, "slide_caption", 0, 0, "muted"))
    mark = state_mark(fact, speak.dossier)
    if mark is not None:
        lines.append(words_at(mark[0], "slide_caption_strong", 0, 0, mark[1], flag=True))
    return lines
