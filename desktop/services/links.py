"""The ways out of the program: to web pages, after saying where they lead, and to an editor."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from PySide6 import QtCore, QtGui  # by name their classes would be loaded at the start

from desktop.services.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QUrl

    from desktop.services.prompts import Prompts

Refusal = Literal["not-plain", "too-long", "not-web", "no-host", "names-a-user", "bad-host"]

_LENGTH_MOST: Final = 2048
# Compiled when first asked for, not at the start of the program.
# What a browser drops, turns round, or takes for another character than people see.
_NOT_PLAIN: Final = (
    r"[\s\x00-\x1f\x7f-\x9f\\\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]"
)
_WEB: Final = r"(?i)https?:"
_SHAPE: Final = r"(?i)(https?)://([^/?#]+)((?:[/?#].*)?)"
_PLACE: Final = r"(?i)(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::([0-9]{1,5}))?"
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"


_AT_LINE: Final = {
    "code": ("-g", "{file}:{line}"),
    "code-oss": ("-g", "{file}:{line}"),
    "codium": ("-g", "{file}:{line}"),
    "cursor": ("-g", "{file}:{line}"),
    "emacs": ("+{line}", "{file}"),
    "emacsclient": ("+{line}", "{file}"),
    "gedit": ("+{line}", "{file}"),
    "gnome-text-editor": ("{file}",),
    "gvim": ("+{line}", "{file}"),
    "kate": ("-l", "{line}", "{file}"),
    "kwrite": ("-l", "{line}", "{file}"),
    "mousepad": ("--line={line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
    "pluma": ("+{line}", "{file}"),
    "subl": ("{file}:{line}",),
    "xed": ("+{line}", "{file}"),
    "zed": ("{file}:{line}",),
}
"""Editors with a window of their own, and how each is told a file and a line of it."""


class LinkRefused(ValueError):
    """An address that is never opened; ``code`` says why."""

    def __init__(self, code: Refusal, url: str) -> None:
        super().__init__(f"{code}: {url[:80]!r}")
        self.code = code
        self.url = url


class Address(NamedTuple):
    """A web address taken apart: ``host`` as the network reads it, ``shown`` as people do."""

    url: str
    host: str
    shown: str


def read_address(url: str) -> Address:
    """Take a web address apart; raises LinkRefused for all that is not one beyond doubt.

    Hosts in other scripts are encoded by IDNA 2003 (RFC 3490); the returned ``url`` carries the
    encoded host, so that what is shown is what is opened.
    """
    if len(url) > _LENGTH_MOST:
        raise LinkRefused("too-long", url)
    if re.search(_NOT_PLAIN, url):
        raise LinkRefused("not-plain", url)
    parts = re.fullmatch(_SHAPE, url)
    if parts is None:
        raise LinkRefused("no-host" if re.match(_WEB, url) else "not-web", url)
    scheme, authority, rest = parts.group(1).lower(), parts.group(2), parts.group(3)
    if "@" in authority:
        raise LinkRefused("names-a-user", url)
    place = re.fullmatch(_PLACE, authority)
    port = place.group(2) if place else None
    if place is None or (port is not None and not 0 < int(port) < 65_536):
        raise LinkRefused("bad-host", url)
    try:
        host, shown = _read_host(place.group(1))
    except ValueError as error:
        raise LinkRefused("bad-host", url) from error
    end = "" if port is None else f":{port}"
    return Address(f"{scheme}://{host}{end}{rest}", host, shown)


def true_host(url: str) -> str:
    """Return where ``url`` leads, to show: ``xn--….com (….com)`` where the two differ.

    Raises LinkRefused.
    """
    address = read_address(url)
    return address.host if address.host == address.shown else f"{address.host} ({address.shown})"


class Links:
    """Opens pages in the browser, after asking, and files in an editor."""

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts

    def open(self, url: str) -> bool:
        """Ask, showing the true host, and open; tell whether it was opened.

        A refused address is said to be so, and why.
        """
        try:
            address = read_address(url)
            target = _to_qurl(address)
        except LinkRefused as refused:
            self._prompts.tell_error(tr("This address is not opened"), _why(refused), url[:200])
            return False
        words = tr("Open this page in the browser?\n\nIt lies at {host}.\n\n{url}")
        question = words.format(host=true_host(url), url=address.url)
        if self._prompts.choose(tr("Open a page"), question, [tr("Open"), tr("Cancel")]) != 0:
            return False
        if QtGui.QDesktopServices.openUrl(target):
            return True
        self._prompts.tell_error(
            tr("The page was not opened"),
            tr("No browser answered."),
            tr("Copy the address into one: {url}").format(url=address.url),
        )
        return False

    def open_file(self, file: Path, line: int = 0) -> bool:
        """Open a file in this person's editor, at a line if it can be told one.

        That is the one named by VISUAL or EDITOR if it has a window, else the system's.
        """
        command = editor_command(os.environ, file, line)
        if command and QtCore.QProcess.startDetached(command[0], command[1:])[0]:
            return True
        if QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(file))):
            return True
        self._prompts.tell_error(
            tr("The file was not opened"),
            tr("No editor answered."),
            tr("Open it in one yourself: {file}").format(file=file),
        )
        return False


def editor_command(environment: Mapping[str, str], file: Path, line: int) -> list[str]:
    """The editor this person names and its arguments; empty if it is none with a window."""
    import shlex  # nobody needs it at the start

    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environment.get(name, ""))
        except ValueError:
            continue
        known = _AT_LINE.get(Path(command[0]).stem) if command else None
        if known:
            given = {"file": str(file), "line": max(line, 1)}
            return [*command, *(part.format(**given) for part in known)]
    return []


def _read_host(text: str) -> tuple[str, str]:
    """Return a host as the network reads it and as people do; raises ValueError."""
    import ipaddress  # nobody needs it before there is an address to read

    if text.startswith("["):
        host = f"[{ipaddress.IPv6Address(text[1:-1])}]"
        return host, host
    host = text.lower().encode("idna").decode("ascii")
    shown = host.encode("ascii").decode("idna")
    labels = host.split(".")
    if len(host) > 253 or not all(re.fullmatch(_LABEL, label) for label in labels):
        raise ValueError(text)
    # Browsers read 2130706433 and 0x7f.1 as 127.0.0.1; nobody who sees them does.
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        ipaddress.IPv4Address(host)
    return host, shown


def _to_qurl(address: Address) -> QUrl:
    """Hand the address to Qt and make sure that Qt reads the same host in it."""
    target = QtCore.QUrl(address.url)
    read = target.host(QtCore.QUrl.ComponentFormattingOption.FullyEncoded)
    if not target.isValid() or read != address.host.strip("[]") or target.userInfo():
        raise LinkRefused("bad-host", address.url)
    return target


def _why(refused: LinkRefused) -> str:
    words: dict[Refusal, str] = {
        "not-plain": tr("It holds blanks or invisible characters."),
        "too-long": tr("It is longer than 2048 characters."),
        "not-web": tr("Only addresses that begin with http:// or https:// are."),
        "no-host": tr("It names no host."),
        "names-a-user": tr("It carries a user name, which can hide where it leads."),
        "bad-host": tr("Its host is not a name that the web knows."),
    }
    return words[refused.code]
