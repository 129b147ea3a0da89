"""Bytes become plain data whose every scalar is the text that stands there, or are refused."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.files import loader
from desktop.files.loader import FactsError, Loader, Text, require_libyaml
from desktop.services.problem_words import problem_line

if TYPE_CHECKING:
    from desktop.files.loader import Entry, Raw

WHOLE = frozenset({"about"})

# Letters of YAML's own grammar, so that random text is more than one long scalar.
YAML_TEXT = st.text(st.sampled_from("ab12:-[]{}&*!|>'\"%@#,?~<\\ \n\t\r\x00\x85\u2028\ufeffé🌏"))


def entries(text: str) -> list[Entry]:
    return list(Loader(text.encode(), WHOLE))


def value_of(scalar: str) -> Raw:
    """What the loader makes of a scalar, written as the one field of a record."""
    raw = entries(f"facts:\n  a:\n    field: {scalar}\n")[0].raw
    assert isinstance(raw, dict)
    return raw["field"]


def refused(data: bytes) -> tuple[str, int, int]:
    """Code and place of the refusal, which also has its sentence."""
    with pytest.raises(FactsError) as caught:
        list(Loader(data, WHOLE))
    problem = caught.value.problem
    assert "{" not in problem_line(problem).replace(problem.params.get("tag", ""), "")
    return problem.code, problem.line, problem.column


def test_records_come_one_by_one_with_their_section_and_id() -> None:
    found = entries("about: {title: T}\nareas:\nfacts:\n  a: {x: 1}\n  b: [1, [2]]\nunits: [a]\n")

    assert [(entry.section, entry.id, entry.raw) for entry in found] == [
        ("about", None, {"title": "T"}),
        ("areas", None, None),
        ("facts", "a", {"x": "1"}),
        ("facts", "b", ["1", ["2"]]),
        ("units", None, []),
    ]


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "12:30", "012", "0x1F", "1e16", "1_000", "2025-05-08", "2025", ".inf", "=",
     "true", "0.10", "9" * 5000, "Null point"],
)  # fmt: skip
def test_a_scalar_is_the_text_that_stands_there(text: str) -> None:
    assert value_of(text) == text
    assert value_of(f"'{text}'") == text


@pytest.mark.parametrize("text", ["null", "Null", "NULL", "~", "", "# only a comment"])
def test_only_a_plain_null_is_nothing(text: str) -> None:
    assert value_of(text) is None


@pytest.mark.parametrize("text", ["'null'", '"~"', '""', "''"])
def test_a_quoted_null_is_text(text: str) -> None:
    assert value_of(text) == text[1:-1]


def test_a_key_is_text_even_where_it_looks_like_a_value() -> None:
    raw = entries("facts:\n  a: {null: 1, no: 2, 2025: 3}\n")[0].raw

    assert raw == {"null": "1", "no": "2", "2025": "3"}


def test_blocks_keep_their_lines_and_folds_join_them() -> None:
    assert value_of("|\n      one\n      two\n") == "one\ntwo\n"
    assert value_of(">-\n      one\n      two\n") == "one two"


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_offsets_count_code_points_and_lead_to_the_line(mark: bytes, newline: str) -> None:
    lines = ["# 🌏 một", "facts:", "  đầu: {note: 🌏🌏}", "  b:", "    x: 1", "# end"]
    read = Loader(mark + newline.join(lines).encode(), WHOLE)

    spans = {entry.id: (entry.start, entry.end) for entry in read}

    assert {key: read.text.place(start) for key, (start, _) in spans.items()} == {
        "đầu": (3, 3),
        "b": (4, 3),
    }
    start, end = spans["đầu"]
    assert str(read.text)[start:end].strip() == "đầu: {note: 🌏🌏}"


@pytest.mark.parametrize("pause", ["\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_editors_count_them(pause: str) -> None:
    # To libyaml each of these ends a line; in an editor the fault is still in line 2.
    assert refused(f"a: x{pause}b: 2\nc: &d 1\n".encode())[:2] == ("anchor", 2)


@given(st.text(st.sampled_from("ab\n\r\x85\u2028é🌏")), st.data())
def test_a_place_is_where_splitting_at_newlines_finds_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset].split("\n")

    assert Text(text.encode()).place(offset) == (len(before), len(before[-1]) + 1)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ("empty", 1, 1)),
        (b"# nothing but a remark\n", ("empty", 1, 1)),
        (b"- a\n", ("not-a-facts-file", 1, 1)),
        (b"text", ("not-a-facts-file", 1, 1)),
        (b"facts: {a: &x 1}", ("anchor", 1, 12)),
        (b"facts: &x {a: 1}", ("anchor", 1, 8)),
        (b"&x facts: 1", ("anchor", 1, 1)),
        (b"facts: {a: *x}", ("alias", 1, 12)),
        (b"facts:\n  *x : 1", ("alias", 2, 3)),
        (b"facts: {a: {<<: {b: 1}}}", ("merge-key", 1, 13)),
        (b"facts: {a: !!python/object:os.system 1}", ("tag", 1, 12)),
        (b"facts: {a: !!str 1}", ("tag", 1, 12)),
        (b"facts: {a: ! 1}", ("tag", 1, 12)),
        (b"--- !x\nfacts: 1", ("tag", 1, 5)),
        (b"%TAG ! tag:x,2000:\n---\na: !y 1", ("tag", 3, 4)),
        (b"a: 1\n---\nb: 1", ("second-document", 2, 1)),
        (b"a: 1\n...\nb: 1", ("second-document", 3, 1)),
        (b"facts:\n  [a]: 1", ("complex-key", 2, 3)),
        (b"? {a: 1}\n: 2", ("complex-key", 1, 3)),
        (b"a: b: c", ("bare-colon", 1, 5)),
        (b"a:\n\tb: 1", ("tab-indent", 2, 1)),
        (b"a: @home", ("reserved-character", 1, 4)),
        (b'a: "x\n\nb: 1\n', ("unclosed-quote", 4, 1)),
        (b"a: [1, 2\nb: 1\n", ("unclosed-bracket", 2, 2)),
        (b"a: 'x' y\n", ("not-a-key", 1, 8)),
        (b"a:\n  - x\n  y: 1\n", ("not-an-item", 3, 3)),
        (b"a: - x\n", ("item-beside-field", 1, 4)),
        (b"a: ]\n", ("no-value", 1, 4)),
        (b'a: "\\q"', ("unknown-escape", 1, 5)),
        (b"a: |x\n", ("not-yaml", 1, 5)),
        (b"\xff\xfea\x00:\x00", ("utf-16", 1, 1)),
        (b"a\x00:\x00", ("utf-16", 1, 1)),
        (b"a: 1\nb: caf\xe9\n", ("not-utf-8", 2, 7)),
        ("a: Biên Hòa, ".encode() + b"\xed\xa0\x80", ("not-utf-8", 1, 14)),
        (b"a: 1\nb: \x07", ("control-character", 2, 4)),
        (b"a: 1\nb: a\x00b", ("control-character", 2, 5)),
        (b'facts: {a: {b: "x\\0y"}}', ("control-character", 1, 16)),
        (b'facts: {a: {"\\x1b": 1}}', ("control-character", 1, 13)),
        (codecs.BOM_UTF8 * 2 + b"a: 1", ("control-character", 1, 1)),
    ],
)  # fmt: skip
def test_what_a_facts_file_cannot_hold_is_refused_at_its_place(
    data: bytes, expected: tuple[str, int, int]
) -> None:
    assert refused(data) == expected


@pytest.mark.parametrize(
    ("data", "second", "first"),
    [
        ("facts: 1\nareas: 2\nfacts: 3\n", (3, 1), ("1", "1")),
        ("facts:\n  a: {x: 1}\n  b: {x: 1}\n  a: {x: 2}\n", (4, 3), ("2", "3")),
        ("facts:\n  a:\n    x: 1\n    y: 2\n    x: 3\n", (5, 5), ("3", "5")),
        ("facts:\n  a: {l: [{x: 1}, {x: 1, y: 2, 'x': 3}]}\n", (2, 32), ("2", "20")),
        ("# 🌏\nfacts: {a: {🌏: 1, x: 1, 🌏: 2}}\n", (2, 25), ("2", "13")),
    ],
)
def test_a_repeated_key_is_refused_with_both_places(
    data: str, second: tuple[int, int], first: tuple[str, str]
) -> None:
    with pytest.raises(FactsError) as caught:
        entries(data)

    problem = caught.value.problem
    assert (problem.code, problem.line, problem.column) == ("duplicate-key", *second)
    assert (problem.params["first_line"], problem.params["first_column"]) == first


@pytest.mark.parametrize(
    "bomb",
    [
        b"[" * 100_000,
        b"a: " + b"[" * 100_000,
        b"facts: {a: " + b"{a: " * 100_000,
        b"- " * 100_000,
        b"? " * 100_000,
        b"facts:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 2000)),
        b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
        b"a: &a {x: 1}\nb: &b {<<: [*a,*a,*a]}\nc: {<<: [*b,*b,*b]}\n",
        b"a: &a [*a]",
    ],
    ids=[
        "list",
        "lists",
        "mappings",
        "dashes",
        "question-marks",
        "blocks",
        "laughs",
        "merge",
        "self",
    ],
)
def test_a_bomb_is_refused_before_it_goes_off(bomb: bytes) -> None:
    assert refused(bomb)[0] in {"too-deep", "anchor", "not-a-facts-file", "complex-key"}


def test_thirty_two_levels_are_read_and_one_more_is_not() -> None:
    # The file and the section are the first two levels, the record is the third.
    deepest = f"facts: {{a: {'[' * 30}{']' * 30}}}"

    assert entries(deepest)[0].id == "a"
    assert refused(f"facts: {{a: {'[' * 31}{']' * 31}}}".encode()) == ("too-deep", 1, 42)


def test_too_much_of_anything_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "MAX_RECORDS", 2)

    assert refused(bytes(loader.MAX_BYTES + 1)) == ("too-large", 0, 0)
    assert len(entries("facts: {a: 1, b: 2}")) == 2
    assert refused(b"facts: {a: 1, b: 2, c: 3}")[0] == "too-many-records"
    assert refused(b"facts: {a: [" + b"x," * loader.MAX_ENTRIES + b"y]}")[0] == "too-many-entries"
    keys = b"".join(b"k%d: 1\n " % n for n in range(loader.MAX_ENTRIES + 1))
    assert refused(b"facts:\n a: 1\nabout:\n " + keys)[0] == "too-many-entries"
    long = b"x" * loader.MAX_RECORD_CHARACTERS
    assert refused(b"facts:\n a: 1\n b: " + long) == ("record-too-long", 3, 2)
    lists = (b"[" + b"x," * 90_000 + b"],") * (len(long) // 180_000 + 1)
    assert refused(b"facts: {a: [" + lists + b"]}")[0] == "record-too-long"


def test_without_libyaml_the_program_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    require_libyaml()
    monkeypatch.setattr(loader, "CParser", None)

    assert refused(b"facts: {}")[0] == "no-libyaml"
    with pytest.raises(FactsError):
        require_libyaml()


@given(st.binary() | YAML_TEXT.map(str.encode) | YAML_TEXT.map(lambda text: text.encode("utf-16")))
@example(b"facts: {a: " + b"[" * 5000)
@example(b"facts:\n a: &b\n <<: *b")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        spans = [(entry.start, entry.end) for entry in Loader(data, WHOLE)]
    except FactsError as error:
        problem_line(error.problem)  # raises KeyError where there is no sentence
    else:
        assert spans == sorted(spans)
