"""What an area shows is found once and found again only where a change touched it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import (
    About,
    Area,
    AreaId,
    AudienceId,
    Citation,
    Fact,
    Record,
    Says,
    Source,
    SourceId,
)
from desktop.model.shown import AreaFacts, Shown
from desktop.model.states import is_shown, states_of
from desktop.model.values import LocalText

if TYPE_CHECKING:
    from collections.abc import Iterable

AREAS = ("dioxin", "visits")
AUDIENCES = (None, "hanoi")


def source(source_id: str, published: str) -> Source:
    return Source(
        id=source_id,
        title="A report",
        publisher="VOV",
        origin="vov",
        reliability="B",
        published=EdtfDate.parse(published),
    )


def fact(number: int, area: str, when: str, *, differs: bool, withheld: bool, cited: str) -> Fact:
    says = Says(statement=LocalText(en="Otherwise.")) if differs else None
    return Fact(
        id=f"fact-{number}",
        kind="event",
        area=AreaId(area),
        statement=LocalText(en="It happens."),
        when=EdtfDate.parse(when),
        citations=(Citation(source=SourceId(cited), credibility=2, quote="so", says=says),),
        withhold_from=(AudienceId("hanoi"),) if withheld else (),
    )


whens = st.sampled_from(["2025-05-08", "2026-01", "2024", "2025-12-12"])
facts = st.builds(
    fact,
    st.integers(0, 5),
    st.sampled_from(AREAS),
    whens,
    differs=st.booleans(),
    withheld=st.booleans(),
    cited=st.sampled_from(["early", "late"]),
)
sources = st.builds(source, st.sampled_from(["early", "late"]), whens)
changes = st.lists(st.one_of(facts, sources), max_size=12)


def dossier(records: Iterable[Record]) -> Dossier:
    about = About(id="about", title=LocalText(en="A title"), as_of=EdtfDate.parse("2025-12-12"))
    name = LocalText(en="An area")
    areas = [Area(id=area, name=name, group=name) for area in AREAS]
    return Dossier(about, [*areas, source("early", "2025-01"), *records])


def afresh(dossier: Dossier, area: str, audience: str | None) -> AreaFacts:
    shown = [each for each in dossier.facts_in(area) if is_shown(dossier, each, audience)]
    differing = sum("sources-differ" in states_of(dossier, each) for each in shown)
    return AreaFacts(tuple(shown), differing)


@given(first=st.lists(facts, max_size=6), then=changes)
def test_after_any_changes_it_is_what_counting_afresh_gives(
    first: list[Fact], then: list[Record]
) -> None:
    now = dossier(first)
    for record in then:
        for area in AREAS:
            now.derived(Shown).in_area(area, None)
        now = now.with_record(record)
        for area in AREAS:
            for audience in AUDIENCES:
                assert now.derived(Shown).in_area(area, audience) == afresh(now, area, audience)


def test_an_untouched_area_is_not_gone_over_again() -> None:
    known = {"differs": False, "withheld": False, "cited": "early"}
    before = dossier([fact(0, "dioxin", "2024", **known), fact(1, "visits", "2024", **known)])
    visits = before.derived(Shown).in_area("visits", None)

    after = before.with_record(fact(0, "dioxin", "2025-05-08", **known))

    assert after.derived(Shown).in_area("visits", None) is visits


@pytest.mark.parametrize("as_of", ["2025-12-12", "2026-02-01"])
def test_another_day_of_the_file_is_another_choice(as_of: str) -> None:
    late = fact(0, "visits", "2026-01", differs=False, withheld=False, cited="early")
    before = dossier([late])
    before.derived(Shown).in_area("visits", None)
    about = msgspec.structs.replace(before.about, as_of=EdtfDate.parse(as_of))

    found = before.patched({Ref(About, "about"): about}).derived(Shown).in_area("visits", None)

    assert found.facts == ((late,) if as_of > "2026-01" else ())
