"""Plain values as YAML text, dressed like what stands beside them.

Text goes without quotes where YAML 1.1 and 1.2 both take it for that text. Whether a way to write
something is read as it is meant is found by having libyaml read it.
"""

from __future__ import annotations

import datetime
import math
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from yaml.error import YAMLError
from yaml.events import MappingStartEvent, ScalarEvent, StreamEndEvent
from yaml.resolver import Resolver

from desktop.files import loader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.files.yaml_spans import Node

Plain: TypeAlias = (
    "str | int | float | bool | datetime.date | list[Plain] | dict[str, Plain] | None"
)


class Bare(str):
    """Text for whoever reads by the field's type: no quotes even where YAML sees a number."""

    __slots__ = ()


class Dress(NamedTuple):
    """How a file is laid out: its line ends, and how far mappings and lists stand in."""

    newline: str = "\n"
    step: int = 2
    list_step: int = 2


class Unwritable(Exception):
    """A value for which there are no words in YAML."""


MOST_COLUMNS: Final = 100
LEAST_FOLD: Final = 40
_USUAL_FOLD: Final = 80
_is_number_12 = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
).fullmatch
_BOOLEANS_11: Final = frozenset("yYnN")
_HIDDEN: Final = "[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_has_hidden = re.compile(_HIDDEN).search
_to_escape = re.compile(rf'["\\]|{_HIDDEN}')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def is_text(words: str) -> bool:
    """Whether YAML 1.1 and 1.2 both take it for text where it stands without quotes."""
    if _is_number_12(words) or words in _BOOLEANS_11:
        return False
    resolvers = Resolver.yaml_implicit_resolvers.get(words[:1], [])
    return not any(pattern.match(words) for _, pattern in resolvers)


