"""`--quality best`: the pipeline of several steps where it is here, and another eraser with the reason where it fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.erase import EXEMPLAR, Quality, erase, filler_for, fillers
from engines.pictures import Picture
from homespun.errors import Damaged
from homespun.progress import Cancelled, Progress
from models.pipelines import UNET
from tests.engines.diffusion.installed import ID, install


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOMESPUN_HOME", str(tmp_path))
    return tmp_path


def picture() -> Picture:
    return Picture.new(np.random.default_rng(2).integers(0, 256, (90, 120, 3)).astype(np.uint8))


def spot() -> NDArray[np.bool_]:
    mask = np.zeros((90, 120), np.bool_)
    mask[30:50, 40:70] = True
    return mask


def test_best_is_painted_in_steps_where_the_pipeline_is_here() -> None:
    install()
    assert (filler_for(Quality.BEST), filler_for(Quality.BALANCED)) == (ID, EXEMPLAR)
    assert fillers() == (EXEMPLAR, ID)
    before = picture()
    done = erase(before, spot(), quality=Quality.BEST, grow=2)
    assert done.fillers == ("tiny",)
    assert done.advice == ()
    changed = (done.picture.pixels != before.pixels).any(axis=2)
    assert changed[spot()].mean() > 0.9
    assert done.pixels >= changed.sum()


def test_another_seed_is_another_picture_and_the_same_the_same() -> None:
    install()
    one, two, again = (erase(picture(), spot(), quality=Quality.BEST, seed=seed).picture.pixels for seed in (1, 2, 1))
    assert not np.array_equal(one, two)
    assert np.array_equal(one, again)


def test_a_pipeline_that_is_broken_is_replaced_with_its_reason() -> None:
    def broken(graph: Any) -> None:
        graph.inputs["noisy"] = graph.inputs.pop("sample")

    install(changes={UNET: broken})
    done = erase(picture(), spot(), quality=Quality.BEST)
    assert done.fillers == (EXEMPLAR,)
    assert done.advice[0].startswith("The best eraser could not be used, so exemplar did it.")
    assert UNET in done.advice[0]
    with pytest.raises(Damaged):
        erase(picture(), spot(), filler=ID)


def test_too_little_memory_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    install()
    monkeypatch.setattr("engines.diffusion.memory.free_memory", lambda: 1_000_000)
    done = erase(picture(), spot(), quality=Quality.BEST)
    assert done.fillers == (EXEMPLAR,)
    assert "not enough memory" in done.advice[0]


def test_a_cancel_is_no_reason_to_try_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homespun.progress.REPORT_EVERY", 0.0)  # every one is shown
    install()
    progress = Progress(lambda report: progress.cancel.cancel() if "step 2 of" in report.note else None)
    with pytest.raises(Cancelled):
        erase(picture(), spot(), quality=Quality.BEST, progress=progress)
