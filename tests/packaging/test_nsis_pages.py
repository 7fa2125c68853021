"""The pages of the installer as a person meets them: opened, gone through by key, and photographed in both languages.

The photographs stay in tests/out/installer, to be looked at.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from installer.build.windows.setup import Setup, make_setup
from installer.build.windows.stage import draw
from installer.versions import Layout, Pointer
from tests.packaging.small_stage import recorder, small_stage
from tests.packaging.windows_python import Unavailable
from tests.packaging.wine import Wine, own_wine, wait_for

NEEDED = {"makensis": "nsis", "xdotool": "xdotool"}
pytestmark = [
    pytest.mark.packaging,
    *(
        pytest.mark.skipif(shutil.which(name) is None, reason=f"no {name} (Debian: apt-get install {package})")
        for name, package in NEEDED.items()
    ),
]
ROOT = Path(__file__).resolve().parents[2]
STILL = 12
"""So many photographs in a row without a difference: a page that is still being filled changes within that time."""
OUT = ROOT / "tests" / "out" / "installer"
TITLES = {
    "en": ("Homespun Setup", "Homespun Uninstall"),
    "de": ("Installation von Homespun", "Deinstallation von Homespun"),
}


@pytest.fixture
def wine(tmp_path: Path) -> Iterator[Wine]:
    """Windows with a screen of its own for each language: the second installer on one screen sometimes stays blank."""
    try:
        with own_wine(tmp_path) as found:
            yield found
    except Unavailable as why:
        pytest.skip(str(why))


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("pages")
    try:
        program = recorder(work)
    except Unavailable as why:
        pytest.skip(str(why))
    art = draw(Path(sys.executable), ROOT, work / "art")
    return make_setup(Setup(small_stage(work / "stage", "0.1.0", program, art), work, "zlib"), work / "nsis")


class Person:
    """Looks at a window by its title, presses keys, takes photographs."""

    def __init__(self, wine: Wine) -> None:
        self._wine = wine

    def said(self, *words: str) -> bytes:
        """What a program of X writes; nothing where it waits for a window that went meanwhile."""
        try:
            return subprocess.run(
                words, env=dict(self._wine.environment), capture_output=True, check=False, timeout=20
            ).stdout
        except subprocess.TimeoutExpired:
            return b""

    def window(self, title: str) -> str:
        found = self.said("xdotool", "search", "--onlyvisible", "--name", f"^{title}$").decode().split()
        return found[-1] if found else ""

    def waits_for(self, title: str) -> str:
        """The window with this title once something is painted in it: an uninstaller goes on in a copy of itself."""
        return str(wait_for(lambda: self.painted(self.window(title)), f"there is no window {title!r}"))

    def painted(self, window: str) -> str:
        """`window`, or nothing while it is blank."""
        return window if window and len(self.looks(window).getcolors(1 << 24) or ()) > 50 else ""

    def looks(self, window: str) -> Image.Image:
        """What the window shows: its part of the screen, since asking X for a window alone may wait for ever."""
        told = self.said("xdotool", "getwindowgeometry", "--shell", window).decode().split()
        at = {name: int(value) for name, _, value in (line.partition("=") for line in told)}
        screen = ImageGrab.grab(xdisplay=self._wine.environment["DISPLAY"])
        return screen.crop((at["X"], at["Y"], at["X"] + at["WIDTH"], at["Y"] + at["HEIGHT"])) if at else screen

    def photographs(self, window: str, name: str) -> bytes:
        """The picture of a window once it stands still, which is when many in a row are the same."""
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / f"{name}.png"
        last, same = b"", 0

        def still() -> bool:
            nonlocal last, same
            before, last = last, self.looks(window).tobytes()
            same = same + 1 if last and last == before else 0
            return same == STILL

        wait_for(still, f"{name} does not stand still")
        self.looks(window).save(path)
        return last

    def presses(self, window: str, key: str, unlike: bytes) -> bytes:
        """Press `key`; what the window shows once that is no longer `unlike`."""
        self.said("xdotool", "windowfocus", window, "key", "--window", window, key)
        changed: Callable[[], bool] = lambda: self.looks(window).tobytes() != unlike  # noqa: E731
        wait_for(changed, f"{key} changes nothing")
        return unlike

    def leaves(self, title: str, window: str) -> None:
        """Press Return on the last page until it is gone: the first may come before the page has taken the keyboard."""

        def gone() -> bool:
            self.said("xdotool", "windowfocus", window, "key", "--window", window, "Return")
            return not self.window(title)

        wait_for(gone, "the last page stays")


@pytest.fixture(autouse=True)
def tidy(wine: Wine) -> Iterator[Path]:
    """The usual program folder; whatever a test left there, programs too, is gone afterwards."""
    folder = wine.profile / "AppData" / "Local" / "Programs" / "Homespun"
    yield folder
    wine.end_all()
    shutil.rmtree(folder, ignore_errors=True)
    for path in wine.profile.rglob("calls.txt"):
        path.unlink()
    wine.remove_key(r"HKCU\Software\Homespun")


@pytest.mark.parametrize("language", sorted(TITLES))
def test_a_person_installs_and_removes_it_by_the_return_key_alone(
    wine: Wine, setup: Path, tidy: Path, language: str
) -> None:
    person = Person(wine)
    title, removal = TITLES[language]
    started = wine.start(setup, f"/LANGUAGE={language}", "/NOSTART")
    window = person.waits_for(title)
    welcome = person.photographs(window, f"{language}-1-welcome")
    person.presses(window, "Return", welcome)
    options = person.photographs(window, f"{language}-2-options")
    assert options != welcome
    person.presses(window, "Return", options)
    folder = tidy
    wait_for(lambda: (folder / "uninstall.exe").is_file() and wine.registry(r"HKCU\Software\Homespun"), "not installed")
    finish = person.photographs(window, f"{language}-3-finish")
    assert finish not in (welcome, options)
    person.leaves(title, window)
    assert started.wait().rc == 0
    assert Layout(folder).read() == Pointer("0.1.0")
    told = next(iter(wine.registry(r"HKCU\Software\Homespun").values()))
    assert told["Language"] == language
    assert not list(wine.profile.rglob("calls.txt"))  # /NOSTART: nothing was started

    wine.start(folder / "uninstall.exe")
    window = person.waits_for(removal)
    question = person.photographs(window, f"{language}-4-remove")
    person.presses(window, "Return", question)
    wait_for(lambda: not folder.exists(), "it was not removed")
    person.photographs(window, f"{language}-5-removed")
    person.leaves(removal, window)
