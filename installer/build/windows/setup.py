"""The installer program: what makensis is given besides `homespun.nsi`, and makensis itself.

The lines about files are made of the stage, those about menus of `installer.shell.windows`, so neither can be forgotten.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.build.msix import IDENTITY
from installer.build.msix import NAME as PACKAGE
from installer.build.windows.stage import PROGRAMS, Stage
from installer.failure import ExitCode, Failure
from installer.shell.windows import entries
from installer.verbs import LANGUAGES

HERE = Path(__file__).parent
SCRIPTS = ("homespun.nsi", "shared.nsh", "strings.nsh")
APP_ID = "Homespun.Homespun"
"""As `desktop/window/platform/chrome.py` tells Windows; a test compares."""
_ROOT = "<ROOT>"
UNSIGNED = {
    "EN": "$\\r$\\n$\\r$\\nThis build is not signed: Windows may warn you before it starts.",
    "DE": "$\\r$\\n$\\r$\\nDiese Ausgabe ist nicht signiert: Windows warnt Sie vielleicht vor dem Start.",
}
COMPRESSION = {
    "lzma": ("SetCompressor /SOLID lzma", "SetCompressorDictSize 64"),
    "zlib": ("SetCompressor zlib",),
}


@dataclass(frozen=True)
class Setup:
    """How the installer is to be made."""

    stage: Stage
    out: Path
    compress: str = "lzma"
    uninstaller_sign: str = ""
    """A command that signs the uninstaller; `%1` is its file."""
    signed: bool = False

    @property
    def name(self) -> str:
        """Of the installer's file. `setup.exe` alone would get makensis' warning, and Windows' help for old installers."""
        return f"Homespun-{self.stage.version}-{self.stage.platform.name.partition('-')[2]}-Setup.exe"


def make_setup(setup: Setup, work: Path) -> Path:
    """Write the generated lines into `work`, run makensis there, and return the installer in `setup.out`. Raises `Failure`."""
    work.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        shutil.copyfile(HERE / name, work / name)
    write = {
        "defines.nsh": defines(setup, work / setup.name),
        "files.nsh": files(setup.stage),
        "menus.nsh": "\n".join(line for language in LANGUAGES for line in menus(language)),
    }
    for name, text in write.items():
        (work / name).write_text(text + "\n", encoding="utf-8")
    finished = subprocess.run(
        [makensis(), "-V2", "-NOCD", "-INPUTCHARSET", "UTF8", SCRIPTS[0]],
        cwd=work,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(setup.stage.time), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if finished.returncode or not (work / setup.name).is_file():
        raise Failure(
            ExitCode.FAILED, "makensis could not make the installer.", "Read its words.", detail=finished.stdout[-4000:]
        )
    setup.out.mkdir(parents=True, exist_ok=True)
    target = setup.out / setup.name
    shutil.move(work / setup.name, target)
    target.chmod(0o644)
    return target


def makensis() -> str:
    """The compiler of installers. Raises `Failure` (12)."""
    found = shutil.which("makensis")
    if found is None:
        raise Failure(
            ExitCode.LIBRARY,
            "This needs makensis, which is not here.",
            "On Debian and Ubuntu: sudo apt-get install nsis",
        )
    return found


def defines(setup: Setup, outfile: Path) -> str:
    """What the script is told by name."""
    stage = setup.stage
    numbers = [*re.findall(r"\d+", stage.version.partition("rc")[0])[:4], "0", "0", "0"][:4]
    told = {
        "VERSION": stage.version,
        "VERSION4": ".".join(numbers),
        "ARCH": stage.platform.name.partition("-")[2],
        "OUTFILE": str(outfile),
        "OUTNAME": setup.name,
        "ICON": str(stage.icons / "homespun.ico"),
        "HEADER": str(stage.icons / "header.bmp"),
        "SIDE": str(stage.icons / "side.bmp"),
        "KILOBYTES": str(stage.size // 1024),
        "APP_ID": APP_ID,
    }
    lines = [*COMPRESSION[setup.compress], *(f'!define {name} "{quoted(value)}"' for name, value in told.items())]
    lines += [f'!define UNSIGNED_{name} "{"" if setup.signed else text}"' for name, text in UNSIGNED.items()]
    if (stage.home / "menu" / PACKAGE).is_file():
        lines.append(f'!define PACKAGE "{PACKAGE}"')
        lines.append(f'!define PACKAGE_NAME "{IDENTITY}"')
    if setup.uninstaller_sign:
        lines.append(f"!define SIGN `{setup.uninstaller_sign}`")
    return "\n".join(lines)


def files(stage: Stage) -> str:
    """The macros `InstallFiles` (the version, into $Into) and `InstallPrograms` (what never moves).

    NSIS takes these names as they are; `stage.check_names` let no odd ones through.
    """
    lines = ["!macro InstallFiles"]
    folder = None
    for path in stage.files():
        inside = path.relative_to(stage.home)
        if inside.parent != folder:
            folder = inside.parent
            below = "" if folder == Path() else "\\" + "\\".join(folder.parts)
            lines.append(f'SetOutPath "$Into{below}"')
        lines.append(f'File "{path}"')
    lines += ["!macroend", "!macro InstallPrograms"]
    lines += [f'!insertmacro Place "{stage.folder / name}" "{name}"' for name in PROGRAMS]
    return "\n".join([*lines, "!macroend"])


def menus(language: str) -> Iterator[str]:
    """The macro that writes the menus in `language`, and first of all what it is going to write."""
    yield f"!macro WriteMenus_{language}"
    found = entries(_ROOT, language)
    for number, one in enumerate(found):
        yield f'WriteRegStr HKCU "${{WRITTEN}}" "{number:04}" "{quoted(f"{one.key}|{one.name}")}"'
    for one in found:
        value = quoted(str(one.value)).replace(_ROOT, "$INSTDIR")
        word = "WriteRegDWORD" if one.kind == "REG_DWORD" else "WriteRegStr"
        yield f'{word} HKCU "{quoted(one.key)}" "{quoted(one.name)}" "{value}"'
    yield "!macroend"


def quoted(text: str) -> str:
    """`text` as it stands between NSIS' quotes."""
    return text.replace("$", "$$").replace('"', '$\\"')
