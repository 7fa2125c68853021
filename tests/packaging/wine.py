"""Windows on Linux, for the tests: wine with a prefix and a screen of its own, the real Python, the registry as a dict.

    def test_…(wine: Wine) -> None:
        ran = wine.run(wine.python("Z:\\…"), "-m", "desktop", "--version")

A prefix (700 MB, 13 s) is made once for a test session; `HOMESPUN_WINE_CACHE` names a folder that keeps one, and what was
downloaded, for the next session. wine 8 proves files, keys, processes and pipes. It has no Explorer menu, no
rights worth trusting, and no packages (MSIX).
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.desktop.xvfb import own_screen, without_screen
from tests.packaging.windows_python import Unavailable, embeddable, matrices, python_with, repairs

LOADERS = ("/usr/lib/wine/wine64", "wine64")
PATIENCE = 180.0
GRACE = 2.0
"""Seconds for the rest of the output of a program that has ended: wine's own services may hold its end of the pipe."""
OVERRIDES = "mscoree,mshtml=;ucrtbase=n,b"
"""No questions about Mono and Gecko; Microsoft's C library in the place of wine's."""


@dataclass(frozen=True)
class Ran:
    """What became of a program: its exit code and what it wrote, both streams together."""

    rc: int
    output: str


@dataclass
class Started:
    """A program that runs."""

    process: subprocess.Popen[bytes]
    _heard: list[bytes] = field(default_factory=list)
    _reader: threading.Thread | None = None

    @classmethod
    def of(cls, command: list[str], environment: Mapping[str, str], cwd: Path | None, stdin: bytes | None) -> Started:
        """Start `command`. Its output goes into a pipe: wine gives a console program no streams that are plain files."""
        process = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=cwd,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if stdin is not None:
            assert process.stdin is not None
            process.stdin.write(stdin)
            process.stdin.close()
        assert process.stdout is not None
        started = cls(process)
        started._reader = threading.Thread(target=started._read, args=(process.stdout,), daemon=True)
        started._reader.start()
        return started

    def _read(self, stream: IO[bytes]) -> None:
        while part := os.read(stream.fileno(), 65_536):
            self._heard.append(part)

    def heard(self) -> str:
        """What it wrote so far."""
        return b"".join(self._heard).decode("utf-8", "replace").replace("\r\n", "\n")

    def wait(self, timeout: float = PATIENCE) -> Ran:
        """Its end. Raises `TimeoutError` with its output when it has not ended after `timeout` seconds, and ends it."""
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise TimeoutError(f"it has not ended after {timeout} s; it wrote: {self.heard()}") from None
        assert self._reader is not None
        self._reader.join(GRACE)
        return Ran(self.process.returncode, self.heard())


@dataclass(frozen=True)
class Wine:
    """One prefix with a screen: `environment` is for its programs, `cache` keeps what was downloaded."""

    loader: str
    prefix: Path
    cache: Path
    environment: Mapping[str, str]

    @property
    def drive(self) -> Path:
        """Drive C:."""
        return self.prefix / "drive_c"

    @property
    def profile(self) -> Path:
        """The person's own folder, %USERPROFILE%."""
        return self.drive / "users" / pwd.getpwuid(os.getuid()).pw_name

    def start(
        self,
        program: str | Path,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: bytes | None = None,
    ) -> Started:
        """Start `program` (a path of either system), with `env` on top of the prefix's environment."""
        command = [self.loader, str(program), *map(str, arguments)]
        return Started.of(command, {**self.environment, **(env or {})}, cwd, stdin)

    def run(
        self,
        program: str | Path,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: bytes | None = None,
        timeout: float = PATIENCE,
    ) -> Ran:
        """Run `program` to its end. Raises `TimeoutError` after `timeout` seconds."""
        return self.start(program, *arguments, env=env, cwd=cwd, stdin=stdin).wait(timeout)

    def path(self, inside: Path) -> str:
        """Windows' name for a file of ours: below C: where it is, else below Z:."""
        whole = Path(os.path.abspath(inside))
        letter, rest = ("C:", whole.relative_to(self.drive)) if whole.is_relative_to(self.drive) else ("Z:", whole)
        return "\\".join([letter, *(part for part in rest.parts if part != "/")])

    def embeddable(self) -> Path:
        """The folder of the embeddable Python, as published: what `build windows --python-runtime` takes."""
        return embeddable(self.cache)

    def python(self, folder: Path, *paths: str) -> Path:
        """`python.exe` of a copy in `folder`, which finds modules in `paths` (see `python_with`)."""
        return python_with(self.cache, folder, *paths)

    def registry(self, key: str) -> dict[str, dict[str, str | int]]:
        r"""All keys at and below `key` (HKCU\Software\…, any case), each with its values; "" is the default value.

        Empty when there is no such key. Key names are as stored, from `HKEY_` on. Binary values keep their text.
        """
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "asked.reg"
            self.run("reg", "export", key, self.path(file), "/y")
            return _read_export(file.read_text(encoding="utf-16")) if file.is_file() else {}

    def set_value(self, key: str, name: str, value: str) -> None:
        """Write a text value; "" is the default one."""
        which = ["/v", name] if name else ["/ve"]
        assert self.run("reg", "add", key, *which, "/t", "REG_SZ", "/d", value, "/f").rc == 0

    def remove_key(self, key: str) -> None:
        """Remove a key and what is below it; no matter if it isn't there."""
        self.run("reg", "delete", key, "/f")

    def end_all(self) -> None:
        """End every program of this prefix."""
        server = Path(self.loader).with_name("wineserver64")
        command = str(server) if server.is_file() else "wineserver"
        subprocess.run([command, "-k"], env=dict(self.environment), check=False, timeout=60)
        subprocess.run([command, "-w"], env=dict(self.environment), check=False, timeout=60)


