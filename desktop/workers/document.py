"""The document service: one picture as the editor's window works on it, from opening to saving."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler, Told
from homespun.errors import Busy, Damaged, NoSpace, NotFound

if TYPE_CHECKING:
    from desktop.workers.editing.document import Document
    from desktop.workers.editing.making import Maker


def open_service() -> dict[str, Handler]:
    """The handlers, by what the editor's state asks for."""
    desk = _Desk()
    handlers: dict[str, Handler] = {
        "open": desk.open,
        "paste": desk.paste,
        "rescue": desk.rescue,
        "able": desk.able,
        "warm": desk.warm,
        "look": desk.look,
        "erase": desk.erase,
        "fill": desk.fill,
        "enlarge": desk.enlarge,
        "choose": desk.choose,
        "select": desk.select,
        "grow": desk.grow,
        "undo": desk.undo,
        "redo": desk.redo,
        "original": desk.original,
        "save": desk.save,
        "export": desk.export,
        "mask_in": desk.mask_in,
        "mask_out": desk.mask_out,
        "keep": desk.keep,
        "close": desk.close,
        "left": desk.left,
        "drop": desk.drop,
    }
    # The editor's first question is to open a picture. A first look at it needs little; what else it needs is loaded
    # meanwhile, or before it comes.
    from desktop.workers.editing import firstlook  # noqa: F401 - Pillow is not loaded by two threads at once

    loading = Thread(target=_load, name="loading", daemon=True)
    loading.start()
    guarded = {name: _with_memory(_loaded(handler, loading)) for name, handler in handlers.items()}
    return {**guarded, "open": _with_memory(_looking_first(guarded["open"]))}


def _load() -> None:
    import psutil  # noqa: F401

    import desktop.workers.editing.document  # noqa: F401


