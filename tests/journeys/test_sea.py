"""A briefer at the map: what is chosen there is chosen everywhere, and the other way round."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from desktop.figures.sea_marks import SeaMark
from desktop.model.dossier import Ref
from desktop.model.records import Fact, Place
from desktop.panes.facts import FactsPane
from desktop.panes.sea import SeaPane
from tests.desk import CTRL, Desk

CALL = "da-nang-call-2025-12"


def sea_of(desk: Desk) -> SeaPane:
    desk.click_tab(3)
    pane = desk.pane()
    assert isinstance(pane, SeaPane)
    desk.wait_until(lambda: len(pane.map_basemap.levels) > 1 and not pane.view.is_moving)
    return pane


def mark_at(pane: SeaPane, place_id: str, layer: str) -> tuple[SeaMark, QPointF]:
    """A mark and where it stands in the view."""
    scene, window = pane.scene(), pane.view.map_window
    assert scene is not None
    assert window is not None
    each = next(
        each
        for each in scene.shown(window.metres_per_px)
        if each.mark.ref.id == place_id and each.mark.layer == layer
    )
    x, y = window.to_px(each.mark.east_m, each.mark.north_m, pane.view.picture_size)
    return each.mark, each.area().translated(x, y).center()


def test_a_call_chosen_on_the_map_is_the_fact_in_view_in_the_table(opened: Desk) -> None:
    pane = sea_of(opened)
    mark, at = mark_at(pane, "da-nang", "port-visits")
    opened.click(pane.view, at)
    assert [row.key.id for row in pane.card.rows] == list(mark.facts)
    opened.click(pane.card.rows[0])
    opened.click_tab(5)
    facts = opened.pane()
    assert isinstance(facts, FactsPane)
    assert opened.app.workspace.selection.ref == Ref(Fact, CALL)
    assert "USS Tripoli" in opened.seen(facts)


def test_a_fact_chosen_elsewhere_is_told_on_the_map_and_ringed(opened: Desk) -> None:
    opened.app.workspace.selection.select(CALL)
    pane = sea_of(opened)
    assert "USS Tripoli and USS Robert Smalls call at Da Nang" in pane.card.words()
    _, at = mark_at(pane, "da-nang", "port-visits")
    assert not pane.card.geometry().contains(at.toPoint())
    assert not pane.layers.geometry().contains(at.toPoint())


def test_the_questions_asked_most_are_answered_from_the_shipped_facts(opened: Desk) -> None:
    pane = sea_of(opened)
    pane.view.setFocus()
    opened.app.workspace.selection.select("mischief-reef", Place)
    heard = {}
    for action in pane.tools.questions.actions():
        action.trigger()
        opened.settle()
        rows = [row.accessibleName() for row in pane.card.rows]
        heard[action.data()] = "\n".join([pane.card.words(), pane.tools.said(), *rows])
    assert "8 December 2025, Da Nang" in heard["last-call"]
    assert "8–12 July 2024, Cam Ranh" in heard["last-call"]
    assert "China: 28" in heard["holders"]
    assert "Da Nang to Mischief Reef: 563.2 nm" in heard["how-far"]
    assert "4,650 acres, Mar 2025: China's dredging" in heard["built"]
    assert "about 3,319 acres, Mar 2025: Vietnam's dredging" in heard["built"]
    assert "420 acres" not in heard["built"]  # revised since
    assert "Nine-dash line: as claimed by China" in heard["lines"]
    assert "without lawful effect" in heard["lines"]


def test_the_map_is_gone_over_by_keys_alone(opened: Desk) -> None:
    pane = sea_of(opened)
    opened.tab_to(pane.view)
    heard: list[str] = []
    for _ in range(60):
        opened.press(Qt.Key.Key_Right, CTRL)
        heard.append(pane.view.accessibleDescription())
    features = [words for words in heard if "held by" in words]
    assert features
    assert all(" as of 13 Jan 2021" in words and "Source: AMTI" in words for words in features)
    opened.press(Qt.Key.Key_Return)
    assert pane.card.isVisible()
    opened.press(Qt.Key.Key_Escape)
    assert not pane.card.isVisible()
    assert opened.focus() is pane.view
