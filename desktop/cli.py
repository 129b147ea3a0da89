"""What Charthouse does without a window: ``charthouse check`` and ``charthouse schema``."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from desktop.services.language import tr
from desktop.services.problem_words import problem_line, problem_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.model.problems import Problem
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
