"""What goes on each page of a briefing that is handed out: slides, notes, sources, if asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.figures.drawing import Drawing, Item, Tone, Words, metrics_of, size_of, wrapped
from desktop.figures.page_figure import PageFigure
from desktop.figures.slide_figure import SlideFigure
from desktop.figures.slide_frame import (
    GAP_PX,
    WIDE_GAP_PX,
    Room,
    SlidePlan,
    foot_of,
    heading_of,
    page_of,
)
from desktop.files.basemap import Basemap, read_basemap
from desktop.model.dossier import Dossier
from desktop.model.records import Briefing, Citation, Fact, Slide, Source, SourceId
from desktop.model.slides import audience_of, backups_of, facts_on, slides_of
from desktop.model.states import states_of
from desktop.services import paths
from desktop.services.citation_words import grade_of, says_words
from desktop.services.language import Locale, state_words, tr
from desktop.services.theme import TextRole

SCREEN: Final = QSizeF(1920, 1080)
A4: Final = QSizeF(297, 210)
"""Landscape, in millimetres."""
LETTER: Final = QSizeF(279.4, 215.9)

SHAPES: Final = {"screen": SCREEN, "a4": A4, "letter": LETTER}

_NARROW: Final[TextRole] = "slide_source"


class Wanted(NamedTuple):
    """What of a briefing is handed out; grades, notes and backups only where asked for."""

    grades: bool = False
    notes: bool = False
    backups: bool = False
    sources: bool = True
    if_asked: bool = False


SLIDES_AND_SOURCES: Final = Wanted()


class Leaf(NamedTuple):
    """One page of a hand-out: its figure, what it is called, and the slide that it is."""

    figure: PageFigure
    title: str
    slide: Slide | None = None


class Handout:
    """The pages of a briefing at one shape, for the audience that the briefing names.

    Needs a QGuiApplication. Pages are laid out when they are asked for; ``basemap`` is read when a
    slide shows the map, unless it is given.
    """

    def __init__(
        self,
        dossier: Dossier,
        briefing: Briefing,
        wanted: Wanted = SLIDES_AND_SOURCES,
        shape: QSizeF = SCREEN,
        basemap: Basemap | None = None,
    ) -> None:
        self.dossier: Final = dossier
        self.briefing: Final = briefing
        self.wanted: Final = wanted
        self.shape: Final = shape
        self._given_coast = basemap
        self.speak: Final = Locale(dossier, audience_of(dossier, briefing))

    @property
    def title(self) -> str:
        return self.speak.text(self.briefing.title)

    @property
    def slides(self) -> list[Slide]:
        """The slides that are handed out, in their order."""
        found = slides_of(self.dossier, self.briefing)
        if self.wanted.backups:
            found += backups_of(self.dossier, self.briefing)
        return found

    @property
    def has_map(self) -> bool:
        return any(slide.layout == "map" for slide in self.slides)

    @cached_property
    def coast(self) -> Basemap:
        """What its maps are drawn on, read when the first one is; raises BasemapError."""
        return self._given_coast or read_basemap(paths.resources() / "basemap")

    def title_of(self, slide: Slide) -> str:
        """A slide's title as its audience reads it, on one line."""
        return "".join(each.text for each in self.speak.sentence(slide.title))

    def notes_of(self, slide: Slide) -> str:
        return "".join(each.text for each in self.speak.sentence(slide.notes))

    def facts_of(self, slide: Slide) -> list[Fact]:
        return facts_on(self.dossier, slide, self.speak.audience)

    def figure_of(self, slide: Slide) -> SlideFigure:
        figure = SlideFigure(slide.id, self.briefing.id)
        if slide.layout == "map":
            figure.show_basemap(self.coast)
        return figure

    def leaves(self, *, with_notes: bool = True) -> Iterator[Leaf]:
        """Every page in its order; those of notes only if asked for here too."""
        for slide in self.slides:
            yield Leaf(self.figure_of(slide), self.title_of(slide), slide)
            notes = self.notes_of(slide) if self.wanted.notes and with_notes else ""
            if notes:
                blocks = _paragraphs(notes, self.room.width_px)
                title = tr("Notes: {title}").format(title=self.title_of(slide))
                yield from self._flow(title, blocks)
        if self.wanted.if_asked:
            yield from self._flow(tr("If asked"), self._answers())
        if self.wanted.sources:
            yield from self._flow(tr("Sources"), self._sources())

    @property
    def room(self) -> Room:
        """The room of a page of this shape."""
        shape = QRectF(0, 0, self.shape.width(), self.shape.height())
        return Room(page_of(shape), self.speak)

    def _flow(self, title: str, blocks: Iterable[_Block]) -> Iterator[Leaf]:
        """Fill one page after another with blocks that stay whole."""
        held: list[_Block] = []
        room = self.room
        _heading, above = heading_of(title, room)
        body_px = room.foot_px - above.bottom() - WIDE_GAP_PX
        used_px = 0.0
        for block in blocks:
            if held and used_px + block.height_px > body_px:
                yield Leaf(_Flow(self.briefing.id, title, tuple(held)), title)
                held, used_px = [], 0.0
            held.append(block)
            used_px += block.height_px
        if held:
            yield Leaf(_Flow(self.briefing.id, title, tuple(held)), title)

    def _cited(self) -> dict[str, list[tuple[Fact, Citation]]]:
        found: dict[str, list[tuple[Fact, Citation]]] = {}
        known: dict[str, Fact] = {}
        for slide in self.slides:
            known |= {fact.id: fact for fact in self.facts_of(slide)}
        for fact in known.values():
            for citation in fact.citations:
                found.setdefault(citation.source, []).append((fact, citation))
        return found

    def _sources(self) -> Iterator[_Block]:
        """Each source once: who, what, when, where, and the sentences that were taken from it."""
        for number, (source_id, cited) in enumerate(self._cited().items(), start=1):
            source = self.dossier.sources.get(SourceId(source_id))
            if source is not None:
                yield self._source(number, source, cited)

    def _source(
        self, number: int, source: Source, cited: Sequence[tuple[Fact, Citation]]
    ) -> _Block:
        width_px = self.room.width_px
        name = f"{number}. {self.speak.source(source)}: {source.title}"
        lines: list[tuple[str, TextRole, Tone]] = [(name, "slide_caption_strong", "ink")]
        if source.url:
            lines.append((_folded(source.url, width_px), _NARROW, "muted"))
        said: dict[str, Citation] = {}
        for _fact, citation in cited:
            words = f"“{citation.quote}”" if citation.quote else citation.locator or ""
            if words:
                said.setdefault(words, citation)
        for words, citation in said.items():
            grade = f" ({grade_of(source, citation)})" if self.wanted.grades else ""
            lines.append((f"{words}{grade}", _NARROW, "ink"))
        return _block(lines, width_px)

    def _answers(self) -> Iterator[_Block]:
        """Each slide's figures with quotation, reading and the sentence to say."""
        for slide in self.slides:
            above = _block(
                [(self.title_of(slide), "slide_caption_strong", "link")], self.room.width_px
            )
            for fact in self.facts_of(slide):
                yield _stacked(above, self._answer(fact))
                above = _NOTHING

    def _answer(self, fact: Fact) -> _Block:
        speak = self.speak
        value = speak.quantity(fact.value) if fact.value else ""
        stated, date = speak.statement(fact).rstrip("."), speak.date(fact.when)
        said = ": ".join(part for part in (value, stated) if part)
        if date and not stated.endswith(date):
            said = f"{said}, {date}" if said else date
        lines: list[tuple[str, TextRole, Tone]] = [(_capital(said), "slide_caption", "ink")]
        for citation in fact.citations:
            source = self.dossier.sources.get(citation.source)
            name = speak.source(source) if source else citation.source
            grade = f" ({grade_of(source, citation)})" if self.wanted.grades else ""
            cited = f"“{citation.quote}” {name}{grade}." if citation.quote else f"{name}{grade}."
            if citation.locator and not citation.quote:
                cited = f"{name}{grade}: {citation.locator}."
            other = says_words(speak, citation.says) if citation.says else ""
            otherwise = f" {tr('Says: {words}').format(words=other)}." if other else ""
            lines.append((f"{cited}{otherwise}", _NARROW, "muted"))
        if "sources-differ" in states_of(self.dossier, fact):
            say = speak.text(fact.reading.say) if fact.reading else tr("It is not settled.")
            words = f"{state_words('sources-differ')}. {tr('Say: {words}').format(words=say)}"
            lines.append((words, _NARROW, "differ"))
        return _block(lines, self.room.width_px)


