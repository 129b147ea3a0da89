"""Hand-outs opened by the programs that people open them with; `make test-exports` brings those."""

from __future__ import annotations

import os

# These programs are large, so the ordinary run looks at the structure of the files alone.
collect_ignore_glob = [] if os.environ.get("CHARTHOUSE_TEST_EXPORTS") else ["test_*.py"]
