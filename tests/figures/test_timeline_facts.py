"""Lanes that follow edits hold what lanes made anew would, and stay where nothing in them moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.date_marks import Event
from desktop.figures.timeline_facts import Content, TimelineFacts, Wanted
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import About, Area, AreaId, Fact
from desktop.model.values import LocalText

pytestmark = pytest.mark.usefixtures("qapp")

GROUPS = {"visits": "Maritime", "boats": "Maritime", "dioxin": "War legacy"}
AREAS = st.sampled_from([*GROUPS])
DATES = st.sampled_from(["2019-03-05", "2018-06-07", "2018-06", "2018", "2024/..", "2025-05-08"])


def dossier(facts: list[Fact]) -> Dossier:
    about = About(id="about", title=LocalText(en="A title"), as_of=EdtfDate.parse("2025-12-12"))
    areas = [
        Area(id=each, name=LocalText(en=each), group=LocalText(en=group))
        for each, group in GROUPS.items()
    ]
    return Dossier(about, [*areas, *facts])


def fact(number: int, area: str, when: str) -> Fact:
    return Fact(
        id=f"fact-{number}",
        kind="event",
        area=AreaId(area),
        statement=LocalText(en="It takes place."),
        when=EdtfDate.parse(when),
    )


def said(content: Content) -> list[tuple[str, tuple[Event, ...], tuple[int, ...]]]:
    return [(lane.title, lane.events, lane.ranks) for lane in content.lanes]


@given(
    before=st.lists(st.tuples(AREAS, DATES), max_size=20),
    edits=st.lists(st.tuples(st.integers(0, 22), AREAS, DATES, st.booleans()), max_size=5),
)
def test_lanes_that_followed_edits_hold_what_lanes_made_anew_would(
    before: list[tuple[str, str]], edits: list[tuple[int, str, str, bool]]
) -> None:
    facts = [fact(number, *each) for number, each in enumerate(before)]
    states = [list(facts)]
    for number, (place, area, when, goes) in enumerate(edits, start=len(facts)):
        facts[place : place + 1] = [] if goes else [fact(number, area, when)]
        states.append(list(facts))
    following = TimelineFacts()

    for state in [*states, *reversed(states)]:  # every edit, and then its undo
        now, anew = dossier(state), dossier(state)
        followed, made = following.read(now, Wanted()), TimelineFacts().read(anew, Wanted())
        assert said(followed) == said(made)
        assert followed[1:] == made[1:]


def test_a_lane_in_which_nothing_moved_is_the_same_object() -> None:
    facts = [fact(0, "visits", "2019"), fact(1, "boats", "2020"), fact(2, "dioxin", "2021")]
    following = TimelineFacts()
    maritime, legacy = following.read(dossier(facts), Wanted()).lanes
    facts[1] = fact(1, "visits", "2020")

    moved, stayed = following.read(dossier(facts), Wanted()).lanes

    assert stayed is legacy
    assert moved is not maritime
    assert [event.fact_id for event in moved.events] == ["fact-0", "fact-1"]
