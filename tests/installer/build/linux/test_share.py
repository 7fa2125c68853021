"""What a package puts below /usr/share: files for every desktop, as each of them wants it."""

from __future__ import annotations

import configparser
import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.build.linux import share
from installer.verbs import VERBS, On

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared files, with pictures that stand in for the rendered ones."""
    base = tmp_path_factory.mktemp("share")
    art = base / "art"
    (art / "verbs").mkdir(parents=True)
    for size in (16, 22, 24, 32, 48, 64, 96, 128, 256, 512):
        (art / f"homespun-{size}.png").write_bytes(b"png %d" % size)
    (art / "homespun.svg").write_text("<svg/>")
    for icon in {verb.icon for verb in VERBS}:
        (art / "verbs" / f"homespun-{icon}.svg").write_text("<svg/>")
        for size in (16, 24):
            (art / "verbs" / f"homespun-{icon}-{size}.png").write_bytes(b"png")
    share.write(base / "stage", share.Source(ROOT, art, 1_700_000_000))
    return base / "stage"


def test_everything_is_below_usr_share_and_nothing_starts_by_itself(stage: Path) -> None:
    files = [path.relative_to(stage).as_posix() for path in stage.rglob("*") if path.is_file()]
    assert all(name.startswith("usr/share/") for name in files)
    assert not [name for name in files if "autostart" in name or "thunar" in name.lower()]


def test_the_menu_entry_is_valid_and_starts_the_packages_command(stage: Path) -> None:
    path = stage / "usr/share/applications/homespun.desktop"
    entry = configparser.RawConfigParser(strict=False)
    entry.read_string(path.read_text(encoding="utf-8"))
    assert entry["Desktop Entry"]["Exec"].startswith("/usr/bin/homespun app")
    assert entry["Desktop Entry"]["Icon"] == "homespun"
    tool = shutil.which("desktop-file-validate")
    if tool is None:
        pytest.skip("there is no desktop-file-validate here (Debian's desktop-file-utils)")
    said = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert "error" not in said.stdout


def test_every_icon_is_there_in_all_its_sizes(stage: Path) -> None:
    theme = stage / "usr/share/icons/hicolor"
    assert {path.parent.parent.name for path in theme.glob("*/apps/homespun.*")} == {
        "scalable", *(f"{size}x{size}" for size in (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)),
    }  # fmt: skip
    for icon in {verb.icon for verb in VERBS}:
        assert (theme / "scalable" / "actions" / f"homespun-{icon}.svg").is_file()
        assert (theme / "16x16" / "actions" / f"homespun-{icon}.png").is_file()


def test_each_file_manager_that_has_a_place_for_all_people_gets_the_verbs_with_our_own_icons(stage: Path) -> None:
    data = stage / "usr/share"
    menus = {
        "dolphin": "".join(path.read_text(encoding="utf-8") for path in (data / "kio/servicemenus").glob("*.desktop")),
        "nemo": "".join(path.read_text(encoding="utf-8") for path in (data / "nemo/actions").glob("*.nemo_action")),
        "nautilus": (data / "nautilus-python/extensions/homespun.py").read_text(encoding="utf-8"),
        "caja": (data / "caja-python/extensions/homespun.py").read_text(encoding="utf-8"),
        "pcmanfm": "".join(
            path.read_text(encoding="utf-8") for path in (data / "file-manager/actions").glob("*.desktop")
        ),
    }
    for name, text in menus.items():
        assert "/usr/bin/homespun" in text, name
        for verb in VERBS:
            assert verb.arguments[-1] in text, (name, verb.name)
            if verb.on is On.PICTURES:
                assert f"homespun-{verb.icon}" in text, (name, verb.name)
    compile(menus["nautilus"], "homespun.py", "exec")


def test_the_manual_and_its_sister_pages_are_there(stage: Path) -> None:
    page = gzip.decompress((stage / "usr/share/man/man1/homespun.1.gz").read_bytes())
    assert page.startswith(b".TH HOMESPUN 1")
    assert (stage / share.DOC / "commands.md").read_bytes() == (ROOT / "docs/commands.md").read_bytes()


def test_a_packed_file_tells_neither_its_name_nor_its_time(tmp_path: Path) -> None:
    for name in ("one.gz", "other.gz"):
        share.packed(tmp_path / name, "words\n")
    data = (tmp_path / "one.gz").read_bytes()
    assert data == (tmp_path / "other.gz").read_bytes()
    assert data[3:8] == bytes(5)  # no name, no time
