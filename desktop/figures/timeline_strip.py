"""All dated facts in lanes, one for each group, on one line of time that can be seen in part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop.figures.date_marks import Event
from desktop.figures.figure import Figure, Mark
from desktop.figures.lane_labels import Shortener
from desktop.figures.time_axis import Axis
from desktop.figures.timeline_facts import Content, TimelineFacts, Wanted
from desktop.figures.timeline_paint import paint_dates, paint_guides, paint_heads, paint_lane
from desktop.figures.timeline_plan import Plan, Standing, bands
from desktop.figures.timeline_window import Reach, Window
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.services.language import Locale, state_words, tr, tr_count
from desktop.services.theme import Theme

_AXIS_PX: Final = 30.0
_HEAD_PX: Final = 176.0
_NARROW_HEAD_PX: Final = 132.0
_NARROW_PX: Final = 900.0
_LANE_PX: Final = 118.0
_EMPTY_PX: Final = 60.0
_SAID_OF_CLUSTER: Final = 3
_YEARS_DAYS: Final = 2200
_MONTHS_DAYS: Final = 100


class Frame(NamedTuple):
    """The parts of the rectangle that a timeline is painted into."""

    heads: QRectF
    lanes: QRectF
    axis: QRectF


class TimelineStrip(Figure):
    """Each date is drawn as precisely as it is known; where dates are too dense, their number is.

    It shows all of its time, or the part of ``show_window``. Labels go to the chosen fact, to the
    leads of areas and key facts, and to what happened last, as far as they fit.
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._chosen = ""
        self._window: tuple[float, float] | None = None
        self._facts = TimelineFacts()
        self._known: tuple[Dossier, Wanted, Content] | None = None
        self._plan: Plan | None = None
        self._shortener = Shortener(QFontMetricsF(Theme.font("caption_strong")))

    @property
    def wanted(self) -> Wanted:
        return self._wanted

    @property
    def chosen(self) -> str:
        """Id of the fact whose mark is ringed, or an empty string."""
        return self._chosen

    def show_only(self, wanted: Wanted) -> None:
        """Show the facts that are wanted, and no others."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.changed.emit()

    def choose(self, fact_id: str) -> None:
        """Ring the mark of this fact, if it has one; an empty id rings none."""
        if fact_id != self._chosen:
            self._chosen = fact_id
            self.changed.emit()

    def show_window(self, first: float, last: float) -> None:
        """Show the time from one day to another, whatever the width."""
        if (first, last) != self._window:
            self._window = (first, last)
            self.changed.emit()

    def show_all_time(self) -> None:
        if self._window is not None:
            self._window = None
            self.changed.emit()

    # What it draws

    def content(self, dossier: Dossier) -> Content:
        known = self._known
        if known is None or known[0] is not dossier or known[1] != self._wanted:
            content = self._facts.read(dossier, self._wanted)
            self._known = known = (dossier, self._wanted, content)
        return known[2]

    def describe(self, dossier: Dossier) -> str:
        content = self.content(dossier)
        if not content.lanes:
            return tr("No dated facts to show.")
        facts = tr_count("{count} dated entry", "{count} dated entries", content.total)
        lanes = tr_count("{count} lane", "{count} lanes", len(content.lanes))
        return tr("Timeline: {facts} in {lanes}").format(facts=facts, lanes=lanes)

    def height_for(self, width_px: float, dossier: Dossier) -> float:
        lanes = self.content(dossier).lanes
        return len(lanes) * _LANE_PX + _AXIS_PX if lanes else _EMPTY_PX

    def least_height(self, dossier: Dossier) -> float:
        """The height below which lanes would be cut."""
        lanes = self.content(dossier).lanes
        return sum(band.tracks.height_px for band in bands(lanes, 0)) + _AXIS_PX

    def frame(self, rect: QRectF) -> Frame:
        head_px = _HEAD_PX if rect.width() >= _NARROW_PX else _NARROW_HEAD_PX
        high_px = rect.height() - _AXIS_PX
        lanes = QRectF(rect.left() + head_px, rect.top(), rect.width() - head_px, high_px)
        heads = QRectF(rect.left(), rect.top(), head_px, high_px)
        return Frame(heads, lanes, QRectF(lanes.left(), lanes.bottom(), lanes.width(), _AXIS_PX))

    def reach(self, width_px: float, dossier: Dossier) -> Reach:
        """All time, in lanes that are ``width_px`` wide."""
        content = self.content(dossier)
        return Reach(content.first, content.last, width_px)

    def window(self, width_px: float, dossier: Dossier) -> Window:
        """What is in view in lanes that are ``width_px`` wide."""
        reach = self.reach(width_px, dossier)
        return reach.whole if self._window is None else reach.days(*self._window)

    def plan(self, window: Window, frame: Frame, dossier: Dossier) -> Plan:
        """Where everything stands at the scale of a window, whatever part of it is in view."""
        content = self.content(dossier)
        lane_bands = bands(content.lanes, frame.lanes.height())
        width_px = (content.last - content.first) * window.px_per_day
        axis = Axis(content.first, content.last, 0.0, width_px)
        plan = self._plan
        if plan is None or not plan.is_of(content.lanes, axis, lane_bands):
            self._plan = plan = Plan(content.lanes, axis, lane_bands, self._shortener, plan)
        return plan

    def marks(self, rect: QRectF, dossier: Dossier) -> list[Mark]:
        if not self.content(dossier).lanes:
            return []
        frame = self.frame(rect)
        window = self.window(frame.lanes.width(), dossier)
        plan = self.plan(window, frame, dossier)
        origin = self.origin(window, frame, dossier)
        seen = frame.lanes.translated(-origin)
        return [
            self.mark(standing, origin, dossier)
            for lane in range(len(plan.lanes))
            for standing in sorted(
                plan.standing(lane, seen.left(), seen.right()), key=_in_reading_order
            )
        ]

    def origin(self, window: Window, frame: Frame, dossier: Dossier) -> QPointF:
        """Where the first day of the line of time and the top of the lanes are painted."""
        shift = (self.content(dossier).first - window.first) * window.px_per_day
        return QPointF(frame.lanes.left() + shift, frame.lanes.top())

    def mark(self, standing: Standing, origin: QPointF, dossier: Dossier) -> Mark:
        """What can be pointed at; a cluster goes by the first of its facts."""
        events = self.events(standing, dossier)
        speak = Locale(dossier, self._wanted.audience)
        words = _words(speak, events[0]) if len(events) == 1 else _cluster_words(speak, events)
        area = standing.area.translated(origin)
        return Mark(events[0].fact_id, area, words, str(len(events)) if events[1:] else "")

    def events(self, standing: Standing, dossier: Dossier) -> tuple[Event, ...]:
        """The events of a mark, earliest first."""
        lane = self.content(dossier).lanes[standing.lane]
        return tuple(lane.events[member] for member in standing.spot.members)

    # Painting

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        if not self.content(dossier).lanes:
            painter.setFont(Theme.font("caption"))
            painter.setPen(theme.colours.muted)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.describe(dossier))
            return
        frame = self.frame(rect)
        window = self.window(frame.lanes.width(), dossier)
        plan = self.plan(window, frame, dossier)
        origin = self.origin(window, frame, dossier)
        seen = frame.lanes.translated(-origin)
        painter.save()
        painter.setClipRect(frame.lanes, Qt.ClipOperation.IntersectClip)
        painter.translate(origin)
        paint_guides(painter, plan, seen, dossier.about.as_of.last, theme)
        for lane in range(len(plan.lanes)):
            paint_lane(painter, plan, lane, seen, self._chosen, theme)
        painter.restore()
        self.paint_around(painter, frame, seen, plan, dossier, theme)

    def paint_around(
        self,
        painter: QPainter,
        frame: Frame,
        seen: QRectF,
        plan: Plan,
        dossier: Dossier,
        theme: Theme,
    ) -> None:
        """Paint heads and dates beside the lanes, of whose plan ``seen`` is in view."""
        speak = Locale(dossier, self._wanted.audience)
        paint_heads(painter, frame.heads, plan, theme)
        as_of = tr("As of {date}").format(date=speak.date(dossier.about.as_of, short=True))

        def say_tick(year: int, month: int | None) -> str:
            if month is None:
                return str(year)
            return speak.date(EdtfDate.parse(f"{year:04}-{month:02}"), short=True)

        def say_day(day: date) -> str:
            return speak.date(EdtfDate.of_day(day), short=True)

        says = (as_of, say_tick, say_day)
        paint_dates(painter, frame.axis, plan, seen, dossier.about.as_of.last, says, theme)


def _in_reading_order(standing: Standing) -> tuple[float, float]:
    return standing.area.left(), standing.area.top()


def _words(speak: Locale, event: Event) -> str:
    """A fact as it is said aloud: its date, what it states, how much, and that sources differ."""
    fact = speak.dossier.fact(event.fact_id)
    said = f"{speak.date(event.when)}: {event.title}"
    if fact.value is not None:
        said = f"{said.rstrip('.')}: {speak.quantity(fact.value)}"
    return f"{said.rstrip('.')}. {state_words('sources-differ')}" if event.differs else said


def _cluster_words(speak: Locale, events: Sequence[Event]) -> str:
    """A cluster as it is said aloud: how many, from when to when, and the first few."""
    count = tr_count("{count} fact", "{count} facts", len(events))
    first = [event.title.rstrip(".") for event in events[:_SAID_OF_CLUSTER]]
    rest = len(events) - len(first)
    if rest:
        first.append(tr_count("{count} more", "{count} more", rest))
    said = f"{count}, {cluster_date(speak, events)}: {'; '.join(first)}"
    return f"{said}. {state_words('sources-differ')}" if any(e.differs for e in events) else said


def cluster_date(speak: Locale, events: Sequence[Event]) -> str:
    """From when to when events lie, as precisely as they are known together."""
    texts = {event.when.text for event in events}
    if len(texts) == 1:
        return speak.date(events[0].when, short=True)
    begins = [event.when.first for event in events]
    ends = [event.when.last for event in events]
    first = "" if None in begins else _day(min(day for day in begins if day is not None))
    last = "" if None in ends else _day(max(day for day in ends if day is not None))
    if not first and not last:
        return tr("open at both ends")
    return speak.date(EdtfDate.parse(f"{first or '..'}/{last or '..'}"), short=True)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def window_words(speak: Locale, first: float, last: float) -> str:
    """A stretch of time in words, no more precise than its length asks for."""
    begin, end = date.fromordinal(int(first)), date.fromordinal(int(last) - 1)
    length = last - first
    form = "%Y" if length > _YEARS_DAYS else "%Y-%m" if length > _MONTHS_DAYS else "%Y-%m-%d"
    # Not strftime alone, which writes early years with too few digits.
    ends = [f"{day.year:04}{day.strftime(form.removeprefix('%Y'))}" for day in (begin, end)]
    return speak.date(EdtfDate.parse("/".join(ends)), short=True)
