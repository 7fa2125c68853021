"""A desktop of its own for one test: a screen, a message bus, an empty home, and a real file manager on it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from installer.shell import Places
from tests.desktop.xvfb import own_screen, without_screen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
RECORDER = Path(__file__).with_name("recorder.py")
T = TypeVar("T")


def need(**packages: str) -> None:
    """Skip the test unless each program is here; its package in Debian is named."""
    missing = sorted({package for program, package in packages.items() if not shutil.which(program)})
    if missing:
        pytest.skip(f"needs Debian's {', '.join(missing)}")


def wait_for(what: str, ask: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """The first answer that is something. Raises `TimeoutError`."""
    until = time.monotonic() + patience
    while True:
        found = ask()
        if found:
            return found
        if time.monotonic() > until:
            raise TimeoutError(f"no {what} within {patience:.0f} s")
        time.sleep(0.1)


@dataclass
class Desk:
    """One desktop; `environment` is that of programs on it, `home` the person's folder."""

    environment: dict[str, str]
    home: Path
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def asked(self) -> Path:
        """Where the recorder writes what it was started with."""
        return self.home / "asked.json"

    @property
    def recorder(self) -> tuple[str, ...]:
        """A command that stands for the program and writes down its words."""
        return (sys.executable, str(RECORDER), str(self.asked))

    def start(self, *words: str, folder: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; it ends with the desk."""
        with (self.home / f"{Path(words[0]).name}.log").open("ab") as log:
            process = subprocess.Popen(
                words,
                env=self.environment,
                cwd=folder or self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.programs.append(process)
        return process

    def xdotool(self, *words: str, patience: float = PATIENCE) -> str:
        """What xdotool says; "" when it fails."""
        ended = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=patience, check=False
        )
        return ended.stdout if ended.returncode == 0 else ""

    def windows(self, title: str) -> list[str]:
        """The visible windows with `title` (a regular expression) in their names."""
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def shown(self) -> set[str]:
        """All windows that are visible: menus too, which have no names."""
        return set(self.xdotool("search", "--onlyvisible", "--name", "").split())

    def window(self, title: str) -> str:
        """The first window with `title`, once it is there and has the keyboard."""
        found = wait_for(f"window {title}", lambda: self.windows(title))[-1]
        self.xdotool("windowactivate", "--sync", found)
        return found

    def kind_of(self, window: str) -> str:
        """Whose window it is, as a desktop groups windows: the second word of its WM_CLASS."""
        words = ["xprop", "-id", window, "WM_CLASS"]
        said = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=True)
        return said.stdout.rpartition(", ")[2].strip().strip('"')

    def keys(self, *names: str) -> None:
        """Press keys one after another, slowly enough for a menu to follow."""
        for name in names:
            self.xdotool("key", "--delay", "60", name)

    def menu(self, *names: str, patience: float = PATIENCE) -> None:
        """Press keys, and wait until something new is on the screen: a menu, or a menu's menu. Raises `TimeoutError`."""
        before = self.shown()
        self.keys(*names)
        wait_for("menu", lambda: self.shown() - before, patience)
        self.settle()  # it takes keys once it is drawn

    def settle(self) -> None:
        """Wait until nothing has moved on the screen for a second: what was opened is drawn, what was read is shown."""
        last, since = b"", time.monotonic()
        until = since + PATIENCE
        while time.monotonic() < until:
            now = self._pixels()
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > 1.0:
                return
            time.sleep(0.1)
        raise TimeoutError("the screen does not come to rest")

    def _pixels(self) -> bytes:
        words = ["import", "-window", "root", "-depth", "8", "rgb:-"]
        ended = subprocess.run(words, env=self.environment, capture_output=True, check=True, timeout=PATIENCE)
        return hashlib.sha256(ended.stdout).digest()

    def photograph(self, path: Path) -> None:
        """The whole screen as a PNG."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True, timeout=PATIENCE)

    def words_asked(self, patience: float = PATIENCE) -> list[str]:
        """The words that the recorder was started with."""
        wait_for("start of the command", self.asked.is_file, patience)
        told: list[str] = json.loads(self.asked.read_text(encoding="utf-8"))
        return told

    def close(self) -> None:
        """End what was started here, and what that started."""
        for process in reversed(self.programs):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
        for process in self.programs:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, 9)
                process.wait()


@contextmanager
def desk(home: Path, *, size: str = "1200x900x24", language: str = "C.UTF-8") -> Iterator[Desk]:
    """A desktop whose home is the new folder `home`; skipped where its programs are missing."""
    need(Xvfb="xvfb", openbox="openbox", xdotool="xdotool", xprop="x11-utils")
    need(**{"dbus-daemon": "dbus", "import": "imagemagick"})
    for folder in (home, home / "run"):
        folder.mkdir(mode=0o700)
    for toolkit, line in (("gtk-3.0", "gtk-menu-images=1"), ("gtk-4.0", "gtk-enable-animations=0")):
        theme = home / ".config" / toolkit  # icons in menus, as Xfce has them
        theme.mkdir(parents=True)
        (theme / "settings.ini").write_text(f"[Settings]\n{line}\n", encoding="utf-8")
    environment = {
        **without_screen(),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "LANG": language,
        "LC_ALL": language,
        "QT_QPA_PLATFORM": "xcb",
        "HOMESPUN_HOME": str(home / "homespun"),
        "PYTHONPATH": str(ROOT),
        "NO_AT_BRIDGE": "1",
        "GTK_USE_PORTAL": "0",
        "GIO_USE_VFS": "local",
        "GSETTINGS_BACKEND": "memory",
        # Drawn without a graphics card, the wheel that turns while Nautilus loads would leave it no time to load.
        "GSK_RENDERER": "cairo",
    }
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LANGUAGE"):
        environment.pop(name, None)
    with own_screen(size, environment) as on_screen, _bus(on_screen) as with_bus:
        found = Desk(with_bus, home)
        try:
            yield found
        finally:
            found.close()


_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={home}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
SERVICES = ("org.xfce.Xfconf.service",)
"""All that a file manager here can't do without. Others would index the disk, mount and ask for passwords meanwhile."""


@contextmanager
def _bus(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    run = Path(environment["XDG_RUNTIME_DIR"])
    (run / "services").mkdir()
    for name in SERVICES:
        if (file := Path("/usr/share/dbus-1/services") / name).is_file():
            shutil.copy(file, run / "services")
    (run / "bus.conf").write_text(_BUS.format(home=run, services=run / "services"), encoding="utf-8")
    reader, writer = os.pipe()
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={run / 'bus.conf'}", "--nofork", "--nopidfile", f"--print-address={writer}"],
        pass_fds=[writer],
        env=environment,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            yield {**environment, "DBUS_SESSION_BUS_ADDRESS": told.readline().strip()}
    finally:
        with suppress(ProcessLookupError):
            os.killpg(bus.pid, 15)  # and the services that it started
        bus.wait()


def places_of(desk: Desk) -> Places:
    """The person's places on `desk`, with the programs and libraries of this computer."""
    here, home = Places.here(), desk.home
    return replace(
        here,
        home=home,
        config_home=home / ".config",
        data_home=home / ".local" / "share",
        record=home / "record.json",
        language="en",
    )


HOSTILE = "b $(touch pwned) `id` \"q\" 's' %f %F ; & ü\nnew -- line.png"
"""A name of a picture with all that a shell, a key file, a list of codes or a reader of lines would take for its own."""


def pictures(folder: Path, names: Sequence[str]) -> list[Path]:
    """Small real pictures with these names, in a new folder."""
    from PIL import Image

    folder.mkdir()
    found = [folder / name for name in names]
    for place, path in enumerate(found):
        Image.new("RGB", (64, 48), (40 * place % 256, 90, 160)).save(path, format="PNG")
    return found
