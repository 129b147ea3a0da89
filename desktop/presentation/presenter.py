"""Gives a briefing: the audience's window, the briefer's, the screens they are on, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.presentation import screens
from desktop.presentation.console import Console
from desktop.presentation.keys import Keys
from desktop.presentation.session import Session, Show
from desktop.presentation.stage import Stage
from desktop.services.language import tr
from desktop.services.power import Wakefulness
from desktop.widgets.text import Text

if TYPE_CHECKING:
    from desktop.files.basemap import Basemap
    from desktop.services.settings import Settings
    from desktop.services.theme import Theme

_SETTLE_MS: Final = 150
"""After a screen goes, Qt first moves its windows to another; only then is it time to act."""
_IDENTIFY_MS: Final = 2500
_WINDOW_PX: Final = QSize(1280, 720)
_CONSOLE_PX: Final = QSize(1280, 800)
_WINDOW_SHARE: Final = 0.85
"""How much of a screen such a window takes at most, in each direction."""
_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


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
        self._was_seen = False
        self._stays_awake = False
        self._wakefulness = Wakefulness()
        self._signs: list[QWidget] = []
        self.stage = Stage(session)
        self.stage.setWindowTitle(tr("Slides – Charthouse"))
        self.console = Console(session, theme, settings, self._buttons(), changed_since)
        self._windows = (self.stage, self.console)
        self._keys = Keys(session, self.console, self)
        self.console.end_asked.connect(self._keys.choose_end)
        for window in self._windows:
            self._watch(window)
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
        self._stays_awake = self._wakefulness.hold(tr("A briefing is being given"))
        self._arrange()
        self.console.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._show == "screens" and not self.stage.isVisible():
            self._offer_rehearsals()

    def show_basemap(self, basemap: Basemap) -> None:
        self.stage.show_basemap(basemap)
        self.console.show_basemap(basemap)

    @property
    def shows(self) -> Show:
        """How its windows stand."""
        return self._show

    @property
    def stays_awake(self) -> bool:
        """Whether the system has let the screens be kept on."""
        return self._stays_awake

    @property
    def was_seen(self) -> bool:
        """Whether the audience's picture has been in view, which in a rehearsal it is not."""
        return self._was_seen

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
        """Let the audience look at this screen, and remember it for these screens.

        The console makes room if it is there; a window to be shared moves as it is.
        """
        self.console.say("")
        if self._show == "window":
            self._put_window(self.stage, screen, _WINDOW_PX)
            self._tell_audience()
            return
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
        there = QGuiApplication.screens()
        if len(there) > 1:
            offers = [
                (f"{number}: {screens.name_of(screen)}", partial(self.choose, screen))
                for number, screen in enumerate(there, start=1)
            ]
            self._offer(tr("Where does the audience look?"), offers)

    def bring_back(self) -> None:
        """Put the slides on the audience's screen, as a clicker's one button for begin and end."""
        if not self.stage.isVisible():
            self._show = "screens"
            self.console.say("")
            self._arrange()

    def toggle_rehearsal(self) -> None:
        """On one screen, go from the console to the audience's view and back."""
        if len(QGuiApplication.screens()) == 1 and self._show != "window":
            self._show = "console" if self._show == "audience" else "audience"
            self.console.say("")
            self._arrange()

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
        if watched is self.stage and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._tell_audience()
            return False
        if watched is self.stage and event.type() == QEvent.Type.WindowActivate:
            # The system may give the keyboard to the window that it shows last.
            QTimer.singleShot(0, self, self._keep_keyboard)
            return False
        if event.type() == QEvent.Type.Close and watched in self._windows and event.spontaneous():
            self.end()
            return True
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            is_searching = self.console.is_searching
            if is_searching and watched is not self.stage:
                return False
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if is_searching:
                # A window manager may leave the keyboard with the audience's window.
                QApplication.sendEvent(self.console.search.box, event)
                return True
            if watched.parent() is self.console.notice and event.key() in _PRESSING:
                return False
            return self._keys.takes(event)
        return False

    def _keep_keyboard(self) -> None:
        """On screens of their own the briefer types at the console, not at the slides."""
        if self._show == "screens" and self.console.isVisible() and not self._is_over:
            self.console.activateWindow()

    def _buttons(self) -> list[tuple[str, str, Callable[[], object]]]:
        return [
            ("B", tr("Black"), self._on_black_pressed),
            ("F", tr("Hold"), self.session.toggle_hold),
            ("L", tr("Pointer"), self._on_pointer_pressed),
            ("S", tr("Swap screens"), self.swap),
            ("F1", tr("Keys"), self._on_keys_pressed),
            ("Esc", tr("End"), self.session.end),
        ]

    def _on_black_pressed(self) -> None:
        self.session.toggle_cover("black")

    def _on_pointer_pressed(self) -> None:
        self.console.toggle_pointer()

    def _on_keys_pressed(self) -> None:
        self.console.toggle_keys()

    def _offer(self, words: str, offers: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Say something in the console, with buttons that the keys do not pass by."""
        self.console.say(words, offers)
        self._watch(self.console.notice)

    def _watch(self, root: QWidget) -> None:
        for part in (root, *root.findChildren(QWidget)):
            if part in self._windows or part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                part.installEventFilter(self)

    # Screens

    def _arrange(self) -> None:
        audience = screens.audience_screen(self._home, self._settings)
        home = screens.home_screen(audience, self._home)
        if self._show == "screens" and audience is not None and home is not None:
            self._place(audience, home)
            return
        if self._show == "window":
            if home is not None:
                self._put_window(self.stage, audience or home, _WINDOW_PX)
                self._put_window(self.console, home, _CONSOLE_PX)
            self.console.activateWindow()
            self._tell_audience()
            return
        if self._show == "audience" and home is not None:
            screens.fill(self.stage, home)
            self.console.hide()
            self._tell_audience()
            self.stage.activateWindow()
            return
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

    def _put_window(self, window: QWidget, screen: QScreen, size: QSize) -> None:
        """Open a window that leaves the desk and the other window in reach."""
        room = screen.availableGeometry()
        area = QRect(room.topLeft(), size.boundedTo(room.size() * _WINDOW_SHARE))
        if window is self.console:
            area.moveBottomRight(room.bottomRight())
        window.setGeometry(area)
        window.showNormal()

    def _offer_rehearsals(self) -> None:
        self._offer(
            tr("There is one screen, so this is a rehearsal at the console."),
            [
                (tr("Slides alone"), self.toggle_rehearsal),
                (tr("In a window, for a call"), self._on_window_clicked),
            ],
        )

    def _on_window_clicked(self) -> None:
        self.console.say("")
        self._show = "window"
        self._arrange()

    def _tell_audience(self) -> None:
        self._was_seen = self._was_seen or self.stage.isVisible()
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
        there = QGuiApplication.screens()
        if self._is_over or self._show == "window":
            return
        if self._show == "audience":
            if len(there) < 2:
                return
            # The audience looks elsewhere now; the briefer says where to, at the console.
            self._show = "console"
            self._arrange()
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
                self._offer(words, [(tr("Present there"), self.bring_back)])

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
