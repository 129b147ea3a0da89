"""What the program works out about a fact: how far it can be relied on, and whether it is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dated import Dated, latest_events
from desktop.model.dates import Duration, EdtfDate
from desktop.model.dossier import Dossier, Ref, row_ids
from desktop.model.records import About, Area, Fact, Measure, Reading, Record, Says, Source, Unit
from desktop.model.same_event import likely_pairs
from desktop.model.shown import NO_AREA, Shown
from desktop.model.states import (
    STATES,
    Notable,
    States,
    is_after_as_of,
    is_shown,
    says_otherwise,
    states_of,
    sum_of_parts,
)
from desktop.model.values import LocalText, Quantity, ScaledUnit
from tests.model.samples import area, cite, dossier_of, fact, measure, source, table


def states(dossier: Dossier, fact_id: str) -> tuple[str, ...]:
    return states_of(dossier, dossier.fact(fact_id))


def test_copies_of_one_report_are_one_source_and_two_origins_agree() -> None:
    dossier = dossier_of(
        source("vov-mirror", origin="vov"),
        fact("copied", sources=("vov", "vov-mirror")),
        fact("confirmed", sources=("vov", "vov-mirror", "ap")),
        fact("rumour", sources=()),
        fact("gap", sources=("left-out",)),
    )

    assert states(dossier, "copied") == ("one-source",)
    assert states(dossier, "confirmed") == ("agreed",)
    assert states(dossier, "rumour") == ("unsourced",)
    assert states(dossier, "gap") == ("one-source",)


SAID = fact(
    "said",
    "130 million usd",
    when="2025-01-17",
    stage="committed",
    place="bien-hoa",
    scope=LocalText("Bien Hoa"),
)


@pytest.mark.parametrize(
    "says",
    [
        Says(when=EdtfDate.parse("2025-11")),
        Says(value=Quantity.parse("about 130 million usd")),
        Says(value=Quantity.parse("130 million usd"), when=EdtfDate.parse("2025")),
        Says(stage="pledged"),
        Says(place="da-nang"),
        Says(scope=LocalText("all sites")),
        Says(statement=LocalText("Praised as a new pledge.")),
    ],
)
def test_sources_differ_where_a_citation_says_otherwise(says: Says) -> None:
    differing = cite("ap", says=says)
    dossier = dossier_of(
        msgspec.structs.replace(SAID, citations=(cite("vov"), differing)),
    )

    assert says_otherwise(dossier.fact("said"), differing)
    assert states(dossier, "said") == ("sources-differ",)


@pytest.mark.parametrize(
    "says",
    [
        None,
        Says(),
        Says(value=Quantity.parse("130 million usd"), when=EdtfDate.parse("2025-01-17")),
        Says(stage="committed", place="bien-hoa", scope=LocalText("Bien Hoa")),
    ],
)
def test_a_citation_that_repeats_the_fact_does_not_differ(says: Says | None) -> None:
    repeating = cite("ap", says=says)
    dossier = dossier_of(
        msgspec.structs.replace(SAID, citations=(cite("vov"), repeating)),
    )

    assert not says_otherwise(dossier.fact("said"), repeating)
    assert states(dossier, "said") == ("agreed",)


def test_a_reading_settles_a_difference_and_leaves_it_visible() -> None:
    reading = Reading(say=LocalText("The sum counts once."))
    dossier = dossier_of(
        fact("first-visit", contradicted_by=("cam-ranh-2024",), reading=reading),
        fact("cam-ranh-2024"),
    )

    assert states(dossier, "first-visit") == ("sources-differ", "one-source")
    assert states(dossier, "cam-ranh-2024") == ("one-source",)


def test_each_link_of_a_chain_is_superseded_but_the_last() -> None:
    dossier = dossier_of(
        fact("first", "8 sets"),
        fact("second", "9 sets", supersedes=("first",)),
        fact("third", "10 sets", supersedes=("second",), sources=("vov", "ap")),
    )

    assert states(dossier, "first")[0] == "superseded"
    assert states(dossier, "second")[0] == "superseded"
    assert states(dossier, "third") == ("agreed",)


def test_a_table_can_be_superseded_whole_or_by_the_row() -> None:
    rows = {"FY2012/FY2017": "12", "FY2018": "13"}
    by_row = dossier_of(
        measure(),
        table("requested", rows),
        fact("revised", "11 million usd", supersedes=("requested/FY2012/FY2017",)),
    )
    whole = by_row.with_record(fact("revised", "11 million usd", supersedes=("requested",)))

    assert states(by_row, "requested/FY2012/FY2017") == ("superseded", "one-source")
    assert states(by_row, "requested/FY2018") == ("one-source",)
    assert states(by_row, "requested") == ("one-source",)
    assert states(whole, "requested/FY2018") == ("superseded", "one-source")
    assert states(whole, "requested") == ("superseded", "one-source")


def test_all_states_that_apply_are_listed_in_the_order_of_the_table() -> None:
    dossier = dossier_of(
        measure("held", "sets", kind="level"),
        source("old", published="2020"),
        fact("part", "3 sets"),
        fact(
            "everything",
            "8 sets",
            measure="held",
            parts=("part",),
            contradicted_by=("part",),
            sources=("old",),
        ),
        fact("newer", "9 sets", supersedes=("everything",)),
    )

    found = states(dossier, "everything")

    assert found == ("superseded", "sources-differ", "does-not-add-up", "stale", "one-source")
    assert list(found) == [state for state in STATES if state in found]


def total(value: str, *parts: str) -> Dossier:
    names = tuple(f"part-{number}" for number in range(len(parts)))
    return dossier_of(
        *(fact(name, part) for name, part in zip(names, parts, strict=True)),
        fact("total", value, parts=names),
    )


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("430 million usd", ["300 million usd", "130 million usd"]),
        ("430 million usd", ["300.4 million usd", "130.1 million usd"]),
        ("0.43 billion usd", ["300 million usd", "130 million usd"]),
        ("24 sets", ["6 sets", "18 sets"]),
        ("100 percent", ["33 percent", "33 percent", "33 percent"]),
        ("100.0 percent", ["33.3 percent", "33.3 percent", "33.3 percent"]),
        ("about 430 million usd", ["300 million usd", "136 million usd"]),
        ("430 million usd", ["about 300 million usd", "about 120 million usd"]),
        ("nearly 430 million usd", ["300 million usd", "124 million usd"]),
        ("430 million usd", ["nearly 310 million usd", "125 million usd"]),
        ("more than 400 million usd", ["300 million usd", "130 million usd"]),
        ("at least 430 million usd", ["300 million usd", "130 million usd"]),
        ("900 million usd", ["more than 300 million usd", "130 million usd"]),
        ("up to 500 million usd", ["300 million usd", "130 million usd"]),
        ("350 million usd", ["up to 100 million usd", "300 million usd"]),
        ("300 million usd", ["less than 100 million usd", "300 million usd"]),
        ("180 to 200 million usd", ["100 million usd", "95 million usd"]),
        ("195 million usd", ["80 to 90 million usd", "110 million usd"]),
        ("0 sets", ["0 sets", "0 sets"]),
    ],
)
def test_parts_add_up_within_their_rounding_and_what_they_leave_open(
    value: str, parts: list[str]
) -> None:
    assert "does-not-add-up" not in states(total(value, *parts), "total")


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("560 million usd", ["300 million usd", "130 million usd"]),
        ("432 million usd", ["300 million usd", "130 million usd"]),
        ("8 sets", ["3 sets", "4 sets"]),
        ("24 sets", ["12 sets", "13 sets"]),
        ("100.0 percent", ["33.3 percent", "33.3 percent", "33.1 percent"]),
        ("about 560 million usd", ["300 million usd", "130 million usd"]),
        (
            "430 million usd",
            ["nearly 310 million usd", "nearly 130 million usd", "99 million usd"],
        ),
        ("10 million usd", ["nearly 310 million usd"]),
        ("more than 500 million usd", ["300 million usd", "130 million usd"]),
        ("400 million usd", ["more than 300 million usd", "130 million usd"]),
        ("up to 400 million usd", ["300 million usd", "130 million usd"]),
        ("200 million usd", ["up to 100 million usd", "300 million usd"]),
        ("500 million usd", ["less than 100 million usd", "300 million usd"]),
        ("180 to 190 million usd", ["100 million usd", "95 million usd"]),
    ],
)
def test_parts_that_miss_the_total_by_more_do_not_add_up(value: str, parts: list[str]) -> None:
    assert "does-not-add-up" in states(total(value, *parts), "total")


def test_only_parts_of_the_same_unit_with_a_value_make_a_sum() -> None:
    dossier = dossier_of(
        fact("money", "300 million usd"),
        fact("remains", "8 sets"),
        fact("event"),
        fact("of-money", "300 million usd", parts=("money",)),
        fact("of-both", "300 million usd", parts=("money", "remains")),
        fact("of-an-event", "300 million usd", parts=("money", "event")),
        fact("of-a-gap", "300 million usd", parts=("money", "left-out")),
        fact("without-value", parts=("money",)),
    )

    def sum_of(fact_id: str) -> tuple[Decimal, Decimal] | None:
        return sum_of_parts(dossier, dossier.fact(fact_id))

    assert sum_of("of-money") == (Decimal(299_500_000), Decimal(300_500_000))
    for fact_id in ("of-both", "of-an-event", "of-a-gap", "without-value"):
        assert sum_of(fact_id) is None
        assert "does-not-add-up" not in states(dossier, fact_id)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(1, 10**6))
def test_counts_add_up_exactly_or_not_at_all(parts: list[int], beside: int) -> None:
    right = total(f"{sum(parts)} sets", *(f"{part} sets" for part in parts))
    wrong = total(f"{sum(parts) + beside} sets", *(f"{part} sets" for part in parts))

    assert "does-not-add-up" not in states(right, "total")
    assert "does-not-add-up" in states(wrong, "total")


@given(
    st.lists(st.decimals("0", "999.9", places=1), min_size=1, max_size=6),
    st.integers(0, 3),
)
def test_sums_rounded_from_exact_amounts_always_add_up(parts: list[Decimal], cut: int) -> None:
    exact = sum(parts, Decimal(0))
    rounded = [f"{round(part, 0 if cut else 1):f} million usd" for part in parts]

    assert "does-not-add-up" not in states(total(f"{exact:f} million usd", *rounded), "total")


@pytest.mark.parametrize(
    ("kind", "fields", "grows_stale"),
    [
        ("number", {"measure": "held"}, True),
        ("number", {"measure": "given"}, False),
        ("number", {}, False),
        ("status", {}, True),
        ("judgement", {}, True),
        ("event", {}, False),
        ("official", {}, False),
        ("commitment", {"measure": "held"}, False),
    ],
)
def test_what_holds_grows_stale_and_what_happened_never_does(
    kind: str, fields: dict[str, Any], grows_stale: bool
) -> None:
    dossier = dossier_of(
        measure("held", "sets", kind="level"),
        measure("given", "sets", kind="cumulative"),
        source("old", published="2024-12-11"),
        fact("old-one", sources=("old",), kind=kind, **fields),
    )

    assert ("stale" in states(dossier, "old-one")) == grows_stale


@pytest.mark.parametrize(
    ("published", "is_stale"),
    [
        (["2024-12-11"], True),
        (["2024-12-12"], False),
        (["2024-12"], False),
        (["2024-11"], True),
        (["2020", "2025"], False),
        (["2020", None], True),
        ([None], False),
        (["2020-01/.."], False),
    ],
)
def test_age_is_counted_from_as_of_to_the_newest_citation(
    published: list[str | None], is_stale: bool
) -> None:
    names = tuple(f"report-{number}" for number in range(len(published)))
    dossier = dossier_of(
        *(source(name, published=day) for name, day in zip(names, published, strict=True)),
        fact("tariffs", kind="status", sources=names),
    )

    assert ("stale" in states(dossier, "tariffs")) == is_stale


def test_nothing_grows_stale_in_an_area_that_is_not_reviewed() -> None:
    old = source("old", published="1999")
    status = fact("tariffs", kind="status", sources=("old",))

    assert "stale" in states(dossier_of(old, status), "tariffs")
    assert "stale" not in states(dossier_of(old, status, area(review_after=None)), "tariffs")
    elsewhere = msgspec.structs.replace(status, area=None)
    assert "stale" not in states(dossier_of(old, elsewhere), "tariffs")


@pytest.mark.parametrize(
    ("when", "published", "after"),
    [
        ("2025-12-12", ["2025-12-12"], False),
        ("2025-12-13", ["2025-12-12"], True),
        ("2025-12", ["2025-12"], False),
        ("2026", ["2025-12-12"], True),
        ("2025/2027", ["2025-12-12"], False),
        ("../2026", ["2025-12-12"], False),
        ("FY2026", ["2025-12-12"], False),
        ("FY2027", ["2025-12-12"], True),
        (None, ["2025-12-12"], False),
        ("2025-01", ["2025-12-13"], True),
        ("2025-01", ["2026-01", "2025-12-01"], False),
        ("2025-01", ["2026-01", "2026-02"], True),
        ("2025-01", ["2026-01", None], False),
        ("2025-01", [None], False),
        ("2025-01", ["2026", "left-out"], False),
        ("2025-01", [], False),
    ],
)
def test_after_as_of_is_what_happened_or_was_first_published_later(
    when: str | None, published: list[str | None], after: bool
) -> None:
    names = [f"report-{number}" for number in range(len(published))]
    reports = [
        source(name, published=day)
        for name, day in zip(names, published, strict=True)
        if day != "left-out"
    ]
    dossier = dossier_of(*reports, fact("said", when=when, sources=tuple(names)))
    said = dossier.fact("said")

    assert is_after_as_of(dossier, said) == after
    assert is_shown(dossier, said, "washington") == (not after)


def test_a_row_of_a_table_is_after_as_of_by_its_own_year() -> None:
    dossier = dossier_of(measure(), table("requested", {"FY2026": "10", "FY2027": "12"}))

    assert is_shown(dossier, dossier.fact("requested/FY2026"), None)
    assert not is_shown(dossier, dossier.fact("requested/FY2027"), None)
    assert is_shown(dossier, dossier.fact("requested"), None)


def test_a_withheld_fact_is_shown_to_others_and_so_are_its_rows() -> None:
    dossier = dossier_of(
        measure(),
        fact("frank", withhold_from=("hanoi", "hanoi-vi")),
        table("frank-table", {"FY2017": "10"}, withhold_from=("hanoi",)),
    )

    for fact_id in ("frank", "frank-table", "frank-table/FY2017"):
        assert is_shown(dossier, dossier.fact(fact_id), "washington")
        assert is_shown(dossier, dossier.fact(fact_id), None)
        assert not is_shown(dossier, dossier.fact(fact_id), "hanoi")


def test_what_is_worth_knowing_is_found_by_its_first_state_in_file_order() -> None:
    dossier = dossier_of(
        fact("c", contradicted_by=("a",)),
        fact("a"),
        fact("b", contradicted_by=("a",), sources=("vov", "ap")),
        fact("bare", sources=()),
        fact("to-come", when="2025-12-13", sources=()),
        fact("frank", sources=(), withhold_from=("hanoi",)),
    )

    notable = dossier.derived(Notable)

    assert notable["sources-differ"] == ("c", "b")
    assert notable["unsourced"] == ("bare", "frank")
    assert notable["one-source"] == notable["stale"] == ()


# Whatever changes, in whatever order: what is carried over is what would be worked out anew.

ROWS = {"FY2017": "8", "FY2012/FY2016": "9"}
BEFORE = dossier_of(
    measure(unit="sets", kind="level"),
    source("old", published="2020"),
    table("table", ROWS, sources=("old",)),
    fact("of-rows", "17 sets", parts=("table/FY2017", "table/FY2012/FY2016")),
    fact("of-facts", "17 percent", parts=("a", "b")),
    fact("nearly", "18 percent", parts=("a", "b")),
    fact("misses", "40 percent", parts=("a", "b")),
    fact("misses-rows", "40 sets", parts=("table/FY2017", "table/FY2012/FY2016")),
    fact("a", "8 percent", measure="fmf", sources=("old", "vov")),
    fact("b", "9 percent", kind="status", sources=("old",)),
    fact("newer", "9 percent", supersedes=("b", "table/FY2017"), contradicted_by=("a",)),
)


def every_state(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    known = dossier.derived(States)
    ids = [each for found in dossier.facts.values() for each in (found.id, *row_ids(found))]
    return {fact_id: known[fact_id] for fact_id in ids}


def all_found(dossier: Dossier) -> list[object]:
    """What else is worked out from a dossier and carried over."""
    areas, sources = ("dioxin", NO_AREA), ("old", "vov")
    shown, dated = dossier.derived(Shown), dossier.derived(Dated)
    return [
        [dossier.facts_in(each) for each in ("dioxin", "visits")],
        [dossier.citing(each) for each in sources],
        [(dossier.naming(each), dossier.is_superseded(each)) for each in IDS],
        dossier.facts_of("fmf"),
        [dossier.derived(Notable)[each] for each in STATES],
        [shown.in_area(each, audience) for each in areas for audience in (None, "hanoi")],
        [dated.in_area(each, None) for each in areas],
        latest_events(dossier, "hanoi", 2),
        {frozenset((one.id, other.id)) for one, other in likely_pairs(dossier, IDS)},
    ]


def anew(dossier: Dossier) -> Dossier:
    """The same dossier with nothing carried over."""
    after = Dossier(dossier.about)
    for kind in (Unit, Source, Area, Measure, Fact):
        after = after.patched({Ref(kind, each.id): each for each in dossier.all_of(kind).values()})
    return after


def edited(record: Record, **fields: Any) -> Record:
    return msgspec.structs.replace(record, **fields)


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (fact("a", "80 percent"), {"a", "of-facts"}),
        (fact("a", "31 percent"), {"a", "of-facts", "misses"}),
        (Ref(Fact, "a"), {"misses"}),
        (Ref(Fact, "newer"), {"b", "table/FY2017"}),
        (edited(BEFORE.fact("newer"), supersedes=("a",)), {"a", "b", "table/FY2017"}),
        (edited(BEFORE.fact("newer"), supersedes=("table",)), {"b", "table"}),
        (table("table", {**ROWS, "FY2017": "80"}, sources=("old",)), {"of-rows"}),
        (table("table", {"FY2017": "8"}, sources=("old",)), {"misses-rows"}),
        (measure(unit="sets", kind="count"), {"table", "table/FY2012/FY2016"}),
        (measure(unit="thousand sets", kind="level"), {"of-rows"}),
        (Ref(Measure, "fmf"), {"table", "misses-rows"}),
        (source("old", origin="vov"), {"a"}),
        (source("old", published="2025-12"), {"table", "table/FY2017", "b"}),
        (Ref(Source, "vov"), {"a"}),
        (area(review_after="P9Y"), {"table", "table/FY2017", "b"}),
        (Ref(Area, "dioxin"), {"table", "b"}),
        (Unit(id="percent"), {"nearly"}),
        (edited(BEFORE.about, as_of=EdtfDate.parse("2020-06-01")), {"table", "b"}),
    ],
)
def test_a_change_reaches_the_states_of_all_it_touches(
    change: Record | Ref, touched: set[str]
) -> None:
    known = every_state(BEFORE)
    ref = change if isinstance(change, Ref) else Ref(type(change), change.id)

    after = BEFORE.patched({ref: None if isinstance(change, Ref) else change})

    found = every_state(after)
    assert found == every_state(anew(after))
    assert all(known[each] != found[each] for each in touched)


IDS = ("table", "of-rows", "of-facts", "a", "b", "newer")
NAMED = st.lists(st.sampled_from((*IDS, "table/FY2017", "table/FY2012/FY2016")), max_size=2)
EDITS: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
    Fact: {
        "value": st.sampled_from(["8 sets", "8 percent", "17 percent"]).map(Quantity.parse),
        "kind": st.sampled_from(["number", "status", "event"]),
        "area": st.sampled_from([None, "dioxin", "visits"]),
        "when": st.sampled_from(["2017", "2025-05-08", "2025-06"]).map(EdtfDate.parse),
        "withhold_from": st.sampled_from([(), ("hanoi",)]),
        "measure": st.sampled_from([None, "fmf"]),
        "parts": NAMED.map(tuple),
        "supersedes": NAMED.map(tuple),
        "contradicted_by": NAMED.map(tuple),
        "citations": st.sampled_from([(), (cite("old"),), (cite("old"), cite("vov"))]),
        "points": st.sampled_from([table("t", ROWS).points, table("t", {"FY2017": "80"}).points]),
    },
    Source: {
        "origin": st.sampled_from(["one", "other"]),
        "published": st.sampled_from(["2020", "2025"]).map(EdtfDate.parse),
    },
    About: {"as_of": st.sampled_from(["2025-12-12", "2025-05-31"]).map(EdtfDate.parse)},
    Area: {"review_after": st.sampled_from(["P12M", "P9Y"]).map(Duration.parse)},
    Measure: {
        "unit": st.sampled_from(["sets", "percent", "thousand sets"]).map(ScaledUnit.parse),
        "kind": st.sampled_from(["level", "count"]),
    },
    Unit: {"sign_after": st.sampled_from([None, "%"])},
}
REFS = st.sampled_from(
    [Ref(Fact, each) for each in IDS]
    + [Ref(Source, "old"), Ref(Source, "vov"), Ref(Area, "dioxin")]
    + [Ref(Measure, "fmf"), Ref(Unit, "percent"), Ref(Unit, "sets"), Ref(About, "about")]
)


@given(st.data())
def test_what_is_carried_through_changes_is_what_is_worked_out_anew(data: st.DataObject) -> None:
    dossier = anew(BEFORE)
    every_state(dossier), all_found(dossier)
    for _ in range(data.draw(st.integers(1, 6))):
        ref = data.draw(REFS)
        record = dossier.find(ref) or BEFORE.find(ref)
        field = data.draw(st.sampled_from(["", *EDITS[ref.kind]][ref.kind is About :]))
        value = data.draw(EDITS[ref.kind][field]) if field else None
        dossier = dossier.patched({ref: edited(record, **{field: value}) if field else None})
        if data.draw(st.booleans()):
            every_state(dossier), all_found(dossier)

    afresh = anew(dossier)
    assert every_state(dossier) == every_state(afresh)
    assert all_found(dossier) == all_found(afresh)


def test_a_new_as_of_ages_every_status() -> None:
    before = dossier_of(fact("tariffs", kind="status"))
    later = msgspec.structs.replace(before.about, as_of=EdtfDate.parse("2027-01-01"))

    assert states(before, "tariffs") == ("one-source",)
    assert states(before.with_record(later), "tariffs") == ("stale", "one-source")
