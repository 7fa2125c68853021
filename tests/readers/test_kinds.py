"""What a file's name says of its kind."""

from __future__ import annotations

import unicodedata

import pytest

from indexer.kinds import Kind, extension_of, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lease.PDF", Kind.PDF),
        ("budget.xlsx", Kind.SPREADSHEET),
        ("old.xls", Kind.SPREADSHEET),
        ("numbers.csv", Kind.CSV),
        ("talk.odp", Kind.PRESENTATION),
        ("letter.rtf", Kind.DOCUMENT),
        ("notes.org", Kind.NOTE),
        ("README.md", Kind.NOTE),
        ("README", Kind.TEXT),
        ("changelog.Debian", Kind.TEXT),
        ("Makefile", Kind.CODE),
        ("CMakeLists.txt", Kind.CODE),
        ("main.rs", Kind.CODE),
        ("query.sql", Kind.CODE),
        ("page.xhtml", Kind.WEB),
        ("settings.toml", Kind.DATA),
        ("mail.eml", Kind.MAIL),
        ("photo.HEIC", Kind.PICTURE),
        ("film.mov", Kind.VIDEO),
        ("song.flac", Kind.AUDIO),
        ("archive.tar.gz", Kind.ARCHIVE),
        ("book.epub", Kind.EBOOK),
        ("study.ipynb", Kind.NOTEBOOK),
        (".bashrc", Kind.OTHER),
        ("noextension", Kind.OTHER),
        ("weird.xyz123", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(
    "name",
    [
        "Screenshot 2024-05-11 at 10.22.31.png",
        "Screen Shot 2019-01-02 at 9.41.00 AM.png",
        "Screenshot_20230601-120000_Chrome.jpg",
        "screenshot-1.webp",
        "Bildschirmfoto 2024-05-11 um 10.22.31.png",
        "Capture d’écran 2024-05-11 à 10.22.31.png",
        "Capture d'écran (4).png",
        "Captura de pantalla 2024-05-11.png",
        "Captura de ecrã 2024.png",
        "Schermata 2024-05-11 alle 10.22.31.png",
        "Schermafbeelding 2024-05-11.png",
        "Skärmavbild 2024-05-11.png",
        "Skærmbillede 2024-05-11.png",
        "Zrzut ekranu 2024-05-11.png",
        "Snímek obrazovky 2024-05-11.png",
        "Снимок экрана 2024-05-11.png",
        "スクリーンショット 2024-05-11.png",
        "屏幕截图 2024-05-11.png",
        "Ekran görüntüsü 2024-05-11.png",
        "2024-05-11-102231_1920x1080_scrot.png",
        "Snipaste_2024-05-11_10-22-31.png",
    ],
)
def test_a_picture_of_the_screen_is_known_by_its_name(name: str) -> None:
    assert kind_of(name) is Kind.SCREENSHOT
    assert kind_of(unicodedata.normalize("NFD", name)) is Kind.SCREENSHOT


@pytest.mark.parametrize(
    "folder", ["/home/a/Pictures/Screenshots", "C:\\Users\\a\\Pictures\\Screenshots", "Bildschirmfotos"]
)
def test_a_picture_in_a_folder_of_screenshots_is_one(folder: str) -> None:
    assert kind_of("2024-05-11 10-22.png", folder) is Kind.SCREENSHOT


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("smokescreenshots.png", ""),
        ("IMG_0912.JPG", "Screenshots of the past/2023"),
        ("widescreen.png", ""),
        ("Snip dog.jpg", ""),
    ],
)
def test_other_pictures_stay_pictures(name: str, folder: str) -> None:
    assert kind_of(name, folder) is Kind.PICTURE


def test_only_pictures_can_be_screenshots() -> None:
    assert kind_of("Screenshot tips.txt") is Kind.TEXT


@pytest.mark.parametrize(
    ("name", "extension"), [("a.TXT", "txt"), (".hidden", ""), ("a.", ""), ("a.b.c", "c"), ("..x", ""), ("a", "")]
)
def test_an_extension_is_what_follows_the_last_dot_of_a_name(name: str, extension: str) -> None:
    assert extension_of(name) == extension
