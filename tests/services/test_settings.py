"""Preferences come back as they were set, and a damaged file costs a default, never a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from desktop.services.settings import Setting, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ALL = sorted(name for name, kind in vars(Settings).items() if isinstance(kind, Setting))


def again(file: Path, settings: Settings) -> Settings:
    """Return the preferences as the next start finds them."""
    settings.save()
    return Settings(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "dark"),
        ("audience", "hanoi-vi"),
        ("tab", "areas"),
        ("selection", "fact/bien-hoa-addition-2025"),
        ("recent_files", ("/home/a, b/facts.yaml",)),
        ("recent_files", ("/x/sự kiện.yaml", r"C:\briefs\facts.yaml", "/100% = x;y.yaml")),
        ("recent_files", ()),
        ("geometry", QRect(20, 30, 700, 500)),
        ("maximised", True),
        ("facts_columns", (320, 120, 64)),
        ("facts_order", "-when"),
    ],
)
def test_what_was_set_is_there_at_the_next_start(
    qapp: QApplication, tmp_path: Path, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)
    assert getattr(again(tmp_path / "settings.ini", settings), name) == value


def test_setting_a_preference_announces_it_once(qtbot: QtBot, settings: Settings) -> None:
    heard: list[str] = []
    settings.changed.connect(heard.append)
    settings.audience = "hanoi"
    settings.audience = "hanoi"
    settings.theme = "system"
    assert heard == ["audience"]


@pytest.mark.parametrize(
    ("line", "name", "default"),
    [
        ("theme=purple", "theme", "system"),
        ("theme=light, dark", "theme", "system"),
        ("theme=@Invalid()", "theme", "system"),
        ("audience=a, b", "audience", ""),
        ("geometry=10 20", "geometry", None),
        ("geometry=10 20 wide high", "geometry", None),
        ("geometry=10 20 0 0", "geometry", None),
        ("geometry=10 20 99999999999999 500", "geometry", None),
        ("geometry=99999999999999 20 900 500", "geometry", None),
        ("maximised=7", "maximised", False),
        ("facts_columns=120, x", "facts_columns", ()),
        ("facts_columns=120, -5", "facts_columns", ()),
    ],
)
def test_a_damaged_value_falls_back_to_its_default(
    qapp: QApplication, tmp_path: Path, line: str, name: str, default: object
) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(f"[General]\n{line}\n", encoding="utf-8")
    assert getattr(Settings(file), name) == default


@pytest.mark.parametrize(
    "area",
    [
        QRect(5000, 100, 900, 600),
        QRect(-880, 100, 900, 600),
        QRect(100, -300, 900, 600),
        QRect(100, 790, 900, 600),
    ],
)
def test_a_window_whose_upper_edge_is_on_no_screen_opens_where_it_likes(
    qapp: QApplication, tmp_path: Path, settings: Settings, area: QRect
) -> None:
    assert qapp.primaryScreen().geometry() == QRect(0, 0, 800, 800)
    settings.geometry = area
    assert again(tmp_path / "settings.ini", settings).geometry is None


@given(value=st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=5))
@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_whatever_breaks_a_read(
    qapp: QApplication, settings: Settings, value: str | list[str]
) -> None:
    for name in ALL:
        settings.store(name, value)
        getattr(settings, name)


@given(raw=st.binary(max_size=300))
@profile(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_whatever_breaks_a_start(qapp: QApplication, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(b"[General]\n" + raw)
    found = Settings(file)
    assert found.theme in ("system", "light", "dark")


def test_the_latest_file_stands_first_and_once(
    qapp: QApplication, tmp_path: Path, settings: Settings
) -> None:
    for number in range(12):
        settings.remember_file(tmp_path / f"{number}.yaml")
    settings.remember_file(tmp_path / "7.yaml")
    names = [path.rsplit("/", 1)[-1] for path in settings.recent_files]
    assert names[:3] == ["7.yaml", "11.yaml", "10.yaml"]
    assert len(names) == len(set(names)) == 10
