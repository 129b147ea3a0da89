"""A hand-out as slides that PowerPoint edits: native text, charts with their data, and tables.

Only a map is a picture. Every text comes from the same layout that the stage paints.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSize

from desktop import __version__
from desktop.export.handout import Handout, Leaf
from desktop.export.pptx_parts import Cell, Point, Series, Sheet, roomy
from desktop.export.steps import Steps
from desktop.figures.brief_chart import BriefChart
from desktop.figures.chart_words import (
    differing_words,
    names_of,
    reported,
    unit_words,
    value_label,
)
from desktop.figures.drawing import Hairline, Item, Tone, Words, flag_px, size_of, wrapped
from desktop.figures.event_lane import EventLane
from desktop.figures.figure import Figure, paint_figure
from desktop.figures.readings_chart import ReadingsChart
from desktop.figures.readings_labels import silent_words
from desktop.figures.remains_ledger import RemainsLedger
from desktop.figures.slide_charts import are_remains
from desktop.figures.slide_figure import SlideFigure
from desktop.figures.slide_frame import BANNER_PX, SlidePlan, foot_top, page_of, state_mark
from desktop.figures.slide_rows import listed
from desktop.figures.stage_bars import StageBars
from desktop.model.dossier import Dossier
from desktop.model.records import PROMISED, Fact, PlaceId, Slide
from desktop.model.series import Series as Line
from desktop.model.series import in_unit, said_otherwise, sources_differ
from desktop.model.slides import said_by
from desktop.model.values import ScaledUnit
from desktop.services import pictures
from desktop.services.colours import of_marking
from desktop.services.language import Locale, tr
from desktop.services.theme import Theme

_PAGE: Final = QRectF(0, 0, 1920, 1080)
_PART: Final = "/customXml/item1.xml"
_OPENING: Final = '<charthouse xmlns="urn:charthouse:facts:1">'
_TITLE_ONLY: Final = 5
_CARD_PX: Final = 24.0
_ROW_SHARES: Final = (0.17, 0.6, 0.23)
_REMAINS_SHARES: Final = (0.26, 0.3, 0.14, 0.3)


def to_pptx(handout: Handout) -> Steps:
    """Write every page of a hand-out as a slide."""
    from pptx import Presentation

    shown: Any = Presentation()
    shown.slide_width, shown.slide_height = 12_192_000, 6_858_000
    leaves = list(handout.leaves(with_notes=False))
    for place, leaf in enumerate(leaves):
        yield place / len(leaves)
        slide = shown.slides.add_slide(shown.slide_layouts[_TITLE_ONLY])
        _fill(Sheet(slide, Theme("light")), leaf, handout)
    about = shown.core_properties
    about.title, about.author, about.last_modified_by = handout.title, "", ""
    about.subject = handout.dossier.about.marking or ""
    about.comments = f"Charthouse {__version__}"
    _keep_facts(shown, handout)
    written = io.BytesIO()
    shown.save(written)
    return written.getvalue()


def facts_within(data: bytes) -> dict[str, Any] | None:
    """What a PPTX of ours says it was made from; None for any other. Raises ValueError."""
    import zipfile
    from html import unescape

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _PART[1:] not in archive.namelist():
                return None
            text = archive.read(_PART[1:]).decode()
    except (zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    _, found, rest = text.partition(_OPENING)
    return json.loads(unescape(rest.partition("</charthouse>")[0])) if found else None


def _fill(sheet: Sheet, leaf: Leaf, handout: Handout) -> None:
    dossier, slide = handout.dossier, leaf.slide
    theme = Theme("light")
    plan = leaf.figure.plan(_PAGE, dossier)
    body: list[Item] | None = None
    if isinstance(leaf.figure, SlideFigure) and slide is not None:
        if slide.layout == "map":
            _add_map(sheet, leaf.figure, plan, dossier, theme)
        elif slide.layout in ("ledger", "timeline"):
            framed, area = leaf.figure.frame(_PAGE, dossier)
            body = list(framed.drawing.items)
            _add_listed(sheet, slide, plan, area, handout)
    strip = of_marking(dossier.about.marking or "", theme.colours)
    sheet.strip(0, BANNER_PX, strip)
    sheet.strip(_PAGE.height() - BANNER_PX, BANNER_PX, strip)
    items = list(plan.drawing.items) if body is None else body
    _add_words(sheet, items, leaf)
    for each in plan.insets:
        if isinstance(each.figure, BriefChart) and not isinstance(each.figure, RemainsLedger):
            _add_chart(sheet, each.figure, each.area, dossier)
    notes = handout.notes_of(slide) if slide is not None and handout.wanted.notes else ""
    if notes:
        sheet.notes(notes)


def _add_words(sheet: Sheet, items: Sequence[Item], leaf: Leaf) -> None:
    """All words; the largest at the top is the title of the slide."""
    titles = [
        each
        for each in items
        if isinstance(each, Words)
        and each.role in ("slide_title", "slide_number")
        and each.text.replace("\n", " ") == leaf.title
    ]
    foot_px = foot_top(page_of(_PAGE))
    foot = [
        each
        for each in items
        if isinstance(each, Words) and each.role == "slide_source" and each.area.top() >= foot_px
    ]
    rest = [each for each in items if each is not next(iter(titles), None) and each not in foot]
    if titles:
        is_on_map = leaf.slide is not None and leaf.slide.layout == "map"
        sheet.title(titles[0], roomy(titles[0].area) if is_on_map else None)
    if foot:
        sheet.foot(foot)
    if leaf.slide is not None and leaf.slide.layout == "sources":
        rest = _add_columns(sheet, rest, foot_px)
    sheet.items(rest)


def _add_columns(sheet: Sheet, items: Sequence[Item], foot_px: float) -> list[Item]:
    """The sources of a slide as columns; what else there is comes back."""
    listed = [
        each
        for each in items
        if isinstance(each, Words) and each.role != "slide_marking" and each.area.top() < foot_px
    ]
    lefts = sorted({each.area.left() for each in listed})
    width_px = lefts[1] - lefts[0] - _CARD_PX if len(lefts) > 1 else _PAGE.width() / 2
    for left_px in lefts:
        words = [each for each in listed if each.area.left() == left_px]
        area = QRectF(words[0].area)
        area.setWidth(width_px)
        area.setBottom(foot_px)
        sheet.column(words, area)
    return [each for each in items if each not in listed]


def _add_map(
    sheet: Sheet, figure: SlideFigure, plan: SlidePlan, dossier: Dossier, theme: Theme
) -> None:
    """The map as a picture, and paper under the words on it."""
    for each in plan.insets:
        sheet.picture(
            _pictured(each.figure, each.area, each.scale, dossier, theme),
            each.area,
            each.figure.describe(dossier),
        )
    for item in plan.drawing.items:
        if isinstance(item, Words) and item.role == "slide_title":
            around = roomy(item.area).adjusted(-_CARD_PX, -_CARD_PX, _CARD_PX, _CARD_PX)
            sheet.card(around, theme.colours.page)
    top = foot_top(page_of(_PAGE))
    sheet.card(QRectF(0, top, _PAGE.width(), _PAGE.height() - top), theme.colours.page)


def _pictured(figure: Figure, area: QRectF, scale: float, dossier: Dossier, theme: Theme) -> bytes:
    size = QSize(round(area.width()), round(area.height()))
    whole = QRectF(0, 0, size.width(), size.height())
    return pictures.to_png(
        size, lambda painter: paint_figure(figure, painter, whole, dossier, theme, scale), 1.0
    )


def _add_listed(
    sheet: Sheet, slide: Slide, plan: SlidePlan, area: QRectF, handout: Handout
) -> None:
    """A ledger as a table; a line of time as dots on a line, and a table below it."""
    speak, dossier = handout.speak, handout.dossier
    below = QRectF(area)
    for each in plan.insets:
        if isinstance(each.figure, EventLane):
            _add_lane(sheet, each.figure, each.area, each.scale, dossier)
            below.setTop(each.area.bottom() + _CARD_PX)
    if are_remains(slide, dossier):
        facts = listed(slide, speak)
        rows = [_remains_head(), *(_remains_row(fact, speak) for fact in facts)]
        sheet.table(rows, _REMAINS_SHARES, _fitting(below, len(rows)))
        return
    facts = listed(slide, speak)
    if facts:
        rows = [_row_head(), *(_row(fact, speak) for fact in facts)]
        sheet.table(rows, _ROW_SHARES, _fitting(below, len(rows)))


def _add_lane(sheet: Sheet, lane: EventLane, area: QRectF, scale: float, dossier: Dossier) -> None:
    layout = lane.layout_for(area.width() / scale, dossier)
    y_px = area.top() + layout.axis_y * scale
    marks = lane.marks(QRectF(0, 0, area.width() / scale, area.height() / scale), dossier)
    line = Hairline(QPointF(area.left(), y_px), QPointF(area.right(), y_px), "control")
    ticks = [
        Words(_scaled(tick.area, area, scale), tick.words, "muted", "slide_caption")
        for tick in layout.ticks
    ]
    labels = [
        Words(_scaled(label.area, area, scale), label.words, "muted", "slide_caption")
        for label in layout.labels
    ]
    sheet.items([line, *ticks, *labels])
    dots = [(_scaled(mark.area, area, scale), mark.words) for mark in marks]
    sheet.dots(dots, Theme("light").colours.link)


def _add_chart(sheet: Sheet, chart: BriefChart, area: QRectF, dossier: Dossier) -> None:
    """The readings of a chart as one of PowerPoint's own, with the numbers behind it."""
    content, speak = chart.content(dossier), chart.speak(dossier)
    lines = [line for line in content.lines if line.readings or isinstance(chart, StageBars)]
    if not any(line.readings for line in lines):
        return
    unit, names = lines[0].measure.unit, names_of(speak, lines)
    title, told = unit_words(speak, unit), chart.describe(dossier)
    notes = _notes(lines, names, area, speak)
    above = QRectF(area)
    above.setBottom(min((note.area.top() for note in notes), default=area.bottom()))
    sheet.items(notes)
    if isinstance(chart, StageBars):
        newest = [
            next((fact for fact in reversed(line.readings) if fact.value), None) for line in lines
        ]
        stages = [
            f"{name}, {_when_reported(fact, speak)}"
            for name, fact in zip(names, newest, strict=True)
        ]
        points = tuple(_point(fact, unit, speak) for fact in newest)
        sheet.bars(stages, Series(title, points), above, told)
        return
    readings = [(fact, place) for place, line in enumerate(lines) for fact in line.readings]
    readings.sort(key=lambda each: each[0].when.sort_key if each[0].when else (0, 0))
    is_rows = isinstance(chart, ReadingsChart) and chart.is_rows(content, speak)
    if is_rows or any(line.measure.kind in ("per-period", "count") for line in lines):
        # A sum over years is no point in time, and nothing lies between two of them.
        dates = [speak.date(fact.when, short=True) or tr("undated") for fact, _ in readings]
        if len(lines) > 1:
            dates = [
                f"{names[place]}, {date}" for (_, place), date in zip(readings, dates, strict=True)
            ]
        points = tuple(_point(fact, unit, speak) for fact, _ in readings)
        sheet.bars(dates, Series(title, points), above, told)
        return
    days = sorted({day for fact, _ in readings if (day := _day(fact)) is not None})
    series = []
    for line, name in zip(lines, names, strict=True):
        by_day = {_day(fact): fact for fact in line.readings}
        points = tuple(_point(by_day.get(day), unit, speak) for day in days)
        series.append(Series(name, points))
    sheet.points(days, series, above, title, told)


