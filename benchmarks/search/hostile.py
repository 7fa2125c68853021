"""The torture set through the real index: states as the manifest says, nothing leaked, nothing left, nothing that hangs."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks.machine import Run, homespun
from benchmarks.peers.recoll import Recoll
from benchmarks.scratch import Bench, at_home
from benchmarks.table import Row, Skipped
from indexer.document import Limits
from indexer.index import Index
from indexer.readers import Readers

LIMIT = 600
"""Seconds after which a run over the set counts as hanging."""

SECRETS = ("/etc/passwd", "/etc/hostname")
"""What the hostile files ask for: a line of these in an index is a leak."""

NAME_WORD = "osprey"
"""The word in every file that `make_torture.py dynamic` makes."""


@dataclass
class Verdict:
    """What was counted: entries that are as the manifest says, and sentences about the others."""

    right: int = 0
    entries: int = 0
    wrong: list[str] = field(default_factory=list)

    def judge(self, name: str, complaint: str) -> None:
        """One entry; an empty complaint is as it should be."""
        self.entries += 1
        self.right += not complaint
        if complaint:
            self.wrong.append(f"{name}: {complaint}")


def hostile(bench: Bench) -> list[Row]:
    """How many entries are as the manifest says, with crashes, leaks and hangs, and Recoll over the same folder."""
    source = bench.data("torture")
    manifest = json.loads((source / "manifest.json").read_text("utf-8"))
    folder = _laid_out(source, bench.fresh("hostile"), manifest)
    home = bench.folder("hostile", "home")
    homespun(home, "index", "add", "--no-run", str(folder))
    with _changing(source, folder / "made" / "special" / "changing.txt"):
        run = homespun(home, "index", "run", "--json", limit=LIMIT, sample=True, must_end_well=False)
    homespun(home, "index", "run", "--json", limit=LIMIT)  # the file that kept changing has its turn
    dear = _too_dear(folder, manifest)
    stored, made = Verdict(), Verdict()
    with at_home(home), Index() as index:
        for entry in manifest["files"]:
            stored.judge(entry["file"], _complaint(index, folder, entry) or dear.get(entry["file"], ""))
        _judge_made(index, folder / "made", made)
        leaks = _leaks(index)
    hangs, crashes = int(run.timed_out), int(bool(run.code) and not run.timed_out)
    seconds = json.loads(run.out)["seconds"] if not run.code else {}
    stages = ", ".join(f"{stage} {value:.1f} s" for stage, value in seconds.items())
    right, entries = stored.right + made.right, stored.entries + made.entries
    return [
        Row(
            "hostile files as the manifest says",
            f"{right} of {entries}; {crashes} crashes, {len(leaks)} leaks, {hangs} hangs, {len(run.left)} processes left",
            "all; 0, 0, 0",
            _recoll(bench, folder),
            (
                f"{stored.entries} stored entries (state, words found, seconds, memory) and {made.entries} made here",
                f"{run.seconds:.1f} s in all ({stages}); largest reader {run.child_peak / 1e6:.0f} MB",
                *stored.wrong,
                *made.wrong,
                *(f"leaked: {leak}" for leak in leaks),
            ),
            {"right": right, "entries": entries, "leaks": len(leaks), "hangs": hangs, "left": len(run.left)},
        )
    ]


def _laid_out(source: Path, scratch: Path, manifest: dict[str, Any]) -> Path:
    """The stored files, unpacked where they are packed, and those that have to be made on the spot."""
    folder = scratch / "files"
    for entry in manifest["files"]:
        target = folder / entry["file"].removesuffix(".gz")
        target.parent.mkdir(parents=True, exist_ok=True)
        data = (source / entry["file"]).read_bytes()
        target.write_bytes(gzip.decompress(data) if entry["file"].endswith(".gz") else data)
    script = str(source / "make_torture.py")
    subprocess.run([sys.executable, script, "dynamic", str(folder / "made")], check=True, stdout=subprocess.DEVNULL)
    return folder


class _changing:  # noqa: N801  # reads as what it does: with _changing(...)
    """A file is rewritten all the time inside."""

    def __init__(self, source: Path, file: Path) -> None:
        self._argv = [sys.executable, str(source / "make_torture.py"), "change", str(file)]

    def __enter__(self) -> None:
        self._process = subprocess.Popen(self._argv)

    def __exit__(self, *_: object) -> None:
        self._process.wait(30)


def _complaint(index: Index, folder: Path, entry: dict[str, Any]) -> str:
    """What is not as the manifest says of a stored file; "" when all is."""
    path = folder / entry["file"].removesuffix(".gz")
    row = index.store.files.find(os.fsencode(path.parent), os.fsencode(path.name))
    if row is None:
        return "not in the index, not even by its name"
    _, state, reason, _ = row
    if state != entry["expect"]:
        return f"expected {entry['expect']}, is {state} ({reason})"
    word = entry.get("must_find")
    if word and os.fsencode(path) not in _found(index, word):
        return f"{word!r} does not find it"
    if os.fsencode(path) not in _found(index, path.name):
        return "its name does not find it"
    return ""


def _found(index: Index, sentence: str) -> set[bytes]:
    return {
        hit.path for hit in index.searcher().search(f'"{sentence}"' if " " in sentence else sentence, limit=100).hits
    }


def _judge_made(index: Index, folder: Path, verdict: Verdict) -> None:
    """The entries that can't be stored: odd names, links, special files."""
    found = _found(index, NAME_WORD)
    for name in os.listdir(os.fsencode(folder / "names")):
        path = os.path.join(os.fsencode(folder / "names"), name)
        if name.startswith(b"."):
            why = index.why(Path(os.fsdecode(path)))
            verdict.judge(repr(name), "" if not why.found and why.sentence else "a hidden file without a reason")
        else:
            verdict.judge(repr(name), "" if path in found else f"{NAME_WORD!r} does not find it")
    links = os.fsencode(folder / "links")
    known = {name for name in os.listdir(links) if index.store.files.find(links, name)}
    verdict.judge("links/loop-*", "" if known <= {b"real.txt", b"hard-1.txt"} else f"in the index: {sorted(known)}")
    contents = {row[3] for name in (b"real.txt", b"hard-1.txt") if (row := index.store.files.find(links, name))}
    verdict.judge("links/hard-*", "" if len(known) == 2 and len(contents) == 1 else "not two paths with one text")
    _judge_special(index, folder / "special", found, verdict)


