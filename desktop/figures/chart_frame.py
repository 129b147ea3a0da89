"""What stands around the drawing of every chart: title and unit above, sources and as-of below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt

from desktop.figures.chart_words import Cited, unit_words
from desktop.figures.drawing import Drawing, Item, Words, broken, size_of
from desktop.figures.figure import Mark
from desktop.model.dates import EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import AudienceId, Record, UnitId
from desktop.model.series import Series, new_parts
from desktop.model.values import ScaledUnit
from desktop.services.language import Locale, tr, tr_count
from desktop.services.theme import SMALL_PX, TIGHT_PX

Foot = Literal["desk", "sheet", "bare"]
"""What stands under a chart: at the desk one line of sources with their grades, each a mark; on a
sheet that leaves the desk all of them in words, without grades; or nothing, as a slide has its own
foot."""

MENU_PX: Final = 32.0
"""Room at the right of the title, at the desk, for the menu that a view lays over it."""

EMPTY_PX: Final = 28.0
_SOURCE_GAP_PX: Final = 14.0


class Content(NamedTuple):
    """All that a chart is drawn from.

    ``around`` are the records that its words are taken from, ``sources`` what stands below it, and
    ``undated`` the number of readings that have no place on a line of time.
    """

    title: str
    lines: tuple[Series, ...]
    around: tuple[Record, ...]
    sources: tuple[Cited, ...]
    undated: int
    as_of: EdtfDate
    language: str
    audience: AudienceId | None


SOURCE: Final = "source "
"""How the part of a mark begins that stands for a source under the chart."""


def unit_of(content: Content) -> ScaledUnit:
    """The unit of the axis: that of the first measure."""
    return content.lines[0].measure.unit


def records_around(dossier: Dossier, lines: Sequence[Series], speak: Locale) -> Iterable[Record]:
    """The units, sources and new parts that the words of these lines are taken from."""
    found: dict[tuple[str, str], Record] = {}
    for line in lines:
        unit = dossier.units.get(UnitId(line.measure.unit.unit))
        for reading in line.readings:
            for fact in (reading, *(new_parts(dossier, reading, speak.audience))):
                if fact is not reading:
                    found["fact", fact.id] = fact
                for citation in fact.citations:
                    source = dossier.sources.get(citation.source)
                    if source is not None:
                        found["source", source.id] = source
        if unit is not None:
            found["unit", unit.id] = unit
    return found.values()


def why_none(content: Content, speak: Locale) -> str:
    """Why there is nothing to draw, or an empty string."""
    if not content.lines:
        return tr("The measures of this chart are not in the file.")
    strange = [line for line in content.lines if line.measure.unit.unit != unit_of(content).unit]
    if strange:
        return tr(
            "“{measure}” is counted in another unit and cannot stand on the same axis."
        ).format(measure=speak.text(strange[0].measure.name))
    if any(line.readings for line in content.lines):
        return ""
    ids = [line.measure.id for line in content.lines]
    if any(speak.dossier.facts_of(measure_id) for measure_id in ids):
        return tr("Nothing of this is shown to this audience as of this day.")
    return tr("No readings yet. A fact joins a measure by “measure: {id}” in the file.").format(
        id=ids[0]
    )


def head_of(width_px: float, content: Content, speak: Locale, foot: Foot) -> Drawing:
    """Title and unit."""
    items: list[Item] = []
    top_px = 0.0
    if content.title:
        room_px = width_px - (MENU_PX if foot == "desk" else 0)
        title = broken(content.title, "heading", room_px)
        size = size_of(title, "heading")
        items.append(Words(QRectF(QPointF(0, 0), size), title, "ink", "heading"))
        top_px = size.height()
    if content.lines:
        counted = broken(_counted(content, speak), "caption", width_px)
        size = size_of(counted, "caption")
        items.append(Words(QRectF(QPointF(0, top_px), size), counted, "muted"))
    return Drawing(tuple(items))


def _counted(content: Content, speak: Locale) -> str:
    """The unit, whether it runs up, and which readings have no place in the chart."""
    kinds = {line.measure.kind for line in content.lines} - {"level"}
    words = unit_words(speak, unit_of(content))
    words = words[:1].upper() + words[1:]
    if kinds == {"cumulative"}:
        words = tr("{unit}, cumulative").format(unit=words)
    if content.undated:
        count = tr_count("{count} undated", "{count} undated", content.undated)
        words = tr("{unit}; {count} in the table only").format(unit=words, count=count)
    return words


def foot_of(width_px: float, content: Content, speak: Locale, foot: Foot) -> Drawing:
    """Sources and as-of, as the kind of foot has them."""
    if foot == "bare" or not content.lines:
        return Drawing()
    as_of = as_of_words(speak)
    size = size_of(as_of, "source")
    right_px = width_px - size.width()
    flush = Qt.AlignmentFlag.AlignRight
    if foot == "desk":
        items, marks = _source_marks(right_px - _SOURCE_GAP_PX, content, speak)
        day = Words(
            QRectF(QPointF(right_px, SMALL_PX), size), as_of, "muted", "source", align=flush
        )
        return Drawing((*items, day), tuple(marks))
    names = [speak.source(each.source) for each in content.sources]
    said = tr("Sources: {sources}. {as_of}.").format(sources="; ".join(names), as_of=as_of)
    lines = broken(said if names else f"{as_of}.", "source", width_px)
    area = QRectF(QPointF(0, SMALL_PX), size_of(lines, "source"))
    return Drawing((Words(area, lines, "muted", "source"),))


def _source_marks(
    width_px: float, content: Content, speak: Locale
) -> tuple[list[Item], list[Mark]]:
    """Sources on one line, each leading to what rests on it, and how many more there are."""
    items: list[Item] = []
    marks: list[Mark] = []
    x_px = 0.0
    sources = content.sources
    for place, each in enumerate(sources):
        name, rest = speak.source(each.source), len(sources) - place - 1
        more = tr_count("{count} more", "{count} more", rest + 1)
        size, grade = size_of(name, "source"), size_of(each.grade, "marking")
        needed_px = size.width() + TIGHT_PX + grade.width()
        spare_px = size_of(more, "source").width() + _SOURCE_GAP_PX if rest else 0.0
        if x_px + needed_px + spare_px > width_px:
            area = QRectF(QPointF(x_px, SMALL_PX), size_of(more, "source"))
            items.append(Words(area, more, "muted", "source"))
            break
        area = QRectF(QPointF(x_px, SMALL_PX), size)
        beside = QRectF(QPointF(area.right() + TIGHT_PX, SMALL_PX), grade)
        items += [
            Words(area, name, "link", "source"),
            Words(beside, each.grade, "muted", "marking"),
        ]
        words = f"{name} ({each.grade})\n{each.source.title}"
        marks.append(Mark(each.fact_id, area.united(beside), words, SOURCE + each.source.id))
        x_px = beside.right() + _SOURCE_GAP_PX
    return items, marks


def as_of_words(speak: Locale) -> str:
    """The day that a chart speaks of."""
    return tr("As of {date}").format(date=speak.date(speak.dossier.about.as_of, short=True))


def height_of(part: Drawing) -> float:
    """How much room a head or foot takes, with what parts it from the plot."""
    lowest = max(
        (item.area.bottom() for item in part.items if isinstance(item, Words)), default=0.0
    )
    return lowest + SMALL_PX if lowest else 0.0
