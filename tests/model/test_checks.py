"""Each rule that looks across records finds what breaks it, says where, and leaves the rest be."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest

from desktop.model.checks import KEEPS_RECORD, check, check_record
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Problem
from desktop.model.records import (
    Audience,
    Briefing,
    Fact,
    MapView,
    Overlay,
    Place,
    Record,
    Ring,
    Says,
    Slide,
    Source,
    Unit,
)
from desktop.model.values import LocalText, Quantity
from desktop.services.problem_words import problem_line
from tests.model.samples import AROUND, QUOTE, area, cite, dossier_of, fact, measure, source, table


def place(record_id: str = "da-nang", **fields: Any) -> Place:
    given = {"name": LocalText("Da Nang"), "kind": "city", "lat": 16.07, "lon": 108.22}
    return Place(id=record_id, **{**given, **fields})


def slide(record_id: str = "bien-hoa", title: str = "Bien Hoa", **fields: Any) -> Slide:
    return Slide(id=record_id, title=LocalText(title), **{"layout": "section", **fields})


def overlay(record_id: str = "line", **fields: Any) -> Overlay:
    return Overlay(id=record_id, name=LocalText("A line"), **fields)


def problem_of(dossier: Dossier) -> Problem:
    """The one problem there is."""
    (problem,) = check(dossier)
    return problem


def test_a_sound_dossier_has_no_problems() -> None:
    dossier = dossier_of(
        measure(),
        place(),
        fact("a", "300 million usd", when="2019", place="da-nang", measure="fmf"),
        fact("b", "130 million usd", measure="fmf", contradicted_by=("a",)),
        fact("total", "430 million usd", parts=("a", "b"), supersedes=("table/FY2017",)),
        table("table", {"FY2017": "about 12", "FY2018": None}, area=None, statement=None),
        fact("call", delivers=("b",), withhold_from=("hanoi",)),
        overlay(lines=(((109.3, 16.2), (109.8, 15.6)),)),
        slide(title="Bien Hoa: {total} since 2019, {table/FY2017} by F-16", facts=("total",)),
        Briefing(id="desk", title=LocalText("Where it stands"), slides=("bien-hoa",)),
        bottom_line=LocalText(en="It stands at {total}.", vi="Tổng cộng {total}."),
        key_facts=("total", "table/FY2017"),
    )

    assert check(dossier) == []


TWENTY_SIX = " ".join(["word"] * 26)
SOUND = {"lines": (((109.3, 16.2), (109.8, 15.6)),)}

BROKEN: list[tuple[Record, str, str]] = [
    # a record that breaks one rule, the code it gets, and what its problem blames
    (fact("x", place="hue"), "unknown-id", "facts.x.place"),
    (fact("x", area="dioxine"), "unknown-id", "facts.x.area"),
    (fact("x", measure="fmf"), "unknown-id", "facts.x.measure"),
    (fact("x", sources=("vovv",)), "unknown-id", "facts.x.citations.0.source"),
    (fact("x", contradicted_by=("y",)), "unknown-id", "facts.x.contradicted_by.0"),
    (fact("x", supersedes=("y/FY2017",)), "unknown-id", "facts.x.supersedes.0"),
    (fact("x", withhold_from=("moscow",)), "unknown-id", "facts.x.withhold_from.0"),
    (
        fact("x", citations=(cite("ap", says=Says(place="hue")),)),
        "unknown-id",
        "facts.x.citations.0.says.place",
    ),
    (area(lead="x"), "unknown-id", "areas.dioxin.lead"),
    (place(name_for={"moscow": "Дананг"}), "unknown-id", "places.da-nang.name_for.moscow"),
    (place(citations=(cite("x"),)), "unknown-id", "places.da-nang.citations.0.source"),
    (overlay(ring=Ring(centre="hue", radius_nm=200)), "unknown-id", "overlays.line.ring.centre"),
    (slide(facts=("x",)), "unknown-id", "slides.bien-hoa.facts.0"),
    (slide(measures=("x",)), "unknown-id", "slides.bien-hoa.measures.0"),
    (Briefing(id="x", title=LocalText("X"), slides=("y",)), "unknown-id", "briefings.x.slides.0"),
    (Briefing(id="x", title=LocalText("X"), backup=("y",)), "unknown-id", "briefings.x.backup.0"),
    (Briefing(id="x", title=LocalText("X"), audience="y"), "unknown-id", "briefings.x.audience"),
    (fact("x", withhold_from=("hanoi",) * 2), "repeated-id", "facts.x.withhold_from.1"),
    (fact("x", contradicted_by=("x",)), "names-itself", "facts.x.contradicted_by.0"),
    (fact("x", "8 mil"), "unknown-unit", "facts.x.value"),
    (
        fact("x", citations=(cite(says=Says(value=Quantity.parse("8 set"))),)),
        "unknown-unit",
        "facts.x.citations.0.says.value",
    ),
    (measure(unit="million vnd"), "unknown-unit", "measures.fmf.unit"),
    (fact("x", citations=(cite(quote=None),)), "no-quotation", "facts.x.citations.0"),
    (fact("x", citations=(cite(quote="", locator=" "),)), "no-quotation", "facts.x.citations.0"),
    (
        fact("x", citations=(cite(quote=TWENTY_SIX),)),
        "long-quotation",
        "facts.x.citations.0.quote",
    ),
    (
        fact("x", citations=(cite(quote=TWENTY_SIX.replace(" ", "\n")),)),
        "long-quotation",
        "facts.x.citations.0.quote",
    ),
    (source("x", origin=" "), "empty-text", "sources.x.origin"),
    (msgspec.structs.replace(source("x"), title=""), "empty-text", "sources.x.title"),
    (msgspec.structs.replace(source("x"), url="ftp://x"), "not-a-web-address", "sources.x.url"),
    (
        msgspec.structs.replace(source("x"), url="javascript:alert()"),
        "not-a-web-address",
        "sources.x.url",
    ),
    (place(lat=None), "half-a-position", "places.da-nang"),
    (place(lon=None), "half-a-position", "places.da-nang"),
    (fact("x", "8 sets", sources=()), "unsourced", "facts.x"),
    (fact("x", area=None), "missing-field", "facts.x"),
    (fact("x", statement=None), "missing-field", "facts.x"),
    (table("x", {"FY2017": "8"}, measure=None), "points-without-measure", "facts.x.points"),
    (overlay(), "not-one-shape", "overlays.line"),
    (
        overlay(ring=Ring(centre="hue", radius_nm=9), lines=SOUND["lines"]),
        "not-one-shape",
        "overlays.line",
    ),
    (overlay(lines=(((109.3, 16.2),),)), "too-few-points", "overlays.line.lines.0"),
    (overlay(areas=SOUND["lines"]), "too-few-points", "overlays.line.areas.0"),
    (
        slide(map=MapView(lat=14, lon=112, span_nm=9, from_=EdtfDate.parse("2003/2025"))),
        "not-a-single-date",
        "slides.bien-hoa.map.from",
    ),
    (
        slide(map=MapView(lat=14, lon=112, span_nm=9, to=EdtfDate.parse("2003/.."))),
        "not-a-single-date",
        "slides.bien-hoa.map.to",
    ),
    (
        slide(
            map=MapView(
                lat=14,
                lon=112,
                span_nm=9,
                from_=EdtfDate.parse("2025"),
                to=EdtfDate.parse("2003"),
            )
        ),
        "dates-reversed",
        "slides.bien-hoa.map.to",
    ),
    (slide(title="Bien Hoa {x"), "not-a-binding", "slides.bien-hoa.title"),
    (slide(title="Bien Hoa {x}"), "unknown-binding", "slides.bien-hoa.title"),
    (slide(notes=LocalText(vi="{x}")), "unknown-binding", "slides.bien-hoa.notes.vi"),
    (area(summary=LocalText("{x/FY2017}")), "unknown-binding", "areas.dioxin.summary"),
]


@pytest.mark.parametrize(("record", "code", "path"), BROKEN)
def test_a_broken_rule_is_an_error_at_its_field(record: Record, code: str, path: str) -> None:
    found = [each for each in check(dossier_of(record)) if each.code == code]

    assert [(each.severity, each.path) for each in found] == [("error", path)]
    assert problem_line(found[0]).startswith(f"error: {path}: ")


DOUBTFUL: list[tuple[Record, str, str]] = [
    (fact("x", sources=()), "unsourced", "facts.x"),
    (fact("x", kind="number"), "number-without-value", "facts.x"),
    (msgspec.structs.replace(source("x"), url=None), "no-address", "sources.x"),
    (source("x", published=None), "no-publication-date", "sources.x"),
    (
        fact("x", "8 sets", citations=(cite(says=Says(value=Quantity.parse("8 sets"))),)),
        "says-the-same",
        "facts.x.citations.0.says",
    ),
    (fact("x", citations=(cite(), cite(says=Says()))), "says-the-same", "facts.x.citations.1.says"),
    (place(held_by="vietnam"), "unsourced", "places.da-nang"),
    (place(award_2016="rock"), "unsourced", "places.da-nang"),
    (overlay(claimant="china", **SOUND), "unsourced", "overlays.line"),
    (slide(title="Bien Hoa: 430 million"), "bare-number", "slides.bien-hoa.title"),
    (
        area(summary=LocalText(en="Nothing", vi="Hơn 80 %")),
        "bare-number",
        "areas.dioxin.summary.vi",
    ),
    (slide(layout="figure"), "slide-without-figure", "slides.bien-hoa"),
    (slide(layout="chart"), "slide-without-measure", "slides.bien-hoa"),
    (slide(layout="map"), "slide-without-map", "slides.bien-hoa"),
    (slide(layout="timeline"), "slide-without-dates", "slides.bien-hoa"),
    (slide(layout="ledger"), "slide-without-rows", "slides.bien-hoa"),
    (slide(layout="two-sources"), "slide-without-difference", "slides.bien-hoa"),
]


@pytest.mark.parametrize(("record", "code", "path"), DOUBTFUL)
def test_what_is_only_doubtful_is_a_warning(record: Record, code: str, path: str) -> None:
    problem = problem_of(dossier_of(record))

    assert (problem.code, problem.severity, problem.path) == (code, "warning", path)
    assert problem_line(problem).startswith(f"warning: {path}: ")


def test_a_slide_that_has_what_its_layout_shows_is_sound() -> None:
    differs = cite("ap", says=Says(value=Quantity.parse("9 sets")))
    view = MapView(lat=14, lon=112, span_nm=1200)
    slides = [
        slide("a", layout="figure", facts=("eight",)),
        slide("b", layout="chart", measures=("fmf",)),
        slide("c", layout="figure-and-chart", facts=("eight",), measures=("fmf",)),
        slide("d", layout="ledger", measures=("fmf",)),
        slide("e", layout="ledger", facts=("call",)),
        slide("f", layout="map", map=view),
        slide("g", layout="timeline", facts=("call",)),
        slide("h", layout="two-sources", facts=("eight",)),
        slide("i", layout="sources"),
    ]
    eight = fact("eight", "8 sets", citations=(cite(), differs))

    assert check(dossier_of(measure(), eight, fact("call", when="2025-12"), *slides)) == []


def test_a_slide_is_told_of_facts_that_its_layout_cannot_show() -> None:
    facts = (fact("undated"), fact("agreed", "8 sets", when="2025"))
    slides = [
        slide("a", layout="figure", facts=("undated",)),
        slide("b", layout="timeline", facts=("undated",)),
        slide("c", layout="two-sources", facts=("agreed",)),
        slide("d", layout="figure-and-chart"),
    ]

    found = [(each.id, each.code) for each in check(dossier_of(*facts, *slides))]

    assert found == [
        ("a", "slide-without-figure"),
        ("b", "slide-without-dates"),
        ("c", "slide-without-difference"),
        ("d", "slide-without-figure"),
        ("d", "slide-without-measure"),
    ]


@pytest.mark.parametrize("as_of", ["2025-12", "2025", "2025-12-12/2025-12-13", "2025-12-12?"])
def test_the_file_speaks_of_one_day(as_of: str) -> None:
    problem = problem_of(dossier_of(as_of=as_of))

    assert (problem.code, problem.path, problem.severity) == (
        "as-of-not-a-day",
        "about.as_of",
        "error",
    )


def test_the_header_names_what_there_is() -> None:
    dossier = dossier_of(key_facts=("x", "y/FY2017"), bottom_line=LocalText("At {x}, 5 more"))
    unknown = msgspec.structs.replace(dossier.about, audience="moscow")

    found = check(Dossier(unknown, AROUND))

    assert [(each.code, each.path) for each in found] == [
        ("unknown-id", "about.audience"),
        ("unknown-id", "about.key_facts.0"),
        ("unknown-id", "about.key_facts.1"),
        ("unknown-binding", "about.bottom_line"),
        ("bare-number", "about.bottom_line"),
    ]


@pytest.mark.parametrize(
    ("record", "code", "path"),
    [
        (fact("x", "8 sets", measure="fmf"), "not-the-measures-unit", "facts.x.value"),
        (
            fact("x", "8 million usd", measure="fmf", stage="pledged"),
            "not-the-measures-stage",
            "facts.x.stage",
        ),
        (table("x", {"FY2017": "8 million"}), "scale-twice", "facts.x.points.FY2017"),
        (
            table("x", {"FY2017": "8"}, value="8 million usd"),
            "not-in-a-table",
            "facts.x.value",
        ),
    ],
)
def test_readings_keep_to_their_measure(record: Record, code: str, path: str) -> None:
    problem = problem_of(dossier_of(measure(stage="requested"), record))

    assert (problem.code, problem.severity, problem.path) == (code, "error", path)
    assert problem_line(problem).startswith(f"error: {path}: ")


def test_a_table_comes_out_of_one_document() -> None:
    two = (cite("vov", locator="table 2"), cite("ap", locator="table 3"))
    same = (cite("vov", locator="table 2"), cite("vov", locator="table 3"))

    problem = problem_of(dossier_of(measure(), table("x", {"FY2017": "8"}, citations=two)))

    assert (problem.code, problem.severity) == ("table-of-several-documents", "warning")
    assert check(dossier_of(measure(), table("x", {"FY2017": "8"}, citations=same))) == []


def test_a_row_cannot_be_part_of_its_own_table() -> None:
    dossier = dossier_of(measure(), table("x", {"FY2017": "8"}, parts=("x/FY2017",)))

    found = {(each.code, each.path) for each in check(dossier)}

    assert ("names-itself", "facts.x.parts.0") in found
    assert ("not-in-a-table", "facts.x.parts") in found


@pytest.mark.parametrize("field", ["parts", "supersedes"])
def test_following_parts_or_what_is_superseded_never_leads_back(field: str) -> None:
    circle = dossier_of(
        fact("a", "8 sets", **{field: ("b",)}),
        fact("b", "8 sets", **{field: ("c",)}),
        fact("c", "8 sets", **{field: ("a",)}),
        fact("beside", "8 sets", **{field: ("a",)}),
    )

    found = [(each.code, each.path) for each in check(circle)]

    assert found == [("goes-in-a-circle", f"facts.{each}.{field}") for each in "abc"]


def test_parts_are_figures_in_the_unit_of_the_total() -> None:
    dossier = dossier_of(
        fact("money", "300 million usd"),
        fact("call"),
        fact("total", "8 sets", parts=("money", "call")),
    )

    found = [(each.code, each.severity, each.path) for each in check(dossier)]

    assert found == [
        ("part-does-not-count", "error", "facts.total.parts.0"),
        ("part-does-not-count", "error", "facts.total.parts.1"),
    ]


def test_the_careless_sum_of_560_is_warned_of() -> None:
    dossier = dossier_of(
        fact("granted-2019", "300 million usd"),
        fact("added-2025", "130 million usd"),
        fact("total", "430 million usd", parts=("granted-2019", "added-2025")),
        fact("careless", "560 million usd", parts=("granted-2019", "added-2025")),
    )

    problem = problem_of(dossier)

    assert (problem.code, problem.severity, problem.path) == (
        "does-not-add-up",
        "warning",
        "facts.careless.parts",
    )


def test_a_number_shown_by_a_sentence_has_a_value() -> None:
    dossier = dossier_of(
        measure(),
        fact("call"),
        table("fmf", {"FY2010": None}),
        slide(title="{call} and {fmf/FY2010} and {fmf}"),
    )

    found = [(each.code, each.params["id"]) for each in check(dossier)]

    assert found == [("binding-without-value", each) for each in ("call", "fmf/FY2010", "fmf")]


def test_what_refers_to_a_record_left_out_is_not_blamed_for_it() -> None:
    records = (
        fact(
            "x", "8 boats", area="ships", measure="m", place="p", sources=("s",), parts=("f/FY1",)
        ),
        slide(title="{f} and {f/FY2017}", facts=("f", "f/FY2017"), measures=("m",)),
    )
    kinds = {"boats": Unit, "s": Source, "f": Fact}
    names = {**kinds, "ships": type(area()), "m": type(measure()), "p": Place}
    left_out = frozenset(Ref(kind, name) for name, kind in names.items())

    blamed = check(Dossier(dossier_of().about, (*AROUND, *records)))
    spared = check(Dossier(dossier_of().about, (*AROUND, *records), left_out))

    assert len(blamed) == 11
    assert spared == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("130 mil", "million usd"),
        ("130 million", "million usd"),
        ("430 milion", "million usd"),
        ("8 set", "sets"),
        ("8 stes", "sets"),
        ("80 percents", "percent"),
        ("430 million dollars", ""),
        ("8 x", ""),
    ],
)
def test_an_undeclared_unit_gets_the_nearest_that_is_declared(written: str, meant: str) -> None:
    dossier = dossier_of(fact("x", written))

    problem = problem_of(dossier)

    assert (problem.code, problem.params["nearest"]) == ("unknown-unit", meant)
    assert (f"did you mean “{meant}”?" in problem_line(problem)) == bool(meant)


def test_an_unknown_id_gets_the_nearest_known_one() -> None:
    dossier = dossier_of(
        fact("bien-hoa-commitment-2025", "8 sets"),
        fact("x", "8 sets", parts=("bien-hoa-comitment-2025",)),
        slide(title="{bien-hoa-commitment-2052}"),
    )

    found = [(each.code, each.params["nearest"]) for each in check(dossier)]

    assert found == [
        ("unknown-id", "bien-hoa-commitment-2025"),
        ("unknown-binding", "bien-hoa-commitment-2025"),
    ]


def test_a_gap_in_a_sentence_never_costs_the_record() -> None:
    dossier = dossier_of(bottom_line=LocalText("{x} and {"), key_facts=())

    assert {each.code for each in check(dossier)} <= KEEPS_RECORD
    assert "not-a-binding" in KEEPS_RECORD


def test_one_record_is_checked_as_the_whole_dossier_is() -> None:
    broken = fact("x", "8 mil", sources=())
    dossier = dossier_of(broken, fact("sound"))

    assert check_record(dossier, broken) == check(dossier)
    assert check_record(dossier, dossier.fact("sound")) == []
    assert check_record(dossier, Audience(id="x", language="vi")) == []


def test_a_quotation_of_25_words_is_kept() -> None:
    words = " ".join(["word"] * 25)

    assert check(dossier_of(fact("x", citations=(cite(quote=words),)))) == []
    assert check(dossier_of(fact("x", citations=(cite(quote=f"  {words} "),)))) == []
    assert len(QUOTE.split()) <= 25


def test_a_hostile_record_has_few_problems_and_takes_no_time() -> None:
    ids = tuple(f"unknown-{number}" for number in range(100_000))
    numbers = LocalText(" ".join(map(str, range(300_000, 400_000))))
    dossier = dossier_of(
        fact("x", supersedes=ids),
        fact("y", withhold_from=("hanoi",) * 100_000),
        slide(title="1999 " * 100_000, notes=numbers),
    )

    started = time.process_time()
    found = check(dossier)

    assert len(found) < 500
    assert time.process_time() - started < 5


def test_a_chain_of_ten_thousand_revisions_is_followed_in_time() -> None:
    """Ten times the revisions take some ten times as long, not a hundred times."""

    def worked_s(revisions: int) -> float:
        chain = [fact(f"f{n}", supersedes=(f"f{n - 1}",)) for n in range(1, revisions)]
        dossier = dossier_of(fact("f0"), *chain)
        started = time.process_time()
        assert check(dossier) == []
        return time.process_time() - started

    assert worked_s(10_000) < 30 * worked_s(1_000)
