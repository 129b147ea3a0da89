"""What people on Linux install does what it should, on this system and on bare ones, and goes away.

Needs root, and what `make installers` left in build/dist. Debian 12 and 13 are made by mmdebstrap
from the archive that this system's apt asks, once, in build/installers.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "build" / "dist"
SHOTS = ROOT / "build" / "shots" / "installed"
CHROOTS = ROOT / "build" / "installers"
SHIPPED = ROOT / "data" / "facts.yaml"
PATIENCE_S = 60
PASSING = ("proc", "sys", "dev", "run", "tmp", "root", "work", "home")
WORN = re.compile(r"^/var/(log|cache|lib/(apt|dpkg|pam|systemd))/|/mimeinfo\.cache$|ld\.so\.cache")


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **variables},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
    )


def done(*command: str | Path, **variables: str) -> str:
    """What a command that must succeed prints."""
    ended = run(*command, **variables)
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def files_in(root: Path, *without: str) -> set[str]:
    """Every file, link and folder below a root, save those that are rewritten by any package."""
    found = set()
    for folder, folders, files in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in without]
        inside = "/" + os.path.relpath(folder, root)
        found |= {os.path.normpath(f"{inside}/{name}") for name in (*folders, *files)}
    return {path for path in found if not WORN.search(path)}


class System:
    """A Debian: this one, or one in a folder, entered with its own devices and processes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def command(self, *command: str | Path) -> list[str]:
        words = [str(part) for part in command]
        if self.root == Path("/"):
            return words
        enter = (
            'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
        )
        return ["unshare", "--mount", "sh", "-c", enter, str(self.root), *words]

    def done(self, *command: str | Path, **variables: str) -> str:
        return done(*self.command(*command), **variables)


@pytest.fixture(scope="module", params=["bookworm", "trixie"])
def bare_debian(request: pytest.FixtureRequest) -> System:
    """Debian 12 and 13 with nothing but what each must have."""
    root = CHROOTS / f"debian-{request.param}"
    if not (root / "usr").is_dir():
        sources = Path("/etc/apt/sources.list.d/debian.sources").read_text()
        archive = re.search(r"^URIs: (\S+)", sources, re.MULTILINE)
        assert archive is not None
        keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
        source = f"deb [signed-by={keys}] {archive[1]} {request.param} main"
        done("mmdebstrap", "--variant=minbase", request.param, root, source)
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", root / "etc" / name)
    return System(root)


@pytest.fixture(scope="module")
def package() -> Path:
    return next(DIST.glob("charthouse_*_amd64.deb"))


@pytest.fixture(scope="module")
def installer() -> Path:
    return next(DIST.glob("charthouse-*-linux-x86_64.run"))


@contextmanager
def screen(home: Path) -> Iterator[dict[str, str]]:
    """A screen with a window manager, and the environment of a person whose home is ``home``."""
    sys.path.insert(0, str(ROOT))
    from tests.display import virtual_display

    with virtual_display(home, size="1600x900") as environment:
        environment.pop("QT_QPA_PLATFORM")
        # So that files are opened as on a desktop: by their kind, not by what `file` guesses.
        yield {**environment, "XDG_CURRENT_DESKTOP": "GNOME"}


def windows(environment: dict[str, str]) -> list[str]:
    found = run("xdotool", "search", "--onlyvisible", "--name", "Charthouse$", **environment)
    return found.stdout.split()


def wait_for_window(environment: dict[str, str], words: str = "Charthouse") -> list[str]:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for window in windows(environment):
            if words in run("xdotool", "getwindowname", window, **environment).stdout:
                return windows(environment)
        time.sleep(0.2)
    raise AssertionError(f"no window says {words}")


def picture(name: str, environment: dict[str, str]) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    time.sleep(1.5)
    done("import", "-window", "root", SHOTS / f"{name}.png", **environment)


