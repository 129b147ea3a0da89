"""The map as a file: what it must say, in any size, as vectors and as data."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.export import sea
from desktop.figures.sea_map import SeaMap
from desktop.figures.sea_marks import DEFAULT_LAYERS, SEA_LAYERS
from desktop.figures.sea_measure import Spot, ring, way
from desktop.figures.sea_print import SeaPrint
from desktop.files.basemap import read_basemap
from desktop.files.facts_file import FactsFile
from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId
from desktop.services import paths, pictures
from desktop.services.colours import light
from desktop.services.language import Locale

ALL = frozenset(SEA_LAYERS)
DA_NANG, REEF = Spot("Da Nang", 108.25, 16.0), Spot("Mischief Reef", 115.5, 9.9)


@pytest.fixture
def dossier(qapp: QApplication) -> Dossier:
    return FactsFile.open(Path(__file__).parents[1] / "panes" / "sea_facts.yaml").reading.dossier


def sheet(dossier: Dossier, size: QSize, audience: str = "") -> SeaPrint:
    shown = SeaMap(read_basemap(paths.resources() / "basemap"))
    shown.show_layers(ALL)
    speak = Locale(dossier, AudienceId(audience) if audience else None)
    shown.show_audience(speak.audience)
    return SeaPrint(shown, speak, size, None, way((DA_NANG, REEF)))


def test_below_the_map_stand_legend_measurement_claims_dates_sources_and_disclaimer(
    dossier: Dossier,
) -> None:
    words = "\n".join(sheet(dossier, QSize(1600, 900)).words())
    assert "China 1" in words
    assert "Vietnam, submerged banks 1" in words
    assert "Da Nang to Mischief Reef: " in words
    assert "Nine-dash line: as claimed by China" in words
    assert "As of 12 December 2025. Holders as of 13 January 2021" in words
    assert "Sources: The Herald (9 Dec 2025)." in words
    assert "Holding is not title." in words


def test_a_picture_out_of_view_of_a_fact_does_not_name_its_source(dossier: Dossier) -> None:
    shown = SeaMap(read_basemap(paths.resources() / "basemap"))
    shown.show_layers({"port-visits"})
    bay = shown.bounds_of([], dossier)
    assert bay is None
    west = SeaPrint(shown, Locale(dossier), QSize(1600, 900), ring(REEF, 30).bounds())
    assert not [words for words in west.words() if "Herald" in words]


@pytest.mark.parametrize("size", [QSize(640, 480), QSize(1600, 900), QSize(3840, 2160)])
def test_a_png_has_the_size_that_is_asked_for_and_its_marking_at_both_ends(
    dossier: Dossier, size: QSize
) -> None:
    drawn = sea.to_bytes(Locale(dossier), "png", size, DEFAULT_LAYERS)
    image = QImage.fromData(drawn)
    assert image.size() == size
    assert image.pixelColor(4, 4) == light().unclassified
    assert image.pixelColor(size.width() - 4, size.height() - 4) == light().unclassified
    assert image.pixelColor(size.width() // 2, size.height() // 3) != light().unclassified


def test_vectors_hold_the_fonts_they_are_set_in(dossier: Dossier) -> None:
    vi = Locale(dossier, AudienceId("hanoi-vi"))
    drawn = sea.to_bytes(vi, "svg", QSize(1600, 900), DEFAULT_LAYERS).decode()
    weights = set(re.findall(r'font-weight="(\d+)"', drawn))
    assert weights == set(re.findall(r"font-weight:(\d+)", drawn))
    assert "Đà Nẵng" in drawn
    assert drawn.count("<image") <= 1  # the shades of depth; all else is drawn
    pdf = sea.to_bytes(vi, "pdf", QSize(1600, 900), DEFAULT_LAYERS)
    assert b"/FontFile2" in pdf


def test_the_line_that_was_measured_stands_in_the_picture(dossier: Dossier) -> None:
    with_line = sheet(dossier, QSize(800, 600))
    link = light().link
    image = pictures.to_image(with_line.size, with_line.paint, 1.0)
    area = with_line.map_area.toRect()
    blue = [
        (x, y)
        for x in range(area.left(), area.right(), 2)
        for y in range(area.top(), area.bottom(), 2)
        if image.pixelColor(x, y) == link
    ]
    assert len(blue) > 20


def test_every_feature_says_what_it_is_who_holds_it_and_who_says_so(dossier: Dossier) -> None:
    read = json.loads(sea.to_bytes(Locale(dossier), "geojson", QSize(1, 1), ALL))
    assert read["metadata"]["marking"] == "UNCLASSIFIED – PUBLIC SOURCES"
    assert read["metadata"]["as_of"] == "2025-12-12"
    assert read["metadata"]["holders_as_of"] == "2021-01-13"
    assert "Holding is not title" in read["metadata"]["disclaimer"]
    features = {each["id"]: each["properties"] for each in read["features"]}
    for known in features.values():
        assert {"name", "kind", "holder", "holder_as_of", "sources", "precision_km"} <= set(known)
    reef = features["places/reef"]
    assert (reef["holder"], reef["holder_as_of"]) == ("china", "2021-01-13")
    assert [fact["id"] for fact in reef["facts"]] == ["collision"]
    assert reef["facts"][0]["sources"][0]["quote"] == "the boats collided"
    assert features["overlays/dashes"]["claimant"] == "china"


def test_layers_that_are_off_are_not_in_the_data(dossier: Dossier) -> None:
    read = json.loads(sea.to_bytes(Locale(dossier), "geojson", QSize(1, 1), {"port-visits"}))
    ids = {each["id"] for each in read["features"]}
    assert "overlays/dashes" not in ids
    assert "places/reef" not in ids


def test_a_part_is_what_happened_in_a_window_between_two_days(dossier: Dossier) -> None:
    whole = sea.Part(since=date(2018, 1, 1), until=date(2019, 12, 31))
    north, south = (whole._replace(window=(105.0, s, 117.0, s + 5.0)) for s in (12.5, 7.0))

    def facts_of(feature: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = feature["properties"].get("facts", [])
        return found

    def found(part: sea.Part) -> set[str]:
        read = json.loads(sea.to_bytes(Locale(dossier), "geojson", QSize(1, 1), ALL, part))
        assert read["metadata"]["shown_since"] == "2018-01-01"
        assert read["metadata"]["shown_until"] == "2019-12-31"
        facts = {fact["id"] for each in read["features"] for fact in facts_of(each)}
        return facts | {each["id"] for each in read["features"]}

    assert {"earlier-call", "collision", "overlays/dashes"} <= found(whole)
    assert not {"bay-call", "last-call"} & found(whole)
    assert {"earlier-call", "places/da-nang", "overlays/dashes"} <= found(north)
    assert not {"collision", "places/reef"} & found(north)
    assert {"collision", "places/reef"} <= found(south)
    assert not {"earlier-call", "places/da-nang", "overlays/dashes"} & found(south)


def test_a_picture_of_a_window_says_in_which_years(dossier: Dossier) -> None:
    shown = SeaMap(read_basemap(paths.resources() / "basemap"))
    shown.show_since(date(2018, 1, 1))
    speak = Locale(dossier)
    since = SeaPrint(shown, speak, QSize(1600, 900)).words()
    shown.show_until(date(2019, 12, 31))
    both = SeaPrint(shown, speak, QSize(1600, 900)).words()

    assert any("Events shown: since 1 January 2018." in each for each in since)
    words = "Events shown: from 1 January 2018 to 31 December 2019."
    assert any(words in each for each in both)


def test_a_window_is_filled_and_one_off_the_map_refused(dossier: Dossier) -> None:
    size, near = QSize(640, 480), sea.Part(window=(108.0, 15.5, 108.6, 16.0))
    whole = sea.to_bytes(Locale(dossier), "png", size, {"depth"})
    assert sea.to_bytes(Locale(dossier), "png", size, {"depth"}, near) != whole

    with pytest.raises(sea.OffTheMap) as refused:
        sea.to_bytes(Locale(dossier), "png", size, {"depth"}, sea.Part(window=(10, 40, 12, 42)))

    assert refused.value.west.endswith("85°00.0′\u202fE")


def test_the_vectors_show_what_the_picture_shows(dossier: Dossier) -> None:
    size = QSize(1600, 900)
    picture = QImage.fromData(sea.to_bytes(Locale(dossier), "png", size, {"depth"}))
    renderer = QSvgRenderer(sea.to_bytes(Locale(dossier), "svg", size, {"depth"}))
    vectors = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(vectors)
    renderer.render(painter)
    painter.end()
    alike = 0
    places = [(x, y) for x in range(40, 1560, 40) for y in range(30, 860, 40)]
    for x, y in places:
        one, other = QColor(picture.pixel(x, y)), QColor(vectors.pixel(x, y))
        off = max(abs(one.red() - other.red()), abs(one.blue() - other.blue()))
        alike += off <= 10
    assert alike > 0.9 * len(places)  # names are set in another font there


def test_a_drawing_that_fails_leaves_the_program_standing(qapp: QApplication) -> None:
    def fail(_painter: QPainter) -> None:
        raise ValueError("no ground")

    for write in (pictures.to_pdf, pictures.to_svg):
        with pytest.raises(ValueError, match="no ground"):
            write(QSize(100, 100), fail, "")
