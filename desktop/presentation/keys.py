"""What each key does while a briefing is given: clickers, numbers, answers, the end."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop.model.records import FactId
from desktop.presentation.console import Console
from desktop.presentation.session import Card, Session
from desktop.services.language import tr

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD_DOWN: Final = (
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Right,
    Qt.Key.Key_Left,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
)
"""Keys that go on while they are held down."""
_STEP_S: Final = 5 * 60
_DAY_S: Final = 24 * 60 * 60
_MOST_DIGITS: Final = 4


class Screens(Protocol):
    """What the keys ask of the windows and the screens they are on."""

    def swap(self) -> None: ...

    def identify(self) -> None: ...

    def bring_back(self) -> None: ...

    def toggle_rehearsal(self) -> None: ...


class Keys:
    """Takes every key of both windows, so that each does the same whatever has the focus."""

    def __init__(self, session: Session, console: Console, screens: Screens) -> None:
        self._session = session
        self._console = console
        self._screens = screens
        self._typed = ""
        self._asking = False
        self._ending: float | None = None
        """The end of the briefing that is proposed while one is being chosen."""
        self._runs = self._all()

    def takes(self, event: QKeyEvent) -> bool:
        """Act on a key; tell whether it was one of ours."""
        if event.type() != QEvent.Type.KeyPress or event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        key, text = Qt.Key(event.key()), event.text()
        if self._asking and self._console.view.active is None:
            # Another slide has come, and none of its numbers is marked.
            self._asking = False
        if self._ending is not None and self._takes_ending(key, text):
            return True
        if self._asking and self._takes_asking(key):
            return True
        if text.isascii() and text.isdecimal():
            self._typed = (self._typed + text)[-_MOST_DIGITS:]
            self._say_typed()
            return True
        if key in _ENTER and self._typed:
            self._jump()
            return True
        run = self._runs.get(key)
        if run is None:
            return False
        if not event.isAutoRepeat() or key in _HELD_DOWN:
            self._forget_typed()
            run()
        return True

    def choose_end(self) -> None:
        """Let the briefer say when the room has to be left."""
        session = self._session
        left_s = max(session.planned_s - session.elapsed_s, 0.0)
        # The next full five minutes that leave room for what is planned.
        proposed = -(-(session.now_s + left_s) // _STEP_S) * _STEP_S
        self._forget_typed()
        self._ending = session.ends_at if session.ends_at is not None else proposed
        self._say_ending()

    def push_both(self) -> None:
        """Show the audience both sides of a difference on this slide.

        Of the number that is asked about, or else of the first; again of the next, and after the
        last they are gone.
        """
        session = self._session
        differing, asked = self._console.differing_facts(), session.asked
        place = differing.index(asked.fact_id) if asked and asked.fact_id in differing else 0
        if session.pushed is not None and session.pushed.both:
            place = place + 1 if asked == session.pushed else len(differing)
        if place < len(differing):
            session.ask(Card(differing[place], both=True))
            session.push()
        elif session.pushed is not None:
            session.ask(None)

    def _all(self) -> dict[Qt.Key, Callable[[], object]]:
        session, console, keys = self._session, self._console, Qt.Key
        forward = (keys.Key_PageDown, keys.Key_Right, keys.Key_Down, keys.Key_Space, keys.Key_N)
        back = (keys.Key_PageUp, keys.Key_Left, keys.Key_Up, keys.Key_Backspace, keys.Key_P)
        runs: dict[Qt.Key, Callable[[], object]] = {
            keys.Key_Home: lambda: session.go_to_end(last=False),
            keys.Key_End: lambda: session.go_to_end(last=True),
            keys.Key_B: lambda: session.toggle_cover("black"),
            keys.Key_Period: lambda: session.toggle_cover("black"),
            keys.Key_W: lambda: session.toggle_cover("white"),
            keys.Key_Comma: lambda: session.toggle_cover("white"),
            keys.Key_F: session.toggle_hold,
            keys.Key_S: self._screens.swap,
            keys.Key_I: self._screens.identify,
            keys.Key_L: console.toggle_pointer,
            keys.Key_Z: lambda: session.zoom_to(None),
            keys.Key_U: session.pin,
            keys.Key_K: session.toggle_pause,
            keys.Key_T: self.choose_end,
            keys.Key_V: self._screens.toggle_rehearsal,
            keys.Key_Plus: lambda: console.resize_notes(1),
            keys.Key_Equal: lambda: console.resize_notes(1),
            keys.Key_Minus: lambda: console.resize_notes(-1),
            keys.Key_Q: self._start_asking,
            keys.Key_D: self.push_both,
            keys.Key_Slash: self._open_search,
            keys.Key_Escape: self._leave,
            keys.Key_Return: self._push_or_step,
            keys.Key_Enter: self._push_or_step,
            keys.Key_F5: self._screens.bring_back,
            keys.Key_F1: console.toggle_keys,
            keys.Key_G: console.toggle_grid,
        }
        runs |= {key: lambda: session.step(1) for key in forward}
        runs |= {key: lambda: session.step(-1) for key in back}
        return runs

    # Where a number is from

    def _start_asking(self) -> None:
        # A briefer who sees slides alone would turn over what the audience looks at.
        if self._console.view.isVisible():
            self._asking = self._console.view.step_number(1) is not None
            if not self._asking:
                self._console.say(tr("No number stands on this slide; / searches all facts."))

    def _takes_asking(self, key: Qt.Key) -> bool:
        """While a number is looked for, the arrows go from number to number."""
        view = self._console.view
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Tab):
            view.step_number(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            view.step_number(-1)
        elif key in (*_ENTER, Qt.Key.Key_Q):
            self._answer()
        elif key == Qt.Key.Key_Escape:
            self._asking = False
            view.leave_numbers()
            self._session.ask(None)
        else:
            return False
        return True

    def _answer(self) -> None:
        """First the briefer sees where a number is from; asked again, so does the audience."""
        mark = self._console.view.active
        if mark is None:
            return
        card = Card(FactId(mark.fact_id))
        if self._session.asked == card:
            self._session.push()
        else:
            self._session.ask(card)

    def _open_search(self) -> None:
        if self._console.isVisible():
            self._console.open_search()

    def _push_or_step(self) -> None:
        if self._session.asked is not None:
            self._session.push()
        else:
            self._session.step(1)

    # Back by one

    def _leave(self) -> None:
        """Escape goes back by one: keys or grid, an answer, a zoom, a cover; then it ends."""
        session = self._session
        if self._console.shows_keys:
            self._console.toggle_keys()
        elif self._console.shows_grid:
            self._console.toggle_grid()
        elif session.asked is not None:
            session.ask(None)
        elif session.zoom.width() < 1:
            session.zoom_to(None)
        elif session.cover:
            session.toggle_cover(session.cover)
        else:
            session.end()

    # Numbers

    def _jump(self) -> None:
        number, self._typed = int(self._typed), ""
        if self._console.shows_grid:
            self._console.toggle_grid()
        if self._session.go_to_number(number):
            self._console.say("")
        else:
            self._console.say(tr("There is no slide {number}.").format(number=number))

    def _say_typed(self) -> None:
        self._console.say(tr("Enter goes to slide {number}.").format(number=self._typed))

    def _forget_typed(self) -> None:
        if self._typed:
            self._typed = ""
            self._console.say("")

    # The end

    def _takes_ending(self, key: Qt.Key, text: str) -> bool:
        assert self._ending is not None
        session = self._session
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._typed = ""
            self._ending += _STEP_S if key == Qt.Key.Key_Up else -_STEP_S
        elif text.isascii() and text.isdecimal():
            self._typed = (self._typed + text)[-_MOST_DIGITS:]
            self._ending = at_clock(self._typed, session.now_s) or self._ending
        elif key in _ENTER:
            session.end_at(self._ending)
            self._stop_ending()
            return True
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            session.end_at(None)
            self._stop_ending()
            return True
        else:
            self._stop_ending()
            return key in (Qt.Key.Key_Escape, Qt.Key.Key_T)
        self._say_ending()
        return True

    def _stop_ending(self) -> None:
        self._ending, self._typed = None, ""
        self._console.say("")

    def _say_ending(self) -> None:
        assert self._ending is not None
        moment = datetime.datetime.fromtimestamp(self._ending).astimezone()
        words = tr(
            "End at {time}? Type another time as 1430, or ↑ ↓ for five minutes. "
            "Enter sets it, Del removes it, Esc leaves it."
        )
        self._console.say(words.format(time=f"{moment:%H:%M}"))


def at_clock(digits: str, now_s: float) -> float | None:
    """The moment nearest to ``now_s`` at which clocks show three or four digits, or None.

    Both in s since 1970, the clock that of the place where the program runs.
    """
    hour, minute = int(digits[:-2] or 0), int(digits[-2:])
    if len(digits) < _MOST_DIGITS - 1 or hour > 23 or minute > 59:
        return None
    today = datetime.datetime.fromtimestamp(now_s).astimezone()
    shown = today.replace(hour=hour, minute=minute, second=0, microsecond=0).timestamp()
    return min((shown - _DAY_S, shown, shown + _DAY_S), key=lambda each: abs(each - now_s))
