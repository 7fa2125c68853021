"""What of the wheels is left out of a package: parts that the program never loads.

Each rule says why. Qt is cut by following links: what our four modules and the plugins below are linked to stays, the rest of
PySide6 goes. The `*.dist-info` of what stays keep their licences; a wheel's own list of files (RECORD) is not cut, because nothing
installs or removes single wheels here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.build.binaries import needed

QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg")
"""What `desktop/window` imports; a test compares."""
QT_PLUGINS = {
    "egldeviceintegrations": (),
    "iconengines": ("svg",),
    "imageformats": ("gif", "ico", "jpeg", "svg", "webp"),
    "platforminputcontexts": ("compose", "ibus"),
    "platforms": ("windows", "offscreen", "xcb", "wayland"),
    "platformthemes": ("gtk3", "xdg"),
    "styles": ("windows",),
    "wayland-decoration-client": ("",),
    "wayland-graphics-integration-client": ("egl",),
    "wayland-shell-integration": ("xdg",),
    "xcbglintegrations": ("",),
}
"""The kinds of Qt's plugins that are kept, and what a plugin's name must hold. Wayland's and X's are on Linux alone."""
QT_STAYS = ("__init__.py", "_config.py", "_git_pyside_version.py", "py.typed", "support")
LIBRARY = (".dll", ".pyd", ".so", ".dylib")

FOLDERS_OF_TESTS = frozenset({"tests", "test"})
SOURCES = frozenset(
    {".pyi", ".h", ".hpp", ".hxx", ".c", ".cpp", ".pyx", ".pxd", ".pxi", ".lib", ".a", ".pdb", ".cmake", ".f90"}
)
"""For compilers and type checkers."""
_SCIPY = "we use scipy.ndimage and scipy.sparse, and Numba scipy.linalg; none of them loads it"
UNUSED = {
    "onnxruntime/capi/onnxruntime.dll": "the runtime for C programs; the Python module holds a whole one of its own",
    "sympy": "only ONNX Runtime's tools for making models ask for it; the program imports none of them",
    "sympy-*.dist-info": "as sympy",
    "mpmath": "only sympy needs it",
    "mpmath-*.dist-info": "as mpmath",
    "isympy.py": "sympy's own shell",
    "onnxruntime/transformers": "makes models smaller; runs in the export environments",
    "onnxruntime/quantization": "makes models smaller; runs in the export environments",
    "onnxruntime/tools": "converts models; runs in the export environments",
    "onnxruntime/datasets": "three tiny models for its own examples",
    "numba/cuda": "compiles for NVIDIA's cards; ours go through ONNX Runtime",
    "pypdfium2_cli": "a command line of its own",
    "OleFileIO_PL.py": "an old name of olefile",
    "typer/.agents": "for programs that write programs",
    "olefile/olefile2.py": "for Python 2, and no later Python can compile it",
    "apsw/sqlite_extra_binaries": "extensions of SQLite that the index never loads",
    "scipy/cluster": _SCIPY,
    "scipy/constants": _SCIPY,
    "scipy/datasets": _SCIPY,
    "scipy/differentiate": _SCIPY,
    "scipy/fft": _SCIPY,
    "scipy/fftpack": _SCIPY,
    "scipy/integrate": _SCIPY,
    "scipy/interpolate": _SCIPY,
    "scipy/io": _SCIPY,
    "scipy/misc": _SCIPY,
    "scipy/odr": _SCIPY,
    "scipy/optimize": _SCIPY,
    "scipy/signal": _SCIPY,
    "scipy/spatial": _SCIPY,
    "scipy/stats": _SCIPY,
}
"""Below `lib`: what the program never imports, and why it is there at all. A test runs the program without them."""


@dataclass(frozen=True)
class Part:
    """One top folder of `lib`, in bytes, before and after."""

    name: str
    before: int
    after: int


def trim(lib: Path, unused: Iterable[str] = UNUSED) -> tuple[Part, ...]:
    """Remove from `lib` what the program never loads; each part's bytes before and after, the largest first."""
    before = sizes(lib)
    if (lib / "PySide6").is_dir():
        _trim_qt(lib / "PySide6", lib / "shiboken6")
    for name in unused:
        for path in lib.glob(name):
            _remove(path)
    for package in sorted(path for path in lib.iterdir() if path.is_dir() and path.suffix != ".dist-info"):
        for folder in [path for path in package.rglob("*") if path.name in FOLDERS_OF_TESTS and path.is_dir()]:
            _remove(folder)
        for path in _files(package):
            if path.suffix in SOURCES:
                path.unlink()
    _remove_empty(lib)
    after = sizes(lib)
    parts = (Part(name, size, after.get(name, 0)) for name, size in before.items())
    return tuple(sorted(parts, key=lambda part: (-part.before, part.name)))


def sizes(lib: Path) -> dict[str, int]:
    """The bytes of each entry of `lib`."""
    found: dict[str, int] = {}
    for path in _files(lib):
        name = path.relative_to(lib).parts[0]
        found[name] = found.get(name, 0) + path.stat().st_size
    return found


def _trim_qt(qt: Path, shiboken: Path) -> None:
    libraries = {path.name.lower(): path for path in _files(qt) if _is_library(path)}
    roots = [path for path in libraries.values() if _wanted(path.relative_to(qt))]
    kept = set(roots)
    ahead = list(roots) + [path for path in _files(shiboken) if _is_library(path)]
    while ahead:
        for name in needed(ahead.pop()):
            path = libraries.get(name.lower())
            if path is not None and path not in kept:
                kept.add(path)
                ahead.append(path)
    for path in _files(qt):
        if path not in kept and path.relative_to(qt).parts[0] not in QT_STAYS:
            path.unlink()


def _wanted(path: Path) -> bool:
    """Whether a library of PySide6 is one of our modules, or a plugin that Qt looks for by itself."""
    module = path.name.partition(".")[0]
    if len(path.parts) == 1:
        return module in QT_MODULES
    if "plugins" not in path.parts:
        return False
    kind = path.parts[-2]
    return any(word in module.lower() for word in QT_PLUGINS.get(kind, ()))


def _is_library(path: Path) -> bool:
    return path.suffix in LIBRARY or ".so." in path.name


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.rglob("*") if path.is_file()))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def _remove_empty(lib: Path) -> None:
    for folder in sorted((path for path in lib.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
