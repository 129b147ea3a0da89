"""A screen of one's own: Xvfb, with a window manager where windows are to be moved about."""

from __future__ import annotations

import os
import select
import shlex
import subprocess
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_S = 60.0


@contextmanager
def virtual_display(
    home: Path, *, size: str = "1920x1080", managed: bool = True
) -> Iterator[dict[str, str]]:
    """Run a screen and yield the environment for programs that are to be shown on it.

    All that they keep for a person goes to ``home``. Raises RuntimeError if the screen or, with
    ``managed``, the window manager does not come up.
    """
    read_end, write_end = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-noreset"]
    arguments += ["-nolisten", "tcp"]
    with ExitStack() as stack:
        server = subprocess.Popen(arguments, pass_fds=[write_end], stderr=subprocess.DEVNULL)
        stack.callback(_end, server)
        os.close(write_end)
        with os.fdopen(read_end) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        environment = _environment(home, f":{number}")
        if managed:
            stack.callback(_end, _window_manager(home, environment))
        yield environment


def _window_manager(home: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start openbox and return once it manages the screen."""
    told = home / "managed"
    os.mkfifo(told)
    reader = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    try:
        manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--startup", f"sh -c 'echo up > {shlex.quote(str(told))}'"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if not select.select([reader], [], [], WAIT_S)[0]:
            _end(manager)
            raise RuntimeError("openbox did not start")
    finally:
        os.close(reader)
        told.unlink()
    return manager


def _environment(home: Path, display: str) -> dict[str, str]:
    dropped = ("WAYLAND_DISPLAY", "XAUTHORITY", "QT_QPA_PLATFORMTHEME", "QT_SCALE_FACTOR")
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        folder = home / name.lower()
        folder.mkdir(parents=True, exist_ok=True)
        environment[f"XDG_{name}_HOME"] = str(folder)
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment["XDG_RUNTIME_DIR"] = str(runtime)
    return environment


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(WAIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
