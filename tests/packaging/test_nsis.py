"""The installer for Windows, run under wine with a small program folder: what it writes, and that it takes all of it back."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from installer import filelist
from installer.build import tree
from installer.build.windows.setup import Setup, make_setup
from installer.build.windows.stage import Stage, draw
from installer.shell.windows import CLASSES, OWN, WRITTEN, entries
from installer.verbs import PICTURE_TYPES, VERBS, On
from installer.versions import Layout, Pointer
from tests.packaging.small_stage import recorder, small_stage, starter
from tests.packaging.windows_python import Unavailable
from tests.packaging.wine import Wine, wait_for

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.skipif(shutil.which("makensis") is None, reason="no makensis (Debian: apt-get install nsis)"),
]
ROOT = Path(__file__).resolve().parents[2]
SOFTWARE = r"HKCU\Software"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Homespun"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
APP_PATH = r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\homespun.exe"
VERSIONS = ("0.0.9", "0.1.0", "0.2.0")


@dataclass(frozen=True)
class Shop:
    """Everything that tests take from: an installer a version, the stages they were made of, two programs of ours."""

    work: Path
    stages: dict[str, Stage]
    setups: dict[str, Path]
    starter: Path


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    work = tmp_path_factory.mktemp("shop")
    try:
        program, helper = recorder(work), starter(work)
    except Unavailable as why:
        pytest.skip(str(why))
    art = draw(Path(sys.executable), ROOT, work / "art")
    more = {"lib/only_in_this.py": "1\n"}
    stages = {
        one: small_stage(work / one, one, program, art, more=more if one == "0.0.9" else None) for one in VERSIONS
    }
    setups = {one: make_setup(Setup(stages[one], work / "out", "zlib"), work / f"nsis-{one}") for one in VERSIONS}
    return Shop(work, stages, setups, helper)


@dataclass(frozen=True)
class Computer:
    """A person's Windows, on which one thing after another is installed."""

    wine: Wine
    shop: Shop
    root: Path

    @property
    def layout(self) -> Layout:
        return Layout(self.root)

    @property
    def local(self) -> Path:
        return self.wine.profile / "AppData" / "Local"

    @property
    def shortcut(self) -> Path:
        menu = self.wine.profile / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
        return menu / "Programs" / "Homespun.lnk"

    def raw(self, line: str, **env: str) -> int:
        """Start a command line exactly as it stands: no argument list could write `/D=` without quotes."""
        told = self.shop.work / "line.txt"
        told.write_text(line, encoding="utf-8")
        return self.wine.run(self.shop.starter, "line", self.wine.path(told), env=env).rc

    def install(self, version: str, *switches: str, **env: str) -> int:
        program = self.wine.path(self.shop.setups[version])
        return self.raw(" ".join([f'"{program}" /S', *switches, f"/D={self.wine.path(self.root)}"]), **env)

    def uninstall(self, *switches: str) -> None:
        """Silently, to its end: it goes on in a copy of itself after it returned."""
        self.raw(" ".join([f'"{self.wine.path(self.root / "uninstall.exe")}" /S', *switches]))
        wait_for(lambda: not (self.root / "uninstall.exe").exists(), "the uninstaller did not end")
        wait_for(lambda: not self.wine.registry(rf"HKCU\{OWN}"), "the uninstaller did not end")
        wait_for(self.settled, "the uninstaller did not end")

    def settled(self) -> bool:
        return not self.root.exists() or "current.json" not in os.listdir(self.root)

    def values(self, key: str) -> dict[str, str | int]:
        return next(iter(self.wine.registry(key).values()), {})

    def calls(self) -> list[list[str]]:
        """How the programs were called since the last time, and forget it."""
        told: list[list[str]] = [[]]
        for path in self.wine.profile.rglob("calls.txt"):
            for line in path.read_text(encoding="utf-8").splitlines():
                told.append([]) if line == "." else told[-1].append(line)
            path.unlink()
        return [one for one in told if one]

    def software(self) -> dict[str, dict[str, str | int]]:
        """What is below HKCU\\Software, without what wine itself notes there."""
        found = self.wine.registry(SOFTWARE)
        return {key: value for key, value in found.items() if "\\Software\\Wine" not in key and "Explorer" not in key}


