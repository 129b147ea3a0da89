"""Before a briefing is given, all that somebody in the room could say against it is listed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.figures.preflight import Finding, preflight
from desktop.files.reader import read
from desktop.model.dossier import Dossier
from desktop.model.records import FactId, Record, Slide
from desktop.model.values import LocalText
from desktop.services.briefing_words import finding_words
from tests.model import samples
from tests.model.test_slides import a_slide, briefing, dossier

pytestmark = pytest.mark.usefixtures("qapp")

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"


def found(slide: Slide, *records: Record, marking: str | None = "UNCLASSIFIED") -> list[Finding]:
    file = dossier(briefing(slide.id, audience="washington"), slide, *records)
    about = msgspec.structs.replace(file.about, marking=marking)
    file = file.with_record(about)
    return preflight(file, file.briefings["talk"])  # type: ignore[index]


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

    assert Finding("missing-slide", "gone") in preflight(file, file.briefings["talk"])  # type: ignore[index]


def test_every_finding_of_the_shipped_briefings_has_its_words() -> None:
    file: Dossier = read(SHIPPED.read_bytes()).dossier
    for talk in file.briefings.values():
        for each in preflight(file, talk):
            said = finding_words(each.code, fact="A fact", text=each.text, slide=each.slide_id)
            assert said
            assert "{" not in said


def test_the_shipped_briefings_have_nothing_but_what_sources_leave_open() -> None:
    file: Dossier = read(SHIPPED.read_bytes()).dossier
    allowed = {"one-source", "sources-differ", "stale"}
    for talk in file.briefings.values():
        assert set(codes(preflight(file, talk))) <= allowed
