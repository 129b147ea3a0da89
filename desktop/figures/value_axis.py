"""An upright axis that begins at zero, with round numbers on it."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Amounts = TypeVar("Amounts", float, "npt.NDArray[np.float64]")

_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class ValueAxis(NamedTuple):
    """Amounts from zero at ``base_px`` up to ``most`` at ``top_px``."""

    most: float
    base_px: float
    top_px: float

    def y_of(self, amount: Amounts) -> Amounts:
        """Where an amount, or each of a column, lies: in pixels from the top."""
        return self.base_px - amount / self.most * (self.base_px - self.top_px)

    def ticks(self, least_px: float) -> list[Decimal]:
        """Round amounts from zero up, no two closer than ``least_px``."""
        step = round_step(self.most * least_px / max(self.base_px - self.top_px, 1.0))
        return [step * place for place in range(floor(self.most / float(step)) + 1)]


def value_axis(most: float, base_px: float, top_px: float) -> ValueAxis:
    """An axis that reaches to an amount; to 1 where that is nothing."""
    return ValueAxis(most if isfinite(most) and most > 0 else 1.0, base_px, top_px)


def round_step(least: float) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below ``least``."""
    power = Decimal(10) ** floor(log10(least))
    step = next(each for each in _STEPS if float(each * power) >= least * (1 - 1e-9))
    return Decimal(ceil(step * power)) if step * power >= 10 else step * power
