"""What the shipped file says of the sea: features, visits, incidents, islands built, the award."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import is_normalized

import pytest
import yaml

from desktop.files.facts_file import FactsFile
from desktop.model.dates import EdtfDate
from desktop.model.records import FactId, PlaceId
from desktop.model.states import is_shown, says_otherwise, states_of
from desktop.model.values import Quantity
from desktop.services.language import Locale

if TYPE_CHECKING:
    from desktop.model.dossier import Dossier
    from desktop.model.records import Fact, Overlay, Place

ROOT: Final = Path(__file__).parents[1]
GATHERED: Final[dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "data" / "sea_features.yaml").read_text("utf-8"), yaml.BaseLoader
)
"""What was gathered of the sea, with the place or fact that carries it."""
WEST, EAST, SOUTH, NORTH = 95, 128, -8, 30
"""The part of the world that the map shows, in degrees."""
VIETNAMESE: Final = re.compile(
    r"[ A-Za-zÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]+"
)


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return FactsFile.open(ROOT / "data" / "facts.yaml").reading.dossier


@pytest.fixture(scope="module")
def features(dossier: Dossier) -> dict[str, Place]:
    """The features of the list that AMTI gave out in January 2021."""
    return {each["place"]: dossier.places[each["place"]] for each in GATHERED["features"]}


@pytest.fixture(scope="module")
def nine_dashes(dossier: Dossier) -> Overlay:
    (overlay,) = dossier.overlays.values()
    return overlay


def in_english(text: object) -> str:
    return "" if text is None else str(text)


def own_words(fact: Fact) -> str:
    """All that we, not a source, say within a fact."""
    texts = [fact.statement, fact.scope, fact.note]
    if fact.reading is not None:
        texts += [fact.reading.say, fact.reading.why]
    return "\n".join(map(in_english, texts))


def visits(dossier: Dossier) -> list[Fact]:
    """The calls of U.S. ships, the last one first."""
    return list(reversed(dossier.facts_of("port-visits")))


def incidents(dossier: Dossier) -> list[Fact]:
    return [fact for fact in dossier.facts_in("south-china-sea") if fact.kind == "event"]


def findings_of_2016(dossier: Dossier) -> list[Fact]:
    return [f for f in dossier.facts_in("south-china-sea") if f.id.startswith("award-2016")]


# Features


def test_seventy_features_stand_where_the_list_has_them(features: dict[str, Place]) -> None:
    assert len(features) == 70
    for gathered in GATHERED["features"]:
        place = features[gathered["place"]]
        assert place.lat is not None
        assert place.lon is not None
        assert WEST < place.lon < EAST, place.id
        assert SOUTH < place.lat < NORTH, place.id
        assert place.precision_km is not None
        assert place.precision_km >= 1, f"{place.id}: nobody drew it to a hundred metres"
        if place.id != "prince-consort-bank":
            assert (str(place.lat), str(place.lon)) == (gathered["lat"], gathered["lon"])


def test_a_position_printed_for_another_feature_is_not_used(features: dict[str, Place]) -> None:
    (printed,) = [g for g in GATHERED["features"] if g["place"] == "prince-consort-bank"]
    petley, bank = features["petley-reef"], features["prince-consort-bank"]

    assert abs(float(printed["lat"]) - (petley.lat or 0)) < 0.001
    assert abs(float(printed["lon"]) - (petley.lon or 0)) < 0.001
    assert bank.lat == pytest.approx(7 + 55 / 60, abs=0.001)
    assert bank.lon == pytest.approx(109 + 58 / 60, abs=0.001)
    assert "position of Petley Reef" in in_english(bank.note)
    assert "wikipedia-prince-consort" in {citation.source for citation in bank.citations}


def test_no_two_features_stand_on_one_point(features: dict[str, Place]) -> None:
    points = Counter((round(p.lat or 0, 3), round(p.lon or 0, 3)) for p in features.values())

    assert points.most_common(1)[0][1] == 1


def test_holders_are_counted_as_they_were_gathered_and_as_of_the_same_day(
    features: dict[str, Place],
) -> None:
    holders = Counter(place.held_by for place in features.values())

    assert holders == {"china": 28, "vietnam": 27, "philippines": 9, "malaysia": 5, "taiwan": 1}
    for gathered in GATHERED["features"]:
        assert features[gathered["place"]].held_by == gathered["held_by"]
    assert {str(place.held_as_of) for place in features.values()} == {"2021-01-13"}


def test_only_the_features_of_the_list_have_a_holder(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    held = {place.id for place in dossier.places.values() if place.held_by}

    assert held == set(features)


def test_since_when_a_feature_is_held_is_told_only_with_words_that_say_so(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    since = {place.id: str(place.held_since) for place in features.values() if place.held_since}

    assert since == {
        "barque-canada-reef": "1987",
        "east-reef": "1988",
        "itu-aba-island": "1956",
        "johnson-reef": "1988",
        "mischief-reef": "1995",
        "subi-reef": "1988",
        "thitu-island": "1974",
        "west-york-island": "1974",
    }
    for place_id, year in since.items():
        quotes = [c.quote for c in features[place_id].citations if c.quote and year in c.quote]
        assert quotes, place_id
        assert all(re.search("possession|佔領", quote) for quote in quotes), place_id


def test_submerged_banks_are_banks_and_nothing_else_is(features: dict[str, Place]) -> None:
    banks = {place.id for place in features.values() if place.kind == "bank"}
    submerged = {g["place"] for g in GATHERED["features"] if g["label"] == "submerged"}

    assert len(banks) == 6
    assert submerged - banks == {"second-thomas-shoal"}, "the award finds it a low-tide elevation"
    assert banks < submerged
    assert {features[bank].held_by for bank in banks} == {"vietnam"}
    assert {features[bank].award_2016 for bank in banks} == {None}


def test_no_feature_is_without_a_source_and_every_citation_can_be_followed(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    for place in features.values():
        assert place.citations[0].source == "amti-2021", place.id
    for record in (*dossier.places.values(), *dossier.overlays.values()):
        for citation in record.citations:
            assert citation.quote or citation.locator, record.id
            assert len((citation.quote or "").split()) <= 25, record.id
            assert dossier.sources[citation.source].url, record.id


def test_the_award_is_told_only_where_it_was_found_and_with_its_own_source(
    features: dict[str, Place],
) -> None:
    summaries = {"banerjee-2016", "up-imlos-2016"}
    found = Counter(place.award_2016 for place in features.values() if place.award_2016)

    assert found == {
        "rock-by-general-finding": 29,
        "rock": 4,
        "low-tide-elevation": 4,
        "rock-and-low-tide-elevation": 1,
    }
    for gathered in GATHERED["features"]:
        place = features[gathered["place"]]
        assert place.award_2016 == gathered.get("award"), place.id
        cited = {citation.source for citation in place.citations}
        assert bool(cited & summaries) == (place.award_2016 is not None), place.id
    assert {p.group for p in features.values() if p.award_2016} == {"spratly-islands", None}


def test_what_amti_labels_a_feature_is_not_taken_for_the_award(
    features: dict[str, Place],
) -> None:
    labels = {g["place"]: g["label"] for g in GATHERED["features"]}
    words = {
        "rock": "a rock",
        "rock/island": "a rock or island",
        "low-tide elevation": "a low-tide elevation",
        "submerged": "submerged",
    }

    for place_id, label in labels.items():
        note = in_english(features[place_id].note)
        assert note.startswith(f"AMTI labels it {words[label]}."), place_id
    assert labels["second-thomas-shoal"] == "submerged"
    assert features["second-thomas-shoal"].award_2016 == "low-tide-elevation"
    assert labels["gaven-reef"] == "rock"
    assert features["gaven-reef"].award_2016 == "rock-and-low-tide-elevation"


def test_features_are_grouped_by_the_archipelago_whose_place_names_them(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    groups = Counter(place.group for place in features.values())

    assert groups == {"spratly-islands": 49, "paracel-islands": 20, None: 1}
    assert features["scarborough-shoal"].group is None
    for place in dossier.places.values():
        if place.group is not None:
            archipelago = dossier.places[PlaceId(place.group)]
            assert archipelago.kind == "region"
            assert archipelago.name.vi


# Names


def test_features_are_named_in_every_language_that_was_gathered(
    features: dict[str, Place],
) -> None:
    assert [place.id for place in features.values() if not place.name.vi] == []
    assert [place.id for place in features.values() if not place.name.zh] == []
    assert sum(place.name.fil is not None for place in features.values()) == 42
    assert len({place.name.vi for place in features.values()}) == 70
    for place in features.values():
        assert place.name.en, place.id
        for words in place.name.by_language.values():
            assert is_normalized("NFC", words), place.id
            assert words == words.strip(), place.id


def test_the_archipelagos_are_named_as_each_audience_knows_them(dossier: Dossier) -> None:
    speakers = [Locale(dossier, audience.id) for audience in dossier.audiences.values()]
    named = {
        place_id: [speak.name(dossier.places[PlaceId(place_id)]) for speak in speakers]
        for place_id in ("paracel-islands", "spratly-islands")
    }

    assert named == {
        "paracel-islands": ["Paracel Islands", "Hoang Sa (Paracel) Islands", "Quần đảo Hoàng Sa"],
        "spratly-islands": ["Spratly Islands", "Truong Sa (Spratly) Islands", "Quần đảo Trường Sa"],
    }


def test_vietnamese_names_have_vietnamese_letters_and_none_that_only_look_alike(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    for place in features.values():
        assert place.name.vi is None or VIETNAMESE.fullmatch(place.name.vi), place.name.vi
    names = {place.id: place.name.vi for place in features.values()}
    assert names["woody-island"] == "Đảo Phú Lâm"
    assert names["fiery-cross-reef"] == "Đá Chữ Thập"
    assert names["mischief-reef"] == "Đá Vành Khăn"
    assert names["spratly-island"] == "Đảo Trường Sa"
    assert names["southwest-cay"] == "Đảo Song Tử Tây"
    assert names["vanguard-bank"] == "Bãi Tư Chính"
    assert names["lansdowne-reef"] == "Đá Len Đao"
    assert dossier.places["discovery-reef"].name.vi == "Đá Lồi"


def test_each_audience_meets_a_feature_by_one_name_of_its_own_language(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    reef = features["johnson-reef"]
    names = {audience: Locale(dossier, audience).name(reef) for audience in dossier.audiences}

    assert names == {
        "washington": "Johnson Reef",
        "hanoi": "Johnson Reef",
        "hanoi-vi": "Đá Gạc Ma",
    }


# Places of other kinds


def test_every_other_point_that_was_gathered_is_a_place_or_left_out_with_a_reason(
    dossier: Dossier,
) -> None:
    assert len(GATHERED["places"]) == 20
    for place_id in GATHERED["places"].values():
        place = dossier.places[place_id]
        assert place.lat is not None, place_id
        assert place.held_by is None, "a city is not held"
    assert all(GATHERED["left_out"].values())
    assert not {*GATHERED["left_out"]} & {*GATHERED["places"]}


def test_the_clean_up_of_da_nang_stands_at_its_airport_and_its_calls_at_the_city(
    dossier: Dossier,
) -> None:
    at_the_airport = {f.area for f in dossier.facts.values() if f.place == "da-nang-airport"}
    in_the_city = {f.area for f in dossier.facts.values() if f.place == "da-nang"}

    assert at_the_airport == {"dioxin"}
    assert in_the_city == {"port-visits", "us-missing"}


def test_taiwan_is_a_holder_and_never_a_country_or_a_province(
    dossier: Dossier, features: dict[str, Place]
) -> None:
    assert [p.id for p in features.values() if p.held_by == "taiwan"] == ["itu-aba-island"]
    assert "taiwan" not in dossier.places
    assert dossier.places["kaohsiung"].kind == "city"
    for fact in dossier.facts.values():
        words = own_words(fact)
        assert not re.search(r"(?:country|province|state) of Taiwan|Chinese Taipei", words), fact.id


def test_holding_is_never_told_as_owning(dossier: Dossier) -> None:
    owning = re.compile(r"\b(?:own(?:s|ed|er|ers|ership)|belongs? to|sovereign over|illegal\w*)\b")

    for fact in dossier.facts_in("south-china-sea"):
        assert not owning.search(own_words(fact)), fact.id
    for record in (*dossier.places.values(), *dossier.overlays.values()):
        assert not owning.search(in_english(record.note)), record.id


# Port visits


def test_every_visit_that_was_gathered_is_a_fact_with_its_place_and_date(
    dossier: Dossier,
) -> None:
    assert len(GATHERED["visits"]) == 15
    for gathered in GATHERED["visits"]:
        fact, when = dossier.facts[gathered["fact"]], EdtfDate.parse(gathered["when"])
        assert (fact.area, fact.kind) == ("port-visits", "event")
        assert fact.value == Quantity.parse(f"{gathered['ships']} ships"), fact.id
        assert fact.place == gathered["place"], fact.id
        assert fact.when is not None
        assert fact.when.first == when.first, fact.id
        assert dossier.places[PlaceId(gathered["place"])].lat is not None
    assert {fact.id for fact in visits(dossier)} == {each["fact"] for each in GATHERED["visits"]}


def test_the_last_call_where_and_the_one_before_have_an_answer(dossier: Dossier) -> None:
    last, before, *_ = visits(dossier)
    names = [Locale(dossier, "washington").name(dossier.places[PlaceId(f.place or "")])
             for f in (last, before)]  # fmt: skip

    assert [str(fact.when) for fact in (last, before)] == ["2025-12-08", "2024-07-08/2024-07-12"]
    assert names == ["Da Nang", "Cam Ranh"]
    assert in_english(last.statement) == "USS Tripoli and USS Robert Smalls call at Da Nang."
    at_da_nang = [fact.id for fact in visits(dossier) if fact.place == "da-nang"]
    assert at_da_nang[:2] == ["da-nang-call-2025-12", "da-nang-call-2023-06"]


def test_a_call_is_counted_once_and_its_crew_is_no_call(dossier: Dossier) -> None:
    days = Counter((fact.place, fact.when and fact.when.first) for fact in visits(dossier))

    assert max(days.values()) == 1
    assert dossier.facts["da-nang-call-2025-12-crew"].measure is None
    assert dossier.facts["first-visit-in-two-years"].place is None


# Incidents


def test_incidents_stand_where_they_took_place_or_say_how_far_that_is_known(
    dossier: Dossier,
) -> None:
    stands = {fact.id: fact.place for fact in incidents(dossier)}

    assert stands == {
        "fishermen-assaulted-2024": "paracel-islands",
        "fishing-boat-sunk-2014": "rig-981-first",
        "fishing-boat-sunk-2016": "paracel-islands",
        "fishing-boat-sunk-2019": "discovery-reef",
        "fishing-boat-sunk-2020": "paracel-islands",
        "johnson-south-reef-1988": "johnson-reef",
        "paracels-battle-1974": "paracel-islands",
        "rig-981-2014": "rig-981-first",
        "rig-981-moved-2014": "rig-981-second",
        "survey-cable-cut-2011": "binh-minh-02-2011",
        "survey-cable-cut-2011-06": "viking-2-2011",
        "survey-cable-cut-2012": "south-china-sea",
        "survey-ship-2023": "south-china-sea",
        "vanguard-bank-2019": "vanguard-bank",
        "water-cannon-2023": "paracel-islands",
    }
    for fact in incidents(dossier):
        assert fact.when is not None, fact.id
        place = dossier.places[PlaceId(fact.place or "")]
        if place.kind == "position":
            assert place.precision_km == 1, place.id
            assert place.citations, place.id
    assert dossier.places["south-china-sea"].lat is None, "a sea is no point"


def test_the_centre_of_an_archipelago_is_marked_as_such(dossier: Dossier) -> None:
    for place_id, least_km in (("paracel-islands", 100), ("spratly-islands", 300)):
        place = dossier.places[PlaceId(place_id)]
        assert place.kind == "region"
        assert (place.precision_km or 0) >= least_km
        assert "Centre of the archipelago, not where" in in_english(place.note)


def test_what_took_place_near_a_point_says_that_it_is_shown_there(dossier: Dossier) -> None:
    assert "boat sank nearby" in in_english(dossier.facts["fishing-boat-sunk-2014"].note)
    assert "where it is shown" in in_english(dossier.facts["vanguard-bank-2019"].note)


def test_the_dead_are_counted_once_with_the_difference_told_and_stand_on_no_map(
    dossier: Dossier,
) -> None:
    counted = [f for f in dossier.facts.values() if re.search(r"\bkilled\b", own_words(f).lower())]

    assert [fact.id for fact in counted] == ["johnson-south-reef-1988-killed"]
    (fact,) = counted
    assert fact.value == Quantity.parse("64 persons")
    assert (fact.place, fact.measure, fact.parts) == (None, None, ())
    assert states_of(dossier, fact)[0] == "sources-differ"
    assert fact.reading is not None
    assert dossier.naming(fact.id) == ()
    battle = dossier.facts["paracels-battle-1974"]
    assert battle.value is None
    assert "no number is shown" in in_english(battle.note)


def test_what_the_other_side_says_stands_beside_each_disputed_incident(
    dossier: Dossier,
) -> None:
    assault = dossier.facts["fishermen-assaulted-2024"]

    assert any(says_otherwise(assault, citation) for citation in assault.citations)
    assert "each side blames" in in_english(dossier.facts["fishing-boat-sunk-2014"].statement)
    assert "coast guard said" in in_english(dossier.facts["fishing-boat-sunk-2020"].note)


# Island building


def test_revised_figures_give_way_to_those_that_replaced_them(dossier: Dossier) -> None:
    for revised, first in (
        ("vietnam-new-land-2022", "vietnam-new-land-2022-first"),
        ("vietnam-new-land-2023", "vietnam-new-land-2023-first"),
    ):
        assert dossier.facts[FactId(revised)].supersedes == (first,)
        assert states_of(dossier, dossier.facts[FactId(first)])[0] == "superseded"
        assert states_of(dossier, dossier.facts[FactId(revised)])[0] != "superseded"


def test_land_by_period_is_never_spread_over_years_and_never_summed(dossier: Dossier) -> None:
    periods = dossier.facts_of("vietnam-new-land")
    standing = [f for f in periods if states_of(dossier, f)[0] != "superseded"]
    total = sum(f.value.low for f in standing if f.value)

    assert [str(f.when) for f in standing] == [
        "2022",
        "2023-01/2023-11",
        "2023-11/2024-06",
        "2024-06/2025-03",
    ]
    assert all(f.parts == () for f in dossier.facts_in("south-china-sea"))
    assert total not in {f.value.low for f in dossier.facts.values() if f.value}


def test_who_built_how_much_has_an_answer_with_its_day_and_its_measure(
    dossier: Dossier,
) -> None:
    for measure, vietnam, china in (
        ("dredging-landfill", "about 3319 acres", "4650 acres"),
        ("artificial-land", "2236 acres", "more than 3500 acres"),
    ):
        newest = {}
        for fact in dossier.facts_of(measure):
            assert fact.value is not None
            assert in_english(fact.scope) in in_english(fact.statement), fact.id
            newest[in_english(fact.scope)] = (str(fact.when), fact.value.text)
        assert newest == {"Vietnam": ("2025-03", vietnam), "China": ("2025-03", china)}


# The line and the award


def test_nine_dashes_of_fifteen_points_are_drawn_and_the_tenth_is_said_to_be_missing(
    nine_dashes: Overlay,
) -> None:
    assert [len(dash) for dash in nine_dashes.lines] == [15] * 9
    for dash in nine_dashes.lines:
        for lon, lat in dash:
            assert WEST < lon < EAST
            assert SOUTH < lat < NORTH
    assert "tenth dash" in in_english(nine_dashes.note)
    assert "is not drawn" in in_english(nine_dashes.note)


def test_the_line_names_its_claimant_its_viewpoint_and_what_the_award_found(
    nine_dashes: Overlay,
) -> None:
    note = in_english(nine_dashes.note)

    assert nine_dashes.claimant == "china"
    assert "from China's viewpoint" in note
    assert "no exact coordinates" in note
    assert "award of 2016" in note
    assert nine_dashes.name.vi == "Đường chín đoạn"
    cited = {citation.source for citation in nine_dashes.citations}
    assert cited >= {"natural-earth-dashes", "up-imlos-2016"}


def test_no_zone_and_no_ring_is_drawn(dossier: Dossier) -> None:
    assert [o.id for o in dossier.overlays.values() if o.ring or o.areas] == []


def test_what_the_award_said_and_did_not_say_stands_with_china_s_answer(
    dossier: Dossier,
) -> None:
    findings = {fact.id: fact for fact in findings_of_2016(dossier)}

    assert len(findings) == 10
    for fact in findings.values():
        assert (fact.kind, str(fact.when)) == ("official", "2016-07-12")
        assert is_shown(dossier, fact, "hanoi")
    assert "no question of sovereignty" in in_english(findings["award-2016-sovereignty"].statement)
    assert "neither accepts" in in_english(findings["award-2016-china"].statement)
    for feature in ("mischief", "second-thomas"):
        fact = findings[f"award-2016-{feature}"]
        assert "Philippines" in in_english(fact.statement)
        assert dossier.places[PlaceId(fact.place or "")].award_2016 == "low-tide-elevation"
