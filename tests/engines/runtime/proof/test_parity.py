"""Right numbers pass and wrong ones don't: on the bundled models, and on outputs made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import models
from engines.runtime.contract import Plan, Port
from engines.runtime.proof import black_or_nan, compare, in_pairs, samples
from engines.runtime.proof.inputs import PICTURES, QUERIES, photo, sentences
from engines.runtime.proof.parity import psnr
from engines.runtime.providers.cpu import Cpu
from models import Form, Graph, Model, Ship, Task, Tensor, Variant

Sample = dict[str, NDArray[Any]]

MODELS = {
    "encoder": ("all-minilm-l6-v2", "model.onnx", {"batch": 1, "tokens": 32}),
    "enlarger": ("enlarge-faithful", "x2.onnx", {"height": 48, "width": 48}),
    "quantised enlarger": ("enlarge-faithful", "x4-int8.onnx", {"height": 48, "width": 48}),
}


@cache
def ran(name: str) -> tuple[Task, list[Sample], list[Sample]]:
    """Task, samples, and what the processor makes of them; the first two samples twice, as a proof asks for them."""
    model_id, file, shapes = MODELS[name]
    located = models.locate(model_id)
    loaded = Cpu().load(located.folder / file, Plan(1, 1))
    try:
        fed = samples(located.model, file, loaded.inputs, shapes)
        return located.model.task, fed, [loaded.run(each, None) for each in [*fed, *fed[:2]]]
    finally:
        loaded.close()


def changed(outputs: list[Sample], change: Callable[[NDArray[Any], int], NDArray[Any]]) -> list[Sample]:
    return [{k: change(array.copy(), number) for k, array in each.items()} for number, each in enumerate(outputs)]


def noisy(decibels: float, span: float = 1.0) -> Callable[[NDArray[Any], int], NDArray[Any]]:
    """Adds noise of that signal-to-noise ratio over a range of `span`, the same at each call for one shape."""

    def add(array: NDArray[Any], _: int) -> NDArray[Any]:
        noise = np.random.default_rng(5).standard_normal(array.shape)
        return (array + noise * span * 10 ** (-decibels / 20)).astype(array.dtype)

    return add


def black(array: NDArray[Any], _: int) -> NDArray[Any]:
    return np.zeros_like(array)


def one_nan(array: NDArray[Any], number: int) -> NDArray[Any]:
    if number == 1:
        array.flat[3] = np.nan
    return array


def upside_down(array: NDArray[Any], _: int) -> NDArray[Any]:
    return np.ascontiguousarray(array[..., ::-1, :]) if array.ndim == 4 else np.ascontiguousarray(array[..., ::-1])


def short(array: NDArray[Any], _: int) -> NDArray[Any]:
    return array[..., :-1]


def other_type(array: NDArray[Any], _: int) -> NDArray[Any]:
    return array.astype(np.float16)


@pytest.mark.parametrize("quantised", [False, True])
@pytest.mark.parametrize("name", MODELS)
def test_the_same_numbers_pass(name: str, quantised: bool) -> None:
    task, _, outputs = ran(name)
    parity = compare(task, outputs, [dict(each) for each in outputs], quantised=quantised)
    assert parity.passed, parity.text
    assert parity.value == pytest.approx(1.0 if name == "encoder" else 200.0)
    assert parity.value >= parity.least


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("wrong", [black, one_nan, upside_down, short, other_type, noisy(13)])
def test_wrong_numbers_do_not_pass(name: str, wrong: Callable[[NDArray[Any], int], NDArray[Any]]) -> None:
    task, _, outputs = ran(name)
    parity = compare(task, outputs, changed(outputs, wrong), quantised=True)
    assert not parity.passed
    assert parity.text.endswith(".")


@pytest.mark.parametrize(("decibels", "plain", "quantised"), [(60, True, True), (47, False, True), (40, False, False)])
def test_the_gate_of_pictures_is_50_decibels_and_45_where_they_are_quantised(
    decibels: float, plain: bool, quantised: bool
) -> None:
    task, _, outputs = ran("enlarger")
    got = changed(outputs, noisy(decibels, float(np.ptp(outputs[0]["large"]))))
    assert compare(task, outputs, got, quantised=False).passed == plain
    assert compare(task, outputs, got, quantised=True).passed == quantised
    found = compare(task, outputs, got, quantised=False)
    assert found.measure == "PSNR dB"
    assert found.value == pytest.approx(decibels, abs=0.2)


def test_two_rows_that_changed_places_do_not_pass() -> None:
    for name in ("encoder", "enlarger"):
        task, _, outputs = ran(name)
        got = [outputs[1], outputs[0], *outputs[2:]]
        assert not compare(task, outputs, got, quantised=True).passed


def test_vectors_pass_at_a_cosine_of_0_999() -> None:
    task, _, outputs = ran("encoder")

    def turned(cosine: float) -> Callable[[NDArray[Any], int], NDArray[Any]]:
        def turn(array: NDArray[Any], _: int) -> NDArray[Any]:
            aside = np.roll(array, 1, axis=1)
            aside -= array * (aside * array).sum() / (array * array).sum()
            aside *= np.linalg.norm(array) / np.linalg.norm(aside)
            return np.asarray(array * cosine + aside * np.sqrt(1 - cosine**2), array.dtype)

        return turn

    for cosine, passes in ((0.99999, True), (0.9985, False)):
        parity = compare(task, outputs, changed(outputs, turned(cosine)), quantised=False)
        assert parity.passed == passes, parity.text
        assert parity.value == pytest.approx(cosine, abs=1e-6)


def test_vectors_that_are_close_but_find_other_sentences_do_not_pass() -> None:
    """All sentences alike but for a little: a cosine hides what a ranking shows."""
    random = np.random.default_rng(3)
    texts, queries = sentences()
    base = random.standard_normal(64)

    def side(seed: int) -> list[Sample]:
        aside = np.random.default_rng(seed).standard_normal((len(texts) + len(queries), 64)) * 0.01
        return [{"v": (base + row)[None].astype(np.float32)} for row in aside]

    parity = compare(Task.SENTENCE_VECTORS, side(1), side(2), quantised=False)
    assert parity.value > 0.999
    assert not parity.passed
    assert "queries" in parity.text


def test_part_of_the_sentences_can_be_compared_too() -> None:
    task, _, outputs = ran("encoder")
    assert compare(task, outputs[:4], outputs[:4], quantised=False).passed


def test_a_device_that_does_not_repeat_itself_does_not_pass() -> None:
    """Each answer is within the gate, but the second to the same question is another."""
    task, fed, outputs = ran("enlarger")

    def drifts(array: NDArray[Any], number: int) -> NDArray[Any]:
        return noisy(52)(array, number) if number >= len(fed) else array

    parity = compare(task, outputs, changed(outputs, drifts), quantised=False)
    assert parity.value >= parity.least
    assert not parity.passed
    assert "twice" in parity.text


def test_a_missing_sample_or_output_does_not_pass() -> None:
    task, _, outputs = ran("enlarger")
    assert not compare(task, outputs, outputs[:-1], quantised=False).passed
    assert not compare(task, [], [], quantised=False).passed
    assert not compare(task, outputs, [{"other": each["large"]} for each in outputs], quantised=False).passed


def test_latents_are_compared_by_their_direction() -> None:
    random = np.random.default_rng(1)
    latents = [{"latent": random.standard_normal((1, 4, 8, 8)).astype(np.float32)} for _ in range(4)]
    close = changed(latents, noisy(40))
    parity = compare(Task.FILL_BY_WORDS, latents, close, quantised=False)
    assert (parity.passed, parity.measure) == (True, "cosine")
    assert not compare(Task.FILL_BY_WORDS, latents, changed(latents, upside_down), quantised=False).passed


@given(st.floats(5, 150), st.floats(0.1, 300))
@settings(deadline=None)
def test_the_measure_of_noise_is_its_decibels_at_any_range(decibels: float, span: float) -> None:
    right = np.linspace(0, span, 4096)
    noise = np.random.default_rng(2).standard_normal(4096)
    mine = right + noise / np.sqrt(np.mean(noise**2)) * span * 10 ** (-decibels / 20)
    assert psnr(right, mine, span) == pytest.approx(decibels, abs=0.01)


# A look at every call

GOOD = np.linspace(0, 1, 64, dtype=np.float32)


@pytest.mark.parametrize(
    ("output", "bad"),
    [
        (GOOD, False),
        (np.zeros(64, np.float32), True),
        (np.full(64, 7, np.uint8), True),
        (np.where(GOOD > 0.5, np.nan, GOOD), True),
        (np.full(64, np.inf, np.float32), True),
        (np.where(GOOD > 0.5, -np.inf, GOOD), False),
        (np.zeros(4, np.float32), False),
        (np.zeros(64, np.bool_), False),
        (np.zeros(0, np.float32), False),
        (GOOD.astype(np.float16), False),
    ],
)
def test_a_black_or_broken_output_is_seen(output: NDArray[Any], bad: bool) -> None:
    assert black_or_nan({"good": GOOD, "y": output}, {"x": GOOD}) == bad
    assert black_or_nan({"good": GOOD, "y": output}) == bad


def test_one_value_all_over_is_right_where_the_input_was_so() -> None:
    flat = {"x": np.ones((1, 3, 8, 8), np.float32)}
    assert not black_or_nan({"y": np.zeros(64, np.float32)}, flat)
    assert black_or_nan({"y": np.full(64, np.nan, np.float32)}, flat)


# Samples


def model_of(task: Task, *inputs: Tensor) -> Model:
    """A catalogue entry that isn't here."""
    graph = Graph("m.onnx", inputs, ())
    return Model("not-here", "T", task, "MIT", Ship.YES, Form.ONNX, "here", (), graphs=(graph,))


