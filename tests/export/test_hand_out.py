"""A hand-out says what the slides say, in forms that others open, and nothing that it must not."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import msgspec
import pypdf
import pytest
from pptx import Presentation
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.export import pptx, slides_pdf
from desktop.export.hand_out import FORMATS, Format, Progress, write
from desktop.export.handout import A4, LETTER, SCREEN, SLIDES_AND_SOURCES, Handout, Wanted
from desktop.export.slides_pictures import to_html
from desktop.export.steps import finish
from desktop.files.basemap import read_basemap
from desktop.files.reader import read
from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId, BriefingId, FactId
from desktop.model.slides import slides_of
from desktop.model.values import LocalText
from desktop.services import paths
from tests.model.test_slides import a_slide, briefing
from tests.model.test_slides import dossier as small

pytestmark = pytest.mark.usefixtures("qapp")

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"
LETTERS = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
OTHER_WORDS = "Only for the desk"


@cache
def shipped() -> Dossier:
    return read(SHIPPED.read_bytes(), "facts.yaml").dossier


def handed(
    briefing_id: str,
    wanted: Wanted = SLIDES_AND_SOURCES,
    shape: object = SCREEN,
) -> Handout:
    file = shipped()
    coast = read_basemap(paths.resources() / "basemap")
    return Handout(file, file.briefings[BriefingId(briefing_id)], wanted, shape, coast)  # type: ignore[arg-type]


def noted() -> Handout:
    talk = briefing("one", backup=("spare",), audience="hanoi")
    file = small(
        talk,
        a_slide(
            "one",
            "First {new}",
            facts=(FactId("new"), FactId("secret")),
            notes=LocalText(OTHER_WORDS),
        ),
        a_slide("spare", "If they ask"),
    )
    return Handout(file, talk)


def pdf_text(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\u00a0", " ")


def pptx_text(data: bytes) -> str:
    words = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            if shape.has_table:
                words += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(words).replace("\u00a0", " ")


# PDF


def test_a_pdf_has_a_page_for_each_slide_its_title_and_bookmarks() -> None:
    handout = handed("war-legacy", Wanted(sources=False))
    found = pypdf.PdfReader(io.BytesIO(finish(slides_pdf.to_pdf(handout))))

    assert len(found.pages) == len(handout.slides)
    assert found.metadata is not None
    assert found.metadata.title == handout.title
    titles = [entry.title for entry in found.outline if not isinstance(entry, list)]
    assert titles[0] == handout.title_of(handout.slides[0])


@pytest.mark.parametrize(
    ("shape", "ratio"), [(SCREEN, 16 / 9), (A4, 297 / 210), (LETTER, 11 / 8.5)]
)
def test_pages_have_the_shape_that_was_asked_for(shape: object, ratio: float) -> None:
    handout = handed("war-legacy", Wanted(sources=False), shape)
    page = pypdf.PdfReader(io.BytesIO(finish(slides_pdf.to_pdf(handout)))).pages[0]

    assert float(page.mediabox.width / page.mediabox.height) == pytest.approx(ratio, rel=0.002)


def test_every_vietnamese_letter_comes_out_of_a_pdf() -> None:
    both = LETTERS + LETTERS.upper()
    talk = briefing("one", audience="hanoi-vi")
    file = small(talk, *(a_slide("one", facts=()),))
    title = LocalText(en="-", vi=" ".join(both[n : n + 12] for n in range(0, len(both), 12)))
    file = file.with_record(msgspec.structs.replace(file.slides["one"], title=title))  # type: ignore[index]

    text = pdf_text(finish(slides_pdf.to_pdf(Handout(file, talk, Wanted(sources=False)))))

    assert [letter for letter in both if letter not in text] == []


def test_the_sheet_for_questions_sets_each_figure_before_what_it_is() -> None:
    handout = handed("war-legacy", Wanted(if_asked=True))

    text = " ".join(pdf_text(finish(slides_pdf.to_pdf(handout))).split())

    assert "5 fields of work: A memorandum on the legacies of the war is signed, 31" in text
    assert "VietnamNet, 2 Nov 2025: paragraph on the added funding." in text
    assert "assessment of 2016, 2016" not in text


def test_every_page_carries_the_marking_and_as_of() -> None:
    handout = handed("war-legacy", Wanted(if_asked=True))
    for page in pypdf.PdfReader(io.BytesIO(finish(slides_pdf.to_pdf(handout)))).pages:
        text = page.extract_text().replace("\u00a0", " ")
        assert text.count("UNCLASSIFIED") == 2
        assert "As of 12 December 2025" in text


def test_the_sources_stand_with_their_quotations() -> None:
    handout = handed("war-legacy")
    text = "".join(pdf_text(finish(slides_pdf.to_pdf(handout))).split())
    facts = [fact for slide in handout.slides for fact in handout.facts_of(slide)]
    quotes = {cite.quote for fact in facts for cite in fact.citations if cite.quote}

    assert quotes
    missing = [quote for quote in quotes if "".join(quote.split()) not in text]
    assert missing == []


# Only where asked


@pytest.mark.parametrize("kind", ["pdf", "pptx", "html"])
def test_notes_grades_backups_and_what_is_withheld_stay_at_the_desk(
    kind: Format, tmp_path: Path
) -> None:
    *_, last = write(noted(), kind, tmp_path)
    assert last.written is not None
    data = last.written.read_bytes()
    text = {"pdf": pdf_text, "pptx": pptx_text, "html": bytes.decode}[kind](data)

    assert "$300 million" in text.replace("\u00a0", " ")
    assert OTHER_WORDS not in text
    assert "If they ask" not in text
    assert "5 million" not in text
    assert "(B2)" not in text


def test_notes_and_backups_come_where_they_are_asked_for() -> None:
    handout = noted()
    asked = Handout(
        handout.dossier, handout.briefing, Wanted(notes=True, backups=True, grades=True)
    )
    text = pdf_text(finish(slides_pdf.to_pdf(asked)))

    assert OTHER_WORDS in text
    assert "If they ask" in text
    assert "(B2)" in text


@pytest.mark.parametrize("kind", FORMATS)
def test_no_file_tells_where_it_was_made(kind: Format, tmp_path: Path) -> None:
    folder = tmp_path / "somebodys-folder"
    for step in write(noted(), kind, folder):
        if step.written is not None:
            data = _unpacked(step.written)
            for word in (b"somebodys-folder", str(Path.home()).encode(), b"/work/", b"root"):
                assert word not in data


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".pptx":
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    return data


# PPTX


def test_powerpoint_reads_titles_tables_charts_and_notes_as_its_own() -> None:
    handout = handed("washington-desk", Wanted(notes=True, sources=False))
    slides = Presentation(io.BytesIO(finish(pptx.to_pptx(handout)))).slides

    assert len(slides) == len(handout.slides)
    for made, slide in zip(slides, handout.slides, strict=True):
        assert made.shapes.title.text_frame.text == handout.title_of(slide)
        assert made.notes_slide.notes_text_frame.text == handout.notes_of(slide)
        pictures = [shape for shape in made.shapes if shape.shape_type == 13]
        assert bool(pictures) == (slide.layout == "map")
        if slide.layout in ("ledger", "timeline"):
            assert any(shape.has_table for shape in made.shapes)


def test_every_word_for_powerpoint_says_itself_how_large_it_is() -> None:
    slides = Presentation(io.BytesIO(finish(pptx.to_pptx(handed("sea"))))).slides
    frames = [
        shape.text_frame for slide in slides for shape in slide.shapes if shape.has_text_frame
    ]
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    frames += [cell.text_frame for table in tables for row in table.rows for cell in row.cells]
    runs = [run for frame in frames for part in frame.paragraphs for run in part.runs if run.text]

    assert len(runs) > 200
    assert all(run.font.size and run.font.name == "IBM Plex Sans" for run in runs)


def test_a_number_and_its_unit_are_one_line_whatever_the_font() -> None:
    slides = Presentation(io.BytesIO(finish(pptx.to_pptx(handed("washington-desk"))))).slides
    boxes = [shape.text_frame for shape in slides[0].shapes if shape.has_text_frame]
    (said,) = [frame.paragraphs[0].runs for frame in boxes if frame.text.startswith("$430")]

    assert [run.text for run in said] == ["$430", " million"]
    assert said[0].font.size > said[1].font.size
    assert any(frame.text == ">80\u202f%" for frame in boxes)


def test_sources_and_foot_leave_each_other_room_whatever_the_font() -> None:
    *_, slide = Presentation(
        io.BytesIO(finish(pptx.to_pptx(handed("sea", Wanted(sources=False)))))
    ).slides
    frames = [shape for shape in slide.shapes if shape.has_text_frame]
    columns = [shape for shape in frames if len(shape.text_frame.paragraphs) > 5]
    assert len(columns) == 2
    assert columns[0].left + columns[0].width < columns[1].left
    (first, *_) = Presentation(io.BytesIO(finish(pptx.to_pptx(handed("sea"))))).slides
    foot = {shape.text_frame.text[:7]: shape for shape in first.shapes if shape.has_text_frame}

    sources, day = foot["Sources"], foot["As of 1"]
    assert sources.text_frame.word_wrap
    assert sources.left + sources.width < day.left


def test_a_native_chart_holds_the_values_of_the_facts() -> None:
    handout = handed("washington-desk", Wanted(sources=False))
    slides = Presentation(io.BytesIO(finish(pptx.to_pptx(handout)))).slides
    made = next(
        shown
        for shown, slide in zip(slides, handout.slides, strict=True)
        if slide.id == "bien-hoa-money"
    )
    chart = next(shape.chart for shape in made.shapes if shape.has_chart)

    assert list(chart.plots[0].series[0].values) == [430, 218.255]
    assert [label.split(",")[0] for label in chart.plots[0].categories] == [
        "Committed",
        "Contributed",
    ]


def test_totals_over_years_are_no_points_in_time_in_a_native_chart() -> None:
    slides = Presentation(
        io.BytesIO(finish(pptx.to_pptx(handed("war-legacy", Wanted(backups=True)))))
    ).slides
    slide = next(each for each in slides if "ordnance" in each.shapes.title.text)

    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)

    assert [str(each) for each in chart.plots[0].categories] == ["FY1993–FY2014", "1993–2017"]


def test_a_native_chart_says_since_when_nothing_is_reported() -> None:
    slides = Presentation(io.BytesIO(finish(pptx.to_pptx(handed("war-legacy"))))).slides
    slide = next(each for each in slides if "Contributed" in each.shapes.title.text)

    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]

    assert any(each.replace("\u00a0", " ") == "Not reported since 27 Jul 2023" for each in said)


def test_no_workbook_of_a_chart_holds_a_formula() -> None:
    data = finish(pptx.to_pptx(handed("washington-desk", Wanted(sources=False))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                sheets = [each for each in book.namelist() if "worksheets/" in each]
                assert not any(b"<f>" in book.read(each) for each in sheets)


def test_a_number_keeps_its_qualifier_in_a_chart() -> None:
    handout = handed("washington-desk", Wanted(sources=False))
    data = finish(pptx.to_pptx(handout))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [archive.read(n).decode() for n in archive.namelist() if "charts/chart" in n]
    assert any("&gt;450" in chart for chart in charts)


# HTML


def test_the_page_for_a_browser_asks_for_nothing_and_runs_nothing() -> None:
    page = finish(to_html(handed("war-legacy"))).decode()

    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.search(r'\b(?:src|href)="(?!data:|#)', page)
    assert not re.search(r"url\((?!\"?data:|#|&quot;data:)", page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_words_of_the_file_are_no_markup_in_a_browser() -> None:
    talk = briefing("one", audience="washington")
    file = small(talk, a_slide("one", "<img src=x onerror=alert(1)> & <b>"))

    page = finish(to_html(Handout(file, talk, Wanted(sources=False)))).decode()

    assert "<img src=x" not in page
    assert "<b>" not in page


# What it was made from


@pytest.mark.parametrize("module", [slides_pdf, pptx], ids=["pdf", "pptx"])
def test_a_file_of_ours_knows_what_its_facts_said(module: object) -> None:
    handout = noted()
    steps = slides_pdf.to_pdf(handout) if module is slides_pdf else pptx.to_pptx(handout)
    told = module.facts_within(finish(steps))  # type: ignore[attr-defined]

    assert told["briefing"] == "talk"
    assert told["facts"]["new"].startswith("300 million usd; 2024")
    assert "secret" not in told["facts"]


def test_a_file_of_others_is_told_apart() -> None:
    empty = io.BytesIO()
    Presentation().save(empty)
    assert pptx.facts_within(empty.getvalue()) is None
    with pytest.raises(ValueError):  # noqa: PT011
        pptx.facts_within(b"no archive")


# Pictures and files


def test_pictures_are_as_large_as_asked_one_for_each_slide(tmp_path: Path) -> None:
    handout = handed("war-legacy", Wanted(sources=False))
    steps = list(write(handout, "png", tmp_path, QSize(1280, 720)))

    files = [step.written for step in steps if step.written is not None]
    assert len(files) == len(handout.slides)
    assert QImage(str(files[0])).size() == QSize(1280, 720)
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_what_is_stopped_half_way_leaves_no_file(tmp_path: Path) -> None:
    steps = write(noted(), "pdf", tmp_path)
    assert isinstance(next(iter(steps)), Progress)
    del steps

    assert list(tmp_path.iterdir()) == []


def test_an_audience_of_its_own_is_spoken_to() -> None:
    file = shipped()
    talk = msgspec.structs.replace(
        file.briefings[BriefingId("sea")], audience=AudienceId("hanoi-vi")
    )
    handout = Handout(file.with_record(talk), talk, Wanted(sources=False))

    assert handout.speak.language == "vi"
    assert len(handout.slides) == len(slides_of(file, talk))
