"""Actions work on the same small file as the panes."""

from __future__ import annotations

from tests.panes.conftest import facts_path, workspace

__all__ = ["facts_path", "workspace"]
