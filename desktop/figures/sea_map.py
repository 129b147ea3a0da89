"""The sea between them: coast and depths, and on them what the dossier says about places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPainter

from desktop.figures.figure import Figure, Mark
from desktop.figures.sea_ground import SeaGround
from desktop.figures.sea_marks import (
    DEFAULT_LAYERS,
    Asked,
    SeaContent,
    SeaLayer,
    SeaMark,
    read_content,
)
from desktop.figures.sea_scene import SeaScene
from desktop.model import geo
from desktop.model.dossier import Dossier, Ref
from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.model.records import AudienceId, MapView
from desktop.services.language import Locale, tr, tr_count
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap

CLOSEST_M: Final = 8.0
"""The fewest metres a pixel may span: the coast is known no better than that."""

_HIGH_PER_WIDE: Final = 9 / 16
_DEFAULT_DEG: Final = (105.0, 6.0, 120.0, 22.0)


class _Known(NamedTuple):
    dossier: Dossier
    asked: Asked
    audience: AudienceId | None
    content: SeaContent
    serial: int


class SeaMap(Figure):
    """The map of the sea, painted alike into a view, a slide, a PDF, an SVG and a picture.

    Tell it what to show with ``show_layers``, ``show_until``, ``show_since``, ``show_audience``,
    ``choose`` and ``point_at``; each emits ``changed`` where it changes anything. To paint one
    window, set it with ``show_window`` (or ``show_view`` for that of a slide) and call
    ``paint_figure``: all is drawn as vectors, save the shades of depth.

    To move about in it, hand ``scene(dossier, theme)`` to a ``SeaView`` at first and whenever
    ``changed`` is emitted, the dossier or the theme changes: the view finds what has to be drawn
    anew. ``scene(...).at(window, size, point, reach)`` tells what the pointer is on, nearest first;
    ``bounds_of`` what a view has to fit to show some records.

    It needs a basemap, read in a job; before ``show_basemap`` it has no scene and paints nothing.
    To be there sooner, show one of the coarsest level alone first, and then one of all levels with
    the same depths.
    """

    def __init__(self, basemap: Basemap | None = None) -> None:
        super().__init__()
        self._ground = SeaGround(basemap) if basemap is not None else None
        self._asked = Asked(DEFAULT_LAYERS)
        self._audience: AudienceId | None = None
        self._chosen: Ref | None = None
        self._pointed: Ref | None = None
        self._window: MapWindow | Bounds | None = None
        self._insets = QMarginsF()
        self._known: _Known | None = None
        self._sides: dict[str, int] = {}
        self.is_on_screen = False
        """Whether it is painted for a screen, in the program's own thread: sooner, as dots."""

    def twin(self) -> SeaMap:
        """Another map that shows the same, to be painted in a window of its own."""
        twin = SeaMap()
        twin._ground, twin._asked, twin._audience = self._ground, self._asked, self._audience
        return twin

    @property
    def layers(self) -> frozenset[SeaLayer]:
        return self._asked.layers

    @property
    def by(self) -> date | None:
        """The day by which events are shown; None where all are."""
        return self._asked.by

    @property
    def since(self) -> date | None:
        """The day before which nothing that was over is shown; None where all is."""
        return self._asked.since

    @property
    def vivid_holders(self) -> bool:
        return self._asked.vivid_holders

    @property
    def has_basemap(self) -> bool:
        return self._ground is not None

    def show_basemap(self, basemap: Basemap) -> None:
        """Draw on this coast from now on."""
        self._ground = SeaGround(basemap, self._ground)
        self.changed.emit()

    def show_layers(self, layers: Iterable[SeaLayer], *, vivid_holders: bool = False) -> None:
        """Show these layers; holders are muted unless they are what is looked at."""
        self._ask(self._asked._replace(layers=frozenset(layers), vivid_holders=vivid_holders))

    def show_until(self, day: date | None) -> None:
        """Show what had happened by the end of a day; None shows all of it."""
        self._ask(self._asked._replace(by=day))

    def show_since(self, day: date | None) -> None:
        """Leave out what was over before a day; None shows all of it."""
        self._ask(self._asked._replace(since=day))

    def show_audience(self, audience: AudienceId | None) -> None:
        """Show what this audience is shown, by the names it uses."""
        if audience != self._audience:
            self._audience = audience
            self.changed.emit()

    def show_window(self, window: MapWindow | Bounds | None) -> None:
        """Paint this window, or the closest around these bounds; None is the whole sea."""
        if window != self._window:
            self._window = window
            self.changed.emit()

    def show_view(self, view: MapView, width_px: float, down_px: float = 0.0) -> None:
        """Paint the window of a slide, its span the width of a picture this wide.

        Its centre comes to lie ``down_px`` below the middle, where something covers the top.
        """
        x_m, y_m = geo.to_mercator(view.lon, view.lat)
        span_m = view.span_nm * geo.METRES_PER_NM * float(geo.scale_at(view.lat))
        metres_per_px = span_m / width_px
        self.show_window(MapWindow(float(x_m), float(y_m) + down_px * metres_per_px, metres_per_px))

    def keep_clear(self, insets: QMarginsF) -> None:
        """Put the scale bar, and on paper names too, clear of what lies over these edges (px)."""
        if insets != self._insets:
            self._insets = insets
            self.changed.emit()

    def choose(self, ref: Ref | None) -> None:
        """Ring the mark of this place or fact, and name its place whatever the scale."""
        if ref != self._chosen:
            self._chosen = ref
            self.changed.emit()

    def point_at(self, ref: Ref | None) -> None:
        """Ring the mark that the pointer is on."""
        if ref != self._pointed:
            self._pointed = ref
            self.changed.emit()

    def scene(self, dossier: Dossier, theme: Theme) -> SeaScene | None:
        """The map as it is now; None while there is no basemap."""
        if self._ground is None:
            return None
        known = self._read(dossier)
        return SeaScene(
            self._ground,
            known.content,
            theme.colours,
            with_depth="depth" in self._asked.layers,
            chosen=self._chosen,
            pointed=self._pointed,
            insets=self._insets,
            sides=self._sides,
            serial=known.serial,
        )

    def bounds_of(self, refs: Iterable[Ref], dossier: Dossier) -> Bounds | None:
        """The rectangle that holds the marks and lines of some records; None where none has any."""
        wanted = frozenset(refs)
        ids = {ref.id for ref in wanted}
        content = self.content(dossier)
        points = [
            (mark.east_m, mark.north_m)
            for mark in content.marks
            if mark.ref in wanted or ids.intersection(mark.facts)
        ]
        points += [
            point for line in content.lines if line.overlay_id in ids for point in line.points
        ]
        return Bounds.of(points) if points else None

    def paint(self, painter: QPainter, rect: QRectF, dossier: Dossier, theme: Theme) -> None:
        scene = self.scene(dossier, theme)
        if scene is None:
            return
        size = Size(rect.width(), rect.height())
        painter.save()
        painter.translate(rect.topLeft())
        ratio = painter.deviceTransform().m11() if self.is_on_screen else None
        scene.paint(painter, self._window_for(size, scene.limits), size, ratio)
        painter.restore()

    def marks(self, rect: QRectF, dossier: Dossier) -> list[Mark]:
        """The marks within ``rect``, the best ranked first."""
        scene = self.scene(dossier, Theme("light"))
        if scene is None:
            return []
        size = Size(rect.width(), rect.height())
        window = self._window_for(size, scene.limits)
        found = []
        for shown in scene.shown(window.metres_per_px):
            mark = shown.mark
            x, y = window.to_px(mark.east_m, mark.north_m, size)
            area = shown.area().translated(x, y).translated(rect.topLeft())
            if rect.contains(area.center()):
                found.append((mark.rank, Mark(mark.ref.id, area, mark.words, mark.layer)))
        return [mark for _, mark in sorted(found, key=lambda pair: pair[0])]

    def clear_marks(self, size: Size, dossier: Dossier) -> list[SeaMark]:
        """The marks in a picture of this size that nothing over its edges covers."""
        scene = self.scene(dossier, Theme("light"))
        if scene is None:
            return []
        window = self._window_for(size, scene.limits)
        clear = QRectF(0, 0, *size).marginsRemoved(self._insets)
        return [
            each.mark
            for each in scene.shown(window.metres_per_px)
            if clear.contains(*window.to_px(each.mark.east_m, each.mark.north_m, size))
        ]

    def height_for(self, width_px: float, dossier: Dossier) -> float:
        return width_px * _HIGH_PER_WIDE

    def content(self, dossier: Dossier) -> SeaContent:
        return self._read(dossier).content

    def describe(self, dossier: Dossier) -> str:
        speak = Locale(dossier, self._audience)
        marks = self.content(dossier).marks
        count = tr_count("{count} mark", "{count} marks", len(marks))
        return tr("Map of the {sea}: {marks}").format(sea=speak.sea(), marks=count)

    def _ask(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked = asked
            self.changed.emit()

    def _read(self, dossier: Dossier) -> _Known:
        known = self._known
        same = known is not None and known.asked == self._asked and known.audience == self._audience
        if known is not None and same and known.dossier is dossier:
            return known
        content = read_content(Locale(dossier, self._audience), self._asked)
        serial = known.serial if known else 0
        if known is None or known.content != content:
            serial += 1
        elif known is not None:
            content = known.content
        self._known = _Known(dossier, self._asked, self._audience, content, serial)
        return self._known

    def _window_for(self, size: Size, limits: Bounds) -> MapWindow:
        window = self._window or default_bounds()
        if isinstance(window, Bounds):
            window = MapWindow.around(window, size)
        return window.within(limits, size, CLOSEST_M / 4)


def default_bounds() -> Bounds:
    """The whole sea: 105–120°E, 6–22°N, in metres."""
    return bounds_between(*_DEFAULT_DEG)


def bounds_between(west: float, south: float, east: float, north: float) -> Bounds:
    """A window of degrees, in metres."""
    corners = (*geo.to_mercator(west, south), *geo.to_mercator(east, north))
    return Bounds(*(float(each) for each in corners))
