"""What sources say of one fact: both sides of a difference, or the sentences it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QPointF, QRectF

from desktop.figures.drawing import Drawing, Hairline, Item, Tone, metrics_of, wrapped
from desktop.figures.figure import Mark
from desktop.figures.slide_frame import (
    COLUMN_SHARE,
    GAP_PX,
    WIDE_GAP_PX,
    Block,
    Room,
    SlidePlan,
    more_words,
    nothing,
    spoken_fact,
    words_at,
)
from desktop.figures.slide_numbers import figure_block, figures, number_role
from desktop.model.records import Citation, Fact
from desktop.model.states import is_shown, says_otherwise
from desktop.services.citation_words import says_words
from desktop.services.language import Locale, tr
from desktop.services.theme import TextRole


def two_sources(facts: Sequence[Fact], area: QRectF, room: Room) -> SlidePlan:
    """Both sides of a difference, and how it is settled."""
    if not facts:
        return nothing(area)
    fact, speak = facts[0], room.speak
    ours, theirs = _sides(fact, speak)
    if not theirs:
        return figures(facts, area, room) | SlidePlan(faults=("no-difference",))
    width_px = (area.width() - 2 * WIDE_GAP_PX) / 2
    left = _side([ours], width_px, speak, quoted=True)
    settled = _settled(fact, width_px, speak)
    settled_px = left.height_px + WIDE_GAP_PX
    for quoted in (True, False):
        right = _side(theirs, width_px, speak, quoted=quoted)
        if right.height_px <= area.height():
            break
    high_px = max(settled_px + settled.height_px, right.height_px)
    middle_px = area.left() + width_px + WIDE_GAP_PX
    line = Hairline(
        QPointF(middle_px, area.top()), QPointF(middle_px, area.top() + min(high_px, area.height()))
    )
    drawn = (
        Drawing((line,))
        | left.drawing.moved(area.left(), area.top())
        | settled.drawing.moved(area.left(), area.top() + settled_px)
        | right.drawing.moved(middle_px + WIDE_GAP_PX, area.top())
    )
    return SlidePlan(drawn, faults=("overfull",) if high_px > area.height() else ())


def quotations(facts: Sequence[Fact], area: QRectF, room: Room) -> SlidePlan:
    """A fact's figure at the left, at the right the sentences it rests on and who printed them."""
    if not facts:
        return nothing(area)
    fact, speak = facts[0], room.speak
    left_px = area.width() * COLUMN_SHARE if fact.value is not None or fact.when else 0.0
    drawn = Drawing()
    if left_px:
        role = number_role([fact], left_px, speak)
        bare = msgspec.structs.replace(fact, statement=None, measure=None)
        drawn |= figure_block(bare, role, left_px, speak).drawing.moved(area.left(), area.top())
        left_px += WIDE_GAP_PX
    width_px, top_px = area.width() - left_px, area.top()
    for place, citation in enumerate(fact.citations):
        block = _quoted(citation, width_px, speak)
        line_px = metrics_of("slide_caption").lineSpacing()
        more = place + 1 < len(fact.citations)
        if place and top_px + block.height_px + (line_px if more else 0) > area.bottom():
            rest = area.translated(left_px, 0)
            return SlidePlan(drawn | more_words(len(fact.citations) - place, rest, top_px))
        drawn |= block.drawing.moved(area.left() + left_px, top_px)
        top_px += block.height_px + GAP_PX
    return SlidePlan(drawn)


def _quoted(citation: Citation, width_px: float, speak: Locale) -> Block:
    """One source's sentence, or where in it the figure stands, and the source by name and title."""
    words = f"“{citation.quote.strip()}”" if citation.quote else citation.locator or ""
    quote = words_at(wrapped(words, "slide_body", width_px), "slide_body", 0, 0)
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    said = says_words(speak, citation.says) if citation.says else ""
    lines = [name, source.title if source else "", tr("Says: {words}").format(words=said)]
    items: list[Item] = [quote]
    bottom_px = quote.area.bottom() + 4
    for place, line in enumerate(lines[: 3 if said else 2]):
        tone: Tone = "differ" if place == 2 else "muted"
        text = wrapped(line, "slide_caption", width_px)
        placed = words_at(text, "slide_caption", 0, bottom_px, tone)
        items.append(placed)
        bottom_px = placed.area.bottom()
    return Block(Drawing(tuple(items)), bottom_px)


