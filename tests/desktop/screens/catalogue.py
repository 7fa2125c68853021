"""Every screen in every state that it has: empty, typical, extreme, and in trouble. Built by what a person would do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.jobs.job import Enlarge
from desktop.jobs.work import Pause
from desktop.state.devices import DevicesState
from desktop.state.editing.boxes import Box
from desktop.state.editing.mask import Mask
from desktop.state.editing.snapshot import Button, Display, Done, EditorSnapshot, Level, Notice, Working
from desktop.state.editing.wording import done_words, estimate_words
from desktop.state.pictures import PicturesState
from desktop.state.preferences import PreferencesState
from desktop.window.editor.window import EditorWindow
from desktop.window.main import MainWindow, Page
from desktop.window.main.devices_page import DevicesPage
from desktop.window.main.folders_page import FoldersPage
from desktop.window.main.models_page import ModelsPage
from desktop.window.main.pictures_page import PicturesPage
from desktop.window.main.search_page import SearchPage
from desktop.window.main.settings_page import SettingsPage
from desktop.window.palette import PaletteWindow
from desktop.window.queue import QueueWindow
from desktop.window.theme import Theme
from desktop.window.welcome import WelcomeWindow
from desktop.words import say
from desktop.workers import Ended, Event, Sheet, make_sheet
from tests.desktop.devices.known import ARC, BOOST, GPU, NPU, case, knowing, line, model, verdict
from tests.desktop.devices.scripted import RememberingDoors
from tests.desktop.editor.fake_editor import FakeDoors, FakeEditor
from tests.desktop.folders.test_folders_state import Page as Folders
from tests.desktop.folders.test_folders_state import overview, root
from tests.desktop.main.fakes import KnownDoors, KnownTime, KnownWorker
from tests.desktop.models_page.test_models_state import MB, Shop, entry
from tests.desktop.palette.fakes import answer
from tests.desktop.palette.fakes import desk as palette_desk
from tests.desktop.queue.conftest import KnownQueue
from tests.desktop.screens.scenes import CATS, CHIPS, EXTREME, HOME, LONG, WORD, Scenes, scene
from tests.desktop.welcome.test_welcome_state import Run

Made = tuple[QWidget, list[object]]
"""The window, and what has to live as long as it does."""

Maker = Callable[[Theme, Path], Made]
SCREENS: dict[str, Maker] = {}
"""Name (screen, then state) → what builds it; the path is an empty folder."""


def screen(name: str) -> Callable[[Maker], Maker]:
    """Enter a maker under that name."""

    def enter(maker: Maker) -> Maker:
        SCREENS[name] = maker
        return maker

    return enter


# the palette


def _palette(theme: Theme, act: Callable[[Any], None]) -> Made:
    desk, scenes = palette_desk(), Scenes()
    window = PaletteWindow(theme, desk.state, desk.doors, scenes)
    window.summon()
    act(desk)
    return window, [desk, scenes]


def _recent(desk: Any, *hits: dict[str, Any], **more: Any) -> None:
    desk.worker.last("recent").done(answer(*[one | {"why": []} for one in hits], **more))


@screen("palette-empty")
def _palette_empty(theme: Theme, _folder: Path) -> Made:
    return _palette(theme, lambda desk: _recent(desk, *CATS[:6]))


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


# the main window


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
        desk.doors,
        scenes,  # type: ignore[arg-type]
        folders=lambda: ["Documents", "Pictures", "Desktop"],
    )
    made = _main(theme, "search", page, [desk, scenes], size)
    act(desk, page)
    return made


@screen("search-empty")
def _search_empty(theme: Theme, _folder: Path) -> Made:
    return _search(theme, lambda desk, _page: _recent(desk, *CATS[:6]))


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
    page = FoldersPage(theme, made.state, made.doors)
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
    model(
        "enlarge-faithful",
        case(
            "x2.onnx", [line(GPU, "", verdict(passed=True)), line(NPU, "crash", verdict(passed=False, reason="crash"))]
        ),
        case("x4.onnx", [line(GPU, "", verdict(passed=True)), line(NPU, "not-proved")]),
    ),
    model("all-minilm-l6-v2", case("model.onnx", [line(GPU, "slow", verdict(passed=False, reason="slow"))])),
)


def _devices(theme: Theme, worker: Any, act: Callable[[DevicesState], None] = lambda _state: None) -> Made:
    state = DevicesState(worker, RememberingDoors())
    page = DevicesPage(theme, state, RememberingDoors())
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
    page = ModelsPage(theme, shop.state, RememberingDoors())
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


def _settings(theme: Theme, folder: Path, act: Callable[[PreferencesState], None]) -> Made:
    (folder / "logs").mkdir(exist_ok=True)
    state = PreferencesState(
        folder / "homespun.toml",
        RememberingDoors(),
        hotkey=lambda key: LONG if "F" in key else None,
        logs=folder / "logs",
    )
    page = SettingsPage(theme, state, RememberingDoors())
    made = _main(theme, "settings", page, [state], (1120, 2600))
    act(state)
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

    return _settings(theme, folder, act)


@screen("settings-error")
def _settings_error(theme: Theme, folder: Path) -> Made:
    (folder / "homespun.toml").write_text("[index]\nthreads = 400\n")
    return _settings(theme, folder, lambda state: state.refresh())


# the editor


def _display(width: int, height: int, seed: int = 3) -> Display:
    image = scene(width, height, seed).convertToFormat(QImage.Format.Format_RGB32)
    sheet: Sheet = make_sheet(width * height * 4)
    sheet.memory[:] = bytes(image.constBits())
    return Display(sheet, width, height, (Level(width, height, 4 * width, 0),))


def _marked(width: int, height: int) -> Mask:
    mask = Mask(width, height)
    for y in range(int(height * 0.58), int(height * 0.82)):
        start = y * mask.stride
        left, right = int(width * 0.54), int(width * 0.68)
        mask.memory[start + left : start + right] = b"\xff" * (right - left)
    return mask


def _photo(**changes: Any) -> EditorSnapshot:
    width, height = 1200, 800
    told: dict[str, Any] = {
        "stage": "ready",
        "title": "harbour.jpg",
        "width": width,
        "height": height,
        "display": _display(width, height),
        "mask": Mask(width, height),
        "subtitle": say("editor.size", width=width, height=height),
        "button": Button(say("editor.erase"), False, say("editor.tip_paint")),
        "estimate": estimate_words("npu", 1.0),
        "styles": (("faithful", say("editor.style.faithful")), ("restore", say("editor.style.restore"))),
    }
    return EditorSnapshot(**(told | changes))


def _editor(theme: Theme, snapshot: EditorSnapshot, size: tuple[int, int] = (1080, 700)) -> Made:
    state, doors = FakeEditor(snapshot), FakeDoors()
    window = EditorWindow(theme, state, doors)
    window.resize(*size)
    window.show()
    return window, [state, doors]


def _with_mask(**changes: Any) -> EditorSnapshot:
    told: dict[str, Any] = {
        "mask": _marked(1200, 800),
        "mask_empty": False,
        "button": Button(say("editor.erase"), True, ""),
        "can_undo": True,
    }
    return _photo(**(told | changes))


@screen("editor-empty")
def _editor_empty(theme: Theme, _folder: Path) -> Made:
    return _editor(theme, EditorSnapshot())


@screen("editor-opening")
def _editor_opening(theme: Theme, _folder: Path) -> Made:
    return _editor(
        theme, EditorSnapshot(stage="opening", title="harbour.jpg", subtitle=say("editor.opening", title="h"))
    )


@screen("editor-typical")
def _editor_typical(theme: Theme, _folder: Path) -> Made:
    return _editor(theme, _with_mask())


@screen("editor-select")
def _editor_select(theme: Theme, _folder: Path) -> Made:
    return _editor(theme, _with_mask(tool="select", pointer="click", pointers=("click", "brush", "lasso", "box")))


@screen("editor-enlarge")
def _editor_enlarge(theme: Theme, _folder: Path) -> Made:
    size = say("editor.result_size", width=2400, height=1600, megapixels="3.8")
    return _editor(theme, _photo(tool="enlarge", result_size=size, button=Button(say("editor.enlarge"), True, "")))


@screen("editor-working")
def _editor_working(theme: Theme, _folder: Path) -> Made:
    box = Box(640, 460, 820, 660)
    button = Button(say("common.stop"), True, say("editor.tip_stop"), stops=True)
    return _editor(theme, _with_mask(working=Working(say("editor.preparing"), 0.4, box), button=button))


@screen("editor-done")
def _editor_done(theme: Theme, _folder: Path) -> Made:
    ways = (("lama", say("editor.way_surroundings")),)
    done = Done(done_words("npu", 0.8), Box(640, 460, 820, 660), True, ("1", "2"), 0, ways)
    return _editor(theme, _photo(done=done, unsaved=True, changes=2, edited=True, can_undo=True))


@screen("editor-error")
def _editor_error(theme: Theme, _folder: Path) -> Made:
    words = say("editor.full", size="14 MB")
    notice = Notice("danger", words, (("save_as", say("editor.save_elsewhere")),))
    return _editor(theme, _with_mask(notice=notice, unsaved=True, changes=1, edited=True))


@screen("editor-extreme")
def _editor_extreme(theme: Theme, _folder: Path) -> Made:
    notice = Notice("warning", f"{LONG}. {LONG}.", (("enqueue", say("editor.to_queue")),))
    title = f"{WORD} {LONG}.jpg"
    return _editor(
        theme,
        _with_mask(
            title=title, notice=notice, changes=1234, unsaved=True, edited=True, estimate=estimate_words("gpu", 3600)
        ),
        (900, 600),
    )


# the queue


def _queue(theme: Theme, folder: Path, act: Callable[[KnownQueue], None], size: tuple[int, int] = (760, 620)) -> Made:
    queue, scenes = KnownQueue(folder / "app"), Scenes()
    window = QueueWindow(theme, queue.state, queue.doors, scenes)  # type: ignore[arg-type]
    window.resize(*size)
    window.show()
    act(queue)
    return window, [queue, scenes]


NAMES = ["IMG_2048", "Breakfast", "Museum day", "Grandma 1962 scan", "Straße im Regen", "harbour", LONG, "table"]


def _running(queue: KnownQueue, count: int = 240, done: int = 12) -> None:
    """Some are done, two failed, one runs."""
    pictures = [HOME / "Pictures" / f"{NAMES[place % len(NAMES)]} {place}.png" for place in range(count)]
    queue.jobs.submit(pictures, Enlarge(2.0))
    for place in range(done):
        queue.worker.now += 3.1
        if place == 3:
            queue.worker.fail(f"{pictures[3]} is empty.", "Take another copy of the file.")
        elif place == 7:
            queue.worker.died()
        else:
            queue.worker.done(str(pictures[place]), seconds=3.1)
    if done < count:
        queue.worker.now += 4.2
        queue.worker.progress(9, 24)


@screen("queue-empty")
def _queue_empty(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, lambda _queue: None)


@screen("queue-asking")
def _queue_asking(theme: Theme, folder: Path) -> Made:
    def act(queue: KnownQueue) -> None:
        queue.state.add([HOME])
        queue.walker.tell(Ended.PART, pictures=[str(HOME / f"{name}.png") for name in NAMES])
        queue.walker.tell(Ended.DONE, count=len(NAMES))

    return _queue(theme, folder, act)


@screen("queue-typical")
def _queue_typical(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, _running)


@screen("queue-paused")
def _queue_paused(theme: Theme, folder: Path) -> Made:
    def act(queue: KnownQueue) -> None:
        _running(queue)
        queue.jobs.pause(Pause.BATTERY)

    return _queue(theme, folder, act)


@screen("queue-done")
def _queue_done(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, lambda queue: _running(queue, 20, 20))


@screen("queue-extreme")
def _queue_extreme(theme: Theme, folder: Path) -> Made:
    return _queue(theme, folder, lambda queue: _running(queue, 22_000, 12), (600, 400))


# the first run


def _welcome(theme: Theme, folder: Path, act: Callable[[Run], None]) -> Made:
    run = Run()
    window = WelcomeWindow(theme, run.state, run.doors)
    window.show()
    act(run)
    return window, [run, folder]


@screen("welcome-folders")
def _welcome_folders(theme: Theme, folder: Path) -> Made:
    return _welcome(theme, folder, lambda run: run.state.tick("/home/ann/Documents", on=True))


@screen("welcome-key")
def _welcome_key(theme: Theme, folder: Path) -> Made:
    def act(run: Run) -> None:
        run.taken["Ctrl+Alt+K"] = say("platform.key_unsupported", command="homespun palette")
        run.state.skip()
        run.state.record("Ctrl+Alt+K")

    return _welcome(theme, folder, act)


@screen("welcome-error")
def _welcome_error(theme: Theme, folder: Path) -> Made:
    def act(run: Run) -> None:
        run.state.skip()
        run.state.skip()
        run.asked("sample").then(Event(Ended.DIED, {"what": "", "todo": "", "code": 1, "error": "Died"}))

    return _welcome(theme, folder, act)
