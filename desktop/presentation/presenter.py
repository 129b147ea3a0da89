"""Gives a briefing: the audience's window, the briefer's, the screens they are on, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.model.records import FactId
from desktop.presentation import screens
from desktop.presentation.console import Console
from desktop.presentation.session import Card, Session
from desktop.presentation.stage import Stage
from desktop.services.language import tr
from desktop.services.power import Wakefulness
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap
    from desktop.services.settings import Settings
    from desktop.services.theme import Theme

Show = Literal["screens", "console", "audience", "window"]
"""On two screens if there are two; the console alone; the audience's view alone; or the audience's
view in a window that can be shared in a call."""

_SETTLE_MS: Final = 150
"""After a screen goes, Qt first moves its windows to another; only then is it time to act."""
_IDENTIFY_MS: Final = 2500
_WINDOW_PX: Final = QSize(1280, 720)
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPPING: Final = (
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Right,
    Qt.Key.Key_Left,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
)


class Presenter(QObject):
    """Runs one session on the screens there are, until ``ended``.

    A projector that is unplugged takes the audience's window with it and nothing else; one that
    comes is offered, and shows the slide at which the briefer is.
    """

    ended = Signal()

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: Theme,
        home: QScreen | None = None,
        changed_since: frozenset[str] = frozenset(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._settings = settings
        self._home = home or QGuiApplication.primaryScreen()
        self._show: Show = "screens"
        self._is_over = False
        self._typed = ""
        self._asking = False
        self._wakefulness = Wakefulness()
        self._signs: list[QWidget] = []
        self.stage = Stage(session)
        self.stage.setWindowTitle(tr("Slides – Charthouse"))
        self.console = Console(session, theme, self._buttons(), changed_since)
        self._windows = (self.stage, self.console)
        for window in self._windows:
            for part in (window, *window.findChildren(QWidget)):
                if part is window or part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    part.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QApplication)
        application.screenRemoved.connect(self._on_application_screen_removed)
        application.screenAdded.connect(self._on_application_screen_added)
        session.ended.connect(self.end)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._on_settling_timeout)

    def start(self, show: Show = "screens") -> None:
        """Open the windows; ``screens`` with one screen alone is a rehearsal at the console."""
        self._show = show
        self._wakefulness.hold(tr("A briefing is being given"))
        self._arrange()

    def show_basemap(self, basemap: Basemap) -> None:
        self.stage.show_basemap(basemap)
        self.console.show_basemap(basemap)

    @property
    def audience_screen(self) -> QScreen | None:
        """Where the audience looks; None while it has no screen."""
        return self.stage.screen() if self.stage.isVisible() else None

    def swap(self) -> None:
        """The audience's picture goes to the console's screen, and the other way round."""
        if len(QGuiApplication.screens()) < 2 or not self.stage.isVisible():
            return
        there, here = self.stage.screen(), self.console.screen()
        self._home = there
        screens.remember(self._settings, here)
        self._place(here, there)

    def choose(self, screen: QScreen) -> None:
        """Let the audience look at this screen, and remember it for these screens."""
        screens.remember(self._settings, screen)
        self._show = "screens"
        self._arrange()

    def identify(self) -> None:
        """Show on every screen for a moment what it is called."""
        self._take_signs_down()
        for number, screen in enumerate(QGuiApplication.screens(), start=1):
            sign = Text(f"{number}: {screens.size_words(screen)}", "lead")
            sign.setWindowFlags(
                Qt.WindowType.ToolTip
                | Qt.WindowType.FramelessWindowHint
                | Qt.WindowType.WindowStaysOnTopHint
            )
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            sign.setAutoFillBackground(True)
            area = QRect(0, 0, 520, 120)
            area.moveCenter(screen.geometry().center())
            sign.setGeometry(area)
            sign.show()
            self._signs.append(sign)
        QTimer.singleShot(_IDENTIFY_MS, self, self._take_signs_down)

    def end(self) -> None:
        """Close both windows and let the screens sleep again."""
        if self._is_over:
            return
        self._is_over = True
        application = QGuiApplication.instance()
        assert isinstance(application, QApplication)
        application.screenRemoved.disconnect(self._on_application_screen_removed)
        application.screenAdded.disconnect(self._on_application_screen_added)
        self._take_signs_down()
        self._wakefulness.release()
        for window in self._windows:
            window.close()
            window.deleteLater()
        self.ended.emit()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_over:
            return False
        if event.type() == QEvent.Type.Close and watched in self._windows and event.spontaneous():
            self.end()
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and not self.console.is_searching
        ):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Act on a key, whatever has the focus; tell whether it was one of ours."""
        if event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
            return False
        key, text = Qt.Key(event.key()), event.text()
        if self._asking and self._takes_asking(key):
            return True
        if text.isdigit():
            self._typed += text
            self._say_typed()
            return True
        if key in _ENTER and self._typed:
            self._jump()
            return True
        run = self._runs().get(key)
        if run is None:
            return False
        if not (event.isAutoRepeat() and key not in _STEPPING):
            self._typed = ""
            run()
        return True

    def _takes_asking(self, key: Qt.Key) -> bool:
        """While a number is looked for, the arrows go from number to number."""
        view = self.console.view
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Tab):
            view.step_number(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            view.step_number(-1)
        elif key in (*_ENTER, Qt.Key.Key_Q):
            self._answer()
        elif key == Qt.Key.Key_Escape:
            self._stop_asking()
        else:
            return False
        return True

    def _runs(self) -> dict[Qt.Key, Callable[[], object]]:
        session, keys = self.session, Qt.Key
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
            keys.Key_S: self.swap,
            keys.Key_I: self.identify,
            keys.Key_L: self.console.toggle_pointer,
            keys.Key_Z: lambda: session.zoom_to(None),
            keys.Key_U: session.pin,
            keys.Key_K: session.toggle_pause,
            keys.Key_V: self._toggle_rehearsal,
            keys.Key_Plus: lambda: self.console.resize_notes(1),
            keys.Key_Equal: lambda: self.console.resize_notes(1),
            keys.Key_Minus: lambda: self.console.resize_notes(-1),
            keys.Key_Q: self._start_asking,
            keys.Key_D: self._push_both,
            keys.Key_Slash: self.console.open_search,
            keys.Key_Escape: self._leave,
            keys.Key_Return: self._push_or_step,
            keys.Key_Enter: self._push_or_step,
            keys.Key_F5: self._on_f5,
        }
        runs |= {key: lambda: session.step(1) for key in forward}
        runs |= {key: lambda: session.step(-1) for key in back}
        return runs

    def _buttons(self) -> list[tuple[str, str, Callable[[], object]]]:
        return [
            ("B", tr("Black"), lambda: self.session.toggle_cover("black")),
            ("F", tr("Hold"), self.session.toggle_hold),
            ("L", tr("Pointer"), lambda: self.console.toggle_pointer()),
            ("S", tr("Swap screens"), self.swap),
            ("Esc", tr("End"), self.session.end),
        ]

    def _start_asking(self) -> None:
        self._asking = self.console.view.step_number(1) is not None

    def _stop_asking(self) -> None:
        self._asking = False
        self.console.view.leave_numbers()

    def _answer(self) -> None:
        """First the briefer sees where a number is from; asked again, so does the audience."""
        mark = self.console.view.active
        if mark is None:
            return
        card = Card(FactId(mark.fact_id))
        if self.session.asked == card:
            self.session.push()
        else:
            self.session.ask(card)

    def _push_or_step(self) -> None:
        if self.session.asked is not None:
            self.session.push()
        else:
            self.session.step(1)

    def _push_both(self) -> None:
        """Show the audience both sides of a difference on this slide; again, and they are gone."""
        session = self.session
        if session.pushed is not None and session.pushed.both:
            session.ask(None)
            return
        differing = self.console.differing_fact()
        if differing is not None:
            session.ask(Card(FactId(differing), both=True))
            session.push()

    def _leave(self) -> None:
        """Escape goes back by one: an answer, a zoom, a cover; then it ends."""
        session = self.session
        if session.asked is not None:
            session.ask(None)
        elif self._typed:
            self._typed = ""
            self._say_typed()
        elif session.zoom.width() < 1:
            session.zoom_to(None)
        else:
            session.end()

    def _jump(self) -> None:
        number, self._typed = int(self._typed[:4]), ""
        if self.session.go_to_number(number):
            self.console.say("")
        else:
            self.console.say(tr("There is no slide {number}.").format(number=number))

    def _say_typed(self) -> None:
        words = tr("Enter goes to slide {number}.").format(number=self._typed)
        self.console.say(words if self._typed else "")

    def _on_f5(self) -> None:
        """A clicker's one button for begin and end: it brings the audience's picture back."""
        if not self.stage.isVisible():
            self._show = "screens"
            self._arrange()

    def _toggle_rehearsal(self) -> None:
        """On one screen, go from the console to the audience's view and back."""
        if len(QGuiApplication.screens()) == 1 and self._show != "window":
            self._show = "console" if self._show == "audience" else "audience"
            self._arrange()

    # Screens

    def _arrange(self) -> None:
        audience = screens.audience_screen(self._home, self._settings)
        home = screens.home_screen(audience, self._home)
        if self._show == "screens" and audience is not None and home is not None:
            self._place(audience, home)
            return
        if self._show == "window":
            self.stage.showNormal()
            self.stage.resize(_WINDOW_PX)
        elif self._show == "audience" and home is not None:
            screens.fill(self.stage, home)
            self.console.hide()
            self._tell_audience()
            self.stage.activateWindow()
            return
        else:
            self.stage.hide()
        if home is not None:
            screens.fill(self.console, home)
        self.console.activateWindow()
        self._tell_audience()

    def _place(self, audience: QScreen, home: QScreen) -> None:
        screens.fill(self.console, home)
        screens.fill(self.stage, audience)
        self.console.activateWindow()
        self.console.raise_()
        self._tell_audience()

    def _tell_audience(self) -> None:
        screen = self.stage.screen()
        if self.stage.isVisible():
            size = self.stage.size()
            words = tr("Audience: {screen}").format(screen=screens.size_words(screen))
            self.console.set_audience(words, size.width() / max(size.height(), 1))
        else:
            self.console.set_audience(tr("No audience screen: rehearsal"), 16 / 9)

    def _on_application_screen_removed(self, screen: QScreen) -> None:
        if self.stage.screen() is screen:
            # Qt is about to lay it over the desk.
            self._lose_audience()
        self._settling.start()

    def _on_application_screen_added(self, _screen: QScreen) -> None:
        self._settling.start()

    def _on_settling_timeout(self) -> None:
        """What has become of the screens is known now."""
        if self._is_over or self._show in ("window", "audience"):
            return
        there = QGuiApplication.screens()
        if len(there) < 2:
            self._lose_audience()
            screens.fill(self.console, there[0])
            return
        if not self.stage.isVisible():
            audience = screens.audience_screen(self.console.screen(), self._settings)
            if audience is not None:
                words = tr("A screen is there: {screen}.").format(
                    screen=screens.size_words(audience)
                )
                self.console.say(words, [(tr("Present there"), self._on_f5)])

    def _lose_audience(self) -> None:
        if self.stage.isVisible():
            self.stage.hide()
            self._tell_audience()
            self.console.say(
                tr("The audience's screen is gone. Plug it in again to go on from this slide.")
            )

    def _take_signs_down(self) -> None:
        for sign in self._signs:
            sign.close()
            sign.deleteLater()
        self._signs = []
