"""The sea as a chart: looked at, clicked, measured and taken away as a briefer does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication, QImage

from desktop.figures.sea_marks import DEFAULT_LAYERS
from desktop.files.basemap import LEVELS_M, DepthGrid, Grid, write_depths, write_level
from desktop.files.facts_file import FactsFile
from desktop.model import geo
from desktop.model.changes import Change, DeleteRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref
from desktop.model.map_window import Bounds
from desktop.model.records import Fact, FactId, Overlay, Place, PlaceId
from desktop.model.values import LocalText
from desktop.panes import sea_walk
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


def test_the_card_follows_what_it_tells_of(pane: SeaPane) -> None:
    store = pane.workspace.store
    pane.workspace.selection.select("bay-call", Fact)
    assert "One ship calls at Cam Ranh" in pane.card.words()

    store.apply(SetField(Ref(Fact, "bay-call"), "statement", LocalText(en="A call, told anew.")))
    assert "A call, told anew" in pane.card.words()
    store.undo()
    assert "One ship calls at Cam Ranh" in pane.card.words()

    store.apply(SetField(Ref(Fact, "bay-call"), "place", None))
    assert not pane.card.isVisible()


def test_a_fact_chosen_elsewhere_is_brought_into_view_and_told(qtbot: QtBot, pane: SeaPane) -> None:
    pane.view.fit(Bounds(*geo.to_mercator(117, 18), *geo.to_mercator(118, 19)), at_once=True)
    pane.workspace.selection.select("bay-call", Fact)
    assert "One ship calls at Cam Ranh" in pane.card.words()
    x, y = geo.to_mercator(109.25, 12.0)
    qtbot.waitUntil(lambda: holds(bounds_shown(pane), x, y))


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
    qtbot.waitUntil(lambda: not pane.view.is_moving)
    window = pane.view.map_window
    assert window is not None
    at = window.to_px(x, y, pane.view.picture_size)
    assert at == pytest.approx(pane.stage.clear_area().center().toTuple(), abs=2.0)


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


def test_a_picture_is_saved_as_wide_as_is_asked(
    pane: SeaPane, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    sizes = next(action.menu() for action in pane.tools.menu.actions() if action.menu())
    prompts.answers.append(tmp_path / "wide.png")
    next(action for action in sizes.actions() if "3,840" in action.text()).trigger()
    assert QImage(str(tmp_path / "wide.png")).width() == 3840


def test_a_place_that_cannot_be_written_is_said_in_words(
    pane: SeaPane, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.answers.append(tmp_path / "nowhere" / "map.geojson")
    next(each for each in pane.tools.menu.actions() if each.data() == "geojson").trigger()
    assert "Not saved" in prompts.said
    assert any("Choose another folder" in words for words in prompts.said)


def test_the_data_taken_away_holds_what_is_ticked_and_what_was_measured(
    qtbot: QtBot, pane: SeaPane
) -> None:
    pane.layers.boxes["port-visits"].click()
    click_on(qtbot, pane, "reef")
    ask(pane, "How far is it from Da Nang")
    read = json.loads(pane.saving.to_bytes("geojson"))
    features = {each["id"]: each for each in read["features"]}
    assert "port-visits" not in read["metadata"]["layers"]
    assert all("last-call" not in json.dumps(each) for each in read["features"])
    line = features["measurement"]["geometry"]["coordinates"]
    assert line[0] == pytest.approx([108.25, 16.0], abs=1e-6)
    assert line[-1] == pytest.approx([115.5, 9.9], abs=1e-6)


def test_a_position_is_said_without_sixty_minutes() -> None:
    assert position_words(108.25, 15.99999).startswith("16°00.0′")


def ask(pane: SeaPane, words: str) -> None:
    """Choose a ready question from the menu."""
    (action,) = (each for each in pane.tools.questions.actions() if words in each.text())
    action.trigger()


def rows_of(pane: SeaPane) -> list[tuple[str, str]]:
    """Id and words of each row of the card."""
    return [(row.key.id, row.accessibleName()) for row in pane.card.rows]


def test_the_last_call_and_the_one_before_are_named_with_day_and_port(pane: SeaPane) -> None:
    ask(pane, "last U.S. call")
    (last_id, last), (before_id, before), *_ = rows_of(pane)
    assert (last_id, before_id) == ("last-call", "earlier-call")
    assert last.startswith("The last: 8 December 2025, Da Nang")
    assert before.startswith("The one before: 5 March 2018, Da Nang")


def test_the_last_call_is_the_last_by_the_day_of_the_slider(qtbot: QtBot, pane: SeaPane) -> None:
    pane.time_panel.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(pane.time_panel.slider, Qt.Key.Key_Left)
    ask(pane, "last U.S. call")
    assert rows_of(pane)[0][0] == "earlier-call"


def test_who_holds_what_is_listed_with_since_when_it_is_known(pane: SeaPane) -> None:
    ask(pane, "Who holds what")
    assert rows_of(pane) == [
        ("reef", "Held by China as of 13 Jan 2021; since 1995: Mischief Reef"),
        ("bank", "Held by Vietnam as of 13 Jan 2021: Vanguard Bank"),
    ]


def test_the_way_from_da_nang_to_the_chosen_place_is_drawn_and_said(
    qtbot: QtBot, pane: SeaPane
) -> None:
    click_on(qtbot, pane, "reef")
    ask(pane, "How far is it from Da Nang")
    away = geo.geodesic(108.25, 16.0, 115.5, 9.9).distance_m / geo.METRES_PER_NM
    assert pane.tools.said().startswith(f"Da Nang to Mischief Reef: {away:.1f} nm")
    assert len(pane.measuring.measured.ends) == 2


def test_whose_line_it_is_and_what_the_award_said(qtbot: QtBot, pane: SeaPane) -> None:
    ask(pane, "Whose line")
    assert pane.layers.boxes["claims"].isChecked()
    assert "Nine-dash line: as claimed by China" in pane.card.words()
    assert pane.workspace.selection.ref == Ref(Overlay, "dashes")


def test_a_click_on_a_claim_line_says_whose_it_is(qtbot: QtBot, pane: SeaPane) -> None:
    qtbot.mouseClick(pane.layers.boxes["claims"], Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    window = pane.view.map_window
    assert window is not None
    x, y = window.to_px(*geo.to_mercator(110.25, 15.5), pane.view.picture_size)
    qtbot.mouseClick(pane.view, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert "as claimed by China" in pane.card.words()


def test_a_fact_that_is_withheld_is_not_told_on_the_map(pane: SeaPane) -> None:
    dossier = pane.workspace.store.dossier
    secret = structs.replace(dossier.facts[FactId("bay-call")], withhold_from=("washington",))
    pane.workspace.store.open(dossier.with_record(secret))
    pane.workspace.selection.select("bay-call", Fact)
    assert not pane.card.isVisible()


def test_play_goes_from_fact_to_fact_and_stops_at_the_end(qtbot: QtBot, pane: SeaPane) -> None:
    said: list[str] = []
    for timer in pane.time_panel.findChildren(QTimer):
        timer.setInterval(1)
    pane.time_panel.slider.chosen.connect(lambda _day: said.append(pane.time_panel.words.text()))
    qtbot.mouseClick(pane.time_panel.play_button, Qt.MouseButton.LeftButton)
    assert pane.time_panel.is_playing
    qtbot.waitUntil(lambda: not pane.time_panel.is_playing)
    assert said == [
        "By 1 Jan 2016",
        "By 2 Oct 2016",
        "By 5 Mar 2018",
        "By 9 Jun 2019",
        "By 8 Dec 2025",
        "All dates",
    ]
    assert pane.time_panel.words.text() == "All dates"


def test_taking_the_knob_stops_the_play(qtbot: QtBot, pane: SeaPane) -> None:
    qtbot.mouseClick(pane.time_panel.play_button, Qt.MouseButton.LeftButton)
    slider = pane.time_panel.slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert not pane.time_panel.is_playing
    assert pane.time_panel.words.text().startswith("By ")


def test_holders_stand_out_where_that_is_ticked(qtbot: QtBot, pane: SeaPane) -> None:
    symbol = lambda: next(  # noqa: E731
        mark.symbol for mark in pane.map.content(pane.speak.dossier).marks if mark.ref.id == "reef"
    )
    assert symbol().muted
    qtbot.mouseClick(pane.layers.vivid_box, Qt.MouseButton.LeftButton)
    assert not symbol().muted


def test_a_reader_hears_name_holder_and_source_of_each_mark_in_order_of_rank(
    qtbot: QtBot, pane: SeaPane
) -> None:
    pane.view.setFocus()
    heard = []
    for _ in range(7):
        qtbot.keyClick(pane.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        spoken = QAccessible.queryAccessibleInterface(pane.view)
        heard.append(spoken.text(QAccessible.Text.Description))
    scene, window = pane.scene(), pane.view.map_window
    assert scene is not None
    assert window is not None
    marks = sea_walk.marks_in_view(scene, window, pane.view.picture_size)
    assert [mark.rank for mark in marks] == sorted(mark.rank for mark in marks)
    assert heard[: len(marks)] == [sea_walk.spoken(pane.speak, mark) for mark in marks]
    reef = next(words for words in heard if words.startswith("Mischief Reef"))
    assert "held by China as of 13 Jan 2021. Source: The Herald, 9 Dec 2025" in reef


def test_what_was_chosen_is_come_close_to_and_back_leads_back(qtbot: QtBot, pane: SeaPane) -> None:
    qtbot.waitUntil(lambda: not pane.view.is_moving)
    before = bounds_shown(pane)
    click_on(qtbot, pane, "reef")
    qtbot.waitUntil(lambda: not pane.view.is_moving)
    qtbot.keyClick(pane.view, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: not pane.view.is_moving)
    assert bounds_shown(pane).width_m < before.width_m / 3
    at = place_px(pane, "reef")
    assert pane.stage.clear_area().contains(at.toPointF())
    for _ in range(2):
        qtbot.keyClick(pane.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: not pane.view.is_moving)
    assert bounds_shown(pane).width_m == pytest.approx(before.width_m, rel=0.05)


def test_the_card_does_not_lie_over_the_mark_it_tells_of(qtbot: QtBot, pane: SeaPane) -> None:
    pane.workspace.selection.select("reef", Place)
    qtbot.waitUntil(lambda: not pane.view.is_moving)
    assert not pane.card.geometry().contains(place_px(pane, "reef"))
    assert not pane.layers.geometry().contains(place_px(pane, "reef"))


@pytest.mark.parametrize("size", [QSize(1024, 560), QSize(1600, 800), QSize(3840, 2000)])
def test_nothing_lies_over_anything_else_at_any_size(
    qtbot: QtBot, pane: SeaPane, size: QSize
) -> None:
    pane.resize(size)
    pane.workspace.selection.select("last-call", Fact)
    stage = pane.stage
    qtbot.waitUntil(lambda: stage.time_panel.width() > size.width() - 60)
    over = (stage.layers, stage.tools, stage.zoom, stage.time_panel, stage.card)
    for number, one in enumerate(over):
        assert stage.view.rect().contains(one.geometry())
        for other in over[number + 1 :]:
            assert not one.geometry().intersects(other.geometry()), (one, other)


def test_what_was_chosen_before_the_map_was_opened_is_told_on_it(
    qtbot: QtBot, sea_workspace: Workspace, ground: Path
) -> None:
    sea_workspace.selection.select("reef", Place)
    pane = shown(qtbot, SeaPane(sea_workspace, ground))
    assert "Mischief Reef" in pane.card.words()
    assert "Source: The Herald, 9 Dec 2025" in pane.card.words()
    qtbot.waitUntil(lambda: not pane.view.is_moving)
    assert not pane.card.geometry().contains(place_px(pane, "reef"))


def test_on_the_line_of_time_a_year_is_as_long_as_any_other(qtbot: QtBot, pane: SeaPane) -> None:
    slider = pane.time_panel.slider
    days = []
    for share in (0.25, 0.5, 0.75):
        at = QPoint(round(slider.width() * share), slider.height() // 3)
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at)
        assert slider.day is not None
        days.append(slider.day.toordinal())
    assert days[1] - days[0] == pytest.approx(days[2] - days[1], abs=8)
    assert slider.accessibleDescription() == pane.time_panel.words.text()
    assert slider.accessibleDescription().startswith("By ")


EDITS: dict[str, tuple[Change, bool]] = {
    "what is not on the map": (SetField(Ref(Fact, "collision"), "scope", LocalText("Two")), False),
    "the words of a call": (
        SetField(Ref(Fact, "last-call"), "statement", LocalText("Three ships call.")),
        True,
    ),
    "the day of the first call": (
        SetField(Ref(Fact, "bay-call"), "when", EdtfDate.parse("2014-03-02")),
        True,
    ),
    "where it was": (SetField(Ref(Fact, "earlier-call"), "place", PlaceId("bay")), True),
    "that it was no event": (SetField(Ref(Fact, "bay-call"), "kind", "official"), True),
    "a call less": (DeleteRecord(Ref(Fact, "bay-call")), True),
    "who holds a reef": (SetField(Ref(Place, "reef"), "held_by", "vietnam"), True),
    "as of when": (SetField(Ref(Place, "reef"), "held_as_of", EdtfDate.parse("2024-05")), True),
    "the name of a port": (SetField(Ref(Place, "bay"), "name", LocalText("The bay")), True),
    "the name of a claim": (SetField(Ref(Overlay, "dashes"), "name", LocalText("Ten")), False),
}
"""Edits, and whether the map has something else to show by them while no claim is ticked."""


def told(pane: SeaPane) -> list[object]:
    """What the panels over the map say, and what stands on it."""
    slider = pane.time_panel.slider
    return [
        [text.text() for text in pane.layers.findChildren(Text) if text.isVisibleTo(pane)],
        [box.accessibleName() for box in pane.layers.boxes.values()],
        [action.text() for action in pane.tools.questions.actions()],
        (slider.minimum(), slider.maximum(), slider.day, pane.time_panel.words.text()),
        pane.view.accessibleName(),
        pane.map.content(pane.speak.dossier),
    ]


@pytest.mark.parametrize(("edit", "shows"), EDITS.values(), ids=EDITS)
def test_after_an_edit_and_its_undo_it_shows_what_one_made_now_would(
    qtbot: QtBot, sea_workspace: Workspace, ground: Path, edit: Change, shows: bool
) -> None:
    def at_rest() -> bool:
        return pane.view.pictures.is_sharp and not pane.view.is_moving

    pane = shown(qtbot, SeaPane(sea_workspace, ground))
    qtbot.waitUntil(at_rest)
    before = told(pane)
    drawn: list[bool] = []
    pane.view.pictures.arrived.connect(lambda: drawn.append(True))

    sea_workspace.store.apply(edit)
    qtbot.waitUntil(at_rest)

    assert any(drawn) == shows
    other = shown(qtbot, SeaPane(sea_workspace, ground))
    # Rows that have come are laid out a moment later.
    qtbot.waitUntil(lambda: told(pane) == told(other))
    sea_workspace.store.undo()
    qtbot.waitUntil(lambda: told(pane) == before)
