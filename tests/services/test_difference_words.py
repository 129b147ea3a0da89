"""What changed between two states is told in sentences that name values as people say them."""

from __future__ import annotations

import msgspec

from desktop.model.changes import AddRecord, Batch, DeleteRecord, RenameRecord, SetField
from desktop.model.dates import EdtfDate
from desktop.model.differences import differences
from desktop.model.dossier import Dossier, Ref
from desktop.model.records import About, Fact, Reading, Says, Source
from desktop.model.values import LocalText, Quantity
from desktop.services.difference_words import difference_words
from desktop.services.language import Locale
from tests.model.samples import cite, dossier_of, fact, measure, source, table

BASE = dossier_of(
    source("reuters"),
    measure(),
    fact("pledge", "430 million usd", when="2025-01-17", sources=("vov", "ap")),
    fact("visit", kind="status", when="2025-11"),
    table("fmf-by-year", {"FY2017": "12", "FY2018": None}),
)
PLEDGE = Ref(Fact, "pledge")


def told(after: Dossier, before: Dossier = BASE) -> list[str]:
    speak = Locale(before), Locale(after)
    return [difference_words(*speak, each) for each in differences(before, after)]


def with_field(field: str, value: object, ref: Ref = PLEDGE) -> Dossier:
    return SetField(ref, field, value).applied_to(BASE)


def test_a_changed_value_is_told_with_the_old_and_the_new() -> None:
    assert told(with_field("value", Quantity.parse("431 million usd"))) == [
        "Fact pledge, “What is said of pledge”, $431 million, 17 Jan 2025: "
        "value was $430 million, is $431 million."
    ]


def test_what_was_not_given_before_and_what_is_gone() -> None:
    noted = with_field("note", LocalText("By\nphone."))
    assert told(noted)[0].endswith(": note is now “By phone.”.")
    assert told(BASE, noted)[0].endswith(": note was “By phone.”, and is gone.")


def test_a_stage_a_date_and_a_text_in_two_languages() -> None:
    staged = Batch(
        (
            SetField(PLEDGE, "stage", "pledged"),
            SetField(PLEDGE, "when", EdtfDate.parse("2025-05")),
            SetField(PLEDGE, "scope", LocalText(en="All", vi="Tất cả")),
        ),
        "",
    ).applied_to(BASE)

    when, stage, scope = told(staged)

    assert when.endswith(": date was 17 January 2025, is May 2025.")
    assert stage.endswith(": stage is now pledged.")
    assert scope.endswith(": scope is now en “All”, vi “Tất cả”.")


def test_a_quotation_is_told_between_quotation_marks() -> None:
    first, second = BASE.fact("pledge").citations
    mended = msgspec.structs.replace(first, quote="raising the total", locator="p. 3")

    (sentence,) = told(with_field("citations", (mended, second)))

    assert (
        "(quotation was “raising the total US grant to US$430 million”, is “raising the total”, "
        "locator is now “p. 3”)."
    ) in sentence


def test_only_the_language_and_the_part_that_changed_are_told() -> None:
    before = with_field("scope", LocalText("All"))
    after = with_field("scope", LocalText(en="All", vi="Tất cả"))
    (added,) = told(after, before)
    (changed,) = told(with_field("scope", LocalText(en="Some", vi="Tất cả")), after)
    assert added.endswith(": scope in Vietnamese is now “Tất cả”.")
    assert changed.endswith(": scope in English was “All”, is “Some”.")
    settled = with_field("reading", Reading(say=LocalText("It is 430.")))
    (why,) = told(
        with_field("reading", Reading(say=LocalText("It is 430."), why=LocalText("So."))), settled
    )
    assert why.endswith(": how we settle it, why is now “So.”.")


def test_sources_that_come_go_or_say_something_else() -> None:
    first, second = BASE.fact("pledge").citations
    changed = msgspec.structs.replace(first, credibility=4)

    (more,) = told(with_field("citations", (changed, cite("reuters"))))
    (turned,) = told(with_field("citations", (second, first)))

    assert more.endswith(
        ": cites VOV, 8 May 2025 (vov) otherwise (credibility was 2, is 4); "
        "now cites REUTERS, 8 May 2025 (reuters); "
        "no longer cites AP, 17 Jan 2025 (ap)."
    )
    assert turned.endswith(": cites its sources in another order.")


def test_sources_that_now_differ_are_told_apart() -> None:
    first, second = BASE.fact("pledge").citations
    says = Says(stage="pledged")

    sentences = told(with_field("citations", (first, msgspec.structs.replace(second, says=says))))

    assert sentences[0].endswith(
        ": cites AP, 17 Jan 2025 (ap) otherwise (what it says otherwise is now “pledged”)."
    )
    assert sentences[1] == (
        "Sources now differ: fact pledge, “What is said of pledge”, $430 million, 17 Jan 2025."
    )


def test_facts_that_have_become_stale_are_told() -> None:
    later = with_field("as_of", EdtfDate.parse("2027-12-12"), Ref(About, "about"))

    sentences = told(later)

    assert sentences[0] == "This file: as of was 12 December 2025, is 12 December 2027."
    assert sentences[1:] == ["Now stale: fact visit, “What is said of visit”, Nov 2025."]


def test_additions_withdrawals_and_new_ids() -> None:
    after = Batch(
        (
            AddRecord(fact("new", "8 sets")),
            DeleteRecord(Ref(Source, "reuters")),
            RenameRecord(Ref(Fact, "visit"), "visit-2025"),
        ),
        "",
    ).applied_to(BASE)

    assert told(after) == [
        "Added: fact new, “What is said of new”, 8 sets of remains.",
        "New id: fact visit-2025, “What is said of visit”, Nov 2025, before visit.",
        "Withdrawn: source reuters, “REUTERS, 8 May 2025: What reuters reports”.",
    ]


def test_lists_of_ids_and_rows_of_tables() -> None:
    delivered = with_field("delivers", ("visit",))
    assert told(delivered)[0].endswith(": delivers now with visit.")
    assert told(BASE, delivered)[0].endswith(": delivers no longer with visit.")
    points = table("fmf-by-year", {"FY2017": "12.5", "FY2019": "1"}).points

    (sentence,) = told(with_field("points", points, Ref(Fact, "fmf-by-year")))

    assert sentence.endswith(
        ": FY2017 was 12, is 12.5; FY2018 was not reported, is not there; "
        "FY2019 was not there, is 1."
    )


def test_records_in_another_order_are_told_once() -> None:
    order = {Fact: tuple(reversed(BASE.facts))}

    assert told(BASE.patched({}, order)) == ["Facts: the order has changed."]


def test_nothing_is_told_of_two_states_that_are_alike() -> None:
    assert told(BASE) == []
