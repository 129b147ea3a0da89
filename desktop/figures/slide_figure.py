"""A slide of a briefing, composed for projection: one message, at most one chart or the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from desktop.figures.brief_chart import BriefChart
from desktop.figures.drawing import Drawing, Words
from desktop.figures.event_lane import EventLane
from desktop.figures.page_figure import PageFigure
from desktop.figures.slide_charts import are_remains, chart, chart_for, figure_and_chart
from desktop.figures.slide_frame import (
    BANNER_PX,
    GAP_PX,
    WIDE_GAP_PX,
    Room,
    SlidePlan,
    foot_of,
    foot_top,
    inset,
    page_of,
    sources_of,
    spoken_fact,
    title_of,
)
from desktop.figures.slide_numbers import figures
from desktop.figures.slide_rows import listed, rows, source_list, timeline
from desktop.figures.slide_sides import two_sources
from desktop.model.dossier import Dossier, Ref
from desktop.model.map_window import Size
from desktop.model.records import (
    BriefingId,
    Fact,
    FactId,
    MapView,
    Overlay,
    OverlayId,
    Place,
    Slide,
    SlideId,
    Source,
)
from desktop.model.slides import (
    Seat,
    backups_of,
    facts_on,
    named_facts,
    seat_of,
    slides_of,
)
from desktop.model.states import states_of
from desktop.services.language import Locale, tr
from desktop.services.theme import RADIUS_PX, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.figures.sea_map import SeaMap
    from desktop.figures.sea_marks import SeaLayer, SeaLine
    from desktop.files.basemap import Basemap

_MAP_SCALE: Final = 22 / 12
_CARD_INSET_PX: Final = 28.0
_USUAL_WIDE: Final = 16 / 9
"""A wider page shows more at the sides of a map, and no less above and below."""


class SlideFigure(PageFigure):
    """One slide of a briefing.

    ``show_slide`` says which, and of which briefing: that settles the audience, the number and
    what is shown at all. ``faults`` tells what does not fit, as codes: ``title-too-long``,
    ``overfull``, ``too-small``, ``nothing-to-show``, ``no-difference``, ``no-map``. A map needs
    ``show_basemap``; until then its slide has bare paper.
    """

    def __init__(self, slide_id: str = "", briefing_id: str = "") -> None:
        super().__init__(briefing_id)
        self._slide_id = SlideId(slide_id)
        self._basemap: Basemap | None = None
        self._map: SeaMap | None = None
        self._chart: tuple[Slide, Dossier, BriefChart | None] | None = None
        self._lane = EventLane()
        self.is_on_screen = False
        """Whether it is painted for a screen, in the program's own thread: sooner, as dots."""

    @property
    def slide_id(self) -> str:
        return self._slide_id

    def show_slide(self, slide_id: str, briefing_id: str = "") -> None:
        """Show a slide as a briefing shows it; without one, as to the audience of the file."""
        if (slide_id, briefing_id) != (self._slide_id, self._briefing_id):
            self._slide_id = SlideId(slide_id)
            self._briefing_id = BriefingId(briefing_id)
            self.forget()

    def show_basemap(self, basemap: Basemap) -> None:
        """Draw map slides on this coast from now on."""
        self._basemap = basemap
        self._map = None
        self.forget()

    def content(self, dossier: Dossier) -> object:
        slide = dossier.slides.get(self._slide_id)
        if slide is None:
            return None
        facts = facts_on(dossier, slide, self.speak(dossier).audience)
        others = (each for fact in facts for each in (*fact.contradicted_by, *fact.parts))
        return (
            slide,
            self._seat(dossier),
            dossier.about,
            tuple(facts),
            tuple(states_of(dossier, fact) for fact in facts),
            tuple(dossier.facts.get(FactId(each)) for each in others),
            tuple(sources_of(dossier, facts)),
            (dossier.units, dossier.measures, dossier.areas, dossier.audiences),
            self._briefing_id,
            tuple(self._all_sources(slide, dossier)) if slide.layout == "sources" else None,
            dossier if slide.layout == "map" else None,
        )

    def describe(self, dossier: Dossier) -> str:
        slide = dossier.slides.get(self._slide_id)
        if slide is None:
            return tr("This slide is not in the file.")
        speak = self.speak(dossier)
        title = "".join(each.text for each in speak.sentence(slide.title))
        facts = named_facts(dossier, slide, speak.audience)
        said = [title, *(spoken_fact(speak, fact) for fact in facts)]
        return " ".join(f"{each.rstrip('.')}." for each in said if each)

    def _seat(self, dossier: Dossier) -> Seat | None:
        briefing = dossier.briefings.get(self._briefing_id)
        return seat_of(dossier, briefing, self._slide_id) if briefing else None

    def lay_out(self, page: QSizeF, dossier: Dossier) -> SlidePlan:
        speak = self.speak(dossier)
        room = Room(page, speak)
        slide = dossier.slides.get(self._slide_id)
        if slide is None:
            words = Words(
                QRectF(room.left_px, page.height() / 2, 0, 0),
                self.describe(dossier),
                "muted",
                "slide_body",
            )
            return SlidePlan(Drawing((words,)), faults=("nothing-to-show",))
        seat = self._seat(dossier)
        facts = facts_on(dossier, slide, speak.audience)
        if slide.layout == "map":
            return self._map_plan(slide, facts, room, seat)
        if slide.layout == "section":
            return _section(slide, facts, room, seat)
        framed, body = self._frame(slide, room)
        return framed | self._body(slide, body, room)

    def frame(self, rect: QRectF, dossier: Dossier) -> tuple[SlidePlan, QRectF]:
        """What stands around the body of a slide, and where that is; KeyError without a slide.

        In pixels of a page 1080 high, as ``plan`` is. A map or a section has no body of its own.
        """
        room = Room(page_of(rect), self.speak(dossier))
        framed, body = self._frame(dossier.slides[self._slide_id], room)
        return SlidePlan(self.marking(room)) | framed, body

    def _frame(self, slide: Slide, room: Room) -> tuple[SlidePlan, QRectF]:
        dossier = room.speak.dossier
        title, above = title_of(slide, room)
        body = QRectF(room.left_px, above.bottom() + WIDE_GAP_PX, room.width_px, 0)
        body.setBottom(room.foot_px)
        facts = facts_on(dossier, slide, room.speak.audience)
        listed = [] if slide.layout == "sources" else sources_of(dossier, facts)
        foot = foot_of(room, listed, self._seat(dossier))
        return SlidePlan(foot) | title, body

    def _body(self, slide: Slide, area: QRectF, room: Room) -> SlidePlan:
        dossier = room.speak.dossier
        facts = named_facts(dossier, slide, room.speak.audience)
        match slide.layout:
            case "chart":
                return chart(self._chart_of(slide, dossier), area, dossier)
            case "figure-and-chart":
                return figure_and_chart(facts, self._chart_of(slide, dossier), area, room)
            case "ledger" if are_remains(slide, dossier):
                return chart(self._chart_of(slide, dossier), area, dossier)
            case "ledger":
                return rows(listed(slide, room.speak), area, room)
            case "timeline":
                ids = [FactId(fact.id) for fact in facts]
                self._lane.show_facts("", ids, room.speak.audience, says_dates=True)
                return timeline(listed(slide, room.speak), self._lane, area, room)
            case "two-sources":
                return two_sources(facts, area, room)
            case "sources":
                return source_list(self._all_sources(slide, dossier), area, room)
            case _:
                return figures(facts, area, room)

    def _chart_of(self, slide: Slide, dossier: Dossier) -> BriefChart | None:
        """The chart of a slide, kept as long as slide and dossier are the same."""
        known = self._chart
        if known is None or known[0] is not slide or known[1] is not dossier:
            drawn = chart_for(slide, dossier, self.speak(dossier))
            known = self._chart = (slide, dossier, drawn)
        return known[2]

    def _all_sources(self, slide: Slide, dossier: Dossier) -> list[Source]:
        """The sources of what a slide names, or else of the whole briefing."""
        briefing = dossier.briefings.get(self._briefing_id)
        audience = self.speak(dossier).audience
        facts = facts_on(dossier, slide, audience)
        if facts or briefing is None:
            return sources_of(dossier, facts)
        slides = (*slides_of(dossier, briefing), *backups_of(dossier, briefing))
        return sources_of(
            dossier, (fact for each in slides for fact in facts_on(dossier, each, audience))
        )

    def _map_plan(
        self, slide: Slide, facts: list[Fact], room: Room, seat: Seat | None
    ) -> SlidePlan:
        dossier, page = room.speak.dossier, room.page
        area = QRectF(0, BANNER_PX, page.width(), page.height() - 2 * BANNER_PX)
        inner_px = room.width_px - 2 * _CARD_INSET_PX
        indented = room._replace(page=page)
        title, above = title_of(slide, indented, top_px=BANNER_PX + 56, width_px=inner_px)
        moved = title._replace(drawing=title.drawing.moved(_CARD_INSET_PX, 0))
        layers = slide.map.layers if slide.map else ()
        held = [each for each in dossier.places.values() if "holders" in layers and each.held_by]
        drawn = self._map_of(slide, area, above, room)
        lines = drawn.content(dossier).lines if drawn else ()
        claims = dict.fromkeys(_claimed(line) for line in lines if line.claimant)
        shown = _years(slide.map, room.speak) if slide.map else ""
        said = (*claims, shown, _holding(held, room.speak), tr("Not for navigation."))
        note = " ".join(filter(None, said))
        cited: list[Fact | Overlay | Place] = [*facts, *_overlays_of(lines, dossier), *held]
        foot = foot_of(room, sources_of(dossier, cited), seat, note, line=False)
        plan = moved | SlidePlan(foot, faults=() if slide.map else ("no-map",))
        if drawn is None:
            return plan
        key = self._key_of(drawn, area, room)
        return plan | inset(drawn, area, _MAP_SCALE) | key

    def _map_of(self, slide: Slide, area: QRectF, title: QRectF, room: Room) -> SeaMap | None:
        if self._basemap is None:
            return None
        from desktop.figures.sea_map import SeaMap  # numpy, which most slides do without

        if self._map is None:
            self._map = SeaMap(self._basemap)
        drawn, view = self._map, slide.map
        drawn.is_on_screen = self.is_on_screen
        drawn.show_audience(room.speak.audience)
        drawn.choose(Ref(Fact, slide.facts[0]) if slide.facts else None)
        if view is not None:
            # Holders step back behind what happened at sea; where nothing did, they are the matter.
            drawn.show_layers(
                _layers(view.layers), vivid_holders=set(view.layers) <= {"holders", "depth"}
            )
            drawn.show_until(view.to.last_day if view.to else None)
            drawn.show_since(view.from_.first_day if view.from_ else None)
        top_px = title.bottom() + GAP_PX - area.top()
        below_px = area.bottom() - room.foot_px
        for _ in range(2):  # The key takes its room from the map whose marks it explains.
            key_px = sum(each.area.height() for each in self._key_of(drawn, area, room).insets)
            clear = (0, top_px, room.left_px, below_px + key_px + GAP_PX / 2)
            drawn.keep_clear(QMarginsF(*(each / _MAP_SCALE for each in clear)))
            if view is not None:
                down_px = (top_px - below_px - key_px) / 2
                usual_px = min(area.width(), room.page.height() * _USUAL_WIDE)
                drawn.show_view(view, usual_px / _MAP_SCALE, down_px / _MAP_SCALE)
        return drawn

    def _key_of(self, drawn: SeaMap, area: QRectF, room: Room) -> SlidePlan:
        """What the marks on the map stand for, on paper between it and the foot."""
        from desktop.figures.sea_key import SeaKey
        from desktop.figures.sea_legend import entries

        dossier = room.speak.dossier
        size = Size(area.width() / _MAP_SCALE, area.height() / _MAP_SCALE)
        # Who holds how many is nothing that the edge of a picture should settle.
        found = entries(dossier, drawn.clear_marks(size, dossier), counted=False)
        key = SeaKey(found, room.left_px / _MAP_SCALE)
        high_px = key.height_for(size.width_px, dossier) * _MAP_SCALE
        strip = QRectF(area.left(), room.foot_px - high_px, area.width(), high_px)
        return inset(key, strip, _MAP_SCALE) if found else SlidePlan()

    def paint_under(self, painter: QPainter, page: QSizeF, plan: SlidePlan, theme: Theme) -> None:
        """The paper under the words that lie on a map."""
        if not any(each.figure is self._map for each in plan.insets):
            return
        painter.setPen(theme.colours.hairline)
        painter.setBrush(theme.colours.page)
        for each in plan.drawing.items:
            if isinstance(each, Words) and each.role == "slide_title":
                card = each.area.adjusted(-_CARD_INSET_PX, -GAP_PX, _CARD_INSET_PX, GAP_PX)
                painter.drawRoundedRect(card, RADIUS_PX * 2, RADIUS_PX * 2)
        foot = foot_top(page)
        painter.fillRect(QRectF(0, foot, page.width(), page.height() - foot), theme.colours.page)


