"""The pictures a map view is put together from, drawn by a worker ahead of the reader.

All lie on one grid: dot (column, row) of a picture is where easting ``column`` and southing ``row``
times the metres of a dot lie. What is drawn at one scale therefore fits dot on dot, whenever it was
drawn, and nothing trembles against anything else.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Protocol, cast

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap, QRegion

from desktop.model.map_window import Bounds, MapWindow, Size
from desktop.services.jobs import Job, Jobs, Progress, meet_qt_classes

_MARGIN: Final = 0.25
_LEAST_LEFT: Final = 0.03
_LEAD_S: Final = 0.2
_DRAWN_IN_S: Final = 0.08
_CLOSEST, _FURTHEST = 0.75, 1.34
_COARSE_DOTS: Final = 1200
_CLOSER: Final = ((1.9, 1.5), (2.9, 2.0))
"""How much closer a zoom is likely to go, and how much of the view is then still around it."""
_SMOOTH_S: Final = 0.004
_SLOW_FRAMES: Final = 4
_LEAST_TIMED_DOTS: Final = 500_000


class Sprite(NamedTuple):
    """A small picture held to a point of the map.

    ``left`` and ``top`` are from that point to its corner; ``x``, ``y``, ``width`` and ``height``
    say where on the sheet it stands. All in dots.
    """

    east_m: float
    north_m: float
    left: int
    top: int
    x: int
    y: int
    width: int
    height: int


class Laid(Protocol):
    """Marks and words in their places: a sheet of small pictures, the first painted first."""

    @property
    def sheet(self) -> QImage: ...
    @property
    def sprites(self) -> Sequence[Sequence[float]]: ...


class Scene(Protocol):
    """What a map view shows, as it is now: another state is another scene.

    ``ground`` and ``marks`` say what the pictures of either depend on; where they are equal, the
    pictures are. ``paint_ground`` and ``lay_out`` are called in a worker's thread.
    """

    @property
    def limits(self) -> Bounds: ...
    @property
    def ground(self) -> Hashable: ...
    @property
    def marks(self) -> Hashable: ...

    def paint_ground(
        self, painter: QPainter, window: MapWindow, size: Size, pause: Callable[[], None]
    ) -> None:
        """Fill a picture with all that lies flat; pixels are ``painter``'s own.

        It calls ``pause`` between steps of about a millisecond, so that no frame waits for it.
        """

    def lay_out(self, metres_per_px: float, ratio: float) -> Laid:
        """Place marks and words for this scale, for the whole map at once."""

    def paint_over(self, painter: QPainter, window: MapWindow, size: Size) -> None:
        """Paint what stays with the view's edges, and rings; once a frame, so in little time."""


class _Picture(NamedTuple):
    image: QImage
    left: int
    top: int
    metres_per_dot: float
    ratio: float
    ground: Hashable

    def area(self, metres_per_dot: float) -> QRectF:
        """Where it lies on the grid of another scale."""
        share = self.metres_per_dot / metres_per_dot
        wide, high = self.image.width() * share, self.image.height() * share
        return QRectF(self.left * share, self.top * share, wide, high)


class _Marks(NamedTuple):
    """``at_m`` are the points of the sprites, shape (n, 2), and ``boxes`` all else, (n, 6)."""

    sheet: QPixmap
    at_m: npt.NDArray[np.float64]
    boxes: npt.NDArray[np.int64]
    metres_per_px: float
    ratio: float
    marks: Hashable


class _Order(NamedTuple):
    """A picture to be drawn: where on the grid, at which scale, and over which old one if any.

    Memory that is drawn on again need not be given back and fetched anew for every picture.
    """

    rect: QRect
    metres_per_dot: float
    ratio: float
    over: QImage | None