def _judge_special(index: Index, folder: Path, found: set[bytes], verdict: Verdict) -> None:
    place = os.fsencode(folder)
    for name in ("fifo", "socket", "sparse-10g.txt"):
        row = index.store.files.find(place, name.encode())
        if (folder / name).exists():
            verdict.judge(f"special/{name}", "" if row is None or row[1] == "skipped" else f"is {row[1]}")
    for name in ("future.txt", "past.txt", "changing.txt"):
        verdict.judge(f"special/{name}", "" if os.path.join(place, name.encode()) in found else "not found")
    deep = any(path.endswith(b"/osprey-deep.txt") for path in found)
    verdict.judge("special/deep/…", "" if deep else "not found")
    row = index.store.files.find(place, b"changing.txt")
    text = index.store.contents.text(row[3]) if row and row[3] else ""
    versions = {line.rpartition(" ")[2] for line in text.splitlines()}
    verdict.judge("special/changing.txt, unmixed", "" if len(versions) == 1 else f"a mix of {len(versions)} versions")


def _leaks(index: Index) -> list[str]:
    """Lines of the secret files that are in any text of the index."""
    secret = {line.strip() for path in SECRETS for line in _lines(path) if len(line.strip()) > 12}
    contents = {row[3] for row in _rows(index) if row[3]}
    return [
        line
        for content in contents
        for line in index.store.contents.text(content).splitlines()
        if line.strip() in secret
    ]


def _rows(index: Index) -> list[tuple[int, str, str, int | None]]:
    tree = [one for root in index.store.files.roots() for one in index.store.files.snapshot(root.id).items()]
    rows = [index.store.files.find(folder, name) for folder, known in tree for name in known.files]
    return [row for row in rows if row]


def _lines(path: str) -> list[str]:
    with suppress(OSError):
        return Path(path).read_text("utf-8", "replace").splitlines()
    return []


def _too_dear(folder: Path, manifest: dict[str, Any]) -> dict[str, str]:
    """Each stored file once more through a warm reader: what those are that take more seconds or memory than they may."""
    found = {}
    with Readers(Limits()) as readers:
        for entry in manifest["files"]:
            outcome = readers.read(os.fsencode(folder / entry["file"].removesuffix(".gz")))
            held = 0.0
            with suppress(psutil.Error):
                held = psutil.Process(readers.pid).memory_info().rss / 2**20
            if outcome.seconds > entry["max_seconds"]:
                found[entry["file"]] = f"{outcome.seconds:.1f} s, {entry['max_seconds']} s allowed"
            elif held > entry["max_worker_mb"]:
                found[entry["file"]] = f"its reader at {held:.0f} MB, {entry['max_worker_mb']} MB allowed"
    return found


def _recoll(bench: Bench, folder: Path) -> str:
    """Recoll over the same folder: how it ended, in what time, and whether the system's own files are in its index."""
    if not bench.peers:
        return ""
    try:
        peer = Recoll(bench.folder("hostile") / "recoll", folder)
    except Skipped as reason:
        return str(reason)
    started = time.perf_counter()
    run: Run = peer.build(limit=LIMIT)
    took = time.perf_counter() - started
    ending = f"killed after {LIMIT} s" if run.timed_out else f"exit {run.code} after {took:.0f} s"
    words = {line.partition(":")[0] for line in _lines(SECRETS[0])}
    word = "nologin" if "nobody" in words else NAME_WORD
    leaked = peer.search(word, 20)
    names = len(set(peer.search(NAME_WORD, 100)))
    shutil.rmtree(peer.configuration, ignore_errors=True)
    return (
        f"{peer.name}: {ending}; {len(leaked)} files found by {word!r} from /etc/passwd; {names} found by {NAME_WORD!r}"
    )
