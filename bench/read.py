"""How fast facts files are read, and what they take of memory.

    python -m bench.read

Times are CPU time, each the best of several rounds in this one run. The floor is libyaml's bare
stream of events plus msgspec's conversion of the very same records. ruamel.yaml is timed on a
tenth of the facts, because it takes a minute for all of them, and compared by the fact.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from yaml import StreamEndEvent
from yaml._yaml import CParser

from bench.facts import facts_file
from bench.table import Row, cpu_times, print_table
from desktop.files import fields
from desktop.files.facts_file import FactsFile
from desktop.files.loader import Loader
from desktop.files.reader import ABOUT, HEADER, read
from desktop.model.records import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS, MANY_FACTS = 10_000, 100_000
_ADDED = """
import sys
from pathlib import Path
from bench import read
print(read.added_mb(Path(sys.argv[1]), Path(sys.argv[2])))
"""


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    data = facts_file(FACTS)
    records = [
        (SECTIONS[entry.section], entry.id, entry.raw)
        for entry in Loader(data, frozenset({HEADER, ABOUT}))
        if entry.id is not None and isinstance(entry.raw, dict)
    ]

    def convert() -> None:
        for kind, record_id, raw in records:
            fields.to_record(kind, record_id, raw)

    events, converted, ours = cpu_times(lambda: _events(data), convert, lambda: read(data))
    floor = events + converted
    print(
        f"{FACTS} facts, {len(data) / 1e6:.1f} MB: events {events:.3f} s, "
        f"conversion {converted:.3f} s, read and checked {ours:.3f} s CPU"
    )
    yield Row.at_most(f"reading {FACTS} facts, to events plus msgspec", ours / floor, 1.6, "×")

    few = facts_file(FACTS // 10)
    (theirs,) = cpu_times(lambda: _round_trip(few), rounds=1)
    faster = theirs * 10 / ours
    yield Row.at_least("reading, faster than ruamel.yaml's round-trip load", faster, 20, "×")

    for count, limit in ((FACTS, 60), (MANY_FACTS, 400)):
        added = _added_in_a_process(facts_file(count))
        yield Row.at_most(f"memory added by {count} facts, at the peak", added, limit, "MB")


def added_mb(warm_up: Path, path: Path) -> float:
    """The memory (MB) that opening a file adds at its peak, in a process that opened another."""
    FactsFile.open(warm_up)
    before = _status_mb("VmRSS")
    file = FactsFile.open(path)
    peak = _status_mb("VmHWM")
    assert file.reading.dossier.facts
    return peak - before


def _status_mb(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def _added_in_a_process(data: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.yaml"), Path(folder, "large.yaml")
        small.write_bytes(facts_file(10))
        large.write_bytes(data)
        arguments = [sys.executable, "-c", _ADDED, str(small), str(large)]
        return float(subprocess.run(arguments, check=True, capture_output=True).stdout)


def _events(data: bytes) -> None:
    get = CParser(data).get_event
    while type(get()) is not StreamEndEvent:
        pass


def _round_trip(data: bytes) -> object:
    from ruamel.yaml import YAML

    return YAML().load(io.BytesIO(data))


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
