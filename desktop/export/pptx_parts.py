"""One slide of a PPTX: our layout's words, bars and lines as shapes that can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from desktop.figures.drawing import Hairline, Item, Words, colour_of, flag_px
from desktop.services.theme import TextRole, Theme

_EMU_PER_PX: Final = 6350
_POINTS_PER_PX: Final = 0.5
_SPARE: Final = 1.06
"""Fonts that stand in for ours run wider."""
_CARD_SPARE: Final = 1.2
_FOOT_SPARE: Final = 1.3
_FOOT_PX: Final = 62.0
_UNIT_PX: Final = 24.0
_FLAG: Final = "⚑ "
_CLOCK: Final = "◷ "
_FONT: Final = "IBM Plex Sans"


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    role: TextRole = "slide_caption"
    flush: bool = False


class Point(NamedTuple):
    """A value of a chart, and how its source says it: "more than 450"."""

    value: Decimal
    label: str
    is_promised: bool = False


class Series(NamedTuple):
    """One line or row of bars: a point for each category, None where nothing is reported."""

    name: str
    points: tuple[Point | None, ...]


class Sheet:
    """Puts shapes on one slide, in pixels of a page of 1920 × 1080."""

    def __init__(self, slide: Any, theme: Theme) -> None:
        self._slide = slide
        self._theme = theme

    def strip(self, top_px: float, height_px: float, colour: QColor) -> None:
        """A strip across the page."""
        from pptx.enum.shapes import MSO_SHAPE

        area = QRectF(0, top_px, 1920, height_px)
        shape = self._slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_box(area))
        _fill(shape, colour)

    def card(self, area: QRectF, colour: QColor) -> None:
        """Paper under words that lie on a picture."""
        from pptx.enum.shapes import MSO_SHAPE

        shape = self._slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_box(area))
        _fill(shape, colour)

    def title(self, words: Words, area: QRectF | None = None) -> None:
        """The slide's own title, which outlines and screen readers know as such."""
        shape = self._slide.shapes.title
        # In front of the map and its paper.
        self._slide.shapes._spTree.append(shape._element)
        # A font that stands in for ours may run wider: a title has the page to do so.
        wide = QRectF(words.area)
        wide.setRight(1920 - wide.left())
        self._write(shape, [words], area or wide)

    def items(self, items: Iterable[Item]) -> None:
        """Words as text boxes and hairlines as lines; a number and its unit are one box."""
        shown = list(items)
        while shown:
            item = shown.pop(0)
            if isinstance(item, Hairline):
                self._line(item)
            if not isinstance(item, Words):
                continue
            if shown and _is_unit_of(item, shown[0]):
                self._number(item, shown.pop(0))
            else:
                self._write(self._slide.shapes.add_textbox(*_box(_roomy(item))), [item], None)

    def column(self, words: Sequence[Words], area: QRectF) -> None:
        """Lines of one column as paragraphs of one box: however a font runs, none meets another."""
        shape = self._slide.shapes.add_textbox(*_box(area))
        self._write(shape, [words[0]], area)
        for each in words[1:]:
            self._run(shape.text_frame.add_paragraph(), each)

    def foot(self, words: Sequence[Words]) -> None:
        """Day and number flush at the right of the foot, the sources in what that leaves of it."""
        right_px = max(each.area.right() for each in words)
        wide = max(words, key=lambda each: each.area.left()).area
        for each in words:
            area = QRectF(each.area)
            if area.right() == right_px:
                area.setLeft(right_px - wide.width() * _SPARE)
                flush = each._replace(area=area, align=Qt.AlignmentFlag.AlignRight)
                self._write(self._slide.shapes.add_textbox(*_box(area)), [flush], None)
            else:
                area.setRight(right_px - wide.width() * _FOOT_SPARE)
                area.setHeight(_FOOT_PX)
                self._write(self._slide.shapes.add_textbox(*_box(area)), [each], area)

    def dots(self, areas: Iterable[tuple[QRectF, str]], colour: QColor) -> None:
        """Marks on a line of time, each named for those who do not see it."""
        from pptx.enum.shapes import MSO_SHAPE

        for area, name in areas:
            kind = MSO_SHAPE.OVAL if area.width() <= area.height() * 1.2 else MSO_SHAPE.RECTANGLE
            shape = self._slide.shapes.add_shape(kind, *_box(area))
            _fill(shape, colour)
            _describe(shape, name)

    def table(self, rows: Sequence[Sequence[Cell]], shares: Sequence[float], area: QRectF) -> None:
        """A table whose first row is its head; ``shares`` are the widths of its columns."""
        from pptx.util import Emu

        frame = self._slide.shapes.add_table(len(rows), len(shares), *_box(area))
        table = frame.table
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Emu(round(area.width() * share * _EMU_PER_PX))
        for line, cells in enumerate(rows):
            table.rows[line].height = Emu(round(area.height() / len(rows) * _EMU_PER_PX))
            for place, cell in enumerate(cells):
                self._fill_cell(table.cell(line, place), cell, is_head=line == 0)

    def bars(self, names: Sequence[str], series: Series, area: QRectF, told: str) -> None:
        """Bars from zero, one for each name, with their numbers in the file; ``told`` aloud."""
        from pptx.enum.chart import XL_CHART_TYPE

        chart = self._chart(XL_CHART_TYPE.BAR_CLUSTERED, names, [series], area, told)
        chart.category_axis.reverse_order = True
        chart.plots[0].gap_width = 60
        colours = self._theme.colours
        drawn = chart.plots[0].series[0]
        for place, point in enumerate(series.points):
            shown = drawn.points[place].format
            if point is not None and point.is_promised:
                # Promised is an outline; what moved is solid.
                shown.fill.background()
                shown.line.color.rgb = _rgb(colours.money_promised)
                shown.line.width = 28_575
            else:
                shown.fill.solid()
                shown.fill.fore_color.rgb = _rgb(colours.money_moved)
        chart.value_axis.has_major_gridlines = False
        self._title(chart, series.name)

    def points(
        self, days: Sequence[date], lines: Sequence[Series], area: QRectF, title: str, told: str
    ) -> None:
        """Points over time, joined by nothing: what lay between two of them nobody says."""
        from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE

        chart = self._chart(XL_CHART_TYPE.LINE_MARKERS, days, lines, area, told)
        for drawn, colour in zip(chart.plots[0].series, self._colours(), strict=False):
            drawn.format.line.fill.background()
            drawn.smooth = False
            drawn.marker.size = 12
            drawn.marker.style = XL_MARKER_STYLE.CIRCLE
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = _rgb(colour)
        _in_years(chart, (days[-1] - days[0]).days if days else 0)
        chart.has_legend = len(lines) > 1
        if chart.has_legend:
            chart.legend.position = XL_LEGEND_POSITION.BOTTOM
            chart.legend.include_in_layout = False
        self._title(chart, title)

    def _colours(self) -> tuple[QColor, ...]:
        colours = self._theme.colours
        return (colours.money_promised, *colours.categories[1:])

    def _chart(
        self,
        kind: Any,
        categories: Sequence[str] | Sequence[date],
        lines: Sequence[Series],
        area: QRectF,
        told: str,
    ) -> Any:
        from pptx.chart.data import CategoryChartData
        from pptx.util import Pt

        data = CategoryChartData()
        data.categories = list(categories)
        for each in lines:
            values = [None if point is None else float(point.value) for point in each.points]
            data.add_series(each.name, values)
        frame = self._slide.shapes.add_chart(kind, *_box(area), data)
        chart = frame.chart
        chart.font.size = Pt(14)
        chart.font.name = _FONT
        chart.has_legend = False
        chart.value_axis.minimum_scale = 0
        for drawn, each in zip(chart.plots[0].series, lines, strict=True):
            for place, point in enumerate(each.points):
                if point is not None:
                    # The number alone would say more than the source does.
                    words = drawn.points[place].data_label.text_frame
                    words.text = point.label
                    words.paragraphs[0].runs[0].font.size = Pt(14)
        _describe(frame, told)
        return chart

    def _title(self, chart: Any, title: str) -> None:
        from pptx.util import Pt

        chart.has_title = True
        chart.chart_title.text_frame.text = title[:1].upper() + title[1:]
        font = chart.chart_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(14), False

    def picture(self, png: bytes, area: QRectF, name: str) -> None:
        """A picture that fills an area, with words for those who do not see it."""
        import io

        _describe(self._slide.shapes.add_picture(io.BytesIO(png), *_box(area)), name)

    def notes(self, words: str) -> None:
        """What the speaker says."""
        self._slide.notes_slide.notes_text_frame.text = words

    def _number(self, number: Words, unit: Any) -> None:
        area = QRectF(number.area)
        area.setWidth((unit.area.right() - area.left()) * _SPARE)
        shape = self._slide.shapes.add_textbox(*_box(area))
        self._write(shape, [number, unit._replace(text=f" {unit.text}")], None)

    def _write(self, shape: Any, runs: Sequence[Words], area: QRectF | None) -> None:
        """Put words into a shape: on lines of their own within ``area``, or all on one line."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN

        if area is not None:
            shape.left, shape.top, shape.width, shape.height = _box(area)
        frame = shape.text_frame
        # One line stays one: a font that stands in for ours may run wider, but breaks no number.
        is_line = "\n" not in runs[0].text and area is None
        fitted = MSO_AUTO_SIZE.NONE if is_line else MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame.auto_size, frame.word_wrap = fitted, not is_line
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        is_right = bool(runs[0].align & Qt.AlignmentFlag.AlignRight)
        paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
        for each in runs:
            self._run(paragraph, each)

    def _line(self, line: Hairline) -> None:
        from pptx.enum.shapes import MSO_CONNECTOR

        ends = (line.start.x(), line.start.y(), line.end.x(), line.end.y())
        shape = self._slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(_emu, ends))
        shape.line.color.rgb = _rgb(colour_of(line.tone, self._theme))
        shape.line.width = 6350

    def _fill_cell(self, cell: Any, content: Cell, *, is_head: bool) -> None:
        from pptx.enum.text import PP_ALIGN

        paragraph = cell.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if content.flush else PP_ALIGN.LEFT
        colours = self._theme.colours
        self._say(paragraph, content.text, content.role, colours.muted if is_head else colours.ink)
        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(colours.panel if is_head else colours.page)

    def _run(self, paragraph: Any, words: Words) -> None:
        lead = (_CLOCK if words.tone == "stale" else _FLAG) if words.flag else ""
        text = lead + words.text.replace("\n", " ")
        self._say(paragraph, text, words.role, colour_of(words.tone, self._theme))

    def _say(self, paragraph: Any, text: str, role: TextRole, colour: QColor) -> None:
        """Add words in their type: on the run, for PowerPoint minds it on no paragraph."""
        from pptx.util import Pt

        run = paragraph.add_run()
        run.text = text
        font = Theme.font(role)
        run.font.name = _FONT
        run.font.size = Pt(font.pixelSize() * _POINTS_PER_PX)
        run.font.bold = font.weight() >= font.Weight.DemiBold
        run.font.color.rgb = _rgb(colour)


def _is_unit_of(number: Words, unit: Item) -> bool:
    """Whether words stand beside a large number and belong to it."""
    if not isinstance(unit, Words) or unit.role != "slide_body" or unit.tone != "muted":
        return False
    is_beside = number.area.right() <= unit.area.left() <= number.area.right() + _UNIT_PX
    return is_beside and number.area.top() <= unit.area.top() < number.area.bottom()


def roomy(area: QRectF) -> QRectF:
    """The room that words on paper of their own are given, for fonts that run wider than ours."""
    wide = QRectF(area)
    wide.setRight(min(area.left() + area.width() * _CARD_SPARE, 1920 - area.left()))
    return wide


def _roomy(words: Words) -> QRectF:
    """A single line is given room to run on; broken lines break where they did."""
    wide = QRectF(words.area)
    flag = flag_px(words.role) if words.flag else 0.0
    wide.setWidth(wide.width() * (1.01 if "\n" in words.text else _SPARE) + flag)
    if words.align & Qt.AlignmentFlag.AlignRight:
        wide.moveRight(words.area.right())
    return wide


def _box(area: QRectF) -> tuple[Any, Any, Any, Any]:
    return _emu(area.left()), _emu(area.top()), _emu(area.width()), _emu(area.height())


def _emu(length_px: float) -> Any:
    from pptx.util import Emu

    return Emu(round(length_px * _EMU_PER_PX))


def _rgb(colour: QColor) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.name()[1:].upper())


def _fill(shape: Any, colour: QColor) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _in_years(chart: Any, days: int) -> None:
    """Let the line of time be marked at every year, or at every month where it is short."""
    from pptx.oxml.ns import qn

    axis = chart._chartSpace.find(f".//{qn('c:dateAx')}")
    if axis is None:
        return
    unit = "years" if days > 2 * 366 else "months"
    labels = chart.category_axis.tick_labels
    labels.number_format = "yyyy" if unit == "years" else "mmm yyyy"
    labels.number_format_is_linked = False
    # What python-pptx has no words for, in the order of ISO/IEC 29500-1, 21.2.2.39.
    for name, value in (("baseTimeUnit", "days"), ("majorUnit", "1"), ("majorTimeUnit", unit)):
        for old in axis.findall(qn(f"c:{name}")):
            axis.remove(old)
        added = axis.makeelement(qn(f"c:{name}"), {"val": value})
        axis.append(added)


def _describe(shape: Any, words: str) -> None:
    """What screen readers say of a shape."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)