@pytest.fixture
def computer(wine: Wine, shop: Shop) -> Iterator[Computer]:
    found = Computer(wine, shop, wine.profile / "Zwei Wörter & mehr" / "Homespun")
    found.calls()
    yield found
    if (found.root / "uninstall.exe").is_file():
        found.uninstall("/PURGE")
    shutil.rmtree(found.root.parent, ignore_errors=True)
    shutil.rmtree(found.local / "homespun", ignore_errors=True)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_silent_installation_writes_the_program_where_it_was_told_to(computer: Computer) -> None:
    assert computer.install("0.1.0") == 0
    home = computer.root / "versions" / "0.1.0"
    assert files(home) == files(computer.shop.stages["0.1.0"].home)
    assert filelist.verify(home) == filelist.Verified((), (), ())
    assert {path.name for path in computer.root.iterdir()} == {
        *("current.json", "homespun-launch.exe", "homespun.exe", "uninstall.exe", "versions"),
    }
    assert computer.layout.read() == Pointer("0.1.0")
    assert computer.shortcut.is_file()


def test_the_menus_in_the_registry_are_those_of_the_one_source(computer: Computer) -> None:
    computer.install("0.1.0", "/LANGUAGE=de")
    found = {key.partition("\\")[2]: values for key, values in computer.wine.registry(rf"HKCU\{CLASSES}").items()}
    wanted = entries(computer.wine.path(computer.root), "de")
    assert len(wanted) > 100
    assert [(one.key, one.name) for one in wanted if found.get(one.key, {}).get(one.name) != one.value] == []
    assert not [key for key in found if key.startswith(rf"{CLASSES}\*")]
    noted = computer.values(rf"HKCU\{WRITTEN}")
    assert [noted[name] for name in sorted(noted)] == [f"{one.key}|{one.name}" for one in wanted]


def test_windows_is_told_what_it_needs_for_its_list_of_apps(computer: Computer) -> None:
    computer.install("0.1.0")
    root = computer.wine.path(computer.root)
    told = computer.values(UNINSTALL)
    assert told["DisplayName"] == told["Publisher"] == "Homespun"
    assert told["DisplayVersion"] == "0.1.0"
    assert told["QuietUninstallString"] == f'"{root}\\uninstall.exe" /S'
    assert told["EstimatedSize"] == computer.shop.stages["0.1.0"].size // 1024
    assert computer.values(APP_PATH) == {"": f"{root}\\homespun.exe"}
    assert "Homespun" not in computer.values(RUN)


def test_each_verb_reaches_the_launcher_as_exactly_three_words(computer: Computer) -> None:
    computer.install("0.1.0")
    folder = computer.wine.profile / "Bilder"
    folder.mkdir(exist_ok=True)
    picture = folder / "a b & c %PATH% ü.png"
    picture.write_bytes(b"")
    launcher = computer.wine.path(computer.root / "homespun-launch.exe")
    pictures = rf"{CLASSES}\SystemFileAssociations\image\shell\Homespun"
    keys = [(pictures, f"{number}0{verb.name}", verb, picture) for number, verb in enumerate(VERBS[:-1], 1)]
    keys.append((rf"{CLASSES}\Directory", "Homespun", VERBS[-1], folder))
    computer.calls()
    for key, name, verb, target in keys:
        assert (verb.on == On.FOLDERS) == (target == folder)
        wanted = computer.wine.path(target)
        assert computer.wine.run(computer.shop.starter, "verb", key, name, wanted).rc == 0
        assert computer.calls() == [[launcher, verb.request, wanted]]


