"""Updates where they are made for: Windows' real Python under wine, the real launchers, and a server on loopback.

The versions hold the whole command line of this checkout, but no models and nothing of Qt. Their app is that of the
launchers' tests (`native/server.py`): it stands where the app stands, and writes down what comes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from installer import filelist, locks
from installer.build import tree
from installer.failure import Failure
from installer.pip import Pip
from tests.desktop.updates.world import RELEASE, SUCCESSOR, archive_of, sha256, signed
from tests.desktop.updates.world import World as Announced
from tests.models import conftest as servers
from tests.packaging.launching import HERE, LIMITS, Program, compiled
from tests.packaging.test_launcher import message
from tests.packaging.windows_python import Unavailable, _pip
from tests.packaging.wine import Wine, wait_for

pytestmark = pytest.mark.packaging
server = servers.server

OLD, NEW, BAD = "1.0.0", "1.1.0", "1.2.0"
PLATFORM = "windows-x64"
NOTE = {
    "address": "https://example.com/",
    "channel": "stable",
    "keys": [bytes(key.verify_key).hex() for key in (RELEASE, SUCCESSOR)],
}
NEEDED = (
    "annotated-doc anyio apsw certifi cffi click colorama h11 httpcore httpx idna markdown-it-py mdurl platformdirs pycparser "
    "pygments pynacl rich shellingham tomlkit typer typing-extensions"
)  # fmt: skip
MAIN = """
import json, os, runpy, sys

if sys.argv[1:2] == ["app"]:
    if {bad}:
        sys.exit(3)
    from desktop.state.starts import confirm_start, taken_back

    with open(os.environ["HOMESPUN_TEST_LOG"], "a", encoding="utf-8") as log:
        log.write(json.dumps({{"event": "version", "is": "{version}", "words": taken_back()}}) + "\\n")
    confirm_start()
    runpy.run_path({server!r}, run_name="__main__")
else:
    from desktop.cli import leave

    leave()
