"""The palette in every state that it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.window.palette import PaletteWindow
from desktop.window.theme import Theme
from tests.desktop.palette.fakes import answer
from tests.desktop.palette.fakes import desk as palette_desk
from tests.desktop.screens.registry import Made, screen
from tests.desktop.screens.scenes import CATS, CHIPS, EXTREME, LONG, WORD, Scenes


def _palette(theme: Theme, act: Callable[[Any], None]) -> Made:
    desk, scenes = palette_desk(), Scenes()
    window = PaletteWindow(theme, desk.state, scenes)
    window.summon()
    act(desk)
    return window, [desk, scenes]


@screen("palette-empty")
def _palette_empty(theme: Theme, _folder: Path) -> Made:
    return _palette(theme, lambda desk: desk.recent(*CATS[:6]))


@screen("palette-new")
def _palette_new(theme: Theme, _folder: Path) -> Made:
    return _palette(theme, lambda desk: desk.worker.last("recent").done({"index": "none"}))


@screen("palette-typical")
def _palette_typical(theme: Theme, _folder: Path) -> Made:
    return _palette(theme, lambda desk: desk.search("photos of the cat last summer", *CATS, chips=CHIPS, total=214))


@screen("palette-passages")
def _palette_passages(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any) -> None:
        desk.search("cat check-up", *CATS[1:], total=12)
        text = "The yearly check-up for the cat was done on 12 July. It weighs 4.2 kg and is well."
        desk.clock.pass_by(1)
        excerpt = {"text": text, "marks": [[11, 19], [28, 31]]}
        desk.worker.last("text").done(
            {"there": True, "excerpts": [excerpt] * 2, "facts": {"author": "Clara", "pages": "3"}}
        )

    return _palette(theme, act)


@screen("palette-actions")
def _palette_actions(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any) -> None:
        desk.search("cat", *CATS, total=8)
        desk.state.open_actions()

    return _palette(theme, act)


@screen("palette-extreme")
def _palette_extreme(theme: Theme, _folder: Path) -> Made:
    many = [{"part": "folder", "label": f"in {WORD} {n}", "start": n, "end": n + 1} for n in range(7)]
    return _palette(theme, lambda desk: desk.search(f"{LONG} " * 4, *EXTREME, chips=many, total=100_000, partial=True))


@screen("palette-folder")
def _palette_folder(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any) -> None:
        desk.state.summon(Path("/home/clara/Pictures"))
        desk.search("the cat last summer", *CATS, chips=CHIPS[1:], total=214, reach="whole")

    return _palette(theme, act)


@screen("palette-unread")
def _palette_unread(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any) -> None:
        desk.state.summon(Path("/home/clara/Pictures"))
        desk.worker.last("recent").done(answer(reach="none"))

    return _palette(theme, act)


@screen("palette-nothing")
def _palette_nothing(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any) -> None:
        desk.search("zebra 2019", chips=CHIPS[1:])
        desk.worker.last("nearly").done({"index": "ready", "nearly": [["date", 4, 20, 14]]})

    return _palette(theme, act)


@screen("palette-error")
def _palette_error(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any) -> None:
        desk.state.type("cat")
        desk.worker.last("ask").done({"index": "damaged", "what": "w", "todo": "t"})

    return _palette(theme, act)
