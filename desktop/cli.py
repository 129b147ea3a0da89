"""What Charthouse does without a window: check, diff, merge and schema."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.services.language import tr
from desktop.services.problem_words import problem_line, problem_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from desktop.files.merge_text import MergedText
    from desktop.model.dates import EdtfDate
    from desktop.model.dossier import Dossier
    from desktop.model.problems import Problem
PANES = ("overview", "areas", "legacy", "sea", "timeline", "facts")
EXPORTS = ("png", "pdf", "svg", "geojson", "pptx", "html")
PAPERS = ("screen", "a4", "letter")
EXTRAS = ("grades", "notes", "backups", "if-asked")
_OF_A_PANE = {"sea": ("png", "pdf", "svg", "geojson")}
_OF_SLIDES = ("png", "pdf", "svg", "pptx", "html")
_LEAST_PX, _MOST_PX = 480, 10_000
_CUT_SHORT = 141
"""The exit code that shells give a program whose output nobody reads any more."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A console or pipe that cannot say a name in Vietnamese still says everything else.
        sys.stdout.reconfigure(errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    try:
        code = _carry_out(chosen)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _silence_stdout()
        return _CUT_SHORT
    except OSError as error:
        _silence_stdout()
        words = tr("the output could not be written: {why}")
        print(f"charthouse: {words.format(why=error.strerror or error)}", file=sys.stderr)
        return 2
    return code


def _silence_stdout() -> None:
    """Keep Python from writing once more, on leaving, what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Export(NamedTuple):
    """What ``charthouse export`` is asked for; ``size`` is width and height in pixels.

    Without a ``pane`` it is a briefing, the first of the file if none is named.
    """

    file: Path
    pane: str | None
    kind: str
    folder: Path
    audience: str | None
    size: tuple[int, int]
    layers: tuple[str, ...]
    briefing: str | None = None
    paper: str = "screen"
    extras: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    window: tuple[float, float, float, float] | None = None
    """West, south, east and north, in degrees."""


def export_asked(arguments: Sequence[str]) -> Export:
    """Read the arguments that follow ``charthouse export``; exits with 2 where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="charthouse export",
        description=tr("Write a briefing or one pane of a facts file, without a display."),
        epilog=tr(
            "Exit code: 0 when all is written, 1 when it is but records with errors are left out, "
            "2 when the file is refused or the folder cannot be written."
        ),
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--pane", choices=PANES, help=tr("which pane; a briefing if not given"))
    parser.add_argument(
        "--briefing", metavar="ID", help=tr("which briefing; the first of the file if not given")
    )
    parser.add_argument(
        "--paper", choices=PAPERS, default="screen", help=tr("shape of the pages of a briefing")
    )
    parser.add_argument(
        "--with",
        dest="extras",
        default="",
        metavar="WHAT,…",
        help=tr("what a briefing is handed out with besides: {extras}").format(
            extras=", ".join(EXTRAS)
        ),
    )
    parser.add_argument(
        "--to",
        required=True,
        choices=EXPORTS,
        help=tr("kind of file; geojson for the sea, pptx and html for briefings"),
    )
    parser.add_argument("--out", required=True, metavar="DIR", type=Path)
    parser.add_argument(
        "--audience", metavar="ID", help=tr("whose names to use, and what they are not shown")
    )
    parser.add_argument(
        "--size",
        type=_size,
        default=(1920, 1080),
        metavar="WIDTHxHEIGHT",
        help=tr("of pictures in pixels; 1920x1080 if not given"),
    )
    parser.add_argument(
        "--layers", default="", metavar="LAYER,…", help=tr("layers of the map, or “all”")
    )
    parser.add_argument(
        "--since",
        type=_first_day,
        metavar="DATE",
        help=tr("leave out of the map what was over before"),
    )
    parser.add_argument(
        "--until",
        type=_last_day,
        metavar="DATE",
        help=tr("leave out of the map what had not happened by then"),
    )
    parser.add_argument(
        "--window",
        type=_window,
        metavar="W,S,E,N",
        help=tr("the part of the map to show, in degrees east and north"),
    )
    asked = parser.parse_args(arguments)
    if asked.pane != "sea" and (asked.since or asked.until or asked.window):
        parser.error(tr("--since, --until and --window go with --pane sea alone."))
    if asked.since and asked.until and asked.since > asked.until:
        parser.error(tr("--since is later than --until."))
    allowed = _OF_A_PANE.get(asked.pane, ("png", "pdf")) if asked.pane else _OF_SLIDES
    if asked.to not in allowed:
        what = f"“{asked.pane}”" if asked.pane else tr("A briefing")
        parser.error(tr("{what} is written as {kinds}.").format(what=what, kinds=_either(allowed)))
    layers, extras = (_listed(each) for each in (asked.layers, asked.extras))
    strange = [each for each in extras if each not in EXTRAS]
    if strange:
        parser.error(
            tr("“{extra}” is none of {extras}.").format(extra=strange[0], extras=", ".join(EXTRAS))
        )
    return Export(
        asked.file,
        asked.pane,
        asked.to,
        asked.out,
        asked.audience,
        asked.size,
        layers,
        asked.briefing,
        asked.paper,
        extras,
        asked.since,
        asked.until,
        asked.window,
    )


def _either(words: Sequence[str]) -> str:
    """Words as a choice: "png, svg or pdf"."""
    return tr("{some} or {last}").format(some=", ".join(words[:-1]), last=words[-1])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _size(text: str) -> tuple[int, int]:
    wide, by, high = text.lower().replace("×", "x").partition("x")
    if not (by and wide.isdecimal() and high.isdecimal()):
        raise argparse.ArgumentTypeError(
            tr("“{text}” is not a size; write 3840x2160").format(text=text)
        )
    size = int(wide), int(high)
    if not (min(size) >= _LEAST_PX and max(size) <= _MOST_PX):
        raise argparse.ArgumentTypeError(
            tr("“{text}” is too small or too large; a side has {least} to {most} pixels").format(
                text=text, least=_LEAST_PX, most=_MOST_PX
            )
        )
    return size


def _first_day(text: str) -> date:
    return _day(text, _date(text).first_day)


def _last_day(text: str) -> date:
    return _day(text, _date(text).last_day)


def _date(text: str) -> EdtfDate:
    from desktop.model.dates import EdtfDate
    from desktop.model.problems import Malformed

    try:
        return EdtfDate.parse(text)
    except Malformed:
        raise _no_date(text) from None


def _day(text: str, day: date | None) -> date:
    if day is None:
        raise _no_date(text)
    return day


def _no_date(text: str) -> argparse.ArgumentTypeError:
    words = tr("“{text}” is not a date; write 2024, 2024-05 or 2024-05-17")
    return argparse.ArgumentTypeError(words.format(text=text))


def _window(text: str) -> tuple[float, float, float, float]:
    words = tr("“{text}” is not a window; write west, south, east, north in degrees: 105,6,120,22")
    wrong = argparse.ArgumentTypeError(words.format(text=text))
    try:
        west, south, east, north = (float(each) for each in text.split(","))
    except ValueError:
        raise wrong from None
    if not (-180 <= west < east <= 180 and -80 <= south < north <= 80):
        raise wrong
    return west, south, east, north


def _carry_out(chosen: argparse.Namespace) -> int:
    if chosen.command == "schema":
        from desktop.files.schema import schema_text  # what checking never needs

        sys.stdout.write(schema_text())
        return 0
    if chosen.command == "diff":
        return _diff(chosen.old, chosen.new)
    if chosen.command == "merge":
        return _merge(chosen.base, chosen.ours, chosen.theirs, name=chosen.name)
    return _check(chosen.files, strict=chosen.strict, as_json=chosen.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="charthouse", description=tr("Work with facts files without opening a window.")
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help=tr("list what is wrong in facts files"),
        description=tr("List what is wrong in facts files, with line and column."),
        epilog=tr("Exit code: 0 for no errors, 1 for warnings with --strict, 2 for errors."),
    )
    check.add_argument("files", nargs="+", metavar="FILE", type=Path)
    check.add_argument("--strict", action="store_true", help=tr("exit with 1 for warnings alone"))
    check.add_argument("--json", action="store_true", help=tr("print one JSON array of problems"))
    compare = commands.add_parser(
        "diff",
        help=tr("tell in sentences what differs between two facts files"),
        description=tr(
            "Tell in sentences what differs between two facts files: what was added, changed and "
            "withdrawn, where sources now differ, and what has become stale. Of a PPTX or PDF that "
            "was handed out, tell which slides say what the facts do not say any more."
        ),
        epilog=tr("Exit code: 0 for no difference, 1 for some, 2 for a file that is refused."),
    )
    for name in ("old", "new"):
        compare.add_argument(
            name,
            metavar=name.upper(),
            help=tr("a file, or a revision of git as HEAD:./facts.yaml; OLD may be a hand-out"),
        )
    together = commands.add_parser(
        "merge",
        help=tr("bring two versions of a facts file together, as git asks for"),
        description=tr(
            "Write into OURS what both sides made of BASE, by record and field. What both changed "
            "stands twice, between the marks that git uses, until somebody has chosen."
        ),
        epilog=tr("Exit code: 0 when all came together, 1 when somebody must choose."),
    )
    for name in ("base", "ours", "theirs"):
        together.add_argument(name, metavar=name.upper(), type=Path)
    together.add_argument("--name", metavar="PATH", help=tr("what to call the file in messages"))
    commands.add_parser("schema", help=tr("print the JSON Schema of facts files"))
    return parser


def _diff(old: str, new: str) -> int:
    if Path(old).suffix.lower() in (".pptx", ".pdf"):
        return _still_holds(Path(old), new)
    from desktop.model.differences import differences
    from desktop.services.difference_words import difference_words
    from desktop.services.language import Locale

    try:
        before, after = (_read_named(name) for name in (old, new))
    except FactsError as error:
        print(problem_line(error.problem), file=sys.stderr)
        return 2
    speak = Locale(before), Locale(after)
    found = differences(before, after)
    for difference in found:
        print(difference_words(*speak, difference))
    return 1 if found else 0


def _still_holds(handed_out: Path, name: str) -> int:
    """Tell which slides of a PPTX or PDF of ours say what a facts file does not say any more."""
    from desktop.export.still_said import NotOurs, no_longer_held, read_handed_out

    try:
        found = list(no_longer_held(read_handed_out(handed_out), _read_named(name)))
    except FactsError as error:
        print(problem_line(error.problem), file=sys.stderr)
        return 2
    except NotOurs:
        words = tr(
            "{file}: does not tell from which facts it was made; Charthouse did not write it"
        )
        print(words.format(file=handed_out), file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{handed_out}: {error.strerror or error}", file=sys.stderr)
        return 2
    for line in found:
        print(line.replace("\u00a0", " "))
    return 1 if found else 0


def _read_named(name: str) -> Dossier:
    """What a file says, or a file in a revision of git; raises FactsError."""
    from desktop.files.reader import read
    from desktop.services.git import GitRefused, read_revision

    path = Path(name)
    if ":" not in name or path.exists():
        reading = FactsFile.open(path).reading
    else:
        try:
            reading = read(read_revision(name), name)
        except GitRefused as refused:
            raise FactsError("not-opened", detail=str(refused)).in_file(name) from refused
    for problem in reading.problems:
        if problem.severity == "error":
            print(problem_line(problem), file=sys.stderr)
    return reading.dossier


def _merge(*paths: Path, name: str | None) -> int:
    from desktop.files.merge_text import merge_text
    from desktop.files.saving import SavingRefused, write_atomically
    from desktop.services.git import merge_lines

    try:
        base, ours, theirs = (FactsFile.open(path) for path in paths)
    except FactsError as error:
        # What is no facts file is left for git to mark as not merged.
        print(problem_line(error.problem), file=sys.stderr)
        return 1
    merged = merge_text(base, ours, theirs, merge_lines)
    for line in _merge_lines(merged):
        print(f"{name or paths[1]}: {line}", file=sys.stderr)
    if merged.data is None:
        return 1
    try:
        write_atomically(ours.path, merged.data)
    except SavingRefused as refused:
        print(problem_line(refused.problem), file=sys.stderr)
        return 1
    return 1 if merged.conflicts else 0


def _merge_lines(merged: MergedText) -> Iterator[str]:
    """What a person should know of a merge, a line each."""
    from desktop.model.records import SECTION_OF

    for conflict in merged.conflicts:
        path = ".".join(
            filter(None, (SECTION_OF[conflict.ref.kind], conflict.ref.id, conflict.field))
        )
        yield tr("{path}: both sides changed it, each otherwise").format(path=path)
    if merged.data is None:
        why = problem_words(merged.refusal) if merged.refusal else tr("records share their lines")
        yield tr("our side is left as it was: {why}").format(why=why)
    elif merged.conflicts:
        yield tr("both versions stand in the file, between <<<<<<< and >>>>>>>; keep one of them")
    if merged.loses_layout:
        yield tr("comments or layout that only our side changed did not come over")


def _check(files: Sequence[Path], *, strict: bool, as_json: bool) -> int:
    problems = [problem for file in files for problem in _problems_of(file)]
    if as_json:
        print(json.dumps([_as_json(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            print(*problem_line(problem).splitlines())
    severities = {problem.severity for problem in problems}
    if "error" in severities:
        return 2
    return 1 if strict and severities else 0


def _problems_of(file: Path) -> Sequence[Problem]:
    try:
        return FactsFile.open(file).reading.problems
    except FactsError as error:
        return [error.problem]


def _as_json(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "path": problem.path,
        "sentence": problem_words(problem),
    }
