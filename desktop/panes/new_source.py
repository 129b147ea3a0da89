"""What the address of a page tells of a source, before anybody has read the page."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final
from urllib.parse import urlsplit

from desktop.model.dates import EdtfDate
from desktop.model.records import id_from

_SHORT: Final = frozenset({"ac", "co", "com", "edu", "go", "gov", "net", "org"})
_DATE = re.compile(
    r"(?<![0-9])(20[0-9]{2})[/-]?(0[1-9]|1[0-2])(?:[/-]?([0-2][0-9]|3[01]))?(?![0-9])"
)
_WORDS_OF_SLUG: Final = 4


def is_address(text: str) -> bool:
    """Whether a text looks like the address of a page."""
    return text.startswith(("https://", "http://")) and " " not in text and len(text) > 10


def values_from_address(url: str, today: datetime.date) -> dict[str, Any]:
    """Fields of a new source: the address, the day it is read, its origin and an id.

    Nothing is fetched. The id has the publisher's name from the host, and the date or else the
    words of the path.
    """
    values: dict[str, Any] = {"url": url, "accessed": EdtfDate.of_day(today)}
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return values
    labels = [each for each in host.split(".") if each != "www"][:-1]
    while len(labels) > 1 and labels[-1] in _SHORT:
        labels.pop()
    name = id_from(labels[-1]) if labels else ""
    date = _DATE.search(parts.path)
    if date is not None:
        rest = "-".join(each for each in date.groups() if each)
    else:
        slug = id_from(parts.path.rstrip("/").rpartition("/")[2].partition(".")[0])
        rest = "-".join(slug.split("-")[:_WORDS_OF_SLUG])
    found = "-".join(each for each in (name, rest) if each)
    return {**values, **({"origin": name} if name else {}), **({"id": found} if found else {})}
