"""The torture set: every hostile file ends as its manifest says, within its time and memory, and nothing leaks."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.document import State
from indexer.readers import Outcome, Readers

MANIFEST = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "torture" / "manifest.json"
ENTRIES: list[dict[str, Any]] = json.loads(MANIFEST.read_text("utf-8"))["files"] if MANIFEST.exists() else []
# Words of the manifest that are a reason to be shown; the others are remarks.
REASON = re.compile(r"(?:archive|xml|pdf|picture): [a-z ]+|text cut at the limit|token length limit|no text$|not text$")

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def torture() -> Path:
    if not ENTRIES:
        pytest.skip("the shared data folder is not beside this checkout")
    return MANIFEST.parent


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, torture: Path) -> Iterator[Path]:
    """The files that can't be stored: odd names, links, devices, depths."""
    folder = tmp_path_factory.mktemp("dynamic")
    subprocess.run(
        [sys.executable, torture / "make_torture.py", "dynamic", folder], check=True, stdout=subprocess.DEVNULL
    )
    yield folder
    # pytest's own cleaning can't follow 300 folders down.
    subprocess.run(["rm", "-rf", folder / "special" / "deep-folder-name"], check=False)


def peak_mb(pid: int) -> float:
    """The most memory that a process has had resident since `forget_peak`, in MB."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000  # type: ignore[index]


def forget_peak(pid: int) -> None:
    """Start measuring a process's peak anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


@linux
@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"] for entry in ENTRIES])
def test_a_stored_file_ends_as_its_manifest_says(
    readers: Readers, torture: Path, tmp_path: Path, entry: dict[str, Any]
) -> None:
    path = torture / entry["file"]
    if path.suffix == ".gz":
        inner = tmp_path / path.stem
        inner.write_bytes(gzip.decompress(path.read_bytes()))
        path = inner
    forget_peak(readers.pid)
    before = readers.pid
    outcome = readers.read(bytes(path))
    assert readers.pid == before, "the reader process died"
    document = outcome.document
    assert document.state == entry["expect"], document.reason
    assert peak_mb(readers.pid) < entry["max_worker_mb"]
    assert outcome.seconds < entry["max_seconds"]
    assert outcome.steady
    assert len(outcome.hash) == 20
    if "must_find" in entry:
        assert entry["must_find"] in document.text.casefold()
    if expected := REASON.match(entry.get("reason", "")):
        assert expected[0].strip() in document.reason
    if document.state is not State.INDEXED:
        assert document.reason
    assert "root:" not in document.text + str(document.facts)
    document.text.encode()


@linux
def test_nothing_of_the_set_stays_behind(torture: Path) -> None:
    handles = len(os.listdir("/proc/self/fd"))
    with Readers() as readers:
        paths = [bytes(torture / entry["file"]) for entry in ENTRIES]
        assert [outcome.path for outcome in readers.read_all(paths)] == paths
        pid = readers.pid
        held = [str(Path(f"/proc/{pid}/fd/{number}").readlink()) for number in os.listdir(f"/proc/{pid}/fd")]
        assert not [name for name in held if str(torture) in name or name.startswith("socket:")]
        assert not Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").strip()
    assert not Path(f"/proc/{pid}").exists()
    assert len(os.listdir("/proc/self/fd")) == handles


def test_every_odd_name_is_opened_by_its_exact_bytes(readers: Readers, fresh: Path) -> None:
    folder = bytes(fresh / "names")
    names = sorted(os.listdir(folder))
    assert len(names) >= 16
    outcomes = list(readers.read_all(os.path.join(folder, name) for name in names))
    for name, outcome in zip(names, outcomes, strict=True):
        assert outcome.path == os.path.join(folder, name)
        assert outcome.document.state is State.INDEXED, name
        assert outcome.document.text == "osprey body\n"


def test_links_are_not_followed(readers: Readers, fresh: Path) -> None:
    links = sorted(path for path in (fresh / "links").iterdir() if path.is_symlink())
    assert len(links) >= 5
    for outcome in readers.read_all(bytes(path) for path in links):
        assert outcome.document.state is State.SKIPPED
        assert outcome.document.reason == "a link, not followed"
        assert (outcome.hash, outcome.document.text) == (b"", "")


def test_hard_links_have_one_hash(readers: Readers, fresh: Path) -> None:
    one, other = (readers.read(bytes(fresh / "links" / name)) for name in ("real.txt", "hard-1.txt"))
    assert one.hash == other.hash
    assert one.inode == other.inode != 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("fifo", "not a regular file"),
        ("socket", "not a regular file"),
        ("", "not a regular file"),
        ("sparse-10g.txt", "too large"),
    ],
)
def test_what_is_no_ordinary_file_is_not_opened(readers: Readers, fresh: Path, name: str, reason: str) -> None:
    outcome = readers.read(bytes(fresh / "special" / name))
    assert (outcome.document.state, outcome.document.reason) == (State.SKIPPED, reason)
    assert outcome.seconds < 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_an_error(readers: Readers, fresh: Path) -> None:
    outcome = readers.read(bytes(fresh / "special" / "no-permission.txt"))
    assert (outcome.document.state, outcome.document.reason) == (State.ERROR, "permission")


@linux
def test_a_path_longer_than_the_system_takes_is_read(readers: Readers, fresh: Path) -> None:
    path = bytes(fresh / "special") + b"/deep-folder-name" * 300 + b"/osprey-deep.txt"
    assert len(path) > 4096
    outcome = readers.read(path)
    assert outcome.document.text == "osprey far below\n"
    assert outcome.steady
    assert readers.read(path + b"x").gone


def test_dates_out_of_the_ordinary_are_kept(readers: Readers, fresh: Path) -> None:
    future, past = (readers.read(bytes(fresh / "special" / name)) for name in ("future.txt", "past.txt"))
    assert future.mtime_ns == 4294967296 * 10**9
    assert past.mtime_ns == -86400 * 10**9
    assert future.document.state is past.document.state is State.INDEXED


def test_a_file_that_changes_while_it_is_read_is_never_a_mix(readers: Readers, fresh: Path, torture: Path) -> None:
    path = fresh / "special" / "changing.txt"
    with subprocess.Popen([sys.executable, torture / "make_torture.py", "change", path]) as writer:
        outcomes: list[Outcome] = []
        while writer.poll() is None:
            outcomes.append(readers.read(bytes(path)))
        last = readers.read(bytes(path))
    assert any(not outcome.steady for outcome in outcomes)
    for outcome in [*(outcome for outcome in outcomes if outcome.steady), last]:
        versions = {line for line in outcome.document.text.splitlines() if line.endswith(tuple("0123456789"))}
        # One cut line at the end may be the beginning of the same number.
        assert len({line for line in versions if outcome.document.text.count(line + "\n")}) <= 1
    assert last.steady
    assert last.document.text.count("osprey version") == 1000


def test_a_file_that_vanished_is_gone_without_an_error(readers: Readers, tmp_path: Path) -> None:
    outcome = readers.read(bytes(tmp_path / "vanishing.txt"))
    assert outcome.gone
    assert outcome.document.state is State.SKIPPED