def typed(value: object) -> str:
    """What is no text, in the one form that YAML 1.1 and 1.2 both read as it is meant."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
        digits = repr(value)
        return digits if "." in digits else digits.replace("e", ".0e")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    raise Unwritable(type(value).__name__)


def means(node: Node, value: object) -> bool:
    """Whether a node says a value and nothing but that."""
    if node.kind == "alias" or node.tag is not None:
        return False
    if isinstance(value, dict):
        return (
            node.kind == "mapping"
            and len(node.keys) == len(value)
            and all(map(means, node.keys, value))
            and all(map(means, node.items, value.values()))
        )
    if isinstance(value, list):
        has_all = node.kind == "list" and len(node.items) == len(value)
        return has_all and all(map(means, node.items, value))
    if node.kind != "scalar":
        return False
    if isinstance(value, Bare):
        return node.text == value and not (node.style == "" and value in loader.NULLS)
    if isinstance(value, str):
        return node.text == value and (node.style != "" or is_text(value))
    return node.style == "" and node.text == typed(value)


def scalar_words(value: object, style: str = "", in_flow: bool = False) -> str:
    """One line for a scalar, in the quotation marks of ``style`` where they can hold it."""
    if not isinstance(value, str):
        return typed(value)
    for words in _ways(value, style):
        if _is_read_as(f"[{words} ]" if in_flow else f"k: {words}\n", value, -1):
            return words
    raise Unwritable(value)


def key_words(key: object, style: str = "", in_flow: bool = False) -> str:
    """One line for a key, as ``scalar_words``."""
    if not isinstance(key, str):
        return typed(key)
    for words in _ways(key, style):
        if _is_read_as(f"{{{words}: v}}" if in_flow else f"{words}: v\n", key, 0):
            return words
    raise Unwritable(key)


def _ways(text: str, style: str) -> Iterator[str]:
    is_plain = not _has_hidden(text)
    double = '"' + _to_escape.sub(_escaped, text) + '"'
    single = "'" + text.replace("'", "''") + "'"
    if style not in ("'", '"') and text and is_plain and (isinstance(text, Bare) or is_text(text)):
        yield text
    if is_plain and (style == "'" or (style != '"' and len(double) > len(text) + 2)):
        yield single
    yield double


def _escaped(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    number = ord(letter)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"


def _is_read_as(line: str, text: str, place: int) -> bool:
    """Whether the scalar at a place among those of a line says ``text``."""
    scalars: list[Any] = []
    get = loader.CParser(line).get_event
    collections = 0
    try:
        while type(event := get()) is not StreamEndEvent:
            collections += type(event) is MappingStartEvent
            if type(event) is ScalarEvent:
                scalars.append(event)
    except YAMLError:
        return False
    if len(scalars) != 1 + collections:
        return False
    said = scalars[place]
    is_null = not said.style and text in loader.NULLS
    return bool(said.value == text and said.tag is None and said.anchor is None and not is_null)


def flow_words(value: object, like: Node | None = None, pad: str = "") -> str:
    """A value on one line, with ``{…}`` and ``[…]``; ``pad`` stands inside the braces."""
    if isinstance(value, dict) and value:
        pairs = (
            f"{key_words(key, '', True)}: {flow_words(each, _child(like, key), pad)}"
            for key, each in value.items()
        )
        return f"{{{pad}{', '.join(pairs)}{pad}}}"
    if isinstance(value, list) and value:
        return f"[{pad}{', '.join(flow_words(each, None, pad) for each in value)}{pad}]"
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return scalar_words(value, "", True)


def block_words(value: object, column: int, like: Node | None, dress: Dress) -> str:
    """The lines of a value whose first character is to stand in ``column``, that one not indented.

    A scalar, and a collection that goes into one line, is that line.
    """
    pad = dress.newline + " " * column
    if is_line(value, column, like):
        return flow_words(value, like)
    if isinstance(value, dict):
        return pad.join(
            entry_words(key, each, column, _child(like, key), dress) for key, each in value.items()
        )
    if isinstance(value, list):
        items = like.items if like is not None and like.kind == "list" else []
        twins = [items[min(n, len(items) - 1)] if items else None for n in range(len(value))]
        return pad.join(
            item_words(each, column, twin, dress) for each, twin in zip(value, twins, strict=True)
        )
    return _words_in_block(value, column - dress.step, column, like, dress)


def entry_words(
    key: object, value: object, column: int, like: Node | None, dress: Dress, style: str = ""
) -> str:
    """The lines of a key and its value in a block mapping at ``column``."""
    words = key_words(key, style)
    if is_line(value, column + len(words) + 2, like):
        return f"{words}: {flow_words(value, like)}"
    if isinstance(value, dict | list):
        inner = column + (dress.step if isinstance(value, dict) else dress.list_step)
        lines = block_words(value, inner, like, dress)
        return f"{words}:{dress.newline}{' ' * inner}{lines}"
    return f"{words}: {_words_in_block(value, column, column + dress.step, like, dress)}"


def item_words(value: object, column: int, like: Node | None, dress: Dress, gap: int = 1) -> str:
    """The lines of an item, with its dash at ``column``."""
    inner = column + 1 + gap
    if isinstance(value, dict | list):
        return f"-{' ' * gap}{block_words(value, inner, like, dress)}"
    return f"-{' ' * gap}{_words_in_block(value, column, inner, like, dress)}"


def is_line(value: object, column: int, like: Node | None) -> bool:
    """Whether a collection goes into one line: as its like does, else if it is short and flat."""
    if not isinstance(value, dict | list):
        return False
    if not value:
        return True
    if like is not None and like.kind == ("mapping" if isinstance(value, dict) else "list"):
        return like.style == "flow"
    inner = value.values() if isinstance(value, dict) else value
    if any(isinstance(each, dict | list) for each in inner):
        return False
    return column + len(flow_words(value)) <= MOST_COLUMNS


def _child(like: Node | None, key: object) -> Node | None:
    places = like.positions(str(key)) if like is not None and like.kind == "mapping" else []
    return like.items[places[0]] if like is not None and places else None


def _words_in_block(
    value: object, parent: int, column: int, like: Node | None, dress: Dress
) -> str:
    """A scalar as its like is written: below an indicator, over several lines, or in quotes."""
    if not isinstance(value, str):
        return typed(value)
    style = like.style if like is not None and like.kind == "scalar" else ""
    if style in ("|", ">") or "\n" in value:
        lines = block_scalar(value, style if style == ">" else "|", parent, column, dress.newline)
        if lines is not None:
            return lines
    is_habit = like is not None and style in ("'", '"') and scalar_words(like.text) == like.text
    words = scalar_words(value, style if is_habit else "")
    if like is not None and like.is_folded and value == " ".join(value.split()):
        mark = words[0] if words[0] in ("'", '"') else ""
        broken = folded(words.strip(mark) if mark else words, (), _USUAL_FOLD - column)
        over_lines = mark + f"{dress.newline}{' ' * column}".join(broken) + mark
        if column > 0 and _is_read_as(f"k: {over_lines}\n", value, -1):
            return over_lines
    return words


def block_scalar(
    value: str,
    style: str,
    parent: int,
    column: int,
    newline: str,
    *,
    header: re.Match[str] | None = None,
    folds: Sequence[str] = (),
) -> str | None:
    """A text below ``|`` or ``>`` with its lines at ``column``; None where that cannot hold it.

    ``header`` is the match of the indicators it has had, ``folds`` the lines: those that need not
    change stay as they are.
    """
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    if not body.strip() or _has_hidden(re.sub("[\n\t]", "", body)):
        return None
    had = header[1] if header else ""
    lines = body.split("\n")
    if style == ">" and not any(line != line.strip(" \t") for line in lines):
        width = max(map(len, folds), default=_USUAL_FOLD)
        if len(lines) == 1:
            lines = folded(body, folds, width)
        else:
            paragraphs = re.sub("\n+", lambda found: found[0] + "\n", body).split("\n")
            lines = [line for each in paragraphs for line in folded(each, (), width) or [""]]
    else:
        style = "|"
    chomp = "-" if not ends else "+" if ends > 1 or "+" in had else ""
    needs_width = lines[0][:1] in ("", " ", "\t") or any(digit.isdigit() for digit in had)
    width_words = str(column - max(parent, 0)) if needs_width else ""
    order = (chomp, width_words) if re.match("[-+][0-9]", had) else (width_words, chomp)
    pad = newline + " " * column
    text = "".join(pad + line if line else newline for line in lines)
    return f"{style}{''.join(order)}{header[2] if header else ''}{text}{newline * (ends - 1)}"


def folded(text: str, before: Sequence[str], width: int) -> list[str]:
    """Break a paragraph at single spaces; the lines around a change stay as they were."""
    if text != " ".join(text.split()):
        return [text] if text else []
    head: list[str] = []
    for line in before:
        if not text.startswith(line + " "):
            break
        head.append(line)
        text = text[len(line) + 1 :]
    tail: list[str] = []
    for line in reversed(before[len(head) :]):
        if not text.endswith(" " + line):
            break
        tail.insert(0, line)
        text = text[: -len(line) - 1]
    width = max(width, LEAST_FOLD)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return [*head, *lines, *tail]
