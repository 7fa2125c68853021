"""The index, as the window asks for it. Two processes serve this file's handlers.

`run` and `watch` write, and take as long as they take: they are for a process of its own, at background priority. What
is asked and answered at once (`asks`) is served by the chores as well, so that no question waits for a run.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler, Told
from homespun.errors import Busy, Damaged, HomespunError, NotFound
from homespun.files import atomic_write
from homespun.folders import folders, make_private
from homespun.progress import Cancelled, Progress, Report

if TYPE_CHECKING:
    from indexer.index import Index
    from indexer.report import Stage

LOOK_AGAIN = 1.0
"""Seconds between two looks whether another writer is done, or the computer plugged in."""

LOOK_AT_POWER = 5.0
"""Seconds between two looks at the battery while meanings are worked out."""

_STAGES = {"files seen": "names", "files read": "text", "passages understood": "meaning"}


def open_service() -> dict[str, Handler]:
    """Everything that can be done with the index."""
    return {"run": run, "watch": watch, **asks()}


def asks() -> dict[str, Handler]:
    """What is answered at once."""
    return {
        "index_overview": overview,
        "index_add": add,
        "index_remove": remove,
        "index_problems": problems,
        "index_why": why,
        "index_forget": forget,
        "index_exclude": exclude,
        "index_renew": renew,
    }


# what takes time


def run(call: Call) -> Told:
    """Bring the index up to date: names, texts, meanings.

    Parts: {held, by} while another process writes (held None: it goes on), {battery} when meanings wait for power and
    when they no longer do. Progress notes are the stages. The answer: {new, changed, removed, problems, away}.
    """
    from indexer import Stage

    found = _Found()
    with _opened() as index:
        found.add(_in_turn(call, index, Stage.TEXT, _named(call.progress)))
        while index.store.vectors.count_waiting():
            _until_plugged_in(call, index)
            power = _WhilePowered(call.progress, index)
            try:
                with call.progress.cancel.calling(power.progress.cancel.cancel):
                    found.add(_in_turn(call, index, Stage.PASSAGES, power.progress))
            except Cancelled:
                call.progress.cancel.check()  # else it was the plug that was pulled
    return found.told


def watch(call: Call) -> Told:
    """Keep the index up to date until cancelled; parts: {said} for each thing done."""
    import indexer

    with _opened() as index:
        indexer.watch(index, cancel=call.progress.cancel, tell=lambda said: call.tell({"said": said}))
    raise Cancelled


class _Found:
    """The sum of several runs that are one to the person."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {"new": 0, "changed": 0, "removed": 0, "problems": 0, "away": []}

    def add(self, report: Any) -> None:
        for name in ("new", "changed", "removed", "problems"):
            self.told[name] += getattr(report, name)
        self.told["away"] = list(report.away)


def _in_turn(call: Call, index: Index, until: Stage, progress: Progress) -> Any:
    """A run once no other process writes: there are never two writers."""
    import indexer

    held: object = None
    while True:
        try:
            report = indexer.run(index, until=until, progress=progress)
        except Busy:
            holder = index.store.lock.holder()
            if holder != held or held is None:
                call.tell({"held": holder or 0, "by": _name_of(holder)})
                held = holder or 0
            _rest(call, LOOK_AGAIN)
        else:
            if held is not None:
                call.tell({"held": None, "by": ""})
            return report


def _named(progress: Progress) -> Progress:
    """`progress` with the stages' names for notes, which the window turns into words."""
    show = progress.show
    return Progress(
        lambda report: show(Report(report.done, report.total, _STAGES.get(report.note, report.note))), progress.cancel
    )


class _WhilePowered:
    """A progress whose cancel is raised when the plug is pulled, if the settings say so."""

    def __init__(self, progress: Progress, index: Index) -> None:
        self._index = index
        self._show_outside = _named(progress).show
        self._next_look = time.monotonic() + LOOK_AT_POWER
        self.progress = Progress(self._show)

    def _show(self, report: Report) -> None:
        self._show_outside(report)
        if time.monotonic() > self._next_look:
            self._next_look = time.monotonic() + LOOK_AT_POWER
            if _waits_for_power(self._index):
                self.progress.cancel.cancel()


def _until_plugged_in(call: Call, index: Index) -> None:
    if not _waits_for_power(index):
        return
    call.tell({"battery": True})
    while _waits_for_power(index):
        _rest(call, LOOK_AGAIN)
    call.tell({"battery": False})


def _waits_for_power(index: Index) -> bool:
    from engines.runtime import on_battery

    return index.settings.index.pause_on_battery and on_battery()


