"""Start the window, or do what was asked for on the command line."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop import __version__

_HELP = """\
usage: charthouse [FILE]                    open a facts file
       charthouse check FILE… [--strict] [--json]
       charthouse diff OLD NEW              what differs, in sentences; also HEAD:./facts.yaml
       charthouse merge BASE OURS THEIRS    bring two versions together, for git
       charthouse export FILE --pane PANE --to png|pdf|svg|geojson --out DIR
       charthouse schema                    print the JSON Schema of facts files
       charthouse --bench-start FILE        measure the start: open, paint once, print, exit
       charthouse --self-test [REPORT]      prove this copy: open, present, export, save, exit
       charthouse --version | --help"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run Charthouse with ``argv`` (without the program's name) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    first = arguments[0] if arguments else ""
    if first == "--version":
        print(f"charthouse {__version__}")
        return 0
    if first in ("--help", "-h"):
        print(_HELP)
        return 0
    if first in ("check", "diff", "merge", "schema"):
        from desktop import cli

        return cli.main(arguments)
    if first == "export":
        from desktop.cli import export_asked

        asked = export_asked(arguments[1:])
        from desktop.briefing import export

        return export(asked)
    if first == "--self-test" and len(arguments) <= 2:
        if not _has_display():
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from desktop import self_test

        return self_test.run(Path(arguments[1]) if arguments[1:] else None)
    bench = first == "--bench-start"
    files = arguments[1:] if bench else arguments
    unknown = [each for each in files if each.startswith("-")]
    if unknown or len(files) > 1 or (bench and not files):
        print(_HELP, file=sys.stderr)
        return 2
    return _open(Path(files[0]) if files else None, bench)


def _open(path: Path | None, bench: bool) -> int:
    from desktop.services import paths

    # A copy that somebody installed has files of its own to open; a checkout, those it holds.
    file = path if path or paths.is_installed() else paths.data() / "facts.yaml"
    if not bench and not _has_display():
        from desktop.briefing import write

        return write(file or paths.data() / "facts.yaml", Path("build/briefing"))
    if not bench:
        from desktop.services.second_start import hand_over

        if hand_over(file):
            return 0
    # What a start makes stays, so the search for garbage waits until the window stands.
    gc.disable()
    from desktop.services.importing import import_without_reading

    import_without_reading()
    if bench:
        from desktop.start import measure

        return measure(file or paths.data() / "facts.yaml")
    from desktop import app

    return app.run(file)


def _has_display() -> bool:
    """Whether a window can be shown; only on Linux is that not a matter of course."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
