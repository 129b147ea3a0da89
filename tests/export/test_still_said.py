"""A hand-out of last month, held beside the facts of today, slide by slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop import cli
from desktop.export.hand_out import write
from desktop.export.handout import Handout
from desktop.files.facts_file import FactsFile
from desktop.model.records import BriefingId

if TYPE_CHECKING:
    from pathlib import Path

FACTS = """\
charthouse: 1
about: {title: Talk, as_of: 2025-12-12, audience: home}
audiences:
  home: {language: en-US}
units:
  usd: {sign: $}
sources:
  paper:
    {title: What it reports, publisher: Paper, origin: paper, published: 2025-05-08, reliability: B}
areas:
  aid: {name: Aid, group: Work}
facts:
  money:
    kind: number
    area: aid
    statement: Paid for the airbase
    value: 430 million usd
    when: 2025
    citations: [{source: paper, credibility: 2, quote: paid 430 million}]
  boats:
    kind: event
    area: aid
    statement: Boats handed over
    when: 2024
    citations: [{source: paper, credibility: 2, quote: handed over}]
slides:
  first: {title: "It is {money}", layout: figure, facts: [money]}
  second: {title: Boats, layout: ledger, facts: [boats, money]}
briefings:
  talk: {title: A talk, audience: home, slides: [first, second]}
"""


@pytest.fixture(params=["pdf", "pptx"])
def handed_out(request: pytest.FixtureRequest, tmp_path: Path, qapp: object) -> Path:
    """A briefing handed out from facts.yaml, which stands beside it."""
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    dossier = FactsFile.open(path).reading.dossier
    handout = Handout(dossier, dossier.briefings[BriefingId("talk")])
    written = [each.written for each in write(handout, request.param, tmp_path)]
    assert written[-1] is not None
    return written[-1]


def told(handed_out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = cli.main(["diff", str(handed_out), str(handed_out.parent / "facts.yaml")])
    return code, capsys.readouterr().out.splitlines()


def rewrite(handed_out: Path, old: str, new: str) -> None:
    path = handed_out.parent / "facts.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_still_holds_says_nothing(
    handed_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(handed_out, capsys) == (0, [])


def test_a_number_that_moved_is_told_for_each_slide_it_stands_on(
    handed_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(handed_out, "value: 430 million", "value: 450 million")

    moved = "Paid for the airbase: said “$430 million”, now “$450 million”"
    assert told(handed_out, capsys) == (
        1,
        [f"slide 1, “It is $450 million”: {moved}", f"slide 2, “Boats”: {moved}"],
    )


def test_a_day_that_moved_is_told_as_people_say_it(
    handed_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(handed_out, "when: 2024", "when: 2024-05-08")

    _, lines = told(handed_out, capsys)
    assert lines == ["slide 2, “Boats”: Boats handed over: said “2024”, now “8 May 2024”"]


def test_a_fact_that_is_gone_is_told_by_its_id(
    handed_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(handed_out, "  boats:\n", "  ships:\n")
    rewrite(handed_out, "[boats, money]", "[ships, money]")

    assert told(handed_out, capsys) == (1, ["boats: is not in the file any more"])


def test_a_fact_that_is_on_no_slide_any_more_is_told(
    handed_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(handed_out, "[boats, money]", "[money]")

    assert told(handed_out, capsys) == (1, ["Boats handed over: stands on no slide any more"])


def test_a_briefing_that_is_gone_is_told(
    handed_out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(handed_out, "  talk: {", "  speech: {")

    assert told(handed_out, capsys) == (1, ["The file has no briefing “talk” any more."])


@pytest.mark.parametrize("name", ["of-others.pptx", "of-others.pdf", "gone.pdf"])
def test_a_file_of_others_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    if "others" in name:
        (tmp_path / name).write_bytes(b"nothing of ours")

    assert cli.main(["diff", str(tmp_path / name), str(tmp_path / "facts.yaml")]) == 2
    assert name in capsys.readouterr().err
