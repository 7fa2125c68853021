"""The learned tier on tiny random networks of the same contract."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import models
from engines.runtime import Result
from engines.select import Hints, Sam, WrongHints
from homespun.errors import NotFound
from homespun.progress import Cancel
from models import Located, Source
from tests.engines.onnx_file import field, model, node, port

FLOAT, INT64 = 1, 7
EMBEDDING = (1, 256, 64, 64)


def stored(name: str, array: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    """A TensorProto."""
    kind = FLOAT if array.dtype == np.float32 else INT64
    return (
        b"".join(field(1, size) for size in array.shape) + field(2, kind) + field(8, name) + field(9, array.tobytes())
    )


def with_ints(kind: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    """A NodeProto with whole numbers as attributes."""
    return node(kind, inputs, output) + b"".join(
        field(5, field(1, name) + field(3, value) + field(20, 2)) for name, value in attributes.items()
    )


def encoder() -> bytes:
    """The mean of the picture, everywhere in the embedding, times random numbers."""
    weights = np.random.default_rng(4).normal(0, 1, EMBEDDING).astype(np.float32)
    steps = [
        with_ints("ReduceMean", ["input_image"], "mean", keepdims=0),
        node("Mul", ["mean", "W"], "image_embeddings"),
    ]
    return model(
        steps,
        [port("input_image", ("height", "width", 3))],
        [port("image_embeddings", EMBEDDING)],
        [stored("W", weights)],
    )


def decoder() -> bytes:
    """Random logits that hang on every input, as large as the photo; the first 8 points' labels are given back as well."""
    scale = np.random.default_rng(5).normal(0, 0.1, (1, 1, 256, 256)).astype(np.float32)
    steps = [
        with_ints("ReduceMean", ["image_embeddings"], "a", keepdims=0),
        with_ints("ReduceSum", ["point_coords"], "b", keepdims=0),
        with_ints("ReduceSum", ["point_labels"], "c", keepdims=0),
        node("Add", ["a", "b"], "ab"),
        node("Add", ["ab", "c"], "abc"),
        node("Mul", ["abc", "W"], "mixed"),
        node("Add", ["mixed", "mask_input"], "low_res_masks"),
        with_ints("Cast", ["orig_im_size"], "size", to=INT64),
        with_ints("Concat", ["ones", "size"], "shape", axis=0),
        node("Resize", ["low_res_masks", "", "", "shape"], "masks"),
        node("Add", ["one", "has_mask_input"], "flat"),
        node("Reshape", ["flat", "two"], "iou_predictions"),
    ]
    given = [
        port("image_embeddings", EMBEDDING), port("point_coords", (1, "points", 2)), port("point_labels", (1, "points")),
        port("mask_input", (1, 1, 256, 256)), port("has_mask_input", (1,)), port("orig_im_size", (2,)),
    ]  # fmt: skip
    made = [
        port("masks", (1, 1, "height", "width")), port("iou_predictions", (1, 1)), port("low_res_masks", (1, 1, 256, 256)),
    ]  # fmt: skip
    constants = [
        stored("W", scale), stored("ones", np.ones(2, np.int64)), stored("one", np.ones(1, np.float32)),
        stored("two", np.ones(2, np.int64)),
    ]  # fmt: skip
    return model(steps, given, made, constants)


@pytest.fixture
def sam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sam:
    (tmp_path / "encoder.onnx").write_bytes(encoder())
    (tmp_path / "decoder.onnx").write_bytes(decoder())
    entry = models.catalog()["mobile-sam"]
    monkeypatch.setattr(models, "locate", lambda _name: Located(tmp_path, entry, Source.LOCAL))
    return Sam.open()


def waves(height: int, width: int) -> NDArray[np.float32]:
    rows, columns = np.mgrid[:height, :width]
    return np.repeat((0.5 + 0.4 * np.sin(rows / 9 + columns / 7))[..., None], 3, axis=2).astype(np.float32)


@pytest.mark.parametrize("shape", [(90, 130), (700, 300), (1100, 1500)])
def test_the_mask_is_as_large_as_the_photo_and_obeys_the_hints(sam: Sam, shape: tuple[int, int]) -> None:
    with sam:
        selector = sam.selector(waves(*shape))
        mask = selector.select(Hints(include=((20, 30),), exclude=((60, 70),)))
        boxed = selector.select(Hints(box=(10, 12, 40, 50)))
    assert mask.shape == boxed.shape == shape
    assert mask.dtype == np.bool_
    assert mask[30, 20]
    assert not mask[70, 60]
    outside = np.ones(shape, bool)
    outside[12:62, 10:50] = False
    assert not (boxed & outside).any()


def test_hints_become_the_points_that_sam_knows(sam: Sam, monkeypatch: pytest.MonkeyPatch) -> None:
    with sam:
        selector = sam.selector(waves(500, 250))
        fed: dict[str, NDArray[np.float32]] = {}
        run = selector._decoder.run

        def watched(given: dict[str, NDArray[np.float32]]) -> Result:
            fed.update(given)
            return run(given)

        monkeypatch.setattr(selector._decoder, "run", watched)
        selector.select(Hints(include=((10, 20),), exclude=((30, 40),)))
        clicks = fed["point_coords"], fed["point_labels"].tolist()
        selector.select(Hints(include=((10, 20),), box=(100, 200, 50, 60)))
        boxed = fed["point_coords"], fed["point_labels"].tolist()
        selector.select(Hints(lasso=((100, 200), (140, 200), (140, 260), (100, 260))))
        lasso = fed["point_labels"].tolist()
    factor = 1024 / 500
    expected = np.array([[10, 20], [30, 40], [0, 0]]) * factor
    corners = np.array([[100, 200], [150, 260]]) * factor
    assert clicks[1] == [[1, 0, -1]]
    assert np.allclose(clicks[0], expected)
    assert boxed[1] == [[1, 2, 3]]
    assert np.allclose(boxed[0][0, 1:], corners)
    assert lasso == [[1, 2, 3]]


def test_the_encoder_runs_once_a_photo(sam: Sam, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[dict[str, NDArray[np.float32]]] = []
    run = sam._encoder.run

    def watched(given: dict[str, NDArray[np.float32]], *, cancel: Cancel | None = None) -> Result:
        runs.append(given)
        return run(given, cancel=cancel)

    monkeypatch.setattr(sam._encoder, "run", watched)
    with sam:
        selector = sam.selector(waves(90, 130))
        for x in (5, 50, 80):
            selector.select(Hints(include=((x, 40),)))
    (given,) = runs
    assert given["input_image"].shape == (709, 1024, 3)
    assert given["input_image"].max() > 200


def test_senseless_hints_and_a_missing_model_are_named(sam: Sam, monkeypatch: pytest.MonkeyPatch) -> None:
    with sam, pytest.raises(WrongHints, match="outside the photo"):
        sam.selector(waves(90, 130)).select(Hints(include=((500, 1),)))
    monkeypatch.undo()
    with pytest.raises(NotFound, match="homespun models get mobile-sam"):
        Sam.open()