def wait_for(true: Callable[[], Any], why: str, timeout: float = 60.0) -> Any:
    """What `true` returns, once it is true. Raises `TimeoutError` that says `why`."""
    until = time.monotonic() + timeout
    while not (found := true()):
        if time.monotonic() > until:
            raise TimeoutError(why)
        time.sleep(0.05)
    return found


def loader() -> str:
    """The 64-bit wine. Raises `Unavailable`."""
    for name in LOADERS:
        if found := shutil.which(name):
            return found
    raise Unavailable("no wine (Debian: apt-get install wine64)")


@contextmanager
def own_wine(scratch: Path) -> Iterator[Wine]:
    """A prefix in `scratch` with a screen of its own; all its programs are ended afterwards. Raises `Unavailable`."""
    program = loader()
    for name, package in (("Xvfb", "xvfb"), ("openbox", "openbox"), ("xprop", "x11-utils")):
        if shutil.which(name) is None:
            raise Unavailable(f"no {name} (Debian: apt-get install {package})")
    kept = os.environ.get("HOMESPUN_WINE_CACHE")
    cache = Path(kept) if kept else scratch / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    with own_screen("1280x900x24", _environment(scratch / "prefix")) as environment:
        wine = Wine(program, scratch / "prefix", cache, {**environment, **matrices(cache)})
        pristine = cache / "prefix"
        if not pristine.is_dir():
            _make_prefix(Wine(program, cache / f"prefix.{os.getpid()}", cache, environment), pristine)
        _copy_prefix(pristine, wine.prefix)
        try:
            yield wine
        finally:
            wine.end_all()


def _environment(prefix: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in without_screen().items() if not name.startswith(("HOMESPUN_", "PYTHON", "WINE"))
    }
    return {
        **kept,
        "WINEPREFIX": str(prefix),
        "LC_ALL": "C.UTF-8",  # else names beyond ASCII are no names
        "WINEARCH": "win64",
        "WINEDLLOVERRIDES": OVERRIDES,
        "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
    }


def _make_prefix(wine: Wine, pristine: Path) -> None:
    """A new prefix that says it is Windows 10, with the libraries that wine lacks in `system32`."""
    wine = Wine(wine.loader, wine.prefix, wine.cache, {**wine.environment, "WINEPREFIX": str(wine.prefix)})
    for words in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
        wine.run(*words)
    wine.end_all()
    for file in repairs(wine.cache).iterdir():
        target = wine.drive / "windows" / "system32" / file.name
        target.unlink(missing_ok=True)
        shutil.copy(file, target)
    if not (wine.prefix / "user.reg").is_file():
        raise Unavailable("wine makes no prefix here")
    wine.prefix.rename(pristine)


def _copy_prefix(pristine: Path, prefix: Path) -> None:
    """A copy that shares Windows' own files, which nobody writes, with the pristine one where the disk allows it."""
    windows = Path("drive_c") / "windows"

    def copy(source: str, target: str) -> str:
        if Path(source).relative_to(pristine).is_relative_to(windows):
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
            else:
                return target
        return str(shutil.copy2(source, target))

    shutil.copytree(pristine, prefix, symlinks=True, copy_function=copy)


_KEY = re.compile(r"^\[(.+)\]$")
_VALUE = re.compile(r'^(?:@|"((?:[^"\\]|\\.)*)")=(.*)$', re.DOTALL)


def _read_export(text: str) -> dict[str, dict[str, str | int]]:
    found: dict[str, dict[str, str | int]] = {}
    values: dict[str, str | int] = {}
    for line in text.replace("\r\n", "\n").replace("\\\n  ", "").split("\n"):
        if key := _KEY.match(line):
            values = found.setdefault(key[1], {})
        elif value := _VALUE.match(line):
            values[_plain(value[1] or "")] = _told(value[2])
    return found


def _told(data: str) -> str | int:
    if data.startswith('"'):
        return _plain(data[1:-1])
    if data.startswith("dword:"):
        return int(data[6:], 16)
    if data.startswith(("hex(2):", "hex(7):")):
        return bytes.fromhex(data[7:].replace(",", "")).decode("utf-16-le").rstrip("\0")
    return data


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
