"""Searching, for the palette: sentences, newest files, files like one, and what is in a file.

An answer is an object whose `index` says what there is to search: "ready", "none" (no index, or no folder in it),
"damaged". A question may have a `folder`: it alone is searched, and the answer says in `reach` how much of it is read.
Paths are text with lone surrogates where a name is no text; `os.fsencode` gives the exact bytes.
"""

from __future__ import annotations

import gc
import os
import time
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.workers.calls import Call, Handler, Told
from desktop.workers.hits import Hits, sure, worth_a_row
from homespun.errors import Damaged, HomespunError, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.answer import Answer
    from indexer.find import Searcher
    from indexer.index import Index
    from indexer.query import Query

MOST = 200
FIRST = 20
"""Rows of the first answer: what is seen at once, and a few turns of the wheel."""
FIRST_QUOTED = 10
"""Rows of the first answer whose text is read for a passage: those that the palette shows, and a few more."""
QUOTED = 40
"""Rows of the complete answer whose text is read for a passage: for all of them, each letter typed would wait 50 ms more."""


def open_service() -> dict[str, Handler]:
    """The handlers; the index is opened by the first call that needs it."""
    from desktop.workers.page import render

    desk = _Desk()
    return {
        "warm": desk.warm,
        "ask": desk.ask,
        "recent": desk.recent,
        "similar": desk.similar,
        "nearly": desk.nearly,
        "text": desk.text,
        "page": render,
        "leave_out": desk.leave_out,
        "take_back": desk.take_back,
        "repair": desk.repair,
    }


