"""Figures, dates and names as people say them, for each of the three kinds of audience."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import (
    AudienceId,
    FactKind,
    Place,
    PlaceKind,
    Reliability,
    Stage,
    Unit,
)
from desktop.model.states import STATES
from desktop.model.values import LocalText, Quantity
from desktop.services.language import (
    NBSP,
    Locale,
    Words,
    credibility_words,
    fact_kind_words,
    place_kind_words,
    reliability_words,
    stage_words,
    state_words,
    tr_count,
)
from tests.model.samples import dossier_of, fact, measure, source, table

UNITS = (
    Unit(
        id="usd",
        sign="$",
        one=LocalText(en="U.S. dollar", vi="đô la Mỹ"),
        many=LocalText(en="U.S. dollars", vi="đô la Mỹ"),
    ),
    Unit(id="aud", sign="A$", many=LocalText("Australian dollars")),
    Unit(
        id="sets",
        one=LocalText(en="set of remains", vi="bộ hài cốt"),
        many=LocalText(en="sets of remains", vi="bộ hài cốt"),
    ),
    Unit(id="systems", many=LocalText("systems")),
    Unit(id="percent", sign_after="%"),
    Unit(id="rounds", sign="round ", many=LocalText(en="rounds", vi="phiên")),
)
EAST_SEA = Place(
    id="sea",
    name=LocalText(en="South China Sea", vi="Biển Đông"),
    kind="sea",
    name_for={AudienceId("hanoi"): "East Sea"},
)


def speaking_to(audience: str, *records: object, dossier: Dossier | None = None) -> Locale:
    return Locale(dossier or dossier_of(*UNITS, EAST_SEA, *records), AudienceId(audience))


@pytest.mark.parametrize(
    ("written", "english", "vietnamese"),
    [
        ("430 million usd", "$430 million", "430 triệu đô la Mỹ"),
        ("about 104 million usd", "about $104 million", "khoảng 104 triệu đô la Mỹ"),
        ("more than 80 percent", "more than 80 %", "hơn 80 %"),
        ("nearly 71000 sets", "nearly 71,000 sets of remains", "gần 71.000 bộ hài cốt"),
        ("8 sets", "8 sets of remains", "8 bộ hài cốt"),
        ("1 sets", "1 set of remains", "1 bộ hài cốt"),
        ("at least 1 sets", "at least 1 set of remains", "ít nhất 1 bộ hài cốt"),
        ("1 to 3 sets", "1 to 3 sets of remains", "1 đến 3 bộ hài cốt"),
        ("1 million sets", "1 million sets of remains", "1 triệu bộ hài cốt"),
        ("0 sets", "0 sets of remains", "0 bộ hài cốt"),
        ("9.70 million usd", "$9.70 million", "9,70 triệu đô la Mỹ"),
        ("180 to 200 million usd", "$180 to $200 million", "180 đến 200 triệu đô la Mỹ"),
        ("up to 1.5 billion usd", "up to $1.5 billion", "tối đa 1,5 tỷ đô la Mỹ"),
        ("less than 2 thousand usd", "less than $2 thousand", "dưới 2 nghìn đô la Mỹ"),
        ("1234567.5 usd", "$1,234,567.5", "1.234.567,5 đô la Mỹ"),
        ("5 million aud", "A$5 million", "A$5 triệu"),
        ("2 systems", "2 systems", "2 systems"),
        ("12 boats", "12 boats", "12 boats"),
        ("13 rounds", "round 13", "phiên 13"),
    ],
)
def test_a_quantity_is_said_as_people_say_it(written: str, english: str, vietnamese: str) -> None:
    value = Quantity.parse(written)

    assert speaking_to("washington").quantity(value) == english
    assert speaking_to("hanoi").quantity(value) == english
    assert speaking_to("hanoi-vi").quantity(value) == vietnamese


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("430 million usd", "$430", "million"),
        ("about 104 million usd", "≈$104", "million"),
        ("more than 80 percent", ">80", "%"),
        ("at least 5 percent", "≥5", "%"),
        ("less than 5 percent", "<5", "%"),
        ("up to 5 percent", "≤5", "%"),
        ("nearly 71000 sets", f"nearly{NBSP}71,000", "sets of remains"),
        ("8 sets", "8", "sets of remains"),
        ("12 million boats", "12", "million boats"),
    ],
)
def test_a_figure_in_large_type_keeps_its_qualifier(written: str, number: str, unit: str) -> None:
    assert speaking_to("washington").figure(Quantity.parse(written)) == (number, unit)


@given(st.decimals(min_value=0, max_value=10**15, places=3), st.sampled_from(["hanoi", "hanoi-vi"]))
def test_no_digit_of_a_number_is_lost(amount: Decimal, audience: str) -> None:
    said = speaking_to(audience).number(amount)

    grouping, point = (",", ".") if audience == "hanoi" else (".", ",")
    assert Decimal(said.replace(grouping, "").replace(point, ".")) == amount


@pytest.mark.parametrize(
    ("written", "english", "vietnamese"),
    [
        ("2025-05-08", "8 May 2025", "8/5/2025"),
        ("2025-05", "May 2025", "tháng 5/2025"),
        ("2025", "2025", "2025"),
        ("2023-21", "spring 2023", "mùa xuân 2023"),
        ("2023-24", "winter 2023–24", "mùa đông 2023–24"),
        ("1999-24", "winter 1999–00", "mùa đông 1999–00"),
        ("FY2017", "FY2017", "FY2017"),
        ("FY2012/FY2017", "FY2012–FY2017", "FY2012–FY2017"),
        ("2017/2023", "2017–2023", "2017–2023"),
        ("2025-05/2025-07", "May–July 2025", "tháng 5–7/2025"),
        ("2024-08/2025-05", "August 2024 – May 2025", "tháng 8/2024 – tháng 5/2025"),
        ("2025-05-08/2025-05-10", "8–10 May 2025", "8–10/5/2025"),
        ("2025-05-08/2025-05-08", "8 May 2025", "8/5/2025"),
        ("2025-01-17/2025-05-08", "17 January – 8 May 2025", "17/1 – 8/5/2025"),
        ("2023-09-19/2025-05-08", "19 September 2023 – 8 May 2025", "19/9/2023 – 8/5/2025"),
        ("2025/2025-05-08", "2025 – 8 May 2025", "2025 – 8/5/2025"),
        ("2024-08/..", "since August 2024", "từ tháng 8/2024"),
        ("../2024-09", "up to September 2024", "đến tháng 9/2024"),
        ("2013~", "about 2013", "khoảng 2013"),
        ("2013~/2014~", "about 2013 – about 2014", "khoảng 2013 – khoảng 2014"),
        ("2025-05?", "May 2025?", "tháng 5/2025?"),
        ("2025-05-08%", "about 8 May 2025?", "khoảng 8/5/2025?"),
        ("2025-05-08/2025-05-10~", "8 May 2025 – about 10 May 2025", "8/5/2025 – khoảng 10/5/2025"),
        ("2025-05?/2025-07", "May 2025? – July 2025", "tháng 5/2025? – tháng 7/2025"),
        ("2023/2025?", "2023 – 2025?", "2023 – 2025?"),
        ("[2023..2024]", "between 2023 and 2024", "trong khoảng 2023 đến 2024"),
        ("201X", "2010s", "những năm 2010"),
        ("20XX", "2000–2099", "2000–2099"),
        ("2004-XX", "2004", "2004"),
        ("2004-XX-XX", "2004", "2004"),
        ("2004-06-XX", "June 2004", "tháng 6/2004"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(
    written: str, english: str, vietnamese: str
) -> None:
    when = EdtfDate.parse(written)

    assert speaking_to("washington").date(when) == english
    assert speaking_to("hanoi").date(when) == english
    assert speaking_to("hanoi-vi").date(when) == vietnamese


def test_an_american_autumn_is_the_fall_and_short_dates_cut_the_month() -> None:
    autumn, day, months = map(EdtfDate.parse, ("2023-23", "2025-09-19", "2025-05/2025-07"))

    assert speaking_to("washington").date(autumn) == "fall 2023"
    assert speaking_to("hanoi").date(autumn) == "autumn 2023"
    assert speaking_to("hanoi").date(day, short=True) == "19 Sep 2025"
    assert speaking_to("hanoi").date(months, short=True) == "May–Jul 2025"
    assert speaking_to("hanoi").date(None) == ""


@given(st.dates(), st.dates(), st.sampled_from(["washington", "hanoi-vi"]), st.booleans())
def test_any_interval_can_be_said(one: date, other: date, audience: str, short: bool) -> None:
    first, last = sorted((one, other))
    when = EdtfDate.parse(f"{first}/{last}")

    said = speaking_to(audience).date(when, short=short)

    assert str(last.year) in said
    assert str(first.day) in said
    assert str(last.day) in said


def test_names_follow_the_audience_and_quotations_nobody() -> None:
    assert speaking_to("washington").sea() == "South China Sea"
    assert speaking_to("hanoi").sea() == "East Sea"
    assert speaking_to("hanoi-vi").sea() == "Biển Đông"
    assert speaking_to("hanoi").name(EAST_SEA) == "East Sea"
    assert Locale(dossier_of()).sea() == "Sea"


def test_nobody_in_particular_is_the_audience_that_the_file_names() -> None:
    dossier = dossier_of(*UNITS)

    assert (Locale(dossier).audience, Locale(dossier).tag) == ("washington", "en-US")
    assert speaking_to("hanoi", dossier=dossier).tag == "en-GB"
    assert speaking_to("hanoi-vi", dossier=dossier).language == "vi"
    assert speaking_to("moscow", dossier=dossier).tag == "en-US"


def test_words_in_another_language_stand_in_and_are_marked() -> None:
    both, english = LocalText(en="Port visits", vi="Tàu thăm"), LocalText("Port visits")
    hanoi = speaking_to("hanoi-vi")

    assert (hanoi.text(both), hanoi.fell_back(both)) == ("Tàu thăm", "")
    assert (hanoi.text(english), hanoi.fell_back(english)) == ("Port visits", "en")
    assert (hanoi.text(None), hanoi.fell_back(None)) == ("", "")


SAID = (
    fact("total", "430 million usd"),
    fact("call"),
    fact("later", "9 sets", when="2026-01-01"),
    fact("frank", "7 sets", withhold_from=("hanoi",)),
    measure(),
    table("fmf-by-year", {"FY2017": "about 12", "FY2010": None}),
)


def test_a_sentence_says_its_numbers_and_knows_the_fact_of_each() -> None:
    speak = speaking_to("washington", *SAID)

    said = speak.sentence(LocalText("At {total}, {fmf-by-year/FY2017} in {{FY2017}}."))

    assert said == (
        Words("At "),
        Words(f"$430{NBSP}million", "total"),
        Words(", "),
        Words(f"about{NBSP}$12{NBSP}million", "fmf-by-year/FY2017"),
        Words(" in {FY2017}."),
    )


@pytest.mark.parametrize(
    ("audience", "fact_id", "gap"),
    [
        ("washington", "call", "[not reported]"),
        ("washington", "unknown", "[could not be read]"),
        ("washington", "fmf-by-year/FY2010", "[not reported]"),
        ("washington", "later", "[after as-of]"),
        ("hanoi", "frank", "[…]"),
        ("washington", "frank", f"7{NBSP}sets{NBSP}of{NBSP}remains"),
    ],
)
def test_a_number_that_cannot_be_shown_leaves_its_gap(
    audience: str, fact_id: str, gap: str
) -> None:
    speak = speaking_to(audience, *SAID)

    assert speak.sentence(LocalText(f"{{{fact_id}}}")) == (Words(gap, fact_id),)


def test_numbers_in_a_sentence_are_said_in_its_own_language() -> None:
    speak = speaking_to("hanoi-vi", *SAID)

    (_, english) = speak.sentence(LocalText("At {total}"))
    (_, vietnamese) = speak.sentence(LocalText(en="At {total}", vi="Tổng {total}"))

    assert english.text == f"$430{NBSP}million"
    assert vietnamese.text == "430 triệu đô la Mỹ".replace(" ", NBSP)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{share} of it", "More than 80 %"),
        ("It ended. {share} of it", "More than 80 %"),
        ("A line\n\n{share} of it", "More than 80 %"),
        ("It is {share}", "more than 80 %"),
        ("U.S. aid: {share}", "more than 80 %"),
    ],
)
def test_a_number_that_begins_a_sentence_begins_it_as_sentences_do(text: str, said: str) -> None:
    share = fact("share", "more than 80 percent", when="2024")
    speak = Locale(dossier_of(share))

    numbers = [each.text for each in speak.sentence(LocalText(text)) if each.fact_id]

    assert [number.replace("\u00a0", " ") for number in numbers] == [said]


def test_a_sentence_that_cannot_be_read_stands_as_it_is() -> None:
    speak = speaking_to("washington")

    assert speak.sentence(LocalText("At {total")) == (Words("At {total"),)
    assert speak.sentence(None) == ()


def test_a_table_goes_by_its_measure_where_it_states_nothing() -> None:
    speak = speaking_to("washington", measure(), table("t", {"FY2017": "1"}, statement=None))

    assert speak.statement(speak.dossier.fact("t/FY2017")) == "The measure fmf"
    assert speak.statement(fact("x")) == "What is said of x."
    assert speak.statement(fact("x", statement=None, measure="unknown")) == ""


def test_a_source_is_its_publisher_and_its_day() -> None:
    speak = speaking_to("washington")

    assert speak.source(source("vov")) == "VOV, 8 May 2025"
    assert speak.source(source("vov", published=None)) == "VOV"


@pytest.mark.parametrize(
    ("today", "age"),
    [
        ("2025-12-11", "speaks of a day to come"),
        ("2025-12-12", "of today"),
        ("2025-12-13", "1 day old"),
        ("2026-02-09", "59 days old"),
        ("2026-02-10", "1 month old"),
        ("2026-02-12", "2 months old"),
        ("2026-11-22", "11 months old"),
        ("2027-12-11", "23 months old"),
        ("2027-12-12", "2 years old"),
        ("2035-12-11", "9 years old"),
    ],
)
def test_the_file_says_how_old_it_is_today(today: str, age: str) -> None:
    assert speaking_to("washington").age(date.fromisoformat(today)) == age


@given(st.dates(min_value=date(2025, 12, 12)))
def test_the_file_never_grows_younger(today: date) -> None:
    words = speaking_to("washington").age(today)

    assert words == "of today" or words.split()[0] != "0"


def test_everything_that_has_a_code_has_words() -> None:
    named = [
        *map(state_words, STATES),
        *map(stage_words, get_args(Stage)),
        *map(fact_kind_words, get_args(FactKind)),
        *map(place_kind_words, get_args(PlaceKind)),
        *map(credibility_words, range(1, 7)),
        *map(reliability_words, get_args(Reliability)),
    ]

    assert all(named)
    assert state_words("sources-differ") == "Sources differ"
    assert credibility_words(1) == "confirmed by other sources"
    assert credibility_words(6) == "truth cannot be judged"
    assert place_kind_words("low-tide-elevation") == "low tide elevation"
    assert len(get_args(Reliability)) == 6


def test_a_count_is_said_in_the_form_it_asks_for() -> None:
    assert tr_count("{count} fact", "{count} facts", 1) == "1 fact"
    assert tr_count("{count} fact", "{count} facts", 0) == "0 facts"
    assert tr_count("{count} fact", "{count} facts", 12345) == "12,345 facts"


def test_words_need_no_window() -> None:
    program = (
        "import sys, desktop.services.language, desktop.services.problem_words;"
        "print(any(name.startswith(('PySide6', 'numpy')) for name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
