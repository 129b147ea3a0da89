"""What stands between the title and the foot of a slide: one body for each layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt

from desktop.figures.brief_chart import BriefChart
from desktop.figures.drawing import (
    Drawing,
    Hairline,
    Item,
    Tone,
    Words,
    broken,
    metrics_of,
    size_of,
)
from desktop.figures.event_lane import EventLane
from desktop.figures.figure import Mark
from desktop.figures.readings_chart import ReadingsChart
from desktop.figures.remains_ledger import RemainsLedger
from desktop.figures.slide_frame import (
    GAP_PX,
    WIDE_GAP_PX,
    Fault,
    Room,
    SlidePlan,
    inset,
    spoken_fact,
)
from desktop.figures.stage_bars import StageBars
from desktop.model.dossier import Dossier
from desktop.model.records import Citation, Fact, Measure, MeasureId, Slide, Source
from desktop.model.series import series_of
from desktop.model.slides import named_facts
from desktop.model.states import is_shown, says_otherwise, states_of
from desktop.services.citation_words import says_words
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import TextRole

CHART_SCALE: Final = 28 / 13
"""How much larger than at the desk a chart stands on a slide: its captions are 28 px high."""
LEAST_SCALE: Final = 22 / 12
"""Below this its smallest letters would be too small for the room."""

MOST_FIGURES: Final = 3
REMAINS_UNIT: Final = "sets"
"""The unit in which remains are handed over."""

_HERO_ROLES: Final[tuple[TextRole, ...]] = ("slide_hero", "slide_number", "slide_title")
_UNIT_GAP_PX: Final = 16.0
_SHORT_UNIT: Final = 12
"""A unit of more letters ("sets of remains") may stand below its number."""
_COLUMN_SHARE: Final = 0.3
_ROW_PX: Final = 18.0


class _Block(NamedTuple):
    """Something laid out at (0, 0), and how high it is."""

    drawing: Drawing
    height_px: float


def chart_for(slide: Slide, dossier: Dossier, speak: Locale) -> BriefChart | None:
    """The chart of a slide's measures: stages side by side, or readings over time."""
    known = [dossier.measures[each] for each in slide.measures if each in dossier.measures]
    if not known:
        return None
    if are_remains(slide, dossier):
        chart: BriefChart = RemainsLedger()
    elif _are_stages(known):
        chart = StageBars()
    else:
        chart = ReadingsChart()
    chart.foot = "bare"
    chart.show_measures([MeasureId(each.id) for each in known], speak.audience)
    return chart


def are_remains(slide: Slide, dossier: Dossier) -> bool:
    """Whether a ledger is of remains that were handed over, which has a form of its own."""
    known = [dossier.measures[each] for each in slide.measures if each in dossier.measures]
    return bool(known) and all(measure.unit.unit == REMAINS_UNIT for measure in known)


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


def figures(facts: Sequence[Fact], area: QRectF, room: Room) -> SlidePlan:
    """Up to three figures side by side, each with what it is."""
    shown = facts[:MOST_FIGURES]
    if not shown:
        return nothing(area)
    gaps_px = WIDE_GAP_PX * (len(shown) - 1)
    width_px = (area.width() - gaps_px) / len(shown)
    role = _number_role(shown, width_px, room.speak)
    blocks = [_figure(fact, role, width_px, room.speak) for fact in shown]
    high_px = max(block.height_px for block in blocks)
    top_px = area.top() + max((area.height() - high_px) * 0.38, 0.0)
    drawn = Drawing()
    for place, block in enumerate(blocks):
        left_px = area.left() + place * (width_px + WIDE_GAP_PX)
        drawn |= block.drawing.moved(left_px, top_px)
    too_many = len(facts) > MOST_FIGURES or high_px > area.height()
    return SlidePlan(drawn, faults=("overfull",) if too_many else ())


def chart(drawn: BriefChart | None, area: QRectF, dossier: Dossier) -> SlidePlan:
    """One chart as large as the slide allows, never with letters too small to read."""
    if drawn is None:
        return nothing(area)
    scale = CHART_SCALE
    high_px = drawn.height_for(area.width() / scale, dossier) * scale
    while high_px > area.height() and scale > 1.0:
        scale *= 0.97
        high_px = drawn.height_for(area.width() / scale, dossier) * scale
    fits = isinstance(drawn, ReadingsChart) or high_px <= area.height()
    grows = not isinstance(drawn, RemainsLedger)
    height_px = area.height() if grows and fits else min(high_px, area.height())
    if isinstance(drawn, StageBars):
        height_px = min(height_px, high_px * 1.35)
    if isinstance(drawn, ReadingsChart):
        scale = max(scale, LEAST_SCALE)
    where = QRectF(area.left(), area.top(), area.width(), height_px)
    plan = inset(drawn, where, scale)
    return plan._replace(faults=("too-small",)) if scale < LEAST_SCALE else plan