def sampled(task: Task, shapes: Mapping[str, int], *inputs: Tensor) -> list[Sample]:
    ports = [Port(tensor.name, np.dtype(tensor.dtype), tensor.shape) for tensor in inputs]
    return samples(model_of(task, *inputs), "m.onnx", ports, shapes)


@pytest.mark.parametrize("name", MODELS)
def test_samples_are_the_same_at_each_call(name: str) -> None:
    model_id, file, shapes = MODELS[name]
    located = models.locate(model_id)
    loaded = Cpu().load(located.folder / file, Plan(1, 1))
    again = samples(located.model, file, loaded.inputs, shapes)
    loaded.close()
    for one, other in zip(ran(name)[1], again, strict=True):
        assert one.keys() == other.keys()
        assert all(np.array_equal(one[key], other[key]) for key in one)


def test_the_encoder_gets_forty_sentences_and_ten_queries_padded() -> None:
    _, fed, _ = ran("encoder")
    texts, queries = sentences()
    assert (len(texts), len(queries), len(fed)) == (40, QUERIES, 50)
    assert len(set(texts) | set(queries)) == 50
    for each in fed:
        ids, mask = each["input_ids"][0], each["attention_mask"][0]
        assert (ids[0], mask.dtype, ids.shape) == (101, np.int64, (32,))  # [CLS]
        assert ((ids != 0) == (mask == 1)).all()
        assert not mask[-1]
        assert mask.sum() > 3


