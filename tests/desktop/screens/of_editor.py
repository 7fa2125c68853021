"""The editor in every state that it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from desktop.state.editing.boxes import Box
from desktop.state.editing.choices import TOOLS
from desktop.state.editing.mask import Mask
from desktop.state.editing.snapshot import Button, Display, Done, EditorSnapshot, Notice, Working
from desktop.state.editing.wording import done_words, estimate_words, guard_words, painting_words
from desktop.state.editor_line import EditorLine
from desktop.window.editor.window import EditorWindow
from desktop.window.theme import Theme
from desktop.words import say
from desktop.words.reasons import failure
from desktop.workers import Sheet, make_sheet
from desktop.workers.editing.contract import Level
from tests.desktop.editor.fake_editor import FakeDoors, FakeEditor
from tests.desktop.screens.registry import Made, screen
from tests.desktop.screens.scenes import LONG, WORD, scene


def _display(width: int, height: int, seed: int = 3) -> Display:
    image = scene(width, height, seed).convertToFormat(QImage.Format.Format_RGB32)
    sheet: Sheet = make_sheet(width * height * 4)
    sheet.memory[:] = bytes(image.constBits())
    return Display(sheet, width, height, (Level(width, height, 4 * width, 0),))


def _marked(width: int, height: int) -> Mask:
    mask = Mask(width, height)
    box = Box(int(width * 0.54), int(height * 0.58), int(width * 0.68), int(height * 0.82))
    mask.draw(box, b"\xff" * (box.width * box.height))
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


def _editor(
    theme: Theme, snapshot: EditorSnapshot, size: tuple[int, int] = (1080, 700), line: EditorLine | None = None
) -> Made:
    state, doors = FakeEditor(snapshot), FakeDoors()
    window = EditorWindow(theme, state, doors, line=line)
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


@screen("editor-waiting")
def _editor_waiting(theme: Theme, _folder: Path) -> Made:
    line = EditorLine(lambda _path, _tool: None, lambda: 8, lambda _path: False, lambda _seconds, _then: None)
    line.add([Path(f"/{number}.jpg") for number in range(33)], "erase")
    return _editor(theme, _photo(title=f"{WORD} {LONG}.jpg"), (900, 600), line)


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


def _fill(**changes: Any) -> EditorSnapshot:
    told: dict[str, Any] = {
        "tool": "fill",
        "tools": TOOLS,
        "pointers": ("brush", "click", "lasso", "box"),
        "prompt": "a wooden bench in the shade",
        "variants": 2,
        "button": Button(say("editor.fill"), True, ""),
        "estimate": estimate_words("gpu", 12),
    }
    return _with_mask(**(told | changes))


@screen("editor-fill")
def _editor_fill(theme: Theme, _folder: Path) -> Made:
    return _editor(theme, _fill())


@screen("editor-fill-empty")
def _editor_fill_empty(theme: Theme, _folder: Path) -> Made:
    button = Button(say("editor.fill"), False, say("editor.fill.mark_first"))
    return _editor(theme, _fill(mask=Mask(1200, 800), mask_empty=True, prompt="", button=button, variants=1))


@screen("editor-fill-working")
def _editor_fill_working(theme: Theme, _folder: Path) -> Made:
    words = painting_words("step 3 of 4 of picture 2, about 40 s left")
    button = Button(say("common.stop"), True, say("editor.tip_stop"), stops=True)
    return _editor(theme, _fill(working=Working(words, 0.7, Box(640, 460, 820, 660)), button=button))


@screen("editor-fill-done")
def _editor_fill_done(theme: Theme, _folder: Path) -> Made:
    note = guard_words({"concept": "explicit content", "stage": "words", "removed": ["naked"]})
    done = Done(done_words("gpu", 12.4), Box(640, 460, 820, 660), True, ("1", "2"), 1, note=note)
    told = {"mask": Mask(1200, 800), "mask_empty": True, "done": done, "unsaved": True, "changes": 1, "edited": True}
    return _editor(theme, _fill(**told, can_undo=True))


@screen("editor-fill-error")
def _editor_fill_error(theme: Theme, _folder: Path) -> Made:
    told = {"what": "There is not enough memory for this.", "todo": "Close other programs and try again."}
    notice = Notice("danger", failure(told), (("retry", say("common.retry")),))
    return _editor(theme, _fill(notice=notice))


@screen("editor-fill-extreme")
def _editor_fill_extreme(theme: Theme, _folder: Path) -> Made:
    note = f"{guard_words({'concept': LONG, 'stage': 'words', 'removed': [WORD]})} {LONG}. {LONG}."
    done = Done(done_words("cpu", 3600), Box(640, 460, 820, 660), True, tuple("12345678"), 7, note=note)
    more = _fill(prompt=f"{LONG} {LONG}", negative=f"{WORD} {LONG}", negative_shown=True, done=done, variants=4)
    return _editor(theme, more, (900, 600))


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
