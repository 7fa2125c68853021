"""Filling by words inside the document process: with a tiny pipeline whose results are noise, but real ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from desktop.state.editing.wording import painting_words
from desktop.workers import make_sheet, open_sheet
from desktop.workers.calls import Call
from engines.pictures import WrongMask
from homespun.errors import NotFound
from homespun.progress import Cancelled, Progress, Report
from tests.desktop.editor.desk import ownerless
from tests.desktop.editor.service import Service
from tests.engines.diffusion.installed import install

HOLE = (30, 25, 50, 45)
WHOLE = (0, 0, 80, 64)


@pytest.fixture
def painting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """The document service with a picture open, on a computer where something fills by words."""
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    install()
    made = Service(tmp_path)
    made.open()
    return made


def call(box: tuple[int, int, int, int] = HOLE, **told: Any) -> dict[str, Any]:
    """What a call is told: all of `box` is marked."""
    count = (box[2] - box[0]) * (box[3] - box[1])
    sheet = make_sheet(count)
    sheet.memory[:count] = b"\xff" * count
    usual = {"prompt": "a bench", "negative": "", "candidates": 1, "seed": 0, "more": False}
    return {**usual, "sheet": str(sheet.path), "box": list(box), **told}


def fill(service: Service, **told: Any) -> Mapping[str, Any]:
    return service.ask("fill", **call(**told))


def shown(service: Service) -> NDArray[np.uint8]:
    """The picture as the document has it: saved, and read again."""
    path = service.photo.with_name("shown.png")
    service.ask("save", path=str(path), what="", mark=False, replace=True)
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def mark_of(service: Service) -> str:
    """What stands in a saved file."""
    path = service.photo.with_name("marked.png")
    service.ask("save", path=str(path), what="", mark=True, replace=True)
    with Image.open(path) as image:
        told = image.info.get("xmp", b"")
    return bytes(told).decode()


def test_what_fills_here_is_told_and_nothing_where_nothing_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    service = Service(tmp_path)
    told = service.ask("able")
    assert told["painter"] is None
    assert "erase-best" not in told["fillers"]
    pipeline = install()
    told = service.ask("able")
    assert told["painter"] == {"name": pipeline.id, "pixels": pipeline.width * pipeline.height}
    assert "erase-best" in told["fillers"]
    assert told["qualities"]["best"] == "erase-best"
    (pipeline.folder / "unet.onnx").unlink()
    assert service.ask("able")["painter"] is None


def test_without_a_model_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    service = Service(tmp_path)
    service.open()
    with pytest.raises(NotFound, match="Nothing that fills by words"):
        fill(service)


def test_several_results_are_one_step_and_nothing_outside_changes(painting: Service) -> None:
    before = shown(painting)
    told = fill(painting, candidates=3, seed=5)
    assert (told["results"], told["current"], told["steps"], told["safe"]) == (3, 0, 1, True)
    left, top, right, bottom = told["box"]
    assert left <= HOLE[0]
    assert bottom >= HOLE[3]
    results = [shown(painting)]
    for number in (1, 2):
        assert painting.ask("choose", current=number)["current"] == number
        results.append(shown(painting))
    for one in results:
        changed = (one != before).any(axis=2)
        assert changed[HOLE[1] : HOLE[3], HOLE[0] : HOLE[2]].mean() > 0.9
        changed[top:bottom, left:right] = False
        assert not changed.any()
    assert len({one.tobytes() for one in results}) == 3
    painting.ask("undo")
    assert (shown(painting) == before).all()
    painting.ask("redo")
    assert (shown(painting) == results[2]).all()


def test_more_results_begin_with_the_picture_of_before(painting: Service) -> None:
    before = shown(painting)
    fill(painting, seed=0)
    first = shown(painting)
    told = fill(painting, seed=1, candidates=2, more=True, prompt="a table")
    assert (told["results"], told["current"], told["steps"]) == (3, 1, 1)
    again = shown(painting)
    painting.ask("undo")
    assert (shown(painting) == before).all()
    fill(painting, seed=1, prompt="a table")
    assert (shown(painting) == again).all()  # the same seed and words on the same ground
    assert (first != again).any()


def test_the_file_says_how_the_result_that_is_shown_was_made(painting: Service) -> None:
    assert mark_of(painting) == ""
    fill(painting, candidates=2, seed=7, negative="people")
    painting.ask("choose", current=1)
    told = mark_of(painting)
    assert "compositeWithTrainedAlgorithmicMedia" in told
    assert "a bench; negative: people; seed 8; tiny" in told
    assert "Homespun with Tiny" in told
    fill(painting, box=(5, 5, 12, 12), prompt="a bird", seed=3)
    told = mark_of(painting)
    assert "seed 8" in told
    assert "a bird; seed 3" in told
    painting.ask("undo")
    assert "a bird" not in mark_of(painting)
    painting.ask("undo")
    assert mark_of(painting) == ""


def test_after_a_crash_all_results_are_there_and_it_is_still_known_how_they_were_made(
    painting: Service, tmp_path: Path
) -> None:
    fill(painting, candidates=2, seed=7)
    painting.ask("choose", current=1)
    kept = shown(painting)
    folder = next(painting.place.iterdir())
    ownerless(folder)
    (tmp_path / "after").mkdir()
    after = Service(tmp_path / "after")
    told = after.ask(
        "open", number=folder.name, steps=-1, position=-1, place=str(painting.place), owner=os.getpid(), preview=False
    )
    open_sheet(told["display"]["sheet"])
    assert (told["lost"], told["position"], told["steps"][0]["kind"]) == (0, 1, "fill")
    assert (shown(after) == kept).all()
    assert "a bench; seed 8" in mark_of(after)
    after.ask("choose", current=0)
    assert "a bench; seed 7" in mark_of(after)


def test_the_guard_tells_what_it_took_out(painting: Service) -> None:
    told = fill(painting, prompt="a nude on a bench")
    assert {"concept": "explicit content", "stage": "words", "removed": ["nude"]} in told["guard"]
    assert "words" not in [one["stage"] for one in fill(painting, prompt="a bench")["guard"]]


def test_how_far_it_is_can_be_said_in_the_persons_words(painting: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)
    seen: list[Report] = []
    progress = Progress(seen.append)
    painting.handlers["fill"](Call(call(candidates=2), progress))
    said = [painting_words(one.note) for one in seen]
    assert any(words.startswith("Result 2") for words in said)
    assert any(words.startswith("Reading the words") for words in said)
    unsaid = {one.note for one, words in zip(seen, said, strict=True) if not words}
    assert unsaid <= {"", "tiny"}  # the filler's own name, before it has begun


def test_stopped_on_the_way_it_leaves_the_picture_as_it_was(painting: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)
    before = shown(painting)
    progress = Progress()

    def stop(report: Report) -> None:
        if "step" in report.note:
            progress.cancel.cancel()

    progress.show = stop
    with pytest.raises(Cancelled):
        painting.handlers["fill"](Call(call(), progress))
    assert (shown(painting) == before).all()
    assert fill(painting)["steps"] == 1


def test_a_mask_over_everything_is_refused_in_words(painting: Service) -> None:
    with pytest.raises(WrongMask, match="whole picture"):
        fill(painting, box=WHOLE)


def test_the_best_eraser_is_the_same_network_and_its_pace_is_its_own(painting: Service) -> None:
    before = shown(painting)
    told = painting.ask("erase", **call(), quality="best", filler=None, attempt=0)
    assert (told["filler"], told["device"], told["notes"]) == ("tiny", "cpu", [])
    assert told["seconds"] > 0
    assert (shown(painting) != before).any()


def test_the_best_eraser_that_can_not_says_why_another_did_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path / "home"))
    pipeline = install()
    service = Service(tmp_path)
    service.open()
    network = pipeline.folder / "unet.onnx"
    network.write_bytes(b"x" * network.stat().st_size)  # of another size it would not count as being here
    told = service.ask("erase", **call(), quality="best", filler=None, attempt=0)
    assert told["filler"] == "exemplar"
    assert told["notes"][0].startswith("The best eraser could not be used, so exemplar did it.")
