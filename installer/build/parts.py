"""Libraries that wheels carry within: whose they are, and under which licence.

A wheel's own licence covers what its makers wrote. What they linked or put beside it is found here by the names of files
(`PARTS`), or, where it is linked in and has no file, told by hand (`LINKED_IN`). The licences were read in the notices that
the wheels bring.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from installer.build.binaries import PE, NoBinary
from installer.build.packages import Package

GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
MICROSOFT = "LicenseRef-Microsoft-Redistributable"
OWN_MODULE = re.compile(r"\.(pyd|(cpython-|abi3).*\.so|so)$")
"""A library that Python imports. It is the package's own, unless a pattern of `PARTS` knows better."""
LIBRARY = re.compile(r"\.(dll|pyd|dylib|so)$|\.so\.\d", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A library inside wheels: how its files are called, and what it is."""

    files: re.Pattern[str]
    """Matched against the path below the folder of packages."""
    name: str
    licence: str
    source: str = ""
    """Where its source is told of."""


def _part(files: str, name: str, licence: str, source: str = "") -> Part:
    return Part(re.compile(files, re.IGNORECASE), name, licence, source)


QT = "Qt"
PARTS = (
    _part(r"^PySide6/(.*/)?(lib)?icu(data|i18n|uc|dt|in)", "ICU", "Unicode-3.0", "icu.unicode.org"),
    _part(r"^PySide6/opengl32sw\.dll", "Mesa (llvmpipe)", "MIT", "mesa3d.org"),
    _part(r"^PySide6/(.*/)?d3dcompiler_\d+\.dll", "Direct3D shader compiler", MICROSOFT),
    _part(r"(^|/)(vc(runtime|amp|omp|corlib)\d|msvcp\d|concrt\d)", "Visual C++ run-time library", MICROSOFT),
    _part(r"(^|/)(api-ms-win|ucrtbase)", "Universal C run-time library", MICROSOFT),
    _part(r"^PySide6/((Qt/)?lib/)?(lib)?Qt6|^PySide6/(Qt/)?(plugins|qml)/", QT, "LGPL-3.0-only", "qt.io"),
    _part(r"^(PySide6|shiboken6)/(lib)?(pyside6(qml)?|shiboken6)\.", "PySide and Shiboken", "LGPL-3.0-only", "qt.io"),
    _part(r"(^|/)lib(scipy_)?openblas", "OpenBLAS", "BSD-3-Clause AND BSD-3-Clause-Open-MPI", "openblas.net"),
    _part(r"(^|/)libgfortran", "GCC's Fortran run-time library", GCC, "gcc.gnu.org"),
    _part(r"(^|/)lib(gomp|gcc_s|stdc\+\+)", "GCC's run-time library", GCC, "gcc.gnu.org"),
    _part(r"(^|/)libquadmath", "libquadmath", "LGPL-2.1-or-later", "gcc.gnu.org"),
    _part(r"(^|/)lib(lib)?llvmlite|^llvmlite/.*llvmlite\.", "LLVM", "Apache-2.0 WITH LLVM-exception", "llvm.org"),
    _part(r"^pypdfium2_raw/(lib)?pdfium\.", "PDFium", "BSD-3-Clause AND Apache-2.0", "pdfium.googlesource.com"),
    _part(r"^onnxruntime/capi/DirectML\.dll", "DirectML", MICROSOFT),
    _part(r"^onnxruntime/capi/(lib)?onnxruntime", "ONNX Runtime", "MIT", "onnxruntime.ai"),
    _part(r"^apsw/sqlite_extra_binaries/", "SQLite's extra extensions", "blessing", "sqlite.org"),
    _part(r"^pillow\.libs/libXau", "libXau", "MIT", "x.org"),
    _part(r"^pillow\.libs/libavif", "libavif", "BSD-2-Clause", "github.com/AOMediaCodec/libavif"),
    _part(r"^pillow\.libs/libbrotli", "Brotli", "MIT", "github.com/google/brotli"),
    _part(r"^pillow\.libs/libfreetype", "FreeType", "FTL", "freetype.org"),
    _part(r"^pillow\.libs/libharfbuzz", "HarfBuzz", "MIT", "harfbuzz.github.io"),
    _part(r"^pillow\.libs/libjpeg", "libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", "libjpeg-turbo.org"),
    _part(r"^pillow\.libs/liblcms2", "Little CMS", "MIT", "littlecms.com"),
    _part(r"^pillow\.libs/liblzma", "XZ Utils (liblzma)", "0BSD", "tukaani.org/xz"),
    _part(r"^pillow\.libs/libopenjp2", "OpenJPEG", "BSD-2-Clause", "openjpeg.org"),
    _part(r"^pillow\.libs/libpng", "libpng", "libpng-2.0", "libpng.org"),
    _part(r"^pillow\.libs/lib(webp|sharpyuv)", "libwebp", "BSD-3-Clause", "webmproject.org"),
    _part(r"^pillow\.libs/libtiff", "libtiff", "libtiff", "libtiff.gitlab.io/libtiff"),
    _part(r"^pillow\.libs/libxcb", "libxcb", "X11", "xcb.freedesktop.org"),
    _part(r"^pillow\.libs/libzstd", "Zstandard", "BSD-3-Clause", "github.com/facebook/zstd"),
    _part(r"^pillow\.libs/lib(z|z-ng)[-.]", "zlib", "Zlib", "zlib.net"),
)
"""The first that matches counts."""
LINKED_IN = {
    "apsw": (("SQLite", "blessing"),),
    "cffi": (("libffi", "MIT"),),
    "lxml": (("libxml2", "MIT"), ("libxslt", "MIT"), ("libiconv", "LGPL-2.1-or-later"), ("zlib", "Zlib")),
    "onnxruntime": (
        ("Abseil", "Apache-2.0"),
        ("Eigen", "MPL-2.0"),
        ("FlatBuffers", "Apache-2.0"),
        ("JSON for Modern C++", "MIT"),
        ("Protocol Buffers", "BSD-3-Clause"),
        ("RE2", "BSD-3-Clause"),
    ),
    "pynacl": (("libsodium", "ISC"),),
    "pyyaml": (("LibYAML", "MIT"),),
    "selectolax": (("Lexbor", "Apache-2.0"),),
}
LINKED_IN["onnxruntime-directml"] = LINKED_IN["onnxruntime"]
"""Package → what is linked into its own modules, where the package brings no SBOM that says so."""
NOT_INSIDE = {"libimagequant": b"liq_attr_create"}
"""What a wheel's own SBOM names as possible, GPL, and bytes that would be in the wheel's libraries if it were true."""


@dataclass(frozen=True)
class Inside:
    """A library found inside a package."""

    name: str
    version: str
    """Empty where it can't be read."""
    licence: str
    source: str
    package: str
    files: tuple[str, ...]
    """Relative to the folder of packages; empty for what is linked in."""


def inside(lib: Path, packages: Iterable[Package]) -> tuple[tuple[Inside, ...], tuple[str, ...]]:
    """The libraries inside the packages of `lib`, and the files of libraries that nobody knows.

    Every file that is a library is in one of three places: a part's files, a package's own modules, or the second answer.
    """
    found: list[Inside] = []
    unknown: list[str] = []
    for package in packages:
        parts: dict[Part, list[str]] = {}
        for name in libraries(lib, package):
            part = next((one for one in PARTS if one.files.search(name)), None)
            if part is not None:
                parts.setdefault(part, []).append(name)
            elif not OWN_MODULE.search(name):
                unknown.append(name)
        for part, files in parts.items():
            version = _version(lib, package, part, files)
            found.append(Inside(part.name, version, part.licence, part.source, package.name, tuple(files)))
        for name, licence in LINKED_IN.get(package.name, ()):
            version = package.version.rpartition(".")[0] if (package.name, name) == ("apsw", "SQLite") else ""
            found.append(Inside(name, version, licence, "", package.name, ()))
    return tuple(found), tuple(unknown)


def libraries(lib: Path, package: Package) -> tuple[str, ...]:
    """The files of `package` in `lib` that are native code."""
    return tuple(name for name in package.files if LIBRARY.search(name) and (lib / name).is_file())


def own_modules(lib: Path, package: Package) -> tuple[str, ...]:
    """Those of `libraries` that are the package's own."""
    return tuple(
        name
        for name in libraries(lib, package)
        if OWN_MODULE.search(name) and not any(one.files.search(name) for one in PARTS)
    )


def holds(lib: Path, package: Package, marker: bytes) -> bool:
    """Whether one of the libraries of `package` holds the bytes `marker`."""
    return any(marker in (lib / name).read_bytes() for name in libraries(lib, package))


def _version(lib: Path, package: Package, part: Part, files: list[str]) -> str:
    if part.name in (QT, "ONNX Runtime", "PySide and Shiboken"):
        return package.version
    if part.name == "PDFium":
        return _pdfium(lib / "pypdfium2_raw" / "version.json")
    for name in files:
        if name.lower().endswith(".dll"):
            try:
                version = PE((lib / name).read_bytes()).version
            except NoBinary:
                continue
            if version is not None and any(version):
                return ".".join(str(number) for number in version)
    return ""


def _pdfium(path: Path) -> str:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return ".".join(str(told[key]) for key in ("major", "minor", "build", "patch"))
    except (OSError, ValueError, KeyError):
        return ""
