"""The line above the briefer's screen: the time that has gone, the plan, and what can be done."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.presentation.session import Session
from desktop.services.language import tr
from desktop.services.theme import LARGE_PX, MEDIUM_PX, SMALL_PX, Theme
from desktop.widgets.badge import Chip
from desktop.widgets.button import Button
from desktop.widgets.surface import Surface
from desktop.widgets.text import Text

_BAR_PX: Final = QSize(120, 8)
_ON_TIME_S: Final = 15


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
    """Elapsed time, plan, pace, and a button for each key that is asked for most."""

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
        self.clock = Text("", "body", tone="muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(LARGE_PX, SMALL_PX + 4, LARGE_PX, SMALL_PX + 4)
        line.setSpacing(MEDIUM_PX)
        line.addWidget(self.elapsed)
        line.addWidget(self.planned)
        line.addWidget(self.pace_bar, 1)
        line.addWidget(self.pace)
        line.addWidget(self.clock)
        for key, words, run in buttons:
            button = Button(f"{key}  {words}")
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.pressed.connect(run)
            line.addWidget(button)
        self.tick()

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
        now = datetime.datetime.now().astimezone()
        remaining = session.remaining_s
        left = ""
        if remaining is not None:
            said = time_words(abs(remaining))
            left = tr("{time} left") if remaining >= 0 else tr("{time} over")
            left = ", " + left.format(time=said)
        self.clock.setText(f"{now:%H:%M}{left}")

    def _say_pace(self) -> None:
        behind_s = self._session.behind_s
        said = time_words(abs(behind_s)) if abs(behind_s) >= 60 else f"{abs(behind_s):.0f} s"
        if not self._session.planned_s:
            self.pace.hide()
        elif behind_s > _ON_TIME_S:
            self.pace.set_state("clock", tr("{time} behind").format(time=said), "stale")
        elif behind_s < -_ON_TIME_S:
            self.pace.set_state("clock", tr("{time} ahead").format(time=said), "agreed")
        else:
            self.pace.set_state("clock", tr("on time"), "agreed")


def time_words(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any: "05:42", "1:05:42"."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