def _notes(lines: Sequence[Line], names: Sequence[str], area: QRectF, speak: Locale) -> list[Words]:
    """Where sources differ on a reading and what is not reported, from the lower edge up."""
    said: list[tuple[str, Tone]] = []
    for line, name in zip(lines, names, strict=True):
        for fact in line.readings:
            if sources_differ(speak.dossier, fact, speak.audience):
                others = said_otherwise(speak.dossier, fact, speak.audience)
                said.append(
                    (f"{reported(speak, fact)}. {differing_words(speak, others)}", "differ")
                )
        last = next((fact for fact in reversed(line.readings) if fact.value and fact.when), None)
        silent = silent_words(line, last, speak)
        if silent:
            said.append((f"{name}: {silent}" if len(lines) > 1 else silent, "muted"))
    notes: list[Words] = []
    top_px = area.bottom()
    for words, tone in said:
        flag = tone == "differ"
        text = wrapped(words, "slide_caption", area.width() - flag_px("slide_caption"))
        size = size_of(text, "slide_caption", flag=flag)
        top_px -= size.height()
        at = QRectF(QPointF(area.left(), top_px), size)
        notes.append(Words(at, text, tone, "slide_caption", flag=flag))
    return notes


def _when_reported(fact: Fact | None, speak: Locale) -> str:
    if fact is None:
        return tr("not reported")
    return speak.date(fact.when, short=True) or tr("undated")


