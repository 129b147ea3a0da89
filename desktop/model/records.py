"""The rows of a facts file: an `about` and ten kinds of record, frozen, each with its id.

Annotations are evaluated as they stand: msgspec would have to evaluate each from its text at every
start, which takes longer than the rest of this module.
"""

import re
from typing import Annotated, Final, Literal, NewType, TypeVar

import msgspec

from desktop.model.dates import Duration, EdtfDate
from desktop.model.values import LocalText, Quantity, ScaledUnit

FORMAT_VERSION: Final = 1

AudienceId = NewType("AudienceId", str)
UnitId = NewType("UnitId", str)
SourceId = NewType("SourceId", str)
AreaId = NewType("AreaId", str)
PlaceId = NewType("PlaceId", str)
MeasureId = NewType("MeasureId", str)
FactId = NewType("FactId", str)
"""A fact, or one row of a fact's table: ``fmf-by-year/FY2017``."""
OverlayId = NewType("OverlayId", str)
SlideId = NewType("SlideId", str)
BriefingId = NewType("BriefingId", str)

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Admiralty code, the letter: how far the source is to be relied on."""
Credibility = Annotated[int, msgspec.Meta(ge=1, le=6)]
"""Admiralty code, the digit: how credible the claim is in itself."""
FactKind = Literal["event", "number", "commitment", "status", "judgement", "official"]
MeasureKind = Literal["cumulative", "per-period", "level", "count"]
Stage = Literal[
    "requested",
    "appropriated",
    "pledged",
    "committed",
    "obligated",
    "contributed",
    "disbursed",
]
Layout = Literal[
    "figure",
    "chart",
    "figure-and-chart",
    "ledger",
    "map",
    "timeline",
    "two-sources",
    "section",
    "sources",
]
PlaceKind = Literal[
    "city",
    "port",
    "airport",
    "airbase",
    "base",
    "site",
    "province",
    "country",
    "island",
    "cay",
    "rock",
    "reef",
    "shoal",
    "bank",
    "low-tide-elevation",
    "feature",
    "sea",
    "gulf",
    "strait",
    "region",
    "position",
]
"""A bank is submerged; a position is a point at sea that a report states."""
Party = Literal[
    "brunei",
    "china",
    "indonesia",
    "malaysia",
    "philippines",
    "taiwan",
    "vietnam",
]
"""Who holds a feature or claims a line; the word says nothing of status or title."""
Award2016 = Literal[
    "rock",
    "low-tide-elevation",
    "rock-and-low-tide-elevation",
    "rock-by-general-finding",
]
"""What the award of 12 July 2016 found a feature to be, in its natural condition.

``rock-by-general-finding``: not named, but among the high-tide features of the Spratly Islands, all
of which the tribunal found to be rocks.
"""

ID: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_ID_CHARACTERS: Final = 100
_ID = re.compile(ID).fullmatch


def is_id(text: str) -> bool:
    """Whether a record can go by this: lower-case letters, digits and hyphens."""
    return _ID(text) is not None and len(text) <= MAX_ID_CHARACTERS


def id_from(words: str) -> str:
    """An id made of words, their accents taken off; empty if none of them has letters."""
    import unicodedata  # a sound file never needs it

    letters = unicodedata.normalize("NFKD", words.lower().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "-", plain)[:MAX_ID_CHARACTERS].strip("-")


PROMISED: Final[frozenset[Stage]] = frozenset({"requested", "appropriated", "pledged", "committed"})
"""Stages at which money has been promised; at the others it has moved."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A frozen row; ``id`` is its key in the file."""

    id: str


class About(Record, frozen=True):
    """The header: what the file is, the day it speaks of, and for whom."""

    title: LocalText
    as_of: EdtfDate
    marking: str | None = None
    audience: AudienceId | None = None
    bottom_line: LocalText | None = None
    key_facts: tuple[FactId, ...] = ()


class Audience(Record, frozen=True):
    """Those who are briefed; ``language`` is a BCP 47 tag and settles spelling and names."""

    language: Literal["en-US", "en-GB", "vi"]
    name: LocalText | None = None


class Unit(Record, frozen=True):
    """What is counted: ``sign`` stands before the number, ``sign_after`` behind it."""

    sign: str | None = None
    sign_after: str | None = None
    one: LocalText | None = None
    many: LocalText | None = None


class Source(Record, frozen=True):
    """A document that was read; copies of one agency's text share an ``origin``."""

    title: str
    publisher: str
    origin: str
    reliability: Reliability
    via: str | None = None
    published: EdtfDate | None = None
    accessed: EdtfDate | None = None
    url: str | None = None
    language: str | None = None
    note: LocalText | None = None


