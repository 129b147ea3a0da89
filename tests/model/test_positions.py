"""Typed positions: the usual forms are read, and what may mean two places is refused in words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.model.positions import parse_position
from desktop.model.problems import Malformed, Problem
from desktop.services.problem_words import problem_words

DA_NANG = (108 + 13 / 60, 16 + 4 / 60 + 12 / 3600)


@pytest.mark.parametrize(
    "typed",
    [
        "16.07, 108.2166667",
        "16.07 108.2166667",
        "16.07,108.2166667",
        "16.07; 108.2166667",
        "16.07°, 108.2166667°",
        "+16.07 +108.2166667",
        "16.07N 108.2166667E",
        "16°4.2′N 108°13′E",
        "16°04'12\"N, 108°13'00\"E",
        "16º04’12''N 108º13’00''E",
        "16 04 12 N 108 13 00 E",
        "16 04 12n108 13e",
        "N16°04.2′ E108°13.0′",
        "n 16-04.2 e 108-13.0",
        "16−04.2N/108−13E",
        "108°13′E 16°04.2′N",
        "  16 04.2 N\u00a0\u00a0108 13 E ",
    ],
)
def test_da_nang_is_found_however_it_is_written(typed: str) -> None:
    assert parse_position(typed) == pytest.approx(DA_NANG, abs=1e-7)


def test_south_and_west_are_negative_by_letter_or_by_sign() -> None:
    assert parse_position("3°30′S 70°W") == (-70.0, -3.5)
    assert parse_position("-3.5, -70") == (-70.0, -3.5)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("16,07 108,22", "decimal-comma"),
        ("16,07, 108,22", "decimal-comma"),
        ("16,07N 108,22E", "decimal-comma"),
        ("16,108", "decimal-comma"),
        ("16 04 108 13", "no-compass-letters"),
        ("16°04′12″ 108°13′00″", "no-compass-letters"),
        ("16.5 04 N 108 13 E", "decimal-too-early"),
        ("16 61 N 108 E", "sixty-minutes"),
        ("16 04 60 N 108 E", "sixty-minutes"),
        ("108.22, 16.07", "longitude-first"),
        ("91 N 10 E", "beyond-the-earth"),
        ("16, 181", "beyond-the-earth"),
        ("200, 108", "beyond-the-earth"),
        ("16 N 108 N", "not-a-position"),
        ("108 E 16 E", "not-a-position"),
        ("-3 S 1 E", "not-a-position"),
        ("16.07.5 108", "not-a-position"),
        ("16 N", "not-a-position"),
        ("1 2 3", "not-a-position"),
        ("Da Nang", "not-a-position"),
        ("", "not-a-position"),
    ],
)
def test_what_may_mean_two_places_or_none_is_refused_in_words(typed: str, code: str) -> None:
    with pytest.raises(Malformed) as refused:
        parse_position(typed)

    assert refused.value.code == code
    problem = Problem(refused.value.code, "error", params=refused.value.params)
    assert problem_words(problem).startswith(f"“{typed}” ")


SEPARATORS = st.sampled_from([" ", ", ", ";", " / ", "\t"])


@given(lat=st.floats(-89.9999, 89.9999), lon=st.floats(-179.9999, 179.9999), between=SEPARATORS)
def test_decimal_degrees_are_read_to_their_last_digit(lat: float, lon: float, between: str) -> None:
    typed = f"{lat:.6f}{between}{lon:.6f}"

    assert parse_position(typed) == (float(f"{lon:.6f}"), float(f"{lat:.6f}"))


@given(
    north=st.tuples(st.integers(0, 89), st.integers(0, 59), st.integers(0, 599)),
    east=st.tuples(st.integers(0, 179), st.integers(0, 59), st.integers(0, 599)),
    letters=st.tuples(st.sampled_from("NS"), st.sampled_from("EW")),
    form=st.sampled_from(
        [
            "{0}°{1}′{2}″{n} {3}°{4}′{5}″{e}",
            "{0} {1} {2} {n} {3} {4} {5} {e}",
            "{n}{0}-{1}-{2}, {e}{3}-{4}-{5}",
            "{3}° {4}' {5}\"{e} {0}° {1}' {2}\"{n}",
        ]
    ),
)
def test_degrees_minutes_and_seconds_come_back_from_every_form(
    north: tuple[int, int, int],
    east: tuple[int, int, int],
    letters: tuple[str, str],
    form: str,
) -> None:
    parts = [*north[:2], f"{north[2] / 10:.1f}", *east[:2], f"{east[2] / 10:.1f}"]
    typed = form.format(*parts, n=letters[0], e=letters[1])

    lon, lat = parse_position(typed)

    assert abs(lat) == pytest.approx(north[0] + north[1] / 60 + north[2] / 36000, abs=1e-9)
    assert abs(lon) == pytest.approx(east[0] + east[1] / 60 + east[2] / 36000, abs=1e-9)
    assert (lat <= 0) == (letters[0] == "S") or lat == 0
    assert (lon <= 0) == (letters[1] == "W") or lon == 0


TYPED = st.text(st.sampled_from("0123456789.,;/°′″'\"-+ NSEWneswx"), max_size=30)


@given(st.one_of(TYPED, st.text(max_size=30)))
@example("16,07,108,22")
@example("0" * 400 + " 1")
def test_anything_else_typed_is_a_place_on_earth_or_refused(typed: str) -> None:
    lon = lat = 0.0
    with suppress(Malformed):
        lon, lat = parse_position(typed)

    assert -180 <= lon <= 180
    assert -90 <= lat <= 90
