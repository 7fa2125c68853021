"""The program's place in the desktop: its entry in the menu of programs and in "Open with", and its icons."""

from __future__ import annotations

from installer.shell.entries import localised
from installer.shell.files import File, Wish, Written, sealed
from installer.shell.places import Places
from installer.shell.quoting import desktop_exec
from installer.verbs import PICTURE_TYPES, PROGRAM

NAME = "homespun.desktop"
"""Its name without the ending is what the app's windows call themselves (`DESKTOP_FILE` of the window)."""

_GENERIC = {"en": "Assistant for files and pictures", "de": "Assistent für Dateien und Bilder"}
_COMMENT = {
    "en": "Find files by what they are about; erase things from pictures, and enlarge them",
    "de": "Dateien nach ihrem Inhalt finden, Dinge aus Bildern entfernen, Bilder vergrößern",
}
_KEYWORDS = {
    "en": "search;erase;remove;enlarge;upscale;photo;picture;",
    "de": "Suche;suchen;entfernen;radieren;vergrößern;Foto;Bild;",
}
_PALETTE = {"en": "Search", "de": "Suchen"}
_SIZES = ("16", "22", "24", "32", "48", "64", "96", "128", "256", "512")


def entry(wish: Wish) -> str:
    """The text of the entry."""
    types = sorted(set(PICTURE_TYPES.values()))
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.4",
            f"Name={PROGRAM}",
            localised(wish, "GenericName", lambda language: _GENERIC[language]),
            localised(wish, "Comment", lambda language: _COMMENT[language]),
            localised(wish, "Keywords", lambda language: _KEYWORDS[language]),
            f"Exec={desktop_exec((*wish.command, 'app', '--'), '%F')}",
            f"Icon={wish.icon('')}",
            "Terminal=false",
            "Categories=Graphics;RasterGraphics;2DGraphics;",
            f"MimeType={''.join(f'{one};' for one in types)}",
            f"StartupWMClass={PROGRAM}",
            "StartupNotify=true",
            "Actions=search;",
            "",
            "[Desktop Action search]",
            localised(wish, "Name", lambda language: _PALETTE[language]),
            f"Exec={desktop_exec((*wish.command, 'palette'))}",
            "",
        ]
    )


def files(wish: Wish) -> tuple[File, ...]:
    """The entry."""
    return (File(wish.places.data_home / "applications" / NAME, sealed(entry(wish), wish.command)),)


def icons(wish: Wish) -> tuple[File, ...]:
    """The icons in all sizes, from the folder that was rendered; none without it."""
    if wish.icons is None:
        return ()
    theme = wish.places.data_home / "icons" / "hicolor"
    found = [(theme / "scalable" / "apps" / "homespun.svg", wish.icons / "homespun.svg")]
    found += [
        (theme / f"{size}x{size}" / "apps" / "homespun.png", wish.icons / f"homespun-{size}.png") for size in _SIZES
    ]
    for drawing in sorted((wish.icons / "verbs").glob("*.svg")):
        found.append((theme / "scalable" / "actions" / drawing.name, drawing))
        for size in _SIZES:
            picture = drawing.with_name(f"{drawing.stem}-{size}.png")
            found.append((theme / f"{size}x{size}" / "actions" / f"{drawing.stem}.png", picture))
    return tuple(File(path, source.read_bytes()) for path, source in found if source.is_file())


def always(_places: Places) -> bool:
    """Every desktop has a menu of programs."""
    return True


DESKTOP = Written("desktop", "The menu of programs", always, files)
ICONS = Written("icons", "The icons", always, icons)