def figure_and_chart(
    facts: Sequence[Fact], drawn: BriefChart | None, area: QRectF, room: Room
) -> SlidePlan:
    """A chart at the left, the one figure of it at the right."""
    beside_px = area.width() * _COLUMN_SHARE
    left = QRectF(area.topLeft(), area.bottomRight())
    left.setWidth(area.width() - beside_px - WIDE_GAP_PX)
    right = QRectF(area)
    right.setLeft(area.right() - beside_px)
    beside = figures(facts[:1], right, room)
    faults: tuple[Fault, ...] = ("overfull",) if len(facts) > 1 else ()
    return chart(drawn, left, room.speak.dossier) | beside | SlidePlan(faults=faults)


def rows(facts: Sequence[Fact], area: QRectF, room: Room) -> SlidePlan:
    """Facts as a ledger: when, what, and how much."""
    if not facts:
        return nothing(area)
    for role in ("slide_body", "slide_caption"):
        blocks = [_row(fact, area.width(), role, room.speak) for fact in facts]
        if sum(block.height_px for block in blocks) <= area.height():
            break
    drawn, top_px = Drawing(), area.top()
    all_fit = sum(block.height_px for block in blocks) <= area.height()
    bottom_px = area.bottom() - (0 if all_fit else metrics_of("slide_caption").lineSpacing())
    for place, block in enumerate(blocks):
        if top_px + block.height_px > bottom_px:
            drawn |= _more(len(blocks) - place, area, top_px)
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
    left_px = area.width() * _COLUMN_SHARE if fact.value is not None or fact.when else 0.0
    drawn = Drawing()
    if left_px:
        role = _number_role([fact], left_px, speak)
        bare = msgspec.structs.replace(fact, statement=None, measure=None)
        drawn |= _figure(bare, role, left_px, speak).drawing.moved(area.left(), area.top())
        left_px += WIDE_GAP_PX
    width_px, top_px = area.width() - left_px, area.top()
    for place, citation in enumerate(fact.citations):
        block = _quoted(citation, width_px, speak)
        line_px = metrics_of("slide_caption").lineSpacing()
        more = place + 1 < len(fact.citations)
        if place and top_px + block.height_px + (line_px if more else 0) > area.bottom():
            rest = area.translated(left_px, 0)
            return SlidePlan(drawn | _more(len(fact.citations) - place, rest, top_px))
        drawn |= block.drawing.moved(area.left() + left_px, top_px)
        top_px += block.height_px + GAP_PX
    return SlidePlan(drawn)


def _quoted(citation: Citation, width_px: float, speak: Locale) -> _Block:
    """One source's sentence, or where in it the figure stands, and the source by name and title."""
    words = f"“{citation.quote.strip()}”" if citation.quote else citation.locator or ""
    quote = _at(broken(words, "slide_body", width_px), "slide_body", 0, 0)
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    said = says_words(speak, citation.says) if citation.says else ""
    lines = [name, source.title if source else "", tr("Says: {words}").format(words=said)]
    items: list[Item] = [quote]
    bottom_px = quote.area.bottom() + 4
    for place, line in enumerate(lines[: 3 if said else 2]):
        tone: Tone = "differ" if place == 2 else "muted"
        text = broken(line, "slide_caption", width_px)
        placed = _at(text, "slide_caption", 0, bottom_px, tone)
        items.append(placed)
        bottom_px = placed.area.bottom()
    return _Block(Drawing(tuple(items)), bottom_px)


