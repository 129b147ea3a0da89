"""Two people edit one file: what either did alone stands, what both did is asked about."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from desktop.files.merge import Conflict, Merged, merge
from desktop.model.changes import (
    AddRecord,
    Change,
    ChangeRefused,
    DeleteRecord,
    RenameRecord,
    SetField,
    SetFields,
)
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import Fact, Source
from desktop.model.values import LocalText, Quantity
from tests.model.samples import cite, dossier_of, fact, source

VALUE, OTHER, THIRD = (Quantity.parse(text) for text in ("130 million usd", "8 sets", "9 sets"))
BASE = dossier_of(
    source("reuters"),
    fact("pledge", "100 million usd", when="2025-01-17", sources=("vov", "ap")),
    fact("visit", when="2025-11"),
)
PLEDGE, VISIT = Ref(Fact, "pledge"), Ref(Fact, "visit")


def after(dossier: Dossier, *changes: Change) -> Dossier:
    for change in changes:
        dossier = change.applied_to(dossier)
    return dossier


def merged(ours: Dossier, theirs: Dossier, base: Dossier = BASE) -> tuple[Dossier, Merged]:
    found = merge(base, ours, theirs)
    return found.applied_to(theirs), found


def test_fields_of_one_record_edited_apart_both_stand() -> None:
    ours = after(BASE, SetField(PLEDGE, "value", VALUE))
    theirs = after(BASE, SetField(PLEDGE, "note", LocalText("Theirs.")))

    both, found = merged(ours, theirs)

    assert both.fact("pledge") == msgspec.structs.replace(
        BASE.fact("pledge"), value=VALUE, note=LocalText("Theirs.")
    )
    assert found.changes == (SetFields(PLEDGE, {"value": VALUE}),)
    assert not found.conflicts


def test_what_both_changed_alike_is_no_conflict_and_no_edit() -> None:
    alike = after(BASE, SetField(PLEDGE, "value", VALUE))

    assert merge(BASE, alike, alike) == Merged((), ())


def test_what_both_changed_otherwise_is_asked_about_and_left_as_theirs() -> None:
    ours = after(BASE, SetFields(PLEDGE, {"value": VALUE, "note": LocalText("Ours.")}))
    second = Quantity.parse("200 million usd")
    theirs = after(BASE, SetField(PLEDGE, "value", second))

    both, found = merged(ours, theirs)

    asked = Conflict(PLEDGE, "value", BASE.fact("pledge").value, VALUE, second)
    assert found.conflicts == (asked,)
    assert both.fact("pledge").value == second
    assert both.fact("pledge").note == LocalText("Ours."), "the rest is not held up"


def test_two_citations_added_to_one_fact_both_stand() -> None:
    mine, theirs_s = cite("reuters", locator="p. 3"), cite("ap", locator="p. 9")
    old = BASE.fact("pledge").citations
    ours = after(BASE, SetField(PLEDGE, "citations", (*old, mine)))
    theirs = after(BASE, SetField(PLEDGE, "citations", (*old, theirs_s)))

    both, found = merged(ours, theirs)

    assert both.fact("pledge").citations == (*old, theirs_s, mine)
    assert not found.conflicts


def test_a_citation_mended_here_and_one_added_there_both_stand() -> None:
    first, second = BASE.fact("pledge").citations
    mended = msgspec.structs.replace(first, credibility=4)
    added = cite("reuters")
    ours = after(BASE, SetField(PLEDGE, "citations", (mended, second)))
    theirs = after(BASE, SetField(PLEDGE, "citations", (first, second, added)))

    both, _ = merged(ours, theirs)

    assert both.fact("pledge").citations == (mended, second, added)


def test_two_languages_of_one_sentence_edited_apart_both_stand() -> None:
    def stated(en: str, vi: str) -> Dossier:
        return after(BASE, SetField(PLEDGE, "statement", LocalText(en=en, vi=vi)))

    base = stated("A pledge.", "Cam kết.")

    both, found = merged(stated("A promise.", "Cam kết."), stated("A pledge.", "Lời hứa."), base)

    assert both.fact("pledge").statement == LocalText(en="A promise.", vi="Lời hứa.")
    assert not found.conflicts


def test_one_citation_mended_by_both_is_asked_about() -> None:
    first, second = BASE.fact("pledge").citations

    def mended(**fields: Any) -> Dossier:
        citations = (msgspec.structs.replace(first, **fields), second)
        return after(BASE, SetField(PLEDGE, "citations", citations))

    found = merge(BASE, mended(credibility=5), mended(quote="by another hand"))

    assert [conflict.field for conflict in found.conflicts] == ["citations"]


def test_a_record_added_by_one_comes_to_the_other_with_its_source() -> None:
    wire = source("xinhua")
    ours = after(BASE, AddRecord(wire), AddRecord(fact("new", "8 sets", sources=("xinhua",))))
    theirs = after(BASE, AddRecord(fact("other", "9 sets")))

    both, found = merged(ours, theirs)

    assert list(both.facts) == ["pledge", "visit", "other", "new"]
    assert both.find(Ref(Source, "xinhua")) == wire
    assert not found.conflicts


def test_one_id_given_to_two_records_is_asked_about() -> None:
    ours = after(BASE, AddRecord(fact("new", "8 sets")))
    theirs = after(BASE, AddRecord(fact("new", "9 sets")))

    found = merge(BASE, ours, theirs)

    (conflict,) = found.conflicts
    assert (conflict.ref, conflict.field, conflict.base) == (Ref(Fact, "new"), None, None)
    assert (conflict.ours, conflict.theirs) == (ours.fact("new"), theirs.fact("new"))


def test_what_one_deleted_and_the_other_changed_is_asked_about() -> None:
    changed = after(BASE, SetField(VISIT, "note", LocalText("Still here.")))
    deleted = after(BASE, DeleteRecord(VISIT))
    was, now = BASE.fact("visit"), changed.fact("visit")

    assert merge(BASE, deleted, changed).conflicts == (Conflict(VISIT, None, was, None, now),)
    assert merge(BASE, changed, deleted).conflicts == (Conflict(VISIT, None, was, now, None),)
    assert merged(deleted, BASE)[0].find(VISIT) is None
    assert merge(BASE, BASE, deleted) == Merged((), ())


def test_what_they_name_by_now_is_not_deleted_behind_their_back() -> None:
    ours = after(BASE, DeleteRecord(Ref(Source, "reuters")))
    theirs = after(BASE, SetField(PLEDGE, "citations", (cite("reuters"),)))

    both, found = merged(ours, theirs)

    assert both.find(Ref(Source, "reuters")) is not None
    assert [conflict.ref for conflict in found.conflicts] == [Ref(Source, "reuters")]


def test_a_record_that_they_broke_is_not_overwritten() -> None:
    ours = after(BASE, SetField(VISIT, "note", LocalText("Ours.")))
    records = [record for record in BASE.facts.values() if record.id != "visit"]
    sources = [source("reuters"), *records]
    around = dossier_of(*sources)
    left_out = Dossier(
        around.about,
        [record for kind in around._sections for record in around.all_of(kind).values()],
        frozenset({VISIT}),
    )

    found = merge(BASE, ours, left_out)

    assert [(each.ref, each.theirs) for each in found.conflicts] == [(VISIT, None)]
    assert not found.changes


def test_an_edit_of_theirs_follows_a_record_to_the_id_that_we_gave_it() -> None:
    total = fact("total", "100 million usd", parts=("pledge",))
    base = after(BASE, AddRecord(total))
    ours = after(base, RenameRecord(PLEDGE, "pledge-2025"))
    theirs = after(base, SetField(PLEDGE, "note", LocalText("Theirs.")))

    both, found = merged(ours, theirs, base)

    assert list(both.facts) == ["pledge-2025", "visit", "total"]
    assert both.fact("pledge-2025").note == LocalText("Theirs.")
    assert both.fact("total").parts == ("pledge-2025",)
    assert not found.conflicts


def test_an_edit_of_ours_follows_a_record_to_the_id_that_they_gave_it() -> None:
    ours = after(BASE, SetField(PLEDGE, "note", LocalText("Ours.")))
    theirs = after(BASE, RenameRecord(PLEDGE, "pledge-2025"))

    both, found = merged(ours, theirs)

    assert both.fact("pledge-2025").note == LocalText("Ours.")
    assert both.find(PLEDGE) is None
    assert not found.conflicts


NOTES = st.sampled_from([None, LocalText("One."), LocalText("Two."), LocalText("Three.")])
IDS = ("a", "b", "c")
START = dossier_of(*(fact(each, "1 sets") for each in IDS))


@st.composite
def edited(draw: st.DrawFn) -> Dossier:
    """The same file after some edits of one person."""
    dossier = START
    for _ in range(draw(st.integers(0, 5))):
        ref = Ref(Fact, draw(st.sampled_from([*IDS, "d", "e"])))
        field = draw(st.sampled_from(["note", "scope"]))
        change: Change = draw(
            st.sampled_from(
                [
                    SetField(ref, field, draw(NOTES)),
                    SetField(ref, "citations", (cite("vov"), cite(draw(SOURCES)))),
                    AddRecord(fact(ref.id, draw(st.sampled_from(["1 sets", "2 sets"])))),
                    DeleteRecord(ref),
                    RenameRecord(ref, draw(st.sampled_from(["d", "e"]))),
                ]
            )
        )
        try:
            dossier = change.applied_to(dossier)
        except ChangeRefused:
            continue
    return dossier


SOURCES = st.sampled_from(["vov", "ap"])


@given(edited(), edited())
def test_every_edit_stands_or_is_asked_about(ours: Dossier, theirs: Dossier) -> None:
    both, found = merged(ours, theirs, START)

    asked = {(conflict.ref, conflict.field) for conflict in found.conflicts}
    whole = {ref for ref, field in asked if field is None}
    for side in (ours, theirs):
        mine = diff(START, side)
        for ref in mine.added - whole:
            if not _renamed(START, side, ref) and not _renamed(START, ours, ref):
                assert both.find(ref) is not None
        for ref, fields in mine.changed.items():
            record = both.find(ref)
            for name in fields:
                if ref in whole or (ref, name) in asked or record is None:
                    continue
                values = [getattr(each.find(ref), name, None) for each in (ours, theirs)]
                now = getattr(record, name)
                assert now in values or isinstance(now, tuple)
    assert merge(START, both, both) == Merged((), ())


def _renamed(before: Dossier, side: Dossier, ref: Ref) -> bool:
    record = side.find(ref)
    return record is not None and any(
        msgspec.structs.replace(record, id=each.id) == each
        for each in before.facts.values()
        if side.find(Ref(Fact, each.id)) is None
    )


@given(edited())
def test_without_anybody_else_all_our_edits_stand(ours: Dossier) -> None:
    both, found = merged(ours, START, START)

    assert not found.conflicts
    assert {ref: both.find(ref) for ref in diff(START, ours).refs} == {
        ref: ours.find(ref) for ref in diff(START, ours).refs
    }


@given(edited())
def test_without_edits_of_ours_theirs_stays_as_it_is(theirs: Dossier) -> None:
    assert merge(START, START, theirs) == Merged((), ())
