"""What people on Windows install, put together on Linux: a preview until it ran on Windows itself.

A launcher of ours, Python's own library and its extension modules, and the wheels for Windows, each
pinned by hash in windows/runtime.lock. Needs makensis and the mingw compiler.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import frozen
from executable import Executable
from frozen import BUILD, HERE, ROOT, Build, epoch, run, settle, version

PARTS = HERE / "windows"
LOCK = PARTS / "runtime.lock"
MINGW = "x86_64-w64-mingw32"

PYTHON = "3.13.0"
"""The version of python313.dll in the wheel that the lock names."""
STANDARD_SHA256 = "f74a57262e9264a70a25f2300804bc1d1b1ad54fb909c3f69fe34c66cbd251e6"
"""Digest of the modules of Python's library that are taken from a Python of that very version."""

DLL, ARCHIVE = "python313.dll", "python313.zip"
EXTENSIONS = """
    _ctypes _decimal _elementtree _queue _socket _wmi _zoneinfo pyexpat select unicodedata
""".split()
QT = "Core Gui Widgets Svg PrintSupport".split()
PLUGINS = """
    iconengines/qsvgicon imageformats/qico imageformats/qjpeg imageformats/qsvg
    platforms/qoffscreen platforms/qwindows styles/qmodernwindowsstyle
""".split()

UNUSED_STANDARD = re.compile(
    r"(lib-dynload|site-packages|config-|__pycache__|test|idlelib|tkinter|turtle|ensurepip|venv"
    r"|pydoc_data|curses|sqlite3|asyncio|multiprocessing|unittest|doctest|_pyrepl|xmlrpc|wsgiref"
    r"|dbm|lib2to3|__phello__|_sysconfigdata|_(aix|android|ios|osx)_support|antigravity|this\.py)"
)
UNUSED = re.compile(
    r"\.dist-info/|\.data/|(^|/)(tests?|_examples|include|f2py|_pyinstaller|isoschematron)/"
    r"|\.(pyi|pxd|pxi|pyx|h|lib|pc|typed|a|c)$"
    r"|^numpy/(random|testing|ma|polynomial|fft)/|^numpy/.*_(tests|simd)\."
    r"|^PIL/(_avif|_imaging(cms|ft|math|morph|tk)|_webp)\.|^PIL/(ImageQt|ImageTk|ImageCms)\."
    r"|^lxml/(html|objectify|sax|builder|includes)"
    r"|^pptx/templates/(?!default\.|notes)"
)
SYSTEM_IS_NOT = re.compile(r"(?i)(qt6|python|pyside|shiboken|msvcp|vcruntime|lib|concrt)")


def can_be_built() -> bool:
    """Whether the tools and the Python that this takes are here."""
    tools = ("makensis", f"{MINGW}-gcc", f"{MINGW}-windres")
    return all(map(shutil.which, tools)) and _found_python() is not None


def setup(build: Build, target: Path) -> Path:
    """Write ``charthouse-VERSION-preview-setup.exe`` into a folder and return it."""
    program = lay_out(build)
    files = build / "files.nsh"
    files.write_text("\n".join(_listed(program)) + "\n", encoding="utf-8")
    path = target / f"charthouse-{version()}-preview-setup.exe"
    given = {
        "VERSION": version(),
        "OUT": path,
        "FILES": files,
        "MARK": build / "marks" / "charthouse.ico",
        "SIDE": build / "marks" / "charthouse.bmp",
    }
    defined = [f"-D{name}={value}" for name, value in given.items()]
    run("makensis", "-V2", "-WX", *defined, PARTS / "installer.nsi", SOURCE_DATE_EPOCH=str(epoch()))
    return path


def lay_out(build: Build) -> Path:
    """Lay the program out in ``build/charthouse`` as on Windows and return that folder."""
    shutil.rmtree(build, ignore_errors=True)
    program = build / "charthouse"
    internal = program / "_internal"
    internal.mkdir(parents=True)
    interpreter = frozen.python()
    run(interpreter, HERE / "marks.py", ROOT / "resources/icons/charthouse.svg", build / "marks")
    matching = _found_python()
    if matching is None:
        raise SystemExit(
            f"Python {PYTHON} is needed, for its library must match {DLL}. Install it, as by pyenv"
            " or uv, and name it in CHARTHOUSE_PYTHON_FOR_WINDOWS."
        )
    wheels = _wheels(interpreter)
    site = build / "site"
    for wheel in wheels:
        _unpack(wheel, build / "panda3d" if wheel.name.startswith("panda3d") else site)
    print("Laying the program out …", flush=True)
    library = build / "library"
    _standard_library(library, matching)
    _python_itself(build / "panda3d" / "deploy_libs", program)
    _packages(site, internal)
    _program(library, program)
    _of_python_alone(internal, library)
    for folder in (library, internal):
        _compile(matching, folder)
    _pack(library, program / ARCHIVE)
    _one_runtime(program)
    _without_unreachable(program)
    _launcher(build, program)
    frozen.add_licences(
        program, matching, _library_of(matching), PYTHONPATH=f"{HERE}{os.pathsep}{site}"
    )
    settle(program)
    return program