def source_list(sources: Sequence[Source], area: QRectF, room: Room) -> SlidePlan:
    """Sources by publisher and title, in two columns, as many as have room."""
    if not sources:
        return nothing(area)
    width_px = (area.width() - WIDE_GAP_PX) / 2
    metrics = metrics_of("slide_caption")
    high_px = 2 * metrics.lineSpacing() + GAP_PX / 2
    per_column = max(int((area.height() - metrics.lineSpacing()) // high_px), 1)
    drawn = Drawing()
    for place, source in enumerate(sources[: 2 * per_column]):
        column, row = divmod(place, per_column)
        left_px = area.left() + column * (width_px + WIDE_GAP_PX)
        top_px = area.top() + row * high_px
        name, title = (
            metrics.elidedText(words, Qt.TextElideMode.ElideRight, width_px)
            for words in (room.speak.source(source), source.title)
        )
        first = _at(name, "slide_caption_strong", left_px, top_px)
        second = _at(title, "slide_caption", left_px, first.area.bottom(), "muted")
        drawn |= Drawing((first, second))
    if len(sources) > 2 * per_column:
        drawn |= _more(len(sources) - 2 * per_column, area, area.bottom() - metrics.lineSpacing())
    return SlidePlan(drawn)


def nothing(area: QRectF) -> SlidePlan:
    """That there is nothing to show, said on the slide and told to who prepares it."""
    words = tr("Nothing to show here yet.")
    said = _at(words, "slide_body", area.left(), area.top(), "muted")
    return SlidePlan(Drawing((said,)), faults=("nothing-to-show",))


def state_mark(fact: Fact, dossier: Dossier) -> tuple[str, Tone] | None:
    """The neutral mark of a fact that the audience should know of, to stand behind its flag."""
    states = states_of(dossier, fact)
    if "sources-differ" in states:
        return state_words("sources-differ"), "differ"
    if "stale" in states:
        return tr("May be out of date"), "stale"
    return None


def _are_stages(measures: Sequence[Measure]) -> bool:
    """Whether measures are stages of one sum of money rather than lines through time."""
    staged = sum(measure.stage is not None for measure in measures)
    same_unit = len({measure.unit.unit for measure in measures}) == 1
    return len(measures) > 1 and staged > 0 and same_unit


def _number_role(facts: Sequence[Fact], width_px: float, speak: Locale) -> TextRole:
    """The largest type in which every number stands on one line with its unit, if any does."""
    figures = [speak.figure(fact.value) for fact in facts if fact.value is not None]
    beside = metrics_of("slide_body")
    for role in _HERO_ROLES:
        widths = (
            metrics_of(role).horizontalAdvance(number)
            + (_UNIT_GAP_PX + beside.horizontalAdvance(unit) if len(unit) <= _SHORT_UNIT else 0)
            for number, unit in figures
        )
        if max(widths, default=0.0) <= width_px:
            return role
    return _HERO_ROLES[-1]


def _figure(fact: Fact, role: TextRole, width_px: float, speak: Locale) -> _Block:
    """A number set large, what it is of, when, and its mark."""
    items: list[Item] = []
    marks: list[Mark] = []
    top_px = 0.0
    if fact.value is not None:
        number, unit = speak.figure(fact.value)
        number = broken(number, role, width_px)
        large = _at(number, role, 0, 0)
        items.append(large)
        marks.append(Mark(fact.id, large.area, spoken_fact(speak, fact)))
        top_px = large.area.bottom()
        if unit:
            small_px = metrics_of("slide_body").horizontalAdvance(unit)
            beside_px = large.area.width() + _UNIT_GAP_PX
            if "\n" not in number and beside_px + small_px <= width_px:
                base_px = metrics_of(role).ascent() - metrics_of("slide_body").ascent()
                items.append(_at(unit, "slide_body", beside_px, base_px, "muted"))
            else:
                below = _at(broken(unit, "slide_body", width_px), "slide_body", 0, top_px, "muted")
                items.append(below)
                top_px = below.area.bottom()
        top_px += GAP_PX / 2
    stated: TextRole = "slide_body" if fact.value is not None else "slide_title"
    said = broken(speak.statement(fact).rstrip("."), stated, width_px)
    words = _at(said, stated, 0, top_px, "ink")
    if said:
        items.append(words)
        top_px = words.area.bottom() + 8
    if said and not marks:
        marks.append(Mark(fact.id, words.area, spoken_fact(speak, fact)))
    for line in _below(fact, speak):
        placed = line._replace(area=line.area.translated(0, top_px))
        items.append(placed)
        top_px = placed.area.bottom() + 4
    return _Block(Drawing(tuple(items), tuple(marks)), top_px)


def _below(fact: Fact, speak: Locale) -> list[Words]:
    """When it was, and its mark."""
    lines = []
    when = speak.date(fact.when)
    if when:
        lines.append(_at(when, "slide_caption", 0, 0, "muted"))
    mark = state_mark(fact, speak.dossier)
    if mark is not None:
        lines.append(_at(mark[0], "slide_caption_strong", 0, 0, mark[1], flag=True))
    return lines


def _row(fact: Fact, width_px: float, role: TextRole, speak: Locale) -> _Block:
    strong: TextRole = "slide_strong" if role == "slide_body" else "slide_caption_strong"
    when_px, value_px = width_px * 0.17, width_px * 0.23
    when = _at(
        broken(speak.date(fact.when, short=True) or tr("undated"), role, when_px),
        role,
        0,
        0,
        "muted",
    )
    amount = speak.quantity(fact.value) if fact.value else ""
    value = _at(broken(amount, strong, value_px), strong, 0, 0)
    value = value._replace(
        area=value.area.translated(width_px - value.area.width(), 0),
        align=Qt.AlignmentFlag.AlignRight,
    )
    room_px = width_px - when_px - (value_px if amount else 0) - 2 * GAP_PX
    said = _at(broken(speak.statement(fact).rstrip("."), role, room_px), role, when_px + GAP_PX, 0)
    items: list[Item] = [when, said, *([value] if amount else [])]
    bottom_px = max(each.area.bottom() for each in (when, said, value))
    mark = state_mark(fact, speak.dossier)
    if mark is not None:
        words = _at(mark[0], "slide_caption_strong", said.area.left(), bottom_px, mark[1], True)
        items.append(words)
        bottom_px = words.area.bottom()
    bottom_px += _ROW_PX / 2
    items.append(Hairline(QPointF(0, bottom_px), QPointF(width_px, bottom_px)))
    pointed = Mark(fact.id, value.area if amount else said.area, spoken_fact(speak, fact))
    moved = Drawing(tuple(items), (pointed,)).moved(0, _ROW_PX / 2)
    return _Block(moved, bottom_px + _ROW_PX / 2)


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


def _side(sides: Sequence[_Said], width_px: float, speak: Locale, *, quoted: bool) -> _Block:
    """What one side says, its quotation and its sources; several below one another."""
    head_role: TextRole = "slide_title" if len(sides) == 1 else "slide_strong"
    quote_role: TextRole = "slide_body" if len(sides) == 1 else "slide_caption"
    drawn, top_px = Drawing(), 0.0
    for side in sides:
        words = side.words[:1].upper() + side.words[1:]
        head = _at(broken(words, head_role, width_px), head_role, 0, top_px)
        items: list[Item] = [head]
        top_px = head.area.bottom() + 8
        printed = next((each.quote for each in side.citations if each.quote), "")
        if printed and quoted:
            lines = broken(f"“{printed.strip()}”", quote_role, width_px)
            quote = _at(lines, quote_role, 0, top_px)
            items.append(quote)
            top_px = quote.area.bottom() + 8
        names = [
            speak.source(source) if source else citation.source
            for citation in side.citations
            for source in [speak.dossier.sources.get(citation.source)]
        ]
        line = _at(
            broken("; ".join(dict.fromkeys(names)), "slide_caption", width_px),
            "slide_caption",
            0,
            top_px,
            "muted",
        )
        items.append(line)
        top_px = line.area.bottom() + GAP_PX
        spoken = f"{side.words}. {spoken_fact(speak, side.fact)}"
        drawn |= Drawing(tuple(items), (Mark(side.fact.id, head.area, spoken, side.words),))
    return _Block(drawn, top_px - GAP_PX)


def _settled(fact: Fact, width_px: float, speak: Locale) -> _Block:
    """How a difference is settled, or that it is open."""
    if fact.reading is None:
        words = _at(tr("Not settled."), "slide_strong", 0, 0, "differ", flag=True)
        return _Block(Drawing((words,)), words.area.bottom())
    say = broken(speak.text(fact.reading.say), "slide_strong", width_px)
    first = _at(say, "slide_strong", 0, 0)
    items: list[Item] = [first]
    bottom_px = first.area.bottom()
    why = speak.text(fact.reading.why)
    if why:
        second = _at(
            broken(why, "slide_caption", width_px), "slide_caption", 0, bottom_px + 8, "muted"
        )
        items.append(second)
        bottom_px = second.area.bottom()
    return _Block(Drawing(tuple(items)), bottom_px)


def _more(count: int, area: QRectF, top_px: float) -> Drawing:
    words = tr_count("and {count} more", "and {count} more", count)
    return Drawing((_at(words, "slide_caption", area.left(), top_px, "muted"),))


def _at(
    text: str,
    role: TextRole,
    left_px: float,
    top_px: float,
    tone: Tone = "ink",
    flag: bool = False,
) -> Words:
    """Words from a corner on, their lines broken already."""
    area = QRectF(QPointF(left_px, top_px), size_of(text, role, flag=flag))
    return Words(area, text, tone, role, flag=flag)