def _section(slide: Slide, facts: list[Fact], room: Room, seat: Seat | None) -> SlidePlan:
    """A title alone, in the middle of the page."""
    plan, area = title_of(slide, room, role="slide_number")
    down_px = (room.page.height() - area.height()) / 2 - area.top()
    foot = foot_of(room, sources_of(room.speak.dossier, facts), seat)
    return plan._replace(drawing=plan.drawing.moved(0, down_px)) | SlidePlan(foot)


def _layers(names: Iterable[str]) -> list[SeaLayer]:
    from desktop.figures.sea_marks import SEA_LAYERS

    return [layer for layer in SEA_LAYERS if layer in names]


def _years(view: MapView, speak: Locale) -> str:
    """Which events a map is of, where it is not of all."""
    first, last = speak.date(view.from_, short=True), speak.date(view.to, short=True)
    if first and last:
        return tr("Events from {first} to {last}.").format(first=first, last=last)
    if first:
        return tr("Events since {first}.").format(first=first)
    return tr("Events by {last}.").format(last=last) if last else ""


def _claimed(line: SeaLine) -> str:
    """Whose line is drawn; it is never drawn without this."""
    from desktop.figures.sea_legend import claim_words

    return f"{claim_words(line.name, line.claimant)}."


def _overlays_of(lines: Iterable[SeaLine], dossier: Dossier) -> list[Overlay]:
    ids = dict.fromkeys(OverlayId(each.overlay_id) for each in lines)
    return [dossier.overlays[each] for each in ids]


def _holding(held: Iterable[Place], speak: Locale) -> str:
    """As of when the list of who holds what stands, and what it does not mean."""
    days = [place.held_as_of for place in held if place.held_as_of]
    if not days:
        return ""
    newest = max(days, key=lambda day: day.sort_key)
    return tr("Holding as of {date}; it is not title.").format(date=speak.date(newest))
