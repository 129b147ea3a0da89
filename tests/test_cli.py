"""``charthouse check`` speaks like a compiler, and ``charthouse schema`` prints the schema."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop import cli
from desktop.files.schema import schema_text
from desktop.services import paths
from tests.files.test_reader import SOUND

if TYPE_CHECKING:
    from pathlib import Path

WARNED = SOUND.replace("    published: 2025-05-08\n", "")
BROKEN = SOUND.replace("when: 2025-01-17", "when: 8 Mai 2025")

Output = pytest.CaptureFixture[str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("sound", SOUND), ("warned", WARNED), ("broken", BROKEN)):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    (tmp_path / "refused.yaml").write_text("a: 1\na: 2\n", "utf-8")
    return tmp_path


@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sound.yaml"], 0),
        (["sound.yaml", "--strict"], 0),
        (["warned.yaml"], 0),
        (["warned.yaml", "--strict"], 1),
        (["broken.yaml"], 2),
        (["sound.yaml", "warned.yaml", "broken.yaml"], 2),
        (["refused.yaml", "--strict"], 2),
        (["none.yaml"], 2),
    ],
)
def test_the_exit_code_says_how_bad_it_is(arguments: list[str], code: int) -> None:
    assert cli.main(["check", *arguments]) == code


@pytest.mark.usefixtures("write")
def test_problems_are_printed_as_a_compiler_prints_them(capsys: Output) -> None:
    cli.main(["check", "sound.yaml", "warned.yaml", "broken.yaml", "refused.yaml", "none.yaml"])

    assert capsys.readouterr().out.splitlines() == [
        "warned.yaml:7:3: warning: sources.vov: the source has no published date; "
        "write it as far as it is known",
        "broken.yaml:22:11: error: facts.bien-hoa.when: “8 Mai 2025” is not a date; "
        "write 2025-05-08, 2025-05 or 2025",
        "refused.yaml:2:1: error: “a” stands here again, after line 1, column 1; "
        "take one of them out",
        "none.yaml: error: there is no such file; check the name",
    ]


@pytest.mark.usefixtures("write")
def test_a_program_can_read_the_problems_as_json(capsys: Output) -> None:
    assert cli.main(["check", "--json", "broken.yaml"]) == 2

    (problem,) = json.loads(capsys.readouterr().out)
    assert problem.pop("sentence").startswith("“8 Mai 2025” is not a date")
    assert problem == {
        "file": "broken.yaml",
        "line": 22,
        "column": 11,
        "severity": "error",
        "code": "not-a-date",
        "path": "facts.bien-hoa.when",
    }
    assert cli.main(["check", "--json", "sound.yaml"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_problem_stays_on_one_line(write: Path, capsys: Output) -> None:
    (write / "lines.yaml").write_text(f'{SOUND}  "a\\nb\\u2028c": {{kind: "x\\ny"}}\n', "utf-8")

    cli.main(["check", "lines.yaml"])

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("lines.yaml:27:") for line in lines)


def test_the_schema_is_printed(capsys: Output) -> None:
    assert cli.main(["schema"]) == 0

    assert capsys.readouterr().out == schema_text()


def test_the_shipped_facts_are_clean() -> None:
    assert cli.main(["check", str(paths.data() / "facts.yaml")]) == 0


@pytest.mark.parametrize("arguments", [[], ["check"], ["chek", "a.yaml"], ["check", "--no", "a"]])
def test_wrong_use_is_told_with_exit_code_2(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)

    assert left.value.code == 2
    assert "usage: charthouse" in capsys.readouterr().err


def test_an_export_is_asked_for_with_size_audience_and_layers() -> None:
    words = "a.yaml --pane sea --to png --out o --size 3840x2160 --audience hanoi"
    asked = cli.export_asked([*words.split(), "--layers", "holders, claims"])
    assert asked.size == (3840, 2160)
    assert asked.audience == "hanoi"
    assert asked.layers == ("holders", "claims")


def test_a_part_of_the_map_is_asked_for_by_dates_and_degrees() -> None:
    words = (
        "a.yaml --pane sea --to png --out o --since 2014-05 --until 2016 --window 110,-2.5,116,12"
    )
    asked = cli.export_asked(words.split())
    assert (asked.since, asked.until) == (date(2014, 5, 1), date(2016, 12, 31))
    assert asked.window == (110.0, -2.5, 116.0, 12.0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pane", "sea", "--to", "png", "--size", "big"], "“big” is not a size; write 3840x2160"),
        (["--pane", "sea", "--to", "png", "--size", "99999x99999"], "a side has 480 to 10000"),
        (["--pane", "facts", "--to", "svg"], "“facts” is written as png or pdf."),
        (["--pane", "sea", "--to", "png", "--until", "soon"], "“soon” is not a date; write 2024"),
        (["--pane", "sea", "--to", "png", "--until", "2024/.."], "“2024/..” is not a date"),
        (["--pane", "sea", "--to", "png", "--window", "9,8,7,6"], "“9,8,7,6” is not a window"),
        (["--pane", "sea", "--to", "png", "--window", "here"], "write west, south, east, north"),
        (
            ["--pane", "sea", "--to", "png", "--since", "2025", "--until", "2024"],
            "--since is later than --until.",
        ),
        (["--pane", "facts", "--to", "png", "--until", "2024"], "go with --pane sea alone."),
        (["--pane", "harbour", "--to", "png"], "harbour"),
    ],
)
def test_an_export_there_is_not_is_refused(
    arguments: list[str], words: str, capsys: Output
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.export_asked(["a.yaml", "--out", "o", *arguments])

    assert left.value.code == 2
    assert words in capsys.readouterr().err


def test_output_that_nobody_reads_any_more_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "desktop", "schema"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=paths.data().parent
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        complaint = running.stderr.read()

    assert (running.returncode, complaint) == (141, b"")


@pytest.mark.parametrize("command", [["schema"], ["check", "data/facts.yaml", "none.yaml"]])
def test_a_full_disk_is_said_in_a_sentence(command: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=paths.data().parent,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == b"charthouse: the output could not be written: No space left on device\n"


def test_checking_needs_no_qt_and_any_console(write: Path) -> None:
    program = (
        "import sys; from desktop import cli; code = cli.main(sys.argv[1:]);"
        "assert not [name for name in sys.modules if 'PySide6' in name]; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", program, "check", str(write / "broken.yaml")],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(paths.data().parent)},
        check=False,
    )

    assert (done.returncode, done.stderr) == (2, b"")
    assert b"\\u201c8 Mai 2025\\u201d is not a date" in done.stdout
