"""One run of a network per hole: each contract on a small network of the same inputs and outputs, and MI-GAN itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import models
from engines.erase.onepass import GENERATOR, LARGEST_SHARE, SIDE, OnePass, shrunk
from engines.pictures import Box
from engines.pictures.grain import high_frequencies, matched
from homespun.errors import Damaged, NotFound
from homespun.progress import Cancelled, Progress
from models import Located, Source
from tests.engines.onnx_file import field, model, node

FLOAT, UINT8, BOOL = 1, 2, 9

MIGAN = os.environ.get("HOMESPUN_TEST_MIGAN", "")
"""A folder with migan_pipeline_v2.onnx, and generator.onnx when the recipe was run."""

Make = Callable[[bytes], OnePass]


def port(name: str, kind: int, shape: tuple[int | str, ...]) -> bytes:
    """A ValueInfoProto."""
    dimensions = b"".join(field(1, field(1, d) if isinstance(d, int) else field(2, d)) for d in shape)
    return field(1, name) + field(2, field(1, field(1, kind) + field(2, dimensions)))


def tensor(name: str, array: NDArray[np.generic]) -> bytes:
    """A TensorProto of float32 or uint8."""
    kind = FLOAT if array.dtype == np.float32 else UINT8
    dims = b"".join(field(1, size) for size in array.shape)
    return dims + field(2, kind) + field(8, name) + field(9, array.tobytes())


def with_number(kind: str, inputs: list[str], output: str, attribute: str, value: int) -> bytes:
    """A NodeProto with one whole number as its attribute."""
    return node(kind, inputs, output) + field(5, field(1, attribute) + field(3, value) + field(20, 2))


def mixing(weights: NDArray[np.float32], bias: NDArray[np.float32], name: str) -> tuple[bytes, list[bytes]]:
    """A 1 x 1 convolution of the tensor `in`, [given, taken] and [given], with its weights."""
    weighing = np.ascontiguousarray(weights[:, :, None, None], dtype="<f4")
    return node("Conv", ["in", "W", "B"], name), [tensor("W", weighing), tensor("B", bias.astype("<f4"))]


def lama(weights: NDArray[np.float32], bias: NDArray[np.float32]) -> bytes:
    """LaMa's contract: colours in 0..1 and 1 = hole in, 0..255 out; each pixel is mixed from itself."""
    step, stored = mixing(weights, bias, "output")
    taken = [port("image", FLOAT, ("batch", 3, SIDE, SIDE)), port("mask", FLOAT, ("batch", 1, SIDE, SIDE))]
    given_ = [port("output", FLOAT, ("batch", 3, SIDE, SIDE))]
    return model([with_number("Concat", ["image", "mask"], "in", "axis", 1), step], taken, given_, stored)


def generator(weights: NDArray[np.float32], bias: NDArray[np.float32]) -> bytes:
    """The contract of MI-GAN's inner network."""
    step, stored = mixing(weights, bias, "output")
    copied = node("Identity", ["input"], "in")
    return model(
        [copied, step], [port("input", FLOAT, (1, 4, SIDE, SIDE))], [port("output", FLOAT, (1, 3, SIDE, SIDE))], stored
    )


def pipeline(colour: tuple[int, int, int]) -> bytes:
    """The contract of MI-GAN's pipeline: `colour` where the mask is 0, and every other pixel off by one level or two."""
    paint = np.array(colour, np.uint8)[None, :, None, None]
    three = np.array([3], np.uint8).reshape(1, 1, 1, 1)
    steps = [
        with_number("Cast", ["mask"], "known", "to", BOOL),
        node("BitwiseOr", ["image", "three"], "off"),
        node("Where", ["known", "off", "paint"], "result"),
    ]
    taken = [port("image", UINT8, (1, 3, "height", "width")), port("mask", UINT8, (1, 1, "height", "width"))]
    given_ = [port("result", UINT8, (1, 3, "height", "width"))]
    return model(steps, taken, given_, [tensor("paint", paint), tensor("three", three)], opset=18)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Opens the bytes of a network as if they were the catalogue's `lama`."""
    entry = models.catalog()["lama"]
    monkeypatch.setattr(models, "locate", lambda _name: Located(tmp_path, entry, Source.LOCAL))

    def opened(data: bytes) -> OnePass:
        (tmp_path / "lama_fp32.onnx").write_bytes(data)
        return OnePass.open("lama")

    return opened


