"""The timeline draws each group as a lane, each date as it is known, and nothing over labels."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from desktop.figures.figure import paint_figure
from desktop.figures.timeline_facts import Wanted
from desktop.figures.timeline_strip import TimelineStrip, window_words
from desktop.figures.timeline_window import MARGIN_PX
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import (
    About,
    Area,
    AreaId,
    AudienceId,
    Citation,
    Fact,
    FactId,
    Record,
    Says,
    SourceId,
)
from desktop.model.values import LocalText
from desktop.services.language import Locale
from desktop.services.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.figures.timeline_plan import Plan, Standing

pytestmark = pytest.mark.usefixtures("qapp")

AS_OF = date(2025, 12, 12)
ABOUT = About(id="about", title=LocalText(en="A title"), as_of=EdtfDate.of_day(AS_OF))
GROUPS = {"visits": "Maritime", "boats": "Maritime", "dioxin": "War legacy"}
RECT = QRectF(0, 0, 1200, 600)


def fact(
    fact_id: str,
    when: str,
    area: str = "visits",
    *,
    differs: bool = False,
    withheld: tuple[str, ...] = (),
) -> Fact:
    says = Says(statement=LocalText(en="Something else.")) if differs else None
    source = SourceId("herald")
    return Fact(
        id=fact_id,
        kind="event",
        area=AreaId(area),
        statement=LocalText(en=f"The event called {fact_id} takes place."),
        when=EdtfDate.parse(when),
        citations=(Citation(source=source, credibility=2, quote="as printed", says=says),),
        withhold_from=tuple(AudienceId(each) for each in withheld),
    )


def dossier(*facts: Record, key_facts: tuple[str, ...] = ()) -> Dossier:
    areas = [
        Area(id=each, name=LocalText(en=each), group=LocalText(en=group))
        for each, group in GROUPS.items()
    ]
    about = About(
        id="about",
        title=ABOUT.title,
        as_of=ABOUT.as_of,
        key_facts=tuple(FactId(each) for each in key_facts),
    )
    return Dossier(about, [*areas, *facts])


def lanes(strip: TimelineStrip, of: Dossier) -> dict[str, list[str]]:
    content = strip.content(of)
    return {lane.title: [event.fact_id for event in lane.events] for lane in content.lanes}


def plan_of(strip: TimelineStrip, of: Dossier, rect: QRectF = RECT) -> Plan:
    frame = strip.frame(rect)
    return strip.plan(strip.window(frame.lanes.width(), of), frame, of)


def standing(plan: Plan) -> list[Standing]:
    return [each for lane in range(len(plan.lanes)) for each in plan.standing(lane, -1e9, 1e9)]


def painted(strip: TimelineStrip, of: Dossier, theme: Theme, rect: QRectF = RECT) -> QImage:
    image = QImage(rect.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(theme.colours.ground)
    painter = QPainter(image)
    paint_figure(strip, painter, rect, of, theme)
    painter.end()
    return image


def test_facts_stand_in_lanes_by_group_in_the_order_of_time() -> None:
    found = dossier(
        fact("tripoli", "2025-12-08"),
        fact("vandegrift", "2003-11-22"),
        fact("cutter", "2017-05-25", "boats"),
        fact("clean-up", "2019-12-05", "dioxin"),
    )

    assert lanes(TimelineStrip(), found) == {
        "Maritime": ["vandegrift", "cutter", "tripoli"],
        "War legacy": ["clean-up"],
    }


def test_withheld_facts_and_those_after_as_of_are_absent() -> None:
    found = dossier(
        fact("shown", "2025"),
        fact("withheld", "2024", withheld=("hanoi",)),
        fact("to-come", "2025-12-13"),
    )
    strip = TimelineStrip()
    strip.show_only(Wanted(AudienceId("hanoi")))

    assert lanes(strip, found) == {"Maritime": ["shown"]}
    assert [mark.fact_id for mark in strip.marks(RECT, found)] == ["shown"]


def test_only_what_is_wanted_is_shown_and_the_line_of_time_stays() -> None:
    found = dossier(
        fact("early", "1979-02-17", "dioxin"),
        fact("tripoli", "2025-12-08"),
        fact("doubted", "2024-07", differs=True),
        fact("cutter", "2017-05-25", "boats"),
    )
    strip = TimelineStrip()
    whole = strip.content(found)[1:3]

    strip.show_only(Wanted(area="visits"))
    assert lanes(strip, found) == {"Maritime": ["doubted", "tripoli"]}
    strip.show_only(Wanted(state="sources-differ"))
    assert lanes(strip, found) == {"Maritime": ["doubted"]}
    strip.show_only(Wanted(area="dioxin", state="sources-differ"))
    assert lanes(strip, found) == {}

    assert strip.content(found)[1:3] == whole
    assert whole[0] == date(1979, 2, 17).toordinal()


def test_a_lane_whose_facts_stay_is_the_same_after_a_change() -> None:
    before = dossier(fact("tripoli", "2025-12-08"), fact("clean-up", "2019", "dioxin"))
    strip = TimelineStrip()
    sea, land = strip.content(before).lanes

    after = before.with_record(fact("clean-up", "2018", "dioxin"))

    now = strip.content(after).lanes
    assert now[0] is sea
    assert now[1] is not land
    assert now[1].begins == (date(2018, 1, 1).toordinal(),)


days = st.dates(date(1974, 1, 1), AS_OF)
whens = st.one_of(
    days.map(str),
    st.integers(1, 12).map(lambda day: f"2025-12-{day:02}"),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}~"),
    days.map(lambda day: f"{day}/.."),
    days.map(lambda day: f"../{day:%Y-%m}"),
    days.map(lambda day: f"{min(day.year, 2010)}/{max(day.year, 2011)}"),
)
facts = st.lists(st.tuples(whens, st.sampled_from(list(GROUPS))), min_size=1, max_size=60).map(
    lambda found: [fact(f"event-{n}", when, area) for n, (when, area) in enumerate(found)]
)
rects = st.builds(lambda w, h: QRectF(0, 0, w, h), st.floats(500, 3840), st.floats(150, 2160))
windows = st.tuples(days, st.integers(10, 20_000))


@given(found=facts, rect=rects, window=windows)
def test_marks_stay_within_their_lanes_and_account_for_every_fact(
    found: list[Fact], rect: QRectF, window: tuple[date, int]
) -> None:
    strip, of = TimelineStrip(), dossier(*found)
    strip.show_window(window[0].toordinal(), window[0].toordinal() + window[1])

    plan = plan_of(strip, of, rect)

    for each in standing(plan):
        band = plan.bands[each.lane]
        assert each.area.top() >= band.top_px - 2
        assert each.area.bottom() <= band.top_px + band.height_px + 2
    told = [
        plan.lanes[each.lane].events[member].fact_id
        for each in standing(plan)
        for member in each.spot.members
    ]
    assert sorted(told) == sorted(each.id for each in found)


@given(found=facts, rect=rects, window=windows)
def test_the_marks_in_a_window_hold_every_fact_that_is_drawn_there(
    found: list[Fact], rect: QRectF, window: tuple[date, int]
) -> None:
    strip, of = TimelineStrip(), dossier(*found)
    strip.show_window(window[0].toordinal(), window[0].toordinal() + window[1])
    plan, frame = plan_of(strip, of, rect), strip.frame(rect)
    origin = strip.origin(strip.window(frame.lanes.width(), of), frame, of)

    marks = strip.marks(rect, of)

    inside = [
        each
        for each in standing(plan)
        if each.area.translated(origin).right() >= frame.lanes.left()
        and each.area.translated(origin).left() <= frame.lanes.right()
    ]
    numbers = [int(mark.part) if mark.part else 1 for mark in marks]
    assert sum(numbers) == sum(len(each.spot.members) for each in inside)


@given(
    found=facts,
    rect=rects,
    window=st.tuples(days, st.integers(3000, 20_000)),
    chosen=st.integers(0, 59),
)
def test_labels_never_cover_one_another_and_keep_still_in_a_pan(
    found: list[Fact], rect: QRectF, window: tuple[date, int], chosen: int
) -> None:
    strip, of = TimelineStrip(), dossier(*found)
    strip.choose(f"event-{chosen}")
    strip.show_window(window[0].toordinal(), window[0].toordinal() + window[1])
    plan = plan_of(strip, of, rect)

    for lane, band in enumerate(plan.bands):
        everywhere = list(plan.labels(lane, 0, plan.axis.right_px, strip.chosen))
        for one, other in combinations(everywhere, 2):
            assert not one.label.area.intersects(other.label.area)
        assert all(named.label.area.top() >= band.top_px - 2 for named in everywhere)
        middle = plan.axis.right_px / 2
        assert set(map(repr, plan.labels(lane, middle, middle + 10, strip.chosen))) <= set(
            map(repr, everywhere)
        )


def test_the_chosen_fact_is_labelled_even_within_a_cluster() -> None:
    crowd = [fact(f"event-{number}", "2025-05-08") for number in range(20)]
    of, strip = dossier(*crowd), TimelineStrip()
    strip.choose("event-7")

    plan = plan_of(strip, of)

    (named,) = plan.labels(0, 0, plan.axis.right_px, strip.chosen)
    assert named.label.fact_id == "event-7"
    assert named.label.words == "The event called event-7 takes place +19"


def test_key_facts_are_labelled_before_later_ones() -> None:
    crowd = [fact(f"event-{number:02}", f"2025-{number % 12 + 1:02}-03") for number in range(12)]
    of, strip = dossier(*crowd, key_facts=("event-04",)), TimelineStrip()

    plan = plan_of(strip, of, QRectF(0, 0, 560, 90))

    (named,) = plan.labels(0, 0, plan.axis.right_px)
    assert named.label.words == "The event called event-04 takes place"


def test_a_cluster_goes_by_its_key_fact_and_tells_how_many_more_there_are() -> None:
    crowd = [fact(f"event-{number:02}", "2025-05-08") for number in range(30)]
    of, strip = dossier(*crowd, key_facts=("event-04",)), TimelineStrip()

    plan = plan_of(strip, of)

    (named,) = plan.labels(0, 0, plan.axis.right_px)
    assert named.label.words == "The event called event-04 takes place +29"


def test_marks_are_said_with_date_amount_and_difference() -> None:
    of = dossier(fact("one", "2024-05", differs=True), fact("two", "2003-11-22"))

    words = [mark.words for mark in TimelineStrip().marks(RECT, of)]

    assert words == [
        "22 November 2003: The event called two takes place.",
        "May 2024: The event called one takes place. Sources differ",
    ]


def test_a_cluster_is_said_by_its_number_time_and_first_facts() -> None:
    crowd = [fact(f"event-{number}", f"2025-05-{number + 1:02}") for number in range(8)]
    of = dossier(*crowd, fact("old", "1980"))

    _old, cluster = TimelineStrip().marks(RECT, of)

    assert cluster.part == "8"
    assert cluster.words == (
        "8 facts, 1–8 May 2025: The event called event-0 takes place; "
        "The event called event-1 takes place; The event called event-2 takes place; 5 more"
    )


def test_all_time_is_in_view_until_a_window_is_shown() -> None:
    of, strip = dossier(fact("old", "1974-01-19"), fact("new", "2025-12-08")), TimelineStrip()

    first, px_per_day = strip.window(1000, of)
    assert first + MARGIN_PX / px_per_day == pytest.approx(date(1974, 1, 19).toordinal())
    assert px_per_day * (AS_OF.toordinal() + 1 - date(1974, 1, 19).toordinal()) == pytest.approx(
        1000 - 2 * MARGIN_PX
    )

    strip.show_window(738_000, 738_500)
    assert strip.window(1000, of) == (738_000, 2.0)
    strip.show_all_time()
    assert strip.window(1000, of) == (first, px_per_day)


def test_it_says_what_it_shows() -> None:
    strip = TimelineStrip()

    assert strip.describe(dossier()) == "No dated facts to show."
    assert strip.marks(RECT, dossier()) == []
    of = dossier(fact("one", "2025"), fact("two", "2024", "dioxin"))
    assert strip.describe(of) == "Timeline: 2 dated entries in 2 lanes"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((1974, 1, 19), (2025, 12, 13), "1974–2025"),
        ((2023, 3, 1), (2025, 12, 13), "Mar 2023 – Dec 2025"),
        ((2025, 5, 8), (2025, 6, 1), "8–31 May 2025"),
    ],
)
def test_a_window_is_said_no_more_precisely_than_it_is_long(
    first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    said = window_words(
        Locale(dossier()), date(*first).toordinal() + 0.4, date(*last).toordinal() + 0.2
    )

    assert said == words


def test_it_is_painted_only_into_its_rectangle(theme: Theme) -> None:
    of = dossier(*(fact(f"event-{n}", f"{1980 + n}") for n in range(40)))
    image = QImage(900, 500, QImage.Format.Format_RGB32)
    image.fill(theme.colours.ground)
    painter = QPainter(image)
    strip = TimelineStrip()
    strip.show_window(735_000, 737_000)

    paint_figure(strip, painter, QRectF(100, 50, 700, 400), of, theme)
    painter.end()

    ground = theme.colours.ground.rgb()
    outside = [
        (x, y)
        for x in range(900)
        for y in range(500)
        if image.pixel(x, y) != ground and not (99 <= x <= 800 and 49 <= y <= 450)
    ]
    assert outside == []


def test_it_looks_otherwise_in_the_dark_and_where_sources_differ(theme: Theme) -> None:
    strip = TimelineStrip()
    plain, differing = (dossier(fact("one", "2025-05", differs=each)) for each in (False, True))

    assert painted(strip, plain, theme) != painted(strip, differing, theme)
    assert painted(strip, plain, theme) != painted(strip, plain, Theme("dark"))


def test_on_paper_it_is_drawn_in_lines_and_letters(tmp_path: Path, theme: Theme) -> None:
    of = dossier(*(fact(f"event-{n}", f"{2000 + n}-05-08") for n in range(20)))
    path = tmp_path / "timeline.pdf"
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QSizeF(280, 150), QPageSize.Unit.Millimeter))
    painter = QPainter(writer)
    scale = writer.width() / 1200

    paint_figure(
        TimelineStrip(), painter, QRectF(0, 0, writer.width(), 500 * scale), of, theme, scale
    )
    painter.end()

    drawn = path.read_bytes()
    assert b"/Subtype /Image" not in drawn
    assert b"/FontFile2" in drawn
