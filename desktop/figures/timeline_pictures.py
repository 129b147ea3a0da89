"""Lanes of a timeline as pictures side by side: moving through time copies instead of painting."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from desktop.figures.timeline_lanes import Lane, Spot
from desktop.figures.timeline_paint import REACH_PX, paint_guides, paint_lane
from desktop.figures.timeline_plan import Plan
from desktop.services.theme import Theme

WIDTH_PX: Final = 256
"""Of one picture; at every usual ratio of a screen that is a whole number of its pixels."""

_AHEAD: Final = 2
_KEPT_BESIDE: Final = 4


class _Shown(NamedTuple):
    """All that a picture shows."""

    plan: Plan
    chosen: str
    as_of: int | None
    theme: Theme
    is_dark: bool
    ratio: float


class LanePictures:
    """Pictures of the lanes of one plan at a time, each drawn when it is first wanted.

    Those of a lane that looks the same in the next plan are kept.
    """

    def __init__(self) -> None:
        self._shown: _Shown | None = None
        self._pictures: dict[tuple[int, int], QPixmap] = {}
        self._contents: dict[tuple[int, int], tuple[object, ...]] = {}

    def show(self, plan: Plan, chosen: str, as_of: int | None, theme: Theme, ratio: float) -> None:
        """Picture this plan from now on, on a screen of that ratio."""
        before, now = self._shown, _Shown(plan, chosen, as_of, theme, theme.is_dark, ratio)
        self._shown = now
        if before is None or before[2:] != now[2:] or before.plan.axis != plan.axis:
            self._pictures, self._contents = {}, {}
        elif before[:2] != now[:2]:
            self._keep_what_looks_same(before, now)

    def _keep_what_looks_same(self, before: _Shown, now: _Shown) -> None:
        pictures, contents = self._pictures, self._contents
        self._pictures, self._contents = {}, {}
        for key, picture in pictures.items():
            if not _is_in_place(key[0], before, now):
                continue
            if _is_untouched(key[0], before, now):
                self._pictures[key] = picture
                if key in contents:
                    self._contents[key] = contents[key]
                continue
            self._contents[key] = _content(key, now)
            if self._contents[key] == (contents.get(key) or _content(key, before)):
                self._pictures[key] = picture

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint what of the lanes lies in ``seen`` of their plan."""
        if self._shown is None:
            return
        for number in _inside(seen):
            for lane, band in enumerate(self._shown.plan.bands):
                corner = QPointF(number * WIDTH_PX, band.top_px)
                painter.drawPixmap(corner, self._picture(self._shown, lane, number))

    def draw_ahead(self, seen: QRectF, heading: int) -> bool:
        """Draw one picture beside ``seen``, first in the direction of ``heading``; False if none.

        Those far from there are given up.
        """
        if self._shown is None:
            return False
        inside = _inside(seen)
        near = range(inside.start - _KEPT_BESIDE, inside.stop + _KEPT_BESIDE)
        self._pictures = {key: picture for key, picture in self._pictures.items() if key[1] in near}
        after = range(inside.stop, inside.stop + _AHEAD)
        before = range(inside.start - 1, inside.start - 1 - _AHEAD, -1)
        all_time = range(-1, int(self._shown.plan.axis.right_px // WIDTH_PX) + 2)
        for number in (*after, *before) if heading >= 0 else (*before, *after):
            for lane in range(len(self._shown.plan.lanes)):
                if number in all_time and (lane, number) not in self._pictures:
                    self._picture(self._shown, lane, number)
                    return True
        return False

    def _picture(self, shown: _Shown, lane: int, number: int) -> QPixmap:
        found = self._pictures.get((lane, number))
        if found is None:
            found = self._pictures[lane, number] = _draw(shown, lane, number)
        return found


def _draw(shown: _Shown, lane: int, number: int) -> QPixmap:
    band = shown.plan.bands[lane]
    seen = QRectF(number * WIDTH_PX, band.top_px, WIDTH_PX, band.height_px)
    picture = QPixmap((seen.size() * shown.ratio).toSize())
    picture.setDevicePixelRatio(shown.ratio)
    picture.fill(shown.theme.colours.ground)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(-seen.topLeft())
    paint_guides(painter, shown.plan, seen, shown.as_of, shown.theme)
    paint_lane(painter, shown.plan, lane, seen, shown.chosen, shown.theme)
    painter.end()
    return picture


def _inside(seen: QRectF) -> range:
    return range(int(seen.left() // WIDTH_PX), int(seen.right() // WIDTH_PX) + 1)


def _is_in_place(lane: int, before: _Shown, now: _Shown) -> bool:
    """Whether a lane takes the same strip in both plans."""
    return lane < len(now.plan.lanes) and before.plan.bands[lane] == now.plan.bands[lane]


def _is_untouched(lane: int, before: _Shown, now: _Shown) -> bool:
    return before.plan.lanes[lane] is now.plan.lanes[lane] and before.chosen == now.chosen


def _content(key: tuple[int, int], shown: _Shown) -> tuple[object, ...]:
    """All that differs between pictures of one lane: marks, and the labels that reach there."""
    lane, number = key
    plan, left = shown.plan, number * WIDTH_PX
    here = plan.lanes[lane].place_of(shown.chosen)
    marks = tuple(
        (
            standing.area,
            _said_of(plan.lanes[lane], standing.spot),
            here is not None and here in standing.spot.members,
        )
        for standing in plan.standing(lane, left - REACH_PX, left + WIDTH_PX + REACH_PX)
    )
    labels = tuple(
        (named, named.label.fact_id == shown.chosen)
        for named in plan.labels(lane, left, left + WIDTH_PX, shown.chosen)
        if named.label.area.left() <= left + WIDTH_PX and named.label.area.right() >= left
    )
    return marks, labels


def _said_of(lane: Lane, spot: Spot) -> tuple[object, ...]:
    """What a mark shows of its facts: of several their number, and whether sources differ."""
    differs = lane.differs_in(spot.members)
    return len(spot.members) if spot.is_cluster else lane.events[spot.members[0]].when, differs