class _Desk:
    """The open index and its warm searcher; both are opened anew when the file is another one."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._searcher: Searcher | None = None
        self._stamp: tuple[int, int] | None = None
        self._counted: tuple[object, int] | None = None

    # answers

    def warm(self, _call: Call) -> Told:
        """Load what the first search would wait for."""
        searcher = self._open()
        if isinstance(searcher, dict):
            return searcher
        with searcher.store.telling_damage():
            if searcher.vectors() is not None:
                searcher.vector_of("warm")
        gc.collect()
        gc.freeze()  # what is loaded stays: to look through it for garbage takes 20 ms in the middle of an answer
        return {"index": "ready"}

    def ask(self, call: Call) -> Told:
        """{sentence, limit, plain, today, folder} → a part with the answer by keywords, then the complete answer."""
        searcher = self._open()
        if isinstance(searcher, dict):
            return searcher
        call.tell({"begun": True})
        told = call.arguments
        sentence, limit = str(told["sentence"]), min(int(told.get("limit", MOST)), MOST)
        today, plain, below = _day(told), _plain(told), _folder(told)
        reach = self._reach(below)
        last: dict[str, Any] = {}
        check = call.progress.cancel.check
        stages = searcher.stages(
            sentence,
            limit=limit,
            first=FIRST,
            today=today,
            plain=plain,
            typing=True,
            quoted=QUOTED,
            first_quoted=FIRST_QUOTED,
            check=check,
            below=below,
        )
        try:
            for answer in stages:
                call.progress.cancel.check()
                most = limit if last else min(limit, FIRST)
                query = searcher.understood(answer.sentence, today=today, plain=plain, below=below)
                first = not last
                last = {**self._answer(searcher, query, answer, most), "chips": _chips(searcher, query, today, plain)}
                last |= reach
                if first:
                    call.tell({**last, "complete": False})
        except Damaged as error:
            return self._damaged(error)
        return {**last, "complete": True, **self._waiting(searcher, partial=bool(last["partial"]))}

    def recent(self, call: Call) -> Told:
        """{limit, folder} → the newest files, and `fills`: whether something here fills pictures by words."""
        from indexer.beside import recent

        limit, below = int(call.arguments.get("limit", 6)), _folder(call.arguments)
        told = self._listed(lambda searcher: recent(searcher.store, limit, below=below))
        reach = self._reach(below) if told["index"] == "ready" else {}
        return {**told, **reach, "fills": _fills()}

    def similar(self, call: Call) -> Told:
        """{path, limit} → the files most like this one."""
        from indexer.beside import similar

        path, limit = str(call.arguments["path"]), min(int(call.arguments.get("limit", 60)), MOST)
        return self._listed(lambda searcher: similar(searcher, path, limit))

    def nearly(self, call: Call) -> Told:
        """{sentence, plain, today, folder} → for each filter, how many files there would be without it: [[part, start, end, count]]."""
        searcher = self._open()
        if isinstance(searcher, dict):
            return searcher
        told = call.arguments
        sentence, today, plain = str(told["sentence"]), _day(told), _plain(told)
        found: list[list[Any]] = []
        for chip in searcher.understood(sentence, today=today, plain=plain).chips():
            call.progress.cancel.check()
            more = [*plain, (chip.start, chip.end)]
            answer = next(searcher.stages(sentence, limit=MOST, today=today, plain=more, below=_folder(told)))
            count = sum(1 for hit in answer.hits if not hit.outside)
            if count:
                found.append([str(chip.part), chip.start, chip.end, count])
        return {"index": "ready", "nearly": found}

    def text(self, call: Call) -> Told:
        """{path, sentence, plain, today} → {facts, excerpts: [{start, text, marks}], there, size, modified}."""
        from indexer.beside import excerpts, facts

        told = call.arguments
        path = str(told["path"])
        about: dict[str, Any] = {"there": False}
        try:
            found = os.lstat(path)
            about = {"there": True, "size": found.st_size, "modified": _moment(found.st_mtime)}
        except (OSError, ValueError):
            pass
        searcher = self._open()
        if isinstance(searcher, dict):
            return {**about, "facts": {}, "excerpts": []}
        parts = excerpts(searcher, path, str(told.get("sentence", "")), today=_day(told), plain=_plain(told))
        shown = [{"start": part.start, "text": part.text, "marks": part.marks} for part in parts]
        return {**about, "facts": facts(searcher.store, path), "excerpts": shown}

    # what a person changes

    def leave_out(self, call: Call) -> Told:
        """{path}: search this folder no more."""
        return {"files": self._changing().leave_out(Path(call.arguments["path"]))}

    def take_back(self, call: Call) -> Told:
        """{path}: undo `leave_out`."""
        self._changing().take_back(Path(call.arguments["path"]))
        return {}

    def repair(self, _call: Call) -> Told:
        """Move the damaged index aside, because the person asked for it, and begin another."""
        from indexer.anew import make_anew

        self._close()
        anew = make_anew()
        return {"aside": str(anew.aside), "roots": list(anew.roots)}

    # the index

    def _open(self) -> Searcher | dict[str, Any]:
        """The warm searcher, or the answer that says why there is none."""
        import indexer
        from homespun.folders import folders

        try:
            stamp = _stamp_of(folders().index)
            if self._searcher is None or stamp != self._stamp:
                self._close()
                self._index, self._stamp = indexer.open_index(), stamp
                self._searcher = self._index.searcher()
            if not self._searcher.store.files.roots():
                return {"index": "none"}
        except NotFound:
            self._close()
            return {"index": "none"}
        except Damaged as error:
            return self._damaged(error)
        return self._searcher

    def _changing(self) -> Index:
        opened = self._open()
        if isinstance(opened, dict) or self._index is None:
            raise NotFound("There is no index yet.", "Choose a folder first.")
        return self._index

    def _damaged(self, error: Damaged) -> dict[str, Any]:
        self._close()
        return {"index": "damaged", "what": error.what, "todo": error.todo}

    def _close(self) -> None:
        if self._index is not None:
            with suppress(HomespunError):  # it may be damaged, and is let go of all the same
                self._index.close()
        self._index = self._searcher = None

    # answers as objects

    def _listed(self, find: Any) -> Told:
        searcher = self._open()
        if isinstance(searcher, dict):
            return searcher
        started = time.perf_counter()
        try:
            hits = find(searcher)
        except Damaged as error:
            return self._damaged(error)
        took = round((time.perf_counter() - started) * 1000, 2)
        found = Hits(searcher, None).objects(hits)
        return {"index": "ready", "hits": found, "took_ms": took, "total": len(hits), **self._waiting(searcher)}

    def _reach(self, below: bytes | None) -> dict[str, Any]:
        """How much of the folder that is searched the index reads; {} where everything is searched."""
        if below is None or self._index is None:
            return {}
        reach, why = self._index.reach(below)
        return {"reach": str(reach), "reach_why": why}

    def _answer(self, searcher: Searcher, query: Query, answer: Answer, limit: int) -> dict[str, Any]:
        hits = [hit for at, hit in enumerate(answer.hits) if worth_a_row(hit, at)]
        total = len(hits)
        if total >= limit:
            total = max(total, self._total(searcher, query))
        return {
            "index": "ready",
            "sentence": answer.sentence,
            "hits": Hits(searcher, query).objects(hits),
            "repaired": answer.repaired,
            "took_ms": answer.took_ms,
            "total": total,
            "partial": answer.partial,
            "sure": any(map(sure, hits)),
        }

    def _total(self, searcher: Searcher, query: Query) -> int:
        """As the function says; the complete answer follows the one by keywords."""
        asked = (query, searcher.store.version())
        if self._counted is None or self._counted[0] != asked:
            self._counted = (asked, _total(searcher, query))
        return self._counted[1]

    def _waiting(self, searcher: Searcher, *, partial: bool | None = None) -> dict[str, Any]:
        """How far the reading is, where files may be missing from an answer."""
        store = searcher.store
        if not (store.unfinished() if partial is None else partial):
            return {"partial": False}
        files, waiting = store.ask.total("file"), store.files.count_waiting()
        return {"partial": True, "files": files, "read": files - waiting}


def _fills() -> bool:
    import models

    return any(
        one.model.task is models.Task.FILL_BY_WORDS and one.model.form is models.Form.MADE for one in models.installed()
    )


def _total(searcher: Searcher, query: Query) -> int:
    """How many files there are for a query that filters only; else how many texts hold any of its words."""
    from indexer.asked import filter_of
    from indexer.store import Filter

    ask = searcher.store.ask
    where = filter_of(query)
    if query.words or query.phrases:
        return ask.how_many_hold(query.words, phrases=query.phrases, where=where)
    return ask.how_many(where or Filter())


def _chips(searcher: Searcher, query: Query, today: date, plain: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """What was understood, each with the characters that say it and its own values."""
    told = []
    for chip in query.chips():
        if chip.part == "offer":
            continue
        alike = [(other.start, other.end) for other in query.chips() if other.part == chip.part and other is not chip]
        alone = searcher.understood(query.sentence, today=today, plain=[*plain, *alike]) if alike else query
        values = alone.as_dict()
        one: dict[str, Any] = {"part": str(chip.part), "label": chip.label, "start": chip.start, "end": chip.end}
        one["extension"] = f".{alone.extension}" if alone.extension else ""
        one |= {key: values[key] for key in ("kinds", "after", "before", "size_min", "size_max") if key in values}
        told.append(one)
    return told


def _day(told: Told) -> date:
    return date.fromisoformat(told["today"]) if told.get("today") else datetime.now().astimezone().date()


def _plain(told: Told) -> list[tuple[int, int]]:
    """The stretches of the sentence that are meant as plain words."""
    return [(int(start), int(end)) for start, end in told.get("plain", ())]


def _folder(told: Told) -> bytes | None:
    """The folder that alone is searched, as the index would have it: exact, and without links."""
    folder = str(told.get("folder", ""))
    return os.fsencode(os.path.realpath(folder)) if folder else None


def _moment(seconds: float) -> str:
    from indexer.hits import local_time

    return local_time(int(seconds)).isoformat(timespec="seconds")


def _stamp_of(path: Path) -> tuple[int, int]:
    """What tells one index file from another that took its place. Raises `NotFound`."""
    try:
        found = path.stat()
    except OSError as error:
        raise NotFound("There is no index yet.", "Choose folders to search.") from error
    return found.st_ino, found.st_dev
