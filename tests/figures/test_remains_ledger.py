"""The ledger says of each ceremony what its source says, and never adds."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from desktop.figures.drawing import Words
from desktop.figures.remains_ledger import RemainsLedger
from desktop.model.records import AudienceId, MeasureId, Place, Says
from desktop.model.values import LocalText, Quantity
from tests.model import samples

if TYPE_CHECKING:
    from desktop.model.dossier import Dossier
    from desktop.model.records import Fact, Record

CEREMONIES = "ceremonies"
WASHINGTON, HANOI_VI = AudienceId("washington"), AudienceId("hanoi-vi")

pytestmark = pytest.mark.usefixtures("qapp")


def ceremony(record_id: str, sets: str | None, when: str | None, **fields: object) -> Fact:
    return samples.fact(
        record_id, sets, when=when, **{"kind": "event", "measure": CEREMONIES, **fields}
    )


def dossier_of(*ceremonies: Record) -> Dossier:
    name = LocalText(en="Da Nang", vi="Đà Nẵng")
    return samples.dossier_of(
        samples.measure(CEREMONIES, "sets", kind="count", name=LocalText("Sets at each ceremony")),
        Place(id="da-nang", name=name, kind="city"),
        *ceremonies,
    )


FOUR = (
    ceremony("spring", "2 sets", "2024-04", place="da-nang"),
    ceremony("unstated", None, "2023-07-29", place="da-nang"),
    ceremony("one-of", "1 sets", "[2020..2021]"),
    ceremony("summer", "3 sets", "2025-07-25", place="da-nang"),
)


def ledger(audience: AudienceId = WASHINGTON) -> RemainsLedger:
    figure = RemainsLedger()
    figure.show_measures([MeasureId(CEREMONIES)], audience, "Repatriation ceremonies")
    return figure


def drawn(
    dossier: Dossier, width_px: float = 900, figure: RemainsLedger | None = None
) -> list[Words]:
    figure = figure or ledger()
    size = QSizeF(width_px, figure.height_for(width_px, dossier))
    return [item for item in figure.drawing(size, dossier).items if isinstance(item, Words)]


def line(words: list[Words], text: str) -> list[str]:
    """All words on the line of these, from the left."""
    beside = next(each.area.center().y() for each in words if each.text == text)
    level = [each for each in words if abs(each.area.center().y() - beside) < 6]
    return [each.text for each in sorted(level, key=lambda each: each.area.left())]


def test_each_ceremony_is_a_row_the_newest_first() -> None:
    dossier, figure = dossier_of(*FOUR), ledger()
    rect = QRectF(10, 20, 900, figure.height_for(900, dossier))

    rows = [mark for mark in figure.marks(rect, dossier) if not mark.part]

    assert [mark.fact_id for mark in rows] == ["summer", "spring", "unstated", "one-of"]
    assert [mark.area.top() for mark in rows] == sorted(mark.area.top() for mark in rows)
    assert all(rect.contains(mark.area) for mark in rows)


def test_a_row_says_date_place_sets_and_source() -> None:
    words = drawn(dossier_of(*FOUR))

    assert line(words, "25 Jul 2025") == ["25 Jul 2025", "Da Nang", "3", "VOV, 8 May 2025 (B2)"]


def test_what_is_not_stated_is_said_to_be_so() -> None:
    words = drawn(dossier_of(*FOUR))

    assert line(words, "29 Jul 2023")[2] == "not stated"
    assert line(words, "between 2020 and 2021")[1] == "not stated"


def test_boxes_are_not_counted_as_sets() -> None:
    boxes = ceremony("boxes", "4 boxes", "2025-04-19", place="da-nang")

    words = drawn(dossier_of(*FOUR, boxes))

    assert line(words, "19 Apr 2025")[2] == "4 boxes"


def test_there_is_a_word_on_gaps_and_no_sum() -> None:
    texts = [words.text.replace("\n", " ") for words in drawn(dossier_of(*FOUR))]

    assert any("The list has gaps" in text for text in texts)
    # 2 + 1 + 3 are six sets, which nobody reported.
    assert "6" not in texts


def test_a_row_on_which_sources_differ_carries_the_flag() -> None:
    says = Says(value=Quantity.parse("2 sets"))
    citations = (samples.cite("vov"), samples.cite("ap", says=says))
    differing = ceremony("differing", "4 sets", "2022-06-30", citations=citations)

    words = drawn(dossier_of(*FOUR, differing))

    assert [each.flag for each in words if each.text == "Sources differ"] == [True]
    assert "Sources differ" in line(words, "30 Jun 2022")


def test_places_follow_the_audience() -> None:
    words = drawn(dossier_of(*FOUR), figure=ledger(HANOI_VI))

    assert line(words, "25/7/2025")[1] == "Đà Nẵng"


def test_withheld_later_and_superseded_ceremonies_are_absent() -> None:
    hidden = (
        ceremony("withheld", "1 sets", "2022", withhold_from=("washington",)),
        ceremony("later", "1 sets", "2026-01"),
        ceremony("revised", "9 sets", "2021"),
        ceremony("revision", "8 sets", "2021", supersedes=("revised",)),
    )
    dossier, figure = dossier_of(*FOUR, *hidden), ledger()
    rect = QRectF(0, 0, 900, figure.height_for(900, dossier))

    shown = {mark.fact_id for mark in figure.marks(rect, dossier)}

    assert shown == {"spring", "unstated", "one-of", "summer", "revision"}


def test_a_place_that_is_renamed_is_drawn_anew() -> None:
    dossier, figure = dossier_of(*FOUR), ledger()
    drawn(dossier, figure=figure)

    renamed = dossier.with_record(Place(id="da-nang", name=LocalText("Tourane"), kind="city"))

    assert line(drawn(renamed, figure=figure), "25 Jul 2025")[1] == "Tourane"


def test_an_empty_ledger_says_why() -> None:
    texts = " ".join(words.text for words in drawn(dossier_of()))

    assert f"measure: {CEREMONIES}" in texts


sets = st.one_of(st.none(), st.integers(1, 900).map("{} sets".format), st.just("3 boxes"))
whens = st.sampled_from(["2025-07-25", "2021", "[2020-08..2021-03]", "2006~", "2025-05/2025-07"])
some = st.lists(st.tuples(sets, whens, st.booleans(), st.booleans()), min_size=1, max_size=30)


@given(rows=some, width=st.floats(320, 2400))
def test_no_words_cover_one_another_at_any_width(
    rows: list[tuple[str | None, str, bool, bool]], width: float
) -> None:
    says = Says(when=samples.fact("x", when="2019").when)
    differing = (samples.cite("vov"), samples.cite("ap", says=says))
    ceremonies = [
        ceremony(
            f"number-{number}",
            count,
            when,
            place="da-nang" if placed else None,
            citations=differing if differs else (samples.cite("vov"),),
        )
        for number, (count, when, placed, differs) in enumerate(rows)
    ]

    words = drawn(dossier_of(*ceremonies), width)

    for one, other in combinations(words, 2):
        assert not one.area.adjusted(0, 2, 0, -2).intersects(other.area), (one.text, other.text)
    assert all(each.area.left() >= -0.5 and each.area.right() <= width + 1 for each in words)
