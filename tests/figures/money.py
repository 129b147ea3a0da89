"""Money promised, money moved and an estimate, as the charts of a clean-up have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.model.dates import EdtfDate
from desktop.model.records import AudienceId, FactId, Says
from desktop.model.values import LocalText
from tests.model import samples

if TYPE_CHECKING:
    from desktop.model.dossier import Dossier
    from desktop.model.records import Fact, Record

COMMITMENT, CONTRIBUTION, ESTIMATE = "commitment", "contribution", "estimate"
WASHINGTON, HANOI = AudienceId("washington"), AudienceId("hanoi")

MEASURES = (
    samples.measure(COMMITMENT, name=LocalText("Commitment"), kind="cumulative", stage="committed"),
    samples.measure(
        CONTRIBUTION, name=LocalText("Contribution"), kind="cumulative", stage="contributed"
    ),
    samples.measure(ESTIMATE, name=LocalText("Cost estimate"), kind="level"),
)


def reading(
    record_id: str, measure: str, value: str | None, when: str | None, **fields: object
) -> Fact:
    return samples.fact(
        record_id, value, when=when, **{"kind": "number", "measure": measure, **fields}
    )


def committed() -> list[Fact]:
    """183, then 300, then 430: 130 more, which another source dates to November."""
    says = Says(when=EdtfDate.parse("2025-11"), statement=LocalText("promised on a visit"))
    addition = samples.fact(
        "addition",
        "130 million usd",
        when="2025-01-17",
        citations=(samples.cite("vov"), samples.cite("ap", says=says)),
    )
    parts = (FactId("committed-300"), FactId("addition"))
    return [
        reading("committed-183", COMMITMENT, "183 million usd", "2018-05-11"),
        reading("committed-300", COMMITMENT, "300 million usd", "2019-12-05"),
        reading("committed-430", COMMITMENT, "430 million usd", "2025-01-17", parts=parts),
        addition,
    ]


def contributed() -> list[Fact]:
    return [
        reading("given-110", CONTRIBUTION, "more than 110 million usd", "2020-11"),
        reading("given-163", CONTRIBUTION, "163.25 million usd", "2023-03-07"),
        reading("given-218", CONTRIBUTION, "218.255 million usd", "2023-07-27"),
    ]


def estimated() -> list[Fact]:
    return [
        reading("estimate-390", ESTIMATE, "390 million usd", "2018-05"),
        reading("estimate-450", ESTIMATE, "up to 450 million usd", "2020"),
    ]


def money(*more: Record) -> Dossier:
    """All of it as of 12 December 2025, and what a test adds."""
    return samples.dossier_of(*MEASURES, *committed(), *contributed(), *estimated(), *more)
