"""The whole program for Windows, built from real wheels and the real Python, installed and used under wine.

Takes ten minutes on two cores, half a gigabyte from the package index, and two gigabytes of disk. `HOMESPUN_WINDOWS_SETUP` names
an installer that was built already, to try exactly that one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from desktop.demo_formats import pdf
from installer import filelist, project
from installer.build.windows.runtime import read_runtime
from installer.build.windows.setup import Setup, make_setup
from installer.build.windows.stage import Ingredients, make_stage
from installer.build.windows_native import compile_native
from installer.pip import Pip
from installer.uv import find_uv
from tests.packaging.launching import LIMITS
from tests.packaging.small_stage import starter
from tests.packaging.windows_python import Unavailable
from tests.packaging.wine import Ran, Wine, wait_for

NEEDED = {
    "makensis": "nsis",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "x86_64-w64-mingw32-g++": "g++-mingw-w64-x86-64",
}
pytestmark = [
    pytest.mark.packaging,
    *(
        pytest.mark.skipif(shutil.which(name) is None, reason=f"no {name} (Debian: apt-get install {package})")
        for name, package in NEEDED.items()
    ),
]
ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "tests" / "out" / "installer"
SLOW = 600.0
"""Seconds for what compiles the eraser, or starts a window, under wine on a busy machine."""


@pytest.fixture(scope="module")
def setup(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installer, as `build windows` makes it, with a launcher that is patient with wine."""
    if made := os.environ.get("HOMESPUN_WINDOWS_SETUP"):
        return Path(made)
    try:
        runtime = read_runtime(wine.embeddable(), "x64")
    except Unavailable as why:
        pytest.skip(str(why))
    work = tmp_path_factory.mktemp("windows")
    ingredients = Ingredients(
        root=ROOT,
        arch="x64",
        runtime=runtime,
        python=Path(sys.executable),
        uv=find_uv(Path(sys.executable).parent),
        pip=Pip((sys.executable, "-I", "-m", "pip")),
        compile_native=partial(compile_native, also=LIMITS),
    )
    return make_setup(Setup(make_stage(ingredients, work, print), work, "zlib"), work / "nsis")


@dataclass(frozen=True)
class Installed:
    """The program on a person's computer."""

    wine: Wine
    root: Path
    version: str
    starter: Path

    @property
    def home(self) -> Path:
        return self.root / "versions" / self.version

    def homespun(self, *words: str | Path) -> Ran:
        told = [self.wine.path(word) if isinstance(word, Path) else word for word in words]
        return self.wine.run(self.root / "homespun.exe", *told, timeout=SLOW)

    def photograph(self, window: str, name: str) -> Path:
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / f"{name}.png"
        self.said("import", "-window", window, str(path))
        return path

    def said(self, *words: str) -> str:
        done = subprocess.run(words, env=dict(self.wine.environment), capture_output=True, text=True, check=False)
        return done.stdout

    def window(self, part: str) -> str:
        """The number of the visible window whose title holds `part`; empty where there is none."""
        for number in self.said("xdotool", "search", "--onlyvisible", "--name", ".").split():
            if part in self.said("xdotool", "getwindowname", number):
                return number
        return ""


