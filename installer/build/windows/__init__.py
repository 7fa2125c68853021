"""`python -m installer build windows`: the installer and the portable archive for Windows, made on Linux."""

from __future__ import annotations

import argparse
import hashlib
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from installer.build import release
from installer.build.msix import subject_of
from installer.build.windows.portable import make_portable
from installer.build.windows.runtime import read_runtime
from installer.build.windows.setup import COMPRESSION, Setup, make_setup, makensis
from installer.build.windows.signing import NotSigned, Signing
from installer.build.windows.stage import SBOM, Ingredients, Stage, make_stage
from installer.failure import ExitCode, Failure

if TYPE_CHECKING:
    from installer.environment import Builder

__all__ = ["arguments", "build"]


def build(builder: Builder, words: Sequence[str]) -> int:
    """`build windows …`: the exit code. Raises `Failure`."""
    from installer.build.windows_native import compile_native
    from installer.environment import TEST, pip_for, scripts_of
    from installer.uv import find_uv

    options = arguments().parse_args(words)
    runtime = read_runtime(options.python_runtime, options.arch)
    makensis()
    update = release.update_note(options)
    signing = (
        Signing(str(options.sign.resolve()), _text(options.sign_password), options.timestamp) if options.sign else None
    )
    python = builder.ensure(TEST)  # with uv, which judges the lock
    environment = python.parent.parent
    builder.steps.title(f"Building for Windows {options.arch}")
    builder.steps.done("Python", f"{'.'.join(map(str, runtime.version))}, {runtime.arch}")
    with tempfile.TemporaryDirectory(prefix="homespun-build-") as work:
        of = Ingredients(
            root=builder.root,
            arch=options.arch,
            runtime=runtime,
            python=python,
            uv=find_uv(scripts_of(environment)),
            pip=pip_for(environment, builder.wheelhouse),
            compile_native=compile_native,
            bytecode=_bytecode(options.bytecode, runtime.short),
            update=update,
            key=options.key,
            sign=None if signing is None else lambda paths: _sign(signing, paths),
            publisher="" if signing is None else subject_of(Path(signing.pfx), _password(options.sign_password)),
        )
        stage = make_stage(of, Path(work), builder.steps.done)
        made = deliver(stage, options.out, options.compress, signing, Path(work) / "nsis")
    if options.parts:
        print(parts_table(stage))
    for path in made:
        builder.steps.done("Made", f"{path}, {path.stat().st_size / 1e6:.1f} MB")
    if signing is None:
        builder.steps.done("Signature", "none: Windows will warn whoever starts the installer (docs/windows.md)")
    return int(ExitCode.OK)


def deliver(stage: Stage, out: Path, compress: str, signing: Signing | None, work: Path) -> list[Path]:
    """Everything that people download, in `out`: installer, portable archive, SBOM and the hashes of all. Raises `Failure`."""
    work.mkdir(parents=True, exist_ok=True)
    try:
        command = signing.uninstaller_command(work) if signing else ""
        setup = make_setup(Setup(stage, out, compress, command, signing is not None), work)
        if signing is not None:
            signing.sign(setup)
    except NotSigned as why:
        raise _not_signed(why) from why
    portable = make_portable(stage, out)
    listed = out / f"{portable.stem}.cdx.json"
    shutil.copyfile(stage.home / SBOM, listed)
    sums = out / f"{portable.stem}.sha256"
    made = [setup, portable, listed]
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made)
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    return [*made, sums]


def parts_table(stage: Stage) -> str:
    """The megabytes of each package, before and after trimming, those above half a megabyte."""
    lines = [f"{'':<28} {'MB':>8} {'kept':>8}"]
    shown = [part for part in stage.parts if part.before > 500_000]
    rest = [part for part in stage.parts if part.before <= 500_000]
    rows = [(part.name, part.before, part.after) for part in shown]
    rows.append((f"{len(rest)} smaller ones", sum(part.before for part in rest), sum(part.after for part in rest)))
    rows.append(("all", sum(part.before for part in stage.parts), sum(part.after for part in stage.parts)))
    return "\n".join(
        [*lines, *(f"{name:<28} {before / 1e6:>8.1f} {after / 1e6:>8.1f}" for name, before, after in rows)]
    )


def _bytecode(command: str, python: str) -> tuple[str, ...]:
    """The command that compiles: what was asked for, else a Python of that version on the PATH, else none."""
    if command:
        return tuple(shlex.split(command))
    found = shutil.which(f"python{python}")
    return (found,) if found and _is_python(found, python) else ()


def _is_python(program: str, python: str) -> bool:
    """Whether `program` starts a Python of version `python`: what a PATH names may be a stand-in that starts nothing."""
    ask = "import sys; print('{}.{}'.format(*sys.version_info))"
    said = subprocess.run([program, "-I", "-c", ask], capture_output=True, text=True, check=False)
    return said.returncode == 0 and said.stdout.strip() == python


def _sign(signing: Signing, paths: Sequence[Path]) -> None:
    try:
        for path in paths:
            signing.sign(path)
    except NotSigned as why:
        raise _not_signed(why) from why


def _not_signed(why: NotSigned) -> Failure:
    return Failure(
        ExitCode.FAILED,
        "Signing failed.",
        "Look at the words of osslsigncode, the certificate and its password.",
        detail=str(why),
    )


def _text(path: Path | None) -> str:
    return "" if path is None else str(path.resolve())


def _password(path: Path | None) -> str:
    return "" if path is None else path.read_text(encoding="utf-8").strip()


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m installer build windows",
        description="Make the installer and the portable archive for Windows: see docs/windows.md.",
        allow_abbrev=False,
    )
    parser.add_argument("--arch", choices=("x64", "arm64"), required=True, help="the processor")
    parser.add_argument(
        "--python-runtime",
        type=Path,
        required=True,
        metavar="PATH",
        help="an unpacked Python for Windows on that processor",
    )
    parser.add_argument("--out", type=Path, default=Path("dist"), metavar="DIR", help="default: dist")
    parser.add_argument("--compress", choices=tuple(COMPRESSION), default="lzma", help="zlib is quicker, and larger")
    parser.add_argument(
        "--bytecode", default="", metavar="COMMAND", help="starts a Python of the runtime's version here, for compiling"
    )
    parser.add_argument("--parts", action="store_true", help="print the megabytes of each package")
    parser.add_argument("--key", type=Path, metavar="PEM", help="the private Ed25519 key that signs the list of files")
    group = parser.add_argument_group("signing", "with osslsigncode; without these nothing is signed")
    group.add_argument("--sign", type=Path, metavar="PFX", help="the certificate with its key")
    group.add_argument("--sign-password", type=Path, metavar="FILE", help="a file with its password")
    group.add_argument("--timestamp", default="", metavar="URL", help="a server for time stamps (RFC 3161)")
    release.add_update_options(parser)
    return parser
