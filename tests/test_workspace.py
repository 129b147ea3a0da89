"""What panes share is had once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.services import paths
from desktop.services.jobs import Jobs
from desktop.workspace import Coast

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.files.basemap import Basemap


def test_the_coast_is_read_once_for_all_who_want_it(qtbot: QtBot) -> None:
    coast, come = Coast(Jobs()), list[object]()
    coast.come.connect(come.append)
    assert coast.basemap is None
    with qtbot.waitSignal(coast.come):
        coast.want()
        coast.want()
    first: Basemap | None = coast.basemap
    assert first is not None
    assert first.levels

    coast.want()
    assert coast.basemap is first
    assert come == [first]


def test_a_coast_that_cannot_be_read_is_told_and_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coast = Coast(Jobs())
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(paths, "resources", lambda: tmp_path)
        with qtbot.waitSignal(coast.failed):
            coast.want()
    assert coast.basemap is None

    with qtbot.waitSignal(coast.come):
        coast.want()
    assert coast.basemap is not None
