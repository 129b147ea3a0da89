"""What this person prefers, kept between starts.

The file is plain text that people edit and machines corrupt, so every read checks type and
bounds: a value that fails them stands at its default.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, TypeVar, overload

from PySide6.QtCore import QObject, QRect, QSettings, Signal
from PySide6.QtGui import QGuiApplication

from desktop.services.theme import MODES, Mode

_TEXT_MOST: Final = 4096
_LIST_MOST: Final = 1000
_RECENT_MOST: Final = 10
_COLUMN_PX: Final = range(16, 4096)
_WINDOW_PX: Final = range(200, 32_768)
_DESK_PX: Final = range(-32_768, 32_768)
_GRIP_PX: Final = 64
_NOTES_SIZE: Final = range(9)

T = TypeVar("T")
Stored = str | list[str]


class Setting(Generic[T]):
    """One preference, read and set like an attribute; setting it announces it if it differs.

    ``read`` turns the stored text or list into the value, or raises ValueError; ``write`` is its
    inverse.
    """

    def __init__(
        self, default: T, read: Callable[[Stored], T], write: Callable[[T], Stored]
    ) -> None:
        self._default = default
        self._read = read
        self._write = write

    def __set_name__(self, owner: type[Settings], name: str) -> None:
        self._key = name

    @overload
    def __get__(self, settings: None, owner: type[Settings]) -> Setting[T]: ...
    @overload
    def __get__(self, settings: Settings, owner: type[Settings]) -> T: ...
    def __get__(self, settings: Settings | None, owner: type[Settings]) -> T | Setting[T]:
        if settings is None:
            return self
        stored = settings.stored(self._key)
        if stored is None:
            return self._default
        try:
            return self._read(stored)
        except ValueError:
            return self._default

    def __set__(self, settings: Settings, value: T) -> None:
        if value != self.__get__(settings, type(settings)):
            settings.store(self._key, self._write(value))


def _text(stored: Stored) -> str:
    if isinstance(stored, list) or len(stored) > _TEXT_MOST:
        raise ValueError(stored)
    return stored


def _texts(stored: Stored) -> tuple[str, ...]:
    items = stored if isinstance(stored, list) else [stored]
    return tuple(_text(item) for item in items[:_LIST_MOST] if item)


def _recent(stored: Stored) -> tuple[str, ...]:
    return _texts(stored)[:_RECENT_MOST]


def _mode(stored: Stored) -> Mode:
    if stored not in MODES:
        raise ValueError(stored)
    return stored


def _yes_or_no(stored: Stored) -> bool:
    return {"yes": True, "no": False}[_text(stored)] if stored in ("yes", "no") else False


def _notes_size(stored: Stored) -> int:
    return _within(_NOTES_SIZE, _text(stored))


def _pixels(stored: Stored) -> tuple[int, ...]:
    return tuple(_within(_COLUMN_PX, item) for item in _texts(stored))


def _rectangle(stored: Stored) -> QRect | None:
    left, top, wide, high = _text(stored).split()
    x, y = _within(_DESK_PX, left), _within(_DESK_PX, top)
    width, height = _within(_WINDOW_PX, wide), _within(_WINDOW_PX, high)
    area = QRect(x, y, width, height)
    # A window whose upper edge cannot be gripped on any screen cannot be brought back either.
    edge = QRect(x + _GRIP_PX, y, width - 2 * _GRIP_PX, _GRIP_PX)
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(edge)
        if seen.width() >= _GRIP_PX and seen.height() >= _GRIP_PX // 2:
            return area
    return None


def _write_rectangle(area: QRect | None) -> str:
    return "" if area is None else f"{area.x()} {area.y()} {area.width()} {area.height()}"


def _within(bounds: range, number: str | int) -> int:
    found = int(number)
    if found not in bounds:
        raise ValueError(number)
    return found


class Settings(QObject):
    """Every preference there is, by name; ``changed`` carries the name of the one that was set.

    Without ``file`` they are kept where this system keeps a person's preferences.
    """

    changed = Signal(str)

    theme = Setting[Mode]("system", _mode, str)
    audience = Setting("", _text, str)
    """Id of the audience that is spoken to; empty for the one the facts file names."""
    tab = Setting("", _text, str)
    selection = Setting("", _text, str)
    """Kind and id of the record in view, as ``fact/bien-hoa-addition-2025``."""
    recent_files = Setting[tuple[str, ...]]((), _recent, list)
    """Paths of facts files, the latest first."""
    geometry = Setting[QRect | None](None, _rectangle, _write_rectangle)
    """Where the window stood; None if that is unknown or not on any screen now."""
    maximised = Setting(False, _yes_or_no, lambda value: "yes" if value else "no")
    briefing = Setting("", _text, str)
    """Id of the briefing that is given next; empty for the first of the file."""
    audience_screens = Setting[tuple[str, ...]]((), _texts, list)
    """Which screen the audience looks at, for each set of screens: ``HDMI-1+eDP-1=HDMI-1``."""
    notes_size = Setting(4, _notes_size, str)
    """How large a briefer's notes are set: a step, 0 the smallest."""
    facts_columns = Setting[tuple[int, ...]]((), _pixels, lambda px: [str(item) for item in px])
    """Widths of the columns of the Facts pane, in px."""
    facts_order = Setting("", _text, str)
    """Column by which the Facts pane is sorted, with ``-`` before it for descending."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        ini = QSettings.Format.IniFormat
        if file is None:
            user = QSettings.Scope.UserScope
            self._settings = QSettings(ini, user, "charthouse", "charthouse", self)
        else:
            self._settings = QSettings(str(file), ini, self)

    def stored(self, key: str) -> Stored | None:
        """Return what the file has under ``key``, unchecked."""
        found = self._settings.value(key)
        if isinstance(found, str):
            return found
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return found
        return None

    def store(self, key: str, value: Stored) -> None:
        self._settings.setValue(key, value)
        self.changed.emit(key)

    def remember_file(self, file: Path) -> None:
        """Put ``file`` first among the recent files."""
        path = str(file)
        rest = [other for other in self.recent_files if other != path]
        self.recent_files = (path, *rest)[:_RECENT_MOST]

    def save(self) -> None:
        """Write now; otherwise it happens within seconds."""
        self._settings.sync()
