"""Painting step by step: what each network is shown, in which order, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from engines.diffusion.latents import covered, drawn, sampled, without_hole
from engines.diffusion.parts import Parts
from engines.diffusion.pipeline import Wish, inpaint
from engines.diffusion.schedulers import scheduler
from models.pipelines import DECODER, ENCODER, SCHEDULERS, TEXT, TEXT_KV, UNET, Pipeline
from tests.engines.diffusion.spied import Spied, same

Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]


# --- what the network is shown ---


def test_nine_channels_are_noise_mask_and_the_picture_without_its_hole(
    nine: Pipeline, pixels: Floats, mask: Hole
) -> None:
    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0))
        outside = parts.encode(without_hole(pixels, mask))
    assert [call.sample.shape for call in spied.calls] == [(1, 9, 4, 6)] * 4
    assert all(call.sample.dtype == np.float32 for call in spied.calls)
    for call in spied.calls:
        assert same(call.sample[:, 4:5], covered(mask, 8))
        assert same(call.sample[:, 5:], outside)
    assert same(spied.calls[0].sample[:, :4], drawn(nine, 0)())


def test_only_the_noisy_channels_are_scaled(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0, scheduler="euler"))
        outside = parts.encode(without_hole(pixels, mask))
    steps = scheduler("euler", nine.noise, 4)
    start = drawn(nine, 0)() * np.float32(steps.initial_scale)
    assert same(spied.calls[0].sample[:, :4], steps.scaled(start, 0))
    assert np.abs(start).max() > 2 * np.abs(spied.calls[0].sample[:, :4]).max()
    assert all(
        same(call.sample[:, 5:], outside) and set(np.unique(call.sample[:, 4])) <= {0, 1} for call in spied.calls
    )


def test_the_hole_s_content_is_nowhere_in_a_picture_of_full_strength(
    nine: Pipeline, four: Pipeline, pixels: Floats, mask: Hole
) -> None:
    for pipeline in (nine, four):
        squares = np.kron(covered(mask, 8)[0, 0], np.ones((8, 8))) > 0
        other = np.where(squares[..., None], 1 - pixels, pixels).astype(np.float32)
        with Parts(pipeline) as parts:
            one, two = (inpaint(parts, picture, squares, Wish("a wall")) for picture in (pixels, other))
        assert same(one.pixels[0], two.pixels[0])


def test_timesteps_are_the_scheduler_s(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0, steps=3, scheduler="euler"))
    assert [call.timestep for call in spied.calls] == list(scheduler("euler", nine.noise, 3).timesteps)


def test_another_way_of_making_the_mask_small_is_taken(nine: Pipeline, pixels: Floats) -> None:
    mask = np.zeros((32, 48), dtype=bool)
    mask[:, 13] = True
    for shrinking, pixels_hit in ((covered, 4), (sampled, 0)):
        with Parts(nine) as parts:
            spied = Spied(parts)
            inpaint(parts, pixels, mask, Wish(""), shrinking=shrinking)
        assert spied.calls[0].sample[:, 4].sum() == pixels_hit


# --- guidance ---


def test_guidance_asks_the_negative_prompt_first_and_leads_away_from_it(
    nine: Pipeline, pixels: Floats, mask: Hole
) -> None:
    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", negative="a dog", guidance=7.5, steps=2))
        away, towards = (parts.keys_values(parts.said(text)) for text in ("a dog", "a wall"))
    assert len(spied.calls) == 4
    for first, second in (spied.calls[:2], spied.calls[2:]):
        assert same(first.sample, second.sample)
        assert same(first.k, away[0])
        assert same(first.v, away[1])
        assert same(second.k, towards[0])
        assert same(second.v, towards[1])
    steps = scheduler("ddim", nine.noise, 2)
    n, c = (call.answer for call in spied.calls[:2])
    e = n + np.float32(7.5) * (c - n)
    after = steps.step(e, 0, drawn(nine, 0)(), lambda: np.zeros(0, np.float32))
    assert same(spied.calls[2].sample[:, :4], after)


@pytest.mark.parametrize("guidance", [0.0, 0.5, 1.0])
def test_guidance_up_to_one_takes_one_run_a_step_and_no_negative_prompt(
    nine: Pipeline, pixels: Floats, mask: Hole, guidance: float
) -> None:
    with Parts(nine) as parts:
        spied = Spied(parts)
        painted = inpaint(parts, pixels, mask, Wish("a wall", negative="a dog", guidance=guidance))
        assert len(parts.runs[TEXT]) == 1
    assert len(spied.calls) == 4
    assert painted.notes == (
        "The negative prompt was not used: without guidance (1) there is nothing to lead away from.",
    )


def test_what_a_wish_leaves_open_is_the_pipeline_s(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(nine) as parts:
        left = inpaint(parts, pixels, mask, Wish("a wall"))
        told = inpaint(parts, pixels, mask, Wish("a wall", steps=4, guidance=3.0, scheduler="ddim"))
    assert same(left.pixels[0], told.pixels[0])


# --- four channels, and strength ---


def test_four_channels_put_the_known_latents_back_as_noisy_as_they_would_be(
    four: Pipeline, pixels: Floats, mask: Hole
) -> None:
    with Parts(four) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0))
        whole = parts.encode(pixels)
    first, steps = drawn(four, 0)(), scheduler("ddim", four.noise, 4)
    outside = np.broadcast_to(covered(mask, 8) == 0, whole.shape)
    assert spied.calls[0].sample.shape == (1, 4, 4, 6)
    assert same(spied.calls[0].sample, first)
    for i, call in enumerate(spied.calls[1:], start=1):
        assert np.array_equal(call.sample[outside], steps.noised(whole, first, i)[outside])
        assert not np.array_equal(call.sample[~outside], steps.noised(whole, first, i)[~outside])
    assert np.array_equal(spied.decoded[0][outside], whole[outside])
    assert np.abs(spied.decoded[0] - whole)[~outside].max() > 0.1


def test_the_first_noise_is_put_back_with_though_steps_draw_more(four: Pipeline, pixels: Floats, mask: Hole) -> None:
    with Parts(four) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0, scheduler="lcm"))
        whole = parts.encode(pixels)
    first, steps = drawn(four, 0)(), scheduler("lcm", four.noise, 4)
    outside = np.broadcast_to(covered(mask, 8) == 0, whole.shape)
    for i, call in enumerate(spied.calls):
        expected = first if i == 0 else steps.noised(whole, first, i)
        assert np.array_equal(call.sample[outside], expected[outside])


@pytest.mark.parametrize("channels", [4, 9])
@pytest.mark.parametrize("strength", [0.5, 0.75])
def test_less_strength_starts_later_from_the_picture_with_noise(
    nine: Pipeline, four: Pipeline, pixels: Floats, mask: Hole, channels: int, strength: float
) -> None:
    pipeline = {4: four, 9: nine}[channels]
    with Parts(pipeline) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0, strength=strength))
        whole = parts.encode(pixels)
    steps = scheduler("ddim", pipeline.noise, 4, strength)
    assert len(spied.calls) == 4 * strength
    assert [call.timestep for call in spied.calls] == list(steps.timesteps)
    assert same(spied.calls[0].sample[:, :4], steps.noised(whole, drawn(pipeline, 0)(), 0))


@pytest.mark.parametrize(("channels", "strength", "looks"), [(9, 1.0, 1), (9, 0.5, 2), (4, 1.0, 1), (4, 0.5, 1)])
def test_nothing_is_encoded_that_nobody_looks_at(
    nine: Pipeline, four: Pipeline, pixels: Floats, mask: Hole, channels: int, strength: float, looks: int
) -> None:
    with Parts({4: four, 9: nine}[channels]) as parts:
        inpaint(parts, pixels, mask, Wish("a wall", strength=strength))
        assert len(parts.runs[ENCODER]) == looks


# --- seeds and candidates ---


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_seed_paints_the_same_picture_again_and_others_another(
    nine: Pipeline, pixels: Floats, mask: Hole, name: str
) -> None:
    with Parts(nine) as parts:
        wishes = [Wish("a wall", seed=seed, scheduler=name) for seed in (3, 3, 4)]
        one, again, other = (inpaint(parts, pixels, mask, wish).pixels[0] for wish in wishes)
    assert np.isfinite(one).all()
    assert one.min() >= 0
    assert one.max() <= 1
    assert one.std() > 0.01
    assert same(one, again)
    assert not same(one, other)


def test_candidates_have_the_seeds_that_follow_and_read_the_prompt_once(
    four: Pipeline, pixels: Floats, mask: Hole
) -> None:
    wish = Wish("a wall", seed=11, candidates=3, scheduler="lcm")
    with Parts(four) as parts:
        painted = inpaint(parts, pixels, mask, wish)
        assert {part: len(runs) for part, runs in parts.runs.items()} == {
            TEXT: 2, TEXT_KV: 2, ENCODER: 1, UNET: 3 * 4 * 2, DECODER: 3,
        }  # fmt: skip
        alone = [inpaint(parts, pixels, mask, replace(wish, seed=seed, candidates=1)) for seed in (11, 12, 13)]
    assert painted.seeds == (11, 12, 13)
    assert len(painted.pixels) == 3
    assert all(same(one, other.pixels[0]) for one, other in zip(painted.pixels, alone, strict=True))
    assert len(painted.steps) == 12
    assert painted.seconds[UNET] <= sum(painted.steps)


def test_saved_noise_can_be_fed_in_its_own_order(nine: Pipeline, pixels: Floats, mask: Hole) -> None:
    saved = [drawn(nine, 5)() for _ in range(1)] + [drawn(nine, seed)() for seed in (6, 7, 8)]
    taken: list[int] = []

    def fed(pipeline: Pipeline, seed: int) -> Callable[[], Floats]:
        def draw() -> Floats:
            taken.append(seed)
            return saved[len(taken) - 1]

        return draw

    with Parts(nine) as parts:
        spied = Spied(parts)
        inpaint(parts, pixels, mask, Wish("a wall", guidance=1.0, scheduler="lcm", seed=9), draw=fed)
    assert taken == [9, 9, 9, 9]  # the start, and three of the four steps
    assert same(spied.calls[0].sample[:, :4], saved[0])
