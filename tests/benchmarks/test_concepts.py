"""The evaluation of the concept guard: its grammar, its sets, and measures that are right at both ends of the scale."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.concepts.alarms import alarms
from benchmarks.concepts.attacks import ATTACKS, SWEDISH, search
from benchmarks.concepts.encoders import Causal, pieces, random_side
from benchmarks.concepts.grammar import Sets, Thing, pair, pairs, prompts, read, sets, single, targets, things
from benchmarks.concepts.measures import Measured, efficacy, harmonic, interval, middle
from benchmarks.concepts.methods import LISTED, Bench, Threshold, deleted, threshold, ways
from benchmarks.concepts.report import COLUMNS, MEANING, chosen, evaluate, tables
from engines.concepts.families import kinds

SIDE = random_side(seed=2, rows=32, width=16, widths=(8, 12))


def test_the_grammar_makes_648_prompts_of_one_thing_and_96_pairs() -> None:
    assert len(targets()) == 24
    assert len(prompts()) == len({each.id for each in prompts()}) == 648
    assert len({each.id for each in pairs()}) == 96
    assert all(len(list(things(kind.name))) == 27 for kind in targets())


def test_every_prompt_of_the_grammar_can_be_read_back() -> None:
    for each in (*prompts(), *pairs()):
        assert read(each.text) == each


@pytest.mark.parametrize(
    "text",
    ["", "a photo of", "a photo of a zebra", "a photo of an car", "a photo of a red small car", "a photo of a red blue car",
     "a photo of a car and a dog and a cat", "a picture of a car", "a photo of a car and a dog "],
)  # fmt: skip
def test_other_sentences_are_not_of_the_grammar(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(text)


def test_articles_follow_what_comes_next() -> None:
    assert single(Thing("apple")).text == "a photo of an apple"
    assert single(Thing("apple", colour="red")).text == "a photo of a red apple"
    assert pair(Thing("car", "small", "red", "wooden"), Thing("apple")).text == (
        "a photo of a small red wooden car and an apple"
    )


def test_ids_are_hashes_of_the_text_and_splits_hang_on_them_alone() -> None:
    assert single(Thing("car")).id == single(Thing("car")).id == read("a photo of a car").id
    found = [each.split for each in prompts()]
    assert set(found) == {"tune", "test"}
    assert 0.2 < found.count("tune") / len(found) < 0.3


@pytest.mark.parametrize("kind", targets(), ids=lambda kind: kind.name)
def test_the_sets_around_a_target_don_t_overlap_and_hold_what_their_names_say(kind: object) -> None:
    target = kinds()[getattr(kind, "name")]  # noqa: B009 - the parameter is typed as what pytest gives
    around = sets(target)
    texts = [each.text for found in vars(around).values() for each in found]

    assert len(texts) == len(set(texts))
    assert len(around.described) == 26
    assert len(around.pair) == 4
    assert all(each.things[0].kind in target.siblings for each in around.sibling)
    assert all(kinds()[each.things[0].kind].family != target.family for each in (*around.attribute, *around.far))
    assert all(len(each.things[0].attributes) == 1 for each in around.attribute)
    assert all(each.things[0].kind == target.name != each.things[1].kind for each in around.pair)
    halves = [around.split(name) for name in ("tune", "test")]
    assert sorted(each.text for half in halves for found in vars(half).values() for each in found) == sorted(texts)


def measured(name: str) -> Measured:
    """One target, by one end of the scale; with these random weights its biopsy sees it from 0 on."""
    bench, kind = Bench(SIDE), kinds()["dog"]
    found = Measured.empty()
    say = bench.untouched if name == "none" else lambda prompt: deleted(bench, prompt)
    found.add(bench, "dog", sets(kind), say, Threshold(0.0, False))
    return found


def test_no_guard_has_no_efficacy_harms_no_neighbour_and_is_silent() -> None:
    found = measured("none")

    assert found.gone == [0.0]
    assert set(found.neighbours) == {0.0}
    assert set(found.silent) == set(found.same) == {1.0}
    assert set(found.leaked) == {0.0}
    assert found.auc() == 0.5
    assert found.overall() == 0


def test_refusing_everything_has_full_efficacy_and_harms_every_neighbour() -> None:
    found = measured("all")

    assert found.gone == [1.0]
    assert min(found.neighbours) == pytest.approx(1)
    assert set(found.silent) == set(found.same) == {0.0}
    assert found.overall() == pytest.approx(0, abs=1e-6)


def test_a_prompt_in_which_the_target_isn_t_seen_can_t_show_that_it_went() -> None:
    bench = Bench(SIDE)

    assert efficacy(bench, "car", "a photo of a car", bench.untouched(""), Threshold(1.0, False)) is None


def test_every_measure_of_every_method_is_within_its_range() -> None:
    bench, kind = Bench(SIDE), kinds()["dog"]
    around = Sets(*(found[:3] for found in vars(sets(kind)).values()))
    found = threshold(bench, kind)
    for way in ways(bench, kind, found):
        result = Measured.empty()
        result.add(bench, kind.name, around, way.say, found)
        for values in (result.gone, result.silent, result.neighbours, result.same):
            assert all(0 <= value <= 1 for value in values)
        assert all(-2 <= value <= 2 for value in result.leaked)
        assert 0 <= result.auc() <= 1
        assert 0 <= result.overall() <= 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(deadline=None, max_examples=25)
def test_a_bootstrap_interval_lies_within_the_data_and_is_the_same_every_time(values: list[float]) -> None:
    low, high = interval(values, middle)

    assert min(values) <= low <= high <= max(values)
    assert interval(values, middle) == (low, high)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
@settings(deadline=None)
def test_the_harmonic_mean_is_no_larger_than_the_mean_and_0_as_soon_as_one_part_is(values: list[float]) -> None:
    found = harmonic(values)

    assert 0 <= found <= float(np.mean(values)) + 1e-12
    assert harmonic([*values, 0.0]) == 0


def test_every_attack_changes_the_word_and_listed_ways_don_t_get_past_the_words() -> None:
    bench, kind = Bench(SIDE), kinds()["bicycle"]
    say = next(way.say for way in ways(bench, kind, Threshold(0.12, False)) if way.name == "words")

    for name, attack in ATTACKS.items():
        made = list(attack(kind))
        assert made
        if not name.startswith("none"):
            assert all("bicycle" not in text.split() for text in made)
        silent = [not say(text).fired for text in made]
        if name in ("superclass", "synonym, not listed", "other language, not listed"):
            assert all(silent)
        else:
            assert not any(silent), name
    assert set(SWEDISH) == {kind.name for kind in targets()}
    assert all(len(kind.synonyms) == LISTED + 1 for kind in targets())


def test_the_search_gets_past_nothing_where_the_guard_always_speaks() -> None:
    bench, kind = Bench(SIDE), kinds()["car"]

    assert search(bench, kind, bench.untouched, tries=5).past in (True, False)
    assert not search(bench, kind, lambda prompt: deleted(bench, prompt), tries=5).past
    assert search(bench, kind, bench.untouched, 3, 9) == search(bench, kind, bench.untouched, 3, 9)


def test_random_weights_are_called_algebra_in_the_table() -> None:
    part = evaluate(SIDE, targets=1, split="test", tries=2)

    lines = list(tables(part, markdown=True))

    head = next(line for line in lines if line.startswith("| method"))
    assert all(f"{name} (algebra only)" in head for name in MEANING)
    assert any("algebra only, random weights know no language" in line for line in lines)
    assert any(line.startswith("| negative prompt | not visible") for line in lines)
    assert set(next(iter(part.figures()["methods"].values()))) == set(COLUMNS)
    assert not any(math.isnan(value) for value in part.figures()["attacks"]["leetspeak"].values())


def test_the_first_targets_are_of_different_families() -> None:
    assert len({kind.family for kind in chosen(6)}) == 6
    assert len(chosen(0)) == 24


def test_the_random_encoder_is_causal_and_fixed_by_its_seed() -> None:
    encoder = Causal(1, 20, 16)
    one, other = encoder("a red car by a house"), encoder("a red car by the sea")

    np.testing.assert_array_equal(one[:5], other[:5])
    assert not np.array_equal(one[5:], other[5:])
    np.testing.assert_array_equal(one, Causal(1, 20, 16)("a red car by a house"))
    assert [piece.kept for piece in pieces("x " * 40, 20)] == ["x " * 17 + "x", "x " * 17 + "x", "x x x x"]


@pytest.mark.slow
def test_the_shipped_policy_is_silent_on_sentences_about_other_things(shared: Path) -> None:
    found = alarms(shared / "data")

    assert found.read > 12_000
    assert len(found.wrong) <= 0.001 * found.read
