"""``charthouse diff`` and ``charthouse merge``, also where git itself calls them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop import cli
from desktop.files.facts_file import FactsFile
from desktop.files.loader import FactsError
from tests.files.test_reader import SOUND

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[[str, str], Path]

ROOT = Path(__file__).resolve().parents[1]
TWO = f"""{SOUND}\
  remains:
    area: dioxin
    kind: event
    statement: A repatriation.  # the ceremony
    when: 2025-04-01
    citations:
      - source: vov
        quote: eight sets
        credibility: 2
"""
Output = pytest.CaptureFixture[str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def written(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def merged(write: Write, base: str, ours: str, theirs: str) -> tuple[int, str]:
    """The exit code, and what stands in our file afterwards."""
    paths = [
        write(name, text) for name, text in zip(("b", "o", "t"), (base, ours, theirs), strict=True)
    ]
    code = cli.main(["merge", *map(str, paths)])
    return code, paths[1].read_text("utf-8")


def test_differences_are_told_in_sentences(write: Write, capsys: Output) -> None:
    write("old", SOUND)
    write("new", TWO.replace("430 million usd", "431 million usd"))

    assert cli.main(["diff", "old.yaml", "new.yaml"]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "Added: fact remains, “A repatriation”, 1 Apr 2025.",
        "Fact bien-hoa, “U.S. commitment for Bien Hoa”, $431 million, 17 Jan 2025: "
        "value was $430 million, is $431 million.",
    ]
    assert cli.main(["diff", "old.yaml", "old.yaml"]) == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_read_is_said_so(write: Write, capsys: Output) -> None:
    write("old", SOUND)
    write("broken", "a: 1\na: 2\n")
    write("faulty", SOUND.replace("2025-01-17", "soon"))

    assert cli.main(["diff", "old.yaml", "broken.yaml"]) == 2
    assert "broken.yaml:2:1: error:" in capsys.readouterr().err
    assert cli.main(["diff", "old.yaml", "none.yaml"]) == 2
    assert cli.main(["diff", "old.yaml", "--", "--output=x:y"]) == 2
    assert cli.main(["diff", "old.yaml", "faulty.yaml"]) == 1
    told = capsys.readouterr()
    assert "faulty.yaml:" in told.err
    assert told.out.startswith("Withdrawn: fact bien-hoa")


def test_edits_apart_come_together_with_the_comments_of_both(
    write: Write,
) -> None:
    ours = TWO.replace("430 million usd", "431 million usd  # ours")
    theirs = TWO.replace("2025-04-01", "2025-04-02  # theirs")

    code, text = merged(write, TWO, ours, theirs)

    assert code == 0
    assert text == ours.replace("2025-04-01", "2025-04-02  # theirs")


def test_edits_on_neighbouring_lines_are_no_conflict(write: Write, capsys: Output) -> None:
    ours = SOUND.replace("430 million usd", "431 million usd")
    theirs = SOUND.replace("2025-01-17", "2025-01-18  # theirs")

    code, text = merged(write, SOUND, ours, theirs)

    assert (code, capsys.readouterr().err) == (0, "")
    assert text == theirs.replace("430 million", "431 million")


def test_two_new_facts_at_the_end_of_the_file_are_no_conflict(
    write: Write,
) -> None:
    theirs = TWO.replace("remains:", "visit:").replace("A repatriation", "A visit")

    code, text = merged(write, SOUND, TWO, theirs)

    assert code == 0
    path = write("result", text)
    assert list(FactsFile.open(path).reading.dossier.facts) == ["bien-hoa", "visit", "remains"]
    assert text.startswith(theirs)


def test_what_both_changed_stands_twice_and_is_told(write: Write, capsys: Output) -> None:
    ours = TWO.replace("430 million usd", "431 million usd")
    theirs = TWO.replace("430 million usd", "500 million usd  # theirs").replace(
        "2025-04-01", "2025-04-02"
    )

    code, text = merged(write, TWO, ours, theirs)

    assert code == 1
    told = capsys.readouterr().err
    assert "o.yaml: facts.bien-hoa.value: both sides changed it" in told
    assert "both versions stand in the file" in told
    kept_ours, _, rest = text.partition("<<<<<<< ours\n")[2].partition("=======\n")
    kept_theirs, _, after = rest.partition(">>>>>>> theirs\n")
    assert "value: 431 million usd\n" in kept_ours
    assert "value: 500 million usd  # theirs\n" in kept_theirs
    assert "when: 2025-04-02" in after
    assert (
        text.replace(f"<<<<<<< ours\n{kept_ours}=======\n", "").replace(">>>>>>> theirs\n", "")
        == theirs
    )
    with pytest.raises(FactsError) as caught:
        FactsFile.open(write("result", text))
    assert caught.value.problem.code == "both-sides"
    assert caught.value.problem.line == text[: text.index("<<<")].count("\n") + 1


def test_what_one_deleted_and_the_other_changed_stands_between_the_marks(
    write: Write, capsys: Output
) -> None:
    theirs = TWO.replace("2025-04-01", "2025-04-02")

    code, text = merged(write, TWO, SOUND, theirs)
    assert code == 1
    assert "<<<<<<< ours\n=======\n  remains:\n" in text

    code, text = merged(write, TWO, theirs, SOUND)
    assert code == 1
    assert text.startswith(SOUND)
    assert "when: 2025-04-02" in text.partition("<<<<<<< ours\n")[2].partition("=======")[0]
    assert text.endswith("=======\n>>>>>>> theirs\n")
    assert "facts.remains: both sides" in capsys.readouterr().err


def test_a_faulty_record_that_we_changed_is_not_lost(write: Write) -> None:
    base = TWO.replace("2025-04-01", "in spring")
    ours = TWO.replace("2025-04-01", "in April")
    theirs = base.replace("430 million", "431 million")

    code, text = merged(write, base, ours, theirs)

    assert code == 0 or "in April" in text
    assert "in April" in text
    assert "431 million" in text


def test_line_ends_and_the_mark_at_the_start_stay(write: Write, tmp_path: Path) -> None:
    def raw(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        return str(path)

    theirs = TWO.replace("430 million", "500 million")
    files = raw("b", TWO), raw("o", TWO.replace("430 million", "431 million")), raw("t", theirs)

    assert cli.main(["merge", *files]) == 1

    data = (tmp_path / "o").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfcharthouse")
    assert data.count(b"\n") == data.count(b"\r\n") > 40


def test_a_side_that_is_no_facts_file_leaves_ours_as_it_is(write: Write, capsys: Output) -> None:
    code, text = merged(write, SOUND, TWO, "facts: [")

    assert (code, text) == (1, TWO)
    assert "t.yaml:1:" in capsys.readouterr().err


def test_comments_that_could_not_come_over_are_told(write: Write, capsys: Output) -> None:
    ours = SOUND.replace("430 million usd", "431 million usd  # ours")
    theirs = SOUND.replace("2025-01-17", "2025-01-18")

    code, text = merged(write, SOUND, ours, theirs)

    assert code == 0
    assert "# ours" in text or "did not come over" in capsys.readouterr().err
    assert "431 million usd" in text


@pytest.mark.needs("git")
def test_git_merges_facts_through_it_and_tells_revisions_apart(
    write: Write, tmp_path: Path
) -> None:
    home = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **home}

    def git(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done.stdout + done.stderr

    def commit(text: str) -> None:
        write("facts", text)
        git("add", "facts.yaml")
        git("commit", "-qm", "facts")

    git("init", "-qb", "main")
    git("config", "user.name", "Desk")
    git("config", "user.email", "desk@example.org")
    driver = f"'{sys.executable}' -m desktop merge %O %A %B --name %P"
    git("config", "merge.charthouse.driver", driver)
    (tmp_path / ".gitattributes").write_text("*.yaml merge=charthouse\n")
    git("add", ".gitattributes")
    commit(SOUND)
    git("checkout", "-qb", "colleague")
    commit(TWO.replace("remains:", "visit:").replace("2025-01-17", "2025-01-18"))
    git("checkout", "-q", "main")
    commit(TWO.replace("430 million", "431 million"))

    git("merge", "-q", "--no-edit", "colleague")

    text = (tmp_path / "facts.yaml").read_text("utf-8")
    assert "431 million" in text
    assert "2025-01-18" in text
    facts = FactsFile.open(tmp_path / "facts.yaml").reading.dossier.facts
    assert sorted(facts) == ["bien-hoa", "remains", "visit"]

    told = subprocess.run(
        [sys.executable, "-m", "desktop", "diff", "main~1:./facts.yaml", "facts.yaml"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1, told.stderr
    assert "Added: fact visit" in told.stdout

    git("checkout", "-qb", "third", "main~2")
    commit(SOUND.replace("430 million", "500 million"))
    said = git("merge", "-q", "--no-edit", "main", code=1)
    assert "facts.yaml: facts.bien-hoa.value: both sides changed it" in said
    assert "UU facts.yaml" in git("status", "--porcelain")
