"""Any edit of any YAML is made right or refused, and no line beside it changes."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desktop.files.splice import Delete, Edit, EditRefused, Insert, Set, splice, tree_of
from tests.files.yaml_samples import (
    BROAD_VALUES,
    Place,
    Scribe,
    is_equal,
    model_after,
    model_of,
    places,
    untouched,
)

SUITE = json.loads(
    (Path(__file__).resolve().parents[1] / "data" / "yaml-test-suite.json").read_text("utf-8")
)["documents"]


def readable(text: str) -> bool:
    """Whether PyYAML, our judge, reads a text, and there is something to edit in it."""
    try:
        return bool(model_of(text)) and bool(tree_of(text).documents)
    except (yaml.YAMLError, EditRefused, ValueError):
        return False


READABLE = {name: text for name, text in SUITE.items() if readable(text.removeprefix("\ufeff"))}


def tried(text: str, place: Place, edit: Edit) -> tuple[str, str]:
    """The text after an edit that was made, which has to be right, or why it was refused."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    try:
        after = splice(text, [edit])
    except EditRefused as refused:
        return text, refused.problem.code
    first, *rest = model_of(body)
    assert after.startswith(mark)
    assert is_equal(model_of(after[len(mark) :]), [model_after(first, edit), *rest])
    begin, end = untouched(body, place, edit)
    olds, news = (each.removeprefix(mark).split("\n") for each in (text, after))
    olds, news = ([line.rstrip("\r") for line in each] for each in (olds, news))
    assert news[:begin] == olds[:begin]
    assert news[len(news) - end :] == olds[len(olds) - end :]
    if "\r\n" in text and "\n" not in text.replace("\r\n", ""):
        assert "\n" not in after.replace("\r\n", "")
    return after, ""


def edits_of(place: Place) -> list[Edit]:
    """All sorts of edits at one place."""
    path, node = place.path, place.node
    edits: list[Edit] = [Set(path, value) for value in BROAD_VALUES]
    if path:
        edits.append(Delete(path))
    if node.kind == "list":
        ends = (0, len(node.items))
        edits += [Insert((*path, at), value) for at in ends for value in ("x", {"q": 1, "r": "s"})]
    if node.kind == "mapping":
        edits += [Insert((*path, "new key"), value) for value in ("x", ["a", "b"])]
    return edits


def test_the_documents_of_the_public_suite_are_there() -> None:
    assert len(SUITE) > 400
    assert len(READABLE) > 230


def test_edits_of_the_public_suite_are_right_or_refused() -> None:
    made, refused = judged(every=4)

    assert made > 1_500
    assert made > 9 * refused.total()


@pytest.mark.slow
def test_all_edits_of_the_public_suite_are_right_or_refused() -> None:
    made, refused = judged(every=1)

    print(f"{made} made, refused: {dict(refused)}")
    assert made > 6_000
    assert made > 9 * refused.total()


def judged(every: int) -> tuple[int, Counter[str]]:
    """How many edits were made in the documents of the suite, and how many refused, by why."""
    made, refused = 0, Counter[str]()
    for text in READABLE.values():
        nodes = places(tree_of(text.removeprefix("\ufeff")).documents[0])
        edits = [(place, edit) for place in nodes for edit in edits_of(place)]
        for place, edit in edits[::every]:
            code = tried(text, place, edit)[1]
            made += not code
            refused.update([code] if code else [])
    return made, refused


@given(st.randoms(use_true_random=False))
def test_edits_of_any_document_are_right_or_refused(draw: random.Random) -> None:
    walk(draw, steps=4)


@given(st.randoms(use_true_random=False))
def test_edits_of_documents_that_somebody_has_mistyped_are_right_or_refused(
    draw: random.Random,
) -> None:
    stumble(draw)


@pytest.mark.slow
def test_thirty_thousand_mistyped_documents_are_edited_right() -> None:
    codes = Counter[str]()
    for seed in range(30_000):
        codes += stumble(random.Random(seed))

    print(f"{codes['']} made, refused: {dict(codes)}")
    assert codes[""] > 20_000


MISTYPED = (
    *"\x85\t#&*!|>-:?{}[],'\"%@` \n",
    *("\n", "  ", ": ", "- ", "\r\n", "<<: ", "&a ", "*a", "\n\n", "# c"),
)


def stumble(draw: random.Random) -> Counter[str]:
    """Edit a document into which something was put that should not be there."""
    scribe = Scribe(draw)
    text = scribe.document()
    for _ in range(draw.randint(1, 3)):
        at = draw.randint(0, len(text))
        text = text[:at] + draw.choice(MISTYPED) + text[at + draw.randint(0, 1) :]
    codes = Counter[str]()
    if readable(text) and "\r" not in text.replace("\r\n", ""):
        for _ in range(3):
            place = draw.choice(places(tree_of(text).documents[0]))
            codes[tried(text, place, scribe.edit(place))[1]] += 1
    return codes


@pytest.mark.slow
def test_ten_thousand_documents_are_edited_right() -> None:
    made, refused = 0, Counter[str]()
    for seed in range(10_000):
        codes = walk(random.Random(seed), steps=6)
        made += codes[""]
        refused += Counter({code: count for code, count in codes.items() if code})

    print(f"{made} made, refused: {dict(refused)}")
    assert made > 40_000
    assert made > 50 * refused.total()


def walk(draw: random.Random, steps: int) -> Counter[str]:
    """Edit a document over and over; each edit is judged, and the last text edited on."""
    scribe = Scribe(draw)
    text = ("\ufeff" if draw.random() < 0.1 else "") + scribe.document()
    codes = Counter[str]()
    for _ in range(steps):
        body = text.removeprefix("\ufeff")
        if not readable(body):
            break
        place = draw.choice(places(tree_of(body).documents[0]))
        text, code = tried(text, place, scribe.edit(place))
        codes[code] += 1
    return codes