"""


@dataclass(frozen=True)
class Shop:
    """The native programs, and each version as a folder."""

    native: dict[str, Path]
    versions: dict[str, Path]


@pytest.fixture(scope="module")
def shop(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """What all tests install."""
    folder = tmp_path_factory.mktemp("updates")
    try:
        native = compiled(folder / "native", *LIMITS)
        wheels = wheels_of(wine.cache / "update-wheels", folder)
    except Unavailable as why:
        pytest.skip(str(why))
    return Shop(native, {one: version_of(wine, folder / one, one, wheels) for one in (OLD, NEW, BAD)})


def wheels_of(cache: Path, scratch: Path) -> Path:
    """The wheels of the lock that asking and installing need, unpacked for Windows."""
    if not cache.is_dir():
        text = locks.RUN.path(tree_root()).read_text(encoding="utf-8")
        pins = [pin.partition(";")[0].strip().partition("==") for pin in locks.pins(text)]
        wanted = {name: version for name, _, version in pins if name in NEEDED.split()}
        lines = tree.cut(text, wanted)
        try:
            wheelhouse = tree.download(lines, tree.WINDOWS_X64, "3.13", scratch / "fetched", Pip(tuple(_pip())))
        except Failure as failure:
            raise Unavailable(f"{failure.what} {failure.detail}") from failure
        tree.unpack(wheelhouse, scratch / "unpacked")
        shutil.copytree(scratch / "unpacked", cache)
    return cache


def tree_root() -> Path:
    return Path(__file__).resolve().parents[2]


def version_of(wine: Wine, folder: Path, version: str, wheels: Path) -> Path:
    """A version as the installer lays it down, with our own packages alone; the wheels are beside all versions."""
    wine.python(folder / "python", r"..\lib", wine.path(wheels))
    shutil.rmtree(folder / "python" / "Lib", ignore_errors=True)
    lib = folder / "lib"
    tree.copy_program(tree_root(), lib, "windows", PLATFORM, update=NOTE)
    for heavy in (lib / "models" / "bundled", lib / "desktop" / "samples"):
        shutil.rmtree(heavy)
    told = json.loads((lib / "homespun-build.json").read_text())
    (lib / "homespun-build.json").write_text(json.dumps({**told, "version": version}))
    (lib / "homespun" / "__init__.py").write_text(f'"""Made for a test."""\n\n__version__ = "{version}"\n')
    main = MAIN.format(bad=version == BAD, version=version, server=wine.path(HERE / "server.py"))
    (lib / "desktop" / "__main__.py").write_text(main, encoding="utf-8")
    filelist.write(folder, version, PLATFORM)
    return folder


@dataclass
class Installed:
    """A program folder with 1.0.0, and a server that can have others."""

    program: Program
    shop: Shop
    server: servers.Server
    serial: int = 0

    def offer(self, version: str, key: SigningKey = RELEASE, *, name: str = "stable") -> servers.Served:
        """Announce `version`; its archive as it is served."""
        self.serial += 1
        content = archive_of(self.shop.versions[version], version)
        file = {
            "platform": PLATFORM,
            "name": f"Homespun-{version}.zip",
            "size": len(content),
            "sha256": sha256(content),
        }
        announced = Announced(Path(), "", Path(), serial=self.serial).manifest(version=version, files=[file])
        self.server.serve(f"/h/{name}.manifest", signed(announced, key))
        return self.server.serve(f"/h/{file['name']}", content)

    def homespun(self, *words: str) -> tuple[int, str]:
        """What the command line of whichever version is current says to `words`."""
        ran = self.program.wine.run(self.program.root / "homespun.exe", *words, env=self.program.environment)
        return ran.rc, ran.output

    def data(self, *words: str) -> dict[str, Any]:
        """The same, as JSON."""
        rc, told = self.homespun(*words, "--json")
        assert rc == 0, told
        return dict(json.loads(told.splitlines()[-1]))

    def whole(self, version: str) -> bool:
        return filelist.verify(self.program.root / "versions" / version).whole

    def quit(self, version: str) -> None:
        """Ask the app to leave."""
        script = (
            "from desktop.instance import hand_over; from desktop.handoff import Request; hand_over(Request('quit'))"
        )
        python = self.program.root / "versions" / version / "python" / "python.exe"
        self.program.wine.run(python, "-c", script, env=self.program.environment)


@pytest.fixture
def installed(wine: Wine, shop: Shop, server: servers.Server, request: pytest.FixtureRequest) -> Iterator[Installed]:
    program = Program.make(wine, shop.native, Path(), request.node.name[5:50])
    shutil.copytree(shop.versions[OLD], program.root / "versions" / OLD, copy_function=os.link)
    program.point(json.dumps({"schema": 1, "version": OLD, "previous": None}))
    settings = program.home / "config" / "homespun.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[updates]\nserver = "{server.url}/h/"\n')
    yield Installed(program, shop, server)
    for version in (OLD, NEW):
        if program.noted("up") and (program.root / "versions" / version).is_dir():
            Installed(program, shop, server).quit(version)
            break


def test_an_update_while_a_version_runs_is_there_at_the_next_start(installed: Installed) -> None:
    program = installed.program
    installed.offer(NEW)
    assert program.launch("erase", r"C:\a.jpg") == 0
    assert installed.homespun("--version") == (0, f"homespun {OLD}\n")
    assert installed.data("update", "check", "--yes")["verdict"] == "newer"

    told = installed.data("update", "install", "--yes")

    assert (told["installed"], told["newest"], told["running"]) == (True, NEW, OLD)
    assert program.pointer() == {"schema": 1, "version": NEW, "previous": OLD}
    assert installed.whole(OLD)
    assert installed.whole(NEW)
    assert installed.homespun("--version") == (0, f"homespun {NEW}\n")
    assert program.launch("erase", r"C:\b.jpg") == 0  # the app that runs is still the old one, and still answers
    assert program.asked() == [("erase", [r"C:\a.jpg"]), ("erase", [r"C:\b.jpg"])]
    installed.quit(OLD)
    assert program.launch("erase", r"C:\c.jpg") == 0
    assert [one["is"] for one in program.noted("version")] == [OLD, NEW]
    assert program.starts(NEW) == 0
    assert sorted(path.name for path in (program.root / "versions").iterdir()) == [OLD, NEW]


def test_a_version_whose_app_does_not_start_is_taken_back_and_the_app_says_so(installed: Installed) -> None:
    program = installed.program
    installed.offer(BAD)
    assert installed.data("update", "install", "--yes")["installed"] is True  # it says its name: only its app is broken
    for start in (1, 2):
        (words,) = message_of(installed, "erase", r"C:\a.jpg")
        assert words.startswith("Homespun did not start.")
        assert program.starts(BAD) == start

    assert program.launch("erase", r"C:\a.jpg") == 0

    assert program.pointer() == {"schema": 1, "version": OLD, "previous": None, "refused": BAD}
    (started,) = program.noted("version")
    assert started["is"] == OLD
    assert BAD in started["words"]
    told = installed.data("update", "status")
    assert (told["refused"], told["failed"], told["version"]) == (BAD, True, OLD)
    assert f"Homespun {BAD} did not start, so this is {OLD} again." in installed.homespun("update", "status")[1]
    assert installed.data("update", "check", "--yes")["verdict"] == "refused"
    assert installed.data("update", "install", "--yes")["installed"] is False


def message_of(installed: Installed, *words: str) -> list[str]:
    """What the launcher says in its window; `press.py` runs in the old version's Python."""
    program = installed.program
    python = program.root / "versions" / OLD / "python" / "python.exe"
    return message(Program(program.wine, program.root, program.home, python), *words)


