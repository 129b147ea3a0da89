"""Set Charthouse up in ``.venv`` and start or test it, with Python's own library alone.

    python3 packaging/bootstrap.py run [arguments of charthouse]
    python3 packaging/bootstrap.py check            lint and types
    python3 packaging/bootstrap.py test [arguments of pytest]
    python3 packaging/bootstrap.py python [arguments of python]
    python3 packaging/bootstrap.py setup

Each first sets up what it needs: missing system libraries (by apt, where it may), ``.venv`` and the
packages of the lock, each checked against its hash. A stamp in ``.venv`` remembers that this was
done, so the next start does none of it. Which package index is asked is pip's business and yours.

Kept free of syntax newer than Python 3.7, so that an older Python is told so in words.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
LOCKS = {
    "run": ROOT / "packaging" / "requirements.lock",
    "test": ROOT / "packaging" / "requirements-test.lock",
}
# Not `-m desktop`: a folder of that name where the person stands would be taken for the program.
START = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv[0] = 'charthouse'; "
    "from desktop.__main__ import main; sys.exit(main())"
)
OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 14)

# What Qt's core, its X11 and Wayland platforms and its D-Bus link to and the wheels leave to the
# system.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# A screen, a window manager and a hand on mouse and keyboard, for the journeys in a real window;
# and judges of what installers tell a desktop.
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "openbox": "openbox",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "xwininfo": "x11-utils",
    "xrandr": "x11-xserver-utils",
}

NETWORK_SIGNS = (
    "ConnectionError",
    "Name or service not known",
    "Temporary failure in name resolution",
    "Temporary failure resolving",
    "Max retries exceeded",
    "timed out",
    "ProxyError",
    "CERTIFICATE_VERIFY_FAILED",
    "Could not fetch URL",
    "SSLError",
)


class SetupError(Exception):
    """Set-up cannot go on; the text says what happened and what to do, for people to read."""


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Do what the first argument names and return the exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("run", "check", "test", "python", "setup"):
        say((__doc__ or "").split("\n\n")[1])
        return 2
    try:
        check_python(sys.version_info[:2])
        set_up("run" if command in ("run", "setup") else "test")
    except SetupError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"Set-up failed at {error.filename}: {explain(str(error))}")
        return 1
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
        return 130
    if command == "run":
        return become([str(venv_python()), "-P", "-c", START, *rest])
    if command == "python":
        os.chdir(str(ROOT))
        return become([str(venv_python()), *rest])
    if command == "check":
        return check()
    if command == "test":
        return check() or in_venv("pytest", *rest)
    return 0


def check() -> int:
    """Lint and type-check the checkout; return the first exit code that is not 0."""
    return (
        in_venv("ruff", "check", "--quiet")
        or in_venv("ruff", "format", "--check", "--quiet")
        or in_venv("mypy")
    )


# Starting


def venv_python() -> Path:
    """Return the interpreter of ``.venv``, wherever this system puts it."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment() -> dict[str, str]:
    """Return the environment for everything started in ``.venv``."""
    variables = dict(os.environ)
    # Without compiled bytecode Qt's import alone takes more than twice as long.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


def become(command: list[str]) -> int:
    """Let ``command`` take this process's place; where a system cannot, wait for it."""
    if os.name != "nt":
        os.execve(command[0], command, environment())
    return subprocess.call(command, env=environment())


def in_venv(module: str, *arguments: str) -> int:
    """Run a module of ``.venv`` from the top of the checkout and return its exit code."""
    command = [str(venv_python()), "-m", module, *arguments]
    return subprocess.call(command, cwd=str(ROOT), env=environment())


# Setting up