def _wheels(interpreter: Path) -> list[Path]:
    """Fetch what the lock names, unless it is here, and return it; pip checks every hash."""
    folder = BUILD / "wheels"
    run(
        *(interpreter, "-m", "pip", "download", "--no-deps", "--require-hashes", "--no-input"),
        *("--only-binary=:all:", "--platform", "win_amd64", "--implementation", "cp"),
        *("--python-version", "3.13", "--abi", "cp313", "--abi", "abi3", "--abi", "none"),
        *("--disable-pip-version-check", "--dest", folder, "--requirement", LOCK),
    )
    digests = set(re.findall(r"sha256:(\w+)", LOCK.read_text(encoding="utf-8")))
    found = [path for path in sorted(folder.glob("*.whl")) if _digest(path) in digests]
    if len(found) != len(digests):
        raise SystemExit(f"{folder} holds {len(found)} of the {len(digests)} wheels of {LOCK.name}")
    return found


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


def _found_python() -> Path | None:
    """A Python on this machine of the very version of the DLL, for its library and its compiler."""
    short = PYTHON.rpartition(".")[0]
    candidates = [
        os.environ.get("CHARTHOUSE_PYTHON_FOR_WINDOWS"),
        shutil.which(f"python{short}"),
        str(Path.home() / f".pyenv/versions/{PYTHON}/bin/python{short}"),
    ]
    for candidate in filter(None, candidates):
        asked = [candidate, "-c", "import platform; print(platform.python_version())"]
        try:
            told = subprocess.run(asked, capture_output=True, text=True, check=False)
        except OSError:
            continue
        if told.stdout.strip() == PYTHON:
            return Path(candidate)
    return None


def _library_of(python: Path) -> Path:
    return Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))").strip())


def _standard_library(library: Path, python: Path) -> None:
    source = _library_of(python)
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source).as_posix()
        if any(UNUSED_STANDARD.match(part) for part in name.split("/")):
            continue
        digest.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, library / name)
    if digest.hexdigest() != STANDARD_SHA256:
        raise SystemExit(f"{source} is not the library of Python {PYTHON}: {digest.hexdigest()}")


def _of_python_alone(internal: Path, library: Path) -> None:
    """Move the packages that need no other file into the library: few files are soon installed."""
    for path in sorted(internal.iterdir()):
        inside = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
        if all(each.suffix == ".py" for each in inside):
            shutil.move(path, library / path.name)


def _pack(library: Path, target: Path) -> None:
    moment = datetime.datetime.fromtimestamp(epoch(), datetime.UTC)
    when = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    # Stored: the installer compresses better what is not compressed yet, and it starts sooner.
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(library.rglob("*.pyc")):
            name = path.relative_to(library).as_posix()
            archive.writestr(zipfile.ZipInfo(name, when), path.read_bytes())


def _compile(python: Path, folder: Path) -> None:
    """Leave bytecode alone in a folder; what cannot be compiled is a template and goes too."""
    how = ("-q", "-q", "-b", "-o", "1", "--invalidation-mode", "unchecked-hash")
    subprocess.run(
        [python, "-I", "-m", "compileall", *how, "-s", folder, folder],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=False,
    )
    for path in folder.rglob("*.py"):
        path.unlink()


def _python_itself(source: Path, program: Path) -> None:
    """Python's DLL, the one through which modules for any version reach it, and its extensions."""
    internal = program / "_internal"
    shutil.copyfile(source / DLL, program / DLL)
    for name in EXTENSIONS:
        shutil.copyfile(source / f"{name}.pyd", internal / f"{name}.pyd")
    shutil.copyfile(source / "libffi-8.dll", internal / "libffi-8.dll")
    (program / DLL.replace(".dll", "._pth")).write_bytes(f"{ARCHIVE}\r\n_internal\r\n".encode())
    names = [name for name in Executable(program / DLL).offers() if re.match("_?Py", name)]
    if len(names) < 1000:
        raise SystemExit(f"{DLL} exports {len(names)} names of Python")
    stem = DLL.removesuffix(".dll")
    definition = program.parent / "python3.def"
    forwarded = "".join(f"  {name} = {stem}.{name}\n" for name in names)
    definition.write_text(f"LIBRARY python3\nEXPORTS\n{forwarded}", encoding="utf-8")
    # Else where it is to be loaded would be reckoned from the name of the folder it is built in.
    address = "-Wl,--image-base=0x3a0000000"
    output = program / "python3.dll"
    _link("-shared", "-nostdlib", "-Wl,--entry=0", address, definition, "-o", output)