def test_a_batch_of_four_holds_four_sentences_each() -> None:
    located = models.locate("all-minilm-l6-v2")
    ports = [Port(name, np.dtype(np.int64), ("batch", "tokens")) for name in ("input_ids", "attention_mask")]
    fed = samples(located.model, "model.onnx", ports, {"batch": 4, "tokens": 16})
    assert len(fed) == 13
    ids = np.concatenate([each["input_ids"] for each in fed])
    assert ids.shape == (52, 16)
    assert len({row.tobytes() for row in ids}) == 50


def test_without_a_tokenizer_word_pieces_are_made_up() -> None:
    ids = Tensor("input_ids", "int64", ("batch", "tokens"))
    mask = Tensor("attention_mask", "int64", ("batch", "tokens"))
    fed = sampled(Task.SENTENCE_VECTORS, {"tokens": 8}, ids, mask)
    assert len(fed) == 4
    assert all((each["attention_mask"] == 1).all() and each["input_ids"].shape == (1, 8) for each in fed)
    assert all(each["input_ids"].min() > 0 and each["input_ids"].max() < 1000 for each in fed)


PICTURE = {
    "planes of floats": (Tensor("x", "float32", (1, 3, "h", "w"), "RGB, 0..1"), 0.0, 1.0),
    "channels last": (Tensor("x", "float32", (1, "h", "w", 3)), 0.0, 1.0),
    "bytes": (Tensor("x", "uint8", (1, 3, "h", "w"), "RGB"), 0.0, 255.0),
    "around zero": (Tensor("x", "float32", (1, 3, "h", "w"), "RGB, -1..1"), -1.0, 1.0),
    "floats of bytes": (Tensor("x", "float32", (1, 3, "h", "w"), "RGB, 0..255"), 0.0, 255.0),
    "half precision": (Tensor("x", "float16", (1, 3, "h", "w"), "RGB, 0..1"), 0.0, 1.0),
}


