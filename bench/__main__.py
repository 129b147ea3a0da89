"""All measurements, each beside what was asked: ``python -m bench``."""

from __future__ import annotations

import sys

from bench import read
from bench.table import print_table

if __name__ == "__main__":
    sys.exit(not print_table(read.rows()))
