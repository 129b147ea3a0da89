"""Where the program's own files lie, and where this person's may be kept."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_APP = "charthouse"


@cache
def resources() -> Path:
    """Return the folder of fonts, icons, translations and the schema."""
    return _shipped("resources")


@cache
def data() -> Path:
    """Return the folder of the shipped facts file."""
    return _shipped("data")


def is_installed() -> bool:
    """Return whether this is an installed copy and no checkout."""
    return data().parent.name == "_shipped"


def licences() -> Path | None:
    """Return the folder of licences that comes with what an installer laid out; None elsewhere."""
    folder = _PACKAGE.parent.parent / "licences"
    return folder if is_installed() and folder.is_dir() else None


def state() -> Path:
    """Return this person's folder for unsaved work; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False)


def cached() -> Path:
    """Return this person's folder for what can be made again; it need not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False)


def documents() -> Path:
    """Return where this person keeps documents; it need not exist yet."""
    from platformdirs import user_documents_path

    return user_documents_path()


def _shipped(name: str) -> Path:
    """Find ``name`` within the installed package, beside the archive it is in, or in the checkout.

    Raises FileNotFoundError if the installation lacks it.
    """
    beside_archive = _PACKAGE.parent.parent / "_shipped"
    for folder in (_PACKAGE / "_shipped" / name, beside_archive / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"{name}/ is missing from this installation of Charthouse")