@pytest.mark.parametrize("case", PICTURE)
def test_pictures_are_a_photo_black_white_and_noise_in_the_range_that_the_catalogue_tells(case: str) -> None:
    tensor, low, high = PICTURE[case]
    fed = [each["x"] for each in sampled(Task.ENLARGE, {"h": 40, "w": 56}, tensor)]
    assert len(fed) == len(PICTURES) == 4
    photo_like, dark, bright, noise = fed
    assert {array.shape for array in fed} == {(1, 40, 56, 3) if case == "channels last" else (1, 3, 40, 56)}
    assert {str(array.dtype) for array in fed} == {tensor.dtype}
    assert (dark == low).all()
    assert (bright == high).all()
    assert low <= photo_like.min() < photo_like.max() <= high
    assert len(np.unique(noise)) > 200
    assert all(array.flags.c_contiguous for array in fed)


def test_a_variant_for_a_device_gets_what_its_graph_gets() -> None:
    tensor = Tensor("x", "float32", (1, 3, "h", "w"), "RGB, 0..255")
    model = replace(model_of(Task.ENLARGE, tensor), variants=(Variant("m.onnx", "m-npu.onnx", ("npu",), "a8w8"),))
    ports = [Port("x", np.dtype(np.float32), (1, 3, 32, 32))]
    assert samples(model, "m-npu.onnx", ports, {})[2]["x"].max() == 255
    assert samples(model, "another.onnx", ports, {})[2]["x"].max() == 1


def test_a_picture_for_clip_is_around_its_mean() -> None:
    meaning = "RGB, minus CLIP's mean, over CLIP's deviation"
    tensor = Tensor("pixel_values", "float32", ("pictures", 3, 224, 224), meaning)
    fed = [each["pixel_values"] for each in sampled(Task.IMAGE_TEXT_VECTORS, {"pictures": 1}, tensor)]
    assert fed[1].max() < -1
    assert fed[2].min() > 1


def test_holes_are_told_as_the_catalogue_says() -> None:
    image = Tensor("image", "uint8", (1, 3, "h", "w"), "RGB")
    kept = Tensor("mask", "uint8", (1, 1, "h", "w"), "0 = hole, 255 = keep: the opposite of our masks")
    holed = Tensor("mask", "float32", (1, 1, "h", "w"), "1 = hole, 0 = keep")
    plain = Tensor("mask", "bool", (1, 1, "h", "w"))
    sizes = {"h": 64, "w": 64}
    one = sampled(Task.FILL, sizes, image, kept)[0]["mask"]
    other = sampled(Task.FILL, sizes, image, holed)[0]["mask"]
    third = sampled(Task.FILL, sizes, image, plain)[0]["mask"]
    assert set(np.unique(one)) == {0, 255}
    assert set(np.unique(other)) == {0.0, 1.0}
    assert ((one == 0) == (other == 1)).all()
    assert (third == (other == 1)).all()
    assert 0.01 < other.mean() < 0.5


def test_the_erasers_inner_network_gets_the_hole_and_the_picture_without_it() -> None:
    fed = sampled(Task.FILL, {}, Tensor("input", "float32", (1, 4, 512, 512)))
    known, colours = fed[0]["input"][0, 0] > 0, fed[0]["input"][0, 1:]
    assert set(np.unique(fed[0]["input"][0, 0])) == {-0.5, 0.5}
    assert not colours[:, ~known].any()
    assert colours.min() >= -1
    assert colours[:, known].std() > 0.1


