"""An error that nobody caught, told so that a person can read it before they pass it on."""

from __future__ import annotations

import platform
import traceback
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import qVersion

from desktop import __version__


class CrashReport(NamedTuple):
    """``message`` is the error's own and may quote the facts; ``frames`` are places in the code."""

    kind: str
    message: str
    frames: tuple[str, ...]
    when: str

    @classmethod
    def of(
        cls, kind: type[BaseException], error: BaseException, trace: TracebackType | None, when: str
    ) -> CrashReport:
        frames = traceback.extract_tb(trace)
        # Of each file only its place within the program: the rest names this person's folders.
        places = (f"{_inside(each.filename)}:{each.lineno} in {each.name}" for each in frames)
        return cls(kind.__name__, str(error), tuple(places), when)

    def text(self, *, with_facts: bool = False) -> str:
        """The whole report; what may quote the facts only if they want it in."""
        message = self.message if with_facts else "(left out: it may quote the facts)"
        return "\n".join(
            [
                f"Charthouse {__version__}, {self.when}",
                f"{platform.platform()}, Python {platform.python_version()}, Qt {qVersion()}",
                "",
                f"{self.kind}: {message}",
                *(f"  {place}" for place in self.frames),
                "",
            ]
        )


def _inside(file: str) -> str:
    parts = file.replace("\\", "/").split("/")
    known = [place for place, part in enumerate(parts) if part in ("desktop", "site-packages")]
    return "/".join(parts[known[-1] :]) if known else parts[-1]
