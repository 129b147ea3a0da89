"""What is drawn of readings is what the facts say: read back from the axes, as people read it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.figures import chart_table
from desktop.figures.drawing import Arrow, Columns, Drawing, Hairline, Line, Shape, Words
from desktop.figures.figure import paint_figure
from desktop.figures.readings_chart import ReadingsChart
from desktop.model.records import FactId, Says
from desktop.model.values import LocalText, Quantity
from desktop.services.theme import Theme
from tests.figures.money import (
    COMMITMENT,
    CONTRIBUTION,
    ESTIMATE,
    HANOI,
    WASHINGTON,
    money,
    reading,
)
from tests.model import samples

if TYPE_CHECKING:
    from desktop.figures.figure import Mark
    from desktop.model.dossier import Dossier
    from desktop.model.records import AudienceId

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = QSizeF(900, 380)
DAY_PX = 0.2
"""A pixel is more than a day on all charts here."""


def chart(
    *measures: str, title: str = "A title", audience: AudienceId = WASHINGTON
) -> ReadingsChart:
    figure = ReadingsChart()
    figure.show_measures(measures, audience, title)
    return figure


def drawn(dossier: Dossier, *measures: str, size: QSizeF = SIZE) -> Drawing:
    return chart(*measures).drawing(size, dossier)


def words(drawing: Drawing) -> list[str]:
    return [item.text.replace("\n", " ") for item in drawing.items if isinstance(item, Words)]


def mark_of(drawing: Drawing, fact_id: str, part: str = "") -> Mark:
    return next(
        mark
        for mark in drawing.marks
        if mark.fact_id == fact_id and mark.part.startswith(part) and bool(mark.part) == bool(part)
    )


class Axes:
    """The scales as the grid and the ticks of a drawing give them."""

    def __init__(self, drawing: Drawing) -> None:
        levels: dict[float, float] = {}
        days: dict[date, float] = {}
        for line, label in pairwise(drawing.items):
            if not (isinstance(line, Hairline) and isinstance(label, Words)):
                continue
            if line.tone == "hairline" and line.start.y() == line.end.y():
                levels[float(label.text.replace(",", ""))] = line.start.y()
            elif line.tone == "control" and line.start.x() == line.end.x():
                form = "%Y" if label.text.isdigit() else "%b %Y"
                day = datetime.strptime(label.text, form).replace(tzinfo=UTC).date()
                days[day] = line.start.x()
        self.levels, self.days = levels, days

    def amount_at(self, y: float) -> float:
        most = max(self.levels)
        return (self.levels[0] - y) / (self.levels[0] - self.levels[most]) * most

    def day_at(self, x: float) -> float:
        first, last = min(self.days), max(self.days)
        share = (x - self.days[first]) / (self.days[last] - self.days[first])
        return first.toordinal() + share * (last - first).days


def test_points_stand_at_the_amounts_and_days_of_their_facts() -> None:
    dossier = money()
    drawing = drawn(dossier, COMMITMENT, CONTRIBUTION)
    axes = Axes(drawing)

    for fact_id in ("committed-183", "committed-300", "committed-430", "given-163", "given-218"):
        fact, area = dossier.fact(fact_id), mark_of(drawing, fact_id).area
        assert fact.value is not None
        assert fact.when is not None
        assert fact.when.first is not None
        assert axes.amount_at(area.center().y()) == pytest.approx(float(fact.value.amount), abs=0.1)
        assert axes.day_at(area.center().x()) == pytest.approx(fact.when.first + 0.5, abs=DAY_PX)
        assert area.width() == area.height()


def test_promised_money_steps_up_on_its_day_and_stands_until_as_of() -> None:
    drawing = drawn(money(), COMMITMENT)
    axes = Axes(drawing)
    strokes = [item for item in drawing.items if isinstance(item, Line)]
    points = [point for stroke in strokes for point in stroke.points]

    risers = {
        round(axes.day_at(one.x()) - 0.5)
        for stroke in strokes
        for one, other in zip(stroke.points, stroke.points[1:], strict=False)
        if one.x() == other.x()
    }
    assert risers == {date(2019, 12, 5).toordinal(), date(2025, 1, 17).toordinal()}
    last = max(points, key=lambda point: point.x())
    assert axes.day_at(last.x()) == pytest.approx(date(2025, 12, 13).toordinal(), abs=1)
    assert axes.amount_at(last.y()) == pytest.approx(430, abs=0.1)
    assert all(stroke.tone == "money_promised" for stroke in strokes)


def test_promised_marks_are_hollow_and_those_of_money_that_moved_solid() -> None:
    drawing = drawn(money(), COMMITMENT, CONTRIBUTION)
    looks = {item.tone: item.look for item in drawing.items if isinstance(item, Shape)}

    assert looks["money_promised"] == "outline"
    assert looks["money_moved"] == "solid"


@pytest.mark.parametrize(
    ("when", "first", "after"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("[2023..2024]", date(2023, 1, 1), date(2025, 1, 1)),
        ("2023/2024", date(2023, 1, 1), date(2025, 1, 1)),
        ("FY2024", date(2023, 10, 1), date(2024, 10, 1)),
    ],
)
def test_an_undated_reading_spans_the_years_it_may_be_of(
    when: str, first: date, after: date
) -> None:
    dossier = samples.dossier_of(
        samples.measure("soil", "usd", kind="cumulative"),
        reading("early", "soil", "10 usd", "2019-03-01"),
        reading("undated", "soil", "71 usd", when),
        reading("late", "soil", "107 usd", "2025-10-17"),
    )
    drawing = drawn(dossier, "soil")
    axes, area = Axes(drawing), mark_of(drawing, "undated").area

    assert axes.day_at(area.left()) == pytest.approx(first.toordinal(), abs=DAY_PX)
    assert axes.day_at(area.right()) == pytest.approx(after.toordinal(), abs=DAY_PX)
    inside = [
        point
        for item in drawing.items
        if isinstance(item, Line)
        for point in item.points
        if area.left() + 1 < point.x() < area.right() - 1
    ]
    assert not inside, "the line bends at a day that nobody gave"


def test_one_day_in_a_span_is_dashed_and_a_month_is_as_wide_as_a_month() -> None:
    dossier = samples.dossier_of(
        samples.measure("soil", "usd", kind="cumulative"),
        reading("month", "soil", "10 usd", "2024-03"),
        reading("some-day", "soil", "71 usd", "[2024-06..2024-09]"),
        reading("late", "soil", "107 usd", "2025-01-17"),
    )
    drawing = drawn(dossier, "soil")
    looks = {item.area.width(): item.look for item in drawing.items if isinstance(item, Shape)}

    month = mark_of(drawing, "month").area
    assert looks[month.width()] == "solid"
    assert looks[mark_of(drawing, "some-day").area.width()] == "dashed"
    pixels_a_day = month.width() / 31
    assert mark_of(drawing, "some-day").area.width() == pytest.approx(122 * pixels_a_day, rel=0.01)


@pytest.mark.parametrize(
    ("value", "upward"),
    [
        ("more than 110 million usd", True),
        ("at least 110 million usd", True),
        ("up to 110 million usd", False),
        ("nearly 110 million usd", False),
        ("less than 110 million usd", False),
    ],
)
def test_an_open_value_points_to_where_it_is_open(value: str, upward: bool) -> None:
    dossier = samples.dossier_of(
        samples.measure("sum", kind="level"),
        reading("open", "sum", value, "2020-11-02"),
        reading("closed", "sum", "200 million usd", "2022-11-02"),
    )
    drawing = drawn(dossier, "sum")
    (arrow,) = [item for item in drawing.items if isinstance(item, Arrow)]

    area = mark_of(drawing, "open").area
    assert (arrow.tip.y() < arrow.start.y()) is upward
    assert abs(arrow.start.x() - area.center().x()) < 1


def test_a_range_is_drawn_from_its_lower_to_its_upper_end() -> None:
    dossier = samples.dossier_of(
        samples.measure("missing", "persons", kind="level"),
        samples.Unit(id="persons", many=LocalText("persons")),
        reading("range", "missing", "180 to 200 persons", "2022-03-01"),
        reading("later", "missing", "190 persons", "2024-03-01"),
    )
    drawing = drawn(dossier, "missing")
    axes, area = Axes(drawing), mark_of(drawing, "range").area

    assert axes.amount_at(area.bottom()) == pytest.approx(180, abs=0.2)
    assert axes.amount_at(area.top()) == pytest.approx(200, abs=0.2)
    assert "180 to 200" in words(drawing)


def test_where_sources_put_a_total_elsewhere_a_dashed_mark_stands() -> None:
    drawing = drawn(money(), COMMITMENT)
    axes, ghost = Axes(drawing), mark_of(drawing, "addition", "otherwise")

    assert axes.amount_at(ghost.area.center().y()) == pytest.approx(430, abs=0.1)
    left, right = date(2025, 11, 1).toordinal(), date(2025, 12, 1).toordinal()
    assert left - 5 < axes.day_at(ghost.area.left()) < axes.day_at(ghost.area.right()) < right + 5
    looks = [item for item in drawing.items if isinstance(item, Shape) and item.area == ghost.area]
    assert [(shape.tone, shape.look) for shape in looks] == [("differ", "dashed")]
    assert "Sources differ: also dated Nov 2025" in words(drawing)
    assert "promised on a visit" in ghost.words


def test_the_reading_on_which_sources_differ_carries_a_flag_and_the_word() -> None:
    drawing = drawn(money(), COMMITMENT)

    flags = {item.text: item.flag for item in drawing.items if isinstance(item, Words)}
    assert flags["430"]
    assert not flags["300"]
    assert "Sources differ" in mark_of(drawing, "committed-430").words
    assert "Sources differ" not in mark_of(drawing, "committed-300").words


def test_another_value_stands_where_its_source_puts_it() -> None:
    says = Says(value=Quantity.parse("60 to 70 million usd"))
    fact = reading(
        "share",
        "share",
        "80 million usd",
        "2024-04-01",
        citations=(samples.cite("vov"), samples.cite("ap", says=says)),
    )
    dossier = samples.dossier_of(
        samples.measure("share", kind="level"),
        fact,
        reading("before", "share", "50 million usd", "2020-04-01"),
    )
    drawing = drawn(dossier, "share")
    axes, ghost = Axes(drawing), mark_of(drawing, "share", "otherwise")

    assert axes.amount_at(ghost.area.top()) == pytest.approx(70, abs=0.2)
    assert axes.day_at(ghost.area.center().x()) == pytest.approx(
        date(2024, 4, 1).toordinal() + 0.5, abs=DAY_PX
    )


def test_money_that_moved_says_since_when_nothing_is_reported() -> None:
    drawing = drawn(money(), COMMITMENT, CONTRIBUTION)
    axes, box = Axes(drawing), mark_of(drawing, "given-218", "since").area

    assert "Not reported since 27 Jul 2023" in words(drawing)
    assert date(2023, 7, 27).toordinal() < axes.day_at(box.left()) < date(2023, 12, 1).toordinal()
    assert axes.day_at(box.right()) == pytest.approx(date(2025, 12, 13).toordinal(), abs=1)
    lines = [
        item for item in drawing.items if isinstance(item, Line) and item.tone == "money_moved"
    ]
    assert max(point.x() for line in lines for point in line.points) < box.left()


def test_money_reported_this_quarter_is_not_called_silent() -> None:
    dossier = money(reading("given-230", CONTRIBUTION, "230 million usd", "2025-11-01"))

    assert not any("Not reported" in said for said in words(drawn(dossier, CONTRIBUTION)))


def test_an_estimate_is_dashed_until_the_next_and_the_last_until_as_of() -> None:
    drawing = drawn(money(), COMMITMENT, ESTIMATE)
    axes = Axes(drawing)
    dashed = [item for item in drawing.items if isinstance(item, Line) and item.dashed]

    end = max((point for line in dashed for point in line.points), key=lambda point: point.x())
    assert axes.amount_at(end.y()) == pytest.approx(450, abs=0.1)
    assert axes.day_at(end.x()) == pytest.approx(date(2025, 12, 13).toordinal(), abs=1)
    assert any(said.startswith("Cost estimate, ≤450") for said in words(drawing))


def test_levels_alone_are_points_for_nobody_says_what_lay_between() -> None:
    drawing = drawn(money(), ESTIMATE)

    assert not [item for item in drawing.items if isinstance(item, Line)]
    assert mark_of(drawing, "estimate-390").area.isValid()


def test_each_line_is_named_where_it_stands_and_a_line_alone_is_not() -> None:
    both = words(drawn(money(), COMMITMENT, CONTRIBUTION))
    alone = words(drawn(money(), CONTRIBUTION))

    assert {"Committed, 430", "Contributed"} <= set(both)
    assert "Contributed" not in alone


def test_years_that_do_not_overlap_are_bars_from_zero_and_a_gap_is_seen() -> None:
    dossier = samples.dossier_of(
        samples.measure(),
        samples.table("by-year", {"FY2015": "9.7", "FY2016": None, "FY2017": "more than 12"}),
    )
    drawing = drawn(dossier, "fmf")
    axes = Axes(drawing)
    (gap,) = [s for s in drawing.items if isinstance(s, Shape) and s.look == "dashed"]

    for fact_id, amount in (("by-year/FY2015", 9.7), ("by-year/FY2017", 12)):
        bar = mark_of(drawing, fact_id).area
        assert axes.amount_at(bar.bottom()) == pytest.approx(0, abs=0.05)
        assert axes.amount_at(bar.top()) == pytest.approx(amount, abs=0.05)
    missing = mark_of(drawing, "by-year/FY2016")
    assert missing.area == gap.area
    assert missing.words.startswith("not reported, FY2016")


def test_a_total_over_years_is_one_bar_as_long_as_its_years() -> None:
    dossier = samples.dossier_of(
        samples.measure(),
        reading("seven-years", "fmf", "about 104 million usd", "2017/2023"),
        reading("four-years", "fmf", "more than 150 million usd", "FY2016/FY2019"),
    )
    drawing = drawn(dossier, "fmf")
    axes, bar = Axes(drawing), mark_of(drawing, "seven-years").area

    assert axes.day_at(bar.left()) == pytest.approx(date(2017, 1, 1).toordinal(), abs=DAY_PX)
    assert axes.day_at(bar.right()) == pytest.approx(date(2024, 1, 1).toordinal(), abs=DAY_PX)
    assert len([item for item in drawing.items if isinstance(item, Shape)]) == 2
    assert {"about $104 million", "more than $150 million"} <= set(words(drawing))


def test_what_is_withheld_or_after_as_of_is_not_drawn_nor_told() -> None:
    dossier = money(
        reading("secret", COMMITMENT, "999 million usd", "2021", withhold_from=(HANOI,)),
        reading("tomorrow", COMMITMENT, "888 million usd", "2026-01-05"),
    )
    figure = chart(COMMITMENT, audience=HANOI)
    drawing = figure.drawing(SIZE, dossier)

    ids = {mark.fact_id for mark in drawing.marks}
    content = figure.content(dossier)
    rows = chart_table.data_rows(figure.speak(dossier), content.lines)
    told = " ".join([*words(drawing), figure.describe(dossier), *(" ".join(row) for row in rows)])
    assert not ids & {"secret", "tomorrow"}
    assert "999" not in told
    assert "888" not in told


def test_undated_readings_are_said_to_stand_in_the_table_only() -> None:
    dossier = money(reading("undated", COMMITMENT, "1 million usd", None))
    figure = chart(COMMITMENT)

    assert any(
        "1 undated in the table only" in said for said in words(figure.drawing(SIZE, dossier))
    )
    rows = chart_table.rows(figure.speak(dossier), figure.content(dossier).lines)
    assert "undated" in next(row for row in rows if row.fact_id == "undated").cells


def test_a_chart_without_readings_says_why() -> None:
    empty = samples.measure("empty")
    hidden = reading("secret", "hidden", "1 million usd", "2021", withhold_from=(HANOI,))
    dossier = money(empty, samples.measure("hidden"), hidden, samples.measure("people", "sets"))

    assert "not in the file" in words(drawn(dossier, "nonsense"))[-1]
    assert "No readings yet" in words(drawn(dossier, "empty"))[-1]
    hanoi = chart("hidden", audience=HANOI).drawing(SIZE, dossier)
    assert "shown to this audience" in words(hanoi)[-1]
    assert "another unit" in words(drawn(dossier, COMMITMENT, "people"))[-1]
    assert chart("empty").height_for(600, dossier) < 120


def test_the_sources_below_lead_to_what_rests_on_them_and_say_their_grade() -> None:
    drawing = drawn(money(), COMMITMENT)

    source = next(mark for mark in drawing.marks if mark.part == "source vov")
    assert source.fact_id == "committed-430"
    assert {"VOV, 8 May 2025", "B2", "As of 12 Dec 2025"} <= set(words(drawing))


def test_what_leaves_the_desk_names_all_sources_and_no_grade() -> None:
    dossier = money(
        *(samples.source(f"paper-{number}") for number in range(30)),
        reading(
            "many",
            COMMITMENT,
            "200 million usd",
            "2019",
            sources=tuple(f"paper-{n}" for n in range(30)),
        ),
    )
    figure = chart(COMMITMENT)
    desk, sheet = figure.drawing(SIZE, dossier), figure.drawing(SIZE, dossier, "sheet")

    assert any(said.endswith(" more") for said in words(desk))
    (foot,) = [said for said in words(sheet) if said.startswith("Sources:")]
    assert all(f"PAPER-{number}," in foot for number in range(30))
    assert "B2" not in words(sheet)
    assert not [mark for mark in sheet.marks if mark.part.startswith("source")]
    assert not words(figure.drawing(SIZE, dossier, "bare"))[-1].startswith("As of")


def test_a_mark_says_value_date_stage_scope_and_sources_with_grades() -> None:
    dossier = money(
        reading("scoped", CONTRIBUTION, "nearly 1 million usd", "2022-05", scope=LocalText("USAID"))
    )
    said = mark_of(drawn(dossier, CONTRIBUTION), "scoped").words

    assert said.splitlines() == [
        "nearly $1 million, May 2022",
        "Contributed; USAID",
        "VOV, 8 May 2025 (B2)",
    ]


def test_the_paragraph_for_those_who_cannot_see_it_tells_every_reading() -> None:
    said = chart(COMMITMENT, CONTRIBUTION, title="Money").describe(money())

    assert said.startswith("Money. million U.S. dollars. Committed: $183 million (11 May 2018);")
    assert "more than $110 million (November 2020)" in said
    assert "Sources differ: also dated Nov 2025" in said
    assert said.endswith("As of 12 Dec 2025.")


whens = st.dates(date(1990, 1, 1), date(2025, 12, 1)).flatmap(
    lambda day: st.sampled_from(
        [f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"[{day:%Y}..2025]", f"{day}/..", f"../{day}"]
    )
)
values = st.builds(
    "{}{}{} million usd".format,
    st.sampled_from(["", "about ", "more than ", "up to "]),
    st.integers(0, 5000),
    st.sampled_from(["", " to 6000"]),
)
kinds = st.sampled_from(["cumulative", "level", "per-period", "count"])
stages = st.sampled_from([None, "committed", "contributed"])
measures = st.lists(
    st.tuples(kinds, stages, st.lists(st.tuples(values, whens), max_size=12)),
    min_size=1,
    max_size=4,
)


@given(
    described=measures,
    width=st.floats(220, 1600),
    height=st.floats(150, 700),
)
def test_no_words_of_any_chart_cover_one_another_or_leave_it(
    described: list[tuple[str, str | None, list[tuple[str, str]]]], width: float, height: float
) -> None:
    records = []
    for number, (kind, stage, readings) in enumerate(described):
        name = LocalText(f"What measure {number} counts")
        records.append(samples.measure(f"m-{number}", kind=kind, stage=stage, name=name))
        records += [
            reading(f"fact-{number}-{place}", f"m-{number}", value, when)
            for place, (value, when) in enumerate(readings)
        ]
    figure = chart(*(f"m-{number}" for number in range(len(described))), title="")
    dossier = samples.dossier_of(*records)
    size = QSizeF(width, max(height, figure.height_for(width, dossier)))
    drawing = figure.drawing(size, dossier)

    areas = [item.area for item in drawing.items if isinstance(item, Words) and item.text]
    for one, other in combinations(areas, 2):
        assert not one.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other)
    whole = QRectF(-1, -1, width + 2, size.height() + 2)
    assert all(whole.contains(mark.area) for mark in drawing.marks)
    drawn_ids = {mark.fact_id for mark in drawing.marks if not mark.part}
    assert drawn_ids == {
        f"fact-{n}-{p}" for n, each in enumerate(described) for p in range(len(each[2]))
    }


def test_ten_times_the_data_stays_calm() -> None:
    facts = [
        reading(
            f"fact-{n}",
            "fmf",
            f"{100 + n * n % 37 + n} million usd",
            f"{1974 + n // 3}-0{1 + n % 3}",
        )
        for n in range(140)
    ]
    dossier = samples.dossier_of(samples.measure(kind="cumulative"), *facts)
    drawing = drawn(dossier, "fmf")

    readings = [mark for mark in drawing.marks if not mark.part]
    values = [said for said in words(drawing) if said.isdigit() and said not in _ticks(drawing)]
    assert len(readings) == 140
    assert len(values) <= 3
    assert len([item for item in drawing.items if isinstance(item, Line)]) == 1


def test_more_readings_than_pixels_are_one_stroke_a_pixel_from_low_to_high() -> None:
    rows = {
        f"{1900 + n // 336:04}-{1 + n // 28 % 12:02}-{1 + n % 28:02}": str(n % 97)
        for n in range(40_000)
    }
    dossier = samples.dossier_of(
        samples.measure(kind="level"), samples.table("many", rows, kind="number")
    )
    drawing = drawn(dossier, "fmf")
    (dense,) = [item for item in drawing.items if isinstance(item, Columns)]

    axes = Axes(drawing)
    assert len(dense.areas) <= SIZE.width()
    assert len({area.left() for area in dense.areas}) == len(dense.areas)
    top = min(area.top() for area in dense.areas) + dense.at.y()
    bottom = max(area.bottom() for area in dense.areas) + dense.at.y()
    assert axes.amount_at(top + 1) == pytest.approx(96, abs=0.5)
    assert axes.amount_at(bottom - 1) == pytest.approx(0, abs=0.5)
    assert len(drawing.marks) < 1000


def test_a_chart_never_shown_is_painted_whole_and_alike_at_every_scale() -> None:
    dossier, figure, theme = money(), chart(COMMITMENT, CONTRIBUTION), Theme("light")
    drawing = figure.drawing(SIZE, dossier)
    base = max(
        (item for item in drawing.items if isinstance(item, Hairline) and item.tone == "control"),
        key=lambda line: line.end.x() - line.start.x(),
    )
    point = mark_of(drawing, "given-218").area.center()
    for scale in (1.0, 2.0, 3.5):
        image = QImage(SIZE.toSize() * scale, QImage.Format.Format_RGB32)
        image.fill(theme.colours.page)
        painter = QPainter(image)
        rect = QRectF(0, 0, image.width(), image.height())
        paint_figure(figure, painter, rect, dossier, theme, scale)
        painter.end()
        at = (point * scale).toPoint()
        assert image.pixelColor(at) == theme.colours.money_moved
        axis = ((base.start + base.end) / 2 * scale).toPoint()
        column = {image.pixelColor(axis.x(), axis.y() + step).name() for step in (-1, 0, 1)}
        assert theme.colours.control.name() in column


def test_the_other_theme_paints_the_same_drawing_in_its_own_colours() -> None:
    dossier, figure = money(), chart(CONTRIBUTION)
    before = figure.drawing(SIZE, dossier)
    seen = []
    for theme in (Theme("light"), Theme("dark")):
        image = QImage(SIZE.toSize(), QImage.Format.Format_RGB32)
        image.fill(theme.colours.page)
        painter = QPainter(image)
        paint_figure(figure, painter, QRectF(image.rect()), dossier, theme)
        painter.end()
        at = mark_of(before, "given-218").area.center().toPoint()
        seen.append(image.pixelColor(at))
        assert seen[-1] == theme.colours.money_moved
    assert figure.drawing(SIZE, dossier) is before
    assert seen[0] != seen[1] != QColor()


def test_only_a_change_to_what_it_shows_changes_its_content() -> None:
    dossier, figure = money(), chart(COMMITMENT)
    before = figure.content(dossier)

    elsewhere = dossier.with_record(samples.fact("elsewhere", "1 million usd", when="2020"))
    renamed = dossier.with_record(samples.source("vov", origin="other", published="2025-05-09"))
    grown = dossier.with_record(reading("grown", COMMITMENT, "500 million usd", "2025-06"))

    assert figure.content(elsewhere) == before
    assert figure.content(renamed) != before
    assert figure.content(grown) != before


def test_choosing_a_fact_rings_its_mark() -> None:
    dossier, figure, theme = money(), chart(CONTRIBUTION), Theme("light")
    area = mark_of(figure.drawing(SIZE, dossier), "given-218").area
    edge = area.adjusted(-4, -4, 4, 4)

    def ink() -> QColor:
        image = QImage(SIZE.toSize(), QImage.Format.Format_RGB32)
        image.fill(theme.colours.page)
        painter = QPainter(image)
        paint_figure(figure, painter, QRectF(image.rect()), dossier, theme)
        painter.end()
        return image.pixelColor(round(edge.center().x()), round(edge.top()))

    before = ink()
    figure.choose(FactId("given-218"))
    assert ink() != before


def _ticks(drawing: Drawing) -> set[str]:
    axes = Axes(drawing)
    return {f"{level:g}" for level in axes.levels} | {str(day.year) for day in axes.days}