def _day(fact: Fact) -> date | None:
    return fact.when.first_day or fact.when.last_day if fact.when else None


def _point(fact: Fact | None, unit: ScaledUnit, speak: Locale) -> Point | None:
    if fact is None or fact.value is None:
        return None
    told = in_unit(fact.value, unit)
    measure = speak.dossier.measures.get(fact.measure) if fact.measure else None
    stage = fact.stage or (measure.stage if measure else None)
    return Point(told.amount, value_label(speak, fact.value, unit), stage in PROMISED)


def _row_head() -> list[Cell]:
    return [Cell(tr("When")), Cell(tr("What")), Cell(tr("How much"), flush=True)]


def _row(fact: Fact, speak: Locale) -> list[Cell]:
    mark = state_mark(fact, speak.dossier)
    stated = speak.statement(fact).rstrip(".")
    return [
        Cell(speak.date(fact.when, short=True) or tr("undated")),
        Cell(f"{stated} ({mark[0]})" if mark else stated),
        Cell(speak.quantity(fact.value) if fact.value else "", "slide_caption_strong", flush=True),
    ]


def _remains_head() -> list[Cell]:
    return [
        Cell(tr("Ceremony")),
        Cell(tr("Place")),
        Cell(tr("Sets"), flush=True),
        Cell(tr("Source")),
    ]


