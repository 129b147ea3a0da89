"""Dated events, of an area or named one by one, none more precise than it is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop.figures.date_marks import DOT_PX, Event, Placed, paint_mark
from desktop.figures.figure import Figure, Mark, draw_hairline
from desktop.figures.lane_labels import Label
from desktop.figures.lane_layout import LEAST_DAYS, Layout, lay_out
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import AreaId, AudienceId, Fact, FactId, FactKind
from desktop.model.shown import Shown
from desktop.model.states import States, is_shown
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import Theme

SHOWN_KINDS: Final[frozenset[FactKind]] = frozenset({"event", "commitment", "official"})
"""What happened or was said on a day; numbers, statuses and judgements only hold on theirs."""

_EMPTY_PX: Final = 28.0
_LEAST_NAMED_DAYS: Final = 60


class _Content(NamedTuple):
    """What a lane is drawn from; ``lead`` is the fact labelled after the chosen one."""

    title: str
    events: tuple[Event, ...]
    lead: str | None
    as_of: EdtfDate
    language: str


class _Drawn(NamedTuple):
    """What was worked out of some content at one width."""

    content: _Content
    width_px: float
    layout: Layout
    marks: tuple[Mark, ...]


class EventLane(Figure):
    """A dot for a day, a bar for what is known to the month, the year or as a span.

    An open end is pointed, a doubtful one dashed; a flag stands where sources differ. Labels go to
    the chosen event, the area's lead and then the latest, as long as they fit. The line runs to the
    day the file speaks of, or only over the facts that are named one by one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._area_id = AreaId("")
        self._named: tuple[str, tuple[FactId, ...]] | None = None
        self._audience: AudienceId | None = None
        self._says_dates = False
        self._chosen = ""
        self._known: tuple[Dossier, _Content] | None = None
        self._drawn: _Drawn | None = None
        self._way: tuple[str, bool] | None = None
        self._events: dict[str, tuple[Fact, Event]] = {}

    def show_area(self, area_id: AreaId, audience: AudienceId | None) -> None:
        """Show the events of this area that this audience is shown."""
        self._show(area_id, None, audience)

    def show_facts(
        self,
        title: str,
        fact_ids: Iterable[FactId],
        audience: AudienceId | None,
        *,
        says_dates: bool = False,
    ) -> None:
        """Show those of these facts that are dated and this audience is shown.

        With ``says_dates`` marks are labelled with their dates, for what happened stands elsewhere.
        """
        if says_dates != self._says_dates:
            self._says_dates, self._known, self._drawn = says_dates, None, None
        self._show(AreaId(""), (title, tuple(fact_ids)), audience)

    def choose(self, fact_id: str) -> None:
        """Ring the mark of this fact, if it has one; an empty id rings none."""
        if fact_id != self._chosen:
            self._chosen = fact_id
            self._drawn = None
            self.changed.emit()

    def layout_for(self, width_px: float, dossier: Dossier) -> Layout:
        """Where everything goes at this width."""
        return self._draw(width_px, dossier).layout

    def marks(self, rect: QRectF, dossier: Dossier) -> list[Mark]:
        drawn = self._draw(rect.width(), dossier)
        return [mark._replace(area=mark.area.translated(rect.topLeft())) for mark in drawn.marks]

    def height_for(self, width_px: float, dossier: Dossier) -> float:
        layout = self.layout_for(width_px, dossier)
        return layout.height_px if layout.placed else _EMPTY_PX

    def content(self, dossier: Dossier) -> _Content:
        if self._known is None or self._known[0] is not dossier:
            self._known = (dossier, self._read(dossier))
        return self._known[1]

    def describe(self, dossier: Dossier) -> str:
        content = self.content(dossier)
        if not content.events:
            return tr("No dated events are recorded here.")
        count = tr_count("{count} dated event", "{count} dated events", len(content.events))
        return f"{content.title}: {count}" if content.title else count

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        layout = self.layout_for(rect.width(), dossier)
        colours = theme.colours
        painter.save()
        painter.translate(rect.topLeft())
        painter.setFont(Theme.font("caption"))
        if not layout.placed:
            painter.setPen(colours.muted)
            box = QRectF(0, 0, rect.width(), _EMPTY_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.describe(dossier))
            painter.restore()
            return
        _paint_axis(painter, layout, rect.width(), theme, self._as_of(self._speak(dossier)))
        for label in layout.labels:
            self._paint_label(painter, label, layout.axis_y, theme)
        for placed in reversed(layout.placed):
            paint_mark(painter, placed, colours, chosen=placed.event.fact_id == self._chosen)
        painter.restore()

    def _show(
        self,
        area_id: AreaId,
        named: tuple[str, tuple[FactId, ...]] | None,
        audience: AudienceId | None,
    ) -> None:
        if (area_id, named, audience) != (self._area_id, self._named, self._audience):
            self._area_id, self._named, self._audience = area_id, named, audience
            self._known = None
            self._drawn = None
            self.changed.emit()

    def _paint_label(self, painter: QPainter, label: Label, axis_y: float, theme: Theme) -> None:
        colours = theme.colours
        chosen = label.fact_id == self._chosen
        foot = QPointF(label.leader_px, axis_y - DOT_PX / 2 - 2)
        top = QPointF(label.leader_px, label.area.bottom())
        draw_hairline(painter, top, foot, colours.control if chosen else colours.hairline)
        painter.setFont(Theme.font("caption_strong" if chosen else "caption"))
        painter.setPen(colours.ink if chosen else colours.muted)
        painter.drawText(label.area, Qt.AlignmentFlag.AlignCenter, label.words)

    def _speak(self, dossier: Dossier) -> Locale:
        return Locale(dossier, self._audience)

    def _as_of(self, speak: Locale) -> str:
        as_of = speak.date(speak.dossier.about.as_of, short=True)
        return tr("As of {date}").format(date=as_of)

    def _read(self, dossier: Dossier) -> _Content:
        speak = self._speak(dossier)
        area = dossier.areas.get(self._area_id)
        title, lead = (speak.text(area.name), area.lead) if area else ("", None)
        if self._named is None:
            in_area = dossier.derived(Shown).in_area(self._area_id, speak.audience).facts
            facts = [fact for fact in in_area if fact.kind in SHOWN_KINDS]
        else:
            title, fact_ids = self._named
            known = (dossier.facts.get(fact_id) for fact_id in fact_ids)
            facts = [fact for fact in known if fact and is_shown(dossier, fact, speak.audience)]
        events = tuple(self._events_of(speak, facts))
        return _Content(title, events, lead, dossier.about.as_of, speak.tag)

    def _events_of(self, speak: Locale, facts: Iterable[Fact]) -> Iterable[Event]:
        """The dated of these facts; one that stayed the same object is not put in words again."""
        way = (speak.tag, self._says_dates)
        known = self._events if way == self._way else {}
        self._way, self._events = way, {}
        states = speak.dossier.derived(States)
        for fact in facts:
            if fact.when is None:
                continue
            before = known.get(fact.id)
            if before is None or before[0] is not fact or fact.statement is None:
                differs = "sources-differ" in states[fact.id]
                label = speak.date(fact.when, short=True) if self._says_dates else ""
                event = Event(fact.id, speak.statement(fact), fact.when, differs, label)
                before = (fact, event)
            self._events[fact.id] = before
            yield before[1]

    def _draw(self, width_px: float, dossier: Dossier) -> _Drawn:
        content, drawn = self.content(dossier), self._drawn
        if drawn is None or drawn.width_px != width_px or drawn.content != content:
            speak = self._speak(dossier)
            layout = self._lay_out(width_px, content, speak)
            in_time = sorted(layout.placed, key=lambda placed: placed.event.when.sort_key)
            marks = (_mark(speak, placed) for placed in in_time)
            drawn = _Drawn(content, width_px, layout, tuple(marks))
            self._drawn = drawn
        return drawn

    def _lay_out(self, width_px: float, content: _Content, speak: Locale) -> Layout:
        latest = sorted(content.events, key=lambda event: event.when.sort_key, reverse=True)
        first = [self._chosen, content.lead or ""]

        def say_tick(year: int, month: int | None) -> str:
            if month is None:
                return str(year)
            return speak.date(EdtfDate.parse(f"{year:04}-{month:02}"), short=True)

        return lay_out(
            content.events,
            list(dict.fromkeys([*first, *(event.fact_id for event in latest)])),
            width_px,
            QFontMetricsF(Theme.font("caption_strong")),
            content.as_of.last if self._named is None else None,
            self._as_of(speak),
            say_tick,
            LEAST_DAYS if self._named is None else _LEAST_NAMED_DAYS,
        )


def _mark(speak: Locale, placed: Placed) -> Mark:
    event = placed.event
    words = f"{speak.date(event.when)}: {event.title}"
    if event.differs:
        words = f"{words.rstrip('.')}. {state_words('sources-differ')}"
    return Mark(event.fact_id, placed.area, words)


def _paint_axis(
    painter: QPainter, layout: Layout, width_px: float, theme: Theme, as_of: str
) -> None:
    colours = theme.colours
    y = layout.axis_y
    draw_hairline(painter, QPointF(0.5, y), QPointF(width_px - 0.5, y), colours.hairline)
    painter.setFont(Theme.font("caption"))
    painter.setPen(colours.muted)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
    for tick in layout.ticks:
        start, end = QPointF(tick.x_px, y), QPointF(tick.x_px, tick.area.top())
        draw_hairline(painter, start, end, colours.hairline)
        painter.drawText(tick.area, flags, tick.words)
    if layout.as_of_px is not None:
        end = QPointF(layout.as_of_px, layout.as_of_area.top() + 2)
        draw_hairline(painter, QPointF(layout.as_of_px, y - DOT_PX), end, colours.control)
        painter.setPen(colours.muted)
        painter.drawText(layout.as_of_area, flags, as_of)
