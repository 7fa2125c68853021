"""The native programs for Windows, compiled here: the two launchers and the library for the first menu of Windows 11.

mingw-w64 compiles for x64 (Debian's `gcc-mingw-w64-x86-64` and `g++-mingw-w64-x86-64`), zig for Arm64, where Debian has no
compiler (the PyPI package `ziglang`). The same sources give the same bytes each time.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from installer.failure import ExitCode, Failure
from installer.verbs import PICTURE_TYPES, PROGRAM, VERBS, On

SOURCES = Path(__file__).resolve().parents[1] / "native"
MENU_CLASS = UUID("8c1c0a43-abdb-45c4-8132-c283bd6b67aa")
"""The class of the menu's library: the package's manifest names it, and it never changes."""
ICONS = {"erase": 2, "enlarge": 3, "search": 4}
"""The numbers of the verbs' icons in both launchers (app.rc). Number 1 is the program's own."""
ZIG = "ziglang==0.17.1"
"""The PyPI package that compiles for Arm64."""

SHARED = ("flat.c", "pointer.c", "names.c", "layout.c", "start.c", "tell.c")
LAUNCH = ("launch.c", "gather.c", "handover.c", "home.c", "pipe.c", "hash.c", "challenge.c", "request.c", *SHARED)
CONSOLE = ("console.c", *SHARED)
MENU = ("menu.cpp", "choice.cpp", "names.c")
LIBRARIES = ("bcrypt", "shell32", "ole32", "uuid", "advapi32", "user32")
COMMON = ("-O2", "-Wall", "-Wextra", "-Werror", "-fno-strict-aliasing", "-ffunction-sections")
C = ("-std=c11", *COMMON)
CPLUS = ("-std=c++17", "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", *COMMON)


@dataclass(frozen=True)
class Compiler:
    """The programs for one processor: C, C++ and resources (input, output, and the folder where includes are)."""

    c: tuple[str, ...]
    cplus: tuple[str, ...]
    resources: str
    link: tuple[str, ...]

    def compile_resources(self, source: Path, target: Path, work: Path) -> None:
        """Make what the linker takes of a `.rc` file. Raises `Failure`."""
        if self.resources == "zig":
            include = f"/i{work}"
            _run([*_zig(), "rc", include, "/:target", "aarch64", "/fo", str(target), str(source)], work)
        else:
            _run([self.resources, "--codepage=65001", "-O", "coff", "-I", str(work), str(source), str(target)], work)


def compile_native(
    out: Path, arch: str, version: str, icons: Path, *, publisher: str = "", also: Sequence[str] = ()
) -> dict[str, Path]:
    """`homespun-launch.exe`, `homespun.exe` and `homespunmenu-<version>.dll` in `out`: their names → the files.

    `arch` is x64 or arm64; `icons` the folder that `python -m desktop.window.art` filled. With a `publisher`, the subject of
    the certificate that will sign it, there is `Homespun.msix` too. `also` are further words for the compiler (tests compile
    other limits in). Raises `Failure` (12 without a compiler).
    """
    compiler = compiler_for(arch)
    out.mkdir(parents=True, exist_ok=True)
    programs = (
        ("homespun-launch.exe", LAUNCH, ("-municode", "-mwindows", "-Wl,--subsystem,windows"), "Homespun"),
        ("homespun.exe", CONSOLE, ("-municode", "-mconsole"), "Homespun's command line"),
        (f"homespunmenu-{version}.dll", MENU, ("-shared",), "Homespun in the menu of Explorer"),
    )
    made = {}
    with tempfile.TemporaryDirectory(prefix="native-") as folder:
        work = Path(folder)
        _place(work, icons)
        (work / "verbs.h").write_text(verbs_header(), encoding="ascii")
        for name, sources, mode, about in programs:
            (work / "build.h").write_text(_build_header(name, about, version), encoding="ascii")
            resources = work / ("app.res" if compiler.resources == "zig" else "app.o")
            compiler.compile_resources(work / "app.rc", resources, work)
            _compile(compiler, work, sources, [*mode, *also], [str(resources)], work / name)
            made[name] = out / name
            shutil.copyfile(work / name, made[name])
    if publisher:
        from installer.build.msix import write_package

        package = write_package(out, arch, version, publisher, icons)
        made[package.name] = package
    return made


def compiler_for(arch: str) -> Compiler:
    """The compiler for x64 or arm64. Raises `Failure` (12) when it is not here, with what to install."""
    if arch == "arm64":
        zig = _zig()
        target = ("-target", "aarch64-windows-gnu", "-fno-sanitize=all")
        return Compiler((*zig, "cc", *target), (*zig, "c++", *target), "zig", ("-s",))
    prefix = "x86_64-w64-mingw32-"
    for name, package in (("gcc", "gcc-mingw-w64-x86-64"), ("g++", "g++-mingw-w64-x86-64")):
        if shutil.which(prefix + name) is None:
            raise Failure(
                ExitCode.LIBRARY,
                "There is no compiler for Windows here.",
                f"Install it: sudo apt-get install {package}",
            )
    guards = ("--no-insert-timestamp", "--dynamicbase", "--nxcompat", "--high-entropy-va", "--gc-sections")
    link = ("-s", "-static", "-static-libgcc", *(f"-Wl,{word}" for word in guards))
    windows10 = "-D_WIN32_WINNT=0x0A00"
    return Compiler((f"{prefix}gcc", windows10), (f"{prefix}g++", windows10), f"{prefix}windres", link)


def verbs_header() -> str:
    """`verbs.h`: what `installer.verbs` says, for the library of the menu."""
    numbers = MENU_CLASS.fields
    rest = ", ".join(f"0x{byte:02x}" for byte in MENU_CLASS.bytes[8:])
    entries = "\n".join(
        f"    {{On::{one.on.value}, {_wide(one.request)}, {ICONS[one.icon]}, {str(one.several).lower()},\n"
        f"     {_wide(one.words['en'])}, {_wide(one.words['de'])},\n"
        f"     {_wide(one.about['en'])}, {_wide(one.about['de'])}}},"
        for one in VERBS
    )
    return f"""\
