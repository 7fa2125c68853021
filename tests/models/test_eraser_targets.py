"""What the eraser is told to find, against EraDiff's own words: one DDIM step that ends where the chain goes on. No torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homespun.errors import NotFound
from models.recipes.train.eraser.cases import measured_on, things
from models.recipes.train.eraser.data import Maker, Scenes, sizes, smooth_fill, split, unlike_ring
from models.recipes.train.eraser.masks import LARGEST, SMALLEST, grown, hole_over, silhouette
from models.recipes.train.eraser.measure import hole_psnr, measured, object_left
from models.recipes.train.eraser.sampling import Answer, erased, trajectory
from models.recipes.train.eraser.targets import LAST, Rule, Schedule, noisy, schedule, stepped, steps_down
from tests.models.eraser_photos import folder

PLAN = schedule()

times = st.integers(1, LAST).flatmap(lambda t: st.tuples(st.just(t), st.integers(0, t - 1)))
shares = st.floats(0, 1)
rules = st.sampled_from(list(Rule))


def pictures() -> tuple[Any, Any, Any]:
    """A photo, a thing's difference to it, and noise, all float64 [1, 4, 4, 3]."""
    random = np.random.default_rng(0)
    photo, difference = random.uniform(-1, 1, (2, 1, 4, 4, 3))
    return photo, difference, random.standard_normal(photo.shape)


def mixed(rule: Rule, t: int, free: float) -> Any:
    """The chain of a rule at `t`, noisy."""
    photo, difference, noise = pictures()
    clean = photo + PLAN.left(rule, np.array(t), np.array(free)) * difference
    return noisy(PLAN, clean, noise, t)


@given(times, st.sampled_from([Rule.PLAIN, Rule.CRO_STEP, Rule.LINEAR]))
def test_a_step_with_the_right_picture_ends_where_the_chain_goes_on(way: tuple[int, int], rule: Rule) -> None:
    t, u = way
    photo, difference, _ = pictures()
    x = mixed(rule, t, 0)
    right = photo + PLAN.shown(rule, np.array(t), np.array(u), np.array(0.0)) * difference
    assert np.abs(stepped(PLAN, x, right, t, u) - mixed(rule, u, 0)).max() < 1e-10


@given(times, rules, shares)
def test_right_noise_and_right_picture_are_the_same_answer(way: tuple[int, int], rule: Rule, free: float) -> None:
    t, u = (np.array(time) for time in way)
    photo, difference, noise = pictures()
    x = mixed(rule, way[0], free)
    told = noise + PLAN.slope(rule, t, u, np.array(free)) * difference
    right = photo + PLAN.shown(rule, t, u, np.array(free)) * difference
    assert np.allclose((x - PLAN.noise(t) * told) / PLAN.picture(t), right, atol=1e-9)


@given(times, st.integers(0, 99))
def test_eradiffs_loss_is_that_of_the_noise_with_another_weight(way: tuple[int, int], seed: int) -> None:
    t, u = (np.array(time) for time in way)
    photo, difference, noise = pictures()
    wrong = np.random.default_rng(seed).standard_normal(photo.shape)
    x = mixed(Rule.CRO_STEP, way[0], 0)
    right = noise + PLAN.slope(Rule.CRO_STEP, t, u, np.array(0.0)) * difference
    reached = PLAN.picture(u) * (x - PLAN.noise(t) * wrong) / PLAN.picture(t) + PLAN.noise(u) * wrong
    theirs = ((mixed(Rule.CRO_STEP, way[1], 0) - reached) ** 2).sum()
    assert theirs == pytest.approx(PLAN.weight(t, u) * ((wrong - right) ** 2).sum(), rel=1e-6, abs=1e-12)


@given(times, rules, shares)
def test_without_a_thing_the_target_is_that_of_plain_diffusion(way: tuple[int, int], rule: Rule, free: float) -> None:
    t, u = (np.array(time) for time in way)
    photo, _, noise = pictures()
    nothing = np.zeros_like(photo)
    assert np.array_equal(noise + PLAN.slope(rule, t, u, np.array(free)) * nothing, noise)
    assert np.array_equal(photo + PLAN.shown(rule, t, u, np.array(free)) * nothing, photo)


@pytest.mark.parametrize("rule", [Rule.PLAIN, Rule.CRO_STEP, Rule.LINEAR])
def test_nothing_of_the_thing_is_left_at_the_end_of_the_chain(rule: Rule) -> None:
    assert PLAN.left(rule, np.array(0), np.array(1.0)) == 0


