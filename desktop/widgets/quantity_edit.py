"""Fields for quantities and units in the grammar of the file, which complete the unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.model.values import FACTORS, QUALIFIERS
from desktop.services.language import tr
from desktop.widgets.suggesting_line import SuggestingLine, Suggestion

_WORDS: Final = "|".join(QUALIFIERS)
_AMOUNT = re.compile(
    rf"(?:(?:{_WORDS}) )?[0-9.]+(?: to [0-9.]+)? (?:(?:thousand|million|billion) )?"
)
_SCALES: Final = tuple(scale for scale in FACTORS if scale)

Units = Callable[[], Sequence[str]]
"""The ids of the units that the file declares."""


class UnitEdit(SuggestingLine):
    """A unit with its scale, such as ``million usd``."""

    def __init__(self, units: Units, parent: QWidget | None = None) -> None:
        super().__init__(self._matches, parent)
        self._units = units
        self.setPlaceholderText(tr("million usd"))

    def _matches(self, text: str) -> list[Suggestion]:
        return [Suggestion(each, each) for each in _endings(text, self._units())]


class QuantityEdit(SuggestingLine):
    """A quantity in free text, such as ``nearly 71000 m3``; the unit is completed behind it."""

    def __init__(self, units: Units, parent: QWidget | None = None) -> None:
        super().__init__(self._matches, parent)
        self._units = units
        self.setPlaceholderText(tr("430 million usd"))

    def _matches(self, text: str) -> list[Suggestion]:
        amount = _AMOUNT.match(text)
        if amount is None:
            return []
        begun = text[amount.end() :]
        scaled = any(amount[0].endswith(f"{scale} ") for scale in _SCALES)
        endings = _endings(begun, self._units(), scales=() if scaled else _SCALES)
        if begun in endings:
            return []
        return [Suggestion(amount[0] + each, amount[0] + each) for each in endings]


def _endings(begun: str, units: Sequence[str], scales: Sequence[str] = _SCALES) -> list[str]:
    """What may stand for a unit that begins so; money first counts in millions."""
    scale = next((each for each in scales if begun and each.startswith(begun.split()[0])), "")
    if scale:
        rest = begun.partition(" ")[2]
        return [f"{scale} {unit}" for unit in units if unit.startswith(rest)]
    return [unit for unit in units if unit.startswith(begun)]