@pytest.fixture(scope="module")
def installed(wine: Wine, setup: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    work = tmp_path_factory.mktemp("installed")
    found = Installed(wine, wine.profile / "Größe & Co" / "Homespun", project.version(ROOT), starter(work))
    line = work / "line.txt"
    line.write_text(f'"{wine.path(setup)}" /S /D={wine.path(found.root)}', encoding="utf-8")
    begin = time.monotonic()
    assert wine.run(found.starter, "line", wine.path(line), timeout=SLOW).rc == 0
    print(f"{setup.stat().st_size / 1e6:.1f} MB, installed in {time.monotonic() - begin:.1f} s")
    yield found
    wine.run(found.home / "python" / "python.exe", "-m", "desktop.leave")


@pytest.fixture(scope="module")
def pictures(installed: Installed) -> Path:
    folder = installed.wine.profile / "Bilder"
    folder.mkdir(exist_ok=True)
    samples = installed.home / "lib" / "desktop" / "samples"
    shutil.copyfile(samples / "welcome-sign.jpg", folder / "a b & c %PATH% ü.jpg")
    shutil.copyfile(samples / "welcome-sign.mask.png", folder / "mask.png")
    Image.new("RGB", (60, 40), (200, 120, 40)).save(folder / "small.png")
    return folder


def test_the_command_line_runs_and_the_installed_files_are_the_built_ones(installed: Installed) -> None:
    assert filelist.verify(installed.home) == filelist.Verified((), (), ())
    ran = installed.homespun("--version")
    assert (ran.rc, ran.output) == (0, f"homespun {installed.version}\n")


def test_something_is_erased_from_a_photo(installed: Installed, pictures: Path) -> None:
    photo = pictures / "a b & c %PATH% ü.jpg"
    ran = installed.homespun("erase", photo, "--mask", pictures / "mask.png", "-o", pictures / "erased.jpg")
    assert ran.rc == 0, ran.output
    with Image.open(photo) as before, Image.open(pictures / "erased.jpg") as after:
        assert before.size == after.size
        assert before.tobytes() != after.tobytes()


def test_a_picture_is_enlarged_by_the_network(installed: Installed, pictures: Path) -> None:
    ran = installed.homespun("upscale", pictures / "small.png", "--factor", "2", "-o", pictures / "large.png")
    assert ran.rc == 0, ran.output
    with Image.open(pictures / "large.png") as after:
        assert after.size == (120, 80)


def test_documents_are_found_by_what_they_mean(installed: Installed) -> None:
    folder = installed.wine.profile / "Dokumente"
    folder.mkdir(exist_ok=True)
    (folder / "lease.pdf").write_bytes(pdf("Lease", "Ada", "2024", [["The tenant pays the rent by the third day."]]))
    (folder / "cake.txt").write_text("Flour, sugar, eggs: bake for an hour.\n")
    added = installed.homespun("index", "add", folder)
    assert added.rc == 0, added.output
    ran = installed.homespun("search", "--json", "money for the flat")
    assert ran.rc == 0, ran.output
    first = next(line for line in ran.output.splitlines() if line.startswith("{"))
    assert "lease.pdf" in first


def test_a_page_of_a_pdf_is_drawn_for_the_preview(installed: Installed) -> None:
    page = installed.wine.profile / "page.pdf"
    page.write_bytes(pdf("Lease", "Ada", "2024", [["The tenant pays."]]))
    words = "import sys, pypdfium2; print(pypdfium2.PdfDocument(sys.argv[1])[0].render(scale=1).to_numpy().min())"
    ran = installed.wine.run(installed.home / "python" / "python.exe", "-c", words, installed.wine.path(page))
    assert ran.rc == 0, ran.output
    assert int(ran.output) < 128  # there is ink on it


def test_right_click_and_erase_opens_the_editor_with_the_picture(installed: Installed, pictures: Path) -> None:
    photo = installed.wine.path(pictures / "a b & c %PATH% ü.jpg")
    key = r"Software\Classes\SystemFileAssociations\image\shell\Homespun"
    installed.wine.start(installed.starter, "verb", key, "10erase", photo)
    try:
        window = wait_for(lambda: installed.window("%PATH%"), "there is no editor", timeout=SLOW)
    finally:
        installed.photograph("root", "screen-with-editor")
    installed.photograph(window, "editor-under-wine")


def test_the_editor_that_a_right_click_opened_shows_the_picture(installed: Installed) -> None:
    window = installed.window("%PATH%")

    def shows_the_photo() -> bool:
        with Image.open(installed.photograph(window, "editor-under-wine")) as now:
            return len(now.convert("RGB").getcolors(maxcolors=1 << 24) or ()) > 2000

    wait_for(shows_the_photo, "the editor shows no picture", timeout=30)


def test_the_app_leaves_when_an_installer_asks_and_removing_leaves_only_data(installed: Installed) -> None:
    line = installed.starter.with_name("remove.txt")
    line.write_text(f'"{installed.wine.path(installed.root / "uninstall.exe")}" /S', encoding="utf-8")
    assert installed.wine.run(installed.starter, "line", installed.wine.path(line)).rc == 0
    wait_for(lambda: not installed.root.exists(), "something is left", timeout=SLOW)
    data = installed.wine.profile / "AppData" / "Local" / "homespun"
    assert (data / "index.sqlite").is_file()
    assert installed.wine.registry(r"HKCU\Software\Homespun") == {}
