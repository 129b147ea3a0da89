"""How fast one field is edited in the text of a file, read again and found to be what was meant.

    python -m bench.splice

Times are CPU time for one edit: from the dossiers before and after it to the draft that says so.
ruamel.yaml, which reads and writes the whole file for it, is timed on a tenth of the facts and
compared at that size.
"""

from __future__ import annotations

import gc
import io
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.facts import facts_file
from bench.table import Row, cpu_times, print_table
from desktop.files.draft import Draft
from desktop.files.facts_file import FactsFile
from desktop.model.dossier import Dossier, Ref, diff
from desktop.model.records import Fact
from desktop.model.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW_FACTS, FACTS, MANY_FACTS = 1_000, 10_000, 100_000
_EDITS, _ROUNDS = 40, 4


def rows() -> Iterator[Row]:
    """Measure, and compare with what was asked."""
    few, _ = _edit_s(FEW_FACTS)
    for count, limit in ((FACTS, 1), (MANY_FACTS, 2)):
        middle, worst = _edit_s(count)
        print(f"{count} facts: an edit takes {middle * 1e3:.2f} ms CPU, at worst {worst * 1e3:.2f}")
        yield Row.at_most(
            f"an edit of one field, verified, {count} facts", middle * 1e3, limit, "ms"
        )
    data = facts_file(FEW_FACTS)
    (theirs,) = cpu_times(lambda: _round_trip(data), rounds=1)
    yield Row.at_least(
        f"an edit, faster than ruamel.yaml's, {FEW_FACTS} facts", theirs / few, 1000, "×"
    )


def _edit_s(count: int) -> tuple[float, float]:
    """The middle CPU time (s) of an edit, in the best of several rounds, and the greatest of all.

    The first edit, which decodes the file, is not among them.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.yaml")
        path.write_bytes(facts_file(count))
        file = FactsFile.open(path)
    dossier, draft = file.reading.dossier, Draft.of(file)
    dossier, draft = _edited(dossier, draft, count - 1)[:2]
    gc.collect()
    gc.disable()
    times = []
    for number in range(_EDITS * _ROUNDS):
        dossier, draft, took = _edited(dossier, draft, count // 2 + number)
        times.append(took)
    gc.enable()
    assert draft.text().count(" 7 sets\n") >= _EDITS * _ROUNDS
    rounds = [sorted(times[first : first + _EDITS]) for first in range(0, len(times), _EDITS)]
    return min(each[_EDITS // 2] for each in rounds), max(times)


def _edited(before: Dossier, draft: Draft, number: int) -> tuple[Dossier, Draft, float]:
    fact = before.fact(f"fact-{number:06d}")
    after = before.with_record(msgspec.structs.replace(fact, value=Quantity.parse("7 sets")))
    changes = diff(before, after)
    assert changes.changed == {Ref(Fact, fact.id): frozenset({"value"})}
    began = time.process_time()
    edited = draft.after(before, after, changes)
    return after, edited, time.process_time() - began


def _round_trip(data: bytes) -> None:
    from ruamel.yaml import YAML

    yaml = YAML()
    read = yaml.load(io.BytesIO(data))
    read["facts"]["fact-000500"]["value"] = "7 sets"
    yaml.dump(read, io.BytesIO())


if __name__ == "__main__":
    sys.exit(not print_table(rows()))
