"""Repatriation ceremonies as a ledger: when, where, how many sets, and who says so."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from desktop.figures.brief_chart import BriefChart
from desktop.figures.chart_frame import Content
from desktop.figures.chart_words import spoken
from desktop.figures.drawing import Drawing, Hairline, Item, Tone, Words, broken, size_of
from desktop.figures.figure import Mark
from desktop.model.dossier import Dossier
from desktop.model.records import Citation, Fact, PlaceId
from desktop.model.states import states_of
from desktop.services.citation_words import grade_of
from desktop.services.language import Locale, state_words, tr
from desktop.services.theme import SMALL_PX, TextRole, Theme

ROW_PX: Final = 32.0

_HEAD_PX: Final = 26.0
_WIDE_PX: Final = 640.0
_WHEN_SHARE: Final = 0.26
_SETS_SHARE: Final = (0.58, 1.0)
"""Where the number of sets ends, of the width: with a column of sources after it, and without."""
_GAP_PX: Final = 32.0
_RING_PX: Final = 5.0
_INSET_PX: Final = 8.0
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


class RemainsLedger(BriefChart):
    """One row for each ceremony of its measure, the newest first, and a word on the gaps.

    No row is a total: what was handed over between the ceremonies that are listed is not known.
    """

    def plot_height_for(self, width_px: float, content: Content, speak: Locale) -> float:
        rows = len(_ceremonies(content))
        return _HEAD_PX + rows * ROW_PX + _note(width_px).area.height() + SMALL_PX

    def plot(self, size: QSizeF, content: Content, speak: Locale) -> Drawing:
        items: list[Item] = [*_head(size.width())]
        marks: list[Mark] = []
        top_px = _HEAD_PX
        for fact in _ceremonies(content):
            area = QRectF(0, top_px, size.width(), ROW_PX)
            items += _row(area, fact, speak)
            words = f"{speak.statement(fact).rstrip('.')}\n{spoken(speak, fact, '')}"
            # The ring of a mark reaches around it, and so to the edges of the row.
            marks.append(
                Mark(fact.id, area.adjusted(_RING_PX, _RING_PX, -_RING_PX, -_RING_PX), words)
            )
            top_px += ROW_PX
        note = _note(size.width())
        items.append(note._replace(area=note.area.translated(0, top_px + SMALL_PX)))
        return Drawing(tuple(items), tuple(marks))

    def _read(self, dossier: Dossier) -> Content:
        content = super()._read(dossier)
        ids = (fact.place for fact in _ceremonies(content))
        named = (dossier.places.get(PlaceId(place_id)) for place_id in ids if place_id)
        places = tuple(place for place in named if place is not None)
        return content._replace(around=(*content.around, *places))


def _ceremonies(content: Content) -> list[Fact]:
    """All readings, the newest first; those without a date last."""
    facts = [fact for line in content.lines for fact in line.readings]
    return sorted(facts, key=lambda fact: fact.when.sort_key if fact.when else (0, 0))[::-1]


def _head(width_px: float) -> list[Item]:
    sets_px = _sets_right(width_px)
    items: list[Item] = [
        _words(_INSET_PX, 0, tr("Ceremony")),
        _words(width_px * _WHEN_SHARE, 0, tr("Place")),
        _words(sets_px, 0, tr("Sets"), flush=True),
    ]
    if width_px >= _WIDE_PX:
        items.append(_words(sets_px + _GAP_PX, 0, tr("Source")))
    items.append(Hairline(QPointF(0, _HEAD_PX), QPointF(width_px, _HEAD_PX)))
    return items


def _row(area: QRectF, fact: Fact, speak: Locale) -> list[Item]:
    width_px, middle = area.width(), area.center().y() - 10
    sets_px, place_px = _sets_right(width_px), width_px * _WHEN_SHARE
    when = speak.date(fact.when, short=True) or tr("undated")
    sets = _words(sets_px, middle, _sets(speak, fact), "body", flush=True, muted=not fact.value)
    flag = _flag(middle + 2) if "sources-differ" in states_of(speak.dossier, fact) else None
    flag_px = flag.area.width() + SMALL_PX if flag else 0.0
    room_px = sets.area.left() - place_px - flag_px - SMALL_PX
    place = _words(place_px, middle, _elided(_place(speak, fact), "body", room_px), "body")
    when_px = place_px - _INSET_PX - SMALL_PX
    day = _words(_INSET_PX, middle, _elided(when, "body", when_px), "body")
    items: list[Item] = [day, place, sets]
    if flag:
        items.append(flag._replace(area=flag.area.translated(place.area.right() + SMALL_PX, 0)))
    if width_px >= _WIDE_PX and fact.citations:
        room_px = width_px - sets_px - _GAP_PX - _INSET_PX
        said = _elided(_source(speak, fact.citations[0]), "caption", room_px)
        items.append(_words(sets_px + _GAP_PX, middle + 2, said))
    items.append(Hairline(QPointF(0, area.bottom()), QPointF(width_px, area.bottom())))
    return items


def _sets(speak: Locale, fact: Fact) -> str:
    """The number alone where it counts sets, as the head says; with its noun where boxes."""
    if fact.value is None:
        return tr("not stated")
    return speak.quantity(fact.value) if fact.value.unit != "sets" else speak.figure(fact.value)[0]


def _place(speak: Locale, fact: Fact) -> str:
    place = speak.dossier.places.get(PlaceId(fact.place)) if fact.place else None
    return speak.name(place) if place else tr("not stated")


def _source(speak: Locale, citation: Citation) -> str:
    source = speak.dossier.sources.get(citation.source)
    name = speak.source(source) if source else citation.source
    return f"{name} ({grade_of(source, citation)})"


def _note(width_px: float) -> Words:
    words = tr(
        "Only ceremonies that were found in sources stand here. The list has gaps, so its rows"
        " are not to be added up."
    )
    lines = broken(words, "caption", width_px)
    return Words(QRectF(QPointF(0, 0), size_of(lines, "caption")), lines, "muted")


def _flag(top_px: float) -> Words:
    words = state_words("sources-differ")
    area = QRectF(QPointF(0, top_px), size_of(words, "caption_strong", flag=True))
    return Words(area, words, "differ", "caption_strong", flag=True)


def _words(
    at_px: float,
    top_px: float,
    text: str,
    role: TextRole = "caption",
    *,
    flush: bool = False,
    muted: bool = False,
) -> Words:
    """Words that begin at ``at_px``, or end there."""
    size = size_of(text, role)
    left_px = at_px - size.width() if flush else at_px
    tone: Tone = "muted" if muted or role == "caption" else "ink"
    align = _RIGHT if flush else Qt.AlignmentFlag.AlignLeft
    return Words(QRectF(QPointF(left_px, top_px), size), text, tone, role, align=align)


def _elided(text: str, role: TextRole, width_px: float) -> str:
    metrics = QFontMetricsF(Theme.font(role))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width_px, 0.0))


def _sets_right(width_px: float) -> float:
    return width_px * _SETS_SHARE[width_px < _WIDE_PX] - _INSET_PX