class Says(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where one source differs from the fact it is cited for."""

    value: Quantity | None = None
    when: EdtfDate | None = None
    place: PlaceId | None = None
    stage: Stage | None = None
    scope: LocalText | None = None
    statement: LocalText | None = None


class Citation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One source's words for a fact: a quotation as printed, or where in it the figure stands."""

    source: SourceId
    credibility: Credibility
    quote: str | None = None
    locator: str | None = None
    says: Says | None = None


class Area(Record, frozen=True):
    """A field of cooperation; ``lead`` is the fact that its pane shows first."""

    name: LocalText
    group: LocalText
    lead: FactId | None = None
    summary: LocalText | None = None
    review_after: Duration | None = None


class Place(Record, frozen=True):
    """Somewhere on the map; latitude and longitude in degrees, WGS 84.

    ``precision_km`` is how far off the position may be. ``held_by`` says who holds a maritime
    feature, which is not whose it is.
    """

    name: LocalText
    kind: PlaceKind
    name_for: dict[AudienceId, str] = {}
    group: str | None = None
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = None
    precision_km: Annotated[float, msgspec.Meta(gt=0, le=2000)] | None = None
    held_by: Party | None = None
    held_since: EdtfDate | None = None
    held_as_of: EdtfDate | None = None
    award_2016: Award2016 | None = None
    note: LocalText | None = None
    citations: tuple[Citation, ...] = ()


class Measure(Record, frozen=True):
    """What a series of readings measures."""

    name: LocalText
    unit: ScaledUnit
    kind: MeasureKind
    stage: Stage | None = None


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How we settle a difference between sources, and why."""

    say: LocalText
    why: LocalText | None = None
    date: EdtfDate | None = None


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table out of one document; without a value it is a gap, never zero."""

    period: EdtfDate
    value: Quantity | None = None
    note: LocalText | None = None


class Points(tuple[Point, ...]):
    """The rows of a fact's table in the order of the file."""

    __slots__ = ()


class Fact(Record, frozen=True):
    """Something claimed, with the sources that claim it."""

    kind: FactKind
    area: AreaId | None = None
    statement: LocalText | None = None
    value: Quantity | None = None
    when: EdtfDate | None = None
    place: PlaceId | None = None
    measure: MeasureId | None = None
    stage: Stage | None = None
    scope: LocalText | None = None
    parts: tuple[FactId, ...] = ()
    citations: tuple[Citation, ...] = ()
    contradicted_by: tuple[FactId, ...] = ()
    supersedes: tuple[FactId, ...] = ()
    delivers: tuple[FactId, ...] = ()
    withhold_from: tuple[AudienceId, ...] = ()
    reading: Reading | None = None
    note: LocalText | None = None
    points: Points = Points()


LonLat = tuple[
    Annotated[float, msgspec.Meta(ge=-180, le=180)],
    Annotated[float, msgspec.Meta(ge=-90, le=90)],
]


class Ring(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All points at one geodesic distance, in nautical miles, from a place."""

    centre: PlaceId
    radius_nm: Annotated[float, msgspec.Meta(gt=0, le=10800)]


class Overlay(Record, frozen=True):
    """Lines, areas or a ring of our own on the map; a claim line names its claimant."""

    name: LocalText
    claimant: Party | None = None
    lines: tuple[tuple[LonLat, ...], ...] = ()
    areas: tuple[tuple[LonLat, ...], ...] = ()
    ring: Ring | None = None
    note: LocalText | None = None
    citations: tuple[Citation, ...] = ()


class MapView(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    rename={"from_": "from"},
):
    """The window of a map slide: centre in degrees, width in nautical miles, layers, years."""

    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    span_nm: Annotated[float, msgspec.Meta(gt=0, le=10800)]
    layers: tuple[str, ...] = ()
    from_: EdtfDate | None = None
    to: EdtfDate | None = None


class Slide(Record, frozen=True):
    """One message for an audience."""

    title: LocalText
    layout: Layout
    measures: tuple[MeasureId, ...] = ()
    facts: tuple[FactId, ...] = ()
    map: MapView | None = None
    notes: LocalText | None = None
    seconds: Annotated[int, msgspec.Meta(ge=0, le=86400)] | None = None


class Briefing(Record, frozen=True):
    """Slides in order, and backups that are reached by number only."""

    title: LocalText
    audience: AudienceId | None = None
    slides: tuple[SlideId, ...] = ()
    backup: tuple[SlideId, ...] = ()


AnyRecord = TypeVar("AnyRecord", bound=Record)

SECTIONS: Final[dict[str, type[Record]]] = {
    "audiences": Audience,
    "units": Unit,
    "sources": Source,
    "areas": Area,
    "places": Place,
    "measures": Measure,
    "facts": Fact,
    "overlays": Overlay,
    "slides": Slide,
    "briefings": Briefing,
}
"""The sections of the file in their order, each with the kind of record it holds."""

SECTION_OF: Final[dict[type[Record], str]] = {
    About: "about",
    **{kind: name for name, kind in SECTIONS.items()},
}
