"""All measurements, each beside what was asked: ``python -m bench``."""

from __future__ import annotations

import os
import sys
from itertools import chain

# Offscreen Qt has no frames to size, and says so of every window with a least size.
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

from bench import panes, present, read, saving, sea, splice, start
from bench.table import print_table

if __name__ == "__main__":
    sys.exit(
        not print_table(
            chain(
                start.rows(),
                read.rows(),
                splice.rows(),
                saving.rows(),
                panes.rows(),
                sea.rows(),
                present.rows(),
            )
        )
    )
