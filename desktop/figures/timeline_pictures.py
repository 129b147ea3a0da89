"""Lanes of a timeline as pictures side by side: moving through time copies instead of painting."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from desktop.figures.timeline_paint import paint_guides, paint_lane
from desktop.figures.timeline_plan import Plan
from desktop.services.theme import Theme

WIDTH_PX: Final = 256
"""Of one picture; at every usual ratio of a screen that is a whole number of its pixels."""

_AHEAD: Final = 2
_KEPT_BESIDE: Final = 8


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

    def show(self, plan: Plan, chosen: str, as_of: int | None, theme: Theme, ratio: float) -> None:
        """Picture this plan from now on, on a screen of that ratio."""
        before, now = self._shown, _Shown(plan, chosen, as_of, theme, theme.is_dark, ratio)
        self._shown = now
        if before is None or before[2:] != now[2:] or before.plan.axis != plan.axis:
            self._pictures.clear()
        elif before[:2] != now[:2]:
            kept = {lane for lane in range(len(plan.lanes)) if _looks_same(lane, before, now)}
            self._pictures = {
                key: picture for key, picture in self._pictures.items() if key[0] in kept
            }

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


def _looks_same(lane: int, before: _Shown, now: _Shown) -> bool:
    """Whether a lane of the plan before is the same, and the chosen fact neither left nor came."""
    old, new = before.plan, now.plan
    if lane >= len(old.lanes) or old.lanes[lane] is not new.lanes[lane]:
        return False
    moved = before.chosen != now.chosen and any(
        new.lanes[lane].place_of(each) is not None for each in (before.chosen, now.chosen)
    )
    return old.bands[lane] == new.bands[lane] and not moved
