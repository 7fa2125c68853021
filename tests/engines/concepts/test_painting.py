"""The guard in front of a pipeline: nothing present leaves the very picture, something present another one, and it is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engines.concepts import Concept, Guard, Method, Policy, Stage
from engines.diffusion import Parts, Wish, inpaint
from models.pipelines import Pipeline
from tests.engines.diffusion.tiny import tiny_pipeline

from .conftest import about


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    folder: Path = tmp_path_factory.mktemp("painting") / "tiny"
    return tiny_pipeline(folder)


def painted(pipeline: Pipeline, prompt: str, guard: Guard | None, negative: str = "") -> tuple[np.ndarray, list[Stage]]:
    empty = np.full((pipeline.height, pipeline.width, 3), 0.5, np.float32)
    with Parts(pipeline) as parts:
        made = inpaint(
            parts, empty, np.ones(empty.shape[:2], np.bool_), Wish(prompt, negative, steps=1, guidance=3.0), guard=guard
        )
    return made.pixels[0], [one.stage for one in made.findings]


def test_a_prompt_without_the_concept_paints_the_same_pixels(pipeline: Pipeline) -> None:
    plain, _ = painted(pipeline, "hill", None)
    guarded, stages = painted(pipeline, "hill", Guard(about("car", threshold=1.0, words=1.0)))

    assert stages == []
    np.testing.assert_array_equal(plain, guarded)


def test_a_named_concept_paints_what_the_prompt_without_it_would(pipeline: Pipeline) -> None:
    plain, _ = painted(pipeline, "hill", None)
    guarded, stages = painted(pipeline, "hill, car", Guard(about("car", threshold=1.0, words=1.0)))

    assert stages == [Stage.WORDS]
    np.testing.assert_array_equal(plain, guarded)


def test_the_negative_prompt_is_never_edited(pipeline: Pipeline) -> None:
    plain, _ = painted(pipeline, "hill", None, "car")
    guarded, stages = painted(pipeline, "hill", Guard(about("car", threshold=1.0, words=1.0)), "car")

    assert stages == []
    np.testing.assert_array_equal(plain, guarded)
    assert not np.array_equal(plain, painted(pipeline, "hill", None, "")[0])  # it does say something


@pytest.mark.parametrize("method", [Method.SURGERY, Method.CLOSED_FORM, Method.VALUES])
def test_each_stage_reaches_the_picture_and_is_told(pipeline: Pipeline, method: Method) -> None:
    policy = Policy((Concept("car", ("car",), method=method, threshold=-1.0, gate=-1.0),), words=0.0)

    plain, _ = painted(pipeline, "car", None)
    guarded, stages = painted(pipeline, "car", Guard(policy))

    assert [str(stage) for stage in stages] == [str(method)]
    assert np.isfinite(guarded).all()
    assert not np.array_equal(plain, guarded)