@dataclass(frozen=True, eq=False)
class Looked:
    """What the reader sees, or is about to: the view in dots, and where it is going."""

    window: MapWindow
    size: Size
    ratio: float
    speed_px_s: tuple[float, float] = (0.0, 0.0)
    at_rest: bool = True

    @property
    def metres_per_dot(self) -> float:
        return self.window.metres_per_px / self.ratio

    @cached_property
    def dots(self) -> QRect:
        """The view on the grid of its own scale."""
        bounds, dot_m = self.window.bounds(self.size), self.metres_per_dot
        wide, high = (math.ceil(length * self.ratio) for length in self.size)
        return QRect(round(bounds.west_m / dot_m), round(-bounds.north_m / dot_m), wide, high)


class SeaPictures(QObject):
    """Keeps the pictures for a view, each until a better one has come.

    ``bare`` counts the frames in which some of the view lay on no picture of the ground.
    """

    arrived = Signal()
    """A picture has come that was not there before."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        meet_qt_classes()
        self._jobs = jobs
        self._job: Job | None = None
        self._scene: Scene | None = None
        self._looked: Looked | None = None
        self._ground: _Picture | None = None
        self._coarse: _Picture | None = None
        self._spare: QImage | None = None
        self._marks: _Marks | None = None
        self._ready: tuple[Hashable, MapWindow] | None = None
        self._slow = 0
        self._is_swift = True
        self.bare = 0
        self.error: Exception | None = None

    @property
    def is_sharp(self) -> bool:
        """Whether what the reader looks at is drawn as well as it can be."""
        return self._job is None and self._looked is not None and self._wanted() is None

    @property
    def has_ground(self) -> bool:
        """Whether anything at all has been drawn yet."""
        return self._ground is not None or self._coarse is not None

    def show_scene(self, scene: Scene | None) -> None:
        """Draw this from now on; what was drawn before stays until then."""
        self._scene = scene
        self.error = None
        self._go_on()

    def look(self, looked: Looked) -> None:
        """Note where the reader is, and draw what is missing there."""
        self._looked = looked
        self._go_on()

    def drop(self) -> None:
        """Forget all pictures, while nobody looks."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._looked = self._ground = self._coarse = self._spare = self._marks = None
        self._ready = None

    def paint(self, painter: QPainter, looked: Looked) -> None:
        """Put the view together; the painter's units are dots, its origin the view's corner."""
        view = looked.dots
        self._paint_ground(painter, looked, view)
        if self._marks is not None and self._marks.ratio == looked.ratio:
            self._paint_marks(painter, looked.metres_per_dot, view)

    def _paint_ground(self, painter: QPainter, looked: Looked, view: QRect) -> None:
        """Paint the sharp picture as far as it reaches, and the coarse one where it does not."""
        dot_m = looked.metres_per_dot
        sharp = self._ground
        if sharp is not None and sharp.area(dot_m).toRect().contains(view):
            self._paint_picture(painter, sharp, dot_m, view, view.topLeft())
            return
        bare = QRegion(view)
        for picture in (self._ground, self._coarse):
            if picture is None or bare.isEmpty():
                continue
            # A scaled picture may end between two dots.
            reach = picture.area(dot_m).toRect()
            for part in cast("Iterable[QRect]", bare & reach):
                self._paint_picture(painter, picture, dot_m, part, view.topLeft())
            bare -= reach
        self.bare += not bare.isEmpty()

    def _paint_picture(
        self, painter: QPainter, picture: _Picture, dot_m: float, part: QRect, corner: QPoint
    ) -> None:
        if picture.metres_per_dot == dot_m:
            source = part.translated(-picture.left, -picture.top)
            painter.drawImage(part.topLeft() - corner, picture.image, source)
            return
        share = dot_m / picture.metres_per_dot
        source_f = QRectF(
            part.left() * share - picture.left,
            part.top() * share - picture.top,
            part.width() * share,
            part.height() * share,
        )
        began = time.perf_counter()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_swift)
        painter.drawImage(QRectF(part.translated(-corner)), picture.image, source_f)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if part.width() * part.height() > _LEAST_TIMED_DOTS:
            self._note_pace(time.perf_counter() - began)

    def _note_pace(self, seconds: float) -> None:
        """Scale smoothly only on a machine that does it well within a frame."""
        if self._is_swift:
            self._slow = self._slow + 1 if seconds > _SMOOTH_S else max(self._slow - 1, 0)
            self._is_swift = self._slow < _SLOW_FRAMES

    def _paint_marks(self, painter: QPainter, dot_m: float, view: QRect) -> None:
        assert self._marks is not None
        sheet, at_m, boxes = self._marks[:3]
        corners = np.rint(at_m / (dot_m, -dot_m)).astype(np.int64)
        corners += boxes[:, :2] - (view.left(), view.top())
        within = corners < (view.width(), view.height())
        within &= corners + boxes[:, 4:] > 0
        is_seen = within.all(axis=1)
        draw = painter.drawPixmap
        for (left, top), (x, y, wide, high) in zip(
            corners[is_seen].tolist(), boxes[is_seen, 2:].tolist(), strict=True
        ):
            draw(left, top, sheet, x, y, wide, high)

    def _go_on(self) -> None:
        if self._job is not None or self._scene is None or self._looked is None:
            return
        wanted = self._wanted()
        if wanted is None and self._looked.at_rest:
            self._spare = None  # as large as the picture in view, and not needed for a while
        if wanted is None or self.error is not None:
            return
        scene, looked = self._scene, self._looked
        run = self._jobs.run
        if wanted == "closer":
            job = run(_get_ready, scene, looked, on_done=self._on_ready, on_error=self._on_error)
        elif wanted == "marks":
            job = run(_lay_out, scene, looked, on_done=self._on_marks, on_error=self._on_error)
        else:
            # The first is soonest there if it shows only what is looked at.
            rect = _rect_to_draw(looked) if self.has_ground else looked.dots
            order = _Order(rect, looked.metres_per_dot, looked.ratio, self._spare)
            done = self._on_ground
            if wanted == "coarse":
                order = _Order(*_whole(scene.limits), looked.ratio, None)
                done = self._on_coarse
            else:
                self._spare = None
            job = run(_draw, scene, order, on_done=done, on_error=self._on_error)
        if job.is_running:
            self._job = job

    def _wanted(self) -> str | None:
        """What to draw next: what the reader misses most comes first."""
        looked, scene = self._looked, self._scene
        if looked is None or scene is None:
            return None
        if self._ground is None or not _serves(self._ground, scene, looked):
            return "ground"
        marks = self._marks
        if looked.at_rest and (
            marks is None
            or marks.marks != scene.marks
            or marks.ratio != looked.ratio
            or marks.metres_per_px != looked.window.metres_per_px
        ):
            return "marks"
        if self._coarse is None or self._coarse.ground != scene.ground:
            return "coarse"
        if looked.at_rest and self._ready != (scene.ground, looked.window):
            return "closer"
        return None

    def _on_ground(self, picture: _Picture) -> None:
        self._spare = self._ground.image if self._ground is not None else None
        self._ground = picture
        self._on_arrival()

    def _on_ready(self, ready: tuple[Hashable, MapWindow]) -> None:
        self._ready = ready
        self._on_arrival()

    def _on_coarse(self, picture: _Picture) -> None:
        self._coarse = picture
        self._on_arrival()

    def _on_marks(self, drawn: tuple[Laid, Looked, Hashable]) -> None:
        laid, looked, marks = drawn
        sprites = np.array(laid.sprites, np.float64).reshape(-1, 8)
        at_m, boxes = sprites[:, :2], sprites[:, 2:].astype(np.int64)
        sheet = QPixmap.fromImage(laid.sheet)
        scale = looked.window.metres_per_px
        self._marks = _Marks(sheet, at_m, boxes, scale, looked.ratio, marks)
        self._on_arrival()

    def _on_error(self, error: Exception) -> None:
        self.error = error
        self._on_arrival()

    def _on_arrival(self) -> None:
        self._job = None
        self.arrived.emit()
        self._go_on()


