"""One briefing being given: which slide, what the audience sees of it, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

import msgspec
from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from desktop.model.dossier import ChangeSet, Dossier, Ref, diff
from desktop.model.records import AudienceId, BriefingId, Fact, FactId, Slide, SlideId
from desktop.model.slides import (
    Seat,
    audience_of,
    backups_of,
    facts_on,
    facts_spoken,
    seat_of,
    slides_of,
)
from desktop.model.states import is_shown

Cover = Literal["", "black", "white"]
Show = Literal["screens", "console", "audience", "window"]
"""On two screens if there are two; the console alone; the audience's view alone; or the audience's
view in a window that can be shared in a call."""

_WHOLE: Final = QRectF(0, 0, 1, 1)
_LEAST_ZOOM: Final = 0.1


class Card(NamedTuple):
    """An answer about one fact: its sentence and source, or both sides where sources differ."""

    fact_id: FactId
    both: bool = False


class Bookmark(msgspec.Struct, frozen=True):
    """Where a briefing stood, for a start after the program was lost; times in s since 1970.

    ``show`` is how its windows stood.
    """

    file: str
    briefing: str
    slide: str
    started: float
    slide_since: float
    written: float
    paused_s: float = 0.0
    paused_at: float | None = None
    ends_at: float | None = None
    cover: Cover = ""
    held: str = ""
    show: Show = "screens"


class Session(QObject):
    """A briefing over a pinned dossier: what is edited meanwhile waits until ``pin``.

    ``slide`` is where the briefer is; ``seen`` what the audience sees, which stays behind while the
    audience is held. ``now`` tells the time in seconds since 1970.
    """

    changed = Signal()
    """Anything that console or stage show is no longer what it was."""
    ended = Signal()

    def __init__(
        self,
        dossier: Dossier,
        briefing_id: str,
        start: str = "",
        now: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._dossier = dossier
        self._newest = dossier
        self.briefing_id: Final = BriefingId(briefing_id)
        self._slide = SlideId(start)
        if start not in dossier.slides and self.running:
            self._slide = SlideId(self.running[0].id)
        self._left = self._slide
        """The slide of the running order that was left for a backup."""
        self._held: SlideId | None = None
        self._cover: Cover = ""
        self._asked: Card | None = None
        self._pushed: Card | None = None
        self._pointer: QPointF | None = None
        self._zoom = QRectF(_WHOLE)
        self._started = self._slide_since = now()
        self._paused_at: float | None = None
        self._paused_s = 0.0
        self._ends_at: float | None = None

    @property
    def dossier(self) -> Dossier:
        """What the audience is shown, as it was when it was pinned."""
        return self._dossier

    @property
    def running(self) -> list[Slide]:
        """The slides that are stepped through, in their order."""
        briefing = self._dossier.briefings.get(self.briefing_id)
        return slides_of(self._dossier, briefing) if briefing else []

    @property
    def backups(self) -> list[Slide]:
        """Those that are reached by number only."""
        briefing = self._dossier.briefings.get(self.briefing_id)
        return backups_of(self._dossier, briefing) if briefing else []

    @property
    def audience(self) -> AudienceId | None:
        return audience_of(self._dossier, self._dossier.briefings.get(self.briefing_id))

    @property
    def slide(self) -> Slide | None:
        """Where the briefer is."""
        return self._dossier.slides.get(self._slide)

    @property
    def seen(self) -> Slide | None:
        """What the audience sees when nothing covers it."""
        return self._dossier.slides.get(self._held or self._slide)

    @property
    def next(self) -> Slide | None:
        """What comes when the briefer steps on."""
        return self._neighbour(1)

    @property
    def previous(self) -> Slide | None:
        """What comes when the briefer steps back."""
        return self._neighbour(-1)

    @property
    def seat(self) -> Seat | None:
        briefing = self._dossier.briefings.get(self.briefing_id)
        return seat_of(self._dossier, briefing, self._slide) if briefing else None

    @property
    def cover(self) -> Cover:
        return self._cover

    @property
    def is_held(self) -> bool:
        """Whether the audience's picture stays while the briefer looks elsewhere."""
        return self._held is not None

    @property
    def asked(self) -> Card | None:
        """The answer that the briefer alone sees."""
        return self._asked

    @property
    def pushed(self) -> Card | None:
        """The answer that the audience sees in place of the slide."""
        return self._pushed

    @property
    def pointer(self) -> QPointF | None:
        """Where the pointer is on the page, as fractions of its width and height."""
        return self._pointer

    @property
    def zoom(self) -> QRectF:
        """The region of the page that fills the picture, as fractions; (0, 0, 1, 1) is all."""
        return QRectF(self._zoom)

    # Moving on

    def step(self, by: int) -> None:
        """Go on or back by some slides, never past either end; from a backup to where it left."""
        target = self._neighbour(by)
        if target is not None:
            self._show(target.id)

    def go_to_end(self, *, last: bool) -> None:
        if self.running:
            self._show(self.running[-1 if last else 0].id)

    def go_to_number(self, number: int) -> bool:
        """Go to a slide by its number, backups too; tell whether there is one."""
        everything = [*self.running, *self.backups]
        if not 1 <= number <= len(everything):
            return False
        self._show(everything[number - 1].id)
        return True

    def go_to(self, slide_id: str) -> None:
        """Go to a slide of this briefing."""
        if any(slide.id == slide_id for slide in (*self.running, *self.backups)):
            self._show(slide_id)

    # What the audience sees of it

    def toggle_cover(self, cover: Literal["black", "white"]) -> None:
        """Cover the audience's picture; the console goes on. Again, and it is back."""
        self._cover = "" if self._cover == cover else cover
        self.changed.emit()

    def toggle_hold(self) -> None:
        """Let the audience's picture stay, or bring it to where the briefer is."""
        self._held = None if self._held else self._slide
        self.changed.emit()

    def ask(self, card: Card | None) -> None:
        """Show an answer to the briefer alone; None puts it away, for the audience too."""
        if card != self._asked or card is None:
            self._asked = card
            if card is None:
                self._pushed = None
            self.changed.emit()

    def push(self) -> None:
        """Show the audience the answer that the briefer sees; again, and it is gone."""
        self._pushed = None if self._pushed == self._asked else self._asked
        self.changed.emit()

    def point(self, place: QPointF | None) -> None:
        """Put the pointer on a place of the page, as fractions; None takes it away."""
        if place != self._pointer:
            self._pointer = place
            self.changed.emit()

    def zoom_to(self, region: QRectF | None) -> None:
        """Fill the picture with a region of the page, as fractions; None shows all of it."""
        wanted = QRectF(_WHOLE)
        if region is not None:
            side = min(max(region.width(), region.height(), _LEAST_ZOOM), 1.0)
            wanted = QRectF(0, 0, side, side)
            wanted.moveCenter(region.center())
            wanted.moveLeft(min(max(wanted.left(), 0.0), 1.0 - side))
            wanted.moveTop(min(max(wanted.top(), 0.0), 1.0 - side))
        if wanted != self._zoom:
            self._zoom = wanted
            self.changed.emit()

    # The facts under it

    def hear(self, dossier: Dossier) -> None:
        """Learn that the facts have changed; nothing of it is shown before ``pin``."""
        if dossier is not self._newest:
            self._newest = dossier
            self.changed.emit()

    @property
    def news(self) -> ChangeSet:
        """What has changed in the facts since the audience's picture was pinned."""
        return diff(self._dossier, self._newest)

    def pin(self) -> None:
        """Show the facts as they are now, to the audience too."""
        self._dossier = self._newest
        if self.slide is None and self.running:
            self._slide = SlideId(self.running[0].id)
        if self._held is not None and self._held not in self._dossier.slides:
            self._held = None
        self._asked, self._pushed = self._still_said(self._asked), self._still_said(self._pushed)
        self.changed.emit()

    def fact_ids(self) -> list[str]:
        """Ids of the facts on the slide or in its notes, those on the slide first."""
        slide = self.slide
        if slide is None:
            return []
        facts = (
            *facts_on(self._dossier, slide, self.audience),
            *facts_spoken(self._dossier, slide, self.audience),
        )
        return list(dict.fromkeys(fact.id for fact in facts))

    # The clock

    @property
    def now_s(self) -> float:
        """The time, in s since 1970."""
        return self._now()

    @property
    def ends_at(self) -> float | None:
        """When the room has to be left, in s since 1970; None if nobody said so."""
        return self._ends_at

    def end_at(self, moment: float | None) -> None:
        """Count down to a moment, in s since 1970, or to none."""
        self._ends_at = moment
        self.changed.emit()

    @property
    def elapsed_s(self) -> float:
        """How long the briefing has gone on, pauses apart."""
        until = self._paused_at if self._paused_at is not None else self._now()
        return max(until - self._started - self._paused_s, 0.0)

    @property
    def planned_s(self) -> int:
        """How long all its slides are meant to take."""
        return sum(slide.seconds or 0 for slide in self.running)

    @property
    def remaining_s(self) -> float | None:
        """How long until the room has to be left; negative once that is past."""
        return None if self._ends_at is None else self._ends_at - self._now()

    @property
    def behind_s(self) -> float:
        """How far behind the plan; negative when ahead of it, 0 where nothing was planned."""
        if not self.planned_s:
            return 0.0
        ids = [slide.id for slide in self.running]
        here = ids.index(self._slide) if self._slide in ids else len(ids)
        due = sum(slide.seconds or 0 for slide in self.running[:here])
        slide = self.slide if here < len(ids) else None
        until = self._paused_at if self._paused_at is not None else self._now()
        on_it = min(until - self._slide_since, (slide.seconds or 0) if slide else 0)
        return self.elapsed_s - due - max(on_it, 0.0)

    @property
    def is_paused(self) -> bool:
        return self._paused_at is not None

    def toggle_pause(self) -> None:
        """Let the clock stand, or go on."""
        if self._paused_at is None:
            self._paused_at = self._now()
        else:
            stood_s = self._now() - self._paused_at
            self._paused_s += stood_s
            self._slide_since += stood_s
            self._paused_at = None
        self.changed.emit()

    def end(self) -> None:
        """The briefing is over, or called off."""
        self.ended.emit()

    # After a loss

    def bookmark(self, file: str) -> Bookmark:
        """Where this briefing of a file stands."""
        return Bookmark(
            file,
            self.briefing_id,
            self._slide,
            self._started,
            self._slide_since,
            self._now(),
            self._paused_s,
            self._paused_at,
            self._ends_at,
            self._cover,
            self._held or "",
        )

    def resume(self, mark: Bookmark) -> None:
        """Go on where a briefing stood; a slide that is gone is passed over."""
        if mark.slide in self._dossier.slides:
            self._slide = SlideId(mark.slide)
        if mark.held in self._dossier.slides:
            self._held = SlideId(mark.held)
        self._cover = mark.cover
        self._started, self._slide_since = mark.started, mark.slide_since
        self._paused_s, self._paused_at = mark.paused_s, mark.paused_at
        self._ends_at = mark.ends_at
        self.changed.emit()

    def _still_said(self, card: Card | None) -> Card | None:
        """An answer, unless its fact is gone or this audience is no longer shown it."""
        fact = self._dossier.find(Ref(Fact, card.fact_id)) if card else None
        if isinstance(fact, Fact) and is_shown(self._dossier, fact, self.audience):
            return card
        return None

    def _neighbour(self, by: int) -> Slide | None:
        ids = [slide.id for slide in self.running]
        if self._slide in ids:
            here = ids.index(self._slide)
        elif self._left in ids:
            # A backup stands behind the slide on which it was asked for; behind the last of all it
            # leads back to that.
            here = ids.index(self._left) + (1 if by < 0 else 0)
            by = min(by, max(len(ids) - 1 - here, 0))
        else:
            return None
        there = here + by
        return self.running[there] if 0 <= there < len(ids) else None

    def _show(self, slide_id: str) -> None:
        if slide_id != self._slide:
            if any(slide.id == self._slide for slide in self.running):
                self._left = self._slide
            self._slide = SlideId(slide_id)
            self._slide_since = self._now()
            self._zoom = QRectF(_WHOLE)
            self._pointer = None
        self._asked = self._pushed = None
        self.changed.emit()