def test_an_update_that_is_killed_leaves_the_old_version_and_goes_on_later(installed: Installed) -> None:
    program = installed.program
    served = installed.offer(NEW)
    served.hang_at = 1 << 20
    started = program.wine.start(
        program.root / "homespun.exe", "update", "install", "--yes", "--json", env=program.environment
    )
    part = program.home / "cache" / "updates" / f"Homespun-{NEW}.zip.part"
    wait_for(lambda: part.is_file() and part.stat().st_size >= 1 << 19, "nothing was downloaded", 120)
    program.wine.run("taskkill", "/f", "/im", "python.exe")
    assert started.wait().output == ""  # it never came to say that it was done
    assert program.pointer() == {"schema": 1, "version": OLD, "previous": None}
    assert installed.homespun("--version") == (0, f"homespun {OLD}\n")

    served.hang_at = 0
    got = part.stat().st_size
    assert installed.data("update", "install", "--yes")["installed"] is True

    assert f"/h/Homespun-{NEW}.zip bytes={got}-" in installed.server.gets()
    assert installed.homespun("--version") == (0, f"homespun {NEW}\n")
    assert installed.data("update", "roll-back") == {"left": NEW, "version": OLD}
    assert installed.homespun("--version") == (0, f"homespun {OLD}\n")


def test_a_manifest_by_a_stranger_changes_nothing(installed: Installed) -> None:
    installed.offer(NEW, SigningKey(b"x" * 32))
    rc, told = installed.homespun("update", "install", "--yes")
    assert rc == 5
    assert "not signed by Homespun's key" in told
    assert installed.program.pointer()["version"] == OLD


def test_repair_puts_back_what_is_gone_and_changed(installed: Installed) -> None:
    program = installed.program
    installed.offer(OLD, name=OLD)
    lib = program.root / "versions" / OLD / "lib"
    (lib / "desktop" / "words" / "main.de.ts").unlink()
    changed = lib / "indexer" / "anew.py"
    changed.unlink()  # it is linked to the version that others are made of
    changed.write_text("broken")
    (program.root / "homespun-launch.exe").unlink()
    assert not installed.whole(OLD)

    rc, told = installed.homespun("repair", "--check", "--only", "program")
    assert (rc, "lib/indexer/anew.py" in told) == (5, True)
    rc, told = installed.homespun("repair", "--yes", "--only", "program")

    assert rc == 0, told
    assert installed.whole(OLD)
    assert (program.root / "homespun-launch.exe").read_bytes() == b"MZ launcher"
    assert sorted(path.name for path in (program.root / "versions").iterdir()) == [OLD]
