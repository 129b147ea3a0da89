"""The lane draws each date as precisely as it is known, and nothing over anything else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from desktop.figures.date_marks import OPEN_PX
from desktop.figures.event_lane import EventLane
from desktop.model.records import AreaId, FactId

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.figures.date_marks import Placed
    from desktop.figures.lane_layout import Layout
    from desktop.model.dossier import Dossier
    from tests.figures.conftest import DossierOf

AS_OF = date(2025, 12, 12)

pytestmark = pytest.mark.usefixtures("qapp")


def lane() -> EventLane:
    figure = EventLane()
    figure.show_area(AreaId("visits"), None)
    return figure


def placed(layout: Layout, fact_id: str) -> Placed:
    return next(each for each in layout.placed if each.event.fact_id == fact_id)


def days(first: date = date(1960, 1, 1)) -> st.SearchStrategy[date]:
    return st.dates(first, AS_OF)


def spans(day: date, length: int) -> str:
    return f"{day}/{min(day + timedelta(length), AS_OF)}"


whens = st.one_of(
    days().map(str),
    days().map(lambda day: f"{day:%Y-%m}"),
    days().map(lambda day: f"{day:%Y}?"),
    days().map(lambda day: f"{day:%Y-%m}~"),
    days().map(lambda day: f"{day}/.."),
    days().map(lambda day: f"../{day:%Y-%m}"),
    days().map(lambda day: f"[{day.year}..{AS_OF.year}]"),
    days().map(lambda day: f"FY{day.year}"),
    st.builds(spans, days(), st.integers(0, 4000)),
)
some_whens = st.lists(whens, min_size=1, max_size=40).map(
    lambda found: {f"event-{number}": when for number, when in enumerate(found)}
)
widths = st.floats(200, 2400)


@given(whens=some_whens, width=widths, chosen=st.integers(0, 39))
def test_labels_never_cover_one_another_nor_a_leader(
    dossier_of: DossierOf, whens: dict[str, str], width: float, chosen: int
) -> None:
    figure = lane()
    figure.choose(f"event-{chosen}")

    layout = figure.layout_for(width, dossier_of(whens))

    for one, other in combinations(layout.labels, 2):
        assert not one.area.intersects(other.area)
        upper, lower = sorted((one, other), key=lambda label: label.area.top())
        if upper.area.top() < lower.area.top():
            assert not lower.area.left() <= upper.leader_px <= lower.area.right()


@given(whens=some_whens, width=widths)
def test_all_that_is_drawn_stays_inside_the_rectangle(
    dossier_of: DossierOf, whens: dict[str, str], width: float
) -> None:
    figure, dossier = lane(), dossier_of(whens)
    rect = QRectF(30, 70, width, figure.height_for(width, dossier))

    marks = figure.marks(rect, dossier)

    assert {mark.fact_id for mark in marks} == whens.keys()
    assert all(rect.contains(mark.area) for mark in marks)
    own = QRectF(0, 0, rect.width(), rect.height())
    layout = figure.layout_for(width, dossier)
    assert all(own.contains(label.area) for label in layout.labels)
    assert all(own.contains(tick.area) for tick in layout.ticks if tick.words)


def test_facts_named_one_by_one_stand_alone_whatever_their_kind(dossier_of: DossierOf) -> None:
    dossier = dossier_of(
        {"freeze": "2025-01/2025-03", "cancelled": "2025-02-26", "call": "2025-06"}
    )
    figure = EventLane()

    figure.show_facts(
        "The interruption", [FactId("freeze"), FactId("cancelled"), FactId("x")], None
    )

    assert {each.event.fact_id for each in figure.layout_for(900, dossier).placed} == {
        "freeze",
        "cancelled",
    }
    assert figure.describe(dossier) == "The interruption: 2 dated events"


@given(day=days(date(2003, 1, 1)), width=widths)
def test_what_is_known_to_the_month_is_drawn_as_that_month(
    dossier_of: DossierOf, day: date, width: float
) -> None:
    layout = lane().layout_for(
        width, dossier_of({"month": f"{day:%Y-%m}", "early": "2003-01-01", "late": "2025-12-01"})
    )

    first = day.replace(day=1)
    after = (first + timedelta(31)).replace(day=1)
    bar = placed(layout, "month").area
    assert bar.left() <= layout.axis.x_of(first.toordinal()) + 0.01
    assert bar.right() >= layout.axis.x_of(after.toordinal()) - 0.01
    true_px = layout.axis.x_of(after.toordinal()) - layout.axis.x_of(first.toordinal())
    assert bar.width() <= max(true_px, 5.01)


@given(whens=some_whens, width=widths)
def test_time_runs_from_left_to_right(
    dossier_of: DossierOf, whens: dict[str, str], width: float
) -> None:
    layout = lane().layout_for(width, dossier_of(whens))

    dots = [each for each in layout.placed if each.is_point]
    for one, other in combinations(dots, 2):
        earlier = (one.event.when.first or 0) < (other.event.when.first or 0)
        if earlier:
            assert one.area.center().x() < other.area.center().x()
    assert [tick.x_px for tick in layout.ticks] == sorted(tick.x_px for tick in layout.ticks)


def test_a_day_is_a_dot_and_a_span_a_bar_over_all_its_days(dossier_of: DossierOf) -> None:
    layout = lane().layout_for(
        1000, dossier_of({"day": "2020-06-15", "year": "2021", "first": "2016-01-01"})
    )

    day, year = placed(layout, "day"), placed(layout, "year")
    assert day.is_point
    assert day.area.width() == day.area.height()
    assert not year.is_point
    assert year.area.left() == pytest.approx(layout.axis.x_of(date(2021, 1, 1).toordinal()))
    assert year.area.right() == pytest.approx(layout.axis.x_of(date(2022, 1, 1).toordinal()))


def test_an_open_end_runs_on_and_an_open_beginning_is_only_hinted_at(dossier_of: DossierOf) -> None:
    layout = lane().layout_for(
        1000, dossier_of({"since": "2019-05/..", "until": "../2018-04", "day": "2016-01-01"})
    )

    since, until = placed(layout, "since"), placed(layout, "until")
    assert (since.opens_left, since.opens_right) == (False, True)
    assert since.area.right() == pytest.approx(layout.axis.right_px)
    assert (until.opens_left, until.opens_right) == (True, False)
    assert until.area.right() == pytest.approx(layout.axis.x_of(date(2018, 5, 1).toordinal()))
    assert until.area.width() == pytest.approx(OPEN_PX)

    early = lane().layout_for(1000, dossier_of({"until": "../2018-04", "day": "2025-01-01"}))
    assert placed(early, "until").area.left() >= early.axis.left_px


def test_events_of_one_day_stand_under_one_another(dossier_of: DossierOf) -> None:
    layout = lane().layout_for(800, dossier_of(dict.fromkeys("abcd", "2025-05-08")))

    areas = [each.area for each in layout.placed]
    assert len({area.left() for area in areas}) == 1
    assert not any(one.intersects(other) for one, other in combinations(areas, 2))


def test_the_chosen_event_is_labelled_before_the_lead_and_the_latest(
    dossier_of: DossierOf,
) -> None:
    crowd = {f"event-{number:02}": f"2020-03-{number + 1:02}" for number in range(20)}
    dossier = dossier_of(crowd, lead="event-05")
    figure = lane()

    assert next(label.fact_id for label in figure.layout_for(300, dossier).labels) == "event-05"
    figure.choose("event-11")
    assert next(label.fact_id for label in figure.layout_for(300, dossier).labels) == "event-11"


def test_years_thin_out_where_there_is_less_room(dossier_of: DossierOf) -> None:
    dossier = dossier_of({"first": "2003-11-22", "last": "2025-12-08"})

    def steps(width: float) -> set[int]:
        ticks = lane().layout_for(width, dossier).ticks
        years = [int(tick.words) for tick in ticks if tick.words]
        assert len(years) > 1
        return {later - earlier for earlier, later in pairwise(years)}

    assert [steps(width) for width in (1400, 700, 300)] == [{1}, {2}, {5}]


def test_within_one_year_the_axis_names_months(dossier_of: DossierOf) -> None:
    layout = lane().layout_for(900, dossier_of({"only": "2025-05-08"}))

    words = [tick.words for tick in layout.ticks if tick.words]
    assert words == ["Jan 2025", "Apr 2025", "Jul 2025", "Oct 2025"]


def test_marks_are_said_with_date_and_difference(dossier_of: DossierOf) -> None:
    dossier = dossier_of({"one": "2025-05", "two": "2024-07-08"}, differing="one")

    marks = lane().marks(QRectF(0, 0, 800, 100), dossier)

    assert [mark.words for mark in marks] == [
        "8 July 2024: The event called two takes place.",
        "May 2025: The event called one takes place. Sources differ",
    ]


def test_without_dated_events_it_says_so(dossier_of: DossierOf) -> None:
    figure, dossier = lane(), dossier_of({})

    assert figure.marks(QRectF(0, 0, 800, 100), dossier) == []
    assert figure.describe(dossier) == "No dated events are recorded here."
    assert figure.height_for(800, dossier) > 0


def test_a_later_dossier_with_the_same_events_is_drawn_alike(
    qapp: QApplication, dossier_of: DossierOf
) -> None:
    figure = lane()
    before, after = (dossier_of({"one": "2025-05-08"}) for _ in range(2))

    drawn = figure.layout_for(800, before)

    assert figure.layout_for(800, after) is drawn
    assert figure.layout_for(900, after) is not drawn
    moved: Dossier = dossier_of({"one": "2025-05-09"})
    assert figure.content(moved) != figure.content(before)