def _serves(picture: _Picture, scene: Scene, looked: Looked) -> bool:
    """Whether a picture is good enough: the right one, sharp enough, and reaching far enough."""
    if picture.ground != scene.ground or picture.ratio != looked.ratio:
        return False
    share = picture.metres_per_dot / looked.metres_per_dot
    if not _CLOSEST < share < _FURTHEST or (looked.at_rest and abs(share - 1) > 1e-9):
        return False
    # Enough has to be left ahead for the time that the next picture takes.
    view, size = QRectF(looked.dots), looked.dots.size()
    across, down = _ahead(looked, _DRAWN_IN_S, 1.2 * _MARGIN)
    wide, high = size.width() * _LEAST_LEFT, size.height() * _LEAST_LEFT
    needed = view.adjusted(
        min(across, 0.0) - wide,
        min(down, 0.0) - high,
        max(across, 0.0) + wide,
        max(down, 0.0) + high,
    )
    dot_m, limits = looked.metres_per_dot, scene.limits
    whole = QRectF(
        limits.west_m / dot_m,
        -limits.north_m / dot_m,
        limits.width_m / dot_m,
        limits.height_m / dot_m,
    )
    return picture.area(dot_m).adjusted(-2, -2, 2, 2).contains(needed & whole)


def _rect_to_draw(looked: Looked) -> QRect:
    """The view with a margin around it, moved to where the reader is going.

    Its size is that of the view alone, so that one picture can be drawn over another.
    """
    view = looked.dots
    wide, high = round(view.width() * _MARGIN), round(view.height() * _MARGIN)
    across, down = _ahead(looked, _LEAD_S, _MARGIN - _LEAST_LEFT)
    room = view.adjusted(-wide, -high, wide, high)
    return room.translated(round(across), round(down))


