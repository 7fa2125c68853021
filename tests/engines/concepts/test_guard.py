"""The guard as one: what it leaves alone, in which order it acts, and what it tells."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.concepts.encoders import Side, random_side
from engines.concepts import Concept, Guard, Method, Policy, Stage
from engines.concepts.coder import Coder
from engines.concepts.policy import Values
from engines.concepts.surgery import biopsy
from engines.concepts.uce import closed_form
from engines.concepts.valuespace import remove

from .conftest import about

EVERY = tuple(Method)
SENTENCES = st.lists(
    st.sampled_from(["a", "photo", "of", "tree", "lake", "two", "sky", "small", "car"]), min_size=1, max_size=12
).map(" ".join)

SIDE = random_side(seed=5, rows=24, width=16, widths=(8, 8, 12))


class Watched:
    """The text side, with what it was asked and the very objects that it gave."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.asked: list[str] = []
        self.made: dict[int, Any] = {}

    def text(self, prompt: str) -> np.ndarray:
        self.asked.append(prompt)
        return self.side.text(prompt)

    def keys_values(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = self.side.keys_values(states)
        self.made[id(states)] = (states, found)
        return found

    @property
    def given(self) -> dict[str, Any]:
        return {
            "text": self.text, "keys_values": self.keys_values, "widths": self.side.widths, "words": self.side.words
        }  # fmt: skip


@examples(SENTENCES, st.sampled_from(EVERY))
@settings(deadline=None, max_examples=60)
def test_nothing_present_gives_back_the_very_objects_of_the_caller(prompt: str, method: Method) -> None:
    watched = Watched(SIDE)
    concepts = (Concept("ship", ("ship",), method=method, threshold=1.0),)  # a score of 1 is out of reach
    guard = Guard(Policy(concepts))

    guarded = guard.apply(prompt, **watched.given)

    if guarded.findings:  # values have a gate of their own, in value space
        assert {one.stage for one in guarded.findings} == {Stage.VALUES}
        return
    states, (k, v) = watched.made[id(guarded.embedding)]
    assert guarded.embedding is SIDE.text(prompt)
    assert guarded.embedding is states
    assert guarded.k is k
    assert guarded.v is v
    assert guarded.prompt is prompt


@pytest.mark.parametrize("prompt", ["", "   "])
@pytest.mark.parametrize("method", EVERY)
def test_an_empty_prompt_the_unconditional_row_is_never_edited(
    given: dict[str, Any], side: Side, prompt: str, method: Method
) -> None:
    guarded = Guard(about("car", method=method, threshold=-1.0, words=1.0)).apply(prompt, **given)

    assert guarded.embedding is side.text(prompt)
    assert guarded.findings == ()


@examples(SENTENCES, st.floats(-0.3, 0.5), st.lists(st.sampled_from(["car", "sky", "lake"]), min_size=1, unique=True))
@settings(deadline=None, max_examples=60)
def test_surgery_subtracts_a_multiple_of_the_joint_difference_none_or_at_least_half(
    prompt: str, threshold: float, names: list[str]
) -> None:
    given = Watched(SIDE).given
    guarded = Guard(about(*names, threshold=threshold)).apply(prompt, **given)
    before = SIDE.text(prompt)
    change = (before - guarded.embedding).astype(np.float64)

    np.testing.assert_array_equal(change[0], 0)
    if not guarded.findings:
        assert guarded.embedding is before
        return
    coder = Coder(**given)
    joint = coder.difference(", ".join(sorted(one.concept for one in guarded.findings)))
    rho = float((change * joint).sum() / (joint.astype(np.float64) ** 2).sum())
    assert 0.5 - 1e-6 <= rho <= 1 + 1e-6
    np.testing.assert_allclose(change, rho * joint, atol=1e-5)


@examples(SENTENCES, st.permutations(["car", "sky", "lake", "tree"]))
@settings(deadline=None, max_examples=30)
def test_the_order_of_the_policy_is_no_matter_to_the_bit(prompt: str, order: list[str]) -> None:
    given = Watched(SIDE).given
    for method in EVERY:
        one = Guard(about("car", "sky", "lake", "tree", method=method, threshold=0.0)).apply(prompt, **given)
        other = Guard(about(*order, method=method, threshold=0.0)).apply(prompt, **given)

        np.testing.assert_array_equal(one.embedding, other.embedding)
        np.testing.assert_array_equal(one.k, other.k)
        np.testing.assert_array_equal(one.v, other.v)
        assert one.findings == other.findings


def test_one_concept_s_co_occurrence_is_the_concept_itself(given: dict[str, Any], side: Side) -> None:
    guarded = Guard(about("car", threshold=-1.0)).apply("a car", **given)
    coder = Coder(**given)

    np.testing.assert_allclose(
        guarded.embedding, side.text("a car") - np.float32(guarded.findings[0].strength) * coder.difference("car")
    )


def test_values_leave_keys_and_encoding_bitwise_alone(given: dict[str, Any], side: Side) -> None:
    guarded = Guard(about("car", method=Method.VALUES)).apply("car", **given)
    k, v = side.keys_values(side.text("car"))

    assert guarded.embedding is side.text("car")
    np.testing.assert_array_equal(guarded.k, k)
    np.testing.assert_array_equal(guarded.v[0], v[0])
    assert not guarded.v[1].any()  # the concept's own last token: nothing is left of it
    assert [(one.stage, one.removed) for one in guarded.findings] == [(Stage.VALUES, ("car",))]
    assert guarded.findings[0].score == pytest.approx(1)


def test_strict_cuts_first_and_cleans_what_is_left(given: dict[str, Any], side: Side) -> None:
    policy = about("car", method=Method.STRICT, threshold=0.0)
    guarded = Guard(policy).apply("car", **given)
    cut = Guard(about("car", method=Method.SURGERY, threshold=0.0)).apply("car", **given)
    coder = Coder(**given)

    np.testing.assert_array_equal(guarded.embedding, cut.embedding)
    np.testing.assert_array_equal(guarded.v, remove(cut.v, coder.values(["car"]), side.widths))


def test_the_closed_form_acts_on_present_concepts_alone_and_keeps_their_siblings(
    given: dict[str, Any], side: Side
) -> None:
    policy = about("car", method=Method.CLOSED_FORM, threshold=0.0)
    guarded = Guard(policy).apply("car", **given)
    coder = Coder(**given)
    k, v = side.keys_values(side.text("car"))
    expected = closed_form(coder, {"car": ""}, ["bus", "bicycle", "boat"]).edited(side.text("car"), k, v)

    np.testing.assert_array_equal(guarded.k, expected[0])
    np.testing.assert_array_equal(guarded.v, expected[1])
    assert policy.concepts[0].kept == ("bus", "bicycle", "boat")


def test_words_go_first_and_the_rest_is_read_as_if_they_had_never_stood_there(
    given: dict[str, Any], side: Side
) -> None:
    guarded = Guard(about("car", words=1.0, threshold=1.0)).apply("a tree and a car", **given)

    assert guarded.prompt == "a tree and"
    assert guarded.embedding is side.text("a tree and")
    assert [(one.stage, one.removed, one.how) for one in guarded.findings] == [(Stage.WORDS, ("car",), "named")]


def test_half_a_removal_is_half_of_each_encoding(given: dict[str, Any], side: Side) -> None:
    guarded = Guard(about("car", words=0.5, threshold=1.0)).apply("a tree and a car", **given)

    np.testing.assert_allclose(
        guarded.embedding, (side.text("a tree and a car") + side.text("a tree and")) / 2, atol=1e-6
    )


def test_a_prompt_that_was_nothing_but_the_concept_says_nothing(given: dict[str, Any], side: Side) -> None:
    guarded = Guard(about("car", words=1.0, threshold=-1.0, method=Method.STRICT)).apply("a car", **given)

    assert guarded.prompt == ""
    assert guarded.embedding is side.text("")
    assert {one.stage for one in guarded.findings} == {Stage.WORDS}


def test_a_concept_in_a_later_stretch_of_a_long_prompt_is_present(given: dict[str, Any], side: Side) -> None:
    long = " ".join(["tree"] * 22 + ["car"])
    coder = Coder(**given)
    last = biopsy(side.text("car"), coder.difference("car"))
    first = biopsy(side.text(" ".join(["tree"] * 22)), coder.difference("car"))

    _, told = Guard(about("car")).check(long, **given)

    assert len(side.words(long)) == 2
    assert told[0].score == pytest.approx(max(first, last))
    assert last > first


def test_the_check_tells_of_every_concept_and_changes_nothing_of_the_prompt(given: dict[str, Any]) -> None:
    policy = about("car", "lake", threshold=1.0, words=1.0)

    guarded, told = Guard(policy).check("a photo of a car", **given)

    assert [(one.concept, one.stage, one.acted) for one in told] == [
        ("car", Stage.WORDS, True),
        ("lake", Stage.NONE, False),
    ]
    assert guarded.prompt == "a photo of"
    assert told[0].threshold == 1.0


def test_a_guard_that_is_off_or_has_no_concepts_does_nothing(given: dict[str, Any], side: Side) -> None:
    for policy in (about("car", threshold=-1.0, on=False), Policy(), Policy((Concept("people", ()),))):
        assert Guard(policy).apply("a car", **given).embedding is side.text("a car")


def test_encodings_of_concepts_are_made_once_for_the_same_callables() -> None:
    watched = Watched(SIDE)
    guard, given = Guard(about("car", "lake")), watched.given
    guard.apply("a tree", **given)
    watched.asked.clear()

    guard.apply("a sky", **given)

    assert watched.asked == ["a sky"]
    guard.apply("a sky", **Watched(random_side(seed=6, rows=24, width=16, widths=(8, 8, 12))).given)
    assert watched.asked == ["a sky"]


def test_every_stretch_of_a_long_prompt_is_encoded_once_for_all_concepts() -> None:
    watched = Watched(SIDE)
    given, concepts = watched.given, ("car", "lake", "sky")
    guard = Guard(about(*concepts, threshold=1.0))
    guard.apply("tree", **given)  # the concepts' own encodings
    prompt = " ".join(f"word{number}" for number in range(100))
    stretches = SIDE.words(prompt)

    for look in (guard.apply, guard.check):
        watched.asked.clear()
        look(prompt, **given)
        assert sorted(watched.asked) == sorted([prompt, *(each.kept for each in stretches[1:])])

    assert len(stretches) > 3


def test_seen_concepts_are_cut_whatever_the_words_say_and_a_weight_of_0_is_no_second_look(
    given: dict[str, Any], side: Side
) -> None:
    blind = Guard(about("car", threshold=1.0, second_look=0.0)).apply("a tree", **given, seen={"car": 0.9})
    looked = Guard(about("car", threshold=1.0)).apply("a tree", **given, seen={"car": 0.9})
    unsure = Guard(about("car", threshold=1.0)).apply("a tree", **given, seen={"car": 0.4})

    assert blind.embedding is side.text("a tree")
    assert unsure.embedding is side.text("a tree")
    assert looked.findings[0].strength == pytest.approx(0.9)


@pytest.mark.parametrize("values", list(Values))
def test_every_way_of_cleaning_values_leaves_the_first_row(values: Values, given: dict[str, Any], side: Side) -> None:
    guarded = Guard(about("car", method=Method.VALUES, values=values)).apply("a car", **given)

    np.testing.assert_array_equal(guarded.v[0], side.keys_values(side.text("a car"))[1][0])
    assert not np.array_equal(guarded.v, side.keys_values(side.text("a car"))[1])


def test_a_measured_threshold_reads_the_robust_rows(given: dict[str, Any], side: Side) -> None:
    policy = about("car").with_threshold("car", "tiny", 0.2)
    coder = Coder(**given)
    cosines = biopsy(side.text("a tree"), coder.difference("car"), slice(1, 11))

    _, told = Guard(policy, model="tiny").check("a tree", **given)

    assert told[0].threshold == 0.2
    assert told[0].score == pytest.approx(cosines)
    assert Guard(policy, model="other").check("a tree", **given)[1][0].threshold == 0.12


def test_a_learned_token_gets_past_words_and_values_see_it_where_its_direction_is_the_concept_s(side: Side) -> None:
    def text(prompt: str) -> np.ndarray:
        states = side.text(prompt).copy()
        if prompt == "a sks":  # an embedding that was trained to mean a car
            states[2] = side.text("car")[1]
        return states

    given: dict[str, Any] = {**Watched(side).given, "text": text}
    words = Guard(about("car", method=Method.WORDS, words=1.0)).apply("a sks", **given)
    values = Guard(about("car", method=Method.VALUES)).apply("a sks", **given)

    assert words.findings == ()
    assert [one.stage for one in values.findings] == [Stage.VALUES]
    assert not values.v[2].any()
