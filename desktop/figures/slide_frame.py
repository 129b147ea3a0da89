"""What stands around every slide: marking, title and foot, in pixels of a page 1080 high."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.figures.drawing import (
    Drawing,
    Hairline,
    Item,
    Tone,
    Words,
    metrics_of,
    size_of,
    wrapped,
)
from desktop.figures.figure import Figure, Mark
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import Fact, Overlay, Place, Slide, Source
from desktop.model.slides import Seat
from desktop.model.states import is_shown, states_of
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import TextRole

PAGE_PX: Final = 1080.0
LEAST_WIDTH_PX: Final = 1440.0
"""A page is at least as wide as 4:3; a narrower window leaves room below."""
BANNER_PX: Final = 34.0
SMALLEST_PX: Final = 22.0
"""No letter on a slide is smaller: one fiftieth of the height of the picture."""

GAP_PX: Final = 24.0
WIDE_GAP_PX: Final = 48.0
COLUMN_SHARE: Final = 0.3
"""Of the width, what a figure takes beside a chart or beside what is quoted for it."""

_MARGIN: Final = 0.05
_TITLE_TOP_PX: Final = 92.0
_FOOT_PX: Final = 92.0
_TITLE_LINES: Final = 3
_FOOT_LINES: Final = 2
_EVEN_PX: Final = 16.0
"""How near to the narrowest column a title is brought that it has room in."""


Fault = Literal[
    "title-too-long", "overfull", "too-small", "nothing-to-show", "no-difference", "no-map"
]
"""What does not fit a slide, or is not there to be shown on it."""


class Inset(NamedTuple):
    """A figure of its own within a slide, each of its pixels ``scale`` of the page's."""

    figure: Figure
    area: QRectF
    scale: float


class SlidePlan(NamedTuple):
    """All that stands on a slide; ``faults`` are codes of what does not fit it."""

    drawing: Drawing = Drawing()
    insets: tuple[Inset, ...] = ()
    faults: tuple[Fault, ...] = ()

    def __or__(self, other: SlidePlan) -> SlidePlan:
        return SlidePlan(
            self.drawing | other.drawing, self.insets + other.insets, self.faults + other.faults
        )


class Block(NamedTuple):
    """Something laid out at (0, 0), and how high it is."""

    drawing: Drawing
    height_px: float


class Room(NamedTuple):
    """Where a slide is laid out: its page, its text column, and who is spoken to."""

    page: QSizeF
    speak: Locale

    @property
    def left_px(self) -> float:
        return self.page.width() * _MARGIN

    @property
    def width_px(self) -> float:
        return self.page.width() * (1 - 2 * _MARGIN)

    @property
    def foot_px(self) -> float:
        return foot_top(self.page)


def foot_top(page: QSizeF) -> float:
    """Where the foot of a page begins."""
    return page.height() - BANNER_PX - _FOOT_PX


def page_of(rect: QRectF) -> QSizeF:
    """The page that fills a rectangle, in its own pixels: 1080 high, or more if it is narrow."""
    scale = min(rect.height() / PAGE_PX, rect.width() / LEAST_WIDTH_PX) or 1.0
    return QSizeF(rect.width() / scale, rect.height() / scale)


def banners(room: Room, marking: str) -> Drawing:
    """The words of the marking, in the middle of the strips along both edges."""
    size = size_of(marking, "slide_marking")
    left = (room.page.width() - size.width()) / 2
    items = []
    for top in (0.0, room.page.height() - BANNER_PX):
        area = QRectF(QPointF(left, top + (BANNER_PX - size.height()) / 2), size)
        items.append(Words(area, marking, "on_marking", "slide_marking"))
    return Drawing(tuple(items))


def title_of(
    slide: Slide,
    room: Room,
    *,
    role: TextRole = "slide_title",
    top_px: float = _TITLE_TOP_PX,
    width_px: float | None = None,
) -> tuple[SlidePlan, QRectF]:
    """The title with a mark on each of its numbers, and the room it takes."""
    speak = room.speak
    words = speak.sentence(slide.title)
    text = "".join(each.text for each in words)
    lines = _even(text, role, width_px or room.width_px)
    area = QRectF(QPointF(room.left_px, top_px), size_of(lines, role))
    marks = []
    start = 0
    for each in words:
        end = start + len(each.text)
        fact = speak.dossier.find(Ref(Fact, each.fact_id)) if each.fact_id else None
        if isinstance(fact, Fact) and is_shown(speak.dossier, fact, speak.audience):
            box = _span(lines, start, end, role).translated(area.topLeft())
            marks.append(Mark(fact.id, box, spoken_fact(speak, fact), f"title {start}"))
        start = end
    too_long = lines.count("\n") >= _TITLE_LINES
    plan = SlidePlan(
        Drawing((Words(area, lines, "ink", role),), tuple(marks)),
        faults=("title-too-long",) if too_long else (),
    )
    return plan, area


def heading_of(words: str, room: Room) -> tuple[Drawing, QRectF]:
    """A title that binds no numbers, and the room it takes."""
    lines = _even(words, "slide_title", room.width_px)
    area = QRectF(QPointF(room.left_px, _TITLE_TOP_PX), size_of(lines, "slide_title"))
    return Drawing((Words(area, lines, "ink", "slide_title"),)), area