def test_the_slope_stays_small_for_short_steps_and_is_steepest_where_the_paper_says() -> None:
    t = np.arange(2, LAST + 1)
    slope = PLAN.slope(Rule.CRO_STEP, t, t - 1, np.zeros(len(t)))
    assert slope.max() == pytest.approx(0.650, abs=1e-3)
    assert PLAN.sigma(t[slope.argmax()]) == pytest.approx(0.577, abs=0.01)
    shown = PLAN.shown(Rule.CRO_STEP, t, t - 1, np.zeros(len(t)))
    assert shown.min() == pytest.approx(-0.125, abs=2e-3)
    assert shown[-1] == pytest.approx(0.986, abs=2e-3)


def test_linears_target_does_not_ask_how_long_the_step_is() -> None:
    t = np.full(5, 800)
    slopes = PLAN.slope(Rule.LINEAR, t, np.array([0, 10, 400, 700, 799]), np.zeros(5))
    assert np.ptp(slopes) < 1e-12


def oracle(rule: Rule, *, told: bool = True) -> Answer:
    """A network that knows the thing and answers what is right on the way to `u`, or the mean over steps of up to 100."""
    photo, difference, _ = pictures()

    def say(_x: object, _known: object, _hole: object, t: int, u: int) -> Any:
        to = np.array([u]) if told else np.arange(max(0, t - 100), t)
        shown = PLAN.shown(rule, np.full(len(to), t), to, np.zeros(len(to)))
        return photo + shown.mean() * difference

    return say


@pytest.mark.parametrize("steps", [1, 4, 8, 50])
@pytest.mark.parametrize("rule", list(Rule))
def test_with_right_answers_the_thing_is_gone_after_any_number_of_steps(rule: Rule, steps: int) -> None:
    photo, difference, noise = pictures()
    hole = np.ones((1, 4, 4), np.bool_)
    done = erased(PLAN, oracle(rule), photo, hole, photo + difference, noise, steps)
    scene = Scenes(photo, photo + difference, hole)
    assert abs(float(object_left(done, scene)[0])) < 0.02
    assert rule is not Rule.DIRECT or np.abs(done - photo).max() < 1e-5


def test_a_network_that_is_not_told_the_step_leaves_a_ghost_and_one_that_is_does_not() -> None:
    photo, difference, noise = pictures()
    hole = np.ones((1, 4, 4), np.bool_)
    scene = Scenes(photo, photo + difference, hole)
    left = []
    for told in (True, False):
        *_, last = trajectory(
            PLAN, oracle(Rule.CRO_STEP, told=told), photo, hole, noisy(PLAN, scene.shown, noise, LAST), 4
        )
        left.append(float(object_left(last.after, scene)[0]))
    assert left == pytest.approx([0, -0.120], abs=1e-3)


def test_steps_go_down_to_the_clean_picture() -> None:
    assert steps_down(4) == [(1000, 750), (750, 500), (500, 250), (250, 0)]
    assert steps_down(1, 600) == [(600, 0)]
    assert len(steps_down(8)) == 8


def test_the_schedule_is_that_of_stable_diffusion() -> None:
    assert isinstance(PLAN, Schedule)
    assert PLAN.kept[0] == 1
    assert PLAN.picture(np.array(LAST)) == pytest.approx(0.068, abs=1e-3)
    assert (np.diff(PLAN.kept) < 0).all()


def test_outside_the_hole_nothing_changes() -> None:
    random = np.random.default_rng(1)
    known = random.uniform(-1, 1, (2, 8, 8, 3)).astype(np.float32)
    hole = random.random((2, 8, 8)) < 0.3
    noise = random.standard_normal(known.shape, np.float32)
    done = erased(PLAN, lambda x, *_: 3 * np.sin(x), known, hole, known, noise, 4)
    assert np.array_equal(done[~hole], known[~hole])
    assert np.abs(done).max() <= 1
    assert not np.array_equal(done[hole], known[hole])


@given(st.integers(0, 10_000))
def test_holes_cover_their_things_and_leave_surroundings(seed: int) -> None:
    maker = Maker([], 64, seed)
    thing, hole = maker.shapes()
    assert thing.shape == hole.shape == (64, 64)
    assert (hole | ~thing).all()
    assert SMALLEST <= hole.mean() <= LARGEST


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_growing_reaches_about_as_far_as_it_says(seed: int, pixels: int) -> None:
    mask = np.zeros((32, 32), np.bool_)
    row, column = np.random.default_rng(seed).integers(10, 22, 2)
    mask[row, column] = True
    reached = grown(mask, pixels)
    rows, columns = np.nonzero(reached)
    far = np.hypot(rows - row, columns - column)
    assert reached[row, column + pixels]
    assert far.max() <= 1.2 * pixels + 0.3