// Made from installer/verbs.py.
enum class On {{ {", ".join(one.value for one in On)} }};

struct Entry {{
    On on;
    const WCHAR *request;
    int icon;
    bool several;
    const WCHAR *english, *german, *about_english, *about_german;
}};

static const GUID MENU_CLASS = {{0x{numbers[0]:08x}, 0x{numbers[1]:04x}, 0x{numbers[2]:04x}, {{{rest}}}}};
static const WCHAR PROGRAM[] = {_wide(PROGRAM)};
static const int PROGRAM_ICON = 1;
static const Entry ENTRIES[] = {{
{entries}
}};
static const size_t ENTRY_COUNT = {len(VERBS)};
static const WCHAR *const PICTURE_TYPES[] = {{{", ".join(map(_wide, PICTURE_TYPES))}}};
"""


def _wide(text: str) -> str:
    r"""A wide literal of C++; what is beyond ASCII as \uXXXX."""
    plain = "".join(
        f"\\{sign}" if sign in '"\\' else sign if " " <= sign <= "~" else f"\\u{ord(sign):04x}" for sign in text
    )
    return f'L"{plain}"'


def _place(work: Path, icons: Path) -> None:
    """The sources and icons in one folder: compilers write the names that they were given into what they make."""
    for path in sorted(SOURCES.iterdir()):
        if path.suffix in (".c", ".h", ".cpp", ".rc", ".def", ".manifest"):
            shutil.copyfile(path, work / path.name)
    program = icons / "homespun.ico"
    if not program.is_file():
        raise Failure(
            ExitCode.FAILED, f"There is no {program}.", f"Make the icons: python -m desktop.window.art {icons}"
        )
    shutil.copyfile(program, work / program.name)
    for icon in ICONS:
        shutil.copyfile(icons / "verbs" / f"homespun-{icon}.ico", work / f"homespun-{icon}.ico")


def _build_header(name: str, about: str, version: str) -> str:
    plain = re.match(r"[\d.]+", version)
    numbers = ([int(part) for part in plain[0].split(".")] if plain else []) + [0, 0, 0, 0]
    library = name.endswith(".dll")
    lines = [
        f'#define BUILD_NAME "{name}"',
        f'#define BUILD_DESCRIPTION "{about}"',
        f'#define BUILD_VERSION "{version}"',
        f"#define BUILD_NUMBERS {','.join(map(str, numbers[:4]))}",
        f"#define BUILD_TYPE {'VFT_DLL' if library else 'VFT_APP'}",
    ]
    if not library:
        lines += ["#define BUILD_MANIFEST", "#define BUILD_VERB_ICONS"]
    return "\n".join(lines) + "\n"


def _compile(
    compiler: Compiler, work: Path, sources: Sequence[str], mode: Sequence[str], objects: Sequence[str], target: Path
) -> None:
    """Compile each source, then link all. Names are relative to `work`, which is another folder every time."""
    made = []
    plain = [word for word in mode if word.startswith(("-D", "-municode"))]
    for source in sources:
        made.append(f"{Path(source).stem}.obj")
        command = [*compiler.cplus, *CPLUS] if source.endswith(".cpp") else [*compiler.c, *C]
        _run([*command, *plain, "-c", source, "-o", made[-1]], work)
    exports = ["menu.def"] if "-shared" in mode else []
    linking = [word for word in mode if not word.startswith("-D")]
    libraries = [f"-l{name}" for name in LIBRARIES]
    link = [*compiler.c, *linking, *compiler.link, "-o", target.name, *made, *map(os.path.basename, objects)]
    _run([*link, *exports, *libraries], work)


def _zig() -> tuple[str, ...]:
    """The command of zig. Raises `Failure`."""
    if importlib.util.find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang")
    if (found := shutil.which("zig")) is not None:
        return (found,)
    raise Failure(
        ExitCode.LIBRARY,
        "There is no compiler for Windows on Arm here.",
        f"Install it beside the Python that builds: {sys.executable} -m pip install {ZIG}",
    )


def _run(command: Sequence[str], work: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "SOURCE_DATE_EPOCH": "0", "ZIG_LOCAL_CACHE_DIR": str(work / "zig")}
    done = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        raise Failure(
            ExitCode.FAILED,
            f"{Path(command[0]).name} could not compile a part for Windows.",
            "Its last words are below.",
            detail=(done.stdout + done.stderr)[-4000:],
        )
