"""What Charthouse does without a window: ``charthouse check`` and ``charthouse schema``."""

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
    from collections.abc import Sequence

    from desktop.model.problems import Problem
PANES = ("overview", "areas", "legacy", "sea", "timeline", "facts")
EXPORTS = ("png", "pdf", "svg", "geojson")
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
        # Whoever read our output has seen enough; Python would complain once more on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CUT_SHORT
    return code


class Export(NamedTuple):
    """What ``charthouse export`` is asked for; ``size`` is width and height in pixels."""

    file: Path
    pane: str
    kind: str
    folder: Path
    audience: str | None
    size: tuple[int, int]
    layers: tuple[str, ...]


def export_asked(arguments: Sequence[str]) -> Export:
    """Read the arguments that follow ``charthouse export``; exits with 2 where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="charthouse export",
        description=tr("Write one pane of a facts file to files, without a display."),
        epilog=tr(
            "Exit code: 0 when all is written, 1 when it is but records with errors are left out, "
            "2 when the file is refused or the folder cannot be written."
        ),
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--pane", required=True, choices=PANES, help=tr("which pane"))
    parser.add_argument(
        "--to",
        required=True,
        choices=EXPORTS,
        help=tr("kind of file; svg and geojson for the sea alone"),
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
        help=tr("of the map in pixels; 1920x1080 if not given"),
    )
    parser.add_argument(
        "--layers", default="", metavar="LAYER,…", help=tr("layers of the map, or “all”")
    )
    asked = parser.parse_args(arguments)
    if asked.pane != "sea" and asked.to not in ("png", "pdf"):
        parser.error(tr("“{pane}” is written as png or pdf.").format(pane=asked.pane))
    layers = tuple(each.strip() for each in asked.layers.split(",") if each.strip())
    return Export(asked.file, asked.pane, asked.to, asked.out, asked.audience, asked.size, layers)


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


def _carry_out(chosen: argparse.Namespace) -> int:
    if chosen.command == "schema":
        from desktop.files.schema import schema_text  # what checking never needs

        sys.stdout.write(schema_text())
        return 0
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
    commands.add_parser("schema", help=tr("print the JSON Schema of facts files"))
    return parser


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
