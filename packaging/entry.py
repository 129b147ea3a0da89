"""Where the installed program begins."""

import os
import sys

from desktop.__main__ import main

if sys.platform.startswith("linux"):
    # The way to our own libraries is no way for the programs we start, as git or a browser.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before

sys.exit(main())