class _Said(NamedTuple):
    """What some sources say of a fact, and in whose words."""

    fact: Fact
    words: str
    citations: tuple[Citation, ...]


def _stands(fact: Fact, speak: Locale) -> str:
    """A fact's value and date, or what it states."""
    value = speak.quantity(fact.value) if fact.value else ""
    said = "; ".join(each for each in (value, speak.date(fact.when)) if each)
    return said or speak.statement(fact)


def _sides(fact: Fact, speak: Locale) -> tuple[_Said, list[_Said]]:
    """What stands, and what is said otherwise: each once, with all who say so."""
    dossier = speak.dossier
    agreeing = tuple(each for each in fact.citations if not says_otherwise(fact, each))
    others: dict[str, list[Citation]] = {}
    for citation in fact.citations:
        if citation.says is not None and says_otherwise(fact, citation):
            others.setdefault(says_words(speak, citation.says), []).append(citation)
    theirs = [_Said(fact, words, tuple(cited)) for words, cited in others.items()]
    for fact_id in fact.contradicted_by:
        against = dossier.facts.get(fact_id)
        if against is not None and is_shown(dossier, against, speak.audience):
            theirs.append(_Said(against, _stands(against, speak), against.citations))
    return _Said(fact, _stands(fact, speak), agreeing), theirs


def _side(sides: Sequence[_Said], width_px: float, speak: Locale, *, quoted: bool) -> Block:
    """What one side says, its quotation and its sources; several below one another."""
    head_role: TextRole = "slide_title" if len(sides) == 1 else "slide_strong"
    quote_role: TextRole = "slide_body" if len(sides) == 1 else "slide_caption"
    drawn, top_px = Drawing(), 0.0
    for side in sides:
        words = side.words[:1].upper() + side.words[1:]
        head = words_at(_parted(words, head_role, width_px), head_role, 0, top_px)
        items: list[Item] = [head]
        top_px = head.area.bottom() + 8
        printed = next((each.quote for each in side.citations if each.quote), "")
        if printed and quoted:
            lines = wrapped(f"“{printed.strip()}”", quote_role, width_px)
            quote = words_at(lines, quote_role, 0, top_px)
            items.append(quote)
            top_px = quote.area.bottom() + 8
        names = [
            speak.source(source) if source else citation.source
            for citation in side.citations
            for source in [speak.dossier.sources.get(citation.source)]
        ]
        line = words_at(
            wrapped("; ".join(dict.fromkeys(names)), "slide_caption", width_px),
            "slide_caption",
            0,
            top_px,
            "muted",
        )
        items.append(line)
        top_px = line.area.bottom() + GAP_PX
        spoken = f"{side.words}. {spoken_fact(speak, side.fact)}"
        drawn |= Drawing(tuple(items), (Mark(side.fact.id, head.area, spoken, side.words),))
    return Block(drawn, top_px - GAP_PX)


def _parted(words: str, role: TextRole, width_px: float) -> str:
    """A value and its date on one line, or else each on lines of its own."""
    if metrics_of(role).horizontalAdvance(words) <= width_px:
        return words
    parts = words.replace("; ", ";\n").split("\n")
    return "\n".join(wrapped(part, role, width_px) for part in parts)


def _settled(fact: Fact, width_px: float, speak: Locale) -> Block:
    """How a difference is settled, or that it is open."""
    if fact.reading is None:
        words = words_at(tr("Not settled."), "slide_strong", 0, 0, "differ", flag=True)
        return Block(Drawing((words,)), words.area.bottom())
    say = wrapped(speak.text(fact.reading.say), "slide_strong", width_px)
    first = words_at(say, "slide_strong", 0, 0)
    items: list[Item] = [first]
    bottom_px = first.area.bottom()
    why = speak.text(fact.reading.why)
    if why:
        second = words_at(
            wrapped(why, "slide_caption", width_px), "slide_caption", 0, bottom_px + 8, "muted"
        )
        items.append(second)
        bottom_px = second.area.bottom()
    return Block(Drawing(tuple(items)), bottom_px)