def check_python(version: tuple[int, ...]) -> None:
    """Raise SetupError if Python ``version`` is too old, and name a newer one that is here."""
    if version >= OLDEST_PYTHON:
        return
    import shutil

    words = "Charthouse needs Python 3.11 or later; this is {}.{}.".format(*version[:2])
    for minor in range(NEWEST_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            raise SetupError(words + f" Use the newer one: make run PYTHON={name}")
    raise SetupError(words + " Install a newer Python and run this again.")


def set_up(purpose: str) -> None:
    """Make ``.venv`` ready to ``run`` or to ``test``, unless its stamp says that it is."""
    if read_text(stamp(purpose)) == fingerprint(purpose) and venv_python().exists():
        return
    provide_system_parts(purpose)
    make_venv()
    install(LOCKS[purpose])
    prove_qt_loads()
    # The lock for tests holds the one for running, version for version.
    for served in {"run", purpose}:
        stamp(served).write_text(fingerprint(served), encoding="utf-8")
    say("Charthouse is set up.")


def stamp(purpose: str) -> Path:
    """Return the file that says for which fingerprint ``.venv`` was made ready."""
    return VENV / f"ready-to-{purpose}"


def fingerprint(purpose: str) -> str:
    """Return a digest of all that set-up depends on: lock, this script, Python and place."""
    import hashlib

    parts = (LOCKS[purpose].read_bytes(), Path(__file__).read_bytes())
    digest = hashlib.sha256(b"\0".join(parts))
    digest.update(maker().encode())
    return digest.hexdigest()


def maker() -> str:
    """Return which Python ``.venv`` is made by and where; a new bug-fix release changes neither."""
    return f"{sys.implementation.cache_tag} {ROOT}"


def read_text(path: Path) -> str:
    """Return the text of ``path``, or nothing if there is no such file."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def make_venv() -> None:
    """Create ``.venv`` unless the one that is here belongs to this Python and place."""
    mark = VENV / "made-by"
    if read_text(mark) == maker() and venv_python().exists():
        return
    # --clear empties the folder: one that is no environment holds something of the person's.
    if VENV.exists() and any(VENV.iterdir()) and not (VENV / "pyvenv.cfg").exists():
        raise SetupError(f"{VENV} is in the way: it is no Python environment. Move it.")
    say(f"Making {VENV} …")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Python could not make .venv")
    # The checkout itself is on the path, so `-m desktop` works from any folder.
    mark.write_text(maker(), encoding="utf-8")


def install(lock: Path) -> None:
    """Install the packages of ``lock`` that are missing, then compile all bytecode."""
    say("Installing Qt and the other packages (some 120 MB are fetched the first time) …")
    pip = [str(venv_python()), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:"]
    pip += ["--no-compile", "--no-input", "--disable-pip-version-check"]
    run([*pip, "--requirement", str(lock)], "The packages could not be installed")
    say("Compiling …")
    compile_all = [str(venv_python()), "-m", "compileall", "-q", "-q", "-j", "0"]
    # A package may carry templates that are no valid Python; what cannot compile is not imported.
    subprocess.call([*compile_all, str(VENV)], env=environment())
    subprocess.call([*compile_all, str(ROOT / "desktop")], env=environment())


def prove_qt_loads() -> None:
    """Raise SetupError if Qt cannot be imported, with what it says is missing."""
    run([str(venv_python()), "-c", "import PySide6.QtWidgets"], "Qt does not load")


def run(command: list[str], failure: str) -> str:
    """Run ``command`` silently and return its output; raise SetupError if it fails."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        # Failures are told apart by their English words.
        env={**environment(), "LC_ALL": "C.UTF-8"},
    )
    if done.returncode != 0:
        raise SetupError(f"{failure}: {explain(done.stdout)}")
    return done.stdout


def explain(output: str) -> str:
    """Say in words what ``output`` of a failed pip or venv means and what to do about it."""
    if "No space left on device" in output or "Errno 28" in output:
        return "the disk is full. Make room, about 600 MB, and run this again."
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "a package is not the one the lock names, so it was refused. Run this again; if it"
            " stays so, the index or mirror that pip asks serves something else than it should."
        )
    if any(sign in output for sign in NETWORK_SIGNS):
        return (
            "the place where packages come from did not answer. Check the network; behind a proxy"
            " or with a mirror, check HTTPS_PROXY and pip's or apt's settings. Then run this again."
        )
    if "No matching distribution found for" in output:
        import platform

        package = output.split("No matching distribution found for", 1)[1].split()[0]
        here = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
        return (
            f"the package index has no {package} for {here}. Charthouse runs on Python 3.11 to"
            " 3.14 on Windows, macOS and Linux, 64-bit; Linux on ARM must have glibc 2.39 or later."
            " Where all that is so, the index or mirror that pip asks is incomplete."
        )
    return "\n".join(output.strip().splitlines()[-8:]) or "no reason was given."


# System libraries and tools


def provide_system_parts(purpose: str) -> None:
    """Install what Qt (and the tests) need from the system by apt, or say which command would.

    Raises SetupError if something stays missing, save for tools that only tests need: a test
    skips without them and says so, except under ``CI=true``, where nothing may be skipped.
    """
    if not sys.platform.startswith("linux"):
        return
    needed = missing_parts()
    tools = missing_tools() if purpose == "test" else {}
    if needed or tools:
        try:
            install_system_packages({**needed, **tools})
        except SetupError as error:
            if needed or os.environ.get("CI") == "true":
                raise
            say(f"{error}\nGoing on without; the tests that need them will be skipped.")


def missing_parts() -> dict[str, str]:
    """Return what Qt and ``venv`` need and this system lacks, each with its Debian package."""
    import ctypes
    import importlib.util

    missing = {}
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    if importlib.util.find_spec("ensurepip") is None:
        missing["ensurepip"] = "python{}.{}-venv".format(*sys.version_info[:2])
    return missing


def missing_tools() -> dict[str, str]:
    """Return the programs that tests need and this system lacks, each with its Debian package."""
    import shutil

    return {tool: package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)}


def install_system_packages(missing: dict[str, str]) -> None:
    """Install Debian packages as root or by sudo without a password; else raise SetupError."""
    import shutil

    packages = sorted(set(missing.values()))
    if not shutil.which("apt-get"):
        raise SetupError(
            f"This system lacks {', '.join(missing)}. Install them with its package manager"
            f" (Debian has them in {' '.join(packages)}) and run this again."
        )
    steps = [
        "apt-get update",
        "apt-get install --yes --no-install-recommends " + " ".join(packages),
    ]
    if os.geteuid() == 0:
        prefix: list[str] = []
    elif shutil.which("sudo") and sudo_needs_no_password():
        prefix = ["sudo", "-n"]
    else:
        commands = " && ".join("sudo " + step for step in steps)
        lacking = f"This system lacks {', '.join(missing)}."
        raise SetupError(f"{lacking} Install them and run this again:\n  {commands}")
    say(f"Installing system packages by apt: {' '.join(packages)} …")
    for step in steps:
        silent = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *step.split()]
        run(silent, f"apt could not install {' '.join(packages)}")


def sudo_needs_no_password() -> bool:
    return subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
