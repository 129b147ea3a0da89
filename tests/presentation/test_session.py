"""One briefing as the briefer steps through it, and what of that the audience sees."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QPointF, QRectF

from desktop.model.dossier import Dossier, Ref
from desktop.model.records import AudienceId, Fact, FactId
from desktop.model.values import LocalText
from desktop.presentation.session import Bookmark, Card, Session
from tests.model.test_slides import a_slide, briefing, dossier


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s

    def go(self, seconds: float) -> None:
        self.now_s += seconds


def talk() -> Dossier:
    return dossier(
        briefing("one", "two", "three", backup=("spare",), audience="washington"),
        a_slide("one", "First {new}", seconds=60),
        a_slide("two", "Second", seconds=120, notes=LocalText("Say {old}.")),
        a_slide("three", "Third", seconds=30),
        a_slide("spare", "If asked"),
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(clock: Clock) -> Session:
    return Session(talk(), "talk", now=clock)


def seen(session: Session) -> str:
    return session.seen.id if session.seen else ""


def here(session: Session) -> str:
    return session.slide.id if session.slide else ""


def test_it_steps_through_the_running_slides_and_stops_at_either_end(session: Session) -> None:
    visited = []
    for by in (-1, 1, 1, 1, 1, -1):
        session.step(by)
        visited.append(here(session))

    assert visited == ["one", "two", "three", "three", "three", "two"]


def test_backups_are_passed_over_and_reached_by_number(session: Session) -> None:
    session.step(1)

    assert session.go_to_number(4)
    assert here(session) == "spare"
    assert not session.go_to_number(5)
    assert here(session) == "spare"


def test_from_a_backup_asked_for_at_the_end_it_leads_back_to_the_end(session: Session) -> None:
    session.go_to_end(last=True)
    assert session.go_to_number(4)
    assert session.slide is not None
    assert session.slide.id == "spare"
    assert session.next is not None
    assert session.next.id == "three"

    session.step(1)
    assert session.slide.id == "three"
    session.step(1)
    assert session.slide.id == "three"


@pytest.mark.parametrize(("by", "then"), [(1, "three"), (-1, "two")])
def test_from_a_backup_it_goes_on_from_where_it_was_asked_for(
    session: Session, by: int, then: str
) -> None:
    session.step(1)
    session.go_to_number(4)
    session.step(by)

    assert here(session) == then


def test_a_held_audience_stays_while_the_briefer_looks_elsewhere(session: Session) -> None:
    session.toggle_hold()
    session.step(1)
    assert (here(session), seen(session)) == ("two", "one")

    session.toggle_hold()
    assert (here(session), seen(session)) == ("two", "two")


def test_black_covers_and_the_same_key_uncovers(session: Session) -> None:
    covers = []
    for cover in ("black", "white", "white"):
        session.toggle_cover(cover)  # type: ignore[arg-type]
        covers.append(session.cover)

    assert covers == ["black", "white", ""]


def test_an_answer_is_the_briefers_until_it_is_pushed(session: Session) -> None:
    card = Card(FactId("new"))
    session.ask(card)
    assert (session.asked, session.pushed) == (card, None)

    session.push()
    assert session.pushed == card

    session.push()
    assert (session.asked, session.pushed) == (card, None)


def test_the_next_slide_takes_an_answer_off_both_screens(session: Session) -> None:
    session.ask(Card(FactId("new")))
    session.push()
    session.step(1)

    assert (session.asked, session.pushed) == (None, None)


def test_an_edit_waits_until_the_briefer_shows_it(session: Session) -> None:
    before = session.dossier
    slide = before.slides["one"]  # type: ignore[index]
    edited = before.with_record(msgspec.structs.replace(slide, title=LocalText("Another")))

    session.hear(edited)
    assert session.dossier is before
    assert session.news.ids == {"one"}

    session.pin()
    assert session.dossier is edited
    assert not session.news


def test_a_slide_that_an_edit_took_away_leaves_the_briefer_at_the_first(session: Session) -> None:
    session.step(1)
    gone = dossier(
        briefing("one", "three", audience="washington"), a_slide("one"), a_slide("three")
    )
    session.hear(gone)
    session.pin()

    assert here(session) == "one"


def test_the_pace_is_told_against_what_was_planned(session: Session, clock: Clock) -> None:
    clock.go(50)
    assert session.behind_s == 0

    clock.go(30)
    assert session.behind_s == 20

    session.step(1)
    assert session.behind_s == 20

    session.step(1)
    assert session.behind_s == -100


def test_a_pause_stops_the_clock_and_the_slides_time(session: Session, clock: Clock) -> None:
    clock.go(10)
    session.toggle_pause()
    clock.go(600)
    assert session.elapsed_s == 10
    session.toggle_pause()
    clock.go(20)

    assert session.elapsed_s == 30
    assert session.behind_s == 0


def test_the_room_is_left_on_time(session: Session, clock: Clock) -> None:
    assert session.remaining_s is None
    session.end_at(clock.now_s + 300)
    clock.go(310)

    assert session.remaining_s == -10


def test_a_lost_briefing_goes_on_at_its_slide_with_its_clock(
    session: Session, clock: Clock
) -> None:
    session.step(1)
    session.toggle_cover("black")
    clock.go(100)
    kept = msgspec.json.encode(session.bookmark("/facts.yaml"))

    clock.go(2)
    again = Session(talk(), "talk", now=clock)
    again.resume(msgspec.json.decode(kept, type=Bookmark))

    assert (here(again), again.cover, again.elapsed_s) == ("two", "black", 102)
    assert again.behind_s == session.behind_s


def test_a_lost_briefing_keeps_its_pause_and_its_end(session: Session, clock: Clock) -> None:
    clock.go(40)
    session.toggle_pause()
    session.end_at(clock.now_s + 900)
    mark = session.bookmark("/facts.yaml")

    clock.go(30)
    again = Session(talk(), "talk", now=clock)
    again.resume(mark)

    assert (again.is_paused, again.elapsed_s, again.remaining_s) == (True, 40, 870)


@pytest.mark.parametrize("becomes", ["gone", "withheld"])
def test_an_answer_goes_with_its_fact(session: Session, becomes: str) -> None:
    session.ask(Card(FactId("new")))
    session.push()
    before = session.dossier
    if becomes == "gone":
        after = before.without(Ref(Fact, "new"))
    else:
        fact = before.fact("new")
        kept_from = (AudienceId("washington"),)
        after = before.with_record(msgspec.structs.replace(fact, withhold_from=kept_from))
    session.hear(after)
    session.pin()

    assert (session.asked, session.pushed) == (None, None)


def test_an_audience_held_on_a_slide_that_is_gone_comes_along(session: Session) -> None:
    session.toggle_hold()
    session.step(1)
    session.hear(
        dossier(briefing("two", "three", audience="washington"), a_slide("two"), a_slide("three"))
    )
    session.pin()

    assert (session.is_held, seen(session)) == (False, "two")


def test_a_region_stays_within_the_page_and_keeps_its_shape(session: Session) -> None:
    session.zoom_to(QRectF(0.8, 0.9, 0.4, 0.2))
    region = session.zoom

    assert region.width() == region.height() == pytest.approx(0.4)
    assert QRectF(0, 0, 1.0001, 1.0001).contains(region)
    session.step(1)
    assert session.zoom == QRectF(0, 0, 1, 1)


def test_the_pointer_is_gone_with_the_slide(session: Session) -> None:
    session.point(QPointF(0.5, 0.5))
    session.step(1)

    assert session.pointer is None


def test_the_facts_of_a_slide_include_those_of_its_notes(session: Session) -> None:
    assert session.fact_ids() == ["new"]
    session.step(1)
    assert session.fact_ids() == ["old"]
    assert all(isinstance(session.dossier.fact(each), Fact) for each in session.fact_ids())
