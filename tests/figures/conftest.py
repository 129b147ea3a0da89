"""Dossiers of one area, as small as a figure needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import pytest

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import About, Area, AreaId, Citation, Fact, FactId, Says, SourceId
from desktop.model.values import LocalText

DossierOf = Callable[..., Dossier]


@pytest.fixture(scope="session")
def dossier_of() -> DossierOf:
    """Make a dossier whose area "visits" holds one event for each date, by id."""

    def make(whens: Mapping[str, str], *, differing: str = "", lead: str | None = None) -> Dossier:
        facts = [
            Fact(
                id=fact_id,
                kind="event",
                area=AreaId("visits"),
                statement=LocalText(en=f"The event called {fact_id} takes place."),
                when=EdtfDate.parse(when),
                citations=_citations(differs=fact_id == differing),
            )
            for fact_id, when in whens.items()
        ]
        name = LocalText(en="Port visits")
        lead_id = FactId(lead) if lead else None
        about = About(id="about", title=LocalText(en="A title"), as_of=EdtfDate.parse("2025-12-12"))
        return Dossier(about, [Area(id="visits", name=name, group=name, lead=lead_id), *facts])

    return make


@pytest.fixture(scope="session")
def move_area() -> Callable[..., Dossier]:
    """Put one fact of a dossier into an area and group of its own."""

    def move(dossier: Dossier, fact_id: str, group: str) -> Dossier:
        area = Area(id="elsewhere", name=LocalText(en=group), group=LocalText(en=group))
        moved = msgspec.structs.replace(dossier.fact(fact_id), area=AreaId(area.id))
        return dossier.with_record(area).with_record(moved)

    return move


def _citations(*, differs: bool) -> tuple[Citation, ...]:
    says = Says(statement=LocalText(en="Something else.")) if differs else None
    return (Citation(source=SourceId("herald"), credibility=2, quote="as printed", says=says),)
