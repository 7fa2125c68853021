"""Thresholds: measured where there is one, refused where none tells with from without."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.concepts import Concept, calibrate
from engines.concepts.thresholds import COUNT, prompts
from homespun.progress import Cancelled, Progress

CAR = Concept.of("car")


def test_there_are_a_hundred_prompts_of_each_sort_and_always_the_same() -> None:
    sorts = prompts(CAR)

    assert [len(sort) for sort in sorts] == [COUNT] * 3
    assert [len(set(sort)) for sort in sorts] == [COUNT] * 3
    assert prompts(CAR) == sorts
    assert all(" car" in prompt for prompt in sorts[0])
    assert all(any(word in prompt for word in CAR.synonyms) for prompt in sorts[1])
    vehicles = ("car", *CAR.synonyms, "bus", "bicycle", "boat")
    assert not any(f" {word}" in prompt.replace("carpet", "") for prompt in sorts[2] for word in vehicles)


@pytest.mark.parametrize(
    ("concept", "word"),
    [
        (Concept("river", ("river",)), "river"),
        (Concept("garden", ("garden",)), "garden"),
        (Concept("portrait", ("portrait",)), "portrait"),
        (Concept("car", ("automobile",)), "a car"),
        (Concept("car", ("thing",), synonyms=("car",)), "a car"),
        (Concept("tower", ("tower",), other_languages=("lighthouse",)), "lighthouse"),
    ],
)
def test_prompts_without_a_concept_don_t_name_it_in_passing(concept: Concept, word: str) -> None:
    absent = prompts(concept)[2]

    assert len(absent) == len(set(absent)) == COUNT
    assert not [prompt for prompt in absent if word in prompt]


def test_a_concept_that_every_prompt_names_has_no_threshold() -> None:
    found = calibrate(Concept("all", ("a", "an", "two")), lambda _: 0.5)

    assert found.threshold is None


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", [0, 2])
def test_a_score_that_is_no_number_gives_no_threshold(wrong: float, place: int) -> None:
    sorts = prompts(CAR)

    found = calibrate(CAR, lambda prompt: wrong if prompt == sorts[place][0] else 0.0 if prompt in sorts[2] else 1.0)

    assert found.threshold is None
    assert found.variants is None
    assert not found.separable


@given(st.floats(-0.5, 0.5), st.floats(0.01, 0.5))
@settings(deadline=None)
def test_the_threshold_is_half_way_between_with_and_without(absent: float, gap: float) -> None:
    present, variants, _ = map(set, prompts(CAR))
    scores = {**dict.fromkeys(variants, absent + gap), **dict.fromkeys(present, absent + gap)}

    found = calibrate(CAR, lambda prompt: scores.get(prompt, absent))

    assert found.separable
    assert found.threshold == pytest.approx(absent + gap / 2)
    assert found.variants == 1


@given(st.floats(-0.5, 0.5), st.floats(0, 0.5))
@settings(deadline=None)
def test_no_threshold_is_given_where_they_overlap(present: float, less: float) -> None:
    own = set(prompts(CAR)[0])

    found = calibrate(CAR, lambda prompt: present if prompt in own else present + less)

    assert not found.separable
    assert found.threshold is None
    assert found.variants is None


def test_four_in_a_hundred_strays_don_t_matter_and_six_do() -> None:
    absent = prompts(CAR)[2]

    def with_strays(count: int) -> bool:
        strays = set(absent[:count])
        quiet = set(absent) - strays
        return calibrate(CAR, lambda prompt: 0.0 if prompt in quiet else 2.0 if prompt in strays else 1.0).separable

    assert with_strays(4)
    assert not with_strays(6)


def test_it_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel.cancel()

    with pytest.raises(Cancelled):
        calibrate(CAR, lambda _: 0.0, progress)
