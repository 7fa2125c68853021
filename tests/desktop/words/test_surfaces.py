"""Where sentences of engines and index reach the screen, a German window is German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.jobs.job import Enlarge, Erase, Job, State
from desktop.state.folder_rows import problem_row, why_row
from desktop.state.queue_rows import row_of
from desktop.words import speak
from desktop.words.reasons import reason
from desktop.workers import Ended
from engines.erase.door import STRAINED, Quality, _advice
from engines.runtime.contract import Device, DeviceName, Kind
from engines.runtime.contract import Reason as DeviceReason
from engines.runtime.reasons import sentence
from homespun.progress import Progress
from indexer import open_index
from indexer.index import Index
from tests.desktop.folders.test_folders_state import Page
from tests.desktop.words.sentences import reader_reasons, refusals

ENGLISH = re.compile(
    r"\b(the|is|it|its|of|not|and|this|that|to|by|with|can|has|are|only|be|on|you|or|from|too|read|for|your|here)\b",
    re.IGNORECASE,
)
"""Words that stand in nearly every English sentence and in no German one."""


@pytest.fixture(autouse=True)
def _german() -> None:
    speak("de")


def filled(template: str) -> str:
    return re.sub(r"\{\d\}", "X7", template)


def english_in(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if ENGLISH.search(text)]


def test_the_check_finds_english() -> None:
    assert english_in(["X7 is hidden.", "X7 ist versteckt."]) == ["X7 is hidden."]


def test_why_a_file_is_not_found_is_said_in_german_for_every_rule() -> None:
    told = [{"found": False, "sentence": filled(said), "todo": filled(todo)} for said, todo in refusals()]
    assert len(told) > 20
    assert english_in([why_row(one).words for one in told]) == []


def test_why_a_file_is_found_is_said_in_german_by_a_real_index(tmp_path: Path) -> None:
    folder = tmp_path / "Ordner"
    folder.mkdir()
    for name, data in {"gut.txt": b"Ein Wal.\n", "leer.txt": b"", "kaputt.pdf": b"%PDF-1.4\n", ".weg": b"x"}.items():
        (folder / name).write_bytes(data)
    with open_index(tmp_path / "index.sqlite", create=True) as index:
        said = [_why(index, folder / "gut.txt")]
        index.add(folder)
        said.append(_why(index, folder / "gut.txt"))
        index.run(progress=Progress())
        (folder / "neu.txt").write_text("Neu.\n")
        names = ("gut.txt", "leer.txt", "kaputt.pdf", ".weg", "neu.txt", "fehlt.txt")
        said += [_why(index, folder / name) for name in names]
        said += [_why(index, folder), _why(index, tmp_path / "anderswo.txt")]
        (folder / "leer.txt").rename(folder / "war.txt")
        said.append(_why(index, folder / "leer.txt"))
        problems = [{"path": str(one.path), "state": str(one.state), "reason": one.reason} for one in index.problems()]
    assert len(set(said)) == len(said)
    assert english_in([one.replace(str(tmp_path), "") for one in said]) == []
    assert problems
    assert english_in([problem_row(one).reason for one in problems]) == []


def _why(index: Index, path: Path) -> str:
    told = index.why(path)
    return why_row({"found": told.found, "sentence": told.sentence, "todo": told.todo}).words


def test_why_a_file_was_read_in_part_is_said_in_german() -> None:
    assert english_in([reason(filled(one)) for one in reader_reasons()]) == []


@dataclass
class Effort:
    """What `_advice` reads of the filler's own, whose module compiles kernels."""

    pixels: int
    strain: float
    patches: bool


def row_with(choices: Enlarge | Erase, *notes: str) -> str:
    job = Job(1, "/b/x.png", choices, 1, State.DONE, result="/b/y.png", notes=notes)
    return row_of(job, None, 0.0).step


def test_what_the_eraser_advises_stands_in_the_row_in_german() -> None:
    nothing, strained = Effort(10, 0.0, patches=False), Effort(10**6, STRAINED * 2, patches=True)
    cases: list[tuple[Quality, list[Any]]] = [
        (Quality.BALANCED, []),
        (Quality.BEST, []),
        (Quality.INSTANT, [nothing]),
        (Quality.INSTANT, [strained]),
    ]
    advice = [_advice(quality, "exemplar", efforts) for quality, efforts in cases]
    assert [len(one) for one in advice] == [1, 1, 1, 1]
    rows = [row_with(Erase("/m.png"), *one) for one in advice]
    assert english_in(rows) == []
    assert "„Am besten“" in rows[1]


@pytest.mark.parametrize("why", list(DeviceReason))
def test_a_device_that_gave_up_is_told_in_german(why: DeviceReason) -> None:
    device = Device(DeviceName("gpu:0"), "cuda", Kind.GPU, "Radeon 780M")
    row = row_with(Enlarge(), f"{sentence(why, device)} Another device took over in the middle.")
    assert english_in([row]) == []
    assert "Radeon 780M" in row
    assert row.endswith("Mittendrin hat ein anderes Gerät übernommen.")


def test_each_warning_about_a_folder_is_translated_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the folders themselves to the bar of the page."""
    from desktop.workers import index as service

    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    wide = tmp_path / "Weit"
    for name in ("Eins", "Zwei"):
        (wide / name).mkdir(parents=True)
    (tmp_path / "Verweis").symlink_to(wide)
    paths = [str(wide / "Eins"), str(wide / "Zwei"), str(tmp_path / "Verweis")]
    told: Any = service.add(_Call({"paths": paths}))  # type: ignore[arg-type]
    assert [len(one["warnings"]) for one in told["added"]] == [0, 0, 3]
    page = Page({"there": False, "roots": []})
    page.state.add(paths)
    page.chores.say(Ended.DONE, **told)
    words = page.shown.notice.words.replace(str(tmp_path), "")
    assert english_in([words]) == []
    assert words.count("gehört jetzt dazu") == 2
    assert words.count("ist ein Verweis") == 1


class _Call:
    """What the service is asked."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        self.arguments = arguments
