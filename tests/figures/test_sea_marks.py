"""The sea map shows what the dossier says of places: no more, no sooner, and in which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.sea_marks import (
    DEFAULT_LAYERS,
    SEA_LAYERS,
    Asked,
    SeaContent,
    SeaLayer,
    SeaMark,
    had_happened,
    read_content,
)
from desktop.figures.sea_symbols import HOLDERS, Shape, holder_colour
from desktop.model import geo
from desktop.model.dates import EdtfDate
from desktop.model.records import AudienceId
from desktop.services import colours
from desktop.services.language import Locale
from tests.figures.sea_samples import HANOI, HANOI_VI, dossier
from tests.services.test_theme import contrast


def content(
    *layers: SeaLayer, audience: AudienceId | None = None, by: date | None = None
) -> SeaContent:
    return read_content(Locale(dossier(), audience), Asked(frozenset(layers), by))


def mark_at(found: SeaContent, place_id: str, layer: SeaLayer) -> SeaMark:
    return next(mark for mark in found.marks if (mark.ref.id, mark.layer) == (place_id, layer))


def facts_in(found: SeaContent, layer: SeaLayer) -> set[str]:
    return {fact_id for mark in found.marks if mark.layer == layer for fact_id in mark.facts}


def test_no_claim_line_ring_or_incident_is_on_by_default() -> None:
    found = read_content(Locale(dossier()), Asked(DEFAULT_LAYERS))

    assert found.lines == ()
    assert {mark.layer for mark in found.marks} == {"depth", "sites", "port-visits", "holders"}


def test_each_holder_has_a_shape_and_a_submerged_bank_is_hollow() -> None:
    found = content("holders")

    symbols = {mark.ref.id: mark.symbol for mark in found.marks if mark.layer == "holders"}
    assert {symbol.shape for symbol in symbols.values()} == set(HOLDERS)
    assert [each for each, symbol in symbols.items() if symbol.hollow] == ["vanguard-bank"]
    assert symbols["woody-island"].shape == "china"


def test_a_holder_is_said_to_hold_and_not_to_own() -> None:
    words = mark_at(content("holders"), "woody-island", "holders").words

    assert words == "Woody Island: held by China"


@pytest.mark.parametrize("layer", SEA_LAYERS)
def test_a_layer_that_is_off_leaves_no_mark(layer: SeaLayer) -> None:
    others = [each for each in SEA_LAYERS if each != layer]

    found = content(*others)

    drawn = {mark.layer for mark in found.marks} | {line.layer for line in found.lines}
    assert layer == "depth" or layer not in drawn


def test_calls_at_one_port_are_one_mark_with_their_number() -> None:
    mark = mark_at(content("sites", "port-visits"), "da-nang", "port-visits")

    assert mark.symbol.number == 2
    assert mark.facts == ("call-2020", "call-2018")
    assert mark.row == 1
    assert mark.words.startswith("Da Nang: March 2020: What is called call-2020 takes place.")


def test_what_is_withheld_or_after_as_of_is_not_on_the_map() -> None:
    assert facts_in(content("port-visits"), "port-visits") == {
        "call-2018",
        "call-2020",
        "call-2016",
        "call-withheld",
    }
    assert "call-withheld" not in facts_in(content("port-visits", audience=HANOI), "port-visits")


def test_what_is_only_known_to_be_near_is_drawn_so() -> None:
    found = content("incidents", "island-building")

    assert mark_at(found, "paracel-islands", "incidents").symbol.vague
    assert not mark_at(found, "mischief-reef", "island-building").symbol.vague


def test_names_are_those_of_the_audience_alone() -> None:
    washington, hanoi, vietnamese = (
        {name.place_id: name.text for name in content("sites", audience=each).names}
        for each in (None, HANOI, HANOI_VI)
    )

    assert washington["south-china-sea"] == "SOUTH CHINA SEA"
    assert hanoi["south-china-sea"] == "EAST SEA"
    assert vietnamese["south-china-sea"] == "BIỂN ĐÔNG"
    assert (washington["da-nang"], vietnamese["da-nang"]) == ("Da Nang", "Đà Nẵng")
    assert {"VIETNAM", "LAOS"} <= set(washington.values())
    assert {"VIỆT NAM", "LÀO"} <= set(vietnamese.values())


def test_taiwan_is_named_as_a_holder_and_as_no_country() -> None:
    found = content("holders")

    assert mark_at(found, "itu-aba-island", "holders").words.endswith("held by Taiwan")
    assert "TAIWAN" not in {name.text for name in found.names}


def test_a_place_without_a_position_is_on_no_map() -> None:
    found = content(*SEA_LAYERS)

    assert "honolulu" not in {mark.ref.id for mark in found.marks}
    assert "honolulu" not in {name.place_id for name in found.names}


def test_a_claim_names_its_claimant_and_a_ring_is_a_distance() -> None:
    found = content("claims", "overlays")

    claims = [line for line in found.lines if line.layer == "claims"]
    (ring,) = [line for line in found.lines if line.layer == "overlays"]
    assert [line.claimant for line in claims] == ["China", "China"]
    assert (ring.claimant, ring.closed, ring.is_filled) == ("", True, False)
    for east_m, north_m in ring.points[::40]:
        lon, lat = geo.to_lon_lat(east_m, north_m)
        off_m = geo.geodesic(108.25, 16.06, lon, lat).distance_m
        assert off_m == pytest.approx(200 * 1852, abs=1.0)


def test_time_shows_what_had_happened_by_then() -> None:
    before = content("port-visits", by=date(2018, 3, 4))
    during = content("port-visits", by=date(2018, 3, 6))
    after = content("port-visits", by=date(2020, 3, 31))

    assert facts_in(before, "port-visits") == {"call-2016", "call-withheld"}
    assert facts_in(during, "port-visits") - facts_in(before, "port-visits") == {"call-2018"}
    assert "call-2020" in facts_in(after, "port-visits")
    assert "call-2020" not in facts_in(content("port-visits", by=date(2020, 3, 30)), "port-visits")


@given(day=st.dates(date(1990, 1, 1), date(2025, 1, 1)), later=st.integers(0, 400))
def test_nothing_that_happened_is_ever_undone(day: date, later: int) -> None:
    for form in (f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"{day}/..", f"[{day}..2026-01]"):
        when = EdtfDate.parse(form)
        if had_happened(when, day):
            assert had_happened(when, day + timedelta(later))
    assert had_happened(EdtfDate.parse(f"{day}"), day)
    assert not had_happened(EdtfDate.parse(f"{day}"), day - timedelta(1))


@given(day=st.dates(date(1990, 1, 1), date(2025, 1, 1)))
def test_what_is_known_to_the_month_counts_from_its_end(day: date) -> None:
    month = EdtfDate.parse(f"{day:%Y-%m}")

    ends_then = (day + timedelta(1)).month != day.month
    assert had_happened(month, day) == ends_then


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_muted_holder_is_told_from_what_lies_around_it_by_day_and_by_night(holder: Shape) -> None:
    day, night = colours.light(), colours.dark()

    # By day a light edge parts the mark from the sea; by night it lies on the sea itself.
    assert contrast(holder_colour(holder, day, muted=True), day.page) >= 3
    for depth in night.depths[2:]:
        assert contrast(holder_colour(holder, night, muted=True), depth) >= 3
