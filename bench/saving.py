"""How long saving takes, beside plainly writing the same bytes and waiting for the disk.

    python -m bench.saving

Wall time, the median of several rounds in turn. Plainly: the file written in place, then it and its
folder brought to the disk, so that a power cut between the two can tear it.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.facts import facts_file
from bench.table import Row, print_table
from desktop.files.saving import Stamp, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FACTS = 10_000
_ROUNDS = 21


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    data = facts_file(FACTS)
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        ours, plain = Path(folder, "ours.yaml"), Path(folder, "plain.yaml")
        for path in (ours, plain):
            path.write_bytes(data)

        def save() -> None:
            if ours.read_bytes() == data:
                write_atomically(ours, data, Stamp.of(ours.stat()))

        safely, plainly = _medians(save, lambda: write_plainly(plain, data))
    print(f"{len(data) / 1e6:.1f} MB: saved in {safely * 1e3:.1f} ms, plainly {plainly * 1e3:.1f}")
    yield Row.at_most(
        "saving, compared and atomic, to plain write and fsync", safely / plainly, 1.5, "×"
    )


def write_plainly(path: Path, data: bytes) -> None:
    """Write over a file and wait until it and its folder are on the disk."""
    for name, flags in ((path, os.O_WRONLY | os.O_TRUNC), (path.parent, os.O_RDONLY)):
        handle = os.open(name, flags)
        if name == path:
            os.write(handle, data)
        os.fsync(handle)
        os.close(handle)


def _medians(*tasks: Callable[[], object]) -> list[float]:
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(_ROUNDS):
        for task, taken in zip(tasks, times, strict=True):
            began = time.perf_counter()
            task()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
