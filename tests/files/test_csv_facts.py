"""A table of facts comes in row by row, and each row says beforehand what it would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.files.csv_facts import FIELDS, guess, guess_all, plan, to_rows
from desktop.files.csv_file import read_table, to_csv
from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile
from desktop.files.reader import read
from desktop.model.dossier import Dossier, Ref
from desktop.model.problems import Malformed
from desktop.model.records import Fact
from desktop.model.values import LocalText, Quantity
from desktop.services.problem_words import problem_words
from desktop.store import Store
from tests.desk import SHIPPED
from tests.model.samples import dossier_of, fact

if TYPE_CHECKING:
    from desktop.files.csv_facts import Plan

KNOWN = fact("known", "430 million usd", when="2025-01-17", statement=LocalText("The total."))


def planned(dossier: Dossier, text: str) -> Plan:
    head, *rows = read_table(text)
    return plan(dossier, enumerate(rows, start=2), guess_all(head))


def outcomes(found: Plan) -> list[tuple[str, str]]:
    return [(row.outcome, row.fact_id) for row in found.rows]


# Reading the table


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_cells_are_parted_by_whichever_sign_the_table_uses(sign: str) -> None:
    head = sign.join(("id", '"a; b, c"', "value"))
    assert read_table(f"{head}\n1{sign}2{sign}3\n\n") == [
        ["id", "a; b, c", "value"],
        ["1", "2", "3"],
    ]


def test_text_of_spreadsheets_is_read_with_its_mark_and_other_bytes_are_refused() -> None:
    assert read_table("Biên\tHòa".encode("utf-16")) == [["Biên", "Hòa"]]
    assert read_table(b"\xef\xbb\xbfa,b") == [["a", "b"]]
    with pytest.raises(Malformed) as refused:
        read_table("Biên Hòa".encode("cp1258", errors="replace"))
    assert refused.value.code == "not-utf-8"
    with pytest.raises(Malformed) as empty:
        read_table("\n\n,,\n")
    assert empty.value.code == "empty-table"


def test_rows_of_unequal_length_are_made_even() -> None:
    assert read_table("a,b,c\n1\n1,2,3,4") == [["a", "b", "c", ""], ["1", "", "", ""], list("1234")]


@given(
    st.lists(st.lists(st.text("a=+-@'\",;\t\n ", max_size=4), min_size=2, max_size=4), min_size=1)
)
def test_what_leaves_as_a_table_comes_back_without_its_guards(rows: list[list[str]]) -> None:
    plain = [[" ".join(cell.split()) for cell in row] for row in rows]
    wanted = [row for row in plain if any(row)]
    table = [[f"x{n}" for n in range(4)], *wanted]

    back = read_table(to_csv(table))

    shown = [[cell for cell in row if cell] for row in back[1:]]
    guards = [[cell.removeprefix("'") for cell in row if cell] for row in wanted]
    assert [[cell.removeprefix("'") for cell in row] for row in shown] == guards


# Guessing the columns


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Statement", "statement"),
        ("Statement (vi)", "statement.vi"),
        ("AMOUNT", "value"),
        ("Date", "when"),
        ("cooperation_area", "area"),
        ("Quotation", "quote"),
        ("Nonsense", ""),
    ],
)
def test_headings_say_what_a_column_holds(heading: str, field: str) -> None:
    assert guess(heading) == field


def test_of_two_columns_that_say_the_same_the_first_has_it() -> None:
    assert guess_all(["Date", "Year", "Amount"]) == ["when", "", "value"]


# What each row would do


def test_rows_are_added_changed_left_and_refused_each_with_its_reason() -> None:
    dossier = dossier_of(KNOWN)
    found = planned(
        dossier,
        "id\tstatement\tvalue\tunit\tdate\tarea\tsource\tquote\n"
        "known\tThe total.\t430\tmillion usd\t2025-01-17\t\t\t\n"
        "known\t\t431\tmillion usd\t\t\t\t\n"
        "\tRemains handed over in May.\t8\tsets\t2025-05\tDioxin remediation\tVOV\teight sets\n"
        "\tBad date.\t8\tsets\t8 Mai 2025\tdioxin\tvov\teight\n"
        "\tBad unit.\t130\tmil\t2025\tdioxin\tvov\tq\n"
        "\tNo source.\t8\tsets\t2025\tdioxin\t\t\n",
    )

    assert outcomes(found) == [
        ("unchanged", "known"),
        ("changed", "known"),
        ("added", "remains-handed-over-in-may"),
        ("refused", "bad-date"),
        ("refused", "bad-unit"),
        ("refused", "no-source"),
    ]
    reasons = [problem_words(row.problem) for row in found.rows if row.problem]
    assert reasons == [
        "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025",
        "the unit “mil” is not declared under units; did you mean “million usd”?",
        "there is no citation; name at least one source with its words",
    ]
    after = found.edit.applied_to(dossier)
    new = after.fact("remains-handed-over-in-may")
    assert new.value == Quantity.parse("8 sets")
    assert new.area == "dioxin"
    assert [(each.source, each.quote, each.credibility) for each in new.citations] == [
        ("vov", "eight sets", 6)
    ]
    assert after.fact("known").value == Quantity.parse("431 million usd")
    assert after.facts.keys() == {"known", "remains-handed-over-in-may"}


def test_a_row_that_says_what_a_fact_says_already_is_that_fact() -> None:
    dossier = dossier_of(KNOWN)
    found = planned(dossier, "statement,date,stage\nThe total.,2025-01-17,committed\n")

    assert outcomes(found) == [("changed", "known")]
    assert found.rows[0].fields == ("stage",)


def test_rows_of_one_id_are_one_fact_with_several_citations() -> None:
    dossier = dossier_of()
    found = planned(
        dossier,
        "id,statement,value,area,source,quote,credibility\n"
        "new,A new one.,8 sets,dioxin,vov,eight,2\n"
        "new,,,,ap,eight sets,1\n",
    )

    assert outcomes(found) == [("added", "new"), ("changed", "new")]
    new = found.edit.applied_to(dossier).fact("new")
    assert [each.source for each in new.citations] == ["vov", "ap"]


def test_another_language_of_a_statement_joins_the_one_there_is() -> None:
    dossier = dossier_of(KNOWN)
    found = planned(dossier, "id;statement vi\nknown;Tổng số.\n")

    after = found.edit.applied_to(dossier).fact("known")
    assert after.statement == LocalText(en="The total.", vi="Tổng số.")


def test_a_source_is_known_by_its_address_and_title_too() -> None:
    dossier = dossier_of(KNOWN)
    found = planned(
        dossier,
        "id,source,quote\nknown,https://ap.example/report,it stands\n"
        "known,What ap reports,it stands again\n",
    )

    citations = found.edit.applied_to(dossier).fact("known").citations
    assert [each.source for each in citations] == ["vov", "ap", "ap"]


def test_an_id_that_could_not_be_read_is_not_taken_over() -> None:
    dossier = Dossier(dossier_of().about, (), frozenset({Ref(Fact, "broken")}))
    found = planned(dossier, "id,statement\nbroken,Anew.\n")
    assert outcomes(found) == [("refused", "broken")]


def test_all_shipped_facts_leave_and_come_back_without_a_change() -> None:
    dossier = FactsFile.open(SHIPPED).reading.dossier
    ids = [fact.id for fact in dossier.facts.values()]

    head, *rows = read_table(to_csv(to_rows(dossier, ids)))
    found = plan(dossier, enumerate(rows, start=2), guess_all(head))

    assert {row.outcome for row in found.rows} == {"unchanged"}
    assert [row.fact_id for row in found.rows] == ids
    assert set(guess_all(head)) - {""} <= set(FIELDS)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.lists(words, min_size=3, max_size=3), max_size=6))
def test_no_table_whatever_it_holds_does_more_than_it_says(rows: list[list[str]]) -> None:
    dossier = dossier_of(KNOWN)
    found = plan(dossier, enumerate(rows, start=1), ["id", "statement", "value"])

    after = found.edit.applied_to(dossier)

    told = {row.fact_id for row in found.rows if row.outcome in ("added", "changed")}
    assert after.facts.keys() - dossier.facts.keys() <= told
    assert after.fact("known") == KNOWN or "known" in told
    assert all(row.problem for row in found.rows if row.outcome == "refused")


SMALL = FactsFile.open(Path(__file__).parents[1] / "panes" / "small_facts.yaml")
NASTY = ("- a", "# x", "a: b", "{x}", "'q'", "*a", "yes", "12:30", "|", "\u200b", "a\x00b")
texts = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(NASTY))
HEAD = ["id", "statement", "statement vi", "value", "when", "area", "source", "quote", "note"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "remains", "posture", "new-one", "clean-up-total"]),
            texts,
            st.one_of(st.just(""), texts),
            st.sampled_from(["", "8 sets", "about 12 million usd"]),
            st.sampled_from(["", "2025-05", "2017/2023"]),
            st.sampled_from(["visits", "Clean-up"]),
            st.sampled_from(["herald", "gazette"]),
            texts,
            st.one_of(st.just(""), texts),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_a_table_brings_is_written_into_the_file_and_read_back(
    rows: list[tuple[str, ...]],
) -> None:
    store = Store(SMALL.reading.dossier)
    store.open(SMALL.reading.dossier, Draft.of(SMALL))
    head, *cells = read_table(to_csv([HEAD, *rows]))

    store.apply(plan(store.dossier, enumerate(cells, start=2), guess_all(head)).edit)

    assert store.draft is not None
    assert read(store.draft.to_bytes()).dossier == store.dossier
    store.undo()
    assert store.draft.to_bytes() == SMALL.data
