"""What one pane brings into view, every pane can show."""

from __future__ import annotations

import pytest

from desktop.model.dossier import Ref
from desktop.model.records import Fact, Place
from desktop.selection import Selection


class Listener:
    """Hears a selection, in the order in which it speaks."""

    def __init__(self, selection: Selection) -> None:
        self.heard: list[tuple[str, Ref | None]] = []
        selection.changed.connect(self.on_changed)
        selection.reveal_requested.connect(self.on_reveal_requested)
        selection.source_requested.connect(self.on_source_requested)

    def on_changed(self, ref: Ref | None) -> None:
        self.heard.append(("changed", ref))

    def on_reveal_requested(self, ref: Ref) -> None:
        self.heard.append(("reveal", ref))

    def on_source_requested(self, ref: Ref) -> None:
        self.heard.append(("source", ref))


@pytest.fixture
def selection() -> Selection:
    return Selection()


def test_a_record_in_view_is_told_once(selection: Selection) -> None:
    listener = Listener(selection)

    selection.select("bien-hoa")
    selection.select("bien-hoa")
    selection.select("bien-hoa", Place)
    selection.clear()
    selection.clear()

    assert listener.heard == [
        ("changed", Ref(Fact, "bien-hoa")),
        ("changed", Ref(Place, "bien-hoa")),
        ("changed", None),
    ]


def test_the_fact_in_view_is_known_by_its_id(selection: Selection) -> None:
    assert (selection.ref, selection.fact_id) == (None, None)

    selection.select("fmf-by-year/FY2017")
    assert selection.fact_id == "fmf-by-year/FY2017"

    selection.select("da-nang", Place)
    assert selection.ref == Ref(Place, "da-nang")
    assert selection.fact_id is None


def test_a_record_is_in_view_before_its_home_or_its_sources_are_asked_for(
    selection: Selection,
) -> None:
    listener = Listener(selection)

    selection.reveal("da-nang", Place)
    selection.show_source("bien-hoa")

    assert listener.heard == [
        ("changed", Ref(Place, "da-nang")),
        ("reveal", Ref(Place, "da-nang")),
        ("changed", Ref(Fact, "bien-hoa")),
        ("source", Ref(Fact, "bien-hoa")),
    ]


def test_what_is_in_view_already_can_be_asked_for_again(selection: Selection) -> None:
    selection.select("bien-hoa")
    listener = Listener(selection)

    selection.reveal("bien-hoa")
    selection.show_source("bien-hoa")

    assert listener.heard == [
        ("reveal", Ref(Fact, "bien-hoa")),
        ("source", Ref(Fact, "bien-hoa")),
    ]
