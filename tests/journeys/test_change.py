"""A change to the facts, seen in every pane, taken back and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from desktop.model.changes import AddRecord, DeleteRecord, SetField
from desktop.model.dossier import Ref
from desktop.model.records import Fact, FactId
from desktop.model.values import LocalText, Quantity
from tests.desk import CTRL, Desk

if TYPE_CHECKING:
    from desktop.panes.pane import Pane

TOTAL = Ref(Fact, "bien-hoa-commitment-2025")
WAS, IS = "$430 million", "$432 million"


def change_total(desk: Desk) -> None:
    value = Quantity.parse("432 million usd")
    desk.app.workspace.store.apply(SetField(TOTAL, "value", value))
    desk.settle()


def latest_event(desk: Desk) -> Ref:
    """A new event of the day the file speaks of, which nothing else in the file names."""
    store = desk.app.workspace.store
    told = LocalText(en="A delegation is received in Hanoi.")
    visit = store.dossier.facts[FactId("hegseth-visit-2025")]
    as_of, fact_id = store.dossier.about.as_of, "delegation-received"
    fact = replace(visit, id=fact_id, statement=told, when=as_of, measure=None, delivers=())
    store.apply(AddRecord(fact))
    desk.settle()
    return Ref(Fact, fact_id)


def test_a_change_is_at_once_in_the_pane_in_view(opened: Desk) -> None:
    assert WAS in opened.seen(opened.pane())

    change_total(opened)

    told = opened.seen(opened.pane())
    assert IS in told
    assert WAS not in told
    assert opened.window.file_words.text() == "facts.yaml, not saved"
    assert "•" in opened.window.windowTitle()


@pytest.mark.parametrize("number", [2, 6])
def test_a_pane_out_of_view_shows_a_change_when_it_comes_into_view(
    opened: Desk, number: int
) -> None:
    opened.app.workspace.selection.select(TOTAL.id)
    opened.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    assert WAS in opened.seen(opened.pane())
    opened.press(Qt.Key.Key_1, CTRL)
    pane: Pane = opened.window.pane("areas" if number == 2 else "facts")
    asked: list[object] = []
    pane.refresh, refresh = (  # type: ignore[method-assign]
        lambda dossier: (asked.append(dossier), refresh(dossier))[1],
        pane.refresh,
    )

    change_total(opened)
    change_total(opened)
    assert asked == [], "out of view it waits"
    opened.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)

    assert asked == [opened.app.workspace.store.dossier]
    assert IS in opened.seen(opened.pane())


def test_the_open_drawer_follows_a_change(opened: Desk) -> None:
    opened.click_link(opened.pane().bottom_line)  # type: ignore[attr-defined]
    assert WAS in opened.seen(opened.window.drawer)

    change_total(opened)

    assert IS in opened.seen(opened.window.drawer)


def test_a_change_is_taken_back_and_done_again_by_key(opened: Desk) -> None:
    registry = opened.window.actions_registry
    assert not registry.trigger("edit.undo").isEnabled()
    change_total(opened)
    assert registry.trigger("edit.undo").isEnabled()

    opened.press(Qt.Key.Key_Z, CTRL)

    assert WAS in opened.seen(opened.pane())
    assert opened.window.file_words.text() == "facts.yaml, saved"
    assert not registry.trigger("edit.undo").isEnabled()

    opened.press(Qt.Key.Key_Y, CTRL)
    assert IS in opened.seen(opened.pane())
    opened.press(Qt.Key.Key_Z, CTRL)
    opened.press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert IS in opened.seen(opened.pane())


@pytest.mark.parametrize("number", [1, 2, 6])
def test_a_fact_that_is_deleted_leaves_every_pane_and_comes_back(opened: Desk, number: int) -> None:
    store, selection = opened.app.workspace.store, opened.app.workspace.selection
    gone = latest_event(opened)
    speak = opened.app.workspace.locale(store.dossier)
    words = speak.statement(store.dossier.fact(gone.id)).rstrip(".")
    selection.select(gone.id)
    opened.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    assert words in opened.seen(opened.pane())

    store.apply(DeleteRecord(gone))
    opened.settle()

    assert words not in opened.seen(opened.pane())

    opened.press(Qt.Key.Key_Z, CTRL)
    selection.select(gone.id)
    opened.settle()
    assert words in opened.seen(opened.pane())


def test_words_that_look_like_markup_are_shown_as_they_stand(opened: Desk) -> None:
    marked = "<b>bold</b> & <img src='file:///etc/passwd'>"
    change = SetField(TOTAL, "statement", LocalText(en=marked))
    opened.app.workspace.store.apply(change)
    opened.app.workspace.selection.select(TOTAL.id)
    for number in (1, 2, 6):
        opened.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert marked in opened.seen(opened.pane())
