"""Every Problem is said in a sentence on what is accepted, tried on files that deserve it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop.files import loader, reader
from desktop.files.csv_file import MAX_COLUMNS, MAX_ROWS, read_table
from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.files.reader import read
from desktop.model.changes import AddRecord, ChangeRefused, DeleteRecord, SetField
from desktop.model.dossier import Ref
from desktop.model.positions import parse_position
from desktop.model.problems import Malformed, Problem
from desktop.model.records import Fact, Source
from desktop.model.values import Quantity
from desktop.services import problem_words as module
from desktop.services.problem_words import problem_line, problem_words
from tests.files.test_saving import SAID as SAVING
from tests.files.test_splice import REFUSED as SPLICING
from tests.model.samples import dossier_of, fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.model.changes import Change

PACKAGE = Path(module.__file__).resolve().parents[1]

AROUND = """\
charthouse: 1
about: {title: T, as_of: 2025-12-12}
audiences: {hanoi: {language: vi}}
units: {usd: {sign: $}, sets: {many: sets}}
sources:
  vov: {title: T, publisher: P, origin: O, reliability: B, published: 2025, url: https://x.example}
  ap: {title: T, publisher: P, origin: A, reliability: B, published: 2025, url: https://y.example}
areas: {dioxin: {name: D, group: G}}
measures: {fmf: {name: F, unit: million usd, kind: per-period, stage: requested}}
"""
FACT = {
    "kind": "event",
    "area": "dioxin",
    "statement": "S",
    "citations": "[{source: vov, quote: Q, credibility: 2}]",
}
TWO_CITATIONS = (
    "[{source: vov, locator: L, credibility: 2}, {source: ap, locator: L, credibility: 2}]"
)

TABLES = {
    "empty-table": "\n , ,\n",
    "not-a-table": "a,b\n" + "x" * 200_000 + ",1\n",
    "too-many-rows": "a,b\n" + "1,2\n" * (MAX_ROWS + 1),
    "too-many-columns": ",".join("x" * (MAX_COLUMNS + 1)),
}


def of_fact(fact_id: str = "x", /, **fields: str | None) -> str:
    """A file with one fact; a field given as None is left out."""
    given = {**FACT, **fields}
    lines = [f"    {name}: {value}\n" for name, value in given.items() if value is not None]
    return f"{AROUND}facts:\n  {fact_id}:\n{''.join(lines)}"


def of(section: str, record: str) -> str:
    """A file with one more record of this section."""
    if f"{section}: {{" in AROUND:
        return AROUND.replace(f"{section}: {{", f"{section}: {{x: {record}, ")
    there = f"{section}:\n"
    around = AROUND if there in AROUND else AROUND + there
    return around.replace(there, f"{there}  x: {record}\n")


def cited(**fields: str) -> str:
    given = {"source": "vov", "quote": "Q", "credibility": "2", **fields}
    inner = ", ".join(f"{name}: {value}" for name, value in given.items() if value)
    return of_fact(citations=f"[{{{inner}}}]")


def on_map(view: str) -> str:
    return of("slides", f"{{title: T, layout: map, map: {{lat: 1, lon: 1, span_nm: 9, {view}}}}}")


FILES: dict[str, str | bytes] = {
    "not-a-date": of_fact(when="8 Mai 2025"),
    "no-year": of_fact(when="May 8"),
    "no-such-date": of_fact(when="2025-02-30"),
    "time-of-day": of_fact(when="2025-05-08T12:30"),
    "dates-reversed": of_fact(when="2025/2024"),
    "not-a-single-date": on_map("from: 2003/2025"),
    "not-a-duration": of("areas", "{name: A, group: G, review_after: 12M}"),
    "as-of-not-a-day": "charthouse: 1\nabout: {title: T, as_of: 2025-12}\n",
    "not-a-quantity": of_fact(value="a lot"),
    "not-an-amount": of_fact(measure="fmf", points="{2017: a lot}"),
    "no-unit": of_fact(value="430"),
    "negative-amount": of_fact(value="-130 million usd"),
    "range-reversed": of_fact(value="9 to 8 sets"),
    "grouped-digits": of_fact(value='"71,000 sets"'),
    "unknown-qualifier": of_fact(value="over 80 sets"),
    "currency-sign": of_fact(value="$430 million"),
    "scale-twice": of_fact(measure="fmf", points="{2017: 8 million}"),
    "not-a-unit": of("measures", "{name: M, unit: Million USD, kind: level}"),
    "unknown-unit": of_fact(value="130 mil"),
    "unknown-id": of_fact(place="hue"),
    "repeated-id": of_fact(withhold_from="[hanoi, hanoi]"),
    "names-itself": of_fact(supersedes="[x]"),
    "goes-in-a-circle": of_fact(supersedes="[y]")
    + "  y: {kind: event, area: dioxin, statement: S, supersedes: [x]}\n",
    "unsourced": of_fact(citations=None),
    "no-quotation": cited(quote=""),
    "long-quotation": cited(quote="word " * 26),
    "no-address": of("sources", "{title: T, publisher: P, origin: O, reliability: B}"),
    "not-a-web-address": of(
        "sources", "{title: T, publisher: P, origin: O, reliability: B, url: ftp://x}"
    ),
    "no-publication-date": of("sources", "{title: T, publisher: P, origin: O, reliability: B}"),
    "missing-field": of_fact(kind=None),
    "number-without-value": of_fact(kind="number"),
    "points-without-measure": of_fact(points="{2017: 8}"),
    "not-the-measures-unit": of_fact(value="8 sets", measure="fmf"),
    "not-the-measures-stage": of_fact(measure="fmf", stage="pledged"),
    "not-in-a-table": of_fact(measure="fmf", points="{2017: 8}", value="8 usd"),
    "table-of-several-documents": of_fact(
        measure="fmf", points="{2017: 8}", citations=TWO_CITATIONS
    ),
    "says-the-same": cited(says="{statement: S}"),
    "part-does-not-count": of_fact(value="8 sets", parts="[y]")
    + "  y: {kind: event, area: dioxin, statement: S}\n",
    "does-not-add-up": of_fact(value="8 sets", parts="[y]")
    + "  y:\n    kind: number\n    area: dioxin\n    statement: S\n    value: 9 sets\n"
    + f"    citations: {FACT['citations']}\n",
    "bare-number": of("slides", "{title: 430 million, layout: chart}"),
    "not-a-binding": of("slides", '{title: "a {b", layout: chart}'),
    "unknown-binding": of("slides", '{title: "a {b}", layout: chart}'),
    "binding-without-value": of_fact() + 'slides: {y: {title: "a {x}", layout: chart}}\n',
    "unknown-key": of_fact(valeu="8 sets"),
    "stray-words": of(
        "sources", "{title: One, two three, publisher: P, origin: O, reliability: B}"
    ),
    "not-an-id": of_fact("Bien Hoa"),
    "not-one-of": of_fact(kind="rumour"),
    "not-a-number": of("places", "{name: P, kind: city, lat: north, lon: 1}"),
    "not-a-whole-number": of("slides", "{title: T, layout: chart, seconds: 1.5}"),
    "out-of-range": of("places", "{name: P, kind: city, lat: 91, lon: 1}"),
    "wrong-length": of("overlays", "{name: O, lines: [[[1, 2, 3], [1, 2]]]}"),
    "not-a-text": of_fact(statement="[S]"),
    "not-a-list": of_fact(supersedes="y"),
    "not-a-mapping": of_fact(reading="settled"),
    "empty-text": of_fact(statement='""'),
    "no-format-version": "about: {title: T, as_of: 2025-12-12}\n",
    "not-a-format-version": "charthouse: one\nabout: {title: T, as_of: 2025-12-12}\n",
    "older-format": "charthouse: 0\nabout: {title: T, as_of: 2025-12-12}\n",
    "newer-format": "charthouse: 2\nabout: {title: T, as_of: 2025-12-12}\n",
    "unknown-section": AROUND + "fact: {x: {kind: event}}\n",
    "section-not-a-mapping": AROUND + "facts: [x]\n",
    "empty": "# nothing\n",
    "not-a-facts-file": "- a list\n",
    "too-deep": of_fact(when="[" * 40 + "]" * 40),
    "duplicate-key": of_fact() + "    kind: event\n",
    "alias": of_fact(when="*a"),
    "anchor": of_fact(when="&a 2025"),
    "tag": of_fact(when="!!str 2025"),
    "merge-key": of_fact() + "    <<: 2025\n",
    "complex-key": of_fact() + "    [a]: 2025\n",
    "second-document": of_fact() + "---\na: 1\n",
    "utf-16": of_fact().encode("utf-16"),
    "not-utf-8": of_fact(statement="caf\u00e9").encode("latin-1"),
    "control-character": of_fact(statement="a\x00b"),
    "bare-colon": of_fact(statement="one: two"),
    "tab-indent": of_fact() + "\twhen: 2025\n",
    "reserved-character": of_fact(statement="@home"),
    "unclosed-quote": of_fact(statement='"open'),
    "unclosed-bracket": of_fact(supersedes="[a, b") + "slides: {}\n",
    "no-colon": of_fact() + "    when\n    value: 8 sets\n",
    "not-a-key": of_fact(statement='"one" two'),
    "not-an-item": of_fact(supersedes="\n      - a\n      b: c"),
    "no-value": of_fact(supersedes="]"),
    "item-beside-field": of_fact(supersedes="- a"),
    "unknown-escape": of_fact(statement='"\\q"'),
    "not-yaml": of_fact() + "%YAML 3.0\n",
    "half-a-position": of("places", "{name: P, kind: city, lat: 1}"),
    "not-one-shape": of("overlays", "{name: O}"),
    "too-few-points": of("overlays", "{name: O, lines: [[[1, 2]]]}"),
    "slide-without-figure": of("slides", "{title: T, layout: figure}"),
    "slide-without-measure": of("slides", "{title: T, layout: chart}"),
    "slide-without-map": of("slides", "{title: T, layout: map}"),
    "slide-without-dates": of("slides", "{title: T, layout: timeline}"),
    "slide-without-rows": of("slides", "{title: T, layout: ledger}"),
    "slide-without-difference": of("slides", "{title: T, layout: two-sources}"),
}

LIMITS: dict[str, tuple[object, str]] = {
    "too-large": (loader, "MAX_BYTES"),
    "too-many-records": (loader, "MAX_RECORDS"),
    "too-many-entries": (loader, "MAX_ENTRIES"),
    "record-too-long": (loader, "MAX_RECORD_CHARACTERS"),
    "too-many-problems": (reader, "MAX_PROBLEMS"),
}

EDITS: dict[str, Change] = {
    "id-taken": AddRecord(fact("x")),
    "no-such-record": SetField(Ref(Fact, "z"), "value", Quantity.parse("8 sets")),
    "still-named": DeleteRecord(Ref(Source, "vov")),
}

TYPED_POSITIONS = {
    "not-a-position": "Da Nang",
    "decimal-comma": "16,07 108,22",
    "no-compass-letters": "16 04 108 13",
    "decimal-too-early": "16.5 04 N 108 E",
    "sixty-minutes": "16 61 N 108 E",
    "longitude-first": "108.22, 16.07",
    "beyond-the-earth": "16, 181",
}
NOT_FROM_A_FILE = {"no-libyaml", "no-such-file", "not-a-file", "no-permission", "not-opened"}
IN_THE_WINDOW = {
    *("both-sides", "open-elsewhere", "taken-over", "restless", "would-not-be-read"),
    "edit-faulty-record",
}
"""Why a file is not opened, saved or edited, as the journeys show."""
NEVER_SEEN = {"not-readable"}
"""Said only where the faults of a record could not be told one by one."""


def problems_of(data: str | bytes) -> list[Problem]:
    """All problems of a file; the one for which it is refused, if it is."""
    try:
        return list(read(data if isinstance(data, bytes) else data.encode(), "facts.yaml").problems)
    except FactsError as error:
        return [error.problem]


def test_what_the_faulty_files_vary_is_sound() -> None:
    assert problems_of(of_fact()) == []
    assert problems_of(cited()) == []


@pytest.mark.parametrize("code", FILES)
def test_a_faulty_file_is_told_in_sentences_with_their_place(code: str) -> None:
    found = problems_of(FILES[code])

    assert code in [problem.code for problem in found]
    for problem in found:
        line = problem_line(problem)
        assert line.startswith(f"facts.yaml:{problem.line}:{problem.column}: {problem.severity}: ")
        assert line.endswith(problem_words(problem))
        assert problem.line > 0
        assert problem.column > 0


@pytest.mark.parametrize("code", LIMITS)
def test_a_file_beyond_a_limit_is_told_the_limit(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name = LIMITS[code]
    monkeypatch.setattr(where, name, 3)
    record = (
        "{kind: rumour}" if code == "too-many-problems" else "{kind: event, when: [1, 2, 3, 4]}"
    )
    faulty = "".join(f"  y{number}: {record}\n" for number in range(9))

    problem = problems_of(f"charthouse: 1\nfacts:\n{faulty}")[-1]

    assert problem.code == code
    assert "3" in problem_words(problem) or problem.params == {"megabytes": "0"}


@pytest.mark.parametrize("code", EDITS)
def test_a_refused_edit_is_told_in_a_sentence(code: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        EDITS[code].applied_to(dossier_of(fact("x")))

    assert refused.value.problem.code == code
    assert problem_line(refused.value.problem).startswith("error: ")


def test_a_file_that_cannot_be_opened_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, code in ((tmp_path, "not-a-file"), (tmp_path / "none.yaml", "no-such-file")):
        with pytest.raises(FactsError) as refused:
            FactsFile.open(place)
        assert refused.value.problem.code == code
        assert problem_line(refused.value.problem).startswith(f"{place}: error: ")

    monkeypatch.setattr(loader, "CParser", None)
    with pytest.raises(FactsError) as refused:
        read(b"")
    assert refused.value.problem.code == "no-libyaml"
    assert problem_words(refused.value.problem).startswith("PyYAML was installed without libyaml")


@pytest.mark.parametrize("code", TYPED_POSITIONS)
def test_a_typed_position_that_is_none_is_told_in_a_sentence(code: str) -> None:
    typed = TYPED_POSITIONS[code]
    with pytest.raises(Malformed) as refused:
        parse_position(typed)

    assert refused.value.code == code
    problem = Problem(code, "error", params=refused.value.params)
    assert problem_words(problem).startswith(f"“{typed}” ")


@pytest.mark.parametrize("code", TABLES)
def test_a_table_that_cannot_be_taken_in_is_told_in_a_sentence(code: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_table(TABLES[code])

    assert refused.value.code == code
    words = problem_words(Problem(code, "error", params=refused.value.params))
    assert all(part in words for part in refused.value.params.values())


def test_every_sentence_was_said_here_of_something_that_deserves_it() -> None:
    said = {
        *FILES,
        *LIMITS,
        *EDITS,
        *TYPED_POSITIONS,
        *NOT_FROM_A_FILE,
        *NEVER_SEEN,
        *SAVING,
        *IN_THE_WINDOW,
        *SPLICING,
        *TABLES,
    }

    assert set(module._SENTENCES) == said


def test_every_code_of_the_program_has_its_sentence_and_no_sentence_lacks_a_code() -> None:
    written = {
        node.value
        for path in PACKAGE.rglob("*.py")
        if path != Path(module.__file__)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    raised = {
        code
        for room in ("model", "files")
        for path in (PACKAGE / room).rglob("*.py")
        for code in codes_in(ast.parse(path.read_text("utf-8")))
    }

    assert len(raised) > 60
    assert raised - module._SENTENCES.keys() == set()
    assert module._SENTENCES.keys() - written == set()


def codes_in(tree: ast.Module) -> Iterator[str]:
    """The codes that a module hands to a Problem, a Malformed or a FactsError, or yields."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="Problem" | "Malformed" | "FactsError" | "Fault"),
                args=[ast.Constant(value=str(code)), *_],
            ):
                yield code
            case ast.Call(
                func=ast.Attribute(attr="_refusal" | "_note"),
                args=[ast.Constant(value=str(code)), *_],
            ):
                yield code
            case ast.Yield(value=ast.Tuple(elts=[ast.Constant(value=str(code)), _, _, _])):
                yield code


def test_the_sentence_of_the_guide_comes_out_word_for_word() -> None:
    (problem,) = problems_of(of_fact("bien-hoa-addition-2025", when="8 Mai 2025"))

    assert problem_line(problem) == (
        "facts.yaml:16:11: error: facts.bien-hoa-addition-2025.when: "
        "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025"
    )


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("unknown-unit", "the unit “mil” is not declared under units; did you mean “million usd”?"),
        ("unknown-key", "“valeu” is not a field here; did you mean “value”?"),
        (
            "grouped-digits",
            "“71,000 sets” has a separator between digits, which could be a decimal; "
            "write 71000 sets",
        ),
        ("unknown-qualifier", "“over” is not a qualifier; write more than 80 sets"),
        ("out-of-range", "91 is out of range; write a number from -90 to 90"),
        (
            "bare-number",
            "“430” stands in our own sentence with no fact behind it; write {fact-id} in its place",
        ),
        (
            "not-a-binding",
            "“{” is neither a bound number nor a brace; write {fact-id}, or {{ for a brace",
        ),
    ],
)
def test_a_sentence_names_what_stands_there_and_what_to_write(code: str, sentence: str) -> None:
    found = [problem for problem in problems_of(FILES[code]) if problem.code == code]

    assert [problem_words(problem) for problem in found] == [sentence]


