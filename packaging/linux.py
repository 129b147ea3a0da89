"""What people on Linux install: a Debian package, and a file that installs itself."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import re
import shutil
from pathlib import Path

from frozen import HERE, ROOT, Build, epoch, run, settle, version

PARTS = HERE / "linux"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
XZ_LEVEL = 3
"""Of 9; the usual 6 takes twice the time and a fourteenth off the size."""


def deb(build: Build, target: Path) -> Path:
    """Write ``charthouse_VERSION_amd64.deb`` into a folder and return it."""
    tree = _fresh(build / "deb")
    shutil.copytree(build / "charthouse", tree / "opt" / "charthouse", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "charthouse").symlink_to("/opt/charthouse/charthouse")
    _menu(build, tree / "usr" / "share")
    _documents(tree / "usr" / "share")
    control = tree / "DEBIAN"
    control.mkdir()
    size_kib = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    fields = (PARTS / "control").read_text(encoding="utf-8")
    told = {"VERSION": version(), "SIZE": str(size_kib), **dependencies(build)}
    (control / "control").write_text(_filled(fields, **told), encoding="utf-8")
    sums = [
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree).as_posix()}"
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not path.is_symlink() and control not in path.parents
    ]
    (control / "md5sums").write_text("\n".join(sums) + "\n", encoding="utf-8")
    shutil.copy(PARTS / "postrm", control / "postrm")
    settle(tree)
    package = target / f"charthouse_{version()}_amd64.deb"
    run(
        *("dpkg-deb", "--root-owner-group", "-Zxz", f"-z{XZ_LEVEL}", "--threads-max=2"),
        *("--build", tree, package),
        SOURCE_DATE_EPOCH=str(epoch()),
    )
    return package


def installer(build: Build, target: Path) -> Path:
    """Write ``charthouse-VERSION-linux-x86_64.run`` into a folder and return it."""
    tree = _fresh(build / "run")
    shutil.copytree(build / "charthouse", tree / "charthouse", symlinks=True)
    shutil.copy(PARTS / "uninstall.sh", tree / "charthouse" / "uninstall")
    share = tree / "files" / "share"
    _menu(build, share)
    entry = share / "applications" / "charthouse.desktop"
    words = entry.read_text(encoding="utf-8").rstrip()
    action = "[Desktop Action uninstall]\nName=Remove Charthouse\nExec=uninstall\n"
    entry.write_text(f"{words}\nActions=uninstall;\n\n{action}", encoding="utf-8")
    settle(tree)
    archive, packed = build / "run.tar", build / "run.tar.xz"
    run(
        *("tar", "--create", "--file", archive, "--directory", tree, "--sort=name"),
        *("--format=gnu", "--owner=0", "--group=0", "--numeric-owner", f"--mtime=@{epoch()}"),
        *("charthouse", "files"),
    )
    # A block size of its own: the bytes do not hang on how many cores there are.
    run("xz", "--force", "--threads=2", "--block-size=24MiB", f"-{XZ_LEVEL}", archive)
    data = packed.read_bytes()
    name = f"charthouse-{version()}-linux-x86_64.run"
    head = _filled(
        (PARTS / "install.sh").read_text(encoding="utf-8"),
        VERSION=version(),
        NAME=name,
        GLIBC=glibc(build),
        DIGEST=hashlib.sha256(data).hexdigest(),
        SIZES=" ".join(["scalable", *(f"{size}x{size}" for size in SIZES_PX)]),
    )
    head = head.replace("@LINES@", str(head.count("\n") + 1))
    path = target / name
    path.write_bytes(head.encode() + data)
    path.chmod(0o755)
    return path


def dependencies(build: Build) -> dict[str, str]:
    """The packages with the libraries that our binaries link to and do not bring.

    By Debian's own reckoning, from the symbols they use. What printers alone need is recommended.
    """
    program = build / "charthouse"
    folder = _fresh(build / "shlibdeps")
    (folder / "debian").mkdir()
    words = "Source: charthouse\n\nPackage: charthouse\nArchitecture: amd64\n"
    (folder / "debian" / "control").write_text(words)
    own = sorted({path.parent for path in program.rglob("*.so*")})
    printing = [path for path in binaries(program) if path.parent.name == "printsupport"]
    told = run(
        *("dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"),
        *(f"-l{each}" for each in own),
        *(path for path in binaries(program) if path not in printing),
        "-dRecommends",
        *printing,
        cwd=folder,
    )
    found = dict(re.findall(r"^shlibs:(Depends|Recommends)=(.*)$", told, re.MULTILINE))
    if "Depends" not in found:
        raise SystemExit(f"dpkg-shlibdeps told no dependencies:\n{told}")
    return {"DEPENDS": found["Depends"], "RECOMMENDS": found.get("Recommends", "")}


def glibc(build: Build) -> str:
    """The oldest version of glibc that has every symbol the binaries use."""
    told = run("objdump", "-T", *binaries(build / "charthouse"))
    versions = {
        tuple(map(int, each.split("."))) for each in re.findall(r"GLIBC_([0-9][0-9.]*)", told)
    }
    return ".".join(map(str, max(versions)))


def binaries(program: Path) -> list[Path]:
    return [
        path
        for path in sorted(program.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF"
    ]


def _menu(build: Build, share: Path) -> None:
    """The menu entry, the kind of file, what software centres show, and the mark in every size."""
    for source, place in (
        ("charthouse.desktop", "applications/charthouse.desktop"),
        ("charthouse.xml", "mime/packages/charthouse.xml"),
        ("metainfo.xml", "metainfo/charthouse.metainfo.xml"),
    ):
        path = share / place
        path.parent.mkdir(parents=True, exist_ok=True)
        words = (PARTS / source).read_text(encoding="utf-8")
        path.write_text(_filled(words, VERSION=version(), DATE=_day()), encoding="utf-8")
    icons = share / "icons" / "hicolor"
    for size in SIZES_PX:
        folder = icons / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        shutil.copy(build / "marks" / f"charthouse-{size}.png", folder / "charthouse.png")
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copy(ROOT / "resources/icons/charthouse.svg", icons / "scalable/apps/charthouse.svg")


def _documents(share: Path) -> None:
    """What Debian's policy asks of every package."""
    documents = share / "doc" / "charthouse"
    documents.mkdir(parents=True)
    when = datetime.datetime.fromtimestamp(epoch(), datetime.UTC)
    log = (PARTS / "changelog").read_text(encoding="utf-8")
    day = when.strftime("%a, %d %b %Y %H:%M:%S +0000")
    _pack(documents / "changelog.gz", _filled(log, VERSION=version(), DAY=day))
    shutil.copy(PARTS / "copyright", documents / "copyright")
    manual = (PARTS / "charthouse.1").read_text(encoding="utf-8")
    (share / "man" / "man1").mkdir(parents=True)
    _pack(
        share / "man" / "man1" / "charthouse.1.gz", _filled(manual, VERSION=version(), DATE=_day())
    )
    (share / "lintian" / "overrides").mkdir(parents=True)
    shutil.copy(PARTS / "lintian-overrides", share / "lintian" / "overrides" / "charthouse")


def _pack(path: Path, words: str) -> None:
    path.write_bytes(gzip.compress(words.encode(), 9, mtime=0))


def _day() -> str:
    return datetime.datetime.fromtimestamp(epoch(), datetime.UTC).date().isoformat()


def _filled(words: str, **values: str) -> str:
    for name, value in values.items():
        words = words.replace(f"@{name}@", value)
    return words


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