def _ahead(looked: Looked, seconds: float, most: float) -> tuple[float, float]:
    """How far the reader will have gone, in dots, at most so many views."""
    view = looked.dots
    right, down = (-speed * looked.ratio * seconds for speed in looked.speed_px_s)
    return _clamped(right, most * view.width()), _clamped(down, most * view.height())


def _whole(limits: Bounds) -> tuple[QRect, float]:
    dot_m = limits.width_m / _COARSE_DOTS
    left, top = math.floor(limits.west_m / dot_m), math.floor(-limits.north_m / dot_m)
    right, bottom = math.ceil(limits.east_m / dot_m), math.ceil(-limits.south_m / dot_m)
    # A view at the very edge may begin a dot beyond it.
    return QRect(left, top, right - left, bottom - top).adjusted(-2, -2, 2, 2), dot_m


def _draw(progress: Progress, scene: Scene, order: _Order) -> _Picture:
    progress.give_way()
    rect, dot_m, ratio, image = order
    if image is None or image.size() != rect.size():
        image = QImage(rect.size(), QImage.Format.Format_RGB32)
    middle_x, middle_y = rect.left() + rect.width() / 2, rect.top() + rect.height() / 2
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    window = MapWindow(middle_x * dot_m, -middle_y * dot_m, dot_m * ratio)
    size = Size(rect.width() / ratio, rect.height() / ratio)
    scene.paint_ground(painter, window, size, progress.give_way)
    painter.end()
    return _Picture(image, rect.left(), rect.top(), dot_m, ratio, scene.ground)


def _get_ready(progress: Progress, scene: Scene, looked: Looked) -> tuple[Hashable, MapWindow]:
    """Paint what a zoom would show, onto nothing: what the scene makes of it, it has by then."""
    progress.give_way()
    nothing = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(nothing)
    painter.scale(looked.ratio, looked.ratio)
    for factor, around in _CLOSER:
        closer = looked.window._replace(metres_per_px=looked.window.metres_per_px / factor)
        size = Size(looked.size.width_px * around, looked.size.height_px * around)
        scene.paint_ground(painter, closer, size, progress.give_way)
    painter.end()
    return scene.ground, looked.window


def _lay_out(progress: Progress, scene: Scene, looked: Looked) -> tuple[Laid, Looked, Hashable]:
    progress.give_way()
    return scene.lay_out(looked.window.metres_per_px, looked.ratio), looked, scene.marks


def _clamped(value: float, most: float) -> float:
    return min(max(value, -most), most)
