"""A dossier never changes; what is edited is another one, and the two can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dossier import ChangeSet, Dossier, Ref, diff
from desktop.model.records import About, Fact, Measure, Record, Source
from desktop.model.values import LocalText, Quantity
from tests.model.samples import AROUND, cite, dossier_of, fact, measure, source, table

if TYPE_CHECKING:
    from collections.abc import Iterable


def ids(facts: Iterable[Record]) -> list[str]:
    return [each.id for each in facts]


def test_a_record_put_in_place_of_another_keeps_its_place_in_the_file() -> None:
    before = dossier_of(fact("one"), fact("two"), fact("three"))

    after = before.with_record(fact("two", "8 sets"))

    assert list(after.facts) == ["one", "two", "three"]
    assert after.facts["two"].value == Quantity.parse("8 sets")
    assert before.facts["two"].value is None


def test_a_new_record_stands_after_the_others_and_one_taken_away_is_gone() -> None:
    before = dossier_of(fact("one"), fact("two"))

    more = before.with_record(fact("three"))
    less = more.without(Ref(Fact, "one"))

    assert list(more.facts) == ["one", "two", "three"]
    assert list(less.facts) == ["two", "three"]
    assert list(before.facts) == ["one", "two"]
    with pytest.raises(KeyError):
        less.without(Ref(Fact, "one"))


def test_records_stay_in_the_order_that_is_asked_for() -> None:
    before = dossier_of(fact("one"), fact("two"), fact("three"))

    after = before.patched({Ref(Fact, "two"): None}, {Fact: ("three", "one")})

    assert list(after.facts) == ["three", "one"]
    assert after != before.patched({Ref(Fact, "two"): None})


def test_the_header_can_be_replaced_but_never_taken_away() -> None:
    before = dossier_of()
    header = Ref(About, before.about.id)

    after = before.with_record(msgspec.structs.replace(before.about, marking="CUI"))

    assert after.about.marking == "CUI"
    assert diff(before, after).changed == {header: frozenset({"marking"})}
    with pytest.raises(KeyError):
        before.without(header)


def test_what_was_left_out_is_known_until_a_record_takes_its_place() -> None:
    gone = Ref(Source, "broken")
    before = Dossier(dossier_of().about, AROUND, frozenset({gone}))

    after = before.with_record(source("broken"))

    assert before.find(gone) is None
    assert before.left_out == {gone}
    assert after.left_out == frozenset()
    assert isinstance(after.left_out, frozenset)


def test_ids_are_unique_within_their_kind_only() -> None:
    dossier = dossier_of(fact("vov"))

    assert isinstance(dossier.find(Ref(Fact, "vov")), Fact)
    assert isinstance(dossier.find(Ref(Source, "vov")), Source)
    assert dossier.find(Ref(About, "vov")) is None
    with pytest.raises(KeyError):
        dossier.fact("ap")


def test_no_view_of_a_dossier_can_be_written_to() -> None:
    dossier = dossier_of(fact("one"))

    with pytest.raises(TypeError):
        dossier.facts["two"] = fact("two")  # type: ignore[index]


def test_a_row_of_a_table_is_a_fact_of_its_own() -> None:
    rows = {"FY2008": "0.9", "FY2010": None, "FY2012/FY2017": "about 12"}
    dossier = dossier_of(measure(), table("fmf-by-year", rows, note=LocalText("Requested.")))

    span = dossier.fact("fmf-by-year/FY2012/FY2017")

    assert span.value == Quantity.parse("about 12 million usd")
    assert span.when is not None
    assert span.when.text == "FY2012/FY2017"
    assert span.citations == dossier.fact("fmf-by-year").citations
    assert span.note == LocalText("Requested.")
    assert span.points == ()
    assert dossier.fact("fmf-by-year/FY2010").value is None
    assert dossier.fact("fmf-by-year/FY2010") is dossier.find(Ref(Fact, "fmf-by-year/FY2010"))
    for unknown in ("fmf-by-year/FY2009", "fmf-by-year/", "fmf/FY2008", "/FY2008"):
        with pytest.raises(KeyError):
            dossier.fact(unknown)


def test_readings_of_a_measure_come_from_facts_and_tables_earliest_first() -> None:
    dossier = dossier_of(
        measure(),
        fact("later", "12 million usd", when="2018", measure="fmf"),
        table("fmf-by-year", {"FY2017": "10", "FY2016": "9", "FY2010": None}),
        fact("undated", "1 million usd", measure="fmf"),
        fact("of-another", "1 million usd", when="2016"),
    )

    assert ids(dossier.facts_of("fmf")) == [
        "undated",
        "fmf-by-year/FY2010",
        "fmf-by-year/FY2016",
        "fmf-by-year/FY2017",
        "later",
    ]
    assert dossier.facts_of("no-such-measure") == ()


def test_the_facts_of_an_area_of_a_source_and_around_a_fact_stand_in_file_order() -> None:
    dossier = dossier_of(
        measure(),
        table("by-year", {"FY2017": "10"}),
        fact("b", sources=("ap", "vov", "ap")),
        fact("total", parts=("b", "by-year/FY2017"), supersedes=("b",), area="other"),
        fact("a", contradicted_by=("b",), sources=("vov",)),
        fact("call", delivers=("b",)),
    )

    assert ids(dossier.facts_in("dioxin")) == ["by-year", "b", "a", "call"]
    assert ids(dossier.citing("ap")) == ["b"]
    assert ids(dossier.naming("b")) == ["total", "a", "call"]
    assert ids(dossier.naming("by-year")) == ["total"]
    assert dossier.naming("call") == ()


def test_who_names_a_fact_follows_every_change() -> None:
    dossier = dossier_of(fact("part"), fact("total", parts=("part",)), fact("other"))
    assert ids(dossier.naming("part")) == ["total"]

    valued = dossier.with_record(fact("total", "8 sets", parts=("part",)))
    assert [each.value for each in valued.naming("part")] == [Quantity.parse("8 sets")]
    also = valued.with_record(fact("other", supersedes=("part",)))
    assert ids(also.naming("part")) == ["total", "other"]
    assert ids(also.patched({}, {Fact: ("other", "total", "part")}).naming("part")) == [
        "other",
        "total",
    ]
    assert ids(also.without(Ref(Fact, "total")).naming("part")) == ["other"]
    assert ids(also.with_record(fact("new", parts=("part",))).naming("part")) == [
        *("total", "other", "new")
    ]


def test_a_comparison_names_what_was_added_removed_and_which_fields_changed() -> None:
    before = dossier_of(fact("one"), fact("two"), fact("three"))
    after = before.patched(
        {
            Ref(Fact, "one"): None,
            Ref(Fact, "two"): fact("two", "8 sets", when="2025"),
            Ref(Fact, "three"): fact("three"),
            Ref(Source, "new"): source("new"),
        }
    )

    found = diff(before, after)

    assert found.removed == {Ref(Fact, "one")}
    assert found.added == {Ref(Source, "new")}
    assert found.changed == {Ref(Fact, "two"): frozenset({"kind", "value", "when"})}
    assert found.ids == {"one", "two", "new"}
    assert found.kinds == {Fact, Source}
    assert found.reordered == frozenset()


def test_a_comparison_sees_records_that_only_moved() -> None:
    before = dossier_of(fact("one"), fact("two"), fact("three"))

    moved = diff(before, before.patched({}, {Fact: ("three", "one", "two")}))
    grown = diff(before, before.with_record(fact("four")))
    shrunk = diff(before, before.without(Ref(Fact, "one")))

    assert moved == ChangeSet(reordered=frozenset({Fact}))
    assert moved
    assert moved.kinds == {Fact}
    assert grown.reordered == shrunk.reordered == frozenset()


def test_nothing_differs_between_equal_dossiers() -> None:
    one, other = dossier_of(fact("one")), dossier_of(fact("one"))

    assert one == other
    assert not diff(one, other)
    assert diff(one, other) == ChangeSet()
    assert one != dossier_of(fact("two"))
    assert one != "a dossier"


NAMES = st.sampled_from(["a", "b", "c", "d"])
RECORDS = st.one_of(
    st.builds(fact, NAMES, st.sampled_from([None, "8 sets", "9 sets"])),
    st.builds(source, NAMES, origin=st.sampled_from(["one", "other"])),
    st.builds(measure, NAMES, st.sampled_from(["usd", "sets"])),
)
DOSSIERS = st.lists(RECORDS, max_size=8).map(lambda records: dossier_of(*records))


@given(DOSSIERS, DOSSIERS)
def test_a_comparison_holds_exactly_what_leads_from_one_to_the_other(
    before: Dossier, after: Dossier
) -> None:
    found = diff(before, after)
    order = {kind: tuple(after.all_of(kind)) for kind in (Fact, Source, Measure)}

    patched = before.patched({ref: after.find(ref) for ref in found.refs}, order)

    assert patched == after
    assert bool(found) == (before != after)
    assert found.added == diff(after, before).removed
    for ref, fields in found.changed.items():
        one, other = before.find(ref), after.find(ref)
        assert fields == {
            name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name)
        }


class Counted:
    """Something worked out once, which knows how it came here."""

    def __init__(self, dossier: Dossier, changed: frozenset[Ref] | None) -> None:
        self.dossier = dossier
        self.changed = changed

    @classmethod
    def of(cls, dossier: Dossier) -> Counted:
        return cls(dossier, None)

    def after(self, dossier: Dossier, changed: frozenset[Ref]) -> Counted:
        return Counted(dossier, changed)


class CountedElsewhere(Counted):
    @classmethod
    def of(cls, dossier: Dossier) -> CountedElsewhere:
        return cls(dossier, None)


def test_what_is_worked_out_follows_a_dossier_through_its_changes() -> None:
    first = dossier_of(fact("one"))
    worked_out = first.derived(Counted)
    unasked = first.with_record(fact("two"))
    last = unasked.with_record(fact("three"))

    followed = last.derived(Counted)

    assert first.derived(Counted) is worked_out
    assert worked_out.changed is None
    assert followed.dossier is last
    assert followed.changed == {Ref(Fact, "two"), Ref(Fact, "three")}
    assert last.derived(Counted) is followed


def test_each_thing_worked_out_follows_whichever_is_asked_for_first() -> None:
    first = dossier_of(fact("one"))
    first.derived(Counted)
    second = first.with_record(fact("two"))

    anew = second.derived(CountedElsewhere)
    followed = second.derived(Counted)

    assert anew.changed is None
    assert followed.changed == {Ref(Fact, "two")}


def test_nothing_is_carried_over_into_another_order() -> None:
    first = dossier_of(fact("one"), fact("two"))
    first.derived(Counted)
    turned = first.patched({}, {Fact: ("two", "one")})
    restored = first.without(Ref(Fact, "one")).patched(
        {Ref(Fact, "one"): fact("one")}, {Fact: ("one", "two")}
    )

    assert turned.derived(Counted).changed is None
    assert restored.derived(Counted).changed == {Ref(Fact, "one")}


def test_a_citation_is_compared_by_what_it_says() -> None:
    assert cite("vov", locator="table 2") == cite("vov", locator="table 2")
    assert cite("vov") != cite("ap")