def test_the_same_seed_draws_the_same_shapes() -> None:
    first, again = (silhouette(np.random.default_rng(3), 48) for _ in range(2))
    assert np.array_equal(first, again)
    random = np.random.default_rng(4)
    assert not np.array_equal(hole_over(random, first), hole_over(random, first))


def scene() -> Scenes:
    """One scene whose thing is a bright square."""
    photo = np.full((1, 16, 16, 3), -0.5, np.float32)
    shown, hole = photo.copy(), np.zeros((1, 16, 16), np.bool_)
    shown[:, 5:10, 5:10] = 0.8
    hole[:, 4:11, 4:11] = True
    return Scenes(photo, shown, hole)


@given(st.floats(-0.5, 1.5))
def test_object_left_is_the_share_that_shows(share: float) -> None:
    one = scene()
    filled = (one.photo + share * (one.shown - one.photo)).astype(np.float32)
    assert object_left(filled, one)[0] == pytest.approx(share, abs=1e-4)


def test_what_is_outside_the_hole_is_not_measured() -> None:
    one = scene()
    filled = np.where(one.hole[..., None], one.photo, 1).astype(np.float32)
    assert object_left(filled, one)[0] == 0
    assert hole_psnr(filled, one)[0] > 100
    assert hole_psnr(one.photo + 0.2, one)[0] == pytest.approx(20, abs=1e-3)
    assert str(measured(one.shown, one)).startswith("+1.000 1.000")


def test_a_smooth_fill_keeps_what_is_known_and_continues_it() -> None:
    one = scene()
    assert np.allclose(smooth_fill(one.shown, one.hole), one.photo, atol=1e-5)
    slope = np.broadcast_to(np.linspace(-1, 1, 16, dtype=np.float32)[:, None], (16, 16))
    ramp = np.ascontiguousarray(np.stack([slope] * 3, -1)[None])
    filled = smooth_fill(ramp, one.hole)
    assert np.array_equal(filled[~one.hole], ramp[~one.hole])
    assert np.abs(filled - ramp).max() < 0.5


def test_a_hole_over_the_photos_own_thing_is_told_from_one_over_background() -> None:
    one = scene()
    assert unlike_ring(one.shown[0], one.hole[0]) > 10 * unlike_ring(one.photo[0], one.hole[0]) + 0.1


def test_share_alike_photos_and_those_of_the_shared_cases_are_held_out_whole(tmp_path: Path) -> None:
    learn, held = split(folder(tmp_path, grid=(20, 24)), tmp_path)
    assert [photo.path.name for photo in learn] == ["a.jpg", "b.jpg"]
    assert [photo.path.name for photo in held] == ["c.jpg", "d.jpg"]


def test_without_the_shared_cases_nothing_is_learned(tmp_path: Path) -> None:
    folder(tmp_path, grid=(20, 24))
    with pytest.raises(NotFound, match=r"cases\.json is not there"):
        split(tmp_path, tmp_path / "elsewhere")


def test_half_of_the_scenes_show_nothing_and_things_stay_near_their_holes(tmp_path: Path) -> None:
    learn, _ = split(folder(tmp_path, grid=(20, 24)), tmp_path)
    made = Maker([sizes(photo, 64) for photo in learn], 64, 5).scenes(60)
    differs = np.abs(made.shown - made.photo).max((1, 2, 3)) > 0
    assert 15 < differs.sum() < 45
    assert np.abs(made.photo).max() <= 1
    inside = np.abs(np.where(made.hole[..., None], made.shown - made.photo, 0)).sum((1, 2, 3))
    whole = np.abs(made.shown - made.photo).sum((1, 2, 3))
    assert (inside[differs] > 0.6 * whole[differs]).all()


def test_measured_scenes_hold_a_real_thing_from_another_photo(tmp_path: Path) -> None:
    _, held = split(folder(tmp_path, grid=(20, 24)), tmp_path)
    cut = things(tmp_path, tmp_path)
    assert cut[0].pixels.shape == (100, 60, 4)
    scenes, around = measured_on([held[0]], cut, 3, 64, seed=1)
    for number, wide in enumerate(around):
        there = wide.shown[wide.top : wide.top + 64, wide.left : wide.left + 64]
        assert np.abs(there / 127.5 - 1 - scenes.shown[number]).max() < 1e-5
    outside = ~scenes.hole[..., None] & (scenes.shown != scenes.photo)
    assert np.abs(np.where(outside, scenes.shown - scenes.photo, 0)).max() < 0.12
    assert object_left(scenes.shown, scenes) == pytest.approx(1)
    assert (object_left(scenes.photo, scenes) == 0).all()
