"""Figures beside what was asked of them."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Row(NamedTuple):
    """One figure: what was measured, what came out, and what was asked."""

    what: str
    figure: str
    asked: str
    kept: bool

    @classmethod
    def at_most(cls, what: str, figure: float, limit: float, unit: str) -> Row:
        return cls(what, f"{figure:.2f} {unit}", f"at most {limit:g} {unit}", figure <= limit)

    @classmethod
    def at_least(cls, what: str, figure: float, limit: float, unit: str) -> Row:
        return cls(what, f"{figure:.1f} {unit}", f"at least {limit:g} {unit}", figure >= limit)


def print_table(rows: Iterable[Row]) -> bool:
    """Print each row as it is measured; whether every figure is as asked."""
    kept = True
    for row in rows:
        kept = kept and row.kept
        print(f"{row.what:<66}{row.figure:>12}   {row.asked}{'' if row.kept else '  MISSED'}")
    return kept


def cpu_times(*tasks: Callable[[], object], rounds: int = 5) -> list[float]:
    """The least CPU time (s) of each task; rounds go through all, so noise meets them alike."""
    least = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for number, task in enumerate(tasks):
            gc.collect()
            gc.disable()
            began = time.process_time()
            kept = task()
            least[number] = min(least[number], time.process_time() - began)
            gc.enable()
            del kept
    return least
