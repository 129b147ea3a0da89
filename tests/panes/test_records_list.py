"""What tells the records of a kind apart, in the list of them."""

from __future__ import annotations

import pytest

from desktop.model.records import Overlay, Place
from desktop.model.values import LocalText
from desktop.panes.records_list import details
from desktop.services.language import Locale
from tests.model.samples import cite, dossier_of, fact, source

REEF = Place(
    id="reef", name=LocalText("A reef"), kind="reef", lat=10, lon=114, citations=(cite("chart"),)
)
LINE = Overlay(id="line", name=LocalText("A line"), citations=(cite("chart"), cite("claim")))
RECORDS = (
    *(source(each) for each in ("vov", "chart", "claim", "herald")),
    fact("call"),
    fact("visit", sources=("vov", "chart")),
    REEF,
    LINE,
)


@pytest.mark.parametrize(
    ("source_id", "said"),
    [
        ("vov", "cited by 2 facts"),
        ("chart", "cited by 1 fact, 1 place, 1 overlay"),
        ("claim", "cited by 1 overlay"),
        ("herald", "not cited"),
    ],
)
def test_a_source_tells_what_cites_it_whether_facts_or_the_map(source_id: str, said: str) -> None:
    dossier = dossier_of(*RECORDS)

    assert details(Locale(dossier), dossier.sources[source_id]) == f"B, {said}"
