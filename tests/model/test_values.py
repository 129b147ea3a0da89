"""Quantities and texts come back as they stood in the file, and say what they will not be."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.problems import Malformed
from desktop.model.values import (
    FACTORS,
    LANGUAGES,
    QUALIFIERS,
    LocalText,
    Quantity,
    Scale,
    ScaledUnit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS = st.from_regex(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?", fullmatch=True)
UNITS = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True).filter(
    lambda word: word not in {"to", *FACTORS}
)
SCALES = st.sampled_from(get_args(Scale))


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """Return amounts as the guide writes them: ``[qualifier] number [to number] [scale]``."""
    qualifier = draw(st.sampled_from(("", *QUALIFIERS)))
    low, high = draw(NUMBERS), draw(st.just("") | NUMBERS)
    to = f"to {high}" if high and Decimal(high) > Decimal(low) else ""
    return " ".join(word for word in (qualifier, low, to, draw(SCALES)) if word)


def code_of(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(Malformed) as refused:
        read(text)
    return refused.value.code


@given(amounts(), UNITS)
def test_a_quantity_is_written_back_as_it_was_read(amount: str, unit: str) -> None:
    text = f"{amount} {unit}"

    value = Quantity.parse(text)

    assert str(value) == text
    assert Quantity.parse(value.text) == value
    assert value.unit == unit


@given(amounts())
def test_a_bare_amount_takes_the_unit_of_its_measure(amount: str) -> None:
    value = Quantity.parse_bare(amount)

    assert value.text == amount
    assert value.unit == ""
    if not value.scale:
        assert value.in_unit(ScaledUnit.parse("million usd")).text == f"{amount} million usd"
    assert value.in_unit(ScaledUnit.parse("usd")).text == f"{amount} usd"


@given(amounts(), UNITS, NUMBERS)
def test_an_edited_amount_keeps_qualifier_scale_and_unit(
    amount: str, unit: str, other: str
) -> None:
    before = Quantity.parse(f"{amount} {unit}")

    after = before.with_amount(Decimal(other))

    assert after.amount == Decimal(other)
    assert (after.qualifier, after.scale, after.unit) == (before.qualifier, before.scale, unit)


@given(st.text() | st.text("0123456789.,-toabmin ~≈$%' \u00a0", max_size=30))
def test_any_text_is_a_quantity_as_it_stands_or_malformed(text: str) -> None:
    for read in (Quantity.parse, Quantity.parse_bare):
        with suppress(Malformed):
            assert read(text).text == text


@given(amounts(), UNITS)
def test_a_range_runs_upward_and_nothing_is_lost_to_its_scale(amount: str, unit: str) -> None:
    value = Quantity.parse(f"{amount} {unit}")

    assert value.low <= value.high
    assert value.low / FACTORS[value.scale] == value.amount
    assert value.rounding > 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("430 million usd", "430000000", "430000000"),
        ("about 104 million usd", "104000000", "104000000"),
        ("nearly 71000 m3", "71000", "71000"),
        ("180 to 200 thousand persons", "180000", "200000"),
        ("8 sets", "8", "8"),
        ("more than 80 percent", "80", "80"),
        ("up to 1.5 billion usd", "1500000000", "1500000000"),
    ],
)
def test_an_amount_in_single_units_has_no_midpoint(text: str, low: str, high: str) -> None:
    value = Quantity.parse(text)

    assert (value.low, value.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "rounding", "slack"),
    [
        ("9.7 million usd", "50000", "100000"),
        ("430 million usd", "500000", "10000000"),
        ("71000 m3", "0.5", "1000"),
        ("8 sets", "0.5", "1"),
        ("0 sets", "0.5", "1"),
        ("0.0 million usd", "50000", "1000000"),
        ("0 to 5.5 percent", "0.5", "1"),
        ("9.70 to 12.25 percent", "0.005", "0.1"),
    ],
)
def test_rounding_is_half_the_last_digit_and_slack_one_of_the_last_that_counts(
    text: str, rounding: str, slack: str
) -> None:
    value = Quantity.parse(text)

    assert value.rounding == Decimal(rounding)
    assert value.slack == Decimal(slack)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("430", "no-unit"),
        ("about 12.5", "no-unit"),
        ("-130 million usd", "negative-amount"),
        ("−5 sets", "negative-amount"),
        ("71,000 m3", "grouped-digits"),
        ("1 000 000 usd", "grouped-digits"),
        ("over 80 percent", "unknown-qualifier"),
        ("~104 million usd", "unknown-qualifier"),
        ("≥ 5 sets", "unknown-qualifier"),
        ("US$430 million", "currency-sign"),
        ("$430 million", "currency-sign"),
        ("200 to 180 thousand persons", "range-reversed"),
        ("8 to 8 sets", "range-reversed"),
        ("012 sets", "not-a-quantity"),
        ("8  sets", "not-a-quantity"),
        ("8sets", "not-a-quantity"),
        ("eight sets", "not-a-quantity"),
        ("430 million USD", "not-a-quantity"),
        ("1e6 usd", "not-a-quantity"),
        ("٨ sets", "not-a-quantity"),
        ("8 sets\n", "not-a-quantity"),
        ("9" * 5000 + " sets", "not-a-quantity"),
        ("", "not-a-quantity"),
    ],
)
def test_what_is_no_quantity_says_which_rule_it_breaks(text: str, code: str) -> None:
    assert code_of(Quantity.parse, text) == code


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("71,000 m3", "71000 m3"),
        ("nearly 1,000,000 usd", "nearly 1000000 usd"),
        ("over 80 percent", "more than 80 percent"),
        ("> 80 percent", "more than 80 percent"),
        ("≈104 million usd", "about 104 million usd"),
        ("Approximately 12 sets", "about 12 sets"),
        ("almost 71000 m3", "nearly 71000 m3"),
    ],
)
def test_a_refusal_proposes_what_would_be_read(typed: str, proposed: str) -> None:
    with pytest.raises(Malformed) as refused:
        Quantity.parse(typed)

    assert refused.value.params["write"] == proposed
    assert Quantity.parse(proposed).text == proposed


@pytest.mark.parametrize("amount", ["-1", "-0", "NaN", "Infinity"])
def test_no_edit_makes_an_amount_negative_or_endless(amount: str) -> None:
    with pytest.raises(Malformed):
        Quantity.parse("8 sets").with_amount(Decimal(amount))
    with pytest.raises(Malformed):
        Quantity(Decimal(0), "sets", to=Decimal(amount))


def test_quantities_are_the_same_when_their_text_is() -> None:
    assert Quantity.parse("8 sets") == Quantity(Decimal(8), "sets")
    assert len({Quantity.parse("8 sets"), Quantity.parse("8 sets")}) == 1
    assert Quantity.parse("8 sets") != Quantity.parse("8.0 sets")
    assert Quantity.parse("8 sets") != Quantity.parse("about 8 sets")
    assert ScaledUnit.parse("usd") != LocalText("usd")
    assert Quantity(Decimal("1E+3"), "usd").rounding == Quantity.parse("1000 usd").rounding


@given(SCALES, UNITS)
def test_the_unit_of_a_measure_is_written_back_as_it_was_read(scale: str, unit: str) -> None:
    text = f"{scale} {unit}".strip()

    found = ScaledUnit.parse(text)

    assert (found.text, found.scale, found.unit) == (text, scale, unit)


@given(st.text())
def test_any_text_is_a_unit_as_it_stands_or_malformed(text: str) -> None:
    with suppress(Malformed):
        assert ScaledUnit.parse(text).text == text


def test_a_missing_language_falls_back_and_says_which_it_is() -> None:
    both = LocalText(en="Bien Hoa airbase", vi="Sân bay Biên Hòa")
    only_english = LocalText("Bien Hoa airbase")
    only_chinese = LocalText(zh="岘港")

    assert both.in_language("vi") == ("Sân bay Biên Hòa", "vi")
    assert only_english.in_language("vi") == ("Bien Hoa airbase", "en")
    assert only_chinese.in_language("en") == ("岘港", "zh")
    assert str(only_chinese) == "岘港"


@given(st.fixed_dictionaries({name: st.none() | st.text(min_size=1) for name in LANGUAGES}))
def test_words_in_a_language_there_is_are_never_replaced(words: dict[str, str | None]) -> None:
    text = LocalText(**words)
    there = {name: said for name, said in words.items() if said is not None}

    assert text.by_language == there
    assert text == LocalText(**there)
    assert hash(text) == hash(LocalText(**there))
    for language in LANGUAGES:
        said, spoken = text.in_language(language)
        first = next((name for name in LANGUAGES if name in there), language)
        assert spoken == (language if language in there else first)
        assert said == there.get(spoken, "")
