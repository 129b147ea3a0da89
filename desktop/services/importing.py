"""How modules are imported once PySide is there: by Python alone."""

from __future__ import annotations

import builtins


def import_without_reading() -> None:
    """Take back PySide's step before each import; it loads PySide, if nobody has yet.

    PySide reads the source of every module that is imported after it, in search of
    ``from __feature__ import``, which nobody writes here. Each start would wait for that, and the
    first show of each pane.
    """
    import PySide6.QtCore  # noqa: F401

    # Where PySide keeps what it has replaced; a release that replaces nothing keeps nothing.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