def foot_of(
    room: Room, sources: Sequence[Source], seat: Seat | None, note: str = "", *, line: bool = True
) -> Drawing:
    """Sources, as-of and number along the lower edge; as many sources as have room in two lines."""
    speak = room.speak
    as_of = tr("As of {date}").format(date=speak.date(speak.dossier.about.as_of))
    numbered = f"{as_of}   {_number(seat)}" if seat else as_of
    right = size_of(numbered, "slide_source")
    top_px = room.foot_px + GAP_PX
    place = QPointF(room.left_px + room.width_px - right.width(), top_px)
    items: list[Item] = [Words(QRectF(place, right), numbered, "muted", "slide_source")]
    said = _sources(room, sources, note, room.width_px - right.width() - WIDE_GAP_PX)
    if said:
        area = QRectF(QPointF(room.left_px, top_px), size_of(said, "slide_source"))
        items.append(Words(area, said, "muted", "slide_source"))
    if line:
        y = room.foot_px + GAP_PX / 2
        start, end = QPointF(room.left_px, y), QPointF(room.left_px + room.width_px, y)
        items.append(Hairline(start, end))
    return Drawing(tuple(items))


def sources_of(dossier: Dossier, records: Iterable[Fact | Overlay | Place]) -> list[Source]:
    """The sources of some records, each once, in the order in which they are cited."""
    cited = dict.fromkeys(citation.source for record in records for citation in record.citations)
    return [source for each in cited if (source := dossier.sources.get(each))]


def spoken_fact(speak: Locale, fact: Fact) -> str:
    """A fact as it is read aloud: its value, what it says, and when."""
    value = speak.quantity(fact.value) if fact.value else ""
    statement = speak.statement(fact).rstrip(".")
    parts = (value, statement, speak.date(fact.when))
    return ". ".join(part for part in parts if part)


def inset(figure: Figure, area: QRectF, scale: float) -> SlidePlan:
    """A figure within a slide."""
    return SlidePlan(insets=(Inset(figure, area, scale),))


def words_at(
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


def more_words(count: int, area: QRectF, top_px: float) -> Drawing:
    words = tr_count("and {count} more", "and {count} more", count)
    return Drawing((words_at(words, "slide_caption", area.left(), top_px, "muted"),))


def state_mark(fact: Fact, dossier: Dossier) -> tuple[str, Tone] | None:
    """The neutral mark of a fact that the audience should know of, to stand behind its flag."""
    states = states_of(dossier, fact)
    if "sources-differ" in states:
        return state_words("sources-differ"), "differ"
    if "stale" in states:
        return tr("May be out of date"), "stale"
    return None


def nothing(area: QRectF) -> SlidePlan:
    """That there is nothing to show, said on the slide and told to who prepares it."""
    words = tr("Nothing to show here yet.")
    said = words_at(words, "slide_body", area.left(), area.top(), "muted")
    return SlidePlan(Drawing((said,)), faults=("nothing-to-show",))


def marks_of(found: Inset, dossier: Dossier) -> list[Mark]:
    """What can be pointed at in an inset, in pixels of the page."""
    own = QRectF(0, 0, found.area.width() / found.scale, found.area.height() / found.scale)
    return [
        mark._replace(
            area=QRectF(
                mark.area.topLeft() * found.scale + found.area.topLeft(),
                mark.area.size() * found.scale,
            )
        )
        for mark in found.figure.marks(own, dossier)
    ]


def _even(text: str, role: TextRole, width_px: float) -> str:
    """Text in no more lines than ``wrapped`` makes, and none with a last word of its own."""
    lines = wrapped(text, role, width_px)
    least_px = metrics_of(role).horizontalAdvance(text) / (lines.count("\n") + 1)
    while "\n" in lines and width_px - least_px > _EVEN_PX:
        middle_px = (least_px + width_px) / 2
        closer = wrapped(text, role, middle_px)
        if closer.count("\n") > lines.count("\n") or _width(closer, role) > width_px:
            least_px = middle_px
        else:
            lines, width_px = closer, middle_px
    return lines


def _width(lines: str, role: TextRole) -> float:
    return size_of(lines, role).width()


def _number(seat: Seat) -> str:
    if seat.is_backup:
        return tr("Backup {number}").format(number=seat.number)
    return f"{seat.number} / {seat.total}"


def _sources(room: Room, sources: Sequence[Source], note: str, width_px: float) -> str:
    """As many sources as fit, by name and date, and how many more there are."""
    names = list(dict.fromkeys(room.speak.source(source) for source in sources))
    for shown in range(len(names), 0, -1):
        more = len(names) - shown
        listed = "; ".join(names[:shown])
        if more:
            listed = tr("{sources}; {count} more").format(sources=listed, count=more)
        said = tr("Sources: {sources}.").format(sources=listed)
        lines = wrapped(f"{said} {note}".strip(), "slide_source", width_px)
        if lines.count("\n") < _FOOT_LINES:
            return lines
    return wrapped(note, "slide_source", width_px) if note else ""


def _span(lines: str, start: int, end: int, role: TextRole) -> QRectF:
    """The box around a stretch of wrapped text; around its first line if it runs over two."""
    metrics = metrics_of(role)
    begin = lines.rfind("\n", 0, start) + 1
    stop = lines.find("\n", start, end)
    stretch = lines[start : end if stop < 0 else stop]
    left = metrics.horizontalAdvance(lines[begin:start])
    top = lines.count("\n", 0, start) * metrics.lineSpacing()
    return QRectF(left, top, metrics.horizontalAdvance(stretch), metrics.lineSpacing())
