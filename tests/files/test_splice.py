"""An edit changes what was meant, and not a byte beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.files.splice import Delete, EditRefused, Insert, Rename, Set, splice
from desktop.files.yaml_words import Bare

if TYPE_CHECKING:
    from desktop.files.splice import Edit

RECORD = """\
facts:
  # What was promised.
  pledge:   # seen twice
    value: 430 million usd\t# as printed
    when: 2025-01-17

    stage: "committed"
    parts: [one, two]   # both
    citations:
      - source: vov
        quote: 'it''s all'
        credibility: 2
      # the second
      - {source: ap, credibility: 1}
  # What was moved.
  other: {value: 1 usd}
"""


def edited(old: str, new: str, text: str = RECORD) -> str:
    """The text with one part of it put differently; the part has to be there, once."""
    assert text.count(old) == 1
    return text.replace(old, new)


PLEDGE = ("facts", "pledge")
SECOND = (*PLEDGE, "citations", 1)

EDITED: dict[str, tuple[Edit, str]] = {
    "a value, with a tab before its comment": (
        Set((*PLEDGE, "value"), "431 million usd"),
        edited("430 million", "431 million"),
    ),
    "a date": (Set((*PLEDGE, "when"), date(2025, 5, 8)), edited("2025-01-17", "2025-05-08")),
    "the same value": (Set((*PLEDGE, "stage"), "committed"), RECORD),
    "double quotes stay": (Set((*PLEDGE, "stage"), "pledged"), edited('"committed"', '"pledged"')),
    "single quotes stay": (
        Set((*PLEDGE, "citations", 0, "quote"), "that's more"),
        edited("'it''s all'", "'that''s more'"),
    ),
    "quotes that cannot hold it give way": (
        Set((*PLEDGE, "citations", 0, "quote"), "one\ntwo"),
        edited("'it''s all'", '"one\\ntwo"'),
    ),
    "a number loses them": (Set((*PLEDGE, "stage"), 7), edited('"committed"', "7")),
    "text that needs quotes gets them": (
        Set((*PLEDGE, "value"), "a: b # c"),
        edited("430 million usd", '"a: b # c"'),
    ),
    "text that YAML 1.1 takes for no text": (
        Set((*PLEDGE, "value"), "no"),
        edited("430 million usd", '"no"'),
    ),
    "text for whoever reads by type": (
        Set((*PLEDGE, "value"), Bare("430.50")),
        edited("430 million usd", "430.50"),
    ),
    "a value in braces": (
        Set((*SECOND, "credibility"), 6),
        edited("ap, credibility: 1", "ap, credibility: 6"),
    ),
    "an item in brackets": (Set((*PLEDGE, "parts", 1), "2, b"), edited("two]", '"2, b"]')),
    "a list instead of text": (
        Set((*PLEDGE, "when"), ["x", "z"]),
        edited("when: 2025-01-17", "when: [x, z]"),
    ),
    "long lists instead of text": (
        Set((*PLEDGE, "value"), [{"a": 1}, {"b": "c " * 50 + "d"}]),
        edited(
            "value: 430 million usd\t# as printed\n",
            "value:\t# as printed\n      - {a: 1}\n      - b: " + "c " * 50 + "d\n",
        ),
    ),
    "text instead of a list": (
        Set((*PLEDGE, "citations"), "none"),
        edited(
            RECORD[RECORD.index("    citations") : RECORD.index("  # What was moved")], ""
        ).replace("  # What was moved", "    citations: none\n  # What was moved"),
    ),
    "a key at the end of a record": (
        Insert((*PLEDGE, "note"), "so far"),
        edited("credibility: 1}\n", "credibility: 1}\n    note: so far\n"),
    ),
    "a key in its place": (
        Insert((*PLEDGE, "place"), "bien-hoa", at=2),
        edited("when: 2025-01-17\n", "when: 2025-01-17\n    place: bien-hoa\n"),
    ),
    "a key before all others": (
        Insert((*PLEDGE, "area"), "dioxin", at=0),
        edited("    value: 430", "    area: dioxin\n    value: 430"),
    ),
    "a key in braces": (
        Insert(("facts", "other", "note"), "x"),
        edited("{value: 1 usd}", "{value: 1 usd, note: x}"),
    ),
    "an item in braces after one in braces": (
        Insert((*PLEDGE, "citations", 9), {"source": "nd", "credibility": 3}),
        edited("credibility: 1}\n", "credibility: 1}\n      - {source: nd, credibility: 3}\n"),
    ),
    "an item on lines after one on lines": (
        Insert((*PLEDGE, "citations", 1), {"source": "nd", "credibility": 3}),
        edited(
            "        credibility: 2\n",
            "        credibility: 2\n      - source: nd\n        credibility: 3\n",
        ),
    ),
    "an item before all others": (
        Insert((*PLEDGE, "citations", 0), {"source": "nd"}),
        edited("      - source: vov", "      - source: nd\n      - source: vov"),
    ),
    "an item in brackets before the others": (
        Insert((*PLEDGE, "parts", 0), "zero"),
        edited("[one", "[zero, one"),
    ),
    "a record after its elder sibling, dressed like it": (
        Insert(("facts", "new"), {"value": "2 usd", "note": "a, b"}),
        RECORD + '  new: {value: 2 usd, note: "a, b"}\n',
    ),
    "a record between two, and the comment of the next stays with it": (
        Insert(("facts", "new"), {"value": "2 usd", "parts": ["a"]}, at=1),
        edited(
            "credibility: 1}\n",
            "credibility: 1}\n  new:\n    value: 2 usd\n    parts: [a]\n",
        ),
    ),
    "a field is taken away with its comment": (
        Delete((*PLEDGE, "value")),
        edited("    value: 430 million usd\t# as printed\n", ""),
    ),
    "a list is taken away with what stands in it": (
        Delete((*PLEDGE, "citations")),
        edited(RECORD[RECORD.index("    citations") : RECORD.index("  # What was moved")], ""),
    ),
    "an item is taken away and the comment above stays": (
        Delete(SECOND),
        edited("      - {source: ap, credibility: 1}\n", ""),
    ),
    "the first item is taken away": (
        Delete((*PLEDGE, "citations", 0)),
        edited(
            "      - source: vov\n        quote: 'it''s all'\n        credibility: 2\n",
            "",
        ),
    ),
    "the field on the line of the dash": (
        Delete((*PLEDGE, "citations", 0, "source")),
        edited("- source: vov\n        quote", "- quote"),
    ),
    "the first in brackets": (Delete((*PLEDGE, "parts", 0)), edited("[one, two]", "[two]")),
    "the last in brackets": (Delete((*PLEDGE, "parts", 1)), edited("[one, two]", "[one]")),
    "the only one in braces": (Delete(("facts", "other", "value")), edited("{value: 1 usd}", "{}")),
    "a record takes its own lines and no others": (
        Delete(PLEDGE),
        "facts:\n  # What was promised.\n  # What was moved.\n  other: {value: 1 usd}\n",
    ),
    "another key": (Rename(PLEDGE, "promise"), edited("  pledge:", "  promise:")),
    "another key that needs quotes": (
        Rename(("facts", "other"), "no"),
        edited("  other:", '  "no":'),
    ),
}


@pytest.mark.parametrize("story", EDITED)
def test_an_edit_changes_what_was_meant_and_nothing_else(story: str) -> None:
    edit, expected = EDITED[story]

    assert splice(RECORD, [edit]) == expected


@pytest.mark.parametrize("story", EDITED)
def test_line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay(story: str) -> None:
    edit, expected = EDITED[story]
    for mark, newline, end in (("\ufeff", "\r\n", "\r\n"), ("", "\n", ""), ("\ufeff", "\r\n", "")):
        text = mark + RECORD.removesuffix("\n").replace("\n", newline) + end
        meant = mark + expected.removesuffix("\n").replace("\n", newline) + end

        assert splice(text, [edit]) == meant


SHAPES: list[tuple[str, Edit, str]] = [
    # Nothing stands there yet.
    ("a:\nb: 1\n", Set(("a",), "x"), "a: x\nb: 1\n"),
    ("a:   # c\nb: 1\n", Set(("a",), "x"), "a: x   # c\nb: 1\n"),
    ("a: \n", Set(("a",), "x"), "a: x \n"),
    ("-\n- b\n", Set((0,), "x"), "- x\n- b\n"),
    ("{a, b: }\n", Set(("a",), "x"), "{a: x, b: }\n"),
    ("{a, b: }\n", Set(("b",), "x"), "{a, b: x}\n"),
    ("a: &k\nb: 1\n", Set(("a",), "x"), "a: &k x\nb: 1\n"),
    ("a:  # c\nb: 1\n", Set(("a",), [{"k": {"l": [1]}}]), "a:  # c\n  - k:\n      l: [1]\nb: 1\n"),
    ("a: {}\n", Insert(("a", "k"), 1), "a: {k: 1}\n"),
    ("a: [ ]\n", Insert(("a", 0), 1), "a: [1 ]\n"),
    # Anchors, tags and what nobody repeats.
    ("a: &k old # c\n", Set(("a",), "new"), "a: &k new # c\n"),
    ("a: &k # c\n  old\n", Set(("a",), "new"), "a: &k # c\n  new\n"),
    ("a: !!str\n  |\n  old\n", Set(("a",), "new\n"), "a: !!str\n  |\n  new\n"),
    ("a: !!str 12\n", Set(("a",), "13"), "a: !!str 13\n"),
    ("a: *k\nb: &k 1\n", Set(("a",), 2), "a: 2\nb: &k 1\n"),
    ("a: &k {b: 1, c: 2}\n", Set(("a", "b"), 9), "a: &k {b: 9, c: 2}\n"),
    # Text over several lines.
    ("a: |  # h\n  x\n  y\nb: 1\n", Set(("a",), "x\nz\n"), "a: |  # h\n  x\n  z\nb: 1\n"),
    ("a: |\n  x\n", Set(("a",), "x\nz"), "a: |-\n  x\n  z\n"),
    ("a: |2-\n   x\n", Set(("a",), "  y"), "a: |2-\n    y\n"),
    ("a: |-2\n   x\n", Set(("a",), "  y"), "a: |-2\n    y\n"),
    ("a: |+\n  x\n\n\nb: 1\n", Set(("a",), "y\n\n\n"), "a: |+\n  y\n\n\nb: 1\n"),
    ("a: |\n  x\n# c\nb: 1\n", Set(("a",), None), "a: null\n# c\nb: 1\n"),
    ("a: >\n  one two\n  three\n", Set(("a",), "one two\nsix\n"), "a: >\n  one two\n\n  six\n"),
    (
        "a: >-\n  The first line here.\n  The second line, too.\n  The third.\nb: 1\n",
        Set(("a",), "The first line here. The second, too. The third."),
        "a: >-\n  The first line here.\n  The second, too.\n  The third.\nb: 1\n",
    ),
    (
        "a: The first line here.\n   The second line.\n   The third.  # c\nb: 1\n",
        Set(("a",), "The first line here. Another line. The third."),
        "a: The first line here.\n   Another line.\n   The third.  # c\nb: 1\n",
    ),
    (
        'a: "The first line here.\n  The second line."\n',
        Set(("a",), "The first line here. Another: one."),
        'a: "The first line here.\n  Another: one."\n',
    ),
    # Lists within lists, and lists at the column of their key.
    ("- - a\n  - b\n", Delete((0, 0)), "- - b\n"),
    ("- - a\n  - b\n", Insert((0, 1), "x"), "- - a\n  - x\n  - b\n"),
    ("- a: 1 # one\n  # of b\n  b: 2\n", Delete((0, "a")), "- \n  # of b\n  b: 2\n"),
    ("a:\n- x\n- y\nb: 1\n", Insert(("a", 2), "z"), "a:\n- x\n- y\n- z\nb: 1\n"),
    ("a:\n- x\nb:\n", Set(("b",), [["p" * 60], ["q" * 60]]),
     f"a:\n- x\nb:\n- [{'p' * 60}]\n- [{'q' * 60}]\n"),
    ("-   a: 1\n    b: 2\n", Insert((1,), {"a": 3}), "-   a: 1\n    b: 2\n-   a: 3\n"),
    ("a:\n  - x\n  # c\n\nb: 1\n", Delete(("a", 0)), "a: []\n  # c\n\nb: 1\n"),
    ("a:   # c\n  k: 1\nb: 1\n", Delete(("a", "k")), "a: {}   # c\nb: 1\n"),
    ("a:   # c\n  # d\n  k: 1\nb: 1\n", Set(("a",), 5), "a: 5   # c\n  # d\nb: 1\n"),
    # Brackets over several lines.
    ("a: [\n  x,  # c\n  y,\n]\n", Insert(("a", 9), "z"), "a: [\n  x,  # c\n  y,\n  z,\n]\n"),
    ("a: [\n  x,\n  y  # c\n]\n", Insert(("a", 9), "z"), "a: [\n  x,\n  y,  # c\n  z\n]\n"),
    ("a: [\n  x,  # c\n  y,\n]\n", Delete(("a", 0)), "a: [\n  y,\n]\n"),
    ("a: [\n  x,\n  y,  # c\n]\n", Insert(("a", 0), "z"), "a: [\n  z,\n  x,\n  y,  # c\n]\n"),
    ("{ a: 1 }\n", Insert(("b",), 2), "{ a: 1, b: 2 }\n"),
    # The document around it.
    ("%YAML 1.1\n---\na: 1\n...\n# bye\n", Set(("a",), 2), "%YAML 1.1\n---\na: 2\n...\n# bye\n"),
    ("a: 1\n...\n", Insert(("b",), 2), "a: 1\nb: 2\n...\n"),
    ("a: 1\n---\na: 1\n", Set(("a",), 2), "a: 2\n---\na: 1\n"),
    ("--- old # c\n", Set((), "new"), "--- new # c\n"),
    ("a: 1", Insert(("b",), "p\nq\n"), 'a: 1\nb: "p\\nq\\n"'),
    ("? a\n: b\n? c\n: d\n", Set(("c",), 1), "? a\n: b\n? c\n: 1\n"),
    ("? a\n: b\n? c\n: d\n", Delete(("a",)), "? c\n: d\n"),
    ("'a': 1\n", Insert(("b",), 2), "'a': 1\n'b': 2\n"),
    ("a: 1\n", Set(("a",), 1e20), "a: 1.0e+20\n"),
    ("a: 1\n", Set(("a",), float("-inf")), "a: -.inf\n"),
    ("a: 1\n", Set(("a",), "x\u2028\x07"), 'a: "x\\u2028\\x07"\n'),
    ("a: '😀'  # 😀\n😀: 2\n", Set(("😀",), 3), "a: '😀'  # 😀\n😀: 3\n"),
    ("1: a\n", Set((1,), "b"), "1: b\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edit", "expected"), SHAPES)
def test_every_shape_of_yaml_stays_as_it_is_written(text: str, edit: Edit, expected: str) -> None:
    assert splice(text, [edit]) == expected


HEAD, TAIL = (
    "It was said at length, and again, that the sum is the sum that had been",
    "said before.",
)
LONG = f"{HEAD} {TAIL}"


@pytest.mark.parametrize(
    ("sibling", "new"),
    [
        ("Short.", LONG),
        ("'Short.'", f"'{LONG}'"),
        ('"Short: not so."', LONG),
        (">-\n      Short.", f">-\n      {HEAD} said\n      before."),
        ("|\n      Short.", "|-\n      " + LONG),
        ("Short,\n      over two.", f"{HEAD}\n      {TAIL}"),
        ('"Short,\n      over two."', f'"{HEAD}\n      {TAIL}"'),
    ],
)
def test_a_new_text_is_written_as_that_of_its_sibling(sibling: str, new: str) -> None:
    text = f"facts:\n  a:\n    statement: {sibling}\n    x: 1\n"

    after = splice(text, [Insert(("facts", "b"), {"statement": LONG, "x": 2})])

    assert after == f"{text}  b:\n    statement: {new}\n    x: 2\n"


def test_edits_are_made_one_after_the_other() -> None:
    edits = [
        Insert((*PLEDGE, "citations", 0), {"source": "nd"}),
        Set((*PLEDGE, "citations", 1, "credibility"), 5),
        Rename(PLEDGE, "promise"),
        Delete(("facts", "promise", "citations", 0)),
    ]

    assert splice(RECORD, edits) == edited("  pledge:", "  promise:").replace(
        "credibility: 2", "credibility: 5"
    )


REFUSED: dict[str, tuple[str, Edit]] = {
    "edit-not-yaml": ("a: [\n", Set(("a",), 1)),
    "edit-too-deep": ("[" * 300 + "]" * 300, Set((0,), 1)),
    "edit-no-such-place": ("a: 1\n", Set(("b",), 1)),
    "edit-alias": ("a: &k {b: 1}\nc: *k\n", Set(("c", "b"), 2)),
    "edit-anchored": ("a: &k {b: 1}\nc: *k\n", Set(("a", "b"), 2)),
    "edit-merge-key": ("a: &k {b: 1}\nc:\n  <<: *k\n", Set(("c", "b"), 2)),
    "edit-repeated-key": ("a: 1\na: 2\n", Set(("a",), 3)),
    "edit-tagged": ("a: !!int '1'\n", Set(("a",), 2)),
    "edit-key-taken": ("a: 1\nb: 2\n", Rename(("a",), "b")),
    "edit-unwritable": ("a: 1\n", Set(("a",), "\ud800")),
    "edit-not-in-place": ("a: |\n  x", Insert(("b",), 1)),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_made_in_place_is_refused(code: str) -> None:
    text, edit = REFUSED[code]

    with pytest.raises(EditRefused) as refused:
        splice(text, [edit])

    assert refused.value.problem.code == code


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("a: &k {b: &l 1}\nc: *l\n", Delete(("a",))),
        ("a: &k {b: &l 1}\nc: *l\n", Set(("a",), 5)),
        ("&k a: 1\nb: *k\n", Delete(("a",))),
        ("&k a: 1\nb: *k\n", Rename(("a",), "c")),
        ("- &k [1]\n- *k\n", Insert((0, 1), 2)),
        ("a:\n  <<: {b: 1}\n", Set(("a", "<<", "b"), 2)),
        ("a:\n  <<: {b: 1}\n  c: 1\n", Delete(("a", "c"))),
        ("a: 1\n", Insert(("a", "b"), 1)),
        ("a: 1\n", Insert(("a",), 1)),
        ("- 1\n", Delete((1,))),
        ("- 1\n", Delete(("x",))),
        ("- 1\n", Insert(("x",), 1)),
        ("a: 1\n", Delete(())),
        ("# nothing\n", Set((), 1)),
        ("a: [b: 1]\n", Insert(("a", 0, "c"), 2)),
        # What a lone ! means, readers do not agree on.
        ("a: ! x\n", Set(("a",), ".5")),
        ("--- !!omap\n- a: 1\n", Insert((0,), "x")),
    ],
)
def test_what_reaches_further_than_its_place_is_refused(text: str, edit: Edit) -> None:
    with pytest.raises(EditRefused):
        splice(text, [edit])
