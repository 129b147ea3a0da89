"""The program's mark in every size that systems ask for, drawn from its one SVG.

Run by build.py in the environment of the build: ``marks.py SVG FOLDER``.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_PX = (16, 24, 32, 48, 64, 128, 256)
ICNS_PX = (16, 32, 64, 128, 256, 512, 1024)
SIDE_PX = (328, 628)
"""The picture beside the setup's words, twice as large as NSIS asks: for finer screens."""
SIDE_COLOUR = "#dce9f7"


def to_png(mark: QSvgRenderer, size_px: int) -> bytes:
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    mark.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def write_side(mark: QSvgRenderer, path: Path) -> None:
    """Draw the mark in the middle of a plain field; the setup shows only bitmaps of 24 bits."""
    width, height = SIDE_PX
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(SIDE_COLOUR))
    painter = QPainter(image)
    mark.render(painter, QRectF(width / 4, (height - width / 2) / 2, width / 2, width / 2))
    painter.end()
    if not image.save(str(path)):
        raise SystemExit(f"{path} cannot be written")


def main(svg: Path, folder: Path) -> None:
    """Write ``charthouse-SIZE.png``, ``.ico``, ``.icns`` and the setup's ``.bmp`` into a folder."""
    application = QGuiApplication([])
    mark = QSvgRenderer(str(svg))
    if not mark.isValid():
        raise SystemExit(f"{svg} is no picture that Qt can draw")
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {size: to_png(mark, size) for size in sorted({*SIZES_PX, *ICO_PX, *ICNS_PX})}
    for size in SIZES_PX:
        (folder / f"charthouse-{size}.png").write_bytes(drawn[size])
    for kind, sizes in (("ico", ICO_PX), ("icns", ICNS_PX)):
        pictures = [Image.open(BytesIO(drawn[size])) for size in sizes]
        pictures[-1].save(
            folder / f"charthouse.{kind}",
            append_images=pictures[:-1],
            sizes=[(size, size) for size in sizes],
        )
    write_side(mark, folder / "charthouse.bmp")
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