def _rest(call: Call, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        call.progress.cancel.check()
        time.sleep(0.05)


def _name_of(process: int | None) -> str:
    """What a process is called, "" if nobody knows."""
    if not process:
        return ""
    import psutil

    try:
        words = psutil.Process(process).cmdline()
    except psutil.Error:
        return ""
    names = [Path(word).stem for word in words]
    return " ".join(["homespun", *words[names.index("homespun") + 1 :]]) if "homespun" in names else ""


# what is answered at once


def overview(_call: Call) -> Told:
    """The index at a glance; {there: False} when there is none yet."""
    try:
        index = _opened()
    except NotFound:
        return {"there": False, "roots": []}
    with index:
        status = index.status()
        files = index.store.files
        roots: list[dict[str, Any]] = [
            {
                "path": os.fsdecode(row.path),
                "shown": root.path,
                "state": str(root.state),
                "files": root.files,
                "waiting": files.count_waiting_in(row.id),
                "looked": row.scanned > 0,
            }
            for row, root in zip(files.roots(), status.roots, strict=True)
        ]
        _remember([root["path"] for root in roots])
        return {
            "there": True,
            "roots": roots,
            "files": status.files,
            "problems": sum(status.states.get(state, 0) for state in ("partial", "skipped", "error")),
            "waiting_text": status.waiting_text,
            "waiting_vectors": status.waiting_vectors,
            "passages": status.passages,
            "index_bytes": status.index_bytes + status.cache_bytes,
            "last_run": status.last_run,
            "writer": status.writer,
            "battery": _waits_for_power(index),
        }


def add(call: Call) -> Told:
    """Take folders in: `paths`. Each is judged alone: {added: [{path, warnings}], refused: [{path, what, todo}]}."""
    from indexer import open_index

    added, refused = [], []
    with open_index(create=True) as index:
        for path in call.arguments["paths"]:
            try:
                taken = index.add(Path(path))
            except HomespunError as error:
                refused.append({"path": path, "what": error.what, "todo": error.todo})
            else:
                added.append({"path": taken.path, "warnings": list(taken.warnings)})
        _remember([os.fsdecode(row.path) for row in index.store.files.roots()])
    return {"added": added, "refused": refused}


def remove(call: Call) -> Told:
    """Let go of a folder: `path`. {files}."""
    with _opened() as index:
        files = index.remove(Path(call.arguments["path"]))
        _remember([os.fsdecode(row.path) for row in index.store.files.roots()])
    return {"files": files}


def problems(call: Call) -> Told:
    """The files that were not wholly read, at most `limit`: {problems: [{path, shown, state, reason}], total}."""
    with _opened() as index:
        found = index.problems()
    listed = [
        {"path": os.fsdecode(one.path), "shown": one.shown, "state": str(one.state), "reason": one.reason}
        for one in found[: call.arguments["limit"]]
    ]
    return {"problems": listed, "total": len(found)}


def why(call: Call) -> Told:
    """Why the file at `path` is found, or is not: {path, shown, found, sentence, todo}."""
    path = _typed(call.arguments["path"])
    told = {"path": os.fspath(path)}
    try:
        index = _opened()
    except NotFound as error:
        return {**told, "shown": told["path"], "found": False, "sentence": error.what, "todo": error.todo}
    with index:
        answer = index.why(path)
    return {**told, "shown": answer.shown, "found": answer.found, "sentence": answer.sentence, "todo": answer.todo}


def forget(call: Call) -> Told:
    """Take every trace of `path` out of the index: {files, passages}."""
    with _opened() as index:
        gone = index.forget(Path(call.arguments["path"]))
    return {"files": gone.files, "passages": gone.passages}


def exclude(call: Call) -> Told:
    """Never read the file or folder at `path` again, and forget what is known of it: {files}."""
    from homespun.settings import load, save_value

    path = Path(call.arguments["path"])
    with _opened() as index:
        if path.is_dir():
            return {"files": index.leave_out(path)}
        where = folders().settings
        patterns = load(where).index.exclude
        pattern = "".join(f"\\{sign}" if sign in "\\*?[" and os.name != "nt" else sign for sign in os.fspath(path))
        if pattern not in patterns:
            save_value(where, "index.exclude", (*patterns, pattern))
        try:
            return {"files": index.forget(path).files}
        except NotFound:  # it was never read
            return {"files": 0}


def renew(_call: Call) -> Told:
    """Put a damaged index aside and make a new one of the same folders: {aside, roots}."""
    from indexer.anew import make_anew

    try:
        with _opened() as index:
            index.store.check()
            index.status()
    except (Damaged, NotFound):
        pass
    else:
        return {"aside": "", "roots": _remembered()}  # somebody else has made it whole
    before = _remembered()
    anew = make_anew()
    lost = [path for path in before if path not in anew.roots]
    if lost:
        add(Call({"paths": lost}, Progress()))
    return {"aside": os.fspath(anew.aside), "roots": before}


def _opened() -> Index:
    from indexer import open_index

    return open_index()


def _typed(text: str) -> Path:
    """A path as a person types or pastes it: with `~`, in quotation marks, or as a file: address."""
    text = text.strip().strip("\"'")
    if text.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        text = unquote(urlsplit(text).path)
    return Path(os.path.abspath(Path(text).expanduser()))


# the folders' paths, kept beside the index: it must be possible to make it anew when it can't be read


def _memory() -> Path:
    return folders().data / "app" / "searched.json"


def _remember(paths: list[str]) -> None:
    if paths == _remembered():
        return
    make_private(_memory().parent)
    with atomic_write(_memory()) as stream:
        stream.write(json.dumps(paths).encode())


def _remembered() -> list[str]:
    try:
        paths = json.loads(_memory().read_bytes())
    except (OSError, ValueError):
        return []
    return [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
