"""A pane in view that follows edits one by one shows what a pane that is made now would show."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
import pytest
from PySide6.QtWidgets import QWidget

from desktop.model.changes import Change, DeleteRecord, SetField
from desktop.model.dates import Duration, EdtfDate
from desktop.model.dossier import Ref
from desktop.model.records import Area, AreaId, Citation, Fact, FactId, Measure, Source, Unit
from desktop.model.values import LocalText, Quantity
from desktop.panes.areas import AreasPane
from desktop.panes.overview import OverviewPane
from desktop.panes.timeline import TimelinePane
from desktop.widgets.big_figure import BigFigure
from desktop.widgets.link import Link
from desktop.widgets.linked_text import LinkedText
from desktop.widgets.row import Row
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.panes.pane import Pane
    from desktop.workspace import Workspace


W = TypeVar("W", bound=QWidget)


def words_of(pane: Pane) -> list[object]:
    """All that stands in a pane in words, and what its lanes hold."""
    found: list[object] = [text.text() for text in shown(pane, Text)]
    found += [text.words() for text in shown(pane, LinkedText)]
    found += [link.words() for link in shown(pane, Link)]
    found += [figure.accessibleName() for figure in shown(pane, BigFigure)]
    found += [row.accessibleName() for row in shown(pane, Row)]
    if isinstance(pane, AreasPane):
        found.append([mark.words for mark in pane.view.lane.marks()])
    if isinstance(pane, TimelinePane):
        content = pane.strip.content(pane.workspace.store.dossier)
        found += [(lane.title, lane.events, lane.ranks) for lane in content.lanes]
    return found


def shown(pane: Pane, kind: type[W]) -> list[W]:
    return [each for each in pane.findChildren(kind) if each.isVisibleTo(pane)]


def fact(fact_id: str, field: str, value: object) -> Change:
    return SetField(Ref(Fact, fact_id), field, value)


def source(field: str, value: object) -> Change:
    return SetField(Ref(Source, "herald"), field, value)


def with_citation(workspace: Workspace, fact_id: str, **fields: object) -> Change:
    citations = workspace.store.dossier.fact(fact_id).citations
    first: Citation = msgspec.structs.replace(citations[0], **fields)
    return fact(fact_id, "citations", (first, *citations[1:]))


EDITS: dict[str, Callable[[Workspace], Change]] = {
    "a value of a part": lambda _: fact(
        "clean-up-first", "value", Quantity.parse("30 million usd")
    ),
    "a date": lambda _: fact("clean-up-work", "when", EdtfDate.parse("2025-10-02")),
    "a date no longer known": lambda _: fact("posture", "when", None),
    "another area": lambda _: fact("clean-up-work", "area", AreaId("visits")),
    "another stage": lambda _: fact("clean-up-first", "stage", "pledged"),
    "other words": lambda _: fact("clean-up-work", "statement", LocalText("The work begins.")),
    "another kind": lambda _: fact("clean-up-work", "kind", "official"),
    "what it delivered": lambda _: fact("clean-up-work", "delivers", (FactId("clean-up-first"),)),
    "what contradicts it": lambda _: fact("first-call", "contradicted_by", ()),
    "what it replaces": lambda _: fact("new-estimate", "supersedes", ()),
    "whom it is kept from": lambda _: fact("clean-up-work", "withhold_from", ("washington",)),
    "the words of what stands against": lambda w: with_citation(w, "earlier-call", quote="so"),
    "its only source": lambda _: fact("posture", "citations", ()),
    "a fact less": lambda _: DeleteRecord(Ref(Fact, "first-call")),
    "a source's day": lambda _: SetField(
        Ref(Source, "herald"), "published", EdtfDate.parse("2027")
    ),
    "a source's name": lambda _: source("publisher", "The Post"),
    "an area's lead": lambda _: SetField(Ref(Area, "clean-up"), "lead", FactId("posture")),
    "an area's patience": lambda _: SetField(
        Ref(Area, "clean-up"), "review_after", Duration.parse("P20Y")
    ),
    "an area's name": lambda _: SetField(Ref(Area, "visits"), "name", LocalText("Calls")),
    "a unit's sign": lambda _: SetField(Ref(Unit, "usd"), "sign", "US$"),
    "a measure's name": lambda _: SetField(Ref(Measure, "assistance"), "name", LocalText("Aid")),
}


@pytest.mark.parametrize("kind", [OverviewPane, AreasPane, TimelinePane])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_and_its_undo_a_pane_shows_what_one_made_now_would(
    qtbot: QtBot,
    workspace: Workspace,
    kind: type[Pane],
    edit: Callable[[Workspace], Change],
) -> None:
    def made() -> Pane:
        pane = kind(workspace)
        qtbot.addWidget(pane)
        pane.resize(1320, 760)
        pane.show()
        return pane

    following = made()
    before = words_of(following)
    workspace.store.apply(edit(workspace))
    after = words_of(following)
    made_after = words_of(made())
    workspace.store.undo()

    assert after == made_after
    assert words_of(following) == before