class _Desk:
    """The document that is open, and what works on it."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._maker_made: Maker | None = None

    def open(self, call: Call) -> Told:
        """{path | number, place, owner, steps, position, preview} → a `display` part, then `told_of`.

        With `number` the document is built again from its folder: so many `steps` of it, `position` of them done
        (both -1 = as they are there); `lost` says how many could not be.
        """
        from desktop.workers.editing.document import open_document
        from desktop.workers.editing.keeping import DocumentFolder

        told = call.arguments
        place, owner = Path(told["place"]), int(told["owner"])
        preview = bool(told.get("preview", True))
        if not told.get("number"):
            path = Path(told["path"])
            folder = DocumentFolder(place, owner, path)
            folder.opens()
            return self._instead(open_document(path, folder, call.progress, call.tell, preview=preview))
        mine = self._document is not None and self._document.folder.number == told["number"]
        if int(told.get("steps", -1)) < 0 and not mine:
            self._take_over(place / told["number"])
        folder = DocumentFolder.reopened(place, told["number"], owner)
        if not folder.is_source_same():
            raise Damaged(f"{folder.source.name} was changed meanwhile.", "What was done to it can't be done again.")
        document = open_document(folder.base, folder, call.progress, call.tell, preview=preview)
        steps = list(folder.told["steps"])
        known, position = int(told.get("steps", -1)), int(told.get("position", -1))
        wanted = int(folder.told["position"]) if position < 0 else position
        for number in range(len(steps) if known < 0 else known, len(steps)):
            folder.forget_step(number)
        lost = document.steps.replay(steps if known < 0 else steps[:known], wanted)
        return {**self._instead(document), "lost": lost}

    def paste(self, call: Call) -> Told:
        """{sheet, length, name, place, owner}: open the bytes of a picture that has no file."""
        from desktop.workers.sheets import open_sheet

        told = call.arguments
        data = bytes(open_sheet(told["sheet"]).memory[: int(told["length"])])
        return self._pasted(call, lambda path: path.write_bytes(data))

    def rescue(self, call: Call) -> Told:
        """{sheet, width, height, stride, alpha, name, place, owner}: open what the window still shows of a picture whose
        only file is gone.
        """
        from desktop.workers.editing.display import picture_shown
        from desktop.workers.sheets import open_sheet

        told = call.arguments
        size = int(told["width"]), int(told["height"])
        picture = picture_shown(open_sheet(told["sheet"]), *size, int(told["stride"]), alpha=bool(told["alpha"]))
        return self._pasted(call, lambda path: picture.save(path, mark_edited=False))

    def _pasted(self, call: Call, write: Callable[[Path], object]) -> Told:
        """Open a picture whose only file is the one that `write` writes into the document's folder."""
        from desktop.workers.editing.document import open_document
        from desktop.workers.editing.keeping import DocumentFolder
        from homespun.folders import make_private

        told = call.arguments
        place, owner = Path(told["place"]), int(told["owner"])
        folder = DocumentFolder(place, owner, Path("pasted.png"), title=told["name"])
        folder.source = make_private(folder.path) / "pasted.png"
        try:
            write(folder.source)
            document = open_document(folder.source, folder, call.progress, call.tell, preview=False)
        except BaseException:
            folder.remove()
            raise
        folder.note(path=os.fspath(folder.source))
        return self._instead(document)

    def able(self, _call: Call) -> Told:
        """{fillers, qualities, painter}: what can erase here, and what fills by words."""
        from desktop.workers.editing.making import able

        return able()

    def warm(self, call: Call) -> None:
        """Load or compile the kernels, while nothing else is asked."""
        from desktop.workers.editing.making import warm

        warm(call.progress)

    def look(self, call: Call) -> None:
        """Look at the picture for selecting, before the first click."""
        self._maker.look(self._open, call.progress)

    def erase(self, call: Call) -> Told:
        """{sheet, box, quality, filler, attempt} → what changed, and how it went."""
        told = call.arguments
        document = self._open
        mask = document.mask(_box(told["box"]), told["sheet"])
        return self._maker.erase(
            document,
            mask,
            quality=told["quality"],
            filler=told.get("filler"),
            attempt=int(told["attempt"]),
            progress=call.progress,
        )

    def fill(self, call: Call) -> Told:
        """{sheet, box, prompt, negative, candidates, seed, more} → what changed, how it went, and what the guard did."""
        from desktop.workers.editing.filling import Asked, fill

        told, document = call.arguments, self._open
        mask = document.mask(_box(told["box"]), told["sheet"])
        asked = Asked(
            str(told["prompt"]),
            str(told["negative"]),
            candidates=int(told["candidates"]),
            seed=int(told["seed"]),
            more=bool(told["more"]),
        )
        return fill(document, mask, asked, call.progress)

    def enlarge(self, call: Call) -> Told:
        """{factor, style} → the new display."""
        told = call.arguments
        return self._maker.enlarge(self._open, factor=told["factor"], style=told["style"], progress=call.progress)

    def choose(self, call: Call) -> Told:
        """{current}: show another result of the last step."""
        step = self._open.steps.choose(int(call.arguments["current"]))
        return {**self._open.changed(step), "current": step.current}

    def select(self, call: Call) -> Told:
        """{include, exclude, box, lasso} → {mask}."""
        return self._maker.select(self._open, dict(call.arguments), call.progress)

    def grow(self, call: Call) -> Told:
        """{sheet, box, by} → {mask}."""
        told = call.arguments
        return self._maker.grow(self._open.mask(_box(told["box"]), told["sheet"]), int(told["by"]))

    def undo(self, _call: Call) -> Told:
        """Take the last step back."""
        steps = self._open.steps
        return self._open.turned(steps.undo, steps.redo)

    def redo(self, _call: Call) -> Told:
        """Do the next step again."""
        steps = self._open.steps
        return self._open.turned(steps.redo, steps.undo)

    def original(self, _call: Call) -> Told:
        """{display} of the file as it was opened."""
        from desktop.workers.editing.display import Shown

        document = self._open
        return {"display": dict(Shown(document.opened.with_pixels(document.steps.opened())).told())}

    def save(self, call: Call) -> Told:
        """{path | None, what, mark, replace} → {path}, or {full: bytes needed} where the disk is full."""
        from desktop.workers.editing.saving import needed, save

        told = call.arguments
        path = Path(told["path"]) if told.get("path") else None
        try:
            return save(
                self._open, path=path, what=told["what"], mark=bool(told["mark"]), replace=bool(told["replace"])
            )
        except NoSpace:
            return {"full": needed(self._open)}

    def export(self, call: Call) -> Told:
        """{path, size | None, mark} → {path}, or {full: bytes needed}."""
        from desktop.workers.editing.saving import export, needed

        told = call.arguments
        size = told.get("size")
        wanted = (int(size[0]), int(size[1])) if size else None
        try:
            return export(
                self._open, path=Path(told["path"]), size=wanted, mark=bool(told["mark"]), progress=call.progress
            )
        except NoSpace:
            return {"full": needed(self._open)}

    def mask_in(self, call: Call) -> Told:
        """{path} → {mask}. A mask of another size is fitted if its proportions are the picture's."""
        from desktop.workers.editing.document import bytes_of, mask_told
        from engines.pictures import Picture, WrongMask, read_mask

        path = Path(call.arguments["path"])
        width, height = self._open.size
        given = Picture.open(path)
        if abs(given.width * height - given.height * width) > max(width, height) * max(given.width, given.height) / 100:
            raise WrongMask(
                f"{path.name} is {given.width} × {given.height}, and the picture is {width} × {height}.",
                "Choose a mask of the picture's proportions.",
            )
        found = bytes_of(read_mask(path, (width, height), fit=True))
        return {"mask": None if found is None else mask_told(*found)}

    def mask_out(self, call: Call) -> Told:
        """{path, sheet, box}: write the mask as a picture, white = marked."""
        from engines.pictures import save_mask

        told = call.arguments
        mask = self._open.mask(_box(told["box"]), told["sheet"])
        return {"path": os.fspath(save_mask(mask, Path(told["path"]), overwrite=True))}

    def keep(self, call: Call) -> Told:
        """{sheet, box | None} → {safe}: have the mask come back after a crash."""
        from desktop.workers.sheets import open_sheet

        told = call.arguments
        if told["box"] is None:
            return {"safe": self._open.folder.keep_mask(None, b"")}
        box = _box(told["box"])
        count = (box[2] - box[0]) * (box[3] - box[1])
        return {"safe": self._open.folder.keep_mask(box, bytes(open_sheet(told["sheet"]).memory[:count]))}

    def close(self, _call: Call) -> None:
        """Forget the document; its folder goes."""
        self._forget()

    def left(self, call: Call) -> Told:
        """{place} → {left}: the documents whose owner is gone."""
        from desktop.workers.editing.keeping import left_behind

        return {"left": left_behind(Path(call.arguments["place"]))}

    def drop(self, call: Call) -> None:
        """{place, number}: delete what was left of a document."""
        from desktop.workers.editing.keeping import remove

        remove(Path(call.arguments["place"]), str(call.arguments["number"]))

    @staticmethod
    def _take_over(folder: Path) -> None:
        """Two windows must not write into one folder. Raises `Busy` and `Damaged`."""
        from desktop.workers.editing.keeping import is_owned, read

        if is_owned(read(folder)):
            raise Busy("This picture is open in another window.", "Go on there.")

    @property
    def _open(self) -> Document:
        if self._document is None:
            raise NotFound("No picture is open.", "Open one.")
        return self._document

    @property
    def _maker(self) -> Maker:
        if self._maker_made is None:
            from desktop.workers.editing.making import Maker

            self._maker_made = Maker()
        return self._maker_made

    def _instead(self, document: Document) -> Told:
        """`document` takes the place of the one that was open; until here a failure left that as it was."""
        from desktop.workers.editing.document import told_of

        answer = told_of(document)
        if self._document is not None and self._document.folder.number == document.folder.number:
            self._document = None
        self._forget()
        self._document = document
        return answer

    def _forget(self) -> None:
        if self._document is not None:
            self._document.folder.remove()
        self._document = None
        if self._maker_made is not None:
            self._maker_made.forget()


