"""The readings of measures over time: promised money in steps, what moved as points, estimates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSizeF

from desktop.figures.brief_chart import BriefChart
from desktop.figures.chart_frame import Content, unit_of, why_none
from desktop.figures.chart_words import names_of
from desktop.figures.drawing import Drawing
from desktop.figures.period_rows import rows_height, rows_of
from desktop.figures.readings_axes import LOW_PX, SIDE_PX, grid_of, ground_of, time_line
from desktop.figures.readings_labels import Silence, ghosts_of, labels_of, names_width, silence_of
from desktop.figures.readings_layout import Named, Style, dated, reach_of, style_of, tone_of, trace
from desktop.model.series import Series, said_otherwise, sources_differ, to_columns
from desktop.services.language import Locale
from desktop.services.theme import TextRole


class ReadingsChart(BriefChart):
    """Readings of one or several measures of one unit over time.

        chart = ReadingsChart(plot_px=270)
        chart.show_measures(["bien-hoa-commitment", "bien-hoa-contribution"], audience, title)
        view = ChartView(workspace, chart)      # table, copy, save; view.picked: id of a fact
        view.show_dossier(dossier)              # in refresh and follow

    What a measure is says how it is drawn. Running totals that are promised keep their amount till
    the next (steps, hollow marks); other running totals are points joined by straight lines, and
    money that moved ends in a box that says since when nothing is reported. Levels beside them are
    dashed steps, as estimates are; on their own they are points, for nobody says what lay between.
    Periods that do not overlap are bars from zero, and counts too; totals over years that do stand
    in rows, each one bar as long as its years. A month is drawn as a month, a range as a range; an
    arrow shows to which side a value is open. Where sources differ on a date or a value a dashed
    mark stands where they put it.
    """

    def __init__(self, plot_px: float = 270.0) -> None:
        super().__init__(plot_px)
        self._prepared: tuple[Content, list[Named]] | None = None

    def plot(self, size: QSizeF, content: Content, speak: Locale) -> Drawing:
        named = self._named(content, speak)
        if self.is_rows(content, speak):
            return rows_of(named, size, content, speak)
        role: TextRole = "strong" if size.height() >= LOW_PX else "caption_strong"
        beside_px = names_width(named, unit_of(content), role, size, speak)
        ground = ground_of(size, size.width() - (beside_px or SIDE_PX), named, content, speak)
        ghosts = [ghosts_of(each, ground) for each in named]
        traced = [
            trace(each, ground, [area for ghost in found for area in ghost.areas])
            for each, found in zip(named, ghosts, strict=True)
        ]
        silences: list[Silence] = []
        for line, each in zip(traced, named, strict=True):
            silence = silence_of(line, each, ground, silences)
            silences += [silence] if silence else []
        base = time_line(ground.axis, ground.values.base_px, size.width(), speak)
        drawn = Drawing((*grid_of(ground), *base))
        for each_silence in silences:
            drawn |= each_silence.drawing
        for line, found in zip(traced, ghosts, strict=True):
            drawn |= Drawing(line.items, line.marks)
            for ghost in found:
                drawn |= ghost.drawing
        return drawn | labels_of(named, traced, ghosts, silences, ground, role, size)

    def plot_height_for(self, width_px: float, content: Content, speak: Locale) -> float:
        named = self._named(content, speak)
        if self.is_rows(content, speak):
            return rows_height(named, width_px, speak)
        return self.plot_px

    def is_rows(self, content: Content, speak: Locale) -> bool:
        """Whether all are totals over years that overlap, a row for each."""
        named = self._named(content, speak)
        return bool(named) and all(each.style.periods for each in named)

    def _named(self, content: Content, speak: Locale) -> list[Named]:
        """What no size changes, worked out once for a content."""
        if self._prepared is None or self._prepared[0] is not content:
            self._prepared = (content, _named(content, speak))
        return self._prepared[1]


def _named(content: Content, speak: Locale) -> list[Named]:
    """The lines that have a dated reading, each with its name and how it is drawn."""
    if why_none(content, speak):
        return []
    names = names_of(speak, content.lines)
    shown = [
        (line, name, facts)
        for line, name in zip(content.lines, names, strict=True)
        if (facts := dated(line))
    ]
    styles = _styles([line for line, _name, _facts in shown])
    alone = len(content.lines) == 1
    named = []
    for (line, name, facts), style in zip(shown, styles, strict=True):
        table = to_columns(facts, unit_of(content))
        others = {
            fact.id: said_otherwise(speak.dossier, fact, speak.audience)
            for fact in facts
            if sources_differ(speak.dossier, fact, speak.audience)
        }
        named.append(Named(line, name, style, facts, table, reach_of(table), others, alone))
    return named


def _styles(lines: Sequence[Series]) -> list[Style]:
    """How each line is drawn beside the others; two of one stage are told apart by colour.

    A level holds until another is given for the same measure, whatever that covers.
    """
    runs_up = any(line.measure.kind == "cumulative" for line in lines)
    styles: list[Style] = []
    for place, line in enumerate(lines):
        style = style_of(line, place, beside_totals=runs_up)
        if style.dashed:
            style = style._replace(until=_next_of_measure(line, lines))
        elif style.periods:
            first = next(n for n, other in enumerate(lines) if other.measure is line.measure)
            style = style._replace(tone=tone_of(line, first))
        elif any(style.tone == other.tone for other in styles):
            style = style._replace(tone=tone_of(line._replace(stage=None), place))
        styles.append(style)
    return styles


def _next_of_measure(line: Series, lines: Sequence[Series]) -> int | None:
    """The day of the first reading that follows the last of a line, among lines of its measure."""
    last = max(fact.when.sort_key for fact in dated(line) if fact.when)
    later = [
        fact.when.sort_key
        for other in lines
        if other.measure is line.measure
        for fact in dated(other)
        if fact.when and fact.when.sort_key > last
    ]
    return min(later)[0] if later else None
