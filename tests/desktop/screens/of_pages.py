"""The main window: each of its pages in every state that it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from desktop.state.devices import DevicesState
from desktop.state.pictures import PicturesState
from desktop.state.preferences import PreferencesState
from desktop.window.main import MainWindow, Page
from desktop.window.main.devices_page import DevicesPage
from desktop.window.main.folders_page import FoldersPage
from desktop.window.main.models_page import ModelsPage
from desktop.window.main.pictures_page import PicturesPage
from desktop.window.main.search_page import SearchPage
from desktop.window.main.settings_page import SettingsPage
from desktop.window.theme import Theme
from desktop.workers import Ended, Event
from tests.desktop.devices.known import ARC, BOOST, ENLARGER, GPU, case, knowing, line, model, verdict
from tests.desktop.folders.test_folders_state import Page as Folders
from tests.desktop.folders.test_folders_state import overview, root
from tests.desktop.main.fakes import KnownDoors, KnownTime, KnownWorker
from tests.desktop.models_page.test_models_state import MB, Shop, entry
from tests.desktop.palette.fakes import desk as palette_desk
from tests.desktop.preferences.parts import MENUS, STANDING, Parts
from tests.desktop.screens.registry import Made, screen
from tests.desktop.screens.scenes import CATS, CHIPS, EXTREME, HOME, LONG, WORD, Scenes


def _main(theme: Theme, name: str, page: QWidget, keep: list[object], size: tuple[int, int] = (1120, 740)) -> Made:
    places = {
        "search": "search",
        "pictures": "picture",
        "folders": "folder",
        "devices": "chip",
        "models": "cube",
        "settings": "settings",
    }
    ids = {one: f"main.{one}" for one in places}
    pages = [Page(one, icon, ids[one], page if one == name else QWidget()) for one, icon in places.items()]
    window = MainWindow(theme, pages, KnownDoors())
    window.resize(*size)
    window.show_page(name)
    window.show()
    return window, keep


def _search(theme: Theme, act: Callable[[Any, SearchPage], None], size: tuple[int, int] = (1120, 740)) -> Made:
    desk, scenes = palette_desk(), Scenes()
    page = SearchPage(
        theme,
        desk.state,
        scenes,  # type: ignore[arg-type]
        folders=lambda: ["Documents", "Pictures", "Desktop"],
    )
    made = _main(theme, "search", page, [desk, scenes], size)
    act(desk, page)
    return made


@screen("search-empty")
def _search_empty(theme: Theme, _folder: Path) -> Made:
    return _search(theme, lambda desk, _page: desk.recent(*CATS[:6]))


@screen("search-typical")
def _search_typical(theme: Theme, _folder: Path) -> Made:
    return _search(theme, lambda desk, _: desk.search("photos of the cat", *CATS, chips=CHIPS, total=214))


@screen("search-table")
def _search_table(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any, page: SearchPage) -> None:
        desk.search("cat", *CATS, total=8)
        page.state.show_as("table")

    return _search(theme, act)


@screen("search-extreme")
def _search_extreme(theme: Theme, _folder: Path) -> Made:
    return _search(
        theme, lambda desk, _: desk.search(f"{LONG} " * 3, *EXTREME, chips=CHIPS, total=100_000), size=(640, 480)
    )


@screen("search-nothing")
def _search_nothing(theme: Theme, _folder: Path) -> Made:
    return _search(theme, lambda desk, _page: desk.search("zebra"))


@screen("search-error")
def _search_error(theme: Theme, _folder: Path) -> Made:
    def act(desk: Any, _page: SearchPage) -> None:
        desk.state.type("cat")
        desk.worker.last("ask").done({"index": "damaged", "what": "w", "todo": "t"})

    return _search(theme, act)


class _Shelf:
    """Pictures of a few months, as the process next door tells of them."""

    def __init__(self, total: int, *, folders: bool = True) -> None:
        self._total, self._folders = total, folders

    def ask(self, _do: str, told: dict[str, Any], then: Callable[[Event], None]) -> None:
        dated = int(datetime(2026, 11, 15, 12).astimezone().timestamp())
        places = range(told["offset"], min(self._total, told["offset"] + told["limit"]))
        pictures = [[str(HOME / f"IMG_{2000 + one}.jpg"), f"IMG_{2000 + one}.jpg", dated] for one in places]
        months = [[2026, 11 - step, min(9, self._total - 9 * step)] for step in range(6) if self._total > 9 * step]
        left = self._total - sum(count for *_, count in months)
        months += [[2025, 12, left]] if left else []
        answer = {"stamp": "1", "total": self._total, "folders": self._folders}
        then(Event(Ended.DONE, {**answer, "pictures": pictures, "months": months}))


def _pictures(theme: Theme, shelf: _Shelf, *, chosen: int = 0, size: tuple[int, int] = (1120, 740)) -> Made:
    scenes, clock = Scenes(), KnownTime()
    state = PicturesState(shelf, KnownWorker(), clock.later, KnownDoors())  # type: ignore[arg-type]
    page = PicturesPage(theme, state, KnownDoors(), scenes)  # type: ignore[arg-type]
    made = _main(theme, "pictures", page, [state, scenes, clock], size)
    if chosen:
        QApplication.processEvents()
        page.grid._select(1, chosen)
    return made


@screen("pictures-empty")
def _pictures_empty(theme: Theme, _folder: Path) -> Made:
    return _pictures(theme, _Shelf(0, folders=False))


@screen("pictures-typical")
def _pictures_typical(theme: Theme, _folder: Path) -> Made:
    return _pictures(theme, _Shelf(48))


@screen("pictures-chosen")
def _pictures_chosen(theme: Theme, _folder: Path) -> Made:
    return _pictures(theme, _Shelf(48), chosen=4)


@screen("pictures-extreme")
def _pictures_extreme(theme: Theme, _folder: Path) -> Made:
    return _pictures(theme, _Shelf(100_000), chosen=90_000, size=(640, 480))


def _folders(theme: Theme, made: Folders, size: tuple[int, int] = (1120, 740)) -> Made:
    page = FoldersPage(theme, made.state)
    return _main(theme, "folders", page, [made], size)


@screen("folders-empty")
def _folders_empty(theme: Theme, _folder: Path) -> Made:
    return _folders(theme, Folders({"there": False, "roots": []}))


@screen("folders-typical")
def _folders_typical(theme: Theme, _folder: Path) -> Made:
    made = Folders(
        overview(
            root(f"{HOME}/Documents", 12_480),
            root(f"{HOME}/Pictures", 48_000, waiting=35_520),
            root("/media/clara/Backup disk", 7, state="away"),
            problems=7,
        )
    )
    made.index.say(Ended.PROGRESS, done=12_480, total=48_000, note="text")
    return _folders(theme, made)


@screen("folders-extreme")
def _folders_extreme(theme: Theme, _folder: Path) -> Made:
    deep = [root(f"{HOME}/{LONG}/{WORD}/Folder {place}", 10**6 * place) for place in range(9)]
    made = Folders(overview(*deep, problems=120_000))
    made.index.say(Ended.PART, held=4711, by="homespun index run --stage passages")
    return _folders(theme, made, (640, 480))


@screen("folders-asking")
def _folders_asking(theme: Theme, _folder: Path) -> Made:
    made = Folders(overview(root(f"{HOME}/Documents", 12_480), root(f"{HOME}/Pictures", 48_000), problems=3))
    made.index.say(Ended.DONE)
    made.state.show_problems(shown=True)
    problems = [
        {"path": f"{HOME}/Documents/insurance.pdf", "state": "error", "shown": "", "reason": "it needs a password"},
        {"path": f"{HOME}/Documents/{LONG}.docx", "state": "partial", "shown": "", "reason": "the file is empty"},
    ]
    made.chores.say(Ended.DONE, problems=problems, total=3)
    made.state.ask_to_remove(f"{HOME}/Documents")
    return _folders(theme, made)


@screen("folders-error")
def _folders_error(theme: Theme, _folder: Path) -> Made:
    made = Folders(overview(root(f"{HOME}/Documents", 12_480)))
    made.index.say(Ended.FAILED, what="x", todo="", code=5, error="Damaged")
    return _folders(theme, made)


TRIED = (
    ENLARGER,
    model("all-minilm-l6-v2", case("model.onnx", [line(GPU, "slow", verdict(passed=False, reason="slow"))])),
)


def _devices(theme: Theme, worker: Any, act: Callable[[DevicesState], None] = lambda _state: None) -> Made:
    state = DevicesState(worker, KnownDoors())
    page = DevicesPage(theme, state)
    made = _main(theme, "devices", page, [state])
    act(state)
    return made


@screen("devices-empty")
def _devices_empty(theme: Theme, _folder: Path) -> Made:
    return _devices(theme, knowing(()))


@screen("devices-typical")
def _devices_typical(theme: Theme, _folder: Path) -> Made:
    worker = knowing((ARC, BOOST), TRIED)
    return _devices(theme, worker)


@screen("devices-error")
def _devices_error(theme: Theme, _folder: Path) -> Made:
    worker = knowing((ARC, BOOST), TRIED)
    urgent = {
        "name": "space",
        "urgent": True,
        "what": "There is little room left on the disk: 120.4 MB.",
        "todo": "`homespun models list` shows what models take, `homespun models remove MODEL` deletes one.",
    }
    worker.answers["examine"] = [(Ended.DONE, {"well": False, "findings": [urgent], "report": "{}"})]
    return _devices(theme, worker, lambda state: state.do("examine"))


def _models(theme: Theme, act: Callable[[Shop], None] = lambda _shop: None, *, later: bool = False) -> Made:
    shop = Shop()
    page = ModelsPage(theme, shop.state)
    made = _main(theme, "models", page, [shop])
    if later:
        page._toggle_later()
    act(shop)
    return made


@screen("models-typical")
def _models_typical(theme: Theme, _folder: Path) -> Made:
    return _models(theme)


@screen("models-working")
def _models_working(theme: Theme, _folder: Path) -> Made:
    def act(shop: Shop) -> None:
        shop.state.do("mi-gan", "ask")
        shop.state.do("mi-gan", "download")
        for step in range(8):
            shop.now += 1
            shop.fetcher.last.say(Ended.PROGRESS, {"done": step * 2 * MB, "total": 28 * MB, "note": ""})
        shop.state.do("mobile-sam", "ask_remove")

    return _models(theme, act)


@screen("models-extreme")
def _models_extreme(theme: Theme, _folder: Path) -> Made:
    def act(shop: Shop) -> None:
        shop.listed[2] = entry("brand-new", title=f"{LONG} {WORD}", licence="L" * 200, terms="x" * 300)
        shop.look()

    return _models(theme, act, later=True)


@screen("models-error")
def _models_error(theme: Theme, _folder: Path) -> Made:
    def act(shop: Shop) -> None:
        shop.state.do("mi-gan", "ask")
        shop.state.do("mi-gan", "download")
        shop.fetcher.last.say(
            Ended.FAILED, shop.failing("NetworkError", "models.example does not answer: no name resolution.")
        )

    return _models(theme, act)


def _settings(
    theme: Theme, folder: Path, act: Callable[[PreferencesState], None], told: Callable[[Parts], None] = lambda _: None
) -> Made:
    (folder / "logs").mkdir(exist_ok=True)
    parts = Parts()
    state = PreferencesState(
        folder / "homespun.toml",
        KnownDoors(),
        hotkey=lambda key: LONG if "F" in key else None,
        logs=folder / "logs",
        parts=(parts.menus, parts.updating),
    )
    page = SettingsPage(theme, state)
    made = _main(theme, "settings", page, [state, parts], (1120, 3300))
    while not page.whole:
        QApplication.processEvents()
    parts.asked("menus").then(Event(Ended.DONE, MENUS))
    parts.asked("update_status").then(Event(Ended.DONE, STANDING))
    act(state)
    told(parts)
    return made


@screen("settings-typical")
def _settings_typical(theme: Theme, folder: Path) -> Made:
    return _settings(theme, folder, lambda _state: None)


@screen("settings-extreme")
def _settings_extreme(theme: Theme, folder: Path) -> Made:
    def act(state: PreferencesState) -> None:
        state.add("index.exclude", "*.iso")
        state.add("index.exclude", f"{LONG}/{WORD}/")
        state.type("search.limit", "9999")
        state.record("Ctrl+Alt+F")
        state.choose("models.mirror", f"/media/clara/{LONG}")
        state.choose("updates.server", f"https://updates.example/{WORD}/")
        state.do("updates check")
        state.do("menus add dolphin")

    def told(parts: Parts) -> None:
        newer = {"verdict": "newer", "found": "1.2.0", "bytes": 270_000_000, "notes": {"en": LONG}, "previous": "1.0.0"}
        parts.asked("update_check").then(Event(Ended.DONE, {**STANDING, **newer}))
        targets = [{**one, "title": f"{one['title']} {WORD}"} for one in MENUS["targets"]]
        kept = {"target": "dolphin", "did": "kept", "why": f"/home/clara/{WORD} is gone.", "todo": ""}
        parts.asked("menus_add").then(Event(Ended.DONE, {**MENUS, "targets": targets, "done": [kept]}))

    return _settings(theme, folder, act, told)


@screen("settings-error")
def _settings_error(theme: Theme, folder: Path) -> Made:
    (folder / "homespun.toml").write_text("[index]\nthreads = 400\n")
    return _settings(theme, folder, lambda state: state.refresh())