def next_version_of(package: Path, folder: Path) -> Path:
    """The same package as an upgrade, with a file that the one before did not have."""
    tree = folder / "next"
    done("dpkg-deb", "-R", package, tree)
    control = tree / "DEBIAN" / "control"
    words = control.read_text()
    control.write_text(re.sub(r"^(Version: .*)$", r"\1.1", words, flags=re.MULTILINE))
    (tree / "opt" / "charthouse" / "new").write_text("")
    built = folder / "charthouse_next_amd64.deb"
    done("dpkg-deb", "-Znone", "--root-owner-group", "--build", tree, built)
    return built


@pytest.fixture
def clean() -> Iterator[set[str]]:
    """This system without the program, as it also must be afterwards."""
    run("dpkg", "--purge", "charthouse")
    yield files_in(Path("/"), *PASSING)
    run("dpkg", "--purge", "charthouse")


def test_on_this_debian(package: Path, clean: set[str], tmp_path: Path) -> None:
    since = time.monotonic()
    done("apt-get", "install", "--yes", package, DEBIAN_FRONTEND="noninteractive")
    print(f"apt-get install: {time.monotonic() - since:.1f} s")

    print(done("charthouse", "--self-test", HOME=str(tmp_path)))
    assert "charthouse 0." in done("charthouse", "--version")

    mine = tmp_path / "Của tôi.facts"
    mine.write_bytes(SHIPPED.read_bytes())
    with screen(tmp_path) as environment:
        kind = done("gio", "info", "-a", "standard::content-type", mine, **environment)
        assert "application/vnd.charthouse.facts+yaml" in kind
        opener = subprocess.Popen(["xdg-open", str(mine)], env=environment, cwd="/")
        wait_for_window(environment, "defence cooperation")
        opener.wait(PATIENCE_S)
        picture("opened", environment)

        other = tmp_path / "other.facts"
        words = SHIPPED.read_text(encoding="utf-8")
        other.write_text(words.replace("title: {en: U.S.", "title: {en: Second U.S.", 1))
        since = time.monotonic()
        done("charthouse", other, **environment)
        print(f"handed over in {(time.monotonic() - since) * 1e3:.0f} ms")
        shown = wait_for_window(environment, "Second U.S.")
        assert len(shown) == 1
        os.kill(int(done("xdotool", "getwindowpid", shown[0], **environment)), signal.SIGKILL)

        left = subprocess.run(
            [ROOT / ".venv/bin/python", ROOT / "packaging/tests/leave_unsaved.py", mine],
            env={**environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
            cwd=ROOT,
        )
        assert left.returncode == 9
        journals = sorted((tmp_path / "data" / "charthouse" / "unsaved").iterdir())
        assert journals
        done("dpkg", "-i", next_version_of(package, tmp_path))
        program = subprocess.Popen(["charthouse", mine], env=environment, cwd="/")
        wait_for_window(environment, "defence cooperation")
        picture("unsaved-work-after-upgrade", environment)
        assert sorted((tmp_path / "data" / "charthouse" / "unsaved").iterdir()) == journals
        program.kill()
        program.wait()

    since = time.monotonic()
    told = done("dpkg", "--purge", "charthouse")
    assert ".local/share/charthouse" in told
    print(f"removed in {time.monotonic() - since:.1f} s")
    assert files_in(Path("/"), *PASSING) == clean
    assert mine.exists()
    assert journals[0].exists()


def test_without_a_network_nothing_is_asked_of_one(
    package: Path, clean: set[str], tmp_path: Path
) -> None:
    done("dpkg", "-i", package)
    log = tmp_path / "calls"
    blocked = ("unshare", "--net", "strace", "-f", "-e", "trace=network", "-o", log)

    done(*blocked, "charthouse", "--self-test", HOME=str(tmp_path))

    calls = log.read_text(errors="replace").splitlines()
    assert not [call for call in calls if "AF_INET" in call or "AF_NETLINK" in call]


def test_on_a_bare_debian(package: Path, bare_debian: System) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    shutil.copy(package, bare_debian.root / "tmp" / "charthouse.deb")
    needed = done("dpkg-deb", "--field", package, "Depends").strip()
    bare_debian.done("dpkg", "--purge", "charthouse", **quiet)
    bare_debian.done("apt-get", "update", **quiet)
    bare_debian.done("apt-get", "satisfy", "--yes", "--no-install-recommends", needed, **quiet)
    before = files_in(bare_debian.root, *PASSING)

    bare_debian.done("dpkg", "-i", "/tmp/charthouse.deb", **quiet)
    print(bare_debian.done("charthouse", "--self-test", HOME="/tmp", **quiet))
    bare_debian.done("dpkg", "--purge", "charthouse", **quiet)

    # dpkg takes an empty /opt away with the last package in it.
    assert files_in(bare_debian.root, *PASSING) | {"/opt"} == before | {"/opt"}


# For one person, without root


@pytest.fixture
def home() -> Iterator[Path]:
    """The home of somebody who is not root."""
    folder = Path("/tmp/charthouse-person Ă")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.chown(folder, "nobody")
    yield folder
    shutil.rmtree(folder)


def as_person(home: Path, *command: str | Path, **variables: str) -> list[str]:
    given = [f"HOME={home}", *(f"{name}={value}" for name, value in variables.items())]
    plain = ("env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8")
    return ["runuser", "-u", "nobody", "--", *plain, *given, *(str(part) for part in command)]


def test_for_one_person(installer: Path, home: Path) -> None:
    (home / ".local" / "share" / "charthouse").mkdir(parents=True)
    kept = home / ".local" / "share" / "charthouse" / "journal"
    kept.write_text("mine")
    done("chown", "-R", "nobody", home)
    before = files_in(home)

    since = time.monotonic()
    told = done(*as_person(home, "sh", installer))
    print(f"installed in {time.monotonic() - since:.1f} s")
    assert "is installed" in told
    program = home / ".local" / "lib" / "charthouse"
    print(done(*as_person(home, home / ".local/bin/charthouse", "--self-test")))
    entry = home / ".local/share/applications/charthouse.desktop"
    done("desktop-file-validate", entry)
    assert f'Exec="{program}/charthouse" %f' in entry.read_text()

    (program / "_internal" / "stale.so").write_text("of an older version")
    done(*as_person(home, "sh", installer))
    assert not (program / "_internal" / "stale.so").exists()

    told = done(*as_person(home, program / "uninstall"))
    assert str(home / ".local/share") in told
    assert files_in(home) == before
    assert kept.read_text() == "mine"


def test_a_terminal_opened_for_it_stays_until_it_is_read(installer: Path, home: Path) -> None:
    """As when a file manager runs it: the terminal is gone as soon as it ends."""
    ours, theirs = pty.openpty()
    installing = subprocess.Popen(
        as_person(home, "sh", installer), stdin=theirs, stdout=theirs, stderr=theirs, cwd="/"
    )
    os.close(theirs)
    shown = b""
    while b"Press Enter" not in shown:
        shown += os.read(ours, 1000)
    assert b"is installed" in shown
    assert not list((home / ".local" / "lib").glob("charthouse-new-*"))
    assert installing.poll() is None
    os.write(ours, b"\n")
    assert installing.wait(PATIENCE_S) == 0
    os.close(ours)


def test_a_damaged_installer_installs_nothing(installer: Path, home: Path, tmp_path: Path) -> None:
    damaged = home / "damaged.run"
    damaged.write_bytes(installer.read_bytes()[:-1000])

    ended = run(*as_person(home, "sh", damaged))

    assert ended.returncode == 1
    assert "damaged or incomplete" in ended.stdout
    assert not (home / ".local").exists()


def test_on_an_older_system_it_says_what_is_missing(installer: Path, home: Path) -> None:
    tools = home / "tools"
    tools.mkdir()
    (tools / "getconf").write_text("#!/bin/sh\necho glibc 2.31\n")
    (tools / "getconf").chmod(0o755)

    ended = run(*as_person(home, "sh", installer, PATH=f"{tools}:/usr/bin:/bin"))

    assert ended.returncode == 1
    assert re.search(r"needs glibc 2\.\d\d or later.*has 2\.31", ended.stdout)
