"""A slide says one thing, large enough for the room, and each of its numbers can be asked after."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TypeGuard

import msgspec
import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.figures.brief_chart import BriefChart
from desktop.figures.drawing import Item, Words
from desktop.figures.event_lane import EventLane
from desktop.figures.figure import paint_figure
from desktop.figures.sea_map import SeaMap
from desktop.figures.slide_figure import SlideFigure
from desktop.figures.slide_frame import SMALLEST_PX, SlidePlan, foot_top, page_of
from desktop.files.reader import read
from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId, BriefingId, FactId, Says, Slide
from desktop.model.slides import audience_of, backups_of, facts_on, slides_of
from desktop.model.values import LocalText, Quantity
from desktop.services.theme import Theme
from tests.figures.sea_samples import coarse_basemap
from tests.model import samples
from tests.model.test_slides import a_slide, briefing
from tests.model.test_slides import dossier as small

pytestmark = pytest.mark.usefixtures("qapp")

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"
SHAPES = {"4:3": (1024, 768), "16:10": (1280, 800), "16:9": (1920, 1080), "21:9": (2560, 1080)}
FOUR = ("old", "new", "revised", "secret")
WIDE = QRectF(0, 0, 1920, 1080)


@cache
def shipped() -> Dossier:
    return read(SHIPPED.read_bytes(), "facts.yaml").dossier


def every_slide() -> list[tuple[str, str]]:
    return [
        (talk.id, slide)
        for talk in shipped().briefings.values()
        for slide in (*talk.slides, *talk.backup)
    ]


def words_of(plan: SlidePlan) -> list[str]:
    items = plan.drawing.items
    return [item.text.replace("\n", " ") for item in items if isinstance(item, Words)]


def has_sign(item: Item) -> TypeGuard[Words]:
    """Whether an item is words behind a flag or a clock."""
    return isinstance(item, Words) and item.flag


def plan_of(file: Dossier, slide: str, talk: str = "", rect: QRectF = WIDE) -> SlidePlan:
    return SlideFigure(slide, talk).plan(rect, file)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("talk", "slide"), every_slide())
def test_nothing_on_a_shipped_slide_is_cut_or_covered(talk: str, slide: str, shape: str) -> None:
    rect = QRectF(0, 0, *SHAPES[shape])
    plan = plan_of(shipped(), slide, talk, rect)
    page = QRectF(0, 0, 1080 * rect.width() / rect.height(), 1080)

    areas = [item.area for item in plan.drawing.items if isinstance(item, Words)]
    assert all(page.contains(area) for area in areas)
    for one, other in combinations(areas, 2):
        crossing = one.intersected(other)
        assert min(crossing.width(), crossing.height()) < 3
    for inset in plan.insets:
        assert page.contains(inset.area)


def lines_of(plan: SlidePlan) -> list[str]:
    return [item.text for item in plan.drawing.items if isinstance(item, Words)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("talk", "slide"), every_slide())
def test_no_words_of_a_shipped_slide_end_in_dots_or_within_a_date(
    talk: str, slide: str, shape: str
) -> None:
    plan = plan_of(shipped(), slide, talk, QRectF(0, 0, *SHAPES[shape]))
    said = lines_of(plan)
    for inset in plan.insets:
        if isinstance(inset.figure, EventLane):
            layout = inset.figure.layout_for(inset.area.width() / inset.scale, shipped())
            assert layout.labels
            said += [label.words for label in layout.labels]

    assert not [each for each in said if "…" in each]
    months = "January|May|June|July|August|October|November|December|Jan|Mar|Jun|Jul|Sep|Nov|Dec"
    assert not [each for each in said if re.search(rf"\b({months})\n(19|20)\d\d", each)]


def test_a_title_of_two_lines_leaves_no_word_alone() -> None:
    (title, *_) = [
        item
        for item in plan_of(shipped(), "what-vietnam-asks", "sea").drawing.items
        if isinstance(item, Words) and item.role == "slide_title"
    ]
    above, below = title.text.split("\n")

    assert f"{above} {below}" == "Vietnam asks for UNCLOS, the DOC and an effective code of conduct"
    assert len(above) / len(below) == pytest.approx(1, abs=0.25)


def test_a_sign_is_as_large_as_its_number() -> None:
    assert {"46\u202f%", ">50\u202f%"} <= set(lines_of(plan_of(shipped(), "tariffs")))


def test_figures_side_by_side_keep_their_lines_in_line() -> None:
    said = [
        item
        for item in plan_of(shipped(), "missing-vietnamese").drawing.items
        if isinstance(item, Words)
    ]
    at = {item.text: item.area.top() for item in said}
    described = [item.area.top() for item in said if item.text.startswith(("Fallen", "Unident"))]

    assert at["soldiers"] == at["sets of remains"] > at["180,000"]
    assert len(described) == 2
    assert described[0] == described[1]


def test_a_figure_without_a_unit_keeps_in_line_with_those_that_have_one() -> None:
    """In Vietnamese dollars are said in words, below their number, and per cent is a sign."""
    file = read(SHIPPED.read_bytes(), "facts.yaml").dossier
    talk = file.briefings[BriefingId("washington-desk")]
    file = file.with_record(msgspec.structs.replace(talk, audience=AudienceId("hanoi-vi")))
    said = [
        item
        for item in plan_of(file, "desk-bottom-line", talk.id).drawing.items
        if isinstance(item, Words)
    ]
    described = {
        item.area.top() for item in said if item.text.startswith(("Cam kết", "Viện trợ", "Tỷ lệ"))
    }

    assert "triệu đô la Mỹ" in [item.text for item in said]
    assert len(described) == 1
    titled = lines_of(plan_of(file, "bien-hoa-promised", talk.id))
    assert not [each for each in titled if "tháng\n" in each]


def test_an_amount_breaks_before_its_unit_and_leaves_the_mark_below_the_words() -> None:
    said = {
        item.text: item.area
        for item in plan_of(shipped(), "bien-hoa-ground", "war-legacy").drawing.items
        if isinstance(item, Words)
    }
    soil = next(area for words, area in said.items() if words.startswith("Contaminated soil"))

    assert {"nearly 71,000\ncubic metres", "nearly 500,000\ncubic metres"} <= set(said)
    assert said["May be out of date"].top() == soil.bottom()


@pytest.mark.parametrize("talk", ["washington-desk", "war-legacy", "sea"])
def test_the_slide_of_sources_names_each_of_them(talk: str) -> None:
    file = shipped()
    talked = file.briefings[BriefingId(talk)]
    (slide,) = (each for each in talked.slides if file.slides[each].layout == "sources")
    cited = {
        citation.source
        for each in (*slides_of(file, talked), *backups_of(file, talked))
        for fact in facts_on(file, each, audience_of(file, talked))
        for citation in fact.citations
    }
    said = "\n".join(words_of(plan_of(file, slide, talk)))

    assert len(cited) >= 30
    assert not [each for each in cited if file.sources[each].publisher not in said]


def test_a_few_sources_stand_with_their_titles_and_far_too_many_are_counted() -> None:
    few = small(a_slide("one", layout="sources", facts=(FactId("new"),)))
    assert "What vov reports" in words_of(plan_of(few, "one"))
    ids = [f"paper-{number}" for number in range(120)]
    fact = samples.fact("all", "8 sets", citations=tuple(samples.cite(each) for each in ids))
    papers = [samples.source(each) for each in ids]
    many = samples.dossier_of(*papers, fact, a_slide("one", layout="sources", facts=(fact.id,)))
    said = words_of(plan_of(many, "one"))
    shown = sum(each.startswith("PAPER-") for each in said)

    assert 20 < shown < 120
    assert f"and {120 - shown} more" in said


@pytest.mark.parametrize(("talk", "slide"), every_slide())
def test_every_letter_of_a_shipped_slide_can_be_read_in_the_room(talk: str, slide: str) -> None:
    plan = plan_of(shipped(), slide, talk)

    for item in plan.drawing.items:
        if isinstance(item, Words):
            assert Theme.font(item.role).pixelSize() >= SMALLEST_PX
    for inset in plan.insets:
        assert inset.scale * Theme.font("source").pixelSize() >= SMALLEST_PX - 0.01
    assert "too-small" not in plan.faults


def test_a_number_in_a_title_leads_to_its_fact() -> None:
    file = small(a_slide("one", "First {old}, and in the end {new} in all"))
    figure = SlideFigure("one")

    marks = figure.marks(WIDE, file)

    assert [mark.fact_id for mark in marks] == ["old", "new"]
    assert "$300 million" in marks[1].words.replace("\u00a0", " ")
    assert marks[0].area.right() < marks[1].area.left()
    assert not marks[0].area.intersects(marks[1].area)


def test_marks_follow_the_size_of_the_window() -> None:
    file = small(a_slide("one", "It is {new}"))
    figure = SlideFigure("one")
    (large,) = figure.marks(WIDE, file)
    (small_one,) = figure.marks(QRectF(100, 50, 960, 540), file)

    assert small_one.area.left() - 100 == pytest.approx(large.area.left() / 2, abs=0.5)
    assert small_one.area.top() - 50 == pytest.approx(large.area.top() / 2, abs=0.5)


def test_it_carries_marking_as_of_number_and_sources() -> None:
    talk = briefing("one", backup=("spare",), audience="washington")
    file = small(talk, a_slide("one", facts=(FactId("new"),)), a_slide("spare"))
    said = words_of(plan_of(file, "one", "talk"))

    assert said.count("NOT MARKED") == 2
    assert any("As of 12 December 2025" in each and "1 / 1" in each for each in said)
    assert any(each.startswith("Sources: VOV, 8 May 2025") for each in said)
    assert any("Backup 2" in each for each in words_of(plan_of(file, "spare", "talk")))


def test_no_admiralty_code_stands_before_an_audience() -> None:
    for talk, slide in every_slide():
        for words in words_of(plan_of(shipped(), slide, talk)):
            assert "(B2)" not in words
            assert "(A1)" not in words


def test_what_is_withheld_leaves_its_slide_without_a_word_of_it() -> None:
    talk = briefing("one", audience="hanoi")
    file = small(talk, a_slide("one", "It is {secret}", facts=(FactId("secret"),)))
    plan = plan_of(file, "one", "talk")

    assert not any("5 million" in each.replace("\u00a0", " ") for each in words_of(plan))
    assert plan.faults == ("nothing-to-show",)
    assert [mark.fact_id for mark in plan.drawing.marks] in ([], ["secret"])


def test_a_difference_and_age_are_marked_with_a_word() -> None:
    says = samples.cite("ap", says=_says("90 million usd"))
    differing = samples.fact("apart", "80 million usd", citations=(samples.cite("vov"), says))
    old = samples.fact("dated", kind="status", when="2020", sources=("vov",))
    file = samples.dossier_of(
        samples.area(review_after="P1M"),
        differing,
        old,
        a_slide("one", facts=(FactId("apart"), FactId("dated"))),
    )
    plan = plan_of(file, "one")

    assert {"Sources differ", "May be out of date"} <= set(words_of(plan))
    marked = {each.text: each.tone for each in plan.drawing.items if has_sign(each)}
    assert marked == {"Sources differ": "differ", "May be out of date": "stale"}


def test_a_value_that_nobody_gave_is_a_gap() -> None:
    file = small(
        samples.fact("open", when="2024", kind="number", statement=LocalText("What was paid.")),
        a_slide("one", "Paid so far: {open}", facts=(FactId("open"),)),
    )
    said = words_of(plan_of(file, "one"))

    assert any("[not reported]" in each for each in said)
    assert not any(each.strip() == "0" for each in said)


@pytest.mark.parametrize(
    ("slide", "fault"),
    [
        (a_slide("one", "word " * 60), "title-too-long"),
        (a_slide("one", facts=tuple(map(FactId, FOUR))), "overfull"),
        (a_slide("one", layout="chart"), "nothing-to-show"),
        (a_slide("one", layout="map"), "no-map"),
        (a_slide("one", layout="two-sources", facts=(FactId("new"),)), "no-difference"),
    ],
    ids=["long title", "four figures", "no measure", "no map", "no difference"],
)
def test_what_does_not_fit_is_told_and_never_cut(slide: Slide, fault: str) -> None:
    assert fault in SlideFigure("one").faults(small(slide), QSizeF(1920, 1080))


@pytest.mark.parametrize(
    ("slide", "keyed"),
    [
        ("port-calls", {"Cooperation site", "Port visits"}),
        ("who-holds-what", {"China", "Vietnam", "The Philippines", "Malaysia", "Taiwan"}),
        ("ask-nine-dash-line", {"The 2016 award", "China", "Vietnam, submerged banks"}),
    ],
)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_map_slide_says_what_its_marks_are(slide: str, keyed: set[str], shape: str) -> None:
    figure = SlideFigure(slide, "sea")
    figure.show_basemap(coarse_basemap())
    page = page_of(QRectF(0, 0, *SHAPES[shape]))

    drawn, key = figure.plan(QRectF(0, 0, *SHAPES[shape]), shipped()).insets

    said = set(key.figure.describe(shipped()).split("; "))
    assert keyed <= said
    assert drawn.area.contains(key.area)
    assert key.area.bottom() == foot_top(page)


def test_a_map_slide_shows_the_years_it_says() -> None:
    figure = SlideFigure("port-calls", "washington-desk")
    figure.show_basemap(coarse_basemap())

    plan = figure.plan(WIDE, shipped())

    assert "Events from 2018 to 12 Dec 2025." in " ".join(words_of(plan)).replace("\u00a0", " ")
    drawn = plan.insets[0].figure
    assert isinstance(drawn, SeaMap)
    called = {fact for mark in drawn.content(shipped()).marks for fact in mark.facts}
    dates = [shipped().facts[each].when for each in called]
    assert "da-nang-call-2025-12" in called
    assert all(when and when.last_day and when.last_day.year >= 2018 for when in dates)


def test_a_claim_line_on_a_slide_says_whose_it_is_and_where_it_is_from() -> None:
    figure = SlideFigure("ask-nine-dash-line", "sea")
    figure.show_basemap(coarse_basemap())

    said = " ".join(words_of(figure.plan(WIDE, shipped())))

    assert "Nine-dash line: as claimed by China." in said
    assert "Natural Earth" in said


def test_whose_estimate_stands_apart_is_named_on_the_slide() -> None:
    chart = plan_of(shipped(), "ask-barque-canada", "sea").insets[0]
    size = QSizeF(chart.area.width() / chart.scale, chart.area.height() / chart.scale)
    assert isinstance(chart.figure, BriefChart)

    drawn = chart.figure.drawing(size, shipped())

    said = {
        item.text.replace("\n", " ").replace("\u00a0", " ")
        for item in drawn.items
        if isinstance(item, Words)
    }
    assert {"AMTI", "Estimate of Radio Free Asia", "58", "nearly 617.7"} <= said


def test_both_sides_of_a_difference_stand_with_their_words() -> None:
    file = samples.dossier_of(
        samples.fact(
            "apart",
            "80 million usd",
            citations=(
                samples.cite("vov", quote="eighty million"),
                samples.cite("ap", quote="ninety million", says=_says("90 million usd")),
            ),
        ),
        a_slide("one", layout="two-sources", facts=(FactId("apart"),)),
    )
    said = [each.replace("\u00a0", " ") for each in words_of(plan_of(file, "one"))]

    assert {"$80 million", "“eighty million”", "$90 million", "“ninety million”"} <= set(said)
    assert "Not settled." in said


def test_the_strips_are_green_for_what_is_unclassified_and_slate_for_what_is_not_marked() -> None:
    marked = shipped()
    assert _pixel(marked, "desk-bottom-line", 5) == QColor("#007A33")
    assert _pixel(small(a_slide("one")), "one", 5) == QColor("#3A4652")
    assert _pixel(small(a_slide("one")), "one", 1075) == QColor("#3A4652")


def _pixel(file: Dossier, slide: str, y: int) -> QColor:
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    painter = QPainter(image)
    paint_figure(SlideFigure(slide), painter, WIDE, file, Theme("light"))
    painter.end()
    return image.pixelColor(10, y)


def _says(value: str) -> Says:
    return Says(value=Quantity.parse(value))
