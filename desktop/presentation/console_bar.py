"""The line above the briefer's screen: the time that has gone, the plan, and what can be done."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.presentation.session import Session
from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, Theme
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.surface import Surface
from desktop.widgets.text import Text, set_tool_tip

_BAR_PX: Final = QSize(120, 8)
_ON_TIME_S: Final = 15
_ROOMY_PX: Final = 1320


class PaceBar(QWidget):
    """How much of the planned time has gone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._part = 0.0
        self.setMinimumWidth(_BAR_PX.width())
        self.setFixedHeight(_BAR_PX.height())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_part(self, part: float) -> None:
        """Show a part, from 0 to 1; more is shown as all of it."""
        self._part = min(max(part, 0.0), 1.0)
        self.setAccessibleName(tr("{part:.0%} of the planned time").format(part=self._part))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(self._theme.colours.hairline)
        painter.drawRoundedRect(area, 4, 4)
        if self._part:
            painter.setBrush(self._theme.colours.link)
            painter.drawRoundedRect(QRectF(0, 0, area.width() * self._part, area.height()), 4, 4)
        painter.end()


class ConsoleBar(Surface):
    """Elapsed time, plan, pace, the clock and the end, and a button for each key asked for most.

    Where there is little room the buttons name their keys alone.
    """

    end_asked = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        buttons: list[tuple[str, str, Callable[[], object]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(("bottom",), parent)
        self._session = session
        self.elapsed = Text("", "lead")
        self.planned = Text("", "body", tone="muted")
        self.pace_bar = PaceBar(theme)
        self.pace = Chip(theme, "clock", "", "muted", filled=True)
        self.clock = Text("", "strong")
        self.end = Button("")
        self.end.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.end.pressed.connect(self.end_asked)
        self._buttons: dict[str, tuple[Button, str]] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(LARGE_PX, SMALL_PX + 4, LARGE_PX, SMALL_PX + 4)
        line.setSpacing(MEDIUM_PX)
        line.addWidget(self.elapsed)
        line.addWidget(self.planned)
        line.addWidget(self.pace_bar, 1)
        line.addWidget(self.pace)
        line.addWidget(self.clock)
        line.addWidget(self.end)
        for key, words, run in buttons:
            button = Button(f"{key}  {words}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.pressed.connect(run)
            self._buttons[key] = button, words
            line.addWidget(button)
        self._line = line
        self._fit()
        self.tick()

    def set_on(self, key: str, on: bool) -> None:
        """Mark the button of a key as switched on, or not."""
        button, words = self._buttons[key]
        button.setDown(on)
        state = tr("{what}, on").format(what=words) if on else words
        button.setAccessibleName(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        roomy = self.width() >= _ROOMY_PX
        self._line.setSpacing(MEDIUM_PX if roomy else SMALL_PX)
        for key, (button, words) in self._buttons.items():
            name = button.accessibleName()
            button.set_words(f"{key}  {words}" if roomy else key)
            button.setAccessibleName(name if name.startswith(words) else words)
            set_tool_tip(button, "" if roomy else words)

    def tick(self) -> None:
        """Say the time anew."""
        session = self._session
        self.elapsed.setText(time_words(session.elapsed_s))
        planned_s = session.planned_s
        words = tr("of {time}").format(time=time_words(planned_s)) if planned_s else ""
        self.planned.setText(tr("paused") if session.is_paused else words)
        self.pace_bar.setVisible(planned_s > 0)
        self.pace_bar.set_part(session.elapsed_s / planned_s if planned_s else 0.0)
        self._say_pace()
        self.clock.setText(_clock_words(session.now_s))
        remaining, ends_at = session.remaining_s, session.ends_at
        if remaining is None or ends_at is None:
            self.end.set_words(tr("T  End time"))
            self.end.setAccessibleName(tr("End time to count down to"))
            return
        said = time_words(abs(remaining))
        left = tr("{time} left") if remaining >= 0 else tr("{time} over")
        self.end.set_words(f"T  {left.format(time=said)}")
        until = tr("Until {clock}, {left}")
        self.end.setAccessibleName(
            until.format(clock=_clock_words(ends_at), left=left.format(time=said))
        )
        set_tool_tip(self.end, tr("Until {clock}").format(clock=_clock_words(ends_at)))

    def _say_pace(self) -> None:
        behind_s = self._session.behind_s
        said = time_words(abs(behind_s)) if abs(behind_s) >= 60 else f"{abs(behind_s):.0f} s"
        if not self._session.planned_s:
            self.pace.hide()
            return
        self.pace.show()
        if behind_s > _ON_TIME_S:
            self.pace.set_state("clock", tr("{time} behind").format(time=said), "stale")
        elif behind_s < -_ON_TIME_S:
            self.pace.set_state("clock", tr("{time} ahead").format(time=said), "agreed")
        else:
            self.pace.set_state("clock", tr("on time"), "agreed")


def _clock_words(moment: float) -> str:
    return f"{datetime.datetime.fromtimestamp(moment).astimezone():%H:%M}"


def time_words(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any: "05:42", "1:05:42"."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