def _packages(site: Path, internal: Path) -> None:
    modules = {f"PySide6/Qt{name}.pyd" for name in QT}
    plugins = {f"PySide6/plugins/{name}.dll" for name in PLUGINS}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_dir() or UNUSED.search(name):
            continue
        if name.startswith("PySide6/"):
            own = re.fullmatch(r"PySide6/(\w+\.py|\w[\w.]*\.dll|support/\w+\.py)", name)
            if not own and name not in modules | plugins:
                continue
        elif name.startswith("shiboken6/") and not re.search(r"\.(py|pyd|dll)$", name):
            continue
        (internal / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, internal / name)


def _program(library: Path, program: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "desktop", library / "desktop", ignore=ignored)
    for name in ("resources", "data"):
        shutil.copytree(ROOT / name, program / "_shipped" / name, ignore=ignored)


def _one_runtime(program: Path) -> None:
    """Microsoft's run-time library once, the newest there is, where all that load it look."""
    for path in sorted((program / "_internal" / "PySide6").glob("*140*.dll")):
        if re.match(r"(msvcp140|vcruntime140)(_\d)?\.dll", path.name):
            path.rename(program / path.name)
        else:
            path.unlink()
    for path in (program / "_internal" / "shiboken6").glob("*140*.dll"):
        path.unlink()


def _without_unreachable(program: Path) -> None:
    """Delete every DLL to which no extension module, plugin or Python leads."""
    libraries = {path.name.lower(): path for path in sorted(program.rglob("*.dll"))}
    kept = {
        path
        for path in program.rglob("*")
        if path.suffix == ".pyd" or "plugins" in path.parts or path.name in (DLL, "python3.dll")
    }
    todo = sorted(path for path in kept if path.is_file())
    while todo:
        found: set[Path] = set()
        for name in set().union(*(Executable(path).links_to() for path in todo)):
            library = libraries.get(name.lower())
            if library is not None:
                found.add(library)
            elif SYSTEM_IS_NOT.match(name):
                raise SystemExit(f"{name} is linked to and not there")
        todo = sorted(found - kept)
        kept |= found
    for path in set(libraries.values()) - kept:
        path.unlink()


def _launcher(build: Build, program: Path) -> None:
    work = build / "launcher"
    work.mkdir()
    for name in ("launcher.c", "charthouse.manifest"):
        shutil.copyfile(PARTS / name, work / name)
    shutil.copyfile(build / "marks" / "charthouse.ico", work / "charthouse.ico")
    words = (PARTS / "charthouse.rc").read_text(encoding="utf-8")
    words = words.replace("@VERSION@", version())
    words = words.replace("@NUMBERS@", f"{version()}.0".replace(".", ","))
    (work / "charthouse.rc").write_text(words, encoding="utf-8")
    run(f"{MINGW}-windres", "charthouse.rc", "-O", "coff", "-o", "charthouse.res", cwd=work)
    _link(
        *("-municode", "-mwindows", "-Os", "-Wall", "-Wextra", "-Werror"),
        *(f'-DPYTHON_DLL=L"{DLL}"', "launcher.c", "charthouse.res", "-lshell32"),
        *("-o", program / "Charthouse.exe"),
        cwd=work,
    )


def _link(*words: str | Path, cwd: Path = ROOT) -> None:
    run(f"{MINGW}-gcc", "-s", "-Wl,--no-insert-timestamp", *words, cwd=cwd)


def _listed(program: Path) -> Iterator[str]:
    """The files folder by folder, in the same order every time."""
    for folder in [program, *sorted(path for path in program.rglob("*") if path.is_dir())]:
        files = sorted(path for path in folder.iterdir() if path.is_file())
        if files:
            inside = "".join(f"\\{part}" for part in folder.relative_to(program).parts)
            yield f'SetOutPath "$INSTDIR{inside}"'
            yield from (f'File "{path}"' for path in files)
    yield 'SetOutPath "$INSTDIR"'


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
