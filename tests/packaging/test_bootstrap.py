"""The first minutes on a new machine: set-up, what it says when it cannot, and the second start.

A stand-in for Qt, in a wheel of one module, takes the place of the real lock; pip, ``venv``, the
hashes and the processes are the real ones.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

BOOTSTRAP = Path(__file__).resolve().parents[2] / "packaging" / "bootstrap.py"
PROGRAM = 'import sys\ndef main():\n    print("desk", *sys.argv[1:])\n'


class Checkout:
    """A small checkout with a bootstrap of its own, and an index of one package."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shelf = root / "shelf"
        for folder in ("packaging", "desktop", "shelf"):
            (root / folder).mkdir()
        shutil.copy(BOOTSTRAP, root / "packaging")
        (root / "desktop" / "__init__.py").touch()
        (root / "desktop" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
        # A folder of the person's that happens to have the program's name.
        (root / "shelf" / "desktop").mkdir()
        (root / "shelf" / "desktop" / "__init__.py").touch()
        self.digest = self.put_on_shelf()

    def put_on_shelf(self) -> str:
        """Write the wheel that stands in for Qt and return its sha256."""
        wheel = self.shelf / "pyside6_essentials-6.11.3-py3-none-any.whl"
        info = "pyside6_essentials-6.11.3.dist-info"
        files = {
            "PySide6/__init__.py": "",
            "PySide6/QtWidgets.py": "",
            f"{info}/METADATA": "Metadata-Version: 2.1\nName: pyside6-essentials\nVersion: 6.11.3",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        with zipfile.ZipFile(wheel, "w") as archive:
            record = ""
            for name, text in files.items():
                archive.writestr(name, text)
                digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
                record += f"{name},sha256={digest.decode().rstrip('=')},{len(text)}\n"
            archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
        return hashlib.sha256(wheel.read_bytes()).hexdigest()

    def lock(self, digest: str) -> None:
        line = f"pyside6-essentials==6.11.3 --hash=sha256:{digest}\n"
        (self.root / "packaging" / "requirements.lock").write_text(line, encoding="utf-8")

    def bootstrap(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the bootstrap from a folder of the person's, with pip seeing only the shelf."""
        environment = {
            **os.environ,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.shelf),
            "PYTHONDONTWRITEBYTECODE": "1",
            **variables,
        }
        return subprocess.run(
            [sys.executable, str(self.root / "packaging" / "bootstrap.py"), *arguments],
            cwd=self.shelf,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def bootstrap() -> ModuleType:
    """The script as a module, to ask it single questions."""
    spec = importlib.util.spec_from_file_location("bootstrap", BOOTSTRAP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Checkout) -> None:
    checkout.lock("0" * 64)

    done = checkout.bootstrap("run")

    assert done.returncode == 1
    assert "a package is not the one the lock names, so it was refused" in done.stderr
    assert done.stdout == ""


def test_a_network_that_does_not_answer_is_told_in_words(checkout: Checkout) -> None:
    checkout.lock(checkout.digest)

    done = checkout.bootstrap(
        "run",
        PIP_NO_INDEX="0",
        PIP_FIND_LINKS="",
        PIP_INDEX_URL="http://127.0.0.1:9/",
        PIP_RETRIES="1",
    )

    assert done.returncode == 1
    assert "Check the network" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_start_sets_up_and_the_second_does_not(checkout: Checkout) -> None:
    checkout.lock(checkout.digest)

    first = checkout.bootstrap("run", "a file.yaml", "--light")
    second = checkout.bootstrap("run", "a file.yaml", "--light")

    assert (first.returncode, first.stdout) == (0, "desk a file.yaml --light\n")
    assert first.stderr.endswith("Charthouse is set up.\n")
    assert (second.returncode, second.stdout, second.stderr) == (0, first.stdout, "")


def test_bytecode_is_there_though_the_machine_writes_none(checkout: Checkout) -> None:
    checkout.lock(checkout.digest)
    checkout.bootstrap("setup")

    compiled = {path.parent.parent.name for path in checkout.root.rglob("*.pyc")}

    assert {"desktop", "PySide6"} <= compiled


def test_a_changed_lock_is_set_up_again(checkout: Checkout) -> None:
    checkout.lock(checkout.digest)
    checkout.bootstrap("setup")
    lock = checkout.root / "packaging" / "requirements.lock"
    lock.write_text("# newer\n" + lock.read_text(encoding="utf-8"), encoding="utf-8")

    done = checkout.bootstrap("run")

    assert "Charthouse is set up." in done.stderr
    assert done.stdout == "desk\n"


def test_a_folder_of_the_persons_is_not_cleared(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.lock(checkout.digest)
    (tmp_path / ".venv").mkdir()
    treasure = tmp_path / ".venv" / "notes.txt"
    treasure.write_text("mine", encoding="utf-8")

    done = checkout.bootstrap("run")

    assert done.returncode == 1
    assert "is in the way" in done.stderr
    assert treasure.read_text(encoding="utf-8") == "mine"


def test_a_word_it_does_not_know_gets_the_list_of_those_it_does(checkout: Checkout) -> None:
    done = checkout.bootstrap("fly")

    assert done.returncode == 2
    assert "bootstrap.py run" in done.stderr
    assert "bootstrap.py test" in done.stderr


@pytest.mark.needs("sh")
@pytest.mark.parametrize(
    ("found", "advice"),
    [(None, "Install a newer Python"), ("python3.12", "make run PYTHON=python3.12")],
)
def test_an_old_python_is_told_which_to_use(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    found: str | None,
    advice: str,
) -> None:
    if found:
        write_program(tmp_path / found)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        bootstrap.SetupError, match=r"needs Python 3.11 or later; this is 3.9"
    ) as told:
        bootstrap.check_python((3, 9))

    assert advice in str(told.value)


def test_a_full_disk_is_told_in_words(bootstrap: ModuleType) -> None:
    words = bootstrap.explain("ERROR: Could not install: [Errno 28] No space left on device\n")

    assert "the disk is full" in words


def test_a_machine_no_package_fits_is_told_what_fits(bootstrap: ModuleType) -> None:
    words = bootstrap.explain("ERROR: No matching distribution found for shiboken6==6.11.3\n")

    assert "no shiboken6==6.11.3 for Python" in words
    assert "Python 3.11 to 3.14" in words


# Missing system libraries, with programs of our own on the path

brings_programs = pytest.mark.needs("sh", "env")


@pytest.fixture
def lacking(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> tuple[ModuleType, Path]:
    """A bootstrap that finds one library and one tool missing, and a folder for programs."""
    monkeypatch.setattr(bootstrap, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    monkeypatch.setattr(bootstrap, "TEST_TOOLS", {"no-such-tool": "nosuchtool"})
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.delenv("CI", raising=False)
    programs = tmp_path / "programs"
    programs.mkdir()
    write_program(programs / "env", f'exec {shutil.which("env")} "$@"')
    monkeypatch.setenv("PATH", str(programs))
    return bootstrap, programs


def write_program(path: Path, script: str = "") -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def write_apt(programs: Path, exit_code: int = 0) -> Path:
    """Write an ``apt-get`` that notes how it was called; return the note."""
    note = programs / "called"
    write_program(programs / "apt-get", f'echo "$@" >>"{note}"; exit {exit_code}')
    return note


def as_user(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, uid: int) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: uid, raising=False)


@brings_programs
def test_root_gets_missing_libraries_by_apt(
    lacking: tuple[ModuleType, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap, programs = lacking
    as_user(bootstrap, monkeypatch, 0)
    note = write_apt(programs)

    bootstrap.provide_system_parts("run")

    assert note.read_text(encoding="utf-8").splitlines() == [
        "update",
        "install --yes --no-install-recommends libnowhere9",
    ]


@brings_programs
def test_a_person_who_may_sudo_gets_them_too(
    lacking: tuple[ModuleType, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap, programs = lacking
    as_user(bootstrap, monkeypatch, 1000)
    note = write_apt(programs)
    write_program(programs / "true")
    write_program(programs / "sudo", 'test "$1" = -n && shift && exec "$@"')

    bootstrap.provide_system_parts("test")

    assert "libnowhere9 nosuchtool" in note.read_text(encoding="utf-8")


@brings_programs
def test_anyone_else_is_told_the_exact_command(
    lacking: tuple[ModuleType, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap, programs = lacking
    as_user(bootstrap, monkeypatch, 1000)
    note = write_apt(programs)

    with pytest.raises(bootstrap.SetupError) as told:
        bootstrap.provide_system_parts("run")

    assert "This system lacks libnowhere.so.9." in str(told.value)
    command = (
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends libnowhere9"
    )
    assert command in str(told.value)
    assert not note.exists()


@brings_programs
def test_a_system_without_apt_is_told_what_it_lacks(lacking: tuple[ModuleType, Path]) -> None:
    bootstrap, _ = lacking

    with pytest.raises(bootstrap.SetupError, match=r"lacks libnowhere.so.9.*package manager"):
        bootstrap.provide_system_parts("run")


@brings_programs
@pytest.mark.parametrize("in_ci", [False, True])
def test_tools_that_only_tests_need_are_missed_in_silence_nowhere(
    lacking: tuple[ModuleType, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    in_ci: bool,
) -> None:
    bootstrap, programs = lacking
    as_user(bootstrap, monkeypatch, 1000)
    write_apt(programs)
    monkeypatch.setattr(bootstrap, "LIBRARIES", {})
    if in_ci:
        monkeypatch.setenv("CI", "true")
        with pytest.raises(bootstrap.SetupError, match="lacks no-such-tool"):
            bootstrap.provide_system_parts("test")
    else:
        bootstrap.provide_system_parts("test")
        assert "the tests that need them will be skipped" in capsys.readouterr().err


@brings_programs
def test_apt_that_fails_is_quoted(
    lacking: tuple[ModuleType, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap, programs = lacking
    as_user(bootstrap, monkeypatch, 0)
    write_program(programs / "apt-get", "echo 'E: Could not get lock'; exit 100")

    with pytest.raises(bootstrap.SetupError, match=r"apt could not install.*Could not get lock"):
        bootstrap.provide_system_parts("run")