def test_words_of_the_file_are_repeated_as_they_are() -> None:
    hostile = "{0.__class__} %s <b>{text}</b>"
    problem = Problem("not-a-date", "error", "facts", "x", ("when",), {"text": hostile})

    assert hostile in problem_words(problem)


def test_a_problem_without_a_place_is_told_without_one() -> None:
    problem = Problem("empty", "error")

    assert problem_line(problem) == "error: the file is empty; begin it with charthouse: 1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("8/5/2025", "“8/5/2025” is not a date; write 2025-05-08 or 2025-08-05"),
        ("8 May 2025", "“8 May 2025” is not a date; write 2025-05-08"),
        ("8 Mai 2025", "“8 Mai 2025” is not a date; write 2025-05-08, 2025-05 or 2025"),
        ("May 8", "“May 8” lacks the year; write that first, as 2025-05-08 or 2025-05"),
        (
            "30 February 2025",
            "“30 February 2025” is not in the calendar: that month has 28 days; write a day that "
            "exists, as 2025-05-08",
        ),
        (
            "2025-13-01",
            "“2025-13-01” is not in the calendar: months are 01 to 12; write a day that exists, "
            "as 2025-05-08",
        ),
    ],
)
def test_a_date_that_is_none_is_told_what_to_write(text: str, sentence: str) -> None:
    (problem,) = read(of_fact(when=text).encode()).problems
    assert problem_words(problem) == sentence