def test_an_upgrade_keeps_the_version_before_and_the_data_and_what_the_person_chose(computer: Computer) -> None:
    computer.install("0.0.9", "/NOVERBS", "/AUTOSTART")
    assert computer.values(RUN)["Homespun"] == f'"{computer.wine.path(computer.root)}\\homespun-launch.exe" background'
    data = computer.local / "homespun" / "index.sqlite"
    data.parent.mkdir()
    data.write_text("mine")
    computer.shortcut.unlink()
    assert computer.install("0.1.0") == 0
    assert computer.layout.read() == Pointer("0.1.0", "0.0.9")
    assert computer.layout.installed() == ("0.0.9", "0.1.0")
    assert data.read_text() == "mine"
    assert not computer.shortcut.exists()
    assert computer.values(rf"HKCU\{WRITTEN}") == {}
    assert "Homespun" in computer.values(RUN)
    assert computer.calls() == []  # the app that runs is left alone


def test_a_third_version_sends_the_first_away_but_not_a_file_that_somebody_put_there(computer: Computer) -> None:
    for version in VERSIONS[:2]:
        computer.install(version)
    mine = computer.root / "versions" / "0.0.9" / "lib" / "mine.txt"
    mine.write_text("mine")
    computer.install("0.2.0")
    assert computer.layout.read() == Pointer("0.2.0", "0.1.0")
    assert files(computer.root / "versions" / "0.0.9") == {"lib/mine.txt"}
    mine.unlink()
    shutil.rmtree(computer.root / "versions" / "0.0.9")


def test_after_a_version_was_taken_back_it_can_be_installed_again(computer: Computer) -> None:
    for version in VERSIONS[:2]:
        computer.install(version)
    assert computer.layout.go_back() == "0.0.9"
    (computer.root / "starts-0.1.0").write_bytes(b"..")
    assert computer.install("0.1.0") == 0
    assert computer.layout.read() == Pointer("0.1.0", "0.0.9")
    assert not (computer.root / "starts-0.1.0").exists()


def test_an_older_version_can_be_installed_over_a_newer_one(computer: Computer) -> None:
    for version in ("0.1.0", "0.0.9"):
        assert computer.install(version) == 0
    assert computer.layout.read() == Pointer("0.0.9", "0.1.0")


def test_repairing_brings_back_a_file_a_key_and_the_pointer(computer: Computer) -> None:
    computer.install("0.0.9")
    computer.install("0.1.0")
    home = computer.root / "versions" / "0.1.0"
    (home / "lib" / "homespun" / "__init__.py").unlink()
    (home / "licences" / "README.txt").write_text("changed")
    (computer.root / "homespun.exe").unlink()
    key = rf"{CLASSES}\SystemFileAssociations\image\shell\Homespun"
    computer.wine.remove_key(rf"HKCU\{key}")
    mine = home / "mine.txt"
    mine.write_text("mine")
    assert computer.install("0.1.0", "/REPAIR") == 0
    assert filelist.verify(home) == filelist.Verified((), (), ("mine.txt",))
    assert (computer.root / "homespun.exe").is_file()
    assert computer.values(rf"HKCU\{key}")["MUIVerb"] == "Homespun"
    assert computer.layout.read() == Pointer("0.1.0", "0.0.9")
    mine.unlink()


def test_the_same_version_waits_for_the_app_and_gives_up_when_it_stays(computer: Computer) -> None:
    computer.install("0.1.0")
    victim = computer.root / "versions" / "0.1.0" / "licences" / "README.txt"
    victim.write_text("changed")
    computer.calls()
    assert computer.install("0.1.0", HOMESPUN_TEST_CODE="3") == 2
    (asked,) = computer.calls()
    assert asked[1:] == ["-m", "desktop.leave"]
    assert victim.read_text() == "changed"
    assert computer.install("0.1.0") == 0
    assert victim.read_text() == "none\n"


