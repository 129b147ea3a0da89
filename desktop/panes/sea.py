"""The sea as a chart: sites, port visits, who holds what, incidents; each with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.figures.sea_map import CLOSEST_M, SeaMap, default_bounds
from desktop.figures.sea_marks import SEA_LAYERS, Asked, SeaLayer, SeaMark, read_content
from desktop.figures.sea_scene import SeaScene
from desktop.files.basemap import Basemap, BasemapError
from desktop.model import geo
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.map_window import MapWindow, Size
from desktop.model.records import (
    Area,
    Audience,
    Fact,
    FactId,
    Measure,
    Overlay,
    Place,
    PlaceId,
    Source,
    Unit,
)
from desktop.panes import sea_card, sea_layers, sea_words
from desktop.panes.chart_card import ChartCard
from desktop.panes.fact_words import find_fact
from desktop.panes.pane import Pane
from desktop.panes.sea_card import SeaCard
from desktop.panes.sea_ground import bare, read_coarse, read_finer
from desktop.panes.sea_layers import SeaLayers
from desktop.panes.sea_measure import Measured, MeasuredScene, Spot, ring, way
from desktop.panes.sea_panel import SeaPanel
from desktop.panes.sea_picture import KINDS, SeaPicture
from desktop.panes.sea_position import (
    between_words,
    disclaimer,
    distance_words,
    position_words,
    scale_words,
)
from desktop.panes.sea_time import SeaTime
from desktop.panes.sea_tools import SeaTools, SeaZoom
from desktop.services import paths
from desktop.services.language import tr, tr_count
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX
from desktop.widgets.sea_view import SeaView
from desktop.widgets.surface import Surface
from desktop.widgets.text import ElidedText, Text
from desktop.workspace import Workspace

_REACH_PX: Final = 5.0
_EDGE_PX: Final = MEDIUM_PX
_NARROW_PX: Final = 1180
_NEAR_M_PER_PX: Final = 300.0
_TIME_MS: Final = 30
_POSITION_PX: Final = 170
_SCALE_BAR_PX: Final = 34
_SCALE_PX: Final = 160


class SeaPane(Pane):
    """The map fills the pane; layers, tools, time and what was clicked lie over it.

    What is chosen here is chosen everywhere, and the other way round. Where the basemap cannot be
    read, marks and names stand on plain water and a line says why. ``folder`` is where it lies,
    by default the one that is shipped.
    """

    shows = frozenset({Fact, Area, Place, Overlay, Source, Measure, Unit, Audience})

    def __init__(
        self, workspace: Workspace, folder: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, parent)
        self._folder = folder or paths.resources() / "basemap"
        self.map = SeaMap()
        self.view = SeaView(workspace.jobs, CLOSEST_M)
        self.view.home = default_bounds()
        self.layers = SeaLayers(workspace.theme, self.view)
        self.tools = SeaTools(workspace.theme, self.view)
        self.zoom = SeaZoom(self.view)
        self.time_panel = SeaPanel(self.view)
        self.time = SeaTime()
        self.time_words = Text(role="caption_strong")
        self.card = SeaCard(workspace.theme, self.view)
        self.hover = ChartCard(workspace.theme, self.view)
        self.trouble = Text(role="caption_strong", tone="differ", wrap=True)
        self.position_words = ElidedText(role="source")
        self.scale_words = ElidedText(role="source")
        self.map_basemap = bare()
        self._homed: MapWindow | None = None
        self._measured = Measured()
        self._spots: tuple[Spot, ...] = ()
        self._walked: list[SeaMark] = []
        self._is_own_choice = False
        self._time_timer = QTimer(self, interval=_TIME_MS, singleShot=True)
        self._compose()
        self._connect()
        workspace.jobs.run(
            read_coarse,
            self._folder,
            on_done=self._on_coarse_read,
            on_error=self._on_basemap_refused,
        )

    def _compose(self) -> None:
        for sign, words, key, do in (
            ("+", tr("Closer"), "+", self.zoom_in),
            ("−", tr("Further off"), "−", self.zoom_out),
            ("⌂", tr("The whole sea"), "Home", self.view.go_home),
            ("←", tr("Back"), "Alt+←", self.view.go_back),
            ("→", tr("Forward"), "Alt+→", self.view.go_forward),
        ):
            self.zoom.add(sign, words, key, do)
        line = QHBoxLayout(self.time_panel)
        line.setContentsMargins(MEDIUM_PX, 2, SMALL_PX, 2)
        line.addWidget(self.time_words)
        line.addWidget(self.time, 1)
        self.time_words.setFixedWidth(150)
        status = Surface(("top",))
        below = QHBoxLayout(status)
        below.setContentsMargins(LARGE_PX, 4, LARGE_PX, 4)
        below.setSpacing(LARGE_PX)
        below.addWidget(self.position_words)
        below.addWidget(self.scale_words)
        self.position_words.setFixedWidth(_POSITION_PX)
        self.scale_words.setFixedWidth(_SCALE_PX)
        self.disclaimer = ElidedText(disclaimer(), role="source")
        below.addWidget(self.disclaimer, 1)
        self.disclaimer.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.trouble.setContentsMargins(LARGE_PX, SMALL_PX, LARGE_PX, SMALL_PX)
        column.addWidget(self.trouble)
        self.trouble.hide()
        column.addWidget(self.view, 1)
        column.addWidget(status)
        self.set_content(content)
        self.tools.menu.addAction(tr("Copy as picture")).triggered.connect(self._on_copy_triggered)
        self.tools.menu.addSeparator()
        for kind in KINDS:
            action = self.tools.menu.addAction(tr("Save as {kind}…").format(kind=kind.upper()))
            action.setData(kind)
        self.tools.menu.triggered.connect(self._on_menu_triggered)

    def _connect(self) -> None:
        self.map.changed.connect(self._show_scene)
        self.workspace.theme.changed.connect(self._show_scene)
        self.view.pointed.connect(self._on_view_pointed)
        self.view.clicked.connect(self._on_view_clicked)
        self.view.moved.connect(self._on_view_moved)
        self.view.rested.connect(self._on_view_moved)
        self.view.failed.connect(self._on_view_failed)
        self.layers.changed.connect(self._on_layers_changed)
        self.layers.resized.connect(self._place)
        self.tools.resized.connect(self._place)
        self.tools.position_asked.connect(self._on_tools_position_asked)
        self.tools.measuring.connect(self._on_tools_measuring)
        self.tools.ring_asked.connect(self._on_tools_ring_asked)
        self.time.chosen.connect(self._on_time_chosen)
        self._time_timer.timeout.connect(self._on_time_timer_timeout)
        self.card.closed.connect(self._on_card_closed)
        self.card.fact_chosen.connect(self._on_card_fact_chosen)
        self.card.place_chosen.connect(self._on_card_place_chosen)
        self.card.source_asked.connect(self.workspace.selection.show_source)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.focus_position)

    # What is shown

    def refresh(self, dossier: Dossier) -> None:
        self.map.show_audience(self.speak.audience)
        everything = read_content(self.speak, Asked(frozenset(SEA_LAYERS)))
        self.layers.show_content(self.speak, everything)
        dated = set(sea_words.event_layers())
        ids = {each for mark in everything.marks if mark.layer in dated for each in mark.facts}
        facts = [fact for each in ids if (fact := find_fact(dossier, each))]
        self.time.show_days(sea_words.days_of(facts))
        self._say_time()
        self.view.setAccessibleName(self.map.describe(dossier))
        self._show_scene()
        self._place()

    def show_selection(self, ref: Ref | None) -> None:
        self.map.choose(self._stands_for(ref))
        if ref is None or self._is_own_choice:
            return
        if self._tell(ref):
            self._bring_into_view(ref)
        else:
            self.card.hide()

    def zoom_in(self) -> None:
        self.view.zoom(0.5)

    def zoom_out(self) -> None:
        self.view.zoom(2.0)

    def focus_position(self) -> None:
        """Go to the box in which a position is typed."""
        self.tools.position_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.position_box.selectAll()

    def own_keys(self) -> Sequence[tuple[str, str]]:
        return (
            (tr("Go to a position"), "Ctrl+F"),
            (tr("Move over the map"), "← → ↑ ↓"),
            (tr("Closer, further off"), "+ −"),
            (tr("The whole sea"), "Home"),
            (tr("Back and forward through views"), "Alt+← Alt+→"),
            (tr("From mark to mark"), "Ctrl+← Ctrl+→"),
            (tr("What the mark in view stands for"), "Enter"),
            (tr("Zoom to a box"), "Shift+drag"),
            (tr("Copy the map as a picture"), "Ctrl+C"),
            (tr("On the time line: from fact to fact"), "← →"),
        )

    def scene(self) -> SeaScene | None:
        """The map as it is drawn now; None until its ground has been read."""
        return self.map.scene(self.speak.dossier, self.workspace.theme)

    def page(self) -> QWidget:
        """The whole sea with the layers in view, for paper."""
        from desktop.panes.sea_sheet import SeaSheet

        return SeaSheet(self.workspace, self._folder, self.layers.layers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.picture().copy()
        elif key == Qt.Key.Key_Escape and self.tools.measure_button.isChecked():
            self.tools.measure_button.setChecked(False)
        elif key == Qt.Key.Key_Escape and not self.card.isHidden():
            self._on_card_closed()
        elif key == Qt.Key.Key_Escape and self._measured.ends:
            self._spots = ()
            self._measure(Measured(), "")
        elif event.modifiers() & control and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._walked:
            self._open(self._walked[:1])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place)

    def picture(self) -> SeaPicture:
        """The map as it is in view, for taking away."""
        return SeaPicture(self.workspace, self.map, self.view, self.map_basemap, self.time.day)

    def _show_scene(self) -> None:
        scene = self.scene()
        if scene is None:
            return
        if self._measured.ends:
            colours = self.workspace.theme.colours
            self.view.show_scene(MeasuredScene(scene, self._measured, colours))
        else:
            self.view.show_scene(scene)
        if self._homed is None:
            self._homed = self.view.map_window
        self._say_scale()

    def _place(self) -> None:
        """Put what lies over the map where it does not lie over one another."""
        wide, high = self.view.width(), self.view.height()
        narrow = wide < _NARROW_PX
        edge = _EDGE_PX
        time_px = self.time_panel.sizeHint().height()
        self.time_panel.setGeometry(edge, high - edge - time_px, wide - 2 * edge, time_px)
        room_px = high - time_px - 3 * edge
        self.layers.setGeometry(
            edge, edge, sea_layers.WIDTH_PX, max(self.layers.height_for(room_px), 40)
        )
        left = edge * 2 + sea_layers.WIDTH_PX
        card_px = min(sea_card.WIDTH_PX, wide - left - edge)
        tools_px = min(470, wide - left - edge)
        tools_high = self.tools.height_for(tools_px)
        self.tools.setGeometry(left, edge, tools_px, tools_high)
        overlaps = left + tools_px + edge > wide - edge - card_px
        card_top = edge * 2 + tools_high if overlaps else edge
        zoom = self.zoom.sizeHint()
        zoom_top = high - time_px - 2 * edge - zoom.height() - _SCALE_BAR_PX
        self.zoom.setGeometry(wide - edge - zoom.width(), zoom_top, zoom.width(), zoom.height())
        card_high = self.card.height_for(high - time_px - 2 * edge - card_top - _SCALE_BAR_PX)
        card_left = wide - edge - card_px
        if narrow or card_top + card_high > zoom_top - edge:
            card_left -= zoom.width() + SMALL_PX
        if card_left < left and card_top > edge:
            card_left = max(left, card_left)
        self.card.setGeometry(card_left, card_top, card_px, card_high)
        self._fit_home(left, time_px + edge)
        self.map.keep_clear(QMarginsF(left, edge, edge, time_px + 2 * edge))

    def _fit_home(self, left_px: int, below_px: int) -> None:
        """Let the whole sea stand clear of what lies at the left and below, until it is moved."""
        size = self.view.picture_size
        clear = Size(max(size.width_px - left_px, 1), max(size.height_px - below_px, 1))
        whole = MapWindow.around(default_bounds(), clear)
        scene = self.scene()
        if scene is not None:
            whole = whole.within(scene.limits, size, CLOSEST_M)._replace(
                x_m=whole.x_m, y_m=whole.y_m
            )
        home = whole.moved(left_px / 2, -(below_px / 2))
        self.view.home = home.bounds(size)
        if self.view.is_moving or self.view.map_window is None:
            return
        if self.view.map_window == self._homed:
            self.view.fit(self.view.home, 0.0, at_once=True)
            self._homed = self.view.map_window

    # What things are

    def _stands_for(self, ref: Ref | None) -> Ref | None:
        """The mark that stands for a record: that of its place where it has none of its own."""
        fact = find_fact(self.speak.dossier, ref.id) if ref and ref.kind is Fact else None
        if fact is None or fact.place is None:
            return ref
        marks = self.map.content(self.speak.dossier).marks
        if any(FactId(fact.id) in mark.facts for mark in marks):
            return ref
        return Ref(Place, fact.place)

    def _tell(self, ref: Ref) -> bool:
        """Show the card of a fact or a place; False where the map has nothing to say of it."""
        record = self.speak.dossier.find(ref)
        if isinstance(record, Fact):
            place = self._place_of(record.place)
            if place is None:
                return False
            area = self.speak.dossier.areas.get(record.area) if record.area else None
            name = self.speak.text(area.name) if area else ""
            above = sea_words.above_words(self.speak, place, name)
            self.card.show_fact(self.speak, record, above)
        elif isinstance(record, Place) and record.lat is not None:
            told = list(sea_words.place_words(self.speak, record))
            above = sea_words.above_words(self.speak, record)
            facts = sea_words.facts_at(self.speak, record)
            self.card.show_place(self.speak, record, above, told, facts)
        else:
            return False
        self.hover.hide()
        self.card.show()
        self._place()
        return True

    def _place_of(self, place_id: str | None) -> Place | None:
        place = self.speak.dossier.places.get(PlaceId(place_id)) if place_id else None
        return place if place is not None and place.lat is not None else None

    def _bring_into_view(self, ref: Ref) -> None:
        shown, size = self.view.map_window, self.view.picture_size
        stands_for = self._stands_for(ref)
        place = self._place_of(stands_for.id if stands_for and stands_for.kind is Place else None)
        if place is None and (fact := find_fact(self.speak.dossier, ref.id)) is not None:
            place = self._place_of(fact.place)
        if place is None or place.lon is None or place.lat is None or shown is None:
            return
        x_m, y_m = geo.to_mercator(place.lon, place.lat)
        x_px, y_px = shown.to_px(x_m, y_m, size)
        area = QRectF(self.view.rect()).adjusted(
            self.layers.width() + LARGE_PX, LARGE_PX, -LARGE_PX, -2.0 * self.time_panel.height()
        )
        if not area.contains(QPointF(x_px, y_px)):
            self.view.go_to(MapWindow(x_m, y_m, shown.metres_per_px))

    def _choose(self, ref: Ref) -> None:
        self._is_own_choice = True
        self.workspace.selection.select(ref.id, ref.kind)
        self._is_own_choice = False
        self.map.choose(self._stands_for(ref))
        self._tell(ref)

    def _open(self, marks: Sequence[SeaMark]) -> None:
        """Show what marks stand for: the one thing there is, or a list to choose from."""
        facts = list(dict.fromkeys(each for mark in marks for each in mark.facts))
        places = list(dict.fromkeys(mark.ref for mark in marks if not mark.facts))
        if len(facts) == 1 and not places:
            self._choose(Ref(Fact, facts[0]))
        elif len(places) == 1 and not facts:
            self._choose(places[0])
        elif facts or places:
            self._list(marks, facts, places)

    def _list(
        self, marks: Sequence[SeaMark], fact_ids: Sequence[FactId], refs: Sequence[Ref]
    ) -> None:
        dossier, speak = self.speak.dossier, self.speak
        facts = [fact for each in fact_ids if (fact := find_fact(dossier, each))]
        known = [place for ref in refs if (place := dossier.find(ref))]
        places = [
            (each.id, speak.name(each), sea_words.above_words(speak, each))
            for each in known
            if isinstance(each, Place)
        ]
        at = {mark.ref.id for mark in marks}
        count = len(facts) + len(places)
        title = tr_count("{count} thing here", "{count} things here", count)
        if not places:
            title = tr_count("{count} event", "{count} events", count)
        if len(at) == 1 and isinstance(place := dossier.find(marks[0].ref), Place):
            title = f"{speak.name(place)}: {title}"
        self.hover.hide()
        self.card.show_list(speak, title, sea_words.latest_first(facts), places)
        self.card.show()
        self._place()

    def _marks_at(self, place_px: QPointF) -> list[SeaMark]:
        scene, window = self.scene(), self.view.map_window
        if scene is None or window is None:
            return []
        return scene.at(window, self.view.picture_size, place_px, _REACH_PX)

    def _spot_at(self, place_px: QPointF) -> Spot | None:
        """What is measured from here: the place of a mark, or else the bare position."""
        marks = self._marks_at(place_px)
        place = self._place_of(marks[0].ref.id) if marks else None
        if place is not None and place.lon is not None and place.lat is not None:
            return Spot(self.speak.name(place), place.lon, place.lat)
        at = self.view.point_at(place_px)
        if at is None:
            return None
        lon, lat = (float(each) for each in geo.to_lon_lat(*at))
        return Spot(position_words(lon, lat), lon, lat)

    def _chosen_spot(self) -> Spot | None:
        ref = self._stands_for(self.workspace.selection.ref)
        fact = find_fact(self.speak.dossier, ref.id) if ref and ref.kind is Fact else None
        place = self._place_of(fact.place if fact else ref.id if ref else None)
        if place is None or place.lon is None or place.lat is None:
            return None
        return Spot(self.speak.name(place), place.lon, place.lat)

    def _step(self, by: int) -> None:
        """Come upon the next mark in view in the order of rank, and say it."""
        scene, window, size = self.scene(), self.view.map_window, self.view.picture_size
        if scene is None or window is None:
            return
        shown = [
            each.mark
            for each in scene.shown(window.metres_per_px)
            if window.bounds(size).west_m < each.mark.east_m < window.bounds(size).east_m
            and window.bounds(size).south_m < each.mark.north_m < window.bounds(size).north_m
        ]
        marks = sorted(shown, key=lambda mark: mark.rank)
        if not marks:
            return
        here = marks.index(self._walked[0]) if self._walked and self._walked[0] in marks else -1
        start = here if here >= 0 or by > 0 else 0
        mark = marks[(start + by) % len(marks)]
        self._walked = [mark]
        self.map.point_at(mark.ref)
        self._hover_over(mark)
        self.view.setAccessibleDescription(mark.words)

    def _hover_over(self, mark: SeaMark, more: int = 0) -> None:
        window = self.view.map_window
        if window is None:
            return
        x, y = window.to_px(mark.east_m, mark.north_m, self.view.picture_size)
        name, _, rest = mark.words.partition(": ")
        words = f"{name}\n{rest[:1].upper()}{rest[1:]}" if rest else name
        if more:
            words = f"{words}\n{tr('and {count} more here').format(count=more)}"
        self.hover.tell(words, QRectF(x - 10, y - 10, 20, 20))

    def _say_scale(self) -> None:
        window = self.view.map_window
        self.scale_words.setText(scale_words(window) if window else "")

    def _say_time(self) -> None:
        day = self.time.day
        if day is None:
            self.time_words.setText(tr("All dates"))
        else:
            until = self.speak.date(EdtfDate.of_day(day), short=True)
            self.time_words.setText(tr("By {date}").format(date=until))

    def _measure(self, measured: Measured, words: str) -> None:
        self._measured = measured
        self.tools.say(words)
        self._show_scene()
        self.view.update()

    # What people do

    def _on_view_pointed(self, place_px: QPointF | None) -> None:
        at = self.view.point_at(place_px) if place_px is not None else None
        if place_px is None or at is None:
            self.position_words.setText("")
            self.hover.hide()
            self.map.point_at(None)
            return
        lon, lat = (float(each) for each in geo.to_lon_lat(*at))
        self.position_words.setText(position_words(lon, lat))
        marks = self._marks_at(place_px)
        self.map.point_at(marks[0].ref if marks else None)
        self._walked = []
        if marks:
            self._hover_over(marks[0], len(marks) - 1)
        else:
            self.hover.hide()

    def _on_view_clicked(self, place_px: QPointF) -> None:
        if self.tools.measure_button.isChecked():
            spot = self._spot_at(place_px)
            if spot is not None:
                self._add_spot(spot)
            return
        marks = self._marks_at(place_px)
        if marks:
            self._open(marks)
        else:
            self._on_card_closed()

    def _add_spot(self, spot: Spot) -> None:
        self._spots = (spot,) if len(self._spots) != 1 else (self._spots[0], spot)
        if len(self._spots) == 2:
            words = between_words(self._spots[0], self._spots[1])
        else:
            words = tr("From {name}: click the other place").format(name=spot.name)
        self._measure(way(self._spots), words)

    def _on_view_moved(self, _window: MapWindow) -> None:
        self._say_scale()
        if not self._walked:
            self.hover.hide()

    def _on_view_failed(self, error: Exception) -> None:
        self._say_trouble(tr("The map could not be drawn: {error}").format(error=error))

    def _on_layers_changed(self, layers: frozenset[SeaLayer]) -> None:
        self.map.show_layers(layers)

    def _on_tools_position_asked(self, asked: tuple[float, float]) -> None:
        window, scene = self.view.map_window, self.scene()
        if window is None or scene is None:
            return
        lon, lat = asked
        x_m, y_m = geo.to_mercator(lon, lat)
        limits = scene.limits
        if not (limits.west_m < x_m < limits.east_m and limits.south_m < y_m < limits.north_m):
            where = position_words(lon, lat)
            self.tools.refuse(tr("{position} lies off this map.").format(position=where))
            return
        self._spots = (Spot(position_words(lon, lat), lon, lat),)
        scale = min(window.metres_per_px, _NEAR_M_PER_PX)
        self.view.go_to(MapWindow(x_m, y_m, scale))
        self._measure(way(self._spots), position_words(lon, lat))

    def _on_tools_measuring(self, on: bool) -> None:
        self._spots = ()
        if not on:
            self._measure(Measured(), "")
            return
        start = self._chosen_spot()
        if start is not None:
            self._add_spot(start)
        else:
            self._measure(Measured(), tr("Click two places"))

    def _on_tools_ring_asked(self, radius_nm: float | None) -> None:
        if radius_nm is None:
            self._measure(Measured(), "")
            return
        about = self._chosen_spot()
        if about is None and self._spots:
            about = self._spots[-1]
        if about is None:
            self.tools.refuse(tr("Choose a place first: the ring is drawn about it."))
            return
        found = sea_words.places_within(
            self.speak.dossier, about.lon, about.lat, radius_nm * geo.METRES_PER_NM
        )
        others = [(each, off) for each, off in found if self.speak.name(each) != about.name]
        words = tr("{nm} nm about {name}: a distance, not a zone").format(
            nm=f"{radius_nm:g}", name=about.name
        )
        self._measure(ring(about, radius_nm), words)
        places = [(each.id, self.speak.name(each), distance_words(off)) for each, off in others]
        count = tr_count("{count} place", "{count} places", len(places))
        title = tr("{count} within {nm} nm of {name}").format(
            count=count, nm=f"{radius_nm:g}", name=about.name
        )
        self.card.show_list(self.speak, title, (), places)
        self.card.show()
        self._place()

    def _on_time_chosen(self, _day: date | None) -> None:
        self._say_time()
        self._time_timer.start()

    def _on_time_timer_timeout(self) -> None:
        self.map.show_until(self.time.day)

    def _on_card_closed(self) -> None:
        had_focus = self.card.isAncestorOf(self.window().focusWidget())
        self.card.hide()
        self.map.choose(None)
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_card_fact_chosen(self, fact_id: str) -> None:
        self._choose(Ref(Fact, fact_id))

    def _on_card_place_chosen(self, place_id: str) -> None:
        self._choose(Ref(Place, place_id))

    def _on_copy_triggered(self) -> None:
        self.picture().copy()

    def _on_menu_triggered(self, action: QAction) -> None:
        kind = next((each for each in KINDS if each == action.data()), None)
        if kind is not None:
            self.picture().save(kind)

    # The ground

    def _on_coarse_read(self, coarse: Basemap) -> None:
        self._show_basemap(coarse)
        self.workspace.jobs.run(
            read_finer,
            self._folder,
            coarse,
            on_done=self._show_basemap,
            on_error=self._on_finer_refused,
        )

    def _show_basemap(self, basemap: Basemap) -> None:
        self.map_basemap = basemap
        self.map.show_basemap(basemap)

    def _on_basemap_refused(self, error: Exception) -> None:
        if not isinstance(error, BasemapError):
            raise error
        self._show_basemap(bare())
        self._say_trouble(_trouble_words(error, tr("No coast or depth is drawn")))

    def _on_finer_refused(self, error: Exception) -> None:
        if not isinstance(error, BasemapError):
            raise error
        self._say_trouble(_trouble_words(error, tr("The coast is drawn coarsely")))

    def _say_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.show()
        # The view has its place only once the line above it has its own.
        QTimer.singleShot(0, self, self._place)


def _trouble_words(error: BasemapError, what: str) -> str:
    return tr(
        "{what}: {file} is missing or damaged. Installing Charthouse again brings it back."
    ).format(what=what, file=error.path)
