"""Starting the program again while its window is open: hand the file to that window.

Knows no Qt, so that a second start is over before Qt would have been loaded.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path
from typing import Final

from desktop.services import paths

LONGEST_PATH: Final = 4096
HEARD: Final = b"heard"
_LONGEST_ADDRESS: Final = 100
_PATIENCE_S: Final = 2.0


def hand_over(file: Path | None) -> bool:
    """Ask the window that is open on this display to open ``file``, or only to come to the front.

    False where there is none, or it does not answer: then this start is the first.
    """
    address = bell()
    if address is None or not address.exists():
        return False
    import socket

    message = os.fsencode(file.absolute()) if file is not None else b""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_PATIENCE_S)
            line.connect(str(address))
            line.sendall(message)
            line.shutdown(socket.SHUT_WR)
            return line.recv(len(HEARD)) == HEARD
    except OSError:
        return False


def asked_for(message: bytes) -> Path | None:
    """The file that a message names; None if it names none.

    Whoever can write to the socket is this person, but may be any program of theirs: what comes is
    a path and nothing else. Raises ValueError for what is no absolute path to a file.
    """
    if not message:
        return None
    if len(message) > LONGEST_PATH or b"\0" in message:
        raise ValueError(message[:80])
    path = Path(os.fsdecode(message))
    if not path.is_absolute() or not path.is_file():
        raise ValueError(message[:80])
    return path


def bell() -> Path | None:
    """Where the open window of this person and display listens; None where none can.

    In a folder that nobody else may enter; it is made if need be.
    """
    if sys.platform == "win32" or os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return None
    given = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(given) / "charthouse" if given else paths.state() / "run"
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    address = folder / f"window{re.sub(r'[^A-Za-z0-9.-]', '_', display)[:40]}"
    if len(os.fsencode(address)) > _LONGEST_ADDRESS:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    return address if is_private and found.st_uid == os.getuid() else None
