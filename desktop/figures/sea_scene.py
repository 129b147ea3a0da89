"""The sea map in one state, ready to be painted at any window: the same on screen and on paper."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, MutableMapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.figures.sea_grid import (
    DEGREES_PX,
    SCALE_BAR_PX,
    count_in_dots,
    draw_words,
    paint_degrees,
    paint_scale_bar,
)
from desktop.figures.sea_ground import Flat, SeaGround, go_on
from desktop.figures.sea_labels import (
    Box,
    Label,
    Placed,
    Room,
    Style,
    place_labels,
)
from desktop.figures.sea_marks import SITE_STYLE, SeaContent, SeaLine, SeaMark
from desktop.figures.sea_sheet import Held, Sheet, draw_sheet
from desktop.figures.sea_symbols import Symbol, area_of, paint_symbol
from desktop.model.dossier import Ref
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.colours import Colours
from desktop.services.language import tr, tr_count

_ROW_PX: Final = 21.0
_SMALL_FROM_M: Final = 1500.0
_TOGETHER_PX: Final = 16.0
_EVENTS: Final = frozenset({"port-visits", "incidents", "island-building"})
_SPOT_PX, _STACKED_SPOT_PX = 8.0, 13.0
_SITES: Final = frozenset({"sites", "depth"})
_CLAIM_STYLE: Final = Style("caption", "claim", italic=True)
_OVERLAY_STYLE: Final = Style("caption", "muted", italic=True)
_SMALLER: Final[Mapping[Style, tuple[Style, ...]]] = {
    Style("lead", "sea", italic=True, spaced_px=5.0): (
        Style("body", "sea", italic=True, spaced_px=3.0),
        Style("caption", "sea", italic=True, spaced_px=1.0),
    )
}
"""How the name of the sea is set where it has no room between the coasts."""
_NEAR: Final = 0.5
_CHOSEN_RANK: Final = 0.0
_BOX_PX, _MOST_BOXES = 12.0, 80
_LINE_RANK: Final = 10.0
_MORE_LINES_RANK: Final = 50.0
_MORE_LINES_FROM_M: Final = 900.0
_RING_PX: Final = 3.5


class Shown(NamedTuple):
    """A mark as it stands at one scale: which, and its middle in pixels from its point."""

    mark: SeaMark
    right_px: float
    down_px: float

    def area(self) -> QRectF:
        """What it covers, in pixels from its point."""
        return area_of(self.mark.symbol).translated(self.right_px, self.down_px)


class Plan(NamedTuple):
    """What stands where at one scale: marks in the order they are painted, and names."""

    shown: tuple[Shown, ...]
    placed: tuple[Placed, ...]


class SeaScene:
    """One state of a sea map; another state is another scene, and this one never changes.

    It serves a map view as it is: ``ground`` and ``marks`` are equal where pictures may be kept,
    ``paint_ground`` and ``lay_out`` may be called from any thread. ``sides`` remembers on which
    side of its mark each name stood, so that it stays there when the scale changes.
    """

    def __init__(
        self,
        ground: SeaGround,
        content: SeaContent,
        colours: Colours,
        *,
        with_depth: bool,
        chosen: Ref | None = None,
        pointed: Ref | None = None,
        insets: QMarginsF | None = None,
        sides: MutableMapping[str, int] | None = None,
        serial: int = 0,
    ) -> None:
        self.content: Final = content
        self.ground: Final[Hashable] = (id(ground), id(colours), with_depth, content.lines)
        self.marks: Final[Hashable] = (serial, id(colours), chosen)
        self._ground = ground
        self._colours = colours
        self._with_depth = with_depth
        self._chosen = chosen
        self._pointed = pointed
        self._insets = insets or QMarginsF()
        self._sides: MutableMapping[str, int] = {} if sides is None else sides

    @property
    def limits(self) -> Bounds:
        """The part of the world that can be shown, in metres."""
        return self._ground.limits

    def paint(
        self, painter: QPainter, window: MapWindow, size: Size, ratio: float | None = None
    ) -> None:
        """Paint the whole map into a picture of this size.

        As vectors; or for a screen on which one of its pixels is ``ratio`` dots, which takes half
        the time and may be done in the program's own thread alone.
        """
        painter.save()
        painter.setClipRect(QRectF(0, 0, *size))
        self.paint_ground(painter, window, size)
        west, north = window.to_m(0, 0, size)
        scale = window.metres_per_px
        bounds = (
            west / scale + max(self._insets.left(), DEGREES_PX),
            -north / scale + self._insets.top(),
            west / scale + size.width_px - self._insets.right(),
            -north / scale + size.height_px - max(self._insets.bottom(), DEGREES_PX),
        )
        room = Room(bounds)
        right, base = west / scale + self._corner(size).x(), -north / scale + self._corner(size).y()
        room.take((right - SCALE_BAR_PX[0], base - SCALE_BAR_PX[1], right, base))
        plan = self._plan(scale, room, {})
        self._paint_rings(painter, window, size)
        for shown in plan.shown:
            x, y = window.to_px(shown.mark.east_m, shown.mark.north_m, size)
            at = QPointF(x + shown.right_px, y + shown.down_px)
            paint_symbol(painter, shown.mark.symbol, at, self._colours)
        painter.save()
        count_in_dots(painter, ratio)
        for label, left_px, top_px, _ in plan.placed:
            x, y = window.to_px(label.east_m, label.north_m, size)
            at = QPointF(x + left_px, y + top_px)
            draw_words(painter, label.text, label.style, at, self._colours, ratio)
        painter.restore()
        self._paint_edges(painter, window, size, ratio)
        painter.restore()

    def paint_ground(
        self,
        painter: QPainter,
        window: MapWindow,
        size: Size,
        pause: Callable[[], None] = go_on,
    ) -> None:
        content = self.content
        named = [(name.east_m, name.north_m) for name in content.names]
        flat = Flat(content.lines, tuple(named), self._with_depth)
        self._ground.paint(painter, window, size, self._colours, flat, pause)

    def lay_out(self, metres_per_px: float, ratio: float) -> Sheet:
        plan = self._plan(metres_per_px, Room(), self._sides)
        self._sides.update((placed.label.key, placed.side) for placed in plan.placed)
        held = []
        for shown in plan.shown:
            mark, area = shown.mark, shown.area()
            held.append(Held(mark.symbol, mark.east_m, mark.north_m, area.left(), area.top()))
        for label, left_px, top_px, _ in plan.placed:
            what = (label.text, label.style)
            held.append(Held(what, label.east_m, label.north_m, left_px, top_px))
        return draw_sheet(held, ratio, self._colours)

    def paint_over(self, painter: QPainter, window: MapWindow, size: Size) -> None:
        self._paint_rings(painter, window, size)
        self._paint_edges(painter, window, size, painter.device().devicePixelRatio())

    def shown(self, metres_per_px: float) -> list[Shown]:
        """The marks at this scale, those that lie together as one, in the order of painting."""
        return show_marks(self.content.marks, metres_per_px)

    def at(
        self, window: MapWindow, size: Size, place_px: QPointF, reach_px: float
    ) -> list[SeaMark]:
        """The marks within reach of a point of the view, the nearest first."""
        found = []
        for shown in self.shown(window.metres_per_px):
            x, y = window.to_px(shown.mark.east_m, shown.mark.north_m, size)
            area = shown.area().translated(x, y)
            off = area.center() - place_px
            if area.adjusted(-reach_px, -reach_px, reach_px, reach_px).contains(place_px):
                found.append((off.x() ** 2 + off.y() ** 2, shown.mark))
        return [mark for _, mark in sorted(found, key=lambda pair: pair[0])]

    def _plan(self, metres_per_px: float, room: Room, sides: Mapping[str, int]) -> Plan:
        shown = self.shown(metres_per_px)
        labels = list(self._name_labels(shown, metres_per_px))
        # The chosen name is written even where other marks crowd around its own.
        first = [label for label in labels if label.rank == _CHOSEN_RANK]
        placed = place_labels(first, room, metres_per_px, sides)
        for each in shown:
            x = each.mark.east_m / metres_per_px
            y = -each.mark.north_m / metres_per_px
            area = each.area().translated(x, y)
            room.take((area.left(), area.top(), area.right(), area.bottom()))
        for line in self.content.lines:
            _keep_off(room, line, metres_per_px)
        rest = [label for label in labels if label.rank > _CHOSEN_RANK]
        rest += line_labels(self.content.lines, metres_per_px)

        def is_water(box: Box) -> bool:
            west, south, east, north = box[0], -box[3], box[2], -box[1]
            return self._ground.is_water(
                Bounds(*(each * metres_per_px for each in (west, south, east, north)))
            )

        placed += place_labels(rest, room, metres_per_px, sides, is_water)
        return Plan(tuple(shown), tuple(placed))

    def _name_labels(self, shown: Sequence[Shown], metres_per_px: float) -> Iterable[Label]:
        areas: dict[str, QRectF] = {}
        for each in shown:
            # Symbols stacked above the first leave the sides of that one free for the name.
            if each.mark.row == 0 or each.mark.ref.id not in areas:
                areas[each.mark.ref.id] = each.area()
        marked = {mark.ref.id for mark in self.content.marks}
        ref = self._chosen
        chosen = {
            mark.ref.id
            for mark in self.content.marks
            if ref is not None and (mark.ref == ref or ref.id in mark.facts)
        }
        for name in self.content.names:
            is_chosen = name.place_id in chosen
            is_in_range = name.from_metres_per_px <= metres_per_px <= name.to_metres_per_px
            if not is_in_range and not is_chosen:
                continue
            area = areas.get(name.place_id, QRectF())
            if is_chosen and not area.isEmpty():
                area = _ring_around(area)
            if area.isEmpty() and name.place_id in marked and not is_chosen:
                continue
            rank = _CHOSEN_RANK if is_chosen else name.rank
            key = str(name.place_id)
            label = Label(key, name.text, name.style, name.east_m, name.north_m, area, rank)
            # Features lie so close that a name moved from one would seem to be another's.
            yield from _in_sizes(label._replace(insists=name.style == SITE_STYLE))

    def _paint_edges(
        self, painter: QPainter, window: MapWindow, size: Size, ratio: float | None
    ) -> None:
        clear = self._insets.top(), self._insets.bottom()
        paint_degrees(painter, window, size, self._colours, ratio, clear=clear)
        paint_scale_bar(painter, window, self._corner(size), self._colours, ratio)

    def _corner(self, size: Size) -> QPointF:
        """Where the scale bar ends, at the right and below."""
        right, below = max(self._insets.right(), 20.0), max(self._insets.bottom(), 28.0)
        return QPointF(size.width_px - right, size.height_px - below)

    def _paint_rings(self, painter: QPainter, window: MapWindow, size: Size) -> None:
        wanted = [ref for ref in (self._pointed, self._chosen) if ref is not None]
        if not wanted:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shown in self.shown(window.metres_per_px):
            mark = shown.mark
            ringed = [ref for ref in wanted if ref == mark.ref or ref.id in mark.facts]
            if not ringed:
                continue
            x, y = window.to_px(mark.east_m, mark.north_m, size)
            area = shown.area().translated(x, y)
            painter.setPen(QPen(self._colours.page, 4.5))
            painter.drawEllipse(_ring_around(area))
            is_chosen = self._chosen in ringed
            painter.setPen(QPen(self._colours.link if is_chosen else self._colours.control, 2))
            painter.drawEllipse(_ring_around(area))
        painter.restore()


def _in_sizes(label: Label) -> Iterable[Label]:
    """A label as it is set best, and as it is set where it has no room like that."""
    smaller = _SMALLER.get(label.style)
    if smaller is None:
        return [label]
    near = [label._replace(style=style, reach=_NEAR) for style in (label.style, *smaller)]
    tries = [*near, label._replace(style=smaller[-1]), label]
    return [each._replace(rank=label.rank + place / 100) for place, each in enumerate(tries)]


def _ring_around(area: QRectF) -> QRectF:
    radius = max(area.width(), area.height()) / 2 + _RING_PX
    middle = area.center()
    return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)


def show_marks(marks: Sequence[SeaMark], metres_per_px: float) -> list[Shown]:
    """Put marks in order of painting, smaller on a map of everything.

    Events closer together than their symbols are wide become one mark with their number. Of sites
    as close as that, one stands for the others.
    """
    small = metres_per_px > _SMALL_FROM_M
    shown = []
    events = []
    for mark in marks:
        if metres_per_px > mark.to_metres_per_px:
            continue
        if mark.layer in _EVENTS:
            events.append(mark)
            continue
        if mark.layer in _SITES and _is_crowded(mark, marks, metres_per_px):
            continue
        symbol = mark.symbol
        if small and mark.layer == "holders":
            symbol = symbol._replace(small=True)
        shown.append(Shown(mark._replace(symbol=symbol), 0.0, -_ROW_PX * mark.row))
    # The best ranked are painted last, over the others.
    shown.sort(key=lambda each: -each.mark.rank)
    return shown + [_shown_event(group) for group in _grouped(events, metres_per_px)]


def _is_crowded(mark: SeaMark, marks: Sequence[SeaMark], metres_per_px: float) -> bool:
    """Whether a better ranked site, or what happened at one, stands in the same spot there."""
    for other in marks:
        is_site = other.layer in _SITES and other.rank < mark.rank
        is_event = other.layer in _EVENTS and other.ref != mark.ref
        if not is_site and not is_event:
            continue
        near_m = (_SPOT_PX if is_site else _STACKED_SPOT_PX) * metres_per_px
        north_m = other.north_m + other.row * _ROW_PX * metres_per_px
        if abs(other.east_m - mark.east_m) < near_m and abs(north_m - mark.north_m) < near_m:
            return True
    return False


def _grouped(events: Sequence[SeaMark], metres_per_px: float) -> list[list[SeaMark]]:
    groups: list[list[SeaMark]] = []
    for mark in events:
        for group in groups:
            first = group[0]
            apart_m = max(abs(first.east_m - mark.east_m), abs(first.north_m - mark.north_m))
            # What is merely somewhere about is not told to be in one spot with anything.
            alike = first.ref != mark.ref and not (first.symbol.vague or mark.symbol.vague)
            if alike and apart_m < _TOGETHER_PX * metres_per_px:
                group.append(mark)
                break
        else:
            groups.append([mark])
    return groups


def _shown_event(group: Sequence[SeaMark]) -> Shown:
    first = group[0]
    if len(group) == 1:
        return Shown(first, 0.0, -_ROW_PX * first.row)
    facts = tuple(dict.fromkeys(fact for mark in group for fact in mark.facts))
    places = len({mark.ref for mark in group})
    count = tr_count("{count} event", "{count} events", len(facts))
    words = tr("{events} at {count} places").format(events=count, count=places)
    symbol = Symbol("cluster", number=len(facts))
    cluster = first._replace(symbol=symbol, words=words, facts=facts)
    return Shown(cluster, 0.0, -_ROW_PX * first.row)


def _keep_off(room: Room, line: SeaLine, metres_per_px: float) -> None:
    """Take the room along a line, so that no name is written across it."""
    points = [(x / metres_per_px, -y / metres_per_px) for x, y in line.points]
    for (x, y), (to_x, to_y) in pairwise(points):
        count = int(max(abs(to_x - x), abs(to_y - y)) // _BOX_PX) + 1
        count = min(count, _MOST_BOXES)
        for number in range(count):
            at_x, at_y = x + (to_x - x) * number / count, y + (to_y - y) * number / count
            room.take((at_x - 3, at_y - 3, at_x + 3, at_y + 3))


def line_labels(lines: Sequence[SeaLine], metres_per_px: float) -> list[Label]:
    """One name for each line of our own and each claim, more of them where there is room."""
    labels = []
    for overlay_id in dict.fromkeys(line.overlay_id for line in lines):
        own = [line for line in lines if line.overlay_id == overlay_id]
        middles = [_middle_of(line) for line in own]
        east = sum(x for x, _ in middles) / len(own)
        north = sum(y for _, y in middles) / len(own)
        order = sorted(
            range(len(own)), key=lambda i: abs(middles[i][0] - east) + abs(middles[i][1] - north)
        )
        is_far = metres_per_px > _MORE_LINES_FROM_M
        for place, number in enumerate(order):
            line, rank = own[number], _LINE_RANK + place / 100
            if not is_far and place:
                rank = _MORE_LINES_RANK
            text = line.name
            if line.claimant:
                text = tr("{name}, claimed by {claimant}").format(name=text, claimant=line.claimant)
            style = _CLAIM_STYLE if line.claimant else _OVERLAY_STYLE
            # From afar one name is enough, at the first of the lines that has room for it.
            key = overlay_id if is_far else f"{overlay_id}/{number}"
            beside = QRectF(-5, -5, 10, 10)
            labels.append(Label(key, text, style, *middles[number], beside, rank))
    return labels


def _middle_of(line: SeaLine) -> tuple[float, float]:
    """A point of the line to write its name at: half way along, or of a closed one the top."""
    if line.closed:
        return max(line.points, key=lambda point: point[1])
    return line.points[len(line.points) // 2]
