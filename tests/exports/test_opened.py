"""What others make of our files: LibreOffice of a PPTX, Chromium of a page, Poppler of a PDF."""

from __future__ import annotations

import io
import json
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import urlparse

import pypdf
import pytest
from PySide6.QtGui import QImage

from desktop.export.hand_out import Format, write
from desktop.export.handout import Handout, Wanted
from desktop.files.basemap import read_basemap
from desktop.files.reader import read
from desktop.model.dossier import Dossier
from desktop.services import paths

pytestmark = pytest.mark.usefixtures("qapp")

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "facts.yaml"
BRIEFINGS = ("washington-desk", "war-legacy", "sea")
PATIENCE_S = 180


@cache
def shipped() -> Dossier:
    return read(SHIPPED.read_bytes(), "facts.yaml").dossier


def handed(briefing_id: str) -> Handout:
    file = shipped()
    coast = read_basemap(paths.resources() / "basemap")
    wanted = Wanted(notes=True, backups=True)
    return Handout(file, file.briefings[briefing_id], wanted, basemap=coast)  # type: ignore[index]


def written(handout: Handout, kind: Format, folder: Path) -> Path:
    *_, last = write(handout, kind, folder)
    assert last.written is not None
    return last.written


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("briefing_id", BRIEFINGS)
def test_libreoffice_shows_every_slide_with_its_title(briefing_id: str, tmp_path: Path) -> None:
    handout = handed(briefing_id)
    path = written(handout, "pptx", tmp_path)
    home = tmp_path / "office"
    run("soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "pdf",
        "--outdir", tmp_path, path)  # fmt: skip
    pages = pypdf.PdfReader(io.BytesIO(path.with_suffix(".pdf").read_bytes())).pages

    leaves = list(handout.leaves(with_notes=False))
    assert len(pages) == len(leaves)
    for page, leaf in zip(pages, leaves, strict=True):
        shown = "".join(page.extract_text().split())
        assert "".join(leaf.title.split()) in shown
        assert "UNCLASSIFIED" in shown


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("briefing_id", BRIEFINGS)
def test_a_browser_asks_for_nothing_and_complains_of_nothing(
    briefing_id: str, tmp_path: Path
) -> None:
    path = written(handed(briefing_id), "html", tmp_path)
    log = tmp_path / "net.json"
    done = run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--log-net-log={log}",
        f"--screenshot={tmp_path / 'page.png'}",
        "--window-size=1920,1080",
        path.as_uri(),
    )

    assert "CONSOLE" not in done.stderr
    assert (tmp_path / "page.png").stat().st_size > 20_000
    page = QImage(str(tmp_path / "page.png"))
    edges = {page.pixelColor(200, y).name() for y in (20, page.height() - 20)}
    assert edges == {"#007a33"}, "the marking stands whole at both edges beside the scroll bar"
    asked = json.loads(log.read_text())["events"]
    addresses = [event.get("params", {}).get("url", "") for event in asked]
    strange = {
        address
        for address in addresses
        if urlparse(address).scheme in ("http", "https", "ws", "wss")
        and "google" not in urlparse(address).netloc  # the browser's own errands
    }
    assert strange == set()


@pytest.mark.needs("pdffonts", "pdftotext")
@pytest.mark.parametrize("briefing_id", BRIEFINGS)
def test_a_pdf_brings_its_fonts_and_its_text_can_be_copied(
    briefing_id: str, tmp_path: Path
) -> None:
    handout = handed(briefing_id)
    path = written(handout, "pdf", tmp_path)
    fonts = run("pdffonts", path).stdout.splitlines()[2:]

    assert fonts
    # name, type, encoding, embedded, subset, unicode
    assert all(line.split()[-5] == line.split()[-3] == "yes" for line in fonts)
    text = "".join(run("pdftotext", path, "-").stdout.split())
    for slide in handout.slides:
        assert "".join(handout.title_of(slide).split()) in text
