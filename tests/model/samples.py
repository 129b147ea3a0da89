"""Records as tests need them, each with sound defaults for what a story does not speak of."""

from __future__ import annotations

from typing import Any

from desktop.model.dates import Duration, EdtfDate
from desktop.model.dossier import Dossier
from desktop.model.records import (
    About,
    Area,
    Audience,
    AudienceId,
    Citation,
    Fact,
    Measure,
    Point,
    Points,
    Record,
    Source,
    Unit,
)
from desktop.model.values import LocalText, Quantity, ScaledUnit

QUOTE = "raising the total US grant to US$430 million"


def source(
    record_id: str = "vov",
    *,
    origin: str | None = None,
    published: str | None = "2025-05-08",
    **fields: Any,
) -> Source:
    return Source(
        id=record_id,
        title=f"What {record_id} reports",
        publisher=record_id.upper(),
        origin=origin or record_id,
        published=EdtfDate.parse(published) if published else None,
        url=f"https://{record_id}.example/report",
        reliability="B",
        **fields,
    )


def cite(source_id: str = "vov", **fields: Any) -> Citation:
    return Citation(**{"source": source_id, "credibility": 2, "quote": QUOTE, **fields})


def fact(
    record_id: str,
    value: str | None = None,
    *,
    when: str | None = None,
    sources: tuple[str, ...] = ("vov",),
    **fields: Any,
) -> Fact:
    """A number if it has a value, else an event; cited from VOV unless told otherwise."""
    given = {
        "kind": "number" if value else "event",
        "area": "dioxin",
        "statement": LocalText(f"What is said of {record_id}."),
        "value": Quantity.parse(value) if value else None,
        "when": EdtfDate.parse(when) if when else None,
        "citations": tuple(cite(each) for each in sources),
    }
    return Fact(id=record_id, **{**given, **fields})


def table(record_id: str, rows: dict[str, str | None], **fields: Any) -> Fact:
    """A fact that is a table: ``rows`` hold bare amounts by period, None for a gap."""
    points = Points(
        Point(
            period=EdtfDate.parse(period),
            value=None if amount is None else Quantity.parse_bare(amount),
        )
        for period, amount in rows.items()
    )
    return fact(record_id, **{"kind": "number", "measure": "fmf", "points": points, **fields})


def measure(record_id: str = "fmf", unit: str = "million usd", **fields: Any) -> Measure:
    given = {"name": LocalText(f"The measure {record_id}"), "kind": "per-period"}
    return Measure(id=record_id, unit=ScaledUnit.parse(unit), **{**given, **fields})


def area(record_id: str = "dioxin", review_after: str | None = "P12M", **fields: Any) -> Area:
    return Area(
        id=record_id,
        name=LocalText(en="Dioxin remediation", vi="Khắc phục hậu quả dioxin"),
        group=LocalText("War legacy"),
        review_after=Duration.parse(review_after) if review_after else None,
        **fields,
    )


UNITS = (
    Unit(id="usd", sign="$", one=LocalText("U.S. dollar"), many=LocalText("U.S. dollars")),
    Unit(id="sets", one=LocalText("set of remains"), many=LocalText("sets of remains")),
    Unit(id="percent", sign_after="%"),
)
AUDIENCES = (
    Audience(id="washington", language="en-US"),
    Audience(id="hanoi", language="en-GB"),
    Audience(id="hanoi-vi", language="vi"),
)
AROUND = (*AUDIENCES, *UNITS, source("vov"), source("ap", published="2025-01-17"), area())
"""What facts refer to: audiences, units, two sources of their own and one area."""


def dossier_of(*records: Record, as_of: str = "2025-12-12", **fields: Any) -> Dossier:
    """A dossier of these records and what stands around them; a later record replaces one."""
    about = About(
        id="about",
        title=LocalText("U.S.–Vietnam defence cooperation"),
        as_of=EdtfDate.parse(as_of),
        audience=AudienceId("washington"),
        **fields,
    )
    return Dossier(about, (*AROUND, *records))
