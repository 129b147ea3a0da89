"""The sea as a chart: looked at, clicked, measured and taken away as a briefer does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from desktop.figures.sea_marks import DEFAULT_LAYERS
from desktop.files.basemap import LEVELS_M, DepthGrid, Grid, write_depths, write_level
from desktop.files.facts_file import FactsFile
from desktop.model import geo
from desktop.model.dossier import Ref
from desktop.model.map_window import Bounds
from desktop.model.records import Fact, Place
from desktop.panes.sea import SeaPane
from desktop.services.colours import light
from desktop.services.position_words import position_words
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace
    from tests.scripted import ScriptedPrompts


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    """A basemap of one square island in a sea of one depth."""
    west, south = (round(each) for each in geo.to_mercator(95.0, -8.0))
    east, north = (round(each) for each in geo.to_mercator(128.0, 30.0))
    grid = Grid(west, south, east - west, north - south, columns=1, rows=1)
    a, b = (round(each) for each in geo.to_mercator(109.0, 18.0))
    island = np.array([[a, b], [a + 90_000, b], [a + 90_000, b + 90_000], [a, b]], np.int32)
    for detail_m in LEVELS_M:
        write_level(tmp_path, detail_m, grid, {(0, 0): [island]}, {})
    write_depths(tmp_path, DepthGrid(np.full((39, 34), -900, np.int16), 95.0, -8.0, 1.0))
    return tmp_path


@pytest.fixture
def sea_workspace(workspace: Workspace) -> Workspace:
    file = FactsFile.open(Path(__file__).parent / "sea_facts.yaml")
    assert not [each for each in file.reading.problems if each.severity == "error"]
    workspace.file = file
    workspace.store.open(file.reading.dossier)
    return workspace


@pytest.fixture
def pane(qtbot: QtBot, sea_workspace: Workspace, ground: Path) -> SeaPane:
    return shown(qtbot, SeaPane(sea_workspace, ground))


def shown(qtbot: QtBot, pane: SeaPane) -> SeaPane:
    qtbot.addWidget(pane)
    pane.resize(1320, 760)
    with qtbot.waitActive(pane):
        pane.show()
    qtbot.waitUntil(lambda: pane.view.map_window is not None)
    return pane


def place_px(pane: SeaPane, place_id: str, layer: str = "") -> QPoint:
    """Where the mark of a place stands in the view."""
    scene, window = pane.scene(), pane.view.map_window
    assert scene is not None
    assert window is not None
    each = next(
        each
        for each in scene.shown(window.metres_per_px)
        if each.mark.ref.id == place_id and layer in ("", each.mark.layer)
    )
    x, y = window.to_px(each.mark.east_m, each.mark.north_m, pane.view.picture_size)
    return each.area().translated(x, y).center().toPoint()


def click_on(qtbot: QtBot, pane: SeaPane, place_id: str, layer: str = "") -> None:
    at = place_px(pane, place_id, layer)
    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=at)


def bounds_shown(pane: SeaPane) -> Bounds:
    assert pane.view.map_window is not None
    return pane.view.map_window.bounds(pane.view.picture_size)


def test_it_opens_on_the_whole_sea_with_four_layers_and_no_claim(pane: SeaPane) -> None:
    bounds = bounds_shown(pane)
    west, south = geo.to_mercator(105.0, 6.0)
    east, north = geo.to_mercator(120.0, 22.0)
    assert bounds.contains(Bounds(west, south, east, north))
    assert pane.map.layers == DEFAULT_LAYERS
    assert pane.map.content(pane.speak.dossier).lines == ()


def test_marks_stand_on_plain_water_where_the_basemap_is_missing(
    qtbot: QtBot, sea_workspace: Workspace, tmp_path: Path
) -> None:
    pane = shown(qtbot, SeaPane(sea_workspace, tmp_path / "nowhere"))
    assert "nowhere" in pane.stage.trouble.text()
    assert pane.stage.trouble.isVisible()
    click_on(qtbot, pane, "reef")
    assert "Mischief Reef" in pane.card.words()


def test_a_damaged_level_is_said_and_the_coarse_coast_stays(
    qtbot: QtBot, sea_workspace: Workspace, ground: Path
) -> None:
    (ground / f"coast-{LEVELS_M[-1]}m.npz").write_bytes(b"torn")
    pane = shown(qtbot, SeaPane(sea_workspace, ground))
    assert f"coast-{LEVELS_M[-1]}m.npz" in pane.stage.trouble.text()
    assert len(pane.map_basemap.levels) == 1


def test_a_click_on_a_reef_says_who_holds_it_since_when_and_how_far_it_is(
    qtbot: QtBot, pane: SeaPane
) -> None:
    click_on(qtbot, pane, "reef")
    words = pane.card.words()
    assert "Held by China as of 13 Jan 2021. Holding is not title." in words
    assert "Held since 1995" in words
    assert "low-tide elevation" in words
    away = geo.geodesic(108.25, 16.0, 115.5, 9.9).distance_m / geo.METRES_PER_NM
    assert f"{away:.1f} nm" in words
    assert pane.workspace.selection.ref == Ref(Place, "reef")


def test_calls_at_one_port_are_listed_latest_first_and_one_leads_to_its_source(
    qtbot: QtBot, pane: SeaPane
) -> None:
    click_on(qtbot, pane, "da-nang", "port-visits")
    assert [row.key.id for row in pane.card.rows] == ["last-call", "earlier-call"]
    qtbot.mouseClick(pane.card.rows[0], Qt.MouseButton.LeftButton)
    assert pane.workspace.selection.fact_id == "last-call"
    assert "Two ships call at Da Nang" in pane.card.words()
    assert "8 December 2025" in pane.card.words()


def test_a_fact_chosen_elsewhere_is_brought_into_view_and_told(qtbot: QtBot, pane: SeaPane) -> None:
    pane.view.fit(Bounds(*geo.to_mercator(117, 18), *geo.to_mercator(118, 19)), at_once=True)
    pane.workspace.selection.select("bay-call", Fact)
    assert "One ship calls at Cam Ranh" in pane.card.words()
    x, y = geo.to_mercator(109.25, 12.0)
    qtbot.waitUntil(lambda: holds(bounds_shown(pane), x, y), timeout=4000)


def holds(bounds: Bounds, x: float, y: float) -> bool:
    return bounds.contains(Bounds(x, y, x, y))


def test_a_ticked_claim_says_whose_it_is(qtbot: QtBot, pane: SeaPane) -> None:
    qtbot.mouseClick(pane.layers.boxes["claims"], Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    (line,) = pane.map.content(pane.speak.dossier).lines
    assert line.claimant == "China"


def test_time_shows_what_had_happened_by_a_day(qtbot: QtBot, pane: SeaPane) -> None:
    pane.time_panel.slider.setFocus()
    for _ in range(2):
        qtbot.keyClick(pane.time_panel.slider, Qt.Key.Key_Left)
    assert pane.time_panel.words.text() == "By 9 Jun 2019"
    facts = lambda: {  # noqa: E731
        each for mark in pane.map.content(pane.speak.dossier).marks for each in mark.facts
    }
    qtbot.waitUntil(lambda: facts() == {"earlier-call", "bay-call"})
    qtbot.keyClick(pane.time_panel.slider, Qt.Key.Key_End)
    assert pane.time_panel.words.text() == "All dates"
    qtbot.waitUntil(lambda: "last-call" in facts())


def test_two_clicks_measure_the_shortest_way_between_named_places(
    qtbot: QtBot, pane: SeaPane
) -> None:
    qtbot.mouseClick(pane.tools.measure_button, Qt.MouseButton.LeftButton)
    click_on(qtbot, pane, "da-nang", "sites")
    click_on(qtbot, pane, "reef")
    away = geo.geodesic(108.25, 16.0, 115.5, 9.9).distance_m / geo.METRES_PER_NM
    assert pane.tools.said().startswith(f"Da Nang to Mischief Reef: {away:.1f} nm")
    qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert pane.tools.said() == ""


def test_a_ring_lists_what_lies_within_it_nearest_first(qtbot: QtBot, pane: SeaPane) -> None:
    click_on(qtbot, pane, "da-nang", "sites")
    qtbot.keyClicks(pane.tools.ring_box, "600")
    qtbot.keyClick(pane.tools.ring_box, Qt.Key.Key_Return)
    assert [row.key.id for row in pane.card.rows] == ["bay", "bank", "reef"]
    assert "not a zone" in pane.tools.said()


def test_a_typed_position_is_gone_to_and_a_wrong_one_refused_beside_the_box(
    qtbot: QtBot, pane: SeaPane
) -> None:
    pane.focus_position()
    qtbot.keyClicks(pane.tools.position_box, "16 N")
    qtbot.keyClick(pane.tools.position_box, Qt.Key.Key_Return)
    assert pane.tools.refusal().startswith("“16 N” is not a position; write 16.07, 108.22")
    pane.tools.position_box.clear()
    qtbot.keyClicks(pane.tools.position_box, "9 54 N 115 30 E")
    qtbot.keyClick(pane.tools.position_box, Qt.Key.Key_Return)
    assert pane.tools.refusal() == ""
    x, y = geo.to_mercator(115.5, 9.9)
    qtbot.waitUntil(
        lambda: bounds_shown(pane).centre == pytest.approx((x, y), abs=500.0), timeout=4000
    )


def test_keys_go_from_mark_to_mark_and_enter_opens_one(qtbot: QtBot, pane: SeaPane) -> None:
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    first = pane.view.accessibleDescription()
    assert first
    qtbot.keyClick(pane.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert pane.view.accessibleDescription() != first
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.card.isVisible()
    qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert not pane.card.isVisible()


def test_the_picture_taken_away_has_map_and_marking(qtbot: QtBot, pane: SeaPane) -> None:
    qtbot.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * round(pane.view.picture_size.width_px)
    assert image.pixelColor(4, 4) == light().unclassified
    assert image.pixelColor(image.width() // 2, image.height() // 2) != light().unclassified


def test_on_paper_it_says_who_holds_how_much_and_that_holding_is_not_title(pane: SeaPane) -> None:
    page = pane.page()
    words = " ".join(text.text() for text in page.findChildren(Text))
    assert "as of Jan 2021: China (square) 1, Vietnam (circle) 1" in words
    assert "Holding is not title." in words


def test_it_is_saved_as_a_picture_and_as_vectors(
    pane: SeaPane, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    heads = {}
    for action in pane.tools.menu.actions():
        if action.data():
            place = tmp_path / f"saved.{action.data()}"
            prompts.answers.append(place)
            action.trigger()
            heads[action.data()] = place.read_bytes()[:5]
    geojson = heads.pop("geojson")
    assert heads == {"png": b"\x89PNG\r", "svg": b"<?xml", "pdf": b"%PDF-"}
    assert geojson.startswith(b"{")


def test_a_position_is_said_without_sixty_minutes() -> None:
    assert position_words(108.25, 15.99999).startswith("16°00.0′")