def test_uninstalling_takes_every_key_and_file_of_ours_and_leaves_data_and_strangers(computer: Computer) -> None:
    before = computer.software()
    for version in VERSIONS[:2]:
        computer.install(version, "/AUTOSTART")
    (computer.root / "starts-0.1.0").write_bytes(b".")
    half = computer.root / "versions" / "0.3.0.tmp"
    half.mkdir()
    (half / "part").write_text("x")
    cache = computer.root / "versions" / "0.1.0" / "lib" / "homespun" / "__pycache__"
    cache.mkdir()
    (cache / "thing.cpython-313.pyc").write_bytes(b"")
    mine = computer.root / "mine" / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    data = computer.local / "homespun" / "homespun.toml"
    data.parent.mkdir()
    data.write_text("mine")
    computer.uninstall()
    assert files(computer.root) == {"mine/notes.txt"}
    assert data.read_text() == "mine"
    assert not computer.shortcut.exists()
    assert computer.software() == before


def test_keys_that_a_person_added_to_ours_outlive_us(computer: Computer) -> None:
    computer.install("0.1.0")
    theirs = rf"HKCU\{CLASSES}\.png\OpenWithProgids"
    computer.wine.set_value(theirs, "Other.Program", "")
    computer.uninstall()
    assert computer.values(theirs) == {"Other.Program": ""}
    computer.wine.remove_key(rf"HKCU\{CLASSES}\.png")


def test_purging_leaves_nothing_at_all(computer: Computer) -> None:
    before = files(computer.wine.profile)
    keys = computer.software()
    computer.install("0.1.0")
    (computer.local / "homespun" / "models").mkdir(parents=True)
    (computer.local / "homespun" / "models" / "big.onnx").write_bytes(b"x" * 100)
    computer.uninstall("/PURGE")
    assert not computer.root.exists()
    assert not (computer.local / "homespun").exists()
    computer.calls()
    assert files(computer.wine.profile) - before == set()
    assert computer.software() == keys


def test_without_verbs_nothing_is_written_below_classes(computer: Computer) -> None:
    before = computer.wine.registry(rf"HKCU\{CLASSES}")
    computer.install("0.1.0", "/NOVERBS")
    assert computer.wine.registry(rf"HKCU\{CLASSES}") == before
    assert computer.layout.current() == "0.1.0"


def test_a_folder_with_data_of_the_app_is_refused(computer: Computer) -> None:
    inside = replace(computer, root=computer.local / "homespun" / "models")
    assert inside.install("0.1.0") == 2
    assert not inside.root.exists()
    assert computer.values(rf"HKCU\{OWN}") == {}


def test_an_installer_for_arm_says_no_to_another_processor(computer: Computer) -> None:
    work = computer.shop.work
    stage = replace(computer.shop.stages["0.1.0"], platform=tree.WINDOWS_ARM64)
    made = make_setup(Setup(stage, work / "arm", "zlib"), work / "nsis-arm")
    assert made.name == "Homespun-0.1.0-arm64-Setup.exe"
    assert replace(computer, shop=replace(computer.shop, setups={"0.1.0": made})).install("0.1.0") == 2
    assert not computer.root.exists()


def test_a_changed_byte_stops_the_installer(computer: Computer) -> None:
    content = bytearray(computer.shop.setups["0.1.0"].read_bytes())
    content[-1000] ^= 1
    changed = computer.shop.work / "changed.exe"
    changed.write_bytes(content)
    assert replace(computer, shop=replace(computer.shop, setups={"0.1.0": changed})).install("0.1.0") != 0
    assert not computer.root.exists()


def test_two_installers_of_the_same_files_are_the_same(shop: Shop) -> None:
    again = make_setup(Setup(shop.stages["0.1.0"], shop.work / "again", "zlib"), shop.work / "nsis-again")
    assert again.read_bytes() == shop.setups["0.1.0"].read_bytes()


def test_every_picture_type_offers_us_to_open_it(computer: Computer) -> None:
    computer.install("0.1.0")
    found = computer.wine.registry(rf"HKCU\{CLASSES}")
    keys = {key.partition("\\")[2].lower() for key in found}
    assert all(rf"{CLASSES}\{ending}\OpenWithProgids".lower() in keys for ending in PICTURE_TYPES)
