"""Where things stand within the text of one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yaml.error import YAMLError
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from desktop.files import loader

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.model.problems import FieldPath

ON_KEYS: Final = frozenset({"unknown-key", "stray-words"})
"""Codes that blame a key; all others blame the value, where there is one."""


class Spot(NamedTuple):
    """Offsets of a key and of its value; for an item of a list they are the same."""

    key: int
    value: int


def spots_in(text: str) -> dict[FieldPath, Spot]:
    """The spots of everything in ``text``, the slice of a file that holds one key and its value.

    A slice out of a flow mapping may end in a comma; one that cannot be read alone has no spots.
    """
    for opened, closed in (("", ""), ("{", "\n}")):
        found: dict[FieldPath, Spot] = {}
        get = loader.CParser(opened + text + closed).get_event
        try:
            get(), get()
            _walk(get(), get, (), found)
        except YAMLError:
            continue
        return {path: Spot(*(at - len(opened) for at in spot)) for path, spot in found.items()}
    return {}


def offset_of(spots: dict[FieldPath, Spot], path: FieldPath, code: str) -> int:
    """The offset to blame for a problem at ``path``: its value, or the nearest key around it."""
    spot = spots.get(path)
    if spot is not None:
        return spot.key if code in ON_KEYS else spot.value
    while path and path not in spots:
        path = path[:-1]
    return spots[path].key if path else 0


def _walk(
    event: Any, get: Callable[[], Any], path: FieldPath, found: dict[FieldPath, Spot]
) -> None:
    if type(event) is MappingStartEvent:
        while type(key := get()) is not MappingEndEvent:
            if type(key) is not ScalarEvent:
                raise YAMLError("read alone, the slice says something else")
            value = get()
            here = (*path, key.value)
            found[here] = Spot(_offset(key), _offset(value))
            _walk(value, get, here, found)
    elif type(event) is SequenceStartEvent:
        index = 0
        while type(item := get()) is not SequenceEndEvent:
            here = (*path, index)
            found[here] = Spot(_offset(item), _offset(item))
            _walk(item, get, here, found)
            index += 1


def _offset(event: Any) -> int:
    offset: int = event.start_mark.index
    return offset
