"""Words are found in the fields that were asked for, and replaced nowhere else."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.records import FactId, Place, Reading, Says, Slide, Source
from desktop.model.text_replace import QUOTE, Wanted, hits, text_fields, values_after
from desktop.model.values import LocalText
from tests.model.samples import cite, fact, source

STATEMENT = frozenset({"statement"})
FACT = fact(
    "bien-hoa-pledge",
    "130 million usd",
    statement=LocalText(en="A pledge for Bien Hoa, Bien Hoa airbase.", vi="Cam kết cho Biên Hòa."),
    note=LocalText("Bien Hoa is not Bienhoa."),
    citations=(cite(quote="a pledge for Bien Hoa", says=Says(statement=LocalText("bien hoa"))),),
    reading=Reading(say=LocalText("Counted once, Bien Hoa.")),
)


def found(words: str, fields: frozenset[str] = STATEMENT, **how: bool) -> list[str]:
    wanted = Wanted(words, "X", fields, **how)
    return [hit.after for hit in hits([FACT], wanted)]


def test_case_and_whole_words_matter_where_asked() -> None:
    assert found("bien hoa") == ["A pledge for X, X airbase.", "X"]
    assert found("bien hoa", match_case=True) == ["X"]
    assert found("air") == ["A pledge for Bien Hoa, Bien Hoa Xbase."]
    assert found("air", whole_words=True) == []
    assert found("Biên", whole_words=True) == ["Cam kết cho X Hòa."]


def test_only_the_fields_that_were_asked_for_are_looked_through() -> None:
    assert found("pledge for Bien Hoa", frozenset({"note"})) == []
    assert found("pledge for Bien Hoa", frozenset({QUOTE})) == ["a X"]
    assert found("Bien Hoa", frozenset({"reading"})) == ["Counted once, X."]


def test_signs_of_a_pattern_are_words_like_any_other() -> None:
    assert found("Hoa.") == []
    assert found("airbase.") == ["A pledge for Bien Hoa, Bien Hoa X"]
    (hit,) = hits([FACT], Wanted("airbase", r"\1 \g<0>", STATEMENT))
    assert hit.after == r"A pledge for Bien Hoa, Bien Hoa \1 \g<0>."


def test_a_bound_number_is_no_text() -> None:
    slide = Slide(
        id="money",
        title=LocalText("bien-hoa: {bien-hoa-pledge} of {{bien-hoa}} stands"),
        layout="chart",
        facts=(FactId("bien-hoa-pledge"),),
    )

    (hit,) = hits([slide], Wanted("bien-hoa", "da-nang", frozenset({"title"})))

    assert hit.after == "da-nang: {bien-hoa-pledge} of {{da-nang}} stands"
    assert hit.times == 2


def test_only_the_ticked_texts_change() -> None:
    every = list(hits([FACT], Wanted("Bien Hoa", "X", frozenset({"statement", "note"}))))
    chosen = [hit for hit in every if hit.field == "note"]

    values = values_after(FACT, chosen)

    assert values == {"note": LocalText("X is not Bienhoa.")}
    assert str(msgspec.structs.replace(FACT, **values).statement) == str(FACT.statement)


def test_a_text_within_a_citation_is_replaced_there() -> None:
    every = list(hits([FACT], Wanted("pledge", "promise", frozenset({QUOTE}))))

    (citation,) = values_after(FACT, every)["citations"]

    assert citation.quote == "a promise for Bien Hoa"
    assert citation.says == FACT.citations[0].says


def test_the_title_of_a_source_stays_as_printed_like_its_quotations() -> None:
    source = Source(
        id="vov", title="A pledge for Bien Hoa", publisher="VOV", origin="vov", reliability="B"
    )

    assert list(hits([source], Wanted("pledge", "promise", frozenset({"title"})))) == []
    (hit,) = hits([source], Wanted("pledge", "promise", frozenset({QUOTE})))
    assert hit.after == "A promise for Bien Hoa"


@pytest.mark.parametrize("name", ["id", "url", "language", "origin"])
def test_codes_are_never_offered(name: str) -> None:
    assert name not in text_fields(Source)
    assert "title" in text_fields(Source)
    assert "quote" in text_fields(Place)


@given(st.text("ab {}.", max_size=12), st.text("ab", min_size=1, max_size=2), st.text("xy"))
def test_what_is_left_holds_the_words_only_where_they_are_bound(
    text: str, words: str, instead: str
) -> None:
    record = source("s", note=LocalText(text)) if text.strip() else source("s")
    wanted = Wanted(words, instead, frozenset({"note"}))
    for hit in hits([record], wanted):
        after = msgspec.structs.replace(record, **values_after(record, [hit]))
        assert str(after.note) == hit.after
        assert hit.times > 0
        again = list(hits([after], wanted))
        assert not again or "{" in hit.after or words in instead
