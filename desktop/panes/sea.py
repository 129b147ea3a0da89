"""The sea as a chart: sites, port visits, who holds what, incidents; each with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.figures.sea_map import SeaMap
from desktop.figures.sea_marks import SEA_LAYERS, Asked, SeaContent, SeaMark, read_content
from desktop.figures.sea_measure import MeasuredScene, Spot
from desktop.figures.sea_scene import SeaScene
from desktop.files.basemap import Basemap
from desktop.model import geo
from desktop.model.dates import EdtfDate
from desktop.model.dossier import ChangeSet, Dossier, Ref
from desktop.model.map_window import Bounds, MapWindow
from desktop.model.records import (
    Area,
    Audience,
    Fact,
    MapView,
    Measure,
    Overlay,
    Place,
    Slide,
    Source,
    Unit,
)
from desktop.panes import sea_answers, sea_keys, sea_told, sea_walk, sea_words
from desktop.panes.fact_words import find_fact
from desktop.panes.pane import Pane
from desktop.panes.sea_ground import GroundReader, bare
from desktop.panes.sea_measuring import SeaMeasuring
from desktop.panes.sea_saving import SeaSaving
from desktop.panes.sea_stage import SeaStage
from desktop.services import paths
from desktop.services.language import tr
from desktop.services.position_words import position_words
from desktop.workspace import Workspace

_REACH_PX: Final = 5.0
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_NEAR_M_PER_PX: Final = 300.0


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
        self.map_basemap = bare()
        self.stage = SeaStage(workspace)
        self.view, self.card, self.tools = self.stage.view, self.stage.card, self.stage.tools
        self.layers, self.time_panel = self.stage.layers, self.stage.time_panel
        self.measuring = SeaMeasuring(self.tools, self._chosen_spot, self)
        self.saving = SeaSaving(workspace, self.tools.menu, self.map, self.view, self.measuring)
        self._walked: SeaMark | None = None
        self._drawn: SeaContent | None = None
        self._is_own_choice = False
        self._told: Ref | None = None
        """The record that the card tells of; None where it lists several, or nothing."""
        self.set_content(self.stage)
        for sign, words, key, do in (
            ("+", tr("Closer"), "+", self.zoom_in),
            ("−", tr("Further off"), "−", self.zoom_out),
            ("⌂", tr("The whole sea"), "Home", self.view.go_home),
            ("◎", tr("To what is chosen"), "F", self.fit_selection),
            ("←", tr("Back"), "Alt+←", self.view.go_back),
            ("→", tr("Forward"), "Alt+→", self.view.go_forward),
        ):
            self.stage.zoom.add(sign, words, key, do)
        self._connect()
        reader = GroundReader(workspace.jobs, self._folder, self)
        reader.arrived.connect(self._on_reader_arrived)
        reader.troubled.connect(self.stage.say_trouble)
        self.view.pictures.arrived.connect(reader.read_finer)
        reader.read()

    def _connect(self) -> None:
        self.map.changed.connect(self._show_scene)
        self.measuring.changed.connect(self._on_measuring_changed)
        self.workspace.theme.changed.connect(self._show_scene)
        self.stage.covered.connect(self._on_stage_covered)
        self.view.pointed.connect(self._on_view_pointed)
        self.view.clicked.connect(self._on_view_clicked)
        self.view.moved.connect(self._on_view_moved)
        self.view.rested.connect(self._on_view_moved)
        self.view.failed.connect(self._on_view_failed)
        self.layers.changed.connect(self._on_layers_changed)
        self.tools.position_asked.connect(self._on_tools_position_asked)
        self.measuring.ringed.connect(self._on_measuring_ringed)
        self.tools.asked.connect(self._on_tools_asked)
        self.time_panel.chosen.connect(self._on_time_panel_chosen)
        self.card.closed.connect(self._on_card_closed)
        self.card.chosen.connect(self._choose)
        self.card.source_asked.connect(self.workspace.selection.show_source)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.focus_position)

    # What is shown

    def refresh(self, dossier: Dossier) -> None:
        self._tell(dossier)
        self._show_scene()
        self.stage.place()

    def follow(self, dossier: Dossier, changes: ChangeSet) -> None:
        self._tell(dossier)
        # The map keeps what it shows where it is equal, and most edits touch nothing of it.
        if self.map.content(dossier) is not self._drawn:
            self._show_scene()

    def show_selection(self, ref: Ref | None) -> None:
        self.map.choose(self._stands_for(ref))
        if ref is None or self._is_own_choice:
            return
        if not self._show_record(ref):
            self.card.hide()

    def zoom_in(self) -> None:
        self.view.zoom(0.5)

    def zoom_out(self) -> None:
        self.view.zoom(2.0)

    def fit_selection(self) -> None:
        """Show the chosen place or line as close as all of it has room, or the ring about it."""
        ref = self._stands_for(self.workspace.selection.ref)
        bounds = self.map.bounds_of([ref], self.speak.dossier) if ref else None
        measured = self.measuring.measured.bounds()
        if measured is not None:
            self.stage.fit(measured)
        elif bounds is not None and max(bounds.width_m, bounds.height_m) > _NEAR_M_PER_PX:
            self.stage.fit(bounds)
        elif place := sea_told.spot_of(self.speak, sea_told.place_of(self.speak.dossier, ref)):
            self._go_near(place.lon, place.lat)

    def focus_position(self) -> None:
        """Go to the box in which a position is typed."""
        self.tools.position_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.position_box.selectAll()

    def own_keys(self) -> Sequence[tuple[str, str]]:
        return sea_keys.own_keys()

    def scene(self) -> SeaScene | None:
        """The map as it is drawn now; None until its ground has been read."""
        return self.map.scene(self.speak.dossier, self.workspace.theme)

    def page(self) -> QWidget:
        """The whole sea with the layers in view, for paper."""
        from desktop.panes.sea_sheet import SeaSheet

        return SeaSheet(self.workspace, self._folder, self.layers.layers)

    def slide(self) -> Slide | None:
        """The map as it is: window, layers, day, and the fact in view."""
        window = self.view.map_window
        if window is None:
            return self.fact_slide()
        lon, lat = (float(each) for each in geo.to_lon_lat(window.x_m, window.y_m))
        across_m = window.metres_per_px * self.view.width() / float(geo.scale_at(lat))
        day = self.time_panel.slider.day
        view = MapView(
            lat=round(lat, 2),
            lon=round(lon, 2),
            span_nm=max(round(across_m / geo.METRES_PER_NM), 1),
            layers=tuple(each for each in SEA_LAYERS if each in self.layers.layers),
            to=EdtfDate.of_day(day) if day is not None else None,
        )
        chosen = self.fact_slide()
        if chosen is not None:
            return msgspec.structs.replace(chosen, layout="map", map=view)
        words = self.speak.sea()
        title = self.own_words(words)
        return Slide(id="map", title=title, layout="map", map=view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.saving.copy()
        elif key == Qt.Key.Key_Escape and self._step_back():
            return
        elif held & Qt.KeyboardModifier.ControlModifier and key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._walked is not None:
            self._open([self._walked])
        elif key == Qt.Key.Key_A and not held:
            self.tools.ask_button.showMenu()
        elif key == Qt.Key.Key_F and not held:
            self.fit_selection()
        elif key == Qt.Key.Key_M and not held:
            self.tools.measure_button.toggle()
        elif key == Qt.Key.Key_P and not held:
            self.time_panel.play_button.click()
        else:
            super().keyPressEvent(event)

    def _tell(self, dossier: Dossier) -> None:
        """Say in the panels what there is, and to whom the map speaks."""
        self.map.show_audience(self.speak.audience)
        everything = read_content(self.speak, Asked(frozenset(SEA_LAYERS)))
        self.layers.show_content(self.speak, everything)
        dated = set(sea_words.event_layers())
        ids = {each for mark in everything.marks if mark.layer in dated for each in mark.facts}
        facts = [fact for each in ids if (fact := find_fact(dossier, each))]
        self.time_panel.show_days(self.speak, sea_words.days_of(facts))
        self.tools.show_questions(
            [(each, sea_answers.question_words(self.speak, each)) for each in sea_answers.QUESTIONS]
        )
        self.view.setAccessibleName(self.map.describe(dossier))
        if self._told is not None and not self.card.isHidden():
            if sea_told.tell_record(self.card, self.speak, self._told):
                self.stage.show_card()
            else:
                self.card.hide()

    def _show_scene(self) -> None:
        scene = self.scene()
        if scene is None:
            return
        self._drawn = scene.content
        if self.measuring.measured.ends:
            colours = self.workspace.theme.colours
            self.view.show_scene(MeasuredScene(scene, self.measuring.measured, colours))
        else:
            self.view.show_scene(scene)
        self.stage.show_limits(scene.limits)
        self.stage.say_scale()

    # What things are

    def _stands_for(self, ref: Ref | None) -> Ref | None:
        marks = self.map.content(self.speak.dossier).marks
        return sea_told.stands_for(self.speak.dossier, marks, ref)

    def _bring_into_view(self, ref: Ref) -> None:
        shown = self.view.map_window
        place = sea_told.place_of(self.speak.dossier, ref)
        if place is None or place.lon is None or place.lat is None or shown is None:
            return
        x_m, y_m = geo.to_mercator(place.lon, place.lat)
        at = QPointF(*shown.to_px(x_m, y_m, self.view.picture_size))
        clear = self.stage.clear_area()
        if self.view.rect().contains(at.toPoint()):
            there = QPointF(
                min(max(at.x(), clear.left()), clear.right()),
                min(max(at.y(), clear.top()), clear.bottom()),
            )
        else:
            there = clear.center()
        if there != at:
            off = there - at
            self.view.go_to(shown.moved(off.x(), off.y()))

    def _go_near(self, lon: float, lat: float) -> None:
        window = self.view.map_window
        if window is not None:
            scale = min(window.metres_per_px, _NEAR_M_PER_PX)
            self.stage.show_at_centre(MapWindow(*geo.to_mercator(lon, lat), scale))

    def _choose(self, ref: Ref) -> None:
        self._is_own_choice = True
        self.workspace.selection.select(ref.id, ref.kind)
        self._is_own_choice = False
        self.map.choose(self._stands_for(ref))
        self._show_record(ref)

    def _show_record(self, ref: Ref) -> bool:
        """Tell of a record on the card; False where the map has nothing to say of it."""
        if not sea_told.tell_record(self.card, self.speak, ref):
            return False
        self._told = ref
        self.stage.show_card()
        self._bring_into_view(ref)
        return True

    def _show_several(self) -> None:
        """Bring the card into view with what was listed on it."""
        self._told = None
        self.stage.show_card()

    def _open(self, marks: Sequence[SeaMark]) -> None:
        """Show what marks stand for: the one thing there is, or a list to choose from."""
        only = sea_told.tell_marks(self.card, self.speak, marks)
        if only is not None:
            self._choose(only)
        else:
            self._show_several()

    def _marks_at(self, place_px: QPointF) -> list[SeaMark]:
        scene, window = self.scene(), self.view.map_window
        if scene is None or window is None:
            return []
        return scene.at(window, self.view.picture_size, place_px, _REACH_PX)

    def _line_at(self, place_px: QPointF) -> Ref | None:
        """The line of our own or the claim that lies here, if one does."""
        window = self.view.map_window
        if window is None:
            return None
        lines = self.map.content(self.speak.dossier).lines
        found = sea_words.line_near(
            lines,
            window.to_m(place_px.x(), place_px.y(), self.view.picture_size),
            _REACH_PX * window.metres_per_px,
        )
        return Ref(Overlay, found) if found else None

    def _spot_at(self, place_px: QPointF) -> Spot | None:
        """What is measured from here: the place of a mark, or else the bare position."""
        marks = self._marks_at(place_px)
        place = sea_told.place_of(self.speak.dossier, marks[0].ref) if marks else None
        if place is not None:
            return sea_told.spot_of(self.speak, place)
        at = self.view.point_at(place_px)
        if at is None:
            return None
        lon, lat = (float(each) for each in geo.to_lon_lat(*at))
        return Spot(position_words(lon, lat), lon, lat)

    def _chosen_spot(self) -> Spot | None:
        ref = self._stands_for(self.workspace.selection.ref)
        return sea_told.spot_of(self.speak, sea_told.place_of(self.speak.dossier, ref))

    def _step(self, by: int) -> None:
        """Come upon the next mark in view in the order of rank, and say it."""
        scene, window, size = self.scene(), self.view.map_window, self.view.picture_size
        if scene is None or window is None:
            return
        marks = sea_walk.marks_in_view(scene, window, size)
        mark = sea_walk.next_mark(marks, self._walked, by)
        if mark is not None:
            self._walked = mark
            self.map.point_at(mark.ref)
            self._hover_over(mark)
            self.stage.announce(sea_walk.spoken(self.speak, mark))

    def _step_back(self) -> bool:
        """Take away what came last: the measuring, the card, the measurement."""
        if self.tools.measure_button.isChecked():
            self.tools.measure_button.setChecked(False)
        elif not self.card.isHidden():
            self._on_card_closed()
        elif self.measuring.measured.ends:
            self.measuring.clear()
        else:
            return False
        return True

    def _hover_over(self, mark: SeaMark, more: int = 0) -> None:
        window = self.view.map_window
        if window is None:
            return
        x, y = window.to_px(mark.east_m, mark.north_m, self.view.picture_size)
        words = sea_walk.hover_words(mark, more)
        self.stage.hover.tell(words, QRectF(x - 10, y - 10, 20, 20))

    # What people do

    def _on_view_pointed(self, place_px: QPointF | None) -> None:
        at = self.view.point_at(place_px) if place_px is not None else None
        if place_px is None or at is None:
            self.stage.position_words.setText("")
            self.stage.hover.hide()
            self.map.point_at(None)
            return
        lon, lat = (float(each) for each in geo.to_lon_lat(*at))
        self.stage.position_words.setText(position_words(lon, lat))
        marks = self._marks_at(place_px)
        self.map.point_at(marks[0].ref if marks else None)
        self._walked = None
        if marks:
            self._hover_over(marks[0], len(marks) - 1)
        else:
            self.stage.hover.hide()

    def _on_view_clicked(self, place_px: QPointF) -> None:
        if self.tools.measure_button.isChecked():
            spot = self._spot_at(place_px)
            if spot is not None:
                self.measuring.add(spot)
            return
        marks = self._marks_at(place_px)
        line = None if marks else self._line_at(place_px)
        if marks:
            self._open(marks)
        elif line is not None:
            self._choose(line)
        else:
            self._on_card_closed()

    def _on_view_moved(self, _window: MapWindow) -> None:
        self.stage.say_scale()
        if self._walked is None:
            self.stage.hover.hide()

    def _on_view_failed(self, error: Exception) -> None:
        self.stage.say_trouble(tr("The map could not be drawn: {error}").format(error=error))

    def _on_stage_covered(self, insets: QMarginsF) -> None:
        self.map.keep_clear(insets)

    def _on_layers_changed(self) -> None:
        self.map.show_layers(self.layers.layers, vivid_holders=self.layers.vivid_holders)

    def _on_tools_position_asked(self, asked: tuple[float, float]) -> None:
        scene = self.scene()
        if self.view.map_window is None or scene is None:
            return
        lon, lat = asked
        x_m, y_m = geo.to_mercator(lon, lat)
        if not scene.limits.contains(Bounds(x_m, y_m, x_m, y_m)):
            where = position_words(lon, lat)
            self.tools.refuse(tr("{position} lies off this map.").format(position=where))
            return
        self.measuring.mark(Spot(position_words(lon, lat), lon, lat))
        self._go_near(lon, lat)

    def _on_measuring_ringed(self, about: Spot, radius_nm: float) -> None:
        sea_told.tell_within(self.card, self.speak, about, radius_nm)
        self._show_several()

    def _on_tools_asked(self, question: sea_answers.Question) -> None:
        chosen = sea_told.place_of(self.speak.dossier, self.workspace.selection.ref)
        start = sea_words.harbour(self.speak.dossier)
        here = sea_told.spot_of(self.speak, chosen)
        home = sea_told.spot_of(self.speak, start)
        found = sea_answers.answer(self.speak, question, self.time_panel.slider.day)
        self.layers.boxes[found.layer].setChecked(True)
        if question == "how-far" and here is not None and home is not None and here != home:
            self.measuring.between(home, here)
        if question == "lines" and found.first is not None:
            self._choose(found.first)
            return
        self.card.show_list(found.title, found.entries, found.told)
        self._show_several()
        if found.first is not None:
            self.map.choose(self._stands_for(found.first))

    def _on_measuring_changed(self) -> None:
        self._show_scene()
        self.view.update()

    def _on_time_panel_chosen(self, day: date | None) -> None:
        self.map.show_until(day)

    def _on_card_closed(self) -> None:
        had_focus = self.card.isAncestorOf(self.window().focusWidget())
        self.card.hide()
        self.map.choose(None)
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reader_arrived(self, basemap: Basemap) -> None:
        is_first = self.view.map_window is None
        self.map_basemap = basemap
        self.map.show_basemap(basemap)
        if is_first:
            # What was chosen before there was a map to show it on.
            self.show_selection(self.workspace.selection.ref)
