"""Gives an installed copy what Wine lacks and Windows has; only for trying it, never shipped.

python3 shims.py FOLDER    of an installed Charthouse, under Wine 8
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from executable import Executable  # noqa: E402

MATHS, OURS = "api-ms-win-crt-math-l1-1-0.dll", "shm-ms-win-crt-math-l1-1-0.dll"
COMPLEX = re.compile(r"c(real|imag|arg|abs|exp|cos|sin|tan|cosh|sinh|tanh|log|sqrt|pow)([fl]?)")
HEAD = """#include <complex.h>
typedef struct { float v[2]; } F;
typedef struct { double v[2]; } D;
#define Z(z) (z.v[0] + I * z.v[1])
#define SHOWN __declspec(dllexport)
"""


def lay_in(program: Path) -> None:
    """Put ``icuuc.dll`` beside the program and lead numpy's copies to complex functions of ours."""
    _link(HERE / "icuuc.c", "-nostdlib", "-Wl,--entry=0", "-o", program / "icuuc.dll")
    asking = {
        path: names
        for path in sorted((program / "_internal").rglob("numpy*/**/*"))
        if path.suffix in (".pyd", ".dll") and (names := Executable(path).asks_of(MATHS))
    }
    every = sorted(set().union(*asking.values()))
    own = {name: found for name in every if (found := COMPLEX.fullmatch(name))}
    with tempfile.TemporaryDirectory() as folder:
        source, definition = Path(folder) / "maths.c", Path(folder) / "maths.def"
        source.write_text(HEAD + "".join(_function(found) for found in own.values()))
        lines = [f"{name} = {'shim_' if name in own else 'ucrtbase.'}{name}\n" for name in every]
        definition.write_text(f"LIBRARY {OURS}\nEXPORTS\n{''.join(lines)}")
        _link(source, definition, "-o", program / OURS)
    for path in asking:
        path.write_bytes(path.read_bytes().replace(MATHS.encode(), OURS.encode()))


def _function(found: re.Match[str]) -> str:
    name, (what, kind) = found[0], found.groups()
    taken, real = ("F", "float") if kind == "f" else ("D", "double")
    if what in ("real", "imag", "arg", "abs"):
        return f"SHOWN {real} shim_{name}({taken} z) {{ return c{what}(Z(z)); }}\n"
    more, call = (f", {taken} y", "Z(z), Z(y)") if what == "pow" else ("", "Z(z)")
    return (
        f"SHOWN {taken} shim_{name}({taken} z{more}) {{ double complex r = c{what}({call});"
        f" {taken} o = {{{{creal(r), cimag(r)}}}}; return o; }}\n"
    )


def _link(*words: str | Path) -> None:
    subprocess.run(["x86_64-w64-mingw32-gcc", "-shared", "-s", "-static", *words], check=True)


if __name__ == "__main__":
    lay_in(Path(sys.argv[1]))
