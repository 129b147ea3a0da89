"""What can be done to YAML text, and how it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from desktop.model.problems import Problem

if TYPE_CHECKING:
    from desktop.files.yaml_words import Plain

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root down; a number may also be a key that reads so."""


class Set(NamedTuple):
    """Put a value in place of the one that is there."""

    path: Path
    value: Plain


class Insert(NamedTuple):
    """Add a key to a mapping, or an item to a list.

    The last step of ``path`` is the key, or the index the item is to have; an index beyond the
    last is the end. ``at`` is how many keys of the mapping stand before the new one; None for all.
    """

    path: Path
    value: Plain
    at: int | None = None


class Delete(NamedTuple):
    """Take away a key with its value, or an item."""

    path: Path


class Rename(NamedTuple):
    """Put another key in place of one; its value stays."""

    path: Path
    key: str


Edit: TypeAlias = Set | Insert | Delete | Rename


class EditRefused(Exception):
    """An edit that cannot be made in the text; ``problem`` says why, and the text is untouched."""

    def __init__(self, code: str, path: Path = (), /, **params: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, "error", field=path, params=params)