class _Block(NamedTuple):
    """Lines that stay together on one page, laid out at (0, 0)."""

    drawing: Drawing
    height_px: float


class _Flow(PageFigure):
    """A page of text under a title."""

    def __init__(self, briefing_id: str, title: str, blocks: Sequence[_Block]) -> None:
        super().__init__(briefing_id)
        self._title = title
        self._blocks = blocks

    def lay_out(self, page: QSizeF, dossier: Dossier) -> SlidePlan:
        room = Room(page, self.speak(dossier))
        heading, above = heading_of(self._title, room)
        drawn = heading | foot_of(room, [], None)
        top_px = above.bottom() + WIDE_GAP_PX
        for block in self._blocks:
            drawn |= block.drawing.moved(room.left_px, top_px)
            top_px += block.height_px
        return SlidePlan(drawn)

    def content(self, dossier: Dossier) -> object:
        return self._title, self._blocks, dossier.about

    def describe(self, dossier: Dossier) -> str:
        return self._title


def _block(lines: Sequence[tuple[str, TextRole, Tone]], width_px: float) -> _Block:
    items: list[Item] = []
    top_px = 0.0
    for text, role, tone in lines:
        words = wrapped(text, role, width_px)
        area = QRectF(QPointF(0, top_px), size_of(words, role))
        items.append(Words(area, words, tone, role))
        top_px = area.bottom() + 2
    return _Block(Drawing(tuple(items)), top_px + GAP_PX / 2)


_NOTHING: Final = _Block(Drawing(), 0.0)


def _stacked(above: _Block, below: _Block) -> _Block:
    """Two blocks as one, so that no heading stays behind at the foot of a page."""
    moved = below.drawing.moved(0, above.height_px)
    return _Block(above.drawing | moved, above.height_px + below.height_px)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _folded(address: str, width_px: float) -> str:
    """An address over as many lines as it needs, broken wherever the line ends."""
    metrics = metrics_of(_NARROW)
    lines = [""]
    for letter in address:
        if metrics.horizontalAdvance(lines[-1] + letter) > width_px:
            lines.append("")
        lines[-1] += letter
    return "\n".join(lines)


def _paragraphs(text: str, width_px: float) -> Iterator[_Block]:
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield _block([(paragraph.strip(), "slide_caption", "ink")], width_px)