def test_anything_else_gets_noise_that_it_can_take() -> None:
    latent = Tensor("sample", "float32", ("batch", 9, 64, 64))
    step = Tensor("timestep", "int64", ("batch",))
    flag = Tensor("on", "bool", ("batch",))
    fed = sampled(Task.FILL_BY_WORDS, {"batch": 2}, latent, step, flag)
    assert len({each["sample"].tobytes() for each in fed}) == 4
    assert all(each["sample"].shape == (2, 9, 64, 64) and abs(each["sample"].std() - 1) < 0.1 for each in fed)
    assert all(each["timestep"].dtype == np.int64 and each["timestep"].min() > 0 for each in fed)
    assert all(each["on"].dtype == np.bool_ for each in fed)


def test_the_photo_has_flat_parts_edges_and_texture() -> None:
    picture = photo(96, 96)
    steps = np.abs(np.diff(picture, axis=2))
    assert picture.min() >= 0
    assert picture.max() <= 1
    assert (steps < 0.005).mean() > 0.2
    assert (steps > 0.3).any()
    assert ((steps > 0.01) & (steps < 0.2)).mean() > 0.2


def test_the_smallest_pictures_can_be_made() -> None:
    for size in (1, 2, 3, 7):
        assert photo(size, size + 1).shape == (3, size, size + 1)


@given(st.integers(8, 40), st.integers(8, 40))
@settings(max_examples=10, deadline=None)
def test_samples_have_the_shape_that_was_asked_for(height: int, width: int) -> None:
    tensor = Tensor("x", "float32", (1, 3, "h", "w"))
    assert all(
        each["x"].shape == (1, 3, height, width) for each in sampled(Task.ENLARGE, {"h": height, "w": width}, tensor)
    )


def unet_ports() -> list[Port]:
    shapes = {"sample": (1, 9, 4, 6), "timestep": (1,), "k": (1, 12, 8), "v": (1, 12, 8), "bias_24": (1, 1, 1, 24)}
    return [Port(name, np.dtype(np.float32), shape) for name, shape in shapes.items()]


def unet_model() -> Model:
    return replace(models.catalog()["erase-best"], graphs=())


def test_a_diffusion_network_is_asked_with_two_texts_at_two_times() -> None:
    ports = unet_ports()
    assert in_pairs(ports)
    assert not in_pairs(ports[:2])
    made = samples(unet_model(), "unet.onnx", ports, {})
    assert len(made) == 4
    for one, other in ((made[0], made[1]), (made[2], made[3])):
        assert np.array_equal(one["sample"], other["sample"])
        assert not np.array_equal(one["k"], other["k"])
        assert not np.array_equal(one["v"], other["v"])
        assert one["timestep"] == other["timestep"]
    assert made[0]["timestep"] > made[2]["timestep"]
    assert not made[0]["bias_24"].any()
    assert (made[2]["bias_24"] == -1e4).sum() == 6


def answers(effect: float, turned: float = 0.0, seed: int = 0) -> list[Sample]:
    """Two pairs that differ by a small effect of the text: `effect` times as strong as it should be, `turned` away."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(2):
        base, change, away = (random.standard_normal((1, 4, 8, 8)) for _ in range(3))
        change *= 0.01
        away *= 0.01 * turned
        made += [{"out_sample": (base + part).astype(np.float32)} for part in (0, effect * change + away)]
    return made


@pytest.mark.parametrize(
    ("effect", "turned", "right"),
    [(1.0, 0.0, True), (0.9, 0.1, True), (1 / 19, 0.0, False), (3.0, 0.0, False), (1.0, 1.5, False)],
)
def test_what_a_text_changes_must_be_changed_alike_though_the_answers_look_right(
    effect: float, turned: float, right: bool
) -> None:
    reference, got = answers(1.0), answers(effect, turned)
    assert compare(Task.FILL_BY_WORDS, reference, got, quantised=True).passed, "the cosine alone sees nothing"
    found = compare(Task.FILL_BY_WORDS, reference, got, quantised=True, pairs=True)
    assert found.passed == right
    assert right or "Another text changes out_sample" in found.text
