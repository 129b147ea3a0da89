"""Every number in our own sentences is bound to a fact; one typed by hand is found."""

from __future__ import annotations

from contextlib import suppress
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.model.problems import Malformed
from desktop.model.sentences import Binding, bare_numbers, parse_sentence

IDS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,3}(/FY[0-9]{4}){0,2}", fullmatch=True)


def test_a_sentence_is_its_words_and_the_numbers_bound_into_it() -> None:
    parts = parse_sentence("Bien Hoa stands at {bien-hoa-2025}; {fmf/FY2012/FY2017} came before.")

    assert parts == (
        "Bien Hoa stands at ",
        Binding("bien-hoa-2025"),
        "; ",
        Binding("fmf/FY2012/FY2017"),
        " came before.",
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("No number.", ("No number.",)),
        ("{{not bound}}", ("{not bound}",)),
        ("{{{bound}}}", ("{", Binding("bound"), "}")),
        ("{a}{b}", (Binding("a"), Binding("b"))),
    ],
)
def test_two_braces_are_a_brace(text: str, parts: tuple[str | Binding, ...]) -> None:
    assert parse_sentence(text) == parts


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("at {bien-hoa", "{"),
        ("at bien-hoa}", "}"),
        ("at {}", "{}"),
        ("at {Bien Hoa}", "{Bien Hoa}"),
        ("at {bien-hoa!r}", "{bien-hoa!r}"),
        ("at {0.__class__}", "{0.__class__}"),
        ("at {a\n}", "{a\n}"),
    ],
)
def test_what_is_neither_bound_nor_a_brace_is_blamed(text: str, blamed: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_sentence(text)

    assert (refused.value.code, refused.value.params) == ("not-a-binding", {"text": blamed})


@given(st.lists(st.builds(Binding, IDS) | st.text(min_size=1), max_size=6))
def test_words_with_their_braces_doubled_come_back(parts: list[str | Binding]) -> None:
    written = "".join(
        f"{{{part.fact_id}}}"
        if isinstance(part, Binding)
        else part.replace("{", "{{").replace("}", "}}")
        for part in parts
    )

    found = parse_sentence(written)

    assert "".join(part for part in found if isinstance(part, str)) == "".join(
        part for part in parts if isinstance(part, str)
    )
    assert [each for each in found if isinstance(each, Binding)] == [
        each for each in parts if isinstance(each, Binding)
    ]


@given(st.text() | st.text("{}0123456789 ab-/%.,MayF–", max_size=40))
@example("{" * 1000)
def test_any_text_is_a_sentence_or_malformed_and_can_be_looked_through(text: str) -> None:
    with suppress(Malformed):
        assert isinstance(parse_sentence(text), tuple)
    assert all(number in normalize("NFC", text) for number in bare_numbers(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("U.S. commitments stand at US$430 million.", ["430"]),
        ("It is $130 million, not €2.5 billion.", ["$130", "€2.5"]),
        ("In all $2000 were given.", ["$2000"]),
        ("They gave 2000 million.", ["2000"]),
        ("In 2019 they gave 2000 per cent more.", ["2000"]),
        ("More than 80 % is Russian, or 80% or 80 per cent.", ["80 %", "80%", "80"]),
        ("71,000 m3 in 10 lots", ["71,000", "10"]),
        ("8 sets, from 4 missions.", ["8", "4"]),
        ("10–15 sets", ["10"]),
        ("1.", ["1"]),
        ("Cam kết 430 triệu đô la, hơn 80 % thiết bị", ["430", "80 %"]),
        ("tổng cộng 2000 triệu", ["2000"]),
        ("tăng 2000 phần trăm", ["2000"]),
        ("71.000 người", ["71.000"]),
        ("{bien-hoa-2025} and 30 more", ["30"]),
        ("{{2025}} costs 5", ["5"]),
        ("a {brace and 5 more", ["5"]),
    ],
)
def test_a_number_typed_by_hand_is_found(text: str, numbers: list[str]) -> None:
    assert list(bare_numbers(text)) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "{bien-hoa-commitment-2025} since {fmf-by-year/FY2017}.",
        "The F-16, the T-6C, CSB-8020, COVID-19 and the C-130J.",
        "The 7th Fleet, the 13th dialogue and the 1st, 2nd and 3rd.",
        "In 2025, since 1995, in the 1990s, 2017–2023, 2023–24, 2016/17 and FY2017.",
        "On 8 May 2025, on 8 May, May 8, May 8, 2025, 8–10 May and on 2025-05-08.",
        "In Sept 8, on 9 Sept. and on 10 Dec 2019.",
        "Ngày 8 tháng 5 năm 2025, tháng 5/2025, ngày 8/5/2025.",
        "Hạm đội 7, lần thứ 13, Đối thoại lần thứ 14.",
        "Tháng 11/2025 và ngày 8-5.",
        "eight sets and a third of trade",
        "",
    ],
)
def test_years_days_ordinals_and_names_are_no_bare_numbers(text: str) -> None:
    assert bare_numbers(text) == ()
    assert bare_numbers(normalize("NFD", text)) == ()
