"""A slide stands on the facts its audience is shown, and knows its seat in the briefing."""

from __future__ import annotations

from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId, Briefing, FactId, MeasureId, Slide, SlideId
from desktop.model.slides import (
    Seat,
    audience_of,
    bound_ids,
    facts_on,
    facts_spoken,
    named_facts,
    seat_of,
    slides_of,
)
from desktop.model.values import LocalText
from tests.model import samples


def a_slide(record_id: str, title: str = "A message", **fields: object) -> Slide:
    given = {"layout": "figure", "title": LocalText(title), **fields}
    return Slide(id=record_id, **given)  # type: ignore[arg-type]


def briefing(*slides: str, backup: tuple[str, ...] = (), audience: str = "hanoi") -> Briefing:
    return Briefing(
        id="talk",
        title=LocalText("A talk"),
        audience=AudienceId(audience) if audience else None,
        slides=tuple(map(SlideId, slides)),
        backup=tuple(map(SlideId, backup)),
    )


def dossier(*records: object) -> Dossier:
    return samples.dossier_of(
        samples.measure("paid", kind="cumulative"),
        samples.fact("old", "100 million usd", when="2019", measure="paid"),
        samples.fact("new", "300 million usd", when="2024", measure="paid"),
        samples.fact("revised", "90 million usd", when="2019", supersedes=(FactId("old"),)),
        samples.fact("secret", "5 million usd", when="2024", withhold_from=(AudienceId("hanoi"),)),
        samples.fact("later", "7 million usd", when="2026"),
        *records,  # type: ignore[arg-type]
    )


def test_backups_are_numbered_on_after_the_running_slides() -> None:
    talk = briefing("one", "two", backup=("spare",))
    file = dossier(talk, *(a_slide(each) for each in ("one", "two", "spare")))

    assert seat_of(file, talk, "two") == Seat(2, 2, is_backup=False)
    assert seat_of(file, talk, "spare") == Seat(3, 2, is_backup=True)
    assert seat_of(file, talk, "another") is None


def test_a_slide_that_is_not_in_the_file_leaves_no_hole() -> None:
    talk = briefing("one", "gone", "two")
    file = dossier(talk, a_slide("one"), a_slide("two"))

    assert [slide.id for slide in slides_of(file, talk)] == ["one", "two"]
    assert seat_of(file, talk, "two") == Seat(2, 2, is_backup=False)


def test_a_briefing_speaks_to_its_audience_or_else_to_that_of_the_file() -> None:
    file = dossier()

    assert audience_of(file, briefing(audience="hanoi")) == "hanoi"
    assert audience_of(file, briefing(audience="")) == "washington"
    assert audience_of(file, None) == "washington"


def test_a_number_in_the_title_counts_as_on_the_slide() -> None:
    assert bound_ids(LocalText(en="It is {new}", vi="Là {new}, trước là {old}")) == ("new", "old")
    assert bound_ids(LocalText("A brace {that is left open")) == ()

    found = facts_on(dossier(), a_slide("one", "It is {new}"), "washington")
    assert [fact.id for fact in found] == ["new"]


def test_readings_count_save_those_that_were_superseded() -> None:
    slide = a_slide("one", layout="chart", measures=(MeasureId("paid"),))

    assert [fact.id for fact in facts_on(dossier(), slide, "washington")] == ["new"]


def test_what_is_withheld_or_lies_after_as_of_is_on_no_slide() -> None:
    slide = a_slide("one", facts=(FactId("secret"), FactId("later"), FactId("new")))

    assert [fact.id for fact in named_facts(dossier(), slide, "hanoi")] == ["new"]
    assert [fact.id for fact in named_facts(dossier(), slide, "washington")] == ["secret", "new"]


def test_what_the_notes_say_is_known_apart_from_what_is_shown() -> None:
    slide = a_slide("one", notes=LocalText("Once {old}, now {new}."))

    assert [fact.id for fact in facts_spoken(dossier(), slide, "washington")] == ["old", "new"]
    assert facts_on(dossier(), slide, "washington") == []