def _box(told: Any) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(value) for value in told)
    return left, top, right, bottom


def _loaded(handler: Handler, loading: Thread) -> Handler:
    """A handler that begins when everything is loaded: two threads that load the same may get in each other's way."""

    @wraps(handler)
    def handle(call: Call) -> Told | None:
        loading.join()
        return handler(call)

    return handle


def _looking_first(opening: Handler) -> Handler:
    """Opening a picture, with a first look at it before what opens it is loaded."""

    def handle(call: Call) -> Told | None:
        from desktop.workers.editing.firstlook import first_look

        told = call.arguments
        if told.get("number") or not told.get("preview", True):
            return opening(call)
        seen = first_look(Path(told["path"]))
        if seen is None:
            return opening(call)
        call.tell(seen)
        return opening(replace(call, arguments={**told, "preview": False}))

    return handle


def _with_memory(handler: Handler) -> Handler:
    """A handler that tells of missing memory as of other things that a person can do something about."""

    @wraps(handler)
    def handle(call: Call) -> Told | None:
        try:
            return handler(call)
        except MemoryError as error:
            raise NoSpace("There is not enough memory for this.", "Close other programs and try again.") from error
        finally:
            sheet = call.arguments.get("sheet")
            if sheet is not None:  # a call that ended before it opened its sheet leaves no name behind
                with suppress(OSError):
                    Path(sheet).unlink()

    return handle
