"""A pledge that comes in a second time is asked about, beside the work, and answered once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.model.changes import AddRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Ref
from desktop.model.records import Citation, Fact, PlaceId, SourceId
from desktop.model.states import states_of
from desktop.model.values import LocalText, Quantity
from desktop.panes.same_event_view import SameEventView, asking_words
from desktop.panes.same_events import SameEvents
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.workspace import Workspace

AGAIN = Fact(
    id="asp-pledge",
    area="clean-up",  # type: ignore[arg-type]
    kind="commitment",
    statement=LocalText("A pledge of November."),
    value=Quantity.parse("130 million usd"),
    when=EdtfDate.parse("2025-11"),
    place=PlaceId("airbase"),
    stage="committed",
    citations=(Citation(source=SourceId("bulletin"), quote="promised in November", credibility=4),),
)


@pytest.fixture
def events(workspace: Workspace) -> SameEvents:
    return SameEvents(workspace.store, parent=workspace.store)


@pytest.fixture
def view(qtbot: QtBot, workspace: Workspace, events: SameEvents) -> SameEventView:
    view = SameEventView(workspace, events)
    qtbot.addWidget(view)
    view.resize(760, 800)
    view.show()
    return view


def add_again(qtbot: QtBot, workspace: Workspace, events: SameEvents) -> None:
    with qtbot.waitSignal(events.changed):
        workspace.store.apply(AddRecord(AGAIN))


def seen(view: SameEventView) -> str:
    return "\n".join(each.text() for each in view.findChildren(Text) if not each.isHidden())


def test_the_new_report_is_asked_about_and_the_older_fact_would_stay(
    qtbot: QtBot, workspace: Workspace, events: SameEvents, view: SameEventView
) -> None:
    assert "No two facts wait for an answer." in seen(view)

    add_again(qtbot, workspace, events)

    assert events.pairs == (("clean-up-addition", "asp-pledge"),)
    words = asking_words(workspace.locale(workspace.store.dossier), events.pairs[0])
    assert words.startswith(
        "“A pledge of November” (Nov 2025) has the amount, stage and place of “"
    )
    assert "“promised in November”" in seen(view)
    assert "“raised by 130 million dollars”" in seen(view)


def test_one_event_is_one_fact_with_one_more_citation_and_the_same_totals(
    qtbot: QtBot, workspace: Workspace, events: SameEvents, view: SameEventView
) -> None:
    before = workspace.store.dossier
    add_again(qtbot, workspace, events)

    qtbot.mouseClick(view.one_button, Qt.MouseButton.LeftButton)

    dossier = workspace.store.dossier
    assert "asp-pledge" not in dossier.facts
    kept = dossier.fact("clean-up-addition")
    assert [each.source for each in kept.citations] == ["herald", "gazette", "bulletin"]
    assert dossier.fact("clean-up-total") == before.fact("clean-up-total")
    assert "No two facts wait for an answer." in seen(view)
    workspace.store.undo()
    assert "asp-pledge" in workspace.store.dossier.facts


def test_two_events_both_stay_and_the_total_shows_that_it_does_not_add_up(
    qtbot: QtBot, workspace: Workspace, events: SameEvents, view: SameEventView
) -> None:
    add_again(qtbot, workspace, events)
    assert "is told to count both, and shows that it does not add up." in seen(view)

    qtbot.mouseClick(view.two_button, Qt.MouseButton.LeftButton)

    dossier = workspace.store.dossier
    total = dossier.fact("clean-up-total")
    assert "asp-pledge" in total.parts
    assert "does-not-add-up" in states_of(dossier, total)
    assert events.pairs == ()


def test_an_answer_is_remembered_while_the_program_runs(
    qtbot: QtBot, workspace: Workspace, events: SameEvents, view: SameEventView
) -> None:
    add_again(qtbot, workspace, events)
    qtbot.mouseClick(view.two_button, Qt.MouseButton.LeftButton)
    workspace.store.undo()  # the total forgets, the program does not

    when = EdtfDate.parse("2025-10")
    workspace.store.apply(SetField(Ref(Fact, "asp-pledge"), "when", when))
    qtbot.waitUntil(lambda: not events._later.isActive())

    assert events.pairs == ()


def test_what_an_edit_parts_is_no_longer_asked_about(
    qtbot: QtBot, workspace: Workspace, events: SameEvents, view: SameEventView
) -> None:
    add_again(qtbot, workspace, events)

    with qtbot.waitSignal(events.changed):
        value = Quantity.parse("131 million usd")
        workspace.store.apply(SetField(Ref(Fact, "asp-pledge"), "value", value))

    assert events.pairs == ()
    assert not view.one_button.isVisible()


def test_the_other_of_the_two_can_stay(
    qtbot: QtBot, workspace: Workspace, events: SameEvents, view: SameEventView
) -> None:
    add_again(qtbot, workspace, events)

    qtbot.mouseClick(view.swap_link, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.one_button, Qt.MouseButton.LeftButton)

    dossier = workspace.store.dossier
    assert "clean-up-addition" not in dossier.facts
    assert "asp-pledge" in dossier.fact("clean-up-total").parts
    assert dossier.fact("clean-up-work").delivers == ("asp-pledge",)


def test_opening_a_file_asks_nothing(
    qtbot: QtBot, workspace: Workspace, events: SameEvents
) -> None:
    workspace.store.open(workspace.store.dossier.with_record(AGAIN))
    qtbot.waitUntil(lambda: not events._later.isActive())
    assert events.pairs == ()