def _remains_row(fact: Fact, speak: Locale) -> list[Cell]:
    dossier = speak.dossier
    place = dossier.places.get(PlaceId(fact.place)) if fact.place else None
    source = dossier.sources.get(fact.citations[0].source) if fact.citations else None
    return [
        Cell(speak.date(fact.when, short=True) or tr("undated")),
        Cell(speak.name(place) if place else tr("not stated")),
        Cell(speak.quantity(fact.value) if fact.value else tr("not stated"), flush=True),
        Cell(speak.source(source) if source else "", "slide_source"),
    ]


def _fitting(area: QRectF, rows: int) -> QRectF:
    """As high as the rows need, and never past the foot."""
    return QRectF(area.left(), area.top(), area.width(), min(area.height(), rows * 62.0))


def _scaled(area: QRectF, within: QRectF, scale: float) -> QRectF:
    return QRectF(area.topLeft() * scale + within.topLeft(), area.size() * scale)


def _keep_facts(shown: Any, handout: Handout) -> None:
    """Keep within the file what each fact said, so that it can be compared later."""
    from html import escape

    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    said = said_by(handout.dossier, handout.briefing)
    told = json.dumps({"briefing": handout.briefing.id, "facts": said}, ensure_ascii=False)
    blob = f'<?xml version="1.0" encoding="UTF-8"?>{_OPENING}{escape(told)}</charthouse>'
    package = shown.part.package
    part = Part(PackURI(_PART), "application/xml", package, blob.encode())
    shown.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
