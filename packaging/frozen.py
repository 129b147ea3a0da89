"""The program laid out in one folder with all that it needs, the same bytes at every build."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
BUILD = ROOT / "build" / "installers"
LOCK = HERE / "requirements-build.lock"

Build = Path
"""A folder of one build, with ``charthouse`` and ``marks`` in it."""


def run(*command: str | Path, cwd: Path = ROOT, **variables: str) -> str:
    """Run a command and return what it prints; raise SystemExit with its words if it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        asked = " ".join(str(part) for part in command[:4])
        raise SystemExit(f"{asked} … failed:\n{done.stdout[-4000:]}")
    return done.stdout


def version() -> str:
    words = (ROOT / "desktop" / "__init__.py").read_text(encoding="utf-8")
    return words.split('__version__ = "')[1].split('"')[0]


def epoch() -> int:
    """The time that all files bear, in s since 1970: SOURCE_DATE_EPOCH, or the last commit's."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or run("git", "log", "-1", "--format=%ct"))


def python() -> Path:
    """The interpreter of the environment that builds, set up anew when its lock has changed."""
    folder = BUILD / "venv"
    found = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    made_of = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "made-of"
    if stamp.exists() and stamp.read_text() == made_of:
        return found
    print("Setting up what builds …", flush=True)
    run(sys.executable, "-m", "venv", "--clear", folder)
    install = (found, "-m", "pip", "install", "--require-hashes", "--only-binary=:all:")
    run(*install, "--no-compile", "--no-input", "--disable-pip-version-check", "-r", LOCK)
    stamp.write_text(made_of)
    return found


def freeze(build: Build) -> Path:
    """Lay the program out in ``build/charthouse`` and return that folder."""
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True)
    interpreter = python()
    run(interpreter, HERE / "marks.py", ROOT / "resources/icons/charthouse.svg", build / "marks")
    print("Laying the program out …", flush=True)
    run(
        *(interpreter, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", build, "--workpath", build / "work", HERE / "charthouse.spec"),
        PYTHONHASHSEED="1",
        SOURCE_DATE_EPOCH=str(epoch()),
        CHARTHOUSE_MARKS=str(build / "marks"),
        # Its cache would bring files of another build in.
        PYINSTALLER_CONFIG_DIR=str(build / "cache"),
    )
    program = build / "charthouse"
    if sys.platform.startswith("linux"):
        _strip(program / "_internal")
    add_licences(program, interpreter, Path(sysconfig.get_path("stdlib")), PYTHONPATH=str(HERE))
    loose = [path for path in program.rglob("*") if path.is_symlink() and not path.exists()]
    if loose:
        raise SystemExit(f"These links lead nowhere: {loose}")
    settle(program)
    return program


def settle(folder: Path) -> None:
    """Give everything in a folder one time and the usual rights."""
    when = epoch()
    for path in [folder, *sorted(folder.rglob("*"))]:
        if not path.is_symlink():
            executable = path.is_dir() or path.read_bytes()[:2] in (b"#!", b"\x7fE")
            is_library = ".so" in path.name
            path.chmod(0o755 if executable and not is_library else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def _strip(internal: Path) -> None:
    # Only Python's own: numpy's libraries and yaml's do not survive it.
    own = [*internal.glob("libpython3*.so*"), *internal.glob("python3*/lib-dynload/*.so")]
    run("strip", "--strip-unneeded", *(path for path in own if not path.is_symlink()))


def add_licences(program: Path, interpreter: Path, standard: Path, **variables: str) -> None:
    """Lay the licences and the bill of all parts beside the program.

    ``standard`` is Python's library, ``interpreter`` one that finds the packages that are shipped.
    """
    folder = program / "licences"
    for name in ("qt", "python", "packages"):
        (folder / name).mkdir(parents=True)
    shutil.copy(HERE / "licences" / "README.txt", folder / "README.txt")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copy(ROOT / "resources" / "LICENSES.md", folder / "data.md")
    coast = ROOT / "resources" / "basemap"
    shutil.copy(coast / "COPYING.LESSER", folder / "qt" / "LGPL-3.txt")
    shutil.copy(coast / "COPYING", folder / "qt" / "GPL-3.txt")
    for found in (standard / "LICENSE.txt", standard.parent / "LICENSE.txt"):
        if found.exists():
            shutil.copy(found, folder / "python" / "LICENSE.txt")
            break
    else:
        raise SystemExit("This Python comes without its licence; build with one that has it.")
    program_of = "import sbom, sys; sbom.write(sys.argv[1], sys.argv[2])"
    run(interpreter, "-c", program_of, program, str(epoch()), cwd=ROOT, **variables)
