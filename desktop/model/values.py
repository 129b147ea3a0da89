"""Values as they stand in the file: quantities with their qualifier, and texts in languages.

Each is equal to another when its canonical text is, so a value can be written back as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal, Self, get_args

from desktop.model.problems import Malformed

Qualifier = Literal["about", "nearly", "more than", "at least", "less than", "up to"]
Scale = Literal["", "thousand", "million", "billion"]
Language = Literal["en", "vi", "zh", "fil"]

QUALIFIERS: Final[tuple[Qualifier, ...]] = get_args(Qualifier)
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
FACTORS: Final[Mapping[Scale, Decimal]] = {
    "": Decimal(1),
    "thousand": Decimal(10) ** 3,
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
}

# Digits that fit Decimal's 28 with room for sums; 012 would not be written back as it was read.
_NUMBER = r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?"
_AMOUNT = (
    rf"(?:({'|'.join(QUALIFIERS)}) )?({_NUMBER})(?: to ({_NUMBER}))?"
    r"(?: (thousand|million|billion))?"
)
_QUANTITY = re.compile(rf"{_AMOUNT} ([a-z][a-z0-9-]*)").fullmatch
_BARE_AMOUNT = re.compile(_AMOUNT).fullmatch
_SCALED_UNIT = re.compile(r"(?:(thousand|million|billion) )?([a-z][a-z0-9-]*)").fullmatch
_GROUPED = re.compile(r"[0-9][,'’ \u00a0\u202f][0-9]{3}(?![0-9])").search
_FOREIGN_QUALIFIER: Final[Mapping[str, Qualifier]] = {
    "over": "more than",
    ">": "more than",
    "≥": "at least",
    "<": "less than",
    "under": "less than",
    "≤": "up to",
    "almost": "nearly",
    "≈": "about",
    "~": "about",
    "around": "about",
    "circa": "about",
    "approximately": "about",
    "some": "about",
}


class Written:
    """A value that is what its canonical ``text`` says."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text: Final = text

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Quantity(Written):
    """An amount with its unit and the qualifier that is part of its truth.

    ``amount`` (and ``to``, the upper end of a range) are as printed, to be multiplied by ``scale``;
    ``unit`` is the id of a declared unit. No midpoint is ever made of a range.
    """

    __slots__ = ("amount", "qualifier", "scale", "to", "unit")

    def __init__(
        self,
        amount: Decimal,
        unit: str,
        scale: Scale = "",
        qualifier: Qualifier | None = None,
        to: Decimal | None = None,
    ) -> None:
        if not amount.is_finite() or amount.is_signed():
            raise Malformed("negative-amount", text=str(amount))
        if to is not None and not (to.is_finite() and to > amount):
            raise Malformed("range-reversed", low=f"{amount:f}", high=f"{to:f}")
        words = (
            qualifier,
            f"{amount:f}",
            None if to is None else f"to {to:f}",
            scale,
            unit,
        )
        super().__init__(" ".join(word for word in words if word))
        self.amount: Final = amount
        self.to: Final = to
        self.scale: Final = scale
        self.unit: Final = unit
        self.qualifier: Final = qualifier

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``[qualifier] number [to number] [scale] unit``; Malformed says what is accepted."""
        found = _QUANTITY(text)
        if found is None:
            raise _why_no_quantity(text)
        return cls._from_groups(*found.groups())

    @classmethod
    def parse_bare(cls, text: str) -> Self:
        """Read an amount such as ``about 12``; its measure declares the unit, here empty."""
        found = _BARE_AMOUNT(text)
        if found is None:
            raise _why_no_quantity(text, bare=True)
        qualifier, low, high, scale = found.groups()
        return cls._from_groups(qualifier, low, high, scale, "")

    @classmethod
    def _from_groups(
        cls,
        qualifier: str | None,
        low: str,
        high: str | None,
        scale: str | None,
        unit: str,
    ) -> Self:
        return cls(
            Decimal(low),
            unit,
            scale or "",  # type: ignore[arg-type]
            qualifier,  # type: ignore[arg-type]
            None if high is None else Decimal(high),
        )

    @property
    def low(self) -> Decimal:
        """The lower end in single units: dollars, not millions."""
        return self.amount * FACTORS[self.scale]

    @property
    def high(self) -> Decimal:
        """The upper end in single units; the same as ``low`` unless a range was given."""
        return (self.amount if self.to is None else self.to) * FACTORS[self.scale]

    @property
    def rounding(self) -> Decimal:
        """Half of the last digit printed, in single units: 9.7 million is ± 50,000."""
        ends = (self.amount,) if self.to is None else (self.amount, self.to)
        last = max(min(int(end.as_tuple().exponent), 0) for end in ends)
        return Decimal(5).scaleb(last - 1) * FACTORS[self.scale]

    @property
    def slack(self) -> Decimal:
        """One of the last digit that is not zero, in single units: nearly 71000 is over 70000."""
        last = int(self.amount.normalize().as_tuple().exponent)
        return Decimal(1).scaleb(last) * FACTORS[self.scale]

    def in_unit(self, unit: ScaledUnit) -> Quantity:
        """A bare amount in its measure's unit; a scale of its own goes before the measure's."""
        scale = self.scale or unit.scale
        return Quantity(self.amount, unit.unit, scale, self.qualifier, self.to)

    def with_amount(self, amount: Decimal) -> Quantity:
        """The same quantity with another amount; unit, scale and qualifier stay."""
        return Quantity(amount, self.unit, self.scale, self.qualifier)


class ScaledUnit(Written):
    """The unit of a measure, such as ``million usd``."""

    __slots__ = ("scale", "unit")

    def __init__(self, unit: str, scale: Scale = "") -> None:
        super().__init__(f"{scale} {unit}" if scale else unit)
        self.unit: Final = unit
        self.scale: Final = scale

    @classmethod
    def parse(cls, text: str) -> Self:
        found = _SCALED_UNIT(text)
        if found is None:
            raise Malformed("not-a-unit", text=text)
        return cls(found[2], found[1] or "")  # type: ignore[arg-type]


def _why_no_quantity(text: str, bare: bool = False) -> Malformed:
    if re.match(r"\s*[-\u2212\u2013]\s*[0-9]", text):
        return Malformed("negative-amount", text=text)
    if _GROUPED(text):
        joined = re.sub(r"(?<=[0-9])[,'’ \u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", text)
        return Malformed("grouped-digits", text=text, write=joined)
    first = re.match(r"[^\W\d]+|[>≥<≤≈~]", text)
    if first and first[0].lower() in _FOREIGN_QUALIFIER:
        rest = text[first.end() :].strip()
        return Malformed(
            "unknown-qualifier",
            text=text,
            word=first[0],
            write=f"{_FOREIGN_QUALIFIER[first[0].lower()]} {rest}",
        )
    if re.search(r"[$€£₫]", text):
        return Malformed("currency-sign", text=text)
    if not bare and _BARE_AMOUNT(text):
        return Malformed("no-unit", text=text)
    return Malformed("not-an-amount" if bare else "not-a-quantity", text=text)


class LocalText:
    """Words in one language or several; what is missing falls back, and says so."""

    __slots__ = LANGUAGES

    def __init__(
        self,
        en: str | None = None,
        vi: str | None = None,
        zh: str | None = None,
        fil: str | None = None,
    ) -> None:
        self.en: Final = en
        self.vi: Final = vi
        self.zh: Final = zh
        self.fil: Final = fil

    def in_language(self, language: str) -> tuple[str, str]:
        """The words and the language they are in, which differs where they had to fall back."""
        for candidate in (language, *LANGUAGES):
            words: str | None = getattr(self, candidate, None)
            if words is not None:
                return words, candidate
        return "", language

    @property
    def by_language(self) -> dict[str, str]:
        pairs = ((name, getattr(self, name)) for name in LANGUAGES)
        return {name: words for name, words in pairs if words is not None}

    def _key(self) -> tuple[str | None, ...]:
        return self.en, self.vi, self.zh, self.fil

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalText) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return self.in_language("en")[0]

    def __repr__(self) -> str:
        return f"LocalText({self.by_language!r})"
