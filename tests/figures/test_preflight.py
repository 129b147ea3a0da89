"""Before a briefing is given, all that somebody in the room could say against it is listed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QSizeF

from desktop.figures.preflight import Finding, Preflight
from desktop.figures.slide_figure import SlideFigure
from desktop.figures.slide_frame import SlidePlan
from desktop.files.reader import read
from desktop.model.dossier import Dossier
from desktop.model.records import (
    AreaId,
    AudienceId,
    BriefingId,
    FactId,
    MeasureId,
    Record,
    Slide,
    SlideId,
    SourceId,
    UnitId,
)
from desktop.model.values import LocalText
from desktop.services.briefing_words import finding_words
from tests.model import samples
from tests.model.test_slides import a_slide, briefing, dossier

pytestmark = pytest.mark.usefixtures("qapp")

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"


@cache
def shipped() -> Dossier:
    return read(SHIPPED.read_bytes(), "facts.yaml").dossier


def found(slide: Slide, *records: Record, marking: str | None = "UNCLASSIFIED") -> list[Finding]:
    file = dossier(briefing(slide.id, audience="washington"), slide, *records)
    about = msgspec.structs.replace(file.about, marking=marking)
    file = file.with_record(about)
    return Preflight().findings(file, file.briefings["talk"])  # type: ignore[index]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_what_one_source_says_alone_is_told() -> None:
    assert found(a_slide("one", "It is {new}", seconds=60, facts=(FactId("new"),))) == [
        Finding("one-source", "one", "new")
    ]


def test_a_number_typed_into_title_or_notes_is_told_once() -> None:
    slide = a_slide(
        "one",
        "It is 300 million",
        seconds=60,
        facts=(FactId("new"),),
        notes=LocalText("Say 300 million, and 41 ships, since 2019."),
    )

    typed = [each.text for each in found(slide) if each.code == "bare-number"]
    assert typed == ["300", "41"]


def test_facts_of_the_notes_are_looked_at_too() -> None:
    slide = a_slide("one", seconds=60, facts=(FactId("new"),), notes=LocalText("Once {old}."))

    assert {each.fact_id for each in found(slide)} == {"new", "old"}
    assert "superseded" in codes(found(slide))


def test_what_is_missing_is_told() -> None:
    findings = found(a_slide("one", layout="chart"), marking=None)

    assert codes(findings) == ["not-marked", "nothing-to-show", "no-seconds"]


def test_a_slide_that_is_not_in_the_file_is_named() -> None:
    file = samples.dossier_of(briefing("gone"))

    assert Finding("missing-slide", "gone") in Preflight().findings(file, file.briefings["talk"])  # type: ignore[index]


def test_every_finding_of_the_shipped_briefings_has_its_words() -> None:
    file = shipped()
    for talk in file.briefings.values():
        for each in Preflight().findings(file, talk):
            said = finding_words(each.code, fact="A fact", text=each.text, slide=each.slide_id)
            assert said
            assert "{" not in said


def test_the_shipped_briefings_have_nothing_but_what_sources_leave_open() -> None:
    file = shipped()
    allowed = {"one-source", "sources-differ", "stale"}
    for talk in file.briefings.values():
        assert set(codes(Preflight().findings(file, talk))) <= allowed


def test_looked_over_again_only_slides_that_say_something_else_are_laid_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out: list[str] = []
    lay_out = SlideFigure.lay_out

    def told(figure: SlideFigure, page: QSizeF, file: Dossier) -> SlidePlan:
        laid_out.append(figure.slide_id)
        return lay_out(figure, page, file)

    monkeypatch.setattr(SlideFigure, "lay_out", told)
    file = shipped()
    talk = file.briefings[BriefingId("washington-desk")]
    looked = Preflight()
    before = looked.findings(file, talk)
    assert len(laid_out) == len({*talk.slides, *talk.backup})

    laid_out.clear()
    tariff = file.facts[FactId("tariff-cut")]
    long = msgspec.structs.replace(tariff, statement=LocalText("word " * 200))
    edited = file.with_record(long)
    after = looked.findings(edited, talk)

    assert set(laid_out) == {"tariffs", "port-calls"}
    assert set(after) - set(before) == {Finding("overfull", "tariffs")}
    assert after == Preflight().findings(edited, talk)
    assert looked.findings(file, talk) == before


@pytest.mark.parametrize(
    "kind", ["units", "measures", "areas", "audiences", "sources", "briefings"]
)
def test_whatever_else_a_slide_is_made_of_makes_it_another(kind: str) -> None:
    file = shipped()
    later = file.areas[AreaId("vietnamese-missing")].review_after
    record = {
        "units": lambda: msgspec.structs.replace(file.units[UnitId("usd")], sign="US$"),
        "measures": lambda: msgspec.structs.replace(
            file.measures[MeasureId("bien-hoa-commitment")], name=LocalText("Another name")
        ),
        "areas": lambda: msgspec.structs.replace(file.areas[AreaId("dioxin")], review_after=later),
        "audiences": lambda: msgspec.structs.replace(
            file.audiences[AudienceId("washington")], language="vi"
        ),
        "sources": lambda: msgspec.structs.replace(
            file.sources[SourceId("vov-2025-05-08")], publisher="Another"
        ),
        "briefings": lambda: msgspec.structs.replace(
            file.briefings[BriefingId("washington-desk")], slides=(SlideId("bien-hoa-money"),)
        ),
    }[kind]()
    figure = SlideFigure("bien-hoa-money", "washington-desk")

    assert figure.content(file) == figure.content(shipped())
    assert figure.content(file.with_record(record)) != figure.content(file)
