"""Comparing a drawing with the picture of it that somebody has looked at and found right."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

FOLDER: Final = Path(__file__).parent / "golden"
_BLOCK: Final = 8
_STRANGE: Final = 14.0
MOST_STRANGE: Final = 0.0015


def strangeness(drawn: QImage, known: QImage) -> float:
    """The share of blocks of 8 × 8 dots that are another colour on average, 0 to 1.

    Another release of Qt or FreeType smooths an edge otherwise, and no block is strange for it; a
    name that is missing or stands elsewhere makes a dozen so.
    """
    if drawn.size() != known.size():
        return 1.0
    off = np.abs(_blocks(drawn) - _blocks(known)).max(axis=2)
    return float(np.count_nonzero(off > _STRANGE) / off.size)


def assert_as_known(drawn: QImage, name: str, folder: Path) -> None:
    """Fail where the drawing is not like ``golden/NAME.png``; it is left in ``folder`` to look at.

    Where the change was wanted, and looks right, that file takes the other's place.
    """
    known, file = QImage(str(FOLDER / f"{name}.png")), folder / f"{name}.png"
    share = strangeness(drawn, known) if not known.isNull() else 1.0
    if share > MOST_STRANGE:
        drawn.save(str(file))
    assert share <= MOST_STRANGE, f"{share:.1%} of {file} differs from {FOLDER / file.name}"


def _blocks(image: QImage) -> npt.NDArray[np.float64]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    high, wide = image.height() // _BLOCK, image.width() // _BLOCK
    dots = np.frombuffer(image.constBits(), np.uint8)
    dots = dots.reshape(image.height(), -1, 4)[: high * _BLOCK, : wide * _BLOCK, :3]
    return dots.reshape(high, _BLOCK, wide, _BLOCK, 3).mean(axis=(1, 3))
