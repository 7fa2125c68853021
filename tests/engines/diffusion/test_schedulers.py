"""Schedulers walk as diffusers 0.42.1 does (walks in `fixtures`), and by themselves do what their papers promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engines.diffusion import Scheduler, scheduler
from homespun.errors import UsageError
from models.pipelines import BETAS, PREDICTIONS, SCHEDULERS, SPACINGS, Noise
from tests.engines.diffusion.walks import CASES, FIXTURE, SD, TOLERANCE, V_ZERO, Case, Given, distance, stand_in, walked

STEADY = ("ddim", "euler", "dpm++2m", "unipc")
CHANCE = ("lcm", "tcd")

GIVEN = Given.drawn(3)

noises = st.builds(
    Noise,
    betas=st.sampled_from(["linear", "scaled_linear"]),
    beta_start=st.floats(0.0001, 0.001),
    beta_end=st.floats(0.008, 0.02),
    train_steps=st.sampled_from([200, 1000]),
    prediction=st.sampled_from(PREDICTIONS),
    spacing=st.sampled_from(SPACINGS),
    offset=st.integers(0, 1),
    alpha_one=st.booleans(),
    zero_snr=st.just(False),
)


@pytest.fixture(scope="module")
def stored() -> Mapping[str, NDArray[Any]]:
    """The walks that diffusers made, and the noise that both sides get."""
    with np.load(FIXTURE) as file:
        return dict(file)


def nothing() -> NDArray[np.float32]:
    raise AssertionError("a steady step drew noise")


def perfect(noise: Noise, made: Scheduler, x: NDArray[np.float32], i: int, clean: NDArray[np.float32]) -> NDArray[Any]:
    """What a network would answer on `x` if it knew the clean latent."""
    unit = np.ones(1, np.float32)
    alpha, ratio = _level(made, i, unit)
    seen = made.scaled(x, i)
    random = (seen - alpha * clean) / (alpha * ratio)
    answers: dict[str, NDArray[Any]] = {
        "sample": clean,
        "epsilon": random,
        "v_prediction": alpha * random - alpha * ratio * clean,
    }
    return answers[noise.prediction]


def _level(made: Scheduler, i: int, unit: NDArray[np.float32]) -> tuple[float, float]:
    """alpha, and sigma over alpha, read from what the scheduler does with a clean latent of 1 and noise of 1."""
    signal, random = (float(made.scaled(made.noised(*pair, i), i)[0]) for pair in ((unit, 0 * unit), (0 * unit, unit)))
    return signal, random / signal


@pytest.mark.parametrize("number", range(len(CASES)), ids=[str(case) for case in CASES])
def test_a_whole_walk_is_that_of_diffusers(number: int, stored: Mapping[str, NDArray[Any]]) -> None:
    walk = walked(CASES[number], Given(stored["clean"], stored["first"], stored["fresh"]))
    np.testing.assert_array_equal(walk.timesteps, stored[f"{number} timesteps"])
    assert walk.scale == pytest.approx(float(stored[f"{number} scale"]), rel=1e-6)
    assert distance(walk.latents, stored[f"{number} latents"]) <= TOLERANCE
    assert distance(walk.noised[[0, -1]], stored[f"{number} noised"]) <= TOLERANCE


def test_every_scheduler_spacing_prediction_and_curve_is_among_the_walks() -> None:
    assert {case.name for case in CASES} == set(SCHEDULERS)
    assert {case.noise.spacing for case in CASES} == set(SPACINGS)
    assert {case.noise.betas for case in CASES} == set(BETAS)
    for name in SCHEDULERS:
        of_name = [case for case in CASES if case.name == name]
        assert {case.noise.prediction for case in of_name} == set(PREDICTIONS)
        assert min(case.strength for case in of_name) < 1
    assert len(CASES) >= 24


@given(noise=noises, name=st.sampled_from(STEADY), steps=st.integers(1, 40), seed=st.integers(0, 2**32))
def test_with_perfect_answers_a_walk_from_anywhere_ends_at_the_clean_latent(
    noise: Noise, name: str, steps: int, seed: int
) -> None:
    drawn = Given.drawn(seed, fresh=0)
    made = scheduler(name, noise, steps)
    if name == "ddim":  # its stride is always the same; where the timesteps' isn't, as in linspace, it misses them
        assume(set(np.diff(made.timesteps).tolist()) <= {-float(noise.train_steps // steps)})
    begin = seed % len(made.timesteps) if name in ("ddim", "euler") else 0
    x = made.noised(drawn.clean, drawn.first, begin)
    for i in range(begin, len(made.timesteps)):
        x = made.step(perfect(noise, made, x, i, drawn.clean).astype(np.float32), i, x, nothing)
    # DDIM may end at the first training step, whose noise then stays.
    stays = name == "ddim" and not (noise.alpha_one and made.timesteps[-1] < noise.train_steps // steps)
    left = noise.beta_start if stays else 0.0
    end = (1 - left) ** 0.5 * drawn.clean + left**0.5 * drawn.first
    # A clean latent is read out of one with up to 160 times as much noise: float32 holds that much less of it.
    ratio = _level(made, begin, np.ones(1, np.float32))[1]
    assert float(np.abs(x - end).max()) <= TOLERANCE * (1 + ratio)


@pytest.mark.parametrize("name", CHANCE)
@pytest.mark.parametrize("steps", [1, 2, 4, 8])
def test_with_perfect_answers_few_step_walks_end_near_the_clean_latent(name: str, steps: int) -> None:
    made, fresh = scheduler(name, SD, steps), iter(GIVEN.fresh)
    x = made.noised(GIVEN.clean, GIVEN.first, 0)
    for i in range(len(made.timesteps)):
        x = made.step(perfect(SD, made, x, i, GIVEN.clean).astype(np.float32), i, x, lambda: next(fresh))
    left = 1e-4 if name == "lcm" else 0.15  # TCD ends at timestep 0, where 0.03 of noise is left
    assert float(np.abs(x - GIVEN.clean).max()) <= left


@given(noise=noises, name=st.sampled_from(SCHEDULERS), steps=st.integers(1, 50), strength=st.floats(0.02, 1))
def test_timesteps_fall_and_were_all_trained(noise: Noise, name: str, steps: int, strength: float) -> None:
    if not int(steps * strength):
        with pytest.raises(UsageError, match=r"none of \d+ steps is left"):
            scheduler(name, noise, steps, strength)
        return
    whole, made = scheduler(name, noise, steps), scheduler(name, noise, steps, strength)
    assert made.timesteps.dtype == np.float64
    assert len(whole.timesteps) == steps
    assert made.timesteps.tolist() == whole.timesteps[steps - int(steps * strength) :].tolist()
    assert (np.diff(whole.timesteps) < 0).all()
    assert whole.timesteps[0] < noise.train_steps
    assert whole.timesteps[-1] >= 0


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_walk_can_be_walked_again(name: str) -> None:
    made = scheduler(name, SD, 6)
    found = []
    for _ in range(2):
        x, fresh = GIVEN.first * np.float32(made.initial_scale), iter(GIVEN.fresh).__next__
        for i, timestep in enumerate(made.timesteps):
            x = made.step(stand_in(made.scaled(x, i), float(timestep)), i, x, fresh)
        found.append(x)
    assert found[0].tobytes() == found[1].tobytes() == walked(Case(name, SD, 6), GIVEN).latents[-1].tobytes()
    assert found[0].dtype == np.float32


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_step_leaves_what_it_was_given_as_it_was(name: str) -> None:
    made = scheduler(name, SD, 4)
    x = GIVEN.first.copy()
    for i in range(4):
        answer = stand_in(x, float(i))
        before = x.copy(), answer.copy()
        after = made.step(answer, i, x, GIVEN.fresh[0].copy)
        assert (x.tobytes(), answer.tobytes()) == (before[0].tobytes(), before[1].tobytes())
        x = after


@pytest.mark.parametrize("name", STEADY)
@pytest.mark.parametrize("steps", [1, 5])
def test_steady_walks_draw_no_noise(name: str, steps: int) -> None:
    made, x = scheduler(name, SD, steps), GIVEN.first
    for i in range(steps):
        x = made.step(stand_in(x, 1.0), i, x, nothing)
    assert np.isfinite(x).all()


@pytest.mark.parametrize("name", CHANCE)
@pytest.mark.parametrize(("steps", "strength", "drawn"), [(1, 1.0, 0), (4, 1.0, 3), (8, 0.5, 3)])
def test_chance_is_in_every_step_but_the_last(name: str, steps: int, strength: float, drawn: int) -> None:
    made, x, count = scheduler(name, SD, steps, strength), GIVEN.first, 0

    def fresh() -> NDArray[np.float32]:
        nonlocal count
        count += 1
        return GIVEN.first

    for i in range(len(made.timesteps)):
        x = made.step(stand_in(x, 1.0), i, x, fresh)
    assert count == drawn


@pytest.mark.parametrize("name", SCHEDULERS)
def test_noise_falls_along_a_walk_and_none_is_left_behind_it(name: str) -> None:
    made = scheduler(name, SD, 8)
    zero = np.zeros_like(GIVEN.clean)
    shares = [float(np.abs(made.noised(zero, GIVEN.first, i)).max()) for i in range(9)]
    assert shares == sorted(shares, reverse=True)
    assert made.noised(GIVEN.clean, GIVEN.first, 8).tobytes() == GIVEN.clean.tobytes()


@pytest.mark.parametrize("name", ["dpm++2m", "unipc"])
def test_a_step_out_of_turn_is_a_bug(name: str) -> None:
    made = scheduler(name, SD, 4)
    with pytest.raises(ValueError, match="step 2 was asked for"):
        made.step(GIVEN.first, 2, GIVEN.first, nothing)


@pytest.mark.parametrize("name", ["ddim", "euler", "dpm++2m", "unipc"])
def test_trailing_gives_as_many_steps_as_were_asked_for(name: str) -> None:
    # diffusers makes 62 of 61, and the last of them is timestep -1.
    made = scheduler(name, replace(SD, spacing="trailing"), 61)
    assert (len(made.timesteps), made.timesteps[0]) == (61, 999)
    assert made.timesteps[-1] >= 0


def test_the_few_steps_of_lcm_and_tcd_are_those_of_the_distillation() -> None:
    assert scheduler("lcm", SD, 4).timesteps.tolist() == [999, 759, 499, 259]
    assert scheduler("tcd", SD, 1).timesteps.tolist() == [999]
    # Cut by strength after thinning, as the pipeline does it: thinning a list of half the length gives eight others.
    assert scheduler("lcm", SD, 8, 0.5).timesteps.tolist() == [499, 379, 259, 139]


@pytest.mark.parametrize("name", ["ddim", "lcm", "tcd"])
def test_noise_can_not_be_predicted_where_nothing_else_is_left(name: str) -> None:
    noise = replace(V_ZERO, prediction="epsilon")
    with pytest.raises(UsageError, match=r"noise alone was left.* Choose euler"):
        scheduler(name, noise, 4)
    assert scheduler("euler", noise, 4).initial_scale == pytest.approx(4096, rel=1e-3)
    assert np.isfinite(walked(Case(name, V_ZERO, 4), GIVEN).latents).all()


@pytest.mark.parametrize(
    ("name", "steps", "strength", "sentence"),
    [
        ("heun", 4, 1.0, r"no scheduler 'heun'\. Choose one of ddim, euler"),
        ("ddim", 0, 1.0, "0 steps make no picture"),
        ("ddim", -3, 1.0, "-3 steps make no picture"),
        ("ddim", 1_001, 1.0, r"1001 steps can't be laid over the 1000"),
        ("dpm++2m", 1_000, 1.0, r"1000 steps can't be laid over the 1000"),
        ("euler", 5_000, 1.0, "Choose fewer steps"),
        ("lcm", 51, 1.0, "51 steps are too many"),
        ("tcd", 400, 0.01, "400 steps are too many"),
        ("ddim", 10, 0.0, "A strength of 0 can't be"),
        ("ddim", 10, 1.01, "A strength of 1.01 can't be"),
        ("ddim", 10, -1.0, "above 0 and at most 1"),
        ("ddim", 10, float("nan"), "A strength of nan can't be"),
        ("ddim", 10, 0.05, r"With a strength of 0.05, none of 10 steps is left\. Choose more steps"),
    ],
)
def test_what_can_not_be_is_said_in_a_sentence(name: str, steps: int, strength: float, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        scheduler(name, SD, steps, strength)
