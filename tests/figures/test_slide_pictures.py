"""Small pictures follow what slides say, and no slide is painted again that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.figures.slide_pictures import SlidePictures
from desktop.model.dossier import Dossier
from desktop.model.values import LocalText
from tests.model.test_slides import a_slide, briefing, dossier

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")

IDS = ("one", "two")


def talk() -> Dossier:
    return dossier(
        briefing(*IDS, audience="hanoi"),
        a_slide("one", "First {new}", facts=("new",)),
        a_slide("two", "Second {old}", facts=("old",)),
    )


def painted(qtbot: QtBot, pictures: SlidePictures) -> dict[str, QImage]:
    """Ask for all as a list does that is painted, until nothing newer follows."""
    for each in IDS:
        pictures.picture(each, 1.0)
    qtbot.waitUntil(lambda: not pictures.is_busy)
    found = {each: pictures.picture(each, 1.0) for each in IDS}
    return {each: image for each, image in found.items() if image is not None}


def test_pictures_come_when_they_are_asked_for_and_nothing_else_is_to_be_done(qtbot: QtBot) -> None:
    pictures = SlidePictures(QSize(128, 72))
    pictures.draw_from("talk", talk())
    assert pictures.picture("one", 1.0) is None

    found = painted(qtbot, pictures)
    assert set(found) == set(IDS)
    assert found["one"] != found["two"]
    assert found["one"].size() == QSize(128, 72)
    assert all(pictures.has(each) for each in IDS)


def test_only_the_slide_that_says_something_else_is_painted_again(qtbot: QtBot) -> None:
    pictures, file = SlidePictures(QSize(128, 72)), talk()
    pictures.draw_from("talk", file)
    before = painted(qtbot, pictures)
    fact = msgspec.structs.replace(file.facts["old"], statement=LocalText("Another sentence."))  # type: ignore[index]
    pictures.draw_from("talk", file.with_record(fact))
    assert pictures.picture("two", 1.0) == before["two"]

    after = painted(qtbot, pictures)
    assert after["one"].cacheKey() == before["one"].cacheKey()
    assert after["two"] != before["two"]


def test_another_size_is_painted_anew(qtbot: QtBot) -> None:
    pictures = SlidePictures(QSize(128, 72))
    pictures.draw_from("talk", talk())
    painted(qtbot, pictures)
    pictures.resize(QSize(64, 36))
    assert not pictures.has("one")

    assert painted(qtbot, pictures)["one"].size() == QSize(64, 36)