def half_and_mask(scale: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights for: half of each colour, and 0.2 where there is hole, all times `scale`."""
    weights = np.hstack([np.eye(3) / 2, np.full((3, 1), 0.2)]) * scale
    return weights.astype(np.float32), np.zeros(3, np.float32)


def waves(height: int, width: int, channels: int = 3) -> NDArray[np.float32]:
    """A photo of slow waves."""
    rows, columns = np.mgrid[:height, :width]
    one = 0.5 + 0.3 * np.sin(rows / 19) * np.cos(columns / 23)
    return np.repeat(one[..., None], channels, axis=2).astype(np.float32)


def boxed(height: int, width: int, top: int, bottom: int, left: int, right: int) -> NDArray[np.bool_]:
    """A hole of one rectangle."""
    hole = np.zeros((height, width), bool)
    hole[top:bottom, left:right] = True
    return hole


def test_lama_gets_colours_up_to_one_and_holes_as_one_and_its_255_become_one_again(make: Make) -> None:
    photo = np.full((300, 400, 3), 0.6, np.float32)
    hole = boxed(300, 400, 100, 160, 50, 200)
    photo[hole] = 1  # the object: nothing of it may reach the network
    with make(lama(*half_and_mask(255))) as filler:
        filled = filler.fill(photo, hole, seed=0, progress=Progress())
    assert np.abs(filled[hole] - 0.5).max() < 0.01  # 0.6 / 2 + 0.2; Lanczos swings that much at the step
    assert np.array_equal(filled[~hole], photo[~hole])


def test_lama_with_random_weights_changes_the_hole_alone(make: Make) -> None:
    chance = np.random.default_rng(3)
    weights, bias = chance.normal(0, 90, (3, 4)), chance.uniform(0, 255, 3)
    photo, hole = waves(700, 600), boxed(700, 600, 0, 220, 300, 600)
    with make(lama(weights.astype(np.float32), bias.astype(np.float32))) as filler:
        filled = filler.fill(photo, hole, seed=1, progress=Progress())
        again = filler.fill(photo, hole, seed=1, progress=Progress())
    assert np.array_equal(filled[~hole], photo[~hole])
    assert not np.allclose(filled[hole], photo[hole], atol=0.02)
    assert filled.min() >= 0
    assert filled.max() <= 1
    assert filled.tobytes() == again.tobytes()
    assert filled.dtype == np.float32
    assert filled.flags.c_contiguous


def test_the_inner_network_of_mi_gan_gets_known_minus_a_half_and_colours_times_known(make: Make) -> None:
    weights = np.array([[0.4, 1, 0, 0], [0.4, 0, 1, 0], [-1.2, 0, 0, 1]], np.float32)
    photo, hole = np.full((512, 512, 3), 0.9, np.float32), boxed(512, 512, 200, 260, 100, 300)
    with make(generator(weights, np.zeros(3, np.float32))) as filler:
        filled = filler.fill(photo, hole, seed=0, progress=Progress())
    # In the hole: known - 0.5 = -0.5 and no colour, so -0.2, -0.2 and 0.6 in -1..1.
    assert np.allclose(filled[hole], [0.4, 0.4, 0.8], atol=1e-5)


def test_the_pipeline_of_mi_gan_gets_holes_as_zero_and_what_it_does_outside_is_dropped(make: Make) -> None:
    photo, hole = waves(640, 640), boxed(640, 640, 300, 380, 300, 380)
    with make(pipeline((20, 200, 100))) as filler:
        filled = filler.fill(photo, hole, seed=0, progress=Progress())
    inner = boxed(640, 640, 306, 374, 306, 374)
    assert np.abs(filled[inner] - np.array([20, 200, 100]) / 255).max() < 1e-3
    assert np.array_equal(filled[~hole], photo[~hole])


@pytest.mark.parametrize("shape", [(5, 7), (1, 900), (33, 512), (900, 300)])
def test_photos_of_any_shape_are_filled(make: Make, shape: tuple[int, int]) -> None:
    photo = np.full((*shape, 3), 0.6, np.float32)
    hole = np.zeros(shape, bool)
    hole[0, : shape[1] // 3] = True
    with make(lama(*half_and_mask(255))) as filler:
        filled = filler.fill(photo, hole, seed=0, progress=Progress())
    assert np.abs(filled[hole] - 0.5).max() < 0.03
    assert np.array_equal(filled[~hole], photo[~hole])


def test_no_hole_changes_nothing_and_a_hole_everywhere_is_filled(make: Make) -> None:
    photo = waves(80, 90)
    with make(lama(*half_and_mask(255))) as filler:
        same = filler.fill(photo, np.zeros((80, 90), bool), seed=0, progress=Progress())
        whole = filler.fill(photo, np.ones((80, 90), bool), seed=0, progress=Progress())
    assert np.array_equal(same, photo)
    assert np.isfinite(whole).all()
    assert np.abs(whole - 0.45).max() < 1e-3  # grey stands for what nobody knows


def test_a_grey_photo_stays_grey(make: Make) -> None:
    photo, hole = waves(100, 100, 1), boxed(100, 100, 40, 60, 40, 60)
    with make(lama(*half_and_mask(255))) as filler:
        filled = filler.fill(photo, hole, seed=0, progress=Progress())
    assert filled.shape == (100, 100, 1)
    assert np.array_equal(filled[~hole], photo[~hole])


def test_a_raised_flag_stops_the_work(make: Make) -> None:
    progress = Progress()
    with make(lama(*half_and_mask(255))) as filler:
        progress.cancel.cancel()
        started = time.perf_counter()
        with pytest.raises(Cancelled):
            filler.fill(waves(100, 100), boxed(100, 100, 4, 9, 4, 9), seed=0, progress=progress)
    assert time.perf_counter() - started < 0.25


def test_it_says_which_device_painted(make: Make) -> None:
    with make(lama(*half_and_mask(255))) as filler:
        assert filler.ran_on == ("cpu", "")
        filler.fill(waves(64, 64), boxed(64, 64, 20, 30, 20, 30), seed=0, progress=Progress())
        assert filler.ran_on == ("cpu", "")


def test_a_network_of_another_contract_is_refused(make: Make) -> None:
    other = model([node("Identity", ["x"], "y")], [port("x", FLOAT, (1, 3))], [port("y", FLOAT, (1, 3))], [])
    with pytest.raises(Damaged, match="no eraser that Homespun knows: it takes x"):
        make(other)


def test_a_model_that_was_not_downloaded_says_how_to_get_it() -> None:
    with pytest.raises(NotFound, match="homespun models get mi-gan"):
        OnePass.open("mi-gan")


@given(
    st.integers(1, 3000), st.integers(1, 3000), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1)
)
@settings(max_examples=200, deadline=None)
def test_the_crop_lies_in_the_photo_holds_the_hole_and_is_mostly_known(
    width: int, height: int, left: float, top: float, wide: float, high: float
) -> None:
    box_width, box_height = max(1, int(width * wide)), max(1, int(height * high))
    box = Box(int((width - box_width) * left), int((height - box_height) * top), box_width, box_height)
    crop = OnePass.crop(OnePass.__new__(OnePass), box, (width, height))
    assert 0 <= crop.x <= box.x
    assert 0 <= crop.y <= box.y
    assert box.x + box.width <= crop.x + crop.width <= width
    assert box.y + box.height <= crop.y + crop.height <= height
    if crop.width < width and crop.height < height:
        assert crop.width == crop.height >= SIDE
        assert box.width * box.height <= LARGEST_SHARE * crop.width * crop.height


def test_nothing_of_the_object_leaks_into_the_small_copy() -> None:
    photo, hole = np.full((1311, 1311, 3), 0.25, np.float32), boxed(1311, 1311, 300, 707, 411, 913)
    photo[hole] = 1
    small, small_hole = shrunk(photo, hole)
    assert small.shape == (SIDE, SIDE, 3)
    assert np.abs(small - 0.25).max() < 1e-5
    assert small_hole.mean() == pytest.approx(hole.mean(), rel=0.02)


def test_paint_without_grain_gets_the_grain_of_its_surroundings() -> None:
    noise = np.random.default_rng(5).normal(0, 0.03, (200, 200, 1))
    photo = (0.5 + np.repeat(noise, 3, axis=2)).astype(np.float32)
    hole = boxed(200, 200, 60, 140, 60, 140)
    photo[hole] = 0.5
    grainy = matched(photo, hole, seed=2)
    luma = high_frequencies(grainy.mean(axis=2))
    assert 0.7 < luma[70:130, 70:130].std() / luma[:50].std() < 1.2
    assert np.array_equal(grainy[~hole], photo[~hole])


def test_paint_with_enough_grain_is_left_as_it_is() -> None:
    noise = np.random.default_rng(5).normal(0, 0.03, (200, 200, 1))
    photo = (0.5 + np.repeat(noise, 3, axis=2)).astype(np.float32)
    assert matched(photo, boxed(200, 200, 60, 140, 60, 140), seed=2) is photo


@pytest.mark.skipif(not MIGAN, reason="HOMESPUN_TEST_MIGAN names no folder with MI-GAN's real file")
@pytest.mark.parametrize("file", ["migan_pipeline_v2.onnx", GENERATOR])
def test_mi_gan_itself_continues_a_stripe(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (Path(MIGAN) / file).is_file():
        pytest.skip(f"there is no {file}")
    (tmp_path / file).symlink_to(Path(MIGAN) / file)
    entry = models.catalog()["mi-gan"]
    monkeypatch.setattr(models, "locate", lambda _name: Located(tmp_path, entry, Source.LOCAL))
    photo = np.full((600, 800, 3), 0.7, np.float32)
    photo[280:320] = 0.2
    clean, hole = photo.copy(), boxed(600, 800, 250, 350, 350, 450)
    photo[hole] = (1, 0, 0)
    with OnePass.open("mi-gan") as filler:
        filled = filler.fill(photo, hole, seed=0, progress=Progress())
    assert np.array_equal(filled[~hole], photo[~hole])
    assert np.abs(filled - clean)[hole].mean() < 0.06
