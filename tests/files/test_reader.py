"""A facts file becomes a dossier; what is wrong is told with its place, and the rest opens."""

from __future__ import annotations

import ast
import gc
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import desktop
from desktop.files.loader import FactsError
from desktop.files.reader import Reading, ReadingCancelled, read
from desktop.model.dossier import Ref
from desktop.model.records import About, Fact, Source
from desktop.services import problem_words
from tests.files.test_loader import YAML_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
charthouse: 1
about:
  title: {en: Defence cooperation, vi: Hợp tác quốc phòng}
  as_of: 2025-12-12
"""
REST = """\
units: {usd: {sign: $}}
sources:
  vov:
    title: Vietnam and US outline cooperation
    publisher: VOV
    origin: vov
    published: 2025-05-08
    url: https://example.org/vov
    reliability: B
areas:
  dioxin: {name: Dioxin remediation, group: War legacy}
facts:
  bien-hoa:
    area: dioxin
    kind: commitment
    statement: U.S. commitment for Bien Hoa.
    value: 430 million usd
    when: 2025-01-17
    citations:
      - source: vov
        quote: raising the total
        credibility: 2
"""
SOUND = HEAD + REST


def reading(text: str) -> Reading:
    return read(text.encode(), "facts.yaml")


def told(text: str) -> list[tuple[str, str, str]]:
    """What is told of a file: place, path and code of each problem."""
    return [(f"{p.line}:{p.column}", p.path, p.code) for p in reading(text).problems]


def refused(text: str) -> tuple[str, int, int]:
    with pytest.raises(FactsError) as caught:
        reading(text)
    problem = caught.value.problem
    assert problem.file == "facts.yaml"
    return problem.code, problem.line, problem.column


def test_a_sound_file_is_read_whole() -> None:
    read_file = reading(SOUND)

    assert read_file.problems == ()
    fact = read_file.dossier.fact("bien-hoa")
    assert fact.value is not None
    assert fact.value.text == "430 million usd"
    assert fact.citations[0].source == "vov"
    assert read_file.dossier.about.as_of.text == "2025-12-12"


def test_a_record_is_found_in_the_file() -> None:
    read_file = reading("# 🌏\n" + SOUND)

    assert read_file.place_of(Ref(Fact, "bien-hoa")) == (18, 3)
    assert read_file.place_of(Ref(Fact, "bien-hoa/FY2017")) == (18, 3)
    assert read_file.place_of(Ref(About, "about")) == (3, 1)
    assert read_file.place_of(Ref(Fact, "nowhere")) == (0, 0)


def test_a_bad_record_is_left_out_and_listed_and_the_rest_opens() -> None:
    text = SOUND + "  second:\n    area: dioxin\n    kind: event\n    when: 8 Mai 2025\n"

    read_file = reading(text)

    (problem,) = read_file.problems
    assert (problem.line, problem.column) == (30, 11)
    assert problem_words.problem_line(problem) == (
        "facts.yaml:30:11: error: facts.second.when: “8 Mai 2025” is not a date; "
        "write 2025-05-08, 2025-05 or 2025"
    )
    assert list(read_file.dossier.facts) == ["bien-hoa"]
    assert read_file.dossier.left_out == {Ref(Fact, "second")}


def test_every_error_of_a_record_is_told_at_its_own_place() -> None:
    text = SOUND + (
        "  second:\n"
        "    area: dioxn\n"
        "    kind: event\n"
        "    statment: A visit.\n"
        "    value: 130 mil\n"
        "    citations:\n"
        "      - {source: vov, quote: x, credibility: 7}\n"
        "      - source: vov\n"
        "        credibility: 2\n"
        "        says: {when: may, value: '5'}\n"
    )

    assert told(text) == [
        ("28:11", "facts.second.area", "unknown-id"),
        ("30:5", "facts.second.statment", "unknown-key"),
        ("31:12", "facts.second.value", "unknown-unit"),
        ("33:46", "facts.second.citations.0.credibility", "out-of-range"),
        ("36:22", "facts.second.citations.1.says.when", "no-year"),
        ("36:34", "facts.second.citations.1.says.value", "no-unit"),
    ]


def test_what_refers_to_a_record_left_out_stays() -> None:
    read_file = reading(SOUND.replace("reliability: B", "reliability: very"))

    assert [problem.path for problem in read_file.problems] == ["sources.vov.reliability"]
    assert list(read_file.dossier.facts) == ["bien-hoa"]
    assert read_file.dossier.left_out == {Ref(Source, "vov")}


def test_a_broken_rule_leaves_the_record_out_and_a_warning_does_not() -> None:
    unsourced = SOUND + "  talk: {area: dioxin, kind: event, statement: Talks.}\n"
    sourced_by_nobody = SOUND.replace("source: vov", "source: vof")

    assert told(unsourced) == [("27:3", "facts.talk", "unsourced")]
    assert list(reading(unsourced).dossier.facts) == ["bien-hoa", "talk"]
    assert told(sourced_by_nobody) == [("24:17", "facts.bien-hoa.citations.0.source", "unknown-id")]
    assert list(reading(sourced_by_nobody).dossier.facts) == []


def test_a_missing_field_is_told_where_its_record_begins() -> None:
    assert told(SOUND.replace("    origin: vov\n", "")) == [
        ("7:3", "sources.vov.origin", "missing-field")
    ]
    assert told(SOUND.replace("origin: vov", "origin:")) == [
        ("10:12", "sources.vov.origin", "missing-field")
    ]


def test_an_id_is_told_with_one_that_will_do() -> None:
    (problem,) = reading(SOUND + "  Đà Nẵng:\n    kind: event\n    statement: x\n").problems

    assert (problem.line, problem.column, problem.params["write"]) == (27, 3, "da-nang")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("remark", ["", "# 🌏 một\n", "# a\x85# b\u2028# c\n"])
def test_places_hold_whatever_the_file_is_made_of(newline: str, mark: str, remark: str) -> None:
    text = mark + remark + SOUND.replace("when: 2025-01-17", "when: soon")

    line = 23 if remark else 22
    assert told(text.replace("\n", newline)) == [
        (f"{line}:11", "facts.bien-hoa.when", "not-a-date")
    ]


@pytest.mark.parametrize("indent", [None, 1])
def test_places_hold_in_a_file_written_as_json(indent: int | None) -> None:
    fact = {"kind": "event", "area": "a", "statement": "S.", "when": "soon"}
    about = {"title": "T", "as_of": "2025-12-12"}
    areas = {"a": {"name": "A", "group": "G"}}
    document = {"charthouse": 1, "about": about, "areas": areas, "facts": {"x": fact, "y": fact}}
    text = json.dumps(document, indent=indent)

    problems = [p for p in reading(text).problems if p.code == "not-a-date"]

    assert [problem.id for problem in problems] == ["x", "y"]
    lines = text.split("\n")
    for problem in problems:
        assert lines[problem.line - 1][problem.column - 1 :].startswith('"soon"')


@given(
    st.integers(0, 3),
    st.sampled_from(["when", "value", "kind", "place"]),
    st.sampled_from(["\n", "\r\n"]),
    st.lists(st.sampled_from(["# 🌏", "", "# x\u2028# y", "  # tab\t"])),
)
def test_a_problem_points_at_the_very_characters(
    which: int, field: str, newline: str, remarks: list[str]
) -> None:
    lines = [*SOUND.splitlines(), *remarks]
    for n in range(4):
        lines += [f"  f{n}:", "    area: dioxin", *remarks, "    statement: 🌏 Aid."]
        values = {"when": "2025", "value": "1 usd", "kind": "event", "place": None}
        values |= {field: "☠"} if n == which else {}
        lines += [f"    {key}: {value}" for key, value in values.items() if value]
        lines += ["    citations: [{source: vov, quote: q, credibility: 2}]", *remarks]
    text = newline.join(lines)

    (problem,) = reading(text).problems

    assert (problem.id, problem.field) == (f"f{which}", (field,))
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].startswith("☠")


def test_what_is_no_section_of_the_format_is_told_once() -> None:
    text = SOUND + "fakts:\n  a: {x: 1}\n  b: {x: 1}\nplaces: [a]\nslides:\nslide: {}\n"

    read_file = reading(text)

    assert [(p.line, p.code, p.params.get("nearest")) for p in read_file.problems] == [
        (27, "unknown-section", "facts"),
        (30, "section-not-a-mapping", None),
        (32, "unknown-section", "slides"),
    ]
    assert list(read_file.dossier.facts) == ["bien-hoa"]


def test_the_format_version_is_looked_at_first() -> None:
    newer = SOUND.replace("charthouse: 1", "charthouse: 2")
    older = SOUND.replace("charthouse: 1", "charthouse: 0")
    none = SOUND.replace("charthouse: 1\n", "")
    wrong = SOUND.replace("charthouse: 1", "charthouse: {one: 1}")
    huge = SOUND.replace("charthouse: 1", f"charthouse: {'9' * 5000}")

    assert refused(newer) == ("newer-format", 1, 1)
    assert told(older) == [("1:13", "charthouse", "older-format")]
    assert told(none) == [("1:1", "", "no-format-version")]
    assert told(wrong) == [("1:13", "charthouse", "not-a-format-version")]
    assert told(huge) == [("1:13", "charthouse", "not-a-format-version")]


def test_a_faulty_header_keeps_what_is_sound_of_it() -> None:
    text = SOUND.replace("as_of: 2025-12-12", "as_of: today\n  marking: CUI")

    read_file = reading(text)

    assert [problem.path for problem in read_file.problems] == ["about.as_of"]
    about = read_file.dossier.about
    assert (about.marking, str(about.title)) == ("CUI", "Defence cooperation")
    assert about.as_of.text == "2025-05-08"  # the newest day that any source gives
    assert Ref(About, "about") in read_file.dossier.left_out


def test_a_fault_in_the_header_hides_no_other_and_is_told_once() -> None:
    text = SOUND.replace("as_of: 2025-12-12", "as_of: 2025-12-12\n  key_facts: [x]\n  marking: []")

    assert told(text) == [
        ("5:15", "about.key_facts.0", "unknown-id"),
        ("6:12", "about.marking", "not-a-text"),
    ]
    assert reading(text).dossier.about.as_of.text == "2025-12-12"


def test_a_key_fact_that_is_nowhere_is_told_and_the_header_stays() -> None:
    read_file = reading(SOUND.replace("as_of:", "key_facts: [bien-hoah]\n  as_of:"))

    (problem,) = read_file.problems
    assert (problem.line, problem.column, problem.code) == (4, 15, "unknown-id")
    assert problem.params["nearest"] == "bien-hoa"
    assert read_file.dossier.about.as_of.text == "2025-12-12"


@pytest.mark.parametrize(
    "about", ["", "about:\n", "about: text\n", "about: [a]\n", "about: {x: 1}\n"]
)
def test_without_a_header_the_facts_still_open(about: str) -> None:
    read_file = reading(f"charthouse: 1\n{about}{REST}")

    assert read_file.problems
    assert str(read_file.dossier.about.title) == "facts.yaml"
    assert list(read_file.dossier.facts) == ["bien-hoa"]


def test_a_file_of_nothing_but_faults_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.files.reader.MAX_PROBLEMS", 3)
    unread = "".join(f"  a{n}: {{when: soon, kind: event}}\n" for n in range(5))
    unsourced = "".join(f"  a{n}: {{area: x, statement: S, kind: event}}\n" for n in range(5))

    assert refused(f"{HEAD}facts:\n{unread}") == ("too-many-problems", 9, 3)
    assert refused(f"{HEAD}facts:\n{unsourced}") == ("too-many-problems", 7, 3)


def test_a_long_text_is_told_in_part() -> None:
    (problem,) = reading(SOUND.replace("2025-01-17", "x" * 5000)).problems

    assert problem.params["text"] == "x" * 300 + "…"


@pytest.mark.parametrize("number", ["9" * 5000, "1e999999999", "0x1F", "1_000", "1:30"])
def test_a_number_in_no_form_of_ours_is_told_and_never_worked_out(number: str) -> None:
    text = SOUND.replace("430 million usd", f"{number} usd") + "places:\n"
    text += f"  a: {{name: A, kind: sea, lat: {number}, lon: 1}}\n"

    assert [(path, line) for line, path, _ in told(text)] == [
        ("facts.bien-hoa.value", "21:12"),
        ("places.a.lat", "28:32"),
    ]


def test_progress_grows_and_reading_stops_when_asked() -> None:
    many = SOUND + "".join(
        f"  f{n}: {{area: dioxin, kind: event, statement: x}}\n" for n in range(2000)
    )
    said: list[float] = []

    read(many.encode(), report=said.append)

    assert len(said) > 5
    assert said == sorted(said)
    assert (said[0], said[-1]) == (0, 1)
    with pytest.raises(ReadingCancelled):
        read(many.encode(), is_cancelled=lambda: len(said) > 5)


@pytest.mark.parametrize("text", [SOUND, "a: ["])
@pytest.mark.parametrize("wanted", [True, False])
def test_the_collector_is_left_as_it_was(text: str, wanted: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if wanted else gc.disable)()
        try:
            reading(text)
        except FactsError:
            assert text == "a: ["
        assert gc.isenabled() is wanted
    finally:
        (gc.enable if before else gc.disable)()


@given(
    st.binary()
    | YAML_TEXT.map(lambda text: text.encode())
    | YAML_TEXT.map(lambda text: (HEAD + "facts:\n  a: {kind: " + text + "}\n").encode())
    | YAML_TEXT.map(lambda text: (HEAD + "slides:\n  a:\n    title: " + text).encode())
)
def test_any_bytes_give_a_dossier_or_a_refusal(data: bytes) -> None:
    try:
        problems = read(data, "facts.yaml").problems
    except FactsError as error:
        problems = (error.problem,)
    for problem in problems:
        assert problem_words.problem_line(problem).startswith("facts.yaml:")


def test_every_code_has_its_sentence() -> None:
    package = Path(desktop.__file__).parent
    codes = {
        code
        for room in ("files", "model")
        for path in (package / room).glob("*.py")
        for code in codes_in(path.read_text("utf-8"))
    }

    assert len(codes) > 60
    assert codes - problem_words._SENTENCES.keys() == set()


def codes_in(source: str) -> Iterator[str]:
    """Codes of refusals, faults and findings: first arguments, what rules yield, and tables."""
    makers = {"FactsError", "Fault", "Malformed", "Problem", "_refusal", "_note", "_misfit"}
    for node in ast.walk(ast.parse(source)):
        first: ast.expr | None = None
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            first = node.args[0] if name in makers else None
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            first = node.value.elts[0]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if getattr(target, "id", "") == "_SYNTAX_CODES":
                yield from (ast.literal_eval(value) for value in node.value.values)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            first = node.value
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
